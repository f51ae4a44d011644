"""What the figures must agree on among themselves: sums of families, and targets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from magazine.danish.lists import listed
from magazine.figures.model import Figures, Indicator, Observation, Reason
from magazine.intervals import Interval
from magazine.problems import Problem
from magazine.values import print_value


def check_targets(figures: Figures) -> Iterator[Problem]:
    """Yield a problem for each target that has no value at all."""
    measured = {observation.indicator for observation in figures.observations}
    for indicator in figures.indicators.values():
        if (
            indicator.target in figures.indicators
            and indicator.target not in measured
            and (indicator.target not in figures.unreadable_indicators)
        ):
            yield Problem(indicator.place, f"målet «{indicator.target}» har ingen tal.")


#: Per cent.
_ALL = 100
#: What is called a share is one, unless it is told how it has changed.
_SHARE = re.compile(r"(?<!h)andel(?:en)?\b", re.IGNORECASE)  # handel is trade
_CHANGE = re.compile(
    r"stig|vækst|vokse|ændring|udvikling|fald|frem(?:gang|skridt)|tilbagegang|forskel", re.IGNORECASE
)


def check_shares(figures: Figures) -> Iterator[Problem]:
    """Yield a warning for each share of more than a hundred per cent.

    Those of surveys are errors, told where they are read. Other percentages may be rises, and the data do not
    say which are; only what is called a share, what is part of a whole whose parts exclude each other or
    exhaust it, and what is the target of a share is known to be one.
    """
    shares = set(_shares(figures.indicators.values()))
    for observation in figures.observations:
        indicator = figures.indicators[observation.indicator]
        low = observation.value.interval.low
        if indicator.id in shares and not indicator.survey and low is not None and low > _ALL:
            told = f"{observation.key} er {print_value(observation.value, indicator.unit)}, men"
            why = f"«{indicator.name}» er en andel, og den kan ikke være over 100 procent. Se efter i kilden."
            yield Problem(observation.place, f"{told} {why}", warning=True)


def _shares(indicators: Iterable[Indicator]) -> Iterator[str]:
    for indicator in indicators:
        is_whole = bool(indicator.parts) and (indicator.exclusive or indicator.exhaustive)
        is_called_so = _SHARE.search(indicator.name) is not None and _CHANGE.search(indicator.name) is None
        if indicator.unit.id != "procent" or not (is_whole or is_called_so or indicator.survey):
            continue
        yield indicator.id
        yield from indicator.parts if is_whole else ()
        if indicator.target is not None:
            yield indicator.target


def check_families(figures: Figures) -> Iterator[Problem]:
    """Yield a problem for each source whose parts do not fit its whole.

    Per source and period, where the source gives the whole and all parts: equal within rounding where
    the parts exclude each other and exhaust the whole, no more than the whole where they exclude each
    other, no less where they exhaust it (design.md, "A family").
    """
    wrong = {
        (observation.indicator, observation.period, observation.supersedes.source)
        for observation in figures.observations
        if observation.supersedes is not None and observation.supersedes.reason is Reason.ERROR
    }
    by_place: dict[tuple[str, str], dict[str, Observation]] = defaultdict(dict)
    for observation in figures.observations:
        if (observation.indicator, observation.period, observation.source) in wrong:
            continue  # known to be wrong, and it stays in the file: its sum need not fit
        by_place[observation.source, observation.period.text][observation.indicator] = observation
    for whole in figures.indicators.values():
        if not whole.parts:
            continue
        for found in by_place.values():
            if whole.id in found and all(part in found for part in whole.parts):
                yield from _check_sum(whole, found)


def _check_sum(whole: Indicator, found: dict[str, Observation]) -> Iterator[Problem]:
    parts = [found[part] for part in whole.parts]
    total, sum_ = found[whole.id].value.interval, _sum(parts)
    too_much = _is_below(total, sum_)
    too_little = _is_below(sum_, total)
    told = listed([print_value(part.value, whole.unit) for part in parts])
    printed = print_value(found[whole.id].value, whole.unit)
    place = f"delene af «{whole.id}» for {found[whole.id].period.text} i kilden «{found[whole.id].source}»"
    if whole.exclusive and too_much:
        yield Problem(
            found[whole.id].place,
            f"{place} ({told}) er tilsammen mere end helheden "
            f"({printed}), og det kan de ikke være, når de udelukker hinanden.",
        )
    if whole.exhaustive and too_little:
        yield Problem(
            found[whole.id].place,
            f"{place} ({told}) er tilsammen mindre end helheden "
            f"({printed}), og det kan de ikke være, når de er udtømmende.",
        )


def _is_below(one: Interval, other: Interval) -> bool:
    """Tell whether every number of an interval is smaller than every number of another."""
    if one.high is None or other.low is None:
        return False
    return one.high < other.low or (one.high == other.low and not (one.high_closed and other.low_closed))


def _sum(parts: list[Observation]) -> Interval:
    lows = [part.value.interval.low for part in parts]
    highs = [part.value.interval.high for part in parts]
    return Interval(
        None if None in lows else sum(low for low in lows if low is not None),  # type: ignore[arg-type]
        None if None in highs else sum(high for high in highs if high is not None),  # type: ignore[arg-type]
        all(part.value.interval.low_closed for part in parts),
        all(part.value.interval.high_closed for part in parts),
    )
