"""The pages under ``/tal/``: what is measured, each published value, and where the magazine uses it."""

from __future__ import annotations

from collections.abc import Callable

from magazine.danish.typography import set_text
from magazine.figures.model import Indicator, Observation, Reason, Status
from magazine.figures.select import NoValue, newest, superseded_by
from magazine.pages.views import (
    IndicatorRowView,
    IndicatorView,
    KeyFigureView,
    LinkView,
    ObservationView,
    UseView,
)
from magazine.resolve import describe_source
from magazine.site import Site
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
    site: Site, indicator: Indicator, key_figure: Callable[[Observation], KeyFigureView]
) -> IndicatorView:
    """Return one indicator's page.

    Args:
        site: the site.
        indicator: what is measured.
        key_figure: sets an observation large.
    """
    figures = site.figures
    latest = _newest(site, indicator)
    observations = sorted(
        (observation for observation in figures.observations if observation.indicator == indicator.id),
        key=lambda observation: (observation.period.last, figures.sources[observation.source].vintage),
        reverse=True,
    )
    wholes = [other for other in figures.indicators.values() if indicator.id in other.parts]
    return IndicatorView(
        id=indicator.id,
        name=indicator.name,
        unit=indicator.unit.plural,
        among=indicator.among or "",
        note=indicator.note or "",
        target=_link(site, indicator.target) if indicator.target else None,
        parts=tuple(_link(site, part) for part in indicator.parts),
        whole=_link(site, wholes[0].id) if wholes else None,
        newest=key_figure(latest) if latest else None,
        observations=tuple(_observation_view(site, indicator, observation) for observation in observations),
        uses=tuple(_uses(site, indicator)),
    )


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
            f"({describe_source(figures.sources[later.source])}): {later.supersedes.explanation}"
        )
    if observation.preferred:
        remarks.append(f"Magasinet bruger dette tal: {observation.preferred_why}")
    remarks += [
        f"Stod her som {mended.stood.text} til og med {mended.day.isoformat()}: {mended.explanation}"
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
        n=observation.n.text if observation.n else ("ikke oplyst" if indicator.survey else ""),
        among=observation.among or "",
        quotation=observation.quotation or "",
        remarks=tuple(set_text(remark) for remark in remarks),
        is_in_force=later is None,
        id=f"{observation.period.text}-{observation.source}".replace("/", "-"),
    )


def _uses(site: Site, indicator: Indicator) -> list[UseView]:
    uses: dict[tuple[str, str, str], UseView] = {}
    shown = {article.path: article.address for article in site.articles}
    shown |= {page.path: page.address for page in site.standing.values()}
    for path, address in shown.items():
        page = site.pages[path]
        for text in page.texts.values():
            for answer in text.shown:
                for observation in answer.observations:
                    if observation.indicator == indicator.id:
                        source = site.figures.sources[observation.source]
                        use = UseView(
                            page.plain("title"),
                            address,
                            answer.words,
                            f"{observation.period.print()}, {source.title}",
                        )
                        uses.setdefault((use.address, use.words, use.vintage), use)
    return list(uses.values())
