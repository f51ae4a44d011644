"""The figures as frozen values; what the keys mean is told in ``data/tal.yml``'s guide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property

from msgspec import Struct, field

from magazine.danish.dates import PartialDate
from magazine.danish.units import Unit
from magazine.figures.periods import Period
from magazine.problems import Place
from magazine.values import Value


class Reason(StrEnum):
    """Why a value replaced another: the world was counted again, or the old one was wrong."""

    REVISION = "revision"
    ERROR = "fejl"


class Language(StrEnum):
    """What a source may be written in but Danish."""

    ENGLISH = "engelsk"
    FRENCH = "fransk"
    FAROESE = "færøsk"
    GREENLANDIC = "grønlandsk"
    NORWEGIAN = "norsk"
    SWEDISH = "svensk"
    GERMAN = "tysk"

    @property
    def code(self) -> str:
        """The language's name in HTML."""
        return _CODES[self]


_CODES = {
    Language.ENGLISH: "en",
    Language.FRENCH: "fr",
    Language.FAROESE: "fo",
    Language.GREENLANDIC: "kl",
    Language.NORWEGIAN: "no",
    Language.SWEDISH: "sv",
    Language.GERMAN: "de",
}


class Status(StrEnum):
    """How far an observation has come."""

    MEASURED = "opgjort"
    PRELIMINARY = "foreløbig"
    EXPECTED = "forventet"


class Source(Struct, frozen=True):
    """A document with a publication date, which is the vintage of all observations in it."""

    id: str
    title: str
    publisher: str
    published: PartialDate | None
    """``None`` where the day of publication is unknown (``ukendt``)."""
    read: date | None
    url: str | None
    has_pages: bool
    note: str | None
    place: Place
    language: Language | None = None
    """The language of its title and of quotations from it; ``None`` for Danish."""

    @property
    def vintage(self) -> date:
        """The day from which the source counts: the last day of its date, or the day it was read."""
        if self.published is not None:
            return self.published.last
        assert self.read is not None, "the reader requires `hentet` where `udgivet` is unknown"
        return self.read

    def is_out(self, day: date) -> bool:
        """Tell whether the source is published by a day; one of unknown date is, whenever it was read."""
        return self.published is None or self.vintage <= day


class Indicator(Struct, frozen=True):
    """What is measured, among whom, in which unit."""

    id: str
    name: str
    unit: Unit
    among: str | None
    parts: tuple[str, ...] = ()
    exclusive: bool = False
    exhaustive: bool = False
    target: str | None = None
    survey: bool = False
    statistic: str | None = None
    nouns: tuple[str, ...] = ()
    note: str | None = None
    place: Place = field(default_factory=lambda: Place("data/tal.yml"))


class Supersedes(Struct, frozen=True):
    """That an observation replaces the one of ``source`` for the same indicator and period."""

    source: str
    reason: Reason
    explanation: str


class Mended(Struct, frozen=True):
    """A value that we copied wrongly and mended in place: when, what stood there, why."""

    day: date
    stood: Value
    explanation: str


class Observation(Struct, frozen=True):
    """One published value of one indicator for one period, from one source."""

    indicator: str
    period: Period
    value: Value
    source: str
    page: str | None = None
    """The page in the source; ``None`` where unknown or where the source has no pages."""
    n: Value | None = None
    """How many answered; ``None`` where unknown, or where nobody was asked."""
    quotation: str | None = None
    note: str | None = None
    supersedes: Supersedes | None = None
    preferred: bool = False
    preferred_why: str | None = None
    mended: tuple[Mended, ...] = ()
    among: str | None = None
    break_note: str | None = None
    """Why the series cannot be compared across this point (``brud``)."""
    status: Status = Status.MEASURED
    place: Place = field(default_factory=lambda: Place("data/tal.yml"))

    @property
    def key(self) -> str:
        """``indicator/period@source``, as ``data-tal`` prints it."""
        return f"{self.indicator}/{self.period.text}@{self.source}"


class Figures(Struct, frozen=True, dict=True):
    """All that ``data/tal.yml`` holds and could be read."""

    sources: Mapping[str, Source]
    indicators: Mapping[str, Indicator]
    observations: tuple[Observation, ...]
    unreadable_indicators: frozenset[str] = frozenset()
    """Ids whose entry, or one of whose observations, has a fault: references to them stay silent."""
    unreadable_sources: frozenset[str] = frozenset()
    readable: bool = True
    """False where the file as a whole could not be read: then no reference is judged."""
    held_sources: frozenset[str] = frozenset()
    """Ids of sources that are left out because they are still to be published."""
    held_periods: frozenset[tuple[str, str]] = frozenset()
    """Indicator and period of what they would tell."""

    def of(self, indicator: str, period: str | None = None) -> tuple[Observation, ...]:
        """Return an indicator's observations in the file's order, of one period or of all."""
        found = self._by_indicator.get(indicator, ())
        return found if period is None else tuple(item for item in found if item.period.text == period)

    @cached_property
    def remembered(self) -> dict[tuple[object, ...], object]:
        """Answers that the figures alone decide, by what was asked: the same is asked by text after text."""
        return {}

    @cached_property
    def _by_indicator(self) -> Mapping[str, tuple[Observation, ...]]:
        found: dict[str, list[Observation]] = defaultdict(list)
        for observation in self.observations:
            found[observation.indicator].append(observation)
        return {indicator: tuple(items) for indicator, items in found.items()}
