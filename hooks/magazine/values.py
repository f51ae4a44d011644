"""A figure as a source prints it: a number, a range, a hedge, and the interval that it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from magazine.danish.numbers import NotationError, Number, parse_number
from magazine.danish.units import Unit
from magazine.hedges import Hedge, leading_hedge, source_bounds
from magazine.intervals import Interval

_RANGE = re.compile(r"(?P<first>[\d.,]+)\s?[-–]\s?(?P<last>[\d.,]+)(?P<rest>.*)\Z")
_NARROW = "\u202f"


class Value(Struct, frozen=True):
    """A published value.

    ``interval`` holds every true value that would have been printed so: a point for an exact count, half
    a step to each side for a rounded number, wide bounds for a source's own hedge.
    """

    text: str
    first: Number
    last: Number | None
    hedge: Hedge | None
    exact: bool
    interval: Interval

    @property
    def plain(self) -> str | None:
        """The number with a decimal point and without a unit; ``None`` for a range or a hedged number."""
        if self.hedge is not None or self.last is not None:
            return None
        decimals = self.first.decimals if not self.first.has_multiplier else 0
        value = self.first.value
        if value.denominator == 1:
            digits = str(value.numerator)
            return f"{digits}.{'0' * decimals}" if decimals else digits
        scaled = abs(value) * 10**decimals
        whole = str(scaled.numerator).rjust(decimals + 1, "0")
        return f"{'-' if value < 0 else ''}{whole[:-decimals]}.{whole[-decimals:]}"


def parse_value(text: str, unit: Unit, *, target: bool = False) -> Value:
    """Parse a value of ``data/tal.yml`` (design.md, "Danish notation" and "Exact or rounded").

    Args:
        text: ``59``, ``4,0 mio.``, ``2-3``, ``næsten 10.000``.
        unit: the indicator's unit, which says whether whole numbers are exact.
        target: a target is always exact.

    Raises:
        NotationError: with what to write instead.
    """
    bare = " ".join(text.split())
    hedge, rest = leading_hedge(bare)
    match = _RANGE.match(rest)
    if match is not None:
        first = parse_number(match["first"] + match["rest"])
        last = parse_number(match["last"] + match["rest"])
        if last.value <= first.value:
            raise NotationError(f"«{bare}» går baglæns: skriv det mindste tal først.")
    else:
        first, last = parse_number(rest), None
    exact = target or (unit.is_counted and not first.has_multiplier and first.decimals == 0)
    interval = _interval(first, last, exact)
    if hedge is not None:
        interval = source_bounds(hedge, first.value, (last or first).value)
    return Value(bare, first, last, hedge, exact and hedge is None, interval)


def _interval(first: Number, last: Number | None, exact: bool) -> Interval:
    end = last or first
    if exact:
        return Interval(first.value, end.value)
    half_low, half_high = first.step * Fraction(1, 2), end.step * Fraction(1, 2)
    return Interval(first.value - half_low, end.value + half_high, low_closed=True, high_closed=False)


def print_value(value: Value, unit: Unit, form: Literal["lang", "kort", "tal"] = "lang") -> str:
    """Return a value in words for running text, for tables and charts, or as the bare number.

    The number keeps the source's own notation; nothing is rounded or written out.
    """
    number = value.text.replace("-", "–") if value.last is not None else value.text
    if form == "tal":
        return number
    if form == "kort":
        space = _NARROW if unit.short == "%" else " "
        return f"{number}{space}{unit.short}" if unit.short else number
    word = unit.singular if value.last is None and abs(value.first.value) == 1 else unit.plural
    return f"{number} {word}" if word else number


def print_counted(value: Value, unit: Unit, nouns: Sequence[str]) -> str:
    """Return a value in words, a bare count with what it counts: ``79 kvinder``.

    Args:
        value: the value.
        unit: its unit.
        nouns: what the indicator counts, in the singular and in the plural; may be empty.
    """
    words = print_value(value, unit)
    if unit.plural or not nouns:
        return words
    one = value.last is None and abs(value.first.value) == 1
    return f"{words} {nouns[0] if one else nouns[-1]}"


def same_printed(one: Value, other: Value) -> bool:
    """Tell whether two sources print the same: 4.000.000 and 4 mio. are one, 59 and 59,0 are not."""
    return (
        one.hedge == other.hedge
        and one.first.value == other.first.value
        and (one.last.value if one.last else None) == (other.last.value if other.last else None)
        and one.first.decimals == other.first.decimals
    )
