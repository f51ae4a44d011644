"""The pictures: drawn from today's figures, counted out exactly, nothing in them but shapes and colours."""

from __future__ import annotations

import gzip
import io
import math
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree
from PIL import Image, ImageChops, ImageFilter, ImageStat
from playwright.sync_api import Browser
from tegninger import magt, pixels
from tegninger.accounts import Accounts
from tegninger.pen import PALETTE, printed
from tegninger.pictures import PICTURES, Picture
from tegninger.studio import accounts_of, draw_all

from magazine.articles import Article
from magazine.figures.read import read_figures
from magazine.figures.select import newest
from magazine.site import Site, examine
from magazine.sources import Text
from magazine.standing import StandingPage

CASES = sorted((Path(__file__).parent / "cases" / "drawings").glob("*.yml"))
NAMES = [picture.name for picture in PICTURES]
_FILES = [*NAMES, "kort", "favicon"]
_ELEMENTS = {"svg", "g", "path", "circle", "ellipse", "rect", "text"}
_ATTRIBUTES = (
    {"viewBox", "class", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"}
    | {"stroke-dasharray", "opacity", "transform", "d", "cx", "cy", "r", "rx", "ry", "x", "y"}
    | {"width", "height", "data-antal", "data-hver", "data-andel", "data-ved"}
    | {"font-family", "font-size", "text-anchor", "paint-order"}
)
_NUMBER = r"-?(?:\d+\.?\d*|\.\d+)"


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return examine(root)[0]


@pytest.fixture(scope="module")
def drawn(root: Path) -> dict[str, bytes]:
    return draw_all(root)


def _tree(root: Path, name: str) -> etree._Element:
    return etree.fromstring((root / f"docs/images/{name}.svg").read_bytes())


def test_the_committed_pictures_are_what_the_figures_draw(root: Path, drawn: dict[str, bytes]) -> None:
    stale = [path for path, content in drawn.items() if not _same((root / path).read_bytes(), content)]

    assert stale == [], "run `make draw` and look at the pictures"


def _same(one: bytes, other: bytes) -> bool:
    """Compare what is seen: two versions of a library may write one PNG in two ways."""
    if not other.startswith(b"\x89PNG"):
        return one == other
    images = [Image.open(io.BytesIO(content)).convert("RGB") for content in (one, other)]
    apart = ImageStat.Stat(ImageChops.difference(*images)).mean
    return images[0].size == images[1].size and max(apart) < 0.5


def test_every_picture_is_drawn_by_the_program(root: Path, drawn: dict[str, bytes]) -> None:
    found = {f"docs/images/{path.name}" for path in (root / "docs/images").glob("*.svg")}

    assert found == {path for path in drawn if path.endswith(".svg")}


def test_each_article_has_its_own_picture(site: Site) -> None:
    pages: list[Article | StandingPage] = [*site.articles, *site.standing.values()]
    named = {page.path: page.image.path for page in pages if page.image}

    assert {article.path for article in site.articles} <= set(named)
    assert named == {picture.page: f"docs/images/{picture.name}.svg" for picture in PICTURES if picture.leads}


def _things(element: etree._Element) -> int:
    """Count what a group holds; a group of its own account inside it counts for as many as it holds."""
    return sum(_things(child) if child.get("data-antal") else 1 for child in element)


def _share(path: str) -> float:
    """Measure a slice or an arc, in hundredths of the whole turn, from its two ends and its radius."""
    match = re.search(
        rf"({_NUMBER})[ ,]?({_NUMBER})A({_NUMBER})[ ,]({_NUMBER}) 0 ([01]) 1 ?({_NUMBER})[ ,]?({_NUMBER})Z?$",
        path,
    )
    assert match is not None, path
    x, y, radius, _, far, end_x, end_y = (float(part) for part in match.groups())
    turn = 2 * math.asin(math.hypot(end_x - x, end_y - y) / (2 * radius)) / (2 * math.pi)
    return 100 * (1 - turn if far else turn)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
class TestAccount:
    """A case tells what the picture holds; the data tell the same; a reader who counts finds it."""

    def test_things_are_counted_out(self, root: Path, site: Site, case: Path) -> None:
        expected = _case(case).get("things", {})
        tell = accounts_of(site, _picture(case.stem))
        found: dict[str, list[int]] = defaultdict(list)
        for group in _tree(root, case.stem).iterfind(".//*[@data-antal]"):
            found[group.get("data-antal", "")].append(_things(group) * int(group.get("data-hver", "1")))
        totals: dict[str, Any] = {}
        for reference, counts in found.items():
            whole = expected.get(reference)
            totals[reference] = counts if isinstance(whole, list) else sum(counts)

        assert totals == expected
        assert {key: tell.span(key)[1] for key in totals} == {
            key: value[0] if isinstance(value, list) else value for key, value in totals.items()
        }

    def test_shares_are_measured_out(self, root: Path, site: Site, case: Path) -> None:
        expected = _case(case).get("shares", {})
        tell = accounts_of(site, _picture(case.stem))
        found: dict[str, list[float]] = defaultdict(list)
        for path in _tree(root, case.stem).iterfind(".//*[@data-andel]"):
            found[path.get("data-andel", "")].append(_share(path.get("d", "")))

        assert {
            key: [pytest.approx(share, abs=0.05) for share in shares] for key, shares in found.items()
        } == expected
        assert {key: tell.number(key) for key in found} == {
            key: shares[0] for key, shares in expected.items()
        }


def _case(path: Path) -> dict[str, Any]:
    case = yaml.safe_load(path.read_text("utf-8"))
    assert case
    return dict(case)


def _picture(name: str) -> Picture:
    return next(picture for picture in PICTURES if picture.name == name)


def test_every_picture_has_a_case() -> None:
    assert sorted(case.stem for case in CASES) == sorted(NAMES)


@pytest.mark.parametrize(("ending", "size"), [("", pixels.SHARED), ("-smal", pixels.NARROW)])
@pytest.mark.parametrize("name", ["brillerne", "cafebordet", "moenterne", "taarnene"])
def test_what_is_shared_is_what_a_browser_draws(
    root: Path, chromium: Browser, name: str, ending: str, size: tuple[int, int]
) -> None:
    page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
    drawing = (root / f"docs/images/{name}.svg").read_text("utf-8")
    page.set_content(
        f'<body style="margin:0">{drawing.replace("<svg ", f"<svg width={size[0]} height={size[1]} ", 1)}'
    )
    seen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    shared = Image.open(root / f"docs/images/deling/{name}{ending}.png").convert("RGB")

    apart = ImageChops.difference(seen, shared).convert("L").filter(ImageFilter.MinFilter(3))

    assert sum(apart.histogram()[40:]) == 0, "more than the smoothing of edges"


def test_the_pencil_lies_at_the_target(root: Path) -> None:
    tree = _tree(root, "cafebordet")
    [job] = tree.iterfind(".//*[@data-andel='i-job/2021']")
    [pencil] = tree.iterfind(".//*[@data-ved]")
    middle_x, middle_y, start_x, start_y = (float(part) for part in re.findall(_NUMBER, job.get("d", ""))[:4])
    tip_x, tip_y = (float(part) for part in re.findall(_NUMBER, pencil.get("d", ""))[2:4])
    start = math.atan2(start_y - middle_y, start_x - middle_x)
    tip = math.atan2(tip_y - middle_y, tip_x - middle_x)
    target = _case(CASES[0].with_name("cafebordet.yml"))["marks"][pencil.get("data-ved")]

    assert 100 * ((tip - start) / (2 * math.pi) % 1) == pytest.approx(target, abs=0.1)


def test_the_full_cups_are_the_shortest_course(root: Path, site: Site) -> None:
    shortest, longest = accounts_of(site, _picture("kopperne")).span("forloebets-laengde/2022")
    coffee = _tree(root, "kopperne").findall(".//{*}circle[@class='t-ink']")

    assert (shortest, longest) == (4, 12)
    assert len(coffee) == shortest


def test_the_red_seats_are_the_newest_figure(root: Path, site: Site) -> None:
    article = next(article for article in site.articles if article.path == _picture("salen").page)
    [women] = _tree(root, "salen").iterfind(".//*[@data-antal='kvinder-i-folketinget/2022']")
    latest = newest(site.figures, "kvinder-i-folketinget", article.moment.day, date(2026, 12, 31)).observation

    assert _things(women) == latest.value.first.value
    assert women.get("data-antal") == f"kvinder-i-folketinget/{latest.period.text}"


def test_another_figure_makes_another_picture(root: Path) -> None:
    text = (root / "data/tal.yml").read_text("utf-8")
    changed = text.replace("værdi: 79\n    kilde: ntb-2022-11", "værdi: 92\n    kilde: ntb-2022-11")
    figures, _ = read_figures(Text("data/tal.yml", changed), date(2026, 12, 31))
    tree = etree.fromstring(printed(magt.hemicycle(Accounts(figures, date(2022, 12, 1)))).encode())
    seats = {group.get("data-antal"): _things(group) for group in tree.iterfind(".//*[@data-antal]")}

    assert changed != text
    assert seats == {"pladser-i-folketinget/2022": 179, "kvinder-i-folketinget/2022": 92}


@pytest.mark.parametrize("name", _FILES)
class TestFile:
    def test_holds_shapes_and_nothing_that_acts_or_fetches(self, root: Path, name: str) -> None:
        tree = _tree(root, name)
        elements = {etree.QName(element).localname for element in tree.iter()}
        attributes = {attribute for element in tree.iter() for attribute in element.attrib}
        values = [str(value) for element in tree.iter() for value in element.attrib.values()]

        assert elements <= _ELEMENTS
        assert {str(attribute) for attribute in attributes} <= _ATTRIBUTES
        assert [value for value in values if "url(" in value or "//" in value] == []
        assert re.fullmatch(r"0 0 \d+ \d+", tree.get("viewBox", ""))

    def test_takes_its_colours_from_the_palette(self, root: Path, name: str) -> None:
        for element in _tree(root, name).iter():
            fill, stroke = element.get("fill"), element.get("stroke")
            painted = {f"t-{_colour(fill)}"} if fill and fill != "none" else set()
            painted |= {f"s-{_colour(stroke)}"} if stroke else set()

            assert set((element.get("class") or "").split()) - {"tegning-navn"} == painted

    def test_is_small(self, root: Path, name: str) -> None:
        content = (root / f"docs/images/{name}.svg").read_bytes()

        assert len(gzip.compress(content)) <= 6 * 1024
        assert _long_numbers(content.decode()) == []


def test_the_style_sheet_paints_every_colour(root: Path) -> None:
    style = (root / "docs/stil/tegninger.css").read_text("utf-8")
    rule = r"^\.{}-([\w-]+) {{ {}: var\((--[\w-]+), (#\w+)\); }}$"
    fills = re.findall(rule.format("t", "fill"), style, re.MULTILINE)
    strokes = re.findall(rule.format("s", "stroke"), style, re.MULTILINE)

    assert {name: colour for name, _, colour in fills} == dict(PALETTE)
    assert strokes == fills


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_goes_on_beyond_its_sheet(root: Path, name: str) -> None:
    """A page may set it in a box of any shape, and no edge of the ground shows."""
    tree = _tree(root, name)
    _, _, width, height = (int(part) for part in tree.get("viewBox", "").split())
    ground = re.fullmatch(r"M(-?\d+)(-\d+)h(\d+)v(\d+)H(-\d+)z", tree[0].get("d", ""))

    assert ground is not None
    left, top, across, down, _ = (int(part) for part in ground.groups())
    assert min(-left, -top, left + across - width, top + down - height) >= width / 2


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_has_one_of_the_ratios_that_pages_set(root: Path, name: str) -> None:
    _, _, width, height = (int(part) for part in _tree(root, name).get("viewBox", "").split())

    assert round(width / height, 2) in (5.0, 1.78, 1.5, 1.0, 0.8)


def test_the_map_names_every_place_that_the_page_names(root: Path) -> None:
    page = (root / "docs/bliv-mentor.md").read_text("utf-8")
    names = [element.text or "" for element in _tree(root, "kort").iter("{*}text")]

    assert sorted(names) == ["Aarhus", "Amager", "Nørrebro", "Odense", "Slagelse", "Svendborg", "Tingbjerg"]
    assert [name for name in names if name not in page] == []


def _colour(value: str) -> str:
    return next(name for name, colour in PALETTE.items() if colour == value)


def _long_numbers(text: str) -> Iterable[str]:
    return re.findall(r"\d+\.\d\d+", text)
