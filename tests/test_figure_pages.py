"""The page of a figure: each published value with its history, and where the magazine shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from magazines import REPOSITORY, SITES
from markupsafe import Markup
from one_article import magazine

from magazine.blocks.model import Block
from magazine.figures.model import Observation
from magazine.pages.figures import indicator_view
from magazine.pages.gists import Gists
from magazine.pages.make import make
from magazine.pages.views import IndicatorView, KeyFigureView
from magazine.site import Site

HISTORY = """
- indikator: job
  periode: 2021
  værdi: 61
  kilde: rettet
  erstatter:
    kilde: rapport
    årsag: fejl
    forklaring: to skoler var talt med to gange
- indikator: job
  periode: 2021
  værdi: 62
  kilde: senere
  erstatter:
    kilde: rettet
    årsag: revision
    forklaring: flere svar kom til
- indikator: andel
  periode: 2021
  værdi: 44
  kilde: rapport
  rettet:
    - dato: 2023-02-01
      stod: 47
      forklaring: Vi havde byttet om på to linjer.
- indikator: andel
  periode: 2022
  værdi: 45
  kilde: senere
  status: forventet
"""
TEXT = """Det var [50 procent](tal:job/2020) i 2020. Året efter kom [61 procent](tal:job/2021) i job, siden
[…](tal:job/2021).

| Hvornår | Hvor mange |
| --- | --- |
| Året før | [50 procent](tal:job/2020) |

## Over [61 procent](tal:job/2021@rettet)

```tal-graf
type: serie
indikator: job
titel: I job år for år
```
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made, problems = magazine(tmp_path, {"tal": HISTORY, "tekst": TEXT})
    assert [problem for problem in problems if not problem.warning] == []
    return made


def _view(site: Site, indicator: str) -> IndicatorView:
    def key_figure(observation: Observation) -> KeyFigureView:
        return KeyFigureView(observation.value.text, "", "", "", "", "", None)

    def draw(block: Block) -> Markup:
        return Markup(" ").join(shown.words for shown in block.shown)

    uses = Gists.of(site, None).uses(indicator)
    return indicator_view(site, site.figures.indicators[indicator], key_figure, draw, uses)


def test_every_sentence_is_told_with_the_vintage_that_it_shows(site: Site) -> None:
    told = [
        (use.place, f"{use.before}[{use.words}]{use.after}".replace("\u00a0", " "), use.vintage)
        for page in _view(site, "job").showing
        for use in page.uses
    ]

    assert told == [
        ("brødtekst", "Det var [50 procent] i 2020.", "2020, Rapport"),
        (
            "brødtekst",
            "Året efter kom [61 procent] i job, siden 62 procent.",
            "2021, Rettet rapport",
        ),
        (
            "brødtekst",
            "Året efter kom 61 procent i job, siden [62 procent].",
            "2021, Senere rapport",
        ),
        ("brødtekst", "Året før: [50 procent]", "2020, Rapport"),
        ("mellemrubrik", "Over [61 procent]", "2021, Rettet rapport"),
        # A chart is one use of the figure, however many of its values it shows.
        (
            "graf",
            "I job år for år: [50 procent (2020) og 62 procent (2021)]",
            "2020 og 2021, Rapport; Senere rapport",
        ),
    ]


def test_a_page_that_shows_the_figure_often_is_named_once(site: Site) -> None:
    showing = _view(site, "job").showing

    assert [(page.title, page.address, len(page.uses)) for page in showing] == [
        ("Om job", "/2022/06/01/a/", 6)
    ]


def test_a_claim_on_a_whole_series_is_one_sentence_with_all_its_periods(tmp_path: Path) -> None:
    more = "- indikator: job\n  periode: 2019\n  værdi: 40\n  kilde: rapport\n"
    site, problems = magazine(tmp_path, {"tal": more, "tekst": "Det var [rekord](tal:job/2021)."})
    assert not problems

    [page] = _view(site, "job").showing

    assert [(use.before, use.words, use.vintage) for use in page.uses] == [
        ("Det var ", "rekord", "2019, 2020 og 2021, Rapport")
    ]


def test_every_value_tells_what_replaced_it_and_why(site: Site) -> None:
    rows = {row.id: row for row in _view(site, "job").observations}

    assert list(rows) == ["2021-senere", "2021-rettet", "2021-rapport", "2020-rapport"]
    assert [remark.replace("\u00a0", " ") for remark in rows["2021-rapport"].remarks] == [
        "Rettet til 61 procent (Rettet rapport, KVINFO, 3. juni 2024). To skoler var talt med to gange."
    ]
    assert [remark.replace("\u00a0", " ") for remark in rows["2021-rettet"].remarks] == [
        "Siden opgjort til 62 procent (Senere rapport, KVINFO, 1. august 2024). Flere svar kom til."
    ]
    assert [row.id for row in rows.values() if row.is_in_force] == ["2021-senere", "2020-rapport"]


def test_our_own_slips_and_what_is_only_expected_are_told(site: Site) -> None:
    rows = {
        row.id: [text.replace("\u00a0", " ") for text in row.remarks]
        for row in _view(site, "andel").observations
    }

    assert rows == {
        "2022-senere": ["Forventet."],
        "2021-rapport": ["Her stod 47 procent indtil 1. februar 2023. Vi havde byttet om på to linjer."],
    }


def test_the_newest_value_can_be_cited(site: Site) -> None:
    assert _view(site, "job").citation.replace("\u00a0", " ") == (
        "I job, 2021: 62 procent. Kilde: Senere rapport, KVINFO, 1. august 2024. Gengivet efter Magasinet, "
        "https://a.example/tal/job/#2021-senere"
    )


def test_a_series_is_drawn_and_a_single_period_is_not(tmp_path: Path) -> None:
    made, _ = magazine(
        tmp_path,
        {
            "tekst": "Om job.",
            "tal": "- indikator: andel\n  periode: 2021\n  værdi: 44\n  kilde: rapport\n",
        },
    )

    assert str(_view(made, "job").chart).replace("\u202f", " ") == "50 % 59 %"
    assert _view(made, "andel").chart == ""


def test_an_indicator_without_a_value_has_no_page(tmp_path: Path) -> None:
    made, _ = magazine(tmp_path, {"tekst": "Om job."})
    folders = [str(SITES / "lille" / "overrides"), str(REPOSITORY / "overrides")]

    paths: dict[str, Any] = dict(make(made, folders))

    assert "tal/job/index.html" in paths
    assert "tal/andel/index.html" not in paths
