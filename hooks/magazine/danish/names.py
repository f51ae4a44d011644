"""Names of people, places and offices, as Danish writes them: capitals inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Capitalised words in a row, joined by nothing but spaces, or by the small words inside names.
_NAME = re.compile(r"[A-ZÆØÅÉ][\wæøåé’'-]*(?:(?: (?:af|de|den|for|og|til|van|von))? [A-ZÆØÅÉ][\wæøåé’'-]*)*")
#: Divides one paragraph from the next, and stands for what is no prose.
END = "\0"
#: A sentence begins after one of these, and its first capital tells nothing.
_ENDS = f".!?:…|{END}"
_BETWEEN = '”"»(*_#>-'
_AFTER_FIRST = re.compile(r"\A\S+(?: [a-zæøå]\S*)* ?")
#: KVINFOs mentornetværk: the s is no part of an office's name; of other names nobody can tell.
_GENITIVE = re.compile(r"(?<=[A-ZÆØÅ]{2})s\Z")
_SHORT = 3


def names_in(text: str) -> Iterator[str]:
    """Yield the names in a text, in their order; one twice is yielded twice.

    Args:
        text: paragraphs, divided by a zero character; what is not prose is blotted out with one.
    """
    for match in _NAME.finditer(text):
        name = match[0]
        if _begins(text, match.start()):
            if " " not in name:
                continue
            # The first word may be any word; a name that goes on after it is one without it.
            name = _AFTER_FIRST.sub("", name)
        name = _GENITIVE.sub("", name)
        if len(name) >= _SHORT:
            yield name


def _begins(text: str, at: int) -> bool:
    """Tell whether a sentence begins at a place; looked at backwards, which costs a step or two a name."""
    while at:
        sign = text[at - 1]
        if sign in _ENDS:
            return True
        if sign not in _BETWEEN and not sign.isspace():
            return False
        at -= 1
    return True
