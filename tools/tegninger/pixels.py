"""A drawing in pixels: what is shared elsewhere must be a PNG, and no program that draws SVG need be there.

Knows what the pen knows (groups, paths, circles, ellipses, boxes), no more.
"""

from __future__ import annotations

import io
import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from PIL import Image, ImageDraw

from tegninger.pen import PALETTE, Pen

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]

#: The size that those who show links ask for.
SHARED = (1200, 630)
#: The picture's place on the magazine's own cards (``magazine.share_card``).
NARROW = (600, 630)
#: Drawn so much larger and then reduced, for smooth edges.
_FINER = 2
_COLOURS = 48
_STEPS = 24
_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
_TRANSFORM = re.compile(r"(translate|rotate)\(([^)]*)\)")
_SIZES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


@dataclass(frozen=True)
class _Style:
    """What an element inherits."""

    matrix: Matrix
    fill: str = "#000000"
    stroke: str = ""
    width: float = 1
    round_ends: bool = False


@dataclass(frozen=True)
class _Line:
    points: list[Point]
    closed: bool


def shared(pen: Pen, size: tuple[int, int] = SHARED) -> bytes:
    """Return a whole picture as a PNG; the ground fills what is left.

    Args:
        pen: what is drawn.
        size: across and down; that in which links are shown.
    """
    _, _, across, down = (float(part) for part in pen.element.get("viewBox", "").split())
    width, height = (side * _FINER for side in size)
    scale = min(width / across, height / down)
    place = (scale, 0.0, 0.0, scale, (width - scale * across) / 2, (height - scale * down) / 2)
    image = Image.new("RGB", (width, height), PALETTE["page"])
    for child in pen.element:
        image = _draw(image, child, _Style(place))
    small = image.reduce(_FINER).quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    content = io.BytesIO()
    small.save(content, "PNG", optimize=True)
    return content.getvalue()


def _draw(image: Image.Image, element: Element, style: _Style) -> Image.Image:
    style = replace(
        style,
        matrix=_moved(style.matrix, element.get("transform", "")),
        fill=element.get("fill", style.fill),
        stroke=element.get("stroke", style.stroke),
        width=float(element.get("stroke-width", style.width)),
        round_ends=element.get("stroke-linecap", "round" if style.round_ends else "") == "round",
    )
    opacity = float(element.get("opacity", 1))
    under = image.copy() if opacity < 1 else None
    if element.tag == "g":
        for child in element:
            image = _draw(image, child, style)
    else:
        _paint(ImageDraw.Draw(image), element, style)
    return Image.blend(under, image, opacity) if under is not None else image


def _paint(draw: ImageDraw.ImageDraw, element: Element, style: _Style) -> None:
    lines = [
        _Line([_at(style.matrix, point) for point in line.points], line.closed) for line in _lines(element)
    ]
    if style.fill != "none":
        for line in lines:
            if len(line.points) > 2:
                draw.polygon(line.points, fill=style.fill)
    if style.stroke:
        scale = math.hypot(style.matrix[0], style.matrix[1])
        for line in lines:
            for part in _dashed(line, element.get("stroke-dasharray", ""), scale):
                _stroke(draw, part, style, style.width * scale / 2)


def _stroke(draw: ImageDraw.ImageDraw, line: _Line, style: _Style, half: float) -> None:
    """Draw a stroke as one outline between two corners; what lies in two pieces shows its seams."""
    points = [*line.points, line.points[0]] if line.closed else list(line.points)
    points = [point for at, point in enumerate(points) if at == 0 or math.dist(point, points[at - 1]) > 0.05]
    corners = [0, *(at for at in range(1, len(points) - 1) if _bends(*points[at - 1 : at + 2]))]
    corners.append(len(points) - 1)
    for first, last in itertools.pairwise(corners):
        run = points[first : last + 1]
        sides = [_off(run, at, half) for at in range(len(run))]
        outline = [left for left, _ in sides] + [right for _, right in reversed(sides)]
        draw.polygon(outline, fill=style.stroke)
    round_ones = corners if line.closed or style.round_ends else corners[1:-1]
    for x, y in (points[at] for at in round_ones):
        draw.ellipse((x - half, y - half, x + half, y + half), fill=style.stroke)


def _off(run: list[Point], at: int, half: float) -> tuple[Point, Point]:
    """Return the points to the left and right of a line's point, across its way there."""
    before, after = run[max(at - 1, 0)], run[min(at + 1, len(run) - 1)]
    length = math.dist(before, after) or 1
    x, y = half * (before[1] - after[1]) / length, half * (after[0] - before[0]) / length
    return (run[at][0] + x, run[at][1] + y), (run[at][0] - x, run[at][1] - y)


def _bends(before: Point, point: Point, after: Point) -> bool:
    """Tell a corner from a step of a curve."""
    turn = math.atan2(after[1] - point[1], after[0] - point[0])
    turn -= math.atan2(point[1] - before[1], point[0] - before[0])
    return abs(math.remainder(turn, 2 * math.pi)) > 0.3


def _dashed(line: _Line, dashes: str, scale: float) -> Iterator[_Line]:
    """Yield the dashes of a line, or the line where it has none."""
    if not dashes:
        yield line
        return
    lengths = [float(part) * scale for part in dashes.split()]
    points = [*line.points, line.points[0]] if line.closed else line.points
    turn, left, dash = 0, lengths[0], [points[0]]
    for start, end in itertools.pairwise(points):
        at, whole = 0.0, math.dist(start, end)
        while whole - at > left:
            at += left
            here = (start[0] + (end[0] - start[0]) * at / whole, start[1] + (end[1] - start[1]) * at / whole)
            if turn % 2 == 0:
                yield _Line([*dash, here], closed=False)
            turn, dash = turn + 1, [here]
            left = lengths[turn % len(lengths)]
        left -= whole - at
        dash.append(end)
    if turn % 2 == 0 and len(dash) > 1:
        yield _Line(dash, closed=False)


def _lines(element: Element) -> Iterator[_Line]:
    """Yield an element's outlines."""

    def number(key: str) -> float:
        return float(element.get(key, 0))

    if element.tag == "path":
        yield from _path(element.get("d", ""))
    elif element.tag == "rect":
        yield _box(number("x"), number("y"), number("width"), number("height"), number("rx"))
    elif element.tag in ("circle", "ellipse"):
        across, down = number("rx") or number("r"), number("ry") or number("r")
        yield _Line(list(_round(number("cx"), number("cy"), across, down, 0, 2 * math.pi, 72)), closed=True)
    else:
        raise ValueError(f"the pen does not draw <{element.tag}>")


def _round(
    x: float, y: float, across: float, down: float, start: float, turn: float, steps: int = _STEPS
) -> Iterator[Point]:
    for step in range(steps + 1):
        angle = start + turn * step / steps
        yield x + across * math.cos(angle), y + down * math.sin(angle)


def _box(x: float, y: float, width: float, height: float, corner: float) -> _Line:
    if not corner:
        return _Line([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], closed=True)
    points: list[Point] = []
    right, bottom, quarter = x + width - corner, y + height - corner, math.pi / 2
    for turn, (middle_x, middle_y) in enumerate(
        ((right, bottom), (x + corner, bottom), (x + corner, y + corner), (right, y + corner))
    ):
        points += _round(middle_x, middle_y, corner, corner, turn * quarter, quarter, 8)
    return _Line(points, closed=True)


def _path(data: str) -> Iterator[_Line]:
    tokens = _TOKEN.findall(data)
    points: list[Point] = []
    command, control, place = "M", (0.0, 0.0), 0
    while place < len(tokens):
        if tokens[place].isalpha():
            command, place = tokens[place], place + 1
        size = _SIZES[command.upper()]
        values = [float(token) for token in tokens[place : place + size]]
        place += size
        here = points[-1] if points else control
        if command in "Zz":
            yield _Line(points, closed=True)
            control, points = points[0], []
            continue
        if command in "Mm" and points:
            yield _Line(points, closed=False)
            points = []
        new, control = _step(command, values, here, control)
        points += new
        command = {"M": "L", "m": "l"}.get(command, command)
    if points:
        yield _Line(points, closed=False)


def _step(command: str, values: list[float], here: Point, control: Point) -> tuple[list[Point], Point]:
    """Return the points that a command adds, and the control point that ``S`` and ``T`` mirror."""
    x, y = here
    kind = command.upper()
    if kind == "H":
        end = (values[0] + (x if command == "h" else 0), y)
        return [end], end
    if kind == "V":
        end = (x, values[0] + (y if command == "v" else 0))
        return [end], end
    if kind == "A":
        end = (values[5] + (x if command == "a" else 0), values[6] + (y if command == "a" else 0))
        return list(_arc(here, end, values[0], bool(values[3]), bool(values[4]))), end
    shift = here if command.islower() else (0.0, 0.0)
    ends = [(values[at] + shift[0], values[at + 1] + shift[1]) for at in range(0, len(values), 2)]
    if kind in "ML":
        return ends, ends[0]
    if kind in "ST":
        ends = [(2 * x - control[0], 2 * y - control[1]), *ends]
    return list(_curve([here, *ends])), ends[-2]


def _curve(knots: list[Point]) -> Iterator[Point]:
    """Yield points of a Bézier curve (de Casteljau)."""
    for step in range(1, _STEPS + 1):
        part, level = step / _STEPS, knots
        while len(level) > 1:
            level = [
                (one[0] + (two[0] - one[0]) * part, one[1] + (two[1] - one[1]) * part)
                for one, two in itertools.pairwise(level)
            ]
        yield level[0]


def _arc(start: Point, end: Point, radius: float, far: bool, clockwise: bool) -> Iterator[Point]:
    """Yield points of a part of a circle."""
    chord = math.dist(start, end)
    radius = max(radius, chord / 2)
    height = math.sqrt(radius**2 - chord**2 / 4) * (-1 if far == clockwise else 1)
    across, down = (end[0] - start[0]) / chord, (end[1] - start[1]) / chord
    x = (start[0] + end[0]) / 2 - down * height
    y = (start[1] + end[1]) / 2 + across * height
    first = math.atan2(start[1] - y, start[0] - x)
    turn = (math.atan2(end[1] - y, end[0] - x) - first) % (2 * math.pi)
    return _round(x, y, radius, radius, first, turn if clockwise else turn - 2 * math.pi, 60)


def _moved(matrix: Matrix, transform: str) -> Matrix:
    for kind, text in _TRANSFORM.findall(transform):
        values = [float(value) for value in text.split()]
        if kind == "translate":
            other: Matrix = (1, 0, 0, 1, values[0], values[1])
        else:
            angle = math.radians(values[0])
            other = (math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle), 0, 0)
        a, b, c, d, _, _ = matrix
        matrix = (
            a * other[0] + c * other[1],
            b * other[0] + d * other[1],
            a * other[2] + c * other[3],
            b * other[2] + d * other[3],
            *_at(matrix, (other[4], other[5])),
        )
    return matrix


def _at(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f
