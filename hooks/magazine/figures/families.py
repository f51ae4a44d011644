"""A whole and its parts, beside each other: from one source, or not at all (design.md, "A family")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from magazine.danish.lists import listed
from magazine.figures.model import Figures, Observation, Reason
from magazine.figures.periods import Period
from magazine.figures.select import (
    NoValue,
    Selection,
    in_force,
    is_preferred,
    left_by,
    published_by,
    replaced_by,
    superseded_by,
)
from magazine.values import print_value, same_printed

#: A source's observations of a family in a period, by indicator.
Members = Mapping[str, Observation]


def families_among(figures: Figures, indicators: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return the families of which at least two members are named: a whole and its parts, or its parts.

    An indicator may be a part of one whole and the whole of others; then it stands in both families.
    """
    named = list(dict.fromkeys(indicators))
    found = []
    for whole in figures.indicators.values():
        members = tuple(name for name in named if name == whole.id or name in whole.parts)
        if whole.parts and len(members) > 1:
            found.append(members)
    return tuple(found)


#: What to say of members that stand in two families which no source brings together.
TORN = (
    "{} er med i to familier, der hver skal komme fra én kilde, men de to kilder giver ikke det samme tal. "
    "Skriv perioden og kilden på henvisningerne."
)


def torn_between(before: Mapping[str, Selection], found: Mapping[str, Selection]) -> list[str]:
    """Return the members that one family shows otherwise than another; two sources may print one value."""
    return [
        member
        for member, selection in found.items()
        if member in before and not _show_the_same(before[member].observation, selection.observation)
    ]


def _show_the_same(one: Observation, other: Observation) -> bool:
    return one.period == other.period and same_printed(one.value, other.value)


def family_newest(
    figures: Figures, members: Sequence[str], as_of: date, today: date
) -> tuple[dict[str, Selection], str | None]:
    """Return the members of a family for the newest period for which one source gives them all.

    Args:
        figures: what is public.
        members: at least two ids of one family.
        as_of: the day.
        today: as in ``select``.

    Returns:
        The selections by id, and a warning where a single member has a newer value.

    Raises:
        NoValue: where no source gives them all.
    """
    periods = sorted(
        {item.period for member in members for item in figures.of(member)},
        key=lambda period: (period.last, period.first),
        reverse=True,
    )
    skipped: list[Observation] = []
    for period in periods:
        found = _settled_in(figures, members, period.text, as_of, today, dated=False)
        if found is not None:
            return found, _skipped_warning(members, skipped, period)
        for member in members:
            skipped += published_by(figures, figures.of(member, period.text), as_of, today)
    raise NoValue(f"ingen kilde har både {listed(list(members))} for samme periode.")


def family_in_period(
    figures: Figures, members: Sequence[str], period: str, as_of: date, today: date, *, dated: bool = False
) -> dict[str, Selection] | None:
    """Return a family's members for a period from one source; ``None`` where no source gives them all.

    The preferred source speaks. Where a revision has left no source with them all, the youngest that has
    them all keeps the word. What replaced an error speaks in its place: the error never was valid. A family
    of which nothing is settled yet speaks from what is expected.

    Raises:
        NoValue: where the preferred source lacks a member, or several sources disagree.
    """
    found = _settled_in(figures, members, period, as_of, today, dated=dated)
    if found is not None or any(
        published_by(figures, figures.of(member, period), as_of, today, dated=dated) for member in members
    ):
        return found
    single = {member: in_force(figures, member, period, as_of, today, dated=dated) for member in members}
    sources = {selection.observation.source for selection in single.values()}
    return single if len(sources) == 1 else None


def _settled_in(
    figures: Figures, members: Sequence[str], period: str, as_of: date, today: date, *, dated: bool
) -> dict[str, Selection] | None:
    by_source: dict[str, dict[str, Observation]] = defaultdict(dict)
    left: set[str] = set()
    for member in members:
        candidates = figures.of(member, period)
        for item in published_by(figures, candidates, as_of, today, dated=dated):
            by_source[item.source][member] = item
        left |= {item.key for item in left_by(figures, candidates, as_of, today, dated=dated)}
    whole = {source: items for source, items in by_source.items() if len(items) == len(members)}
    if not whole:
        return None
    preferred = {
        source
        for source, items in by_source.items()
        if any(item.key in left and is_preferred(figures, item) for item in items.values())
    }
    chosen = _chosen(figures, whole, by_source, preferred, left, today)
    found = {member: _put_right(figures, item, today) for member, item in whole[chosen].items()}
    return {
        member: Selection(item, _agreeing(item, by_source, member, left)) for member, item in found.items()
    }


def gap_in_period(figures: Figures, members: Sequence[str], period: str, as_of: date, today: date) -> str:
    """Return what to say where no source gives a family's members for a period: what each one lacks."""
    has: dict[str, set[str]] = defaultdict(set)
    for member in members:
        for item in published_by(figures, figures.of(member, period), as_of, today):
            has[item.source].add(member)
    lacks = [
        f"@{source} mangler {listed([member for member in members if member not in found])}"
        for source, found in sorted(has.items())
    ]
    told = f": {listed(lacks)}." if lacks else "."
    return f"ingen kilde har både {listed(list(members))} for {period}{told}"


def kept_back(figures: Figures, observations: Iterable[Observation], as_of: date) -> Iterator[str]:
    """Yield what an editor should know of values that only stay because a family has one source."""
    for observation in observations:
        later = superseded_by(figures, observation, as_of)
        if later is not None:
            printed = print_value(later.value, figures.indicators[observation.indicator].unit)
            yield (
                f"{observation.key} er siden opgjort til {printed} (@{later.source}), men bliver stående. "
                "Ellers kommer delene ikke fra én kilde."
            )


def _chosen(
    figures: Figures,
    whole: Mapping[str, Members],
    by_source: Mapping[str, Members],
    preferred: set[str],
    left: set[str],
    today: date,
) -> str:
    """Return the source that speaks for a family, of those that have all of its members."""
    standing = {
        source: items
        for source, items in whole.items()
        if all(item.key in left or _was_wrong(figures, item, today) for item in items.values())
    }
    if preferred:
        # A successor inherits the preference, but a revision of one member alone does not take the word
        # from the source that it revises.
        heirs = {
            origin
            for source in preferred
            for item in by_source[source].values()
            for origin in _line_of(figures, item)
        }
        fit = {source: items for source, items in standing.items() if source in preferred}
        fit = fit or {source: items for source, items in whole.items() if source in preferred | heirs}
        if not fit:
            source = min(preferred)
            lacking = [member for member in next(iter(whole.values())) if member not in by_source[source]]
            raise NoValue(
                f"{listed(sorted(next(iter(whole.values()))))} skal komme fra én kilde, men @{source}, som "
                f"er foretrukken, mangler {listed(sorted(lacking))}."
            )
        return _youngest(figures, fit)
    if standing and _agree(figures, list(standing.values()), today):
        # One value with several sources: as for a single figure, the oldest speaks.
        return min(standing, key=lambda source: (figures.sources[source].vintage, source))
    if standing:
        raise NoValue(
            f"{listed([f'@{source}' for source in sorted(standing)])} er uenige om "
            f"{listed(sorted(next(iter(standing.values()))))}. Sæt «foretrukken: ja» og «hvorfor» på den ene "
            "kildes tal i data/tal.yml."
        )
    return _youngest(figures, whole)


def _youngest(figures: Figures, whole: Mapping[str, Members]) -> str:
    return max(whole, key=lambda source: (figures.sources[source].vintage, source))


def _agree(figures: Figures, sources: Sequence[Members], today: date) -> bool:
    first = sources[0]
    return all(
        same_printed(
            _put_right(figures, first[member], today).value, _put_right(figures, other[member], today).value
        )
        for other in sources[1:]
        for member in first
    )


def _agreeing(
    item: Observation, by_source: Mapping[str, Members], member: str, left: set[str]
) -> tuple[Observation, ...]:
    others = (items[member] for items in by_source.values() if member in items)
    return tuple(
        other
        for other in others
        if other.source != item.source and other.key in left and same_printed(other.value, item.value)
    )


def _line_of(figures: Figures, observation: Observation) -> Iterator[str]:
    """Yield the sources that an observation replaces, one after the other."""
    current = replaced_by(figures, observation)
    while current is not None:
        yield current.source
        current = replaced_by(figures, current)


def _was_wrong(figures: Figures, observation: Observation, today: date) -> bool:
    later = superseded_by(figures, observation, today)
    return later is not None and later.supersedes is not None and later.supersedes.reason is Reason.ERROR


def _put_right(figures: Figures, observation: Observation, today: date) -> Observation:
    """Return what has replaced an observation because it was wrong; itself where nothing has."""
    if not _was_wrong(figures, observation, today):
        return observation
    later = superseded_by(figures, observation, today)
    assert later is not None
    return _put_right(figures, later, today)


def _skipped_warning(members: Sequence[str], skipped: Iterable[Observation], period: Period) -> str | None:
    newer = sorted({item.key for item in skipped})
    if not newer:
        return None
    lacking = sorted(set(members) - {key.partition("/")[0] for key in newer})
    why = f"{listed(lacking)} mangler fra samme kilde" if lacking else "ingen kilde har dem alle"
    return f"der er nyere tal ({listed(newer)}), men siden viser {period.print()}, fordi {why}."
