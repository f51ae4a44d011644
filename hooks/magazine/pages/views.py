"""What a template is given: frozen views of the site, with every decision already made.

A template prints; it never sorts, counts, compares dates or formats a number.
All text is plain and unescaped (the templates escape), except fields of type ``Markup``.
Addresses (``address``) are absolute within the site (``/2022/05/24/slug/``); the filter ``link``
puts the site's base path before them: ``{{ card.address | link }}``.
"""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct


class DateView(Struct, frozen=True):
    """A day for readers and for machines."""

    iso: str
    """``2022-05-24``, or with time and offset where an hour is given."""
    text: str
    """``24. maj 2022``."""


class LinkView(Struct, frozen=True):
    """A name and where it leads."""

    name: str
    address: str
    """Absolute within the site, or a full address elsewhere."""
    id: str = ""
    """The category's, author's or tag's id, for ``data-c``."""
    current: bool = False


class FileView(Struct, frozen=True):
    """One of the files that a browser chooses from."""

    address: str
    width: int


class FormatView(Struct, frozen=True):
    """A photograph in one format, from narrow to wide."""

    media_type: str
    files: tuple[FileView, ...]


class ImageView(Struct, frozen=True):
    """A picture with what must accompany it."""

    address: str
    """The drawing's file, or a photograph's for browsers that choose nothing."""
    alt: str
    credit: str
    caption: str = ""
    width: int = 0
    """Pixels (or SVG user units) of the file at ``address``; 0 where unknown."""
    height: int = 0
    formats: tuple[FormatView, ...] = ()
    """A photograph's, best first; empty for a drawing."""
    sizes: str = ""
    """How wide a photograph stands, for ``sizes``."""
    original: str = ""
    """The address of the file it is made from."""
    focus: tuple[int, int] = (50, 50)


class MeasureView(Struct, frozen=True):
    """The measured rule: a figure in percent drawn to scale, in words and in numbers from the data."""

    value: str
    """0-100 with a decimal point, for an SVG or a ``data`` attribute."""
    target: str
    """The same for the target, or empty."""
    label: str
    """``59 af 100 · målet var 30``: says the same in words."""
    target_text: str = ""
    """``30``, as the source prints it."""


class PersonView(Struct, frozen=True):
    """An author or an organisation."""

    id: str
    name: str
    role: str = ""
    text: str = ""
    is_organisation: bool = False
    address: str = ""
    """The list of what they have written; empty where nothing is out."""
    image: ImageView | None = None
    """The portrait, on the author's own page."""


class CardView(Struct, frozen=True):
    """An article as lists show it: every text resolved, no note marks."""

    address: str
    title: str
    description: str
    kicker: str
    category: LinkView
    authors: str
    """``Redaktionen``, ``A og B``, ``A, B og C``; empty where nobody is named."""
    date: DateView
    updated: DateView | None
    image: ImageView | None
    measure: MeasureView | None
    reading_minutes: int
    is_draft: bool = False
    leading: MeasureView | None = None
    """The measured rule of a share in the headline itself."""

    def __hash__(self) -> int:
        """Return what the address alone gives: most cards that share it are one and the same."""
        return hash(self.address)


class NoteView(Struct, frozen=True):
    """One entry of *Tallene i artiklen*."""

    number: int
    id: str
    """The note's element id, ``tal-1``."""
    words: str
    """What the text says: ``59 procent``."""
    name: str
    """The indicator's name, or ``Uden for tallene`` for ``tal:ingen``."""
    address: str
    """The indicator's page under ``/tal/``; empty for ``tal:ingen``."""
    facts: tuple[str, ...]
    """What follows the name after a comma: period, among whom."""
    sentences: tuple[str, ...]
    """How many answered, and whether the figure is final."""
    renewal: str
    """``Opdateres.`` or ``Opdateres ikke.``; empty for ``tal:ingen``."""
    source: str
    """``Statusrapport for 2021, KVINFO, 24. maj 2022``; empty for ``tal:ingen``."""
    source_url: str
    """Empty where unknown."""
    remarks: tuple[str, ...]
    """Whole sentences: passed-over values, revisions, newer periods, few answers, verdicts."""
    backlinks: tuple[str, ...]
    """The ids of the note marks in the text."""


class CorrectionView(Struct, frozen=True):
    """A correction, the editor's own or written by the data."""

    date: DateView
    text: str
    title: str = ""
    """The article's title, on ``/rettelser/``."""
    address: str = ""


class SiteView(
    Struct, frozen=True, eq=False
):  # there is one, which every page asks after: it is known as itself
    """The same on every page."""

    name: str
    promise: str
    """The magazine in one line."""
    base: str
    """The absolute address of the site, without a slash at the end."""
    date_line: str
    """``Tirsdag den 24. maj 2022``: the newest article's day."""
    sections: tuple[LinkView, ...]
    """The categories that have articles, in the editor's order."""
    menu: tuple[LinkView, ...]
    """Standing pages of ``nav`` in mkdocs.yml, front page and "Bliv mentor" left out."""
    mentor: LinkView | None
    """The landing page, if the site has one."""
    publisher: LinkView
    """Who publishes, and where to ask."""
    editor: str
    """The responsible editor's name, or empty where the data says ``ukendt``."""
    contact: str
    """Where to write, or empty where the data says ``ukendt``."""
    feed: str
    feed_json: str
    styles: tuple[str, ...]
    """Addresses of the style sheets."""
    scripts: tuple[str, ...] = ()
    """Addresses of the scripts that every page has."""
    fonts: tuple[str, ...] = ()
    """Addresses of the fonts that every page sets its first lines in."""
    icons: tuple[IconView, ...] = ()
    archive: str = ""
    """Where the older articles are, or empty."""
    search: str = ""
    """Where readers search, or empty."""


class IconView(Struct, frozen=True):
    """The magazine's sign in one size."""

    address: str
    media_type: str
    sizes: str
    rel: str = "icon"


class PageView(Struct, frozen=True):
    """The head of a page."""

    kind: str
    """``forside``, ``artikel``, ``side``, ``mentor``, ``kategori``, ``tal``, ``tal-liste``, ``404`` …"""
    address: str
    canonical: str
    title: str
    """The heading's plain text."""
    head_title: str
    """For ``<title>``: title and magazine."""
    description: str
    section: str = ""
    """A category's id, for colour."""
    section_name: str = ""
    """The name of an article's category."""
    image: str = ""
    """Absolute address of the picture for those who share the page."""
    image_alt: str = ""
    image_width: int = 0
    """Pixels; 0 where unknown."""
    image_height: int = 0
    robots: str = ""
    """Content of the robots meta, or empty."""
    json_ld: str = ""
    """A whole JSON document as ``Markup`` (escaped for ``script``), or empty."""
    published: str = ""
    modified: str = ""
    policy: str = ""
    """What a browser may do on the page, for hosts that can set no header."""
    feeds: tuple[LinkView, ...] = ()
    """The page's own feeds; ``id`` is their media type."""
    previous: str = ""
    """Addresses of the page before this one and after it, in a list or a series, for ``rel``."""
    next: str = ""


class ArticleView(Struct, frozen=True):
    """An article's page."""

    title: Markup
    """The heading, with ``<data>`` elements, without note marks."""
    kicker: str
    category: LinkView
    description: Markup
    """The standfirst, with ``<data>`` elements."""
    authors: tuple[PersonView, ...]
    date: DateView
    updated: DateView | None
    reading_minutes: int
    image: ImageView | None
    measure: MeasureView | None
    body: Markup
    notes: tuple[NoteView, ...]
    corrections: tuple[CorrectionView, ...]
    tags: tuple[LinkView, ...]
    series: LinkView | None
    related: tuple[CardView, ...]
    shows_mentor_call: bool
    """Whether the category asks for the quiet call to become a mentor."""
    is_draft: bool = False
    age: str = ""
    """``Denne artikel er 11 år gammel``; empty for a young one."""
    part: PartView | None = None
    """Where it stands in its series, if that has several."""
    series_view: SeriesView | None = None
    """The articles of the series around this one, which is current."""


class SeriesPartView(Struct, frozen=True):
    """An article of a series."""

    number: int
    card: CardView
    current: bool = False


class SeriesView(Struct, frozen=True):
    """A series with its articles, the oldest first."""

    name: str
    address: str
    text: str
    summary: str
    """``Serie i tre dele``."""
    category: str
    """The id of the category that most of its articles are in, for colour."""
    parts: tuple[SeriesPartView, ...]
    image: ImageView | None = None
    """A picture wide enough for a band."""


class SectionView(Struct, frozen=True):
    """A part of a text with its heading."""

    heading: Markup
    """The heading element; empty before the first one."""
    body: Markup
    parts: tuple[SectionView, ...] = ()
    """Its own parts, with headings of the next degree."""


class StandingView(Struct, frozen=True):
    """A standing page."""

    title: Markup
    kicker: str
    description: Markup
    image: ImageView | None
    body: Markup
    notes: tuple[NoteView, ...]
    sections: tuple[SectionView, ...] = ()
    """The body by its headings."""
    proof: KeyFigureView | None = None
    """The first share that the page fills in, set large on the landing page."""


class PlaceView(Struct, frozen=True):
    """A place where the network is; a city with several holds them as ``parts``."""

    id: str
    name: str
    parts: tuple[PlaceView, ...] = ()


class FormView(Struct, frozen=True):
    """The form of the landing page."""

    endpoint: str
    answer: str
    """The full address of the page that says thank you, for receivers that lead there."""
    places: tuple[PlaceView, ...]
    """Every place by itself, ``Tingbjerg, København``."""
    purpose: str
    controller: str
    retention: str
    consent: str
    """Names the wording that was consented to."""


class MentorView(Struct, frozen=True):
    """What the landing page shows beside its text."""

    places: tuple[PlaceView, ...]
    form: FormView | None
    name: str
    """Whom one writes to; empty where nobody has told."""
    email: str
    telephone: str
    sign_up: str
    """The network's own page."""
    summary: str
    """``fem byer``: how many cities the places lie in."""


class FrontView(Struct, frozen=True):
    """The front page, by rank."""

    lead: CardView | None
    seconds: tuple[CardView, ...]
    """At most three."""
    river: tuple[CardView, ...]
    figures: tuple[KeyFigureView, ...]
    """The band of living figures."""
    body: Markup
    """What the editor wrote in ``docs/index.md``."""
    notes: tuple[NoteView, ...]
    also: tuple[CardView, ...] = ()
    """What the lead story has in common with others."""
    column: CardView | None = None
    """The story beside the river, with a picture."""
    more: tuple[CardView, ...] = ()
    """What is left, as headlines."""
    debate: tuple[CardView, ...] = ()
    debate_link: LinkView | None = None
    series: SeriesView | None = None


class ShareView(Struct, frozen=True):
    """A part of a key figure, as a piece of a bar."""

    number: str
    name: str
    start: str
    """Percent of the bar, with a decimal point."""
    length: str
    line: int = 0
    """On which line its label has room."""


class KeyFigureView(Struct, frozen=True):
    """A living figure set large."""

    number: str
    """``59``."""
    unit: str
    """``procent``."""
    name: str
    period: str
    among: str
    address: str
    measure: MeasureView | None
    shares: tuple[ShareView, ...] = ()
    """Its parts from the same source, where they exclude each other."""
    target: str = ""
    """``Målet var 30``, or empty."""


class SearchView(Struct, frozen=True):
    """What the search page's script needs."""

    script: str
    index: str
    """Where the index's files are."""
    base: str
    """What stands before the addresses of what is found: ``""``, or ``/folder``."""


class ListView(Struct, frozen=True):
    """A list of articles: a category, a tag, an archive year."""

    title: str
    text: str
    """What the editor has written about it; on the first page alone."""
    id: str
    """A category's id, for colour; else empty."""
    cards: tuple[CardView, ...]
    feed: str = ""
    feed_json: str = ""
    kind: str = "kategori"
    """``kategori``, ``emne``, ``forfatter``, ``serie`` or ``arkiv``."""
    label: str = ""
    """What kind of list it is, above the heading: ``Emne``; empty for a category."""
    count: str = ""
    """``24 artikler``."""
    pager: PagerView | None = None
    """The way to the list's other pages."""
    person: PersonView | None = None
    """Whose articles they are."""
    above: LinkView | None = None
    """The overview that the list is found in."""


class LeafView(Struct, frozen=True):
    """A page of a list, as a link from its other pages."""

    number: int
    address: str
    current: bool
    after_gap: bool
    """Whether pages are left out before it."""


class PagerView(Struct, frozen=True):
    """The way from one page of a list to the others."""

    number: int
    total: int
    previous: str
    """Address of the page before; empty on the first."""
    next: str
    pages: tuple[LeafView, ...]
    """The first, the last and those around."""


class EntryView(Struct, frozen=True):
    """A list, as the archive names it."""

    name: str
    address: str
    count: str
    """``24 artikler``."""
    number: str
    """``24``."""
    id: str = ""
    """A category's id, for colour; else empty."""


class GroupView(Struct, frozen=True):
    """The lists of one kind."""

    id: str
    name: str
    """``Emner``."""
    entries: tuple[EntryView, ...]


class ArchiveView(Struct, frozen=True):
    """The overview of all lists."""

    title: str
    count: str
    """``24 artikler``."""
    years: tuple[EntryView, ...]
    """The latest first."""
    groups: tuple[GroupView, ...]
    """Categories, series, tags and authors, those that there are."""


class PartView(Struct, frozen=True):
    """Where an article stands in its series."""

    text: str
    """``del 2 af 4``."""
    previous: LinkView | None
    next: LinkView | None


class ObservationView(Struct, frozen=True):
    """One row of an indicator's page."""

    period: str
    value: str
    """As the source printed it, with its unit."""
    source: str
    source_url: str
    vintage: str
    page: str
    n: str
    among: str
    quotation: str
    language: str
    """The quotation's, as HTML names it; empty for Danish."""
    remarks: tuple[str, ...]
    """Status, what replaced it and why, breaks, notes."""
    is_in_force: bool
    id: str


class UseView(Struct, frozen=True):
    """A place in the magazine that shows the figure."""

    title: str
    address: str
    words: str
    vintage: str
    """``2021, Statusrapport for 2021``."""
    place: str = ""
    """Where on the page: ``overskrift``, ``brødtekst``, ``graf`` …"""
    before: str = ""
    """The sentence up to the words …"""
    after: str = ""
    """… and from them on."""


class ShowingView(Struct, frozen=True):
    """A page of the magazine that shows the figure, in one place or in several."""

    title: str
    address: str
    uses: tuple[UseView, ...]


class IndicatorView(Struct, frozen=True):
    """A page under ``/tal/``."""

    id: str
    name: str
    unit: str
    among: str
    note: str
    target: LinkView | None
    parts: tuple[LinkView, ...]
    whole: LinkView | None
    newest: KeyFigureView | None
    observations: tuple[ObservationView, ...]
    showing: tuple[ShowingView, ...]
    target_words: str = ""
    """The target that holds today: ``30 procent (2021)``; empty where there is none."""
    chart: str = ""
    """The series as a drawing and a table (``Markup``); empty for fewer than two periods."""
    citation: str = ""
    """How to cite the newest value; empty where there is none."""


class IndicatorRowView(Struct, frozen=True):
    """A row of ``/tal/``."""

    name: str
    address: str
    among: str
    newest: str
    """``59 procent``."""
    period: str
    source: str
