"""References become slots, and a list of demands tells what they ask for.

Python-Markdown keeps no positions, so a preprocessor writes each line's number into every link's
destination, and behind every ``tal:``, before anything moves. The marks are characters of a private use
area, which no editor types; what is left of them when the page is made is either code, where they are
wiped out, or a ``tal:`` that became no link, which is an error with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from msgspec.structs import replace

from magazine.references import Demand, is_reference
from magazine.slips import without_code

if TYPE_CHECKING:
    from markdown import Markdown

#: Open and close a line number. They stay clear of Python-Markdown's own STX and ETX.
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_CODE_ELEMENT = re.compile(r"<code\b.*?</code>", re.DOTALL)

#: Open and close the number of a reference in a picture's caption: Python-Markdown reads a caption as plain
#: text, and would lose the link.
_CAPTION_OPEN, _CAPTION_CLOSE = "\ue0f6", "\ue0f7"
CAPTIONED = re.compile(f"{_CAPTION_OPEN}(\\d+){_CAPTION_CLOSE}")
_CAPTION = re.compile(
    r"(!\[[^\]]*\]\(\s*<?[^\s()<>]+>?\s+\")([^\"]*\]\(\s*<?tal:[^\"]*)(?=\"\s*\))", re.IGNORECASE
)
_CAPTION_LINK = re.compile(
    r"\[(?P<words>[^\[\]]*)\]\(\s*<?(?P<to>tal:[^\s()<>]*)>?(?:\s+[”“„](?P<title>[^”“„]*)[”“„])?\s*\)",
    re.IGNORECASE,
)

_DESTINATION = re.compile(r"\]\(\s*<?")
_HTML = re.compile(r"<(?=/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|!--)")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]]+\]:\s*<?")
#: The colon of each reference that is meant: a pattern that begins with a rare sign is tried at it alone.
FIGURE = re.compile(r":(?<=[tT][aA][lL]:)(?<!\w....)(?=[^\s)\]])")

#: A reference in a picture's alternative text: Python-Markdown keeps its words and drops the link.
_IN_ALT = re.compile(r"!\[[^\]]*\[[^\]]*\]\(\s*<?tal:", re.IGNORECASE)

_BLOCKS = frozenset(
    {
        "p",
        "li",
        "td",
        "th",
        "dd",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "figcaption",
        "blockquote",
        "div",
        "aside",
    }
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: What Python-Markdown and its footnotes leave in a tree until the page is printed.
_STASH = "\x02"
_STASHED = re.compile("\x02(?:wzxhzdk:([0-9]+)|[^\x02\x03]*)\x03")
_ENTITY = re.compile(r"&(?:#[0-9]+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")

SLOT = "tal-slot"

#: What is wrong with a reference that became no figure.
UNREAD = (
    "en henvisning kan ikke læses her. Skriv [ord](tal:…) uden mellemrum før parentesen; den kan ikke "
    "stå i et billedes alt-tekst, i HTML eller inde i et andet link."
)


class _LineMarks(Preprocessor):
    """Writes line numbers where they will be asked for."""

    def __init__(self, md: Markdown, extension: SlotsExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, lines: list[str]) -> list[str]:
        first = self._extension.first_line
        text = "\n".join(lines)
        has_pictures = "![" in text and "tal:" in text.lower()
        if has_pictures:
            text = self._captions(text)
            lines = text.split("\n")
        self._extension.in_alt = []
        if has_pictures:
            plain = without_code(text)
            self._extension.in_alt = [
                first + plain.count("\n", 0, match.end()) for match in _IN_ALT.finditer(plain)
            ]
        # Most lines have nothing to mark.
        has_figures = "tal:" in text.lower()
        return [
            self._marked(line, marked(first + index))
            if "](" in line or "[" in line or "<" in line or (has_figures and "tal:" in line.lower())
            else line
            for index, line in enumerate(lines)
        ]

    def _captions(self, text: str) -> str:
        """Put numbers in the place of references in captions, and keep what they stand for."""
        captions, first = self._extension.captions, self._extension.first_line

        def numbered(link: re.Match[str], at: int) -> str:
            line = first + text.count("\n", 0, at + link.start())
            words = " ".join(link["words"].split())
            captions.append(Demand(words, link["to"], link["title"], line))
            self._extension.caption_sources.append(link[0])
            return f"{_CAPTION_OPEN}{len(captions) - 1}{_CAPTION_CLOSE}" + "\n" * link[0].count("\n")

        def captioned(picture: re.Match[str]) -> str:
            at = picture.start(2)
            return picture[1] + _CAPTION_LINK.sub(lambda link: numbered(link, at), picture[2])

        return _CAPTION.sub(captioned, text)

    def _marked(self, line: str, mark: str) -> str:
        # A replacement that is a text is read anew for every line, since each has its own.
        def followed(match: re.Match[str]) -> str:
            return match[0] + mark

        if self._extension.only_figures:
            return FIGURE.sub(followed, line)
        if "](" in line:
            line = _DESTINATION.sub(followed, line)
        if line.lstrip().startswith("["):
            line = _DEFINITION.sub(followed, line)
        if "tal:" in line.lower():
            line = FIGURE.sub(followed, line)
        if "<" in line:
            line = _HTML.sub(followed, line)
        return line


class _Slots(Treeprocessor):
    """Turns links to ``tal:`` into slots and notes what they demand."""

    def __init__(self, md: Markdown, extension: SlotsExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: Element) -> None:
        rows = {
            cell: self._unstashed(plain_text(row[0])) for row in root.iter("tr") for cell in list(row)[1:]
        }
        for block, heading in _blocks(root, in_heading=False):
            self._run_block(block, rows.get(block, ""), in_heading=heading)

    def _unstashed(self, text: str) -> str:
        """Return text with the characters that were written as entities: «59&nbsp;procent»."""

        def character(match: re.Match[str]) -> str:
            kept = self.md.htmlStash.rawHtmlBlocks
            number = int(match[1]) if match[1] else len(kept)
            raw = kept[number] if number < len(kept) else ""
            return unescape(raw) if isinstance(raw, str) and _ENTITY.fullmatch(raw) else ""

        return _STASHED.sub(character, text) if _STASH in text else text

    def _run_block(self, block: Element, row: str, *, in_heading: bool) -> None:
        links = [element for element in _inline(block) if _asks(element)]
        if not links:
            return
        demands = self._extension.demands
        # Links alone, one behind the other, are what most blocks with references hold.
        texts = _texts_of(block) if not any(len(child) or child.tag == "sup" for child in block) else None
        for link in links:
            if link.tag == "img":
                link.set("title", self._captioned(link.get("title", "")))
                continue
            destination, line = unmark(link.get("href", ""))
            title = link.get("title")
            around = _around(block, link) if texts is None else _among(texts, list(block).index(link))
            before, words, after = (self._unstashed(part) for part in around)
            demand = Demand(
                words,
                destination,
                MARK.sub("", title) if title else None,
                line or self._extension.first_line,
                in_heading,
                before,
                after,
                row,
            )
            link.tag = SLOT
            link.attrib.clear()
            link.set("n", str(len(demands)))
            demands.append(demand)

    def _captioned(self, title: str) -> str:
        """Demand what a caption asks for; its numbers become those of the demands."""
        captions, demands = self._extension.captions, self._extension.demands
        plain = CAPTIONED.sub(lambda match: captions[int(match[1])].words, title)
        found, at, shift = [], 0, 0
        for match in CAPTIONED.finditer(title):
            caption = captions[int(match[1])]
            start = match.start() + shift
            found += [title[at : match.start()], f"{_CAPTION_OPEN}{len(demands)}{_CAPTION_CLOSE}"]
            at, shift = match.end(), shift + len(caption.words) - len(match[0])
            demands.append(replace(caption, before=plain[:start], after=plain[start + len(caption.words) :]))
        return "".join((*found, title[at:]))


class SlotsExtension(Extension):
    """Collects references; the same object serves one page after another, each begun by ``reset``.

    ``first_line`` is set by whoever converts a text that does not begin its file; ``demands`` is what the
    last conversion asked for, in the order in which the slots are numbered.
    """

    def __init__(self, *, only_figures: bool = False) -> None:
        """Begin.

        Args:
            only_figures: whether links and HTML are somebody else's, who must find them as they were.
        """
        super().__init__()
        self.only_figures = only_figures
        self.first_line = 1
        self.demands: list[Demand] = []
        self.in_alt: list[int] = []
        """Lines where a picture's alternative text swallows a reference."""
        self.captions: list[Demand] = []
        """The references in pictures' captions, by the numbers that stand there until the tree is done …"""
        self.caption_sources: list[str] = []
        """… and how they were written, for captions that turn out to be code."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the two steps: right after white space is normalised, and when the tree is done.

        The slots come after Python-Markdown's own last step (``unescape``, 0), so that words are read as
        a reader sees them. Where links are somebody else's they come before the table of contents (5),
        which has headings printed, and before links are followed.
        """
        md.registerExtension(self)
        md.preprocessors.register(_LineMarks(md, self), "tal-lines", 29)
        md.treeprocessors.register(_Slots(md, self), "tal-slots", 7 if self.only_figures else -1)

    def reset(self) -> None:
        """Forget the last page."""
        self.demands = []
        self.in_alt = []
        self.captions = []
        self.caption_sources = []

    def restored(self, text: str) -> str:
        """Return text that turned out to be code as it was written."""
        sources = self.caption_sources
        return MARK.sub("", CAPTIONED.sub(lambda match: sources[int(match[1])], text))

    def restored_in_code(self, html: str) -> str:
        """Return a page's HTML with what stands in its code as it was written."""
        return _CODE_ELEMENT.sub(lambda code: self.restored(code[0]), html)


def marked(line: int) -> str:
    """Return the mark that stands before a destination for the number of its line."""
    return f"{_OPEN}{line}{_CLOSE}"


def unmark(text: str) -> tuple[str, int | None]:
    """Return ``text`` without marks, and the line that the first of them told."""
    number, closed, rest = text[1:].partition(_CLOSE) if text.startswith(_OPEN) else ("", "", "")
    if closed and number.isdecimal() and _OPEN not in rest:
        return rest.strip(), int(number)
    first = MARK.search(text)
    return (MARK.sub("", text).strip(), int(first[1])) if first else (text.strip(), None)


def plain_text(element: Element) -> str:
    """Return an element's text as a reader sees it, its tail left out."""
    return MARK.sub("", "".join(element.itertext()))


def _asks(element: Element) -> bool:
    if element.tag == "img":
        return CAPTIONED.search(element.get("title", "")) is not None
    return element.tag == "a" and is_reference(unmark(element.get("href", ""))[0])


def _blocks(element: Element, *, in_heading: bool) -> Iterator[tuple[Element, bool]]:
    """Yield the innermost blocks that hold elements, in the order of the page."""
    heading = in_heading or element.tag in _HEADINGS
    yield element, heading
    for child in element:
        # Most blocks are words alone, and hold no link.
        if len(child) and (child.tag in _BLOCKS or _holds_blocks(child)):
            yield from _blocks(child, in_heading=heading)


def _holds_blocks(element: Element) -> bool:
    return len(element) > 0 and any(child.tag in _BLOCKS or _holds_blocks(child) for child in element)


def _inline(block: Element) -> Iterator[Element]:
    """Yield the inline elements of a block, those of inner blocks left out."""
    for child in block:
        if child.tag in _BLOCKS or _holds_blocks(child):
            continue
        yield child
        if len(child):
            yield from _inline(child)


def _texts_of(block: Element) -> list[str]:
    """Return a block's texts: its own, and that of each element in it, with what follows."""
    texts = [block.text or ""]
    for child in block:
        texts += (child.text or "", child.tail or "")
    return [MARK.sub("", text) if _OPEN in text else text for text in texts]


def _among(texts: Sequence[str], index: int) -> tuple[str, str, str]:
    """Return the words of an element of a block, between what stands before and after it."""
    at = 2 * index + 1
    return "".join(texts[:at]), texts[at], "".join(texts[at + 1 :])


def _around(block: Element, link: Element) -> tuple[str, str, str]:
    parts: tuple[list[str], list[str], list[str]] = ([], [], [])
    at = 0

    def walk(element: Element) -> None:
        nonlocal at
        if element is link:
            parts[1].append("".join(element.itertext()))
            at = 2
        elif element.tag != "sup":  # a footnote's number is no word of the sentence
            parts[at].append(element.text or "")
            for child in element:
                walk(child)
                parts[at].append(child.tail or "")

    walk(block)
    before, words, after = (MARK.sub("", "".join(part)) for part in parts)
    return before, words, after
