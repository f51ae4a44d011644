"""Danish texts as bytes, one for each letter and sign, where what is looked for is found faster."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping

#: What nearly all texts can be written in, the first of them at no cost; both write Danish letters alike.
_ENCODINGS = ("latin-1", "cp1252")
_LETTERS = f"{string.ascii_letters}æøåÆØÅ"
_LETTER_BYTES = _LETTERS.encode(_ENCODINGS[0])
_NO_LETTERS = str.maketrans("", "", _LETTERS)


def byte_table(fold: Callable[[str], str]) -> Mapping[str, bytes]:
    """Return what each byte becomes, by encoding.

    Args:
        fold: gives the one sign that stands for a sign.
    """
    return {
        encoding: b"".join(
            fold(bytes([byte]).decode(encoding, "ignore")).encode(encoding) for byte in range(256)
        )
        for encoding in _ENCODINGS
    }


def folded(text: str, by: Mapping[str, bytes]) -> bytes | None:
    """Return a text with each sign folded; ``None`` for one that has a sign of no such encoding.

    Args:
        text: the text.
        by: what each byte becomes (``byte_table``).
    """
    for encoding, becomes in by.items():
        try:
            return text.encode(encoding).translate(becomes)
        except UnicodeEncodeError:
            continue
    return None


def without_letters(text: str) -> str:
    """Return a text without its Danish letters, where a few signs are looked for in a twentieth of the time.

    Args:
        text: the text.
    """
    for encoding in _ENCODINGS:
        try:
            return text.encode(encoding).translate(None, _LETTER_BYTES).decode(encoding)
        except UnicodeEncodeError:
            continue
    return text.translate(_NO_LETTERS)
