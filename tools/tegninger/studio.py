"""Every file of pictures, made from what the repository says today."""

from __future__ import annotations

from pathlib import Path

from magazine.site import Site, examine
from tegninger import ikoner, kort, pixels
from tegninger.accounts import Accounts
from tegninger.pen import printed
from tegninger.pictures import PICTURES, Picture

FOLDER = "docs/images"


def draw_all(root: Path) -> dict[str, bytes]:
    """Return the content of every picture by its path in the repository."""
    site, _ = examine(root)  # its problems are for `magasin tjek`; a picture not yet drawn is one of them
    drawn = {picture.name: picture.draw(accounts_of(site, picture)) for picture in PICTURES}
    drawn["kort"] = kort.denmark()
    drawn["favicon"] = ikoner.mark()
    shared = {
        f"{FOLDER}/deling/{picture.name}{ending}.png": pixels.shared(drawn[picture.name], size)
        for picture in PICTURES
        if picture.leads
        for ending, size in (("", pixels.SHARED), ("-smal", pixels.NARROW))
    }
    files = shared | {f"{FOLDER}/{name}.svg": printed(pen).encode() for name, pen in drawn.items()}
    return files | {f"{FOLDER}/ikon-{size}.png": ikoner.mark_in_pixels(size) for size in ikoner.SIZES}


def accounts_of(site: Site, picture: Picture) -> Accounts:
    """Return the figures as of the day of a picture's page: of a standing page, whatever is published."""
    for article in site.articles + site.held:
        if article.path == picture.page:
            return Accounts(site.figures, article.updated or article.moment.day)
    return Accounts(site.figures, max(source.vintage for source in site.figures.sources.values()))
