"""Markdown once: HTML with open slots, and what it demands of the rest of the magazine.

Nothing here knows a figure, an address or another page. What a text needs of them it says in
``demands`` (references) and ``links`` (files and anchors); ``magazine.pages.fill`` puts the answers in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.blockprocessors import BlockProcessor, ParagraphProcessor
from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.footnotes import FootnoteReorderingProcessor
from markdown.inlinepatterns import InlineProcessor, ReferenceInlineProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import AtomicString
from msgspec import Struct
from msgspec.structs import replace
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from magazine.addresses import is_name, name_of
from magazine.danish.bytewise import byte_table, folded
from magazine.danish.names import END, names_in
from magazine.danish.typography import OBJECT, set_run, signs_in
from magazine.emphasis import unpaired
from magazine.fences import SLOT as BLOCK_SLOT
from magazine.fences import BlockDemand, FencesExtension
from magazine.leftovers import leftovers
from magazine.plain_markdown import plain_tree
from magazine.problems import Place, Problem
from magazine.prose import LooseFigure, loose_among, loose_in_field, prose_of
from magazine.references import Demand, is_filled_in, is_reference
from magazine.slips import has_fences, slips
from magazine.slots import (
    CAPTIONED,
    MARK,
    SLOT,
    UNREAD,
    SlotsExtension,
    plain_text,
    unmark,
)

_ENTANGLED = (
    "teksten kan ikke læses, for lister, citater og blokke (///) står inde i hinanden. Sæt dem efter "
    "hinanden, med en tom linje imellem."
)
#: So many blocks may any text have, beside one for each of its signs.
_MOST_BLOCKS = 1000
_LINK_OPEN, _LINK_CLOSE = "\ue0f2", "\ue0f3"
#: Markup that would be printed as it stands in a line of front matter.
_FIELD_MARKUP = re.compile(
    r"\[[^\]]*\]\([^)]*\)?|(?<![\w*])\*{1,2}(?=\S)[^*]+(?<=\S)\*{1,2}(?![\w*])|`[^`]+`"
    r"|(?<!\w)(?:_[^\W_][^_]*_|__[^\W_][^_]*__)(?!\w)"
    r"|</?(?:a|b|br|em|i|p|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>"
)
_PICTURE = "magazine-picture"
_SLOTS = re.compile(
    rf'<{SLOT} n="(?P<slot>\d+)">(?P<inner>.*?)</{SLOT}>'
    rf'|<{BLOCK_SLOT} n="(?P<block>\d+)"></{BLOCK_SLOT}>'
    rf'|<{_PICTURE} alt="(?P<alt>[^"]*)" n="(?P<picture>\d+)"></{_PICTURE}>',
    re.DOTALL,
)
_LEFT = re.compile(f"(tal:|&lt;|\\]\\(\\s*(?:&lt;)?)?{MARK.pattern}(?=([^\\s<]{{0,60}}))", re.IGNORECASE)
_FIELD = re.compile(
    r"\[(?P<words>[^\[\]]*)\]\((?P<to>tal:[^()]*?)(?:\s+[\"”](?P<title>[^\"”]*)[\"”])?\)", re.IGNORECASE
)
#: Our own marks, Python-Markdown's, and what XML cannot hold.
_STRAY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ue0f0-\ue0f9]")
#: A line that begins with a space; a pattern that begins with a sign is tried at that one alone.
_INDENTED = re.compile(r"\n(?= )")
_MAIL = r"<([^<> !]+@[^@<> ]+)>"
_WORD = re.compile(r"\w+")
#: Each sign as a word has it: «a», or « ».
_AS_WORDS = byte_table(lambda sign: "a" if _WORD.match(sign) else " ")
#: Ids that pages and notes give themselves.
_RESERVED = re.compile(r"tallene|indhold|(?:tal|mark|kilde|fn|fnref\d*)-.*|blok-.*")
#: What an element of an article may have; the rest could only come from ``{…}``.
_ATTRIBUTES = frozenset(
    {"id", "class", "href", "src", "alt", "title", "n", "start", "role", "tabindex", "aria-label", "data-c"}
)
_BLOCK_LEVEL = frozenset(
    {"p", "li", "td", "th", "dd", "dt", "ul", "ol", "dl", "table", "thead", "tbody", "tr", "section", "aside"}
    | {
        "figure",
        "figcaption",
        "blockquote",
        "div",
        "pre",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        BLOCK_SLOT,
    }
)
#: Most blocks of a page.
_WORDS_ALONE = frozenset({"p", "li", "h2", "h3"})
#: Stands in a run of text for words that are filled in.
_FILLED_IN = "0"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: A title in the curly marks of a word processor, which Markdown takes for the file's name.
_CURLY_TITLE = re.compile(r"(?P<file>\S+)\s+(?P<title>[”“„»«’‘].*[”“„»«’‘])\Z")
_CREDIT = re.compile(
    r"(?P<caption>.*?)\s*(?P<credit>(?:Foto|Illustration|Tegning|Grafik|Arkiv):\s*[^.]+)\.?\s*\Z", re.DOTALL
)


class Link(Struct, frozen=True):
    """A place that the text points to: a file, an anchor, a picture, an address elsewhere."""

    destination: str
    line: int
    is_picture: bool = False


class Slot(Struct, frozen=True):
    """Where the answer to a demand goes; ``inner`` is the reference's own HTML."""

    number: int
    inner: str


class Hole(Struct, frozen=True):
    """Where the address of ``links[number]`` goes."""

    number: int


class PictureSlot(Struct, frozen=True):
    """Where the picture at ``links[number]`` is shown."""

    number: int
    alt: str


class BlockSlot(Struct, frozen=True):
    """Where ``blocks[number]`` is drawn."""

    number: int


Piece = str | Slot | Hole | PictureSlot | BlockSlot


class Rendered(Struct, frozen=True):
    """A text as far as it can be made without the rest of the magazine."""

    pieces: tuple[Piece, ...]
    demands: tuple[Demand, ...] = ()
    blocks: tuple[BlockDemand, ...] = ()
    links: tuple[Link, ...] = ()
    anchors: tuple[str, ...] = ()
    words: int = 0
    """How many words a reader reads."""
    problems: tuple[Problem, ...] = ()
    loose: tuple[LooseFigure, ...] = ()
    """Figures outside references."""
    names: tuple[str, ...] = ()
    """The names of people, places and offices in it, each once, in their order."""

    def filled(self, words: Sequence[str]) -> str:
        """Return a text that has no markup but references.

        Args:
            words: those of each demand, as answered.
        """
        return "".join(
            words[piece.number] if isinstance(piece, Slot) else str(piece) for piece in self.pieces
        )


class Renderer:
    """Converts one text after another with one Python-Markdown; none decides anything for the next."""

    def __init__(self) -> None:
        """Build the converter; this costs more than a page does."""
        self._figures = SlotsExtension()
        self._blocks = FencesExtension()
        self._page = _PageExtension(self._figures)
        self._markdown = markdown.Markdown(
            output_format="html",
            extensions=[
                "tables",
                "attr_list",
                "def_list",
                "fenced_code",
                "sane_lists",
                "footnotes",
                _MagazineBlocks(),
                self._figures,
                self._blocks,
                self._page,
            ],
            extension_configs={
                "footnotes": {
                    "SEPARATOR": "-",
                    "BACKLINK_TEXT": "↩",
                    "BACKLINK_TITLE": "Tilbage til teksten ved fodnote {}",
                    "USE_DEFINITION_ORDER": False,
                }
            },
        )
        # Raw HTML has no place in an article (design.md gives blocks for what it would be used for),
        # and a text that cannot hold any cannot inject any.
        self._markdown.preprocessors.deregister("html_block")
        self._markdown.preprocessors.register(
            _Whitespace(self._markdown, self._page), "normalize_whitespace", 30
        )
        self._markdown.inlinePatterns.deregister("html")
        # Python-Markdown hides addresses in entities, which stop no robot and no longer lead anywhere here.
        self._markdown.inlinePatterns.deregister("automail")
        self._markdown.inlinePatterns.register(_Mail(_MAIL, self._markdown), "magazine-mail", 110)
        # Nine of ten blocks are paragraphs, and hardly a text holds a sign of most patterns.
        parser: Any = self._markdown.parser
        paragraphs = _Paragraphs(parser, parser.blockprocessors["blocks"])
        parser.blockprocessors.register(paragraphs, "magazine-paragraphs", 110)
        self._bound = _Bound(parser)
        parser.blockprocessors.register(self._bound, "magazine-bound", 200)
        # A registry is sorted and copied for each block; a list is there.
        parser.blockprocessors = list(parser.blockprocessors)
        fenced: Any = self._markdown.preprocessors["fenced_code_block"]
        self._markdown.preprocessors.register(
            _FencedCode(self._markdown, fenced.config), "fenced_code_block", 25
        )
        reorder: Any = self._markdown.treeprocessors["footnote-reorder"]
        self._markdown.treeprocessors.register(_Reordering(reorder.footnotes), "footnote-reorder", 19)
        self._markdown.treeprocessors.register(_Inline(self._markdown), "inline", 20)
        self._markdown.treeprocessors.register(_Unescape(self._markdown, self._page), "unescape", 0)
        # What a text goes through that needs no more of Python-Markdown (``plain_tree``).
        before, after = self._markdown.preprocessors, self._markdown.treeprocessors
        self._beginning = [before[name] for name in ("normalize_whitespace", "tal-fences")]
        self._finishing = [after[name] for name in ("tal-slots", "tal-blocks", "magazine-page")]

    def render(self, body: str, path: str, first_line: int = 1) -> Rendered:
        r"""Convert a Markdown text.

        Args:
            body: the text after the front matter, NFC, lines divided by ``\n``.
            path: the file, for the problems' places.
            first_line: the number of the body's first line in the file.
        """
        stray = _STRAY.search(body)
        if stray:
            line = first_line + body.count("\n", 0, stray.start())
            return Rendered(
                (),
                problems=(
                    Problem(
                        Place(path, line),
                        ("linjen har et usynligt tegn, som ikke kan bruges. Slet linjen, og skriv den igen."),
                    ),
                ),
            )
        self._markdown.reset()
        self._figures.first_line = first_line
        self._blocks.first_line = first_line
        self._page.begin(path, first_line, body)
        try:
            html = self._html(body, first_line)
        except RecursionError:
            # A box that begins in a quotation, and another below it, make a tree without an end, or none.
            parser: Any = self._markdown.parser
            parser.state.clear()
            return Rendered((), problems=(Problem(Place(path, first_line), _ENTANGLED),))
        problems = [*self._page.problems]
        problems += [
            Problem(Place(path, slip.line), slip.message, slip.warning)
            for slip in (*slips(body, first_line), *leftovers(body, first_line))
        ]
        problems += [Problem(Place(path, line), UNREAD) for line in self._figures.in_alt]
        problems += [Problem(Place(path, line), message) for line, message in self._blocks.problems]
        outside = self._figures.restored_in_code(html)
        marked = _LEFT.finditer(outside) if MARK.search(outside) else ()
        left_over = [(int(left[2]), message) for left in marked if (message := _left_over(left))]
        problems += [
            Problem(Place(path, line), message)
            for line, message in left_over
            if not _is_told_by_its_opening(message, [other for _, other in left_over])
        ]
        problems += [
            Problem(Place(path, self._figures.demands[int(left[1])].line), UNREAD)
            for left in CAPTIONED.finditer(outside)
        ]
        prose = tuple(prose_of(body, first_line))
        return Rendered(
            pieces=tuple(_pieces(CAPTIONED.sub("", MARK.sub("", outside)))),
            demands=tuple(self._figures.demands),
            blocks=tuple(self._blocks.blocks),
            links=tuple(self._page.links),
            anchors=tuple(self._page.anchors),
            words=self._page.words,
            problems=tuple(problems),
            loose=loose_among(prose),
            names=tuple(dict.fromkeys(names_in(END.join([block.text for block in prose])))),
        )

    def _html(self, body: str, first_line: int) -> str:
        tree = self._plain_tree(body, first_line)
        if tree is None:
            self._bound.left = _MOST_BLOCKS + len(body)
            return self._markdown.convert(body)
        for step in self._finishing:
            step.run(tree)
        html: str = self._markdown.serializer(tree)
        return html.removeprefix("<div>").removesuffix("</div>").strip()

    def _plain_tree(self, body: str, first_line: int) -> Element | None:
        """Return the tree of a text that is plain but for blocks of figures."""
        if not has_fences(body) and "\t" not in body and not _INDENTED.search(body):
            return plain_tree(body, first_line)
        lines = body.split("\n")
        for step in self._beginning:
            lines = step.run(lines)
        if not self._blocks.problems and all(is_name(block.name) for block in self._blocks.blocks):
            tree = plain_tree("\n".join(lines), first_line)
            if tree is not None:
                return tree
        # They are lifted out once more, by Python-Markdown.
        self._blocks.reset()
        return None


def render_field(text: str, place: Place) -> Rendered:
    """Read a line of front matter, where references are the only markup.

    Args:
        text: for example a title.
        place: the line of the key.
    """
    rendered, faults = _field(text, place.line)
    if not faults:
        return rendered
    return replace(rendered, problems=tuple(Problem(place, fault) for fault in faults))


@lru_cache(maxsize=1 << 10)  # a kicker and a photographer stand in one article after another
def _field(text: str, line: int) -> tuple[Rendered, tuple[str, ...]]:
    """Return a field as it is wherever it stands on such a line, and what is wrong with it."""
    pieces: list[Piece] = []
    demands: list[Demand] = []
    texts: list[str] = []
    at = 0
    for match in _FIELD.finditer(text):
        texts += [text[at : match.start()], "0" if is_filled_in(match["words"]) else match["words"]]
        demands.append(
            Demand(
                match["words"],
                match["to"],
                match["title"],
                line,
                before=_FIELD.sub(_its_words, text[: match.start()]),
                after=_FIELD.sub(_its_words, text[match.end() :]),
            )
        )
        at = match.end()
    texts.append(text[at:])
    for index, part in enumerate(set_run(texts)):
        if index % 2:
            pieces.append(Slot(index // 2, demands[index // 2].words))
        elif part:
            pieces.append(part)
    rendered = Rendered(tuple(pieces), tuple(demands), loose=loose_in_field(text, line))
    return rendered, tuple(_field_faults(text))


def _its_words(reference: re.Match[str]) -> str:
    return reference["words"]


def _field_faults(text: str) -> Iterator[str]:
    rest = _FIELD.sub("", text)
    if "tal:" in rest.lower() and re.search(r"(?<!\w)tal:\S", rest, re.IGNORECASE):
        yield UNREAD
        return
    markup = _FIELD_MARKUP.search(rest) if any(sign in rest for sign in "[*`<_") else None
    if markup is not None:
        yield (
            f"«{markup[0]}» kan ikke bruges her: linjen trykkes, som den står, og kun henvisninger til tal "
            "virker."
        )
    if _STRAY.search(text):
        yield "linjen har et usynligt tegn, som ikke kan bruges. Slet linjen, og skriv den igen."


def _is_told_by_its_opening(message: str, told: Sequence[str]) -> bool:
    """Tell whether a message is about ``</b>`` where another is about ``<b>``."""
    closing = re.search(r"«</([^>»]+)>", message)
    return closing is not None and any(re.search(rf"«<{re.escape(closing[1])}[ >]", other) for other in told)


def _left_over(left: re.Match[str]) -> str | None:
    before, after = left[1], re.split(r"[)”\"]|&(?!lt;|#)", MARK.sub("", left[3]))[0]
    if before is None or (before[0] == "]" and is_reference(after)):
        return None
    if before.lower() == "tal:":
        return f"«tal:{after}» står uden for et link: " + UNREAD
    if before.startswith("]("):
        return "et link er ikke skrevet færdigt. Skriv [ord](adresse), og luk parentesen."
    return (
        f"HTML kan ikke bruges i teksten («<{after.partition('&gt;')[0]}>»). Skriv Markdown: *kursiv*, "
        "**fed**, /// fakta til faktabokse."
    )


def _pieces(html: str) -> Iterator[Piece]:
    at = 0
    for match in _SLOTS.finditer(html):
        yield from _with_holes(html[at : match.start()])
        if match["slot"]:
            yield Slot(int(match["slot"]), match["inner"])
        elif match["block"]:
            yield BlockSlot(int(match["block"]))
        else:
            yield PictureSlot(int(match["picture"]), unescape(match["alt"]))
        at = match.end()
    yield from _with_holes(html[at:])


def _with_holes(html: str) -> Iterator[Piece]:
    before, *parts = html.split(_LINK_OPEN)
    if before:
        yield before
    for part in parts:
        number, _, after = part.partition(_LINK_CLOSE)
        yield Hole(int(number))
        if after:
            yield after


#: What each of Markdown's patterns has in it wherever it is found; one of two signs, where there are two.
_PATTERN_SIGNS: Mapping[str, tuple[str, str]] = {
    "backtick": ("`", "`"),
    "escape": ("\\", "\\"),
    "footnote": ("[^", "[^"),
    "reference": ("[", "["),
    "link": ("[", "["),
    "image_link": ("![", "!["),
    "image_reference": ("![", "!["),
    "short_reference": ("[", "["),
    "short_image_ref": ("![", "!["),
    "autolink": ("<", "<"),
    "magazine-mail": ("<", "<"),
    "linebreak": ("  \n", "  \n"),
    "entity": ("&", "&"),
    "em_strong": ("*", "_"),
}
_ANY_SIGN = re.compile("|".join(sorted({re.escape(one) for two in _PATTERN_SIGNS.values() for one in two})))


class _Inline(markdown.treeprocessors.InlineProcessor):
    """Tries with a text those patterns alone whose signs it holds, and no references where none is defined.

    The name of the method is Python-Markdown's own; under another name this step would be slower, and do
    the same.
    """

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        patterns: Any = md.inlinePatterns
        names = [name for name, _ in patterns._priority] if patterns._sort() is None else []
        self._signed = [
            (patterns[name], isinstance(patterns[name], ReferenceInlineProcessor), *_PATTERN_SIGNS[name])
            for name in names
        ]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString) or not _ANY_SIGN.search(data):
            return data
        has_references = bool(self.md.references)
        apply: Any = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        signed = enumerate(self._signed[patternIndex:], patternIndex)
        for index, (pattern, asks_references, sign, other) in signed:
            start, matched = 0, has_references or not asks_references
            while matched and (sign in data or other in data):
                data, matched, start = apply(pattern, data, index, start)
        return data


class _Paragraphs(ParagraphProcessor):
    """Takes the blocks that can be nothing but paragraphs, before they are searched for all else.

    Whatever else a block may be, a line of it begins with a sign, a figure or a space, or it has bars; and
    what stands between ``///`` is for those blocks to take.
    """

    _PLAIN = re.compile(r"[^\W\d_][^\n|]*(?:\n[^\W\d_][^\n|]*)*\Z")

    def __init__(self, parser: Any, blocks: Any) -> None:
        super().__init__(parser)
        self._opened = blocks.stack

    def test(self, parent: Element, block: str) -> bool:
        return not self._opened and self._PLAIN.match(block) is not None


class _Bound(BlockProcessor):
    """Ends the reading of a text in which a block is read again and again, which is no block of its own."""

    left = 0
    """How many blocks may still be looked at; set for each text."""

    def test(self, parent: Element, block: str) -> bool:
        self.left -= 1
        if self.left < 0:
            raise RecursionError
        return False


class _Whitespace(NormalizeWhitespace):
    """Looks through those texts alone that have something to put right.

    Line ends are put right where files are read, and texts with stray characters come no further.
    """

    def __init__(self, md: markdown.Markdown, page: _PageExtension) -> None:
        super().__init__(md)
        self._page = page

    def run(self, lines: list[str]) -> list[str]:
        if "\t" in self._page.body or _INDENTED.search(self._page.body):
            return super().run(lines)
        return [*lines, "", ""]


class _FencedCode(FencedBlockPreprocessor):
    """Looks for fences in those texts alone that have some."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return super().run(lines) if has_fences(text) else lines


class _Reordering(FootnoteReorderingProcessor):
    """Leaves footnotes in their order where one is empty, whose way back Python-Markdown would look for."""

    def reorder_footnotes(self, parent: Element) -> None:
        if all(len(note) for notes in parent.findall("ol") for note in notes):
            super().reorder_footnotes(parent)


class _Unescape(UnescapeTreeprocessor):
    """Looks through those texts alone that have something escaped."""

    def __init__(self, md: markdown.Markdown, page: _PageExtension) -> None:
        super().__init__(md)
        self._page = page

    def run(self, root: Element) -> None:
        if "\\" in self._page.body:
            super().run(root)


class _Mail(InlineProcessor):
    """``<red@a.example>``."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        link = Element("a", {"href": f"mailto:{m[1]}"})
        link.text = AtomicString(m[1])
        return link, m.start(0), m.end(0)


class _FactBox(Block):  # type: ignore[misc]  # pymdownx ships no types
    """``/// fakta | Titel``: an aside with a title."""

    NAME = "fakta"
    ARGUMENT = None

    def on_create(self, parent: Element) -> Element:
        aside = SubElement(parent, "aside", {"class": "fakta"})
        title = SubElement(aside, "div", {"class": "fakta-titel"})
        title.text = self.argument or "Fakta"
        return aside


class _PullQuote(Block):  # type: ignore[misc]  # pymdownx ships no types
    """``/// citat | Hvem``: a sentence of the article set large."""

    NAME = "citat"
    ARGUMENT = None

    def on_create(self, parent: Element) -> Element:
        figure = SubElement(parent, "figure", {"class": "citat"})
        SubElement(figure, "blockquote")
        if self.argument:
            SubElement(figure, "figcaption").text = self.argument
        return figure

    def on_add(self, block: Element) -> Element:
        quote = block.find("blockquote")
        assert quote is not None, "on_create makes it"
        return quote


class _MagazineBlocks(BlocksExtension):  # type: ignore[misc]  # pymdownx ships no types
    """The blocks that an editor of a magazine needs."""

    def extendMarkdownBlocks(self, md: markdown.Markdown, block_mgr: Any) -> None:  # noqa: N802
        """Register the two blocks."""
        block_mgr.register(_FactBox, self.getConfigs())
        block_mgr.register(_PullQuote, self.getConfigs())


class _PageExtension(Extension):
    """Holds what the last page said of itself; begun anew for each page."""

    def __init__(self, figures: SlotsExtension) -> None:
        super().__init__()
        self.figures = figures
        self.begin("", 1, "")

    def begin(self, path: str, first_line: int, body: str) -> None:
        self.path = path
        self.body = body
        self.first_line = first_line
        self.links: list[Link] = []
        self.anchors: list[str] = []
        self.problems: list[Problem] = []
        self.words = 0

    def line_with(self, text: str, *, last: bool = False) -> int | None:
        """Return the first or the last line that holds a text."""
        lines = [self.first_line + index for index, line in enumerate(self.body.split("\n")) if text in line]
        return lines[-1 if last else 0] if lines else None

    def line_of(self, words: str) -> int | None:
        """Return the line on which a text of a whole line stands, which Markdown has forgotten."""
        name = name_of(words)
        return next(
            (
                self.first_line + index
                for index, line in enumerate(self.body.split("\n"))
                if name and name_of(line) == name
            ),
            None,
        )

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        """Register the steps that follow the slots."""
        md.treeprocessors.register(_Emphasis(md, self), "magazine-emphasis", -1.5)
        md.treeprocessors.register(_Page(md, self), "magazine-page", -2)


class _Emphasis(Treeprocessor):
    """Looks for signs that are left over; in a plain text (``plain_tree``) there are none."""

    def __init__(self, md: markdown.Markdown, page: _PageExtension) -> None:
        super().__init__(md)
        self._page = page

    def run(self, root: Element) -> None:
        page = self._page
        if "*" in page.body or "_" in page.body:
            page.problems += [
                Problem(Place(page.path, slip.line), slip.message, slip.warning)
                for slip in unpaired(root, page.body, page.first_line)
            ]


class _Page(Treeprocessor):
    """Sets the finished tree: headings, links, pictures, tables, typography."""

    def __init__(self, md: markdown.Markdown, page: _PageExtension) -> None:
        super().__init__(md)
        self._page = page
        self._line = 1

    def run(self, root: Element) -> None:
        self._line = self._page.first_line
        self._anchors: set[str] = set()
        elements = list(root.iter())
        # An element's attributes are made when they are looked at; its keys are not.
        attributed = [element for element in elements if element.keys()]
        self._own_anchors(attributed)
        self._attributes(attributed)
        self._headings([element for element in elements if element.tag in _HEADINGS])
        tags = {element.tag for element in elements[1:]}
        if "img" in tags:
            self._pictures(root)
        if "table" in tags:
            self._tables(root)
        if "aside" in tags:
            self._fact_boxes(root)
        if "div" in tags:
            self._footnotes(root)
        if "figure" in tags:
            self._pull_quotes(root)
        for link in root.iter("a"):
            self._link(link, "href")
        for slot in root.iter(SLOT):
            if len(slot) and any(
                child.tag in ("a", "img", _PICTURE, SLOT) for child in list(slot.iter())[1:]
            ):
                demand = self._page.figures.demands[int(slot.get("n", "0"))]
                self._problem(demand.line, "ordene i en henvisning kan ikke være et billede eller et link.")
        text = "".join(root.itertext())
        self._page.words = _count(text)
        _set_tree(root, signs_in(text + _FILLED_IN))
        self._page.anchors = sorted(self._anchors)

    def _problem(self, line: int | None, message: str) -> None:
        self._page.problems.append(Problem(Place(self._page.path, line or self._page.first_line), message))

    def _own_anchors(self, elements: Iterable[Element]) -> None:
        for element in elements:
            anchor = element.get("id")
            if not anchor:
                continue
            if "footnote" not in element.get("class", "") and not anchor.startswith(("fn-", "fnref")):
                if not is_name(anchor):
                    self._problem(
                        self._page.line_with(f"#{anchor}"),
                        f"ankeret «#{anchor}» kan ikke bruges: det består af a–z, 0–9 og bindestreg. Skriv "
                        f"{{#{name_of(anchor) or 'navn'}}}.",
                    )
                elif _RESERVED.fullmatch(anchor) or anchor in self._anchors:
                    self._problem(
                        self._page.line_with(f"#{anchor}", last=True),
                        f"ankeret «#{anchor}» findes allerede på siden. Giv det et andet navn.",
                    )
            self._anchors.add(anchor)

    def _attributes(self, elements: Iterable[Element]) -> None:
        """Tell of attributes that only an editor can have given; class and id are all there is to give."""
        for element in elements:
            for name in element.keys():  # noqa: SIM118 - an element is no mapping
                if name in _ATTRIBUTES or (name == "style" and element.tag in ("td", "th")):
                    continue
                self._problem(
                    self._page.line_with(f"{name}="),
                    f"«{name}» kan ikke sættes i {{…}}: der kan stå et anker (#navn) og en klasse (.navn).",
                )

    def _headings(self, headings: Iterable[Element]) -> None:
        level = 1
        for heading in headings:
            words = plain_text(heading)
            depth = int(heading.tag[1])
            if depth == 1:
                # The title is the page's only h1.
                self._problem(
                    self._page.line_of(words),
                    f"«# {words}» er en overskrift af første grad, og den plads "
                    "har titlen. Skriv ## foran mellemrubrikker.",
                )
            elif not words.strip():
                self._problem(
                    self._page.line_with("#"), "en mellemrubrik er tom. Skriv den, eller slet linjen."
                )
            elif depth > level + 1:
                self._page.problems.append(
                    Problem(
                        Place(self._page.path, self._page.line_of(words) or self._page.first_line),
                        f"mellemrubrikken «{words}» springer et trin over. Skriv {'#' * (level + 1)} foran.",
                        warning=True,
                    )
                )
            level = max(depth, 1)
            if not heading.get("id"):
                heading.set("id", self._free_anchor(self._heading_anchor(heading)))

    def _heading_anchor(self, heading: Element) -> str:
        words = "".join(_text_outside_slots(heading))
        slots = list(heading.iter(SLOT))
        name = name_of(words)
        if not name and slots:
            demand = self._page.figures.demands[int(slots[0].get("n", "0"))]
            name = name_of(demand.destination.partition("?")[0].split("/")[0].split("@")[0][4:])
        return name or "afsnit"

    def _free_anchor(self, name: str) -> str:
        if _RESERVED.fullmatch(name):
            # A number behind would not do: «tal-om-alt-2» begins as the page's own anchors do, too.
            name = f"afsnit-{name}"
        candidate, number = name, 2
        while candidate in self._anchors:
            candidate, number = f"{name}-{number}", number + 1
        self._anchors.add(candidate)
        return candidate

    def _link(self, element: Element, attribute: str, *, is_picture: bool = False) -> None:
        destination, line = unmark(element.get(attribute, ""))
        if "footnote" in element.get("class", ""):
            return
        title = element.get("title")
        if title:
            element.set("title", MARK.sub("", title))
        if not destination or is_reference(destination):
            self._problem(
                line, UNREAD if destination else "et link mangler en adresse. Skriv [ord](adresse)."
            )
            return
        number = len(self._page.links)
        self._page.links.append(Link(destination, line or self._page.first_line, is_picture))
        if is_picture:
            element.tag = _PICTURE
            alt = element.get("alt", "")
            element.attrib.clear()
            element.attrib.update(alt=alt, n=str(number))
        else:
            element.set(attribute, _hole(number))

    def _pictures(self, root: Element) -> None:
        parents = {child: parent for parent in root.iter() for child in parent}
        for picture in list(root.iter("img")):
            source, line = unmark(picture.get("src", ""))
            title = MARK.sub("", picture.get("title") or "").strip()
            if not picture.get("alt", "").strip():
                self._problem(
                    line,
                    f"billedet «{source}» mangler en tekst til dem, der ikke kan se det. "
                    "Skriv den mellem de kantede parenteser: ![hvad billedet viser](fil).",
                )
            credit = _CREDIT.match(title)
            curly = _CURLY_TITLE.match(source)
            if curly:
                self._problem(
                    line,
                    f"billedteksten {curly['title']} er læst som en del af filens navn, for anførselstegnene "
                    f'er krumme. Skriv lige anførselstegn: ![…]({curly["file"]} "{curly["title"][1:-1]}").',
                )
                continue
            if credit is None:
                self._problem(
                    line,
                    f"billedet «{source}» mangler kreditering. Skriv den til sidst i anførselstegn: "
                    '![…](fil "Billedtekst. Foto: Navn").',
                )
            self._link(picture, "src", is_picture=True)
            parent = parents[picture]
            stands_alone = parent.tag == "p" and len(parent) == 1
            if not stands_alone or (parent.text or "").strip() or (picture.tail or "").strip():
                self._problem(
                    line,
                    f"billedet «{source}» skal stå for sig selv, med en tom linje før og efter og uden link.",
                )
            elif credit:
                _make_figure(parent, credit["caption"].strip(), credit["credit"], self._page.figures.demands)

    def _tables(self, root: Element) -> None:
        parents = {child: parent for parent in root.iter() for child in parent}
        heading, count = "", 0
        for table in list(root.iter()):
            if table.tag in _HEADINGS:
                heading = table.get("id", "")
            if table.tag != "table":
                continue
            for cell in table.iter():
                side = cell.attrib.pop("style", "").removeprefix("text-align:").strip(" ;")
                if side in ("right", "center"):
                    cell.set("class", "tal-kolonne" if side == "right" else "midt")
                if cell.tag == "th":
                    cell.set("scope", "col")
            # A table wider than a phone scrolls in a box that the keyboard reaches. It is named after the
            # heading above it; a second one under the same heading, by its number on the page.
            box = Element("div", {"class": "tabel", "tabindex": "0", "role": "region"})
            count += 1
            if heading:
                box.set("aria-labelledby", heading)
                heading = ""
            else:
                box.set("aria-label", f"Tabel {count}" if count > 1 else "Tabel")
            box.tail, table.tail = table.tail, None
            parent = parents[table]
            index = list(parent).index(table)
            parent.remove(table)
            box.append(table)
            parent.insert(index, box)

    def _fact_boxes(self, root: Element) -> None:
        """Name each box after its title, so that those who listen can tell one from another."""
        boxes = [aside for aside in root.iter("aside") if aside.get("class") == "fakta"]
        for number, box in enumerate(boxes, 1):
            box[0].set("id", f"blok-fakta-{number}")
            box.set("aria-labelledby", f"blok-fakta-{number}")

    def _footnotes(self, root: Element) -> None:
        for box in root.iter("div"):
            if box.get("class") != "footnote":
                continue
            box.tag = "section"
            box.set("class", "fodnoter")
            box.set("aria-label", "Fodnoter")
            for rule in box.findall("hr"):
                box.remove(rule)
        # Figures have notes with numbers of their own, and an arrow has no name.
        for link in root.iter("a"):
            if link.get("class") == "footnote-ref":
                link.set("aria-label", f"Fodnote {link.text}")
            elif link.get("class") == "footnote-backref":
                link.set("aria-label", link.attrib.pop("title"))

    def _pull_quotes(self, root: Element) -> None:
        """Keep from those who listen what they hear in the text: a sentence of it, set large for the eye."""
        quotes = [figure for figure in root.iter("figure") if figure.get("class") == "citat"]
        if not quotes:
            return
        text = _words("".join(root.itertext()))
        for figure in quotes:
            is_plain = not any(child.tag in ("a", "img", _PICTURE, SLOT) for child in figure.iter())
            words = _words("".join(figure.itertext()))
            said = sum(_words("".join(other.itertext())) == words for other in quotes)
            if is_plain and figure.find("figcaption") is None and text.count(words) > said:
                figure.set("aria-hidden", "true")


def _count(text: str) -> int:
    """Return how many words there are in a text."""
    signs = folded(f" {text}", _AS_WORDS)
    # A word begins wherever a letter or a figure follows another sign.
    return len(_WORD.findall(text)) if signs is None else signs.count(b" a")


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text)).casefold()


def _hole(number: int) -> str:
    return f"{_LINK_OPEN}{number}{_LINK_CLOSE}"


def _write(element: Element, caption: str, demands: Sequence[Demand]) -> None:
    """Write a caption, its references as slots."""
    parts = CAPTIONED.split(caption)
    element.text = parts[0]
    for number, after in zip(parts[1::2], parts[2::2], strict=True):
        slot = SubElement(element, SLOT, {"n": number})
        slot.text, slot.tail = demands[int(number)].words, after


def _make_figure(paragraph: Element, caption: str, credit: str, demands: Sequence[Demand]) -> None:
    paragraph.tag = "figure"
    paragraph.set("class", "billede")
    text = SubElement(paragraph, "figcaption")
    _write(text, f"{caption} " if caption else "", demands)
    small = SubElement(text, "span", {"class": "kredit"})
    small.text = credit


def _text_outside_slots(element: Element) -> list[str]:
    parts = [element.text or ""]
    for child in element:
        if child.tag != SLOT:
            parts += _text_outside_slots(child)
        parts.append(child.tail or "")
    return parts


def _set_tree(root: Element, signs: Sequence[str]) -> None:
    """Set the typography of every text outside code, a block at a time.

    Args:
        root: the page.
        signs: those in it at which there may be anything to set.
    """
    run: list[tuple[Element, str]] = []
    texts: list[str] = []

    def add(element: Element, attribute: str, text: str | None) -> None:
        if text:
            run.append((element, attribute))
            texts.append(text)

    def flush() -> None:
        # Between blocks there is nothing but the end of a line.
        if texts != ["\n"]:
            for (element, attribute), text in zip(run, set_run(texts, signs), strict=True):
                if attribute:
                    setattr(element, attribute, text)
        run.clear()
        texts.clear()

    def walk(element: Element) -> None:
        tag = element.tag
        is_block = tag in _BLOCK_LEVEL
        if is_block and texts:
            flush()
        if tag in ("code", "pre", "img", "sup"):
            add(element, "", OBJECT)
        elif tag == "br":
            add(element, "", "\n")
        elif tag == SLOT and is_filled_in(element.text or ""):
            # Whatever is filled in: a unit behind it belongs to it.
            add(element, "", _FILLED_IN)
        else:
            add(element, "text", element.text)
            for child in element:
                if child.tag in _WORDS_ALONE and not len(child):
                    # Most of a page: a block with nothing but its words.
                    if texts:
                        flush()
                    if child.text:
                        child.text = set_run((child.text,), signs)[0]
                else:
                    walk(child)
                add(child, "tail", child.tail)
        if is_block and texts:
            flush()

    walk(root)
    if texts:
        flush()
