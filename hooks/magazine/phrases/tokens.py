"""Words and numbers of a phrase, one after another."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from magazine.danish.numbers import word_value
from magazine.phrases.structure import PhraseError

TokenKind = Literal["word", "number", "percent", "dash", "even", "mark"]

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<even>50/50)(?![0-9])
    | (?P<number>(?<!\w)[-−–]?[0-9][0-9.,]*[½¼¾]?|[½¼¾])
    | (?P<percent>%(?:-?point)?)
    | (?P<word>[^\W\d_](?:\w|[.\-](?=\w))*\.?)
    | (?P<dash>[-–—−])
    | (?P<mark>[.,;:()!?])
    )""",
    re.VERBOSE,
)


class Token(Struct, frozen=True):
    """A word, a number or a mark."""

    kind: TokenKind
    text: str
    """As written."""
    fold: str
    """For look-ups: folded, and without the points of abbreviations."""
    start: int
    end: int
    is_ordinal: bool = False
    """A number with a point behind it: «hver 5.»."""


def fold(word: str) -> str:
    """Return a word as look-ups write it: ``Ca.`` → ``ca``, ``pct.-point`` → ``pct-point``."""
    return word.casefold().replace(".", "")


def _range_of_words(written: str, start: int) -> tuple[Token, ...]:
    """Return the tokens of «to-tre», nothing where the parts are no numbers."""
    first, dash, last = written.partition("-")
    if not dash or word_value(first) is None or word_value(last) is None:
        return ()
    middle = start + len(first)
    return (
        Token("word", first, fold(first), start, middle),
        Token("dash", dash, dash, middle, middle + 1),
        Token("word", last, fold(last), middle + 1, middle + 1 + len(last)),
    )


def tokenise(text: str) -> tuple[Token, ...]:
    """Return the tokens of a phrase, marks left out.

    Raises:
        PhraseError: where a sign is none that phrases are made of.
    """
    found: list[Token] = []
    at = 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise PhraseError(
                f"kan ikke læses som en påstand om tal: tegnet «{text[at:].strip()[:1]}» kendes ikke."
            )
        at = match.end()
        kind: TokenKind = match.lastgroup  # type: ignore[assignment]
        written = match[kind]
        start = match.start(kind)
        if kind == "mark":
            continue
        if kind == "number":
            bare = written.rstrip(".,")
            found.append(Token(kind, bare, bare, start, start + len(bare), written.endswith(".")))
        else:
            found += _range_of_words(written, start) or (Token(kind, written, fold(written), start, at),)
    return tuple(found)
