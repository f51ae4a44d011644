"""[hedge] base against a measure: the table of bases and hedges, row by row."""

from __future__ import annotations

from fractions import Fraction

from magazine.claims.facts import FALSE, TRUE, Verdict, VerdictKind, false, strained
from magazine.claims.measures import Measure, Scale
from magazine.danish.numbers import Number
from magazine.hedges import (
    ORDER,
    Hedge,
    Row,
    Widths,
    amount_widths,
    permitted,
    ratio_widths,
    rounding_step,
    share_widths,
)
from magazine.intervals import Interval
from magazine.phrases import Amount, Degree, Quantifier, Quantity, Share, Span, Times

ROUNDED = "beregnet af afrundede tal"
UNDECIDED = "kildens afrunding afgør det ikke"

#: From here on an approximation should stand before a round number.
_MANY = 13
_ROUND_STEP = 5

_THIRD = Fraction(100, 3)
_PERCENT_STONES = tuple(
    Fraction(stone) for stone in (5, 10, 20, 25, 30, _THIRD, 40, 50, 60, 2 * _THIRD, 70, 75, 80, 90, 95)
)
_COUNT_STONES = tuple(Fraction(stone) for stone in (1, 2, 3, 5, Fraction(15, 2)))
_DOUBLE_UNTIL = Fraction(5, 2)
_UNDER_ALL = frozenset({Row.ALMOST, Row.JUST_UNDER, Row.UP_TOWARDS})
_BIG = Fraction(10)


def judge_quantity(quantity: Quantity, measure: Measure) -> Verdict:
    """Judge a hedged base by a measure.

    Args:
        quantity: what is said.
        measure: what is known.
    """
    base, hedge = quantity.base, quantity.hedge
    own = measure.value.hedge if measure.value is not None else None
    if quantity.is_precise and isinstance(base, Share | Times):
        return _judge_precise(base.percent if isinstance(base, Share) else base.factor, measure)
    match base:
        case Quantifier():
            return _judge_quantifier(quantity, base, measure)
        case Share(percent):
            if hedge is None:
                return judge_interval(share_interval(percent), measure)
            return _judge_hedged(quantity, hedge, percent, share_widths(percent), measure)
        case Times(factor):
            if hedge is None:
                widths = ratio_widths(factor)
                return judge_interval(Interval(factor - widths.knap, factor + widths.godt), measure)
            return _judge_hedged(quantity, hedge, factor, ratio_widths(factor), measure)
        case Span():
            return _judge_span(quantity, base, measure)
        case Amount(number):
            if own is not None:
                return _judge_by_hedged_source(quantity, number, measure, own)
            if hedge is None:
                return _judge_plain(quantity, number, measure)
            verdict = _judge_hedged(quantity, hedge, number.value, _widths(number, measure), measure)
            return _before_a_round_number(verdict, hedge, number)


def share_interval(percent: Fraction) -> Interval:
    """Return what a share in words permits."""
    width = share_widths(percent).knap
    return Interval(percent - width, percent + width)


def judge_interval(permits: Interval, measure: Measure, *, order: bool = False) -> Verdict:
    """Judge by an interval that a phrase permits.

    Args:
        permits: the numbers for which the phrase is true.
        measure: what is known.
        order: whether the phrase is about order, where rounding must not decide.
    """
    if measure.interval.is_inside(permits):
        return TRUE
    if measure.interval.is_outside(permits):
        return FALSE
    if not order and measure.printed and all(permits.contains(number) for number in measure.printed):
        return Verdict(VerdictKind.UNDECIDED, True, notes=(ROUNDED,))
    return Verdict(VerdictKind.UNDECIDED, False, UNDECIDED)


def _judge_plain(quantity: Quantity, number: Number, measure: Measure) -> Verdict:
    if measure.value is not None and _prints(measure.value.first, number) and measure.value.last is None:
        if quantity.is_precise and not measure.value.exact:
            return strained("kilden har afrundet", f"{measure.value.text}")
        return TRUE
    if quantity.is_precise:
        exactly = measure.interval.is_point and measure.interval.low == number.value
        return TRUE if exactly else FALSE
    half = number.step * Fraction(1, 2)
    rounds = Interval(number.value - half, number.value + half, high_closed=False)
    if measure.value is None:
        return judge_interval(rounds, measure)
    return TRUE if measure.value.last is None and measure.interval.is_inside(rounds) else FALSE


def _judge_precise(base: Fraction, measure: Measure) -> Verdict:
    """Judge *præcis halvdelen*: only an exact value is so exactly."""
    if measure.interval.is_point:
        return TRUE if measure.interval.low == base else FALSE
    return strained("kilden har afrundet") if measure.printed == (base,) else FALSE


def _prints(printed: Number, number: Number) -> bool:
    """Tell whether the words are the printed number: no decimals added or taken away."""
    return printed.value == number.value and printed.decimals == number.decimals


def _judge_hedged(
    quantity: Quantity, hedge: Hedge, base: Fraction, widths: Widths, measure: Measure
) -> Verdict:
    row = hedge.row
    verdict = judge_interval(permitted(row, base, widths), measure, order=row in ORDER)
    if measure.printed == (base,) and measure.scale is not Scale.RATIO:
        who = "kilden siger" if measure.value is not None else "det er netop"
        says = f"{who} {_said(measure, quantity)}; skriv {_said(measure, quantity)}"
        if row in (Row.OVER, Row.UNDER) and verdict is not TRUE:
            return false(says)
        if row in (Row.AT_LEAST, Row.AT_MOST):
            return TRUE
        if row is Row.UP_TOWARDS:
            return strained(says)
    if row in (Row.OVER, Row.UNDER) and verdict is TRUE:
        return _within_the_next_milestone(quantity, row, base, measure)
    return verdict


def _said(measure: Measure, quantity: Quantity) -> str:
    number = measure.value.text if measure.value is not None else " ".join(n.text for n in quantity.numbers)
    return number or "netop det"


def _within_the_next_milestone(quantity: Quantity, row: Row, base: Fraction, measure: Measure) -> Verdict:
    """Return that *over 50* misleads of 83: a reader expects the number to be the next round one."""
    stone = _milestone(base, measure.scale, upwards=row is Row.OVER)
    if stone is not None:
        if measure.scale is Scale.RATIO:
            beyond = Interval(stone, None)
        elif row is Row.OVER:
            beyond = Interval(stone, None, low_closed=False)
        else:
            beyond = Interval(None, stone, high_closed=False)
        if measure.interval.is_inside(beyond) and quantity.degree is None:
            return strained(f"«{quantity.words}» lader læseren tro, at tallet ligger nærmere")
    if quantity.degree is Degree.MUCH:
        near = Interval(base - Fraction(base, _BIG), base + Fraction(base, _BIG))
        if measure.interval.is_inside(near):
            return strained(f"«{quantity.words}» lyder af mere end de højst 10 procent, der er til forskel")
    return TRUE


def _milestone(base: Fraction, scale: Scale, *, upwards: bool) -> Fraction | None:
    if scale is Scale.RATIO:
        return _DOUBLE_UNTIL if base == 2 and upwards else None
    if scale is Scale.SHARE:
        stones = list(_PERCENT_STONES)
    else:
        power = 10 ** max(len(str(int(abs(base)))) - 1, 0)
        stones = [
            stone * scale_ for scale_ in (Fraction(power, 10), power, 10 * power) for stone in _COUNT_STONES
        ]
    if upwards:
        return next((stone for stone in stones if stone > base), None)
    return next((stone for stone in reversed(stones) if stone < base), None)


def _judge_span(quantity: Quantity, base: Span, measure: Measure) -> Verdict:
    value = measure.value
    ends = (base.first.value, base.last.value)
    one, other = base.first_hedge or quantity.hedge, base.last_hedge or quantity.hedge
    if value is not None and value.last is not None and (value.first.value, value.last.value) == ends:
        # «cirka 2-3» and «cirka to til tre» are one: the hedge before the first end belongs to both.
        said = None if one is None else one.row
        if said == (value.hedge.row if value.hedge else None) and base.last_hedge in (None, base.first_hedge):
            return TRUE
    if value is not None and value.hedge is not None and one is None and other is None:
        return false(f"kilden skriver «{value.text}», og forbeholdet hører med")
    low = Interval(base.first.value, None)
    if one is not None:
        low = permitted(one.row, base.first.value, _widths(base.first, measure))
    high = Interval(None, base.last.value)
    if other is not None:
        high = permitted(other.row, base.last.value, _widths(base.last, measure))
    return judge_interval(Interval(low.low, high.high, low.low_closed, high.high_closed), measure)


def _judge_by_hedged_source(quantity: Quantity, number: Number, measure: Measure, own: Hedge) -> Verdict:
    """Judge words by a value that its source hedges itself: the hedge belongs to it."""
    assert measure.value is not None
    hedge = quantity.hedge
    if hedge is None:
        return false(f"kilden skriver «{measure.value.text}», og forbeholdet hører med")
    same_number = measure.value.first.value == number.value and measure.value.last is None
    if same_number and (hedge.row == own.row or {hedge.row, own.row} <= _UNDER_ALL):
        return TRUE
    widths = _widths(number, measure)
    return judge_interval(permitted(hedge.row, number.value, widths), measure, order=hedge.row in ORDER)


def _widths(number: Number, measure: Measure) -> Widths:
    step = rounding_step(number.value, number.step)
    if measure.scale is Scale.RATIO:
        return ratio_widths(number.value)
    if measure.scale is Scale.SHARE and 0 <= number.value <= 100:
        return share_widths(number.value, step)
    return amount_widths(number.value, step, is_count=measure.is_count)


def _judge_quantifier(quantity: Quantity, base: Quantifier, measure: Measure) -> Verdict:
    if base.permits.is_point and measure.printed:
        return TRUE if measure.printed == (base.permits.low,) else FALSE
    verdict = judge_interval(base.permits, measure, order=base.misleads_below is not None)
    misled = Interval(None, base.misleads_below, high_closed=False)
    if verdict is TRUE and base.misleads_below is not None and measure.interval.is_inside(misled):
        return strained(f"«{quantity.words}» lyder af mere end {_said(measure, quantity)} procent")
    return verdict


def _before_a_round_number(verdict: Verdict, hedge: Hedge, number: Number) -> Verdict:
    """Return a true verdict as strained where an approximation stands before a number that is not round."""
    uneven = number.value >= _MANY and rounding_step(number.value, number.step) < _ROUND_STEP
    if verdict is TRUE and uneven and hedge.row not in ORDER:
        return strained(f"«{hedge.words}» bør stå foran et rundt tal")
    return verdict
