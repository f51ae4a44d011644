"""What an earlier build found out, kept under ``.cache/``: may be deleted at any time, and is never needed.

An entry is addressed by all that it was made from, the program included, so it is never out of date, only
unused. A database keeps whole entries whole, whoever else is building; an entry that does not match its
own check is made anew, and a database that cannot be read is thrown away.
"""

from __future__ import annotations

import copyreg
import hashlib
import io
import os
import pickle
import sqlite3
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field

_FILE = "magasin.sqlite3"
#: Libraries that entries are made with.
_LIBRARIES = (
    "Markdown",
    "pymdown-extensions",
    "Jinja2",
    "MarkupSafe",
    "msgspec",
    "Babel",
    "pydantic",
    "PyYAML",
    "tzdata",
)
#: Unused entries are let go when there are this many for each one in use, and so many more.
_SLACK, _SPARED = 2, 1000
#: Bytes in front of an entry that tell whether it is as it was written: a damaged one is no enemy's.
_CHECK = 4
#: Bytes of new entries that may wait in memory.
_MOST_HELD = 1 << 24
#: Bytes of unused files that a shelf may always hold: a few edits back and forth cost nothing.
_SHELF_LEAST = 200_000_000
#: How long a build waits for another one's writing, in seconds.
_PATIENCE = 10


def digest(*parts: object) -> str:
    """Return a short name for texts and for anything whose ``repr`` tells all there is to it."""
    told = [part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass") for part in parts]
    # One call for all parts: most names are made of many short ones.
    return hashlib.blake2b(
        b"".join([b"%d:%b" % (len(part), part) for part in told]), digest_size=20
    ).hexdigest()


@cache
def program() -> str:
    """Return a name for this program as it is: its sources, its libraries, its interpreter."""
    here = Path(__file__).parent
    sources = [data for file in sorted(here.rglob("*.py")) for data in (file.name, file.read_bytes())]
    return digest(sys.version, *map(version, _LIBRARIES), *sources)


#: How to pickle the things of one type: what makes such a thing again, and from what.
Reduce = Callable[[Any], "tuple[Any, ...] | str"]


def packed(value: object, reduced: Mapping[type, Reduce] | None = None) -> bytes:
    """Return a value as ``pickle.loads`` reads it.

    Args:
        value: what to pack.
        reduced: how to pickle what the reader has already, by type.
    """
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    # A table is looked into without a call for each object of any other kind.
    pickler.dispatch_table = {**_REDUCED, **reduced} if reduced else _REDUCED
    pickler.dump(value)
    return stream.getvalue()


class _Reader(pickle.Unpickler):
    """Unpickles what was packed for a reader who has some of it already."""

    def __init__(self, data: memoryview, known: Mapping[str, Callable[..., Any]]) -> None:
        super().__init__(io.BytesIO(data))
        self._known = known

    def find_class(self, module: str, name: str) -> Any:
        """Return what a name stands for."""
        return self._known[name] if name in self._known else _class_of(module, name)


@cache
def _class_of(module: str, name: str) -> Any:
    # Every entry names a dozen of the same few, and the way to each goes over a lock.
    return pickle.Unpickler(io.BytesIO()).find_class(module, name)


def files_key(folder: Path) -> str:
    """Return a name for a folder's files as they are, by path and content."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return digest(*(part for file in files for part in (file.relative_to(folder), file.read_bytes())))


#: What was found out of one file: by kind, the key of all that it rests on, and the thing itself.
Found = dict[str, tuple[object, Any]]


class Findings(Struct):
    """What the last build found out of each file, read in a few large pieces: all files are asked about.

    Of each kind a file has one thing, under the key of all that it was made from; under another key there is
    nothing.
    """

    found: dict[str, Found] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    """The pieces that differ from what is kept."""
    used: set[str] = field(default_factory=set)
    """The files that were asked about; what is known of others is let go."""

    def get(self, path: str, kind: str, key: object) -> Any:
        """Return what is known of a file under this key, or ``None``."""
        self.used.add(path)
        found = self.found.get(path)
        kept = found.get(kind) if found is not None else None
        return kept[1] if kept is not None and kept[0] == key else None

    def put(self, path: str, kind: str, key: object, thing: Any) -> None:
        """Keep a thing in the place of what was known before."""
        self.used.add(path)
        self.found.setdefault(path, {})[kind] = (key, thing)
        self.changed.add(_piece(path))

    def last(self, path: str, kind: str) -> tuple[object, Any]:
        """Return what was found last, with its key, for a caller who can tell whether it still holds."""
        self.used.add(path)
        return self.found.get(path, {}).get(kind, (None, None))

    def settle(self) -> None:
        """Begin anew for the next build, which these are handed to."""
        self.changed.clear()
        self.used.clear()

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Yield everything of a kind that is known, by path, that of files which are no more included."""
        for path, found in self.found.items():
            if kind in found:
                yield path, found[kind][1]

    def pieces(self) -> Iterator[tuple[int, dict[str, Found]]]:
        """Yield the pieces to be kept anew."""
        for path in self.found.keys() - self.used:
            del self.found[path]
            self.changed.add(_piece(path))
        made: dict[int, dict[str, Found]] = {number: {} for number in self.changed}
        for path, found in self.found.items():
            if (number := _piece(path)) in made:
                made[number][path] = found
        yield from made.items()


#: A piece is read and written whole: few enough to be read fast, many enough for an edit to write little.
_PIECES = 256


def _piece(path: str) -> int:
    return zlib.crc32(path.encode("utf-8", "surrogatepass")) % _PIECES


class Store(Struct, dict=True):
    """Entries by key; new ones are written by ``save``, all at once."""

    file: Path
    base: sqlite3.Connection
    used: set[str] = field(default_factory=set)
    new: dict[str, bytes] = field(default_factory=dict)
    held: int = 0
    """How many bytes wait in memory to be written."""
    inherited: list[sqlite3.Connection] = field(default_factory=list)
    remembered: Findings | None = None
    """What a build of this same process has found out, which need not be read again."""

    @cached_property
    def findings(self) -> Findings:
        """What the last build found out of each file."""
        if self.remembered is not None:
            return self.remembered
        found: dict[str, Found] = {}
        for number in range(_PIECES):
            piece = self.get("findings", number)
            if isinstance(piece, dict):
                found.update(piece)
        return Findings(found)

    @classmethod
    def open(cls, folder: Path, remembered: Findings | None = None) -> Store | None:
        """Open the store in a folder; ``None`` where nothing can be kept there.

        Args:
            folder: made where it is not there.
            remembered: what ``to_remember`` gave after this process's last build.
        """
        file = folder / _FILE
        if remembered is not None:
            remembered.settle()
        for _ in range(2):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                base = sqlite3.connect(file, timeout=_PATIENCE)
                # Entries are a few thousand bytes each: on pages of the usual size most would lie on several.
                base.execute("PRAGMA page_size = 32768")
                base.execute("PRAGMA journal_mode = WAL")
                base.execute("PRAGMA synchronous = OFF")
                base.execute("CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, value BLOB)")
                base.commit()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                    return None
                _remove(file)
            except OSError:
                return None
            else:
                return cls(file, base, remembered=remembered)
        return None

    def get(self, *key: object) -> Any:
        """Return an entry, or ``None``."""
        return self.get_named(self.name(*key))

    def name(self, *key: object) -> str:
        """Return the name of an entry, and have it kept."""
        name = digest(program(), *key)
        self.used.add(name)
        return name

    def get_named(self, name: str, known: Mapping[str, Callable[..., Any]] | None = None) -> Any:
        """Return an entry by its name, or ``None``.

        Args:
            name: the entry's.
            known: what gives the reader what it has already, by the name of what stands for it in the entry.
        """
        self.used.add(name)
        data = self.new.get(name)
        if data is None:
            try:
                row = self.base.execute("SELECT value FROM entry WHERE key = ?", (name,)).fetchone()
            except sqlite3.Error:
                return None
            if row is None:
                return None
            data = row[0]
        if not isinstance(data, bytes):
            return None
        content = memoryview(data)[_CHECK:]
        if _check(content, name) != data[:_CHECK]:
            return None
        try:
            return pickle.loads(content) if known is None else _Reader(content, known).load()
        except Exception:  # an entry of a build that was not ours; pickle may raise anything
            return None

    def put(self, value: object, *key: object) -> None:
        """Keep a value."""
        self.put_packed(packed(value), self.name(*key))

    def put_packed(self, data: bytes, name: str) -> None:
        """Keep a value that is ``packed`` already, under a name of ``name``."""
        self.used.add(name)
        self.new[name] = _check(data, name) + data
        self.held += len(data)
        if self.held > _MOST_HELD and not self.inherited:
            self._write()

    def renew(self) -> None:
        """Read through a connection of one's own, in a process that was doubled; nothing is written there."""
        # The old one is never closed here: that would clear away what the first process still reads.
        self.inherited.append(self.base)
        self.base = sqlite3.connect(self.file, timeout=_PATIENCE)

    def forget(self, *key: object) -> None:
        """Let go of an entry at once, before something is done that would make it untrue."""
        name = digest(program(), *key)
        self.new.pop(name, None)
        with suppress(sqlite3.Error), self.base:
            self.base.execute("DELETE FROM entry WHERE key = ?", (name,))

    def save(self) -> None:
        """Write the new entries, let go of unused ones where they are many, and close."""
        if "findings" in self.__dict__:
            for number, piece in self.findings.pieces():
                self.put(piece, "findings", number)
        self._write()
        with suppress(sqlite3.Error), self.base:
            (count,) = self.base.execute("SELECT count(*) FROM entry").fetchone()
            if count > len(self.used) * (1 + _SLACK) + _SPARED:
                self._prune(row[0] for row in self.base.execute("SELECT key FROM entry").fetchall())
        self.close()

    def to_remember(self) -> Findings | None:
        """Return what the next build of this process need not read: nothing, where nobody has read it."""
        return self.findings if "findings" in self.__dict__ else self.remembered

    def _write(self) -> None:
        """Write the new entries, which are as good as they are whoever else is building."""
        try:
            with self.base:
                self.base.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?)", self.new.items())
        except sqlite3.Error:
            self.held = 0  # they stay in memory; the next attempt is after as much again
        else:
            self.new.clear()
            self.held = 0

    def close(self) -> None:
        """Close without writing."""
        with suppress(sqlite3.Error):
            self.base.close()

    def _prune(self, keys: Iterable[str]) -> None:
        self.base.executemany(
            "DELETE FROM entry WHERE key = ?", ((key,) for key in keys if key not in self.used)
        )


class Shelf(Struct):
    """Whole files by the name of all that they were made from, too large for a database.

    Written by several processes at once, each file under its name only when it is complete.
    """

    folder: Path
    used: set[str] = field(default_factory=set)

    @classmethod
    def beside(cls, store: Store, name: str) -> Shelf:
        """Return the shelf of that name in a store's folder."""
        return cls(store.file.parent / name)

    def get(self, name: str) -> bytes | None:
        """Return a file; ``None`` for one that is not there, or not what was put there."""
        self.used.add(name)
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        return data[_CHECK:] if _check(data[_CHECK:]) == data[:_CHECK] else None

    def put(self, name: str, data: bytes) -> None:
        """Keep a file, if it can be kept."""
        self.used.add(name)
        spare = self.folder / f".{name}.{os.getpid()}"
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            spare.write_bytes(_check(data) + data)
            spare.replace(self.folder / name)

    def tidy(self) -> None:
        """Let go of what no build has used for long, where there is more of it than of what is in use."""
        sizes: dict[str, tuple[int, int]] = {}
        with suppress(OSError):
            for file in self.folder.iterdir():
                with suppress(OSError):
                    status = file.stat()
                    sizes[file.name] = (status.st_mtime_ns, status.st_size)
        used = sum(size for name, (_, size) in sizes.items() if name in self.used)
        unused = sorted((at, name, size) for name, (at, size) in sizes.items() if name not in self.used)
        surplus = sum(size for _, _, size in unused) - max(_SHELF_LEAST, _SLACK * used)
        for _, name, size in unused:
            if surplus <= 0:
                return
            surplus -= size
            with suppress(OSError):
                (self.folder / name).unlink()


def _read_only(entries: Mapping[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(dict(entries))


#: How to pickle read-only mappings, which pickle does not know, and fractions without the way over a text.
_REDUCED = {
    **copyreg.dispatch_table,
    Fraction: lambda value: (Fraction, (value.numerator, value.denominator)),
    MappingProxyType: lambda value: (_read_only, (dict(value),)),
}


def _check(data: bytes | memoryview, name: str = "") -> bytes:
    """Return what tells a thing that came to harm, and one that stands under another's name."""
    return zlib.crc32(data, zlib.crc32(name.encode("ascii"))).to_bytes(_CHECK)


def _remove(file: Path) -> None:
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        with suppress(OSError):
            (file.parent / name).unlink()
