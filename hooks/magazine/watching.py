"""Whoever watches the files for the preview: the system tells what is saved, and nothing is looked through.

MkDocs looks at every file twice a second, which at thousands of articles never lets a machine rest, and sees
what is saved half a second late. Where the system can tell nothing, that is still what happens.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

#: Set where files lie on another machine, whose system tells this one nothing.
LOOK = "MAGASIN_KIG"
#: Without those of reading: a build that reads would start the next one.
_CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]


@dataclass(eq=False)
class _OneFile(FileSystemEventHandler):
    """Hands on what happens to one file of a folder."""

    path: str
    handler: FileSystemEventHandler

    def dispatch(self, event: FileSystemEvent) -> None:
        if self.path in (event.src_path, event.dest_path):
            self.handler.dispatch(event)


@dataclass
class Watcher:
    """Stands in the place of the observer that MkDocs' server asks."""

    observer: BaseObserver = field(
        default_factory=lambda: PollingObserver() if LOOK in os.environ else Observer()
    )
    _watched: list[tuple[Any, str, bool]] = field(default_factory=list)

    def schedule(self, event_handler: FileSystemEventHandler, path: str, *, recursive: bool) -> ObservedWatch:
        """Watch a folder or a file.

        Args:
            event_handler: told of every file that is written, moved or deleted.
            path: absolute.
            recursive: whether folders in a folder are watched, too.
        """
        if os.path.isfile(path):  # noqa: PTH113 - as the server has it
            # Many programs save by putting a new file in the old one's place, which only its folder tells.
            event_handler, path, recursive = _OneFile(path, event_handler), os.path.dirname(path), False  # noqa: PTH120
        self._watched.append((event_handler, path, recursive))
        return self._schedule(event_handler, path, recursive=recursive)

    def _schedule(self, handler: FileSystemEventHandler, path: str, *, recursive: bool) -> ObservedWatch:
        return self.observer.schedule(handler, path, recursive=recursive, event_filter=_CHANGES)

    def unschedule(self, watch: ObservedWatch) -> None:
        """Watch no longer what ``schedule`` has returned."""
        self._watched = [one for one in self._watched if one[1] != watch.path]
        self.observer.unschedule(watch)

    def start(self) -> None:
        """Begin to watch; look at the files again and again where the system has no more to give."""
        try:
            self.observer.start()
        except OSError:
            self.observer.unschedule_all()
            self.observer = PollingObserver()
            for handler, path, recursive in self._watched:
                self._schedule(handler, path, recursive=recursive)
            self.observer.start()

    def stop(self) -> None:
        """Watch no longer."""
        self.observer.stop()

    def join(self) -> None:
        """Wait for the end."""
        self.observer.join()
