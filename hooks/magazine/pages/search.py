"""Search: every article and standing page in the words that they show, and the index made from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from markupsafe import Markup
from msgspec import Struct

from magazine.articles import Article
from magazine.danish.compounds import whole
from magazine.danish.dates import print_day
from magazine.pages.fill import Filler
from magazine.problems import ContentError, Place, Problem
from magazine.search_index import ADDRESS, Entry, Index, kept_index, kept_key, make_index, maker
from magazine.site import Page, Site
from magazine.standing import StandingPage
from magazine.store import Store, digest

_BLOCK_END = re.compile(
    r"(?=<br\b|</(?:p|li|t[dhr]|h\d|d[dt]|div|figcaption|caption|blockquote|pre|summary)>)"
)

#: A path, and a name for all that the file shows; true for one that stands already, and is taken over.
Keep = Callable[[str, str], bool]


def search_entries(
    site: Site, filler: Filler, store: Store | None = None, templates: str = ""
) -> Iterator[Entry]:
    """Yield an entry for each page that readers get; nothing that is held back, in the preview either.

    Args:
        site: the site.
        filler: one that draws nothing: a chart's words are those of its table.
        store: what earlier builds have found out.
        templates: a name for the filler's templates as they are.
    """
    for file in _found(site):
        key = site.keys.get(file.path)
        kept = store.get("entry", key, templates) if store and key else None
        if not isinstance(kept, tuple):
            page = site.pages[file.path]
            kept = (_spaced(page.plain("title")), _text(page, filler))
            if store and key:
                store.put(kept, "entry", key, templates)
        title, text = kept
        if isinstance(file, Article):
            section = site.desk.categories[file.category].name
            yield Entry(file.address, title, text, section, print_day(file.moment.day))
        else:
            yield Entry(file.address, title, text, "Om magasinet", "")


class SearchIndex(Struct, frozen=True):
    """Prints the index."""

    site: Site
    filler: Filler
    templates: str
    """A name for the filler's templates as they are."""
    cache: Path
    """Where the index is kept from build to build."""
    store: Store | None
    keep: Keep | None
    is_preview: bool
    """An index that is there is good enough: at each edit a new one would cost more than all else."""

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the index that do not stand yet, each as path and bytes.

        Raises:
            ContentError: where no index can be made on this machine.
        """
        key = self._expected()
        paths = self._paths(key)
        missing = [path for path in paths if not self._stands(path, key)]
        if paths and not missing:
            return
        index = (kept_index(self.cache) if self.is_preview else None) or self._made()
        if self.store:
            self.store.put(index.key, *self._name())
            self.store.put(tuple(index.files), "index files", index.key)
        asked = paths if index.key == key else ()
        for path, data in index.files.items():
            if path in missing if path in asked else not self._stands(path, index.key):
                yield path, data

    def _expected(self) -> str:
        """Return the key of the index that will be printed, if that is known before it is made."""
        if self.is_preview:
            return kept_key(self.cache)
        key = self.store.get(*self._name()) if self.store else None
        return key if isinstance(key, str) else ""

    def _paths(self, key: str) -> tuple[str, ...]:
        paths = self.store.get("index files", key) if self.store and key else None
        return paths if isinstance(paths, tuple) else ()

    def _name(self) -> tuple[str, ...]:
        """Return a name for all that the index is made from, without reading the texts."""
        pages = (f"{file.address} {self.site.keys.get(file.path)}" for file in _found(self.site))
        return ("index", maker(), self.templates, digest(self.site.desk.categories), digest(*pages))

    def _stands(self, path: str, key: str) -> bool:
        return self.keep is not None and self.keep(path, key)

    def _made(self) -> Index:
        entries = list(search_entries(self.site, self.filler, self.store, self.templates))
        try:
            return make_index(entries, self.cache)
        except OSError as error:
            message = f"søgningens indeks kan ikke laves her ({error}). Kør «make clean», og byg igen."
            raise ContentError([Problem(Place(ADDRESS.strip("/")), message)]) from error


def _found(site: Site) -> Iterator[Article | StandingPage]:
    """Yield what readers can find; the front page is where they come from."""
    yield from (article for article in site.articles if article.path not in site.held_paths)
    yield from (standing for standing in site.standing.values() if standing.address != "/")


def _text(page: Page, filler: Filler) -> str:
    # A space where a block ends, or the last word of one would grow together with the first of the next.
    body = _BLOCK_END.sub(" ", str(filler.body(page.body, None)))
    parts = [page.plain("kicker"), page.plain("description"), str(Markup(body).striptags())]
    parts += [page.plain(f"image.{key}") for key in ("caption", "alt")]
    return _spaced(" ".join(parts))


def _spaced(text: str) -> str:
    return " ".join(whole(text).split())
