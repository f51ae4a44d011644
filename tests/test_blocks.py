"""Blocks of figures: one file a case under ``cases/blocks``; the fence stands in line 10 of its file."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from one_article import magazine

from magazine.blocks.answer import resolve_block
from magazine.blocks.model import Block, Request, Row, Shown
from magazine.blocks.read import BlockEntry, read_block
from magazine.entries import aliases
from magazine.fences import BlockDemand
from magazine.figures.model import Figures
from magazine.figures.read import read_figures
from magazine.problems import Problem
from magazine.resolve import Reading, newest_families
from magazine.sources import Text

FAMILY = """
begge:
  navn: I arbejde eller uddannelse
  enhed: procent
  blandt: mentees
  dele: [arbejde, skole]
  udelukkende: ja
  udtømmende: ja
arbejde:
  navn: I arbejde
  enhed: procent
  blandt: mentees
skole:
  navn: I uddannelse
  enhed: procent
  blandt: mentees
"""

HERE = Path(__file__).parent / "cases" / "blocks"
CASES = sorted(HERE.glob("*.yml"))
TODAY = date(2026, 11, 25)


def _figures() -> Figures:
    figures, problems = read_figures(Text("tal.yml", (HERE / "data" / "tal.yml").read_text("utf-8")), TODAY)
    assert [problem for problem in problems if not problem.warning] == []
    return figures


FIGURES = _figures()


def resolved(
    name: str, body: str, day: date | None = None, figures: Figures = FIGURES
) -> tuple[Block | None, tuple[Problem, ...]]:
    """Read and answer one block, of an article where ``day`` is given, else of a standing page."""
    request, problems = read_block(BlockDemand(name, body.rstrip("\n"), 10), "artikel.md")
    if request is None:
        return None, problems
    assert isinstance(request, Request)
    reading = Reading(day or TODAY, TODAY, is_dated=day is not None)
    families = newest_families(request.demands(figures), figures, reading)
    return resolve_block(request, figures, reading, families)


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_block(path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))

    block, problems = resolved(case["blok"], case["indhold"], case.get("pr"))

    assert "".join(f"{problem}\n" for problem in sorted(problems)) == case.get("fejl", "")
    told = _told(block) if block else None
    assert told == case.get("giver")


def _told(block: Block) -> dict[str, Any]:
    """Return what a reader is told, in words."""
    told: dict[str, Any] = {"titel": block.title.plain, "under": block.subtitle}
    if block.text:
        told["tekst"] = block.text.plain
    told["vist"] = [_figure(shown) for shown in block.shown]
    for key, shown in (("helhed", block.whole), ("mål", block.target)):
        if shown:
            told[key] = _figure(shown)
    told["tabel"] = [list(block.head), *(_row(row) for row in block.rows)]
    if block.gaps:
        told["huller"] = [block.shown[place].label for place in sorted(block.gaps)]
    if block.breaks:
        told["brud"] = {block.shown[place].label: reason for place, reason in block.breaks.items()}
    if block.remarks:
        told["bemærk"] = list(block.remarks)
    told["kilder"] = [source.id for source in block.sources]
    if block.facts:
        told["oplyst"] = list(block.facts)
    if any(answer.is_filled for answer in block.answers):
        told["opdateres"] = True
    return told


def _figure(shown: Shown) -> str:
    return f"{shown.label}: {_words(shown)}"


def _words(shown: Shown) -> str:
    return shown.words.replace("\u202f", " ") + (" (forventet)" if shown.is_expected else "")


def _row(row: Row) -> list[str | None]:
    return [row.label, *(_words(cell) if isinstance(cell, Shown) else cell for cell in row.cells)]


def test_the_guide_names_every_key(root: Path) -> None:
    guide = (root / "REDAKTION.md").read_text("utf-8")
    section = guide.partition("## Grafer, bokse og tabeller\n")[2].partition("\n## ")[0]

    named = set(re.findall(r"`([a-zæøå]+)`", section))

    assert set(aliases(BlockEntry)) <= named


@given(st.text())
def test_no_body_makes_a_traceback(body: str) -> None:
    block, problems = resolved("tal-graf", body)

    assert block is not None or problems


def test_text_and_blocks_of_a_page_speak_from_one_source(tmp_path: Path) -> None:
    case = {
        "indikatorer": FAMILY,
        "tal": "\n".join(
            f"- {{indikator: {name}, periode: 2022, værdi: {value}, kilde: {source}}}"
            for name, value, source in [
                ("begge", 59, "rapport"),
                ("arbejde", 44, "rapport"),
                ("skole", 15, "rapport"),
                ("arbejde", 47, "rettet"),
            ]
        ).replace("rapport}", "rapport, foretrukken: ja, hvorfor: Hel familie.}"),
        "tekst": "I arbejde kom […](tal:arbejde).\n\n```tal-graf\ntype: dele\nindikator: begge\n```",
    }

    site, problems = magazine(tmp_path, case)

    body = site.pages[site.articles[0].path].body
    assert problems == ()
    assert [answer.keys for answer in body.shown] == [
        ("arbejde/2022@rapport",),
        ("arbejde/2022@rapport",),
        ("skole/2022@rapport",),
        ("begge/2022@rapport",),
    ]


def test_a_figure_without_a_reference_is_found_in_a_title(tmp_path: Path) -> None:
    text = "Sådan går det.\n\n```tal-boks\nindikator: job\ntitel: 59 procent kom i job\n```\n"

    _, problems = magazine(tmp_path, {"tekst": text})

    assert [(problem.place.line, problem.message.partition(" har")[0]) for problem in problems] == [
        (12, "«59 procent»")
    ]


@pytest.mark.parametrize(
    ("reason", "shown", "told"),
    [
        ("fejl", ["46\u202f%", "15\u202f%", "59\u202f%"], []),
        (
            "revision",
            ["44\u202f%", "15\u202f%", "59\u202f%"],
            [
                "arbejde/2022@rapport er siden opgjort til 46 procent (@rettet), men bliver stående. "
                "Ellers kommer delene ikke fra én kilde."
            ],
        ),
    ],
)
def test_a_family_keeps_its_source_but_no_error(
    tmp_path: Path, reason: str, shown: list[str], told: list[str]
) -> None:
    lines = [
        f"- {{indikator: {name}, periode: 2022, værdi: {value}, kilde: rapport}}"
        for name, value in (("begge", 59), ("arbejde", 44), ("skole", 15))
    ]
    lines += ["- indikator: arbejde", "  periode: 2022", "  værdi: 46", "  kilde: rettet", "  erstatter:"]
    lines += ["    kilde: rapport", f"    årsag: {reason}", "    forklaring: Talt igen."]
    text = "Sådan.\n\n```tal-graf\ntype: dele\nindikator: begge\n```"

    site, problems = magazine(tmp_path, {"indikatorer": FAMILY, "tal": "\n".join(lines), "tekst": text})

    block = site.pages[site.articles[0].path].body.blocks[0]
    assert isinstance(block, Block)
    assert [figure.words for figure in block.figures] == shown
    apart = "Et af tallene er rettet alene. Derfor passer delene og helheden ikke sammen."
    assert block.remarks == ((apart,) if reason == "fejl" else ())
    assert [problem.message for problem in problems if problem.warning] == told
