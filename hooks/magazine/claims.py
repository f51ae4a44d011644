"""A parsed phrase against what is known: the verdict, and what would be true instead.

All arithmetic is exact. The verdicts and their effects are claims.md's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from magazine.danish.units import Unit
from magazine.hedges import (
    ORDER,
    Hedge,
    Row,
    Widths,
    amount_widths,
    permitted,
    rounding_step,
    share_widths,
)
from magazine.intervals import Interval
from magazine.phrases import SHARES, Amount, Phrase, Quantifier, Share, Span
from magazine.values import Value, print_value

ROUNDED = "beregnet af afrundede tal"
OWN_WORDS = "kildens egne ord"
UNDECIDED = "kildens afrunding afgør det ikke"

#: From here on an approximation should stand before a round number.
_MANY = 13
_ROUND_STEP = 5


class VerdictKind(StrEnum):
    """How a phrase fares."""

    TRUE = "sand"
    FALSE = "falsk"
    UNDECIDED = "uafgjort"
    STRAINED = "anstrengt"


@dataclass(frozen=True)
class Fact:
    """One published value as the judge sees it."""

    value: Value
    unit: Unit
    nouns: tuple[str, ...] = ()
    statistic: str | None = None
    quotation: str | None = None
    period: str = ""
    label: str = ""

    @property
    def is_share(self) -> bool:
        """Whether the value is a percentage between 0 and 100 of something."""
        return self.unit.id == "procent" and not self.statistic and 0 <= self.value.first.value <= 100


@dataclass(frozen=True)
class Facts:
    """What a phrase is judged against."""

    subject: Fact


@dataclass(frozen=True)
class Verdict:
    """What came of it."""

    kind: VerdictKind
    prints: bool
    message: str = ""
    """Why, for the editor."""
    true_phrases: tuple[str, ...] = ()
    """What would be true instead, best first."""
    notes: tuple[str, ...] = ()
    """What readers are told."""


def judge(phrase: Phrase, facts: Facts) -> Verdict:
    """Judge a phrase about one value.

    Args:
        phrase: the parsed words.
        facts: the value.
    """
    fact = facts.subject
    wrong_unit = _unit_fault(phrase, fact)
    if wrong_unit:
        return Verdict(VerdictKind.FALSE, False, wrong_unit, _true_phrases(fact))
    verdict = _judge_base(phrase, fact)
    if verdict.kind is VerdictKind.FALSE:
        return Verdict(verdict.kind, False, verdict.message, _true_phrases(fact))
    if phrase.hedge is not None and verdict.kind is VerdictKind.UNDECIDED and _is_own(phrase, fact):
        return Verdict(VerdictKind.TRUE, True, notes=(OWN_WORDS,))
    return verdict


def _unit_fault(phrase: Phrase, fact: Fact) -> str | None:
    if phrase.unit is not None and phrase.unit.id != fact.unit.id:
        return f"enheden er {fact.unit.plural or 'et antal'}, ikke {phrase.unit.plural or phrase.unit.id}"
    if isinstance(phrase.base, Share | Quantifier) and not fact.is_share:
        return "en andel kan kun siges om et tal i procent"
    return None


def _judge_base(phrase: Phrase, fact: Fact) -> Verdict:
    match phrase.base:
        case Quantifier(permits, misleads):
            return _judge_quantifier(phrase, fact, permits, misleads)
        case Share(percent):
            if phrase.hedge is None:
                widths = share_widths(percent)
                return _judge_interval(phrase, fact, Interval(percent - widths.knap, percent + widths.knap))
            return _judge_interval(phrase, fact, permitted(phrase.hedge.row, percent, share_widths(percent)))
        case Span(first, last):
            if _prints_span(fact.value, first.value, last.value):
                return Verdict(VerdictKind.TRUE, True)
            return _judge_interval(phrase, fact, Interval(first.value, last.value))
        case Amount():
            return _judge_amount(phrase, phrase.base, fact)


def _prints_span(value: Value, first: Fraction, last: Fraction) -> bool:
    return value.last is not None and (value.first.value, value.last.value) == (first, last)


def _judge_amount(phrase: Phrase, base: Amount, fact: Fact) -> Verdict:
    value, number = fact.value, base.number
    if value.hedge is not None:
        return _judge_hedged_source(phrase, base, fact, value.hedge)
    if phrase.hedge is None:
        if phrase.is_precise and not value.exact and _prints(value, base):
            return Verdict(VerdictKind.STRAINED, True, "kilden har afrundet", _true_phrases(fact))
        if _prints(value, base):
            return Verdict(VerdictKind.TRUE, True)
        if not phrase.is_precise and value.last is None and _rounds_to(value, base):
            return Verdict(VerdictKind.TRUE, True)
        return Verdict(VerdictKind.FALSE, False)
    row = phrase.hedge.row
    if value.last is None and value.first.value == number.value:
        if row in (Row.OVER, Row.UNDER):
            return Verdict(VerdictKind.FALSE, False, f"kilden siger {value.text}; skriv {value.text}")
        if row in (Row.AT_LEAST, Row.AT_MOST):
            return Verdict(VerdictKind.TRUE, True)
    verdict = _judge_interval(phrase, fact, permitted(row, number.value, _widths(base, fact)))
    return _strained(verdict, phrase, base)


def _judge_hedged_source(phrase: Phrase, base: Amount, fact: Fact, own: Hedge) -> Verdict:
    """Judge words against a value that its source hedges itself: the hedge belongs to it."""
    same_number = fact.value.first.value == base.number.value
    if (
        phrase.hedge is not None
        and same_number
        and (
            phrase.hedge.row == own.row
            or {phrase.hedge.row, own.row} <= {Row.ALMOST, Row.JUST_UNDER, Row.UP_TOWARDS}
        )
    ):
        return Verdict(VerdictKind.TRUE, True)
    if phrase.hedge is None:
        why = f"kilden skriver «{fact.value.text}», og forbeholdet hører med"
        return Verdict(VerdictKind.FALSE, False, why)
    return _judge_interval(phrase, fact, permitted(phrase.hedge.row, base.number.value, _widths(base, fact)))


def _widths(base: Amount, fact: Fact) -> Widths:
    number = base.number
    step = rounding_step(number.value, number.step)
    if fact.is_share and 0 <= number.value <= 100:
        return share_widths(number.value, step)
    return amount_widths(number.value, step, is_count=fact.unit.is_counted)


def _prints(value: Value, base: Amount) -> bool:
    """Tell whether the words are the printed number: no decimals added or taken away."""
    return (
        value.last is None
        and value.hedge is None
        and value.first.value == base.number.value
        and value.first.decimals == base.number.decimals
    )


def _rounds_to(value: Value, base: Amount) -> bool:
    """Tell whether every number that the value may be rounds to N at N's last written place, half up."""
    number, interval = base.number, value.interval
    if number.in_words and not number.has_multiplier and number.value < 20:
        pass
    half = number.step * Fraction(1, 2)
    return interval.is_inside(Interval(number.value - half, number.value + half, high_closed=False))


def _judge_interval(phrase: Phrase, fact: Fact, permits: Interval) -> Verdict:
    interval = fact.value.interval
    if interval.is_inside(permits):
        return Verdict(VerdictKind.TRUE, True)
    if interval.is_outside(permits):
        return Verdict(VerdictKind.FALSE, False)
    if phrase.hedge is not None and phrase.hedge.row in ORDER:
        return Verdict(VerdictKind.UNDECIDED, False, UNDECIDED, _true_phrases(fact))
    fits = (
        fact.value.hedge is None
        and permits.contains(fact.value.first.value)
        and (fact.value.last is None or permits.contains(fact.value.last.value))
    )
    if fits:
        return Verdict(VerdictKind.UNDECIDED, True, notes=(ROUNDED,))
    return Verdict(VerdictKind.UNDECIDED, False, UNDECIDED, _true_phrases(fact))


def _judge_quantifier(phrase: Phrase, fact: Fact, permits: Interval, misleads: Fraction | None) -> Verdict:
    if permits.is_point and fact.value.last is None:
        fits = fact.value.first.value == permits.low
        return Verdict(VerdictKind.TRUE if fits else VerdictKind.FALSE, fits)
    interval = fact.value.interval
    if interval.is_outside(permits):
        return Verdict(VerdictKind.FALSE, False)
    if not interval.is_inside(permits):
        return Verdict(VerdictKind.UNDECIDED, False, UNDECIDED, _true_phrases(fact))
    if misleads is not None and interval.high is not None and interval.high <= misleads:
        return Verdict(
            VerdictKind.STRAINED,
            True,
            f"«{phrase.words}» lyder af mere end {fact.value.text} procent",
            _true_phrases(fact),
        )
    return Verdict(VerdictKind.TRUE, True)


def _strained(verdict: Verdict, phrase: Phrase, base: Amount) -> Verdict:
    """Return a true verdict as strained where an approximation stands before a number that is not round."""
    assert phrase.hedge is not None
    number = base.number
    uneven = number.value >= _MANY and rounding_step(number.value, number.step) < _ROUND_STEP * number.step
    if verdict.kind is VerdictKind.TRUE and uneven and phrase.hedge.row not in ORDER:
        return Verdict(VerdictKind.STRAINED, True, f"«{phrase.hedge.words}» bør stå foran et rundt tal")
    return verdict


def _is_own(phrase: Phrase, fact: Fact) -> bool:
    return bool(fact.quotation) and " ".join(phrase.words.casefold().split()) in " ".join(
        (fact.quotation or "").casefold().split()
    )


def _true_phrases(fact: Fact) -> tuple[str, ...]:
    """Return phrases of the lexicon that would be true: the printed number, then a share in words."""
    return (print_value(fact.value, fact.unit), *list(_true_shares(fact))[:2])


def _true_shares(fact: Fact) -> Iterator[str]:
    if not fact.is_share or fact.value.hedge is not None:
        return
    for row in (None, Row.ALMOST, Row.JUST_UNDER, Row.JUST_OVER):
        for name, percent in SHARES.items():
            widths = share_widths(percent)
            permits = (
                Interval(percent - widths.knap, percent + widths.knap)
                if row is None
                else permitted(row, percent, widths)
            )
            if fact.value.interval.is_inside(permits):
                yield name if row is None else f"{row} {name}"
