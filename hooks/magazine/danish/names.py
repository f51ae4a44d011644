"""Names of people, places and offices, as Danish writes them: capitals inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Capitalised words in a row, joined by nothing but spaces, or by the small words inside names.
_NAME = re.compile(r"[A-ZÆØÅÉ][\wæøåé’'-]*(?:(?: (?:af|de|den|for|og|til|van|von))? [A-ZÆØÅÉ][\wæøåé’'-]*)*")
#: A sentence begins after one of these, and its first capital tells nothing.
_BEGINS = re.compile(r"(?:\A|[.!?:…|\0]|\d\.)[\s”\"»(*_#>|-]*\Z")
_AFTER_FIRST = re.compile(r"\A\S+(?: [a-zæøå]\S*)* ?")
#: KVINFOs mentornetværk: the s is no part of an office's name; of other names nobody can tell.
_GENITIVE = re.compile(r"(?<=[A-ZÆØÅ]{2})s\Z")
_SHORT = 3


def names_in(text: str) -> Iterator[str]:
    """Yield the names in a text, in their order; one twice is yielded twice.

    Args:
        text: a paragraph; what is not prose is blotted out with a zero character.
    """
    for match in _NAME.finditer(text):
        name = match[0]
        if _BEGINS.search(text, 0, match.start()):
            # The first word may be any word; a name that goes on after it is one without it.
            name = _AFTER_FIRST.sub("", name)
        name = _GENITIVE.sub("", name)
        if len(name) >= _SHORT:
            yield name
