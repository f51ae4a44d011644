"""Numbers in Danish notation and in words: parse and print are inverse."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from msgspec import Struct

_MULTIPLIERS: Mapping[str, int] = MappingProxyType(
    {
        "mio.": 10**6,
        "mio": 10**6,
        "million": 10**6,
        "millioner": 10**6,
        "mia.": 10**9,
        "mia": 10**9,
        "milliard": 10**9,
        "milliarder": 10**9,
        "tusind": 10**3,
        "tusinde": 10**3,
        "hundrede": 10**2,
    }
)
_SHORT: Mapping[int, str] = MappingProxyType({10**6: "mio.", 10**9: "mia."})

_DIGITS = re.compile(
    r"(?P<sign>[-−–])?(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+|0|[1-9][0-9]*)(?:,(?P<part>[0-9]+))?\Z"
)
#: More digits than anything that is counted has, and fewer than Python refuses to read.
_MOST_DIGITS = 40
#: No number word is longer, though they are put together without end.
_LONGEST_WORD = 80
_POINT = re.compile(r"[-−]?[0-9]+\.[0-9]+\Z")

ONES = (
    "nul",
    "en",
    "to",
    "tre",
    "fire",
    "fem",
    "seks",
    "syv",
    "otte",
    "ni",
    "ti",
    "elleve",
    "tolv",
    "tretten",
    "fjorten",
    "femten",
    "seksten",
    "sytten",
    "atten",
    "nitten",
)
TENS: Mapping[str, int] = MappingProxyType(
    {
        "tyve": 20,
        "tredive": 30,
        "fyrre": 40,
        "halvtreds": 50,
        "tres": 60,
        "halvfjerds": 70,
        "firs": 80,
        "halvfems": 90,
    }
)
FRACTIONS: Mapping[str, Fraction] = MappingProxyType(
    {
        "halv": Fraction(1, 2),
        "halvanden": Fraction(3, 2),
        "halvandet": Fraction(3, 2),
        "½": Fraction(1, 2),
        "¼": Fraction(1, 4),
        "¾": Fraction(3, 4),
    }
)
#: *hver femte*, and the stem of *en femtedel*.
ORDINALS: Mapping[str, int] = MappingProxyType(
    {
        "anden": 2,
        "andet": 2,
        "tredje": 3,
        "fjerde": 4,
        "femte": 5,
        "sjette": 6,
        "syvende": 7,
        "ottende": 8,
        "niende": 9,
        "tiende": 10,
    }
)
#: What *en* may be: the pronoun is a number only where it is accented or stands before one of these.
_ACCENTED_ONES = ("én", "ét", "een", "eet")
_SCALES = (("tusind", "tusinde"), ("hundrede", "hundred"))


class NotationError(ValueError):
    """A number that cannot be read; the text says in Danish what to write."""


class Number(Struct, frozen=True):
    """A number as it is written."""

    text: str
    value: Fraction
    step: Fraction
    """The worth of one unit at the last written place: 1 in 59, 0,1 in 59,0, a million in 4 mio."""
    has_multiplier: bool = False

    @property
    def decimals(self) -> int:
        """How many decimals are written; *halvanden* and ``2½`` have the one of 1,5 and 2,5."""
        _, _, part = self.text.split(" ")[0].partition(",")
        if not part and not self.has_multiplier and self.step < 1:
            return len(str(self.step.denominator)) - 1
        return len(part)


def parse_number(text: str) -> Number:
    """Parse ``59``, ``44,5``, ``1.500``, ``−3``, ``4,0 mio.`` or a number word.

    Raises:
        NotationError: with what to write instead.
    """
    bare = " ".join(text.split())
    if sum(character.isdigit() for character in bare) > _MOST_DIGITS:
        raise NotationError(f"«{bare[:_MOST_DIGITS]}…» har flere cifre, end noget tal her kan have.")
    first, _, multiplier = bare.partition(" ")
    factor = _MULTIPLIERS.get(multiplier.casefold()) if multiplier else 1
    if factor is None:
        if first[:1].isdecimal():
            raise NotationError(_unread(bare))
        return _parse_words(bare)
    half = FRACTIONS.get(first[-1:]) if first[:-1].isascii() and first[:-1].isdecimal() else None
    if half is not None:
        value = (int(first[:-1]) + half) * factor
        return Number(bare, value, _place(first[-1]) * factor, factor > 1)
    match = _DIGITS.match(first)
    if match is None:
        return _parse_words(bare)
    whole, part = match["whole"].replace(".", ""), match["part"] or ""
    step = Fraction(factor, 10 ** len(part))
    value = Fraction(int(whole + part), 10 ** len(part)) * factor
    if match["sign"]:
        value = -value
    return Number(bare.replace("-", "−", 1) if bare.startswith(("-", "–")) else bare, value, step, factor > 1)


def print_number(value: Fraction, decimals: int = 0) -> str:
    """Return a number in digits, thousands divided by points: ``1.500``, ``44,5``, ``−3``.

    Args:
        value: a number with no more than ``decimals`` decimals.
        decimals: how many are written.
    """
    scaled = abs(value) * 10**decimals
    digits = str(scaled.numerator // scaled.denominator).rjust(decimals + 1, "0")
    whole, part = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    grouped = f"{int(whole):,}".replace(",", ".")
    return ("−" if value < 0 else "") + grouped + (f",{part}" if part else "")


def word_value(word: str) -> Fraction | None:
    """Return the value of a number word, or ``None``.

    From *nul* to *nioghalvfems*, with *hundrede* and *tusind* in one word (*tohundrede*), *halvanden* and
    ``½``.
    """
    folded = word.casefold()
    if len(folded) > _LONGEST_WORD:
        return None
    if folded in _ACCENTED_ONES or folded == "et":
        return Fraction(1)
    if folded in FRACTIONS:
        return FRACTIONS[folded]
    found = _whole(folded)
    return None if found is None else Fraction(found)


def _whole(word: str) -> int | None:
    if word in ONES:
        return ONES.index(word)
    if word in _ACCENTED_ONES or word == "et":
        return 1
    if word in TENS:
        return TENS[word]
    one, joiner, ten = word.partition("og")
    if joiner and ten in TENS and (one in ONES[1:10] or one in _ACCENTED_ONES or one == "et"):
        return TENS[ten] + (ONES.index(one) if one in ONES else 1)
    for scale, forms in zip((1000, 100), _SCALES, strict=True):
        for form in forms:
            before, found, after = word.partition(form)
            if not found:
                continue
            many = _whole(before) if before else 1
            rest = _whole(after.removeprefix("og")) if after.removeprefix("og") else 0
            if many is None or rest is None or not 0 < many < scale or rest >= scale or after == "og":
                continue
            return many * scale + rest
    return None


def _parse_words(text: str) -> Number:
    words = [word.casefold() for word in text.split(" ")]
    if words[0] in ("en", "et") and len(words) > 1 and words[1] in ("halv", "halvt"):
        words = ["halv", *words[2:]]
    factor = 1
    if len(words) > 1 and _MULTIPLIERS.get(words[-1], 0) >= 10**6:
        factor = _MULTIPLIERS[words.pop()]
    elif len(words) == 1 and words[0] in _MULTIPLIERS:
        return Number(text, Fraction(_MULTIPLIERS[words[0]]), Fraction(_MULTIPLIERS[words[0]]), True)
    counted = _counted(words)
    if counted is None:
        raise NotationError(_unread(text))
    value, step = counted
    if factor == 1:
        return Number(text, value, step, step > 1)
    return Number(text, value * factor, step * factor, True)


def _counted(words: list[str]) -> tuple[Fraction, Fraction] | None:
    """Return the value of number words without *million*, and the worth of the last written place."""
    if len(words) == 1:
        value = word_value(words[0])
        return None if value is None else (value, _place(words[0]))
    if words[-2:] == ["en", "halv"] or words[-2:] == ["et", "halvt"]:
        whole = word_value(words[0]) if len(words) == 3 else None
        return None if whole is None else (whole + Fraction(1, 2), Fraction(1, 10))
    total, group, last = Fraction(0), Fraction(0), Fraction(1)
    pending: Fraction | None = None
    for word in words:
        if word == "og":
            continue
        if word in _SCALES[1]:
            group, pending, last = group + 100 * (1 if pending is None else pending), None, Fraction(100)
        elif word in _SCALES[0]:
            total, group = total + 1000 * (group + (pending or 0) or 1), Fraction(0)
            pending, last = None, Fraction(1000)
        else:
            value = word_value(word)
            if value is None or pending is not None:
                return None
            pending, last = value, _place(word)
    return total + group + (pending or 0), last


def _place(word: str) -> Fraction:
    """Return the worth of a word's last place, as if it stood in digits: *halvanden* is 1,5."""
    folded = word.casefold()
    if folded in FRACTIONS:
        return Fraction(1, 10 if FRACTIONS[folded].denominator == 2 else 100)
    for forms, worth in zip(_SCALES, (1000, 100), strict=True):
        if folded.endswith(forms):
            return Fraction(worth)
    return Fraction(1)


def _unread(text: str) -> str:
    if _POINT.match(text):
        better = text.replace("-", "−")
        decimals = len(text.partition(".")[2])
        # Nobody prints so many decimals; the points at the thousands have slipped.
        whole = (
            f" eller {int(better.strip('−').replace('.', '')):,}".replace(",", ".") if decimals > 3 else ""
        )
        return f"«{text}» er ikke dansk notation: skriv {better.replace('.', ',')}{whole}."
    return f"«{text}» er ikke et tal. Skriv for eksempel 59, 44,5, 1.500 eller 4 mio."
