"""A file of declared sections: each a single entry, or entries by the names that the rest refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from magazine.addresses import is_name, name_wanted
from magazine.entries import UNKNOWN, Entry, EntryType, Lines, read_entry
from magazine.problems import Place, Problem, did_you_mean
from magazine.sources import Mapping as YamlMapping
from magazine.sources import Scalar, parse_yaml, read_text
from magazine.sources import Sequence as YamlSequence

_EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\".]+")
_TELEPHONE = re.compile(r"\+?[0-9](?: ?[0-9]){4,14}")


class Sections(Struct, frozen=True):
    """The sections of one file; collects problems as they are read."""

    path: str
    node: YamlMapping
    problems: list[Problem]
    unread: set[str]
    """Sections that cannot be read, of which something is told already."""
    trapped: frozenset[int]
    """Lines that YAML reads otherwise than they look; what comes of that is no fault of its own."""
    faulty: dict[str, list[str]] = field(default_factory=dict)
    """By section, names whose entries have faults."""

    def told(self) -> tuple[Problem, ...]:
        """Return what was found, without what a trap has eaten."""
        return tuple(problem for problem in self.problems if problem.place.line not in self.trapped)

    def one(self, section: str, model: type[EntryType]) -> tuple[EntryType | None, Lines]:
        """Read a section that is a single entry.

        Args:
            section: its name.
            model: what may stand in it.

        Returns:
            The entry, ``None`` where it is missing or cannot be read; and where its keys stand.
        """
        node = self.node.get(section)
        if node is None:
            self.missing(section)
            return None, Lines(self.path, 1, {})
        entry, lines, problems = read_entry(node, model, self.path, f"«{section}»")
        self.problems.extend(problems)
        return entry, lines

    def named(
        self, section: str, model: type[EntryType], what: str, *, required: bool = False
    ) -> Iterator[tuple[str, EntryType, Lines]]:
        """Yield the sound entries of a section by their names.

        Args:
            section: its name.
            model: what may stand in an entry; it has a ``name``.
            what: what an entry is, as a message begins: ``kategorien``.
            required: whether the section must be there.
        """
        node = self.node.get(section)
        if node is None and required:
            self.missing(section)
        if node is None or (isinstance(node, Scalar) and not node.text):
            return
        if not isinstance(node, YamlMapping):
            self.tell(Place(self.path, node.line), f"«{section}» skal bestå af navne med nøgler under sig.")
            self.unread.add(section)
            return
        for key, value in node.entries:
            if not is_name(key.text):
                self.tell(
                    Place(self.path, key.line),
                    f"navnet «{key.text}» kan ikke bruges: {name_wanted(key.text)}",
                )
                continue
            entry, lines, problems = read_entry(
                value, model, self.path, f"{what} «{key.text}»", key.line, key.text
            )
            self.problems.extend(problems)
            name = getattr(entry, "name", "")
            if entry is not None and not name.strip():
                self.tell(lines.of("navn"), f"{what} «{key.text}» har intet «navn».")
            if entry is None or not name.strip():
                self.faulty.setdefault(section, []).append(key.text)
            else:
                yield key.text, entry, lines

    def filled(self, section: str, entry: Entry, lines: Lines) -> dict[str, str]:
        """Return an entry's texts by key, and tell where nothing stands at one.

        Args:
            section: the entry's.
            entry: one whose keys are all texts.
            lines: where they stand.
        """
        texts = {}
        for name, declared in type(entry).model_fields.items():
            key, about = declared.alias or name, declared.description or ""
            texts[key] = str(getattr(entry, name))
            if not texts[key].strip():
                may_be_unknown = about.endswith(f"{UNKNOWN}.")
                what = (
                    f". Skriv {UNKNOWN}, hvis ingen ved det."
                    if may_be_unknown
                    else f": {about[:1].lower()}{about[1:]}"
                )
                self.tell(lines.of(key), f"«{key}» under «{section}» er tom{what}")
        return {key: text for key, text in texts.items() if text.strip()}

    def check_email(self, text: str, place: Place) -> None:
        """Tell where a text is no e-mail address and not ``ukendt``."""
        if text != UNKNOWN and not _EMAIL.fullmatch(text):
            self.tell(place, f"«{text}» er ikke en e-mailadresse. Skriv navn@sted.dk, eller {UNKNOWN}.")

    def check_telephone(self, text: str, place: Place) -> None:
        """Tell where a text is no telephone number and not ``ukendt``."""
        if text != UNKNOWN and not _TELEPHONE.fullmatch(text):
            self.tell(
                place, f"«{text}» er ikke et telefonnummer. Skriv cifre med mellemrum, eller {UNKNOWN}."
            )

    def missing(self, section: str) -> None:
        """Tell that a section is not there, unless something is told of it already."""
        if section not in self.unread:
            self.problems.append(missing_section(self.path, self.node, section))
            self.unread.add(section)

    def tell(self, place: Place, message: str) -> None:
        """Note a fault."""
        self.problems.append(Problem(place, message))


def read_sections(root: Path, path: str, names: Sequence[str]) -> tuple[Sections | None, tuple[Problem, ...]]:
    """Read a file of sections.

    Args:
        root: the repository's folder.
        path: the file in it.
        names: the sections that it may have.

    Returns:
        The sections, or ``None`` with what is wrong with the file as a whole.
    """
    text, problems = read_text(root, path)
    if text is None:
        return None, problems
    node, traps = parse_yaml(text.text, path)
    if node is None:
        return None, traps
    if not isinstance(node, YamlMapping):
        return None, (Problem(Place(path), f"filen skal bestå af {', '.join(names)}."),)
    found = unknown_sections(path, node, names)
    # A section that is misspelt is missing, too; that is one fault, told once.
    meant = {name for name in names if any(f"Mente du «{name}»?" in problem.message for problem in found)}
    trapped = frozenset(problem.place.line for problem in traps)
    return Sections(path, node, found, meant, trapped), traps


def unknown_sections(path: str, root: YamlMapping, names: Sequence[str]) -> list[Problem]:
    """Return a problem for each section that a file cannot have.

    Args:
        path: the file.
        root: what is in it.
        names: the sections that it may have.
    """
    problems = []
    above = ""
    for key, value in root.entries:
        if key.text in names:
            above = key.text
            continue
        near = did_you_mean(key.text, names)
        if not near and above and not isinstance(value, YamlSequence):
            near = f" Hører «{key.text}» til i «{above}», så ryk den ind som de andre dér."
        told = f"filen kender ikke afsnittet «{key.text}».{near} Der kan stå: {', '.join(names)}."
        problems.append(Problem(Place(path, key.line), told))
    return problems


def missing_section(path: str, root: YamlMapping, section: str) -> Problem:
    """Return the problem of a section that is not there, or is part of another.

    Args:
        path: the file.
        root: what is in it.
        section: the section.
    """
    line = root.line_within(section)
    if line is None:
        return Problem(Place(path, root.line), f"filen mangler afsnittet «{section}».")
    told = f"afsnittet «{section}» er rykket ind under et andet. Det skal stå helt ude til venstre."
    return Problem(Place(path, line), told)


def known(text: str) -> str | None:
    """Return a text; ``None`` for ``ukendt``."""
    return None if text == UNKNOWN else text
