"""What others show of each article, so that its text is read once for all lists, overviews and neighbours."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain

from msgspec import Struct, field, json
from msgspec.structs import replace

from magazine.articles import Article
from magazine.pages.cards import card_view
from magazine.pages.figures import uses_of
from magazine.pages.kin import traits_of
from magazine.pages.views import CardView, UseView
from magazine.progress import Progress, watched
from magazine.related import Traits, related_again
from magazine.site import Site
from magazine.store import Store, digest, packed
from magazine.workers import spread

#: Sentences that show figures, each with its indicator.
Uses = Sequence[tuple[str, UseView]]


class Gist(Struct, frozen=True):
    """An article as others see it; the names tell all that is in what they are names of."""

    told: bytes
    """Its card and its traits, packed: most builds ask for those of a few articles."""
    card_name: str
    traits_name: str
    indicators: Mapping[str, str]
    """The figures that it shows; for each, a name for the sentences that show it."""
    uses: str
    """Where the store has them; empty without one."""


class _Cards(Mapping[str, CardView]):
    """Unpacks each card once."""

    def __init__(self, gists: Mapping[str, Gist], opened: dict[str, CardView]) -> None:
        self.gists = gists
        self.open = opened

    def __getitem__(self, path: str) -> CardView:
        if path not in self.open:
            self.open[path] = pickle.loads(self.gists[path].told)[0]
        return self.open[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.gists)

    def __len__(self) -> int:
        return len(self.gists)


class Gists(Struct, frozen=True, dict=True):
    """The gists of all articles, by path."""

    by_path: Mapping[str, Gist]
    site: Site
    store: Store | None
    _replaced: Mapping[str, Gist]
    """Those that the last build found, where they differ."""
    _read: dict[str, Uses] = field(default_factory=dict)
    _cards: dict[str, CardView] = field(default_factory=dict)

    @classmethod
    def of(cls, site: Site, store: Store | None, progress: Progress | None = None) -> Gists:
        """Return the gists of a site's articles; those that nobody has made are made on all cores.

        Args:
            site: the site.
            store: what earlier builds have found out.
            progress: told how far the work has come.
        """
        desk = digest(site.desk) if store else ""
        held = {article.path for article in site.held}
        found: dict[str, Gist] = {}
        replaced: dict[str, Gist] = {}
        keys: dict[str, str] = {}
        pictures = {path: digest(asset) for path, asset in site.assets.items()} if store else {}
        for article in site.articles:
            path = article.path
            picture = pictures.get(article.image.path) if article.image else None
            key = site.keys.get(path)
            keys[path] = f"{key} {desk} {picture} {path in held}"
            kept = store.findings.get(path, "gist", keys[path]) if store and key else None
            if isinstance(kept, Gist) and store:
                store.used.add(kept.uses)
                found[path] = kept
        new = [article for article in site.articles if article.path not in found]
        missing = [article for article in new if article.path not in site.seen]
        if store:
            replaced = {path: gist for path, gist in store.findings.all("gist") if path not in found}

        def work(article: Article) -> tuple[Gist, bytes]:
            return gist_of(site, article)

        made = spread(work, missing, store.renew if store else None)
        told = watched(progress, "Samler oversigter", made, len(missing))
        seen = ((article, site.seen[article.path]) for article in new if article.path in site.seen)
        for article, (gist, uses) in chain(seen, zip(missing, told, strict=True)):
            found[article.path] = gist
            key = site.keys.get(article.path)
            if store and key:
                name = store.name("uses", key)
                store.put_packed(uses, name)
                found[article.path] = kept = replace(gist, uses=name)
                store.findings.put(article.path, "gist", keys[article.path], kept)
        return cls(found, site, store, replaced)

    @property
    def cards(self) -> Mapping[str, CardView]:
        """Each article as lists show it, by path; unpacked when somebody asks."""
        return _Cards(self.by_path, self._cards)

    def traits_under(self, names: Mapping[str, tuple[str, frozenset[str]]]) -> Sequence[Traits] | None:
        """Return what articles have, or had, to share; ``None`` where that is not known any more.

        Args:
            names: by path, a name for what each has, and what stands beside it anyway.
        """
        traits = []
        for path, (name, shown) in names.items():
            for gist in (self.by_path.get(path), self._replaced.get(path)):
                if gist is not None and gist.traits_name == name:
                    card, has = pickle.loads(gist.told)
                    if gist is self.by_path.get(path):
                        # Unpacked here, it is at hand in every process that prints it.
                        self._cards.setdefault(path, card)
                    traits.append(replace(has, shown=shown) if shown else has)
                    break
            else:
                return None
        return traits

    def uses_name(self, indicator: str) -> str:
        """Return a name for all sentences that show a figure."""
        articles = (self.by_path[path].indicators[indicator] for path in self._showing.get(indicator, ()))
        return digest(" ".join(articles), *(repr(use) for use in self._standing.get(indicator, ())))

    def uses(self, indicator: str) -> tuple[UseView, ...]:
        """Return the sentences and blocks that show a figure, each once; newest articles first."""
        found: dict[UseView, None] = {}
        for path in self._showing.get(indicator, ()):
            found |= dict.fromkeys(use for name, use in self._uses_of(path) if name == indicator)
        return (*(found | dict.fromkeys(self._standing.get(indicator, ()))),)

    def _uses_of(self, path: str) -> Uses:
        if path not in self._read:
            kept = self.store.get_named(self.by_path[path].uses) if self.store else None
            if not isinstance(kept, list):
                address = self.cards[path].address
                kept = list(uses_of(self.site, path, address))
            self._read[path] = kept
        return self._read[path]

    @cached_property
    def _showing(self) -> Mapping[str, Sequence[str]]:
        """The articles that show a figure, newest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for article in self.site.articles:
            for indicator in self.by_path[article.path].indicators:
                found[indicator].append(article.path)
        return found

    @cached_property
    def _standing(self) -> Mapping[str, Sequence[UseView]]:
        """What the standing pages show."""
        found: dict[str, list[UseView]] = defaultdict(list)
        for standing in self.site.standing.values():
            for indicator, use in uses_of(self.site, standing.path, standing.address):
                found[indicator].append(use)
        return found


def related_paths(
    gists: Gists, shown: Mapping[str, frozenset[str]], store: Store | None
) -> Mapping[str, tuple[str, ...]]:
    """Return the articles that each is related to, by path; only those are weighed that may have others.

    Args:
        gists: what each article has to share.
        shown: by path, what stands beside each anyway.
        store: what earlier builds have found out.
    """
    nothing: frozenset[str] = frozenset()
    names = {path: (gist.traits_name, shown.get(path, nothing)) for path, gist in gists.by_path.items()}
    kept = store.get("related") if store else None
    known: Mapping[str, tuple[str, ...]]
    before, known = kept if isinstance(kept, tuple) else ({}, {})
    if before == names:
        return known
    traits = gists.traits_under(names)
    assert traits is not None, "of the articles that there are, everything is known"
    again = related_again(traits, gists.traits_under(before) if before else None, partial(spread, least=2))
    made = {path: tuple(kin.path for kin in again[path]) if path in again else known[path] for path in names}
    if store:
        store.put((names, made), "related")
    return made


def gist_of(site: Site, article: Article) -> tuple[Gist, bytes]:
    """Return an article's gist, and the sentences that show figures, packed.

    Args:
        site: the site, of whose texts the article's alone is read.
        article: one of its articles.
    """
    card = card_view(site, article)
    traits = traits_of(article, site.pages[article.path], site)
    uses = list(uses_of(site, article.path, article.address))
    return Gist(
        packed((card, traits)),
        digest(_told(card)),
        digest(traits.path, traits.day, traits.people, sorted(traits.things)),
        {
            indicator: digest(*(_told(use) for name, use in uses if name == indicator))
            for indicator in dict.fromkeys(name for name, _ in uses)
        },
        "",
    ), packed(uses)


def _told(view: Struct) -> bytes:
    # All that is in a view, as ``repr`` tells it, in a fourth of the time.
    return json.encode(view, enc_hook=str, order="deterministic")
