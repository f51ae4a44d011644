"""Claims in a text: words, verdict, note or message; one file a case under ``cases/resolve``."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from one_article import magazine

CASES = sorted((Path(__file__).parent / "cases" / "resolve").glob("*.yml"))

INDICATORS = """\
resultat:
  navn: I job eller uddannelse
  enhed: procent
  blandt: mentees
  dele: [i-job, i-uddannelse]
  udelukkende: ja
  udtømmende: ja
  mål: maal
i-job:
  navn: I arbejde
  enhed: procent
  blandt: mentees
i-uddannelse:
  navn: På skole
  enhed: procent
  blandt: mentees
maal:
  navn: Målet
  enhed: procent
  blandt: mentees
kvinder:
  navn: Kvinder valgt
  enhed: antal
  blandt: –
  navneord: [kvinde, kvinder]
pladser:
  navn: Pladser
  enhed: mandater
  blandt: –
penge:
  navn: Bevillingen
  enhed: kroner
  blandt: –
privat:
  navn: Forskel i det private
  enhed: procent
  blandt: privatansatte
kommuner:
  navn: Forskel i kommunerne
  enhed: procent
  blandt: kommunalt ansatte
stat:
  navn: Forskel i staten
  enhed: procent
  blandt: statsansatte
brudt:
  navn: En række med brud
  enhed: procent
  blandt: mentees
"""

OBSERVATIONS = "".join(
    f"- indikator: {indicator}\n  periode: {period}\n  værdi: {value}\n  kilde: rapport\n{more}"
    for indicator, period, value, more in (
        ("resultat", "2021", "59", ""),
        ("i-job", "2021", "44", ""),
        ("i-uddannelse", "2021", "15", ""),
        ("maal", "2020", "30", ""),
        ("kvinder", "2007", "67", ""),
        ("kvinder", "2011", "70", ""),
        ("kvinder", "2015", "67", ""),
        ("kvinder", "2021", "79", ""),
        ("pladser", "2021", "179", ""),
        ("penge", "2020", "4 mio.", ""),
        ("penge", "2021", "2 mio.", "  citat: halveres\n"),
        ("privat", "2021", "7,7", ""),
        ("kommuner", "2021", "5,0", ""),
        ("stat", "2021", "3,3", ""),
        ("brudt", "2020", "40", ""),
        ("brudt", "2021", "60", "  brud: spørgsmålet blev stillet anderledes\n"),
    )
)


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_claims_in_a_text(path: Path, tmp_path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    setting = case | {
        "indikatorer": INDICATORS + case.get("indikatorer", ""),
        "tal": OBSERVATIONS + case.get("tal", ""),
    }

    site, problems = magazine(tmp_path, setting)

    told = [problem.message for problem in problems if problem.place.path.startswith("articles")]
    warnings = [problem.message for problem in problems if problem.warning]
    assert [message for message in told if message not in warnings] == case.get("fejl", [])
    assert warnings == case.get("advarsler", [])
    answers = site.pages[f"articles/{str(case.get('dato', '2022-06-01'))[:4]}/a.md"].texts["body"].answers
    for answer, expected in zip(answers, case.get("giver", []), strict=bool(case.get("giver"))):
        assert answer.words == expected["ord"]
        if "note" in expected:
            assert answer.note is not None
            assert list(answer.note.remarks)[: len(expected["note"])] == expected["note"]
        if "nøgler" in expected:
            assert list(answer.keys) == expected["nøgler"]
