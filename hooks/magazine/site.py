"""Read all, check all, then give one frozen site, or every problem there is.

The data's way: files -> figures, desk, articles, standing pages -> rendered texts with demands and
links -> answers. Nothing is written here, and nothing after here reads or decides what is right.
"""

from __future__ import annotations

import pickle
import posixpath
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, ValuesView
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from msgspec import Struct, field
from msgspec.structs import replace

from magazine.addresses import (
    Claim,
    collisions,
    is_former_address,
    leads_out,
    meant_path,
    name_of,
    parts_of,
)
from magazine.articles import Article, read_articles, tag_id
from magazine.blocks.answer import resolve_block, resolve_stories
from magazine.blocks.model import Block, Request
from magazine.blocks.read import read_block
from magazine.blocks.stories import FENCE, Choice, Stories, StoriesRequest, check_stories
from magazine.clock import Clock, read_clock
from magazine.corrections import CarriedCorrection, carried_corrections, explain_fault
from magazine.danish.compounds import whole
from magazine.danish.dates import print_day
from magazine.danish.lists import listed
from magazine.desk import Desk, read_desk
from magazine.figures.model import Figures, Observation
from magazine.figures.read import read_figures
from magazine.figures.select import public
from magazine.front_matter import Fragment
from magazine.keys import FigureKeys, names_in
from magazine.listings import ARCHIVE, listings
from magazine.mentor import Mentor, read_mentor
from magazine.photographs import read_photographs
from magazine.problems import ContentError, Place, Problem, did_you_mean
from magazine.progress import Progress, watched
from magazine.promised import Promised, broken_promises, read_promised, renamed
from magazine.references import Demand
from magazine.render import Link, Rendered, Renderer, render_field
from magazine.resolve import Families, Reading, Resolved, newest_families, resolve
from magazine.settings import Settings, read_settings
from magazine.sources import Asset, is_picture, read_assets, read_text
from magazine.sources import Text as FiguresText
from magazine.standing import StandingPage, read_standing
from magazine.store import Store, digest, packed
from magazine.svg import Inline, SvgError, clean_svg
from magazine.unbound import unbound
from magazine.workers import spread

FIGURES_FILE = "data/tal.yml"
DESK_FILE = "data/redaktion.yml"
MENTOR_FILE = "data/bliv-mentor.yml"

#: The texts of a page's front matter in which references may stand.
FIELDS = ("title", "kicker", "description")
IMAGE_FIELDS = ("alt", "caption", "credit")

#: Ids that the templates give every page.
PAGE_ANCHORS = ("tallene", "indhold")


class Text(Struct, frozen=True):
    """A text with its demands answered and its links resolved."""

    rendered: Rendered
    answers: tuple[Resolved, ...]
    addresses: tuple[str, ...]
    """One for each of ``rendered.links``."""
    blocks: tuple[Block | Stories | None, ...] = ()
    """One for each of ``rendered.blocks``; ``None`` for one with a fault."""

    @property
    def shown(self) -> tuple[Resolved, ...]:
        """Every answer that a reader meets: those of references, then those of blocks."""
        in_blocks = [answer for block in self.blocks if block is not None for answer in block.answers]
        return (*self.answers, *in_blocks)

    @property
    def plain(self) -> str:
        """The text of a field, which has no markup but references."""
        return self.rendered.filled([answer.words for answer in self.answers])


class Page(Struct, frozen=True):
    """An article or a standing page as readers get it, templates apart."""

    path: str
    texts: Mapping[str, Text]
    """By key: ``body``, the fields of the front matter, ``image.alt`` …, ``corrections.0`` …"""
    corrections: tuple[CarriedCorrection, ...] = ()
    """Those that errors in the data make an article carry."""
    figures: int = 0
    """How many references were judged in it."""
    filled: date | None = None
    """The newest publication among the figures it fills in."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """The plain words of the texts other than the body, which lists ask for without the body."""
    pictures: tuple[str, ...] = ()
    """The addresses of the pictures in its texts."""
    files: tuple[str, ...] = ()
    """Where the links of its texts lead."""
    choices: tuple[Choice, ...] = ()
    """Which articles its blocks of articles ask for."""

    @property
    def body(self) -> Text:
        """The page's own text."""
        return self.texts["body"]

    def plain(self, key: str) -> str:
        """Return a field's text without markup or soft hyphens; empty where the page has none."""
        return whole(self.fields.get(key, ""))

    @property
    def headline(self) -> str:
        """The title without markup, with the soft hyphens that an editor has set."""
        return self.fields.get("title", "")

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of what the page shows beside its own text, sorted: figures and addresses."""
        names = {key for text in self.texts.values() for answer in text.shown for key in answer.keys}
        names |= {address for text in self.texts.values() for address in text.addresses}
        return tuple(sorted(names))


class Site(Struct, frozen=True, dict=True):
    """Everything the magazine is made from, read and checked."""

    settings: Settings
    clock: Clock
    figures: Figures
    """What is public: sources that are still to come are left out."""
    figures_ahead: Figures
    """What will be public when the last of the articles is due, for the preview."""
    desk: Desk
    mentor: Mentor
    """What the landing page is made from beside its text."""
    articles: tuple[Article, ...]
    """Those that are due and no drafts, newest first."""
    held: tuple[Article, ...]
    """Drafts and scheduled articles; checked all the same."""
    standing: Mapping[str, StandingPage]
    """By path."""
    pages: Mapping[str, Page]
    """By path: articles, held ones too, and standing pages."""
    assets: Mapping[str, Asset]
    """Pictures, styles and fonts under ``docs/``, by path."""
    drawings: Mapping[str, Inline]
    """The drawings (SVG) among them, by address, made safe."""
    warnings: tuple[Problem, ...]
    keys: Mapping[str, str] = field(default_factory=dict)
    """By path, a name for all that a page is made from, its neighbours and the templates apart."""
    seen: Mapping[str, Any] = field(default_factory=dict)
    """By path, what ``look`` has made of the articles that were judged now."""

    @cached_property
    def asset_addresses(self) -> frozenset[str]:
        """Where the assets are."""
        return frozenset(self._by_address)

    def asset_at(self, address: str) -> Asset | None:
        """Return what stands at an address; ``None`` where no asset does."""
        return self._by_address.get(address)

    @cached_property
    def _by_address(self) -> Mapping[str, Asset]:
        return {asset.address: asset for asset in self.assets.values()}

    @cached_property
    def held_paths(self) -> frozenset[str]:
        """The files of what is not out yet."""
        return frozenset(article.path for article in self.held)


#: Makes something of an article as soon as it is judged; what it returns can be pickled.
#: The site that it is given knows of no other text than the article's.
Look = Callable[[Site, Article], Any]


def load_site(
    root: Path,
    config_file: str = "mkdocs.yml",
    clock: Clock | None = None,
    store: Store | None = None,
    progress: Progress | None = None,
    look: Look | None = None,
) -> Site:
    """Read and check the whole magazine.

    Args:
        root: the folder of the configuration file.
        config_file: its name in that folder.
        clock: what decides what is due; read from the environment where not given.
        store: what earlier builds have found out.
        progress: told how far the work has come.
        look: called with each article that is out and judged now, while its text is at hand.

    Raises:
        ContentError: with all problems at once.
    """
    site, problems = examine(root, config_file, clock, store=store, progress=progress, look=look)
    if any(not problem.warning for problem in problems):
        raise ContentError(problems)
    return site


def examine(
    root: Path,
    config_file: str = "mkdocs.yml",
    clock: Clock | None = None,
    figures_text: FiguresText | None = None,
    store: Store | None = None,
    progress: Progress | None = None,
    look: Look | None = None,
) -> tuple[Site, tuple[Problem, ...]]:
    """Read and check the whole magazine, and go on where a builder would stop.

    Args:
        root: the folder of the configuration file.
        config_file: its name in that folder.
        clock: what decides what is due; read from the environment where not given.
        figures_text: figures to read in place of those in ``data/tal.yml``.
        store: what earlier builds have found out.
        progress: told how far the work has come.
        look: called with each article that is out and judged now without fault, while its text is at hand.

    Returns:
        The site as far as it could be read, and every problem and warning, sorted.
    """
    problems: list[Problem] = []
    if clock is None:
        clock, told = read_clock()
        problems += told
    settings, told = read_settings(root, config_file)
    problems += told
    mentor, told = read_mentor(root, MENTOR_FILE)
    problems += told
    if figures_text is None:
        figures_text, told = read_text(root, FIGURES_FILE)
        problems += told
    figures, told = read_figures(figures_text, clock.today)
    problems += told
    assets, told = read_assets(root, settings.docs_dir)
    problems += told
    assets, told = read_photographs(assets, store)
    problems += told
    desk, told = read_desk(root, DESK_FILE, assets)
    problems += told
    articles, told = read_articles(root, desk, assets, clock.today, store, progress)
    problems += told
    standing, fragments, told = read_standing(root, settings.docs_dir, assets)
    problems += told

    drawings, told = _drawings(assets, store)
    problems += told

    shown = public(figures, clock.today)
    reports_unbound = settings.unbound_figures == "report"
    checker = _Checker(
        (*articles.sound, *articles.faulty),
        standing,
        (*articles.fragments, *fragments),
        assets,
        figures,
        desk,
        clock,
        store,
        articles.names,
        articles.body_of,
        home=settings.address,
        reports_unbound=reports_unbound,
    )
    problems += checker.collisions()
    promised, told = read_promised(root)
    problems += told
    problems += checker.broken_promises(promised)
    due = [article for article in articles.sound if checker.is_out(article)]
    at_hand: dict[str, Page] = {}
    site = Site(
        settings=settings,
        clock=clock,
        figures=shown,
        figures_ahead=public(figures, max((clock.today, *(_day_of(article) for article in articles.sound)))),
        desk=desk,
        mentor=mentor,
        articles=newest_first(due),
        held=tuple(article for article in articles.sound if not checker.is_out(article)),
        standing={page.path: page for page in standing if page.is_sound},
        pages=at_hand,
        assets=assets,
        drawings=drawings,
        warnings=(),
    )
    seeing = _Seeing(look, site, at_hand, frozenset(article.path for article in due)) if look else None
    pages, found = checker.pages(progress, seeing)
    problems += found
    problems += checker.fragments()
    site = replace(
        site,
        pages=pages,
        warnings=tuple(sorted({problem for problem in problems if problem.warning})),
        keys=checker.keys,
        seen=checker.seen,
    )
    return site, tuple(sorted(set(problems)))


class _Seeing(Struct, frozen=True):
    """Shows one article after another to somebody, with a site of its own."""

    look: Look
    site: Site
    at_hand: dict[str, Page]
    """The site's pages: the article's."""
    due: frozenset[str]

    def see(self, file: Article | StandingPage, page: Page) -> Any:
        """Return what comes of it; ``None`` for what is no article, or not out."""
        if file.path not in self.due or not isinstance(file, Article):
            return None
        self.at_hand[file.path] = page
        try:
            return self.look(self.site, file)
        finally:
            del self.at_hand[file.path]


class _KeptTexts(Mapping[str, Text]):
    """Texts that are judged already; fetched when somebody reads them, and not held."""

    def __init__(self, fetch: Callable[[], Mapping[str, Text]]) -> None:
        self._fetch = fetch

    def __getitem__(self, key: str) -> Text:
        return self._fetch()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fetch())

    def __len__(self) -> int:
        return len(self._fetch())

    def values(self) -> ValuesView[Text]:
        """Return the texts, fetched once for all of them."""
        return self._fetch().values()


class _Needs(Struct, frozen=True):
    """What a page was found to rest on beside its text."""

    indicators: tuple[str, ...]
    links: tuple[Link, ...]
    stories: tuple[StoriesRequest, ...]
    targets: frozenset[str]
    """The files that those lead to, whose anchors may be asked for."""
    is_settled: bool
    """Without fault or warning, whose words may speak of any figure."""


class _Judged(Struct, frozen=True):
    """What comes of judging a page, its texts packed for the store where there is one."""

    page: Page
    problems: list[Problem]
    anchors: tuple[str, ...]
    needs: _Needs | None = None
    around: str = ""
    """A name for where its links lead, and for what its blocks of articles are told."""
    texts: bytes = b""
    seen: Any = None


class _Kept(Struct, frozen=True):
    """A page as the store's findings have it, by a name for its file; its texts lie apart."""

    page: Page
    problems: list[Problem]
    anchors: tuple[str, ...]
    needs: _Needs
    around: str
    """A name for where its links led, and for what its blocks of articles were told."""
    key: str
    """A name for all that it rested on."""
    texts: str
    """Their name in the store."""


def _observation_at(key: str) -> Observation:
    """Stand for an observation in a text that is kept; who reads it has the figures."""
    raise LookupError(key)


#: So many pages' texts are held in memory for those who read them again.
_RECENT = 64


class _Checker:
    """Renders every page and answers its demands and links; keeps what all pages share."""

    def __init__(
        self,
        articles: Sequence[Article],
        standing: Sequence[StandingPage],
        fragments: Sequence[Fragment],
        assets: Mapping[str, Asset],
        figures: Figures,
        desk: Desk,
        clock: Clock,
        store: Store | None,
        names: Mapping[str, str],
        body_of: Callable[[Article], str],
        *,
        home: str,
        reports_unbound: bool,
    ) -> None:
        self._home = home
        self._reports_unbound = reports_unbound
        self._body_of = body_of
        self._store = store
        self._keeps = store is not None
        self._recent: OrderedDict[str, Mapping[str, Text]] = OrderedDict()
        self.keys: dict[str, str] = {}
        self.seen: dict[str, Any] = {}
        self._seeing: _Seeing | None = None
        self._files: tuple[Article | StandingPage, ...] = (*articles, *standing)
        self._articles = articles
        self._tags = {tag_id(tag): tag for article in articles for tag in article.tags}
        self._desk = desk
        self._names = {
            file.path: names.get(file.path) or digest(repr(file)) for file in (self._files if store else ())
        }
        self._assets = assets
        self._figures = figures
        self._public: dict[date, Figures] = {}
        self._clock = clock
        self._renderer = Renderer()
        self._rendered: dict[str, Rendered] = {}
        self._fragments = {file.path: file for file in fragments}
        self._bodies: dict[str, Article | StandingPage | Fragment] = {
            **self._fragments,
            **{file.path: file for file in self._files},
        }
        self._anchors: dict[str, tuple[str, ...]] = {}
        self._renamed: Mapping[str, str] = {}
        self._figure_keys: dict[date, FigureKeys] = {}
        self._addresses = {file.path: file.address for file in self._files}
        self._at = {file.address: file.path for file in self._files}
        self._former = {address: article.path for article in articles for address in article.redirect_from}
        self._held = {article.path: article for article in articles if not _is_public(article, clock)}
        figures_today = self._shown_by(clock.today)
        self._claimed = frozenset(made_addresses(articles, figures_today, desk))
        # What nobody can see yet makes no page.
        due = [article for article in articles if article.path not in self._held]
        self._made = frozenset(made_addresses(due, figures_today, desk)) if self._held else self._claimed

    def is_out(self, article: Article) -> bool:
        """Tell whether an article's time has come, and it is no draft."""
        return article.path not in self._held

    def _shown_by(self, day: date) -> Figures:
        """Return what is public by a day: a scheduled article may cite what comes out before it does."""
        if day not in self._public:
            self._public[day] = public(self._figures, day)
        return self._public[day]

    def _render(self, path: str) -> Rendered:
        if path not in self._rendered:
            file = self._bodies[path]
            body = self._body_of(file) if isinstance(file, Article) else file.body
            self._rendered[path] = self._renderer.render(body, path, file.body_line)
        return self._rendered[path]

    def _anchors_of(self, path: str) -> tuple[str, ...]:
        """Return the anchors of a page, which every page that links to it asks for."""
        if path not in self._anchors:
            name = self._names.get(path)
            kept: _Kept | None = (
                self._store.findings.get(path, "page", name) if self._store and name else None
            )
            self._anchors[path] = kept.anchors if kept is not None else self._render(path).anchors
        return self._anchors[path]

    def collisions(self) -> tuple[Problem, ...]:
        """Return an error for every address that is claimed twice."""
        return collisions(self._claims())

    def _claims(self) -> Iterator[Claim]:
        yield from map(Claim, self._claimed)
        for file in self._files:
            yield Claim(file.address, Place(file.path))
            for index, address in enumerate(file.redirect_from if isinstance(file, Article) else ()):
                line = file.lines.get(f"redirect_from.{index}", 1)
                if is_former_address(address):
                    yield Claim(address, Place(file.path, line), is_former=True)
        for asset in self._assets.values():
            yield Claim(asset.address, Place(asset.path))

    def broken_promises(self, promised: Sequence[Promised]) -> Iterator[Problem]:
        """Return an error for every address that readers have, and that leads nowhere any more."""
        articles = [file for file in self._files if isinstance(file, Article)]
        self._renamed = renamed(promised, articles)
        others = {file.address for file in self._files if isinstance(file, StandingPage)}
        others |= {asset.address for asset in self._assets.values()}
        return broken_promises(promised, articles, self._fragments.keys(), others | self._made)

    def fragments(self) -> list[Problem]:
        """Return what is wrong in texts of which nothing else is known: their figures cannot be judged."""
        problems: list[Problem] = []
        for fragment in self._fragments.values():
            rendered = self._render(fragment.path)
            problems += rendered.problems
            for link in rendered.links:
                fault = self._address(fragment, link)[1]
                if fault:
                    problems.append(Problem(Place(fragment.path, link.line), fault))
        return problems

    def pages(
        self, progress: Progress | None = None, seeing: _Seeing | None = None
    ) -> tuple[dict[str, Page], list[Problem]]:
        """Return the pages by path, and all that is wrong in their texts."""
        self._seeing = seeing
        found = self._known()
        missing = [file for file in self._files if file.path not in found]
        made = spread(self._judge, missing, self._alone)
        told = watched(progress, "Efterser tekster", made, len(missing))
        for file, judged in zip(missing, told, strict=True):
            self._anchors[file.path] = judged.anchors
            found[file.path] = self._remember(file, judged)
        self._vouch()
        problems = [problem for file in self._files for problem in found[file.path][1]]
        return {file.path: found[file.path][0] for file in self._files}, problems

    def _alone(self) -> None:
        """Leave the store's connection alone, in a process that it was not made in."""
        self._store = None

    def _known(self) -> dict[str, tuple[Page, list[Problem]]]:
        """Return the pages that rest on what they rested on in the last build, with what is wrong in them."""
        found: dict[str, tuple[Page, list[Problem]]] = {}
        if self._store is None:
            return found
        findings = self._store.findings
        (_, world), (_, vouched) = findings.last("", "world"), findings.last("", "vouched")
        places, figures = world or ("", "")
        before: Mapping[str, tuple[str, str]] = vouched if places == self._places and vouched else {}
        has_same_figures = figures == self._figures_name
        # Where a file differs, its anchors may: whoever links to it is looked at.
        changed = {path for path, name in self._names.items() if before.get(path, ("",))[0] != name}
        for file in self._files:
            name = self._names[file.path]
            kept: _Kept | None = findings.get(file.path, "page", name)
            if kept is None:
                continue
            self._anchors[file.path] = kept.anchors
            needs = kept.needs
            # What a block of articles says of itself depends on them all.
            is_vouched = before.get(file.path) == (name, kept.key) and not needs.stories
            stands = is_vouched and changed.isdisjoint(needs.targets)
            if stands and has_same_figures:
                key = kept.key
            else:
                key = self._key(file, name, needs, kept.around if stands else self._around(file, needs))
            self.keys[file.path] = key
            if key == kept.key:
                self._store.used.add(kept.texts)
                texts = _KeptTexts(partial(self._texts_of, file, kept.texts))
                found[file.path] = replace(kept.page, texts=texts), kept.problems
        return found

    def _vouch(self) -> None:
        """Note that every page was found to rest on what it does in this world."""
        if self._store is None:
            return
        findings = self._store.findings
        vouched = {path: (name, self.keys.get(path, "")) for path, name in self._names.items()}
        world = (self._places, self._figures_name)
        for kind, thing in (("world", world), ("vouched", vouched)):
            if findings.last("", kind)[1] != thing:
                findings.put("", kind, None, thing)
        findings.used.add("")

    @cached_property
    def _figures_name(self) -> str:
        """A name for the figures, and for the day on which they are read."""
        return digest(self._keys_of(self._clock.today).whole, self._clock.today, self._figures)

    @cached_property
    def _places(self) -> str:
        """A name for all else that any page may rest on, other files' texts apart."""
        return digest(
            sorted(self._addresses.items()),
            sorted(self._assets),
            sorted(self._fragments),
            sorted(self._former.items()),
            sorted(self._renamed.items()),
            sorted((path, held.moment.at.isoformat(), held.draft) for path, held in self._held.items()),
            sorted(self._claimed),
            sorted(self._made),
            self._home,
            self._reports_unbound,
        )

    def _texts_of(self, file: Article | StandingPage, name: str) -> Mapping[str, Text]:
        """Return a page's texts; only those that were asked for last are held in memory."""
        if file.path in self._recent:
            self._recent.move_to_end(file.path)
            return self._recent[file.path]
        known = {_observation_at.__name__: self._observations.__getitem__}
        kept = self._store.get_named(name, known) if self._store else None
        texts: Mapping[str, Text] = kept if isinstance(kept, dict) else self._page(file)[0].texts
        self._recent[file.path] = texts
        if len(self._recent) > _RECENT:
            self._recent.popitem(last=False)
        return texts

    @cached_property
    def _observations(self) -> Mapping[str, Observation]:
        """Every observation by its key."""
        return {observation.key: observation for observation in self._figures.observations}

    def _reduced(self, observation: Observation) -> tuple[Any, ...] | str:
        """Return how a text's observation is kept: by its key, for a page is kept under all that is in it."""
        kept = self._kept_as.get(id(observation))
        return observation.__reduce_ex__(pickle.HIGHEST_PROTOCOL) if kept is None else kept

    @cached_property
    def _kept_as(self) -> Mapping[int, tuple[Any, ...]]:
        """How each observation is kept, by what it is and not by what is in it."""
        return {id(observation): (_observation_at, (key,)) for key, observation in self._observations.items()}

    def _judge(self, file: Article | StandingPage) -> _Judged:
        page, problems = self._page(file)
        anchors = page.body.rendered.anchors
        if not self._keeps:
            return _Judged(page, problems, anchors)
        # What asks for figures: references, whose words are long and ask for nothing, and blocks.
        asked = [
            (demand.destination, demand.title)
            for part in page.texts.values()
            for demand in part.rendered.demands
        ]
        asked += [(block.body, None) for block in page.body.rendered.blocks]
        links = tuple(link for part in page.texts.values() for link in part.rendered.links)
        stories = [
            read_block(demand, file.path)[0] for demand in page.body.rendered.blocks if demand.name == FENCE
        ]
        needs = _Needs(
            names_in(repr(asked), self._keys_of(self._reading(file).today).figures.indicators),
            links,
            tuple(one for one in stories if isinstance(one, StoriesRequest)),
            frozenset(filter(None, (_target(file, link) for link in links))) - {file.path},
            is_settled=not problems,
        )
        if problems:
            around = self._around(file, needs)
        else:
            # No link has a fault, and where it leads is known.
            leads = ((address, None) for part in page.texts.values() for address in part.addresses)
            around = self._named_around(leads, needs)
        is_sound = all(problem.warning for problem in problems)
        texts = packed(page.texts, {Observation: self._reduced})
        seen = self._seeing.see(file, page) if self._seeing is not None and is_sound else None
        return _Judged(replace(page, texts={}), problems, anchors, needs, around, texts, seen)

    def _remember(self, file: Article | StandingPage, judged: _Judged) -> tuple[Page, list[Problem]]:
        if self._store is None or judged.needs is None:
            return judged.page, judged.problems
        if judged.seen is not None:
            self.seen[file.path] = judged.seen
        name = self._names[file.path]
        self.keys[file.path] = key = self._key(file, name, judged.needs, judged.around)
        texts = self._store.name("texts", key)
        self._store.put_packed(judged.texts, texts)
        kept = _Kept(judged.page, judged.problems, judged.anchors, judged.needs, judged.around, key, texts)
        self._store.findings.put(file.path, "page", name, kept)
        return replace(judged.page, texts=_KeptTexts(partial(self._texts_of, file, texts))), judged.problems

    def _around(self, file: Article | StandingPage, needs: _Needs) -> str:
        return self._named_around((self._address(file, link) for link in needs.links), needs)

    def _named_around(self, leads: Iterable[tuple[str, str | None]], needs: _Needs) -> str:
        """Name where links lead, with what is wrong with each, and what blocks of articles are told."""
        return digest(*leads, *(self._check_stories(request) for request in needs.stories))

    def _key(self, file: Article | StandingPage, source: str, needs: _Needs, around: str) -> str:
        figures = self._keys_of(self._reading(file).today)
        # An id may be an indicator by now that was none when the page was judged; then it was a fault, and
        # a page with faults rests on all figures, as its proposals do.
        return digest(
            source,
            file.path in self._held,
            self._reports_unbound,
            figures.of(needs.indicators) if needs.is_settled else figures.whole,
            around,
        )

    def _keys_of(self, day: date) -> FigureKeys:
        if day not in self._figure_keys:
            self._figure_keys[day] = FigureKeys(self._shown_by(day), day)
        return self._figure_keys[day]

    def _page(self, file: Article | StandingPage) -> tuple[Page, list[Problem]]:
        reading = self._reading(file)
        figures = self._shown_by(reading.today)
        written = {"body": self._render(file.path)}
        written |= {
            key: render_field(getattr(file, key), Place(file.path, file.lines.get(key, 1)))
            for key in FIELDS
            if getattr(file, key)
        }
        if file.image is not None:
            written |= {
                f"image.{key}": render_field(value, Place(file.path, file.lines.get(f"image.{key}", 1)))
                for key in IMAGE_FIELDS
                if (value := getattr(file.image, key))
            }
        readings = dict.fromkeys(written, reading)
        for index, correction in enumerate(file.corrections if isinstance(file, Article) else ()):
            key = f"corrections.{index}"
            line = file.lines.get(f"{key}.text") or file.lines.get(key, 1)
            written[key] = render_field(correction.text, Place(file.path, line))
            readings[key] = Reading(correction.day, max(self._clock.today, correction.day), is_dated=True)
        problems = [problem for text in written.values() for problem in text.problems]
        requests, found = self._requests(file, written["body"])
        problems += found
        demands = [demand for text in written.values() for demand in text.demands]
        demands += [
            demand for request in requests if request is not None for demand in request.demands(figures)
        ]
        families = newest_families(demands, figures, reading)
        texts: dict[str, Text] = {}
        of_figures: list[Problem] = []
        for key, rendered in written.items():
            texts[key], found = self._text(file, rendered, readings[key], families)
            of_figures += found
        blocks, found = self._blocks(file.path, requests, reading, families)
        problems += _told_once([*of_figures, *found])
        if blocks:
            texts["body"] = replace(texts["body"], blocks=blocks)
        days = [
            figures.sources[observation.source].vintage
            for text in texts.values()
            for answer in text.shown
            if answer.is_filled
            for observation in answer.observations
        ]
        pictures, files = (
            tuple(
                sorted(
                    {
                        address
                        for text in texts.values()
                        for link, address in zip(text.rendered.links, text.addresses, strict=True)
                        if link.is_picture is is_picture and address
                    }
                )
            )
            for is_picture in (True, False)
        )
        # It stands in the page's pieces now; who links here asks for the anchors alone.
        self._anchors[file.path] = self._rendered.pop(file.path).anchors
        return Page(
            file.path,
            texts,
            self._corrections(file, texts),
            sum(len(text.answers) for text in texts.values()),
            max(days, default=None),
            pictures=pictures,
            files=files,
            choices=tuple(block.choice for block in blocks if isinstance(block, Stories)),
            fields={key: text.plain for key, text in texts.items() if key != "body"},
        ), problems

    def _corrections(
        self, file: Article | StandingPage, texts: Mapping[str, Text]
    ) -> tuple[CarriedCorrection, ...]:
        if isinstance(file, StandingPage):
            return ()
        shown: list[tuple[Demand | None, Resolved]] = [
            pair
            for key, text in texts.items()
            if not key.startswith("corrections.")
            for pair in zip(text.rendered.demands, text.answers, strict=True)
        ]
        shown += [pair for block in texts["body"].blocks if block is not None for pair in block.told]
        return carried_corrections(
            file.moment.day, shown, self._shown_by(self._reading(file).today), self._clock.today
        )

    def _requests(
        self, file: Article | StandingPage, body: Rendered
    ) -> tuple[list[Request | StoriesRequest | None], list[Problem]]:
        """Return what the blocks of a page ask for; ``None`` for one that cannot be read."""
        problems: list[Problem] = []
        requests = []
        for demand in body.blocks:
            request, told = read_block(demand, file.path)
            requests.append(request)
            problems += told
        return requests, problems

    def _blocks(
        self,
        path: str,
        requests: Sequence[Request | StoriesRequest | None],
        reading: Reading,
        families: Families,
    ) -> tuple[tuple[Block | Stories | None, ...], list[Problem]]:
        problems: list[Problem] = []
        blocks: list[Block | Stories | None] = []
        figures = self._shown_by(reading.today)
        for request in requests:
            block: Block | Stories | None = None
            if request is not None:
                if isinstance(request, StoriesRequest):
                    block, told = resolve_stories(request, figures, reading, families)
                    problems += self._check_stories(request)
                else:
                    block, told = resolve_block(request, figures, reading, families)
                problems += told
                problems += [
                    problem for text in request.texts for problem in self._unbound(path, text, reading)
                ]
            blocks.append(block)
        return tuple(blocks), problems

    def _check_stories(self, request: StoriesRequest) -> tuple[Problem, ...]:
        return check_stories(request, self._desk, self._articles, self._tags)

    def _reading(self, file: Article | StandingPage) -> Reading:
        today = self._clock.today
        if isinstance(file, StandingPage):
            return Reading(today, today, is_dated=False)
        day = _day_of(file)
        return Reading(day, max(today, day), is_dated=True)

    def _text(
        self, file: Article | StandingPage, rendered: Rendered, reading: Reading, families: Families
    ) -> tuple[Text, list[Problem]]:
        problems: list[Problem] = []
        answers = []
        figures = self._shown_by(reading.today)
        for demand in rendered.demands:
            answer = resolve(demand, figures, reading, families)
            place = Place(file.path, demand.line)
            if answer.problems:
                published = file.moment.day if isinstance(file, Article) else None
                why = explain_fault(demand, answer, figures, reading, published)
                problems += [Problem(place, message + why) for message in answer.problems]
            problems += [Problem(place, message, warning=True) for message in answer.warnings]
            answers.append(answer)
        addresses = []
        for link in rendered.links:
            address, fault = self._address(file, link)
            addresses.append(address)
            if fault:
                problems.append(Problem(Place(file.path, link.line), fault))
        problems += self._unbound(file.path, rendered, reading)
        return Text(rendered, tuple(answers), tuple(addresses)), problems

    def _unbound(self, path: str, rendered: Rendered, reading: Reading) -> list[Problem]:
        figures = self._shown_by(reading.today)
        return [
            Problem(Place(path, line), message, warning=self._reports_unbound)
            for line, message in unbound(rendered.loose, rendered.demands, figures, reading)
        ]

    def _address(self, file: Article | StandingPage | Fragment, link: Link) -> tuple[str, str | None]:
        """Return where a link leads, and what is wrong with it."""
        parts = parts_of(link.destination)
        if parts is None:
            return "", f"«{link.destination}» er ikke en adresse. Skriv den helt ud: https://…/"
        is_own = self._home and f"{link.destination}/".startswith(f"{self._home}/")
        # No file's path asks a page for anything, as a link to what the search finds does.
        if is_own and not parts.query and not link.is_picture:
            path = link.destination[len(self._home) :].partition("#")[0] or "/"
            return self._made_address(file, link, path, parts.fragment)
        if parts.scheme in _OUT and not link.is_picture:
            if leads_out(parts) and " " in link.destination and parts.scheme != "tel":
                return "", (
                    f"«{link.destination}» har et mellemrum. Kopiér adressen igen fra browseren, eller skriv "
                    "%20 i stedet for mellemrummet."
                )
            if leads_out(parts):
                return link.destination, None
            return "", f"«{link.destination}» fører ingen steder hen. Skriv {_OUT[parts.scheme]}."
        if parts.scheme or parts.netloc:
            what = (
                "billeder skal ligge i docs/images"
                if link.is_picture
                else "den slags adresser kan ikke bruges"
            )
            return "", f"«{link.destination}»: {what}."
        if not parts.path:
            return self._anchor(file, link, file.path, parts.fragment)
        if parts.path.startswith("/") and not link.is_picture:
            return self._made_address(file, link, parts.path, parts.fragment)
        path = _path_of(file, parts.path)
        if path in self._fragments:
            # What is wrong there is told there.
            return "", None
        if path in self._addresses and not link.is_picture:
            return self._anchor(file, link, path, parts.fragment)
        if link.is_picture or path in self._assets:
            return self._asset(file, link, path)
        return "", self._nowhere(file, link, path)

    def _nowhere(self, file: Article | StandingPage | Fragment, link: Link, path: str) -> str:
        """Return what to say of a link to a file that there is not."""
        scheme = _SCHEME.match(link.destination)
        if scheme:
            told = f"linket «{link.destination}» har en fejl i begyndelsen."
            return f"{told} Skriv {scheme[1].lower()}://{link.destination[scheme.end() :]}."
        if _SITE.match(link.destination):
            return f"linket «{link.destination}» mangler https:// forrest. Skriv https://{link.destination}."
        if _EMAIL.match(link.destination):
            return f"linket «{link.destination}» mangler mailto: forrest. Skriv mailto:{link.destination}."
        figure = link.destination.removeprefix("tal/")
        if figure.partition("/")[0] in self._figures.indicators:
            return (
                f"linket «{link.destination}» fører ingen steder hen. Er det en henvisning til et tal, så "
                f"skriv tal:{figure}."
            )
        now = self._renamed.get(path)
        if now is not None:
            better = posixpath.relpath(now, posixpath.dirname(file.path))
            _, mark, anchor = link.destination.partition("#")
            told = f"linket «{link.destination}» fører til en fil, der hedder noget andet nu."
            return f"{told} Skriv {better}{mark}{anchor}."
        there = [one for one in (*self._addresses, *self._assets) if one != file.path]
        near = meant_path(path, posixpath.dirname(file.path), there)
        return (
            f"linket «{link.destination}» fører ingen steder hen: der er ingen side, der hedder {path}."
            f"{near} Skriv stien fra denne fil til den anden."
        )

    def _anchor(
        self, file: Article | StandingPage | Fragment, link: Link, path: str, fragment: str
    ) -> tuple[str, str | None]:
        if path in self._fragments:
            address = ""
        else:
            address = self._addresses[path]
            if path != file.path and (fault := self._too_early(file, link, path)):
                return "", fault
        name = unquote(fragment)
        if not name:
            return address, None
        anchors = (*self._anchors_of(path), *PAGE_ANCHORS)
        if name not in anchors:
            return "", (
                f"linket «{link.destination}» peger på afsnittet «#{name}», som ikke findes i {path}."
                f"{did_you_mean(name, anchors)}"
            )
        return f"{address}#{name}", None

    def _too_early(self, file: Article | StandingPage | Fragment, link: Link, path: str) -> str | None:
        """Return what is wrong where readers would come to an article before it is out.

        A due date that passes must break nothing, so two scheduled articles are laid beside each other.
        """
        target = self._held.get(path)
        source = self._held.get(file.path)
        if target is None or isinstance(file, Fragment) or (source is not None and source.draft):
            return None
        if not target.draft and source is not None and source.moment.at >= target.moment.at:
            return None
        if target.draft or source is None:
            return f"linket «{link.destination}» fører til en artikel, der ikke er udgivet."
        return (
            f"linket «{link.destination}» fører til en artikel, der først udgives "
            f"{print_day(target.moment.day)}, efter denne."
        )

    def _made_address(
        self, file: Article | StandingPage | Fragment, link: Link, path: str, fragment: str
    ) -> tuple[str, str | None]:
        """Return where a link by address leads; those to files are paths, which every preview can follow."""
        is_out = path in self._made or (path in self._claimed and file.path in self._held)
        if is_out and fragment:
            return "", (
                f"linket «{link.destination}» peger på et afsnit af en side, som magasinet selv laver, og "
                f"den skifter. Skriv {path}."
            )
        if is_out:
            return path, None
        there = self._at.get(path) or self._former.get(path)
        if there is not None:
            better = posixpath.relpath(there, posixpath.dirname(file.path))
            anchor = f"#{fragment}" if fragment else ""
            return "", f"linket «{link.destination}» skal være en sti til filen. Skriv {better}{anchor}."
        return "", (
            f"linket «{link.destination}» fører ingen steder hen.{did_you_mean(path, self._made)} Skriv "
            "stien fra denne fil til den anden, for eksempel ../../docs/bliv-mentor.md."
        )

    def _asset(
        self, file: Article | StandingPage | Fragment, link: Link, path: str
    ) -> tuple[str, str | None]:
        asset = self._assets.get(path)
        if link.is_picture and (asset is not None or path in self._addresses) and not is_picture(path):
            return "", f"«{link.destination}» er ikke et billede."
        if asset is None:
            near = meant_path(path, posixpath.dirname(file.path), self._assets)
            return "", f"filen «{link.destination}» findes ikke ({path}).{near}"
        return asset.address, None


#: What leads out of the magazine, as it is written in full.
_OUT = {
    **dict.fromkeys(("http", "https"), "adressen helt ud, for eksempel https://kvinfo.dk/"),
    "mailto": "hele adressen: mailto:navn@sted.dk",
    "tel": "nummeret: tel:+4512345678",
}
#: A site's address as it is said aloud, with what may follow it.
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+\Z")
#: A scheme with a sign lost.
_SCHEME = re.compile(r"(https?)(?:://?|//?|;//)(?=[\w-]+\.)", re.IGNORECASE)
_SITE = re.compile(r"(?:www\.[\w-]+|[\w-]+)\.(?:dk|com|org|net|eu|no|se|info)(?:/|\Z)", re.IGNORECASE)


def _told_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield a file's problems, a warning that is the same for several lines once, with all of them."""
    lines: dict[tuple[str, str], set[int]] = {}
    for problem in problems:
        if problem.warning:
            lines.setdefault((problem.place.path, problem.message), set()).add(problem.place.line)
        else:
            yield problem
    for (path, message), found in lines.items():
        first, *others = sorted(found)
        more = f" Det samme gælder linje {listed([str(line) for line in others])}." if others else ""
        yield Problem(Place(path, first), message + more, warning=True)


def _path_of(file: Article | StandingPage | Fragment, link: str) -> str:
    return _path_from(file.path.rpartition("/")[0], link)


@lru_cache(maxsize=1 << 12)  # a page's links are looked at from several sides
def _path_from(folder: str, link: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(link)))


def _target(file: Article | StandingPage, link: Link) -> str | None:
    """Return the path that a link leads to, if it is one."""
    parts = parts_of(link.destination)
    if parts is None or parts.scheme or parts.netloc or not parts.path:
        return None
    return _path_of(file, parts.path)


def newest_first(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Return articles as lists have them; at the same moment, the path decides."""
    return tuple(sorted(articles, key=lambda article: (article.moment.at, article.path), reverse=True))


def _day_of(article: Article) -> date:
    return article.updated or article.moment.day


def _drawings(
    assets: Mapping[str, Asset], store: Store | None
) -> tuple[dict[str, Inline], tuple[Problem, ...]]:
    drawings: dict[str, Inline] = {}
    problems = []
    for path, asset in assets.items():
        if not path.lower().endswith(".svg"):
            continue
        name = name_of(posixpath.basename(path).rpartition(".")[0])
        key = ("drawing", asset.data, name)
        kept = store.get(*key) if store else None
        if isinstance(kept, Inline):
            drawings[asset.address] = kept
            continue
        try:
            drawings[asset.address] = made = clean_svg(asset.data, f"{name}-").inline()
            if store:
                store.put(made, *key)
        except SvgError as fault:
            problems.append(Problem(Place(path), str(fault)))
    return drawings, tuple(problems)


def _is_public(article: Article, clock: Clock) -> bool:
    return article.is_due(clock.now) and not article.draft


def made_addresses(articles: Sequence[Article], figures: Figures, desk: Desk) -> Iterator[str]:
    """Yield the addresses of the pages that no file stands for.

    Args:
        articles: those that the lists hold.
        figures: those that have pages.
        desk: the categories, authors and series, of which empty ones have no page.
    """
    yield from (
        "/feed.xml",
        "/feed.json",
        "/_redirects",
        "/sitemap.xml",
        "/news-sitemap.xml",
        "/robots.txt",
        "/llms.txt",
    )
    yield from (
        "/site.webmanifest",
        "/magasin.css",
        "/forside.css",
        "/bliv-mentor.css",
        "/opslag.css",
        "/_headers",
        "/404.html",
        "/bliv-mentor/tak/",
    )
    yield from ("/tal/", "/tal/tal.json", "/tal/tal.csv", "/tal/datapackage.json", "/rettelser/", "/soeg/")
    yield from sorted({f"/tal/{observation.indicator}/" for observation in figures.observations})
    found = listings(articles, desk)
    yield from (address for listing in found for address in listing.addresses())
    if found:
        yield ARCHIVE
