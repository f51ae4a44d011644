"""From made pages to the site that stands: the old one or the new one, whole at every moment.

Two trees change roles: the new site is made in the spare one beside the old, on the same file system, and
the two change places in one step. The spare is the site before last, so little has to be brought forward.
Where the system cannot exchange two folders, the old site is set aside first; a build that is killed
between the two renames is mended by the next one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct, field

from magazine.problems import ContentError, Place, Problem

_EXCHANGE = 2  # RENAME_EXCHANGE, linux/fs.h
_HERE = -100  # AT_FDCWD, linux/fcntl.h


#: A file as it was published: the name of all it shows, its number on the disk, its time, its size.
Published = tuple[str, int, int, int]


class Placed(Struct, frozen=True):
    """What became of a page that was written as soon as it was made."""

    entry: Published | None = None
    """As far as it is known."""
    is_new: bool = False
    """It is new, or differs from the one that stands."""
    is_in_the_way: bool = False
    """Something else stands where it should."""


class Ledger(Struct):
    """What was published last: the number of the site's folder, and each file."""

    folder: int
    files: dict[str, Published]


class Publisher(Struct):
    """The site that stands, the folder where the host leaves its files, and the tree of the next site.

    Files that did not change are not written: both trees hold them under one number on the disk, and nothing
    is ever written through such a link, so that the old site stays what it is.
    """

    site_dir: Path
    waiting: Path
    """Where the host writes the assets."""
    tree: Path
    """Where the next site is made."""
    spare: Path
    """The site before last, for the next build to go on from."""
    aside: Path
    """Where the old site is between two renames."""
    stamp: int | None = None
    """Seconds since 1970 for the files' dates; ``None`` leaves them to the system."""
    ledger: Ledger | None = None
    made: int = 0
    """How many pages were made."""
    kept: int = 0
    """How many pages were taken over unmade."""
    written: int = 0
    """How many files are new or different."""
    _names: dict[str, str] = field(default_factory=dict)
    _folders: set[str] = field(default_factory=set)
    """The folders of the tree that are known to be there."""
    _there: set[str] = field(default_factory=set)
    """The files of the tree that are as the ledger says, and that no page has claimed yet."""
    _done: dict[str, Published | None] = field(default_factory=dict)
    """The files of the next site, as far as they are made; ``None`` for a file still to be looked at."""

    @classmethod
    def beside(cls, site_dir: Path, spare: Path | None = None) -> Publisher:
        """Return a publisher with folders of its own; mend what a killed build has left.

        Args:
            site_dir: where the site stands, or will stand.
            spare: where the spare tree lies, if not beside the site; best on the same file system.
        """
        real = Path(os.path.realpath(site_dir))
        real.parent.mkdir(parents=True, exist_ok=True)
        waiting, tree = f".{real.name}.venter-", f".{real.name}.bygges-"
        publisher = cls(
            real,
            real.with_name(f"{waiting}{os.getpid()}"),
            real.with_name(f"{tree}{os.getpid()}"),
            spare or real.with_name(f".{real.name}.reserve"),
            real.with_name(f".{real.name}.gammel"),
        )
        with _locked(real.parent):
            publisher._mend()
            for prefix in (waiting, tree):
                for left in real.parent.glob(f"{prefix}*"):
                    if not _is_running(left.name.removeprefix(prefix)):
                        publisher._spare(left) if prefix == tree else shutil.rmtree(left, ignore_errors=True)
        return publisher

    def begin(self, ledger: object, stamp: int | None) -> None:
        """Get ready for pages.

        Args:
            ledger: what ``publish`` returned last time, if anybody has kept it.
            stamp: seconds since 1970 for the files' dates.
        """
        self.stamp = stamp
        self.ledger = None
        with suppress(OSError):
            # A ledger speaks of one folder: after a killed build another may stand in its place.
            if isinstance(ledger, Ledger) and ledger.folder in (_number(self.site_dir), _number(self.spare)):
                self.ledger = ledger
        with suppress(OSError):
            # Of two builds at once, one gets the spare.
            self.spare.rename(self.tree)
        self._folders.clear()
        self._sweep()

    def stands(self, ledger: Ledger) -> bool:
        """Tell whether the site that stands is what was published, no file more, less or different."""
        with suppress(OSError):
            if ledger.folder != _number(self.site_dir):
                return False
            left = len(ledger.files)
            for path, _, status in _survey(str(self.site_dir)):
                if not _is_as(ledger.files.get(path), status):
                    return False
                left -= 1
            return left == 0
        return False

    def _sweep(self) -> None:
        """Remove from the tree whatever is not as the ledger says."""
        known = self.ledger.files if self.ledger else {}
        if self.tree.exists() and not known:
            shutil.rmtree(self.tree, ignore_errors=True)
        self.tree.mkdir(exist_ok=True)
        self._there = _swept(str(self.tree), known)

    def keep(self, path: str, name: str) -> bool:
        """Take a page over from the site that stands, if it shows the same.

        Args:
            path: under the site's root.
            name: of all that the page shows.
        """
        self._names[path] = name
        known = self.ledger.files.get(path) if self.ledger else None
        if known is None or known[0] != name or path in self._done or not self._has_time(known):
            return False
        if not self._bring(path, known):
            return False
        self._done[path] = known
        self.kept += 1
        return True

    def place(self, path: str, data: bytes) -> Placed:
        """Write a page into the tree of the next site; so can any process, if ``publish`` is told of it.

        Args:
            path: under the site's root.
            data: the file's bytes.
        """
        if path in self._done:
            return Placed(is_in_the_way=True)
        if self._is_there(path, data):
            return Placed(self._done[path])
        if not self._write(path, data):
            return Placed(is_in_the_way=True)
        return Placed(self._done[path], is_new=True)

    def publish(self, pages: Iterable[tuple[str, bytes | Placed]]) -> Ledger:
        """Write the pages beside the assets, and put all of it in the old site's place.

        Args:
            pages: paths under the site's root, and the files' bytes, or what ``place`` has told of them;
                without those that were kept.

        Returns:
            What stands now.

        Raises:
            ContentError: where an asset stands where a page should, or the site cannot be replaced.
        """
        self.tree.mkdir(parents=True, exist_ok=True)
        for place, _, files in os.walk(self.waiting):
            for name in files:
                asset = Path(place) / name
                path = asset.relative_to(self.waiting).as_posix()
                if not self._is_there(path, asset.read_bytes()):
                    self._clear(path)  # nothing stands in an asset's way: the host's files fit together
                    asset.replace(self.tree / path)
                    self._done[path] = None
                    self.written += 1
        taken: list[Problem] = []
        for path, made in pages:
            self.made += 1
            placed = made if isinstance(made, Placed) else self.place(path, made)
            if placed.is_in_the_way:
                taken.append(_taken(path))
            else:
                self._done[path] = placed.entry
                self.written += placed.is_new
        if taken:
            raise ContentError(taken)
        for path in self._there.difference(self._done):
            self._discard(path)
        if self.stamp is not None:
            _stamp(self.tree, self.stamp)
        entries: dict[str, Published] = {}
        for path, entry in self._done.items():
            now = entry or _published(f"{self.tree}/{path}", "")
            if now is not None:
                entries[path] = (self._names.get(path, ""), *now[1:])
        with _locked(self.site_dir.parent):
            self._replace()
        return Ledger(_number(self.site_dir), entries)

    def _bring(self, path: str, known: Published) -> bool:
        """Have a file of the site that stands in the tree, too."""
        if path in self._there:
            return True
        if not (self._make_folder(path.rpartition("/")[0]) or self._clear(path)):
            return False
        target = f"{self.tree}/{path}"
        # Linked first and looked at afterwards: in between, another build may replace the site.
        try:
            is_linked = _link(f"{self.site_dir}/{path}", target)
        except FileExistsError:
            is_linked = self._clear(path) and _link(f"{self.site_dir}/{path}", target)
        if is_linked and _published(target, known[0]) == known:
            return True
        Path(target).unlink(missing_ok=True)
        return False

    def _write(self, path: str, data: bytes) -> bool:
        """Write a file of the next site; tell whether nothing of it stands in the way."""
        target = f"{self.tree}/{path}"
        self._make_folder(path.rpartition("/")[0])
        try:
            # As it is, since it is written at one stroke; of every file of a cold build.
            stream = open(target, "xb", buffering=0)  # noqa: PTH123, SIM115
        except OSError:
            if not self._clear(path):
                return False
            stream = open(target, "xb", buffering=0)  # noqa: PTH123, SIM115
        with stream:
            left = memoryview(data)
            while left:
                left = left[stream.write(left) :]
            status = os.fstat(stream.fileno())
        # A stamp is set at the end, and changes its time.
        self._done[path] = ("", *_marks(status)) if self.stamp is None else None
        return True

    def _make_folder(self, folder: str) -> bool:
        """Make a folder of the tree, if nothing stands in its way; tell whether it is there."""
        if folder in self._folders or not folder:
            return True
        try:
            os.mkdir(f"{self.tree}/{folder}")  # noqa: PTH102
        except FileNotFoundError:
            if not self._make_folder(folder.rpartition("/")[0]):
                return False
            return self._make_folder(folder)
        except OSError:
            if not os.path.isdir(f"{self.tree}/{folder}"):  # noqa: PTH112
                return False
        self._folders.add(folder)
        return True

    def _is_there(self, path: str, data: bytes) -> bool:
        """Tell whether a file stands already, byte for byte, and take it over if it does."""
        known = self.ledger.files.get(path) if self.ledger else None
        is_linked = path in self._there
        site_file, tree_file = f"{self.site_dir}/{path}", f"{self.tree}/{path}"
        try:
            status = os.stat(tree_file if is_linked else site_file)  # noqa: PTH116 - of every file
            if (
                status.st_size != len(data)
                or not self._has_time(("", 0, status.st_mtime_ns, 0))
                or Path(tree_file if is_linked else site_file).read_bytes() != data
            ):
                return False
        except OSError:
            return False
        if not is_linked and not (self._clear(path) and _link(site_file, tree_file)):
            return False
        self._done[path] = known if is_linked else None
        return True

    def _clear(self, path: str) -> bool:
        """Make room for a file in the tree; tell whether nothing of the next site stands in its way."""
        target = self.tree / path
        folder = target.parent
        blocked = (
            None if folder.is_dir() else next((parent for parent in target.parents if parent.is_file()), None)
        )
        if blocked is not None:
            old = blocked.relative_to(self.tree).as_posix()
            if old in self._done:
                return False
            blocked.unlink()
            self._there.discard(old)
        folder.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            inside = f"{path}/"
            if any(done.startswith(inside) for done in self._done):
                return False
            shutil.rmtree(target)
            self._folders = {known for known in self._folders if not f"{known}/".startswith(inside)}
            self._there = {there for there in self._there if not there.startswith(inside)}
        else:
            target.unlink(missing_ok=True)
            self._there.discard(path)
        return True

    def _discard(self, path: str) -> None:
        """Remove a page that is no more, and the folders that it leaves empty."""
        target = self.tree / path
        target.unlink(missing_ok=True)
        _remove_empty(target.parent, self.tree)

    def _has_time(self, entry: Published) -> bool:
        """Tell whether a file bears the stamp; a link's time could not be set without the old site's."""
        return self.stamp is None or entry[2] == self.stamp * 10**9

    def show(self, pages: Iterable[tuple[str, bytes]]) -> None:
        """Put these pages alone in the site's place, for a preview that has nothing else to show."""
        self.close()
        self._done.clear()
        self.begin(None, None)
        self.publish(pages)

    def close(self) -> None:
        """Remove the folders of a build that is over; an unfinished tree becomes the spare."""
        shutil.rmtree(self.waiting, ignore_errors=True)
        if self.tree.exists():
            self._spare(self.tree)

    def remove(self) -> None:
        """Remove everything that stands beside the site."""
        self.close()
        for folder in (self.aside, self.spare):
            shutil.rmtree(folder, ignore_errors=True)

    def _replace(self) -> None:
        if self.site_dir.exists():
            try:
                if _exchange(self.tree, self.site_dir):
                    self._spare(self.tree)
                    return
                self.site_dir.rename(self.aside)
            except OSError as error:
                message = (
                    f"kan ikke skiftes ud ({error.strerror}). Luk det, der bruger mappen, eller vælg en "
                    "anden «site_dir»."
                )
                raise ContentError([Problem(Place(str(self.site_dir)), message)]) from error
        self.tree.rename(self.site_dir)
        if self.aside.exists():
            self._spare(self.aside)

    def _spare(self, folder: Path) -> None:
        """Leave a tree for the next build; a second one is of no use."""
        try:
            self.spare.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(self.spare)
        except OSError:  # there is one, or it would lie on another file system
            shutil.rmtree(folder, ignore_errors=True)

    def _mend(self) -> None:
        if not self.aside.exists():
            return
        if self.site_dir.exists():
            shutil.rmtree(self.aside, ignore_errors=True)
        else:
            self.aside.rename(self.site_dir)


def _taken(path: str) -> Problem:
    return Problem(Place(path), "filen har samme adresse som en side. Giv den ene et andet navn.")


def _survey(folder: str) -> Iterator[tuple[str, os.DirEntry[str], os.stat_result]]:
    """Yield the files below a folder: the path from there, the entry, and what the disk tells of it."""
    waiting = [("", folder)]
    while waiting:
        prefix, place = waiting.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{prefix}{entry.name}/", entry.path))
                else:
                    yield f"{prefix}{entry.name}", entry, entry.stat(follow_symlinks=False)


def _is_as(published: Published | None, status: os.stat_result) -> bool:
    """Tell whether a file is the one that was published."""
    return published is not None and published[1:] == _marks(status)


def _swept(folder: str, known: dict[str, Published]) -> set[str]:
    """Remove whatever is not as it was published, and return the paths of what is."""
    there: set[str] = set()
    others: list[Path] = []
    for path, entry, status in _survey(folder):
        if _is_as(known.get(path), status):
            there.add(path)
        else:
            others.append(Path(entry.path))
    for other in others:
        other.unlink()
        _remove_empty(other.parent, Path(folder))
    return there


def _remove_empty(folder: Path, top: Path) -> None:
    """Remove a folder in which nothing lies, and those above it that it leaves empty, up to the top."""
    with suppress(OSError):
        while folder != top:
            folder.rmdir()
            folder = folder.parent


def _link(source: str, target: str) -> bool:
    """Give a file a second name, or a copy where the file system has no links.

    Raises:
        FileExistsError: where something stands already.
    """
    try:
        os.link(source, target)
    except FileNotFoundError:
        return False
    except FileExistsError:
        raise
    except OSError:
        try:
            shutil.copy2(source, target)
        except OSError:
            return False
    return True


def _published(file: str, name: str) -> Published | None:
    try:
        status = os.stat(file)  # noqa: PTH116 - of every file of a cold build
    except OSError:
        return None
    return name, *_marks(status)


def _marks(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_mtime_ns, status.st_size


def _number(folder: Path) -> int:
    return folder.stat().st_ino if folder.exists() else 0


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
