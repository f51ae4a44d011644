"""The picture that stands for an article where it is shared: its headline, its figure and its picture.

Everything is laid out before it is drawn, so that a headline that finds no room is set smaller, or divided,
and never runs over an edge.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import PIL
from msgspec import Struct, field

from magazine.danish.compounds import SOFT_HYPHEN as _SOFT
from magazine.danish.compounds import joints, syllables
from magazine.pictures import crop

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

#: Part of every card's name: another way of drawing gives other names.
VERSION = f"2 {PIL.__version__}"
WIDTH, HEIGHT = 1200, 630
#: The picture's place, at the right edge.
_PANEL = 600
_MARGIN, _GAP = 56, 48
_NAME = 46
_KICKER = 26
_SIZES = (92, 84, 76, 70, 64, 58, 52, 46, 40, 34)
#: Words are divided only where a headline would have to be set smaller than this.
_WHOLE = 46
#: Between the lines, for each point of size.
_LEADING = Fraction(108, 100)
_RULE = 13
_LEAST_PART = 3


class Rule(Struct, frozen=True):
    """The measured rule: a share of a hundred, and the target."""

    value: Fraction
    target: Fraction | None
    label: str


class Card(Struct, frozen=True):
    """What one card says."""

    kicker: str
    title: str
    colour: str
    """The category's, ``#b0123c``."""
    rule: Rule | None = None
    picture: str = ""
    """A name for the picture's content; empty without one."""
    focus: tuple[int, int] = (50, 50)


class Style(Struct, frozen=True):
    """What all cards share."""

    display: bytes
    """The headline's font, TrueType or OpenType."""
    sans: bytes
    paper: str
    ink: str
    soft: str
    hair: str
    nameplate: Nameplate


class Nameplate(Struct, frozen=True):
    """The magazine's name as an outline: SVG's path and view box."""

    path: str
    box: tuple[int, int, int, int]


class Words(Struct, frozen=True):
    """A piece of text in its place: the left end of its line, and the foot its letters stand on."""

    text: str
    x: int
    y: int
    size: int
    width: int
    role: str
    """``headline``, ``kicker`` or ``label``."""


class Layout(Struct, frozen=True):
    """Where everything stands."""

    words: tuple[Words, ...]
    column: tuple[int, int]
    """The left and right edge of the text."""
    rule_y: int | None


class Drafter(Struct, dict=True):
    """Draws cards; keeps its fonts, and what else all of them share."""

    style: Style
    fonts: dict[tuple[str, int], ImageFont.FreeTypeFont] = field(default_factory=dict)

    def font(self, kind: str, size: int) -> ImageFont.FreeTypeFont:
        """Return the font ``display`` or ``sans`` in a size."""
        from PIL import ImageFont  # a build that draws no card does without

        if (kind, size) not in self.fonts:
            data = self.style.display if kind == "display" else self.style.sans
            # The plain engine on purpose: the other one is not everywhere, and sets other bytes.
            self.fonts[kind, size] = ImageFont.truetype(
                io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC
            )
        return self.fonts[kind, size]

    def lay_out(self, card: Card) -> Layout:
        """Return where a card's words stand."""
        left = _MARGIN
        right = WIDTH - (_PANEL + _GAP if card.picture else _MARGIN)
        width = right - left
        words: list[Words] = []
        y = _MARGIN
        rule_y = None
        if card.rule is not None:
            rule_y = y
            y += 2 * _RULE + 10
        sans = self.font("sans", _KICKER)
        y += _KICKER
        if card.kicker:
            words += self._line(card.kicker, left, y, _KICKER, width, "kicker")
        if card.rule is not None:
            label = card.rule.label
            end = words[-1].x + words[-1].width + 28 if words else left
            if right - end >= sans.getlength(label):
                at = right - round(sans.getlength(label))
            else:
                at, y = left, y + round(_KICKER * _LEADING) + 6
            words += self._line(label, at, y, _KICKER, width, "label")
        top, bottom = y + 26, HEIGHT - _MARGIN - _NAME - 38
        size, lines = self._headline(card.title, width, bottom - top)
        step = round(size * _LEADING)
        for number, line in enumerate(lines):
            words += self._line(
                line, left, top + round(size * Fraction(4, 5)) + number * step, size, width, "headline"
            )
        return Layout(tuple(words), (left, right), rule_y)

    def _line(self, text: str, x: int, y: int, size: int, width: int, role: str) -> Iterator[Words]:
        font = self.font("display" if role == "headline" else "sans", size)
        while text and font.getlength(text) > width:
            text = f"{text.rstrip('…')[:-1].rstrip()}…"
        if text:
            yield Words(text, x, y, size, round(font.getlength(text)), role)

    def _headline(self, title: str, width: int, height: int) -> tuple[int, tuple[str, ...]]:
        """Return a headline's size and its lines, as even as they can be."""
        for size in _SIZES:
            font = self.font("display", size)
            lines = _lines(title, font, width, divides=size < _WHOLE)
            if lines is None or round(size * _LEADING) * len(lines) > height:
                continue
            low, high = width // 2, width
            while low < high:
                middle = (low + high) // 2
                narrow = _lines(title, font, middle, divides=size < _WHOLE)
                if narrow is not None and len(narrow) <= len(lines):
                    high, lines = middle, narrow
                else:
                    low = middle + 1
            return size, tuple(lines)
        size = _SIZES[-1]
        kept = _lines(title, self.font("display", size), width, divides=True, forced=True) or []
        room = height // round(size * _LEADING)
        if len(kept) > room:
            kept[room - 1 :] = [f"{kept[room - 1].rstrip('-')}…"]
        return size, tuple(kept)

    def draw(self, card: Card, picture: bytes | None) -> bytes:
        """Return a card as PNG: the same bytes for the same card and the same version of Pillow.

        Args:
            card: what it says.
            picture: the file whose content ``card.picture`` names.
        """
        from PIL import Image, ImageDraw

        style, layout = self.style, self.lay_out(card)
        image = Image.new("RGB", (WIDTH, HEIGHT), style.paper)
        if picture is not None:
            image.paste(_panel(picture, card.focus), (WIDTH - _PANEL, 0))
        pen = ImageDraw.Draw(image)
        left, right = layout.column
        if layout.rule_y is not None and card.rule is not None:
            self._rule(pen, card, left, right, layout.rule_y)
        for words in layout.words:
            headline = words.role == "headline"
            font = self.font("display" if headline else "sans", words.size)
            colour = {"headline": style.ink, "kicker": card.colour, "label": style.soft}[words.role]
            pen.text((words.x, words.y), words.text, fill=colour, font=font, anchor="ls")
        pen.rectangle(
            (left, HEIGHT - _MARGIN - _NAME - 14, right, HEIGHT - _MARGIN - _NAME - 13), fill=style.hair
        )
        image.paste(style.ink, (left, HEIGHT - _MARGIN - _NAME + 6), self._nameplate)
        out = io.BytesIO()
        # Level 4 takes half the time of the default, for a twentieth more bytes.
        image.save(out, "PNG", compress_level=4)
        return out.getvalue()

    def _rule(self, pen: ImageDraw.ImageDraw, card: Card, left: int, right: int, y: int) -> None:
        assert card.rule is not None
        pen.rectangle((left, y, right, y + 1), fill=self.style.ink)
        pen.rectangle((left, y + 6, measured(left, right, card.rule.value), y + 6 + _RULE), fill=card.colour)
        if card.rule.target is not None:
            at = measured(left, right, card.rule.target)
            pen.rectangle((at - 2, y - 12, at + 5, y + 12 + _RULE), fill=self.style.paper)
            pen.rectangle((at, y - 12, at + 3, y + 12 + _RULE), fill=self.style.ink)

    @cached_property
    def _nameplate(self) -> Image.Image:
        return draw_nameplate(self.style.nameplate, _NAME - 6)


def measured(left: int, right: int, value: Fraction) -> int:
    """Return where a share of a hundred lies on a line."""
    return left + round((right - left) * value / 100)


def _lines(
    title: str, font: ImageFont.FreeTypeFont, width: int, *, divides: bool, forced: bool = False
) -> list[str] | None:
    """Break a headline into lines; ``None`` where a word finds no room."""
    lines: list[str] = []
    line = ""
    for word in title.split(" "):
        bare = word.replace(_SOFT, "")
        longer = f"{line} {bare}".strip()
        if font.getlength(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line, rest = "", word
        while font.getlength(rest.replace(_SOFT, "")) > width:
            if not (divides or _SOFT in rest):
                return None
            place = _division(rest, font, width, forced=forced)
            if place is None:
                return None
            head, rest = place
            lines.append(head)
        line = rest.replace(_SOFT, "")
    if line:
        lines.append(line)
    return lines


def _division(word: str, font: ImageFont.FreeTypeFont, width: int, *, forced: bool) -> tuple[str, str] | None:
    """Divide a word where its first part fits: at a soft hyphen, else between the parts of a compound."""
    for places in (_soft(word), joints(word), syllables(word)):
        for place in sorted(places, reverse=True):
            head, rest = word[:place].rstrip(_SOFT), word[place:].lstrip(_SOFT)
            shown = head.replace(_SOFT, "")
            shown = shown if shown.endswith("-") else f"{shown}-"
            if min(len(shown) - 1, len(rest)) >= _LEAST_PART and font.getlength(shown) <= width:
                return shown, rest
    if not forced:
        return None
    fits = max(1, next((n for n in range(len(word), 0, -1) if font.getlength(f"{word[:n]}-") <= width), 1))
    return f"{word[:fits]}-", word[fits:]


def _soft(word: str) -> list[int]:
    return [place for place, character in enumerate(word) if character == _SOFT] + [
        place + 1 for place, character in enumerate(word[:-1]) if character == "-"
    ]


def _panel(data: bytes, focus: tuple[int, int]) -> Image.Image:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as original:
        picture = original.convert("RGB")
    box = crop(picture.size, Fraction(_PANEL, HEIGHT), focus)
    if (box[2] - box[0], box[3] - box[1]) == (_PANEL, HEIGHT):
        return picture.crop(box)
    return picture.resize((_PANEL, HEIGHT), Image.Resampling.LANCZOS, box=box)


_COMMANDS = re.compile(r"([MLHVQZ])([^MLHVQZ]*)")
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
_STEPS = 6
_FINE = 4


def draw_nameplate(nameplate: Nameplate, height: int) -> Image.Image:
    """Return the nameplate as a mask, ``height`` pixels high."""
    from PIL import Image, ImageChops, ImageDraw

    x, y, wide, high = nameplate.box
    scale = Fraction(height * _FINE, high)
    size = (round(wide * scale), height * _FINE)
    mask = Image.new("1", size)
    for outline in outlines(nameplate.path):
        points = [(float((px - x) * scale), float((py - y) * scale)) for px, py in outline]
        piece = Image.new("1", size)
        ImageDraw.Draw(piece).polygon(points, fill=1)
        # An outline within another one is a hole.
        mask = ImageChops.logical_xor(mask, piece)
    return mask.convert("L").resize((size[0] // _FINE, height), Image.Resampling.BOX)


def outlines(path: str) -> Iterator[Sequence[tuple[Fraction, Fraction]]]:
    """Yield each closed outline of an SVG path of capital commands, its curves as short lines."""
    points: list[tuple[Fraction, Fraction]] = []
    for command, written in _COMMANDS.findall(path):
        numbers = [Fraction(number) for number in _NUMBERS.findall(written)]
        match command:
            case "M" | "L":
                points += zip(numbers[::2], numbers[1::2], strict=True)
            case "H":
                points += [(number, points[-1][1]) for number in numbers]
            case "V":
                points += [(points[-1][0], number) for number in numbers]
            case "Q":
                for cx, cy, ex, ey in zip(*(numbers[start::4] for start in range(4)), strict=True):
                    sx, sy = points[-1]
                    for step in range(1, _STEPS + 1):
                        t = Fraction(step, _STEPS)
                        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
                        points.append((a * sx + b * cx + c * ex, a * sy + b * cy + c * ey))
            case _:
                yield points
                points = []


def without(text: str, known: Mapping[int, object]) -> str:
    """Return a text in the letters that a font has; accents go first, and what is left is left out."""

    def one(character: str) -> str:
        if ord(character) in known or character == _SOFT:
            return character
        plain = unicodedata.normalize("NFKD", character)
        return "".join(part for part in plain if ord(part) in known)

    return "".join(map(one, text))
