"""What a change of the figures will do to the magazine, before it is published.

Two examinations of the same texts, one with the figures of a Git revision and one with those of the
working tree, are laid beside each other: what will read differently, what will no longer hold, which
notes are added. Nothing is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from magazine.blocks.model import CHARTS, Block, Kind
from magazine.figures.model import Figures
from magazine.problems import Place, Problem
from magazine.prose import sentences
from magazine.resolve import Resolved
from magazine.site import Page, Site, Text
from magazine.values import print_value

#: What a reader calls the places where a text shows, and where else the same words come out: first of an
#: article, then of a standing page.
_SURFACES = {
    "title": ("overskrift (også i lister, feed og delekort)", "overskrift (også i menu og delekort)"),
    "kicker": ("kicker (også i lister)", "kicker"),
    "description": ("underrubrik (også i lister, feed og delekort)", "underrubrik (også i delekort)"),
    "body": ("brødtekst (også i feed)", "brødtekst"),
    "image.alt": ("billedets alt-tekst", "billedets alt-tekst"),
    "image.caption": ("billedtekst", "billedtekst"),
    "image.credit": ("billedets kreditering", "billedets kreditering"),
}
_BLOCKS = {**dict.fromkeys(CHARTS, "graf"), Kind.BOX: "nøgletal", Kind.TABLE: "tabel"}


class Rewording(Struct, frozen=True):
    """A sentence that the build will print differently."""

    place: Place
    surface: str
    before: str
    after: str


class NewRemark(Struct, frozen=True):
    """A sentence that is added under *Tallene i artiklen*."""

    place: Place
    name: str
    """The figure's, or the block's."""
    remark: str


class NewCorrection(Struct, frozen=True):
    """A correction that an article will carry."""

    place: Place
    day: date
    text: str


class Impact(Struct, frozen=True):
    """Everything that a change of the figures does."""

    rewordings: tuple[Rewording, ...]
    failures: tuple[Problem, ...]
    """Errors that were not there before."""
    warnings: tuple[Problem, ...]
    """Warnings that were not there before."""
    remarks: tuple[NewRemark, ...]
    corrections: tuple[NewCorrection, ...]
    lost: tuple[Problem, ...]
    """Observations that are gone or were changed in place: warnings."""
    left: int = 0
    """How many errors were there before and still are: what they stop is not looked at."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing will change for anybody."""
        return not any(
            (self.rewordings, self.failures, self.warnings, self.remarks, self.corrections, self.lost)
        )


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
    told = [problem for problem in new_problems if str(problem) not in known]
    rewordings: list[Rewording] = []
    remarks: list[NewRemark] = []
    corrections: list[NewCorrection] = []
    for path, new_page in new_site.pages.items():
        old_page = old_site.pages.get(path)
        if old_page is None:
            continue
        is_article = path not in new_site.standing
        for old, new in _pairs(old_page, new_page, is_article=is_article):
            # What cannot be answered is told as a problem; here it would only say that words are missing.
            if not new.answered:
                continue
            place = Place(path, new.line)
            if new.words != old.words:
                rewordings.append(Rewording(place, new.surface, old.sentence, new.sentence))
            remarks += [NewRemark(place, *remark) for remark in new.remarks if remark not in old.remarks]
        corrections += [
            NewCorrection(Place(path), correction.day, correction.text)
            for correction in new_page.corrections
            if correction not in old_page.corrections
        ]
    return Impact(
        tuple(_once(rewordings)),
        tuple(problem for problem in told if not problem.warning),
        tuple(problem for problem in told if problem.warning),
        tuple(dict.fromkeys(remarks)),
        tuple(corrections),
        tuple(_lost(old_site.figures, new_site.figures, data_file)),
        sum(not problem.warning for problem in new_problems) - sum(not problem.warning for problem in told),
    )


def _once(rewordings: Iterable[Rewording]) -> Iterator[Rewording]:
    """Yield each sentence once, though several figures in it change."""
    seen = set()
    for change in rewordings:
        key = (change.place.path, change.surface, change.before, change.after)
        if key not in seen:
            seen.add(key)
            yield change


class _Shown(Struct, frozen=True):
    """A reference, or a block of figures, where it stands."""

    surface: str
    line: int
    words: str
    """What is compared: the reference's words, or all of a block's figures."""
    sentence: str
    """As it is printed, other references filled in too."""
    remarks: tuple[tuple[str, str], ...]
    """What they are about, and what they say."""
    answered: bool


def _pairs(old_page: Page, new_page: Page, *, is_article: bool) -> Iterator[tuple[_Shown, _Shown]]:
    for key, new_text in new_page.texts.items():
        old_text = old_page.texts.get(key)
        if old_text is None or old_text.rendered != new_text.rendered:
            continue
        names = _SURFACES.get(key, ("rettelse", "rettelse") if key.startswith("corrections") else (key, key))
        surface = names[0] if is_article else names[1]
        yield from zip(_references(surface, old_text), _references(surface, new_text), strict=True)
        for number, (old_block, new_block) in enumerate(zip(old_text.blocks, new_text.blocks, strict=True)):
            if isinstance(old_block, Block) and isinstance(new_block, Block):
                line = new_text.rendered.blocks[number].line
                where = _BLOCKS[new_block.kind] + (" (også i feed)" if is_article else "")
                yield _block(old_block, line, where), _block(new_block, line, where)


def _references(surface: str, text: Text) -> Iterator[_Shown]:
    printed = sentences(text.rendered.demands, [answer.words for answer in text.answers])
    for demand, answer, sentence in zip(text.rendered.demands, text.answers, printed, strict=True):
        where = f"mellemrubrik i {surface}" if demand.in_heading else surface
        answered = bool(answer.keys) and not answer.problems
        yield _Shown(where, demand.line, answer.words, sentence.text, _remarks(answer), answered)


def _block(block: Block, line: int, surface: str) -> _Shown:
    shown = "; ".join(f"{figure.label}: {figure.words}" for figure in block.figures)
    title = block.title.plain
    words = " ".join((title, block.text.plain if block.text else "", block.subtitle, shown))
    remarks = [(title, remark) for remark in block.remarks]
    remarks += [remark for answer in block.answers for remark in _remarks(answer)]
    return _Shown(surface, line, words, f"{title}: {shown}", tuple(dict.fromkeys(remarks)), answered=True)


def _remarks(answer: Resolved) -> tuple[tuple[str, str], ...]:
    return tuple((answer.note.name, remark) for remark in answer.note.remarks) if answer.note else ()


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
