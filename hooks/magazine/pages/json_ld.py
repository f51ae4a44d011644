"""Structured data for machines (schema.org), each page's as one escaped JSON document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from markupsafe import Markup
from msgspec import json

from magazine.articles import Article
from magazine.danish.dates import COPENHAGEN
from magazine.desk import Author
from magazine.figures.model import Source
from magazine.pages.cards import image_view, portrait_view, share_address
from magazine.pages.sitemap import last_modified
from magazine.pages.views import ImageView
from magazine.site import Page, Site

_LOGO = "/images/ikon-512.png"
#: A step of the way to a page: its name and its address within the site.
Step = tuple[str, str]
Node = dict[str, Any]


def article_json_ld(site: Site, article: Article, more: Node | None = None) -> Markup:
    """Return the ``NewsArticle`` of an article, and the way to it.

    Args:
        site: the site.
        article: one of its articles.
        more: further properties, such as ``correction``.
    """
    page = site.pages[article.path]
    base = site.settings.address
    category = site.desk.categories[article.category]
    steps = ((category.name, f"/kategori/{category.id}/"), (page.plain("title"), article.address))
    node: Node = {
        "@type": "NewsArticle",
        "@id": f"{base}{article.address}",
        "headline": page.plain("title"),
        "description": page.plain("description"),
        "inLanguage": "da",
        "url": f"{base}{article.address}",
        "mainEntityOfPage": f"{base}{article.address}",
        "datePublished": article.moment.at.isoformat(),
        "dateModified": modified_at(last_modified(site, page, article), article.moment.at),
        "articleSection": category.name,
        "author": [_person(site, site.desk.authors[author]) for author in article.authors]
        or [_magazine(site)],
        "publisher": _magazine(site),
        "isAccessibleForFree": True,
        "wordCount": page.body.rendered.words,
        "isPartOf": list(_wholes(site, article)),
    }
    if article.tags:
        node["keywords"] = list(article.tags)
    image = image_view(site, page, article.image)
    if image is not None:
        node["image"] = _picture(site, image)
    sources = [_citation(source) for source in sources_of(site, page)]
    if sources:
        node["citation"] = sources
    return graph(node | (more or {}), breadcrumbs(site, steps))


def front_json_ld(site: Site) -> Markup:
    """Return the magazine itself: the site, and who publishes it."""
    settings, contact = site.settings, site.desk.contact
    publisher = _magazine(site)
    if contact.publisher:
        owner: Node = {"@type": "Organization", "name": contact.publisher}
        if contact.publisher_url:
            owner["url"] = contact.publisher_url
        publisher["parentOrganization"] = owner
    node: Node = {
        "@type": "WebSite",
        "@id": f"{settings.address}/",
        "name": settings.name,
        "url": f"{settings.address}/",
        "description": settings.promise,
        "inLanguage": "da",
        "publisher": publisher,
    }
    return graph(node)


def collection_json_ld(site: Site, name: str, address: str, text: str, articles: Iterable[Article]) -> Markup:
    """Return the ``CollectionPage`` of a list, with its articles in their order.

    Args:
        site: the site.
        name: the list's heading.
        address: its address within the site.
        text: its introduction.
        articles: those that the page shows.
    """
    base = site.settings.address
    items = [
        {"@type": "ListItem", "position": position, "url": f"{base}{article.address}"}
        for position, article in enumerate(articles, 1)
    ]
    node: Node = {
        "@type": "CollectionPage",
        "@id": f"{base}{address}",
        "name": name,
        "url": f"{base}{address}",
        "inLanguage": "da",
        "isPartOf": _website(site),
        "mainEntity": {"@type": "ItemList", "itemListElement": items},
    }
    if text:
        node["description"] = text
    return graph(node, breadcrumbs(site, ((name, address),)))


def page_json_ld(site: Site, kind: str, name: str, address: str, text: str) -> Markup:
    """Return a page that is neither article nor list.

    Args:
        site: the site.
        kind: schema.org's word: ``WebPage``, ``AboutPage`` …
        name: its heading.
        address: its address within the site.
        text: what it is about.
    """
    base = site.settings.address
    node: Node = {
        "@type": kind,
        "@id": f"{base}{address}",
        "name": name,
        "url": f"{base}{address}",
        "inLanguage": "da",
        "isPartOf": _website(site),
        "publisher": _magazine(site),
    }
    if text:
        node["description"] = text
    return graph(node, breadcrumbs(site, ((name, address),)))


def profile_json_ld(site: Site, author: Author, address: str) -> Markup:
    """Return the ``ProfilePage`` of an author."""
    base = site.settings.address
    person, portrait = _person(site, author), portrait_view(site, author)
    if portrait is not None:
        person["image"] = _picture(site, portrait)
    node: Node = {
        "@type": "ProfilePage",
        "@id": f"{base}{address}",
        "url": f"{base}{address}",
        "name": author.name,
        "inLanguage": "da",
        "isPartOf": _website(site),
        "mainEntity": person,
    }
    return graph(node, breadcrumbs(site, ((author.name, address),)))


def breadcrumbs(site: Site, steps: Sequence[Step]) -> Node:
    """Return the way from the front page to a page.

    Args:
        site: the site.
        steps: what lies below the front page, the page itself last.
    """
    base = site.settings.address
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": f"{base}{address}"}
            for position, (name, address) in enumerate(((site.settings.name, "/"), *steps), 1)
        ],
    }


def sources_of(site: Site, page: Page) -> Iterator[Source]:
    """Yield the sources of a page's figures, each once, in the order of the page."""
    seen: set[str] = set()
    for text in page.texts.values():
        for answer in text.shown:
            for observation in answer.observations:
                if observation.source not in seen:
                    seen.add(observation.source)
                    yield site.figures.sources[observation.source]


def modified_at(day: str | None, published: datetime) -> str:
    """Return the moment of the last change, ISO 8601 with its offset.

    Args:
        day: the day of the last change, ``2022-05-24``, if there was one.
        published: when the text came out; the change of the same day is no later.
    """
    if day is None or day[:10] <= published.date().isoformat():
        return published.isoformat()
    return datetime.combine(date.fromisoformat(day[:10]), time(), COPENHAGEN).isoformat()


def graph(*nodes: Node) -> Markup:
    """Return nodes as one document."""
    return script_json({"@context": "https://schema.org", "@graph": list(nodes)})


def script_json(document: Node) -> Markup:
    """Return JSON that can stand in a ``script`` element: nothing in it can end the element."""
    text = json.encode(document, order="sorted").decode("utf-8")
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _magazine(site: Site) -> Node:
    base = site.settings.address
    node: Node = {
        "@type": "NewsMediaOrganization",
        "name": site.settings.name,
        "url": f"{base}/",
        "correctionsPolicy": f"{base}/rettelser/",
    }
    logo = site.asset_at(_LOGO)
    if logo is not None:
        node["logo"] = {
            "@type": "ImageObject",
            "url": f"{base}{_LOGO}",
            "creditText": site.settings.name,
            "width": logo.width,
            "height": logo.height,
        }
    return node


def _website(site: Site) -> Node:
    return {"@type": "WebSite", "@id": f"{site.settings.address}/", "name": site.settings.name}


def _wholes(site: Site, article: Article) -> Iterator[Node]:
    yield _website(site)
    series = site.desk.series.get(article.series) if article.series else None
    if series is not None:
        address = f"{site.settings.address}/serie/{series.id}/"
        yield {"@type": "CreativeWorkSeries", "name": series.name, "url": address}


def _person(site: Site, author: Author) -> Node:
    node: Node = {
        "@type": "Organization" if author.is_organisation else "Person",
        "name": author.name,
        "url": f"{site.settings.address}/forfatter/{author.id}/",
    }
    if author.role and not author.is_organisation:
        node["jobTitle"] = author.role
    if author.text:
        node["description"] = author.text
    return node


def _picture(site: Site, image: ImageView) -> Node:
    # Not every reader of these data can show a drawing: its likeness stands for it.
    base = site.settings.address
    address = share_address(site, image).removeprefix(base)
    drawn = site.asset_at(address)
    size = (drawn.width, drawn.height) if drawn else (image.width, image.height)
    return {
        "@type": "ImageObject",
        "url": f"{base}{address}",
        "caption": image.caption or image.alt,
        "creditText": image.credit,
        **({"width": size[0], "height": size[1]} if size[0] else {}),
    }


def _citation(source: Source) -> Node:
    node: Node = {
        "@type": "CreativeWork",
        "name": source.title,
        "publisher": {"@type": "Organization", "name": source.publisher},
    }
    if source.published is not None:
        node["datePublished"] = source.published.text
    if source.url:
        node["url"] = source.url
    return node
