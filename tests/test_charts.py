"""Charts: lengths that are the figures themselves, words for those who do not see, a table that agrees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from test_blocks import TODAY, resolved

from magazine.blocks.model import Block, Shown
from magazine.figures.read import read_figures
from magazine.pages.blocks import block_view
from magazine.pages.charts import Bar, ChartView, chart_view, decimal
from magazine.pages.environment import make_environment
from magazine.resolve import Resolved
from magazine.sources import Text

ROOT = Path(__file__).resolve().parent.parent

CHARTS = {
    "mål": "type: mål\nindikator: begge\nperiode: 2021\ntitel: Resultatet & målet < 60",
    "dele": "type: dele\nindikator: begge\nperiode: 2021",
    "dele, der overlapper": "type: dele\nindikator: sprog",
    "serie": "type: serie\nindikator: kvinder",
    "serie til det ventede": "type: serie\nindikator: bevilling",
    "før-efter": "type: før-efter\nindikator: bevilling\nfra: 2022\ntil: 2023",
    "to indikatorer": "type: før-efter\nindikatorer: [job, begge]\nfra: 2019\ntil: 2021\ntitel: To tal",
    "spænd": "type: før-efter\nindikatorer: [timer, frist]\nperiode: 2021\ntitel: Tid",
}

ONE_INDICATOR = """
kilder:
  arkiv:
    titel: Arkivet
    udgiver: Arkivet
    udgivet: 2021-01-01
    url: ukendt
indikatorer:
  tal:
    navn: Et tal
    enhed: antal
    blandt: –
observationer:"""


def _block(body: str, name: str = "tal-graf") -> Block:
    block, problems = resolved(name, body)
    assert block is not None, problems
    return block


def _chart(body: str) -> ChartView:
    return chart_view(_block(body), "blok-1")


def _share(length: str) -> Fraction:
    assert length.endswith("%")
    return Fraction(length[:-1])


def _bars(chart: ChartView) -> dict[str, Bar]:
    return {bar.css: bar for bar in chart.bars}


def test_a_share_is_as_long_as_it_is() -> None:
    chart = _chart(CHARTS["mål"])

    assert _bars(chart)["graf-del-1"].width == "59%"
    assert {rule.x1 for rule in chart.rules if rule.css == "graf-maal"} == {"30%"}


def test_parts_stand_end_to_end() -> None:
    bars = _bars(_chart(CHARTS["dele"]))

    assert [(bars[css].x, bars[css].width) for css in ("graf-del-1", "graf-del-2")] == [
        ("0%", "44%"),
        ("44%", "15%"),
    ]


def test_parts_that_overlap_all_begin_at_zero() -> None:
    bars = _bars(_chart(CHARTS["dele, der overlapper"]))

    assert [(bar.x, bar.width) for bar in bars.values()] == [("0%", "60%"), ("0%", "50%"), ("0%", "30%")]


def test_before_and_after_are_to_scale_and_the_expected_is_hatched() -> None:
    chart = _chart(CHARTS["før-efter"])

    assert [(bar.css, bar.width, bar.is_hatched) for bar in chart.bars] == [
        ("graf-foer", "100%", False),
        ("graf-forventet", "50%", True),
    ]
    assert "2023, forventet" in [run.text for line in chart.words for run in line.runs]


def test_a_range_is_solid_to_its_first_number_and_hatched_to_its_last() -> None:
    chart = _chart(CHARTS["spænd"])

    assert [(bar.css, bar.x, bar.width, bar.is_hatched) for bar in chart.bars] == [
        ("graf-foer", "0%", "50%", False),
        ("graf-spaend", "50%", "25%", True),
        ("graf-del-1", "0%", "100%", False),
    ]


def test_a_series_is_to_scale_from_zero() -> None:
    block = _block(CHARTS["serie"])
    chart = chart_view(block, "blok-1")
    stems = [rule for rule in chart.rules if rule.css == "graf-stilk"]
    heights = [Fraction(stem.y1[:-2]) - Fraction(stem.y2[:-2]) for stem in stems]
    values = [shown.observation.value.first.value for shown in block.shown]

    for (height, value), (next_height, next_value) in pairwise(zip(heights, values, strict=True)):
        # Places are written with four decimals.
        assert abs(height * next_value - next_height * value) < Fraction(1, 100)
    assert [stem.x1 for stem in stems] == [dot.x for dot in chart.dots]


def test_a_series_is_not_drawn_across_gaps_and_breaks() -> None:
    chart = _chart(CHARTS["serie"])
    curve = [(rule.x1, rule.x2) for rule in chart.rules if rule.css == "graf-kurve"]
    places = [dot.x for dot in chart.dots]

    # 1918 | 1990–1994–1998 | 2022
    assert curve == [(places[1], places[2]), (places[2], places[3])]
    assert [rule.css for rule in chart.rules if rule.css == "graf-brud"] == ["graf-brud"]
    assert len([rule for rule in chart.rules if rule.css == "graf-knaek"]) == 4, "two folds of two strokes"


def test_a_target_lies_across_the_periods_it_holds_for() -> None:
    chart = _chart("type: serie\nindikator: begge")
    (line,) = (rule for rule in chart.rules if rule.css == "graf-maal")
    stems = [rule for rule in chart.rules if rule.css == "graf-stilk"]
    base = Fraction(stems[1].y1[:-2])

    # 30 of 59, from the period of the target on.
    assert abs((base - Fraction(line.y1[:-2])) * 59 - (base - Fraction(stems[1].y2[:-2])) * 30) < 1
    assert line.y1 == line.y2
    assert _share(stems[0].x1) < _share(line.x1) < _share(stems[1].x1)
    assert line.x2 == "100%"
    assert "Målet: 30 %" in [run.text.replace("\u202f", " ") for word in chart.words for run in word.runs]


@given(
    st.lists(
        st.tuples(st.integers(1900, 2020), st.integers(-50, 5000)),
        min_size=2,
        max_size=40,
        unique_by=lambda item: item[0],
    )
)
def test_any_series_can_be_drawn(points: list[tuple[int, int]]) -> None:
    observations = "".join(
        f"\n  - {{indikator: tal, periode: {year}, værdi: {value}, kilde: arkiv}}" for year, value in points
    ).replace("værdi: -", "værdi: −")
    figures, faults = read_figures(Text("tal.yml", ONE_INDICATOR + observations), TODAY)
    assert faults == ()
    block, _ = resolved("tal-graf", "type: serie\nindikator: tal", figures=figures)
    assert block is not None
    chart = chart_view(block, "blok-1")
    places = [_share(dot.x) for dot in chart.dots]
    downs = [Fraction(dot.y[:-2]) for dot in chart.dots]

    assert len(places) == len(points)
    assert all(one < other for one, other in pairwise(places))
    assert 0 <= places[0] <= places[-1] <= 100
    assert all(0 < down < Fraction(chart.height[:-2]) for down in downs)
    assert [word for word in chart.words if word.css == "graf-midt"] != []


def test_years_are_to_scale_where_the_axis_is_whole() -> None:
    places = [_share(dot.x) for dot in _chart(CHARTS["serie"]).dots]

    assert abs((places[2] - places[1]) - (places[3] - places[2])) <= Fraction(1, 10_000)


def test_what_is_expected_is_an_open_point_on_a_dotted_line() -> None:
    chart = _chart(CHARTS["serie til det ventede"])

    assert [dot.css for dot in chart.dots] == ["graf-punkt", "graf-punkt graf-forventet"]
    assert "graf-kurve graf-forventet" in [rule.css for rule in chart.rules]


@pytest.mark.parametrize("body", list(CHARTS.values()))
def test_nothing_is_drawn_outside(body: str) -> None:
    chart = _chart(body)
    ends = [_share(bar.x) + _share(bar.width) for bar in chart.bars]
    places = [_share(place) for rule in chart.rules for place in (rule.x1, rule.x2)]
    places += [_share(word.x) for word in chart.words]
    height = Fraction(chart.height[:-2])
    downs = [Fraction(word.y[:-2]) for word in chart.words]

    assert all(0 <= place <= 100 for place in (*ends, *places))
    assert all(0 < down < height for down in downs)


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(1, 6))
def test_decimals_are_exact_to_the_last_place(value: Fraction, places: int) -> None:
    written = decimal(value, places)

    assert re.fullmatch(r"-?\d+(\.\d*[1-9])?", written)
    assert abs(Fraction(written) - value) <= Fraction(1, 2 * 10**places)


def _figure(answer: Resolved, words: str) -> tuple[Markup, Markup]:
    return Markup("<data class='tal'>{}</data>").format(words), Markup("<sup>1</sup>")


def printed(name: str, body: str, number: int = 1) -> str:
    """Return a block's HTML, as its template prints it."""
    block = _block(body, name)
    view = block_view(block, number, Markup.escape(block.title.plain), Markup(""), _figure)
    part = name.removeprefix("tal-")
    template = make_environment([str(ROOT / "overrides")], "").get_template(f"parts/{part}.html")
    printed: Markup = getattr(template.module, part)(view)
    return str(printed)


def _elements(html: str) -> ElementTree.Element:
    """Parse what a template printed: it is XML, so a browser and a feed reader agree on it."""
    return ElementTree.fromstring(html.strip())


PRINTED = [
    *[("tal-graf", body) for body in CHARTS.values()],
    ("tal-boks", "indikatorer: [timer, kvinder]\ntitel: To tal"),
    ("tal-tabel", "indikatorer: [begge, job]\nfra: 2018\ntil: 2022\ntitel: To tal"),
]


@pytest.mark.parametrize(("name", "body"), PRINTED)
def test_every_name_that_is_referred_to_stands_once(name: str, body: str) -> None:
    figures = [_elements(printed(name, body, number)) for number in (1, 2)]
    ids = [element.get("id") for figure in figures for element in figure.iter() if element.get("id")]
    used = [
        name
        for figure in figures
        for element in figure.iter()
        for key in ("aria-labelledby", "aria-describedby")
        for name in (element.get(key) or "").split()
    ]
    fills = [element.get("fill", "") for figure in figures for element in figure.iter()]
    used += [fill[5:-1] for fill in fills if fill.startswith("url(#")]

    assert len(ids) == len(set(ids))
    assert set(used) <= set(ids)


@pytest.mark.parametrize(("name", "body"), PRINTED)
def test_no_style_in_the_markup(name: str, body: str) -> None:
    figure = _elements(printed(name, body))

    assert [element.tag for element in figure.iter() if element.get("style") or element.tag == "style"] == []


@pytest.mark.parametrize(("name", "body"), [item for item in PRINTED if item[0] == "tal-graf"])
def test_the_table_and_the_description_hold_what_is_drawn(name: str, body: str) -> None:
    block = _block(body)
    figure = _elements(printed(name, body))
    drawn = {*block.shown, *([block.whole] if block.whole else []), *([block.target] if block.target else [])}
    table = ["".join(row.itertext()) for row in figure.iter("tr")]
    picture = figure.find("svg")
    assert picture is not None
    description = picture.findtext("desc") or ""

    for shown in drawn:
        assert [row for row in table if row.startswith(shown.label) and shown.words in row], shown.label
        told = shown.words + (" (forventet)" if shown.is_expected else "")
        assert re.search(rf"{re.escape(shown.label)}( \(\d+\))?: {re.escape(told)}", description)
    assert len(table) == len(drawn) + 1
    assert picture.get("role") == "img"


@pytest.mark.parametrize(("name", "body"), [item for item in PRINTED if item[0] == "tal-graf"])
def test_every_value_is_written_in_the_picture(name: str, body: str) -> None:
    block = _block(body)
    picture = _elements(printed(name, body)).find("svg")
    assert picture is not None
    written = "".join("".join(line.itertext()).replace(" ", "") + "|" for line in picture.iter("text"))

    for shown in _figures(block):
        assert "".join(shown.words.split()) in written.replace("\u202f", "")


def _figures(block: Block) -> Iterator[Shown]:
    yield from block.shown
    if block.whole:
        yield block.whole
    if block.target:
        yield block.target


def test_a_title_is_text() -> None:
    html = printed("tal-graf", CHARTS["mål"])

    assert "Resultatet &amp; målet &lt; 60" in html


def test_a_feed_gets_a_table_in_place_of_a_picture() -> None:
    block = _block(CHARTS["dele"])

    view = block_view(block, 1, Markup("Titel"), Markup(""), _figure, draws=False)

    assert view.chart is None
    assert [row.label for row in view.table.rows] == ["I job", "I uddannelse", "I alt", "Målet"]
