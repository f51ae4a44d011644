"""Structured data for machines (schema.org), as one escaped JSON document."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from magazine.articles import Article
from magazine.pages.cards import image_view, person_views
from magazine.pages.sitemap import last_modified
from magazine.site import Site


def article_json_ld(site: Site, article: Article) -> Markup:
    """Return the ``NewsArticle`` of an article."""
    page = site.pages[article.path]
    base = site.settings.address
    image = image_view(site, page, article.image.path if article.image else None)
    document: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.plain("title"),
        "description": page.plain("description"),
        "inLanguage": "da",
        "url": f"{base}{article.address}",
        "mainEntityOfPage": f"{base}{article.address}",
        "datePublished": article.moment.at.isoformat(),
        "dateModified": last_modified(site, page, article),
        "articleSection": site.desk.categories[article.category].name,
        "author": [
            {"@type": "Organization" if person.is_organisation else "Person", "name": person.name}
            for person in person_views(site, article)
        ],
        "publisher": {"@type": "Organization", "name": site.settings.name, "url": f"{base}/"},
    }
    if image is not None:
        document["image"] = f"{base}{image.address}"
    return script_json(document)


def script_json(document: dict[str, Any]) -> Markup:
    """Return JSON that can stand in a ``script`` element: nothing in it can end the element."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)
