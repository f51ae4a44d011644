"""The small views that many pages share: dates, links, people, cards, the measured rule."""

from __future__ import annotations

from datetime import date, datetime

from magazine.articles import Article
from magazine.danish.dates import print_day, print_weekday
from magazine.danish.lists import listed
from magazine.danish.typography import set_text
from magazine.figures.model import Figures, Observation
from magazine.figures.select import NoValue, target_of
from magazine.pages.views import CardView, DateView, ImageView, LinkView, MeasureView, PersonView, SiteView
from magazine.site import Page, Site, Text
from magazine.values import Value

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


def category_view(site: Site, category: str) -> LinkView:
    """Return a category as a link."""
    return LinkView(site.desk.categories[category].name, f"/kategori/{category}/", category)


def person_views(site: Site, article: Article) -> tuple[PersonView, ...]:
    """Return the authors in the order of the byline."""
    people = (site.desk.authors[author] for author in article.authors)
    return tuple(
        PersonView(person.id, person.name, person.role or "", person.text or "", person.is_organisation)
        for person in people
    )


def reading_minutes(page: Page) -> int:
    """Return the whole minutes that a text takes, at least one."""
    return max(1, -(-page.body.rendered.words // _PACE))


def image_view(site: Site, page: Page, article_image: str | None) -> ImageView | None:
    """Return a page's picture with its texts resolved.

    Args:
        site: the site, for the picture's size.
        page: whose ``image`` it is.
        article_image: the picture's path in the repository, if the page has one.
    """
    asset = site.assets.get(article_image) if article_image else None
    if asset is None:
        return None
    return ImageView(
        asset.address,
        page.plain("image.alt"),
        page.plain("image.credit"),
        page.plain("image.caption"),
        asset.width,
        asset.height,
    )


def card_view(site: Site, article: Article) -> CardView:
    """Return an article as lists show it."""
    page = site.pages[article.path]
    return CardView(
        address=article.address,
        title=page.plain("title"),
        description=page.plain("description"),
        kicker=page.plain("kicker"),
        category=category_view(site, article.category),
        authors=listed([person.name for person in person_views(site, article)]),
        date=moment_view(article),
        updated=day_view(article.updated) if article.updated else None,
        image=image_view(site, page, article.image.path if article.image else None),
        measure=measure_view(site.figures, page),
        reading_minutes=reading_minutes(page),
        is_draft=article in site.held,
    )


def measure_view(figures: Figures, page: Page) -> MeasureView | None:
    """Return the measured rule of a story whose headline or standfirst leads with a share."""
    for key in ("title", "description"):
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
    return MeasureView(value.plain, (target.plain or "") if target else "", label)


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
        styles=styles,
    )
