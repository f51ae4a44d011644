"""A fault in the figures is told where it is, and not again by every article that names the figure."""

from __future__ import annotations

from pathlib import Path

import pytest
from one_article import FIGURES, magazine

TEXT = "Vi så [58 procent](tal:job/2021), […](tal:job) og [1 procent](tal:ukendt/2021)."
UNKNOWN = "articles/2022/a.md:8: indikatoren «ukendt» findes ikke i data/tal.yml."
WRONG = "articles/2022/a.md:8: «58 procent» passer ikke: tal:job/2021 er 59 procent (Rapport, 24. maj 2022)."
MISSING = "articles/2022/a.md:6: kategorien «mentr» findes ikke i data/redaktion.yml. Mente du «mentor»?"


def _told(folder: Path, figures: str, *, text: str = TEXT, article: str = "mentor") -> list[str]:
    _, problems = magazine(folder, {"tekst": text, "filer": {"data/tal.yml": figures}})
    if article != "mentor":
        path = folder / "articles/2022/a.md"
        path.write_text(path.read_text("utf-8").replace("category: mentor", f"category: {article}"), "utf-8")
        case = {"filer": {"articles/2022/a.md": path.read_text("utf-8"), "data/tal.yml": figures}}
        _, problems = magazine(folder, case)
    return [str(problem) for problem in problems if not problem.warning]


def test_a_text_that_is_wrong_is_told(tmp_path: Path) -> None:
    told = _told(tmp_path, FIGURES)

    assert [line.partition(" Det ville")[0] for line in told] == [UNKNOWN, WRONG]


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("værdi: 59", "værdi: 59.0", 34),
        ("enhed: procent", "enhed: prosent", 21),
        ("udgivet: 2022-05-24", "udgivet: i maj", 6),
        ("    periode: 2021", "    perode: 2021", 33),
        ("værdi: 59\n    kilde: rapport", "værdi: 59\n    kilde: raport", 35),
    ],
)
def test_references_to_what_cannot_be_read_stay_silent(
    tmp_path: Path, right: str, wrong: str, line: int
) -> None:
    assert right in FIGURES

    told = _told(tmp_path, FIGURES.replace(right, wrong, 1))

    assert told[0] == UNKNOWN
    assert told[1].startswith(f"data/tal.yml:{line}: ")
    assert len(told) == 2


def test_without_readable_figures_no_reference_is_judged_and_all_else_is(tmp_path: Path) -> None:
    told = _told(tmp_path, "kilder: [\n", article="mentr")

    assert [line.partition(". ")[0] for line in told] == [
        MISSING.partition(". ")[0],
        "data/tal.yml:1: en parentes i «kilder: [» bliver ikke lukket, eller der mangler et komma",
    ]


def test_values_that_disagree_silence_nothing(tmp_path: Path) -> None:
    figures = FIGURES + "  - {indikator: job, periode: 2021, værdi: 61, kilde: rettet}\n"

    told = _told(tmp_path, figures)

    assert [line.partition(" Det ville")[0] for line in told] == [
        UNKNOWN,
        "articles/2022/a.md:8: tal:job/2021 har flere tal: 59 procent (@rapport) og 61 procent (@rettet). "
        "Sæt «foretrukken: ja» og «hvorfor» på det ene i data/tal.yml, eller vælg kilden med @.",
        WRONG,
    ]
