"""``data/bliv-mentor.yml``: where the mentor network is, whom one writes to, and where the form goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct
from pydantic import Field

from magazine.addresses import parts_of
from magazine.danish.lists import listed
from magazine.entries import UNKNOWN, Entry
from magazine.problems import Problem
from magazine.sections import Sections, known, read_sections

_SECTIONS = ("steder", "kontakt", "formular")
#: Names that the Internet keeps for examples (RFC 2606): nobody receives anything there.
_MADE_UP = ("example", "test", "invalid", "example.com", "example.org", "example.net")
_HERE = ("127.0.0.1", "localhost", "::1")


class PlaceEntry(Entry):
    """A place."""

    name: str = Field(alias="navn", description="Stedets navn, som læserne ser det.")
    city: str | None = Field(None, alias="by", description="Byen, hvis stedet er en del af en.")


class ContactEntry(Entry):
    """Whom one writes to."""

    name: str = Field(alias="navn", description="Den, man kan skrive til, eller ukendt.")
    email: str = Field(alias="email", description="E-mail, eller ukendt.")
    telephone: str = Field(alias="telefon", description="Telefon, eller ukendt.")
    sign_up: str = Field(alias="tilmelding", description="Netværkets egen side, hvor man melder sig.")


class FormEntry(Entry):
    """The form."""

    endpoint: str = Field(alias="modtager", description="Adressen, formularen sendes til, eller ukendt.")
    purpose: str = Field(alias="formål", description="Hvad oplysningerne bruges til, i en sætning.")
    controller: str = Field(alias="dataansvarlig", description="Hvem der har ansvaret for oplysningerne.")
    retention: str = Field(alias="opbevaring", description="Hvor længe oplysningerne gemmes, i en sætning.")


class Spot(Struct, frozen=True):
    """A place where the network is."""

    id: str
    name: str
    city: str | None = None


class Form(Struct, frozen=True):
    """A form that can be sent; all that a person must know before consenting is known."""

    endpoint: str
    purpose: str
    controller: str
    retention: str

    @property
    def origin(self) -> str:
        """``https://host``, as a content security policy names it."""
        parts = urlsplit(self.endpoint)
        return f"{parts.scheme}://{parts.netloc}"


class Mentor(Struct, frozen=True):
    """What the landing page is made from beside its text; ``None`` is not known."""

    spots: tuple[Spot, ...] = ()
    name: str | None = None
    email: str | None = None
    telephone: str | None = None
    sign_up: str = ""
    form: Form | None = None

    def missing(self) -> tuple[str, ...]:
        """Return what people would ask for and nobody has told, in Danish."""
        names = (("modtager", self.form), ("email", self.email), ("telefon", self.telephone))
        return tuple(name for name, value in names if value is None)


def read_mentor(root: Path, path: str) -> tuple[Mentor, tuple[Problem, ...]]:
    """Read the landing page's data; a magazine without the file has no mentor network.

    Args:
        root: the repository's folder.
        path: the file in it.
    """
    if not (root / path).exists() and not (root / path).is_symlink():
        return Mentor(), ()
    sections, problems = read_sections(root, path, _SECTIONS)
    if sections is None:
        return Mentor(), problems
    reader = _Reader(sections)
    spots, contact, form = tuple(reader.spots()), reader.contact(), reader.form()
    mentor = Mentor(
        spots,
        known(contact.name) if contact else None,
        known(contact.email) if contact else None,
        known(contact.telephone) if contact else None,
        contact.sign_up if contact else "",
        form,
    )
    return mentor, (*problems, *sections.told())


class _Reader(Struct, frozen=True):
    """Reads the sections of the file."""

    sections: Sections

    def spots(self) -> Iterator[Spot]:
        for name, entry, _ in self.sections.named("steder", PlaceEntry, "stedet", required=True):
            yield Spot(name, entry.name, entry.city)

    def contact(self) -> ContactEntry | None:
        entry, lines = self.sections.one("kontakt", ContactEntry)
        if entry is None:
            return None
        texts = self.sections.filled("kontakt", entry, lines)
        if _is_made_up(entry.email.rpartition("@")[2]):
            self.sections.tell(lines.of("email"), f"«{entry.email}» er en opdigtet adresse. Skriv ukendt.")
        elif "email" in texts:
            self.sections.check_email(entry.email, lines.of("email"))
        if "telefon" in texts:
            self.sections.check_telephone(entry.telephone, lines.of("telefon"))
        parts = parts_of(entry.sign_up)
        if "tilmelding" in texts and (parts is None or parts.scheme != "https"):
            self.sections.tell(
                lines.of("tilmelding"),
                f"«tilmelding: {entry.sign_up}» skal være en adresse, der begynder med https://.",
            )
        return entry

    def form(self) -> Form | None:
        entry, lines = self.sections.one("formular", FormEntry)
        if entry is None or entry.endpoint == UNKNOWN:
            return None
        parts = parts_of(entry.endpoint)
        is_here = parts is not None and parts.hostname in _HERE
        if (
            parts is None
            or not parts.netloc
            or parts.scheme not in (("http", "https") if is_here else ("https",))
        ):
            self.sections.tell(
                lines.of("modtager"),
                f"«modtager: {entry.endpoint}» skal begynde med https://, eller være ukendt.",
            )
            return None
        if is_here:
            place = lines.of("modtager")
            what = f"«modtager: {entry.endpoint}» er denne maskine. Skriv den rigtige, før siden udgives."
            self.sections.problems.append(Problem(place, what, warning=True))
        if _is_made_up(parts.hostname or ""):
            self.sections.tell(
                lines.of("modtager"),
                f"«modtager: {entry.endpoint}» er en opdigtet adresse, hvor ingen tager imod. Skriv ukendt.",
            )
            return None
        lacking = [
            key
            for key, value in (
                ("formål", entry.purpose),
                ("dataansvarlig", entry.controller),
                ("opbevaring", entry.retention),
            )
            if value == UNKNOWN or not value.strip()
        ]
        if lacking:
            self.sections.tell(
                lines.of(lacking[0]),
                f"formularen kan ikke vises uden {listed([f'«{key}»' for key in lacking])}: den, der "
                "giver samtykke, skal vide det. Skriv det, eller sæt «modtager» til ukendt.",
            )
            return None
        return Form(entry.endpoint, entry.purpose, entry.controller, entry.retention)


def _is_made_up(host: str) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in _MADE_UP)
