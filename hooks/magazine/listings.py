"""The lists that readers find articles in: by category, tag, author, series and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from magazine.articles import Article, tag_id
from magazine.desk import Desk

#: Articles on a page of a list.
PAGE = 24
#: So many parts of a series stand beside each other; the rest is on its own page.
PARTS = 12
#: The overview of the years.
ARCHIVE = "/arkiv/"


class Kind(StrEnum):
    """What a list is made by; the value is the first part of its address."""

    CATEGORY = "kategori"
    TAG = "emne"
    AUTHOR = "forfatter"
    SERIES = "serie"
    YEAR = "arkiv"


class Leaf(Struct, frozen=True):
    """One page of a list."""

    number: int
    """From 1."""
    address: str
    articles: tuple[Article, ...]


class Listing(Struct, frozen=True, dict=True):
    """A list, which has at least one article."""

    kind: Kind
    id: str
    name: str
    text: str
    """What the editor has written about it; empty where nothing."""
    articles: tuple[Article, ...]
    """Newest first; a series begins with its first part."""

    @property
    def address(self) -> str:
        """``/kategori/mentor/``."""
        return f"/{self.kind}/{self.id}/"

    @property
    def has_feed(self) -> bool:
        """Whether the list goes on: a year ends."""
        return self.kind is not Kind.YEAR

    @property
    def newest(self) -> tuple[Article, ...]:
        """The articles as a feed has them."""
        return self.articles[::-1] if self.kind is Kind.SERIES else self.articles

    def leaves(self) -> tuple[Leaf, ...]:
        """Return the list's pages; the first has the list's own address."""
        return self._leaves

    @cached_property
    def _leaves(self) -> tuple[Leaf, ...]:
        return tuple(
            Leaf(number, self._leaf_address(number), self.articles[start : start + PAGE])
            for number, start in enumerate(range(0, len(self.articles), PAGE), 1)
        )

    def addresses(self) -> Iterator[str]:
        """Yield every address that the list takes up."""
        yield from (leaf.address for leaf in self.leaves())
        if self.has_feed:
            yield f"{self.address}feed.xml"
            yield f"{self.address}feed.json"

    def _leaf_address(self, number: int) -> str:
        return self.address if number == 1 else f"{self.address}side/{number}/"


def listings(articles: Sequence[Article], desk: Desk) -> tuple[Listing, ...]:
    """Return every list that has an article, those of one kind in the order of the editorial data.

    Args:
        articles: those that readers get, newest first.
        desk: names and texts of categories, authors and series.
    """
    found: dict[tuple[Kind, str], list[Article]] = defaultdict(list)
    tags: dict[str, str] = {}
    for article in articles:
        found[Kind.CATEGORY, article.category].append(article)
        for tag in article.tags:
            name = tag_id(tag)
            tags.setdefault(name, tag)
            found[Kind.TAG, name].append(article)
        for author in article.authors:
            found[Kind.AUTHOR, author].append(article)
        if article.series:
            found[Kind.SERIES, article.series].append(article)
        found[Kind.YEAR, f"{article.moment.day.year}"].append(article)
    made = [
        Listing(Kind.CATEGORY, entry.id, entry.name, entry.text or "", tuple(found[Kind.CATEGORY, entry.id]))
        for entry in desk.categories.values()
    ]
    made += [Listing(Kind.TAG, name, tags[name], "", tuple(found[Kind.TAG, name])) for name in sorted(tags)]
    made += [
        Listing(Kind.AUTHOR, entry.id, entry.name, entry.text or "", tuple(found[Kind.AUTHOR, entry.id]))
        for entry in desk.authors.values()
    ]
    made += [
        Listing(
            Kind.SERIES, entry.id, entry.name, entry.text or "", tuple(found[Kind.SERIES, entry.id][::-1])
        )
        for entry in desk.series.values()
    ]
    years = sorted((name for kind, name in found if kind is Kind.YEAR), reverse=True)
    made += [Listing(Kind.YEAR, year, year, "", tuple(found[Kind.YEAR, year])) for year in years]
    return tuple(listing for listing in made if listing.articles)


def parts_around(number: int, total: int) -> range:
    """Return the parts of a series that stand under one of them, by number: itself and those around it.

    A hundred parts below each of a hundred articles help nobody, and cost the square of their number.

    Args:
        number: of the part that is being read, from 1.
        total: how many parts there are.
    """
    start = max(0, min(number - 1 - PARTS // 2, total - PARTS))
    return range(start + 1, min(start + PARTS, total) + 1)


class Part(Struct, frozen=True):
    """Where an article stands in its series."""

    number: int
    total: int
    previous: Article | None
    next: Article | None


def parts(series: Listing) -> Iterator[tuple[str, Part]]:
    """Yield each article's path with its place in the series."""
    articles = series.articles
    for index, article in enumerate(articles):
        yield (
            article.path,
            Part(
                index + 1,
                len(articles),
                articles[index - 1] if index else None,
                articles[index + 1] if index + 1 < len(articles) else None,
            ),
        )
