"""Structured data: only terms that schema.org has, and all that search engines ask of a type."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from rdflib.namespace import SDO

from magazine.clock import Clock
from magazine.danish.dates import parse_moment
from magazine.desk import Author
from magazine.pages.json_ld import (
    article_json_ld,
    collection_json_ld,
    front_json_ld,
    modified_at,
    profile_json_ld,
    script_json,
)
from magazine.pages.open_data import figures_json_ld, indicator_json_ld
from magazine.site import Site, load_site

#: What Google's documentation of each type asks for or recommends, as far as a magazine has it.
ASKED = {
    "NewsArticle": {"headline", "datePublished", "dateModified", "author", "publisher", "articleSection"},
    "BreadcrumbList": {"itemListElement"},
    "CollectionPage": {"name", "url", "mainEntity", "isPartOf"},
    "ProfilePage": {"mainEntity"},
    "WebSite": {"name"},
    "Person": {"name", "url"},
    "ListItem": {"position"},
    "ImageObject": {"url", "creditText"},
    "CreativeWork": {"name", "publisher"},
    "Dataset": {"name"},
    "DataDownload": {"contentUrl", "encodingFormat"},
}


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return load_site(root, clock=Clock(parse_moment("2026-11-25 09:00").at))


@pytest.fixture(scope="module")
def documents(site: Site) -> list[Any]:
    """One document of each kind, and all the articles'."""
    texts = [article_json_ld(site, article) for article in site.articles]
    texts.append(front_json_ld(site))
    texts.append(collection_json_ld(site, "Magt", "/kategori/magt/", "Om magt.", site.articles[:3]))
    texts.append(profile_json_ld(site, site.desk.authors["redaktionen"], "/forfatter/redaktionen/"))
    texts.append(figures_json_ld(site))
    texts += [indicator_json_ld(site, indicator) for indicator in site.figures.indicators.values()]
    person = Author("a", "En opdigtet", "Redaktør", "Skriver.")
    texts.append(profile_json_ld(site, person, "/forfatter/a/"))
    return [json.loads(text) for text in texts]


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from _nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)


def test_every_term_is_schema_orgs(documents: list[Any]) -> None:
    used = {node["@type"] for node in _nodes(documents)}
    used |= {key for node in _nodes(documents) for key in node if not key.startswith("@")}

    assert len(used) > 30
    assert {term for term in used if term not in SDO} == set()


def test_each_type_says_what_is_asked_of_it(documents: list[Any]) -> None:
    found = {node["@type"] for node in _nodes(documents)}
    lacking = [
        (node["@type"], missing)
        for node in _nodes(documents)
        # A reference by @id alone tells everything where the node itself stands.
        if "@id" not in node or len(node) > 3
        if (missing := ASKED.get(node["@type"], set()) - node.keys())
    ]

    assert set(ASKED) - {"ImageObject"} <= found
    assert lacking == []


def test_dates_have_an_offset_and_are_in_order(documents: list[Any]) -> None:
    for node in _nodes(documents):
        if node["@type"] == "NewsArticle":
            published, modified = (
                datetime.fromisoformat(node[key]) for key in ("datePublished", "dateModified")
            )
            assert published.tzinfo is not None
            assert published <= modified


def test_an_article_cites_the_sources_of_its_figures(site: Site) -> None:
    article = next(article for article in site.articles if article.path.endswith("samme-spoergsmaal.md"))
    document = json.loads(article_json_ld(site, article))

    cited = {(source["name"], source.get("datePublished")) for source in document["@graph"][0]["citation"]}
    assert cited == {
        ("Mentor: Gode resultater trods coronarestriktioner", "2022-05-24"),
        ("En succes har jubilæum: KVINFOs mentornetværk fylder 20 år", "2022-11-16"),
    }


def test_a_change_on_the_day_of_publication_is_no_later() -> None:
    published = parse_moment("2022-05-24 17:10").at

    assert modified_at("2022-05-24", published) == "2022-05-24T17:10:00+02:00"
    assert modified_at("2022-11-16", published) == "2022-11-16T00:00:00+01:00"
    assert modified_at(None, published) == "2022-05-24T17:10:00+02:00"


def test_no_text_can_end_the_script() -> None:
    made = str(script_json({"name": "</script><!--\u2028&"}))

    assert not set(made) & {"<", ">", "&", "\u2028"}
    assert json.loads(made) == {"name": "</script><!--\u2028&"}
