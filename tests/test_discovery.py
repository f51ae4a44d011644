"""What machines find at the root of the real site."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree

from magazine.clock import Clock
from magazine.danish.dates import parse_moment
from magazine.pages.discovery import holds_until, manifest, news_sitemap, nutshell, robots, security
from magazine.site import Site, load_site

_NEWS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return load_site(root, clock=Clock(parse_moment("2026-11-25 09:00").at))


def test_robots_may_read_all_and_find_both_sitemaps(site: Site) -> None:
    lines = robots(site).decode("utf-8").splitlines()

    assert lines[:2] == ["User-agent: *", "Allow: /"]
    assert [line.rpartition("/")[2] for line in lines if line.startswith("Sitemap:")] == [
        "sitemap.xml",
        "news-sitemap.xml",
    ]


def test_news_are_two_days_old_at_most(site: Site) -> None:
    tree = etree.fromstring(news_sitemap(site))

    dates = [str(element.text) for element in tree.iterfind(".//n:publication_date", _NEWS)]
    fresh = [article for article in site.articles if article.moment.at > site.clock.now - timedelta(days=2)]
    assert dates == [article.moment.day.isoformat() for article in fresh] != []
    assert min(dates) >= "2026-11-23"


def test_news_say_what_google_asks_for(site: Site) -> None:
    entry = etree.fromstring(news_sitemap(site)).find("s:url", _NEWS)

    assert entry is not None
    assert str(entry.findtext("s:loc", None, _NEWS)).startswith(site.settings.address)
    told = {str(element.tag).rpartition("}")[2] for element in entry.iter()}
    assert told >= {"name", "language", "publication_date", "title"}
    assert "tal:" not in str(entry.findtext(".//n:title", None, _NEWS))


def test_a_site_holds_until_midnight_where_nothing_is_due(root: Path) -> None:
    """And no longer than an article is news."""
    quiet = load_site(root, clock=Clock(parse_moment("2031-03-02 09:00").at))
    newest = quiet.articles[0].moment.at

    assert holds_until(quiet) == parse_moment("2031-03-03").at
    fresh = load_site(root, clock=Clock(newest + timedelta(days=2, minutes=-1)))
    assert holds_until(fresh) <= newest + timedelta(days=2)


def test_the_nutshell_names_every_page_and_the_newest_articles(site: Site) -> None:
    text = nutshell(site).decode("utf-8")

    assert text.startswith("# Kønformation\n\n> ")
    assert all(f"({site.settings.address}{page.address})" in text for page in site.standing.values())
    assert all(f"({site.settings.address}{article.address})" in text for article in site.articles)
    assert "tal:" not in text


def test_the_manifest_names_files_that_exist(site: Site) -> None:
    document = json.loads(manifest(site))

    assert document["lang"] == "da"
    assert document["start_url"] == "/"
    addresses = {asset.address for asset in site.assets.values()}
    assert {icon["src"] for icon in document["icons"]} <= addresses
    assert {icon["src"]: icon["sizes"] for icon in document["icons"]} == {
        "/images/favicon.svg": "any",
        "/images/ikon-32.png": "32x32",
        "/images/ikon-180.png": "180x180",
        "/images/ikon-192.png": "192x192",
        "/images/ikon-512.png": "512x512",
    }


def test_where_to_write_is_told_once_somebody_is_known(site: Site) -> None:
    lines = security(site, "red@a.example").decode("utf-8").splitlines()

    assert lines[0] == "Contact: mailto:red@a.example"
    assert lines[1] == "Expires: 2027-11-24T00:00:00+01:00"
    assert lines[-1] == f"Canonical: {site.settings.address}/.well-known/security.txt"
