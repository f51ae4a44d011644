"""What a build says at its end, in plain Danish."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from magazine.problems import Problem
from magazine.publish import Publisher


class Summary(Struct, frozen=True):
    """What stands, as far as the end of a build tells of it."""

    articles: int
    figures: int
    files: int
    pages: int
    """The files that have a key: they are made, or taken over unmade."""
    remarks: tuple[str, ...]
    """Whole lines: pictures, what waits, what is missing."""
    warnings: tuple[Problem, ...]


def counted(number: int, one: str, several: str) -> str:
    """Return a number with its noun: ``1 artikel``, ``2 artikler``."""
    return f"{number} {one if number == 1 else several}"


def count_text(problems: Sequence[Problem]) -> str:
    """Return the line that ends a build with faults."""
    return f"{sum(not problem.warning for problem in problems)} fejl, intet er bygget"


def built_text(summary: Summary, publisher: Publisher, seconds: float) -> Iterator[str]:
    """Yield the lines that end a build.

    Args:
        summary: what stands.
        publisher: how many pages were made, how many taken over, how many files are new or different.
        seconds: how long it took.
    """
    took = f"{seconds:.1f}".replace(".", ",")
    yield (
        f"{counted(summary.articles, 'artikel', 'artikler')}, {summary.figures} tal efterset, "
        f"{counted(publisher.written, 'fil', 'filer')} af {summary.files} skrevet på {took} sekunder"
    )
    yield f"Sider: {publisher.made} lavet, {publisher.kept} genbrugt"
    yield from summary.remarks
