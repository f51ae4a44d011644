"""Figures that no reference holds, each with the reference that fits it, where the data has one.

Whether a reference fits is asked of ``resolve`` itself: what is proposed will be found true when it is
written. Which of those that fit is meant is told by the words nearby.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from magazine.danish.lists import listed
from magazine.danish.units import Unit, unit_of
from magazine.figures.model import Figures, Indicator, Observation
from magazine.prose import LooseFigure
from magazine.references import SCHEME, Demand, Target, UnreadableReferenceError, parse_reference
from magazine.resolve import Reading, resolve
from magazine.values import print_value

_WORD = re.compile(r"\w+")
_OUT_OF = re.compile(r"(?P<some>[\d.]+)\s+ud\s+af\s+(?P<all>[\d.]+)")
#: Too common, or too short, to tell what a figure counts.
_IDLE = re.compile(
    r"(?:alle|alt|andel|andelen|andre|antal|antallet|blandt|blev|bliver|brug|dag|dem|den|der|deres|det"
    r"|efter|eller|end|ene|fik|for|fordi|fra|gang|gik|han|har|havde|have|helt|her|hos|hun|hver|hvert"
    r"|hvor|ikke|inden|kan|kilden|kom|kommer|kommet|kun|man|med|meget|mellem|men|mere|mod|noget|nogle"
    r"|nu|ny|nye|når|også|om|omkring|over|procent|samlet|samme|set|siden|sig|sin|sit|skal|skriver"
    r"|skulle|som|stadig|så|tal|tallet|til|tog|under|var|ved|vil|ville|vores|være|været|år|året|års)\Z"
)
_STEM = 5
#: Where several fit alike, so many are offered.
_MOST_OFFERED = 3
#: Units in which the same number may be written.
_KIN = ({"kroner", "kroner i timen"}, {"timer", "timer om måneden"})


class _Fit(Struct, frozen=True):
    """A reference that would be true."""

    destination: str
    indicator: str
    score: int
    is_in_force: bool
    observation: Observation | None = None
    now: Observation | None = None
    """What is in force, where the reference is to an older vintage."""


def unbound(
    loose: Iterable[LooseFigure], demands: Sequence[Demand], figures: Figures, reading: Reading
) -> Iterator[tuple[int, str]]:
    """Yield line and message for each figure that stands outside references.

    Args:
        loose: what a text says without a reference.
        demands: the references of the same text.
        figures: what is public.
        reading: as of which day the text is read.
    """
    for figure in loose:
        yield figure.line, _message(figure, _best(figure, demands, figures, reading), figures)


def _message(figure: LooseFigure, fits: Sequence[_Fit], figures: Figures) -> str:
    if not fits and not figure.unit and not figure.words[-1].isdigit():
        return (
            f"«{figure.words}» har ingen henvisning, og intet tal i nærheden passer. Skriv ordene som en "
            f"henvisning, for eksempel [{figure.words}](tal:…?mod=forrige), eller "
            f'[{figure.words}](tal:ingen "grunden"), hvis de med vilje står uden for magasinets tal.'
        )
    if not fits:
        return (
            f"«{figure.words}» har ingen henvisning, og intet tal i data/tal.yml passer til sætningen. Find "
            "det med «magasin tal», tilføj det med sin kilde, eller skriv "
            f'[{figure.words}](tal:ingen "grunden"), hvis det med vilje står uden for magasinets tal.'
        )
    written = listed([f"[{figure.words}]({fit.destination})" for fit in fits], "eller")
    fit = fits[0]
    if fit.observation is None or fit.now is None:
        return f"«{figure.words}» har ingen henvisning. Skriv {written}."
    source = figures.sources[fit.observation.source]
    day = source.published.print() if source.published else "udgivelsesdato ukendt"
    now = print_value(fit.now.value, figures.indicators[fit.now.indicator].unit)
    return (
        f"«{figure.words}» har ingen henvisning. Dette er tallet fra {source.title} ({day}), siden er det "
        f"{now}. Skriv {written}, eller ret til [{now}]({_target(fit.now)})."
    )


def _target(observation: Observation) -> str:
    return f"tal:{observation.indicator}/{observation.period.text}"


def _best(
    figure: LooseFigure, demands: Sequence[Demand], figures: Figures, reading: Reading
) -> tuple[_Fit, ...]:
    """Return what fits best; several where nothing nearby tells which is meant."""
    near = [demand for demand in demands if figure.first_line <= demand.line <= figure.last_line]
    nearness = _Nearness(
        frozenset(_stems(figure.sentence)),
        frozenset(_stems(f"{figure.nearby} {' '.join(f'{item.before} {item.after}' for item in near)}")),
        frozenset(target.indicator for target in _targets(demands)),
        figure,
    )
    fits = [
        *_values(figure, nearness, figures, reading),
        *_relations(figure, near, figures, reading),
        *_shares(figure, nearness, figures, reading),
    ]
    ranks = [(fit.score, fit.is_in_force) for fit in fits]
    best = [fit for fit, rank in zip(fits, ranks, strict=True) if rank == max(ranks)]
    # Of one indicator the latest period: who means an earlier one names it.
    by_indicator = {fit.indicator: fit for fit in sorted(best, key=lambda fit: fit.destination)}
    return tuple(by_indicator.values())[:_MOST_OFFERED]


def _values(figure: LooseFigure, nearness: _Nearness, figures: Figures, reading: Reading) -> Iterator[_Fit]:
    seen: set[str] = set()
    for observation in figures.observations:
        indicator = figures.indicators[observation.indicator]
        if not _may_be(figure, indicator.unit) or observation.indicator in figures.unreadable_indicators:
            continue
        score = nearness.of(indicator, observation)
        if not score:
            continue
        target = _target(observation)
        if target not in seen:
            seen.add(target)
            if _holds(figure.words, target, figures, reading):
                yield _Fit(target, indicator.id, score, True)
        named = f"{target}@{observation.source}"
        if _holds(figure.words, named, figures, reading):
            now = _now(target, figures, reading)
            if now is not None and now.value.text != observation.value.text:
                yield _Fit(named, indicator.id, score, False, observation, now)


class _Nearness(Struct, frozen=True):
    """What the text around a figure says; counts what it has in common with an indicator."""

    sentence: frozenset[str]
    nearby: frozenset[str]
    page: frozenset[str]
    """The indicators that the same text refers to."""
    figure: LooseFigure

    def of(self, indicator: Indicator, observation: Observation) -> int:
        """Return the score of an observation; nothing in common proposes nothing."""
        own = frozenset(_stems(f"{indicator.name} {indicator.id} {' '.join(indicator.nouns)}"))
        among = frozenset(_stems(observation.among or indicator.among or "")) - own
        score = 4 * len(own & self.sentence) + 2 * len(among & self.sentence)
        score += 2 * len(own & self.nearby) + len(among & self.nearby) * bool(own & self.nearby)
        score += indicator.id in self.page
        if not score:
            return 0
        period = observation.period.text
        return score + 3 * (period in self.figure.sentence) + (period in self.figure.nearby)


def _targets(demands: Sequence[Demand]) -> Iterator[Target]:
    for demand in demands:
        try:
            target = parse_reference(demand.destination, demand.title).target
        except UnreadableReferenceError:
            continue
        if target is not None:
            yield target


def _relations(
    figure: LooseFigure, near: Sequence[Demand], figures: Figures, reading: Reading
) -> Iterator[_Fit]:
    """Try the words as a comparison of the figures in the same block; the last named is nearest."""
    if figure.unit:
        return
    targets = list(dict.fromkeys(_targets(near)))
    for place, target in enumerate(targets):
        others = [_against(other, target) for other in targets if other != target]
        for option, known in (("mod", ("mål", "forrige", *others)), ("af", tuple(others))):
            for against in known:
                destination = f"{target}?{option}={against}"
                if _holds(figure.words, destination, figures, reading):
                    # The shorter way of saying the same comes first.
                    score = 2 * (1 + place) + (against in ("mål", "forrige"))
                    yield _Fit(destination, target.indicator, score, True)


def _against(other: Target, target: Target) -> str:
    """Return what is compared with as an option names it; the same period is not named again."""
    same = other.indicator != target.indicator and other.period == target.period
    return str(replace(other, period=None) if same else other).removeprefix(SCHEME)


def _shares(figure: LooseFigure, nearness: _Nearness, figures: Figures, reading: Reading) -> Iterator[_Fit]:
    """Try «14 ud af 98» as the share of one count in another, of the same source and period."""
    match = _OUT_OF.search(figure.words)
    if match is None:
        return
    some, everything = (
        [item for item in figures.observations if item.value.exact and item.value.plain == plain]
        for plain in (match["some"].replace(".", ""), match["all"].replace(".", ""))
    )
    for part in some:
        score = nearness.of(figures.indicators[part.indicator], part)
        for whole in everything if score else ():
            if (whole.source, whole.period) != (part.source, part.period) or whole is part:
                continue
            destination = f"{_target(part)}?af={whole.indicator}"
            if _holds(figure.words, destination, figures, reading):
                yield _Fit(destination, part.indicator, score, True)


def _holds(words: str, destination: str, figures: Figures, reading: Reading) -> bool:
    return not resolve(Demand(words, destination, None, 1), figures, reading).problems


def _now(target: str, figures: Figures, reading: Reading) -> Observation | None:
    answer = resolve(Demand("…", target, None, 1), figures, reading)
    return answer.observations[0] if answer.observations and not answer.problems else None


def _may_be(figure: LooseFigure, unit: Unit) -> bool:
    if not figure.unit:
        # A share in words is one of percent; a bare million may be anything that is counted.
        return unit.id == "procent" or unit.is_counted
    found = unit_of(figure.unit) or unit_of(f"{figure.unit}.")
    return found is not None and (found.id == unit.id or any({found.id, unit.id} <= kin for kin in _KIN))


def _stems(text: str) -> Iterator[str]:
    """Yield the beginnings of the words that may tell what is counted."""
    for word in _WORD.findall(text.casefold()):
        if len(word) > 2 and not _IDLE.match(word) and not word.isdecimal():
            yield word[:_STEM]
