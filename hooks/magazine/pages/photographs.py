"""Photographs on pages: which files a browser chooses from, and the making of just those."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from magazine.addresses import name_of
from magazine.articles import Article
from magazine.front_matter import Image
from magazine.pages.views import FileView, FormatView, ImageView
from magazine.photographs import is_photograph
from magazine.pictures import MIDDLE, Plan, Rendition, Role, make_renditions, media_type, plan
from magazine.site import Site
from magazine.sources import Asset, read_bytes
from magazine.standing import StandingPage
from magazine.store import Shelf
from magazine.workers import spread

#: Where they lie.
FOLDER = "/billeder/"
#: How wide each stands, as the style sheets have it: without that a browser would fetch too much.
SIZES: Mapping[Role, str] = MappingProxyType(
    {
        Role.FULL: "(min-width: 75rem) 70rem, 100vw",
        Role.WIDE: "(min-width: 84rem) 42rem, (min-width: 64rem) 50vw, 100vw",
        Role.LEAD: "(min-width: 84rem) 30rem, (min-width: 48rem) 36vw, 100vw",
        Role.CARD: "(min-width: 48rem) 25vw, 100vw",
        Role.TALL: "(min-width: 84rem) 30rem, (min-width: 48rem) 50vw, 100vw",
        Role.SQUARE: "(min-width: 48rem) 17vw, 100vw",
    }
)
_IN_TEXT = "(min-width: 42rem) 38.5rem, 100vw"

Keep = Callable[[str, str], bool]


def plan_of(asset: Asset, role: Role, focus: tuple[int, int] = MIDDLE) -> Plan | None:
    """Return the files of a photograph in one place; ``None`` for a drawing and what cannot be cropped."""
    if not is_photograph(asset.path) or not asset.width:
        return None
    stem = name_of(asset.address.rpartition("/")[2].rpartition(".")[0]) or "billede"
    return plan(stem, asset.version, (asset.width, asset.height), role, focus, clear=asset.is_clear)


def cropped(image: ImageView, asset: Asset | None, role: Role, *, in_text: bool = False) -> ImageView:
    """Return a picture as it is shown in one place; a drawing as it is.

    Args:
        image: the picture.
        asset: its original.
        role: where it stands.
        in_text: whether it is as wide as the column of the text.
    """
    planned = plan_of(asset, role, image.focus) if asset is not None else None
    if planned is None:
        return image
    fallback = planned.fallback
    return replace(
        image,
        address=f"{FOLDER}{fallback.name}",
        width=fallback.width,
        height=fallback.height,
        sizes=_IN_TEXT if in_text else SIZES[role],
        formats=tuple(
            FormatView(
                media_type(form),
                tuple(FileView(f"{FOLDER}{file.name}", file.width) for file in planned.of(form)),
            )
            for form in planned.formats
        ),
    )


class Darkroom(Struct):
    """Takes orders for photographs while pages are made, and makes the files in the end."""

    assets: Mapping[str, Asset]
    """By address."""
    orders: dict[str, dict[str, Rendition]] = field(default_factory=dict)
    """The files by name, for each original by its address."""
    shown: dict[tuple[ImageView, Role], ImageView] = field(default_factory=dict)

    def show(self, image: ImageView, role: Role) -> ImageView:
        """Return a picture as it is shown in one place, and order the files for it."""
        asset = self.assets.get(image.original)
        if asset is None or not is_photograph(asset.path):
            return image
        # An article stands in the lists of its category, tags, authors and year.
        if (image, role) not in self.shown:
            self._order(asset, role, image.focus)
            self.shown[image, role] = cropped(image, asset, role)
        return self.shown[image, role]

    def order_all(self, site: Site) -> None:
        """Order what stands on the articles' and the standing pages' own pages, those not made anew too."""
        pages: tuple[Article | StandingPage, ...] = (*site.articles, *site.standing.values())
        for page in pages:
            image: Image | None = page.image
            if image is not None and image.path in site.assets:
                self._order(site.assets[image.path], Role.FULL, image.focus)
            for address in site.pages[page.path].pictures:
                self._order(self.assets.get(address), Role.FULL, MIDDLE)

    def _order(self, asset: Asset | None, role: Role, focus: tuple[int, int]) -> None:
        planned = plan_of(asset, role, focus) if asset is not None else None
        if asset is not None and planned is not None:
            files = self.orders.setdefault(asset.address, {})
            files |= {rendition.name: rendition for rendition in planned.renditions}

    def files(self, keep: Keep | None, shelf: Shelf | None) -> Iterator[tuple[str, bytes]]:
        """Yield every file that was ordered, each as path and bytes; not those that stand already.

        Args:
            keep: asked about each file.
            shelf: where earlier builds have put theirs.
        """
        folder = FOLDER.lstrip("/")
        waiting: list[tuple[Asset, tuple[Rendition, ...]]] = []
        for address, files in sorted(self.orders.items()):
            missing = []
            for name, rendition in sorted(files.items()):
                if shelf is not None:
                    shelf.used.add(name)
                if keep is not None and keep(f"{folder}{name}", name):
                    continue
                data = shelf.get(name) if shelf else None
                if data is None:
                    missing.append(rendition)
                else:
                    yield f"{folder}{name}", data
            if missing:
                waiting.append((self.assets[address], tuple(missing)))

        def make(order: tuple[Asset, tuple[Rendition, ...]]) -> tuple[bytes, ...]:
            asset, renditions = order
            assert asset.file is not None, "only files that were read have a size"
            made = tuple(make_renditions(read_bytes(asset.file), renditions))
            for rendition, data in zip(renditions, made, strict=True):
                if shelf is not None:
                    shelf.put(rendition.name, data)
            return made

        for (_, renditions), made in zip(waiting, spread(make, waiting, least=1), strict=True):
            for rendition, data in zip(renditions, made, strict=True):
                yield f"{folder}{rendition.name}", data
        if shelf is not None:
            shelf.tidy()
