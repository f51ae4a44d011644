"""``mkdocs.yml`` as far as the magazine asks of it.

The file is the host's: it may hold tags (``!ENV``, ``!!python/name:…``), anchors and keys that are none of
our business. So it is composed to nodes, never constructed, and only what is asked for is looked at.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import yaml
from msgspec import Struct

from magazine.addresses import is_path, parts_of
from magazine.problems import Place, Problem, did_you_mean
from magazine.sources import explain, list_files, read_text

_DEFAULT_NAME = "Kønformation"
_UNBOUND = ("error", "report")
_CARDS = ("draw", "none")
_EXTRA = ("promise", "unbound_figures", "social_cards")
#: How many files may inherit from each other; more is a circle.
_GENERATIONS = 5

Unbound = Literal["error", "report"]


class Settings(Struct, frozen=True):
    """The site's own facts."""

    name: str = _DEFAULT_NAME
    address: str = ""
    """The site's absolute address without a slash at the end."""
    base_path: str = ""
    """What stands before every address of the site: ``""``, or ``/folder``."""
    description: str = ""
    promise: str = ""
    """The magazine in one line; the description where nothing else is said."""
    nav: tuple[tuple[str, str], ...] = ()
    """Titles and paths of the standing pages in the menu, in order."""
    docs_dir: str = "docs"
    site_dir: str = "site"
    unbound_figures: Unbound = "error"
    """Whether a figure without a reference stops the build, or is reported."""
    social_cards: bool = True
    """Whether a card is drawn for each article, for those who share it."""


def read_settings(
    root: Path, config_file: str, environment: Mapping[str, str] | None = None
) -> tuple[Settings, tuple[Problem, ...]]:
    """Read the configuration.

    Args:
        root: the repository's folder.
        config_file: its name there.
        environment: what ``!ENV`` reads; the process's own where not given.
    """
    documents, problems = _load(root, config_file)
    if not documents:
        return Settings(), problems
    config = _Config(documents, os.environ if environment is None else environment)
    found = list(problems)
    docs_dir = posixpath.normpath(config.text("docs_dir") or "docs")
    if docs_dir.startswith(("..", "/")) or docs_dir == ".":
        place, _ = config.find("docs_dir") or (Place(config_file), None)
        found.append(Problem(place, f"«docs_dir: {docs_dir}» skal være en mappe her i magasinet: docs."))
        docs_dir = "docs"
    description = config.text("site_description")
    address = _address(config, found)
    settings = Settings(
        name=config.text("site_name") or _DEFAULT_NAME,
        address=address,
        base_path=parts.path if (parts := parts_of(address)) else "",
        description=description,
        promise=config.text("extra", "magazine", "promise") or description,
        nav=tuple(_nav(config, root, docs_dir, found)),
        docs_dir=docs_dir,
        site_dir=posixpath.normpath(config.text("site_dir") or "site"),
        unbound_figures=_options(config, found),
        social_cards=_choice(config, found, "social_cards", _CARDS) == "draw",
    )
    return settings, tuple(found)


class _Document(Struct, frozen=True):
    """One file's nodes."""

    path: str
    node: yaml.MappingNode


class _Config(Struct, frozen=True):
    """A configuration and those it inherits from, nearest first."""

    documents: tuple[_Document, ...]
    environment: Mapping[str, str]

    def find(self, *keys: str) -> tuple[Place, yaml.Node] | None:
        """Return the value under nested keys, and where its key stands."""
        return next(self.all(*keys), None)

    def all(self, *keys: str) -> Iterator[tuple[Place, yaml.Node]]:
        """Yield the values under nested keys, one for each file that has them."""
        for document in self.documents:
            node: yaml.Node = document.node
            place = Place(document.path)
            for key in keys:
                entry = _entry(node, key)
                if entry is None:
                    break
                place = Place(document.path, entry[0].start_mark.line + 1)
                node = entry[1]
            else:
                yield place, node

    def text(self, *keys: str) -> str:
        """Return a text, empty where there is none."""
        found = self.find(*keys)
        return self.value(found[1]) if found else ""

    def value(self, node: yaml.Node) -> str:
        """Return a node's text; ``!ENV`` is looked up, as MkDocs does: the first that is set, or the last."""
        if node.tag == "!ENV":
            names = node.value if isinstance(node, yaml.SequenceNode) else [node]
            *variables, default = (
                [str(name.value) for name in names] if len(names) > 1 else [names[0].value, ""]
            )
            return next((self.environment[name] for name in variables if name in self.environment), default)
        if isinstance(node, yaml.ScalarNode) and node.tag != "tag:yaml.org,2002:null":
            return str(node.value).strip()
        return ""


def _load(root: Path, config_file: str) -> tuple[tuple[_Document, ...], tuple[Problem, ...]]:
    documents: list[_Document] = []
    path: str = config_file
    while path and len(documents) < _GENERATIONS:
        text, problems = read_text(root, path)
        if text is None:
            return tuple(documents), problems
        try:
            # The slow loader on purpose: libyaml crashes on deep nesting, where Python only complains.
            node = yaml.compose(text.text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            return tuple(documents), (explain(error, text.text, path),)
        except RecursionError:
            return tuple(documents), (
                Problem(Place(path), "filen er for dybt indrykket til at være rigtig."),
            )
        if not isinstance(node, yaml.MappingNode):
            return tuple(documents), (Problem(Place(path), "filen skal bestå af nøgler med værdier."),)
        documents.append(_Document(path, node))
        parent = _entry(node, "INHERIT")
        path = posixpath.join(posixpath.dirname(path), str(parent[1].value)) if parent else ""
    return tuple(documents), ()


def _entry(node: yaml.Node, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    """Return a key with its value; the last one counts, as for the host."""
    entries = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((entry for entry in reversed(entries) if entry[0].value == key), None)


def _address(config: _Config, problems: list[Problem]) -> str:
    found = config.find("site_url")
    place = found[0] if found else Place(config.documents[0].path)
    written = config.value(found[1]) if found else ""
    parts = parts_of(written)
    if not written:
        problems.append(Problem(place, "«site_url» mangler. Skriv magasinets adresse: https://…/"))
    elif (
        parts is None
        or parts.scheme not in ("http", "https")
        or not parts.netloc
        or parts.query
        or parts.fragment
    ):
        problems.append(
            Problem(place, f"«site_url: {written}» er ikke en adresse. Skriv den helt ud: https://…/")
        )
    return written.rstrip("/")


def _options(config: _Config, problems: list[Problem]) -> Unbound:
    """Check the keys under ``extra.magazine``, and return what becomes of unbound figures."""
    for place, node in config.all("extra", "magazine"):
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if key.value not in _EXTRA:
                problems.append(
                    Problem(
                        Place(place.path, key.start_mark.line + 1),
                        f"«{key.value}» kendes ikke under extra.magazine."
                        f"{did_you_mean(str(key.value), _EXTRA)} "
                        f"Der kan stå: {', '.join(_EXTRA)}. Hvem man spørger, står i data/redaktion.yml.",
                    )
                )
    unbound = _choice(config, problems, "unbound_figures", _UNBOUND)
    return "report" if unbound == "report" else "error"


def _choice(config: _Config, problems: list[Problem], key: str, choices: tuple[str, ...]) -> str:
    """Return one of several words under ``extra.magazine``; the first where nothing is said."""
    found = config.find("extra", "magazine", key)
    word = config.value(found[1]) if found else choices[0]
    if found and word not in choices:
        problems.append(
            Problem(
                found[0],
                f"«{key}: {word}» kendes ikke.{did_you_mean(word, choices)} "
                f"Der kan stå: {', '.join(choices)}.",
            )
        )
    return word


def _nav(config: _Config, root: Path, docs_dir: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    found = config.find("nav")
    if found is None:
        return
    if not isinstance(found[1], yaml.SequenceNode):
        problems.append(Problem(found[0], "«nav» skal være en liste: «- Om magasinet: om.md»."))
        return
    known = set(list_files(root, docs_dir, ".md")[0])
    for item in found[1].value:
        place = Place(found[0].path, item.start_mark.line + 1)
        entry = item.value[0] if isinstance(item, yaml.MappingNode) and item.value else None
        if entry is None or not isinstance(entry[1], yaml.ScalarNode):
            problems.append(
                Problem(place, "hvert punkt i «nav» er en titel og en fast side: «- Om magasinet: om.md».")
            )
            continue
        name = config.value(entry[1])
        path = posixpath.normpath(posixpath.join(docs_dir, name))
        if not is_path(name):
            message = f"«{name}» i «nav» er ikke en fast side. Menuen kan kun føre til filer i {docs_dir}/."
            problems.append(Problem(place, message))
            continue
        if path not in known:
            near = did_you_mean(name, (posixpath.relpath(file, docs_dir) for file in known))
            problems.append(Problem(place, f"siden «{name}» i «nav» findes ikke ({path}).{near}"))
            continue
        yield str(entry[0].value), path
