"""Lists as pages: what each shows, with its way to the pages before and after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from magazine.danish.alphabet import place_in_alphabet
from magazine.listings import ARCHIVE, Kind, Leaf, Listing
from magazine.pages.cards import portrait_view
from magazine.pages.json_ld import collection_json_ld, profile_json_ld
from magazine.pages.views import (
    ArchiveView,
    CardView,
    EntryView,
    GroupView,
    LeafView,
    LinkView,
    ListView,
    PagerView,
    PersonView,
)
from magazine.site import Site


class ListPage(Struct, frozen=True):
    """One page of a list, and what its head says."""

    kind: str
    address: str
    title: str
    description: str
    section: str
    json_ld: Markup
    view: ListView


def list_page(site: Site, listing: Listing, leaf: Leaf, cards: Mapping[str, CardView]) -> ListPage:
    """Return a page of a list.

    Args:
        site: the site.
        listing: one of its lists.
        leaf: one of the list's pages.
        cards: each article as lists show it, by path.
    """
    heading = _heading(listing)
    title = heading if leaf.number == 1 else f"{heading}, side {leaf.number}"
    description = listing.text or _description(site, listing)
    view = ListView(
        title=heading,
        text=listing.text if leaf.number == 1 else "",
        id=listing.id if listing.kind is Kind.CATEGORY else "",
        cards=tuple(cards[article.path] for article in leaf.articles),
        feed=f"{listing.address}feed.xml" if listing.has_feed else "",
        kind=str(listing.kind),
        label=_LABELS[listing.kind],
        count=_count(len(listing.articles)),
        feed_json=f"{listing.address}feed.json" if listing.has_feed else "",
        pager=_pager(leaf, listing.leaves()),
        person=_person(site, listing),
        above=_ABOVE,
    )
    return ListPage(
        kind=str(listing.kind),
        address=leaf.address,
        title=title,
        description=description if leaf.number == 1 else f"Side {leaf.number}. {description}",
        section=listing.id if listing.kind is Kind.CATEGORY else "",
        json_ld=_json_ld(site, listing, leaf, title),
        view=view,
    )


def feed_links(view: ListView) -> tuple[LinkView, ...]:
    """Return a list's feeds for its head."""
    if not view.feed:
        return ()
    return (
        LinkView(view.title, view.feed, "application/atom+xml"),
        LinkView(view.title, view.feed_json, "application/feed+json"),
    )


def archive_view(found: Sequence[Listing], total: int) -> ArchiveView:
    """Return the overview of all lists.

    Args:
        found: every list.
        total: how many articles there are.
    """
    by_kind: dict[Kind, list[Listing]] = defaultdict(list)
    for listing in found:
        by_kind[listing.kind].append(listing)
    by_kind[Kind.TAG].sort(key=lambda listing: place_in_alphabet(listing.name))
    by_kind[Kind.AUTHOR].sort(key=lambda listing: place_in_alphabet(listing.name))
    groups = (
        GroupView(str(kind), name, tuple(map(_entry, by_kind[kind])))
        for kind, name in _GROUPS.items()
        if by_kind[kind]
    )
    return ArchiveView("Arkiv", _count(total), tuple(map(_entry, by_kind[Kind.YEAR])), tuple(groups))


def archive_json_ld(site: Site) -> Markup:
    """Return the ``CollectionPage`` of the archive."""
    return collection_json_ld(site, "Arkiv", ARCHIVE, "", ())


_GROUPS: Mapping[Kind, str] = {
    Kind.CATEGORY: "Kategorier",
    Kind.SERIES: "Serier",
    Kind.TAG: "Emner",
    Kind.AUTHOR: "Forfattere",
}

_LABELS: Mapping[Kind, str] = {
    Kind.CATEGORY: "",
    Kind.TAG: "Emne",
    Kind.AUTHOR: "Forfatter",
    Kind.SERIES: "Serie",
    Kind.YEAR: "Arkiv",
}


def _entry(listing: Listing) -> EntryView:
    number = len(listing.articles)
    is_category = listing.kind is Kind.CATEGORY
    return EntryView(
        listing.name, listing.address, _count(number), str(number), listing.id if is_category else ""
    )


def _heading(listing: Listing) -> str:
    name = listing.name
    return name[:1].upper() + name[1:] if listing.kind is Kind.TAG else name


def _description(site: Site, listing: Listing) -> str:
    magazine = site.settings.name
    match listing.kind:
        case Kind.TAG:
            return f"Artikler i {magazine} om {listing.name}."
        case Kind.AUTHOR:
            return f"Artikler i {magazine} af {listing.name}."
        case Kind.SERIES:
            return f"Artiklerne i serien {listing.name} fra {magazine}."
        case Kind.YEAR:
            return f"Artikler i {magazine} fra {listing.name}."
        case _:
            return f"{listing.name}: artikler i {magazine}."


def _person(site: Site, listing: Listing) -> PersonView | None:
    if listing.kind is not Kind.AUTHOR:
        return None
    author = site.desk.authors[listing.id]
    return PersonView(
        author.id,
        author.name,
        author.role or "",
        author.text or "",
        author.is_organisation,
        listing.address,
        portrait_view(site, author),
    )


def _pager(leaf: Leaf, leaves: tuple[Leaf, ...]) -> PagerView | None:
    """Return the way to the other pages; ``None`` for a list of one page."""
    if len(leaves) == 1:
        return None
    index = leaf.number - 1
    # The first, the last, and those around: a hundred numbers help nobody.
    around = {1, *range(leaf.number - _AROUND, leaf.number + _AROUND + 1), len(leaves)}
    shown = [other for other in leaves if other.number in around]
    return PagerView(
        number=leaf.number,
        total=len(leaves),
        previous=leaves[index - 1].address if index else "",
        next=leaves[index + 1].address if index + 1 < len(leaves) else "",
        pages=tuple(
            LeafView(other.number, other.address, other.number == leaf.number, other.number > before + 1)
            for before, other in zip((0, *(one.number for one in shown)), shown, strict=False)
        ),
    )


_AROUND = 2
_ABOVE = LinkView("Arkiv", ARCHIVE)


def _json_ld(site: Site, listing: Listing, leaf: Leaf, title: str) -> Markup:
    if listing.kind is Kind.AUTHOR and leaf.number == 1:
        return profile_json_ld(site, site.desk.authors[listing.id], listing.address)
    return collection_json_ld(site, title, leaf.address, listing.text, leaf.articles)


def _count(number: int) -> str:
    return f"{number} {'artikel' if number == 1 else 'artikler'}"
