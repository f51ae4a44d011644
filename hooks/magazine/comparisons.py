"""What a reference compares its figure with: ``mod=``, ``af=`` and the series, as facts for the judge.

And the sentence that tells a reader of the comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from magazine.claims import (
    Against,
    Fact,
    Facts,
    NoMeasureError,
    change_in_percent,
    print_decimals,
    print_step,
    printed_difference,
    ratio,
    share,
)
from magazine.danish.lists import listed
from magazine.figures.cite import cite, describe_source
from magazine.figures.model import Figures, Observation
from magazine.figures.periods import Period
from magazine.figures.select import NoValue, Selection, from_source, in_force, previous, series_of, target_of
from magazine.phrases import Direction, Phrase, Scope, Superlative, Times
from magazine.references import Reference, Relation, Target
from magazine.values import print_counted


class AsOf(Struct, frozen=True):
    """The days as of which a comparison is read."""

    day: date
    today: date
    dated: bool


class Comparison(Struct, frozen=True):
    """A figure with what it is compared with."""

    facts: Facts
    compared: tuple[Observation, ...] = ()
    """In the order of the facts: the others, then what it is a share of."""
    shown_series: tuple[Observation, ...] = ()
    remarks: tuple[str, ...] = ()
    """What a reader should know of the choice: «Målet er fra 2021.»."""


def fact_of(observation: Observation, figures: Figures) -> Fact:
    """Return an observation as the judge sees it."""
    indicator = figures.indicators[observation.indicator]
    return Fact(
        observation.value,
        indicator.unit,
        indicator.nouns,
        indicator.statistic,
        observation.quotation,
        observation.period,
        describe_source(figures.sources[observation.source]),
        indicator.name,
        observation.key,
        observation.source,
    )


def nouns_of(reference: Reference, figures: Figures) -> frozenset[str]:
    """Return what the counts of a reference's indicators count."""
    targets = (reference.target, reference.share_of, *reference.against)
    ids = {target.indicator for target in targets if isinstance(target, Target)}
    return frozenset(
        noun for one in ids if one in figures.indicators for noun in figures.indicators[one].nouns
    )


def compare(
    reference: Reference,
    observation: Observation,
    figures: Figures,
    as_of: AsOf,
    phrase: Phrase | None = None,
) -> Comparison:
    """Choose what a figure is compared with.

    Args:
        reference: with its ``mod=`` and ``af=``.
        observation: the figure.
        figures: what is public.
        as_of: the days; what is compared is read as of the same ones.
        phrase: typed words, which may speak of the whole series.

    Raises:
        NoValue: where something that is asked for has no value.
    """
    subject = fact_of(observation, figures)
    if reference.share_of is not None:
        whole = _same_source_first(reference.share_of, observation, figures, as_of)
        return Comparison(Facts(subject, share_of=fact_of(whole, figures)), (whole,))
    if reference.against:
        return _against(reference, observation, subject, figures, as_of)
    if phrase is not None and isinstance(phrase.relation, Superlative):
        return _in_series(phrase.relation, observation, subject, figures, as_of)
    return Comparison(Facts(subject))


def _against(
    reference: Reference, observation: Observation, subject: Fact, figures: Figures, as_of: AsOf
) -> Comparison:
    named = reference.against
    if len(named) > 1:
        if any(isinstance(one, Relation) for one in named):
            raise NoValue("en række i «mod=» består af indikatorer, ikke af «mål», «forrige» og «helhed».")
        found = tuple(_named(one, observation, figures, as_of) for one in named if isinstance(one, Target))
        others = tuple(fact_of(one, figures) for one in found)
        return Comparison(Facts(subject, Against.SET, others), found)
    match named[0]:
        case Relation.TARGET:
            other = target_of(
                figures, observation.indicator, observation.period, as_of.day, as_of.today, dated=as_of.dated
            ).observation
            held = other.period != observation.period
            remarks = (f"Målet er fra {other.period.print()}.",) if held else ()
            return Comparison(
                Facts(subject, Against.TARGET, (fact_of(other, figures),)), (other,), (), remarks
            )
        case Relation.PREVIOUS:
            other = previous(figures, observation, as_of.day, as_of.today, dated=as_of.dated).observation
            return Comparison(Facts(subject, Against.PREVIOUS, (fact_of(other, figures),)), (other,))
        case Relation.WHOLE:
            return _part(observation, subject, figures)
        case Target() as target:
            other = _named(target, observation, figures, as_of)
            two_bases = _two_bases(observation, other, figures, as_of)
            facts = Facts(subject, Against.OTHER, (fact_of(other, figures),), two_bases=two_bases)
            return Comparison(facts, (other,))


def _named(target: Target, observation: Observation, figures: Figures, as_of: AsOf) -> Observation:
    period = target.period or observation.period.text
    if target.source is not None:
        return from_source(figures, target.indicator, period, target.source).observation
    return in_force(figures, target.indicator, period, as_of.day, as_of.today, dated=as_of.dated).observation


def _same_source_first(
    target: Target, observation: Observation, figures: Figures, as_of: AsOf
) -> Observation:
    """Return what a figure is a share of: where its own source says it, that source's value."""
    if target.source is None:
        period = target.period or observation.period.text
        own = [item for item in figures.of(target.indicator, period) if item.source == observation.source]
        if own:
            return own[0]
    return _named(target, observation, figures, as_of)


def _part(observation: Observation, subject: Fact, figures: Figures) -> Comparison:
    whole = next((one for one in figures.indicators.values() if observation.indicator in one.parts), None)
    if whole is None:
        raise NoValue(f"indikatoren «{observation.indicator}» er ikke en af delene («dele») i en helhed.")
    period = observation.period.text
    other = from_source(figures, whole.id, period, observation.source).observation
    siblings = [
        item
        for part in whole.parts
        if part != observation.indicator
        for item in figures.of(part, period)
        if item.source == observation.source
    ]
    complete = len(siblings) == len(whole.parts) - 1
    facts = Facts(
        subject,
        Against.WHOLE,
        (fact_of(other, figures),),
        siblings=tuple(fact_of(item, figures) for item in siblings),
        parts_fill_the_whole=complete and whole.exclusive and whole.exhaustive,
        two_bases=None
        if _among(observation, figures) == _among(other, figures)
        else "delen har sit eget grundlag",
    )
    return Comparison(facts, (other,))


def _among(observation: Observation, figures: Figures) -> str | None:
    return observation.among or figures.indicators[observation.indicator].among


def _two_bases(one: Observation, other: Observation, figures: Figures, as_of: AsOf) -> str | None:
    """Return why two values of one indicator do not rest on the same ground, or ``None``."""
    if one.indicator != other.indicator:
        return None
    if _among(one, figures) != _among(other, figures):
        return (
            f"det ene gælder {_among(one, figures) or 'alle'}, det andet {_among(other, figures) or 'alle'}"
        )
    first, last = sorted((one.period, other.period), key=lambda period: period.last)
    return _break_between(figures.of(one.indicator), first, last)


def _break_between(observations: Sequence[Observation], first: Period, last: Period) -> str | None:
    for item in observations:
        if item.break_note and first.last < item.period.last <= last.last:
            return item.break_note.rstrip(".")
    return None


def _in_series(
    relation: Superlative, observation: Observation, subject: Fact, figures: Figures, as_of: AsOf
) -> Comparison:
    selections: Sequence[Selection] = series_of(
        figures, observation.indicator, as_of.day, as_of.today, dated=as_of.dated
    )
    series = tuple(one.observation for one in selections if one.observation.period != observation.period)
    since = relation.since if relation.scope is Scope.SINCE else None
    start = next((one.period for one in series if one.period.text == since), None)
    reach = tuple(one for one in series if start is None or one.period.last >= start.last)
    periods = sorted((one.period for one in (*reach, observation)), key=lambda period: period.last)
    broken = _break_between(figures.of(observation.indicator), periods[0], periods[-1])
    if broken is None:
        broken = next(
            (
                f"tallet for {one.period.print()} gælder {_among(one, figures)}"
                for one in reach
                if _among(one, figures) != _among(observation, figures)
            ),
            None,
        )
    facts = Facts(subject, series=tuple(fact_of(one, figures) for one in series), broken=broken)
    return Comparison(facts, reach, reach)


# What a reader is told.

_OTHERS = ("Det andet tal er", "De andre tal er blandt andet")


def describe(
    comparison: Comparison, figures: Figures, phrase: Phrase | None, form: str | None
) -> tuple[str, ...]:
    """Return sentences about a comparison, for the note.

    Args:
        comparison: as chosen.
        figures: what is public.
        phrase: typed words.
        form: of filled-in ones.
    """
    facts = comparison.facts
    if not comparison.compared:
        return ()
    others = {one.source for one in comparison.compared} - {facts.subject.source}
    sources = [
        cite(figures.sources[source])
        for source in dict.fromkeys(one.source for one in comparison.compared)
        if source in others
    ]
    where = (
        f". {_OTHERS[len(comparison.compared) > 1]} fra {listed(sources)}" if sources else " (samme kilde)"
    )
    if facts.share_of is not None:
        return (f"{_printed(facts.subject)} af {_printed(facts.share_of)}{_percent(facts)}{where}.",)
    if comparison.shown_series or facts.against is Against.SET:
        told = [
            f"{_printed(one)} ({one.name if facts.against is Against.SET else _period(one)})"
            for one in (facts.others or tuple(fact_of(item, figures) for item in comparison.shown_series))
        ]
        return (f"Holdt op mod {listed(told)}{where}.",)
    return (
        f"{_printed(facts.subject)} {against_words(facts)}{_calculated(facts, phrase, form)}{where}.",
        *comparison.remarks,
    )


def against_words(facts: Facts) -> str:
    """Return what a value is compared with: ``mod målet på 30 procent``."""
    other = facts.other
    if facts.share_of is not None:
        return f"af {_printed(facts.share_of)}"
    if other is None:
        return ""
    match facts.against:
        case Against.TARGET:
            return f"mod målet på {_printed(other)}"
        case Against.WHOLE:
            return f"ud af en helhed på {_printed(other)}"
        case Against.SET:
            return f"mod {listed([f'{_printed(one)} ({one.name})' for one in facts.others])}"
    same_indicator = other.name == facts.subject.name
    period = "" if other.period == facts.subject.period else f", {_period(other)}"
    name = "" if same_indicator else f"{other.name}"
    inside = f"{name}{period}".removeprefix(", ")
    return f"mod {_printed(other)}{f' ({inside})' if inside else ''}"


def _calculated(facts: Facts, phrase: Phrase | None, form: str | None) -> str:
    other = facts.other
    if other is None or facts.against is Against.WHOLE:
        return ""
    try:
        if form == "gange" or (phrase is not None and _says(phrase, Times)):
            printed = ratio(facts.subject, other).printed
            return f": {print_decimals(printed[0], 2)} gange" if printed else ""
        if phrase is not None and isinstance(phrase.relation, Direction) and _in_percent(phrase, facts):
            percent = change_in_percent(facts)
            return f": {print_decimals(percent, 1)} procent" if percent is not None else ""
        step = abs(printed_difference(facts.subject, other))
    except NoMeasureError:
        return ""
    return f": forskellen er {print_step(step, facts.subject)}" if step else ""


def _says(phrase: Phrase, base: type) -> bool:
    return any(isinstance(quantity.base, base) for quantity in phrase.quantities)


def _in_percent(phrase: Phrase, facts: Facts) -> bool:
    return facts.subject.unit.id != "procent" and any(
        quantity.unit is not None and quantity.unit.id == "procent" for quantity in phrase.quantities
    )


def _percent(facts: Facts) -> str:
    assert facts.share_of is not None
    try:
        printed = share(facts.subject, facts.share_of).printed
    except NoMeasureError:
        return ""
    return f": {print_decimals(printed[0], 1)} procent" if printed else ""


def _printed(fact: Fact) -> str:
    return print_counted(fact.value, fact.unit, fact.nouns)


def _period(fact: Fact) -> str:
    return fact.period.print() if fact.period is not None else ""
