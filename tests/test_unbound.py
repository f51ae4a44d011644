"""Figures without a reference; one file a case under ``cases/unbound``, whose text begins at line 3.

A case has either ``fundet`` (line and words of everything that is found) or ``fejl`` (what an editor reads).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from magazine.clock import Clock, read_clock
from magazine.danish.beginnings import beginnings
from magazine.figures.model import Figures
from magazine.figures.read import read_figures
from magazine.problems import Place, Problem
from magazine.prose import loose_figures
from magazine.render import Renderer, render_field
from magazine.resolve import Reading
from magazine.site import examine
from magazine.sources import Text
from magazine.unbound import unbound

CASES = sorted((Path(__file__).parent / "cases" / "unbound").glob("*.yml"))
TODAY = date(2024, 9, 1)

FIGURES = """
kilder:
  statusrapport:
    titel: Statusrapport
    udgiver: KVINFO
    udgivet: 2022-05-24
    url: ukendt
  opgoerelse:
    titel: Ny opgørelse
    udgiver: KVINFO
    udgivet: 2023-02-01
    url: ukendt
indikatorer:
  job-eller-uddannelse:
    navn: I job eller uddannelse
    enhed: procent
    blandt: mentees, der svarede
  bevilling-siri:
    navn: Bevillingen fra SIRI
    enhed: kroner
    blandt: –
  bevilling-socialministeriet:
    navn: Bevillingen fra Socialministeriet
    enhed: kroner
    blandt: –
  kvinder:
    navn: Kvinder i Folketinget
    enhed: antal
    blandt: –
    navneord: [kvinde, kvinder]
  pladser:
    navn: Pladser i Folketinget
    enhed: mandater
    blandt: –
observationer:
  - indikator: kvinder
    periode: 2022
    værdi: 79
    kilde: statusrapport
  - indikator: pladser
    periode: 2022
    værdi: 179
    kilde: statusrapport
  - indikator: bevilling-siri
    periode: 2021
    værdi: 8 mio.
    kilde: statusrapport
  - indikator: job-eller-uddannelse
    periode: 2021
    værdi: 59
    kilde: statusrapport
  - indikator: job-eller-uddannelse
    periode: 2021
    værdi: 61
    kilde: opgoerelse
    erstatter:
      kilde: statusrapport
      årsag: revision
      forklaring: Flere svar kom til.
  - indikator: bevilling-siri
    periode: 2022
    værdi: 4 mio.
    kilde: statusrapport
  - indikator: bevilling-socialministeriet
    periode: 2022
    værdi: 4 mio.
    kilde: statusrapport
"""


def _figures() -> Figures:
    figures, problems = read_figures(Text("data/tal.yml", FIGURES), TODAY)
    assert not problems
    return figures


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_unbound(path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))

    rendered = Renderer().render(case["tekst"], "artikel.md", 3)

    if "fundet" in case:
        assert [f"{figure.line} {figure.words}" for figure in rendered.loose] == case["fundet"]
    else:
        reading = Reading(TODAY, TODAY, is_dated=True)
        told = unbound(rendered.loose, rendered.demands, _figures(), reading)
        problems = [Problem(Place("artikel.md", line), message) for line, message in told]
        assert "".join(f"{problem}\n" for problem in problems) == case["fejl"]


def test_a_field_is_read_like_the_text() -> None:
    rendered = render_field("De [59 procent](tal:a/2021) og de 60 procent", Place("artikel.md", 2))

    assert [(figure.line, figure.words) for figure in rendered.loose] == [(2, "60 procent")]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Kl. 17.10 var ca. 20 procent der. 59 procent blev.",
            ["Kl. 17.10 var ca. 20 procent der.", "59 procent blev."],
        ),
        (
            "Det var i 2021. Så kom 24. maj 2022, og 5 procent gik.",
            ["Så kom 24. maj 2022, og 5 procent gik."],
        ),
        (
            "Er det 5 procent? ”Nej.” Vi fik 4 mio. kr. Det er det.",
            ["Er det 5 procent?", "… Vi fik 4 mio. kr."],
        ),
    ],
)
def test_what_a_figure_counts_is_asked_of_its_sentence(text: str, sentences: list[str]) -> None:
    assert [figure.sentence for figure in loose_figures(text)] == sentences


ARTICLE = """---
title: '59 procent kom i job'
kicker: '1 uge'
date: 2024-05-24
description: 'Det er 60 procent.'
category: mentor
image:
  src: ../../docs/billede.svg
  alt: 'En kurve når 61 procent.'
  credit: 'Foto: A'
  caption: 'Den når 62 procent.'
corrections:
  - date: 2024-06-01
    text: 'Her stod 63 procent.'
---
Teksten har 64 procent.

```tal-graf
type: serie
indikator: bevilling-siri
titel: 'Grafen når 67 procent'
tekst: >-
  Den viser [4 mio. kr.](tal:bevilling-siri/2022)
  og 68 procent.
```
"""


def _magazine(root: Path, mode: str) -> tuple[Problem, ...]:
    for path, text in {
        "mkdocs.yml": f"site_url: https://a.example/\nextra:\n  magazine:\n    unbound_figures: {mode}\n",
        "data/tal.yml": FIGURES,
        "data/redaktion.yml": "udgiver: K\nkategorier:\n  mentor:\n    navn: Mentor\n    tekst: Om.\n",
        "docs/index.md": "---\ntitle: Forside\ndescription: Her står 65 procent.\n---\nOg her 66 procent.\n",
        "docs/billede.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"/>',
        "articles/2024/artikel.md": ARTICLE,
    }.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    clock, _ = read_clock({"MAGASIN_NU": "2024-09-01 12:00"})
    assert isinstance(clock, Clock)
    _, problems = examine(root, clock=clock)
    return tuple(problem for problem in problems if "har ingen henvisning" in problem.message)


@pytest.mark.parametrize(("mode", "warning"), [("error", False), ("report", True)])
def test_every_text_of_the_magazine_is_read_in_both_modes(tmp_path: Path, mode: str, warning: bool) -> None:
    problems = _magazine(tmp_path, mode)

    assert [f"{problem.place.path}:{problem.place.line} {problem.message[:13]}" for problem in problems] == [
        "articles/2024/artikel.md:2 «59 procent» ",
        "articles/2024/artikel.md:3 «1 uge» har i",
        "articles/2024/artikel.md:5 «60 procent» ",
        "articles/2024/artikel.md:9 «61 procent» ",
        "articles/2024/artikel.md:11 «62 procent» ",
        "articles/2024/artikel.md:14 «63 procent» ",
        "articles/2024/artikel.md:16 «64 procent» ",
        "articles/2024/artikel.md:21 «67 procent» ",
        "articles/2024/artikel.md:22 «68 procent» ",
        "docs/index.md:3 «65 procent» ",
        "docs/index.md:5 «66 procent» ",
    ]
    assert {problem.warning for problem in problems} == {warning}


def test_the_magazine_itself_has_no_loose_figure(root: Path) -> None:
    clock, _ = read_clock({"MAGASIN_NU": "2026-11-25 12:00"})

    site, problems = examine(root, clock=clock)

    assert site.settings.unbound_figures == "error"
    assert [str(problem) for problem in problems if "har ingen henvisning" in problem.message] == []


@given(st.text(alphabet=st.sampled_from("59 ,.%pctkr»«”[](){}`*|\n#>-–/:^!æøå halvhundrede"), max_size=80))
def test_no_text_makes_a_traceback_or_a_line_outside_it(text: str) -> None:
    lines = text.count("\n") + 1

    assert all(1 <= figure.line <= lines for figure in loose_figures(text))


#: What figures in words are made of, and what comes close to it.
FIGURE_WORDS = (
    *(
        "en",
        "et",
        "En",
        "to",
        "tre",
        "halv",
        "halvanden",
        "femoghalvtreds",
        "hundrede",
        "totusinde",
        "4",
        "1,5",
        "½",
    ),
    *(
        "million",
        "mio.",
        "procent",
        "kroner",
        "kr.",
        "år",
        "gange",
        "så mange",
        "ud af",
        "hver",
        "tredje",
        "god",
    ),
    *("femtedel", "tredjedelen", "halvdelen", "Halvparten", "andelen", "fordobling", "tredobles", "halveret"),
    *("dobbelt", "næsten", "knap", "over", "kvinder", "–", "(", ")", ",", ".", "-", "_", "\\n"),
)


@given(st.lists(st.sampled_from(FIGURE_WORDS), max_size=12), st.sampled_from(("", " ")))
def test_a_sign_from_elsewhere_changes_nothing_about_the_figures_before_it(
    words: list[str], gap: str
) -> None:
    text = gap.join(words)

    def found(body: str) -> list[tuple[str, str, int]]:
        return [(figure.words, figure.unit, figure.line) for figure in loose_figures(body)]

    assert found(f"{text} og.") == found(f"{text} og. ☃")


_WORDS = (
    "en",
    "et",
    "to",
    "Tre",
    "én",
    "ÉT",
    "enogtyve",
    "hver",
    "hverken",
    "firedobl",
    "Firedobles",
    "halver",
)


@given(
    st.lists(st.sampled_from((*_WORDS, "7", "²", "½", "é", "š", "\x85", "”", ".", " ", "\n", "_"))).map(
        "".join
    )
)
def test_a_figure_begins_in_the_same_places_however_the_text_is_written(text: str) -> None:
    # No encoding of one byte has the last letter, so that each word is looked at.
    assert beginnings(text) == beginnings(f"{text} ŋ")
