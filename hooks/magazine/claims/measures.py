"""Values, shares, ratios and differences as exact intervals, with what the printed numbers give."""

from __future__ import annotations

from enum import Enum, auto
from fractions import Fraction

from msgspec import Struct

from magazine.claims.facts import Fact
from magazine.intervals import Interval
from magazine.values import Value


class Scale(Enum):
    """Which column of the widths serves a measure."""

    SHARE = auto()
    AMOUNT = auto()
    RATIO = auto()


class Measure(Struct, frozen=True):
    """A number that is known exactly, or within an interval."""

    interval: Interval
    printed: tuple[Fraction, ...]
    """What the printed numbers give; empty where a source hedges."""
    scale: Scale
    is_count: bool = False
    value: Value | None = None
    """As a source prints it; ``None`` for what is computed."""


class NoMeasureError(ValueError):
    """Two values that cannot be brought together; the text says in Danish why."""


def of_value(fact: Fact) -> Measure:
    """Return a published value."""
    scale = Scale.SHARE if fact.is_share else Scale.AMOUNT
    return Measure(fact.value.interval, _printed(fact.value), scale, fact.unit.is_counted, fact.value)


def ratio(above: Fact, below: Fact) -> Measure:
    """Return how many times the one is the other.

    Raises:
        NoMeasureError: where the other may be 0, or a value is below 0.
    """
    over, under = above.value.interval, below.value.interval
    if under.low is None or under.low <= 0:
        raise NoMeasureError("det andet tal kan være 0, så forholdet mellem dem kan ikke regnes ud")
    if over.low is None or over.low < 0:
        raise NoMeasureError("tallet kan være under 0, så forholdet mellem dem kan ikke regnes ud")
    low = Fraction(over.low, under.high) if under.high is not None else Fraction(0)
    high = Fraction(over.high, under.low) if over.high is not None else None
    printed: tuple[Fraction, ...] = ()
    if above.value.hedge is None and below.value.hedge is None:
        ups, downs = _printed(above.value), _printed(below.value)
        printed = tuple(sorted({Fraction(up, down) for up in ups for down in downs}))
    return Measure(Interval(low, high), printed, Scale.RATIO)


def share(part: Fact, whole: Fact) -> Measure:
    """Return a part as a percentage of its whole.

    Raises:
        NoMeasureError: as ``ratio``.
    """
    found = ratio(part, whole)
    assert found.interval.low is not None
    high = None if found.interval.high is None else 100 * found.interval.high
    return Measure(
        Interval(100 * found.interval.low, high), tuple(100 * number for number in found.printed), Scale.SHARE
    )


def inverse(measure: Measure) -> Measure:
    """Return 1/r.

    Raises:
        NoMeasureError: where r may be 0.
    """
    low, high = measure.interval.low, measure.interval.high
    if low is None or low <= 0:
        raise NoMeasureError("tallet kan være 0, så forholdet mellem dem kan ikke regnes ud")
    return Measure(
        Interval(Fraction(0) if high is None else Fraction(1, high), Fraction(1, low)),
        tuple(Fraction(1, number) for number in measure.printed if number > 0),
        Scale.RATIO,
    )


def change(measure: Measure) -> Measure:
    """Return a ratio as a change in percent, without its sign."""
    assert measure.interval.low is not None
    low, high = 100 * (measure.interval.low - 1), measure.interval.high
    top = None if high is None else 100 * (high - 1)
    if low < 0 and top is not None and top <= 0:
        low, top = -top, -low
    elif low < 0:
        top = None if top is None else max(-low, top)
        low = Fraction(0)
    return Measure(
        Interval(low, top), tuple(abs(100 * (number - 1)) for number in measure.printed), Scale.AMOUNT
    )


def difference(one: Fact, other: Fact) -> Interval:
    """Return one minus the other, as an interval."""
    a, b = one.value.interval, other.value.interval
    low = None if a.low is None or b.high is None else a.low - b.high
    high = None if a.high is None or b.low is None else a.high - b.low
    return Interval(low, high)


def printed_difference(one: Fact, other: Fact) -> Fraction:
    """Return the difference of the printed numbers.

    Raises:
        NoMeasureError: where one is a range or hedged.
    """
    for fact in (one, other):
        if fact.value.hedge is not None or fact.value.last is not None:
            raise NoMeasureError(f"kilden skriver «{fact.value.text}», og så kan forskellen ikke regnes ud")
    return one.value.first.value - other.value.first.value


def relative(one: Fact, other: Fact) -> Interval | None:
    """Return the size of the difference as a share of the other, or ``None`` where that cannot be told."""
    try:
        found = change(ratio(one, other))
    except NoMeasureError:
        return None
    return found.interval


def _printed(value: Value) -> tuple[Fraction, ...]:
    if value.hedge is not None:
        return ()
    return (value.first.value,) if value.last is None else (value.first.value, value.last.value)
