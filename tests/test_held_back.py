"""Sources that are still to come: nothing of them shows, and a due date that passes breaks nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from magazines import REPOSITORY, SITES
from one_article import FIGURES, magazine

from magazine.pages.make import make
from magazine.site import Site

TEMPLATES = (str(SITES / "lille" / "overrides"), str(REPOSITORY / "overrides"))

COMING = FIGURES.replace(
    "kilder:\n",
    "kilder:\n"
    "  hemmelig-rapport:\n"
    "    titel: Ventet rapport\n"
    "    udgiver: Ventet udgiver\n"
    "    udgivet: 2025-01-05\n"
    "    url: https://hemmelig.example/\n",
)
COMING = COMING.replace(
    "indikatorer:\n", "indikatorer:\n  ventetal:\n    navn: Ventet\n    enhed: antal\n    blandt: ventede\n"
)
COMING += (
    "  - {indikator: job, periode: 2021, værdi: 67, kilde: hemmelig-rapport, "
    "erstatter: {kilde: rapport, årsag: fejl, forklaring: Ventet forklaring}}\n"
    "  - {indikator: ventetal, periode: 2024, værdi: 6767, kilde: hemmelig-rapport}\n"
)


def _examined(folder: Path, **case: Any) -> tuple[Site, list[str]]:
    case["filer"] = {"data/tal.yml": COMING, **case.get("filer", {})}
    site, problems = magazine(folder, case)
    return site, [str(problem) for problem in problems if not problem.warning]


def test_nothing_of_it_appears(tmp_path: Path) -> None:
    site, problems = _examined(tmp_path, tekst="I alt [59 procent](tal:job/2021) og […](tal:job).")

    assert problems == []
    made: dict[str, Any] = dict(make(site, TEMPLATES))
    assert len(made) > 10
    leaks = (b"hemmelig", b"67", b"Ventet", b"ventede", b"ventetal")
    assert [
        (path, leak)
        for path, content in made.items()
        for leak in leaks
        if leak in content or leak.decode() in path
    ] == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            "[67 procent](tal:job/2021@hemmelig-rapport)",
            "articles/2022/a.md:8: kilden «hemmelig-rapport» er ikke udgivet endnu. Vent med henvisningen, "
            "eller giv artiklen en dato, der ligger senere end kildens.",
        ),
        (
            "[6767](tal:ventetal/2024)",
            "articles/2022/a.md:8: indikatoren «ventetal» har endnu ingen tal, der er udgivet. Vent med "
            "henvisningen, eller giv artiklen en dato, der ligger senere end kildens.",
        ),
        (
            "[…](tal:ventetal)",
            "articles/2022/a.md:8: indikatoren «ventetal» har endnu ingen tal, der er udgivet. Vent med "
            "henvisningen, eller giv artiklen en dato, der ligger senere end kildens.",
        ),
    ],
)
def test_an_article_that_is_due_cannot_cite_it(tmp_path: Path, words: str, message: str) -> None:
    assert _examined(tmp_path, tekst=words)[1] == [message]


@pytest.mark.parametrize("now", ["2024-09-01", "2025-01-09", "2025-01-10", "2026-01-01"])
def test_an_article_of_its_day_can_whenever_it_is_checked(tmp_path: Path, now: str) -> None:
    text = "Nu [67 procent](tal:job/2021), [6767](tal:ventetal/2024) og […](tal:ventetal)."

    _, problems = _examined(tmp_path, dato="2025-01-10", nu=now, tekst=text)

    assert problems == []


def test_it_can_be_previewed(tmp_path: Path) -> None:
    site, problems = _examined(
        tmp_path, dato="2025-01-10", tekst="Nu [67 procent](tal:job/2021) og […](tal:ventetal)."
    )

    made: dict[str, Any] = dict(make(site, TEMPLATES, with_held=True))

    assert problems == []
    assert ">67 procent<" in made["2025/01/10/a/index.html"].decode().replace("\u00a0", " ")
