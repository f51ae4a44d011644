"""Front matter: the lines between the two rules at the top of a file, and what articles and pages share."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from pydantic import Field

from magazine.danish.dates import DateError, Moment, parse_day, parse_moment
from magazine.entries import Entry, EntryType, Lines, aliases, read_entry
from magazine.problems import Place, Problem, did_you_mean
from magazine.sources import Asset, Text, parse_yaml
from magazine.sources import Mapping as YamlMapping

_RULE = "---"


class ImageEntry(Entry):
    """A picture."""

    src: str = Field(description="Stien fra filen til billedet: ../../docs/images/sal.svg.")
    alt: str = Field(description="Hvad billedet viser, til dem, der ikke kan se det.")
    credit: str = Field(description="Hvem der har lavet det: Foto: Navn.")
    caption: str | None = Field(None, description="Billedteksten.")
    focus: str | None = Field(None, description="Hvor blikket skal hen, når billedet beskæres: 50% 30%.")


@dataclass(frozen=True)
class Image:
    """A page's picture."""

    path: str
    """In the repository."""
    alt: str
    credit: str
    caption: str = ""
    focus: str = ""


@dataclass(frozen=True)
class Parts:
    """A file taken apart."""

    body: str
    body_line: int
    """The line of the file on which the body begins."""
    lines: Lines


def read_front_matter(
    text: Text, model: type[EntryType]
) -> tuple[EntryType | None, Parts, tuple[Problem, ...]]:
    """Take a file apart and read its front matter.

    Args:
        text: the file.
        model: the keys that may stand there.
    """
    path = text.path
    lines = text.text.split("\n")
    required = ", ".join(aliases(model, required=True))
    nothing = Parts(text.text, 1, Lines(path, 1, {}))
    if lines[0].strip() != _RULE:
        return (
            None,
            nothing,
            (
                Problem(
                    Place(path),
                    (f"filen skal begynde med en linje med «---», så {required}, og så «---» igen."),
                ),
            ),
        )
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == _RULE), None)
    if end is None:
        return (
            None,
            nothing,
            (
                Problem(
                    Place(path), ("oplysningerne øverst er ikke lukket: skriv en linje med «---» efter dem.")
                ),
            ),
        )
    body, body_line = "\n".join(lines[end + 1 :]), end + 2
    node, problems = parse_yaml("\n".join(lines[1:end]) + "\n", path, first_line=2)
    parts = Parts(body, body_line, Lines(path, 1, {}))
    if problems:
        return None, parts, problems
    entry, where, problems = read_entry(node or YamlMapping((), 1), model, path, "oplysningerne øverst")
    return entry, Parts(body, body_line, Lines(path, 1, where.keys)), problems


@dataclass(frozen=True)
class Checks:
    """The checks of single keys; collects problems at their lines."""

    path: str
    lines: Lines
    problems: list[Problem]

    def tell(self, key: str, message: str) -> None:
        """Note a problem at a key's line."""
        self.problems.append(Problem(self.lines.of(key), message))

    def moment(self, key: str, text: str) -> Moment | None:
        """Parse a day with or without an hour."""
        try:
            return parse_moment(text)
        except DateError as error:
            self.tell(key, str(error))
            return None

    def day(self, key: str, text: str | None) -> date | None:
        """Parse a day."""
        if text is None:
            return None
        try:
            return parse_day(text)
        except DateError as error:
            self.tell(key, str(error))
            return None

    def known(self, key: str, name: str, names: Mapping[str, object], what: str) -> None:
        """Check an id of the editorial data."""
        if name not in names:
            self.tell(key, f"{what} «{name}» findes ikke i data/redaktion.yml.{did_you_mean(name, names)}")

    def filled(self, **texts: str) -> None:
        """Check that required texts are not empty."""
        for key, text in texts.items():
            if not text.strip():
                self.tell(key, f"«{key}» er tom.")

    def image(self, entry: ImageEntry | None, assets: Mapping[str, Asset]) -> Image | None:
        """Check a picture and find its file."""
        if entry is None:
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), unquote(entry.src)))
        if path not in assets:
            self.tell(
                "image.src", f"billedet «{entry.src}» findes ikke ({path}).{did_you_mean(path, assets)}"
            )
        for key in ("alt", "credit"):
            if not getattr(entry, key).strip():
                self.tell(f"image.{key}", f"billedets «{key}» er tom.")
        return Image(path, entry.alt, entry.credit, entry.caption or "", entry.focus or "")
