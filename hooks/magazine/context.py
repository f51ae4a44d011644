"""What a reader checks around a figure: the year in the sentence, «i år», «sidste år», «nu».

The sentence around a reference is read, never the reference's own words: those are judged as a claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from magazine.danish.lists import listed
from magazine.figures.model import Figures, Observation
from magazine.references import Demand

#: A sentence ends before a capital letter; «24. maj» ends none, and neither does a reference left open.
_END = re.compile(r"[.!?][”\"»)]?\s+(?=[A-ZÆØÅ”\"«»–])")
#: A pattern that begins with its figures is tried at those alone, so what stands before is looked at last.
_YEAR = re.compile(r"(1[789]\d\d|20\d\d)(?<![\d.,/-]....)(?![\d/-]|[.,]\d)")
_IN_YEAR = re.compile(
    r"\bi (?:(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december) )?"
    r"(1[789]\d\d|20\d\d)(?![\d/-]|[.,]\d)",
    re.IGNORECASE,
)
_THIS_YEAR = re.compile(r"\bi år\b(?! \d)", re.IGNORECASE)
_LAST_YEAR = re.compile(r"\bsidste år\b|\bi fjor\b", re.IGNORECASE)
_NOW = re.compile(r"\bnu\b", re.IGNORECASE)


class Remarks(Struct, frozen=True):
    """What does not fit around a figure."""

    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


_NONE = Remarks()


def begins_sentence(demand: Demand) -> bool:
    """Tell whether a reference's words are the first of a sentence."""
    before = demand.before.rstrip()
    return not before or bool(re.search(r"[.!?][”\"»)]?\Z", before))


def sentence_around(demand: Demand) -> tuple[str, str]:
    """Return the parts of a reference's sentence before and after it."""
    before = _END.split(demand.before)[-1]
    end = _END.search(demand.after)
    return before, demand.after[: end.start() + 1] if end else demand.after


def remarks_on(
    demand: Demand,
    words: str,
    observations: Sequence[Observation],
    figures: Figures,
    day: date,
    *,
    dated: bool,
    living: bool,
) -> Remarks:
    """Return what a reader would object to in the sentence around a figure.

    Args:
        demand: the reference.
        words: as they are printed.
        observations: every value that the reference speaks of, its own first.
        figures: what is public.
        day: as of which the text is read.
        dated: whether the text has a date.
        living: whether a later value will take its place by itself.
    """
    sentence = " ".join(sentence_around(demand))
    years = {int(year) for year in _YEAR.findall(sentence)}
    said = {int(year) for year in _IN_YEAR.findall(sentence)} if years else years
    covered = {year for year in years if any(_covers(item, year) for item in observations)}
    own = observations[0]
    if said and not covered and not _is_of_publication(said, observations, figures, day):
        told = listed([str(year) for year in sorted(said)])
        return Remarks(
            problems=(
                f"sætningen siger {told}, men «{words}» er tallet for {own.period.print()}. Ret "
                "årstallet, ret "
                f"henvisningen, eller nævn også {own.period.print()} i sætningen.",
            )
        )
    warnings = list(_relative(sentence, words, observations, figures, day)) if dated and not covered else []
    if living and said & covered and own.period.kind != "span":
        warnings.append(
            f"«{words}» bliver fornyet, men årstallet {min(said & covered)} i sætningen bliver "
            "stående. Skriv årstallet "
            "som […] med «vis=periode», eller sæt perioden på henvisningen."
        )
    return Remarks(warnings=tuple(warnings)) if warnings else _NONE


def _relative(
    sentence: str, words: str, observations: Sequence[Observation], figures: Figures, day: date
) -> Iterator[str]:
    # A pattern that begins with a letter, small or large, is tried at every sign; few sentences have these.
    folded = sentence.lower()
    told = []
    if "i år" in folded and _THIS_YEAR.search(sentence):
        told.append((day.year, "i år"))
    if ("sidste år" in folded or "i fjor" in folded) and _LAST_YEAR.search(sentence):
        told.append((day.year - 1, "sidste år"))
    own = observations[0]
    for year, said in told:
        if not any(_covers(item, year) for item in observations):
            yield (
                f"sætningen siger «{said}», altså {year}, men «{words}» er tallet for "
                f"{own.period.print()}. Skriv "
                "årstallet."
            )
    if "nu" in folded and _NOW.search(sentence):
        later = [
            item
            for item in figures.of(own.indicator)
            if item.period.last > own.period.last
            and item.period.first <= day
            and figures.sources[item.source].vintage <= day
        ]
        if later:
            yield (
                f"sætningen siger «nu», men «{words}» er tallet for {own.period.print()}, og der var "
                "et nyere. Skriv "
                "årstallet, eller brug det nyeste."
            )


def _covers(observation: Observation, year: int) -> bool:
    return observation.period.first.year <= year <= observation.period.last.year


def _is_of_publication(
    years: set[int], observations: Sequence[Observation], figures: Figures, day: date
) -> bool:
    """Tell whether the years are those in which the figures or the text came out: «i 2014 skrev vi»."""
    published = {figures.sources[item.source].vintage.year for item in observations} | {day.year}
    return years <= published
