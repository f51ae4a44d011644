"""JSON Feed (version 1.1): the articles of the Atom feed, for programs that would rather have JSON."""

from __future__ import annotations

from typing import Any

from msgspec import json

from magazine.articles import Article
from magazine.pages.cards import image_view, person_views, share_address
from magazine.pages.feed import Channel, updated
from magazine.site import Site


def json_feed(site: Site, channel: Channel) -> bytes:
    """Return ``feed.json``.

    Args:
        site: the site.
        channel: which articles, and their texts.
    """
    base = site.settings.address
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.text,
        "home_page_url": f"{base}{channel.address}",
        "feed_url": f"{base}{channel.address}feed.json",
        "language": "da",
        "authors": [{"name": site.settings.name, "url": f"{base}/"}],
        "items": [_item(site, article, channel) for article in channel.articles],
    }
    # Without indents: those who read it are programs, and an indented one takes several times as long.
    return json.encode(document) + b"\n"


def _item(site: Site, article: Article, channel: Channel) -> dict[str, Any]:
    page, base = site.pages[article.path], site.settings.address
    address = f"{base}{article.address}"
    item: dict[str, Any] = {
        "id": address,
        "url": address,
        "title": page.plain("title"),
        "summary": page.plain("description"),
        "content_html": channel.body(article),
        "date_published": article.moment.at.isoformat(),
        "date_modified": updated(site, article),
        "language": "da",
        "tags": [site.desk.categories[article.category].name, *article.tags],
    }
    people = person_views(site, article)
    if people:
        item["authors"] = [{"name": person.name, "url": f"{base}{person.address}"} for person in people]
    image = image_view(site, page, article.image)
    if image is not None:
        item["image"] = share_address(site, image)
    return item
