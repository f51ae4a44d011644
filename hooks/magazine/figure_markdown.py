"""The Python-Markdown extension on its own: figures in prose, on any host that reads Markdown.

With the hook, pages are made by ``magazine.render`` and ``magazine.pages``; this is for the same source
under a host that knows no hooks (Zensical), and for plain Python-Markdown. It resolves and checks the
prose of one page; front matter, notes and other pages are beyond its reach.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from magazine.clock import read_clock
from magazine.danish.dates import DateError, parse_day
from magazine.figures.model import Figures
from magazine.figures.read import read_figures
from magazine.figures.select import public
from magazine.problems import ContentError, Place, Problem
from magazine.references import Demand
from magazine.resolve import Reading, Resolved, newest_families, resolve
from magazine.slots import CAPTIONED, SLOT, SlotsExtension
from magazine.sources import Text, find_root, read_text

if TYPE_CHECKING:
    from markdown import Markdown


class FigureExtension(Extension):
    """Fills in and checks references; raises ``ContentError`` with all problems of a page."""

    def __init__(self, **options: Any) -> None:
        """Take the options as Python-Markdown hands them on."""
        self.config = {
            "data": ["data/tal.yml", "The figures, from the folder of mkdocs.yml or zensical.toml."]
        }
        super().__init__(**options)
        self.slots = SlotsExtension()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the steps behind those that collect the references."""
        md.registerExtension(self)
        self.slots.extendMarkdown(md)
        md.treeprocessors.register(_Answers(md, self), "tal-answers", -3)
        md.postprocessors.register(_Unmark(md, self.slots), "tal-unmark", -10)

    def reset(self) -> None:
        """Forget the last page."""
        self.slots.reset()


class _Answers(Treeprocessor):
    """Turns the slots into figures."""

    def __init__(self, md: Markdown, extension: FigureExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: Element) -> None:
        demands = self._extension.slots.demands
        if not demands:
            return
        path, meta = _page(self.md)
        clock, problems = read_clock()
        text, found = self._read()
        reading = _reading(meta, clock.today)
        figures = _figures(text, clock.today, reading.today)
        families = newest_families(demands, figures, reading)
        answers = [resolve(demand, figures, reading, families) for demand in demands]
        told = [
            Problem(Place(path, demand.line), message)
            for demand, answer in zip(demands, answers, strict=True)
            for message in answer.problems
        ]
        if problems or found or told:
            raise ContentError([*problems, *found, *told])
        for slot in list(root.iter(SLOT)):
            _set_figure(slot, demands, answers)
        for picture in root.iter("img"):
            title = picture.get("title")
            if title:
                words = CAPTIONED.sub(lambda match: answers[int(match[1])].words, title)
                picture.set("title", words)

    def _read(self) -> tuple[Text | None, tuple[Problem, ...]]:
        root = find_root() or Path()
        return read_text(root, self._extension.getConfig("data"))


class _Unmark(Postprocessor):
    """Wipes the line marks out of code."""

    def __init__(self, md: Markdown, slots: SlotsExtension) -> None:
        super().__init__(md)
        self._slots = slots

    def run(self, text: str) -> str:
        return self._slots.restored(text)


def _set_figure(slot: Element, demands: list[Demand], answers: list[Resolved]) -> None:
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


def _page(md: Markdown) -> tuple[str, Mapping[str, Any]]:
    """Return the page's path and front matter, where the host leaves them within reach.

    Neither place is documented: MkDocs and ProperDocs keep the file in their link processor, Zensical
    in a preprocessor of its own. A test for each host watches over them.
    """
    with suppress(KeyError):
        file = md.treeprocessors["relpath"].file  # type: ignore[attr-defined]
        return f"docs/{file.src_uri}", getattr(file.page, "meta", None) or {}
    with suppress(KeyError):
        page = md.preprocessors["rendering_context"].page  # type: ignore[attr-defined]
        return str(getattr(page, "path", "teksten")), getattr(page, "meta", None) or {}
    return "teksten", {}


def _reading(meta: Mapping[str, Any], today: date) -> Reading:
    """Return the page's day: its ``updated`` or ``date`` where it has one, today elsewhere."""
    for key in ("updated", "date"):
        value = meta.get(key)
        day = value.date() if isinstance(value, datetime) else value
        if isinstance(day, str):
            try:
                day = parse_day(day[:10])
            except DateError:
                continue
        if isinstance(day, date):
            return Reading(day, max(today, day), is_dated=True)
    return Reading(today, today, is_dated=False)


@lru_cache(maxsize=4)
def _figures(text: Text | None, today: date, day: date) -> Figures:
    """Read the figures once for all pages of a build: a host makes a new converter for each page."""
    figures, problems = read_figures(text, today)
    errors = [problem for problem in problems if not problem.warning]
    if errors:
        raise ContentError(errors)
    return public(figures, day)


def makeExtension(**options: Any) -> FigureExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension, for ``markdown_extensions: [magazine.figure_markdown]``."""
    return FigureExtension(**options)
