"""The search index: Pagefind's, made from the articles' texts and kept until one of them changes.

The index is the one thing whose cost grows with the whole magazine at every change, so it has a key of its
own and is made anew only when a word in it differs.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from pagefind.index import IndexConfig, PagefindIndex

#: Where the index stands in the site, and what a reader's search needs of it: none of Pagefind's own pages.
ADDRESS = "/soeg/indeks/"
_NEEDED = ("pagefind.js", "pagefind-entry.json", "wasm.da.pagefind", "wasm.unknown.pagefind")
_FOLDERS = ("fragment", "index", "filter")
_KEY = "noegle"


@dataclass(frozen=True)
class Entry:
    """What a reader can find."""

    address: str
    title: str
    text: str
    """Everything that is searched, as one plain text."""
    section: str
    """The category's name, or what else the page is."""
    date: str
    """``24. maj 2022``; empty for a page without one."""
    iso: str


def index_files(entries: Sequence[Entry], cache: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the index, each as path and bytes.

    Args:
        entries: what can be found; their order does not matter.
        cache: a folder to keep the index in; safe to delete at any time.
    """
    ordered = sorted(entries, key=lambda entry: entry.address)
    key = _key(ordered)
    if _kept(cache) != key:
        _make(ordered, cache, key)
    for file in _files(cache):
        path = file.relative_to(cache).as_posix()
        if file.is_file() and (
            path in _NEEDED or path.endswith(".pf_meta") or path.split("/")[0] in _FOLDERS
        ):
            yield f"{ADDRESS.lstrip('/')}{path}", file.read_bytes()


def _key(entries: Sequence[Entry]) -> str:
    told = json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{version('pagefind')} {version('pagefind_bin')} {told}".encode()).hexdigest()


def _files(cache: Path) -> list[Path]:
    return sorted(file for file in cache.rglob("*") if file.is_file() and file.name != _KEY)


def _kept(cache: Path) -> str:
    """Return the key of the index that stands, where all its files are there and whole."""
    try:
        key, seal = (cache / _KEY).read_text("ascii").split()
        return key if seal == _seal(cache) else ""
    except (OSError, UnicodeDecodeError, ValueError):
        return ""


def _seal(cache: Path) -> str:
    """Return a digest of every file of an index."""
    digest = hashlib.sha256()
    for file in _files(cache):
        digest.update(f"{file.relative_to(cache).as_posix()} {file.stat().st_size} ".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _make(entries: Sequence[Entry], cache: Path, key: str) -> None:
    """Make the index beside the old one, and put it in its place whole."""
    cache.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{cache.name}-", dir=cache.parent))
    try:
        # In a thread of its own: where we are called, an event loop may be running already.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: asyncio.run(_index(entries, made))).result()
        # The key comes last: without it what stands here is not believed.
        (made / _KEY).write_text(f"{key} {_seal(made)}", encoding="ascii")
        shutil.rmtree(cache, ignore_errors=True)
        made.replace(cache)
    finally:
        shutil.rmtree(made, ignore_errors=True)


async def _index(entries: Sequence[Entry], folder: Path) -> None:
    async with PagefindIndex(config=IndexConfig(output_path=str(folder), force_language="da")) as index:
        for entry in entries:
            await index.add_custom_record(
                url=entry.address,
                content=f"{entry.title}. {entry.text}",
                language="da",
                meta={"title": entry.title, "section": entry.section, "date": entry.date},
                filters={"emne": [entry.section]} if entry.section else None,
                sort={"dato": entry.iso} if entry.iso else None,
            )
