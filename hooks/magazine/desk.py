"""``data/redaktion.yml``: categories, authors, series, and whom to ask."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field
from pydantic import Field

from magazine.entries import Entry, as_bool
from magazine.front_matter import Checks, Image, PortraitEntry
from magazine.problems import Problem
from magazine.sections import Sections, known, read_sections
from magazine.sources import Asset

_URL = re.compile(r"https?://[^\s/]+\.[^\s]+")
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
    image: PortraitEntry | None = Field(
        None, alias="billede", description="Et portræt til forfatterens side: src, alt og credit."
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


class Category(Struct, frozen=True):
    """A section of the magazine."""

    id: str
    name: str
    text: str | None = None


class Author(Struct, frozen=True):
    """Who writes."""

    id: str
    name: str
    role: str | None = None
    text: str | None = None
    is_organisation: bool = False
    image: Image | None = None
    """The portrait."""


class Series(Struct, frozen=True):
    """Articles that belong together."""

    id: str
    name: str
    text: str | None = None


class Contact(Struct, frozen=True):
    """Whom to ask; ``None`` is not known."""

    editor: str | None = None
    email: str | None = None
    telephone: str | None = None
    publisher: str = ""
    publisher_url: str = ""
    mentor_url: str = ""


class Desk(Struct, frozen=True):
    """The editorial data."""

    categories: Mapping[str, Category] = field(default_factory=lambda: MappingProxyType({}))
    authors: Mapping[str, Author] = field(default_factory=lambda: MappingProxyType({}))
    series: Mapping[str, Series] = field(default_factory=lambda: MappingProxyType({}))
    contact: Contact = field(default_factory=Contact)
    unread: frozenset[str] = frozenset()
    """Sections that could not be read, so that no id of theirs can be judged."""
    faulty: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """By section, ids whose entries have faults; that is told where they stand."""

    def ids(self, section: str) -> tuple[str, ...]:
        """Return the ids that stand in a section, whatever is wrong with their entries."""
        sound: Mapping[str, Mapping[str, object]] = {
            "kategorier": self.categories,
            "forfattere": self.authors,
            "serier": self.series,
        }
        return (*sound[section], *self.faulty.get(section, ()))

    def missing(self) -> tuple[str, ...]:
        """Return what readers would ask for and nobody has told, in Danish."""
        names = (
            ("ansvarshavende", self.contact.editor),
            ("email", self.contact.email),
            ("telefon", self.contact.telephone),
        )
        return tuple(name for name, value in names if value is None)


def read_desk(root: Path, path: str, assets: Mapping[str, Asset]) -> tuple[Desk, tuple[Problem, ...]]:
    """Read the editorial data.

    Args:
        root: the repository's folder.
        path: the file in it.
        assets: the pictures that there are, by path.
    """
    sections, problems = read_sections(root, path, _SECTIONS)
    if sections is None:
        return Desk(unread=frozenset(_SECTIONS)), problems
    reader = _Reader(sections, assets)
    categories, authors, series = reader.categories(), reader.authors(), reader.series()
    desk = Desk(
        MappingProxyType(categories),
        MappingProxyType(authors),
        MappingProxyType(series),
        reader.contact(),
        frozenset(sections.unread),
        MappingProxyType({section: tuple(ids) for section, ids in sections.faulty.items()}),
    )
    return desk, (*problems, *sections.told())


class _Reader(Struct, frozen=True):
    """Reads the sections of the file."""

    sections: Sections
    assets: Mapping[str, Asset]

    def categories(self) -> dict[str, Category]:
        return {
            name: Category(name, entry.name, entry.text)
            for name, entry, _ in self.sections.named(
                "kategorier", CategoryEntry, "kategorien", required=True
            )
        }

    def authors(self) -> dict[str, Author]:
        found = {}
        for name, entry, lines in self.sections.named("forfattere", AuthorEntry, "forfatteren"):
            organisation = as_bool(entry.organisation)
            if organisation is None:
                self.sections.tell(
                    lines.of("organisation"),
                    f"«organisation: {entry.organisation}» skal være ja eller nej.",
                )
            checks = Checks(self.sections.path, lines, self.sections.problems)
            image = checks.image(entry.image, self.assets, "billede")
            found[name] = Author(name, entry.name, entry.role, entry.text, bool(organisation), image)
        return found

    def series(self) -> dict[str, Series]:
        return {
            name: Series(name, entry.name, entry.text)
            for name, entry, _ in self.sections.named("serier", SeriesEntry, "serien")
        }

    def contact(self) -> Contact:
        entry, lines = self.sections.one("kontakt", ContactEntry)
        if entry is None:
            return Contact()
        texts = self.sections.filled("kontakt", entry, lines)
        for key, text in texts.items():
            if key.endswith("-url") and not _URL.fullmatch(text):
                self.sections.tell(
                    lines.of(key), f"«{key}: {text}» er ikke en adresse. Skriv den helt ud: https://…/"
                )
        if "email" in texts:
            self.sections.check_email(entry.email, lines.of("email"))
        if "telefon" in texts:
            self.sections.check_telephone(entry.telephone, lines.of("telefon"))
        return Contact(
            known(entry.editor),
            known(entry.email),
            known(entry.telephone),
            entry.publisher,
            entry.publisher_url,
            entry.mentor_url,
        )
