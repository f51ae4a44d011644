"""The sitemap, with dates that come from content and never from the build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from magazine.articles import Article
from magazine.listings import ARCHIVE, Listing, listings
from magazine.pages.xml_document import xml_document
from magazine.site import Page, Site

#: An address, and the day of its last change; empty where nothing tells.
Entry = tuple[str, str]

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def last_modified(site: Site, page: Page, article: Article | None = None) -> str | None:
    """Return the day a page last changed in content, ISO 8601, or ``None`` where nothing tells.

    The latest of the article's own dates, its corrections', and the publication dates of the figures
    that it fills in (design.md, "Time").
    """
    if article is not None and not (
        page.filled or page.corrections or article.corrections or article.updated
    ):
        return article.moment.day.isoformat()  # as most
    days = [page.filled] if page.filled else []
    if article is not None:
        days += [article.moment.day, *(correction.day for correction in article.corrections)]
        days += [correction.day for correction in page.corrections]
        if article.updated:
            days.append(article.updated)
    return max(days).isoformat() if days else None


def sitemap(site: Site, entries: Sequence[Entry] | None = None) -> bytes:
    """Return ``sitemap.xml``: every page for readers, in the order of their addresses.

    Args:
        site: the site.
        entries: its entries, where the caller has them.
    """
    root = Element("urlset", {"xmlns": _NAMESPACE})
    for address, modified in sitemap_entries(site) if entries is None else entries:
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = f"{site.settings.address}{address}"
        if modified:
            SubElement(entry, "lastmod").text = modified
    return xml_document(root)


def sitemap_entries(site: Site, found: Sequence[Listing] | None = None) -> list[Entry]:
    """Return what the sitemap says: addresses in their order, with the days on which they last changed.

    Args:
        site: the site.
        found: its lists, where the caller has them.
    """
    return sorted(_entries(site, listings(site.articles, site.desk) if found is None else found))


def _entries(site: Site, found: Sequence[Listing]) -> Iterator[Entry]:
    days = {
        article.path: last_modified(site, site.pages[article.path], article) or ""
        for article in site.articles
    }
    for article in site.articles:
        yield article.address, days[article.path]
    for standing in site.standing.values():
        yield standing.address, last_modified(site, site.pages[standing.path]) or ""
    for listing in found:
        for leaf in listing.leaves():
            yield leaf.address, max(days[article.path] for article in leaf.articles)
    if days:
        yield ARCHIVE, max(days.values())
    yield "/rettelser/", max(_corrected(site), default="")
    newest = {observation.indicator: "" for observation in site.figures.observations}
    for observation in site.figures.observations:
        source = site.figures.sources[observation.source]
        if source.published is not None:
            newest[observation.indicator] = max(newest[observation.indicator], source.vintage.isoformat())
    yield "/tal/", max(newest.values(), default="")
    for indicator, day in newest.items():
        yield f"/tal/{indicator}/", day


def _corrected(site: Site) -> Iterator[str]:
    """Yield the days on which something was put right."""
    for article in site.articles:
        yield from (correction.day.isoformat() for correction in article.corrections)
        yield from (correction.day.isoformat() for correction in site.pages[article.path].corrections)
