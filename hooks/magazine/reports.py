"""What the editors' command and a build print: plain Danish for a terminal, Markdown for a pull request."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time

from magazine.danish.dates import COPENHAGEN, Moment, print_day
from magazine.danish.lists import listed
from magazine.figures.model import Figures
from magazine.impact import Impact, NewRemark
from magazine.pictures import FORMATS
from magazine.problems import Place
from magazine.publish import Published, Publisher
from magazine.site import DESK_FILE, MENTOR_FILE, Site
from magazine.summary import Summary, counted

#: Characters that Markdown would read as something else.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|])")


def impact_text(impact: Impact) -> str:
    """Return an impact for the terminal."""
    lines: list[str] = [_NOTHING, ""] if impact.is_empty else []
    for heading, items in _sections(impact):
        lines += [heading, ""]
        for item, details in items:
            lines += [f"  {item}", *(f"    {detail}" for detail in details)]
        lines.append("")
    if impact.left:
        lines += [_left(impact.left), ""]
    return "\n".join(lines)


def impact_markdown(impact: Impact) -> str:
    """Return an impact as Markdown, for a pull request."""
    lines = ["## Hvad ændringen af tallene gør", ""]
    if impact.is_empty:
        lines += [_NOTHING, ""]
    for heading, items in _sections(impact):
        lines += [f"### {heading}", ""]
        for item, details in items:
            lines.append(f"- {_escaped(item)}")
            # Two spaces at the end keep the lines apart.
            lines += [f"  > {_escaped(detail)}  " for detail in details]
        lines.append("")
    if impact.left:
        lines += [_left(impact.left), ""]
    return "\n".join(lines)


_NOTHING = "Ændringen rører ingen sætninger."


def _left(errors: int) -> str:
    return (
        f"Der er også {errors} fejl, som ikke skyldes ændringen. Det, de rammer, er ikke regnet med her. Se "
        "dem med «magasin tjek»."
    )


_Item = tuple[str, tuple[str, ...]]


def _sections(impact: Impact) -> Iterator[tuple[str, list[_Item]]]:
    """Yield each part of the report that is not empty: its heading, and items with their details."""
    if impact.failures:
        number = counted(len(impact.failures), "fejl skal", "fejl skal")
        yield f"{number} rettes, før der kan bygges", [(str(problem), ()) for problem in impact.failures]
    if impact.rewordings:
        yield (
            f"{counted(len(impact.rewordings), 'sted', 'steder')} kommer til at lyde anderledes",
            [
                (
                    f"{_where(change.place)}, {change.surface}",
                    (f"før:   {change.before}", f"efter: {change.after}"),
                )
                for change in impact.rewordings
            ],
        )
    if impact.corrections:
        pages = len({item.place.path for item in impact.corrections})
        yield (
            f"{counted(pages, 'artikel', 'artikler')} får en rettelse, som også kommer på /rettelser/",
            [(f"{item.place.path}, {print_day(item.day)}", (item.text,)) for item in impact.corrections],
        )
    if impact.remarks:
        remarks = _by_page(impact.remarks)
        total = sum(len(details) for _, details in remarks)
        yield f"{counted(total, 'note', 'noter')} kommer til under tallene", remarks
    if impact.warnings:
        yield (
            f"{counted(len(impact.warnings), 'advarsel', 'advarsler')} kommer til",
            [(str(problem), ()) for problem in impact.warnings],
        )
    if impact.lost:
        yield (
            "Tal, der er forsvundet eller ændret på stedet",
            [(str(problem), ()) for problem in impact.lost],
        )


def _by_page(remarks: Sequence[NewRemark]) -> list[_Item]:
    """Return each page with what its notes will say, and on which lines the figures stand."""
    pages: dict[str, dict[str, set[int]]] = {}
    for remark in remarks:
        lines = pages.setdefault(remark.place.path, {}).setdefault(f"{remark.name}: {remark.remark}", set())
        lines.add(remark.place.line)
    return [
        (path, tuple(f"{_lines(lines)}: {remark}" for remark, lines in _in_order(found)))
        for path, found in pages.items()
    ]


def _in_order(remarks: Mapping[str, set[int]]) -> list[tuple[str, set[int]]]:
    return sorted(remarks.items(), key=lambda item: min(item[1]))


def _lines(lines: Iterable[int]) -> str:
    numbers = [str(line) for line in sorted(lines)]
    return f"{'linje' if len(numbers) == 1 else 'linjerne'} {listed(numbers)}"


def _where(place: Place) -> str:
    return f"{place.path}:{place.line}"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def schedule_text(site: Site, figures: Figures) -> str:
    """Return what appears when: scheduled articles and sources in their order, then drafts.

    Args:
        site: the site.
        figures: all figures, those that are still to come too.
    """
    coming = [
        (
            article.moment.at,
            _moment(article.moment),
            f"{article.path}  {site.pages[article.path].plain('title')}",
        )
        for article in site.held
        if not article.draft
    ]
    for source in figures.sources.values():
        if not source.is_out(site.clock.today):
            at = datetime.combine(source.vintage, time(), COPENHAGEN)
            coming.append((at, print_day(source.vintage), f"kilden {source.id}  {source.title}"))
    lines = [f"{when}  {what}" for _, when, what in sorted(coming)] or ["Intet er planlagt."]
    drafts = [
        f"  {article.path}  {site.pages[article.path].plain('title')}"
        for article in site.held
        if article.draft
    ]
    if drafts:
        lines += ["", "Kladder, der ikke udkommer af sig selv:", *drafts]
    return "".join(f"{line}\n" for line in lines)


def _moment(moment: Moment) -> str:
    hour = f" kl. {moment.at:%H.%M}" if moment.has_time else ""
    return f"{print_day(moment.day)}{hour}"


def summary_of(site: Site, files: Mapping[str, Published], publisher: Publisher) -> Summary:
    """Return what a build tells at its end.

    Args:
        site: what was built.
        files: what stands.
        publisher: how many pages were made, and how many taken over.
    """
    return Summary(
        len(site.articles),
        sum(page.figures for page in site.pages.values()),
        len(files),
        publisher.made + publisher.kept,
        (*_remarks(site, files),),
        site.warnings,
    )


def _remarks(site: Site, files: Mapping[str, Published]) -> Iterator[str]:
    yield from _pictures_text(files)
    if site.held:
        held = counted(len(site.held), "kladde eller planlagt artikel", "kladder og planlagte artikler")
        yield f"Venter: {held}"
    if missing := site.desk.missing():
        yield f"Mangler: {', '.join(missing)} ({DESK_FILE})"
    if site.mentor.spots and (missing := site.mentor.missing()):
        yield f"Mangler: {', '.join(missing)} ({MENTOR_FILE})"
        if site.mentor.form is None:
            yield "«Bliv mentor» viser ingen formular: den har ingen modtager"


def _pictures_text(files: Mapping[str, Published]) -> Iterator[str]:
    made = {path: size for path, (_, _, _, size) in files.items() if path.startswith("billeder/")}
    if made:
        forms = Counter(path.rpartition(".")[2] for path in made)
        millions = f"{sum(made.values()) / 1e6:.1f}".replace(".", ",")
        counts = ", ".join(f"{forms[form]} {form}" for form in FORMATS if form in forms)
        yield f"Billeder: {counted(len(made), 'fil', 'filer')} på {millions} MB ({counts})"
