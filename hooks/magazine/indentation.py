"""Which line of a YAML text is indented otherwise than it was meant, and how far it should be.

The parser only tells where it gave up, which may be some lines late. So the lines before are moved, one at a
time, to where others stand, and the parser is asked again: the line with which it comes furthest is meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct

#: A key with or without a text, or the first key of an item.
_LINE = re.compile(
    r"(?P<indent> *)(?P<dash>- +)?(?P<key>[^\s:#'\"{}\[\],-][^:#]*?):(?:\s+(?P<text>[^\s#].*))?\s*\Z"
)
#: How many spaces a step is, where no other line tells.
_STEP = 2
#: No line that is meant stands further in.
_FURTHEST = 40
#: So many lines behind a fault tell enough of it.
_AHEAD = 200


class Misplaced(Struct, frozen=True):
    """A line that stands too far to one side."""

    row: int
    """From 0."""
    key: str
    indent: int
    wanted: int
    like: tuple[str, int] | None
    """The key that stands rightly above it, and that key's row."""


class _Key(Struct, frozen=True):
    row: int
    indent: int
    column: int
    """Where the key itself begins, behind a dash."""
    name: str
    is_item: bool
    is_opening: bool
    """Whether what belongs to it stands on the lines below."""

    @property
    def written(self) -> str:
        return f"- {self.name}" if self.is_item else self.name


def misplaced(lines: Sequence[str], row: int, first_fault: Callable[[str], int | None]) -> Misplaced | None:
    """Return the line whose indentation stops the parser, if it is that.

    Args:
        lines: the text's lines.
        row: where the parser gave up, from 0.
        first_fault: tells where it gives up in a text; ``None`` where it does not.
    """
    text = lines[: row + _AHEAD]
    keys = [key for number, line in enumerate(text) if (key := _key(number, line)) is not None]
    at = next((index for index, key in enumerate(keys) if key.row == row), None)
    if at is None:
        return None
    suspects = [keys[at], *keys[max(at - 1, 0) : at]]
    # What the line belongs to may stand too far out, what comes before it too far in, and all may begin so.
    suspects += [key for key in keys[:at] if key.indent < keys[at].indent][-1:]
    suspects += [key for key in keys[:at] if key.is_opening][-1:]
    suspects += keys[:1]
    found: list[tuple[tuple[int, int, int, int], _Key, int]] = []
    for key in dict.fromkeys(suspects):
        for indent in _columns(keys) - {key.indent}:
            moved = [*text]
            moved[key.row] = " " * indent + moved[key.row].lstrip(" ")
            fault = first_fault("\n".join(moved))
            reached = len(text) if fault is None else fault
            fitness = _fitness(keys, key, indent)
            # Another line than the one that was stumbled over is to blame only where others tell its place.
            if reached > row and (key is keys[at] or any(fitness[:2])):
                found.append(((reached, *fitness), key, indent))
    if not found:
        return None
    _, key, indent = max(found, key=lambda one: one[0])
    like = next(
        (
            one
            for one in reversed(keys[: keys.index(key)])
            if one.indent == indent and one.is_item == key.is_item
        ),
        None,
    )
    return Misplaced(key.row, key.written, key.indent, indent, (like.written, like.row) if like else None)


def _key(row: int, line: str) -> _Key | None:
    match = _LINE.match(line)
    if match is None:
        return None
    indent, dash = len(match["indent"]), match["dash"] or ""
    return _Key(row, indent, indent + len(dash), match["key"], bool(dash), match["text"] is None)


def _columns(keys: Sequence[_Key]) -> set[int]:
    """Return where a line may stand."""
    columns = {column for key in keys for column in (key.indent, key.column)}
    columns |= {key.column + _STEP for key in keys if key.is_opening}
    return {column for column in columns if column <= _FURTHEST}


def _fitness(keys: Sequence[_Key], key: _Key, indent: int) -> tuple[int, int, int]:
    """Tell how well a line would stand there: as others like it do, beside those around it, and near."""
    at = keys.index(key)
    below = keys[at + 1].indent if key.is_opening and at + 1 < len(keys) else None
    alike = Counter(one.indent for one in _alike(keys, key, below))
    around = [one.column + (_STEP if one.is_opening else 0) for one in keys[max(at - 1, 0) : at]]
    around += [one.indent for one in keys[at + 1 : at + 2] if not key.is_opening]
    return alike[indent], around.count(indent), -abs(key.indent - indent)


def _alike(keys: Sequence[_Key], key: _Key, below: int | None) -> Iterator[_Key]:
    """Yield the other keys of the same name, and those that have what belongs to them as far in."""
    for one, following in zip_longest(keys, keys[1:]):
        if one is key:
            continue
        has_same_below = one.is_opening and following is not None and following.indent == below
        if (one.name, one.is_item) == (key.name, key.is_item) or has_same_below:
            yield one
