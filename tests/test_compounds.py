"""Long words of headlines: divided between the parts of a compound, on pages and nowhere else."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from magazines import build
from markupsafe import Markup
from states import NOW, address, put_states

from magazine.danish.compounds import LONG, SOFT_HYPHEN, divide_long, joints, whole
from magazine.pages.environment import divisible

CASES: Mapping[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "cases/compounds.yml").read_text("utf-8")
)
WORDS = [word for words in CASES.values() for word in words]
ADDRESS = address("lang-overskrift")
TITLE = "Ligestillings|afdelings|medarbejderne og arbejds|markeds|uddannelses|udvalgs|formændene mødes igen"


@pytest.mark.parametrize("word", WORDS)
def test_divided(word: str) -> None:
    assert divide_long(word.replace("|", "")).replace(SOFT_HYPHEN, "|") == word


HEADLINES = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text("abeghilnorstuæøåÅ-\u00ad ", max_size=24)), max_size=6
).map(" ".join)


@given(HEADLINES)
def test_no_letter_comes_or_goes(headline: str) -> None:
    assert whole(divide_long(headline)) == whole(headline)


@given(HEADLINES)
def test_what_is_divided_is_not_divided_again(headline: str) -> None:
    assert divide_long(divide_long(headline)) == divide_long(headline)


@given(st.text("abdeghiklmnoprstuvæøå", min_size=LONG, max_size=50))
def test_a_part_has_three_letters_and_a_vowel(word: str) -> None:
    places = (0, *joints(word), len(word))
    parts = [word[start:end] for start, end in pairwise(places)]

    assert min(map(len, parts)) >= 3
    assert all(re.search("[aeiouyæøå]", part) for part in parts[:-1])


def test_the_tags_of_a_headline_stay_as_they_are() -> None:
    headline = Markup(
        '<data value="59" data-tal="arbejdsmarkedsuddannelserne">59</data> arbejdsmarkedsuddannelserne'
    )
    made = divisible(headline)

    assert isinstance(made, Markup)
    assert made.replace(SOFT_HYPHEN, "|") == (
        '<data value="59" data-tal="arbejdsmarkedsuddannelserne">59</data> arbejds|markeds|uddannelserne'
    )


def test_what_a_writer_types_is_still_escaped() -> None:
    assert not isinstance(divisible("<b>arbejdsmarkedsuddannelserne"), Markup)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built magazine with long headlines; in one, an editor has set soft hyphens."""
    folder = put_states(tmp_path_factory.mktemp("lange") / "magasin")
    article = folder / "articles/2026/uden-noget.md"
    text = article.read_text("utf-8")
    article.write_text(text.replace("title: Kort", f"title: Kvinde{SOFT_HYPHEN}prisen"), "utf-8")
    done = build(folder, variables={"MAGASIN_NU": NOW})
    assert done.status == 0, done.err
    return folder / "site"


def _headings(file: Path, *tags: str) -> list[str]:
    page = html5lib.parse(file.read_text("utf-8"), namespaceHTMLElements=False)
    return ["".join(element.itertext()) for tag in tags for element in page.iter(tag)]


def test_pages_have_them(site: Path) -> None:
    (heading,) = _headings(site / ADDRESS.strip("/") / "index.html", "h1")
    assert heading.replace(SOFT_HYPHEN, "|").startswith(TITLE)

    for path in ("index.html", "kategori/debat/index.html"):
        shown = [heading.replace(SOFT_HYPHEN, "|") for heading in _headings(site / path, "h2", "h3")]
        assert [heading for heading in shown if heading.startswith(TITLE)], path


def test_an_editors_own_are_shown(site: Path) -> None:
    assert f"Kvinde{SOFT_HYPHEN}prisen" in _headings(
        site / address("uden-noget").strip("/") / "index.html", "h1"
    )


def test_machines_get_none(site: Path) -> None:
    """Not in titles, metadata and structured data, not in feeds and lists of pages, not in any address."""
    seen = 0
    for file in site.rglob("*"):
        if file.suffix == ".html":
            page = html5lib.parse(file.read_text("utf-8"), namespaceHTMLElements=False)
            head = page.find("head")
            assert SOFT_HYPHEN not in ElementTree.tostring(head, "unicode"), file
            assert not [
                value for element in page.iter() for value in element.attrib.values() if SOFT_HYPHEN in value
            ], file
        elif file.suffix in (".xml", ".json", ".txt", ".csv", ".webmanifest"):
            text = file.read_text("utf-8")
            assert SOFT_HYPHEN not in (
                json.dumps(json.loads(text), ensure_ascii=False) if file.suffix == ".json" else text
            ), file
        else:
            continue
        assert SOFT_HYPHEN not in file.name
        seen += 1
    assert seen > 100
