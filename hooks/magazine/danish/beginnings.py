"""Where in a Danish text a figure may begin, in digits or in words: at one word in a hundred."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from magazine.danish.numbers import ONES, TENS

_FRACTIONS = "½¼¾"
_UNITS = ("to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")
_ORDINALS = ("halv", "tredje", "fjerde", "femte", "sjette", "syvende", "ottende", "niende", "tiende")
#: Words that a number, a share or a ratio begins with.
_WHOLE = frozenset(
    {
        *(*ONES[1:], *TENS, "nul", "én", "ét", "een", "et", "halvanden", "halvandet"),
        *(f"{one}og{ten}" for one in (*ONES[1:10], "én", "et") for ten in TENS),
        *(f"{one}{many}" for one in ("", *_UNITS) for many in ("hundred", "hundrede", "tusind", "tusinde")),
        *("hver", "hvert", "kr", "dobbelt", "halvt", "halvparten", *(f"{part}delen" for part in _ORDINALS)),
    }
)
#: What other such words begin with: «tredobles», «halveringen».
_STEMS = (*(f"{times}dobl" for times in (*_UNITS, "ti", "for", "en")), "halver")
_WORD = re.compile(rf"[{_FRACTIONS}]|\w+")

#: One byte for each letter and sign, and each as a word has it: small, a figure as 0, all else as a space.
_BYTES = "cp1252"


def _folded(byte: int) -> bytes:
    sign = bytes([byte]).decode(_BYTES, "ignore")
    if not _WORD.match(sign):
        return b" "
    return b"0" if sign.isdecimal() else sign.lower().encode(_BYTES)


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words that asks for each letter once."""
    rests: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if not word:
            return ""
        rests[word[0]].append(word[1:])
    found = [re.escape(letter) + _any_of(rest) for letter, rest in sorted(rests.items())]
    return f"(?:{'|'.join(found)})"


_FOLDED = b"".join(map(_folded, range(256)))
_BEGINNING = re.compile(
    f" (?=0|{_any_of(f'{word} ' for word in _WHOLE)}|{_any_of(_STEMS)}[^ ])".encode(_BYTES)
)


def beginnings(text: str) -> list[int]:
    """Return where the words stand, in order, at which a figure may begin."""
    if not any(sign in text for sign in _FRACTIONS):
        try:
            folded = f" {text} ".encode(_BYTES).translate(_FOLDED)
            return [match.start() for match in _BEGINNING.finditer(folded)]
        except UnicodeEncodeError:
            pass
    return [word.start() for word in _WORD.finditer(text) if _may_begin(word[0])]


def _may_begin(word: str) -> bool:
    folded = word.casefold()
    if word[0].isdecimal() or word in _FRACTIONS or folded in _WHOLE:
        return True
    return folded.startswith(_STEMS) and folded not in _STEMS
