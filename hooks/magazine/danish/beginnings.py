"""Where in a Danish text a figure may begin, in digits or in words: at one word in a hundred."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from magazine.danish.bytewise import byte_table, folded
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


def _folded(sign: str) -> str:
    """Return a letter small, a figure as 0, and all that stands in no word as a space."""
    if not _WORD.match(sign):
        return " "
    return "0" if sign.isdecimal() else sign.lower()


def _any_of(words: Iterable[tuple[str, str]]) -> str:
    """Return a pattern for any of the words, each with what follows it, that asks for each letter once."""
    found: list[str] = []
    rests: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for word, follows in words:
        if word:
            rests[word[0]].append((word[1:], follows))
        else:
            found.append(follows)
    found += [re.escape(letter) + _any_of(rest) for letter, rest in sorted(rests.items())]
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


_FOLDED = byte_table(_folded)
#: Only what follows a word is looked ahead for: a lookahead at every space would cost as much again.
_ENDS, _GOES_ON = "(?= )", "(?=[^ ])"
_BEGINNINGS = (("0", ""), *((word, _ENDS) for word in _WHOLE), *((stem, _GOES_ON) for stem in _STEMS))
_BEGINNING = re.compile(f" {_any_of(_BEGINNINGS)}".encode("latin-1"))


def beginnings(text: str) -> list[int]:
    """Return where the words stand, in order, at which a figure may begin."""
    whole = None if any(sign in text for sign in _FRACTIONS) else folded(f" {text} ", _FOLDED)
    if whole is not None:
        return [match.start() for match in _BEGINNING.finditer(whole)]
    return [word.start() for word in _WORD.finditer(text) if _may_begin(word[0])]


def _may_begin(word: str) -> bool:
    small = word.casefold()
    if word[0].isdecimal() or word in _FRACTIONS or small in _WHOLE:
        return True
    return small.startswith(_STEMS) and small not in _STEMS
