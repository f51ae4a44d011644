"""The small views that many pages share: dates, links, people, cards, the measured rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction

from msgspec.structs import replace

from magazine.articles import Article
from magazine.danish.dates import print_day, print_weekday
from magazine.danish.lists import listed
from magazine.danish.numbers import ONES
from magazine.danish.typography import set_text
from magazine.desk import Author
from magazine.figures.model import Figures, Observation
from magazine.figures.select import NoValue, target_of
from magazine.front_matter import Image
from magazine.listings import ARCHIVE, PARTS, Listing, parts_around
from magazine.pages.charts import decimal
from magazine.pages.photographs import cropped
from magazine.pages.security import SEARCH
from magazine.pages.sharing import likeness
from magazine.pages.views import (
    CardView,
    DateView,
    IconView,
    ImageView,
    LinkView,
    MeasureView,
    PersonView,
    SeriesPartView,
    SeriesView,
    ShareView,
    SiteView,
)
from magazine.pictures import Role
from magazine.site import Page, Site, Text
from magazine.values import Value, print_value

#: What every page runs, and the fonts that its first lines are set in.
EVERYWHERE = ("/js/lys.js",)
#: What the search page runs; a magazine without it has no search.
SEARCH_SCRIPT = "/js/soeg.js"
FONTS = ("/skrifter/rubrik.woff2", "/skrifter/tekst.woff2", "/skrifter/grotesk.woff2")

#: How much of a bar a letter of its labels takes on a phone, in percent.
_LETTER = Fraction(5, 2)

#: Words a minute, the pace of a grown-up reading Danish on a screen.
_PACE = 220


def day_view(day: date) -> DateView:
    """Return a day for readers and machines."""
    return DateView(day.isoformat(), set_text(print_day(day)))


def moment_view(article: Article) -> DateView:
    """Return the publication of an article; its hour stands in the machine's form alone."""
    at: datetime = article.moment.at
    iso = at.isoformat() if article.moment.has_time else article.moment.day.isoformat()
    return DateView(iso, set_text(print_day(article.moment.day)))


def update_view(article: Article) -> DateView | None:
    """Return the day of an update; ``None`` where it came out that day, which is told already."""
    if article.updated is None or article.updated <= article.moment.day:
        return None
    return day_view(article.updated)


def category_view(site: Site, category: str) -> LinkView:
    """Return a category as a link."""
    return LinkView(site.desk.categories[category].name, f"/kategori/{category}/", category)


def person_views(site: Site, article: Article) -> tuple[PersonView, ...]:
    """Return the authors in the order of the byline."""
    people = (site.desk.authors[author] for author in article.authors)
    return tuple(
        PersonView(
            person.id,
            person.name,
            person.role or "",
            person.text or "",
            person.is_organisation,
            f"/forfatter/{person.id}/",
        )
        for person in people
    )


def reading_minutes(page: Page) -> int:
    """Return the whole minutes that a text takes, at least one."""
    return max(1, -(-page.body.rendered.words // _PACE))


def image_view(site: Site, page: Page, image: Image | None) -> ImageView | None:
    """Return a page's picture with its texts resolved, whole.

    Args:
        site: the site, for the picture's size.
        page: whose ``image`` it is.
        image: the picture, if the page has one.
    """
    asset = site.assets.get(image.path) if image else None
    if image is None or asset is None:
        return None
    whole = ImageView(
        asset.address,
        page.plain("image.alt"),
        page.plain("image.credit"),
        page.plain("image.caption"),
        asset.width,
        asset.height,
        original=asset.address,
        focus=image.focus,
    )
    return cropped(whole, asset, Role.FULL)


def portrait_view(site: Site, author: Author) -> ImageView | None:
    """Return the portrait of an author, whole."""
    image = author.image
    asset = site.assets.get(image.path) if image else None
    if image is None or asset is None:
        return None
    whole = ImageView(
        asset.address,
        image.alt,
        image.credit,
        width=asset.width,
        height=asset.height,
        original=asset.address,
        focus=image.focus,
    )
    return cropped(whole, asset, Role.SQUARE)


def share_address(site: Site, image: ImageView) -> str:
    """Return the full address of a picture for those who share the page: no drawing, but its likeness."""
    drawn = likeness(image.address)
    return f"{site.settings.address}{drawn if drawn in site.asset_addresses else image.address}"


def card_view(site: Site, article: Article) -> CardView:
    """Return an article as lists show it."""
    page = site.pages[article.path]
    return CardView(
        address=article.address,
        title=page.headline,
        description=page.plain("description"),
        kicker=page.plain("kicker"),
        category=category_view(site, article.category),
        authors=listed([person.name for person in person_views(site, article)]),
        date=moment_view(article),
        updated=update_view(article),
        image=image_view(site, page, article.image),
        measure=measure_view(site.figures, page),
        reading_minutes=reading_minutes(page),
        is_draft=article.path in site.held_paths,
        leading=measure_view(site.figures, page, ("title",)),
    )


#: For the screens of telephones, in Apple's size.
_TOUCH = "ikon-180.png"


def _icons(site: Site) -> Iterator[IconView]:
    for asset in site.assets.values():
        name = asset.address.rpartition("/")[2]
        if name == "favicon.svg":
            yield IconView(asset.address, "image/svg+xml", "any")
        elif name in ("ikon-32.png", _TOUCH):
            size = f"{asset.width}x{asset.height}"
            yield IconView(asset.address, "image/png", size, "apple-touch-icon" if name == _TOUCH else "icon")


def series_view(site: Site, series: Listing, cards: Mapping[str, CardView]) -> SeriesView | None:
    """Return a series with its articles; ``None`` for one with a single article.

    Args:
        site: the site.
        series: one of its series.
        articles: those of the series, the oldest first.
        cards: each article as lists show it, by path.
    """
    articles = series.articles
    if len(articles) < 2:
        return None
    categories = Counter(article.category for article in articles)
    count = ONES[len(articles)] if len(articles) < len(ONES) else str(len(articles))
    return SeriesView(
        name=series.name,
        address=series.address,
        text=series.text,
        summary=f"Serie i {count} dele",
        category=categories.most_common(1)[0][0],
        parts=tuple(
            SeriesPartView(number, cards[article.path]) for number, article in enumerate(articles, 1)
        ),
        image=next(_wide_images(site, articles, cards), None),
    )


def series_around(series: SeriesView, number: int) -> SeriesView:
    """Return a series as it stands under one of its parts: that one, and those around it.

    Args:
        series: with all its parts.
        number: of the part that is being read.
    """
    shown = parts_around(number, len(series.parts))
    around = (series.parts[other - 1] for other in shown)
    return replace(series, parts=tuple(replace(part, current=part.number == number) for part in around))


def series_end(series: SeriesView) -> SeriesView:
    """Return a series as the front page tells it: with its newest parts."""
    return replace(series, parts=series.parts[-PARTS:])


def _wide_images(
    site: Site, articles: Sequence[Article], cards: Mapping[str, CardView]
) -> Iterator[ImageView]:
    """Yield the articles' pictures that are drawn as a band, too: ``navn-bredt.svg`` beside ``navn.svg``."""
    for article in articles:
        image = cards[article.path].image
        if article.image is None or image is None:
            continue
        stem, _, ending = article.image.path.rpartition(".")
        wide = site.assets.get(f"{stem}-bredt.{ending}")
        if wide is not None:
            band = replace(
                image,
                address=wide.address,
                original=wide.address,
                width=wide.width,
                height=wide.height,
            )
            yield cropped(band, wide, Role.FULL)


def measure_view(
    figures: Figures, page: Page, keys: tuple[str, ...] = ("title", "description")
) -> MeasureView | None:
    """Return the measured rule of a story whose headline or standfirst leads with a share."""
    for key in keys:
        text: Text | None = page.texts.get(key)
        for answer in text.answers if text else ():
            for observation in answer.observations:
                if answer.plain is not None and (view := measure_of(figures, observation)):
                    return view
    return None


def measure_of(figures: Figures, observation: Observation) -> MeasureView | None:
    """Return one share drawn to scale; ``None`` for what is no share between 0 and 100."""
    indicator = figures.indicators[observation.indicator]
    value = observation.value
    if indicator.unit.id != "procent" or indicator.statistic or value.plain is None:
        return None
    if not 0 <= value.first.value <= 100:
        return None
    target = _target(figures, observation)
    label = f"{value.first.text} af 100"
    if target is not None:
        label += f" · målet var {target.first.text}"
    return MeasureView(
        value.plain,
        (target.plain or "") if target else "",
        label,
        target.first.text if target else "",
    )


def shares_of(figures: Figures, observation: Observation) -> Iterator[ShareView]:
    """Yield the parts of a share as pieces of its bar; nothing where the source does not give them all."""
    whole = figures.indicators[observation.indicator]
    parts = [
        next(
            (
                part
                for part in figures.observations
                if part.indicator == name
                and part.period == observation.period
                and part.source == observation.source
            ),
            None,
        )
        for name in whole.parts
    ]
    start = written = Fraction(0)
    line = 0
    for part in parts:
        if part is None or None in parts or not whole.exclusive or part.value.last is not None:
            return
        length, indicator = part.value.first.value, figures.indicators[part.indicator]
        number = print_value(part.value, indicator.unit, "tal")
        name = in_running_text(indicator.name)
        line = line + 1 if start < written else 0
        yield ShareView(number, name, decimal(start), decimal(length), line)
        written = start + len(f"{number} {name}") * _LETTER
        start += length


def in_running_text(name: str) -> str:
    """Return a name as it stands within a sentence: "i job"; what begins with an abbreviation stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def age_text(article: Article, today: date) -> str:
    """Return what an old article says of itself above its headline; nothing in its first year."""
    then = article.moment.day
    years = today.year - then.year - ((today.month, today.day) < (then.month, then.day))
    return f"Denne artikel er {years} år gammel" if years >= 1 else ""


def _target(figures: Figures, observation: Observation) -> Value | None:
    indicator = figures.indicators[observation.indicator]
    if indicator.target is None:
        return None
    try:
        day = figures.sources[observation.source].vintage
        return target_of(figures, indicator.id, observation.period, day, day).observation.value
    except NoValue:
        return None


def site_view(site: Site, styles: tuple[str, ...]) -> SiteView:
    """Return what every page is given."""
    desk, settings = site.desk, site.settings
    used = {article.category for article in site.articles}
    newest = site.articles[0].moment.day if site.articles else None
    menu = [
        LinkView(title, site.standing[path].address) for title, path in settings.nav if path in site.standing
    ]
    mentor = next((link for link in menu if link.address == "/bliv-mentor/"), None)
    contact = desk.contact
    addresses = {asset.address for asset in site.assets.values()}
    return SiteView(
        name=settings.name,
        promise=settings.promise,
        base=settings.address,
        date_line=set_text(print_weekday(newest)) if newest else "",
        sections=tuple(category_view(site, category) for category in desk.categories if category in used),
        menu=tuple(link for link in menu if link is not mentor and link.address != "/"),
        mentor=mentor,
        publisher=LinkView(contact.publisher, contact.publisher_url),
        editor=contact.editor or "",
        contact=contact.email or "",
        feed="/feed.xml",
        feed_json="/feed.json",
        archive=ARCHIVE if site.articles else "",
        styles=styles,
        scripts=tuple(address for address in EVERYWHERE if address in addresses),
        fonts=tuple(address for address in FONTS if address in addresses),
        icons=tuple(_icons(site)),
        search=SEARCH if SEARCH_SCRIPT in addresses else "",
    )
