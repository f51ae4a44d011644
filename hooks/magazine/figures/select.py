"""Which observation answers: in force as of a day, newest, of a source, the one before, the target.

Everything here is a question put to frozen figures; nothing is remembered between two questions. Three
arguments recur: ``as_of`` is the day of the question, and what was published later does not count;
``today`` is the day up to which corrections are known, which count from the date of what they correct;
``dated`` tells that the question comes from words that were typed on a day, so that a source whose date
is unknown counts from the day it was read. Elsewhere nothing is held back for that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from magazine.danish.dates import print_day
from magazine.danish.lists import listed
from magazine.figures.model import Figures, Observation, Reason, Source, Status
from magazine.figures.periods import Period
from magazine.problems import did_you_mean
from magazine.values import print_value, same_printed


class Selection(Struct, frozen=True):
    """The observation that answers, and those that might have."""

    observation: Observation
    agreeing: tuple[Observation, ...] = ()
    """Other sources that print the same value."""


class NoValue(LookupError):  # noqa: N818 - an answer, not a failure
    """Nothing answers, or too much does; the text says in Danish what to do."""

    @property
    def message(self) -> str:
        """The Danish sentence."""
        return str(self.args[0])


def public(figures: Figures, today: date) -> Figures:
    """Return the figures without sources that are still to be published, and without what hangs on them.

    An indicator of which nothing but such sources tells is left out too, its name with it.
    """
    held = frozenset(source.id for source in figures.sources.values() if not source.is_out(today))
    if not held:
        return figures
    shown = tuple(item for item in figures.observations if item.source not in held)
    withheld = [item for item in figures.observations if item.source in held]
    gone = {item.indicator for item in withheld} - {item.indicator for item in shown}
    indicators = {
        key: replace(
            indicator,
            parts=tuple(part for part in indicator.parts if part not in gone),
            exhaustive=indicator.exhaustive and not gone & set(indicator.parts),
            target=None if indicator.target in gone else indicator.target,
        )
        for key, indicator in figures.indicators.items()
        if key not in gone
    }
    return replace(
        figures,
        sources={key: source for key, source in figures.sources.items() if key not in held},
        indicators=indicators,
        observations=shown,
        held_sources=held,
        held_periods=frozenset((item.indicator, item.period.text) for item in withheld),
    )


def unknown_indicator(figures: Figures, name: str) -> str:
    """Return what to say of an indicator that the public figures do not have."""
    if any(indicator == name for indicator, _ in figures.held_periods):
        return f"indikatoren «{name}» har endnu ingen tal, der er udgivet. {_WAIT}"
    return f"indikatoren «{name}» findes ikke i data/tal.yml.{did_you_mean(name, figures.indicators)}"


def unknown_source(figures: Figures, name: str) -> str:
    """Return what to say of a source that the public figures do not have."""
    if name in figures.held_sources:
        return f"kilden «{name}» er ikke udgivet endnu. {_WAIT}"
    return f"kilden «{name}» findes ikke i data/tal.yml.{did_you_mean(name, figures.sources)}"


#: Without the day and the value: build logs are public too.
_WAIT = "Vent med henvisningen, eller giv artiklen en dato, der ligger senere end kildens."


def in_force(
    figures: Figures, indicator: str, period: str, as_of: date, today: date, *, dated: bool = False
) -> Selection:
    """Return the one observation of an indicator for a period (``2021``) as of a day.

    Raises:
        NoValue: where none or several values are left.
    """
    of_period = figures.of(indicator, period)
    if not of_period:
        raise NoValue(_no_period(figures, indicator, period))
    return _one(figures, of_period, f"tal:{indicator}/{period}", _Day(as_of, today, dated))


def newest(figures: Figures, indicator: str, as_of: date, today: date, *, dated: bool = False) -> Selection:
    """Return the observation of the newest period that has one in force as of a day.

    What is expected is never the newest.

    Raises:
        NoValue: where no period has one, or the newest has several.
    """
    day = _Day(as_of, today, dated)
    for period in _periods(figures, indicator):
        candidates = figures.of(indicator, period.text)
        if any(_counts(figures, item, day) for item in _settled(candidates)):
            return _one(figures, candidates, f"tal:{indicator}/{period.text}", day)
    everything = figures.of(indicator)
    if everything and not _settled(everything):
        raise NoValue(
            f"tal:{indicator} har kun tal, der er ventet, og de er aldrig det nyeste. Skriv perioden med: "
            f"tal:{indicator}/{everything[0].period.text}."
        )
    raise NoValue(_none_yet(figures, f"tal:{indicator}", as_of, _settled(everything)))


def from_source(figures: Figures, indicator: str, period: str | None, source: str) -> Selection:
    """Return what one source says, whatever became of it; without a period, for the newest it has.

    Raises:
        NoValue: where it says nothing of the indicator, or of the period.
    """
    found = [item for item in figures.of(indicator, period) if item.source == source]
    if not found:
        where = f"/{period}" if period else ""
        others = sorted({item.source for item in figures.of(indicator, period)})
        hint = f" Det har {listed([f'@{other}' for other in others])}." if others else ""
        raise NoValue(f"kilden «{source}» har intet tal for {indicator}{where}.{hint}")
    return Selection(max(_settled(found) or found, key=lambda item: item.period.last))


def previous(
    figures: Figures, observation: Observation, as_of: date, today: date, *, dated: bool = False
) -> Selection:
    """Return the nearest earlier period's value (``forrige``).

    Raises:
        NoValue: where there is none, or where a break or another population lies between.
    """
    day = _Day(as_of, today, dated)
    if observation.break_note:
        raise NoValue(_broken(observation, observation.break_note))
    for period in _periods(figures, observation.indicator):
        if period.last >= observation.period.last:
            continue
        candidates = _settled(figures.of(observation.indicator, period.text))
        if any(_counts(figures, item, day) for item in candidates):
            found = _one(figures, candidates, f"tal:{observation.indicator}/{period.text}", day)
            if found.observation.among != observation.among:
                raise NoValue(
                    f"{observation.key} kan ikke sammenlignes med {found.observation.key}: tallene gælder "
                    "ikke de samme."
                )
            return found
        # A break lies between the two whether or not its own value was published by then.
        broken = next((item.break_note for item in candidates if item.break_note), None)
        if broken:
            raise NoValue(_broken(observation, broken))
    raise NoValue(f"der er intet tidligere tal end {observation.key}.")


def target_of(
    figures: Figures, indicator: str, period: Period, as_of: date, today: date, *, dated: bool = False
) -> Selection:
    """Return the target that holds for a period: its own, else the latest earlier one.

    Raises:
        NoValue: where the indicator has no target, or none by then.
    """
    day = _Day(as_of, today, dated)
    target = figures.indicators[indicator].target
    if target is None:
        raise NoValue(f"indikatoren «{indicator}» har intet mål i data/tal.yml.")
    earlier = [candidate for candidate in _periods(figures, target) if candidate.last <= period.last]
    for candidate in earlier:
        found = figures.of(target, candidate.text)
        if any(_counts(figures, item, day) for item in found):
            return _one(figures, found, f"tal:{target}/{candidate.text}", day)
    if not earlier and figures.of(target):
        first = _periods(figures, target)[-1]
        raise NoValue(f"målet tal:{target} gælder først fra {first.print()}, altså ikke {period.print()}.")
    candidates = [item for candidate in earlier for item in figures.of(target, candidate.text)]
    raise NoValue(_none_yet(figures, f"tal:{target}", as_of, candidates))


def series_of(
    figures: Figures,
    indicator: str,
    as_of: date,
    today: date,
    *,
    expected: bool = False,
    dated: bool = False,
) -> tuple[Selection, ...]:
    """Return every period's value in force as of a day, oldest first; periods without one are left out."""
    day = _Day(as_of, today, dated)
    found = []
    for period in reversed(_periods(figures, indicator)):
        candidates = figures.of(indicator, period.text)
        if any(_counts(figures, item, day) for item in (candidates if expected else _settled(candidates))):
            found.append(_one(figures, candidates, f"tal:{indicator}/{period.text}", day))
    return tuple(found)


def superseded_by(figures: Figures, observation: Observation, today: date) -> Observation | None:
    """Return the observation that has replaced this one by a day, a revision or an error."""
    for item in figures.of(observation.indicator, observation.period.text):
        if (
            item.supersedes is not None
            and item.supersedes.source == observation.source
            and figures.sources[item.source].is_out(today)
        ):
            return item
    return None


def newer_period(figures: Figures, indicator: str, period: Period, today: date) -> Selection | None:
    """Return the newest value where its period is later than ``period``."""
    try:
        found = newest(figures, indicator, today, today)
    except NoValue:
        return None
    return found if found.observation.period.last > period.last else None


def published_by(
    figures: Figures, candidates: Iterable[Observation], as_of: date, today: date, *, dated: bool = False
) -> tuple[Observation, ...]:
    """Return the observations that count by a day, replaced ones too, without what is only expected."""
    day = _Day(as_of, today, dated)
    return tuple(item for item in _settled(candidates) if _counts(figures, item, day))


def left_by(
    figures: Figures, candidates: Iterable[Observation], as_of: date, today: date, *, dated: bool = False
) -> tuple[Observation, ...]:
    """Return the observations that count by a day and are not replaced by then."""
    return tuple(_left(figures, candidates, _Day(as_of, today, dated)))


class _Day(Struct, frozen=True):
    """As of when it is asked."""

    as_of: date
    today: date
    dated: bool


def _settled(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    return tuple(item for item in observations if item.status is not Status.EXPECTED)


def _periods(figures: Figures, indicator: str) -> list[Period]:
    """Return an indicator's periods, newest first."""
    periods = {item.period for item in figures.of(indicator)}
    return sorted(periods, key=lambda period: (period.last, period.first), reverse=True)


def _counts(figures: Figures, observation: Observation, day: _Day) -> bool:
    return _published(figures, observation, day) <= day.as_of


def _published(figures: Figures, observation: Observation, day: _Day) -> date:
    """Return the day from which a value counts.

    What replaces an error counts from the date of what it replaces: the error never was valid.
    """
    published = _counts_from(figures.sources[observation.source], day)
    supersedes = observation.supersedes
    if supersedes is not None and supersedes.reason is Reason.ERROR and published <= day.today:
        replaced = replaced_by(figures, observation)
        if replaced is not None:
            return min(published, _published(figures, replaced, day))
    return published


def _counts_from(source: Source, day: _Day) -> date:
    return source.vintage if day.dated or source.published is not None else date.min


def replaced_by(figures: Figures, observation: Observation) -> Observation | None:
    """Return what an observation replaces, for whatever reason."""
    if observation.supersedes is None:
        return None
    return next(
        (
            item
            for item in figures.of(observation.indicator, observation.period.text)
            if item.source == observation.supersedes.source
        ),
        None,
    )


def is_preferred(figures: Figures, observation: Observation) -> bool:
    """Tell whether a value is preferred, itself or through what it replaces."""
    replaced = replaced_by(figures, observation)
    return observation.preferred or (replaced is not None and is_preferred(figures, replaced))


def _left(figures: Figures, candidates: Iterable[Observation], day: _Day) -> list[Observation]:
    """Return what was published by then and not replaced by then."""
    by_then = [item for item in candidates if _counts(figures, item, day)]
    replaced = {item.supersedes.source for item in by_then if item.supersedes is not None}
    return [item for item in by_then if item.source not in replaced]


def _one(figures: Figures, candidates: Sequence[Observation], asked: str, day: _Day) -> Selection:
    everything = _left(figures, candidates, day)
    if not everything:
        raise NoValue(_none_yet(figures, asked, day.as_of, candidates))
    left = list(_settled(everything)) or everything
    groups = _groups(left)
    if len(groups) > 1:
        preferred = [group for group in groups if any(is_preferred(figures, item) for item in group)]
        if len(preferred) != 1:
            raise NoValue(_several(figures, asked, groups, preferred))
        groups = preferred
    chosen = sorted(groups[0], key=_order(figures))
    return Selection(chosen[0], tuple(chosen[1:]))


def _order(figures: Figures) -> Callable[[Observation], tuple[bool, date, str]]:
    """Among equal values the preferred one speaks, else the oldest."""
    return lambda item: (not is_preferred(figures, item), figures.sources[item.source].vintage, item.source)


def _groups(observations: Iterable[Observation]) -> list[list[Observation]]:
    """Return the observations, those that print the same value together."""
    groups: list[list[Observation]] = []
    for item in observations:
        for group in groups:
            if same_printed(group[0].value, item.value):
                group.append(item)
                break
        else:
            groups.append([item])
    return groups


def _broken(observation: Observation, why: str) -> str:
    return f"{observation.key} kan ikke sammenlignes med tidligere: {why.rstrip('.')}."


def _none_yet(figures: Figures, asked: str, as_of: date, candidates: Sequence[Observation]) -> str:
    if not candidates:
        name = asked.removeprefix("tal:").partition("/")[0]
        if any(indicator == name for indicator, _ in figures.held_periods):
            return f"{asked} har endnu ingen tal, der er udgivet. {_WAIT}"
        return f"{asked} har ingen tal i data/tal.yml."
    first = min(candidates, key=lambda item: figures.sources[item.source].vintage)
    source = figures.sources[first.source]
    return (
        f"{asked} har intet tal pr. {print_day(as_of)}. Det første kom {print_day(source.vintage)}: henvis "
        f"til det med @{source.id}, eller sæt «updated» til den dag eller senere."
    )


def _no_period(figures: Figures, indicator: str, period: str) -> str:
    if (indicator, period) in figures.held_periods:
        return f"tal:{indicator}/{period} er ikke udgivet endnu. {_WAIT}"
    periods = [item.text for item in _periods(figures, indicator)]
    if not periods:
        return f"tal:{indicator} har ingen tal i data/tal.yml."
    return (
        f"tal:{indicator} har ingen periode «{period}».{did_you_mean(period, periods)} "
        f"Der er tal for {listed(periods)}."
    )


def _several(
    figures: Figures,
    asked: str,
    groups: Sequence[Sequence[Observation]],
    preferred: Sequence[Sequence[Observation]],
) -> str:
    told = listed(
        [
            f"{print_value(group[0].value, figures.indicators[group[0].indicator].unit)} (@{group[0].source})"
            for group in groups
        ]
    )
    advice = (
        "Flere af dem har «foretrukken: ja»: lad det stå ved ét"
        if preferred
        else "Sæt «foretrukken: ja» og «hvorfor» på det ene"
    )
    return f"{asked} har flere tal: {told}. {advice} i data/tal.yml, eller vælg kilden med @."
