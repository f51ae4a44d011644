"""What was wrong in the figures, and when it was put right: errors of sources, and our own slips."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from magazine.figures.model import Figures, Observation, Reason
from magazine.figures.select import replaced_by
from magazine.values import Value


class Fault(Struct, frozen=True):
    """A value that never was valid, and what is right instead."""

    indicator: str
    period: str
    """As readers read it."""
    day: date
    """The day it was put right: the source's that did it, or ours."""
    stood: Value
    right: Value
    explanation: str
    source: str
    """The id of the source that is right."""
    is_ours: bool
    """Whether it was copied wrongly by us, and mended in place."""


def faults_behind(figures: Figures, observation: Observation, today: date) -> tuple[Fault, ...]:
    """Return what stood in the place of a value before it was put right, oldest first.

    A revision of a mended value has the same faults behind it.

    Args:
        figures: what is public.
        observation: the value that holds.
        today: what is put right later is not told yet.
    """
    if not observation.mended and observation.supersedes is None:
        return ()
    found = [fault for fault in _back(figures, observation) if fault.day <= today]
    return tuple(sorted(found, key=lambda fault: fault.day))


def _back(figures: Figures, observation: Observation) -> Iterator[Fault]:
    current: Observation | None = observation
    while current is not None:
        yield from _own(current)
        before = replaced_by(figures, current)
        if before is not None and current.supersedes is not None:
            source = figures.sources[current.source]
            if current.supersedes.reason is Reason.ERROR:
                yield Fault(
                    current.indicator,
                    current.period.print(),
                    source.vintage,
                    before.value,
                    current.value,
                    current.supersedes.explanation,
                    current.source,
                    is_ours=False,
                )
        current = before


def _own(observation: Observation) -> Iterator[Fault]:
    mended = sorted(observation.mended, key=lambda item: item.day)
    for index, item in enumerate(mended):
        later = mended[index + 1].stood if index + 1 < len(mended) else observation.value
        yield Fault(
            observation.indicator,
            observation.period.print(),
            item.day,
            item.stood,
            later,
            item.explanation,
            observation.source,
            is_ours=True,
        )
