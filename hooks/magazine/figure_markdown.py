"""The Python-Markdown extension on its own: figures in prose, on any host that reads Markdown.

With the hook, pages are made by ``magazine.render`` and ``magazine.pages``; this is for the same source
under a host that knows no hooks (Zensical), and for plain Python-Markdown. It resolves and checks the
prose of one page; front matter, notes and other pages are beyond its reach.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from msgspec import Struct, field

from magazine.problems import ContentError, Place, Problem
from magazine.references import Demand
from magazine.slots import CAPTIONED, MARK, SLOT, UNREAD, SlotsExtension
from magazine.sources import find_root, read_text

if TYPE_CHECKING:
    from markdown import Markdown

    from magazine.resolve import Resolved

#: A ``tal:`` with its line that became no figure.
_LEFT = re.compile(f"tal:{MARK.pattern}", re.IGNORECASE)
#: As the hosts take it off, with the empty lines behind it.
_FRONT_MATTER = re.compile(r"---[ \t]*\n.*?\n(?:---|\.{3})[ \t]*\n\n*", re.DOTALL)


class FigureExtension(Extension):
    """Fills in and checks references; raises ``ContentError`` with all problems of a page."""

    def __init__(self, **options: Any) -> None:
        """Take the options as Python-Markdown hands them on."""
        self.config = {
            "data": ["data/tal.yml", "The figures, from the folder of mkdocs.yml or zensical.toml."]
        }
        super().__init__(**options)
        self.slots = SlotsExtension(only_figures=True)
        self.page = _Page()
        self.problems: list[Problem] = []
        self.is_whole = False
        """Whether the whole page is printed, not a heading for the table of contents."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the steps behind those that collect the references."""
        md.registerExtension(self)
        md.preprocessors.register(_Begin(md, self), "tal-begin", 31)
        self.slots.extendMarkdown(md)
        md.treeprocessors.register(_Answers(md, self), "tal-answers", 6)
        md.treeprocessors.register(_Whole(md, self), "tal-whole", -100)
        md.postprocessors.register(_End(md, self), "tal-end", -10)

    def reset(self) -> None:
        """Forget the last page."""
        self.slots.reset()
        self.page = _Page()
        self.problems = []
        self.is_whole = False


class _Page(Struct, frozen=True):
    """What the host tells of the page."""

    path: str = "teksten"
    first_line: int = 1
    """The line of the file on which the text begins, behind the front matter."""
    meta: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


class _Begin(Preprocessor):
    """Asks the host which page it is, before anything moves."""

    def __init__(self, md: Markdown, extension: FigureExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, lines: list[str]) -> list[str]:
        self._extension.page = _page(self.md, find_root() or Path())
        self._extension.slots.first_line = self._extension.page.first_line
        return lines


class _Answers(Treeprocessor):
    """Turns the slots into figures."""

    def __init__(self, md: Markdown, extension: FigureExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: Element) -> None:
        demands = self._extension.slots.demands
        if not demands:
            return
        # A host makes converters that never see a figure; what answers them is most of the program.
        from magazine.figure_answers import answer_all

        page = self._extension.page
        text, told = read_text(find_root() or Path(), self._extension.getConfig("data"))
        self._extension.problems += told
        answers, told = answer_all(demands, text, page.path, page.meta)
        self._extension.problems += told
        for slot in list(root.iter(SLOT)):
            _set_figure(slot, demands, answers)
        for picture in root.iter("img"):
            title = picture.get("title")
            if title:
                words = CAPTIONED.sub(lambda match: answers[int(match[1])].words, title)
                picture.set("title", words)


class _Whole(Treeprocessor):
    """Comes last, and tells that what is printed from now on is the page."""

    def __init__(self, md: Markdown, extension: FigureExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: Element) -> None:
        self._extension.is_whole = True


class _End(Postprocessor):
    """Wipes the line marks out of code, and raises what is wrong with the page, all of it together."""

    def __init__(self, md: Markdown, extension: FigureExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, text: str) -> str:
        path, slots = self._extension.page.path, self._extension.slots
        if not self._extension.is_whole:
            return slots.restored(text)
        text = slots.restored_in_code(text)
        unread = [int(left[1]) for left in _LEFT.finditer(text)]
        unread += [slots.demands[int(left[1])].line for left in CAPTIONED.finditer(text)]
        problems = [Problem(Place(path, line), UNREAD) for line in (*slots.in_alt, *unread)]
        problems += self._extension.problems
        if problems:
            raise ContentError(problems)
        return text


def _set_figure(slot: Element, demands: list[Demand], answers: Sequence[Resolved]) -> None:
    answer = answers[int(slot.get("n", "0"))]
    slot.attrib.clear()
    if answer.plain is None:
        slot.tag = "span"
    else:
        slot.tag = "data"
        slot.set("value", answer.plain)
    slot.set("class", "tal")
    slot.set("data-tal", " ".join(answer.keys))
    if answer.is_filled:
        for child in list(slot):
            slot.remove(child)
        slot.text = answer.words


def _page(md: Markdown, root: Path) -> _Page:
    """Return the page, where the host leaves it within reach.

    Neither place is documented: MkDocs and ProperDocs keep the file in their link processor, Zensical
    in a preprocessor of its own. A test for each host watches over them.
    """
    with suppress(KeyError):
        file = md.treeprocessors["relpath"].file  # type: ignore[attr-defined]
        return _placed(Path(file.abs_src_path), file.src_uri, getattr(file.page, "meta", None), root)
    with suppress(KeyError):
        context = md.preprocessors["rendering_context"]
        page, config = context.page, context.config  # type: ignore[attr-defined]
        return _placed(root / str(config.get("docs_dir", "docs")) / page.path, page.path, page.meta, root)
    return _Page()


def _placed(file: Path, name: str, meta: Mapping[str, Any] | None, root: Path) -> _Page:
    """Return a page with its path in the repository, and the line on which its text begins."""
    meta = meta or {}
    try:
        path = file.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return _Page(name, meta=meta)
    text, _ = read_text(root, path)
    front = _FRONT_MATTER.match(text.text) if text is not None and meta else None
    return _Page(path, front[0].count("\n") + 1 if front else 1, meta)


def makeExtension(**options: Any) -> FigureExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension, for ``markdown_extensions: [magazine.figure_markdown]``."""
    return FigureExtension(**options)
