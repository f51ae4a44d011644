"""What a change of data/tal.yml does to the real magazine: which pages change, and which builds stop."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from magazines import build, files_of, put_real

ARTICLE = "2022/05/24/mentor-gode-resultater-trods-coronarestriktioner/index.html"
ARTICLE_FILE = "articles/2022/mentor-gode-resultater-trods-coronarestriktioner.md"
LANDING = "bliv-mentor/index.html"
CLOCK = {"MAGASIN_NU": "2027-06-01 12:00"}

SOURCE = """  proeve-2023:
    titel: Prøverapport
    udgiver: Prøven
    udgivet: 2027-05-01
    url: https://example.org/proeve
"""
VALUE = """  - indikator: {indicator}
    periode: {period}
    værdi: {value}
    kilde: proeve-2023
    n: ukendt
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real magazine, built once."""
    root = put_real(tmp_path_factory.mktemp("real") / "magasin")
    done = build(root, "--strict", variables=CLOCK)
    assert done.status == 0, done.err
    return root


@pytest.fixture
def magazine(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "magasin"))


def add_values(root: Path, *values: str) -> None:
    file = root / "data/tal.yml"
    text = file.read_text("utf-8")
    head, body = text.split("\nindikatorer:\n", 1)
    file.write_text(f"{head}\n{SOURCE}indikatorer:\n{body.rstrip()}\n{''.join(values)}", encoding="utf-8")


def page(root: Path, path: str) -> str:
    return (root / "site" / path).read_text("utf-8").replace("\u00a0", " ")


def typed(html: str) -> list[str]:
    """Return the paragraphs and headings of an article that hold its typed figure, its notes apart."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    found = [
        " ".join(_words(element).split())
        for name in ("h1", "h2", "p", "li", "td")
        for element in tree.iter(name)
        if any(figure.text == "59 procent" for figure in element.iter("data"))
    ]
    assert found
    return found


def _words(element: Element) -> str:
    """Return what a reader meets in the text: what opens at a figure, and the list at the end, left out."""
    if element.get("popover") is not None or "note" in (element.get("class") or "").split():
        return ""
    return (element.text or "") + "".join(_words(child) + (child.tail or "") for child in element)


def test_nothing_of_the_markup_is_left(built: Path) -> None:
    for path, data in files_of(built / "site").items():
        if path.endswith((".html", ".xml", ".json")):
            text = data.decode("utf-8")
            assert "](tal:" not in text, path
            assert "{{" not in text, path


def test_a_newer_period_changes_what_is_filled_in(magazine: Path) -> None:
    before = typed(page(magazine, ARTICLE))
    families = {"job-eller-uddannelse": 66, "i-job": 46, "i-uddannelse": 20}
    add_values(
        magazine,
        *(VALUE.format(indicator=name, period=2023, value=value) for name, value in families.items()),
    )

    done = build(magazine, variables=CLOCK)

    assert done.status == 0, done.err
    assert "66 procent" in page(magazine, LANDING)
    assert before
    assert typed(page(magazine, ARTICLE)) == before
    assert "66 procent" in page(magazine, ARTICLE)  # among the notes


def test_a_value_changed_in_place_stops_the_build_and_names_each_line(magazine: Path) -> None:
    before = files_of(magazine / "site")
    file = magazine / "data/tal.yml"
    old = "- indikator: job-eller-uddannelse\n    periode: 2021\n    værdi: 59\n"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, old.replace("59", "57")), encoding="utf-8")

    done = build(magazine, "--quiet", variables=CLOCK)

    assert done.status == 1
    for line in (2, 19):
        assert f"{ARTICLE_FILE}:{line}: «59 procent» passer ikke" in done.err
    assert files_of(magazine / "site") == before


def supersede(root: Path, reason: str) -> None:
    why = (
        f"    erstatter:\n      kilde: mentor-2022-05\n      årsag: {reason}\n      forklaring: Talt igen.\n"
    )
    families = {"job-eller-uddannelse": 61, "i-job": 45, "i-uddannelse": 16}
    add_values(
        root,
        *(VALUE.format(indicator=name, period=2021, value=value) + why for name, value in families.items()),
    )


def test_a_revision_leaves_the_articles_and_stands_in_their_notes(magazine: Path) -> None:
    before = typed(page(magazine, ARTICLE))
    supersede(magazine, "revision")

    done = build(magazine, variables=CLOCK)

    assert done.status == 0, done.err
    assert typed(page(magazine, ARTICLE)) == before
    assert "Siden opgjort til 61 procent" in page(magazine, ARTICLE)
    assert "61 procent" in page(magazine, LANDING)


def test_an_error_stops_the_build_until_the_articles_are_mended(magazine: Path) -> None:
    before = files_of(magazine / "site")
    supersede(magazine, "fejl")

    done = build(magazine, "--quiet", variables=CLOCK)

    assert done.status == 1
    assert f"{ARTICLE_FILE}:19: «59 procent» passer ikke" in done.err
    assert "61 procent" in done.err
    assert files_of(magazine / "site") == before
