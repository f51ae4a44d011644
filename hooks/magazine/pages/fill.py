"""Puts the answers into a rendered text's slots, and numbers the notes as it goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape
from msgspec import Struct, field

from magazine.blocks.model import CHARTS, Kind
from magazine.blocks.stories import Choice, Stories
from magazine.danish.compounds import whole
from magazine.danish.typography import set_text
from magazine.pages.blocks import block_view
from magazine.pages.environment import with_base
from magazine.pages.photographs import cropped
from magazine.pages.views import CardView, ImageView, LinkView, NoteView
from magazine.pictures import Role
from magazine.render import BlockSlot, Hole, PictureSlot, Slot
from magazine.site import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from magazine.blocks.model import Block, Line
    from magazine.notes import Note
    from magazine.resolve import Resolved
    from magazine.sources import Asset


#: The articles that a block asks for, as lists show them; the path is that of the page that it stands in.
Choose = Callable[[Choice, str], Sequence[CardView]]

#: From one number to another: a browser would break the line after the dash.
_RANGE = re.compile(r"\d+(?:[.,]\d+)*–\d+(?:[.,]\d+)*")


class _Told(Struct):
    """A note of a page."""

    number: int
    words: str
    first: int
    """The number of the first note that names the same source."""
    marks: list[str] = field(default_factory=list)


class Notes(Struct):
    """The notes of one page while it is made: equal notes share a number."""

    _told: dict[Note, _Told] = field(default_factory=dict)
    _sources: dict[str, int] = field(default_factory=dict)
    """By source, the first note that names it."""

    def add(self, answer: Resolved) -> _Told | None:
        """Give the answer's note a number; ``None`` where there is nothing to tell."""
        note = answer.note
        if note is None:
            return None
        told = self._told.get(note)
        if told is None:
            number = len(self._told) + 1
            first = self._sources.setdefault(note.source, number)
            told = self._told[note] = _Told(number, set_text(answer.words), first)
        return told

    def mark(self, answer: Resolved) -> tuple[int, str, int | None] | None:
        """Return a new mark for the answer.

        Returns:
            The note's number, the mark's id, and the number of the earlier note that names the same source,
            if there is one.
        """
        told = self.add(answer)
        if told is None or answer.note is None:
            return None
        number, marks = told.number, told.marks
        marks.append(f"mark-{number}" if not marks else f"mark-{number}-{len(marks) + 1}")
        return number, marks[-1], told.first if answer.note.source and told.first != number else None

    def views(self) -> tuple[NoteView, ...]:
        """Return *Tallene i artiklen*."""
        return tuple(
            NoteView(
                number=told.number,
                id=f"tal-{told.number}",
                words=told.words,
                name=note.name,
                address=f"/tal/{note.indicator}/" if note.indicator else "",
                facts=tuple([set_text(text) for text in note.facts]),
                sentences=tuple([set_text(text) for text in note.sentences]),
                renewal=note.renewal,
                source=set_text(note.source),
                source_url=note.source_url,
                remarks=tuple([set_text(text) for text in note.remarks]),
                backlinks=tuple(told.marks),
            )
            for note, told in self._told.items()
        )


class BlockMacros(Struct, frozen=True):
    """The modules of the templates that print blocks."""

    chart: Any
    box: Any
    table: Any
    stories: Any


class Filler(Struct, frozen=True):
    """Fills texts for one kind of reader: pages with note marks, feeds with full addresses."""

    macros: Any
    """The module of ``parts/tal.html``: its macros ``figure`` and ``mark``."""
    pictures: Any
    """The module of ``parts/billede.html``: its macro ``i_teksten``."""
    prefix: str
    """What stands before addresses of the site."""
    assets: Mapping[str, Asset]
    """By address, for the size of pictures."""
    blocks: BlockMacros
    draws: bool = True
    """False for feeds, where the style sheets are missing: every block of figures is a table there, and one
    of articles a list of links."""
    choose: Choose | None = None
    """Finds the articles that a block asks for; without it there are none."""

    def body(self, text: Text, notes: Notes | None, path: str = "") -> Markup:
        """Return a page's text.

        Args:
            text: the text.
            notes: the page's notes; without them no mark is set.
            path: the page's file, which no block in it leads to.
        """
        parts: list[str] = []
        for piece in text.rendered.pieces:
            if isinstance(piece, Slot):
                demand = text.rendered.demands[piece.number]
                answer = text.answers[piece.number]
                inner = escape(set_text(answer.words)) if answer.is_filled else Markup(piece.inner)
                marked = notes if notes is not None and not demand.in_heading else None
                parts += [self._figure(answer, inner), self._mark(answer, marked)]
                if notes is not None and demand.in_heading:
                    notes.add(answer)
            elif isinstance(piece, Hole):
                parts.append(escape(with_base(self.prefix, text.addresses[piece.number])))
            elif isinstance(piece, PictureSlot):
                parts.append(self._picture(text.addresses[piece.number], piece.alt))
            elif isinstance(piece, BlockSlot):
                block = text.blocks[piece.number]
                if isinstance(block, Stories):
                    parts.append(self._stories(block, piece.number + 1, notes, path))
                elif block is not None:
                    parts.append(self.block(block, piece.number + 1, notes))
            else:
                parts.append(piece)
        # Every part is HTML already: ``Markup.join`` would look at each once more.
        return Markup("".join(parts))

    def field(self, text: Text | Line | None, notes: Notes | None = None) -> Markup:
        """Return a line of front matter with its figures marked up, and without note marks."""
        parts: list[str] = []
        for piece in text.rendered.pieces if text else ():
            if isinstance(piece, Slot):
                assert text is not None
                answer = text.answers[piece.number]
                parts.append(self._figure(answer, escape(set_text(answer.words))))
                if notes is not None:
                    notes.add(answer)
            else:
                parts.append(escape(piece))
        return Markup("".join(parts))

    def block(self, block: Block, number: int, notes: Notes | None) -> Markup:
        """Return a block of figures, drawn or as a table.

        Args:
            block: what is shown.
            number: the block's on its page, from 1.
            notes: the page's notes; without them no mark is set.
        """
        title, text = self.field(block.title, notes), self.field(block.text, notes)
        view = block_view(
            block,
            number,
            title,
            text,
            lambda answer, words: (self._figure(answer, escape(words)), self._mark(answer, notes)),
            draws=self.draws,
        )
        if not self.draws or block.kind is Kind.TABLE:
            printed: Markup = self.blocks.table.tabel(view)
        elif block.kind in CHARTS:
            printed = self.blocks.chart.graf(view)
        else:
            printed = self.blocks.box.boks(view)
        return printed

    def _stories(self, block: Stories, number: int, notes: Notes | None, path: str) -> Markup:
        cards = self.choose(block.choice, path) if self.choose is not None else ()
        if not cards:
            return Markup("")
        title = self.field(block.title, notes)
        if self.draws:
            printed: Markup = self.blocks.stories.artikler(f"artikler-{number}", title, cards)
        else:
            links = [LinkView(whole(card.title), with_base(self.prefix, card.address)) for card in cards]
            printed = self.blocks.stories.links(title, links)
        return printed

    def _figure(self, answer: Resolved, inner: Markup) -> Markup:
        # An element and no sign: what is copied, searched and fed stays as it was written.
        if self.draws and "–" in inner and "<" not in inner:
            inner = Markup(_RANGE.sub(r'<span class="udelt">\g<0></span>', str(inner)))
        figure: Markup = self.macros.figure(inner=inner, value=answer.plain or "", keys=" ".join(answer.keys))
        return figure

    def _mark(self, answer: Resolved, notes: Notes | None) -> Markup:
        """Return the mark that leads to an answer's note; nothing without ``notes``."""
        found = notes.mark(answer) if notes is not None else None
        if found is None:
            return Markup("")
        number, mark, told_at = found
        mark_html: Markup = self.macros.mark(
            number=number,
            mark_id=mark,
            popover_id=mark.replace("mark", "kilde"),
            words=set_text(answer.words),
            note=answer.note,
            told_at=told_at,
        )
        return mark_html

    def _picture(self, address: str, alt: str) -> Markup:
        asset = self.assets.get(address)
        width, height = (asset.width, asset.height) if asset else (0, 0)
        image = ImageView(address, alt, "", width=width, height=height, original=address)
        image = cropped(image, asset, Role.FULL, in_text=True)
        printed: Markup = self.pictures.i_teksten(
            file=address if self.draws else "",
            address=with_base(self.prefix, image.address),
            alt=alt,
            width=image.width,
            height=image.height,
            formats=image.formats if self.draws else (),
            sizes=image.sizes,
        )
        return printed
