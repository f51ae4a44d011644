"""Danish typography for running text: what can be set right without asking the writer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

NBSP = "\u00a0"

#: Stands in a run of text for what is no text: a picture, code. No rule reaches across it.
OBJECT = "\ufffc"

_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_UNITS = (
    "procent|procentpoint|promille|point|pct\\.|gange|kroner|krone|kr\\.|øre|euro|mio\\.|mia\\.|millioner|million"
    "|milliarder|milliard|tusind|timer|time|minutter|minut|sekunder|dage|dag|døgn|uger|uge|måneder|måned|år"
    "|mandater|pladser|stemmer|kvinder|mænd|mentorer|mentees|personer|børn|kilo|kg|gram|g|ton|kilometer|km|meter"
    "|m|centimeter|cm|mm|hektar|ha|liter|l|°C"
)
#: What a number follows, as part of it.
_BEFORE = "kl|nr|s|ca|stk|kap|art|bd|fig|tlf|d|f|år|side|kapitel|bind"
_AFTER_WORDS = "|".join(rf"(?<=\b(?i:{word}){stop} )" for word in _BEFORE.split("|") for stop in ("", r"\."))
_AFTER_HOURS = "|".join(rf"(?<=\b[Kk]l\.{hours}:)" for hours in (r"\d", r"\d\d", r" \d", r" \d\d"))
_AFTER_NUMBER = "|".join(rf"(?<=(?<![\w.,/–-])\d{{{count}}}-)" for count in (1, 2, 3, 4))
_AFTER_DIGITS = "|".join(rf"(?<=(?<![\d.,])\d{{{count}}} )" for count in (1, 2, 3))

_Step = tuple[frozenset[str], re.Pattern[str], int, str]


def _step(needles: str, pattern: str, made: str) -> _Step:
    compiled = re.compile(pattern)
    return frozenset(needles), compiled, compiled.groupindex.get("x", 0), made


#: Where one of the signs stands: what is looked for, whose group ``x`` (or all of it) becomes something else.
#: A pattern that begins with a character is tried at that one alone, so what stands before is looked at last.
_STEPS: tuple[_Step, ...] = (
    _step(".", r"\.(?:\.{2,}| \. \.)", "…"),
    _step('"“„»«‟', r'["“„»«‟]', "”"),
    _step("'‘", r"['‘]", "’"),
    # A range of two short numbers; dates and telephone numbers have more hyphens or digits.
    _step("-", rf"(?P<x>-)(?=\d{{1,4}}(?![\w/-]|[.,]\d))(?:{_AFTER_NUMBER})", "–"),
    _step("-", r"(?P<x>-)(?=\d)(?:(?<=\A-)|(?<=[(\s]-))(?<!\d -)", "−"),
    _step("-—", r"(?P<x> (?<=\S )(?:--?|—) )(?=\S)", f"{NBSP}– "),
    _step("—", r"(?<=\w)(?P<x>—)(?=\w)", f"{NBSP}– "),
    _step("–", r"(?P<x> )–(?= )", NBSP),
    _step("…", r"(?<=\S)(?P<x> )…", NBSP),
    _step(":", rf"(?P<x>:)(?=\d{{2}}\b)(?:{_AFTER_HOURS})", "."),
    # Abbreviations that are one word.
    _step(
        ".",
        r"\.(?P<x> )(?:(?<=\b[fF]\. )(?=eks\.)|(?:(?<=\b[bB]\. )|(?<=\b[bB]l\. ))(?=a\.)"
        r"|(?<=\b[mM]\. )(?=(?:fl|m|v)\.))",
        "",
    ),
    _step(".", rf"\.(?P<x> )(?={_MONTHS}\b)(?:(?<=\b\d\. )|(?<=\b\d\d\. ))", NBSP),
    _step(
        ".",
        r"\.(?P<x> )(?=[a-zæøå])(?:(?<=(?<![\d.,])\d\. )|(?<=(?<![\d.,])\d\d\. ))",
        NBSP,
    ),
    _step("0123456789", rf"\d(?P<x> )(?=(?:{_UNITS})(?!\w))", NBSP),
    _step("0123456789", rf"(?P<x> )(?=\d{{3}}(?!\d))(?:{_AFTER_DIGITS})", NBSP),
    _step(".", r"\.(?P<x> )(?<=\bmi[oa]\. )(?=kr(?:\.|oner\b)|euro\b)", NBSP),
    _step("%‰", r"\d(?P<x> ?)(?=[%‰])", "\u202f"),
    _step("§", r"§(?P<x> ?)(?=\d)", NBSP),
    _step("0123456789", rf"(?P<x> )(?=\d)(?:{_AFTER_WORDS})", NBSP),
    _step(".", r"\.(?P<x> )(?<=\b[A-ZÆØÅ]\. )(?=[A-ZÆØÅ]\. ?[A-ZÆØÅ]?|[A-ZÆØÅ][a-zæøå])", NBSP),
)


#: What the steps that look for a full stop find it before: most full stops only end a sentence.
_STOP = re.compile(r"\.(?: [a-zæøå.]|\.\.| (?<=[A-ZÆØÅ]\. ))")
_NEEDLES = tuple(frozenset[str]().union(*(needles for needles, *_ in _STEPS)))


@lru_cache(maxsize=1 << 16)  # the same words, names and dates stand on page after page
def set_text(text: str) -> str:
    """Return running text with Danish quotation marks, dashes, ellipses and no-break spaces.

    ”…” throughout, "24. maj" unbroken, the dash between spaces with the first of them unbroken, a narrow
    no-break space before the percent sign.
    """
    return set_run((text,))[0]


def signs_in(text: str) -> tuple[str, ...]:
    """Return the signs in a text at which there may be anything to set, for ``set_run`` with parts of it."""
    return tuple(_signs_in(text, _NEEDLES))


def _signs_in(text: str, among: Iterable[str]) -> set[str]:
    signs = set(filter(text.__contains__, among))
    if "." in signs and not _STOP.search(text):
        signs.remove(".")
    return signs


def set_run(texts: Sequence[str], among: Iterable[str] = _NEEDLES) -> list[str]:
    """Return the parts of a run of text set as one: emphasis and links change nothing about a number's unit.

    Args:
        texts: the parts in their order; what no rule may read into is ``OBJECT``.
        among: the signs that they may hold, where that is known.
    """
    parts = list(texts)
    whole = parts[0] if len(parts) == 1 else "".join(parts)
    signs = _signs_in(whole, among)
    if not signs:
        return parts
    for needles, pattern, group, made in _STEPS:
        if needles.isdisjoint(signs):
            continue
        spans = [match.span(group) for match in pattern.finditer(whole)]
        if spans:
            parts = _put(parts, spans, made)
            whole = "".join(parts)
            signs.update(made)
    return parts


def _put(parts: Sequence[str], spans: Sequence[tuple[int, int]], made: str) -> list[str]:
    """Put something in the place of spans of the whole; one that lies in two parts stays as it is."""
    if len(parts) == 1:
        text = parts[0]
        for start, end in reversed(spans):
            text = text[:start] + made + text[end:]
        return [text]
    changed = list(parts)
    ends, at = [], 0
    for part in parts:
        at += len(part)
        ends.append(at)
    number = len(parts) - 1
    for start, end in reversed(spans):
        while number and ends[number - 1] >= end:
            number -= 1
        before = ends[number] - len(parts[number])
        if before <= start:
            text = changed[number]
            changed[number] = text[: start - before] + made + text[end - before :]
    return changed


def as_sentence(text: str) -> str:
    """Return what somebody wrote as a sentence: with a capital and a stop; nothing for nothing."""
    bare = text.strip()
    return bare[:1].upper() + bare[1:] + ("" if bare.endswith((".", "!", "?")) or not bare else ".")
