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
from dataclasses import dataclass
from pathlib import Path

from magazine.problems import ContentError, Place, Problem

_EXCHANGE = 2  # RENAME_EXCHANGE, linux/fs.h
_HERE = -100  # AT_FDCWD, linux/fcntl.h


@dataclass(frozen=True)
class Publisher:
    """The site that stands, and the waiting folder in which the next one is built."""

    site_dir: Path
    waiting: Path
    aside: Path
    """Where the old site is between two renames."""

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

    def publish(self, pages: Iterable[tuple[str, bytes]], stamp: int | None) -> int:
        """Write the pages beside the assets, and put all of it in the old site's place.

        Args:
            pages: paths under the site's root, and the files' bytes.
            stamp: seconds since 1970 for the files' dates; ``None`` leaves them to the system.

        Returns:
            How many pages there are.

        Raises:
            ContentError: where an asset stands where a page should, or the site cannot be replaced.
        """
        count = publish(pages, self.waiting)
        if stamp is not None:
            _stamp(self.waiting, stamp)
        with _locked(self.site_dir.parent):
            self._replace()
        return count

    def show(self, pages: Iterable[tuple[str, bytes]]) -> None:
        """Put these pages alone in the site's place, for a preview that has nothing else to show."""
        self.close()
        self.publish(pages, None)

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


def _stamp(folder: Path, seconds: int) -> None:
    for place, _, files in os.walk(folder, topdown=False):
        for name in (*files, "."):
            os.utime(Path(place) / name, (seconds, seconds))


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
