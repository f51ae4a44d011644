"""The widths of hedges: which words commit us to which interval (claims.md, "Hedges").

The directions are the literature's (Power & Williams 2012, doi 10.1162/COLI_a_00086); the widths are
this magazine's own choice and stand right below, in exact numbers. The words are the lexicon's.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct

from magazine.danish.numbers import print_number
from magazine.intervals import Interval
from magazine.lexicon import Kind, entries


class Row(StrEnum):
    """A row of the table, named by its first word."""

    JUST_UNDER = "knap"
    ALMOST = "næsten"
    UP_TOWARDS = "op mod"
    JUST_OVER = "godt"
    ABOUT = "omkring"
    OVER = "over"
    UNDER = "under"
    AT_LEAST = "mindst"
    AT_MOST = "højst"


#: Each row with its kin. Words that follow the number stand behind ``…``.
TABLE: tuple[tuple[Row, tuple[str, ...]], ...] = tuple(
    (Row(entry.name), entry.words) for entry in entries(Kind.HEDGE)
)

#: Rows whose words are about order, not about nearness: there the source's rounding must not decide.
ORDER = frozenset({Row.OVER, Row.UNDER, Row.AT_LEAST, Row.AT_MOST})

_NARROW, _WIDE = Fraction(95, 100), Fraction(90, 100)
_TENTH = Fraction(1, 10)
#: What the editors' table shows of each row: a share, and an amount round enough to be hedged.
_SHOWN = (
    (Row.JUST_UNDER, Fraction(40), Fraction(8500)),
    (Row.ALMOST, Fraction(60), Fraction(10_000)),
    (Row.JUST_OVER, Fraction(40), Fraction(2200)),
    (Row.ABOUT, Fraction(40), Fraction(800)),
)
_LEAST_POINTS = Fraction(3, 2)
_MOST_POINTS = Fraction(5, 2)


class Hedge(Struct, frozen=True):
    """A hedge as somebody wrote it."""

    row: Row
    words: str


_LEADING = tuple(
    (kin, row)
    for kin, row in sorted(
        ((kin, row) for row, kins in TABLE for kin in kins if not kin.startswith("…")),
        key=lambda item: -len(item[0]),
    )
)


def leading_hedge(text: str) -> tuple[Hedge | None, str]:
    """Return the hedge that a source's text begins with, and the rest of it."""
    folded = text.casefold()
    for kin, row in _LEADING:
        for form in (kin, kin.rstrip(".")):
            if folded.startswith(f"{form} "):
                return Hedge(row, text[: len(form)]), text[len(form) :].strip()
    return None, text


def source_bounds(hedge: Hedge, low: Fraction, high: Fraction) -> Interval:
    """Return what a source's own hedge tells: a direction, and wide bounds.

    Args:
        hedge: the source's word.
        low: the number, or a range's lower end.
        high: the same number, or the upper end.
    """
    match hedge.row:
        case Row.ALMOST | Row.JUST_UNDER | Row.UP_TOWARDS:
            return Interval(low * Fraction(8, 10), high, high_closed=False)
        case Row.JUST_OVER:
            return Interval(low, high * Fraction(125, 100), low_closed=False)
        case Row.ABOUT:
            return Interval(low * Fraction(8, 10), high * Fraction(12, 10))
        case Row.OVER:
            return Interval(low, None, low_closed=False)
        case Row.UNDER:
            return Interval(None, high, high_closed=False)
        case Row.AT_LEAST:
            return Interval(low, None)
        case Row.AT_MOST:
            return Interval(None, high)


class Widths(Struct, frozen=True):
    """How far a row reaches below and above a base."""

    knap: Fraction
    naesten: Fraction
    godt: Fraction
    below: Fraction
    above: Fraction


@lru_cache(maxsize=4096)
def share_widths(share: Fraction, step: Fraction | None = None) -> Widths:
    """Return the widths around a share.

    Args:
        share: percent, between 0 and 100.
        step: its rounding step where it stands in digits; ``None`` for halves, thirds and *a ud af b*.
    """
    middle = min(share, 100 - share)
    narrow, wide = min(_MOST_POINTS, middle * _TENTH), middle * _TENTH
    if middle >= 10:
        narrow, wide = max(narrow, _LEAST_POINTS), max(wide, _LEAST_POINTS)
    if step is not None:
        half = step * Fraction(1, 2)
        narrow, wide = min(narrow, half), min(wide, half)
    almost = max(narrow, min(2 * narrow, share * _TENTH))
    return Widths(narrow, almost, narrow, wide, wide)


@lru_cache(maxsize=4096)
def amount_widths(amount: Fraction, step: Fraction, *, is_count: bool) -> Widths:
    """Return the widths around a count or an amount.

    Args:
        amount: the number.
        step: its rounding step (``rounding_step``).
        is_count: whether whole things are counted.
    """
    size = abs(amount)
    wide = min(step * Fraction(1, 2), size * _TENTH)
    narrow = min(size * Fraction(1, 20), wide)
    if is_count and size >= 10:
        wide, narrow = max(wide, Fraction(1)), max(narrow, Fraction(1))
    almost = max(narrow, min(size * _TENTH, 2 * wide))
    return Widths(narrow, almost, narrow, wide, wide)


def ratio_widths(ratio: Fraction) -> Widths:
    """Return the widths around a ratio: closed under the reciprocal."""
    return Widths(
        ratio - ratio * _NARROW,
        ratio - ratio * _WIDE,
        Fraction(ratio, _NARROW) - ratio,
        ratio - ratio * _WIDE,
        Fraction(ratio, _WIDE) - ratio,
    )


def permitted(row: Row, base: Fraction, widths: Widths) -> Interval:
    """Return the interval that a row permits around a base."""
    match row:
        case Row.JUST_UNDER:
            return Interval(base - widths.knap, base, high_closed=False)
        case Row.ALMOST:
            return Interval(base - widths.naesten, base, high_closed=False)
        case Row.UP_TOWARDS:
            return Interval(base - widths.naesten, base)
        case Row.JUST_OVER:
            return Interval(base, base + widths.godt, low_closed=False)
        case Row.ABOUT:
            return Interval(base - widths.below, base + widths.above)
        case Row.OVER:
            return Interval(base, None, low_closed=False)
        case Row.UNDER:
            return Interval(None, base, high_closed=False)
        case Row.AT_LEAST:
            return Interval(base, None)
        case Row.AT_MOST:
            return Interval(None, base)


def rounding_step(value: Fraction, place: Fraction) -> Fraction:
    """Return the largest of 1, 5, 10, 50, 100 … of the last written place that divides a number.

    Args:
        value: the number: 25, 60, 8500.
        place: the worth of its last written digit.

    Returns:
        5, 10, 500.
    """
    step = place
    if value == 0:
        return step
    best, factor = step, 1
    while factor <= 10**15:
        for candidate in (place * factor, place * factor * 5):
            if Fraction(value, candidate).denominator == 1:
                best = max(best, candidate)
        factor *= 10
    return best


def markdown() -> str:
    """Return the table of widths for the editors' guide, reckoned as claims are."""
    half, double = Fraction(50), Fraction(2)
    lines = [
        "| Ord | Om en andel i procent | Om et antal eller beløb | Om gange |",
        "| --- | --- | --- | --- |",
    ]
    for row, share, amount in _SHOWN:
        shares = share_widths(share, rounding_step(share, Fraction(1)))
        amounts = amount_widths(amount, rounding_step(amount, Fraction(1)), is_count=True)
        cells = (
            f"{row} {print_number(share)}: {_reach(permitted(row, share, shares))}",
            f"{row} {print_number(amount)}: {_reach(permitted(row, amount, amounts))}",
            f"{row} dobbelt så mange: {_reach(permitted(row, double, ratio_widths(double)))}",
        )
        lines.append(f"| {row} | {' | '.join(cells)} |")
    halves, doubles = share_widths(half), ratio_widths(double)
    halved = Interval(half - halves.knap, half + halves.knap)
    doubled = Interval(double - doubles.knap, double + doubles.godt)
    lines.append(
        f"| uden forbehold | halvdelen, hver anden: {_reach(halved)} | "
        f"| dobbelt så mange: {_reach(doubled)} |"
    )
    return "\n".join([*lines, ""])


def _reach(interval: Interval) -> str:
    assert interval.low is not None
    assert interval.high is not None
    return f"{_in_digits(interval.low)} til {_in_digits(interval.high)}"


def _in_digits(value: Fraction) -> str:
    """Return a number rounded to hundredths, which is what a reader of the table can use."""
    hundredths = Fraction(round(value * 100), 100)
    decimals = next(places for places in range(3) if (hundredths * 10**places).denominator == 1)
    return print_number(hundredths, decimals)
