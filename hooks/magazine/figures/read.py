"""``data/tal.yml`` to the frozen figures, with every fault at its line (design.md, "Figures")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct, field

from magazine.addresses import is_name, name_of, name_wanted
from magazine.danish.dates import DateError, PartialDate, parse_day, parse_partial_date, print_day
from magazine.danish.lists import listed
from magazine.danish.numbers import NotationError
from magazine.danish.units import UNITS, Unit, unit_of
from magazine.entries import UNKNOWN, Lines, as_bool, read_entry
from magazine.figures.checks import check_families, check_shares, check_targets
from magazine.figures.entries import IndicatorEntry, MendedEntry, ObservationEntry, SourceEntry
from magazine.figures.model import (
    Figures,
    Indicator,
    Mended,
    Observation,
    Reason,
    Source,
    Status,
    Supersedes,
)
from magazine.figures.periods import Period, PeriodError, parse_period
from magazine.problems import Place, Problem, did_you_mean
from magazine.sections import missing_section, unknown_sections
from magazine.sources import Mapping as YamlMapping
from magazine.sources import Node, Scalar, Sequence, Text, parse_yaml
from magazine.values import Value, parse_value

RESERVED = ("mål", "forrige", "helhed", "ingen")
_SECTIONS = ("kilder", "indikatorer", "observationer")
#: Later than this a date of publication is a slip of the pen.
_AHEAD = timedelta(days=2 * 366)
#: Papers may read a report so long before it is out; who read it earlier than that has miswritten a date.
_EMBARGO = timedelta(days=31)
_FEW, _TOO_FEW = 30, 5

_NO_FIGURES = Figures(MappingProxyType({}), MappingProxyType({}), (), readable=False)
Parsed = TypeVar("Parsed")


def read_figures(text: Text | None, today: date) -> tuple[Figures, tuple[Problem, ...]]:
    """Read the figures.

    Args:
        text: the file, or ``None`` where it could not be read (that problem is told already).
        today: what decides which dates are too far ahead.

    Returns:
        All that could be read, and every problem; entries with a fault are named in ``unreadable_…``, so
        that references to them stay silent.
    """
    if text is None:
        return _NO_FIGURES, ()
    root, problems = parse_yaml(text.text, text.path)
    if root is None:
        nothing = Problem(Place(text.path), f"filen har intet indhold. Der skal stå {listed(_SECTIONS)}.")
        return _NO_FIGURES, problems or (nothing,)
    if not isinstance(root, YamlMapping):
        shape = f"filen skal bestå af {', '.join(_SECTIONS[:-1])} og {_SECTIONS[-1]}."
        return _NO_FIGURES, problems or (Problem(Place(text.path), shape),)
    return _Reader(text.path, today, problems).read(root)


class _Reader(Struct):
    """Reads one file; collects as it goes."""

    path: str
    today: date
    traps: tuple[Problem, ...]
    """What the YAML does not mean as it was written: the entries around it are not to be trusted."""
    problems: list[Problem] = field(default_factory=list)
    bad_sources: set[str] = field(default_factory=set)
    bad_indicators: set[str] = field(default_factory=set)
    lines: dict[str, Lines] = field(default_factory=dict)
    """Where the keys of indicators stand."""
    trapped: set[int] = field(default_factory=set)
    """Lines on which entries with a trap begin."""

    def read(self, root: YamlMapping) -> tuple[Figures, tuple[Problem, ...]]:
        self.problems += self.traps
        nodes = self._sections(root)
        if nodes is None:
            return _NO_FIGURES, tuple(sorted(set(self.problems)))
        named, measured, observed = nodes
        if not self._find_trapped(root, nodes):
            return _NO_FIGURES, tuple(sorted(set(self.problems)))
        sources = dict(self._named(named, self._source, self.bad_sources))
        indicators = dict(self._named(measured, self._indicator, self.bad_indicators))
        self._check_indicators(indicators)
        observations = tuple(self._observations(observed, sources, indicators))
        observations = self._check_unique(observations)
        self._check_periods(observations)
        self._check_successions(observations, sources)
        figures = Figures(
            MappingProxyType(sources),
            MappingProxyType(indicators),
            observations,
            frozenset(self.bad_indicators),
            frozenset(self.bad_sources),
        )
        self.problems += check_targets(figures)
        self.problems += check_families(figures)
        self.problems += check_shares(figures)
        return figures, tuple(sorted(set(self.problems)))

    def _sections(self, root: YamlMapping) -> tuple[YamlMapping, YamlMapping, Sequence] | None:
        """Return the three sections; ``None`` where one is missing, and then all else would be noise."""
        unknown = unknown_sections(self.path, root, _SECTIONS)
        self.problems += unknown
        # Most likely they are entries of a section, and whoever names one of them is not at fault.
        astray = {key.text for key, _ in root.entries if key.text not in _SECTIONS}
        self.bad_sources |= astray
        self.bad_indicators |= astray
        meant = {name for name in _SECTIONS if any(f"Mente du «{name}»?" in one.message for one in unknown)}
        nodes: list[Node | None] = []
        for section in _SECTIONS:
            node = root.get(section)
            line = next((key.line for key, _ in root.entries if key.text == section), root.line)
            if node is None:
                if section not in meant:
                    self.problems.append(missing_section(self.path, root, section))
                nodes.append(None)
            elif isinstance(node, Scalar) and not node.text:
                nodes.append(YamlMapping((), line) if section in _SECTIONS[:2] else Sequence((), line))
            else:
                nodes.append(node)
        named, measured, observed = nodes
        for section, node in zip(_SECTIONS, nodes, strict=True):
            if section in _SECTIONS[:2] and node is not None and not isinstance(node, YamlMapping):
                self._tell(node.line, f"«{section}» skal bestå af navne med nøgler under sig.")
        if observed is not None and not isinstance(observed, Sequence):
            self._tell(
                observed.line,
                "«observationer» skal være en liste, hvor hvert tal begynder med en bindestreg.",
            )
        if (
            isinstance(named, YamlMapping)
            and isinstance(measured, YamlMapping)
            and isinstance(observed, Sequence)
        ):
            return named, measured, observed
        return None

    def _find_trapped(self, root: YamlMapping, nodes: tuple[YamlMapping, YamlMapping, Sequence]) -> bool:
        """Note where entries begin that hold a trap; tell whether all traps are inside entries."""
        named, measured, observed = nodes
        starts = {key.line for section in (named, measured) for key, _ in section.entries}
        starts |= {item.line for item in observed.items}
        sections = {key.line for key, _ in root.entries} - starts
        for trap in self.traps:
            before = [line for line in starts | sections if line <= trap.place.line]
            if not before or max(before) in sections:
                return False
            self.trapped.add(max(before))
        return True

    def _tell(self, line: int, message: str, *, warning: bool = False) -> None:
        self.problems.append(Problem(Place(self.path, line), message, warning))

    def _at(self, place: Place, message: str) -> None:
        self.problems.append(Problem(place, message))

    def _named(
        self, node: YamlMapping, read: Callable[[str, Node, int], Parsed | None], bad: set[str]
    ) -> Iterator[tuple[str, Parsed]]:
        for key, value in node.entries:
            name = key.text
            if key.line in self.trapped:
                bad.add(name)
                continue
            if name.casefold() in RESERVED:
                self._tell(
                    key.line,
                    f"navnet «{name}» er optaget: {listed(RESERVED)} betyder noget særligt. Vælg et andet.",
                )
                bad.add(name)
                continue
            if not is_name(name):
                self._tell(key.line, f"navnet «{name}» kan ikke bruges: {name_wanted(name)}")
                bad |= {name, name_of(name)}  # whoever writes the name as it should be is not at fault
                continue
            before = len(self.problems)
            entry = read(name, value, key.line)
            if entry is None or not all(problem.warning for problem in self.problems[before:]):
                bad.add(name)
            if entry is not None:
                yield name, entry

    def _source(self, name: str, node: Node, line: int) -> Source | None:
        entry, lines, problems = read_entry(node, SourceEntry, self.path, f"kilden «{name}»", line, name)
        self.problems += problems
        if entry is None:
            return None
        published = self._partial(entry.published, lines.of("udgivet"))
        read = self._day(entry.read, lines.of("hentet")) if entry.read is not None else None
        day_known = published is not None and published.precision == "day"
        is_understood = published is not None or entry.published == UNKNOWN
        if is_understood and not day_known and entry.read is None:
            self._at(
                lines.of("udgivet"),
                f"kilden «{name}» mangler «hentet»: den dag, kilden blev læst. Den skal stå, "
                "når udgivet ikke er en bestemt dag.",
            )
        if published is not None and published.first > self.today + _AHEAD:
            self._at(
                lines.of("udgivet"),
                f"«udgivet: {entry.published}» ligger mere end to år ude i fremtiden. Er årstallet rigtigt?",
            )
        if published is not None and read is not None and read < published.first - _EMBARGO:
            self._tell(
                lines.of("hentet").line,
                f"«hentet: {entry.read}» ligger længe før kilden udkom ({published.print()}). Er begge "
                "datoer rigtige?",
                warning=True,
            )
        pages = as_bool(entry.pages)
        if pages is None:
            self._at(lines.of("sider"), f"«sider: {entry.pages}» skal være ja eller nej.")
        if entry.published != UNKNOWN and published is None:
            return None
        if published is None and read is None:
            return None
        url = None if entry.url == UNKNOWN else entry.url
        if url is not None and not re.fullmatch(r"https?://[^\s/]\S*", url):
            told = f"«url: {entry.url}» er ikke en adresse. Skriv https://… eller ukendt."
            if " " in url:
                told = f"«url: {entry.url}» har et mellemrum. Kopiér adressen igen, eller skriv %20 i stedet."
            self._at(lines.of("url"), told)
        return Source(
            name,
            entry.title,
            entry.publisher,
            published,
            read,
            url,
            bool(pages),
            entry.note,
            Place(self.path, line),
            entry.language,
        )

    def _partial(self, text: str, place: Place) -> PartialDate | None:
        if text == UNKNOWN:
            return None
        try:
            return parse_partial_date(text)
        except DateError as error:
            self._at(place, str(error))
            return None

    def _day(self, text: str, place: Place) -> date | None:
        try:
            return parse_day(text)
        except DateError as error:
            self._at(place, str(error))
            return None

    def _flag(self, text: str | None, key: str, lines: Lines) -> bool:
        flag = as_bool(text)
        if flag is None:
            self._at(lines.of(key), f"«{key}: {text}» skal være ja eller nej.")
        return bool(flag)

    def _indicator(self, name: str, node: Node, line: int) -> Indicator | None:
        entry, lines, problems = read_entry(
            node, IndicatorEntry, self.path, f"indikatoren «{name}»", line, name
        )
        self.problems += problems
        self.lines[name] = lines
        if entry is None:
            return None
        unit = UNITS.get(entry.unit)
        if unit is None:
            self._at(
                lines.of("enhed"),
                f"enheden «{entry.unit}» kendes ikke.{_unit_meant(entry.unit)} "
                f"Der kan stå: {', '.join(UNITS)}.",
            )
            return None
        if entry.nouns and len(entry.nouns) != 2:
            self._at(
                lines.of("navneord"), "«navneord» skal være to ord, ental og flertal: [kvinde, kvinder]."
            )
        return Indicator(
            name,
            entry.name,
            unit,
            None if entry.among.strip() in ("–", "-") else entry.among,
            entry.parts,
            self._flag(entry.exclusive, "udelukkende", lines),
            self._flag(entry.exhaustive, "udtømmende", lines),
            entry.target,
            self._flag(entry.survey, "spørgeskema", lines),
            entry.statistic,
            entry.nouns,
            entry.note,
            Place(self.path, line),
        )

    def _check_indicators(self, indicators: Mapping[str, Indicator]) -> None:
        for indicator in indicators.values():
            for key, others in (
                ("dele", indicator.parts),
                ("mål", (indicator.target,) if indicator.target else ()),
            ):
                for index, other in enumerate(others):
                    why = self._unfit(indicator, key, other, indicators)
                    if why is not None:
                        self.bad_indicators.add(indicator.id)
                        where = f"{key}.{index}" if key == "dele" else key
                        if why:
                            self._at(self.lines[indicator.id].of(where), why)
            if len(set(indicator.parts)) < len(indicator.parts):
                why = f"«dele» i indikatoren «{indicator.id}» nævner den samme to gange."
                self._at(self.lines[indicator.id].of("dele"), why)
                self.bad_indicators.add(indicator.id)
            below = _below(indicator.id, indicators)
            if indicator.id in below:
                ring = [name for name in indicators if name in below and name in _below(name, indicators)]
                self.bad_indicators.add(indicator.id)
                if indicator.id == ring[0]:
                    why = f"{listed(ring)} er dele af hinanden i ring."
                    self._at(self.lines[indicator.id].of("dele"), why)

    def _unfit(
        self, indicator: Indicator, key: str, other: str, indicators: Mapping[str, Indicator]
    ) -> str | None:
        """Return why an indicator cannot name another; empty where that one's own fault is told already."""
        told = f"«{key}» i indikatoren «{indicator.id}» nævner"
        if other == indicator.id:
            return f"{told} indikatoren selv."
        found = indicators.get(other)
        if found is None:
            near = did_you_mean(other, set(indicators) - {indicator.id})
            return "" if other in self.bad_indicators else f"{told} «{other}», som ikke findes.{near}"
        if found.unit.id != indicator.unit.id:
            return f"{told} «{other}», som har en anden enhed ({found.unit.id}, ikke {indicator.unit.id})."
        return None

    def _observations(
        self, node: Sequence, sources: Mapping[str, Source], indicators: Mapping[str, Indicator]
    ) -> Iterator[Observation]:
        targets = {indicator.target for indicator in indicators.values() if indicator.target}
        for item in node.items:
            before = len(self.problems)
            observation = None
            if item.line not in self.trapped:
                observation = self._observation(item, sources, indicators, targets)
            is_wrong = any(not problem.warning for problem in self.problems[before:])
            if is_wrong or observation is None:
                self.bad_indicators |= _meant(item, indicators)
            if observation is not None:
                yield observation

    def _observation(
        self,
        node: Node,
        sources: Mapping[str, Source],
        indicators: Mapping[str, Indicator],
        targets: set[str],
    ) -> Observation | None:
        entry, lines, problems = read_entry(node, ObservationEntry, self.path, "observationen", node.line)
        self.problems += problems
        if entry is None:
            return None
        indicator, source = indicators.get(entry.indicator), sources.get(entry.source)
        if indicator is None and entry.indicator not in self.bad_indicators:
            self._at(
                lines.of("indikator"),
                f"indikatoren «{entry.indicator}» findes ikke under «indikatorer»."
                f"{_meant_of(entry.indicator, indicators)}",
            )
        if source is None and entry.source not in self.bad_sources:
            self._at(
                lines.of("kilde"),
                f"kilden «{entry.source}» findes ikke under «kilder».{_meant_of(entry.source, sources)}",
            )
        period = self._period(entry.period, lines)
        if indicator is None:
            return None
        value = self._value(entry.value, indicator.unit, lines.of("værdi"), target=indicator.id in targets)
        if value is not None and indicator.survey and indicator.unit.id == "procent" and _is_too_much(value):
            self._at(
                lines.of("værdi"),
                f"«værdi: {entry.value}» er en andel af dem, der svarede, og den kan ikke være over 100 "
                "procent. Se efter i kilden.",
            )
        n = self._answers(entry, indicator, lines)
        page = self._page(entry, source, lines)
        supersedes = self._supersedes(entry, sources, lines)
        preferred = self._flag(entry.preferred, "foretrukken", lines)
        if preferred and not entry.preferred_why:
            self._at(lines.of("foretrukken"), "«foretrukken: ja» skal have en grund: tilføj «hvorfor».")
        if entry.preferred_why and not preferred:
            self._at(lines.of("hvorfor"), "«hvorfor» hører til «foretrukken: ja», som mangler.")
        mended = tuple(
            self._mended(inner, index, indicator.unit, lines) for index, inner in enumerate(entry.mended)
        )
        if period is None or value is None or source is None:
            return None
        status = Status(entry.status)
        if period.first > source.vintage and status is not Status.EXPECTED:
            self._at(
                lines.of("periode"),
                f"perioden {period.text} begynder efter kildens dato "
                f"({print_day(source.vintage)}). Er tallet ventet, så skriv "
                "«status: forventet».",
            )
        return Observation(
            entry.indicator,
            period,
            value,
            entry.source,
            page,
            n,
            entry.quotation,
            entry.note,
            supersedes,
            preferred,
            entry.preferred_why,
            tuple(item for item in mended if item is not None),
            entry.among,
            entry.break_note,
            status,
            Place(self.path, lines.line),
        )

    def _period(self, text: str, lines: Lines) -> Period | None:
        try:
            return parse_period(text)
        except PeriodError as error:
            self._at(lines.of("periode"), str(error))
            return None

    def _value(self, text: str, unit: Unit, place: Place, *, target: bool = False) -> Value | None:
        if text.strip() == UNKNOWN:
            self._at(place, "«ukendt» er ikke et tal. Giver kilden intet tal, så skriv ingen observation.")
            return None
        bare = next((text[: -len(word)].strip() for word in _by_length(unit) if _ends_with(text, word)), None)
        if bare:
            self._at(
                place, f"«{text}» har enheden med; den står ved indikatoren. Skriv {bare.removesuffix('.')}."
            )
            return None
        try:
            return parse_value(text, unit, target=target)
        except NotationError as error:
            self._at(place, str(error))
            return None

    def _answers(self, entry: ObservationEntry, indicator: Indicator, lines: Lines) -> Value | None:
        if not indicator.survey:
            if entry.n is not None:
                self._at(
                    lines.of("n"),
                    f"«n» kan kun stå, hvor indikatoren har «spørgeskema: ja», og det har "
                    f"«{indicator.id}» ikke.",
                )
            return None
        if entry.n is None:
            self._at(
                lines.of("indikator"), "observationen mangler «n»: hvor mange der svarede, eller ukendt."
            )
            return None
        if entry.n == UNKNOWN:
            return None
        value = self._value(entry.n, UNITS["antal"], lines.of("n"))
        if value is None:
            return None
        if value.first.value.denominator != 1:
            self._at(lines.of("n"), f"«n: {entry.n}» skal være et helt antal svar, eller ukendt.")
            return None
        if value.first.value < _TOO_FEW:
            self._at(lines.of("n"), f"«n: {entry.n}» er for få svar til at blive trykt. Udelad tallet.")
        elif value.first.value < _FEW:
            self.problems.append(
                Problem(lines.of("n"), (f"«n: {entry.n}» er få svar. Læserne får det at vide."), warning=True)
            )
        return value

    def _page(self, entry: ObservationEntry, source: Source | None, lines: Lines) -> str | None:
        if source is None:
            return None
        if source.has_pages and entry.page is None:
            self._at(
                lines.of("kilde"),
                f"observationen mangler «side»: kilden «{source.id}» har sidetal. Skriv "
                "sidetallet, eller ukendt.",
            )
        if not source.has_pages and entry.page is not None:
            self._at(
                lines.of("side"),
                f"«side» kan kun stå, hvor kilden har «sider: ja», og det har «{source.id}» ikke.",
            )
        return None if entry.page in (None, UNKNOWN) else entry.page

    def _supersedes(
        self, entry: ObservationEntry, sources: Mapping[str, Source], lines: Lines
    ) -> Supersedes | None:
        if entry.supersedes is None:
            return None
        name = entry.supersedes.source
        if name not in sources and name not in self.bad_sources:
            self._at(
                lines.of("erstatter.kilde"),
                f"kilden «{name}» under «erstatter» findes ikke.{did_you_mean(name, sources)}",
            )
        return Supersedes(name, Reason(entry.supersedes.reason), entry.supersedes.explanation)

    def _mended(self, entry: MendedEntry, index: int, unit: Unit, lines: Lines) -> Mended | None:
        day = self._day(entry.day, lines.of(f"rettet.{index}.dato"))
        stood = self._value(entry.stood, unit, lines.of(f"rettet.{index}.stod"))
        return Mended(day, stood, entry.explanation) if day and stood else None

    def _check_unique(self, observations: tuple[Observation, ...]) -> tuple[Observation, ...]:
        first: dict[str, Observation] = {}
        for observation in observations:
            other = first.setdefault(observation.key, observation)
            if other is not observation:
                self._at(
                    observation.place,
                    f"{observation.key} står også i linje {other.place.line}. Et tal slettes "
                    "eller gentages ikke: har kilden rettet sig, så opret den nye udgave "
                    "som en kilde for sig.",
                )
                self.bad_indicators.add(observation.indicator)
        return tuple(first.values())

    def _check_periods(self, observations: Iterable[Observation]) -> None:
        kinds: dict[str, dict[str, Observation]] = defaultdict(dict)
        for observation in observations:
            kinds[observation.indicator].setdefault(observation.period.kind, observation)
        for indicator, found in kinds.items():
            if len(found) > 1:
                one, other = list(found.values())[:2]
                self._at(
                    other.place,
                    f"«{indicator}» har perioder af to slags: {one.period.text} og "
                    f"{other.period.text}. Opret en indikator til den ene slags.",
                )
                self.bad_indicators.add(indicator)

    def _check_successions(self, observations: Iterable[Observation], sources: Mapping[str, Source]) -> None:
        by_key = {observation.key: observation for observation in observations}
        for observation in by_key.values():
            if observation.supersedes is None or observation.supersedes.source in self.bad_sources:
                continue
            name = observation.supersedes.source
            if name not in sources:
                continue
            key = f"{observation.indicator}/{observation.period.text}@{name}"
            older = by_key.get(key)
            why = None
            if name == observation.source:
                why = f"{observation.key} erstatter sig selv. Skriv den kilde, tallet stod i før."
            elif older is None:
                if observation.indicator not in self.bad_indicators:
                    why = f"{observation.key} erstatter {key}, som ikke findes."
            elif ring := self._ring(observation, by_key):
                if observation.key == ring[0]:
                    why = f"{listed(ring)} erstatter hinanden i ring. Kun det nye tal erstatter det gamle."
                else:
                    self.bad_indicators.add(observation.indicator)
            elif sources[name].vintage > sources[observation.source].vintage:
                why = (
                    f"{observation.key} kan ikke erstatte {key}, som er yngre "
                    f"({print_day(sources[name].vintage)}). Er de byttet om?"
                )
            elif observation.status is Status.EXPECTED and older.status is not Status.EXPECTED:
                why = f"{observation.key} er ventet og kan ikke erstatte {key}, som er {older.status}."
            if why:
                self._at(observation.place, why)
                self.bad_indicators.add(observation.indicator)

    @staticmethod
    def _ring(observation: Observation, by_key: Mapping[str, Observation]) -> tuple[str, ...]:
        """Return the keys that replace each other in a ring, in the file's order; none without a ring."""
        seen: list[str] = []
        current: Observation | None = observation
        while current is not None and current.supersedes is not None and current.key not in seen:
            seen.append(current.key)
            current = by_key.get(f"{current.indicator}/{current.period.text}@{current.supersedes.source}")
        if current is None or current.key not in seen:
            return ()
        ring = seen[seen.index(current.key) :]
        return tuple(key for key in by_key if key in ring)


def _below(name: str, indicators: Mapping[str, Indicator]) -> set[str]:
    """Return the parts of an indicator, and their parts, and so on; itself where they lead back to it."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        above = waiting.pop()
        known = indicators.get(above)
        fresh = {part for part in known.parts if part != above} - found if known else set()
        found |= fresh
        waiting += fresh
    return found


def _meant(item: Node, indicators: Mapping[str, Indicator]) -> frozenset[str]:
    """Return the indicators that an observation with a fault may have been about."""
    if not isinstance(item, YamlMapping):
        return frozenset()
    name = item.get("indikator")
    if isinstance(name, Scalar):
        near = re.search("«(.+)»", did_you_mean(name.text, indicators))
        return frozenset({name.text} if name.text in indicators or near is None else {name.text, near[1]})
    texts = {value.text for _, value in item.entries if isinstance(value, Scalar)}
    return frozenset(texts & indicators.keys())


def _meant_of(words: str, known: Mapping[str, Source] | Mapping[str, Indicator]) -> str:
    """Return `` Mente du «x»?`` for the one that is called so, or whose id is misspelt."""
    folded = words.strip().casefold()
    called = [
        one.id
        for one in known.values()
        if folded == (one.title if isinstance(one, Source) else one.name).casefold()
    ]
    return f" Mente du «{called[0]}»?" if len(called) == 1 else did_you_mean(words, known)


def _by_length(unit: Unit) -> list[str]:
    return sorted(unit.words, key=len, reverse=True)


def _ends_with(text: str, word: str) -> bool:
    """Tell whether a unit's word ends a text with a number before it, with a space between or without."""
    folded = text.casefold().rstrip()
    number = folded[: -len(word)].rstrip()
    return folded.endswith(word) and (number[-1:].isdigit() or number.endswith((" mio.", " mia.")))


def _unit_meant(text: str) -> str:
    """Return `` Mente du «x»?`` for a unit that is misspelt, or written as it is printed."""
    unit = unit_of(text.strip())
    return f" Mente du «{unit.id}»?" if unit is not None else did_you_mean(text, UNITS)


def _is_too_much(share: Value) -> bool:
    low = share.interval.low
    return low is not None and low > 100
