"""Two values or more against what a phrase says of them: the table of relations, row by row."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from magazine.claims.facts import (
    FALSE,
    TRUE,
    Against,
    Fact,
    Facts,
    Verdict,
    VerdictKind,
    false,
    strained,
    worst,
)
from magazine.claims.measures import (
    Measure,
    NoMeasureError,
    Scale,
    change,
    difference,
    of_value,
    printed_difference,
    ratio,
    relative,
)
from magazine.claims.quantities import UNDECIDED, judge_interval, judge_quantity
from magazine.danish.lists import listed
from magazine.danish.numbers import print_number
from magazine.danish.units import UNITS
from magazine.intervals import Interval
from magazine.phrases import (
    Amount,
    Degree,
    Direction,
    MeanStanding,
    Phrase,
    Quantifier,
    Quantity,
    Rank,
    Rest,
    Role,
    Sameness,
    Scope,
    Share,
    Standing,
    Superlative,
    TargetStanding,
    Times,
)
from magazine.values import print_value

_LITTLE = Fraction(15, 100)
_MUCH = Fraction(10, 100)
_LOOSE_POINTS = Fraction(1)
_LOOSE = Fraction(2, 100)
_SERIES = 3
_SET = 2

_POSITIVE = Interval(Fraction(0), None, low_closed=False)
_NEGATIVE = Interval(None, Fraction(0), high_closed=False)
_NOT_POSITIVE = Interval(None, Fraction(0))
_NOT_NEGATIVE = Interval(Fraction(0), None)


def judge_relation(phrase: Phrase, facts: Facts) -> Verdict:
    """Judge what a phrase says of two or more values; its quantities are judged with it.

    Args:
        phrase: with a relation.
        facts: the values.
    """
    match phrase.relation:
        case Direction():
            return _judge_direction(phrase, phrase.relation, facts)
        case Sameness(loose):
            return _judge_sameness(phrase, facts, loose=loose)
        case TargetStanding(standing):
            return _judge_target(phrase, facts, standing)
        case MeanStanding(sign):
            return _judge_mean(phrase, facts, sign)
        case Superlative():
            return _judge_superlative(phrase.relation, facts)
        case Rank(place):
            return _judge_rank(facts, place)
        case Rest():
            return _judge_rest(phrase, facts)
        case None:
            return TRUE


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


# Greater and smaller.


def _judge_direction(phrase: Phrase, relation: Direction, facts: Facts) -> Verdict:
    other = facts.other
    assert other is not None
    base, subject = other, facts.subject
    if relation.in_time or any(quantity.role in (Role.FROM, Role.TO) for quantity in phrase.quantities):
        ordered = older_and_newer(facts)
        if ordered is None:
            return false(
                f"«{phrase.words}» fortæller om en ændring, men begge tal er fra samme periode. Skriv "
                "«højere», «flere», «lavere» eller «færre»"
            )
        base, subject = ordered
    verdicts = [_judge_sign(phrase, relation.sign, subject, base)]
    difference_stated = False
    roles = [quantity.role for quantity in phrase.quantities]
    for quantity in phrase.quantities:
        match quantity.role:
            case Role.PLAIN if Role.BY in roles and not isinstance(quantity.base, Share):
                # «25 procent, et fald på 3 procentpoint»
                verdicts.append(_judge_end(quantity, facts.subject, "tallet"))
            case Role.FROM:
                verdicts.append(_judge_end(quantity, base, "det ældste tal"))
            case Role.TO:
                verdicts.append(_judge_end(quantity, subject, "det nyeste tal"))
            case Role.AGAINST:
                verdicts.append(_judge_end(quantity, base, "det andet tal"))
            case _:
                difference_stated = True
                verdicts.append(_judge_step(quantity, relation.sign, subject, base))
    if facts.two_bases and difference_stated:
        return false(f"forskellen kan ikke regnes ud: {facts.two_bases}")
    return worst(verdicts)


def _judge_sign(phrase: Phrase, sign: int, subject: Fact, base: Fact) -> Verdict:
    if sign == 0:
        return TRUE
    between = difference(subject, base)
    if phrase.is_negated:
        permits = _NOT_POSITIVE if sign > 0 else _NOT_NEGATIVE
    else:
        permits = _POSITIVE if sign > 0 else _NEGATIVE
    stated = any(quantity.role is not Role.AGAINST for quantity in phrase.quantities)
    if stated and not phrase.is_negated:
        # With numbers the row is judged as printed.
        try:
            step = printed_difference(subject, base)
        except NoMeasureError:
            return judge_interval(permits, _plain_measure(between), order=True)
        if not permits.contains(step):
            return false(_is_and_is(subject, base))
    else:
        verdict = judge_interval(permits, _plain_measure(between), order=True)
        if verdict is not TRUE:
            return verdict if verdict.message else replace(verdict, message=_is_and_is(subject, base))
    return _judge_degree(phrase, subject, base)


def _judge_degree(phrase: Phrase, subject: Fact, base: Fact) -> Verdict:
    size = relative(subject, base)
    if phrase.degree is None or size is None:
        return TRUE
    if phrase.degree is Degree.LITTLE and size.is_inside(Interval(_LITTLE * 100, None, low_closed=False)):
        return strained(f"«{phrase.words}» lyder af mindre: forskellen er over 15 procent")
    if phrase.degree is Degree.MUCH and size.is_inside(Interval(None, _MUCH * 100, high_closed=False)):
        return strained(f"«{phrase.words}» lyder af mere: forskellen er under 10 procent")
    return TRUE


def _judge_step(quantity: Quantity, sign: int, subject: Fact, base: Fact) -> Verdict:
    """Judge *med 3 procentpoint* and *18 flere*: the printed difference, or the change in percent."""
    both_percent = subject.unit.id == "procent" and base.unit.id == "procent"
    unit = quantity.unit.id if quantity.unit is not None else None
    if isinstance(quantity.base, Quantifier | Times):
        return false(f"«{quantity.words}» kan ikke være en forskel. Skriv det som en henvisning for sig")
    if isinstance(quantity.base, Share):
        # «steget med en tredjedel» is a change in percent, and cannot be read as percentage points.
        try:
            return judge_quantity(quantity, change(ratio(subject, base)))
        except NoMeasureError as error:
            return false(str(error))
    try:
        step = abs(printed_difference(subject, base))
    except NoMeasureError as error:
        return false(str(error))
    if unit == "procent" and both_percent:
        return false(_two_percentages(quantity, subject, base, step))
    if unit == "procent":
        try:
            return judge_quantity(quantity, change(ratio(subject, base)))
        except NoMeasureError as error:
            return false(str(error))
    wanted = "procentpoint" if both_percent else subject.unit.id
    if quantity.unit is not None and unit != wanted:
        said = quantity.unit.plural or quantity.unit.id
        return false(f"forskellen er i {UNITS[wanted].plural or 'antal'}, ikke i {said}")
    verdict = judge_quantity(
        quantity, Measure(Interval.point(step), (step,), Scale.AMOUNT, subject.unit.is_counted)
    )
    if verdict.kind is VerdictKind.FALSE and not verdict.message:
        return false(f"forskellen er {print_step(step, subject)}")
    return verdict


def _two_percentages(quantity: Quantity, subject: Fact, base: Fact, step: Fraction) -> str:
    points = print_step(step, subject)
    try:
        percent = change(ratio(subject, base)).printed
    except NoMeasureError:
        percent = ()
    relative_change = (
        f", eller {print_decimals(percent[0], 0)} procent af {base.value.text}" if percent else ""
    )
    return (
        f"mellem to procenttal kan «{quantity.words}» læses på to måder: forskellen er {points}"
        f"{relative_change}. Skriv {points}"
    )


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


def _judge_end(quantity: Quantity, fact: Fact, which: str) -> Verdict:
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


def judge_against(first: Quantity, last: Quantity, facts: Facts) -> Verdict:
    """Judge *A mod B*: A is the subject's value, B the other's; in time A is the newer."""
    assert facts.other is not None
    verdicts = [
        _judge_end(first, facts.subject, "tallet"),
        _judge_end(last, facts.other, "det andet tal"),
    ]
    ordered = older_and_newer(facts)
    if ordered is not None and ordered[1] is not facts.subject:
        verdicts.append(false("det nyeste tal skal stå først i «A mod B»"))
    return _on_two_bases(worst(verdicts), facts)


def judge_from_to(first: Quantity, last: Quantity | None, facts: Facts) -> Verdict:
    """Judge *fra A til B* without a verb."""
    ordered = older_and_newer(facts)
    if ordered is None:
        return false("«fra … til …» fortæller om en ændring, men begge tal er fra samme periode")
    older, newer = ordered
    verdicts = [_judge_end(first, older, "det ældste tal")]
    if last is not None:
        verdicts.append(_judge_end(last, newer, "det nyeste tal"))
    return _on_two_bases(worst(verdicts), facts)


def _on_two_bases(verdict: Verdict, facts: Facts) -> Verdict:
    if verdict.prints and facts.two_bases:
        return strained(f"de to tal hviler ikke på det samme: {facts.two_bases}")
    return verdict


def _is_and_is(subject: Fact, base: Fact) -> str:
    return f"{print_value(subject.value, subject.unit)} mod {print_value(base.value, base.unit)}"


def _plain_measure(interval: Interval) -> Measure:
    return Measure(interval, (), Scale.AMOUNT)


def judge_named(phrase: Phrase, facts: Facts) -> Verdict | None:
    """Return why a phrase compares with something else than the reference does, or ``None``."""
    year, meant = phrase.named_year, facts.other or facts.subject
    if year is not None and not in_year(meant, year):
        of = meant.period.print() if meant.period else "en anden periode"
        what = "tallet" if facts.other is None else "det, der sammenlignes med,"
        return false(f"{what} er fra {of}, ikke fra {year}")
    if phrase.named == "målet" and facts.against is not Against.TARGET:
        return false("ordene sammenligner med målet, men det gør henvisningen ikke. Skriv «mod=mål»")
    if phrase.named == "gennemsnittet" and (facts.other is None or facts.other.statistic != "gennemsnit"):
        return false("ordene sammenligner med et gennemsnit, men det andet tal er ikke et")
    if phrase.named == "før":
        ordered = older_and_newer(facts)
        if ordered is None or ordered[1] is not facts.subject:
            return false(
                "ordene sammenligner med noget tidligere, men det gør henvisningen ikke. Skriv «mod=forrige»"
            )
    return None


# The same.


def _judge_sameness(phrase: Phrase, facts: Facts, *, loose: bool) -> Verdict:
    other = facts.other
    assert other is not None
    try:
        step = abs(printed_difference(facts.subject, other))
    except NoMeasureError as error:
        return false(str(error))
    same = is_about_the_same(facts.subject, other) if loose else step == 0
    if same is phrase.is_negated:
        return false(f"forskellen er {print_step(step, facts.subject)}" if step else "de trykte tal er ens")
    verdicts = [TRUE]
    for quantity in phrase.quantities:
        about = other if quantity.role in (Role.FROM, Role.AGAINST) else facts.subject
        verdicts.append(_judge_end(quantity, about, "tallet"))
    return worst(verdicts)


def is_about_the_same(one: Fact, other: Fact) -> bool:
    """Tell whether two printed numbers lie within 1 point (of percentages) or 2 percent."""
    try:
        step = abs(printed_difference(one, other))
    except NoMeasureError:
        return False
    if one.unit.id == "procent":
        return step <= _LOOSE_POINTS
    return step <= abs(other.value.first.value) * _LOOSE


# Targets and means.


def _judge_target(phrase: Phrase, facts: Facts, standing: Standing) -> Verdict:
    if facts.against is not Against.TARGET or facts.other is None:
        return false("ordene sammenligner med målet, men det gør henvisningen ikke. Skriv «mod=mål»")
    subject, target = facts.subject, facts.other
    between = _plain_measure(difference(subject, target))
    equal = printed_is_equal(subject, target)
    match standing:
        case Standing.AT:
            verdict = TRUE if equal else false(_is_and_is(subject, target))
            return _complement(verdict) if phrase.is_negated else verdict
        case Standing.REACHED:
            verdict = TRUE if equal else judge_interval(_NOT_NEGATIVE, between, order=True)
        case Standing.OVER:
            verdict = judge_interval(_POSITIVE, between, order=True)
        case Standing.UNDER | Standing.FAR:
            verdict = judge_interval(_NEGATIVE, between, order=True)
    if phrase.is_negated:
        verdict = _complement(verdict)
    if verdict.kind is VerdictKind.FALSE:
        return replace(verdict, message=_is_and_is(subject, target))
    if verdict is not TRUE:
        return verdict
    far = replace(phrase, degree=Degree.MUCH) if standing is Standing.FAR else phrase
    verdicts = [_judge_degree(far, subject, target)]
    verdicts += [_judge_step(quantity, 0, subject, target) for quantity in phrase.quantities]
    return worst(verdicts)


def _complement(verdict: Verdict) -> Verdict:
    if verdict.kind is VerdictKind.TRUE:
        return FALSE
    if verdict.kind is VerdictKind.FALSE:
        return TRUE
    return verdict


def printed_is_equal(one: Fact, other: Fact) -> bool:
    """Tell whether the printed numbers are equal."""
    try:
        return printed_difference(one, other) == 0
    except NoMeasureError:
        return False


def judge_missing(quantity: Quantity, facts: Facts) -> Verdict:
    """Judge *mangler N*."""
    if facts.other is None or facts.against not in (Against.TARGET, Against.OTHER):
        return false("«mangler» skal have et mål at holde tallet op mod. Skriv «mod=mål»")
    try:
        step = printed_difference(facts.other, facts.subject)
    except NoMeasureError as error:
        return false(str(error))
    if step <= 0:
        return false(f"der mangler ikke noget: {_is_and_is(facts.subject, facts.other)}")
    return _judge_step(quantity, 0, facts.subject, facts.other)


def _judge_mean(phrase: Phrase, facts: Facts, sign: int) -> Verdict:
    if facts.other is None or facts.other.statistic != "gennemsnit":
        return false("ordene sammenligner med et gennemsnit, men det andet tal er ikke et")
    between = _plain_measure(difference(facts.subject, facts.other))
    verdict = judge_interval(_POSITIVE if sign > 0 else _NEGATIVE, between, order=True)
    if phrase.is_negated:
        verdict = _complement(verdict)
    if verdict.kind is VerdictKind.FALSE:
        return replace(verdict, message=_is_and_is(facts.subject, facts.other))
    if verdict is not TRUE:
        return verdict
    verdicts = [_judge_degree(phrase, facts.subject, facts.other)]
    verdicts += [_judge_step(quantity, 0, facts.subject, facts.other) for quantity in phrase.quantities]
    return worst(verdicts)


# Highest and lowest.


def _judge_superlative(relation: Superlative, facts: Facts) -> Verdict:
    subject = facts.subject
    if relation.scope is Scope.AMONG or (relation.scope is Scope.OPEN and facts.against is Against.SET):
        missing = _set_fault(facts)
        return missing or _is_extreme(subject, facts.others, relation.sign, facts)
    if relation.scope is Scope.OPEN:
        return false(
            "ordene siger ikke, blandt hvad. Skriv «det højeste siden 2011», «nogensinde», eller "
            "nævn de andre i "
            "«mod=»"
        )
    if facts.broken:
        return false(f"rækken kan ikke sammenlignes hele vejen: {facts.broken}")
    if relation.scope is Scope.EVER:
        if len(facts.series) + 1 < _SERIES:
            return false("der skal være mindst tre perioder i rækken, før noget kan være en rekord")
        return _is_extreme(subject, facts.series, relation.sign, facts)
    return _judge_since(relation, facts)


def _judge_since(relation: Superlative, facts: Facts) -> Verdict:
    subject = facts.subject
    assert subject.period is not None
    if relation.years is not None:
        first = subject.period.last.year - relation.years
        later = tuple(
            fact for fact in facts.series if fact.period is not None and fact.period.first.year > first
        )
        if not later:
            return false(f"der er intet andet tal i {relation.years} år at sammenligne med")
        return _is_extreme(subject, later, relation.sign, facts)
    start = next((fact for fact in facts.series if _is_named(fact, relation.since)), None)
    if start is None or start.period is None:
        known = listed([fact.period.print() for fact in facts.series if fact.period is not None])
        return false(f"der er intet tal for {relation.since} i rækken. Der er tal for {known}")
    later = tuple(
        fact for fact in facts.series if fact.period is not None and fact.period.last > start.period.last
    )
    verdict = _is_extreme(subject, later, relation.sign, facts) if later else TRUE
    if not verdict.prints:
        return verdict
    start_is_no_less = difference(start, subject) if relation.sign > 0 else difference(subject, start)
    if printed_is_equal(start, subject):
        return verdict
    against = judge_interval(_NOT_NEGATIVE, _plain_measure(start_is_no_less), order=True)
    if against.kind is VerdictKind.FALSE:
        than = "højere" if relation.sign > 0 else "lavere"
        return false(f"tallet er også {than} end i {start.period.print()}: {_is_and_is(subject, start)}")
    return worst([verdict, against])


def _is_named(fact: Fact, period: str | None) -> bool:
    return fact.period is not None and fact.period.text.replace("K", "Q") == period


def _is_extreme(subject: Fact, others: tuple[Fact, ...], sign: int, facts: Facts) -> Verdict:
    verdicts = [TRUE]
    for other in others:
        what = (
            other.name
            if facts.against is Against.SET
            else (other.period.print() if other.period else other.name)
        )
        if printed_is_equal(subject, other):
            level = "højt" if sign > 0 else "lavt"
            return false(
                f"det er lige så {level} som {what}: begge er {print_value(other.value, other.unit)}"
            )
        verdict = judge_interval(
            _POSITIVE if sign > 0 else _NEGATIVE, _plain_measure(difference(subject, other)), order=True
        )
        if verdict.kind is VerdictKind.FALSE:
            verdict = replace(verdict, message=f"{what} er {print_value(other.value, other.unit)}")
        verdicts.append(verdict)
    return worst(verdicts)


def _set_fault(facts: Facts) -> Verdict | None:
    if facts.against is not Against.SET or len(facts.others) < _SET:
        return false("nævn mindst to andre at sammenligne med: «mod=a,b»")
    for other in facts.others:
        if other.source != facts.subject.source:
            return false(f"tallene er ikke fra samme kilde: {facts.subject.label} og {other.label}")
        if other.period != facts.subject.period:
            return false("tallene er ikke for samme periode")
    return None


def _judge_rank(facts: Facts, place: int) -> Verdict:
    missing = _set_fault(facts)
    if missing:
        return missing
    above = 0
    verdicts = [TRUE]
    for other in facts.others:
        if printed_is_equal(facts.subject, other):
            return false(f"pladsen er delt med {other.name}")
        verdict = judge_interval(_POSITIVE, _plain_measure(difference(facts.subject, other)), order=True)
        if verdict.kind is VerdictKind.FALSE:
            above += 1
        elif verdict is not TRUE:
            verdicts.append(verdict)
    if len(verdicts) > 1:
        return Verdict(VerdictKind.UNDECIDED, False, UNDECIDED)
    return TRUE if above + 1 == place else false(f"det er nummer {above + 1}")


# Parts.


def judge_part(quantity: Quantity, facts: Facts) -> Verdict:
    """Judge *heraf N*: the subject is a part of the whole."""
    fault = _part_fault(facts)
    if fault is not None:
        return fault
    verdict = _judge_end(quantity, facts.subject, "tallet")
    whole = facts.other
    assert whole is not None
    same_base = facts.two_bases is None
    if verdict.prints and facts.subject.unit.id == "procent" and whole.unit.id == "procent" and same_base:
        part, all_ = facts.subject.value.text, whole.value.text
        return strained(
            f"«{all_} procent, heraf {quantity.words}» kan læses som {part} procent af de {all_}",
            *_side_by_side(facts),
        )
    return verdict


def _side_by_side(facts: Facts) -> tuple[str, ...]:
    told = [
        f"{print_value(fact.value, fact.unit)} {fact.name[:1].lower()}{fact.name[1:]}"
        for fact in (facts.subject, *facts.siblings)
    ]
    return (listed(told),)


def _part_fault(facts: Facts) -> Verdict | None:
    if facts.against is not Against.WHOLE or facts.other is None:
        return false("ordene taler om en del af en helhed. Skriv «mod=helhed»")
    if facts.other.source != facts.subject.source:
        return false(
            f"delen og helheden er ikke fra samme kilde: {facts.subject.label} og {facts.other.label}"
        )
    return None


def _judge_rest(phrase: Phrase, facts: Facts) -> Verdict:
    fault = _part_fault(facts)
    if fault is not None:
        return fault
    if not facts.parts_fill_the_whole or not facts.siblings:
        return false("delene lægger sig ikke side om side uden rest, så «resten» kan ikke regnes ud")
    whole = facts.other
    assert whole is not None
    try:
        named = sum(
            (printed_difference(part, whole) + whole.value.first.value for part in facts.siblings),
            Fraction(0),
        )
        rest = whole.value.first.value - named
    except NoMeasureError as error:
        return false(str(error))
    verdicts = [TRUE]
    for quantity in phrase.quantities:
        verdicts.append(_judge_end(quantity, facts.subject, "resten"))
        if (
            isinstance(quantity.base, Amount)
            and quantity.hedge is None
            and quantity.base.number.value != rest
        ):
            verdicts.append(false(f"helheden minus de andre dele er {print_step(rest, facts.subject)}"))
    return worst(verdicts)
