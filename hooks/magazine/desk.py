"""``data/redaktion.yml``: categories, authors, series, and whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from pydantic import Field

from magazine.entries import UNKNOWN, Entry, EntryType, Lines, as_bool, read_entry
from magazine.problems import Place, Problem, did_you_mean
from magazine.sources import Mapping as YamlMapping
from magazine.sources import Scalar, parse_yaml, read_text

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_SECTIONS = ("kategorier", "forfattere", "serier", "kontakt")


class CategoryEntry(Entry):
    """A category."""

    name: str = Field(alias="navn", description="Kategoriens navn, som læserne ser det.")
    text: str | None = Field(None, alias="tekst", description="En indledning til kategoriens side.")


class AuthorEntry(Entry):
    """An author."""

    name: str = Field(alias="navn", description="Navnet i bylinen.")
    role: str | None = Field(None, alias="rolle", description="Stilling eller rolle.")
    text: str | None = Field(None, alias="tekst", description="Et par linjer om forfatteren.")
    organisation: str | None = Field(
        None, alias="organisation", description="ja, hvis det ikke er et menneske."
    )


class SeriesEntry(Entry):
    """A series."""

    name: str = Field(alias="navn", description="Seriens navn.")
    text: str | None = Field(None, alias="tekst", description="Hvad serien handler om.")


class ContactEntry(Entry):
    """Whom to ask; what is not known is ``ukendt``."""

    editor: str = Field(
        alias="ansvarshavende", description="Den ansvarshavende redaktørs navn, eller ukendt."
    )
    email: str = Field(alias="email", description="Redaktionens e-mail, eller ukendt.")
    telephone: str = Field(alias="telefon", description="Redaktionens telefon, eller ukendt.")
    publisher: str = Field(alias="udgiver", description="Hvem der udgiver magasinet.")
    publisher_url: str = Field(alias="udgiver-url", description="Udgiverens side om mentornetværket.")
    mentor_url: str = Field(alias="mentor-url", description="Mentornetværkets egen side.")


@dataclass(frozen=True)
class Category:
    """A section of the magazine."""

    id: str
    name: str
    text: str | None = None


@dataclass(frozen=True)
class Author:
    """Who writes."""

    id: str
    name: str
    role: str | None = None
    text: str | None = None
    is_organisation: bool = False


@dataclass(frozen=True)
class Series:
    """Articles that belong together."""

    id: str
    name: str
    text: str | None = None


@dataclass(frozen=True)
class Contact:
    """Whom to ask; ``None`` is not known."""

    editor: str | None = None
    email: str | None = None
    telephone: str | None = None
    publisher: str = ""
    publisher_url: str = ""
    mentor_url: str = ""


@dataclass(frozen=True)
class Desk:
    """The editorial data."""

    categories: Mapping[str, Category] = field(default_factory=lambda: MappingProxyType({}))
    authors: Mapping[str, Author] = field(default_factory=lambda: MappingProxyType({}))
    series: Mapping[str, Series] = field(default_factory=lambda: MappingProxyType({}))
    contact: Contact = field(default_factory=Contact)
    is_readable: bool = True
    """False where ids cannot be judged, because the file could not be read."""

    def missing(self) -> tuple[str, ...]:
        """Return what readers would ask for and nobody has told, in Danish."""
        names = (
            ("ansvarshavende", self.contact.editor),
            ("email", self.contact.email),
            ("telefon", self.contact.telephone),
        )
        return tuple(name for name, value in names if value is None)


def read_desk(root: Path, path: str) -> tuple[Desk, tuple[Problem, ...]]:
    """Read the editorial data.

    Args:
        root: the repository's folder.
        path: the file in it.
    """
    text, problems = read_text(root, path)
    if text is None:
        return Desk(is_readable=False), problems
    node, problems = parse_yaml(text.text, path)
    if problems or node is None:
        return Desk(is_readable=False), problems
    if not isinstance(node, YamlMapping):
        return Desk(is_readable=False), (
            Problem(Place(path), f"filen skal bestå af {', '.join(_SECTIONS)}."),
        )
    found = [
        Problem(
            Place(path, key.line),
            f"filen kender ikke afsnittet «{key.text}».{did_you_mean(key.text, _SECTIONS)} "
            f"Der kan stå: {', '.join(_SECTIONS)}.",
        )
        for key, _ in node.entries
        if key.text not in _SECTIONS
    ]
    reader = _Reader(path, node, found)
    desk = Desk(
        MappingProxyType(reader.categories()),
        MappingProxyType(reader.authors()),
        MappingProxyType(reader.series()),
        reader.contact(),
    )
    return desk, tuple(found)


@dataclass(frozen=True)
class _Reader:
    """Reads the sections of one file; collects problems as it goes."""

    path: str
    node: YamlMapping
    problems: list[Problem]

    def categories(self) -> dict[str, Category]:
        return {
            name: Category(name, entry.name, entry.text)
            for name, entry, _ in self._entries("kategorier", CategoryEntry, "kategorien")
        }

    def authors(self) -> dict[str, Author]:
        found = {}
        for name, entry, lines in self._entries("forfattere", AuthorEntry, "forfatteren"):
            organisation = as_bool(entry.organisation)
            if organisation is None:
                self.problems.append(
                    Problem(
                        lines.of("organisation"),
                        (f"«organisation: {entry.organisation}» skal være ja eller nej."),
                    )
                )
            found[name] = Author(name, entry.name, entry.role, entry.text, bool(organisation))
        return found

    def series(self) -> dict[str, Series]:
        return {
            name: Series(name, entry.name, entry.text)
            for name, entry, _ in self._entries("serier", SeriesEntry, "serien")
        }

    def contact(self) -> Contact:
        node = self.node.get("kontakt")
        if node is None:
            self.problems.append(Problem(Place(self.path), "filen mangler afsnittet «kontakt»."))
            return Contact()
        entry, _, problems = read_entry(node, ContactEntry, self.path, "«kontakt»")
        self.problems.extend(problems)
        if entry is None:
            return Contact()
        return Contact(
            _known(entry.editor),
            _known(entry.email),
            _known(entry.telephone),
            entry.publisher,
            entry.publisher_url,
            entry.mentor_url,
        )

    def _entries(
        self, section: str, model: type[EntryType], what: str
    ) -> Iterator[tuple[str, EntryType, Lines]]:
        node = self.node.get(section)
        if node is None or (isinstance(node, Scalar) and not node.text):
            return
        if not isinstance(node, YamlMapping):
            self.problems.append(
                Problem(
                    Place(self.path, node.line), (f"«{section}» skal bestå af navne med nøgler under sig.")
                )
            )
            return
        for key, value in node.entries:
            if not _ID.match(key.text):
                self.problems.append(
                    Problem(
                        Place(self.path, key.line),
                        (f"navnet «{key.text}» kan ikke bruges: navne består af a–z, 0–9 og bindestreg."),
                    )
                )
                continue
            entry, lines, problems = read_entry(value, model, self.path, f"{what} «{key.text}»", key.line)
            self.problems.extend(problems)
            if entry is not None:
                yield key.text, entry, lines


def _known(text: str) -> str | None:
    return None if text == UNKNOWN else text
