"""The pen: SVG as a tree, colours by name, coordinates with one decimal.

A colour is a class (``t-red`` fills, ``s-red`` strokes), which ``docs/stil/tegninger.css`` maps to the
page's tokens, so that the dark edition is repainted. Beside the class stands the light edition's colour
as an attribute, for a picture that is opened alone.

No element has an id: the same picture may stand twice on one page.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from xml.etree import ElementTree

#: What a colour is without a style sheet. tegninger.css falls back on the same; a test compares the two.
PALETTE = MappingProxyType(
    {
        "page": "#fbf8f1",
        "text": "#1a1618",
        "paper": "#fffaf0",
        "sand": "#f0e6d3",
        "ink": "#1d171a",
        "red": "#c41e48",
        "teal": "#0e4648",
        "yellow": "#f1bd45",
        "pink": "#f4bdb0",
        "skin-1": "#e3ae8c",
        "skin-2": "#d39a76",
        "skin-3": "#b5744f",
    }
)

Number = float

#: How far grounds and floors go on beyond the edges of a sheet.
BLEED = 900


def tidy(number: Number) -> str:
    """Return a coordinate with at most one decimal and without a superfluous nought."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def line(*parts: str | Number) -> str:
    """Return path data from commands and numbers: ``line("M", 10, 20, "h", 5)`` is ``M10 20h5``."""
    data = ""
    for part in parts:
        text = part if isinstance(part, str) else tidy(part)
        if data and data[-1] not in "MmLlHhVvCcSsQqTtAaZz" and not isinstance(part, str) and text[0] != "-":
            data += " "
        data += text
    return data


def polar(x: Number, y: Number, radius: Number, turn: Number) -> tuple[Number, Number]:
    """Return the point at a share of a whole turn, clockwise from noon."""
    angle = 2 * math.pi * turn
    return x + radius * math.sin(angle), y - radius * math.cos(angle)


def sector(x: Number, y: Number, radius: Number, start: Number, end: Number) -> str:
    """Return a slice of a disc between two shares of a turn."""
    far = 1 if end - start > 0.5 else 0
    first, last = polar(x, y, radius, start), polar(x, y, radius, end)
    return line("M", x, y, "L", *first, "A", radius, radius, 0, far, 1, *last, "Z")


def arc(x: Number, y: Number, radius: Number, start: Number, end: Number) -> str:
    """Return a part of a circle between two shares of a turn."""
    far = 1 if end - start > 0.5 else 0
    first, last = polar(x, y, radius, start), polar(x, y, radius, end)
    return line("M", *first, "A", radius, radius, 0, far, 1, *last)


@dataclass(frozen=True)
class Pen:
    """Draws into one element."""

    element: ElementTree.Element

    def group(
        self,
        fill: str = "",
        stroke: str = "",
        width: Number = 0,
        *,
        at: tuple[Number, Number] | None = None,
        turn: Number = 0,
        opacity: Number = 1,
        counts: str = "",
        each: int = 1,
    ) -> Pen:
        """Return a pen for a group.

        Args:
            fill: a colour of the palette, or ``none``.
            stroke: a colour of the palette.
            width: of the stroke.
            at: where the group's origin lies.
            turn: degrees, clockwise, about that origin.
            opacity: of the whole group.
            counts: the figure that the group's children count out, one child for each unit.
            each: how much one child stands for.
        """
        group = self._add("g", fill, stroke, width, opacity)
        moves = []
        if at is not None:
            moves.append(f"translate({tidy(at[0])} {tidy(at[1])})")
        if turn:
            moves.append(f"rotate({tidy(turn)})")
        if moves:
            group.set("transform", "".join(moves))
        if counts:
            group.set("data-antal", counts)
            if each != 1:
                group.set("data-hver", str(each))
        return Pen(group)

    def path(
        self,
        data: str,
        fill: str = "",
        stroke: str = "",
        width: Number = 0,
        *,
        opacity: Number = 1,
        dashes: str = "",
        share: str = "",
        mark: str = "",
    ) -> None:
        """Draw a path.

        Args:
            data: path data.
            fill: a colour of the palette, or ``none``.
            stroke: a colour of the palette.
            width: of the stroke.
            opacity: of the whole path.
            dashes: lengths of dashes and gaps.
            share: the percentage that the path's angle at its centre measures.
            mark: the percentage at which the path lies.
        """
        path = self._add("path", fill, stroke, width, opacity)
        path.set("d", data)
        if dashes:
            path.set("stroke-dasharray", dashes)
        if share:
            path.set("data-andel", share)
        if mark:
            path.set("data-ved", mark)

    def circle(
        self, x: Number, y: Number, radius: Number, fill: str = "", stroke: str = "", width: Number = 0
    ) -> None:
        """Draw a circle."""
        circle = self._add("circle", fill, stroke, width)
        for key, value in (("cx", x), ("cy", y), ("r", radius)):
            circle.set(key, tidy(value))

    def ellipse(
        self,
        x: Number,
        y: Number,
        across: Number,
        down: Number,
        fill: str = "",
        stroke: str = "",
        width: Number = 0,
        *,
        opacity: Number = 1,
    ) -> None:
        """Draw an ellipse."""
        ellipse = self._add("ellipse", fill, stroke, width, opacity)
        for key, value in (("cx", x), ("cy", y), ("rx", across), ("ry", down)):
            ellipse.set(key, tidy(value))

    def box(
        self,
        x: Number,
        y: Number,
        width: Number,
        height: Number,
        fill: str = "",
        stroke: str = "",
        pen: Number = 0,
        *,
        corner: Number = 0,
    ) -> None:
        """Draw a rectangle."""
        box = self._add("rect", fill, stroke, pen)
        for key, value in (("x", x), ("y", y), ("width", width), ("height", height)):
            box.set(key, tidy(value))
        if corner:
            box.set("rx", tidy(corner))

    def text(self, words: str, x: Number, y: Number, anchor: str) -> None:
        """Write a name in the page's type."""
        text = self._add("text", "text", "page", 5)
        text.set("class", "t-text s-page tegning-navn")
        text.set("paint-order", "stroke")
        for key, value in (
            ("x", tidy(x)),
            ("y", tidy(y)),
            ("font-family", "sans-serif"),
            ("font-size", "20"),
        ):
            text.set(key, value)
        if anchor != "start":
            text.set("text-anchor", anchor)
        text.text = words

    def round_ends(self) -> Pen:
        """Let strokes of this group end round."""
        self.element.set("stroke-linecap", "round")
        self.element.set("stroke-linejoin", "round")
        return self

    def _add(
        self, tag: str, fill: str, stroke: str, width: Number, opacity: Number = 1
    ) -> ElementTree.Element:
        element = ElementTree.SubElement(self.element, tag)
        classes = [f"t-{fill}"] if fill and fill != "none" else []
        classes += [f"s-{stroke}"] if stroke else []
        if classes:
            element.set("class", " ".join(classes))
        if fill:
            element.set("fill", fill if fill == "none" else PALETTE[fill])
        if stroke:
            element.set("stroke", PALETTE[stroke])
        if width:
            element.set("stroke-width", tidy(width))
        if opacity != 1:
            element.set("opacity", tidy(opacity))
        return element


def paper(width: int, height: int) -> Pen:
    """Return a pen on a new sheet without a ground: the page is its paper."""
    return Pen(
        ElementTree.Element(
            "svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width} {height}"}
        )
    )


def sheet(width: int, height: int, ground: str) -> Pen:
    """Return a pen on a new sheet with a ground of one colour.

    The ground goes on beyond the sheet's edges: where a page sets the picture in a box of another shape,
    it is shown whole, and what is left of the box is ground (``preserveAspectRatio`` "meet" clips at the
    box, not at the sheet).
    """
    pen = paper(width, height)
    pen.path(
        line("M", -BLEED, -BLEED, "h", width + 2 * BLEED, "v", height + 2 * BLEED, "H", -BLEED, "z"), ground
    )
    return pen


def spread(total: int, chosen: int) -> Iterable[int]:
    """Return which of ``total`` things are chosen when ``chosen`` are spread evenly among them."""
    return (place for place in range(total) if (place + 1) * chosen // total > place * chosen // total)


def printed(pen: Pen) -> str:
    """Return the sheet as a file's text."""
    return ElementTree.tostring(pen.element, encoding="unicode", short_empty_elements=True) + "\n"
