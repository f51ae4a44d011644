"""What a page depends on beside its own text, as short names that change when it does.

A page asks questions of the figures ("the newest by that day", "has anything replaced it?"), so it depends
on whole indicators: all their observations and sources, and those of target, whole and parts. The clock
comes in as what it decides: which of the dates in there have come.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from string import ascii_lowercase, digits

from msgspec import Struct, field

from magazine.figures.model import Figures
from magazine.store import digest

#: Where an entry stands in its file decides nothing.
_PLACE = re.compile(r"place=Place\([^)]*\)")
_DATE = re.compile(r"datetime\.date\((\d+), (\d+), (\d+)\)")
#: Whatever an id is not made of, as a space.
_IDS_ALONE = bytes(byte if chr(byte) in f"{ascii_lowercase}{digits}-" else 32 for byte in range(256))


def names_in(text: str, known: Mapping[str, object]) -> tuple[str, ...]:
    """Return the known ids that a text holds anywhere, sorted: more than it refers to, never fewer.

    Args:
        text: a whole file's.
        known: by id.
    """
    # An id has single hyphens inside. A pattern for that takes eight times as long.
    ids_alone = text.replace("--", " ").encode("ascii", "replace").translate(_IDS_ALONE)
    words = set(ids_alone.decode("ascii").split())
    return tuple(sorted({word.strip("-") for word in words} & known.keys()))


class FigureKeys(Struct, frozen=True, dict=True):
    """The names of indicators as they are for readers of one day."""

    figures: Figures
    """What is public by that day."""
    today: date
    _found: dict[str, str] = field(default_factory=dict)
    _nearest: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _together: dict[tuple[str, ...], str] = field(default_factory=dict)

    def of(self, indicators: Iterable[str]) -> str:
        """Return one name for some indicators and all that they hang together with."""
        asked = tuple(indicators)
        if asked not in self._together:
            near = {other for indicator in asked for other in self._near_to(indicator)}
            self._together[asked] = digest(*(self._one(indicator) for indicator in sorted(near)))
        return self._together[asked]

    @cached_property
    def whole(self) -> str:
        """One name for everything there is."""
        return digest(
            *(self._one(indicator) for indicator in sorted(self.figures.indicators)),
            *self._told((self.figures.sources, sorted(self.figures.unreadable_indicators))),
            self.figures.readable,
        )

    def _near_to(self, indicator: str) -> tuple[str, ...]:
        if indicator not in self._nearest:
            self._nearest[indicator] = tuple(self._near(indicator))
        return self._nearest[indicator]

    def _near(self, indicator: str) -> Iterator[str]:
        """Yield an indicator with its target, its parts, its wholes, and whatever those are made of."""
        waiting, seen = [indicator], {indicator}
        while waiting:
            here = waiting.pop()
            yield here
            entry = self.figures.indicators.get(here)
            others = {*(entry.parts if entry else ()), *self._wholes.get(here, ())}
            if entry and entry.target:
                others.add(entry.target)
            waiting += sorted(others - seen)
            seen |= others

    @cached_property
    def _wholes(self) -> Mapping[str, tuple[str, ...]]:
        wholes: dict[str, tuple[str, ...]] = {}
        for entry in self.figures.indicators.values():
            for part in entry.parts:
                wholes[part] = (*wholes.get(part, ()), entry.id)
        return wholes

    def _one(self, indicator: str) -> str:
        if indicator not in self._found:
            observations = self.figures.of(indicator)
            sources = sorted({observation.source for observation in observations})
            self._found[indicator] = digest(
                *self._told(
                    (
                        self.figures.indicators.get(indicator),
                        observations,
                        [self.figures.sources.get(source) for source in sources],
                        indicator in self.figures.unreadable_indicators,
                        sorted(self.figures.unreadable_sources),
                        sorted(self.figures.held_sources),
                        sorted(period for held, period in self.figures.held_periods if held == indicator),
                    )
                )
            )
        return self._found[indicator]

    def _told(self, things: object) -> Iterator[str]:
        written = _PLACE.sub("", repr(things))
        yield written
        for year, month, day in _DATE.findall(written):
            yield "1" if date(int(year), int(month), int(day)) <= self.today else "0"
