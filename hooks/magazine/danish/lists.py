"""Lists in Danish prose."""

from __future__ import annotations

from collections.abc import Sequence


def listed(words: Sequence[str], joiner: str = "og") -> str:
    """Return ``A``, ``A og B``, ``A, B og C``; nothing for no words."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joiner} {words[-1]}"
