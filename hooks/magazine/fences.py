"""Fences that are blocks of ours: lifted out before Markdown reads them, put back as slots."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from msgspec import Struct

from magazine.slots import MARK

if TYPE_CHECKING:
    from markdown import Markdown

SLOT = "tal-blok"

#: How the names of blocks begin; what comes of a name that nobody knows is told by whoever reads the block.
_OURS = ("tal-", "artik")

_FENCE = re.compile(r"^(?P<indent> {0,3})(?P<fence>`{3,}|~{3,})\s*(?P<name>[^\s`{]*)")
#: In a list or a quotation, where it would be printed as code.
_INSIDE = re.compile(
    r"^(?:\s{4,}|\s*(?:>|[-*+]\s|\d+[.)]\s)[\s>]*)(?:`{3,}|~{3,})\s*"
    rf"(?P<name>(?:{'|'.join(_OURS)})[^\s`{{]*)",
    re.I,
)
TOKEN_OPEN, _TOKEN_CLOSE = "\ue0f4", "\ue0f5"
#: A paragraph that stands for a block.
TOKEN = re.compile(f"\\s*{TOKEN_OPEN}(\\d+){_TOKEN_CLOSE}\\s*\\Z")


class BlockDemand(Struct, frozen=True):
    """A fence as it stands in a text."""

    name: str
    """``tal-graf``, ``artikler`` …, as written."""
    body: str
    """The YAML between the fences."""
    line: int
    """The line of the opening fence, counted in the file; the body begins on the next."""


class _Fences(Preprocessor):
    """Replaces each fence by a paragraph that holds its number."""

    def __init__(self, md: Markdown, extension: FencesExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, lines: list[str]) -> list[str]:
        kept: list[str] = []
        index = 0
        while index < len(lines):
            opening = _FENCE.match(lines[index])
            if opening is None:
                inside = _INSIDE.match(lines[index])
                if inside is not None:
                    self._tell(
                        index,
                        f"blokken «{inside['name']}» kan ikke stå i en liste eller et citat. "
                        "Sæt den for sig selv, helt ude til venstre.",
                    )
                kept.append(lines[index])
                index += 1
                continue
            end = _closing(lines, index, opening["fence"])
            is_block = opening["name"].lower().startswith(_OURS)
            if is_block and end is None:
                self._tell(
                    index,
                    f"blokken «{opening['name']}» er ikke lukket. Skriv {opening['fence']} på "
                    "en linje for sig selv efter den.",
                )
                break
            if end is None:
                end = len(lines) - 1
            behind = lines[index][opening.end() :].strip()
            if is_block and behind:
                self._tell(
                    index,
                    f"«{behind}» kan ikke stå på linjen med «{opening['fence']}{opening['name']}». Skriv det "
                    "på en linje for sig selv nedenunder.",
                )
            if is_block:
                body = [MARK.sub("", line) for line in lines[index + 1 : end]]
                number = len(self._extension.blocks)
                self._extension.blocks.append(
                    BlockDemand(opening["name"], "\n".join(body), self._extension.first_line + index)
                )
                # As many lines as before, so that later line numbers stay true.
                kept += ["", f"{TOKEN_OPEN}{number}{_TOKEN_CLOSE}", *[""] * (end - index - 1)]
            else:
                kept += lines[index : end + 1]
            index = end + 1
        return kept

    def _tell(self, index: int, message: str) -> None:
        self._extension.problems.append((self._extension.first_line + index, message))


def _closing(lines: list[str], opening: int, fence: str) -> int | None:
    """Return the line that closes a fence, if one does."""
    for index in range(opening + 1, len(lines)):
        bare = lines[index].strip()
        if bare and set(bare) == {fence[0]} and len(bare) >= len(fence):
            return index
    return None


class _Slots(Treeprocessor):
    """Turns the numbered paragraphs into slots."""

    def __init__(self, md: Markdown, extension: FencesExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: Element) -> None:
        for paragraph in root.iter("p") if self._extension.blocks else ():
            match = TOKEN.match(paragraph.text or "") if len(paragraph) == 0 else None
            if match:
                paragraph.tag = SLOT
                paragraph.text = None
                paragraph.set("n", match[1])


class FencesExtension(Extension):
    """Collects fences; ``first_line`` and ``blocks`` as in ``SlotsExtension``."""

    def __init__(self) -> None:
        super().__init__()
        self.first_line = 1
        self.blocks: list[BlockDemand] = []
        self.problems: list[tuple[int, str]] = []
        """Fences that cannot be lifted out, with their lines."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the steps: before fences are read as code, and when the tree is done."""
        md.registerExtension(self)
        md.preprocessors.register(_Fences(md, self), "tal-fences", 28)
        md.treeprocessors.register(_Slots(md, self), "tal-blocks", -1)

    def reset(self) -> None:
        """Forget the last page."""
        self.blocks = []
        self.problems = []
