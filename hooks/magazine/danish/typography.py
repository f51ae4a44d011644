"""Danish typography for running text: what can be set right without asking the writer."""

from __future__ import annotations

import re
from functools import lru_cache

NBSP = "\u00a0"

_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_UNITS = (
    "procent|procentpoint|pct\\.|kroner|kr\\.|mio\\.|mia\\.|millioner|million|milliarder|milliard|"
    "timer|time|dage|uger|uge|måneder|måned|mandater|kvinder|mænd"
)

_STEPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r'"'), "”"),
    (re.compile(r"'"), "’"),
    (re.compile(r"(?<=\S) (?:--?|—) (?=\S)"), " – "),
    (re.compile(rf"\b(\d{{1,2}}\.) (?=(?:{_MONTHS})\b)"), rf"\1{NBSP}"),
    (re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?!\w))"), NBSP),
    (re.compile(r"(?<=\d) ?%"), "\u202f%"),
    (re.compile(r"(§+) ?(?=\d)"), rf"\1{NBSP}"),
    (re.compile(r"\b(kl\.|nr\.|s\.|ca\.) (?=\d)"), rf"\1{NBSP}"),
    (re.compile(r" –(?= )"), f"{NBSP}–"),
)


@lru_cache(maxsize=1 << 16)  # the same words, names and dates stand on page after page
def set_text(text: str) -> str:
    """Return running text with Danish quotation marks, dashes, ellipses and no-break spaces.

    Follows art-direction's rules: ”…” throughout, "24. maj" unbroken, the dash between spaces with the
    first of them unbroken, a narrow no-break space before the percent sign.
    """
    for pattern, replacement in _STEPS:
        text = pattern.sub(replacement, text)
    return text


def as_sentence(text: str) -> str:
    """Return what somebody wrote as a sentence: with a capital and a stop; nothing for nothing."""
    bare = text.strip()
    return bare[:1].upper() + bare[1:] + ("" if bare.endswith((".", "!", "?")) or not bare else ".")
