"""The map of "Bliv mentor": the coast of Denmark, with Copenhagen in an inset of its own."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Literal

from tegninger.pen import Pen, line, paper

Point = tuple[float, float]
Anchor = Literal["start", "end"]

_COAST = Path(__file__).with_name("kyst.txt")
#: A degree of longitude is this much of one of latitude, where Denmark lies.
_SQUEEZE = math.cos(math.radians(56))
#: West and north end, and units for a degree.
_DENMARK = (8.0, 57.82, 204.0)
#: Copenhagen's, and where the inset begins on the sheet.
_COPENHAGEN = (12.385, 55.779, 1580.0)
_INSET = (520.0, 6.0, 314.0, 322.0)
#: How far Bornholm has moved towards the rest: degrees east and north.
_BORNHOLM = (-1.2, 0.1)

#: Where the network worked in 2022, and on which side of its dot a name stands.
PLACES: tuple[tuple[str, Point, Anchor], ...] = (
    ("Aarhus", (10.2, 56.157), "start"),
    ("Odense", (10.39, 55.396), "end"),
    ("Svendborg", (10.61, 55.06), "end"),
    ("Slagelse", (11.354, 55.403), "start"),
)
DISTRICTS: tuple[tuple[str, Point, Anchor], ...] = (
    ("Tingbjerg", (12.49, 55.721), "start"),
    ("Nørrebro", (12.545, 55.694), "start"),
    ("Amager", (12.6, 55.655), "start"),
)


def denmark() -> Pen:
    """Draw the land, the places and the inset."""
    pen = paper(840, 680)
    land = "".join(_smooth([_on(_DENMARK, point) for point in _moved(ring)]) for ring in _rings("land"))
    pen.path(land, "sand", "text", 2)
    east, south = _on(_DENMARK, _moved([(15.0, 55.1)])[0])
    pen.box(east - 74, south - 62, 118, 112, "none", "text", 1.5)
    left, top, width, height = _INSET
    corner = _on(_DENMARK, _COPENHAGEN[:2])
    far = _on(
        _DENMARK,
        (_COPENHAGEN[0] + width / (_COPENHAGEN[2] * _SQUEEZE), _COPENHAGEN[1] - height / _COPENHAGEN[2]),
    )
    pen.box(corner[0], corner[1], far[0] - corner[0], far[1] - corner[1], "none", "text", 2)
    pen.path(
        line(
            "M",
            corner[0],
            corner[1],
            "L",
            left,
            top + height,
            "M",
            far[0],
            corner[1],
            "L",
            left + width,
            top + height,
        ),
        "none",
        "text",
        1.5,
    )
    pen.box(left, top, width, height, "page", "text", 2)
    for name, point, anchor in PLACES:
        _place(pen, name, _on(_DENMARK, point), anchor)
    shores = [_clipped(_rounded([_in_inset(point) for point in ring]), _INSET) for ring in _rings("fin")]
    pen.path("".join(_ring(shore) for shore in shores), "sand", "text", 2)
    pen.box(left, top, width, height, "none", "text", 2)
    for name, point, anchor in DISTRICTS:
        _place(pen, name, _in_inset(point), anchor)
    return pen


def _place(pen: Pen, name: str, where: Point, anchor: Anchor) -> None:
    x, y = where
    pen.circle(x, y, 9, "red", "page", 3)
    pen.text(name, x + (17 if anchor == "start" else -17), y + 7, anchor)


def _rings(kind: str) -> list[list[Point]]:
    rings = []
    for row in _COAST.read_text("utf-8").splitlines():
        word, *points = row.split()
        if word == kind:
            rings.append([(float(x), float(y)) for x, y in (point.split(",") for point in points)])
    return rings


def _moved(ring: list[Point]) -> list[Point]:
    if min(x for x, _ in ring) < 14:
        return ring
    return [(x + _BORNHOLM[0], y + _BORNHOLM[1]) for x, y in ring]


def _on(view: tuple[float, float, float], point: Point) -> Point:
    west, north, scale = view
    return (point[0] - west) * _SQUEEZE * scale, (north - point[1]) * scale


def _in_inset(point: Point) -> Point:
    x, y = _on(_COPENHAGEN, point)
    return x + _INSET[0], y + _INSET[1]


def _smooth(ring: list[Point]) -> str:
    """Return a closed line that bends at the ring's points instead of breaking."""
    ring = [(round(x), round(y)) for x, y in ring]
    middles = [_between(point, ring[place - 1]) for place, point in enumerate(ring)]
    data = line("M", *middles[0])
    for place, point in enumerate(ring):
        data += line("Q", *point, *middles[(place + 1) % len(ring)])
    return data + "Z"


def _between(one: Point, other: Point) -> Point:
    return round((one[0] + other[0]) / 2), round((one[1] + other[1]) / 2)


def _rounded(ring: list[Point], times: int = 2) -> list[Point]:
    """Cut the ring's corners (Chaikin), so that it can be clipped afterwards."""
    for _ in range(times):
        cut = []
        for place, (x, y) in enumerate(ring):
            before_x, before_y = ring[place - 1]
            cut.append((0.75 * before_x + 0.25 * x, 0.75 * before_y + 0.25 * y))
            cut.append((0.25 * before_x + 0.75 * x, 0.25 * before_y + 0.75 * y))
        ring = cut
    return ring


def _clipped(ring: list[Point], box: tuple[float, float, float, float]) -> list[Point]:
    """Keep what lies in a box (Sutherland and Hodgman)."""
    left, top, width, height = box
    for axis, limit, sign in ((0, left, 1), (0, left + width, -1), (1, top, 1), (1, top + height, -1)):
        kept: list[Point] = []
        for place, point in enumerate(ring):
            before = ring[place - 1]
            inside, was_inside = sign * (point[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
            if inside != was_inside:
                part = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append(
                    (before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1]))
                )
            if inside:
                kept.append(point)
        ring = kept
    return ring


def _ring(points: list[Point]) -> str:
    return line("M", *points[0], "L", *(part for point in points[1:] for part in point), "Z")
