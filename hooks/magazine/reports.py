"""What the editors' command and a build print: plain Danish for a terminal, Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from magazine.impact import Impact
from magazine.problems import Problem
from magazine.site import DESK_FILE, MENTOR_FILE, Site


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


def count_text(problems: Sequence[Problem]) -> str:
    """Return the line that ends a build with faults."""
    return f"{sum(not problem.warning for problem in problems)} fejl, intet er bygget"


def built_text(site: Site, made: int, seconds: float) -> Iterator[str]:
    """Yield the lines that end a build.

    Args:
        site: what was built.
        made: how many pages.
        seconds: how long it took.
    """
    figures = sum(len(text.answers) for page in site.pages.values() for text in page.texts.values())
    took = f"{seconds:.1f}".replace(".", ",")
    yield (
        f"{_count(len(site.articles), 'artikel', 'artikler')}, {figures} tal efterset, "
        f"{_count(made, 'side', 'sider')} lavet på {took} sekunder"
    )
    if site.held:
        held = _count(len(site.held), "kladde eller planlagt artikel", "kladder og planlagte artikler")
        yield f"Venter: {held}"
    if missing := site.desk.missing():
        yield f"Mangler: {', '.join(missing)} ({DESK_FILE})"
    if site.mentor.spots and (missing := site.mentor.missing()):
        yield f"Mangler: {', '.join(missing)} ({MENTOR_FILE})"
        if site.mentor.form is None:
            yield "«Bliv mentor» viser ingen formular: den har ingen modtager"
