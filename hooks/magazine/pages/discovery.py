"""What machines look for at a site's root: robots, news, the magazine in a nutshell, the icon's companion."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import islice, takewhile
from xml.etree.ElementTree import Element, SubElement

from magazine.articles import Article
from magazine.danish.dates import COPENHAGEN
from magazine.pages.xml_document import xml_document
from magazine.site import Site

_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
#: Google's rule: articles of the last two days, a thousand at the most.
_FRESH, _MOST = timedelta(days=2), 1000
_NUTSHELL = 50
_YEAR = timedelta(days=365)


def discovery(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the files that stand at the root, each as path and bytes."""
    yield "robots.txt", robots(site)
    yield "news-sitemap.xml", news_sitemap(site)
    yield "llms.txt", nutshell(site)
    yield "site.webmanifest", manifest(site)
    if site.desk.contact.email:
        yield ".well-known/security.txt", security(site, site.desk.contact.email)


def robots(site: Site) -> bytes:
    """Return ``robots.txt``: everything may be read."""
    base = site.settings.address
    lines = (
        "User-agent: *",
        "Allow: /",
        "",
        f"Sitemap: {base}/sitemap.xml",
        f"Sitemap: {base}/news-sitemap.xml",
    )
    return ("\n".join(lines) + "\n").encode("utf-8")


def security(site: Site, email: str) -> bytes:
    """Return ``security.txt`` (RFC 9116): where to tell of a hole.

    It holds for a year from the newest article: while somebody publishes, somebody reads the letters.

    Args:
        site: the site.
        email: where to write.
    """
    newest = site.articles[0].moment.at if site.articles else site.clock.now
    address = ".well-known/security.txt"
    lines = (
        f"Contact: mailto:{email}",
        f"Expires: {(newest + _YEAR).isoformat()}",
        "Preferred-Languages: da, en",
        f"Canonical: {site.settings.address}/{address}",
    )
    return ("\n".join(lines) + "\n").encode("utf-8")


def news_sitemap(site: Site) -> bytes:
    """Return the Google News sitemap: what was published in the last two days."""
    root = Element("urlset", {"xmlns": _SITEMAPS, "xmlns:news": _NEWS})
    for article in islice(_fresh(site), _MOST):
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = f"{site.settings.address}{article.address}"
        news = SubElement(entry, "news:news")
        publication = SubElement(news, "news:publication")
        SubElement(publication, "news:name").text = site.settings.name
        SubElement(publication, "news:language").text = "da"
        SubElement(news, "news:publication_date").text = _day(article)
        SubElement(news, "news:title").text = site.pages[article.path].plain("title")
    return xml_document(root)


def _fresh(site: Site) -> Iterator[Article]:
    # Articles stand newest first.
    since = site.clock.now - _FRESH
    return takewhile(lambda article: article.moment.at > since, site.articles)


def holds_until(site: Site) -> datetime:
    """Return the moment from which the same content makes another site.

    That is midnight, for ages and "today"; before that, when an article is due, or is no news any more.
    """
    now = site.clock.now
    midnight = datetime.combine(site.clock.today + timedelta(days=1), time(), COPENHAGEN)
    due = (article.moment.at for article in site.held if not article.draft)
    news = (article.moment.at + _FRESH for article in _fresh(site))
    return min([midnight, *(moment for moment in (*due, *news) if moment > now)])


def nutshell(site: Site) -> bytes:
    """Return ``llms.txt``: what the magazine is, and its newest articles (llmstxt.org)."""
    base = site.settings.address
    lines = [f"# {site.settings.name}", "", f"> {site.settings.promise}", "", "## Fast", ""]
    for path, standing in sorted(site.standing.items(), key=lambda item: item[1].address):
        page = site.pages[path]
        lines.append(f"- [{page.plain('title')}]({base}{standing.address}): {page.plain('description')}")
    lines += [f"- [Tallene]({base}/tal/): alle tal i magasinet med kilder", "", "## Nyeste artikler", ""]
    for article in site.articles[:_NUTSHELL]:
        page = site.pages[article.path]
        lines.append(f"- [{page.plain('title')}]({base}{article.address}): {page.plain('description')}")
    return ("\n".join(lines) + "\n").encode("utf-8")


def manifest(site: Site) -> bytes:
    """Return the web app manifest, with the icons that the site has."""
    icons = [
        {
            "src": f"{site.settings.base_path}{asset.address}",
            # A drawing is as large as it is wanted.
            "sizes": _sizes(0 if asset.address in site.drawings else asset.width),
            "type": kind,
        }
        for asset in site.assets.values()
        for name, kind in (("ikon", "image/png"), ("favicon", "image/svg+xml"))
        if asset.address.rpartition("/")[2].startswith(name) and asset.address.endswith(kind[6:9])
    ]
    document = {
        "name": site.settings.name,
        "short_name": site.settings.name,
        "description": site.settings.promise,
        "lang": "da",
        "start_url": f"{site.settings.base_path}/",
        "display": "minimal-ui",
        "icons": icons,
    }
    return (json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


def _sizes(width: int) -> str:
    return f"{width}x{width}" if width else "any"


def _day(article: Article) -> str:
    return article.moment.at.isoformat() if article.moment.has_time else article.moment.day.isoformat()
