"""A WordPress export (WXR 1.0 to 1.2, an RSS file) as a stream of frozen entries.

The file is read one item at a time, so that a gigabyte fits where ten megabytes do. Entities and DTDs are
refused (defusedxml): an export needs none, and a hostile one could blow up in memory.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from msgspec import Struct, field

#: What XML 1.0 does not allow and old databases are full of.
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NAMESPACES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/rss/1.0/modules/content/": "content",
}


class BrokenExportError(ValueError):
    """The file is no WordPress export, or breaks off; the text says so in Danish."""


class Author(Struct, frozen=True):
    """Who may stand as ``dc:creator``."""

    login: str
    name: str
    email: str = ""


class Term(Struct, frozen=True):
    """A category or a tag, in the channel or on an item."""

    domain: str
    slug: str
    name: str
    description: str = ""


class Item(Struct, frozen=True):
    """A post, page, attachment, menu entry …, as it stands in the export."""

    post_id: str
    kind: str
    """``wp:post_type``."""
    title: str
    link: str
    creator: str
    status: str
    name: str
    """``wp:post_name``: the slug, percent-encoded or not."""
    dates: tuple[str, ...]
    """``wp:post_date``, ``wp:post_date_gmt`` and ``wp:post_modified``, those that are dates."""
    modified: str
    content: str
    excerpt: str
    password: str
    parent: str
    attachment_url: str
    terms: tuple[Term, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    comments: int = 0


Entry = Author | Term | Item


class _Clean(io.RawIOBase):
    """A byte stream without the characters that XML forbids."""

    def __init__(self, raw: IO[bytes]) -> None:
        super().__init__()
        self._raw = raw

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """Return at most ``size`` bytes, fewer where some were left out, none only at the end."""
        while chunk := self._raw.read(size):
            kept = _FORBIDDEN.sub(b"", chunk)
            if kept:
                return kept
        return b""


def read_export(stream: IO[bytes]) -> Iterator[Entry]:
    """Yield authors, terms and items in the order of the file.

    Args:
        stream: the file, opened for bytes.

    Raises:
        BrokenExportError: where the file breaks off or is something else.
    """
    path: list[str] = []
    seen_channel = False
    parents: list[Element] = []
    try:
        for event, element in iterparse(_Clean(stream), events=("start", "end")):
            name = _name(element.tag)
            if event == "start":
                path.append(name)
                parents.append(element)
                seen_channel = seen_channel or name == "channel"
                continue
            path.pop()
            parents.pop()
            if path[-1:] != ["channel"]:
                continue
            entry = _entry(name, element)
            if entry is not None:
                yield entry
            # What is read is let go of: the tree holds one item at a time.
            parents[-1].remove(element)
    except ParseError as fault:
        line = fault.position[0]
        raise BrokenExportError(
            f"filen går i stykker i linje {line}. Hent eksporten igen fra WordPress: Værktøjer → Eksportér."
        ) from None
    except DefusedXmlException:
        raise BrokenExportError(
            "filen erklærer sine egne entiteter, og det gør WordPress ikke. Den bliver ikke læst."
        ) from None
    if not seen_channel:
        raise BrokenExportError("filen er ikke en eksport fra WordPress (den har intet «channel»).")


def _entry(name: str, element: Element) -> Entry | None:
    texts = _texts(element)
    match name:
        case "wp:author":
            login = texts.get("wp:author_login", "")
            return Author(
                login, texts.get("wp:author_display_name") or login, texts.get("wp:author_email", "")
            )
        case "wp:category":
            slug = texts.get("wp:category_nicename", "")
            return Term(
                "category", slug, texts.get("wp:cat_name") or slug, texts.get("wp:category_description", "")
            )
        case "wp:tag":
            slug = texts.get("wp:tag_slug", "")
            return Term(
                "post_tag", slug, texts.get("wp:tag_name") or slug, texts.get("wp:tag_description", "")
            )
        case "item":
            return _item(element, texts)
    return None


def _item(element: Element, texts: Mapping[str, str]) -> Item:
    terms = []
    meta = {}
    comments = 0
    for child in element:
        match _name(child.tag):
            case "category" if child.get("domain"):
                name = " ".join((child.text or "").split())
                terms.append(Term(child.get("domain", ""), child.get("nicename", ""), name))
            case "wp:postmeta":
                pair = _texts(child)
                meta[pair.get("wp:meta_key", "")] = pair.get("wp:meta_value", "")
            case "wp:comment":
                comments += 1
    dates = [
        date
        for key in ("wp:post_date", "wp:post_date_gmt", "wp:post_modified")
        if (date := texts.get(key, "")) and not date.startswith("0000")
    ]
    return Item(
        post_id=texts.get("wp:post_id", ""),
        kind=texts.get("wp:post_type", "post"),
        title=" ".join(texts.get("title", "").split()),
        link=texts.get("link", ""),
        creator=texts.get("dc:creator", ""),
        status=texts.get("wp:status", "publish"),
        name=texts.get("wp:post_name", ""),
        dates=tuple(dates),
        modified=texts.get("wp:post_modified", ""),
        content=texts.get("content:encoded", ""),
        excerpt=texts.get("excerpt:encoded", ""),
        password=texts.get("wp:post_password", ""),
        parent=texts.get("wp:post_parent", "0"),
        attachment_url=texts.get("wp:attachment_url", ""),
        terms=tuple(terms),
        meta=meta,
        comments=comments,
    )


def _texts(element: Element) -> dict[str, str]:
    """Return the texts of an element's children; of several with one name the first."""
    found: dict[str, str] = {}
    for child in element:
        found.setdefault(_name(child.tag), (child.text or "").strip())
    return found


def _name(tag: str) -> str:
    """Return ``wp:post_id`` for a tag of any version of the export's namespaces."""
    if not tag.startswith("{"):
        return tag
    space, _, local = tag[1:].partition("}")
    if space.startswith("http://wordpress.org/export/"):
        prefix = "excerpt" if space.rstrip("/").endswith("excerpt") else "wp"
        return f"{prefix}:{local}"
    return f"{_NAMESPACES.get(space, 'x')}:{local}"
