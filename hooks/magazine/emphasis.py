"""Signs of emphasis that have no partner, so that Markdown prints them as they stand.

They are read from the finished tree, where only such signs are left; the source tells where they are, and
that they were not escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec import Struct

from magazine.danish.typography import OBJECT
from magazine.slips import ATTRIBUTES, Slip, without_code
from magazine.slots import SLOT

_RUN = re.compile(r"(?<![*_])([*_])\1{0,2}(?![*_])")
_WORD = re.compile(r"[^\W_]+")
#: Python-Markdown's own, of which a space is to come.
_PLACE_HELD = re.compile("\x02[^\x02\x03]*\x03")
#: What a reader does not see of a link, and a footnote's mark.
_UNSEEN = re.compile(r"\]\((?:[^()\n]|\([^()\n]*\))*\)|\[\^[^\]\n]*\]|[\[\]]")
#: What may stand right before a word that begins, and right behind one that ends.
_BEFORE, _BEHIND = " \n([«”\"'–—-/", " \n)]»”\"'–—-/.,;:!?…"
_WITHIN_LINES = frozenset({"a", "br", "em", "strong", "sup", SLOT})
#: So many words tell which place is meant.
_TOLD = 3


class _Sign(Struct, frozen=True):
    """A run of one sign, and up to three words that it stands at."""

    sign: str
    words: tuple[str, ...]
    quoted: str
    """As they stand."""
    at: int
    block: int
    opens: bool
    """Whether the words follow."""
    is_apart: bool
    """Whether a space divides them from it."""


def unpaired(root: Element, body: str, first_line: int = 1) -> Iterator[Slip]:
    """Yield a warning for each sign of emphasis that is printed.

    Args:
        root: the finished tree.
        body: its source.
        first_line: the number of the source's first line in the file.
    """
    printed = _PLACE_HELD.sub(" ", "".join(_texts(root)))
    if "*" not in printed and "_" not in printed:
        return
    source = _UNSEEN.sub("", ATTRIBUTES.sub("", without_code(body)))
    written = list(_signs(source))
    opened = ("", 0)
    for sign in _signs(printed):
        place = next((one for one in written if _is_left_of(sign, one)), None)
        if place is None:
            continue
        written.remove(place)
        is_partner = sign.is_apart and opened == (sign.sign, sign.block)
        # A star behind a word may be meant as it stands (kvinder*), unless there were two.
        if not is_partner and (sign.opens or place.sign != "*"):
            yield Slip(first_line + source.count("\n", 0, place.at), _message(sign), warning=True)
        opened = (sign.sign, sign.block) if sign.opens and not is_partner else ("", 0)


def _texts(element: Element) -> Iterator[str]:
    """Yield the texts that are no code, with an empty line between blocks."""
    if element.tag == "code":
        yield OBJECT
        return
    edge = "" if element.tag in _WITHIN_LINES else "\n\n"
    yield edge
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    yield edge


def _signs(text: str) -> Iterator[_Sign]:
    """Yield each run of signs that can be meant as emphasis."""
    for run in _RUN.finditer(text):
        before, behind = text[run.start() - 1 : run.start()] or "\n", text[run.end() :][:1] or "\n"
        block = text.rfind("\n\n", 0, run.start())
        opens = before in _BEFORE and (not behind.isspace() or run[0] == "**")
        if opens:
            around = text[run.end() :].partition("\n\n")[0]
            words = list(_WORD.finditer(around))[:_TOLD]
        elif behind in _BEHIND and not before.isspace():
            around = text[max(block, 0) : run.start()]
            words = list(_WORD.finditer(around))[-_TOLD:]
        else:
            continue
        if words:
            quoted = " ".join(around[words[0].start() : words[-1].end()].split())
            texts = tuple(word[0] for word in words)
            yield _Sign(run[0], texts, quoted, run.start(), block, opens, opens and behind.isspace())


def _is_left_of(printed: _Sign, written: _Sign) -> bool:
    """Tell whether a printed sign is a written one, or what is left of it."""
    number = len(printed.words)
    return (
        written.sign.startswith(printed.sign)
        and (written.opens, written.is_apart) == (printed.opens, printed.is_apart)
        # The source does not say everywhere where a block ends.
        and printed.words == (written.words[:number] if printed.opens else written.words[-number:])
    )


def _message(sign: _Sign) -> str:
    mark = sign.sign
    if sign.is_apart:
        return (
            f"«{mark}» foran «{sign.quoted}» har mellemrum på begge sider, så det bliver trykt. Slet "
            "mellemrummet mellem tegnet og ordene, eller slet tegnet."
        )
    where, why, other = (
        ("foran", "bliver ikke lukket", "lige efter det sidste ord")
        if sign.opens
        else ("efter", "er ikke åbnet", "lige foran det første ord")
    )
    escaped = "".join(f"\\{one}" for one in mark)
    return (
        f"«{mark}» {where} «{sign.quoted}» {why} og bliver trykt. Skriv også «{mark}» {other}, "
        f"eller slet det. Skal det trykkes, så skriv {escaped}"
    )
