"""What must be said beside a block's figures: what is counted, what is missing, what does not compare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from magazine.blocks.model import Block, Shown
from magazine.danish.lists import listed
from magazine.figures.model import Indicator, Status
from magazine.figures.periods import Period
from magazine.figures.select import Selection

#: A step is a gap from this multiple of the usual one on: elections come now and then a year early or late.
_GAP = Fraction(3, 2)


def subtitle_of(block: Block) -> str:
    """Return what is counted, among whom and when, as far as it is the same for the whole block."""
    main = [shown for shown in block.figures if shown is not block.target]
    units = {shown.indicator.unit.id: shown.indicator for shown in main}
    among = {shown.observation.among or shown.indicator.among for shown in main}
    periods = {shown.observation.period: None for shown in main}
    text = _unit_word([shown.indicator for shown in main]) if len(units) == 1 else ""
    if len(among) == 1 and (whom := next(iter(among))):
        text = f"{text} blandt {whom}".strip()
    if len(periods) == 1:
        text = f"{text}, {next(iter(periods)).print()}" if text else next(iter(periods)).print()
    return text[:1].upper() + text[1:]


def _unit_word(indicators: Sequence[Indicator]) -> str:
    first = indicators[0]
    word = first.unit.plural or "antal"
    nouns = {indicator.nouns for indicator in indicators}
    if not first.unit.plural and len(nouns) == 1 and first.nouns:
        word = f"antal {first.nouns[-1]}"
    statistics = {indicator.statistic for indicator in indicators}
    return f"{word} ({first.statistic})" if len(statistics) == 1 and first.statistic else word


def status_remarks(block: Block) -> Iterator[str]:
    """Tell of what is not settled, each period once."""
    told: set[tuple[Period, Status, str | None]] = set()
    for shown in block.figures:
        observation = shown.observation
        key = (observation.period, observation.status, observation.note)
        if observation.status is Status.MEASURED or key in told:
            continue
        told.add(key)
        note = f" {observation.note}" if observation.note else ""
        yield f"Tallet for {observation.period.print()} er {observation.status}.{note}"


def answers_remarks(block: Block) -> Iterator[str]:
    """Tell how many answered, where all of the block rests on the same answers."""
    surveys = [shown.observation for shown in block.figures if shown.indicator.survey]
    if surveys and all(observation.n is None for observation in surveys):
        yield "Antal svar er ikke oplyst."
    elif surveys and len({observation.n.text if observation.n else "" for observation in surveys}) == 1:
        assert surveys[0].n is not None
        yield f"{surveys[0].n.text} svar."


def target_remarks(period: Period, target: Shown | None) -> list[str]:
    """Tell where a target is from another period and still holds."""
    if target is None or target.observation.period == period:
        return []
    return [f"Målet er fra {target.observation.period.print()}."]


def sum_remarks(whole: Indicator, total: Shown, parts: Sequence[Shown]) -> Iterator[str]:
    """Tell why the parts do not add up to the whole, where they do not."""
    if not whole.exclusive:
        yield "De samme kan være talt med i flere dele, så delene kan ikke lægges sammen."
    elif not whole.exhaustive:
        yield "Delene dækker ikke det hele."
    elif sum(part.observation.value.first.value for part in parts) != total.observation.value.first.value:
        if len({item.observation.source for item in (total, *parts)}) > 1:
            yield "Et af tallene er rettet alene. Derfor passer delene og helheden ikke sammen."
        else:
            yield f"Delene er afrundet og giver derfor ikke præcis {total.words} tilsammen."


def gaps_of(periods: Sequence[Period]) -> frozenset[int]:
    """Return the places before which periods are missing: where the step is longer than the usual one."""
    steps = steps_of(periods)
    if not steps:
        return frozenset()
    usual = usual_step(steps)
    return frozenset(place for place, step in enumerate(steps, 1) if step > usual * _GAP)


def steps_of(periods: Sequence[Period]) -> list[int]:
    """Return how many months pass from the end of each period to that of the next, at least one."""
    return [
        max(1, (other.last.year - one.last.year) * 12 + other.last.month - one.last.month)
        for one, other in pairwise(periods)
    ]


def usual_step(steps: Sequence[int]) -> int:
    """Return the step that a series mostly takes; the shortest of those that are equally frequent."""
    return min(set(steps), key=lambda step: (-steps.count(step), step))


def breaks_of(series: Sequence[Selection], indicator: Indicator) -> dict[int, str]:
    """Return why the series cannot be compared, by the place before which it breaks."""
    found: dict[int, str] = {}
    for place in range(1, len(series)):
        before, after = series[place - 1].observation, series[place].observation
        if after.break_note:
            found[place] = after.break_note
        elif before.among != after.among:
            whom = [item.among or indicator.among or "alle" for item in (before, after)]
            found[place] = f"Tallene gælder ikke de samme: først ”{whom[0]}”, siden ”{whom[1]}”."
    return found


def gap_remarks(shown: Sequence[Shown], gaps: frozenset[int]) -> Iterator[str]:
    """Tell between which periods the sources say nothing."""
    if gaps:
        between = listed(
            [f"mellem {shown[place - 1].label} og {shown[place].label}" for place in sorted(gaps)]
        )
        yield f"Vores kilder har ingen tal {between}. Dér er linjen afbrudt."


def break_remarks(shown: Sequence[Shown], breaks: Mapping[int, str]) -> Iterator[str]:
    """Tell why the series cannot be compared across its breaks."""
    for place, reason in breaks.items():
        yield f"Brud ved {shown[place].label}: {reason}"
