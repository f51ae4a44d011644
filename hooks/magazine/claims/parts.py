"""A part of a whole, and the rest of it."""

from __future__ import annotations

from fractions import Fraction

from magazine.claims.facts import TRUE, Against, Facts, Verdict, false, strained, worst
from magazine.claims.measures import NoMeasureError, printed_difference
from magazine.claims.pairs import judge_end, print_step
from magazine.danish.lists import listed
from magazine.phrases import Amount, Phrase, Quantity
from magazine.values import print_value


def judge_part(quantity: Quantity, facts: Facts) -> Verdict:
    """Judge *heraf N*: the subject is a part of the whole."""
    fault = _part_fault(facts)
    if fault is not None:
        return fault
    verdict = judge_end(quantity, facts.subject, "tallet")
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


def judge_rest(phrase: Phrase, facts: Facts) -> Verdict:
    """Judge *resten*: the whole without its other parts."""
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
        verdicts.append(judge_end(quantity, facts.subject, "resten"))
        if (
            isinstance(quantity.base, Amount)
            and quantity.hedge is None
            and quantity.base.number.value != rest
        ):
            verdicts.append(false(f"helheden minus de andre dele er {print_step(rest, facts.subject)}"))
    return worst(verdicts)
