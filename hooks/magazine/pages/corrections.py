"""Corrections as readers and machines get them: the editors' own, and those that the data wrote."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from magazine.articles import Article
from magazine.danish.typography import set_text
from magazine.pages.cards import day_view
from magazine.pages.views import CorrectionView
from magazine.site import Site


def correction_views(site: Site, article: Article) -> tuple[CorrectionView, ...]:
    """Return an article's corrections, newest first."""
    found = sorted(_corrections(site, article), key=lambda item: item[0], reverse=True)
    return tuple(CorrectionView(day_view(day), set_text(text)) for day, text in found)


def all_corrections(site: Site) -> tuple[CorrectionView, ...]:
    """Return every correction of the magazine for ``/rettelser/``, newest first."""
    found = [
        (day, article.path, text, article)
        for article in site.articles
        for day, text in _corrections(site, article)
    ]
    found.sort(key=lambda item: item[:2], reverse=True)
    return tuple(
        CorrectionView(
            day_view(day), set_text(text), site.pages[article.path].plain("title"), article.address
        )
        for day, _, text, article in found
    )


def correction_nodes(site: Site, article: Article) -> dict[str, Any]:
    """Return the properties that an article's corrections add to its structured data (schema.org)."""
    found = sorted(_corrections(site, article), key=lambda item: item[0])
    if not found:
        return {}
    comments = [
        {"@type": "CorrectionComment", "text": text, "datePublished": day.isoformat(), "inLanguage": "da"}
        for day, text in found
    ]
    return {"correction": comments}


def _corrections(site: Site, article: Article) -> Iterator[tuple[date, str]]:
    page = site.pages[article.path]
    for index, correction in enumerate(article.corrections):
        yield correction.day, page.plain(f"corrections.{index}")
    yield from ((correction.day, correction.text) for correction in page.corrections)
