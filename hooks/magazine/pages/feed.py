"""The Atom feed (RFC 4287): articles and nothing else, whole, with full addresses."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from magazine.articles import Article
from magazine.pages.cards import person_views
from magazine.pages.fill import Filler
from magazine.pages.json_ld import modified_at
from magazine.pages.sitemap import last_modified
from magazine.site import Site

_NAMESPACE = "http://www.w3.org/2005/Atom"
_ITEMS = 30


def atom(site: Site, filler: Filler) -> bytes:
    """Return ``feed.xml`` with the newest articles.

    Args:
        site: the site.
        filler: one whose prefix is the site's full address.
    """
    base = site.settings.address
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "da"})
    SubElement(root, "id").text = f"{base}/"
    SubElement(root, "title").text = site.settings.name
    SubElement(root, "subtitle").text = site.settings.promise
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{base}/feed.xml"})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}/"})
    articles = site.articles[:_ITEMS]
    SubElement(root, "updated").text = max(
        (_updated(site, article) for article in articles), default="1970-01-01T00:00:00Z"
    )
    for article in articles:
        root.append(_entry(site, article, filler))
    indent(root)
    made: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _entry(site: Site, article: Article, filler: Filler) -> Element:
    page = site.pages[article.path]
    address = f"{site.settings.address}{article.address}"
    entry = Element("entry")
    SubElement(entry, "id").text = address
    SubElement(entry, "title").text = page.plain("title")
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    SubElement(entry, "published").text = article.moment.at.isoformat()
    SubElement(entry, "updated").text = _updated(site, article)
    for person in person_views(site, article) or ():
        SubElement(SubElement(entry, "author"), "name").text = person.name
    if not article.authors:
        SubElement(SubElement(entry, "author"), "name").text = site.settings.name
    category = site.desk.categories[article.category]
    SubElement(entry, "category", {"term": category.id, "label": category.name})
    SubElement(entry, "summary").text = page.plain("description")
    SubElement(entry, "content", {"type": "html"}).text = str(filler.body(page.body, None))
    return entry


def _updated(site: Site, article: Article) -> str:
    """Return the moment of the article's last change."""
    return modified_at(last_modified(site, site.pages[article.path], article), article.moment.at)
