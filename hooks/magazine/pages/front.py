"""The front page's ranks: who leads, who follows, what flows by, and what has a band of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup
from msgspec.structs import replace

from magazine.articles import Article
from magazine.pages.cards import category_view, series_end
from magazine.pages.views import CardView, FrontView, ImageView, KeyFigureView, NoteView, SeriesView
from magazine.pictures import Role
from magazine.site import Site

#: Two stories beside the lead and one below it; the text river; what is left, as headlines.
_SECONDS, _RIVER, _MORE = 3, 5, 12
#: Headlines below the lead.
_ALSO = 2
_DEBATE = "debat"
_DEBATES = 3


def front_view(
    site: Site,
    ranked: Sequence[Article],
    cards: Mapping[str, CardView],
    kin: Sequence[str],
    series: Mapping[str, SeriesView],
    figures: tuple[KeyFigureView, ...],
    body: Markup,
    notes: tuple[NoteView, ...],
    show: Callable[[ImageView, Role], ImageView],
) -> FrontView:
    """Return the front page.

    Args:
        site: the site.
        ranked: every article, the one that leads first.
        cards: each article as lists show it, by path.
        kin: the paths of those that the leading one shares most with.
        series: those of more than one article, by id.
        figures: the living figures.
        body: the editor's own words of them.
        notes: where they come from.
        show: gives a picture the shape of its place.
    """
    debates = [article for article in ranked if article.category == _DEBATE and article.featured != 1]
    debates = debates[:_DEBATES]
    debated = {article.path for article in debates}
    stories = [article for article in ranked if article.path not in debated]
    top, rest = stories[: 1 + _SECONDS], stories[1 + _SECONDS :]
    # Debates have a band of their own, however near they are to what leads.
    placed_already = {article.path for article in (*top, *debates)}
    also = [path for path in kin if path not in placed_already][:_ALSO]
    running = _running_series(site, series)
    told = {part.card.address for part in running.parts} if running else set()
    told |= {cards[path].address for path in also}
    # What stands elsewhere on the page flows by only where there is room for it.
    rest = sorted(rest, key=lambda article: article.address in told)
    column = next((article for article in rest if article.image is not None), None)
    flow = [article for article in rest if article is not column]

    def placed(article: Article, role: Role) -> CardView:
        card = cards[article.path]
        return replace(card, image=show(card.image, role)) if card.image else card

    if running is not None and running.image is not None:
        running = replace(running, image=show(running.image, Role.FULL))
    # The first of the seconds stands beside the lead, the third below it; the second has no picture.
    shapes = (Role.LEAD, None, Role.TALL)
    return FrontView(
        lead=placed(top[0], Role.WIDE) if top else None,
        seconds=tuple(
            placed(article, role) if role else cards[article.path]
            for article, role in zip(top[1:], shapes, strict=False)
        ),
        river=tuple(cards[article.path] for article in flow[:_RIVER]),
        figures=figures,
        body=body,
        notes=notes,
        also=tuple(cards[path] for path in also),
        column=placed(column, Role.SQUARE) if column else None,
        more=tuple(
            cards[article.path] for article in flow[_RIVER : _RIVER + _MORE] if article.address not in told
        ),
        debate=tuple(
            placed(article, Role.LEAD) if len(debates) == 1 else cards[article.path] for article in debates
        ),
        debate_link=category_view(site, _DEBATE) if debates else None,
        series=running,
    )


def _running_series(site: Site, series: Mapping[str, SeriesView]) -> SeriesView | None:
    """Return the series that was written for last, if it has more than one article."""
    for article in site.articles:
        if article.series and article.series in series:
            return series_end(series[article.series])
    return None
