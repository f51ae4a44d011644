"""Which pictures there are, and whose they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tegninger import magt, mentor, penge
from tegninger.accounts import Accounts
from tegninger.pen import Pen


@dataclass(frozen=True)
class Picture:
    """One picture of one article or standing page."""

    name: str
    """Of the file in ``docs/images/``, without its ending."""
    page: str
    """The page's path in the repository; an article's day decides which figures hold."""
    draw: Callable[[Accounts], Pen]
    leads: bool = True
    """Whether the page itself shows it; others are for the front page's bands."""


_PROCESSION = "articles/2026/da-kvinderne-gik-til-valgurnerne.md"

PICTURES = (
    Picture("koeen", "articles/2014/mentornetvaerket-faar-et-aar-til.md", mentor.queue),
    Picture("tomme-stole", "articles/2015/faerre-kvinder-i-folketinget.md", magt.chairs),
    Picture("cafebordet", "articles/2022/mentor-gode-resultater-trods-coronarestriktioner.md", mentor.table),
    Picture("striberne", "articles/2022/oeremaerket-orlov-fra-august.md", penge.stripes),
    Picture("lysene", "articles/2022/mentornetvaerket-fylder-tyve.md", mentor.candles),
    Picture("brillerne", "articles/2022/to-svar-paa-samme-spoergsmaal.md", mentor.glasses),
    Picture("salen", "articles/2022/rekordmange-kvinder-i-folketinget.md", magt.hemicycle),
    Picture("optoget", _PROCESSION, magt.procession),
    Picture("optoget-bredt", _PROCESSION, magt.procession_in_a_band, leads=False),
    Picture("moenterne", "articles/2026/loenforskellen-sidder-i-toppen.md", penge.coins),
    Picture("taarnene", "articles/2026/vollsmose-penge-fra-kommunen.md", penge.towers),
    Picture("kopperne", "docs/bliv-mentor.md", mentor.cups),
    Picture("traeerne", "articles/2026/tre-tal-fra-tyve-aar.md", mentor.trees),
)
