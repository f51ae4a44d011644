"""``articles/<year>/<slug>.md``: front matter and text to frozen articles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace
from pydantic import Field

from magazine.addresses import is_former_address, is_name, name_of, parts_of
from magazine.danish.dates import Moment, print_day
from magazine.desk import Desk
from magazine.entries import Entry, as_bool
from magazine.front_matter import Checks, Fragment, Image, ImageEntry, read_front_matter
from magazine.problems import ContentError, Place, Problem
from magazine.progress import Progress, watched
from magazine.sources import Asset, Signature, Text, list_files, read_text, signature
from magazine.store import Store, digest
from magazine.workers import spread

FOLDER = "articles"
#: What an editor may have written an article in, and what nobody would find here.
_REFUSED = (".txt", ".text", ".docx", ".doc", ".odt", ".rtf", ".html")
_PATH = re.compile(rf"{FOLDER}/(?P<year>[^/]+)/(?P<slug>[^/]+)\.md\Z")
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


class Correction(Struct, frozen=True):
    """A correction that an editor has written."""

    day: date
    text: str


class Article(Struct, frozen=True, dict=True):
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
    body: str | None
    """``None`` where an earlier build has read it: most builds have no use for most texts (``body_of``)."""
    body_line: int
    lines: Mapping[str, int]
    """Where each key of the front matter stands."""
    is_sound: bool = True
    """False for one with faults, which is checked as far as it can be read, and never published."""

    @cached_property
    def address(self) -> str:
        """``/2022/05/24/slug/``."""
        return f"/{self.moment.day:%Y/%m/%d}/{self.slug}/"

    def is_due(self, now: datetime) -> bool:
        """Tell whether the article's time has come."""
        return self.moment.at <= now


class Articles(Struct, frozen=True):
    """What the articles' folder holds."""

    sound: tuple[Article, ...] = ()
    """Those without a fault in their front matter, by path."""
    faulty: tuple[Article, ...] = ()
    """Those whose day at least can be read; their texts are checked with the others'."""
    fragments: tuple[Fragment, ...] = ()
    """Files of which not even that can be read."""
    names: Mapping[str, str] = field(default_factory=dict)
    """By path, a name for all that a file says; empty where nothing is kept."""
    root: Path = Path()
    """The repository's folder."""
    written: Mapping[str, str] = field(default_factory=dict)
    """By path, a name for the text of a file that an earlier build has read."""

    def body_of(self, article: Article) -> str:
        """Return an article's text below its front matter.

        Raises:
            ContentError: where the file is no longer what the rest of the article was read from.
        """
        if article.body is not None:
            return article.body
        text, _ = read_text(self.root, article.path)
        if text is None or digest(text.text) != self.written[article.path]:
            message = "filen blev gemt, mens magasinet blev bygget. Byg det igen."
            raise ContentError([Problem(Place(article.path), message)])
        return "\n".join(text.text.split("\n")[article.body_line - 1 :])


def read_articles(
    root: Path,
    desk: Desk,
    assets: Mapping[str, Asset],
    today: date,
    store: Store | None = None,
    progress: Progress | None = None,
) -> tuple[Articles, tuple[Problem, ...]]:
    """Read every article.

    Args:
        root: the repository's folder.
        desk: the ids of categories, authors and series.
        assets: the pictures, by path.
        today: the day after which nothing can have been updated or corrected.
        store: what earlier builds have found out.
        progress: told how far the work has come.

    Returns:
        The articles, and every problem.
    """
    paths, found = list_files(root, FOLDER, ".md", _REFUSED)
    problems = list(found)
    sound: list[Article] = []
    faulty: list[Article] = []
    fragments: list[Fragment] = []
    around = digest(desk, assets) if store else ""
    kept = {path: _Kept.of(root, path, store, around) for path in paths} if store else {}
    missing = [path for path in paths if not store or not kept[path].is_vouched_for]

    def read(path: str) -> _Read:
        return _read(root, path, desk, assets, kept.get(path))

    made = watched(progress, "Læser artikler", spread(read, missing), len(missing))
    new = dict(zip(missing, made, strict=True))
    names: dict[str, str] = {}
    written: dict[str, str] = {}
    for path in paths:
        one = new[path] if path in new else kept[path].found
        assert one is not None, "what is vouched for was found"
        if store and path in new and one.written:
            store.findings.put(path, "article", around, (kept[path].seen, _without_body(one)))
        article, names[path], written[path] = one.article, one.name, one.written
        problems += one.problems
        if isinstance(article, Fragment):
            fragments.append(article)
        else:
            if article.updated is not None or article.corrections:
                problems += _too_early(article, today)
            (sound if article.is_sound else faulty).append(article)
    problems += _one_spelling(sound)
    articles = Articles(tuple(sound), tuple(faulty), tuple(fragments), names, root, written)
    return articles, tuple(problems)


class _Read(Struct, frozen=True):
    """What became of a file."""

    article: Article | Fragment
    problems: tuple[Problem, ...]
    written: str = ""
    """A name for its text; empty where nothing is kept."""
    name: str = ""
    """A name for all that it says."""


class _Kept(Struct, frozen=True):
    """What the last build found in a file, and whether the file is the same."""

    found: _Read | None
    seen: Signature | None
    is_vouched_for: bool

    @classmethod
    def of(cls, root: Path, path: str, store: Store, around: str) -> _Kept:
        seen = signature(root, path)
        key, kept = store.findings.last(path, "article")
        if kept is None or key != around:
            return cls(None, seen, is_vouched_for=False)
        return cls(kept[1], seen, is_vouched_for=seen is not None and kept[0] == seen)


def _read(root: Path, path: str, desk: Desk, assets: Mapping[str, Asset], kept: _Kept | None) -> _Read:
    """Read a file; of one whose text is the same, take what is known."""
    text, told = read_text(root, path)
    if text is None:
        return _Read(Fragment(path), told)
    written = digest(text.text) if kept else ""
    if kept and kept.found and kept.found.written == written:
        return kept.found
    article, told = parse_article(text, desk, assets)
    if not kept:
        return _Read(article, told)
    read = _Read(article, told, written)
    return replace(read, name=digest(written, repr(_without_body(read).article)))


def _without_body(read: _Read) -> _Read:
    """Return what is kept: the text stands in its file."""
    if isinstance(read.article, Fragment) or read.article.body is None:
        return read
    return replace(read, article=replace(read.article, body=None))


def parse_article(
    text: Text, desk: Desk, assets: Mapping[str, Asset]
) -> tuple[Article | Fragment, tuple[Problem, ...]]:
    """Parse one article.

    Args:
        text: the file.
        desk: the ids of categories, authors and series.
        assets: the pictures, by path.

    Returns:
        The article, as far as it can be read where something is wrong with it, and the problems.
    """
    entry, parts, told = read_front_matter(text, FrontMatter)
    problems = list(told)
    slug, year = _name(text.path, problems)
    if entry is None:
        return Fragment(text.path, parts.body, parts.body_line), tuple(problems)
    checks = Checks.of(parts, problems)
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
    _check_ids(entry, desk, checks)
    checks.filled(title=entry.title, description=entry.description)
    draft = as_bool(entry.draft)
    if draft is None:
        checks.tell("draft", f"«draft: {entry.draft}» skal være ja eller nej.")
    elif entry.draft is None and "draft" in parts.lines.keys:
        # Whoever wrote the key thinks that nobody sees the article.
        checks.tell("draft", "«draft» er tom. Skriv «draft: ja», eller slet linjen, når artiklen må udgives.")
    if entry.featured is not None and entry.featured not in _RANKS:
        checks.tell("featured", f"«featured: {entry.featured}» skal være et tal fra 1 til 5.")
    _check_former(entry, checks)
    checks.once("tags", entry.tags)
    for index, tag in enumerate(entry.tags):
        if not tag_id(tag):
            what = f"emnet «{tag}» har ingen bogstaver at lave en adresse af." if tag.strip() else _NO_TAG
            checks.tell(f"tags.{index}", what)
        elif tag[0] in _QUOTES and tag[-1] in _QUOTES:
            meant = tag.strip(_QUOTES)
            checks.tell(f"tags.{index}", f"emnet «{tag}» har anførselstegn. Skriv {meant}.")
        elif "; " in tag:
            several = ", ".join(part.strip() for part in tag.split("; ") if part.strip())
            checks.tell(
                f"tags.{index}",
                f"emnet «{tag}» har et semikolon. Skriv komma mellem to emner: [{several}].",
            )
    image = checks.image(entry.image, assets)
    corrections = tuple(_corrections(entry, moment, checks))
    if not parts.body.strip():
        problems.append(Problem(Place(text.path, parts.body_line), "artiklen har ingen tekst."))
    if moment is None:
        return Fragment(text.path, parts.body, parts.body_line), tuple(problems)
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
        int(entry.featured) if entry.featured in _RANKS else None,
        bool(draft),
        entry.redirect_from,
        image,
        corrections,
        parts.body,
        parts.body_line,
        parts.lines.keys,
        is_sound=not problems,
    ), tuple(problems)


_NO_TAG = "et emne er tomt. Slet det, eller skriv det."


@lru_cache(maxsize=1 << 14)  # the same tags stand at article after article
def tag_id(tag: str) -> str:
    """Return a tag as it stands in an address: æ, ø, å become ae, oe, aa."""
    return name_of(tag)


def _name(path: str, problems: list[Problem]) -> tuple[str, str | None]:
    match = _PATH.match(path)
    if match is None:
        problems.append(
            Problem(Place(path), "artikler ligger i en mappe for deres år: articles/2022/navn.md.")
        )
        return "", None
    if not is_name(match["slug"]):
        better = name_of(match["slug"]) or "navn"
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
    if "kategorier" not in desk.unread:
        checks.known("category", entry.category, desk.ids("kategorier"), "kategorien")
    if "forfattere" not in desk.unread:
        for index, author in enumerate(entry.authors):
            checks.known(f"authors.{index}", author, desk.ids("forfattere"), "forfatteren")
    checks.once("authors", entry.authors)
    if entry.series is not None and "serier" not in desk.unread:
        checks.known("series", entry.series, desk.ids("serier"), "serien")


#: Quotation marks that YAML does not take for its own.
_QUOTES = '“”„»«"'


def _check_former(entry: FrontMatter, checks: Checks) -> None:
    for index, address in enumerate(entry.redirect_from):
        if is_former_address(address):
            continue
        parts = parts_of(address)
        path = parts.path if parts is not None and not parts.query else ""
        better = f"/{path.strip('/')}/"
        is_page = is_former_address(better) and "." not in better.rpartition("/")[0].rpartition("/")[2]
        example = better if is_page else "/2021/01/02/gammelt-navn/"
        checks.tell(
            f"redirect_from.{index}",
            f"«{address}» er ikke en adresse på magasinet. Skriv den med skråstreg først og sidst: "
            f"{example}.",
        )


def _corrections(entry: FrontMatter, moment: Moment | None, checks: Checks) -> Iterator[Correction]:
    for index, correction in enumerate(entry.corrections):
        key = f"corrections.{index}.date"
        day = checks.day(key, correction.date)
        if not correction.text.strip():
            checks.tell(f"corrections.{index}.text", "rettelsens «text» er tom.")
        if day is not None:
            if moment is not None and day < moment.day:
                checks.tell(key, f"rettelsen er fra {day}, men artiklen først fra {moment.day}. Ret datoen.")
            yield Correction(day, correction.text)


def _too_early(article: Article, today: date) -> Iterator[Problem]:
    """Yield an error for each day that has not come, measured so that a due date passing changes nothing."""
    last = max(today, article.moment.day)
    days = {"updated": article.updated}
    days |= {
        f"corrections.{index}.date": correction.day for index, correction in enumerate(article.corrections)
    }
    for key, day in days.items():
        if day is not None and day > last:
            line = article.lines.get(key, 1)
            message = f"{print_day(day)} er ikke kommet endnu. Skriv den dag, det blev gjort."
            yield Problem(Place(article.path, line), message)


def _one_spelling(articles: Iterable[Article]) -> Iterator[Problem]:
    """Yield an error for each tag that others spell in another way: they have one address and one name."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        for tag in article.tags:
            spellings[tag_id(tag)][tag] += 1
    usual_by_id = {
        name: max(counts, key=lambda spelling: (counts[spelling], spelling))
        for name, counts in spellings.items()
        if len(counts) > 1
    }
    for article in articles if usual_by_id else ():
        for index, tag in enumerate(article.tags):
            usual = usual_by_id.get(tag_id(tag), tag)
            if tag != usual:
                yield Problem(
                    Place(article.path, article.lines.get(f"tags.{index}", 1)),
                    f"emnet «{tag}» har samme adresse som «{usual}» i en anden artikel. Skriv dem ens.",
                )
