"""Two values or more against what a phrase says of them: the table of relations, row by row."""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace

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
    printed_difference,
    ratio,
    relative,
)
from magazine.claims.pairs import (
    NEGATIVE,
    NOT_NEGATIVE,
    NOT_POSITIVE,
    POSITIVE,
    in_year,
    is_about_the_same,
    is_and_is,
    judge_end,
    older_and_newer,
    print_decimals,
    print_step,
    printed_is_equal,
    unprinted,
)
from magazine.claims.parts import judge_rest
from magazine.claims.quantities import judge_interval, judge_quantity
from magazine.claims.sets import judge_rank, judge_superlative
from magazine.danish.units import UNITS
from magazine.intervals import Interval
from magazine.phrases import (
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
    Share,
    Standing,
    Superlative,
    TargetStanding,
    Times,
)

_LITTLE = Fraction(15, 100)
_MUCH = Fraction(10, 100)


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
            return judge_superlative(phrase.relation, facts)
        case Rank(place):
            return judge_rank(facts, place)
        case Rest():
            return judge_rest(phrase, facts)
        case None:
            return TRUE


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
                verdicts.append(judge_end(quantity, facts.subject, "tallet"))
            case Role.FROM:
                verdicts.append(judge_end(quantity, base, "det ældste tal"))
            case Role.TO:
                verdicts.append(judge_end(quantity, subject, "det nyeste tal"))
            case Role.AGAINST:
                verdicts.append(judge_end(quantity, base, "det andet tal"))
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
        permits = NOT_POSITIVE if sign > 0 else NOT_NEGATIVE
    else:
        permits = POSITIVE if sign > 0 else NEGATIVE
    stated = any(quantity.role is not Role.AGAINST for quantity in phrase.quantities)
    if stated and not phrase.is_negated:
        # With numbers the row is judged as printed.
        try:
            step = printed_difference(subject, base)
        except NoMeasureError:
            return judge_interval(permits, unprinted(between), order=True)
        if not permits.contains(step):
            return false(is_and_is(subject, base))
    else:
        verdict = judge_interval(permits, unprinted(between), order=True)
        if verdict is not TRUE:
            return verdict if verdict.message else replace(verdict, message=is_and_is(subject, base))
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
        if unit == "procent" and not both_percent:
            return judge_quantity(quantity, change(ratio(subject, base)))
        step = abs(printed_difference(subject, base))
    except NoMeasureError as error:
        return false(str(error))
    if unit == "procent":
        return false(_two_percentages(quantity, subject, base, step))
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


def judge_against(first: Quantity, last: Quantity, facts: Facts) -> Verdict:
    """Judge *A mod B*: A is the subject's value, B the other's; in time A is the newer."""
    assert facts.other is not None
    verdicts = [
        judge_end(first, facts.subject, "tallet"),
        judge_end(last, facts.other, "det andet tal"),
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
    verdicts = [judge_end(first, older, "det ældste tal")]
    if last is not None:
        verdicts.append(judge_end(last, newer, "det nyeste tal"))
    return _on_two_bases(worst(verdicts), facts)


def _on_two_bases(verdict: Verdict, facts: Facts) -> Verdict:
    if verdict.prints and facts.two_bases:
        return strained(f"de to tal hviler ikke på det samme: {facts.two_bases}")
    return verdict


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
        verdicts.append(judge_end(quantity, about, "tallet"))
    return worst(verdicts)


# Targets and means.


def _judge_target(phrase: Phrase, facts: Facts, standing: Standing) -> Verdict:
    if facts.against is not Against.TARGET or facts.other is None:
        return false("ordene sammenligner med målet, men det gør henvisningen ikke. Skriv «mod=mål»")
    subject, target = facts.subject, facts.other
    between = unprinted(difference(subject, target))
    equal = printed_is_equal(subject, target)
    match standing:
        case Standing.AT:
            verdict = TRUE if equal else false(is_and_is(subject, target))
            return _complement(verdict) if phrase.is_negated else verdict
        case Standing.REACHED:
            verdict = TRUE if equal else judge_interval(NOT_NEGATIVE, between, order=True)
        case Standing.OVER:
            verdict = judge_interval(POSITIVE, between, order=True)
        case Standing.UNDER | Standing.FAR:
            verdict = judge_interval(NEGATIVE, between, order=True)
    if phrase.is_negated:
        verdict = _complement(verdict)
    if verdict.kind is VerdictKind.FALSE:
        return replace(verdict, message=is_and_is(subject, target))
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


def judge_missing(quantity: Quantity, facts: Facts) -> Verdict:
    """Judge *mangler N*."""
    if facts.other is None or facts.against not in (Against.TARGET, Against.OTHER):
        return false("«mangler» skal have et mål at holde tallet op mod. Skriv «mod=mål»")
    try:
        step = printed_difference(facts.other, facts.subject)
    except NoMeasureError as error:
        return false(str(error))
    if step <= 0:
        return false(f"der mangler ikke noget: {is_and_is(facts.subject, facts.other)}")
    return _judge_step(quantity, 0, facts.subject, facts.other)


def _judge_mean(phrase: Phrase, facts: Facts, sign: int) -> Verdict:
    if facts.other is None or facts.other.statistic != "gennemsnit":
        return false("ordene sammenligner med et gennemsnit, men det andet tal er ikke et")
    between = unprinted(difference(facts.subject, facts.other))
    verdict = judge_interval(POSITIVE if sign > 0 else NEGATIVE, between, order=True)
    if phrase.is_negated:
        verdict = _complement(verdict)
    if verdict.kind is VerdictKind.FALSE:
        return replace(verdict, message=is_and_is(facts.subject, facts.other))
    if verdict is not TRUE:
        return verdict
    verdicts = [_judge_degree(phrase, facts.subject, facts.other)]
    verdicts += [_judge_step(quantity, 0, facts.subject, facts.other) for quantity in phrase.quantities]
    return worst(verdicts)
