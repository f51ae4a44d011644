"""Request by figures by day: the figures that a block shows, each with its note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from magazine.blocks.model import Block, Kind, Line, Request, Row, Shown
from magazine.blocks.remarks import (
    answers_remarks,
    break_remarks,
    breaks_of,
    gap_remarks,
    gaps_of,
    status_remarks,
    subtitle_of,
    sum_remarks,
    target_remarks,
)
from magazine.blocks.stories import Stories, StoriesRequest
from magazine.danish.dates import print_day
from magazine.danish.lists import listed
from magazine.figures.families import (
    TORN,
    families_among,
    family_in_period,
    gap_in_period,
    kept_back,
    torn_between,
)
from magazine.figures.model import Figures, Indicator, Status
from magazine.figures.periods import Period
from magazine.figures.select import (
    NoValue,
    Selection,
    in_force,
    newest,
    series_of,
    target_of,
    unknown_indicator,
)
from magazine.problems import Place, Problem
from magazine.render import Rendered
from magazine.resolve import Families, Reading, answer_of, family_of_one_source, resolve


def resolve_block(
    request: Request, figures: Figures, reading: Reading, families: Families
) -> tuple[Block | None, tuple[Problem, ...]]:
    """Answer one block.

    Args:
        request: the block as read.
        figures: what is public.
        reading: as of which day the text is read.
        families: what the page's filled-in families show, the block's own included (``Request.demands``).

    Returns:
        The block, or ``None`` with what is wrong, or with nothing where the data has told of it; and
        warnings.
    """
    if not figures.readable or any(name in figures.unreadable_indicators for name in request.indicators):
        return None, ()
    problems = [
        Problem(
            _place_of(request, index),
            unknown_indicator(figures, name),
        )
        for index, name in enumerate(request.indicators)
        if name not in figures.indicators
    ]
    title, told = _line(request, request.title, "titel", figures, reading, families)
    problems += told
    text, told = _line(request, request.text, "tekst", figures, reading, families)
    problems += told
    if any(not problem.warning for problem in problems):
        return None, tuple(problems)
    resolver = _Resolver(request, figures, reading, families)
    try:
        block = resolver.block(title, text)
    except NoValue as missing:
        return None, (*problems, Problem(_at_indicator(request), missing.message))
    except _UnfitError as fault:
        return None, (*problems, Problem(request.lines.of(fault.key), str(fault)))
    problems += [
        Problem(_at_indicator(request), message, warning=True)
        for answer in block.answers
        for message in answer.warnings
    ]
    problems += [
        Problem(_at_indicator(request), message, warning=True) for message in resolver.superseded(block)
    ]
    problems += [Problem(request.lines.of(key), message, warning=True) for key, message in resolver.beyond()]
    shown = {answer.note.indicator for answer in block.answers if answer.note and answer.is_filled}
    problems += [
        Problem(_at_indicator(request), message, warning=True)
        for (indicator, period), message in families.warnings.items()
        if indicator in shown and period is None
    ]
    return block, tuple(dict.fromkeys(problems))


def resolve_stories(
    request: StoriesRequest, figures: Figures, reading: Reading, families: Families
) -> tuple[Stories | None, tuple[Problem, ...]]:
    """Answer the references in the heading over a block of articles.

    Args:
        request: the block as read.
        figures: what is public.
        reading: as of which day the text is read.
        families: what the page's filled-in families show.
    """
    title, problems = _line(request, request.title, "titel", figures, reading, families)
    if any(not problem.warning for problem in problems):
        return None, tuple(problems)
    return Stories(request.choice, title), tuple(problems)


def _at_indicator(request: Request) -> Place:
    """Return the line that names what is shown."""
    return request.lines.of("indikatorer" if "indikatorer" in request.lines.keys else "indikator")


def _place_of(request: Request, index: int) -> Place:
    if "indikatorer" in request.lines.keys:
        return request.lines.of(f"indikatorer.{index}")
    return _at_indicator(request)


def _line(
    request: Request | StoriesRequest,
    rendered: Rendered | None,
    key: str,
    figures: Figures,
    reading: Reading,
    families: Families,
) -> tuple[Line | None, list[Problem]]:
    if rendered is None:
        return None, []
    answers = tuple(resolve(demand, figures, reading, families) for demand in rendered.demands)
    place = request.lines.of(key)
    problems = [Problem(place, message) for answer in answers for message in answer.problems]
    problems += [Problem(place, message, warning=True) for answer in answers for message in answer.warnings]
    return Line(rendered, answers), problems


class _UnfitError(Exception):
    """The figures are there, but such a block cannot show them."""

    def __init__(self, key: str, message: str) -> None:
        self.key = key
        super().__init__(message)


class _Resolver(Struct, frozen=True):
    """Answers one request."""

    request: Request
    figures: Figures
    reading: Reading
    families: Families

    @property
    def _day(self) -> date:
        return self.reading.today if self.request.is_living else self.reading.day

    @property
    def _dated(self) -> bool:
        return self.reading.is_dated and not self.request.is_living

    def block(self, title: Line | None, text: Line | None) -> Block:
        match self.request.kind:
            case Kind.TARGET:
                block = self._target()
            case Kind.PARTS:
                block = self._parts()
            case Kind.SERIES:
                block = self._series()
            case Kind.CHANGE:
                block = self._change()
            case Kind.BOX:
                block = self._box()
            case Kind.TABLE:
                block = self._table()
        named = self.figures.indicators[self.request.indicators[0]].name
        return _completed(block, self.figures, title or Line(Rendered((named,))), text)

    # Which figures

    def _one(self, indicator: str, period: str | None) -> Selection:
        today = self.reading.today
        if period is not None:
            return in_force(self.figures, indicator, period, self._day, today, dated=self._dated)
        wanted = (indicator, None)
        if wanted in self.families.faults:
            raise NoValue(self.families.faults[wanted])
        return self.families.selections.get(wanted) or newest(
            self.figures, indicator, self._day, today, dated=self._dated
        )

    def _target_of(self, indicator: str, period: Period) -> Selection:
        return target_of(self.figures, indicator, period, self._day, self.reading.today, dated=self._dated)

    def _together(self, indicators: Sequence[str], period: str | None) -> dict[str, Selection]:
        """Return one value for each; members of one family from one source."""
        found = {indicator: self._one(indicator, period) for indicator in indicators}
        together: dict[str, Selection] = {}
        for members in families_among(self.figures, indicators):
            family = self._family(members, period)
            torn = torn_between(together, family)
            if torn:
                raise NoValue(TORN.format(listed(torn)))
            together |= family
        return found | together

    def _family(self, members: Sequence[str], period: str | None) -> dict[str, Selection]:
        today = self.reading.today
        if period is None:
            known = {
                member: self.families.selections[member, None]
                for member in members
                if (member, None) in self.families.selections
            }
            if len(known) == len(members) and len({_origin(item) for item in known.values()}) == 1:
                return known
            return family_of_one_source(self.figures, members, None, today)[0]
        found = family_in_period(self.figures, members, period, self._day, today, dated=self._dated)
        if found is None:
            raise NoValue(gap_in_period(self.figures, members, period, self._day, today))
        return found

    def _between(self, indicator: str) -> tuple[Selection, ...]:
        """Return the series, from ``fra`` to ``til`` where they are given."""
        first, last = self.request.first, self.request.last
        return tuple(
            item
            for item in self._all_of(indicator)
            if first is None
            or last is None
            or (item.observation.period.first >= first.first and item.observation.period.last <= last.last)
        )

    def _all_of(self, indicator: str) -> Sequence[Selection]:
        """Return the whole series, what is only expected too."""
        today = self.reading.today
        return series_of(self.figures, indicator, self._day, today, expected=True, dated=self._dated)

    def _shown(self, selection: Selection, label: str) -> Shown:
        observation = selection.observation
        answer = answer_of(selection, self.figures, self.reading, living=self.request.is_living)
        return Shown(label, answer, observation, self.figures.indicators[observation.indicator])

    # Kind by kind

    def _target(self) -> Block:
        indicator = self.figures.indicators[self.request.indicators[0]]
        selection = self._one(indicator.id, self.request.period)
        value = self._shown(selection, indicator.name)
        period = value.observation.period
        chosen = self._target_of(indicator.id, period)
        target = self._shown(chosen, "Målet")
        _check_drawn((value, target))
        return _block(
            Kind.TARGET,
            (value,),
            target=target,
            remarks=target_remarks(period, target),
            rows=(value, target),
        )

    def _parts(self) -> Block:
        indicator = self.figures.indicators[self.request.indicators[0]]
        if not indicator.parts:
            wholes = [whole.id for whole in self.figures.indicators.values() if whole.parts]
            raise _UnfitError(
                "indikator",
                f"indikatoren «{indicator.id}» har ingen «dele» i data/tal.yml. Det har {listed(wholes)}.",
            )
        found = self._family((indicator.id, *indicator.parts), self.request.period)
        whole = self._shown(found[indicator.id], "I alt")
        parts = tuple(
            self._shown(found[part], self.figures.indicators[part].name) for part in indicator.parts
        )
        period = whole.observation.period
        target: Shown | None = None
        if indicator.target is not None:
            try:
                chosen = self._target_of(indicator.id, period)
                target = self._shown(chosen, "Målet")
            except NoValue:
                target = None
        everything = (*parts, whole, *([target] if target else []))
        _check_drawn(everything)
        remarks = [*sum_remarks(indicator, whole, parts), *target_remarks(period, target)]
        return _block(Kind.PARTS, parts, whole=whole, target=target, remarks=remarks, rows=everything)

    def _series(self) -> Block:
        indicator = self.figures.indicators[self.request.indicators[0]]
        series = self._between(indicator.id)
        if len(series) < 2:
            raise _UnfitError(
                "fra",
                f"der er {'kun ét tal' if series else 'ingen tal'} for {indicator.id}"
                f"{self._told_span()}, så der er ingen serie at tegne.{self._told_periods()} Vælg andre år, "
                "eller brug tal-boks.",
            )
        shown = tuple(self._shown(item, item.observation.period.print()) for item in series)
        gaps = gaps_of([item.observation.period for item in series])
        breaks = breaks_of(series, indicator)
        target, since = self._target_of_series(indicator, shown)
        remarks = [*gap_remarks(shown, gaps), *break_remarks(shown, breaks)]
        remarks += target_remarks(shown[-1].observation.period, target)
        block = _block(
            Kind.SERIES, shown, target=target, gaps=gaps, breaks=breaks, remarks=remarks, rows=shown
        )
        if target is None:
            return block
        # Its period is no part of the series, and is told below.
        return replace(block, rows=(*block.rows, Row(target.label, (target,))), target_since=since)

    def _target_of_series(self, indicator: Indicator, shown: Sequence[Shown]) -> tuple[Shown | None, int]:
        """Return the target that holds at a series' end, and the place from which on it has been the same."""
        found: Shown | None = None
        since = 0
        for place in reversed(range(len(shown)) if indicator.target is not None else ()):
            try:
                chosen = self._target_of(indicator.id, shown[place].observation.period)
            except NoValue:
                break
            if found is not None and chosen.observation.value != found.observation.value:
                break
            found, since = found or self._shown(chosen, "Målet"), place
        return found, since

    def _change(self) -> Block:
        request = self.request
        names = request.indicators
        if len(names) == 2:
            before, after = self._before_after(names[0], names[1])
        else:
            series = self._between(names[0])
            before, after = self._ends(names[0], series)
        units = [self.figures.indicators[item.observation.indicator].unit for item in (before, after)]
        if units[0].id != units[1].id:
            raise _UnfitError(
                "indikatorer",
                f"før og efter skal have samme enhed, men her er den {units[0].id} og {units[1].id}.",
            )
        shown = tuple(self._shown(item, self._change_label(item)) for item in (before, after))
        _check_drawn(shown)
        return _block(Kind.CHANGE, shown, rows=shown)

    def _before_after(self, one: str, other: str) -> tuple[Selection, Selection]:
        first, last = self.request.first, self.request.last
        return (
            self._one(one, first.text if first else self.request.period),
            self._one(other, last.text if last else self.request.period),
        )

    def _ends(self, indicator: str, series: Sequence[Selection]) -> tuple[Selection, Selection]:
        first, last = self.request.first, self.request.last
        if first is not None and last is not None:
            ends = self._one(indicator, first.text), self._one(indicator, last.text)
        else:
            series = [item for item in series if item.observation.status is not Status.EXPECTED]
            if len(series) < 2:
                raise _UnfitError(
                    "indikator",
                    f"{indicator} har ikke to opgjorte tal, så der er intet før og efter. "
                    "Skal det forventede med, så skriv «fra» og «til».",
                )
            ends = series[-2], series[-1]
        between = [item for item in series if ends[0].observation.period.last < item.observation.period.first]
        for reason in breaks_of([ends[0], *between], self.figures.indicators[indicator]).values():
            raise _UnfitError("fra", f"{indicator} kan ikke sammenlignes over de år: {reason}")
        return ends

    def _change_label(self, item: Selection) -> str:
        if len(self.request.indicators) == 1:
            return item.observation.period.print()
        return self.figures.indicators[item.observation.indicator].name

    def _box(self) -> Block:
        names = self.request.indicators
        found = self._together(names, self.request.period)
        shown = tuple(self._shown(found[name], self.figures.indicators[name].name) for name in names)
        return _block(Kind.BOX, shown, rows=shown)

    def _table(self) -> Block:
        names = self.request.indicators
        if self.request.first is None and (self.request.period is not None or len(names) > 1):
            found = self._together(names, self.request.period)
            shown = tuple(self._shown(found[name], self.figures.indicators[name].name) for name in names)
            return _block(Kind.TABLE, shown, rows=shown)
        return self._grid(names)

    def _grid(self, names: Sequence[str]) -> Block:
        """Return a table with a row for each period and a column for each indicator."""
        cells: dict[Period, dict[str, Selection]] = defaultdict(dict)
        for name in names:
            for item in self._between(name):
                cells[item.observation.period][name] = item
        if not cells:
            told = f"der er ingen tal for {listed(list(names))}{self._told_span()}."
            raise _UnfitError("fra", f"{told}{self._told_periods()} Vælg andre år.")
        rows = []
        shown: list[Shown] = []
        periods = sorted(cells, key=lambda item: (item.last, item.first))
        for period in periods:
            of_period = cells[period] | self._together_at(period, list(cells[period]))
            row = [
                self._shown(of_period[name], self.figures.indicators[name].name)
                if name in of_period
                else None
                for name in names
            ]
            rows.append(Row(period.print(), tuple(row)))
            shown += [cell for cell in row if cell is not None]
        head = ("Periode", *(self.figures.indicators[name].name for name in names))
        remarks = []
        for name in names:
            indicator = self.figures.indicators[name]
            series = [cells[period][name] for period in periods if name in cells[period]]
            for place, reason in breaks_of(series, indicator).items():
                which = f"{indicator.name}, brud" if len(names) > 1 else "Brud"
                remarks.append(f"{which} ved {series[place].observation.period.print()}: {reason}")
        return Block(
            Kind.TABLE,
            Line(Rendered(())),
            None,
            "",
            tuple(shown),
            None,
            None,
            head,
            tuple(rows),
            remarks=tuple(remarks),
        )

    def _together_at(self, period: Period, names: Sequence[str]) -> dict[str, Selection]:
        found: dict[str, Selection] = {}
        for members in families_among(self.figures, names):
            found |= self._family(members, period.text)
        return found

    def superseded(self, block: Block) -> Iterator[str]:
        """Yield what an editor should know of values that only stay because a family has one source."""
        observations = [shown.observation for shown in block.figures]
        yield from kept_back(self.figures, observations, self._day)

    def beyond(self) -> Iterator[tuple[str, str]]:
        """Yield each of ``fra`` and ``til`` that lies beyond the figures, with what to say of it."""
        first, last = self.request.first, self.request.last
        periods = self._periods()
        if self.request.kind is Kind.CHANGE or not periods or first is None or last is None:
            return
        for key, written, end, where in (
            ("fra", first, periods[0], "før de første"),
            ("til", last, periods[-1], "efter de nyeste"),
        ):
            if written.first < end.first if key == "fra" else written.last > end.last:
                yield (
                    key,
                    f"«{key}: {written.text}» ligger {where} tal.{self._told_periods()} Skriv "
                    f"«{key}: {end.text}».",
                )

    def _periods(self) -> Sequence[Period]:
        """Return all periods of which any of the indicators has a figure, the first one first."""
        known = {item.observation.period for name in self.request.indicators for item in self._all_of(name)}
        return sorted(known, key=lambda period: (period.last, period.first))

    def _told_periods(self) -> str:
        periods = [period.text for period in self._periods()]
        if not periods:
            return ""
        told = listed(periods)
        if len(periods) > _MOST_TOLD:
            told = f"{len(periods)} perioder fra {periods[0]} til {periods[-1]}"
        as_of = f" pr. {print_day(self._day)}" if self._dated else ""
        return f" Der er{as_of} tal for {told}."

    def _told_span(self) -> str:
        first, last = self.request.first, self.request.last
        return f" fra {first.print()} til {last.print()}" if first and last else ""


#: More periods than an editor would read one by one.
_MOST_TOLD = 12


def _origin(selection: Selection) -> tuple[str, str]:
    return selection.observation.source, selection.observation.period.text


def _check_drawn(shown: Iterable[Shown]) -> None:
    """Refuse what no bar can show."""
    for item in shown:
        if item.observation.value.first.value < 0:
            raise _UnfitError(
                "indikator",
                f"{item.observation.key} er negativt og kan ikke tegnes som søjle. Brug tal-tabel.",
            )


def _block(
    kind: Kind,
    shown: tuple[Shown, ...],
    *,
    rows: Sequence[Shown],
    whole: Shown | None = None,
    target: Shown | None = None,
    breaks: Mapping[int, str] | None = None,
    gaps: frozenset[int] = frozenset(),
    remarks: Sequence[str] = (),
) -> Block:
    """Return a block whose table has a row for each figure; titles and sources are still to come."""
    by_period = all(row.label == row.observation.period.print() for row in rows)
    has_periods = not by_period and len({row.observation.period for row in rows}) > 1
    table = tuple(
        Row(row.label, (row.observation.period.print(), row) if has_periods else (row,)) for row in rows
    )
    head = ("Periode" if by_period else "", *(("Periode",) if has_periods else ()), "Tal")
    empty = Line(Rendered(()))
    return Block(
        kind,
        empty,
        None,
        "",
        shown,
        whole,
        target,
        head,
        table,
        breaks=MappingProxyType(dict(breaks or {})),
        gaps=gaps,
        remarks=tuple(remarks),
    )


def _completed(block: Block, figures: Figures, title: Line, text: Line | None) -> Block:
    """Return the block with what is the same for every kind."""
    sources = {shown.observation.source: figures.sources[shown.observation.source] for shown in block.figures}
    return replace(
        block,
        title=title,
        text=text,
        subtitle=subtitle_of(block),
        remarks=(*block.remarks, *status_remarks(block)),
        sources=tuple(sources.values()),
        facts=tuple(answers_remarks(block)),
    )
