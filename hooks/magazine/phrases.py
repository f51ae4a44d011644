"""Danish number phrases: words to a small structure, with no values in it.

[attitude] [hedge] base [unit or noun]; what cannot be read whole is an error that names the nearest
known phrase. The lexicon is the tables at the top, and ``magazine.hedges.TABLE``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from magazine.danish.numbers import NotationError, Number, parse_number, word_value
from magazine.danish.units import UNITS, Unit, unit_of
from magazine.hedges import POSTFIXES, TABLE, Hedge, leading_hedge
from magazine.intervals import Interval
from magazine.problems import did_you_mean

#: Words that colour a number and change nothing about it.
ATTITUDES = (
    "kun",
    "blot",
    "bare",
    "alene",
    "hele",
    "ikke mindre end",
    "så meget som",
    "helt op på",
    "sølle",
    "magre",
    "faktisk",
    "endda",
    "allerede",
)
STATISTICS = {
    "i gennemsnit": "gennemsnit",
    "i snit": "gennemsnit",
    "gennemsnitligt": "gennemsnit",
    "median": "median",
}
#: Shares in words, in percent.
SHARES: dict[str, Fraction] = {
    "halvdelen": Fraction(50),
    "hver anden": Fraction(50),
    "en tredjedel": Fraction(100, 3),
    "hver tredje": Fraction(100, 3),
    "to tredjedele": Fraction(200, 3),
    "en fjerdedel": Fraction(25),
    "hver fjerde": Fraction(25),
    "tre fjerdedele": Fraction(75),
    "hver femte": Fraction(20),
    "hver sjette": Fraction(100, 6),
    "hver syvende": Fraction(100, 7),
    "hver ottende": Fraction(100, 8),
    "hver niende": Fraction(100, 9),
    "hver tiende": Fraction(10),
}
#: Shares without a number: what they permit, and below which share they mislead.
QUANTIFIERS: tuple[tuple[tuple[str, ...], Interval, Fraction | None], ...] = (
    (
        ("de fleste", "flertallet", "et flertal", "hovedparten", "størstedelen"),
        Interval(Fraction(50), None, low_closed=False),
        Fraction(60),
    ),
    (("langt de fleste", "langt hovedparten", "et klart flertal"), Interval(Fraction(75), None), None),
    (("stort set alle", "næsten alle"), Interval(Fraction(95), Fraction(100), high_closed=False), None),
    (("næsten ingen", "kun få"), Interval(Fraction(0), Fraction(5), low_closed=False), None),
    (("alle",), Interval.point(Fraction(100)), None),
    (("ingen",), Interval.point(Fraction(0)), None),
    (("50/50", "lige mange"), Interval(Fraction(95, 2), Fraction(105, 2)), None),
    (("ligelig kønsfordeling",), Interval(Fraction(40), Fraction(60)), None),
)
#: Words that may stand anywhere and say nothing of their own.
FILLERS = frozenset(
    [
        "i",
        "af",
        "på",
        "til",
        "med",
        "og",
        "eller",
        "end",
        "som",
        "at",
        "blev",
        "var",
        "er",
        "har",
        "blevet",
        "kom",
        "så",
        "en",
        "et",
        "den",
        "det",
        "de",
    ]
)

_EVERY = re.compile(r"(?:hver|hvert)\s+(\d+)\.", re.IGNORECASE)
_OUT_OF = re.compile(r"(?P<some>\S+)\s+ud\s+af\s+(?P<all>\S+)(?P<rest>.*)", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:mellem|fra)\s+(?P<first>.+?)\s+(?:og|til)\s+(?P<last>.+)", re.IGNORECASE)
_DASHED = re.compile(r"(?P<first>[\d.,]+)\s?[-–]\s?(?P<last>[\d.,]+)(?P<rest>.*)")
_UP_TO = re.compile(r"(?P<first>\S+)\s+til\s+(?P<last>.+)", re.IGNORECASE)
_MULTIPLIER = re.compile(
    r"(?:mio\.?|mia\.?|million(?:er)?|milliard(?:er)?|tusinde?|hundrede)\Z", re.IGNORECASE
)


class PhraseError(ValueError):
    """Words that cannot be read; the text says in Danish what is wrong, to stand after the words."""


@dataclass(frozen=True)
class Amount:
    """A number: «59», «fire millioner»."""

    number: Number


@dataclass(frozen=True)
class Span:
    """Two numbers that one value lies between."""

    first: Number
    last: Number


@dataclass(frozen=True)
class Share:
    """A share in words: «hver femte», «to ud af tre»."""

    percent: Fraction
    some: int | None = None
    all: int | None = None


@dataclass(frozen=True)
class Quantifier:
    """A share without a number: «de fleste»."""

    permits: Interval
    misleads_below: Fraction | None


@dataclass(frozen=True)
class Phrase:
    """A number phrase, understood."""

    words: str
    base: Amount | Span | Share | Quantifier
    hedge: Hedge | None = None
    unit: Unit | None = None
    noun: str | None = None
    is_precise: bool = False
    """«præcis» stands before it."""
    statistic: str | None = None

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers in it."""
        match self.base:
            case Amount(number):
                return (number,)
            case Span(first, last):
                return (first, last)
        return ()


@lru_cache(maxsize=16384)
def parse_phrase(words: str, nouns: frozenset[str] = frozenset(), statistic: str | None = None) -> Phrase:
    """Parse a reference's words.

    Args:
        words: as typed.
        nouns: what the indicator's counts count.
        statistic: ``gennemsnit`` or ``median``, where the indicator is one.

    Raises:
        PhraseError: with a Danish sentence that follows the words.
    """
    rest = " ".join(words.split())
    found_statistic = None
    for phrase, meaning in STATISTICS.items():
        stripped = re.sub(rf"(?<!\w){phrase}(?!\w)", "", rest, flags=re.IGNORECASE)
        if stripped != rest:
            if statistic != meaning:
                raise PhraseError(
                    f"siger «{phrase}», men det gør indikatoren ikke: den har ikke «statistik: {meaning}»."
                )
            rest, found_statistic = " ".join(stripped.split()), meaning
    quantifier = _quantifier(rest)
    if quantifier is not None:
        return Phrase(words, quantifier, statistic=found_statistic)
    rest = _without_attitude(rest)
    precise = re.match(r"præcist?\s+", rest, re.IGNORECASE)
    if precise:
        rest = rest[precise.end() :]
    hedge, rest = leading_hedge(rest)
    rest = _without_attitude(rest)
    for pattern, row in POSTFIXES:
        if pattern.search(rest) and hedge is None:
            hedge, rest = Hedge(row, rest), pattern.sub("", rest)
    if precise and hedge is not None:
        raise PhraseError(f"har både «præcis» og «{hedge.words}». Vælg det ene.")
    base, after = _base(rest)
    unit, noun = _tail(after, nouns, words)
    return Phrase(words, base, hedge, unit, noun, bool(precise), found_statistic)


def _quantifier(text: str) -> Quantifier | None:
    folded = text.casefold()
    for names, permits, misleads in QUANTIFIERS:
        if folded in names:
            return Quantifier(permits, misleads)
    return None


def _without_attitude(text: str) -> str:
    stripped = True
    while stripped:
        stripped = False
        for word in ATTITUDES:
            if text.casefold().startswith(f"{word} "):
                text, stripped = text[len(word) + 1 :], True
    return text


def _base(text: str) -> tuple[Amount | Span | Share, str]:
    folded = text.casefold()
    for name, percent in sorted(SHARES.items(), key=lambda item: -len(item[0])):
        written = name.replace("hver ", "hvert ") if folded.startswith("hvert ") else name
        if re.match(rf"{written}(?!\w)", folded):
            return Share(percent), text[len(written) :]
    every = _EVERY.match(text)
    if every and int(every[1]) > 1:
        return Share(Fraction(100, int(every[1]))), text[every.end() :]
    out_of = _OUT_OF.match(text)
    if out_of:
        return _out_of(out_of), out_of["rest"]
    for pattern in (_BETWEEN, _DASHED, _UP_TO):
        span = pattern.match(text)
        if span:
            found = _span(span["first"], span["last"] + (span.groupdict().get("rest") or ""))
            if found is not None:
                return found
    return _number(text)


def _out_of(match: re.Match[str]) -> Share:
    some, everything = _count(match["some"]), _count(match["all"].rstrip(".,"))
    if some is None or everything is None or not 0 < some <= everything:
        raise PhraseError("kan ikke læses: skriv for eksempel «to ud af tre» eller «14 ud af 98».")
    return Share(Fraction(100 * some, everything), some, everything)


def _count(word: str) -> int | None:
    if word.replace(".", "").isdecimal():
        return int(word.replace(".", ""))
    value = word_value(word)
    return int(value) if value is not None and value.denominator == 1 else None


def _span(first: str, last: str) -> tuple[Span, str] | None:
    try:
        high, after = _number(last)
        multiplier = (
            high.number.text.partition(" ")[2] if not any(map(_MULTIPLIER.match, first.split())) else ""
        )
        low, rest = _number(f"{first} {multiplier}".strip())
    except PhraseError:
        return None
    if rest.strip() and unit_of(rest.strip()) is None:
        return None
    return Span(low.number, high.number), after


def _number(text: str) -> tuple[Amount, str]:
    words = text.split(" ")
    for length in (3, 2, 1):
        candidate = " ".join(words[:length])
        if len(words) < length or (length > 1 and not _MULTIPLIER.match(words[length - 1])):
            continue
        glued = re.match(r"(?P<number>[\d.,]*\d)(?P<percent>%)\Z", candidate)
        try:
            number = parse_number(glued["number"] if glued else candidate)
        except NotationError as error:
            if length == 1 and re.match(r"[-−]?\d", candidate):
                raise PhraseError(f"kan ikke læses: {error}") from None
            continue
        after = ("% " if glued else "") + " ".join(words[length:])
        return Amount(number), after
    raise PhraseError(_unreadable(text))


def _tail(text: str, nouns: frozenset[str], words: str) -> tuple[Unit | None, str | None]:
    """Return the unit and the noun after a base; what is left over must say nothing."""
    rest = text.strip()
    unit: Unit | None = None
    noun: str | None = None
    for known in sorted((form for one in UNITS.values() for form in one.words), key=len, reverse=True):
        if re.match(rf"{re.escape(known)}(?![\w-])", rest, re.IGNORECASE):
            unit, rest = unit_of(known), rest[len(known) :].strip()
            break
    folded = {name.casefold() for name in nouns}
    left = []
    for word in rest.split():
        bare = word.strip(".,;:()").casefold()
        if bare in folded:
            noun = bare
        elif bare and bare not in FILLERS:
            left.append(word)
    if left:
        raise PhraseError(_unreadable(" ".join(left) if unit or noun else words))
    return unit, noun


def _unreadable(text: str) -> str:
    known = [
        *SHARES,
        *(kin for _, kins in TABLE for kin in kins),
        *(name for names, _, _ in QUANTIFIERS for name in names),
    ]
    hint = did_you_mean(text.casefold(), known)
    return f"kan ikke læses som en påstand om tal: «{text}» kendes ikke.{hint}"
