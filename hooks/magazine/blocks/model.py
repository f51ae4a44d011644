"""A block as it was asked for, and as it was answered: frozen, and free of HTML and of places on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct, field

from magazine.entries import Lines
from magazine.figures.model import Figures, Indicator, Observation, Source, Status
from magazine.figures.periods import Period
from magazine.references import SCHEME, Demand
from magazine.render import Rendered
from magazine.resolve import Resolved
from magazine.values import print_value


class Kind(StrEnum):
    """What a block shows."""

    TARGET = "mål"
    PARTS = "dele"
    SERIES = "serie"
    CHANGE = "før-efter"
    BOX = "tal-boks"
    TABLE = "tal-tabel"


CHART = "tal-graf"
CHARTS = (Kind.TARGET, Kind.PARTS, Kind.SERIES, Kind.CHANGE)
FENCES = (CHART, str(Kind.BOX), str(Kind.TABLE))


#: What a table prints where the sources do not say.
UNKNOWN = "ikke oplyst"


class Request(Struct, frozen=True):
    """A block as it was written, its keys understood."""

    kind: Kind
    indicators: tuple[str, ...]
    period: str | None
    first: Period | None
    last: Period | None
    title: Rendered | None
    text: Rendered | None
    lines: Lines

    @property
    def is_living(self) -> bool:
        """Tell whether the block takes new figures by itself."""
        return self.period is None and self.first is None

    @property
    def texts(self) -> tuple[Rendered, ...]:
        """The texts that may hold references."""
        return tuple(text for text in (self.title, self.text) if text is not None)

    def demands(self, figures: Figures) -> Iterator[Demand]:
        """Yield what a page's families must know of the block: its texts' references, and living figures."""
        for text in self.texts:
            yield from text.demands
        if self.is_living and self.kind not in (Kind.SERIES, Kind.CHANGE):
            for indicator in self.indicators:
                known = figures.indicators.get(indicator)
                parts = known.parts if known and self.kind is Kind.PARTS else ()
                for name in (indicator, *parts):
                    yield Demand("…", f"{SCHEME}{name}", None, self.lines.line)


class Line(Struct, frozen=True):
    """A line of text with its references answered."""

    rendered: Rendered
    answers: tuple[Resolved, ...] = ()

    @property
    def plain(self) -> str:
        """The line without markup."""
        return self.rendered.filled([answer.words for answer in self.answers])


class Shown(Struct, frozen=True):
    """One figure of a block."""

    label: str
    answer: Resolved
    observation: Observation
    indicator: Indicator

    @property
    def is_expected(self) -> bool:
        """Tell whether the figure is no more than expected."""
        return self.observation.status is Status.EXPECTED

    @property
    def words(self) -> str:
        """The figure as tables and charts print it: ``59 %``."""
        return print_value(self.observation.value, self.indicator.unit, "kort")


class Row(Struct, frozen=True):
    """A row of a block's table; ``None`` where the sources do not say."""

    label: str
    cells: tuple[Shown | str | None, ...]

    @property
    def summary(self) -> str:
        """The row in words: ``Målet (2020): 30 %``."""
        told = ", ".join(cell for cell in self.cells if isinstance(cell, str))
        figures = ", ".join(_words(cell) for cell in self.cells if not isinstance(cell, str))
        return f"{self.label} ({told}): {figures}" if told else f"{self.label}: {figures}"


class Block(Struct, frozen=True):
    """A block with everything that a reader is told."""

    kind: Kind
    title: Line
    text: Line | None
    subtitle: str
    """What is counted, among whom, when, as far as it is the same for all."""
    shown: tuple[Shown, ...]
    """Main figure or series; of parts, the parts in their order."""
    whole: Shown | None
    """What the parts are parts of."""
    target: Shown | None
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    """The same figures as a table."""
    breaks: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    """By the place in ``shown`` before which the series cannot be compared: why."""
    gaps: frozenset[int] = frozenset()
    """The places in ``shown`` before which periods are missing."""
    target_since: int = 0
    """Of a series: the place in ``shown`` from which on its target is the one that is drawn."""
    remarks: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    facts: tuple[str, ...] = ()
    """What the sources do not say: ``Antal svar er ikke oplyst.``"""

    @property
    def figures(self) -> tuple[Shown, ...]:
        """Every figure shown, in the order in which it is read."""
        found = {cell.answer.keys: cell for row in self.rows for cell in row.cells if isinstance(cell, Shown)}
        return tuple(found.values())

    @property
    def summary(self) -> str:
        """The figures in a line: ``I job: 44 %; I uddannelse: 15 %``."""
        return "; ".join(row.summary for row in self.rows)

    @property
    def told(self) -> tuple[tuple[Demand | None, Resolved], ...]:
        """Every answer that the block prints, those of its texts with the reference that asked."""
        lines = [line for line in (self.title, self.text) if line is not None]
        texts = [pair for line in lines for pair in zip(line.rendered.demands, line.answers, strict=True)]
        return (*texts, *((None, shown.answer) for shown in self.figures))

    @property
    def answers(self) -> tuple[Resolved, ...]:
        """Every answer that the block prints."""
        return tuple(answer for _, answer in self.told)


def _words(cell: Shown | None) -> str:
    if cell is None:
        return UNKNOWN
    return f"{cell.words} (forventet)" if cell.is_expected else cell.words
