"""Numbers in Danish notation and in words: parse and print are inverse."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

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

_DIGITS = re.compile(r"(?P<sign>[-−–])?(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<part>\d+))?\Z")
_POINT = re.compile(r"[-−]?\d+\.\d+\Z")

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
        "½": Fraction(1, 2),
        "¼": Fraction(1, 4),
        "¾": Fraction(3, 4),
    }
)


class NotationError(ValueError):
    """A number that cannot be read; the text says in Danish what to write."""


@dataclass(frozen=True)
class Number:
    """A number as it is written."""

    text: str
    value: Fraction
    step: Fraction
    """The worth of one unit at the last written place: 1 in 59, 0,1 in 59,0, a million in 4 mio."""
    has_multiplier: bool = False
    in_words: bool = False

    @property
    def decimals(self) -> int:
        """How many decimals are written."""
        _, _, part = self.text.split(" ")[0].partition(",")
        return len(part)


def parse_number(text: str) -> Number:
    """Parse ``59``, ``44,5``, ``1.500``, ``−3``, ``4,0 mio.`` or a number word.

    Raises:
        NotationError: with what to write instead.
    """
    bare = " ".join(text.split())
    first, _, multiplier = bare.partition(" ")
    factor = _MULTIPLIERS.get(multiplier.casefold()) if multiplier else 1
    if factor is None:
        raise NotationError(_unread(bare))
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
    """Return the value of a number word up to *nioghalvfems*, *halvanden* and ``½``, or ``None``."""
    folded = word.casefold()
    if folded in ("én", "ét", "et", "een"):
        return Fraction(1)
    if folded in ONES:
        return Fraction(ONES.index(folded))
    if folded in TENS:
        return Fraction(TENS[folded])
    if folded in FRACTIONS:
        return FRACTIONS[folded]
    one, joiner, ten = folded.partition("og")
    if joiner and ten in TENS and (one in ONES[1:10] or one in ("én", "et")):
        return Fraction(TENS[ten] + (ONES.index(one) if one in ONES else 1))
    return None


def _parse_words(text: str) -> Number:
    words = text.split(" ")
    if words[0] == "en" and len(words) > 1 and words[1].casefold() == "halv":
        words = words[1:]
    value = word_value(words[0])
    if value is None and words[0].casefold() in _MULTIPLIERS:
        value, words = Fraction(1), ["en", *words]
    if value is None or len(words) > 2:
        raise NotationError(_unread(text))
    factor = 1
    if len(words) == 2:
        found = _MULTIPLIERS.get(words[1].casefold())
        if found is None:
            raise NotationError(_unread(text))
        factor = found
    return Number(text, value * factor, Fraction(factor), factor > 1, in_words=True)


def _unread(text: str) -> str:
    if _POINT.match(text):
        return f"«{text}» er ikke dansk notation: skriv {text.replace('.', ',').replace('-', '−')}."
    return f"«{text}» er ikke et tal. Skriv for eksempel 59, 44,5, 1.500 eller 4 mio."
