"""Which phrase, when the build chooses: for filled-in claims, and for what would be true instead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction

from magazine.claims.facts import Against, Fact, Facts
from magazine.claims.measures import (
    Measure,
    NoMeasureError,
    change,
    difference,
    of_value,
    printed_difference,
    ratio,
    share,
)
from magazine.claims.pairs import (
    is_about_the_same,
    older_and_newer,
    print_decimals,
    print_step,
    printed_is_equal,
    unit_fault,
)
from magazine.claims.quantities import UNDECIDED
from magazine.danish.numbers import ONES, ORDINALS, parse_number
from magazine.hedges import Row, Widths, permitted, ratio_widths, share_widths
from magazine.intervals import Interval
from magazine.phrases import (
    Amount,
    Direction,
    Phrase,
    Role,
    Sameness,
    Share,
    Superlative,
    TargetStanding,
    Times,
)
from magazine.values import print_value

_HALF, _HALF_MORE, _TWO_AND_HALF = Fraction(1, 2), Fraction(3, 2), Fraction(5, 2)
#: The order in which a ratio looks for its base.
_RATIOS: tuple[tuple[Fraction, str], ...] = (
    (Fraction(2), "dobbelt så"),
    (_HALF, "halvt så"),
    *((Fraction(n), f"{ONES[n]} gange så") for n in range(3, 11)),
    (_HALF_MORE, "halvanden gang så"),
    (_TWO_AND_HALF, "2½ gange så"),
)
_CLOSE = (Row.ALMOST, Row.JUST_UNDER, Row.JUST_OVER)
#: *Mere end halvt så* is said up to here, *mere end ti gange så* up to there.
_HALF_UNTIL, _TEN_UNTIL = Fraction(3, 4), Fraction(20)
_DENOMINATORS = range(2, 11)


def times_words(measure: Measure, degree: str = "mange", *, about_the_same: bool = False) -> str:
    """Return a ratio in words: ``næsten dobbelt så mange``.

    Args:
        measure: the ratio.
        degree: what follows *så*.
        about_the_same: whether *omtrent lige så* is true of the two.
    """
    value = measure.interval
    if about_the_same:
        return f"omtrent lige så {degree}"
    for base, words in _RATIOS:
        found = _near(measure, base, f"{words} {degree}", ratio_widths(base))
        if found:
            return found
    lower = max((base for base, _ in _RATIOS if value.low is not None and base <= value.low), default=None)
    above = {_HALF: _HALF_UNTIL, Fraction(10): _TEN_UNTIL}.get(lower or Fraction(0))
    if lower is not None and value.high is not None and (above is None or value.high < above):
        return f"mere end {dict(_RATIOS)[lower]} {degree}"
    for base, words in _RATIOS:
        if value.is_inside(permitted(Row.ABOUT, base, ratio_widths(base))):
            return f"omkring {words} {degree}"
    if not measure.printed:
        raise NoMeasureError(UNDECIDED)
    return f"{_to_the_first_true_decimal(measure.printed[0])} gange så {degree}"


def _to_the_first_true_decimal(number: Fraction) -> str:
    """Return a ratio with one decimal, or with more where one is too coarse: 0,33."""
    for decimals in (1, 2, 3):
        printed = print_decimals(number, decimals)
        read = parse_number(printed).value
        widths = ratio_widths(read)
        if Interval(read - widths.knap, read + widths.godt).contains(number):
            return printed
    raise NoMeasureError("forholdet er for lille til at siges i gange")


def share_words(measure: Measure) -> str:
    """Return a share in words: ``to ud af tre``, ``knap halvdelen``."""
    value = measure.interval
    for base, words in _shares():
        found = _near(measure, base, words, share_widths(base))
        if found:
            return found
    for base, words in _shares():
        if value.is_inside(permitted(Row.ABOUT, base, share_widths(base))):
            return f"omkring {words}"
    if not measure.printed:
        raise NoMeasureError(UNDECIDED)
    if measure.value is not None:
        return f"{measure.value.text} procent"
    return f"{print_decimals(measure.printed[0], 0)} procent"


def _near(measure: Measure, base: Fraction, words: str, widths: Widths) -> str | None:
    value = measure.interval
    plain = Interval(base - widths.knap, base + widths.godt)
    fits = bool(measure.printed) and all(plain.contains(number) for number in measure.printed)
    if value.contains(base) and (fits or value.is_inside(plain)):
        return words
    for row in _CLOSE:
        if value.is_inside(permitted(row, base, widths)):
            return f"{row} {words}"
    return None


def _shares() -> Iterator[tuple[Fraction, str]]:
    ordinals = {number: word for word, number in ORDINALS.items()}
    for denominator in _DENOMINATORS:
        for numerator in range(1, denominator):
            if Fraction(numerator, denominator).denominator != denominator:
                continue
            percent = Fraction(100 * numerator, denominator)
            if denominator == 2:
                yield percent, "halvdelen"
            elif numerator == 1:
                yield percent, f"hver {ordinals[denominator]}"
            else:
                yield percent, f"{ONES[numerator]} ud af {ONES[denominator]}"


def difference_words(facts: Facts) -> str:
    """Return the printed difference: ``29 procentpoint over målet``, ``9 flere``.

    Raises:
        NoMeasureError: where it cannot be told.
    """
    subject, other = facts.subject, facts.other
    if other is None:
        raise NoMeasureError("der er intet at sammenligne med")
    if facts.two_bases:
        raise NoMeasureError(f"forskellen kan ikke regnes ud: {facts.two_bases}")
    step = printed_difference(subject, other)
    if facts.against is Against.TARGET:
        if step == 0:
            return "på målet"
        return f"{print_step(abs(step), subject)} {'over' if step > 0 else 'under'} målet"
    if step == 0:
        return "det samme"
    return f"{print_step(abs(step), subject)} {_comparative(subject, step)}"


def _comparative(fact: Fact, step: Fraction) -> str:
    if fact.unit.id in ("procent", "kroner i timen", "procentpoint", "point"):
        return "højere" if step > 0 else "lavere"
    if fact.unit.id in ("antal", "mandater"):
        return "flere" if step > 0 else "færre"
    return "mere" if step > 0 else "mindre"


def verdict_words(facts: Facts) -> str:
    """Return ``over målet``, ``på målet`` or ``under målet``.

    Raises:
        NoMeasureError: where there is no target, or rounding hides it.
    """
    if facts.against is not Against.TARGET or facts.other is None:
        raise NoMeasureError("der skal være et mål. Skriv «mod=mål»")
    if printed_is_equal(facts.subject, facts.other):
        return "på målet"
    between = difference(facts.subject, facts.other)
    if between.is_inside(Interval(Fraction(0), None, low_closed=False)):
        return "over målet"
    if between.is_inside(Interval(None, Fraction(0), high_closed=False)):
        return "under målet"
    raise NoMeasureError(UNDECIDED)


def choose(form: str, facts: Facts, degree: str = "mange") -> str:
    """Return the words of a filled-in claim.

    Args:
        form: ``gange``, ``forskel``, ``dom`` or ``andel``.
        facts: the values.
        degree: what follows *så*.

    Raises:
        NoMeasureError: where no phrase of that form is true.
    """
    fault = unit_fault(facts)
    if fault:
        raise NoMeasureError(fault)
    match form:
        case "gange":
            if facts.other is None:
                raise NoMeasureError("der er intet at sammenligne med")
            if facts.two_bases:
                raise NoMeasureError(f"tallene hviler ikke på det samme: {facts.two_bases}")
            same = is_about_the_same(facts.subject, facts.other)
            return times_words(ratio(facts.subject, facts.other), degree, about_the_same=same)
        case "forskel":
            return difference_words(facts)
        case "dom":
            return verdict_words(facts)
        case _:
            if facts.share_of is not None:
                return share_words(share(facts.subject, facts.share_of))
            if not facts.subject.is_share or facts.subject.value.hedge is not None:
                raise NoMeasureError("en andel kan kun siges om et tal i procent, eller med «af=»")
            return share_words(of_value(facts.subject))


def true_phrases(phrase: Phrase, facts: Facts) -> tuple[str, ...]:
    """Return phrases that would be true instead, best first.

    Args:
        phrase: what was said.
        facts: the values.
    """
    found: list[str] = []
    with suppress(NoMeasureError):
        found += _candidates(phrase, facts)
    said = " ".join(phrase.words.casefold().split())
    return tuple(dict.fromkeys(words for words in found if words and words.casefold() != said))


def _candidates(phrase: Phrase, facts: Facts) -> Iterator[str]:
    subject, other = facts.subject, facts.other
    if other is None and phrase.compares:
        return
    if isinstance(phrase.relation, Superlative):
        yield from _superlatives(phrase.relation.sign, facts)
        return
    if any(isinstance(quantity.base, Times) for quantity in phrase.quantities) and other is not None:
        found = ratio(subject, other)
        degree = _degree_of(phrase)
        yield _as_said(phrase, times_words(found, degree, about_the_same=is_about_the_same(subject, other)))
        if found.printed:
            yield f"{_to_the_first_true_decimal(found.printed[0])} gange så {degree}"
        return
    if isinstance(phrase.relation, TargetStanding) and facts.against is Against.TARGET:
        if phrase.quantities:
            yield difference_words(facts)
        yield verdict_words(facts)
        return
    if isinstance(phrase.relation, Direction) and other is not None:
        yield from _directions(phrase, facts)
        return
    if isinstance(phrase.relation, Sameness) and other is not None:
        yield difference_words(facts)
        return
    roles = [quantity.role for quantity in phrase.quantities]
    if Role.AGAINST in roles and other is not None:
        yield f"{print_value(subject.value, subject.unit)} mod {print_value(other.value, other.unit)}"
        return
    if Role.MISSING in roles and other is not None:
        yield f"mangler {print_step(abs(printed_difference(subject, other)), subject)}"
        return
    if facts.share_of is not None:
        whole = facts.share_of
        found = share(subject, whole)
        if any(isinstance(quantity.base, Share) for quantity in phrase.quantities):
            yield f"{subject.value.text} ud af {whole.value.text}"
            yield share_words(found)
        if found.printed:
            lead = "svarende til " if Role.SHARE in roles else ""
            yield f"{lead}{print_decimals(found.printed[0], 1)} procent"
        return
    if other is not None:
        yield from _step(phrase, facts, other)
    yield from _of_one_value(phrase, subject)


def _step(phrase: Phrase, facts: Facts, other: Fact) -> Iterator[str]:
    """Yield the difference where a phrase gives it without a word for it, as in *en stigning på [12]*."""
    with suppress(NoMeasureError):
        step = abs(printed_difference(facts.subject, other))
        for quantity in phrase.quantities:
            is_step = isinstance(quantity.base, Amount) and quantity.base.number.value == step
            in_points = quantity.unit is not None and quantity.unit.id == "procentpoint"
            if is_step or (in_points and facts.subject.unit.id == "procent"):
                yield difference_words(facts)


def _superlatives(sign: int, facts: Facts) -> Iterator[str]:
    """Yield since when a value is the highest, or that it is so of all."""
    subject = facts.subject
    if facts.broken or not facts.series or subject.period is None:
        return
    word = "højeste" if sign > 0 else "laveste"
    earlier = [one for one in facts.series if one.period and one.period.last < subject.period.last]
    if len(earlier) != len(facts.series):
        return
    for steps, one in enumerate(reversed(earlier)):
        step = sign * printed_difference(subject, one)
        if step > 0:
            continue
        if steps > 0 and step < 0 and one.period is not None and one.period.kind == "år":
            yield f"det {word} siden {one.period.print()}"
        return
    if len(earlier) > 1:
        yield f"det {word} nogensinde"


def _as_said(phrase: Phrase, words: str) -> str:
    """Return *fordoblet* for *dobbelt så mange* where the phrase was said so."""
    if " så " in phrase.words or any(
        base.inverted for q in phrase.quantities if isinstance(base := q.base, Times)
    ):
        return words
    return words.replace("dobbelt så mange", "fordoblet")


def _degree_of(phrase: Phrase) -> str:
    words = phrase.words.split()
    if "så" in words and words.index("så") + 1 < len(words):
        return words[words.index("så") + 1]
    return "mange"


def _directions(phrase: Phrase, facts: Facts) -> Iterator[str]:
    assert isinstance(phrase.relation, Direction)
    assert facts.other is not None
    relation = phrase.relation
    base, subject = facts.other, facts.subject
    ends = any(quantity.role in (Role.FROM, Role.TO) for quantity in phrase.quantities)
    if relation.in_time or ends:
        ordered = older_and_newer(facts)
        if ordered is None:
            yield difference_words(facts)
            return
        base, subject = ordered
    step = printed_difference(subject, base)
    if step == 0:
        yield "uændret" if relation.in_time else "det samme"
        return
    verb = ("steget" if step > 0 else "faldet") if relation.in_time or ends else ""
    if ends:
        yield f"{verb} fra {base.value.text} til {print_value(subject.value, subject.unit)}"
    if any(_is_percent(quantity) for quantity in phrase.quantities) and subject.unit.id != "procent":
        percent = change(ratio(subject, base))
        if percent.printed:
            number = f"{print_decimals(percent.printed[0], 0)} procent"
            yield f"{verb} med {number}" if verb else f"{number} {_comparative(subject, step)}"
    if facts.two_bases:
        return
    told = print_step(abs(step), subject)
    yield f"{verb} med {told}" if verb else f"{told} {_comparative(subject, step)}"
    if not phrase.quantities:
        yield verb or _comparative(subject, step)


def _is_percent(quantity: object) -> bool:
    unit = getattr(quantity, "unit", None)
    return unit is not None and unit.id == "procent"


def _of_one_value(phrase: Phrase, fact: Fact) -> Iterator[str]:
    yield print_value(fact.value, fact.unit)
    if not fact.is_share or fact.value.hedge is not None:
        return
    if isinstance(phrase.base, Amount) and phrase.hedge is None:
        return
    yield share_words(of_value(fact))
