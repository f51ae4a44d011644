"""From made pages to the site that stands: the old one or the new one, whole at every moment.

The new site is built in a folder beside the old one, so on the same file system, and the two change
places in one step. Where the system cannot exchange two folders, the old site is set aside first; a
build that is killed between the two renames is mended by the next one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from magazine.problems import ContentError, Place, Problem

_EXCHANGE = 2  # RENAME_EXCHANGE, linux/fs.h
_HERE = -100  # AT_FDCWD, linux/fcntl.h


#: A file as it was published: the name of all it shows, its number on the disk, its time, its size.
Published = tuple[str, int, int, int]


@dataclass
class Ledger:
    """What was published last: the number of the site's folder, and each file."""

    folder: int
    files: dict[str, Published]


@dataclass
class Publisher:
    """The site that stands, and the waiting folder in which the next one is built.

    Files that did not change are not written: they are linked into the new site, and never written through
    a link, so that the old site stays what it is.
    """

    site_dir: Path
    waiting: Path
    aside: Path
    """Where the old site is between two renames."""
    stamp: int | None = None
    """Seconds since 1970 for the files' dates; ``None`` leaves them to the system."""
    ledger: Ledger | None = None
    kept: int = 0
    """How many pages were taken over unmade."""
    written: int = 0
    """How many files are new or different."""
    _names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def beside(cls, site_dir: Path) -> Publisher:
        """Return a publisher with a waiting folder of its own; mend what a killed build has left.

        Args:
            site_dir: where the site stands, or will stand.
        """
        real = Path(os.path.realpath(site_dir))
        real.parent.mkdir(parents=True, exist_ok=True)
        prefix = f".{real.name}.venter-"
        publisher = cls(
            real, real.with_name(f"{prefix}{os.getpid()}"), real.with_name(f".{real.name}.gammel")
        )
        with _locked(real.parent):
            publisher._mend()
            for left in real.parent.glob(f"{prefix}*"):
                if not _is_running(left.name.removeprefix(prefix)):
                    shutil.rmtree(left, ignore_errors=True)
        return publisher

    def begin(self, ledger: object, stamp: int | None) -> None:
        """Get ready for pages.

        Args:
            ledger: what ``publish`` returned last time, if anybody has kept it.
            stamp: seconds since 1970 for the files' dates.
        """
        self.stamp = stamp
        with suppress(OSError):
            # A ledger speaks of one folder: after a killed build another may stand in its place.
            if isinstance(ledger, Ledger) and self.site_dir.stat().st_ino == ledger.folder:
                self.ledger = ledger

    def keep(self, path: str, name: str) -> bool:
        """Take a page over from the site that stands, if it shows the same.

        Args:
            path: under the site's root.
            name: of all that the page shows.
        """
        self._names[path] = name
        known = self.ledger.files.get(path) if self.ledger else None
        if known is None or known[0] != name:
            return False
        target = self.waiting / path
        target.parent.mkdir(parents=True, exist_ok=True)
        # Linked first and looked at afterwards: in between, another build may replace the site.
        if (
            _link(self.site_dir / path, target)
            and _published(target, name) == known
            and self._has_time(target)
        ):
            self.kept += 1
            return True
        target.unlink(missing_ok=True)
        return False

    def publish(self, pages: Iterable[tuple[str, bytes]]) -> Ledger:
        """Write the pages beside the assets, and put all of it in the old site's place.

        Args:
            pages: paths under the site's root, and the files' bytes; without those that were kept.

        Returns:
            What stands now.

        Raises:
            ContentError: where an asset stands where a page should, or the site cannot be replaced.
        """
        self.waiting.mkdir(parents=True, exist_ok=True)
        for place, _, files in os.walk(self.waiting):
            for name in files:
                asset = Path(place) / name
                if self._is_the_same(asset.relative_to(self.waiting).as_posix(), asset.read_bytes()):
                    asset.unlink()
                    _link(self.site_dir / asset.relative_to(self.waiting), asset)
                else:
                    self.written += 1
        self.written += publish(self._different(pages), self.waiting)
        if self.stamp is not None:
            _stamp(self.waiting, self.stamp)
        entries: dict[str, Published] = {}
        for place, _, names in os.walk(self.waiting):
            for file in (Path(place) / name for name in names):
                path = file.relative_to(self.waiting).as_posix()
                if entry := _published(file, self._names.get(path, "")):
                    entries[path] = entry
        with _locked(self.site_dir.parent):
            self._replace()
        return Ledger(self.site_dir.stat().st_ino, entries)

    def _different(self, pages: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """Yield the pages that differ from the site that stands, and link the others."""
        for path, data in pages:
            target = self.waiting / path
            if not target.exists() and self._is_the_same(path, data):
                target.parent.mkdir(parents=True, exist_ok=True)
                if _link(self.site_dir / path, target):
                    continue
            yield path, data

    def _is_the_same(self, path: str, data: bytes) -> bool:
        file = self.site_dir / path
        try:
            status = file.stat()
            return status.st_size == len(data) and self._has_time(file) and file.read_bytes() == data
        except OSError:
            return False

    def _has_time(self, file: Path) -> bool:
        """Tell whether a file bears the stamp; a link's time could not be set without the old site's."""
        return self.stamp is None or file.stat().st_mtime_ns == self.stamp * 10**9

    def show(self, pages: Iterable[tuple[str, bytes]]) -> None:
        """Put these pages alone in the site's place, for a preview that has nothing else to show."""
        self.close()
        self.stamp = None
        self.publish(pages)

    def close(self) -> None:
        """Remove the waiting folder, with whatever is in it."""
        shutil.rmtree(self.waiting, ignore_errors=True)

    def remove(self) -> None:
        """Remove everything that stands beside the site."""
        self.close()
        shutil.rmtree(self.aside, ignore_errors=True)

    def _replace(self) -> None:
        if self.site_dir.exists():
            try:
                if _exchange(self.waiting, self.site_dir):
                    return
                self.site_dir.rename(self.aside)
            except OSError as error:
                message = (
                    f"kan ikke skiftes ud ({error.strerror}). Luk det, der bruger mappen, eller vælg en "
                    "anden «site_dir»."
                )
                raise ContentError([Problem(Place(str(self.site_dir)), message)]) from error
        self.waiting.rename(self.site_dir)
        shutil.rmtree(self.aside, ignore_errors=True)

    def _mend(self) -> None:
        if not self.aside.exists():
            return
        if self.site_dir.exists():
            shutil.rmtree(self.aside, ignore_errors=True)
        else:
            self.aside.rename(self.site_dir)


def publish(pages: Iterable[tuple[str, bytes]], folder: Path) -> int:
    """Write pages into a folder; return how many.

    Args:
        pages: paths under the folder, and the files' bytes.
        folder: where the assets already are.

    Raises:
        ContentError: where a file already stands where a page should.
    """
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Problem] = []
    count = 0
    for path, data in pages:
        file = folder / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as stream:
                stream.write(data)
        except FileExistsError:
            taken.append(
                Problem(Place(path), "filen har samme adresse som en side. Giv den ene et andet navn.")
            )
        count += 1
    if taken:
        raise ContentError(taken)
    return count


def _link(source: Path, target: Path) -> bool:
    """Give a file a second name, or a copy where the file system has no links."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        return False
    except OSError:
        try:
            shutil.copy2(source, target)
        except OSError:
            return False
    return True


def _published(file: Path, name: str) -> Published | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return name, status.st_ino, status.st_mtime_ns, status.st_size


def _stamp(folder: Path, seconds: int) -> None:
    for place, _, files in os.walk(folder, topdown=False):
        for name in (*files, "."):
            path = Path(place) / name
            if path.stat().st_mtime_ns != seconds * 10**9:
                os.utime(path, (seconds, seconds))


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return ``False`` where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM):
        return False
    raise OSError(code, os.strerror(code))


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other builds out while two folders change places; the system lets go of it if we are killed."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
