"""Lists, their pages and feeds, former addresses, and that nothing of what is not out is in any of them."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from pathlib import Path

import feedparser
import pytest
from magazines import REPOSITORY, SITES
from whole_magazine import FILES, examined

from magazine.listings import PAGE, Kind, Listing, listings, parts
from magazine.pages.make import make
from magazine.site import Site, made_addresses

TEMPLATES = (str(SITES / "lille" / "overrides"), str(REPOSITORY / "overrides"))
ARTICLE = """---
title: '{title}'
date: {date}
description: Om {title}.
category: {category}
authors: [redaktionen]
tags: [{tag}]
{more}
---
Brødtekst om {title}, [59 procent](tal:job/2021).
"""


def _article(number: int, **keys: str) -> str:
    day = f"2023-{number // 28 + 1:02}-{number % 28 + 1:02}"
    values = {"title": f"Nummer {number}", "date": day, "category": "mentor", "tag": "Ål og æg", "more": ""}
    return ARTICLE.format_map({**values, **keys})


def _magazine(folder: Path, **files: str) -> Site:
    site, problems = examined(folder, files)
    assert [str(problem) for problem in problems if not problem.warning] == []
    return site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    files = {f"articles/2023/nr-{number}.md": _article(number) for number in range(PAGE + 5)}
    for number in (3, 1, 2):
        files[f"articles/2023/del-{number}.md"] = _article(60 + number, more="series: tinge", tag="valg")
    files["articles/2023/flyttet.md"] = _article(
        70, title="Flyttet", more="redirect_from: [/gammel/, /2011/gammel.html]"
    )
    files["articles/2024/hemmelig.md"] = _article(
        1,
        title="Xylofon",
        date="2024-12-01",
        tag="okarina",
        category="arbejde",
        more="redirect_from: [/tuba/]",
    )
    files["articles/2024/kladde.md"] = _article(
        1, title="Xylofon to", date="2024-01-01", tag="okarina", more="draft: ja"
    )
    return _magazine(tmp_path_factory.mktemp("lister"), **files)


@pytest.fixture(scope="module")
def made(site: Site) -> Mapping[str, str]:
    return {path: data.decode("utf-8") for path, data in make(site, TEMPLATES)}


def _list(site: Site, kind: Kind, name: str) -> Listing:
    return next(one for one in listings(site.articles, site.desk) if (one.kind, one.id) == (kind, name))


def test_every_kind_has_its_lists_and_empty_ones_are_not_there(site: Site) -> None:
    found = [one.address for one in listings(site.articles, site.desk)]

    assert found == [
        "/kategori/mentor/",
        "/emne/aal-og-aeg/",
        "/emne/valg/",
        "/forfatter/redaktionen/",
        "/serie/tinge/",
        "/arkiv/2023/",
        "/arkiv/2022/",
    ]


def test_a_list_has_as_many_pages_as_it_needs(site: Site, made: Mapping[str, str]) -> None:
    leaves = _list(site, Kind.TAG, "aal-og-aeg").leaves()

    assert [(leaf.address, len(leaf.articles)) for leaf in leaves] == [
        ("/emne/aal-og-aeg/", PAGE),
        ("/emne/aal-og-aeg/side/2/", 6),
    ]
    assert "emne/aal-og-aeg/side/2/index.html" in made
    assert "emne/aal-og-aeg/side/3/index.html" not in made
    dates = [article.moment.at for leaf in leaves for article in leaf.articles]
    assert dates == sorted(dates, reverse=True)


def test_a_page_of_a_list_tells_which_one_it_is(site: Site) -> None:
    current = r'href="(\S+)" aria-label="Side \d+" aria-current="page"'
    printed = {path: data.decode("utf-8") for path, data in make(site, (str(REPOSITORY / "overrides"),))}

    for address in ("/emne/aal-og-aeg/", "/emne/aal-og-aeg/side/2/"):
        assert re.findall(current, printed[f"{address[1:]}index.html"]) == [address]


def test_a_series_begins_with_its_first_part_and_its_feed_with_the_newest(site: Site) -> None:
    series = _list(site, Kind.SERIES, "tinge")

    assert [article.slug for article in series.articles] == ["del-1", "del-2", "del-3"]
    assert [article.slug for article in series.newest] == ["del-3", "del-2", "del-1"]
    second = dict(parts(series))["articles/2023/del-2.md"]
    assert (second.number, second.total) == (2, 3)
    assert second.previous is not None
    assert second.next is not None
    assert (second.previous.slug, second.next.slug) == ("del-1", "del-3")


def test_the_archive_counts_the_years_and_names_every_list(made: Mapping[str, str]) -> None:
    page = made["arkiv/index.html"]

    said = [
        (address, " ".join(re.sub("<[^>]*>", " ", told).split()))
        for address, told in re.findall(r'<li[^>]*><a href="([^"]+)">(.*?)</li>', page, re.S)
    ]
    assert said == [
        ("/arkiv/2023/", f"2023 {PAGE + 9} artikler"),
        ("/arkiv/2022/", "2022 1 artikel"),
        ("/kategori/mentor/", f"Mentor {PAGE + 10} {PAGE + 10} artikler"),
        ("/serie/tinge/", "Kvinder på tinge 3 3 artikler"),
        ("/emne/valg/", "valg 3 3 artikler"),
        ("/emne/aal-og-aeg/", "Ål og æg 30 30 artikler"),
        ("/forfatter/redaktionen/", f"Redaktionen {PAGE + 9} {PAGE + 9} artikler"),
    ]


def test_an_authors_page_has_the_portrait(tmp_path: Path) -> None:
    entry = "  redaktionen:\n    navn: Redaktionen\n"
    portrait = "    billede: {src: ../docs/images/sal.svg, alt: 'En tegnet sal', credit: 'Tegning: Os'}\n"
    desk = FILES["data/redaktion.yml"].replace(entry, entry + portrait)
    site = _magazine(tmp_path, **{"data/redaktion.yml": desk, "articles/2023/nr-1.md": _article(1)})

    made = dict(make(site, (str(REPOSITORY / "overrides"),)))
    page = made["forfatter/redaktionen/index.html"].decode("utf-8")

    figure = page[page.index('<figure class="liste-portræt">') :].partition("</figure>")[0]
    assert '<svg class="tegnet" viewBox="0 0 3 2" role="img" aria-label="En tegnet sal">' in figure
    assert "Tegning: Os" in figure
    assert "En tegnet sal" not in made["kategori/mentor/index.html"].decode("utf-8")
    data = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert data["@graph"][0]["mainEntity"]["image"] == {
        "@type": "ImageObject",
        "url": "https://a.example/images/sal.svg",
        "caption": "En tegnet sal",
        "creditText": "Tegning: Os",
        "width": 3,
        "height": 2,
    }


def test_an_update_of_the_same_day_is_no_news(tmp_path: Path) -> None:
    articles = {
        "articles/2023/nr-1.md": _article(1, date="2023-01-01 12:00", more="updated: 2023-01-01"),
        "articles/2023/nr-2.md": _article(2, date="2023-01-02", more="updated: 2023-02-01"),
    }
    site = _magazine(tmp_path, **articles)

    made = dict(make(site, (str(REPOSITORY / "overrides"),)))

    shown = [path for path, data in made.items() if b"Opdateret <time" in data and path.startswith("2023/")]
    assert shown == ["2023/01/02/nr-2/index.html"]
    assert made["arkiv/2023/index.html"].count(b"Opdateret <time") == 1


def test_a_full_list_is_light_to_fetch(tmp_path: Path) -> None:
    """Sixty kilobytes, as they are sent, of the repository's own templates and drawings."""
    drawings = sorted((REPOSITORY / "docs/images").glob("*.svg"))
    files = {f"docs/images/{file.name}": file.read_text("utf-8") for file in drawings}
    for number in range(PAGE):
        source = f"../../docs/images/{drawings[number % len(drawings)].name}"
        image = f"image: {{src: {source}, alt: 'Et billede', credit: Os}}"
        files[f"articles/2023/nr-{number}.md"] = _article(number, more=image)
    site = _magazine(tmp_path, **files)

    page = dict(make(site, (str(REPOSITORY / "overrides"),)))["arkiv/2023/index.html"]

    assert page.count(b'<article class="kort"') == PAGE
    assert len(gzip.compress(page)) <= 60_000
    assert page.count(b'<svg class="tegnet"') == 1


FEEDS = ("", "kategori/mentor/", "emne/aal-og-aeg/", "forfatter/redaktionen/", "serie/tinge/")


@pytest.mark.parametrize("place", FEEDS)
def test_both_feeds_hold_the_same_articles_whole(made: Mapping[str, str], place: str) -> None:
    atom = feedparser.parse(made[f"{place}feed.xml"])
    document = json.loads(made[f"{place}feed.json"])

    assert not atom.bozo
    assert atom.feed.id == f"https://a.example/{place}"
    assert document["feed_url"] == f"https://a.example/{place}feed.json"
    assert [entry.link for entry in atom.entries] == [item["url"] for item in document["items"]]
    assert [entry.updated for entry in atom.entries] == [item["date_modified"] for item in document["items"]]
    for entry, item in zip(atom.entries, document["items"], strict=True):
        assert "Brødtekst om" in entry.content[0].value or entry.title == "En artikel"
        assert entry.title == item["title"]
        assert item["content_html"]
        assert item["id"] == entry.id


def test_json_feeds_have_what_the_format_asks_for(made: Mapping[str, str]) -> None:
    document = json.loads(made["feed.json"])

    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert {"title", "home_page_url", "feed_url", "items"} <= document.keys()
    assert all({"id", "url", "content_html", "date_published"} <= item.keys() for item in document["items"])


def test_former_addresses_lead_on_without_scripts(made: Mapping[str, str]) -> None:
    target = "/2023/03/15/flyttet/"

    for path in ("gammel/index.html", "2011/gammel.html"):
        assert f'<meta http-equiv="refresh" content="0; url={target}">' in made[path]
        assert f'<link rel="canonical" href="https://a.example{target}">' in made[path]
        assert f'<a href="{target}">Flyttet</a>' in made[path]
        assert "<script" not in made[path]
    assert made["_redirects"] == f"/2011/gammel.html {target} 301\n/gammel/ {target} 301\n"


def test_nothing_of_what_is_not_out_is_anywhere(made: Mapping[str, str]) -> None:
    leaks = ("xylofon", "hemmelig", "kladde", "okarina", "tuba", "kategori/arbejde", "arkiv/2024", "/2024/")

    assert [
        (path, leak) for path, text in made.items() for leak in leaks if leak in f"{path} {text}".casefold()
    ] == []


def test_its_time_comes_by_itself(tmp_path: Path) -> None:
    held = {"articles/2024/hemmelig.md": _article(1, title="Xylofon", date="2024-12-01 06:00", tag="okarina")}

    early = _magazine(tmp_path / "a", **held, nu="2024-12-01T05:59:00+01:00")
    late = _magazine(tmp_path / "b", **held, nu="2024-12-01T06:00:00+01:00")

    assert "emne/okarina/index.html" not in dict(make(early, TEMPLATES))
    assert "emne/okarina/index.html" in dict(make(late, TEMPLATES))


def test_every_page_has_an_address_that_nothing_else_can_take(site: Site, made: Mapping[str, str]) -> None:
    claimed = set(made_addresses(site.articles, site.figures, site.desk))
    claimed |= {article.address for article in site.articles}
    claimed |= {standing.address for standing in site.standing.values()}
    claimed |= {address for article in site.articles for address in article.redirect_from}

    assert {f"/{path}".removesuffix("index.html") for path in made} - claimed == set()
