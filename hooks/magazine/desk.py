"""``data/redaktion.yml``: categories, authors, series, and whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from pydantic import Field

from magazine.addresses import is_name, name_of
from magazine.entries import UNKNOWN, Entry, EntryType, Lines, as_bool, read_entry
from magazine.front_matter import Checks, Image, PortraitEntry
from magazine.problems import Place, Problem, did_you_mean
from magazine.sources import Asset, Scalar, parse_yaml, read_text
from magazine.sources import Mapping as YamlMapping

_EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\".]+")
_TELEPHONE = re.compile(r"\+?\d[\d ]{3,}")
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
    image: Image | None = None
    """The portrait."""


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
    nothing = Desk(unread=frozenset(_SECTIONS))
    text, problems = read_text(root, path)
    if text is None:
        return nothing, problems
    node, traps = parse_yaml(text.text, path)
    if node is None:
        return nothing, traps
    if not isinstance(node, YamlMapping):
        return nothing, (Problem(Place(path), f"filen skal bestå af {', '.join(_SECTIONS)}."),)
    found = [
        Problem(
            Place(path, key.line),
            f"filen kender ikke afsnittet «{key.text}».{did_you_mean(key.text, _SECTIONS)} "
            f"Der kan stå: {', '.join(_SECTIONS)}.",
        )
        for key, _ in node.entries
        if key.text not in _SECTIONS
    ]
    # A section that is misspelt is missing, too; that is one fault, told once.
    meant = {name for name in _SECTIONS if any(f"Mente du «{name}»?" in problem.message for problem in found)}
    reader = _Reader(path, node, assets, found, meant)
    categories, authors, series = reader.categories(), reader.authors(), reader.series()
    desk = Desk(
        MappingProxyType(categories),
        MappingProxyType(authors),
        MappingProxyType(series),
        reader.contact(),
        frozenset(reader.unread),
        MappingProxyType({section: tuple(ids) for section, ids in reader.faulty.items()}),
    )
    trapped = {problem.place.line for problem in traps}
    return desk, (*traps, *(problem for problem in found if problem.place.line not in trapped))


@dataclass(frozen=True)
class _Reader:
    """Reads the sections of one file; collects problems as it goes."""

    path: str
    node: YamlMapping
    assets: Mapping[str, Asset]
    problems: list[Problem]
    unread: set[str]
    """Sections that cannot be read."""
    faulty: dict[str, list[str]] = field(default_factory=lambda: {section: [] for section in _SECTIONS})

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
            image = Checks(self.path, lines, self.problems).image(entry.image, self.assets, "billede")
            found[name] = Author(name, entry.name, entry.role, entry.text, bool(organisation), image)
        return found

    def series(self) -> dict[str, Series]:
        return {
            name: Series(name, entry.name, entry.text)
            for name, entry, _ in self._entries("serier", SeriesEntry, "serien")
        }

    def contact(self) -> Contact:
        node = self.node.get("kontakt")
        if node is None:
            self._missing("kontakt")
            return Contact()
        entry, lines, problems = read_entry(node, ContactEntry, self.path, "«kontakt»")
        self.problems.extend(problems)
        if entry is None:
            return Contact()
        self._check_contact(entry, lines)
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
        if node is None and section == "kategorier":
            self._missing(section)
        if node is None or (isinstance(node, Scalar) and not node.text):
            return
        if not isinstance(node, YamlMapping):
            self._tell(node.line, f"«{section}» skal bestå af navne med nøgler under sig.")
            self.unread.add(section)
            return
        for key, value in node.entries:
            if not is_name(key.text):
                self._tell(
                    key.line,
                    f"navnet «{key.text}» kan ikke bruges: navne består af a–z, 0–9 og bindestreg. Skriv "
                    f"{name_of(key.text) or 'navn'}.",
                )
                continue
            entry, lines, problems = read_entry(value, model, self.path, f"{what} «{key.text}»", key.line)
            self.problems.extend(problems)
            name = getattr(entry, "name", "")
            if entry is not None and not name.strip():
                self._tell(lines.of("navn").line, f"{what} «{key.text}» har intet «navn».")
            if entry is None or not name.strip():
                self.faulty[section].append(key.text)
            else:
                yield key.text, entry, lines

    def _check_contact(self, entry: ContactEntry, lines: Lines) -> None:
        texts = {key: str(getattr(entry, name)) for name, key in _contact_keys()}
        for key, text in texts.items():
            if not text.strip():
                self._tell(
                    lines.of(key).line,
                    f"«{key}» under «kontakt» er tom. Skriv {UNKNOWN}, hvis ingen ved det.",
                )
            elif key.endswith("-url") and not _URL.fullmatch(text):
                self._tell(
                    lines.of(key).line, f"«{key}: {text}» er ikke en adresse. Skriv den helt ud: https://…/"
                )
        if entry.email.strip() not in ("", UNKNOWN) and not _EMAIL.fullmatch(entry.email):
            self._tell(
                lines.of("email").line,
                f"«{entry.email}» er ikke en e-mailadresse. Skriv navn@sted.dk, eller {UNKNOWN}.",
            )
        if entry.telephone.strip() not in ("", UNKNOWN) and not _TELEPHONE.fullmatch(entry.telephone):
            self._tell(
                lines.of("telefon").line,
                f"«{entry.telephone}» er ikke et telefonnummer. Skriv cifrene, eller {UNKNOWN}.",
            )

    def _missing(self, section: str) -> None:
        if section not in self.unread:
            self.problems.append(Problem(Place(self.path), f"filen mangler afsnittet «{section}»."))
            self.unread.add(section)

    def _tell(self, line: int, message: str) -> None:
        self.problems.append(Problem(Place(self.path, line), message))


def _contact_keys() -> Iterator[tuple[str, str]]:
    for name, declared in ContactEntry.model_fields.items():
        yield name, declared.alias or name


def _known(text: str) -> str | None:
    return None if text == UNKNOWN else text
