"""A parsed phrase against what is known: the verdict, and what would be true instead.

All arithmetic is exact. What each word permits is told in the editors' guide to claims.
"""

from __future__ import annotations

from functools import lru_cache

from msgspec.structs import replace

from magazine.claims.choose import true_phrases
from magazine.claims.facts import TRUE, Against, Fact, Facts, Verdict, VerdictKind, false, strained, worst
from magazine.claims.measures import NoMeasureError, inverse, of_value, ratio, share
from magazine.claims.pairs import in_year, unit_fault
from magazine.claims.parts import judge_part
from magazine.claims.quantities import judge_quantity
from magazine.claims.relations import judge_against, judge_from_to, judge_missing, judge_named, judge_relation
from magazine.lexicon import lemmas
from magazine.phrases import (
    Amount,
    Phrase,
    PhraseError,
    Quantifier,
    Quantity,
    Role,
    Share,
    Superlative,
    Times,
    span_of,
)

OWN_WORDS = "kildens egne ord"

_WITH_WHAT = (
    "ordene sammenligner, men henvisningen siger ikke med hvad. Skriv også «mod=mål», «mod=forrige» eller et "
    "andet tal"
)


@lru_cache(maxsize=16384)
def judge(phrase: Phrase, facts: Facts) -> Verdict:
    """Judge a phrase about a value, and about what it is compared with.

    Args:
        phrase: the parsed words.
        facts: the values.
    """
    verdict = _judge(phrase, facts)
    if verdict.kind is VerdictKind.FALSE:
        return replace(
            verdict, prints=False, true_phrases=verdict.true_phrases or true_phrases(phrase, facts)
        )
    if not phrase.is_plain and is_own(phrase.words, facts):
        return Verdict(VerdictKind.TRUE, True, notes=(OWN_WORDS,))
    if verdict.kind is VerdictKind.TRUE:
        return verdict
    if verdict.prints and verdict.kind is VerdictKind.UNDECIDED:
        return verdict
    return replace(verdict, true_phrases=verdict.true_phrases or true_phrases(phrase, facts))


def is_own(words: str, facts: Facts) -> bool:
    """Tell whether a phrase stands in the quotation of one of its values, case and inflection aside."""
    wanted = f" {_folded(words)} "
    return any(fact.quotation is not None and wanted in f" {_folded(fact.quotation)} " for fact in facts.all)


def _folded(words: str) -> str:
    known = lemmas()
    bare = (word.strip(".,;:!?()»«”\"'") for word in words.casefold().split())
    return " ".join(known.get(word, word) for word in bare if word)


def _judge(phrase: Phrase, facts: Facts) -> Verdict:
    if phrase.compares and facts.other is None:
        return false(_nothing_to_compare(phrase))
    if isinstance(phrase.relation, Superlative):
        plain = [_judge_single(quantity, facts) for quantity in phrase.quantities]
        return worst([judge_relation(phrase, facts), *plain])
    named = judge_named(phrase, facts)
    if named is not None:
        return named
    fault = unit_fault(facts)
    if fault:
        return false(fault)
    if phrase.relation is not None:
        return _on_two_bases(judge_relation(phrase, facts), phrase, facts)
    return _judge_quantities(phrase, facts)


def _nothing_to_compare(phrase: Phrase) -> str:
    if any(quantity.role is Role.PART for quantity in phrase.quantities):
        return "ordene taler om en del af en helhed. Skriv også «mod=helhed»"
    return _WITH_WHAT


def _judge_quantities(phrase: Phrase, facts: Facts) -> Verdict:
    quantities = phrase.quantities
    roles = tuple(quantity.role for quantity in quantities)
    if Role.FROM in roles:
        return _judge_from_to(quantities, facts)
    if roles == (Role.PLAIN, Role.AGAINST) and not _is_ratio(quantities):
        return judge_against(quantities[0], quantities[1], facts)
    if roles == (Role.PLAIN, Role.PLAIN) and facts.other is not None and not _is_ratio(quantities):
        both = [
            _judge_single(quantities[0], facts),
            _judge_single(quantities[1], Facts(facts.other)),
        ]
        return worst(both)
    if roles == (Role.PLAIN, Role.PART) and facts.against is Against.WHOLE and facts.other is not None:
        whole = _judge_single(quantities[0], Facts(facts.other))
        return worst([whole, judge_part(quantities[1], facts)])
    if roles.count(Role.PLAIN) > 1:
        return false("ordene nævner flere tal, end henvisningen gør. Skriv en henvisning til hvert")
    verdicts = [TRUE]
    for quantity in quantities:
        if quantity.role is Role.PART:
            verdicts.append(judge_part(quantity, facts))
        elif quantity.role is Role.MISSING:
            verdicts.append(judge_missing(quantity, facts))
        elif quantity.role is Role.SHARE:
            verdicts.append(_judge_share_of(quantity, facts))
        elif quantity.role is Role.AGAINST:
            assert facts.other is not None
            verdicts.append(_judge_single(quantity, Facts(facts.other)))
        else:
            verdicts.append(_judge_single(quantity, facts))
    return _on_two_bases(worst(verdicts), phrase, facts)


def _is_ratio(quantities: tuple[Quantity, ...]) -> bool:
    return any(isinstance(quantity.base, Times) for quantity in quantities)


def _judge_from_to(quantities: tuple[Quantity, ...], facts: Facts) -> Verdict:
    by_role = {quantity.role: quantity for quantity in quantities}
    first, last = by_role[Role.FROM], by_role.get(Role.TO)
    if facts.other is None:
        if last is None:
            return false("ordene nævner, hvor tallet kom fra. Skriv også «mod=forrige» eller et andet tal")
        try:
            return _judge_single(span_of(first, last), facts)
        except PhraseError as error:
            return false(f"spændet {error}".removesuffix("."))
    more = [_judge_single(one, facts) for one in quantities if one.role not in (Role.FROM, Role.TO)]
    return worst([judge_from_to(first, last, facts), *more])


def _judge_single(quantity: Quantity, facts: Facts) -> Verdict:
    """Judge a quantity that stands for the subject itself, for its ratio to another, or for its share."""
    fact = facts.subject
    if quantity.year is not None and not in_year(fact, quantity.year):
        assert fact.period is not None
        return false(f"tallet er fra {fact.period.print()}, ikke fra {quantity.year}")
    if isinstance(quantity.base, Times):
        return _judge_times(quantity, quantity.base, facts)
    percent = quantity.unit is not None and quantity.unit.id == "procent"
    if isinstance(quantity.base, Share | Quantifier) or (percent and facts.share_of is not None):
        if facts.share_of is not None:
            return _judge_share_of(quantity, facts)
        if isinstance(quantity.base, Share) and fact.is_share and not _is_round(quantity.base):
            return false(
                f"«{quantity.words}» kræver begge antal. Skriv «af=» og det, der er {quantity.base.all} af, "
                "eller skriv procenten"
            )
        if not fact.is_share:
            mean = " Et gennemsnit er ikke en andel" if fact.statistic else ""
            return false(
                f"en andel kan kun siges om et tal i procent, eller med «af=».{mean}".removesuffix(".")
            )
    if quantity.unit is not None and quantity.unit.id != fact.unit.id:
        unit = quantity.unit.plural or quantity.unit.id
        return false(f"enheden er {fact.unit.plural or 'et antal'}, ikke {unit}")
    return judge_quantity(quantity, of_value(fact))


def _is_round(base: Share) -> bool:
    """Tell whether *a ud af b* may be said of a percentage: to ten, or of 20 or 100."""
    return base.all is None or base.all <= 10 or base.all in (20, 100)


def _judge_times(quantity: Quantity, base: Times, facts: Facts) -> Verdict:
    if facts.other is None:
        return false(_WITH_WHAT)
    try:
        measure = ratio(facts.subject, facts.other)
        if base.inverted:
            measure = inverse(measure)
    except NoMeasureError as error:
        return false(str(error))
    return judge_quantity(quantity, measure)


def _judge_share_of(quantity: Quantity, facts: Facts) -> Verdict:
    """Judge a share of two counts, or of two percentages of one base."""
    subject, whole = facts.subject, facts.share_of
    if whole is None:
        if quantity.role is Role.SHARE and subject.is_share:
            return _judge_single(replace(quantity, role=Role.PLAIN), facts)
        return false("ordene siger en andel. Skriv også «af=» og det, tallet er en del af")
    fault = share_fault(subject, whole)
    if fault:
        return false(fault)
    try:
        measure = share(subject, whole)
    except NoMeasureError as error:
        return false(str(error))
    units = {"procent", subject.unit.id, whole.unit.id}
    if quantity.unit is not None and quantity.unit.id not in units:
        return false(
            f"enheden er {subject.unit.plural or 'et antal'}, ikke {quantity.unit.plural or 'antal'}"
        )
    base = quantity.base
    if isinstance(base, Share) and base.all is not None and base.some is not None:
        ends = [fact.value.first.value for fact in (subject, whole) if fact.value.exact]
        real = len(ends) == 2 and base.all == ends[1]
        if real or not _is_round(base):
            exactly = len(ends) == 2 and base.some * ends[1] == base.all * ends[0]
            printed = [subject.value.text, whole.value.text]
            told = f"det er {printed[0]} ud af {printed[1]}"
            if not exactly or quantity.hedge is not None:
                return false(told)
            return TRUE
    if isinstance(base, Amount) and quantity.unit is None:
        return judge_quantity(quantity, of_value(subject))
    return judge_quantity(quantity, measure)


def share_fault(subject: Fact, whole: Fact) -> str | None:
    """Return why one value cannot be a share of another, or ``None``."""
    if subject.source != whole.source:
        return f"de to tal er ikke fra samme kilde: {subject.label} og {whole.label}"
    percentages = [fact.unit.id == "procent" for fact in (subject, whole)]
    if any(percentages) and not all(percentages):
        return "det ene tal er i procent, det andet ikke"
    if subject.statistic or whole.statistic:
        return "et gennemsnit er ikke en andel"
    return None


def _on_two_bases(verdict: Verdict, phrase: Phrase, facts: Facts) -> Verdict:
    if not verdict.prints or not facts.two_bases or facts.against is Against.WHOLE:
        return verdict
    if phrase.relation is None and not _is_ratio(phrase.quantities):
        return verdict
    if verdict.kind is VerdictKind.STRAINED:
        return verdict
    return strained(f"de to tal hviler ikke på det samme: {facts.two_bases}")
