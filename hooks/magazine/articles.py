"""``articles/<year>/<slug>.md``: front matter and text to frozen articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import Field

from magazine.danish.dates import Moment
from magazine.desk import Desk
from magazine.entries import Entry, as_bool
from magazine.front_matter import Checks, Image, ImageEntry, read_front_matter
from magazine.problems import Place, Problem
from magazine.render import anchor_of
from magazine.sources import Asset, Text, list_files, read_text
from magazine.store import Store, digest

FOLDER = "articles"
_PATH = re.compile(rf"{FOLDER}/(?P<year>[^/]+)/(?P<slug>[^/]+)\.md\Z")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_RANKS = ("1", "2", "3", "4", "5")


class CorrectionEntry(Entry):
    """A correction."""

    date: str = Field(description="Dagen, det blev rettet.")
    text: str = Field(description="Hvad der stod, hvad der er rigtigt, og hvorfor.")


class FrontMatter(Entry):
    """The front matter of an article."""

    title: str = Field(description="Overskriften.")
    date: str = Field(
        description="Udgivelsen: 2022-05-24, eller 2022-05-24 17:10 for at vente til klokkeslættet."
    )
    description: str = Field(description="Underrubrikken: en eller to sætninger.")
    category: str = Field(description="En kategori fra data/redaktion.yml.")
    kicker: str | None = Field(None, description="Et eller to ord over overskriften.")
    authors: tuple[str, ...] = Field((), description="Forfattere fra data/redaktion.yml: [redaktionen].")
    tags: tuple[str, ...] = Field((), description="Emner: [mentor, beskæftigelse].")
    series: str | None = Field(None, description="En serie fra data/redaktion.yml.")
    updated: str | None = Field(None, description="Dagen, teksten sidst blev opdateret.")
    featured: str | None = Field(None, description="Pladsen på forsiden, fra 1 (øverst) til 5.")
    draft: str | None = Field(None, description="ja, så længe artiklen er en kladde.")
    redirect_from: tuple[str, ...] = Field((), description="Tidligere adresser: [/2021/01/02/gammelt-navn/].")
    image: ImageEntry | None = Field(
        None, description="Billedet: src, alt og credit, og evt. caption og focus."
    )
    corrections: tuple[CorrectionEntry, ...] = Field((), description="Rettelser: en liste med date og text.")


@dataclass(frozen=True)
class Correction:
    """A correction that an editor has written."""

    day: date
    text: str


@dataclass(frozen=True)
class Article:
    """A dated text."""

    path: str
    slug: str
    title: str
    moment: Moment
    updated: date | None
    description: str
    category: str
    kicker: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    series: str | None
    featured: int | None
    draft: bool
    redirect_from: tuple[str, ...]
    image: Image | None
    corrections: tuple[Correction, ...]
    body: str
    body_line: int
    lines: Mapping[str, int]
    """Where each key of the front matter stands."""

    @property
    def address(self) -> str:
        """``/2022/05/24/slug/``."""
        return f"/{self.moment.day:%Y/%m/%d}/{self.slug}/"

    def is_due(self, now: datetime) -> bool:
        """Tell whether the article's time has come."""
        return self.moment.at <= now


def read_articles(
    root: Path, desk: Desk, assets: Mapping[str, Asset], store: Store | None = None
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Read every article.

    Args:
        root: the repository's folder.
        desk: the ids of categories, authors and series.
        assets: the pictures, by path.
        store: what earlier builds have found out.

    Returns:
        The articles without a fault, by path, and every problem.
    """
    paths, found = list_files(root, FOLDER, ".md")
    problems = list(found)
    articles = []
    around = digest(desk, assets) if store else ""
    for path in paths:
        text, told = read_text(root, path)
        problems += told
        if text is None:
            continue
        kept = store.get("article", path, text.text, around) if store else None
        if kept is None:
            kept = parse_article(text, desk, assets)
            if store:
                store.put(kept, "article", path, text.text, around)
        article, told = kept
        problems += told
        if article is not None:
            articles.append(article)
    return tuple(articles), tuple(problems)


def parse_article(
    text: Text, desk: Desk, assets: Mapping[str, Asset]
) -> tuple[Article | None, tuple[Problem, ...]]:
    """Parse one article.

    Args:
        text: the file.
        desk: the ids of categories, authors and series.
        assets: the pictures, by path.
    """
    entry, parts, told = read_front_matter(text, FrontMatter)
    problems = list(told)
    slug, year = _name(text.path, problems)
    if entry is None:
        return None, tuple(problems)
    checks = Checks(text.path, parts.lines, problems)
    moment = checks.moment("date", entry.date)
    if moment is not None and year is not None and year != f"{moment.day.year}":
        checks.tell(
            "date",
            f"artiklen er fra {moment.day.year}, men ligger i mappen {year}. Flyt filen til "
            f"articles/{moment.day.year}/, eller ret datoen.",
        )
    updated = checks.day("updated", entry.updated)
    if updated and moment and updated < moment.day:
        checks.tell("updated", f"«updated: {entry.updated}» ligger før artiklens dato ({moment.day}).")
    if desk.is_readable:
        _check_ids(entry, desk, checks)
    checks.filled(title=entry.title, description=entry.description)
    draft = as_bool(entry.draft)
    if draft is None:
        checks.tell("draft", f"«draft: {entry.draft}» skal være ja eller nej.")
    if entry.featured is not None and entry.featured not in _RANKS:
        checks.tell("featured", f"«featured: {entry.featured}» skal være et tal fra 1 til 5.")
    for address in entry.redirect_from:
        if not re.fullmatch(r"/(?:[^\s?#]+/)?", address):
            checks.tell(
                "redirect_from",
                f"«{address}» er ikke en adresse. Skriv den med skråstreg først og sidst: "
                "/2021/01/02/gammelt-navn/.",
            )
    for tag in entry.tags:
        if not tag_id(tag):
            checks.tell("tags", f"emnet «{tag}» har ingen bogstaver at lave en adresse af.")
    image = checks.image(entry.image, assets)
    corrections = tuple(_corrections(entry, checks))
    if not parts.body.strip():
        problems.append(Problem(Place(text.path, parts.body_line), "artiklen har ingen tekst."))
    if problems or moment is None:
        return None, tuple(problems)
    return Article(
        text.path,
        slug,
        entry.title,
        moment,
        updated,
        entry.description,
        entry.category,
        entry.kicker or "",
        entry.authors,
        entry.tags,
        entry.series,
        int(entry.featured) if entry.featured else None,
        bool(draft),
        entry.redirect_from,
        image,
        corrections,
        parts.body,
        parts.body_line,
        parts.lines.keys,
    ), ()


def tag_id(tag: str) -> str:
    """Return a tag as it stands in an address: æ, ø, å become ae, oe, aa."""
    return anchor_of(tag)


def _name(path: str, problems: list[Problem]) -> tuple[str, str | None]:
    match = _PATH.match(path)
    if match is None:
        problems.append(
            Problem(Place(path), "artikler ligger i en mappe for deres år: articles/2022/navn.md.")
        )
        return "", None
    if not _SLUG.match(match["slug"]):
        better = anchor_of(match["slug"]) or "navn"
        problems.append(
            Problem(
                Place(path),
                (
                    f"filnavnet «{match['slug']}.md» kan ikke bruges: navne består af a–z, 0–9 og "
                    f"bindestreg. Kald filen {better}.md."
                ),
            )
        )
    return match["slug"], match["year"]


def _check_ids(entry: FrontMatter, desk: Desk, checks: Checks) -> None:
    checks.known("category", entry.category, desk.categories, "kategorien")
    for author in entry.authors:
        checks.known("authors", author, desk.authors, "forfatteren")
    if entry.series is not None:
        checks.known("series", entry.series, desk.series, "serien")


def _corrections(entry: FrontMatter, checks: Checks) -> Iterator[Correction]:
    for index, correction in enumerate(entry.corrections):
        day = checks.day(f"corrections.{index}.date", correction.date)
        if not correction.text.strip():
            checks.tell(f"corrections.{index}.text", "rettelsens «text» er tom.")
        if day is not None:
            yield Correction(day, correction.text)
