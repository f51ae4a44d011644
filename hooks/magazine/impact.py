"""What a change of the figures will do to the magazine, before it is published.

Two examinations of the same texts, one with the figures of a Git revision and one with those of the
working tree, are laid beside each other: what will read differently, what will no longer hold, which
notes are added. Nothing is built.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from magazine.blocks.model import CHARTS, Block, Kind
from magazine.figures.model import Figures
from magazine.problems import Place, Problem
from magazine.prose import sentences
from magazine.references import Demand
from magazine.resolve import Resolved
from magazine.site import Page, Site, Text
from magazine.values import print_value

#: What a reader calls the places where a text shows, and where else the same words come out.
_SURFACES = {
    "title": "overskrift (også i lister, feed, delekort og <title>)",
    "kicker": "kicker (også i lister)",
    "description": "underrubrik (også i lister, feed og delekort)",
    "body": "brødtekst (også i feed)",
    "image.alt": "billedets alt-tekst",
    "image.caption": "billedtekst",
    "image.credit": "billedets kreditering",
}
_BLOCKS = {
    **dict.fromkeys(CHARTS, "graf (i feed en tabel)"),
    Kind.BOX: "nøgletal (også i feed)",
    Kind.TABLE: "tabel (også i feed)",
}


@dataclass(frozen=True)
class Rewording:
    """A sentence that the build will print differently."""

    place: Place
    surface: str
    before: str
    after: str


@dataclass(frozen=True)
class NewRemark:
    """A sentence that is added under *Tallene i artiklen*."""

    place: Place
    words: str
    remark: str


@dataclass(frozen=True)
class Impact:
    """Everything that a change of the figures does."""

    rewordings: tuple[Rewording, ...]
    failures: tuple[Problem, ...]
    """Errors that were not there before."""
    remarks: tuple[NewRemark, ...]
    lost: tuple[Problem, ...]
    """Observations that are gone or were changed in place: warnings."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing will change for anybody."""
        return not (self.rewordings or self.failures or self.remarks or self.lost)


def compare(
    before: tuple[Site, Sequence[Problem]], after: tuple[Site, Sequence[Problem]], data_file: str
) -> Impact:
    """Lay two examinations of the same texts beside each other.

    Args:
        before: the site with the old figures, and its problems.
        after: the site with the new ones.
        data_file: the figures' file, for the places of what is lost.
    """
    old_site, old_problems = before
    new_site, new_problems = after
    known = {str(problem) for problem in old_problems}
    rewordings: list[Rewording] = []
    remarks: list[NewRemark] = []
    for path, new_page in new_site.pages.items():
        old_page = old_site.pages.get(path)
        if old_page is None:
            continue
        for block in _block_pairs(old_page, new_page):
            place = Place(path, block.line)
            old_words, new_words = _block_words(block.old), _block_words(block.new)
            if old_words != new_words:
                rewordings.append(Rewording(place, _BLOCKS[block.new.kind], old_words, new_words))
            known_answers = {answer.keys: answer for answer in block.old.answers}
            remarks += [
                NewRemark(place, answer.words, remark)
                for answer in block.new.answers
                if answer.keys in known_answers
                for remark in _added(known_answers[answer.keys], answer)
            ]
        for old, new in _pairs(old_page, new_page):
            place = Place(path, new.demand.line)
            if new.answer.words != old.answer.words:
                rewordings.append(Rewording(place, new.surface, old.sentence, new.sentence))
            remarks += [
                NewRemark(place, new.answer.words, remark) for remark in _added(old.answer, new.answer)
            ]
    failures = [problem for problem in new_problems if not problem.warning and str(problem) not in known]
    return Impact(
        tuple(rewordings),
        tuple(failures),
        tuple(dict.fromkeys(remarks)),
        tuple(_lost(old_site.figures, new_site.figures, data_file)),
    )


@dataclass(frozen=True)
class _Shown:
    """A reference with its answer, where it stands."""

    surface: str
    demand: Demand
    answer: Resolved
    sentence: str
    """As it is printed, other references filled in too."""


def _pairs(old_page: Page, new_page: Page) -> Iterator[tuple[_Shown, _Shown]]:
    for key, new_text in new_page.texts.items():
        old_text = old_page.texts.get(key)
        if old_text is None or old_text.rendered.demands != new_text.rendered.demands:
            continue
        surface = _SURFACES.get(key, "rettelse" if key.startswith("corrections") else key)
        yield from zip(_shown(surface, old_text), _shown(surface, new_text), strict=True)


def _shown(surface: str, text: Text) -> Iterator[_Shown]:
    printed = sentences(text.rendered.demands, [answer.words for answer in text.answers])
    for demand, answer, sentence in zip(text.rendered.demands, text.answers, printed, strict=True):
        yield _Shown("mellemrubrik" if demand.in_heading else surface, demand, answer, sentence)


@dataclass(frozen=True)
class _BlockPair:
    """A block with the old figures and with the new ones."""

    line: int
    old: Block
    new: Block


def _block_words(block: Block) -> str:
    return f"{block.title.plain}: {block.summary}"


def _block_pairs(old_page: Page, new_page: Page) -> Iterator[_BlockPair]:
    asked = new_page.body.rendered.blocks
    if old_page.body.rendered.blocks != asked:
        return
    for demand, old, new in zip(asked, old_page.body.blocks, new_page.body.blocks, strict=True):
        if old is not None and new is not None:
            yield _BlockPair(demand.line, old, new)


def _added(old: Resolved, new: Resolved) -> list[str]:
    known = old.note.remarks if old.note else ()
    return [remark for remark in (new.note.remarks if new.note else ()) if remark not in known]


def _lost(old: Figures, new: Figures, data_file: str) -> Iterator[Problem]:
    now = {observation.key: observation for observation in new.observations}
    for observation in old.observations:
        indicator = old.indicators[observation.indicator]
        printed = print_value(observation.value, indicator.unit)
        found = now.get(observation.key)
        if found is None:
            yield Problem(
                Place(data_file),
                f"{observation.key} ({printed}) er væk. Tal slettes ikke: læg det tilbage, og tilføj det nye "
                "med «erstatter».",
                warning=True,
            )
        elif found.value.text != observation.value.text and len(found.mended) == len(observation.mended):
            yield Problem(
                found.place,
                f"{observation.key} er ændret fra {printed} til "
                f"{print_value(found.value, indicator.unit)} uden forklaring. Har kilden et nyt tal, så "
                "tilføj en observation med «erstatter»; skrev vi forkert af, så tilføj «rettet».",
                warning=True,
            )
