"""How a source is named, in notes and in messages."""

from __future__ import annotations

from magazine.figures.model import Source


def describe_source(source: Source) -> str:
    """Return ``Titel, Udgiver, 24. maj 2022``, the form of notes and of messages."""
    return f"{source.title}, {source.publisher}, {_day(source)}"


def cite(source: Source) -> str:
    """Return ``Titel, 24. maj 2022``, short enough to stand inside a sentence."""
    return f"{source.title}, {_day(source)}"


def _day(source: Source) -> str:
    return source.published.print() if source.published else "udgivelsesdato ukendt"
