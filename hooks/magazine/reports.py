"""What the editors' command prints: plain Danish for a terminal, Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from magazine.impact import Impact


def impact_text(impact: Impact) -> str:
    """Return an impact for the terminal."""
    if impact.is_empty:
        return "Ændringen rører ingen sætninger.\n"
    return "\n".join(_lines(impact, heading="{}", item="  {}", quote="    {}")) + "\n"


def impact_markdown(impact: Impact) -> str:
    """Return an impact as Markdown."""
    if impact.is_empty:
        return "Ændringen rører ingen sætninger.\n"
    return "\n".join(_lines(impact, heading="### {}", item="- {}", quote="  > {}  ")) + "\n"


def _lines(impact: Impact, *, heading: str, item: str, quote: str) -> Iterator[str]:
    if impact.rewordings:
        yield heading.format(f"{_count(len(impact.rewordings), 'sætning', 'sætninger')} bliver anderledes")
        yield ""
        for change in impact.rewordings:
            yield item.format(f"{change.place.path}:{change.place.line}, {change.surface}")
            yield quote.format(f"før:   {change.before}")
            yield quote.format(f"efter: {change.after}")
            yield ""
    if impact.failures:
        yield heading.format(
            f"{_count(len(impact.failures), 'fejl', 'fejl')} skal rettes, før der kan bygges"
        )
        yield ""
        yield from (item.format(problem) for problem in impact.failures)
        yield ""
    if impact.remarks:
        yield heading.format(f"{_count(len(impact.remarks), 'note', 'noter')} kommer til under tallene")
        yield ""
        for remark in impact.remarks:
            yield item.format(f"{remark.place.path}:{remark.place.line}, «{remark.words}»: {remark.remark}")
        yield ""
    if impact.lost:
        yield heading.format("Tal, der er forsvundet eller ændret på stedet")
        yield ""
        yield from (item.format(problem) for problem in impact.lost)
        yield ""


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
