"""Which articles a reader may want next: those that share most, each with its reasons.

Figures weigh most, then the series, the subjects, the people and places that are named, and the category.
What few share tells more than what many do. Of those that share a thing only the nearest in time are
weighed, so that ten thousand articles cost ten thousand times what one does, and not its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from msgspec import Struct

#: How many are shown.
MOST = 3
#: How many of those that share a thing are weighed, on either side in time.
_NEAREST = 12
#: Nothing below this is worth a reader's while: a category and an evening in common.
_LEAST = 60
#: So many are one piece of work.
_AT_A_TIME = 500


class Kind(Struct, frozen=True):
    """A kind of thing to share, and what it weighs where two articles alone share it."""

    name: str
    weight: int
    fades: bool = True
    """Whether it weighs less, the more articles have it."""


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("tal", 500),
        Kind("serie", 400, fades=False),
        Kind("emne", 300),
        Kind("navn", 200),
        Kind("kategori", 40, fades=False),
    )
}

#: A thing that articles share: the kind's name, and which it is.
Thing = tuple[str, str]


class Traits(Struct, frozen=True):
    """What an article has to share."""

    path: str
    day: date
    people: tuple[str, ...]
    """Who wrote it; organisations are left out, since they write everything."""
    things: frozenset[Thing]
    shown: frozenset[str] = frozenset()
    """Articles that its page shows anyway: the parts of its own series."""


class Kin(Struct, frozen=True):
    """An article that shares something, and what."""

    path: str
    score: int
    shares: tuple[Thing, ...]
    """The heaviest first."""


#: What an earlier build found: its articles, and the kin of each.
Earlier = tuple[Sequence[Traits], Mapping[str, tuple[Kin, ...]]]


def related(articles: Sequence[Traits], earlier: Earlier | None = None) -> Mapping[str, tuple[Kin, ...]]:
    """Return at most three articles for each, by path, the nearest first.

    Args:
        articles: those that readers get.
        earlier: what an earlier build found; only what has changed since is weighed again, and the
            result is the same as without.
    """
    before, known = earlier or (None, {})
    again = related_again(articles, before)
    return {
        traits.path: again[traits.path] if traits.path in again else known[traits.path] for traits in articles
    }


#: What does some work to each of many things, in their order.
Each = Callable[[Callable[[Sequence[int]], list[tuple[Kin, ...]]], Sequence[Sequence[int]]], Iterable[Any]]


def related_again(
    articles: Sequence[Traits], before: Sequence[Traits] | None, each: Each = map
) -> Mapping[str, tuple[Kin, ...]]:
    """Return the related articles of those alone that may have others than before.

    Args:
        articles: those that readers get.
        before: those that readers got when the others' were found; ``None`` for all.
        each: does the work, a few hundred articles at a time; in one process where nothing is said.
    """
    ordered = sorted(articles, key=lambda traits: (traits.day, traits.path))
    places = _places(ordered)
    stale = _stale(ordered, places, before) if before is not None else None
    days = [traits.day.toordinal() for traits in ordered]
    again = [position for position, traits in enumerate(ordered) if stale is None or traits.path in stale]

    def choose(positions: Sequence[int]) -> list[tuple[Kin, ...]]:
        return [_choose(position, ordered, days, places) for position in positions]

    some = [again[first : first + _AT_A_TIME] for first in range(0, len(again), _AT_A_TIME)]
    made = chain.from_iterable(each(choose, some))
    return {ordered[position].path: kin for position, kin in zip(again, made, strict=True)}


def _stale(
    ordered: Sequence[Traits], places: Mapping[Thing, list[int]], before: Sequence[Traits]
) -> frozenset[str]:
    """Return the articles whose kin may be others than before.

    Those that changed, and those that are, or were, near one of them with something in common; where a
    thing weighs more or less than before, everybody who has it.
    """
    old_ordered = sorted(before, key=lambda traits: (traits.day, traits.path))
    old_places = _places(old_ordered)
    old, new = ({traits.path: traits for traits in side} for side in (old_ordered, ordered))
    changed = {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}
    stale = set(changed)
    for side, side_places in ((ordered, places), (old_ordered, old_places)):
        for position, traits in enumerate(side):
            if traits.path not in changed:
                continue
            for thing in traits.things:
                found = side_places[thing]
                here = bisect_left(found, position)
                # One step further out than is weighed: what came between pushed the last one out.
                for other in found[max(0, here - _NEAREST - 1) : here + _NEAREST + 2]:
                    stale.add(side[other].path)
    things = {thing for path in changed for side in (old, new) if path in side for thing in side[path].things}
    for thing in things:
        one, other = len(old_places.get(thing, ())), len(places.get(thing, ()))
        if one.bit_length() != other.bit_length() or min(one, other) < 2:
            stale |= {ordered[position].path for position in places.get(thing, ())}
    return frozenset(stale)


def _places(ordered: Sequence[Traits]) -> Mapping[Thing, list[int]]:
    """Return where each thing is found, in the order of time."""
    places: dict[Thing, list[int]] = defaultdict(list)
    for position, traits in enumerate(ordered):
        for thing in traits.things:
            places[thing].append(position)
    return places


def _near(
    position: int, ordered: Sequence[Traits], places: Mapping[Thing, list[int]]
) -> Iterator[tuple[int, Thing, list[int], list[int]]]:
    """Yield what an article shares with those near it in time: what it weighs, the thing, and who has it."""
    for thing in ordered[position].things:
        found = places[thing]
        if len(found) > 1:
            here = bisect_left(found, position)
            before, after = found[max(0, here - _NEAREST) : here], found[here + 1 : here + 1 + _NEAREST]
            yield _weight(thing, len(found)), thing, before, after


def _weight(thing: Thing, count: int) -> int:
    kind = KINDS[thing[0]]
    return kind.weight // (count.bit_length() - 1) if kind.fades else kind.weight


def _choose(
    position: int, ordered: Sequence[Traits], days: Sequence[int], places: Mapping[Thing, list[int]]
) -> tuple[Kin, ...]:
    traits, today = ordered[position], days[position]
    near = list(_near(position, ordered, places))
    weights: dict[int, int] = defaultdict(int)
    for weight, _, before, after in near:
        for other in before:
            weights[other] += weight
        for other in after:
            weights[other] += weight
    ranked = []
    for other, weight in weights.items():
        if weight < _LEAST:
            continue
        # A year apart costs what a common name is worth; after three years nothing more is lost.
        distance = min(abs(days[other] - today), 3 * 365)
        score = weight - distance * 20 // 365
        if score >= _LEAST and (path := ordered[other].path) not in traits.shown:
            ranked.append((-score, distance, path, other))
    ranked.sort()
    found = []
    for negative, _, path, other in _mixed(ranked, ordered):
        shares = [(weight, thing) for weight, thing, *sides in near if any(other in side for side in sides)]
        found.append(Kin(path, -negative, _heaviest(shares)))
    return tuple(found)


def _mixed(
    ranked: Iterable[tuple[int, int, str, int]], ordered: Sequence[Traits]
) -> list[tuple[int, int, str, int]]:
    """Return the first three, but never three by one and the same person."""
    chosen: list[tuple[int, int, str, int]] = []
    for entry in ranked:
        if len(chosen) == MOST:
            break
        if len(chosen) == MOST - 1:
            common = set(ordered[entry[3]].people)
            for other in chosen:
                common &= set(ordered[other[3]].people)
            if common:
                continue
        chosen.append(entry)
    return chosen


def _heaviest(shares: Iterable[tuple[int, Thing]]) -> tuple[Thing, ...]:
    return tuple(thing for _, thing in sorted(shares, key=lambda share: (-share[0], share[1])))
