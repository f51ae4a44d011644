"""Two values beside each other: how far apart, in which order, printed how."""

from __future__ import annotations

from fractions import Fraction

from magazine.claims.facts import Fact, Facts, Verdict, VerdictKind, false
from magazine.claims.measures import (
    Measure,
    NoMeasureError,
    Scale,
    change,
    of_value,
    printed_difference,
    ratio,
)
from magazine.claims.quantities import judge_quantity
from magazine.danish.numbers import print_number
from magazine.danish.units import UNITS
from magazine.intervals import Interval
from magazine.phrases import Quantity
from magazine.values import print_value

_LOOSE_POINTS = Fraction(1)
_LOOSE = Fraction(2, 100)
POSITIVE = Interval(Fraction(0), None, low_closed=False)
NEGATIVE = Interval(None, Fraction(0), high_closed=False)
NOT_POSITIVE = Interval(None, Fraction(0))
NOT_NEGATIVE = Interval(Fraction(0), None)


def older_and_newer(facts: Facts) -> tuple[Fact, Fact] | None:
    """Return the two in the order of time, or ``None`` where they are of one period."""
    other = facts.other
    assert other is not None
    if facts.subject.period is None or other.period is None or facts.subject.period == other.period:
        return None
    if facts.subject.period.last >= other.period.last:
        return other, facts.subject
    return facts.subject, other


def change_in_percent(facts: Facts) -> Fraction | None:
    """Return how many percent the newer value differs from the older, by the printed numbers."""
    assert facts.other is not None
    older, newer = older_and_newer(facts) or (facts.other, facts.subject)
    printed = change(ratio(newer, older)).printed
    return printed[0] if printed else None


def unit_fault(facts: Facts) -> str | None:
    """Return why the values cannot be compared, or ``None``: people and seats are both counted."""
    ids = {"antal" if fact.unit.id == "mandater" else fact.unit.id for fact in (facts.subject, *facts.others)}
    return "de to tal har ikke samme enhed" if len(ids) > 1 else None


def printed_is_equal(one: Fact, other: Fact) -> bool:
    """Tell whether the printed numbers are equal."""
    try:
        return printed_difference(one, other) == 0
    except NoMeasureError:
        return False


def is_about_the_same(one: Fact, other: Fact) -> bool:
    """Tell whether two printed numbers lie within 1 point (of percentages) or 2 percent."""
    try:
        step = abs(printed_difference(one, other))
    except NoMeasureError:
        return False
    if one.unit.id == "procent":
        return step <= _LOOSE_POINTS
    return step <= abs(other.value.first.value) * _LOOSE


def print_step(step: Fraction, fact: Fact) -> str:
    """Return a difference of two printed values of a unit: ``29 procentpoint``, ``2 mio. kroner``."""
    unit = UNITS["procentpoint"] if fact.unit.id == "procent" else fact.unit
    number = _in_notation(step, fact)
    word = unit.singular if step == 1 else unit.plural
    if not word and fact.nouns:
        word = fact.nouns[0] if step == 1 else fact.nouns[-1]
    return f"{number} {word}".strip()


def _in_notation(step: Fraction, fact: Fact) -> str:
    """Return a difference as the values are written: in millions where they are."""
    first = fact.value.first
    if first.has_multiplier:
        multiplier = first.text.rpartition(" ")[2]
        factor = 10**9 if multiplier.startswith(("mia", "milliard")) else 10**6
        if first.step <= factor and multiplier.startswith(("mi",)):
            return f"{print_decimals(Fraction(step, factor), 1)} {multiplier}"
    return print_decimals(step, 2)


def print_decimals(value: Fraction, most: int) -> str:
    """Return a number with as many decimals as it has, and at most so many, rounded half up.

    Args:
        value: the number.
        most: the most decimals.
    """
    for decimals in range(most + 1):
        scaled = abs(value) * 10**decimals
        if scaled.denominator == 1 or decimals == most:
            rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
            return print_number(Fraction(rounded, 10**decimals) * (-1 if value < 0 else 1), decimals)
    return print_number(value)


def judge_end(quantity: Quantity, fact: Fact, which: str) -> Verdict:
    """Judge A or B of *fra A til B* and *A mod B*."""
    if quantity.unit is not None and quantity.unit.id != fact.unit.id:
        return false(f"enheden er {fact.unit.plural or 'et antal'}, ikke {quantity.unit.plural or 'antal'}")
    if quantity.year is not None and not in_year(fact, quantity.year):
        return false(
            f"{which} er fra {fact.period.print() if fact.period else 'en anden periode'}, ikke "
            f"fra {quantity.year}"
        )
    verdict = judge_quantity(quantity, of_value(fact))
    if verdict.kind is VerdictKind.FALSE and not verdict.message:
        return false(f"{which} er {print_value(fact.value, fact.unit)}")
    return verdict


def in_year(fact: Fact, year: int) -> bool:
    """Tell whether a fact is about a year, or about a time with the year in it."""
    return fact.period is None or fact.period.first.year <= year <= fact.period.last.year


def is_and_is(subject: Fact, base: Fact) -> str:
    """Return ``59 procent mod 30 procent``."""
    return f"{print_value(subject.value, subject.unit)} mod {print_value(base.value, base.unit)}"


def unprinted(interval: Interval) -> Measure:
    """Return an interval of which only the order counts: no printed number can settle it."""
    return Measure(interval, (), Scale.AMOUNT)
