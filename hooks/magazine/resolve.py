"""Reference by figures by day: the words that are printed, the verdict on typed ones, and the note.

Pure, and free of HTML: what it returns is text, and the keys that the page's markup carries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from magazine.claims import Facts, NoMeasureError, Verdict, VerdictKind, choose, judge
from magazine.comparisons import AsOf, Comparison, against_words, compare, describe, fact_of, nouns_of
from magazine.context import begins_sentence, remarks_on
from magazine.danish.dates import print_day
from magazine.danish.lists import listed
from magazine.danish.units import Unit, unit_of
from magazine.figures.cite import cite
from magazine.figures.families import (
    TORN,
    families_among,
    family_in_period,
    family_newest,
    gap_in_period,
    kept_back,
    torn_between,
)
from magazine.figures.model import Figures, Indicator, Observation, Status
from magazine.figures.select import (
    NoValue,
    Selection,
    from_source,
    in_force,
    newest,
    unknown_indicator,
    unknown_source,
)
from magazine.notes import FEW_ANSWERS, Note, note_of
from magazine.phrases import Phrase, PhraseError, parse_phrase
from magazine.references import (
    Demand,
    Reference,
    Relation,
    Target,
    UnreadableReferenceError,
    is_filled_in,
    parse_reference,
)
from magazine.values import print_counted, print_value

#: So many answers are kept for the texts that follow.
_MOST_REMEMBERED = 1 << 14
#: An indicator and, where it is named, a period: what a reference asks for.
Wanted = tuple[str, str | None]


class Reading(Struct, frozen=True):
    """As of when a text is read.

    ``day`` is D of the design: an article's date, its ``updated`` where set, today for a standing page.
    ``today`` is what filled-in words are read as of: the later of today and D.
    """

    day: date
    today: date
    is_dated: bool


class Resolved(Struct, frozen=True):
    """An answer to a demand; with ``problems`` the rest is as good as it gets."""

    words: str
    """Filled in, or as typed."""
    is_filled: bool
    plain: str | None
    """For ``<data value>``; ``None`` where the words stand for a range, a hedge or a relation."""
    keys: tuple[str, ...]
    note: Note | None
    observations: tuple[Observation, ...] = ()
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Families(Struct, frozen=True):
    """What filled-in members of one family show beside each other: values of one source."""

    selections: Mapping[Wanted, Selection] = field(default_factory=lambda: MappingProxyType({}))
    faults: Mapping[Wanted, str] = field(default_factory=lambda: MappingProxyType({}))
    warnings: Mapping[Wanted, str] = field(default_factory=lambda: MappingProxyType({}))


def newest_families(demands: Iterable[Demand], figures: Figures, reading: Reading) -> Families:
    """Choose one source for the filled-in members of each family on a page (design.md, "A family").

    Args:
        demands: every reference of the page.
        figures: what is public.
        reading: as of which day the page is read.
    """
    named: dict[str | None, list[str]] = defaultdict(list)
    for demand in demands:
        target = _filled_target(demand)
        if target is not None and target.source is None:
            named[target.period].append(target.indicator)
    families = [
        (period, family)
        for period, indicators in named.items()
        for family in families_among(figures, indicators)
        if not figures.unreadable_indicators & set(family)
    ]
    selections: dict[Wanted, Selection] = {}
    faults: dict[Wanted, str] = {}
    warnings: dict[Wanted, str] = {}
    for period, family in families:
        wanted = [(member, period) for member in family]
        try:
            found, warning = family_of_one_source(figures, family, period, reading.today)
        except NoValue as missing:
            faults |= dict.fromkeys(wanted, missing.message)
            continue
        before = {member: selections[member, period] for member in family if (member, period) in selections}
        torn = torn_between(before, found)
        if torn:
            faults |= dict.fromkeys([(member, period) for member in torn], TORN.format(listed(torn)))
        selections |= {(member, period): selection for member, selection in found.items()}
        if warning:
            warnings[wanted[0]] = warning
    return Families(selections, faults, warnings)


def family_of_one_source(
    figures: Figures, members: Sequence[str], period: str | None, today: date
) -> tuple[dict[str, Selection], str | None]:
    """Return the members of a family from one source, and what an editor should know of it.

    Args:
        figures: what is public.
        members: at least two ids of one family.
        period: as written, or ``None`` for the newest period for which one source gives them all.
        today: the day as of which it is asked.

    Raises:
        NoValue: where no source gives them all.
    """
    if period is None:
        found, warning = family_newest(figures, members, today, today)
    else:
        in_period = family_in_period(figures, members, period, today, today)
        if in_period is None:
            raise NoValue(gap_in_period(figures, members, period, today, today))
        found, warning = in_period, None
    stays = kept_back(figures, (selection.observation for selection in found.values()), today)
    return found, " ".join([*([warning] if warning else []), *stays]) or None


def _filled_target(demand: Demand) -> Target | None:
    if not is_filled_in(demand.words):
        return None
    try:
        return parse_reference(demand.destination, demand.title).target
    except UnreadableReferenceError:
        return None


def resolve(demand: Demand, figures: Figures, reading: Reading, families: Families | None = None) -> Resolved:
    """Answer one reference.

    Args:
        demand: the reference as it stands in the text.
        figures: what is public (``select.public``).
        reading: as of which day the text is read.
        families: what the page's filled-in families show (``newest_families``).
    """
    filled = is_filled_in(demand.words)
    # The same words stand for the same figure in text after text; what is around them is looked at by itself.
    asked = ("typed", demand.destination, demand.title, demand.words, _unit_behind(demand), reading)
    known = None if filled else figures.remembered.get(asked)
    if isinstance(known, Resolved):
        return _with_remarks(known, demand, figures, reading, living=False)
    failed = Resolved(demand.words or "…", filled, None, (), None)
    try:
        reference = parse_reference(demand.destination, demand.title)
    except UnreadableReferenceError as fault:
        return replace(failed, problems=(str(fault),))
    if reference.target is None:
        return _resolve_free(demand, reference, failed)
    if not figures.readable:
        return failed
    faults = _unknown(reference, figures)
    if faults is None:
        return failed
    if faults:
        return replace(failed, problems=tuple(faults))
    target = reference.target
    resolved = _value(demand, reference, target, figures, reading, families or Families(), failed)
    if not filled and len(figures.remembered) < _MOST_REMEMBERED:
        figures.remembered[asked] = resolved
    living = filled and not target.source and not target.period and not reference.view
    return _with_remarks(resolved, demand, figures, reading, living=living)


def answer_of(selection: Selection, figures: Figures, reading: Reading, *, living: bool) -> Resolved:
    """Return a figure's own answer, with its note, for what shows figures without a reference.

    Args:
        selection: the observation, and those that might have answered.
        figures: what is public.
        reading: as of which day the text is read.
        living: whether a later observation will take its place by itself.
    """
    observation = selection.observation
    indicator = figures.indicators[observation.indicator]
    return Resolved(
        _fill_in(observation, indicator, None),
        living,
        observation.value.plain,
        (observation.key,),
        note_of(observation, selection, indicator, figures, reading.today, living=living),
        (observation,),
        warnings=tuple(_warnings(observation, figures, reading, named=False)),
    )


def _resolve_free(demand: Demand, reference: Reference, failed: Resolved) -> Resolved:
    if is_filled_in(demand.words):
        return replace(failed, problems=("«tal:ingen» kan ikke udfyldes: skriv tallet selv.",))
    note = Note("", "Uden for magasinets tal", (reference.free or "",), (), "", "", "", ())
    return Resolved(demand.words, False, None, ("ingen",), note)


def _unknown(reference: Reference, figures: Figures) -> list[str] | None:
    """Return what the data does not know; ``None`` where the data itself could not be read there."""
    faults: list[str] = []
    targets = [
        target
        for target in (reference.target, reference.share_of, *reference.against)
        if isinstance(target, Target)
    ]
    for target in targets:
        if target.indicator in figures.unreadable_indicators or target.source in figures.unreadable_sources:
            return None
        if target.indicator not in figures.indicators:
            faults.append(unknown_indicator(figures, target.indicator))
        if target.source is not None and target.source not in figures.sources:
            faults.append(unknown_source(figures, target.source))
    return faults


def _select(target: Target, figures: Figures, reading: Reading, *, filled: bool) -> Selection:
    if target.source is not None:
        return from_source(figures, target.indicator, target.period, target.source)
    as_of = reading.today if filled else reading.day
    dated = reading.is_dated and not filled
    if target.period is not None:
        return in_force(figures, target.indicator, target.period, as_of, reading.today, dated=dated)
    return newest(figures, target.indicator, as_of, reading.today, dated=dated)


def _with_remarks(
    resolved: Resolved, demand: Demand, figures: Figures, reading: Reading, *, living: bool
) -> Resolved:
    """Return an answer with what is to be said of the sentence around it."""
    if not resolved.observations:
        return resolved
    around = remarks_on(
        demand,
        resolved.words,
        resolved.observations,
        figures,
        reading.day,
        dated=reading.is_dated,
        living=living,
    )
    if not around.problems and not around.warnings:
        return resolved
    return replace(
        resolved,
        problems=(*resolved.problems, *around.problems),
        warnings=(*resolved.warnings, *around.warnings),
    )


def _value(
    demand: Demand,
    reference: Reference,
    target: Target,
    figures: Figures,
    reading: Reading,
    families: Families,
    failed: Resolved,
) -> Resolved:
    """Answer a reference, whatever the sentence around it says; without an observation where none answers."""
    filled = is_filled_in(demand.words)
    if reference.view and not filled:
        return replace(
            failed,
            problems=(
                f"«vis={reference.view}» bruges kun, når ordene udfyldes: "
                f"skriv […]({target}?vis={reference.view}).",
            ),
        )
    wanted = (target.indicator, target.period)
    among_family = filled and target.source is None
    if among_family and wanted in families.faults:
        return replace(failed, problems=(families.faults[wanted],))
    try:
        selection = families.selections.get(wanted) if among_family else None
        selection = selection or _select(target, figures, reading, filled=filled)
    except NoValue as missing:
        return replace(failed, problems=(missing.message,))
    family_warning = families.warnings.get(wanted) if among_family else None
    observation = selection.observation
    indicator = figures.indicators[target.indicator]
    note = note_of(
        observation, selection, indicator, figures, reading.today, living=filled and not target.source
    )
    resolved = Resolved(
        demand.words,
        filled,
        observation.value.plain,
        (observation.key,),
        note,
        (observation,),
        warnings=(
            *([family_warning] if family_warning else []),
            *_warnings(observation, figures, reading, named=target.source is not None),
        ),
    )
    if filled:
        return _fill(resolved, demand, reference, observation, figures, reading)
    return _judge_typed(resolved, demand, reference, target, observation, figures, reading)


def _fill(
    resolved: Resolved,
    demand: Demand,
    reference: Reference,
    observation: Observation,
    figures: Figures,
    reading: Reading,
) -> Resolved:
    """Return the words that the build makes: the value, or a claim in the form that is asked for."""
    indicator = figures.indicators[observation.indicator]
    if reference.form is None:
        if reference.against or reference.share_of:
            return replace(
                resolved,
                problems=(
                    f"{reference} skal udfyldes og siger ikke hvordan. Skriv «form=gange», «form=forskel», "
                    "«form=dom» eller «form=andel».",
                ),
            )
        words = _fill_in(observation, indicator, reference.view)
        starts = observation.value.hedge is not None and not reference.view and demand.after.strip()
        return replace(
            resolved,
            words=_capital(words) if starts and begins_sentence(demand) else words,
            plain=None if reference.view in ("periode", "blandt") else resolved.plain,
        )
    try:
        as_of = AsOf(reading.today, reading.today, dated=False)
        comparison = compare(reference, observation, figures, as_of)
        words = choose(reference.form, comparison.facts, reference.degree)
    except NoValue as missing:
        return replace(resolved, problems=(missing.message,))
    except NoMeasureError as fault:
        return replace(
            resolved, problems=(f"{reference} kan ikke udfyldes med «form={reference.form}»: {fault}.",)
        )
    phrase = parse_phrase(words, nouns_of(reference, figures), indicator.statistic)
    verdict = judge(phrase, comparison.facts)
    resolved = _with_comparison(
        resolved, comparison, verdict, describe(comparison, figures, None, reference.form)
    )
    return replace(resolved, words=_capital(words) if begins_sentence(demand) else words, plain=None)


def _with_comparison(
    resolved: Resolved, comparison: Comparison, verdict: Verdict, told: tuple[str, ...]
) -> Resolved:
    """Return an answer with what it is compared with: in its keys, its observations and its note."""
    note = resolved.note
    if note is not None:
        notes = tuple(_sentence(text) for text in verdict.notes) if verdict.prints else ()
        remarks = tuple(dict.fromkeys((*told, *notes, *note.remarks)))
        note = replace(note, remarks=remarks) if remarks != note.remarks else note
    if not comparison.compared:
        return replace(resolved, note=note) if note is not resolved.note else resolved
    observations = tuple(dict.fromkeys((*resolved.observations, *comparison.compared)))
    return replace(
        resolved,
        note=note,
        keys=tuple(dict.fromkeys(item.key for item in observations)),
        observations=observations,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _fill_in(observation: Observation, indicator: Indicator, view: str | None) -> str:
    if view == "periode":
        return observation.period.print()
    if view == "blandt":
        return observation.among or indicator.among or "–"
    form = {"kort": "kort", "tal": "tal"}.get(view or "", "lang")
    words = print_value(observation.value, indicator.unit, form)  # type: ignore[arg-type]
    return f"{words} (forventet)" if observation.status is Status.EXPECTED and view != "tal" else words


def _judge_typed(
    resolved: Resolved,
    demand: Demand,
    reference: Reference,
    target: Target,
    observation: Observation,
    figures: Figures,
    reading: Reading,
) -> Resolved:
    if reference.form is not None:
        return replace(
            resolved,
            problems=(
                f"«form={reference.form}» bruges kun, når ordene udfyldes. Skriv […] i stedet for "
                f"«{demand.words}», eller fjern «form=».",
            ),
        )
    indicator = figures.indicators[observation.indicator]
    try:
        phrase = parse_phrase(demand.words, nouns_of(reference, figures), indicator.statistic)
        as_of = AsOf(reading.day, reading.today, reading.is_dated)
        comparison = compare(reference, observation, figures, as_of, phrase)
    except PhraseError as fault:
        return replace(resolved, problems=(f"«{demand.words}» {fault}",))
    except NoValue as missing:
        return replace(resolved, problems=(missing.message,))
    verdict = judge(phrase, comparison.facts)
    resolved = _with_comparison(resolved, comparison, verdict, describe(comparison, figures, phrase, None))
    named = {
        one.source
        for one in (*reference.against, reference.share_of)
        if isinstance(one, Target) and one.source
    }
    printed = print_value(observation.value, indicator.unit)
    problems: list[str] = []
    warnings = list(resolved.warnings)
    for other in comparison.compared:
        warnings += _warnings(other, figures, reading, named=other.source in named)
    if not verdict.prints:
        meant = _meant(demand, reference, target, phrase, observation, figures, as_of)
        problems.append(_refusal(demand, target, observation, comparison.facts, verdict, figures, meant))
    elif verdict.kind is VerdictKind.STRAINED:
        warnings.append(
            f"«{demand.words}» holder, men kan misforstås: {verdict.message}.{_better(verdict.true_phrases)}"
        )
    stray = None if comparison.compared else _stray_unit(demand, indicator.unit)
    if stray:
        problems.append(f"«{demand.words} {stray}» passer ikke: {target} er {printed}. Ret enheden.")
    is_number = phrase.is_plain and verdict.prints and not comparison.compared
    return replace(
        resolved,
        plain=resolved.plain if is_number else None,
        problems=tuple(problems),
        warnings=tuple(warnings),
    )


def _meant(
    demand: Demand,
    reference: Reference,
    target: Target,
    phrase: Phrase,
    observation: Observation,
    figures: Figures,
    as_of: AsOf,
) -> str:
    """Return the reference under which the words are true: a comparison it lacks, or another source."""
    if reference.against or reference.share_of is not None:
        return ""
    for relation in () if phrase.is_plain else (Relation.PREVIOUS, Relation.TARGET):
        try:
            compared = compare(replace(reference, against=(relation,)), observation, figures, as_of, phrase)
        except NoValue:
            continue
        if judge(phrase, compared.facts).kind is VerdictKind.TRUE:
            return f"[{demand.words}]({target}?mod={relation})"
    if target.source is not None:
        return ""
    replaced = {
        one.supersedes.source
        for one in figures.observations
        if one.indicator == observation.indicator and one.period == observation.period and one.supersedes
    }
    for one in figures.observations:
        if (
            (one.indicator, one.period) == (observation.indicator, observation.period)
            and one.status is Status.MEASURED
            and one.source not in replaced | {observation.source}
            and (not as_of.dated or figures.sources[one.source].vintage <= as_of.day)
            and judge(phrase, Facts(fact_of(one, figures))).kind is VerdictKind.TRUE
        ):
            source = replace(target, period=one.period.text, source=one.source)
            return f"[{demand.words}]({source})"
    return ""


def _refusal(
    demand: Demand,
    target: Target,
    observation: Observation,
    facts: Facts,
    verdict: Verdict,
    figures: Figures,
    meant: str,
) -> str:
    fails = "passer ikke" if verdict.kind is VerdictKind.FALSE else "kan ikke afgøres"
    against = against_words(facts)
    other = facts.other
    indicator = figures.indicators[observation.indicator]
    printed = print_value(observation.value, indicator.unit)
    counted = print_counted(observation.value, indicator.unit, indicator.nouns)
    said = f"{printed} mod {print_value(other.value, other.unit)}" if other is not None else ""
    reason = "" if verdict.message == said else _reason(verdict.message)
    return (
        f"«{demand.words}» {fails}: {target} er {counted} ({cite(figures.sources[observation.source])})"
        f"{f' {against}' if against else ''}.{reason}{_offer(verdict.true_phrases, meant)}"
    )


def _unit_behind(demand: Demand) -> str | None:
    """Return the word right after the reference where it is a unit."""
    if not demand.after[:1].isspace() or not demand.after.strip():
        return None
    word = demand.after.split(maxsplit=1)[0].rstrip('.,;:!?)»”"')
    return word if unit_of(word) or unit_of(word + ".") else None


def _stray_unit(demand: Demand, unit: Unit) -> str | None:
    """Return the unit word right after the reference where it is another one than the figure's."""
    word = _unit_behind(demand)
    found = unit_of(word) or unit_of(word + ".") if word is not None else None
    if found is None or found.id == unit.id or any(unit_of(part) for part in demand.words.split()):
        return None
    return word


def _warnings(observation: Observation, figures: Figures, reading: Reading, *, named: bool) -> Sequence[str]:
    source = figures.sources[observation.source]
    found = []
    if named and reading.is_dated and source.vintage > reading.day:
        found.append(f"kilden «{source.id}» er fra {print_day(source.vintage)} og altså yngre end teksten.")
    if observation.n is not None and observation.n.first.value < FEW_ANSWERS:
        found.append(f"tallet {observation.key} bygger på få svar ({observation.n.text}).")
    return found


def _reason(message: str) -> str:
    return f" {_sentence(message)}" if message else ""


def _better(phrases: tuple[str, ...]) -> str:
    return f" Bedre er {listed([f'«{phrase}»' for phrase in phrases[:2]], 'eller')}." if phrases else ""


def _offer(phrases: tuple[str, ...], meant: str) -> str:
    advice = " Ret teksten, eller henvis til en anden udgave med @kilde."
    if meant:
        advice = f" Ret teksten, eller skriv {meant}."
    if not phrases:
        return advice
    return f" Det ville passe: {', '.join(f'«{phrase}»' for phrase in phrases[:3])}.{advice}"


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
