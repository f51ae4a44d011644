"""The pages under ``/tal/``: what is measured, each published value, and where the magazine uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from markupsafe import Markup

from magazine.blocks.answer import resolve_block
from magazine.blocks.model import CHARTS, Block, Kind, Request
from magazine.blocks.stories import Stories
from magazine.danish.dates import print_day
from magazine.danish.lists import listed
from magazine.danish.typography import as_sentence, set_text
from magazine.entries import Lines
from magazine.figures.cite import describe_source
from magazine.figures.model import Indicator, Observation, Reason, Status
from magazine.figures.select import NoValue, newest, superseded_by, target_of
from magazine.pages.open_data import row_id
from magazine.pages.views import (
    IndicatorRowView,
    IndicatorView,
    KeyFigureView,
    LinkView,
    ObservationView,
    ShowingView,
    UseView,
)
from magazine.prose import sentences
from magazine.render import render_field
from magazine.resolve import Families, Reading, Resolved
from magazine.site import Site, Text
from magazine.values import print_value


def indicator_rows(site: Site) -> tuple[IndicatorRowView, ...]:
    """Return the rows of ``/tal/``, in the order of the file."""
    rows = []
    for indicator in site.figures.indicators.values():
        observation = _newest(site, indicator)
        if observation is None:
            continue
        rows.append(
            IndicatorRowView(
                indicator.name,
                f"/tal/{indicator.id}/",
                indicator.among or "",
                print_value(observation.value, indicator.unit),
                observation.period.print(),
                set_text(describe_source(site.figures.sources[observation.source])),
            )
        )
    return tuple(rows)


def indicator_view(
    site: Site,
    indicator: Indicator,
    key_figure: Callable[[Observation], KeyFigureView],
    draw: Callable[[Block], Markup],
    uses: tuple[UseView, ...],
) -> IndicatorView:
    """Return one indicator's page.

    Args:
        site: the site.
        indicator: what is measured.
        key_figure: sets an observation large.
        draw: prints a block of figures.
        uses: where the magazine shows it (``magazine.pages.gists``).
    """
    figures = site.figures
    latest = _newest(site, indicator)
    series = _series(site, indicator)
    observations = sorted(
        (observation for observation in figures.observations if observation.indicator == indicator.id),
        key=lambda observation: (observation.period.last, figures.sources[observation.source].vintage),
        reverse=True,
    )
    published = {observation.indicator for observation in figures.observations}
    wholes = [
        other
        for other in figures.indicators.values()
        if indicator.id in other.parts and other.id in published
    ]
    return IndicatorView(
        id=indicator.id,
        name=indicator.name,
        unit=indicator.unit.plural,
        among=indicator.among or "",
        note=indicator.note or "",
        target=_link(site, indicator.target) if indicator.target and indicator.target in published else None,
        parts=tuple(_link(site, part) for part in indicator.parts if part in published),
        whole=_link(site, wholes[0].id) if wholes else None,
        newest=key_figure(latest) if latest else None,
        observations=tuple(_observation_view(site, indicator, observation) for observation in observations),
        showing=_by_page(uses),
        target_words=_target_words(site, indicator, latest),
        chart=draw(series) if series is not None else "",
        citation=_citation(site, indicator, latest),
    )


def _by_page(uses: Iterable[UseView]) -> tuple[ShowingView, ...]:
    """Return each page once, with all that it shows: ten links of one name tell a listener nothing."""
    found: dict[tuple[str, str], list[UseView]] = {}
    for use in uses:
        found.setdefault((use.title, use.address), []).append(use)
    return tuple(ShowingView(*page, tuple(places)) for page, places in found.items())


def _newest(site: Site, indicator: Indicator) -> Observation | None:
    try:
        return newest(site.figures, indicator.id, site.clock.today, site.clock.today).observation
    except NoValue:
        return None


def _link(site: Site, indicator: str) -> LinkView:
    return LinkView(site.figures.indicators[indicator].name, f"/tal/{indicator}/", indicator)


def _observation_view(site: Site, indicator: Indicator, observation: Observation) -> ObservationView:
    figures = site.figures
    source = figures.sources[observation.source]
    later = superseded_by(figures, observation, site.clock.today)
    remarks = []
    if observation.status is not Status.MEASURED:
        remarks.append(f"{str(observation.status).capitalize()}.")
    if later is not None and later.supersedes is not None:
        what = "Rettet" if later.supersedes.reason is Reason.ERROR else "Siden opgjort"
        remarks.append(
            f"{what} til {print_value(later.value, indicator.unit)} "
            f"({describe_source(figures.sources[later.source])}). {as_sentence(later.supersedes.explanation)}"
        )
    if observation.preferred:
        remarks.append(f"Magasinet bruger dette tal: {observation.preferred_why}")
    remarks += [
        f"Her stod {print_value(mended.stood, indicator.unit)} indtil {print_day(mended.day)}. "
        f"{as_sentence(mended.explanation)}"
        for mended in observation.mended
    ]
    if observation.break_note:
        remarks.append(f"Brud i serien: {observation.break_note}")
    if observation.note:
        remarks.append(observation.note)
    return ObservationView(
        period=observation.period.print(),
        value=print_value(observation.value, indicator.unit),
        source=f"{source.title}, {source.publisher}",
        source_url=source.url or "",
        vintage=source.published.print() if source.published else "udgivelsesdato ukendt",
        page=observation.page or ("ikke oplyst" if source.has_pages else ""),
        n=_answers(observation, indicator),
        among=observation.among or "",
        quotation=observation.quotation or "",
        language=source.language.code if source.language else "",
        remarks=tuple(set_text(remark) for remark in remarks),
        is_in_force=later is None,
        id=row_id(observation.period.text, observation.source),
    )


def _answers(observation: Observation, indicator: Indicator) -> str:
    if observation.n is not None:
        return f"{observation.n.text} svar"
    return "antal svar er ikke oplyst" if indicator.survey else ""


#: What a reader calls the places of a page's texts.
_PLACES = {
    "title": "overskrift",
    "kicker": "linjen over overskriften",
    "description": "underrubrik",
    "body": "brødtekst",
    "image.alt": "billedets beskrivelse",
    "image.caption": "billedtekst",
    "image.credit": "kreditering",
}


def uses_of(site: Site, path: str, address: str) -> Iterator[tuple[str, UseView]]:
    """Yield every sentence and every block of a page that shows a figure, each with its indicator."""
    page = site.pages[path]
    title = page.plain("title")
    order = list(_PLACES)
    for key in sorted(page.texts, key=lambda key: order.index(key) if key in order else len(order)):
        text, place = page.texts[key], _PLACES.get(key, "rettelse")
        for answer, where, before, words, after in _shown(text, place):
            for indicator in dict.fromkeys(observation.indicator for observation in answer.observations):
                # «Rekord» rests on a whole series, and is one sentence all the same.
                rests_on = [one for one in answer.observations if one.indicator == indicator]
                yield (
                    indicator,
                    UseView(title, address, words, _vintage(site, rests_on), where, before, after),
                )
        for block in text.blocks:
            if block is not None:
                yield from _uses_in_block(site, block, title, address)


def _uses_in_block(
    site: Site, block: Block | Stories, title: str, address: str
) -> Iterator[tuple[str, UseView]]:
    """Yield one use for each indicator of a block, with all its values there."""
    where = "boks eller tabel"
    if isinstance(block, Stories):
        where = "overskrift over artikler"
    elif block.kind in CHARTS:
        where = "graf"
    heading = f"{block.title.plain if block.title is not None else ''}: "
    found: dict[str, dict[tuple[str, str], list[Observation]]] = {}
    for answer in block.answers:
        for observation in answer.observations:
            words = (set_text(answer.words), observation.period.print())
            found.setdefault(observation.indicator, {}).setdefault(words, []).append(observation)
    for indicator, values in found.items():
        printed = [f"{words} ({period})" if len(values) > 1 else words for words, period in values]
        rests_on = [observation for group in values.values() for observation in group]
        use = UseView(title, address, listed(printed), _vintage(site, rests_on), where, heading)
        yield indicator, use


def _vintage(site: Site, observations: Sequence[Observation]) -> str:
    """Return the periods and the sources of what a sentence rests on: ``2019 og 2022, Statusrapport``."""
    by_time = sorted(observations, key=lambda one: one.period.last)
    periods = dict.fromkeys(one.period.print() for one in by_time)
    titles = dict.fromkeys(site.figures.sources[one.source].title for one in by_time)
    return f"{listed(list(periods))}, {'; '.join(titles)}"


@lru_cache(maxsize=32768)
def _set(text: str) -> str:
    """Set a text; a preview makes these pages again at every change, mostly of the same sentences."""
    return set_text(text)


def _shown(text: Text, place: str) -> Iterator[tuple[Resolved, str, str, str, str]]:
    """Yield each answer of the text with its place and its sentence: before, its words, and after."""
    printed = sentences(text.rendered.demands, [answer.words for answer in text.answers])
    for demand, answer, sentence in zip(text.rendered.demands, text.answers, printed, strict=True):
        where = "mellemrubrik" if demand.in_heading else place
        yield answer, where, _set(sentence.before), _set(sentence.words), _set(sentence.after)


def _series(site: Site, indicator: Indicator) -> Block | None:
    """Return the indicator's series as a block; ``None`` where there is none to draw."""
    if len({item.period for item in site.figures.observations if item.indicator == indicator.id}) < 2:
        return None
    today = site.clock.today
    request = Request(
        Kind.SERIES,
        (indicator.id,),
        None,
        None,
        None,
        render_field(f"{indicator.name} over tid", indicator.place),
        None,
        Lines(indicator.place.path, indicator.place.line, {}),
    )
    block, problems = resolve_block(request, site.figures, Reading(today, today, is_dated=False), Families())
    return block if not any(not problem.warning for problem in problems) else None


def _target_words(site: Site, indicator: Indicator, latest: Observation | None) -> str:
    if indicator.target is None or latest is None:
        return ""
    today = site.clock.today
    try:
        target = target_of(site.figures, indicator.id, latest.period, today, today).observation
    except NoValue:
        return ""
    return f"{print_value(target.value, indicator.unit)} ({target.period.print()})"


def _citation(site: Site, indicator: Indicator, latest: Observation | None) -> str:
    if latest is None:
        return ""
    source = describe_source(site.figures.sources[latest.source])
    row = row_id(latest.period.text, latest.source)
    return set_text(
        f"{indicator.name}, {latest.period.print()}: {print_value(latest.value, indicator.unit)}. "
        f"Kilde: {source}. Gengivet efter {site.settings.name}, "
        f"{site.settings.address}/tal/{indicator.id}/#{row}"
    )
