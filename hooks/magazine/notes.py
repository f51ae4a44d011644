"""What readers are told of a figure: *Tallene i artiklen*, without HTML."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from magazine.figures.cite import cite, describe_source
from magazine.figures.model import Figures, Indicator, Observation, Reason, Status
from magazine.figures.select import Selection, newer_period, superseded_by
from magazine.values import print_counted, same_printed

#: From this many answers on, a share is no longer marked as resting on few.
FEW_ANSWERS = 30


class Note(Struct, frozen=True):
    """What *Tallene i artiklen* tells of one figure; every text is a line or a sentence in Danish."""

    indicator: str
    """Empty for ``tal:ingen``."""
    name: str
    facts: tuple[str, ...]
    """What follows the name after a comma: the period, and among whom."""
    sentences: tuple[str, ...]
    """How many answered, and whether the figure is final."""
    renewal: str
    """``Opdateres.`` or ``Opdateres ikke.``; empty for ``tal:ingen``."""
    source: str
    source_url: str
    remarks: tuple[str, ...]


def note_of(
    observation: Observation,
    selection: Selection,
    indicator: Indicator,
    figures: Figures,
    today: date,
    *,
    living: bool,
) -> Note:
    """Return what *Tallene i artiklen* tells of a figure.

    Args:
        observation: the figure.
        selection: with the sources that agree.
        indicator: its indicator.
        figures: what is public.
        today: as of when later values are known.
        living: whether a later value will take its place by itself.
    """
    agreeing = tuple(other.key for other in selection.agreeing)
    asked = ("note", observation.key, observation.place, agreeing, indicator.id, today, living)
    # One figure stands in many texts, and what is told of it depends on no more than that.
    note = figures.remembered.get(asked)
    if not isinstance(note, Note):
        note = figures.remembered[asked] = _note(observation, selection, indicator, figures, today, living)
    return note


def _note(
    observation: Observation,
    selection: Selection,
    indicator: Indicator,
    figures: Figures,
    today: date,
    living: bool,
) -> Note:
    source = figures.sources[observation.source]
    facts = [observation.period.print()]
    among = observation.among or indicator.among
    if among:
        facts.append(f"blandt {among}")
    sentences = [_answers(observation)] if indicator.survey else []
    if observation.status is not Status.MEASURED:
        sentences.append(
            "Tallet er forventet." if observation.status is Status.EXPECTED else "Tallet er foreløbigt."
        )
    cited = describe_source(source)
    if source.has_pages:
        cited += f", side {observation.page}" if observation.page else ", sidetal ikke oplyst"
    remarks = [
        f"Samme tal oplyser {describe_source(figures.sources[other.source])}." for other in selection.agreeing
    ]
    remarks += _history(observation, indicator, figures, today)
    return Note(
        indicator.id,
        indicator.name,
        tuple(facts),
        tuple(sentences),
        "Opdateres." if living else "Opdateres ikke.",
        cited,
        source.url or "",
        tuple(remarks),
    )


def _answers(observation: Observation) -> str:
    if observation.n is None:
        return "Antal svar er ikke oplyst."
    few = ", og det er få" if observation.n.first.value < FEW_ANSWERS else ""
    return f"{observation.n.text} svar{few}."


def _history(observation: Observation, indicator: Indicator, figures: Figures, today: date) -> list[str]:
    """Tell what other values there are for the same thing, and what came later."""
    remarks: list[str] = []
    later = superseded_by(figures, observation, today)
    told = {observation.source}
    while later is not None:
        told.add(later.source)
        source = figures.sources[later.source]
        word = _said(later, indicator)
        if _became(later) == "rettet":
            remarks.append(f"Tallet er senere rettet til {word} ({cite(source)}).")
        else:
            remarks.append(f"Siden opgjort til {word} ({cite(source)}).")
        later = superseded_by(figures, later, today)
    for other in figures.of(observation.indicator, observation.period.text):
        if (
            other.source in told
            or same_printed(other.value, observation.value)
            or not figures.sources[other.source].is_out(today)
        ):
            continue
        replaced = superseded_by(figures, other, today)
        source = figures.sources[other.source]
        day = source.published.print() if source.published else "uden dato"
        if source.published and source.published.precision != "day":
            day = f"i {day}"
        before = f"tidligere, siden {_became(replaced)}" if replaced is not None else ""
        told_what = "ventede" if other.status is Status.EXPECTED else "oplyste"
        remarks.append(
            f"{source.publisher} {told_what} {day}: "
            f"{_said(other, indicator)}{f' ({before})' if before else ''}."
        )
    newer = newer_period(figures, indicator.id, observation.period, today)
    if newer is not None:
        remarks.append(
            f"Nyeste tal: {newer.observation.period.print()}, {_said(newer.observation, indicator)}."
        )
    return remarks


def _said(observation: Observation, indicator: Indicator) -> str:
    return print_counted(observation.value, indicator.unit, indicator.nouns)


def _became(later: Observation) -> str:
    """Return what happened to a value when another took its place: counted again, or put right."""
    error = later.supersedes is not None and later.supersedes.reason is Reason.ERROR
    return "rettet" if error else "erstattet"
