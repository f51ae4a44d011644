"""What a person sees of long work: nothing at first, then how far it has come, and nothing that stays."""

from __future__ import annotations

import io
from collections.abc import Iterator

from magazine.progress import Progress, watched


def _clock(step: float) -> Iterator[float]:
    now = 0.0
    while True:
        yield now
        now += step


def _screen(count: int, step: float) -> str:
    screen, times = io.StringIO(), _clock(step)
    progress = Progress(screen, lambda: next(times), next(times))
    assert list(progress.over("Efterser artikler", range(count), count)) == list(range(count))
    return screen.getvalue()


def test_short_work_is_done_in_silence() -> None:
    assert _screen(100, 0.01) == ""


def test_long_work_tells_how_far_it_has_come() -> None:
    shown = _screen(1500, 0.5)

    assert "\rEfterser artikler: 3 af 1.500" in shown
    assert "\rEfterser artikler: 1.499 af 1.500" in shown
    assert "\rEfterser artikler: 2 af" not in shown


def test_nothing_of_it_stays() -> None:
    *_, last = _screen(10, 1).rpartition("\r")[0].split("\r")

    assert last.strip() == ""


def test_without_a_screen_the_work_is_the_same() -> None:
    assert list(watched(None, "Læser", iter("abc"), 3)) == ["a", "b", "c"]
