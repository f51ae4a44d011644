"""All pages of the site, one after another, each as a path and its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from msgspec import Struct, field
from msgspec.structs import replace

from magazine.articles import Article, tag_id
from magazine.blocks.stories import Choice
from magazine.danish.typography import set_text
from magazine.figures.model import Indicator, Observation
from magazine.keys import FigureKeys
from magazine.listings import ARCHIVE, Kind, Leaf, Listing, Part, listings, parts, parts_around
from magazine.pages import feed, sitemap
from magazine.pages.cards import (
    SEARCH_SCRIPT,
    age_text,
    category_view,
    image_view,
    measure_of,
    measure_view,
    moment_view,
    person_views,
    portrait_view,
    reading_minutes,
    series_around,
    series_view,
    share_address,
    shares_of,
    site_view,
    update_view,
)
from magazine.pages.components import COMPONENTS, components_view
from magazine.pages.corrections import all_corrections, correction_nodes, correction_views
from magazine.pages.discovery import discovery
from magazine.pages.environment import make_environment
from magazine.pages.feed_json import json_feed
from magazine.pages.figures import indicator_rows, indicator_view
from magazine.pages.fill import BlockMacros, Filler, Notes
from magazine.pages.front import front_view
from magazine.pages.gists import Gists, related_paths
from magazine.pages.json_ld import article_json_ld, front_json_ld, modified_at, page_json_ld
from magazine.pages.kin import shown_in_series
from magazine.pages.lists import archive_json_ld, archive_view, feed_links, list_page
from magazine.pages.mentor import ANSWER, mentor_view
from magazine.pages.open_data import figures_json_ld, indicator_json_ld, open_data
from magazine.pages.photographs import Darkroom
from magazine.pages.redirects import redirects, redirects_file
from magazine.pages.search import SearchIndex
from magazine.pages.sections import sections
from magazine.pages.security import SEARCH, headers_file, policy
from magazine.pages.sharing import Cards, Order
from magazine.pages.styles import bundle, style_addresses
from magazine.pages.views import (
    ArticleView,
    CardView,
    ImageView,
    KeyFigureView,
    LinkView,
    PageView,
    PartView,
    SearchView,
    SeriesView,
    SiteView,
    StandingView,
)
from magazine.pictures import Role
from magazine.progress import Progress, watched
from magazine.search_index import ADDRESS
from magazine.share_card import HEIGHT, WIDTH
from magazine.site import Page, Site, newest_first
from magazine.standing import StandingPage
from magazine.store import Shelf, Store, digest, files_key, program
from magazine.values import print_value
from magazine.workers import spread

#: A path under the site's root, and the file's bytes, or what ``Place`` has told of them.
MadePage = tuple[str, Any]


#: Told a page's path and a name for all that it shows; answers whether it stands already.
Keep = Callable[[str, str], bool]
#: Writes a page at once, in the process that made it, and tells what became of it.
Place = Callable[[str, bytes], Any]


def make(
    site: Site,
    templates: Sequence[str],
    *,
    with_held: bool = False,
    keep: Keep | None = None,
    place: Place | None = None,
    store: Store | None = None,
    search: Path | None = None,
    progress: Progress | None = None,
) -> Iterator[MadePage]:
    """Make every page that readers get.

    Args:
        site: the checked site.
        templates: the folders of the templates, ours first.
        with_held: also drafts, scheduled articles and the page of components, for the preview.
        keep: asked about each article; one that stands already is not made.
        place: writes articles and lists where they are made; without it their bytes are handed on.
        store: what earlier builds have found out.
        search: where the search index is kept from build to build; without it none is made.
        progress: told how far the work has come.

    Yields:
        A path under the site's root, with ``/`` and without one in front, and the file's bytes, or what
        ``place`` has told of them.
    """
    if with_held:
        articles = newest_first((*site.held, *site.articles))
        site = replace(site, articles=articles, figures=site.figures_ahead)
    press = _Press.ready(site, templates, store, keep, place, progress)
    press.darkroom.order_all(site)
    yield from (made for made in _pages(press, progress) if made[1])
    if with_held:
        yield from (made for made in [press.components()] if made[1])
    if search is not None and press.view.search:
        shown = files_key(Path(templates[0])) if store else ""
        yield from SearchIndex(site, press.words_filler, shown, search, store, keep, with_held).files()


#: A feed's formats: what its file is called, and what writes it.
_Format = Literal["feed.xml", "feed.json"]
_FORMATS: Mapping[_Format, Callable[[Site, feed.Channel], bytes]] = {
    "feed.xml": feed.atom,
    "feed.json": json_feed,
}
#: What has a page like others of its kind: an article, a page of a list, a figure.
_Thing = Article | tuple[Listing, Leaf] | Indicator
_TEMPLATES = {Article: "artikel.html", tuple: "liste.html", Indicator: "tal.html"}


def _pages(press: _Press, progress: Progress | None) -> Iterator[MadePage]:
    """Yield every page; of one that stands already, the path alone."""
    site = press.site
    names = _Names.of(press) if press.keep else None
    missing: list[_Thing] = [
        article
        for article in site.articles
        if names is None or not press.stands(article.address, names.article(article))
    ]
    missing += press.missing_leaves()
    missing += press.missing_indicators()
    for kind in dict.fromkeys(map(type, missing)):
        press.environment.get_template(_TEMPLATES[kind])  # compiled once, not by each process
    made = spread(press.page, missing, press.store.renew if press.store else None)
    for thing, (page, text) in zip(
        missing, watched(progress, "Trykker sider", made, len(missing)), strict=True
    ):
        if text and isinstance(thing, Article):
            press.keep_feed_text(thing, text)
        yield page
    for standing in site.standing.values():
        yield press.standing(standing)
    yield from press.archive()
    yield from press.figures()
    yield press.corrections()
    if site.mentor.form is not None:
        yield press.thanks()
    if press.view.search:
        yield press.search()
    yield press.not_found()
    yield from bundle(site)
    feeds = spread(press.made_feed, [*press.missing_feeds()], press.store.renew if press.store else None)
    yield from feeds
    yield from press.redirects()
    entries = sitemap.sitemap_entries(site, press.listings)
    if not press.stands("/sitemap.xml", press.everywhere, entries):
        yield "sitemap.xml", sitemap.sitemap(site, entries)
    yield from discovery(site)
    yield from press.shared()
    yield from press.darkroom.files(
        press.keep, Shelf.beside(press.store, "billeder") if press.store else None
    )
    yield (
        "_headers",
        headers_file(site.settings.base_path, site.mentor.form.origin if site.mentor.form else ""),
    )


class _Press(Struct, frozen=True, dict=True):
    """What printing needs on every page, made once."""

    site: Site
    environment: Environment
    filler: Filler
    feed_filler: Filler
    view: SiteView
    related: Mapping[str, tuple[str, ...]]
    """The related articles of each, by path."""
    gists: Gists
    cards: Mapping[str, CardView]
    """Each article as lists show it, by path."""
    listings: Sequence[Listing]
    parts: Mapping[str, Part]
    """Where the articles of series stand, by path."""
    series: Mapping[str, SeriesView]
    """Those of more than one article, by id."""
    darkroom: Darkroom
    sharing: Cards | None
    store: Store | None
    keep: Keep | None
    place: Place | None
    everywhere: str
    """A name for what every page shows, and for what makes it."""
    _shapes: dict[tuple[str, bool], CardView] = field(default_factory=dict)
    """By address, and whether it is the first: cards as lists have them."""
    _feed_texts: dict[str, str] = field(default_factory=dict)
    """Articles' texts as feeds have them, by path: one stands in the feeds of its category, tags, authors."""

    @classmethod
    def ready(
        cls,
        site: Site,
        templates: Sequence[str],
        store: Store | None,
        keep: Keep | None,
        place: Place | None = None,
        progress: Progress | None = None,
    ) -> _Press:
        environment = make_environment(
            templates, site.settings.base_path, site.drawings, _languages(site), store
        )
        macros = environment.get_template("parts/tal.html").module
        pictures = environment.get_template("parts/billede.html").module
        blocks = BlockMacros(
            environment.get_template("parts/graf.html").module,
            environment.get_template("parts/boks.html").module,
            environment.get_template("parts/tabel.html").module,
            environment.get_template("parts/artikler.html").module,
        )
        assets = {asset.address: asset for asset in site.assets.values()}
        sharing = Cards.ready(site, environment)
        view = site_view(site, style_addresses(site))
        found = listings(site.articles, site.desk)
        gists = Gists.of(site, store, progress)
        cards = gists.cards
        series = [one for one in found if one.kind is Kind.SERIES]

        def choose(choice: Choice, path: str) -> tuple[CardView, ...]:
            return tuple(cards[article.path] for article in choice.of(site.articles, path))

        return cls(
            site,
            environment,
            Filler(macros, pictures, site.settings.base_path, assets, blocks, choose=choose),
            Filler(macros, pictures, site.settings.address, assets, blocks, draws=False, choose=choose),
            view,
            related_paths(gists, shown_in_series(found), store),
            gists,
            cards,
            found,
            {path: part for one in series for path, part in parts(one)},
            {one.id: shown for one in series if (shown := series_view(site, one, cards))},
            Darkroom(assets),
            sharing,
            store,
            keep,
            place,
            _everywhere(site, view, templates, sharing.key if sharing else "") if keep else "",
        )

    @cached_property
    def photographed(self) -> Mapping[str, ImageView]:
        """The photographs that stand in lists, by the articles' paths: an article is in many lists."""
        site = self.site
        found: dict[str, ImageView] = {}
        for article in site.articles:
            asset = site.assets.get(article.image.path) if article.image else None
            image = self.cards[article.path].image if asset and asset.address not in site.drawings else None
            if image is not None:
                found[article.path] = image
        return found

    def print(self, template: str, page: PageView, **content: Any) -> MadePage:
        """Print one page under its address; nothing, if it stands already with all that is in its views."""
        if self.stands(page.address, self.everywhere, template, page, content):
            return _path(page.address), b""
        return self.render(template, page, **content)

    def render(self, template: str, page: PageView, **content: Any) -> MadePage:
        """Print one page under its address, which was asked about already."""
        html = self.environment.get_template(template).render(site=self.view, page=page, **content)
        return _path(page.address), html.encode("utf-8")

    def placed(self, made: MadePage) -> MadePage:
        """Return a page that is written already, where that can be done here."""
        path, html = made
        return path, self.place(path, html) if self.place is not None else html

    def stands(self, address: str, *shows: object) -> bool:
        """Tell whether a page with this content stands already, and will be taken over."""
        return self.keep is not None and self.keep(_path(address), digest(*map(repr, shows)))

    def head(
        self,
        kind: str,
        address: str,
        title: str,
        description: str,
        *,
        picture: ImageView | None = None,
        shared: Order | None = None,
        **more: Any,
    ) -> PageView:
        """Return the head that all pages have.

        Args:
            kind: the kind of page.
            address: the page's.
            title: its heading.
            description: what it is about.
            picture: its own picture.
            shared: its card; the magazine's own where it has none.
            more: what else the view holds.
        """
        name = self.site.settings.name
        head_title = title if address == "/" else f"{title} – {name}"
        form = self.site.mentor.form
        more.setdefault(
            "policy",
            policy(is_search=address == SEARCH, form_origin=form.origin if form else "", in_page=True),
        )
        base = self.site.settings.address
        shared = shared or self.magazine_card
        if shared is not None:
            more |= {"image": f"{base}{shared.address}", "image_alt": shared.alt}
            more |= {"image_width": WIDTH, "image_height": HEIGHT}
        elif picture is not None:
            more |= {"image": share_address(self.site, picture), "image_alt": picture.alt}
        return PageView(kind, address, f"{base}{address}", title, head_title, description, **more)

    def page(self, thing: _Thing) -> tuple[MadePage, str]:
        """Print the page of an article, a list or a figure; with an article's text for feeds."""
        if isinstance(thing, Article):
            # Its text is at hand now.
            text = self._new_feed_text(thing) if thing.path in self._in_feeds else ""
            return self.article(thing), text
        return self._figure_page(thing) if isinstance(thing, Indicator) else self._list_page(*thing), ""

    def article(self, article: Article) -> MadePage:
        site = self.site
        page = site.pages[article.path]
        notes = Notes()
        body = self.filler.body(page.body, notes, article.path)
        title = self.filler.field(page.texts["title"], notes)
        standfirst = self.filler.field(page.texts.get("description"), notes)
        image = image_view(site, page, article.image)
        series = site.desk.series.get(article.series) if article.series else None
        part = self.part_of(article)
        view = ArticleView(
            title=title,
            kicker=page.plain("kicker"),
            category=category_view(site, article.category),
            description=standfirst,
            authors=person_views(site, article),
            date=moment_view(article),
            updated=update_view(article),
            reading_minutes=reading_minutes(page),
            image=image,
            measure=measure_view(site.figures, page),
            body=body,
            notes=notes.views(),
            corrections=correction_views(site, article),
            tags=tuple(LinkView(tag, f"/emne/{tag_id(tag)}/") for tag in article.tags),
            series=LinkView(series.name, f"/serie/{series.id}/") if series else None,
            part=part,
            related=tuple(self.cards[path] for path in self.related_to(article)),
            shows_mentor_call=article.category == "mentor",
            is_draft=article.path in site.held_paths,
            age=age_text(article, site.clock.today),
            series_view=self.series_of(article),
        )
        head = self.head(
            "artikel",
            article.address,
            page.plain("title"),
            page.plain("description"),
            section=article.category,
            section_name=site.desk.categories[article.category].name,
            picture=image,
            shared=self.sharing.of_article(self.cards[article.path]) if self.sharing else None,
            json_ld=article_json_ld(site, article, correction_nodes(site, article)),
            published=article.moment.at.isoformat(),
            modified=modified_at(sitemap.last_modified(site, page, article), article.moment.at),
            previous=part.previous.address if part and part.previous else "",
            next=part.next.address if part and part.next else "",
        )
        return self.placed(self.render("artikel.html", head, article=view))

    def related_to(self, article: Article) -> tuple[str, ...]:
        """Return the paths of the articles that a reader may want next."""
        return self.related.get(article.path, ())

    @property
    def magazine_card(self) -> Order | None:
        """The card of every page that has none of its own."""
        return self.sharing.of_page("/", "", self.site.settings.promise, None) if self.sharing else None

    def _shared_page(self, standing: StandingPage, image: ImageView | None) -> Order | None:
        if self.sharing is None:
            return None
        page = self.site.pages[standing.path]
        return self.sharing.of_page(standing.address, page.plain("kicker"), page.plain("title"), image)

    def shared(self) -> Iterator[MadePage]:
        """Yield the cards of all pages that have one."""
        if self.sharing is None:
            return
        orders = {order.name: order for order in self._orders(self.sharing)}
        shelf = Shelf.beside(self.store, "deling") if self.store else None
        yield from self.sharing.files(orders.values(), self.keep, shelf)

    def _orders(self, sharing: Cards) -> Iterator[Order]:
        site = self.site
        yield from (sharing.of_article(self.cards[article.path]) for article in site.articles)
        for standing in site.standing.values():
            image = image_view(site, site.pages[standing.path], standing.image)
            if standing.address != "/" and (order := self._shared_page(standing, image)):
                yield order
        if (order := self.magazine_card) is not None:
            yield order

    def series_of(self, article: Article) -> SeriesView | None:
        """Return what an article's page shows of its series."""
        part, series = self.parts.get(article.path), self.series.get(article.series or "")
        return series_around(series, part.number) if part and series else None

    def part_of(self, article: Article) -> PartView | None:
        """Return where an article stands in its series; ``None`` for the only one."""
        part = self.parts.get(article.path)
        if part is None or part.total == 1:
            return None
        around = [
            LinkView(self.cards[other.path].title, other.address) if other else None
            for other in (part.previous, part.next)
        ]
        return PartView(f"del {part.number} af {part.total}", *around)

    def standing(self, standing: StandingPage) -> MadePage:
        page = self.site.pages[standing.path]
        if standing.address == "/":
            return self._front(standing, page)
        notes = Notes()
        body = self.filler.body(page.body, notes)
        image = image_view(self.site, page, standing.image)
        view = StandingView(
            title=self.filler.field(page.texts["title"], notes),
            kicker=page.plain("kicker"),
            description=self.filler.field(page.texts.get("description"), notes),
            image=image,
            body=body,
            notes=notes.views(),
            sections=sections(body),
            proof=next((figure for figure in map(self.key_figure, _living(page)) if figure.measure), None),
        )
        kind = "mentor" if standing.address == "/bliv-mentor/" else "side"
        head = self.head(
            kind,
            standing.address,
            page.plain("title"),
            page.plain("description"),
            section="mentor" if kind == "mentor" else "",
            picture=image,
            shared=self._shared_page(standing, image),
            json_ld=page_json_ld(
                self.site,
                "AboutPage" if standing.address == "/om/" else "WebPage",
                page.plain("title"),
                standing.address,
                page.plain("description"),
            ),
        )
        if kind == "mentor":
            return self.print("bliv-mentor.html", head, standing=view, mentor=mentor_view(self.site))
        return self.print("side.html", head, standing=view)

    def _front(self, standing: StandingPage, page: Page) -> MadePage:
        ranked = sorted(self.site.articles, key=lambda article: article.featured or 9)
        notes = Notes()
        body = self.filler.body(page.body, notes)
        view = front_view(
            self.site,
            ranked,
            self.cards,
            self.related_to(ranked[0]) if ranked else (),
            self.series,
            figures=tuple(self.key_figure(observation) for observation in _living(page)),
            body=body,
            notes=notes.views(),
            show=self.darkroom.show,
        )
        lead = view.lead.image if view.lead else None
        head = self.head(
            "forside",
            standing.address,
            page.plain("title"),
            page.plain("description"),
            picture=lead,
            json_ld=front_json_ld(self.site),
        )
        return self.print("forside.html", head, front=view)

    def key_figure(self, observation: Observation) -> KeyFigureView:
        """Return an observation set large."""
        indicator = self.site.figures.indicators[observation.indicator]
        return KeyFigureView(
            number=print_value(observation.value, indicator.unit, "tal"),
            unit=indicator.unit.plural,
            name=indicator.name,
            period=observation.period.print(),
            among=observation.among or indicator.among or "",
            address=f"/tal/{indicator.id}/",
            measure=(measure := measure_of(self.site.figures, observation)),
            shares=tuple(shares_of(self.site.figures, observation)) if measure else (),
            target=f"Målet var {measure.target_text}" if measure and measure.target_text else "",
        )

    def missing_leaves(self) -> Iterator[tuple[Listing, Leaf]]:
        """Yield the pages of lists that do not stand already."""
        for listing in self.listings:
            leaves = listing.leaves()
            for leaf in leaves:
                if not self._list_stands(listing, leaf, len(leaves)):
                    yield listing, leaf

    def archive(self) -> Iterator[MadePage]:
        """Yield the overview of the years."""
        if self.listings:
            text = f"Alle artikler i {self.site.settings.name}: år for år og efter emne, serie og forfatter."
            head = self.head("arkiv", ARCHIVE, "Arkiv", text, json_ld=archive_json_ld(self.site))
            yield self.print("arkiv.html", head, archive=archive_view(self.listings, len(self.site.articles)))

    def _list_page(self, listing: Listing, leaf: Leaf) -> MadePage:
        page = list_page(self.site, listing, leaf, self.cards)
        pager = page.view.pager
        head = self.head(
            page.kind,
            page.address,
            page.title,
            page.description,
            section=page.section,
            json_ld=page.json_ld,
            feeds=feed_links(page.view),
            previous=pager.previous if pager else "",
            next=pager.next if pager else "",
        )
        cards = tuple(self._shaped(card, is_first=number == 0) for number, card in enumerate(page.view.cards))
        view = replace(page.view, cards=cards)
        if view.person is not None and view.person.image is not None:
            portrait = self.darkroom.show(view.person.image, Role.SQUARE)
            view = replace(view, person=replace(view.person, image=portrait))
        return self.placed(self.render("liste.html", head, list=view))

    def _shaped(self, card: CardView, *, is_first: bool) -> CardView:
        """Return a card as lists have it; the photograph that it shows is ordered already."""
        key = (card.address, is_first)
        if key not in self._shapes:
            image = card.image
            # A drawing stands in the page itself, so one for each of two dozen would be most of the page.
            if image is not None and image.address in self.site.drawings and not is_first:
                image = None
            shown = self.darkroom.show(image, Role.LEAD) if image is not None else None
            self._shapes[key] = replace(card, image=shown)
        return self._shapes[key]

    def _list_stands(self, listing: Listing, leaf: Leaf, total: int) -> bool:
        """Tell whether a page of a list stands already, and order the photographs that it shows."""
        photographed = self.photographed
        for article in leaf.articles if photographed else ():
            if article.path in photographed:
                self.darkroom.show(photographed[article.path], Role.LEAD)
        if listing.kind is Kind.AUTHOR and (
            portrait := portrait_view(self.site, self.site.desk.authors[listing.id])
        ):
            self.darkroom.show(portrait, Role.SQUARE)
        told = (listing.kind, listing.id, listing.name, listing.text, len(listing.articles), total)
        gists = self.gists.by_path
        cards = " ".join([gists[article.path].card_name for article in leaf.articles])
        return self.stands(leaf.address, self.everywhere, told, leaf.number, cards)

    def missing_feeds(self) -> Iterator[tuple[feed.Channel, _Format]]:
        """Yield the feeds of the magazine and of its lists that do not stand already, each in two formats."""
        for channel in self._channels:
            shows = [self.site.keys.get(article.path, "") for article in channel.articles]
            shows += [
                f"{other.address} {self.cards[other.path].title}"
                for article in channel.articles
                for other in self.chosen(article)
            ]
            shown = (self.everywhere, channel.address, channel.title, channel.text, *shows)
            for name in _FORMATS:
                if not self.stands(f"{channel.address}{name}", *shown):
                    yield channel, name

    def made_feed(self, thing: tuple[feed.Channel, _Format]) -> MadePage:
        """Write a feed in a format."""
        channel, name = thing
        return self.placed((_path(f"{channel.address}{name}"), _FORMATS[name](self.site, channel)))

    @cached_property
    def _channels(self) -> Sequence[feed.Channel]:
        magazine = feed.magazine_channel(self.site, self._feed_text)
        lists = (one for one in self.listings if one.has_feed)
        return magazine, *(feed.list_channel(self.site, one, self._feed_text) for one in lists)

    @cached_property
    def _in_feeds(self) -> frozenset[str]:
        """The paths of what stands in any feed."""
        return frozenset(article.path for channel in self._channels for article in channel.articles)

    def _feed_text(self, article: Article) -> str:
        """Return an article's text as feeds have it: most feeds are made anew for another article."""
        if article.path not in self._feed_texts:
            kept = self._kept_feed_text(article)
            if kept is None:
                self.keep_feed_text(article, self._new_feed_text(article))
            else:
                self._feed_texts[article.path] = kept
        return self._feed_texts[article.path]

    def _new_feed_text(self, article: Article) -> str:
        text = str(self.feed_filler.body(self.site.pages[article.path].body, None, article.path))
        return feed.on_its_page(text, f"{self.site.settings.address}{article.address}")

    def _kept_feed_text(self, article: Article) -> str | None:
        kept = self.store.get(*self._feed_key(article)) if self.store else None
        return kept if isinstance(kept, str) else None

    def keep_feed_text(self, article: Article, text: str) -> None:
        """Keep an article's text for the feeds, in this build and the next ones."""
        self._feed_texts[article.path] = text
        # What a block of articles shows is the others', too.
        if self.store and not self.site.pages[article.path].choices:
            self.store.put(text, *self._feed_key(article))

    def _feed_key(self, article: Article) -> tuple[str, ...]:
        return "feed", self.everywhere, self.site.keys.get(article.path, "")

    @property
    def words_filler(self) -> Filler:
        """What fills texts for the search, which finds a page by its own words, not by what it leads to."""
        return replace(self.feed_filler, choose=None)

    def chosen(self, article: Article) -> Iterator[Article]:
        """Yield the articles that the blocks in an article lead to."""
        for choice in self.site.pages[article.path].choices:
            yield from choice.of(self.site.articles, article.path)

    def redirects(self) -> Iterator[MadePage]:
        """Yield a page for each former address, and the list of them."""
        for redirect in redirects(self.site):
            head = self.head("videre", redirect.former, redirect.title, "Siden er flyttet.", robots="noindex")
            target = LinkView(redirect.title, redirect.address)
            canonical = f"{self.site.settings.address}{redirect.address}"
            yield self.print("videre.html", head, target=target, canonical=canonical)
        yield "_redirects", redirects_file(self.site)

    def figures(self) -> Iterator[MadePage]:
        head = self.head(
            "tal-liste",
            "/tal/",
            "Tallene",
            "Alle tal i magasinet: hvad de måler, hvor de kommer fra, og hvor de bruges.",
            json_ld=figures_json_ld(self.site),
        )
        yield self.print("tal-liste.html", head, indicators=indicator_rows(self.site))
        yield from open_data(self.site)

    def missing_indicators(self) -> Iterator[Indicator]:
        """Yield the figures whose pages do not stand already."""
        keys = FigureKeys(self.site.figures, self.site.clock.today)
        for indicator in self.site.figures.indicators.values():
            if not self.site.figures.of(indicator.id):
                continue
            figures, uses = keys.of([indicator.id]), self.gists.uses_name(indicator.id)
            if not self.stands(f"/tal/{indicator.id}/", self.everywhere, figures, uses):
                yield indicator

    def _figure_page(self, indicator: Indicator) -> MadePage:
        view = indicator_view(
            self.site,
            indicator,
            self.key_figure,
            lambda block: self.filler.block(block, 1, None),
            self.gists.uses(indicator.id),
        )
        text = f"{indicator.name}: hver opgørelse med kilde, og hvor magasinet bruger tallet."
        head = self.head(
            "tal",
            f"/tal/{indicator.id}/",
            indicator.name,
            text,
            json_ld=indicator_json_ld(self.site, indicator),
        )
        return self.placed(self.render("tal.html", head, indicator=view))

    def corrections(self) -> MadePage:
        """Return the page of everything that was put right."""
        text = f"Hvad {self.site.settings.name} har skrevet forkert, hvad der er rigtigt, og hvorfor."
        head = self.head(
            "rettelser",
            "/rettelser/",
            "Rettelser",
            text,
            json_ld=page_json_ld(self.site, "WebPage", "Rettelser", "/rettelser/", text),
        )
        return self.print("rettelser.html", head, corrections=all_corrections(self.site))

    def thanks(self) -> MadePage:
        """Return the page that a receiver of the form leads to."""
        head = self.head(
            "tak",
            ANSWER,
            "Tak",
            "Din besked til mentornetværket er sendt.",
            section="mentor",
            robots="noindex",
        )
        return self.print("tak.html", head, mentor=mentor_view(self.site))

    def search(self) -> MadePage:
        """Return the page that readers search on."""
        view = SearchView(SEARCH_SCRIPT, ADDRESS, self.site.settings.base_path)
        head = self.head(
            "soeg",
            SEARCH,
            "Søg",
            f"Søg i alle artikler og sider i {self.site.settings.name}.",
            robots="noindex",
        )
        return self.print("soeg.html", head, search=view)

    def components(self) -> MadePage:
        """Return the page of every component, which only the preview has."""
        head = self.head(
            "komponenter",
            COMPONENTS,
            "Komponenter",
            "Alt på denne side er opdigtet. Den findes kun i forhåndsvisningen.",
            robots="noindex",
        )
        pictures = (card.image for card in self.cards.values() if card.image is not None)
        return self.print(
            "komponenter.html", head, components=components_view(self.view.sections, [*islice(pictures, 2)])
        )

    def not_found(self) -> MadePage:
        head = self.head(
            "404", "/404.html", "Siden findes ikke", "Adressen fører ingen steder hen.", robots="noindex"
        )
        return self.print("404.html", head)


def _living(page: Page) -> list[Observation]:
    """Return the figures that the front page's own text fills in, each once."""
    found: dict[str, Observation] = {}
    for answer in page.body.answers:
        for observation in answer.observations:
            if answer.is_filled:
                found.setdefault(observation.key, observation)
    return list(found.values())


class _Names(Struct, frozen=True):
    """Names for all that an article's page shows: whatever comes to it from elsewhere belongs in here."""

    press: _Press
    series: Mapping[str, tuple[str, tuple[str, ...]]]
    """By id, a name for what a series says of itself, and those of its parts in their order."""

    @classmethod
    def of(cls, press: _Press) -> _Names:
        series = {
            listing.id: (
                digest(replace(view, parts=())) if (view := press.series.get(listing.id)) else "",
                tuple(press.gists.by_path[article.path].card_name for article in listing.articles),
            )
            for listing in press.listings
            if listing.kind is Kind.SERIES
        }
        return cls(press, series)

    def article(self, article: Article) -> str:
        """Return the name of all that an article's page shows."""
        press, gists = self.press, self.press.gists.by_path
        # Names of one length each, so that one text of them all tells as much as each by itself.
        related = " ".join([gists[path].card_name for path in press.related_to(article)])
        chosen = " ".join([gists[other.path].card_name for other in press.chosen(article)])
        held = article.path in press.site.held_paths
        age = age_text(article, press.site.clock.today)
        key = press.site.keys.get(article.path, "")
        return digest(f"{press.everywhere} {key} {related}", chosen, f"{held} {age}", *self._series(article))

    def _series(self, article: Article) -> Iterator[object]:
        part = self.press.parts.get(article.path)
        if part is not None and article.series:
            told, parts = self.series[article.series]
            around = parts_around(part.number, part.total)
            yield from (told, part.number, part.total, *(parts[number - 1] for number in around))


def _everywhere(site: Site, view: SiteView, templates: Sequence[str], cards: str) -> str:
    shown = (
        site.settings,
        site.desk,
        site.mentor,
        sorted(site.assets.items()),
        sorted(_languages(site).items()),
        view,
    )
    return digest(program(), files_key(Path(templates[0])), *templates, cards, repr(shown))


def _languages(site: Site) -> Mapping[str, str]:
    """Return the titles that are not Danish, as written and as set, and the language of each."""
    return {
        title: source.language.code
        for source in site.figures.sources.values()
        if source.language
        for title in (source.title, set_text(source.title))
    }


def _path(address: str) -> str:
    path = address.lstrip("/")
    return f"{path}index.html" if address.endswith("/") else path
