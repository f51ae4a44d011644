"""The same work on every core: results come in the order of the things, whatever the number of processes."""

from __future__ import annotations

import gc
import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from magazine.store import packed

#: How many processes; all cores where nothing is said.
PROCESSES = "MAGASIN_PROCESSER"
#: Fewer things than this for each process cost less than its start: it takes over a large memory.
_LEAST = 64
_MOST = 8
#: After so many things a process looks for circles to let go of.
_TIDY = 256


Thing = TypeVar("Thing")
Made = TypeVar("Made")


def spread(
    work: Callable[[Thing], Made],
    things: Sequence[Thing],
    prepare: Callable[[], None] | None = None,
    *,
    least: int = _LEAST,
) -> Iterator[Made]:
    """Yield what comes of each thing, in order.

    What fails in another process is done once more in this one, where its exception can tell all it knows.

    Args:
        work: depends on nothing that other calls of it change; what it returns can be pickled.
        things: what to do it to.
        prepare: called first in every process but this.
        least: how many things are worth a process.
    """
    count = min(_processes(), len(things) // least)
    if count < 2:
        yield from map(work, things)
        return
    sys.stdout.flush()
    sys.stderr.flush()
    started = [_start(work, things[number::count], prepare) for number in range(count)]
    try:
        for number, thing in enumerate(things):
            is_made, made = _receive(started[number % count][1])
            yield made if is_made else work(thing)
    finally:
        for process, stream in started:
            stream.close()
            with suppress(ChildProcessError):
                os.waitpid(process, 0)


def _processes() -> int:
    # A process with threads cannot be doubled safely: the preview's later builds do with one.
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    said = os.environ.get(PROCESSES, "")
    if said.isascii() and said.isdecimal() and int(said) > 0:
        return min(int(said), _MOST)
    try:
        return min(len(os.sched_getaffinity(0)), _MOST)
    except AttributeError:  # not on macOS
        return min(os.cpu_count() or 1, _MOST)


def _start(
    work: Callable[[Thing], Made], things: Sequence[Thing], prepare: Callable[[], None] | None
) -> tuple[int, Connection]:
    """Double this process; the other one does its things, sends what came of them, and ends."""
    reading, writing = Pipe(duplex=False)
    process = os.fork()
    if process:
        writing.close()
        return process, reading
    try:
        reading.close()
        if prepare is not None:
            prepare()
        # What was there before is nobody's to look through; circles made since would else pile up.
        gc.freeze()
        for number, thing in enumerate(things, 1):
            writing.send_bytes(packed(_attempt(work, thing)))
            if number % _TIDY == 0:
                gc.collect()
        writing.close()
    finally:
        os._exit(0)  # nothing of the first process's end (files, handlers) is ours to do


def _attempt(work: Callable[[Thing], Made], thing: Thing) -> tuple[bool, Any]:
    try:
        return True, work(thing)
    except Exception:
        return False, None


def _receive(stream: Connection) -> tuple[bool, Any]:
    try:
        is_made, made = pickle.loads(stream.recv_bytes())
    except (EOFError, OSError):
        return False, None
    return bool(is_made), made
