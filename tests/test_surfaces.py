"""One figure in every place where a reference may stand: the same words come out wherever it is met."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

import html5lib
import pytest
from lxml import etree
from magazines import REPOSITORY, SITES
from one_article import magazine

from magazine.pages.make import make
from magazine.render import Renderer

XHTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"

#: The small magazine's templates stand in for those that the repository lacks; they have no head to speak of.
needs_templates = pytest.mark.skipif(
    not (REPOSITORY / "overrides" / "artikel.html").exists(), reason="overrides/artikel.html is not there"
)

#: Every place once typed and once filled in.
ARTICLE = """---
title: 'I alt [59 procent](tal:job/2021) kom i job, […](tal:andel/2021) blev'
date: 2022-06-01
kicker: '[59 procent](tal:job/2021) og […](tal:andel/2021)'
description: 'Af dem kom [59 procent](tal:job/2021) i job, og […](tal:andel/2021) blev.'
category: mentor
tags: [job]
image:
  src: ../../docs/billede.svg
  alt: 'En kurve når [59 procent](tal:job/2021) og […](tal:andel/2021)'
  credit: 'Foto: A'
  caption: 'Kurven når [59 procent](tal:job/2021) og […](tal:andel/2021)'
---
Brødtekst med [59 procent](tal:job/2021) og […](tal:andel/2021).

## Kom [59 procent](tal:job/2021) i job, blev […](tal:andel/2021)?

- Punkt med [59 procent](tal:job/2021) og […](tal:andel/2021)

| Tabel |
| --- |
| Celle med [59 procent](tal:job/2021) og […](tal:andel/2021) |

![Et billede](../../docs/billede.svg "Billedtekst med [59 procent](tal:job/2021) og
[…](tal:andel/2021). Foto: A")

Se noten.[^n]

[^n]: Note med [59 procent](tal:job/2021) og […](tal:andel/2021).
"""

SHARE = """
- indikator: andel
  periode: 2021
  værdi: 41
  kilde: rapport
"""
TITLE = "I alt 59 procent kom i job, 41 procent blev"
DESCRIPTION = "Af dem kom 59 procent i job, og 41 procent blev."
ADDRESS = "/2022/06/01/a/"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The files of the site by path; without soft hyphens, and with plain spaces."""
    files = {
        "articles/2022/a.md": ARTICLE,
        "docs/billede.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"/>',
    }
    site, problems = magazine(tmp_path_factory.mktemp("flader"), {"tal": SHARE, "filer": files})
    assert problems == ()
    folders = [str(REPOSITORY / "overrides"), str(SITES / "lille" / "overrides")]
    return {
        path: data.decode("utf-8").replace("\u00a0", " ").replace("\u202f", " ").replace("\u00ad", "")
        for path, data in make(site, folders)
        if not path.endswith((".png", ".webp", ".pf_meta"))
    }


@pytest.fixture(scope="module")
def page(made: Mapping[str, str]) -> Any:
    return html5lib.parse(made[f"{ADDRESS.strip('/')}/index.html"])


def _texts(page: Any, tag: str) -> list[str]:
    return [" ".join(_text(element).split()) for element in page.iter(f"{XHTML}{tag}")]


def _text(element: Any) -> str:
    """Return the words of an element, without note marks and what opens at them."""
    kinds = (element.get("class") or "").split()
    if "mærke" in kinds or "note" in kinds or element.tag == f"{XHTML}sup":
        return ""
    return (element.text or "") + "".join(_text(child) + (child.tail or "") for child in element)


def _meta(page: Any) -> dict[str, str]:
    return {
        element.get("name") or element.get("property"): element.get("content")
        for element in page.iter(f"{XHTML}meta")
        if element.get("content")
    }


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("h1", TITLE),
        ("p", DESCRIPTION),
        ("p", "Brødtekst med 59 procent og 41 procent."),
        ("h2", "Kom 59 procent i job, blev 41 procent?"),
        ("li", "Punkt med 59 procent og 41 procent"),
        ("td", "Celle med 59 procent og 41 procent"),
        ("figcaption", "Billedtekst med 59 procent og 41 procent. Foto: A"),
        pytest.param("figcaption", "Kurven når 59 procent og 41 procent", marks=needs_templates),
        ("li", "Note med 59 procent og 41 procent."),
    ],
)
def test_on_the_page(page: Any, tag: str, words: str) -> None:
    assert [text for text in _texts(page, tag) if words in text]


@needs_templates
def test_in_the_head(page: Any) -> None:
    meta = _meta(page)

    assert _texts(page, "title") == [f"{TITLE} – Magasinet"]
    assert meta["description"] == DESCRIPTION
    assert (meta["og:title"], meta["og:description"]) == (TITLE, DESCRIPTION)


@needs_templates
def test_for_machines(page: Any) -> None:
    documents = [
        json.loads("".join(script.itertext()))
        for script in page.iter(f"{XHTML}script")
        if script.get("type") == "application/ld+json"
    ]
    nodes = [node for document in documents for node in document["@graph"]]

    article = next(node for node in nodes if node["@type"] == "NewsArticle")
    assert (article["headline"], article["description"]) == (TITLE, DESCRIPTION)
    assert article["image"]["caption"] == "Kurven når 59 procent og 41 procent"


def test_wherever_the_article_is_listed(made: Mapping[str, str]) -> None:
    lists = {
        path: text
        for path, text in made.items()
        if path.endswith(".html") and f'href="{ADDRESS}"' in text and not path.startswith(ADDRESS.strip("/"))
    }

    assert {"index.html", "kategori/mentor/index.html"} <= lists.keys()
    plain = {path: html.unescape(re.sub(r"<[^>]*>", "", text)) for path, text in lists.items()}
    assert [path for path, text in plain.items() if TITLE not in text] == []


def test_in_the_feed(made: Mapping[str, str]) -> None:
    entry = etree.fromstring(made["feed.xml"].encode("utf-8")).find(f"{ATOM}entry")
    assert entry is not None
    content = html5lib.parse(entry.findtext(f"{ATOM}content") or "")

    assert entry.findtext(f"{ATOM}title") == TITLE
    assert entry.findtext(f"{ATOM}summary") == DESCRIPTION
    for words in ("Kom 59 procent i job, blev 41 procent?", "Celle med 59 procent og 41 procent"):
        assert words in " ".join("".join(content.itertext()).split())


def test_in_the_lists_for_machines(made: Mapping[str, str]) -> None:
    assert TITLE in made["llms.txt"]


def test_no_address_has_the_figure_in_it(page: Any, made: Mapping[str, str]) -> None:
    anchors = [heading.get("id") for heading in page.iter(f"{XHTML}h2") if heading.get("id")]

    assert "kom-i-job-blev" in anchors
    assert [anchor for anchor in anchors if re.search(r"59|41", anchor)] == []
    assert [path for path in made if re.search(r"59|procent", path)] == []


def test_a_heading_of_a_figure_alone_is_named_by_it() -> None:
    rendered = Renderer().render("## [59 procent](tal:i-job/2021)\n\n## […](tal:i-job) {#eget}\n", "a.md")

    assert rendered.anchors == ("eget", "i-job")


def test_nothing_unresolved_is_left_anywhere(made: Mapping[str, str]) -> None:
    left = re.compile(r"\btal:[a-zæøå]|\{\{|…\]|[\ue000-\uf8ff]")

    assert [(path, found[0]) for path, text in made.items() if (found := left.search(text))] == []
