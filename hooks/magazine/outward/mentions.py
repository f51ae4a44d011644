"""Which addresses elsewhere the magazine's sources name, and on which lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from magazine.front_matter import parse_front_matter
from magazine.problems import Place
from magazine.site import DESK_FILE, FIGURES_FILE, MENTOR_FILE, Site
from magazine.sources import Node, Scalar, Sequence, parse_yaml, read_text

#: An address inside a text, without what ends the sentence around it.
_ADDRESS = re.compile(r"https?://[^\s<>\"'«»”]*[^\s<>\"'«»”.,;:!?)\]]", re.IGNORECASE)
_OUTWARD = re.compile(r"https?:", re.IGNORECASE)
#: What only takes letters, and need not answer anybody who looks in.
_LETTER_BOXES = (("formular", "modtager"),)


class Mention(Struct, frozen=True, order=True):
    """An address elsewhere, and where it is named."""

    place: Place
    address: str


def mentions(root: Path, site: Site) -> tuple[Mention, ...]:
    """Return what the magazine names of other sites, in the order of files and lines.

    Args:
        root: the repository's folder.
        site: its content; what waits for its day is looked through, too.
    """
    found: set[Mention] = set()
    for path, page in site.pages.items():
        links = [link for text in page.texts.values() for link in text.rendered.links]
        found |= {
            Mention(Place(path, link.line), link.destination)
            for link in links
            if _OUTWARD.match(link.destination) and not link.is_picture
        }
        text, _ = read_text(root, path)
        found |= set(_in_node(path, parse_front_matter(text) if text else None))
    for path in (FIGURES_FILE, DESK_FILE, MENTOR_FILE):
        text, _ = read_text(root, path)
        found |= set(_in_node(path, parse_yaml(text.text, path)[0] if text else None))
    return tuple(sorted(found))


def _in_node(path: str, node: Node | None, keys: tuple[str, ...] = ()) -> Iterator[Mention]:
    """Yield the addresses in the texts of some YAML."""
    if node is None or keys in _LETTER_BOXES:
        return
    if isinstance(node, Scalar):
        for match in _ADDRESS.finditer(node.text):
            yield Mention(Place(path, node.line), match[0])
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _in_node(path, item, keys)
    else:
        for key, value in node.entries:
            yield from _in_node(path, value, (*keys, key.text))
