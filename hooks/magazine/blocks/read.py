"""A fence's YAML to a request, with every fault at its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from magazine.addresses import is_name
from magazine.blocks.model import CHART, CHARTS, FENCES, Kind, Request
from magazine.blocks.stories import FENCE as STORIES
from magazine.blocks.stories import StoriesRequest, read_stories
from magazine.entries import Entry, Lines, read_entry
from magazine.fences import BlockDemand
from magazine.figures.periods import Period, PeriodError, parse_period
from magazine.problems import Place, Problem, did_you_mean
from magazine.render import Rendered, render_field
from magazine.sources import Mapping as YamlMapping
from magazine.sources import parse_yaml


class BlockEntry(Entry):
    """What may stand in a block."""

    indicator: str | None = Field(None, alias="indikator", description="Det, blokken viser.")
    indicators: tuple[str, ...] | None = Field(
        None, alias="indikatorer", description="Flere indikatorer: [i-job, i-uddannelse]."
    )
    period: str | None = Field(None, alias="periode", description="Perioden. Uden den vises det nyeste tal.")
    first: str | None = Field(None, alias="fra", description="Den første periode.")
    last: str | None = Field(None, alias="til", description="Den sidste periode.")
    kind: Literal["mål", "dele", "serie", "før-efter"] | None = Field(
        None, alias="type", description="Grafens slags; kun i tal-graf."
    )
    title: str | None = Field(None, alias="titel", description="Overskrift; ellers indikatorens navn.")
    text: str | None = Field(None, alias="tekst", description="En linje eller to under overskriften.")


def read_block(demand: BlockDemand, path: str) -> tuple[Request | StoriesRequest | None, tuple[Problem, ...]]:
    """Read a block's YAML.

    Args:
        demand: the fence.
        path: its file.

    Returns:
        The request, or ``None`` with what is wrong with it.
    """
    at = Place(path, demand.line)
    known = (*FENCES, STORIES)
    if demand.name not in known:
        return None, (
            Problem(
                at,
                f"blokken «{demand.name}» kendes ikke.{did_you_mean(demand.name, known)} "
                f"Der kan stå: {', '.join(known)}.",
            ),
        )
    if not demand.body.strip():
        if demand.name == STORIES:
            return read_stories(None, path, demand.line)
        return None, (
            Problem(at, f"blokken «{demand.name}» er tom. Skriv mindst «indikator: …» på linjen under."),
        )
    slip = _slip_in(demand, path)
    if slip is not None:
        return None, (slip,)
    node, problems = parse_yaml(demand.body, path, demand.line + 1)
    if problems:
        return None, problems
    if not isinstance(node, YamlMapping):
        return None, (
            Problem(
                Place(path, demand.line + 1),
                f"blokken «{demand.name}» skal bestå af nøgler med værdier. Skriv "
                f"{'«antal: 3»' if demand.name == STORIES else '«indikator: …»'}.",
            ),
        )
    if demand.name == STORIES:
        return read_stories(node, path, demand.line)
    entry, lines, problems = read_entry(node, BlockEntry, path, f"blokken «{demand.name}»", demand.line)
    if entry is None or problems:
        # A misspelt key may be what the rest of the block hangs on.
        return None, problems
    return _Reader(demand.name, entry, lines, demand.line).read()


#: A line that was meant to end the block, or begins another.
_END = re.compile(r"\s*(?:`{1,2}|~{1,2}|[´'’]{2,3})\s*\Z|\s*(?:`{3,}|~{3,})\s*\S")
_BULLET = re.compile(r"(?:[-*•–]) *(?P<key>[a-zæøå]+:.*)")


def _slip_in(demand: BlockDemand, path: str) -> Problem | None:
    """Return what is wrong with a block's lines before they are keys with values."""
    for line, written in enumerate(demand.body.split("\n"), demand.line + 1):
        bare = written.strip()
        if _END.match(written):
            told = (
                f"«{bare}» begynder noget nyt, før blokken «{demand.name}» er slut. Skriv ``` på en linje "
                "for sig selv oven over."
                if bare.strip("`~´'’")
                else f"«{bare}» slutter ikke blokken «{demand.name}». Skriv ``` på en linje for sig selv."
            )
            return Problem(Place(path, line), told)
        bullet = _BULLET.match(written)
        if bullet is not None:
            told = f"«{bare}» har et tegn foran nøglen. Skriv «{bullet['key']}»."
            return Problem(Place(path, line), told)
    return None


class _Reader:
    """Reads one entry; collects what is wrong as it goes."""

    def __init__(self, name: str, entry: BlockEntry, lines: Lines, line: int) -> None:
        self._name = name
        self._entry = entry
        self._lines = lines
        self._opening = Place(lines.path, line)
        self._problems: list[Problem] = []

    def read(self) -> tuple[Request | None, tuple[Problem, ...]]:
        entry = self._entry
        kind = self._kind()
        indicators = self._indicators()
        first, last = self._span()
        period = self._period("periode", entry.period)
        if period is not None and (entry.first or entry.last):
            self._tell("periode", "skriv enten «periode» eller «fra» og «til», ikke begge dele.")
        if kind is not None:
            self._check(kind, indicators)
        title = self._text("titel", entry.title)
        text = self._text("tekst", entry.text)
        if self._problems or kind is None:
            return None, tuple(self._problems)
        request = Request(
            kind, indicators, period.text if period else None, first, last, title, text, self._lines
        )
        return request, ()

    def _tell(self, key: str, message: str) -> None:
        place = self._lines.of(key) if key else self._opening
        self._problems.append(Problem(place, message))

    def _kind(self) -> Kind | None:
        kind = self._entry.kind
        if self._name != CHART:
            if kind is not None:
                self._tell("type", f"«type» hører til {CHART}. Slet linjen, eller skriv ```{CHART} øverst.")
            return Kind(self._name)
        if kind is None:
            self._tell("", f"blokken «{CHART}» mangler «type». Der kan stå: {', '.join(CHARTS)}.")
            return None
        return Kind(kind)

    def _indicators(self) -> tuple[str, ...]:
        entry = self._entry
        if entry.indicator is not None and entry.indicators is not None:
            self._tell("indikatorer", "skriv enten «indikator» eller «indikatorer», ikke begge.")
        if entry.indicator is None and not entry.indicators:
            self._tell("", f"blokken «{self._name}» mangler «indikator» (eller «indikatorer: [a, b]»).")
        found = (entry.indicator,) if entry.indicator is not None else entry.indicators or ()
        for index, name in enumerate(found):
            key = "indikator" if entry.indicator is not None else f"indikatorer.{index}"
            bare = re.split("[/@?]", name.removeprefix("tal:"))[0]
            several = [one for one in re.split(r" *[,;] *| og ", name) if one]
            if bare != name:
                told = f"«{name}» skal være navnet alene: {bare}. Perioden har sin egen nøgle, «periode»."
                self._tell(key, told)
            elif len(several) > 1 and all(is_name(one) for one in several):
                self._tell(key, f"«{name}» er flere indikatorer. Skriv indikatorer: [{', '.join(several)}]")
            if name in found[:index]:
                self._tell(f"indikatorer.{index}", f"indikatoren «{name}» står to gange. Slet den ene.")
        return tuple(found)

    def _span(self) -> tuple[Period | None, Period | None]:
        entry = self._entry
        for key, other, written in (("fra", "til", entry.last), ("til", "fra", entry.first)):
            if getattr(entry, {"fra": "first", "til": "last"}[key]) is not None and written is None:
                self._tell(key, f"«{key}» skal have følge af «{other}»: skriv dem begge, eller ingen af dem.")
        first, last = self._period("fra", entry.first), self._period("til", entry.last)
        if first is not None and last is not None and first.first >= last.first:
            self._tell(
                "fra",
                f"«fra: {first.text}» skal ligge før «til: {last.text}». "
                + (
                    "Byt om på dem." if first.first > last.first else "Skriv «periode» for en enkelt periode."
                ),
            )
        return first, last

    def _period(self, key: str, written: str | None) -> Period | None:
        if written is None:
            return None
        try:
            return parse_period(written)
        except PeriodError as fault:
            self._tell(key, str(fault))
            return None

    def _text(self, key: str, written: str | None) -> Rendered | None:
        if written is None:
            return None
        rendered = render_field(written, self._lines.of(key))
        self._problems += rendered.problems
        return rendered

    def _check(self, kind: Kind, indicators: Sequence[str]) -> None:
        """Check that the keys fit what is to be shown."""
        entry = self._entry
        if kind in (Kind.TARGET, Kind.PARTS, Kind.SERIES) and len(indicators) > 1:
            parts = " (helheden; delene følger med)" if kind is Kind.PARTS else ""
            self._tell("indikatorer", f"«type: {kind}» viser én indikator: skriv «indikator: …»{parts}.")
        if kind is Kind.CHANGE and len(indicators) > 2:
            self._tell("indikatorer", "«type: før-efter» viser én eller to indikatorer, ikke flere.")
        if len(indicators) > 1 and entry.title is None:
            self._tell("indikatorer", "en blok med flere indikatorer skal have en «titel».")
        spans = kind in (Kind.SERIES, Kind.TABLE, Kind.CHANGE)
        if not spans and entry.first is not None:
            name = f"type: {kind}" if kind in CHARTS else kind
            self._tell("fra", f"«{name}» viser én periode: skriv «periode» i stedet for «fra» og «til».")
        if kind is Kind.SERIES and entry.period is not None:
            self._tell(
                "periode",
                "en serie går over flere perioder: skriv «fra» og «til», eller slet linjen for at vise alle.",
            )
        if kind is Kind.CHANGE and entry.period is not None and len(indicators) == 1:
            self._tell("periode", "før og efter er to perioder: skriv «fra» og «til».")
