"""Front matter: the lines between the two rules at the top of a file, and what articles and pages share."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from urllib.parse import unquote

from msgspec import Struct
from pydantic import Field

from magazine.addresses import is_path, meant_path, name_of
from magazine.danish.dates import DateError, Moment, parse_day, parse_moment
from magazine.entries import Entry, EntryType, Lines, aliases, read_entry, salvage
from magazine.leftovers import describes_nothing
from magazine.pictures import MIDDLE, FocusError, parse_focus
from magazine.problems import Place, Problem, did_you_mean
from magazine.sources import Asset, Node, Text, is_picture, parse_yaml
from magazine.sources import Mapping as YamlMapping

_RULE = "---"
#: What a word processor makes of it, or a hand.
_FALSE_RULES = ("—", "–", "--", "----", "—-", "–-", "–––", "———", "+++")
#: As many names as somebody reads through.
_CHOICES = 12


class PortraitEntry(Entry):
    """A picture that speaks for itself."""

    src: str = Field(description="Stien fra filen til billedet: ../../docs/images/sal.svg.")
    alt: str = Field(description="Hvad billedet viser, til dem, der ikke kan se det.")
    credit: str = Field(description="Hvem der har lavet det: Foto: Navn.")
    focus: str | None = Field(
        None, description="Hvor blikket skal hen, når et foto beskæres: 50% 30%, eller øverst."
    )


class ImageEntry(PortraitEntry):
    """A picture with a caption."""

    caption: str | None = Field(None, description="Billedteksten.")


class Image(Struct, frozen=True):
    """A page's picture."""

    path: str
    """In the repository."""
    alt: str
    credit: str
    caption: str = ""
    focus: tuple[int, int] = MIDDLE
    """Where the eye should go: percent from the left and from the top."""


class Fragment(Struct, frozen=True):
    """A file that became neither article nor page; what can be read of its text is checked all the same."""

    path: str
    body: str = ""
    body_line: int = 1


class Parts(Struct, frozen=True):
    """A file taken apart."""

    body: str
    body_line: int
    """The line of the file on which the body begins."""
    lines: Lines
    given_up: frozenset[str] = frozenset()
    """Keys whose fault is told, and whose value nobody may trust."""


def read_front_matter(
    text: Text, model: type[EntryType]
) -> tuple[EntryType | None, Parts, tuple[Problem, ...]]:
    """Take a file apart and read its front matter.

    Args:
        text: the file.
        model: the keys that may stand there.

    Returns:
        The keys, of a faulty one as much as can be read, or ``None`` where nothing can; the parts of the
        file; and the problems.
    """
    path = text.path
    lines = text.text.split("\n")
    required = ", ".join(aliases(model, required=True))
    nothing = Parts(text.text, 1, Lines(path, 1, {}))
    if lines[0].strip() != _RULE:
        told = f"filen skal begynde med en linje med «---», så {required}, og så «---» igen."
        if lines[0].strip() in _FALSE_RULES:
            told = (
                f"«{lines[0].strip()}» skal være tre bindestreger: «---». Det skal linjen efter "
                "oplysningerne også. Skriveprogrammet kan have lavet dem om."
            )
        return None, nothing, (Problem(Place(path), told),)
    end = _end_of(lines)
    if end is None:
        return (
            None,
            Parts("", 1, Lines(path, 1, {})),
            (
                Problem(
                    Place(path), ("oplysningerne øverst er ikke lukket: skriv en linje med «---» efter dem.")
                ),
            ),
        )
    body, body_line = "\n".join(lines[end + 1 :]), end + 2
    node, traps = _parse(lines, end, path)
    if node is None and traps:
        return None, Parts(body, body_line, Lines(path, 1, {})), traps
    entry, where, problems = read_entry(node or YamlMapping((), 1), model, path, "oplysningerne øverst")
    # What a trap has eaten is no fault of its own.
    trapped = {problem.place.line for problem in traps}
    given_up = frozenset(key.partition(".")[0] for key, line in where.keys.items() if line in trapped)
    problems = tuple(problem for problem in problems if problem.place.line not in trapped)
    if entry is None:
        entry, lost = salvage(node, model)
        given_up |= lost
    return entry, Parts(body, body_line, Lines(path, 1, where.keys), given_up), (*traps, *problems)


def parse_front_matter(text: Text) -> Node | None:
    """Return the front matter of a file as it was written; ``None`` where it cannot be read."""
    lines = text.text.split("\n")
    end = _end_of(lines) if lines[0].strip() == _RULE else None
    return _parse(lines, end, text.path)[0] if end is not None else None


def _end_of(lines: Sequence[str]) -> int | None:
    """Return the index of the rule that ends the front matter."""
    return next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == _RULE), None)


def _parse(lines: Sequence[str], end: int, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
    return parse_yaml("\n".join(lines[1:end]) + "\n", path, first_line=2)


class Checks(Struct, frozen=True):
    """The checks of single keys; collects problems at their lines."""

    path: str
    lines: Lines
    problems: list[Problem]
    given_up: frozenset[str] = frozenset()
    """Keys of which nothing more is said."""

    @classmethod
    def of(cls, parts: Parts, problems: list[Problem]) -> Checks:
        """Return the checks of a file taken apart."""
        return cls(parts.lines.path, parts.lines, problems, parts.given_up)

    def tell(self, key: str, message: str, *, warning: bool = False) -> None:
        """Note a problem at a key's line."""
        if self.given_up.isdisjoint((key, key.partition(".")[0])):
            self.problems.append(Problem(self.lines.of(key), message, warning))

    def moment(self, key: str, text: str) -> Moment | None:
        """Parse a day with or without an hour; what was given up is no day."""
        if key in self.given_up:
            return None
        try:
            return parse_moment(text)
        except DateError as error:
            self.tell(key, str(error))
            return None

    def day(self, key: str, text: str | None) -> date | None:
        """Parse a day."""
        if text is None or key.partition(".")[0] in self.given_up:
            return None
        try:
            return parse_day(text)
        except DateError as error:
            self.tell(key, str(error))
            return None

    def known(self, key: str, name: str, names: Collection[str], what: str) -> None:
        """Check an id of the editorial data."""
        if name not in names:
            near = f" Mente du «{name_of(name)}»?" if name_of(name) in names else did_you_mean(name, names)
            choices = f" Der kan stå: {', '.join(names)}." if 0 < len(names) <= _CHOICES and not near else ""
            choices += "" if near else " Er det en ny, så opret den dér først."
            self.tell(key, f"{what} «{name}» findes ikke i data/redaktion.yml.{near}{choices}")

    def once(self, key: str, names: Sequence[str]) -> None:
        """Check that no name of a list stands there twice."""
        for index, name in enumerate(names):
            if name in names[:index]:
                self.tell(f"{key}.{index}", f"«{name}» står to gange under «{key}». Slet den ene.")

    def filled(self, **texts: str) -> None:
        """Check that required texts are not empty."""
        for key, text in texts.items():
            if not text.strip():
                self.tell(key, f"«{key}» er tom.")

    def image(
        self, entry: PortraitEntry | None, assets: Mapping[str, Asset], key: str = "image"
    ) -> Image | None:
        """Check a picture and find its file.

        Args:
            entry: what is written of it.
            assets: the files that there are, by path.
            key: under which it is written.
        """
        if entry is None:
            return None
        here = posixpath.dirname(self.path)
        path = posixpath.normpath(posixpath.join(here, unquote(entry.src)))
        if not entry.src.strip():
            self.tell(f"{key}.src", "billedets «src» er tom.")
        elif not is_path(entry.src):
            self.tell(
                f"{key}.src",
                f"«{entry.src}» er ikke en sti til et billede. Læg billedet i docs/images, og skriv stien "
                f"fra denne fil: {posixpath.relpath('docs/images', here)}/navn.jpg.",
            )
        elif path not in assets:
            self.tell(
                f"{key}.src", f"billedet «{entry.src}» findes ikke ({path}).{meant_path(path, here, assets)}"
            )
        elif not is_picture(path):
            self.tell(f"{key}.src", f"«{entry.src}» er ikke et billede.")
        for inner in ("alt", "credit"):
            if not getattr(entry, inner).strip():
                self.tell(f"{key}.{inner}", f"billedets «{inner}» er tom.")
        if describes_nothing(entry.alt):
            told = f"«{entry.alt}» siger ikke, hvad billedet viser, til dem, der ikke kan se det. Skriv det."
            self.tell(f"{key}.alt", told, warning=True)
        focus = MIDDLE
        try:
            focus = parse_focus(entry.focus or "")
        except FocusError as error:
            self.tell(f"{key}.focus", str(error))
        caption = entry.caption if isinstance(entry, ImageEntry) else None
        return Image(path, entry.alt, entry.credit, caption or "", focus)
