"""A magazine of one article, for cases that are about its figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from magazine.clock import read_clock
from magazine.problems import Problem
from magazine.site import Site, examine

FIGURES = """
kilder:
  rapport:
    titel: Rapport
    udgiver: KVINFO
    udgivet: 2022-05-24
    url: ukendt
  rettet:
    titel: Rettet rapport
    udgiver: KVINFO
    udgivet: 2024-06-03
    url: ukendt
  senere:
    titel: Senere rapport
    udgiver: KVINFO
    udgivet: 2024-08-01
    url: ukendt
indikatorer:
  job:
    navn: I job
    enhed: procent
    blandt: mentees
  andel:
    navn: Andelen
    enhed: procent
    blandt: mentees
observationer:
  - indikator: job
    periode: 2020
    værdi: 50
    kilde: rapport
  - indikator: job
    periode: 2021
    værdi: 59
    kilde: rapport
"""

DESK = """
kategorier:
  mentor:
    navn: Mentor
kontakt:
  ansvarshavende: ukendt
  email: ukendt
  telefon: ukendt
  udgiver: KVINFO
  udgiver-url: https://kvinfo.example/
  mentor-url: https://mentor.example/
"""

ARTICLE = """---
title: '{titel}'
date: {dato}
updated: {opdateret}
description: Om job.
category: mentor
---
{tekst}
"""


def magazine(root: Path, case: dict[str, Any]) -> tuple[Site, tuple[Problem, ...]]:
    """Write the magazine, and examine it.

    Args:
        root: an empty folder.
        case: ``tekst``; where the case is about them, ``tal`` (more observations), ``indikatorer``,
            ``titel``, ``dato`` (1 June 2022), ``opdateret`` and ``nu`` (1 September 2024); ``filer``, more
            files by path, which may also take the place of one of these.
    """
    day = str(case.get("dato", "2022-06-01"))
    for path, text in {
        "mkdocs.yml": "site_name: Magasinet\nsite_url: https://a.example/\n",
        "data/tal.yml": _figures(case),
        "data/redaktion.yml": DESK,
        "docs/index.md": "---\ntitle: Forside\ndescription: Forsiden.\n---\nVelkommen.\n",
        f"articles/{day[:4]}/a.md": ARTICLE.format(
            titel=case.get("titel", "Om job"),
            dato=day,
            opdateret=case.get("opdateret", day),
            tekst=case.get("tekst", ""),
        ),
        **case.get("filer", {}),
    }.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    clock, _ = read_clock({"MAGASIN_NU": f"{case.get('nu', '2024-09-01')} 12:00"})
    return examine(root, clock=clock)


def _figures(case: dict[str, Any]) -> str:
    indicators = FIGURES.replace("indikatorer:\n", f"indikatorer:\n{_inner(case.get('indikatorer', ''))}")
    return indicators + _inner(case.get("tal", ""))


def _inner(lines: str) -> str:
    return "".join(f"  {line}\n" for line in lines.splitlines())
