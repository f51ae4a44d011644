"""What readers can search for: every article and standing page, in the words that they show."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from magazine.danish.dates import print_day
from magazine.pages.fill import Filler
from magazine.search_index import Entry
from magazine.site import Page, Site


def search_entries(site: Site, filler: Filler) -> Iterator[Entry]:
    """Yield an entry for each page that readers get; nothing that is held back.

    Args:
        site: the site.
        filler: one that sets no note marks.
    """
    for article in site.articles:
        page = site.pages[article.path]
        day = article.moment.day
        section = site.desk.categories[article.category].name
        yield Entry(
            article.address,
            page.plain("title"),
            _text(page, filler),
            section,
            print_day(day),
            day.isoformat(),
        )
    for standing in site.standing.values():
        page = site.pages[standing.path]
        if standing.address != "/":
            yield Entry(standing.address, page.plain("title"), _text(page, filler), "Om magasinet", "", "")


def _text(page: Page, filler: Filler) -> str:
    # A space where a block ends, or the last word of one would grow together with the first of the next.
    body = str(filler.body(page.body, None)).replace("</", " </")
    parts = [page.plain("kicker"), page.plain("description"), str(Markup(body).striptags())]
    parts += [page.plain(f"image.{key}") for key in ("caption", "alt")]
    return " ".join(" ".join(parts).split())
