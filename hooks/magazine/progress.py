"""How far long work has come, for a person who is watching: nothing in the first seconds, nor in a log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TextIO, TypeVar

from msgspec import Struct

#: Whoever waits shorter than this wonders about nothing, in seconds.
PATIENCE = 2
#: Between two looks at the same line, in seconds.
_PACE = 0.2

Thing = TypeVar("Thing")


class Progress(Struct):
    """One line on a screen, written over and over, and wiped out in the end."""

    screen: TextIO
    clock: Callable[[], float]
    began: float
    _shown: float = 0
    _width: int = 0

    def over(self, stage: str, things: Iterable[Thing], total: int) -> Iterator[Thing]:
        """Yield the things, and tell now and then how many of them are done.

        Args:
            stage: what is done, in the present tense: ``Efterser artikler``.
            things: what it is done to, or what comes of it.
            total: how many there are.
        """
        try:
            for done, thing in enumerate(things):
                self._tell(f"{stage}: {_number(done)} af {_number(total)}")
                yield thing
        finally:
            self.wipe()

    def wipe(self) -> None:
        """Leave the line as if nothing had been there."""
        if self._width:
            self.screen.write(f"\r{' ' * self._width}\r")
            self.screen.flush()
            self._width = 0

    def _tell(self, line: str) -> None:
        now = self.clock()
        if now - self.began < PATIENCE or now - self._shown < _PACE:
            return
        self._shown = now
        self.screen.write(f"\r{line:<{self._width}}")
        self.screen.flush()
        self._width = len(line)


def watched(progress: Progress | None, stage: str, things: Iterable[Thing], total: int) -> Iterator[Thing]:
    """Yield the things, and tell of them where there is somebody to tell."""
    yield from things if progress is None else progress.over(stage, things, total)


def _number(number: int) -> str:
    return f"{number:,}".replace(",", ".")
