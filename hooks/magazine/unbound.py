"""Figures that no reference holds, each with the reference that fits it, where the data has one.

Whether a reference fits is asked of ``resolve`` itself: what is proposed will be found true when it is
written. Which of those that fit is meant is told by the words nearby.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from magazine.danish.units import Unit, unit_of
from magazine.figures.model import Figures, Indicator, Observation
from magazine.prose import LooseFigure
from magazine.references import Demand, Target, UnreadableReferenceError, parse_reference
from magazine.resolve import Reading, resolve
from magazine.values import print_value

_WORD = re.compile(r"\w+")
#: Too common, or too short, to tell what a figure counts.
_IDLE = frozenset(
    [
        "alle",
        "andel",
        "andre",
        "antal",
        "blandt",
        "blev",
        "bliver",
        "deres",
        "eller",
        "efter",
        "fordi",
        "havde",
        "have",
        "helt",
        "hvor",
        "hver",
        "hvert",
        "ikke",
        "inden",
        "kilden",
        "kommer",
        "kommet",
        "meget",
        "mellem",
        "mere",
        "noget",
        "nogle",
        "omkring",
        "over",
        "procent",
        "samme",
        "samlet",
        "siden",
        "skriver",
        "skulle",
        "under",
        "ville",
        "været",
    ]
)
_STEM = 5
#: Units in which the same number may be written.
_KIN = ({"kroner", "kroner i timen"}, {"timer", "timer om måneden"})


@dataclass(frozen=True)
class _Fit:
    """A reference that would be true."""

    destination: str
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


def _message(figure: LooseFigure, fit: _Fit | None, figures: Figures) -> str:
    if fit is None and not figure.unit and not figure.words[-1].isdigit():
        return (
            f"«{figure.words}» har ingen henvisning, og intet tal i nærheden passer. Skriv ordene som en "
            f"henvisning, for eksempel [{figure.words}](tal:…?mod=forrige), eller "
            f'[{figure.words}](tal:ingen "grunden"), hvis de med vilje står uden for magasinets tal.'
        )
    if fit is None:
        return (
            f"«{figure.words}» har ingen henvisning, og intet tal i data/tal.yml passer. Tilføj tallet med "
            f'sin kilde, eller skriv [{figure.words}](tal:ingen "grunden"), hvis det med vilje står uden '
            "for magasinets tal."
        )
    written = f"[{figure.words}]({fit.destination})"
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


def _best(figure: LooseFigure, demands: Sequence[Demand], figures: Figures, reading: Reading) -> _Fit | None:
    near = [demand for demand in demands if figure.first_line <= demand.line <= figure.last_line]
    fits = [*_values(figure, near, figures, reading), *_relations(figure, near, figures, reading)]
    return max(fits, key=lambda fit: (fit.score, fit.is_in_force, fit.destination), default=None)


def _values(
    figure: LooseFigure, near: Sequence[Demand], figures: Figures, reading: Reading
) -> Iterator[_Fit]:
    words = frozenset(_stems(figure.sentence)) | frozenset(
        stem for demand in near for stem in _stems(f"{demand.before} {demand.after}")
    )
    seen: set[str] = set()
    for observation in figures.observations:
        indicator = figures.indicators[observation.indicator]
        if not _may_be(figure, indicator.unit) or observation.indicator in figures.unreadable_indicators:
            continue
        score = _nearness(words, indicator, observation, figure.sentence)
        if not score:
            continue
        target = _target(observation)
        if target not in seen:
            seen.add(target)
            if _holds(figure.words, target, figures, reading):
                yield _Fit(target, score, True)
        named = f"{target}@{observation.source}"
        if _holds(figure.words, named, figures, reading):
            now = _now(target, figures, reading)
            if now is not None and now.value.text != observation.value.text:
                yield _Fit(named, score, False, observation, now)


def _relations(
    figure: LooseFigure, near: Sequence[Demand], figures: Figures, reading: Reading
) -> Iterator[_Fit]:
    """Try the words as a comparison of the figures in the same block; the last named is nearest."""
    if figure.unit:
        return
    targets: list[Target] = []
    for demand in near:
        try:
            target = parse_reference(demand.destination, demand.title).target
        except UnreadableReferenceError:
            continue
        if target is not None and target not in targets:
            targets.append(target)
    for place, target in enumerate(targets):
        others = [str(other).removeprefix("tal:") for other in targets if other != target]
        for against in ("mål", "forrige", *others):
            destination = f"{target}?mod={against}"
            if _holds(figure.words, destination, figures, reading):
                yield _Fit(destination, 1 + place, True)


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


def _nearness(words: frozenset[str], indicator: Indicator, observation: Observation, sentence: str) -> int:
    """Count what the text has in common with an indicator; nothing at all proposes nothing."""
    own = frozenset(_stems(f"{indicator.name} {indicator.id} {' '.join(indicator.nouns)}"))
    among = frozenset(_stems(observation.among or indicator.among or ""))
    score = 2 * len(own & words) + len((among - own) & words)
    if not score:
        return 0
    return score + (observation.period.text in sentence)


def _stems(text: str) -> Iterator[str]:
    """Yield the beginnings of the words that may tell what is counted."""
    for word in _WORD.findall(text.casefold()):
        if (len(word) > 3 or word == "job") and word not in _IDLE and not word.isdecimal():
            yield word[:_STEM]
