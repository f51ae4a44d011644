"""Cards for those who share a page: one for each article, named after all that it shows, drawn in the end."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from jinja2 import Environment, TemplateNotFound
from msgspec import Struct
from msgspec.structs import replace

from magazine.danish.compounds import whole
from magazine.danish.typography import set_text
from magazine.pages.views import CardView, ImageView, MeasureView
from magazine.photographs import is_photograph
from magazine.pictures import MIDDLE
from magazine.share_card import VERSION, Card, Drafter, Nameplate, Rule, Style, without
from magazine.site import Site
from magazine.sources import Asset, read_bytes
from magazine.store import Shelf, digest
from magazine.workers import spread

FOLDER = "/deling/"
#: What the name of a likeness of the card's own shape ends with.
NARROW = "-smal"
_DISPLAY, _SANS = "/skrifter/rubrik.woff2", "/skrifter/grotesk.woff2"
_TOKEN = re.compile(r"--([\w-]+):\s*(?:light-dark\(\s*(#[0-9a-f]{6})|(#[0-9a-f]{6})|var\(--([\w-]+)\))", re.I)
_SHAPE = re.compile(r'viewBox="(-?\d+) (-?\d+) (\d+) (\d+)".*? d="([^"]+)"', re.S)
#: So many are worth a process.
_LEAST = 16

Keep = Callable[[str, str], bool]


def draws_cards(site: Site) -> bool:
    """Tell whether the site has cards: where nobody wants them, or the fonts are missing, it has none."""
    addresses = {asset.address for asset in site.assets.values()}
    return site.settings.social_cards and {_DISPLAY, _SANS} <= addresses


class Order(Struct, frozen=True):
    """A card that is to be drawn."""

    name: str
    """The file's, which changes with everything that the card shows."""
    card: Card
    picture: Asset | None

    @property
    def address(self) -> str:
        """Absolute within the site."""
        return f"{FOLDER}{self.name}"

    @property
    def alt(self) -> str:
        """What it shows, in words."""
        title = whole(self.card.title)
        return f"{self.card.kicker}: {title}" if self.card.kicker else title


class Cards(Struct, frozen=True):
    """The cards of a site."""

    assets: Mapping[str, Asset]
    """By address."""
    colours: Mapping[str, str]
    nameplate: Nameplate
    fonts: tuple[bytes, bytes]
    """The headline's and the sans, as they are served."""
    key: str
    """A name for what all cards share."""

    @classmethod
    def ready(cls, site: Site, environment: Environment) -> Cards | None:
        """Return the cards of a site, of which none is drawn yet; ``None`` for a site without."""
        if not draws_cards(site):
            return None
        assets = {asset.address: asset for asset in site.assets.values()}
        try:
            written = environment.get_template("parts/navn.html").render()
        except TemplateNotFound:
            written = ""
        shape = _SHAPE.search(written)
        if shape is None:
            return None
        x, y, wide, high = (int(number) for number in shape.groups()[:4])
        colours = _colours(asset.data for asset in site.assets.values() if asset.path.endswith(".css"))
        files = [assets[address].file for address in (_DISPLAY, _SANS)]
        display, sans = (read_bytes(file) if file else b"" for file in files)
        nameplate = Nameplate(shape[5], (x, y, wide, high))
        key = digest(VERSION, display, sans, nameplate, sorted(colours.items()))
        return cls(assets, colours, nameplate, (display, sans), key)

    def of_article(self, view: CardView) -> Order:
        """Return an article's card."""
        slug = view.address.rstrip("/").rpartition("/")[2]
        colour = self.colours.get(view.category.id, self._colour("sig"))
        return self._order(
            slug, view.kicker or view.category.name, view.title, colour, view.image, _rule(view.leading)
        )

    def of_page(self, address: str, kicker: str, title: str, image: ImageView | None) -> Order:
        """Return the card of a page that is no article."""
        slug = address.strip("/").replace("/", "-") or "forside"
        return self._order(slug, kicker, title, self._colour("sig"), image, None)

    def _order(
        self, slug: str, kicker: str, title: str, colour: str, image: ImageView | None, rule: Rule | None
    ) -> Order:
        picture = self._picture(image)
        is_cropped = image is not None and picture is not None and picture.address == image.original
        card = Card(
            set_text(kicker),
            set_text(title),
            colour,
            rule,
            picture.version if picture else "",
            image.focus if image is not None and is_cropped else MIDDLE,
        )
        name = f"{slug}-{digest(self.key, repr(card))[:12]}.png"
        return Order(name, card, picture)

    def files(
        self, orders: Iterable[Order], keep: Keep | None, shelf: Shelf | None
    ) -> Iterator[tuple[str, bytes]]:
        """Yield every card, each as path and bytes; not those that stand already.

        Args:
            orders: which cards.
            keep: asked about each card.
            shelf: where earlier builds have put theirs.
        """
        folder = FOLDER.lstrip("/")
        waiting: list[Order] = []
        for order in orders:
            if shelf is not None:
                shelf.used.add(order.name)
            if keep is not None and keep(f"{folder}{order.name}", order.name):
                continue
            data = shelf.get(order.name) if shelf else None
            if data is None:
                waiting.append(order)
            else:
                yield f"{folder}{order.name}", data
        if waiting:
            draw = _drawing(self, shelf)
            for order, data in zip(waiting, spread(draw, waiting, least=_LEAST), strict=True):
                yield f"{folder}{order.name}", data
        if shelf is not None:
            shelf.tidy()

    def _picture(self, image: ImageView | None) -> Asset | None:
        """Return the picture of pixels for a card: a photograph, or a drawing's likeness.

        A drawing that is cut no longer shows what it counts, so one of the panel's own shape goes first.
        """
        if image is None:
            return None
        if is_photograph(image.original):
            return self.assets.get(image.original)
        drawn = likeness(image.original)
        return self.assets.get(narrow(drawn)) or self.assets.get(drawn)

    def _colour(self, name: str) -> str:
        return self.colours.get(name, _COLOURS[name])

    def drafter(self) -> Drafter:
        """Return what draws them, with the fonts unpacked."""
        display, sans = map(_unpacked, self.fonts)
        paper, ink, soft, hair = map(self._colour, ("paper", "ink", "soft", "hair"))
        return Drafter(Style(display, sans, paper, ink, soft, hair, self.nameplate))

    def known(self) -> tuple[Mapping[int, object], Mapping[int, object]]:
        """Return the letters of the headline's font and of the sans."""
        display, sans = map(_letters, self.fonts)
        return display, sans


_COLOURS = {"paper": "#fbf8f1", "ink": "#1a1618", "soft": "#5a5254", "hair": "#cfc6b8", "sig": "#b0123c"}


def likeness(address: str) -> str:
    """Return where a drawing's likeness in pixels lies: ``deling/sal.png`` beside ``sal.svg``."""
    folder, _, name = address.rpartition("/")
    return f"{folder}/deling/{name.rpartition('.')[0]}.png"


def narrow(drawn: str) -> str:
    """Return where a likeness of the card's own shape lies: ``sal-smal.png`` beside ``sal.png``."""
    stem, _, ending = drawn.rpartition(".")
    return f"{stem}{NARROW}.{ending}"


def _drawing(cards: Cards, shelf: Shelf | None) -> Callable[[Order], bytes]:
    drafter, (display, sans) = cards.drafter(), cards.known()

    def draw(order: Order) -> bytes:
        card, picture = order.card, order.picture
        spelt = replace(card, kicker=without(card.kicker, sans), title=without(card.title, display))
        data = drafter.draw(spelt, read_bytes(picture.file) if picture and picture.file else None)
        if shelf is not None:
            shelf.put(order.name, data)
        return data

    return draw


def _rule(measure: MeasureView | None) -> Rule | None:
    if measure is None:
        return None
    target = Fraction(Decimal(measure.target)) if measure.target else None
    return Rule(Fraction(Decimal(measure.value)), target, measure.label)


def _colours(sheets: Iterator[bytes]) -> dict[str, str]:
    """Return the colours of the day edition, by the name of their token."""
    found: dict[str, str] = {}
    same: dict[str, str] = {}
    for sheet in sheets:
        for name, day, plain, other in _TOKEN.findall(sheet.decode("utf-8", "replace")):
            if other:
                same.setdefault(name, other)
            else:
                found.setdefault(name, day or plain)
    # A token may be borrowed anew for one part of a page: what it is everywhere counts.
    return {name: found[other] for name, other in same.items() if other in found} | found


def _unpacked(data: bytes) -> bytes:
    """Return a WOFF2 as the font that Pillow reads."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    font.flavor = None
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _letters(data: bytes) -> Mapping[int, object]:
    from fontTools.ttLib import TTFont

    letters: Mapping[int, object] = TTFont(io.BytesIO(data)).getBestCmap()
    return letters
