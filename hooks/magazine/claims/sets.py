"""Highest, lowest, nummer to: a value against a series, or against a declared set."""

from __future__ import annotations

from msgspec.structs import replace

from magazine.claims.facts import TRUE, Against, Fact, Facts, Verdict, VerdictKind, false, worst
from magazine.claims.measures import difference
from magazine.claims.pairs import NEGATIVE, NOT_NEGATIVE, POSITIVE, is_and_is, printed_is_equal, unprinted
from magazine.claims.quantities import UNDECIDED, judge_interval
from magazine.danish.lists import listed
from magazine.phrases import Scope, Superlative
from magazine.values import print_value

_SERIES = 3
_SET = 2


def judge_superlative(relation: Superlative, facts: Facts) -> Verdict:
    """Judge *det højeste siden P*, *rekord*, and *størst* of a declared set."""
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
    against = judge_interval(NOT_NEGATIVE, unprinted(start_is_no_less), order=True)
    if against.kind is VerdictKind.FALSE:
        than = "højere" if relation.sign > 0 else "lavere"
        return false(f"tallet er også {than} end i {start.period.print()}: {is_and_is(subject, start)}")
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
            POSITIVE if sign > 0 else NEGATIVE, unprinted(difference(subject, other)), order=True
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


def judge_rank(facts: Facts, place: int) -> Verdict:
    """Judge *nummer n*, the greatest first."""
    missing = _set_fault(facts)
    if missing:
        return missing
    above = 0
    verdicts = [TRUE]
    for other in facts.others:
        if printed_is_equal(facts.subject, other):
            return false(f"pladsen er delt med {other.name}")
        verdict = judge_interval(POSITIVE, unprinted(difference(facts.subject, other)), order=True)
        if verdict.kind is VerdictKind.FALSE:
            above += 1
        elif verdict is not TRUE:
            verdicts.append(verdict)
    if len(verdicts) > 1:
        return Verdict(VerdictKind.UNDECIDED, False, UNDECIDED)
    return TRUE if above + 1 == place else false(f"det er nummer {above + 1}")
