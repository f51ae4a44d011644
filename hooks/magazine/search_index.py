"""The search index: Pagefind's, made from the articles' texts and kept until one of them changes.

The index is the one thing whose cost grows with the whole magazine at every change, so it has a key of its
own and is made anew only when a word in it differs.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

from msgspec import Struct, json

#: Where the index stands in the site, and what a reader's search needs of it: none of Pagefind's own pages.
ADDRESS = "/soeg/indeks/"
_NEEDED = ("pagefind.js", "pagefind-entry.json", "wasm.da.pagefind", "wasm.unknown.pagefind")
_FOLDERS = ("fragment", "index")
_KEY = "noegle"


class Entry(Struct, frozen=True):
    """What a reader can find."""

    address: str
    title: str
    text: str
    """Everything that is searched, as one plain text."""
    section: str
    """The category's name, or what else the page is."""
    date: str
    """``24. maj 2022``; empty for a page without one."""


class Index(Struct, frozen=True):
    """A whole index."""

    key: str
    """A name for all that it was made from."""
    files: Mapping[str, bytes]
    """By path in the site."""


def kept_index(cache: Path) -> Index | None:
    """Return the index that was made last; ``None`` where there is none, or not all of it.

    Args:
        cache: the folder that ``make_index`` keeps it in.
    """
    key, seal = _label(cache)
    try:
        files = _read(cache)
    except OSError:
        return None
    return Index(key, _needed(files)) if key and seal == _seal(files) else None


def kept_key(cache: Path) -> str:
    """Return the key of the index that was made last, without looking at it; empty where there is none."""
    return _label(cache)[0]


def maker() -> str:
    """Return a name for what makes indexes."""
    return f"{version('pagefind')} {version('pagefind_bin')}"


def _label(cache: Path) -> tuple[str, str]:
    try:
        key, seal = (cache / _KEY).read_text("ascii").split()
    except (OSError, UnicodeDecodeError, ValueError):
        return "", ""
    return key, seal


def make_index(entries: Sequence[Entry], cache: Path) -> Index:
    """Return the index of some entries: the one that is kept, if it was made from the same.

    Args:
        entries: what can be found; their order does not matter.
        cache: a folder to keep the index in; safe to delete at any time.

    Raises:
        OSError: where the index cannot be made.
    """
    ordered = sorted(entries, key=lambda entry: entry.address)
    key = _key(ordered)
    kept = kept_index(cache)
    return kept if kept is not None and kept.key == key else _make(ordered, cache, key)


def _key(entries: Sequence[Entry]) -> str:
    return hashlib.sha256(maker().encode() + json.encode(entries, order="sorted")).hexdigest()


def _read(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != _KEY
    }


def _needed(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    return {
        f"{ADDRESS.lstrip('/')}{path}": data
        for path, data in files.items()
        if path in _NEEDED or path.endswith(".pf_meta") or path.split("/")[0] in _FOLDERS
    }


def _seal(files: Mapping[str, bytes]) -> str:
    """Return a digest of every file of an index."""
    digest = hashlib.sha256()
    for path, data in files.items():
        digest.update(f"{path} {len(data)} ".encode())
        digest.update(data)
    return digest.hexdigest()


def _make(entries: Sequence[Entry], cache: Path, key: str) -> Index:
    """Make the index beside the old one, and put it in its place whole."""
    made = _workshop(cache)
    try:
        index = made / "indeks"
        _index(entries, made / "sider", index)
        files = _read(index)
        # The key comes last: without it what stands here is not believed.
        (index / _KEY).write_text(f"{key} {_seal(files)}", encoding="ascii")
        with suppress(OSError):  # another build may be putting its own there
            shutil.rmtree(cache, ignore_errors=True)
            index.replace(cache)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return Index(key, _needed(files))


def _workshop(cache: Path) -> Path:
    """Return a new folder beside the index; elsewhere, if nothing can be kept there."""
    prefix = f".{cache.name}-"
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=prefix, dir=cache.parent))
    except OSError:
        return Path(tempfile.mkdtemp(prefix=prefix))


def _index(entries: Sequence[Entry], site: Path, index: Path) -> None:
    """Let Pagefind read a page for each entry: of its ways in, the one that takes them all at once."""
    for entry in entries:
        file = site / entry.address.strip("/") / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_page(entry))
    # With it comes asyncio, which a build that makes no index does without.
    from pagefind.service import get_executable

    program = get_executable()
    if program is None:
        raise FileNotFoundError("pagefind")
    options = ("--site", site, "--output-path", index, "--force-language", "da", "--silent")
    done = subprocess.run([program, *options], capture_output=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise OSError(done.stderr.decode("utf-8", "replace").strip() or f"pagefind: {done.returncode}")


def _page(entry: Entry) -> bytes:
    """Return an entry as Pagefind reads it, escaped by the tree.

    No filters and no orders to sort by: it writes those down in the order in which its threads have done.
    """
    root = ElementTree.Element("html", lang="da")
    body = ElementTree.SubElement(root, "body", {"data-pagefind-body": ""})
    ElementTree.SubElement(body, "h1", {"data-pagefind-meta": "title"}).text = entry.title
    for key, value in (("section", entry.section), ("date", entry.date)):
        ElementTree.SubElement(body, "i", {"data-pagefind-meta": f"{key}[title]", "title": value})
    ElementTree.SubElement(body, "p").text = entry.text
    return f"<!doctype html>{ElementTree.tostring(root, 'unicode', method='html')}".encode()
