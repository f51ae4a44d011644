"""The Atom feed (RFC 4287): articles and nothing else, whole, with full addresses."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement

from markupsafe import escape
from msgspec import Struct

from magazine.articles import Article
from magazine.listings import Listing
from magazine.pages.cards import image_view, person_views, share_address
from magazine.pages.json_ld import modified_at
from magazine.pages.sitemap import last_modified
from magazine.pages.xml_document import xml_document
from magazine.site import Site

_NAMESPACE = "http://www.w3.org/2005/Atom"
#: So many articles in the magazine's feed, and in those of its lists.
_ITEMS, _LIST_ITEMS = 30, 15


#: A link to a place on its own page, such as a footnote. What is text has no ``<``.
_PLACE = re.compile(r'(<a\b[^<>]*?\shref=")#')


class Channel(Struct, frozen=True):
    """What a feed is about, in whatever format."""

    address: str
    """Of the page that it belongs to."""
    title: str
    text: str
    articles: tuple[Article, ...]
    """Newest first."""
    body: Callable[[Article], str]
    """An article's text as HTML with full addresses."""


def on_its_page(text: str, address: str) -> str:
    """Return an article's text with its links to its own notes leading to the page.

    In a feed's reader the texts of many stand on one page, where ``#note-1`` may be anybody's.

    Args:
        text: as HTML.
        address: the article's, in full.
    """
    return _PLACE.sub(lambda match: f"{match[1]}{escape(address)}#", text)


def magazine_channel(site: Site, body: Callable[[Article], str]) -> Channel:
    """Return what the magazine's own feed holds."""
    return Channel("/", site.settings.name, site.settings.promise, site.articles[:_ITEMS], body)


def list_channel(site: Site, listing: Listing, body: Callable[[Article], str]) -> Channel:
    """Return what the feed of a list holds."""
    title = f"{site.settings.name}: {listing.name}"
    return Channel(
        listing.address, title, listing.text or site.settings.promise, listing.newest[:_LIST_ITEMS], body
    )


def atom(site: Site, channel: Channel) -> bytes:
    """Return ``feed.xml``.

    Args:
        site: the site.
        channel: which articles, and their texts.
    """
    base = site.settings.address
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "da"})
    SubElement(root, "id").text = f"{base}{channel.address}"
    SubElement(root, "title").text = channel.title
    SubElement(root, "subtitle").text = channel.text
    own = f"{base}{channel.address}feed.xml"
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": own})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}{channel.address}"})
    SubElement(root, "updated").text = max(
        (updated(site, article) for article in channel.articles),
        key=datetime.fromisoformat,  # as moments: the offsets differ between summer and winter
        default="1970-01-01T00:00:00Z",
    )
    for article in channel.articles:
        root.append(_entry(site, article, channel))
    return xml_document(root)


def updated(site: Site, article: Article) -> str:
    """Return the moment of the article's last change."""
    return modified_at(last_modified(site, site.pages[article.path], article), article.moment.at)


def _entry(site: Site, article: Article, channel: Channel) -> Element:
    page, base = site.pages[article.path], site.settings.address
    address = f"{base}{article.address}"
    entry = Element("entry")
    SubElement(entry, "id").text = address
    SubElement(entry, "title").text = page.plain("title")
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    image = image_view(site, page, article.image)
    if image is not None:
        # Readers of feeds show drawings badly or not at all.
        picture = share_address(site, image)
        kind = mimetypes.guess_type(picture)[0] or "application/octet-stream"
        SubElement(entry, "link", {"rel": "enclosure", "type": kind, "href": picture})
    SubElement(entry, "published").text = article.moment.at.isoformat()
    SubElement(entry, "updated").text = updated(site, article)
    for person in person_views(site, article):
        author = SubElement(entry, "author")
        SubElement(author, "name").text = person.name
        SubElement(author, "uri").text = f"{base}{person.address}"
    if not article.authors:
        SubElement(SubElement(entry, "author"), "name").text = site.settings.name
    category = site.desk.categories[article.category]
    SubElement(entry, "category", {"term": category.id, "label": category.name})
    for tag in article.tags:
        SubElement(entry, "category", {"term": tag})
    SubElement(entry, "summary").text = page.plain("description")
    SubElement(entry, "content", {"type": "html"}).text = channel.body(article)
    return entry
