"""What each article shares with others: from the site to ``magazine.related``, and its reasons in Danish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from magazine.articles import Article, tag_id
from magazine.danish.lists import listed
from magazine.listings import Kind, Listing, listings, parts_around
from magazine.related import Kin, Thing, Traits, related
from magazine.site import Page, Site


def kin_of(site: Site) -> Mapping[str, tuple[Kin, ...]]:
    """Return the related articles of each article, by path."""
    shown = shown_in_series(listings(site.articles, site.desk))
    traits = (traits_of(article, site.pages[article.path], site) for article in site.articles)
    return related([replace(one, shown=shown.get(one.path, frozenset())) for one in traits])


def shown_in_series(found: Sequence[Listing]) -> Mapping[str, frozenset[str]]:
    """Return the articles that stand in the box of its series above those related to each, by path.

    Args:
        found: every list.
    """
    shown = {}
    for series in found:
        if series.kind is Kind.SERIES:
            paths = [article.path for article in series.articles]
            for number, path in enumerate(paths, 1):
                around = parts_around(number, len(paths))
                shown[path] = frozenset(paths[around.start - 1 : around.stop - 1])
    return shown


def traits_of(article: Article, page: Page, site: Site) -> Traits:
    """Return what an article has to share."""
    people = tuple(author for author in article.authors if not site.desk.authors[author].is_organisation)
    return Traits(article.path, article.moment.day, people, frozenset(_things(article, page)))


def reasons(kin: Kin, site: Site) -> str:
    """Return why an article is related: ``tallet I job, emnet mentor``."""
    return listed([_told(thing, site) for thing in kin.shares])


def _things(article: Article, page: Page) -> Iterator[Thing]:
    yield "kategori", article.category
    if article.series:
        yield "serie", article.series
    for tag in article.tags:
        yield "emne", tag_id(tag)
    for text in page.texts.values():
        for answer in text.shown:
            for observation in answer.observations:
                yield "tal", observation.indicator
    for name in page.body.rendered.names:
        yield "navn", name


def _told(thing: Thing, site: Site) -> str:
    kind, name = thing
    match kind:
        case "tal":
            return f"tallet «{site.figures.indicators[name].name}»"
        case "serie":
            return f"serien «{site.desk.series[name].name}»"
        case "kategori":
            return f"kategorien «{site.desk.categories[name].name}»"
        case "navn":
            return f"navnet {name}"
    tag = next((tag for article in site.articles for tag in article.tags if tag_id(tag) == name), name)
    return f"emnet {tag}"
