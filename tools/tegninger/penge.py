"""Money and weeks: the coins, the towers of coins, the striped parents."""

from __future__ import annotations

from tegninger.accounts import Accounts
from tegninger.folk import woman
from tegninger.pen import BLEED, Pen, arc, line, polar, sector, sheet


def coins(tell: Accounts) -> Pen:
    """Draw two coins, a slice cut from each: the gap among all, and the gap without the best paid."""
    pen = sheet(900, 900, "teal")
    for x, y, reference, away in (
        (292.0, 316.0, "loenforskel/2018", 50.0),
        (616.0, 624.0, "loenforskel-uden-hoejest-loennede/2018", 40.0),
    ):
        _coin(pen, x, y, tell.share(reference), reference, away)
    return pen


def _coin(pen: Pen, x: float, y: float, gap: float, reference: str, away: float) -> None:
    radius = 214.0
    pen.path(sector(x, y, radius, gap, 1), "yellow")
    marks = [mark / 28 for mark in range(28) if gap + 0.015 < mark / 28 < 0.99]
    ridges = "".join(
        line("M", *polar(x, y, radius * 0.7, mark), "L", *polar(x, y, radius * 0.8, mark)) for mark in marks
    )
    pen.group("none", "ink", 9).round_ends().path(ridges)
    pen.path(arc(x, y, radius * 0.9, gap + 0.012, 0.988), "none", "ink", 5)
    pen.circle(x, y, radius * 0.29, "teal")
    out = polar(0, 0, away, gap / 2)
    pen.path(sector(x + out[0], y + out[1], radius, 0, gap), "red", share=reference)


#: How a sweater's outer and inner edge run, from the neck (0) to the hem (1).
_OUTER = ((0, 110), (0.05, 95), (0.09, 88), (0.17, 79), (0.3, 77), (0.5, 83), (0.65, 74), (0.8, 52), (1, 28))
_INNER = (
    (0, 220),
    (0.05, 245),
    (0.09, 262),
    (0.17, 286),
    (0.26, 302),
    (0.4, 312),
    (0.6, 318),
    (0.8, 326),
    (1, 326),
)


def stripes(tell: Accounts) -> Pen:
    """Draw two parents in sweaters of one stripe a week; the stripes that cannot be given away are yellow."""
    pen = sheet(600, 750, "pink")
    _mother(pen)
    _father(pen)
    for mirrored in (False, True):
        _sweater(pen, tell, mirrored=mirrored)
    child = pen.group(at=(300, 0))
    child.ellipse(0, 520, 92, 120, "paper")
    child.circle(0, 428, 52, "skin-2")
    child.path("M-38 404Q0 352 38 404Q0 384-38 404Z", "ink")
    child.group("none", "ink", 4).round_ends().path("M-16 432h10M8 432h10M-12 452q12 10 24 0")
    child.path("M-78 470L78 590M78 470L-78 590", "none", "red", 7)
    pen.circle(212, 566, 25, "skin-1")
    pen.circle(388, 566, 25, "skin-3")
    return pen


def _mother(pen: Pen) -> None:
    pen.circle(185, 165, 82, "ink")
    pen.path("M158 200h58v70h-58z", "skin-1")
    pen.circle(198, 180, 60, "skin-1")
    pen.path("M104 160Q110 80 190 84T262 150Q196 158 168 126Q152 190 122 246Q92 215 104 160Z", "ink")
    pen.group("none", "ink", 4).round_ends().path("M186 182h12M222 182h12M200 210q12 9 24 0")


def _father(pen: Pen) -> None:
    pen.path("M386 200h58v70h-58z", "skin-3")
    pen.circle(415, 172, 72, "skin-3")
    pen.path(
        "M340 160Q345 92 415 92T492 165Q470 130 415 132T340 160Z"
        "M346 194Q415 238 484 194Q484 258 415 260T346 194Z",
        "ink",
    )
    pen.group("none", "ink", 4).round_ends().path("M382 176h12M414 176h12")
    pen.group("none", "skin-3", 5).round_ends().path("M392 232q12 8 24 0")


def _sweater(pen: Pen, tell: Accounts, *, mirrored: bool) -> None:
    weeks, own = tell.count("orlov-hver/2022"), tell.count("orlov-oeremaerket/2022")
    top, height = 256.0, (750.0 - 256) / weeks
    sweater = pen.group(counts="orlov-hver/2022")
    free = sweater.group("teal", counts="orlov-kan-overdrages/2022")
    kept = sweater.group("yellow", counts="orlov-oeremaerket/2022")
    for week in range(weeks):
        left, right = _at(_OUTER, week / weeks), _at(_INNER, week / weeks)
        if mirrored:
            left, right = 600 - right, 600 - left
        stripe = kept if week >= weeks - own else free
        stripe.box(left, top + height * week, right - left, height * 0.74, corner=3)


def _at(edge: tuple[tuple[float, float], ...], depth: float) -> float:
    """Return where an edge runs at a depth, straight between its points."""
    before = max(point for point in edge if point[0] <= depth)
    after = min(point for point in edge if point[0] >= depth)
    if before == after:
        return before[1]
    return before[1] + (after[1] - before[1]) * (depth - before[0]) / (after[0] - before[0])


_STOREY = 36.0
_GROUND = 630.0


def towers(tell: Accounts) -> Pen:
    """Draw the grants as towers of coins, a storey for each time Odense's; what was expected is empty."""
    pen = sheet(1200, 675, "teal")
    pen.circle(1064, 150, 70, "pink")
    pen.path(line("M", -BLEED, _GROUND, "h", 1200 + 2 * BLEED, "v", BLEED, "H", -BLEED, "z"), "ink")
    for x, size in ((30.0, 84.0), (330.0, 70.0), (372.0, 96.0), (846.0, 74.0), (1172.0, 100.0)):
        pen.path(line("M", x - 5, _GROUND, "v", -size - 40, "h", 10, "V", _GROUND, "z"), "ink")
        pen.ellipse(x, _GROUND - size - 50, size * 0.62, size * 0.9, "ink")
    each = tell.count("bevilling-vollsmose/2019")
    for x, reference, expected in (
        (184.0, "bevilling-socialministeriet/2014", False),
        (712.0, "bevilling-siri/2022", False),
        (1000.0, "bevilling-siri/2023", True),
    ):
        _tower(pen, x, tell.count(reference) // each, reference, each, expected=expected)
    house = pen.group(counts="bevilling-vollsmose/2019", each=each)
    _storey(house.group(at=(470, _GROUND)), "red")
    woman(pen.group(at=(470, _GROUND - 37)), "pink", "skin-3")
    return pen


def _tower(pen: Pen, x: float, storeys: int, reference: str, each: int, *, expected: bool) -> None:
    tower = pen.group(counts=reference, each=each)
    for storey in range(storeys):
        place = tower.group(at=(x, _GROUND - _STOREY * storey))
        if expected:
            place.path("M-98-5v-27h196v27z", "none", "yellow", 3, dashes="9 7")
        else:
            _storey(place, "yellow")


def _storey(place: Pen, colour: str) -> None:
    """Draw a coin from its edge; the ridges are the windows."""
    place.box(-100, -34, 200, 33, colour, corner=6)
    ridges = "M-80-26v16M-48-26v16M-16-26v16M16-26v16M48-26v16M80-26v16"
    place.path(ridges, stroke="ink", width=10)
