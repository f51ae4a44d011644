"""A fence that asks for articles: YAML -> request -> choice; what is chosen is seen when pages are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct
from pydantic import Field

from magazine.articles import Article, tag_id
from magazine.blocks.model import Line
from magazine.desk import Desk
from magazine.entries import Entry, Lines, read_entry
from magazine.figures.model import Figures
from magazine.problems import Place, Problem, did_you_mean, one_slip_from
from magazine.references import Demand
from magazine.render import Rendered, render_field
from magazine.resolve import Resolved
from magazine.sources import Mapping as YamlMapping

FENCE = "artikler"
#: So many, where nobody says how many.
_USUAL = 3
#: Whoever wants more wants a list, which there is.
_MOST = 12


class StoriesEntry(Entry):
    """What may stand in the block."""

    count: str | None = Field(None, alias="antal", description="Hvor mange, fra 1 til 12; ellers tre.")
    category: str | None = Field(None, alias="kategori", description="Kun artikler i denne kategori.")
    tag: str | None = Field(None, alias="emne", description="Kun artikler med dette emne.")
    series: str | None = Field(None, alias="serie", description="Kun artikler i denne serie.")
    author: str | None = Field(None, alias="forfatter", description="Kun artikler af denne forfatter.")
    title: str | None = Field(None, alias="titel", description="Overskriften over dem.")


class Choice(Struct, frozen=True):
    """Which articles are asked for; where nothing is named, all of them."""

    count: int = _USUAL
    category: str = ""
    tag: str = ""
    series: str = ""
    author: str = ""

    def of(self, articles: Iterable[Article], besides: str = "") -> tuple[Article, ...]:
        """Return the articles, in the order in which they are given.

        Args:
            articles: those that readers get, newest first.
            besides: the path of the article that is being read, which is none of them.
        """
        found = (article for article in articles if article.path != besides and self._has(article))
        return tuple(islice(found, self.count))

    def _has(self, article: Article) -> bool:
        return (
            self.category in ("", article.category)
            and (not self.tag or tag_id(self.tag) in map(tag_id, article.tags))
            and self.series in ("", article.series)
            and (not self.author or self.author in article.authors)
        )


class StoriesRequest(Struct, frozen=True):
    """The block as it was written."""

    choice: Choice
    title: Rendered | None
    lines: Lines

    @property
    def texts(self) -> tuple[Rendered, ...]:
        """The texts that may hold references."""
        return (self.title,) if self.title else ()

    def demands(self, figures: Figures) -> Iterator[Demand]:
        """Yield the references in it, whatever the figures are."""
        del figures
        for text in self.texts:
            yield from text.demands


class Stories(Struct, frozen=True):
    """The block with its heading answered."""

    choice: Choice
    title: Line | None

    @property
    def told(self) -> tuple[tuple[Demand | None, Resolved], ...]:
        """Every answer that the block prints, with the reference that asked."""
        if self.title is None:
            return ()
        return tuple(zip(self.title.rendered.demands, self.title.answers, strict=True))

    @property
    def answers(self) -> tuple[Resolved, ...]:
        """Every answer that the block prints."""
        return self.title.answers if self.title else ()


def read_stories(
    node: YamlMapping | None, path: str, line: int
) -> tuple[StoriesRequest | None, tuple[Problem, ...]]:
    """Read the block's YAML.

    Args:
        node: what stands in it; ``None`` where nothing does.
        path: its file.
        line: the fence's.

    Returns:
        The request, or ``None`` with what is wrong with it.
    """
    if node is None:
        return StoriesRequest(Choice(), None, Lines(path, line, {})), ()
    entry, lines, problems = read_entry(node, StoriesEntry, path, f"blokken «{FENCE}»", line)
    if entry is None or problems:
        return None, problems
    count = entry.count.strip() if entry.count is not None else str(_USUAL)
    found = []
    if not (count.isascii() and count.isdecimal() and 1 <= int(count[:3]) <= _MOST):
        found.append(
            Problem(lines.of("antal"), f"«antal: {entry.count}» skal være et tal fra 1 til {_MOST}.")
        )
    title = render_field(entry.title, lines.of("titel")) if entry.title is not None else None
    found += title.problems if title else ()
    if found:
        return None, tuple(found)
    choice = Choice(int(count), entry.category or "", entry.tag or "", entry.series or "", entry.author or "")
    return StoriesRequest(choice, title, lines), ()


def check_stories(
    request: StoriesRequest, desk: Desk, articles: Sequence[Article], tags: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Return what is wrong with the names in a block, or a warning where it will be empty.

    Args:
        request: the block as read.
        desk: categories, series and authors.
        articles: every article that is sound, those that wait too.
        tags: their tags as they are written, by ``tag_id``.
    """
    choice, lines = request.choice, request.lines
    problems = [
        _unknown(lines.of(key), f"{what} «{name}» findes ikke i data/redaktion.yml", name, desk.ids(section))
        for key, section, what, name in (
            ("kategori", "kategorier", "kategorien", choice.category),
            ("serie", "serier", "serien", choice.series),
            ("forfatter", "forfattere", "forfatteren", choice.author),
        )
        if name and section not in desk.unread and name not in desk.ids(section)
    ]
    if choice.tag and tag_id(choice.tag) not in tags:
        near = tags.get(one_slip_from(tag_id(choice.tag), tags))
        meant = f" Mente du «{near}»?" if near else ""
        told = f"ingen artikel har emnet «{choice.tag}», så blokken bliver ikke vist.{meant}"
        # Tags live by their articles: the page is not at fault when the last of them loses it.
        problems.append(Problem(lines.of("emne"), told, warning=True))
    if not problems and not choice.of(articles):
        place = Place(lines.path, lines.line)
        problems.append(Problem(place, "ingen artikler passer, så blokken bliver ikke vist.", warning=True))
    return tuple(problems)


def _unknown(place: Place, told: str, name: str, known: Sequence[str]) -> Problem:
    choices = f" Der kan stå: {', '.join(known)}." if known else ""
    return Problem(place, f"{told}.{did_you_mean(name, known)}{choices}")
