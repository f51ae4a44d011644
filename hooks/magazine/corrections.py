"""Corrections that write themselves: an article that built on a figure which was wrong says so.

A revision never comes here: then the world was counted again, and the note tells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from magazine.danish.dates import print_day
from magazine.danish.typography import as_sentence
from magazine.figures.cite import describe_source
from magazine.figures.faults import Fault, faults_behind
from magazine.figures.model import Figures
from magazine.references import Demand, Reference, UnreadableReferenceError, parse_reference
from magazine.resolve import Reading, Resolved, resolve
from magazine.values import print_value


class CarriedCorrection(Struct, frozen=True):
    """A correction that an article carries because of the data."""

    day: date
    text: str
    indicator: str


def carried_corrections(
    published: date, shown: Iterable[tuple[Demand | None, Resolved]], figures: Figures, today: date
) -> tuple[CarriedCorrection, ...]:
    """Return the corrections that an article owes its readers, oldest first.

    Args:
        published: the article's ``date``; what was put right by then, it never had wrong.
        shown: its references with their answers, and the answers of its blocks without one.
        figures: what is public.
        today: what is put right later is not told yet.
    """
    stood: dict[Fault, bool] = {}
    for demand, answer in shown:
        # A hedge, a share or a relation did not print the value itself; words that fail are not mended yet.
        is_value = demand is None or answer.plain is not None or bool(answer.problems)
        for fault in _owed(demand, answer, figures, today):
            if published < fault.day:
                stood[fault] = stood.get(fault, False) or is_value
    return tuple(
        CarriedCorrection(fault.day, _tell(fault, figures, stood=stood[fault]), fault.indicator)
        for fault in sorted(stood, key=lambda fault: (fault.day, fault.indicator))
    )


def _owed(demand: Demand | None, answer: Resolved, figures: Figures, today: date) -> Iterator[Fault]:
    reference: Reference | None = None
    for observation in answer.observations:
        faults = faults_behind(figures, observation, today)
        if not faults:
            continue
        if reference is None and demand is not None:
            reference = _reference(demand)
        if reference is not None and not reference.is_corrected:
            return
        names_source = reference is not None and _names(reference, observation.indicator, observation.source)
        # Who names a source wanted that source's value; only our own slip in copying it is news to him.
        yield from (fault for fault in faults if fault.is_ours or not names_source)


def _reference(demand: Demand) -> Reference | None:
    try:
        return parse_reference(demand.destination, demand.title)
    except UnreadableReferenceError:
        return None


def _names(reference: Reference, indicator: str, source: str) -> bool:
    targets = (reference.target, reference.share_of, *reference.against)
    return any(
        getattr(target, "source", None) == source and getattr(target, "indicator", None) == indicator
        for target in targets
    )


def _tell(fault: Fault, figures: Figures, *, stood: bool) -> str:
    indicator = figures.indicators[fault.indicator]
    source = describe_source(figures.sources[fault.source])
    before, right = print_value(fault.stood, indicator.unit), print_value(fault.right, indicator.unit)
    number = f"Tallet er ”{indicator.name}” for {fault.period}"
    why = as_sentence(fault.explanation)
    if fault.is_ours:
        told = f"Vi skrev {before}" if stood else f"Vi byggede på {before}"
        return f"{told}. Det rigtige er {right}. {number} ({source}). {why}"
    told = f"Her stod {before}" if stood else f"Teksten byggede på {before}"
    return f"{told}. Det rigtige er {right}, oplyser kilden ({source}). {number}. {why}"


def explain_fault(
    demand: Demand, answer: Resolved, figures: Figures, reading: Reading, published: date | None
) -> str:
    """Return what an editor should know whose words were true of a value that was wrong.

    Args:
        demand: a reference whose words do not fit.
        answer: with its problems.
        figures: what is public.
        reading: as of which day the text is read.
        published: the article's ``date``; ``None`` for a standing page, which carries no corrections.

    Returns:
        Sentences to stand behind the problem; empty where no error is behind it.
    """
    for observation in answer.observations:
        for fault in reversed(faults_behind(figures, observation, reading.today)):
            then = replace(
                figures,
                observations=tuple(
                    replace(item, value=fault.stood) if item == observation else item
                    for item in figures.observations
                ),
            )
            if resolve(demand, then, reading).problems:
                continue
            unit = figures.indicators[fault.indicator].unit
            told = (
                f" Ordene passede til {print_value(fault.stood, unit)}, og det var en fejl, som blev rettet "
                f"{print_day(fault.day)}: {as_sentence(fault.explanation)}"
            )
            if published is None or published >= fault.day:
                return told
            return f"{told} Når teksten er rettet, fortæller artiklen selv læserne om det."
    return ""
