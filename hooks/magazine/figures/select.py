"""Which observation answers: in force as of a day, newest, of a source, the one before, the target.

Everything here is a question put to frozen figures; nothing is remembered between two questions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from magazine.danish.dates import print_day
from magazine.danish.lists import listed
from magazine.figures.model import Figures, Indicator, Observation, Reason, Status
from magazine.figures.periods import Period
from magazine.problems import did_you_mean
from magazine.values import print_value, same_printed


@dataclass(frozen=True)
class Selection:
    """The observation that answers, and those that might have."""

    observation: Observation
    agreeing: tuple[Observation, ...] = ()
    """Other sources that print the same value."""
    passed_over: tuple[Observation, ...] = ()
    """Other values that were published by then, not replaced, and not preferred."""


class NoValue(LookupError):  # noqa: N818 - an answer, not a failure
    """Nothing answers, or too much does; the text says in Danish what to do."""

    @property
    def message(self) -> str:
        """The Danish sentence."""
        return str(self.args[0])


def public(figures: Figures, today: date) -> Figures:
    """Return the figures without sources that are still to be published, and without what hangs on them."""
    held = {source.id for source in figures.sources.values() if source.published and source.vintage > today}
    if not held:
        return figures
    return replace(
        figures,
        sources={key: source for key, source in figures.sources.items() if key not in held},
        observations=tuple(item for item in figures.observations if item.source not in held),
        unreadable_sources=figures.unreadable_sources | held,
    )


def in_force(figures: Figures, indicator: str, period: str, as_of: date, today: date) -> Selection:
    """Return the one observation of an indicator for a period as of a day.

    Args:
        figures: what is public.
        indicator: its id.
        period: as written, ``2021``.
        as_of: the day; what was published later does not count.
        today: corrections of errors known by then count from the date of what they correct.

    Raises:
        NoValue: where none or several values are left.
    """
    of_period = _of(figures, indicator, period)
    if not of_period:
        raise NoValue(_no_period(figures, indicator, period))
    return _one(figures, of_period, f"tal:{indicator}/{period}", as_of, today)


def newest(figures: Figures, indicator: str, as_of: date, today: date) -> Selection:
    """Return the observation of the newest period that has one in force as of a day.

    What is expected is never the newest.

    Raises:
        NoValue: where no period has one, or the newest has several.
    """
    periods = _periods(figures, indicator)
    for period in periods:
        candidates = [
            item for item in _of(figures, indicator, period.text) if item.status is not Status.EXPECTED
        ]
        if any(_published(figures, item, today) <= as_of for item in candidates):
            return _one(figures, candidates, f"tal:{indicator}/{period.text}", as_of, today)
    raise NoValue(
        _none_yet(
            figures,
            f"tal:{indicator}",
            as_of,
            [
                item
                for period in periods
                for item in _of(figures, indicator, period.text)
                if item.status is not Status.EXPECTED
            ],
        )
    )


def from_source(figures: Figures, indicator: str, period: str | None, source: str) -> Selection:
    """Return what one source says, whatever became of it.

    Raises:
        NoValue: where it says nothing of the indicator, or of the period.
    """
    found = [item for item in figures.observations if item.indicator == indicator and item.source == source]
    if period is not None:
        found = [item for item in found if item.period.text == period]
    if not found:
        where = f"/{period}" if period else ""
        others = sorted(
            {
                item.source
                for item in figures.observations
                if item.indicator == indicator and (period is None or item.period.text == period)
            }
        )
        hint = f" Det har {listed([f'@{other}' for other in others])}." if others else ""
        raise NoValue(f"kilden «{source}» har intet tal for {indicator}{where}.{hint}")
    return Selection(max(found, key=lambda item: item.period.last))


def previous(figures: Figures, observation: Observation, as_of: date, today: date) -> Selection:
    """Return the nearest earlier period's value (``forrige``).

    Raises:
        NoValue: where there is none, or where a break or another population lies between.
    """
    if observation.break_note:
        raise NoValue(f"{observation.key} kan ikke sammenlignes med tidligere: {observation.break_note}")
    earlier = [
        period for period in _periods(figures, observation.indicator) if period.last < observation.period.last
    ]
    for period in earlier:
        candidates = [
            item
            for item in _of(figures, observation.indicator, period.text)
            if item.status is not Status.EXPECTED
        ]
        if not any(_published(figures, item, today) <= as_of for item in candidates):
            continue
        found = _one(figures, candidates, f"tal:{observation.indicator}/{period.text}", as_of, today)
        if found.observation.among != observation.among:
            raise NoValue(
                f"{observation.key} kan ikke sammenlignes med {found.observation.key}: tallene gælder ikke "
                "de samme."
            )
        return found
    raise NoValue(f"der er intet tidligere tal end {observation.key}.")


def target_of(figures: Figures, indicator: str, period: Period, as_of: date, today: date) -> Selection:
    """Return the target that holds for a period: its own, else the latest earlier one.

    Raises:
        NoValue: where the indicator has no target, or none by then.
    """
    target = figures.indicators[indicator].target
    if target is None:
        raise NoValue(f"indikatoren «{indicator}» har intet mål i data/tal.yml.")
    for candidate in _periods(figures, target):
        if candidate.last > period.last:
            continue
        found = _of(figures, target, candidate.text)
        if any(_published(figures, item, today) <= as_of for item in found):
            return _one(figures, found, f"tal:{target}/{candidate.text}", as_of, today)
    raise NoValue(_none_yet(figures, f"tal:{target}", as_of, _of(figures, target, None)))


def series_of(
    figures: Figures, indicator: str, as_of: date, today: date, *, expected: bool = False
) -> tuple[Selection, ...]:
    """Return every period's value in force as of a day, oldest first; periods without one are left out."""
    found = []
    for period in reversed(_periods(figures, indicator)):
        candidates = [
            item
            for item in _of(figures, indicator, period.text)
            if expected or item.status is not Status.EXPECTED
        ]
        if any(_published(figures, item, today) <= as_of for item in candidates):
            found.append(_one(figures, candidates, f"tal:{indicator}/{period.text}", as_of, today))
    return tuple(found)


def superseded_by(figures: Figures, observation: Observation, today: date) -> Observation | None:
    """Return the observation that has replaced this one by a day, a revision or an error."""
    for item in figures.observations:
        if (
            item.supersedes is not None
            and item.supersedes.source == observation.source
            and item.indicator == observation.indicator
            and item.period == observation.period
            and figures.sources[item.source].vintage <= today
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


def family_of(figures: Figures, indicator: str) -> Indicator | None:
    """Return the whole whose family an indicator belongs to: itself, or what it is a part of."""
    own = figures.indicators.get(indicator)
    if own is not None and own.parts:
        return own
    return next((whole for whole in figures.indicators.values() if indicator in whole.parts), None)


def family_newest(
    figures: Figures, members: Sequence[str], as_of: date, today: date
) -> tuple[dict[str, Selection], str | None]:
    """Return the members of a family for the newest period for which one source gives them all.

    Args:
        figures: what is public.
        members: at least two ids of one family.
        as_of: the day.
        today: as in ``in_force``.

    Returns:
        The selections by id, and a warning where a single member has a newer value.

    Raises:
        NoValue: where no source gives them all.
    """
    periods = sorted(
        {item.period for member in members for item in _of(figures, member, None)},
        key=lambda period: period.last,
        reverse=True,
    )
    skipped: list[Observation] = []
    for period in periods:
        found = family_in_period(figures, members, period.text, as_of, today)
        if found is not None:
            return found, _skipped_warning(figures, members, skipped, period)
        skipped += [
            item
            for member in members
            for item in _of(figures, member, period.text)
            if item.status is not Status.EXPECTED and _published(figures, item, today) <= as_of
        ]
    raise NoValue(f"ingen kilde har både {listed(list(members))} for samme periode.")


def family_in_period(
    figures: Figures, members: Sequence[str], period: str, as_of: date, today: date
) -> dict[str, Selection] | None:
    """Return a family's members for a period from one source: the preferred one, else the youngest.

    What replaced an error speaks in the place of the error, which never was valid.
    """
    by_source: dict[str, dict[str, Observation]] = defaultdict(dict)
    for member in members:
        for item in _of(figures, member, period):
            if item.status is not Status.EXPECTED and _published(figures, item, today) <= as_of:
                by_source[item.source][member] = _put_right(figures, item, today)
    whole = {source: items for source, items in by_source.items() if len(items) == len(members)}
    if not whole:
        return None
    best = max(
        whole,
        key=lambda source: (
            any(_is_preferred(figures, item) for item in whole[source].values()),
            figures.sources[source].vintage,
        ),
    )
    return {member: Selection(item) for member, item in whole[best].items()}


def _put_right(figures: Figures, observation: Observation, today: date) -> Observation:
    """Return what has replaced an observation because it was wrong; itself where nothing has."""
    later = superseded_by(figures, observation, today)
    if later is None or later.supersedes is None or later.supersedes.reason is not Reason.ERROR:
        return observation
    return _put_right(figures, later, today)


def _skipped_warning(
    figures: Figures, members: Sequence[str], skipped: Iterable[Observation], period: Period
) -> str | None:
    newer = sorted({item.key for item in skipped})
    if not newer:
        return None
    lacking = sorted(set(members) - {key.partition("/")[0] for key in newer})
    return (
        (
            f"der er nyere tal ({listed(newer)}), men siden viser {period.print()}, fordi {listed(lacking)} "
            "mangler fra samme kilde."
        )
        if lacking
        else None
    )


def _of(figures: Figures, indicator: str, period: str | None) -> list[Observation]:
    return [
        item
        for item in figures.observations
        if item.indicator == indicator and (period is None or item.period.text == period)
    ]


def _periods(figures: Figures, indicator: str) -> list[Period]:
    """Return an indicator's periods, newest first."""
    periods = {item.period for item in figures.observations if item.indicator == indicator}
    return sorted(periods, key=lambda period: (period.last, period.first), reverse=True)


def _published(figures: Figures, observation: Observation, today: date) -> date:
    """Return the day from which a value counts.

    What replaces an error counts from the date of what it replaces: the error never was valid.
    """
    day = figures.sources[observation.source].vintage
    supersedes = observation.supersedes
    if supersedes is not None and supersedes.reason is Reason.ERROR and day <= today:
        for item in figures.observations:
            if (
                item.indicator == observation.indicator
                and item.period == observation.period
                and item.source == supersedes.source
            ):
                return min(day, _published(figures, item, today))
    return day


def _is_preferred(figures: Figures, observation: Observation) -> bool:
    """Tell whether a value is preferred, itself or through what it replaces."""
    if observation.preferred:
        return True
    if observation.supersedes is None:
        return False
    return any(
        _is_preferred(figures, item)
        for item in figures.observations
        if item.indicator == observation.indicator
        and item.period == observation.period
        and item.source == observation.supersedes.source
    )


def _one(
    figures: Figures, candidates: Sequence[Observation], asked: str, as_of: date, today: date
) -> Selection:
    by_then = [item for item in candidates if _published(figures, item, today) <= as_of]
    if not by_then:
        raise NoValue(_none_yet(figures, asked, as_of, candidates))
    replaced = {item.supersedes.source for item in by_then if item.supersedes is not None}
    left = [item for item in by_then if item.source not in replaced]
    settled = [item for item in left if item.status is not Status.EXPECTED]
    left = settled or left
    groups = _groups(left)
    if len(groups) > 1:
        preferred = [group for group in groups if any(_is_preferred(figures, item) for item in group)]
        if len(preferred) != 1:
            raise NoValue(_several(figures, asked, groups))
        groups.sort(key=lambda group: group is not preferred[0])
    chosen = sorted(groups[0], key=_order(figures))
    passed = tuple(item for group in groups[1:] for item in sorted(group, key=_order(figures)))
    return Selection(chosen[0], tuple(chosen[1:]), passed)


def _order(figures: Figures) -> Callable[[Observation], tuple[bool, date, str]]:
    """Among equal values the preferred one speaks, else the oldest."""
    return lambda item: (not _is_preferred(figures, item), figures.sources[item.source].vintage, item.source)


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


def _none_yet(figures: Figures, asked: str, as_of: date, candidates: Sequence[Observation]) -> str:
    if not candidates:
        return f"{asked} har ingen tal i data/tal.yml."
    first = min(candidates, key=lambda item: figures.sources[item.source].vintage)
    source = figures.sources[first.source]
    return (
        f"{asked} har intet tal pr. {print_day(as_of)}. Det første kom {print_day(source.vintage)}: henvis "
        f"til det med @{source.id}, eller sæt «updated» til den dag eller senere."
    )


def _no_period(figures: Figures, indicator: str, period: str) -> str:
    periods = [item.text for item in _periods(figures, indicator)]
    if not periods:
        return f"tal:{indicator} har ingen tal i data/tal.yml."
    return (
        f"tal:{indicator} har ingen periode «{period}».{did_you_mean(period, periods)} "
        f"Der er tal for {listed(periods)}."
    )


def _several(figures: Figures, asked: str, groups: Sequence[Sequence[Observation]]) -> str:
    told = listed(
        [
            f"{print_value(group[0].value, figures.indicators[group[0].indicator].unit)} (@{group[0].source})"
            for group in groups
        ]
    )
    return (
        f"{asked} har flere tal: {told}. Sæt «foretrukken: ja» og «hvorfor» på det ene i data/tal.yml, "
        "eller vælg kilden med @."
    )
