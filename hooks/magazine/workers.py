"""The same work on every core: results come in the order of the things, whatever the number of processes.

This process works along with those that it starts, which saves sending half of all results. Each takes the
next few things that nobody has taken, so that all end together; what the others make lies in a file of theirs
until it is fetched, so that nobody waits for anybody.
"""

from __future__ import annotations

import gc
import os
import pickle
import struct
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import IO, Any, TypeVar

from msgspec import Struct

from magazine.store import packed

#: How many processes; all cores where nothing is said.
PROCESSES = "MAGASIN_PROCESSER"
#: Fewer things than this for each process cost less than its start: it takes over a large memory.
_LEAST = 64
_MOST = 8
#: So many things are taken at a time, where there are many: an answer for each costs more than the packing.
_SHARE = 16
#: What each process takes is at most this part of what would be its own, so that all end together.
_ROUNDS = 8
#: After so many things a process looks for circles to let go of.
_TIDY = 256
#: What is told of a share: its number, and how many bytes came of it.
_DONE = struct.Struct("<QQ")
#: What is drawn: a share's number.
_TICKET = struct.Struct("<I")
#: So many tickets fit a pipe on every system.
_TICKETS = 4096


Thing = TypeVar("Thing")
Made = TypeVar("Made")
#: What came of one thing: whether it was made, and what.
Attempt = tuple[bool, Any]


def spread(
    work: Callable[[Thing], Made],
    things: Sequence[Thing],
    prepare: Callable[[], None] | None = None,
    *,
    least: int = _LEAST,
) -> Iterator[Made]:
    """Yield what comes of each thing, in order.

    What fails is done once more when its turn comes, where its exception can tell all it knows.

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
    size = max(1, min(_SHARE, len(things) // (count * _ROUNDS)), -(-len(things) // _TICKETS))
    shares = [things[start : start + size] for start in range(0, len(things), size)]
    for share, made in zip(shares, _attempts(work, shares, count, prepare), strict=True):
        for thing, (is_made, one) in zip(share, made, strict=True):
            yield one if is_made else work(thing)


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


def _attempts(
    work: Callable[[Thing], Made],
    shares: Sequence[Sequence[Thing]],
    count: int,
    prepare: Callable[[], None] | None,
) -> Iterator[list[Attempt]]:
    """Yield what came of each share, in order."""
    sys.stdout.flush()
    sys.stderr.flush()
    made: dict[int, list[Attempt]] = {}
    with ExitStack() as stack:
        tickets = stack.enter_context(_Tickets.of(len(shares)))
        others = []
        for _ in range(count - 1):
            # Where there is no room for a process or its file, there is one process fewer.
            with suppress(OSError):
                others.append(stack.enter_context(_Other.start(work, shares, tickets, prepare)))
        for wanted in range(len(shares)):
            while wanted not in made:
                number = tickets.draw()
                if number is not None:
                    made[number] = [_attempt(work, thing) for thing in shares[number]]
                elif not any(other.is_there for other in others):
                    made[wanted] = [(False, None)] * len(shares[wanted])
                for other in _told(others, None if number is None else 0):
                    made.update(other.receive())
            yield made.pop(wanted)


class _Tickets(Struct, frozen=True):
    """The numbers of the shares, of which each is drawn once, by whoever comes first."""

    reading: int

    @classmethod
    def of(cls, count: int) -> _Tickets:
        reading, writing = os.pipe()
        os.write(writing, b"".join(map(_TICKET.pack, range(count))))
        os.close(writing)
        return cls(reading)

    def __enter__(self) -> _Tickets:
        return self

    def __exit__(self, *_: object) -> None:
        # Whoever still works stops after what it has drawn.
        while self.draw() is not None:
            pass
        os.close(self.reading)

    def draw(self) -> int | None:
        """Return the number of a share that is now the caller's; ``None`` where all are taken."""
        ticket = os.read(self.reading, _TICKET.size)
        return _TICKET.unpack(ticket)[0] if ticket else None


class _Other(Struct):
    """A double of this process, which works beside it."""

    process: int
    telling: Connection
    """Says which shares are done."""
    file: IO[bytes]
    """Holds what came of them, one after another."""
    read: int = 0
    is_there: bool = True

    @classmethod
    def start(
        cls,
        work: Callable[[Thing], Made],
        shares: Sequence[Sequence[Thing]],
        tickets: _Tickets,
        prepare: Callable[[], None] | None,
    ) -> _Other:
        """Double this process; the other one works until all shares are taken, and ends."""
        reading, writing = Pipe(duplex=False)
        file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by __exit__, where the work ends
        process = os.fork()
        if process:
            writing.close()
            return cls(process, reading, file)
        try:
            reading.close()
            if prepare is not None:
                prepare()
            # What was there before is nobody's to look through; circles made since would else pile up.
            gc.freeze()
            done = 0
            while (number := tickets.draw()) is not None:
                data = packed([_attempt(work, thing) for thing in shares[number]])
                file.write(data)
                file.flush()
                writing.send_bytes(_DONE.pack(number, len(data)))
                done += len(shares[number])
                if done >= _TIDY:
                    gc.collect()
                    done = 0
            writing.close()
        finally:
            os._exit(0)  # nothing of the first process's end (files, handlers) is ours to do

    def __enter__(self) -> _Other:
        return self

    def __exit__(self, *_: object) -> None:
        self.telling.close()
        self.file.close()
        with suppress(ChildProcessError):
            os.waitpid(self.process, 0)

    def receive(self) -> dict[int, list[Attempt]]:
        """Return the share that is told of next, by its number; none where the process has ended."""
        try:
            number, length = _DONE.unpack(self.telling.recv_bytes())
        except (EOFError, OSError):
            self.is_there = False
            return {}
        data = os.pread(self.file.fileno(), length, self.read)
        self.read += length
        return {number: pickle.loads(data)}


def _told(others: Sequence[_Other], patience: float | None) -> list[_Other]:
    """Return those of whom there is something to hear; waits for it as long as may be."""
    there = [other for other in others if other.is_there]
    heard = wait([other.telling for other in there], patience) if there else []
    return [other for other in there if other.telling in heard]


def _attempt(work: Callable[[Thing], Made], thing: Thing) -> Attempt:
    try:
        return True, work(thing)
    except Exception:
        return False, None
