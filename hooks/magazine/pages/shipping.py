"""Which of the files under the documents' folder readers get, and what of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from magazine.articles import Article
from magazine.camera import without_notes
from magazine.pages.sharing import NARROW
from magazine.photographs import is_photograph
from magazine.site import Site
from magazine.sources import Asset, read_bytes
from magazine.standing import StandingPage

#: Beside ``sal.svg``: the same drawing for a band, and for those who share the page.
_BROAD = "-bredt"
_SHARED = "deling/"


def shipped(site: Site, *, with_held: bool = False) -> Iterator[Asset]:
    """Yield the assets that are part of the site.

    Left out are photographs that pages show, for readers get files made of them, unless a page links to the
    original; what nothing but a draft or a scheduled article uses; and what is drawn into cards.

    Args:
        site: the site.
        with_held: drafts and scheduled articles too, for the preview.
    """
    public: tuple[Article | StandingPage, ...] = (*site.articles, *site.standing.values())
    out, waiting = (public, site.held) if not with_held else ((*public, *site.held), ())
    shown, linked = _shown(site, out), _linked(site, out)
    held = _shown(site, waiting) | _linked(site, waiting)
    known = {asset.address for asset in site.assets.values()}
    for asset in site.assets.values():
        if asset.address in linked:
            yield asset
            continue
        # What goes with a drawing waits with it.
        leader = next((one for one in _leaders(asset.address) if one in known), asset.address)
        if leader in held and leader not in shown | linked:
            continue
        if _is_for_cards(asset.address):
            continue
        if is_photograph(asset.path) and asset.address in shown | held:
            continue
        yield asset


def publishable(site: Site, asset: Asset) -> bytes | None:
    """Return what readers get of an asset where it is not the file itself: bare photographs, safe drawings.

    Args:
        site: the site.
        asset: one of its assets.
    """
    drawing = site.drawings.get(asset.address)
    if drawing is not None:
        return drawing.alone.encode("utf-8") or None
    if asset.file is None or not asset.has_notes:
        return None
    return without_notes(read_bytes(asset.file))


def _is_for_cards(address: str) -> bool:
    """Tell whether a file is only there to be drawn into the cards of those who share a page."""
    folder, _, name = address.rpartition("/")
    return f"{folder}/".endswith(f"/{_SHARED}") and name.rpartition(".")[0].endswith(NARROW)


def _shown(site: Site, pages: Iterable[Article | StandingPage]) -> set[str]:
    addresses: set[str] = set()
    for page in pages:
        addresses |= set(site.pages[page.path].pictures)
        if page.image is not None and page.image.path in site.assets:
            addresses.add(site.assets[page.image.path].address)
        for author in page.authors if isinstance(page, Article) else ():
            portrait = site.desk.authors[author].image
            if portrait is not None and portrait.path in site.assets:
                addresses.add(site.assets[portrait.path].address)
    return addresses


def _linked(site: Site, pages: Iterable[Article | StandingPage]) -> set[str]:
    return {address.partition("#")[0] for page in pages for address in site.pages[page.path].files}


def _leaders(address: str) -> Iterator[str]:
    """Yield the addresses of the drawings that a file may go with."""
    folder, _, name = address.rpartition("/")
    stem, _, ending = name.rpartition(".")
    if stem.endswith(_BROAD):
        yield f"{folder}/{stem.removesuffix(_BROAD)}.{ending}"
    if folder.endswith(f"/{_SHARED}".rstrip("/")):
        yield f"{folder.removesuffix(_SHARED.rstrip('/'))}{stem}.svg"
