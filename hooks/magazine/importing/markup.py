"""WordPress's HTML, blocks and shortcodes to the Markdown that the magazine reads.

What has no place in Markdown (embedded players, forms, unknown shortcodes …) is kept as text or as a link,
and told in ``losses``: nothing disappears without a word.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PageElement, Tag
from markdownify import MarkdownConverter
from msgspec import Struct

_BLOCK_TAGS = (
    "address|article|aside|blockquote|details|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|"
    "header|hr|iframe|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul|video|audio|object|script|style"
)
_STARTS_BLOCK = re.compile(rf"\s*(?:</?(?:{_BLOCK_TAGS})\b|<!--)", re.IGNORECASE)
_PRE = re.compile(r"<pre\b.*?</pre>", re.DOTALL | re.IGNORECASE)
_BLOCK_COMMENT = re.compile(
    r"<!--\s*(?P<slash>/?)wp:(?P<name>[\w/-]+)(?P<attributes>.*?)(?P<alone>/?)-->", re.DOTALL
)
_CAPTION = re.compile(r"\[caption(?P<attributes>[^\]]*)\](?P<body>.*?)\[/caption\]", re.DOTALL)
_OLD_CAPTION = re.compile(r"caption=\"(?P<text>[^\"]*)\"")
_EMBED = re.compile(r"\[embed[^\]]*\]\s*(?P<url>\S+?)\s*\[/embed\]")
_GALLERY = re.compile(r"\[gallery(?P<attributes>[^\]]*)\]")
_MEDIA = re.compile(r"\[(?P<kind>audio|video|playlist)(?P<attributes>[^\]]*)\](?:\s*\[/(?P=kind)\])?")
_SHORTCODE = re.compile(
    r"(?<!\[)\[(?P<name>[a-z][\w-]*)(?P<attributes>(?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s\]]+))+)\s*/?\](?!\])"
    r"|(?<!\[)\[/(?P<close>[a-z][\w-]*)\]"
)
_URL = re.compile(r"https?://[^\s\"'<>\]]+")
_LONE_URL = re.compile(r"(?m)^[ \t]*(?P<url>https?://\S+)[ \t]*$")
_SIZE = re.compile(r"-\d+x\d+(?=\.\w+\Z)")
#: Ours, and nobody else's: what the magazine would take for a reference or a block of its own.
_OURS = (
    (re.compile(r"(?<!\w)(tal):(?=\S)", re.IGNORECASE), r"\1&#58;"),
    (re.compile(r"(?m)^(\s*)///"), r"\1&#47;//"),
)
_PLAYERS = {
    "iframe": "indlejret side",
    "embed": "indlejret indhold",
    "object": "indlejret indhold",
    "video": "video",
    "audio": "lyd",
}
_SILENT = ("style", "noscript")


class Picture(Struct, frozen=True):
    """A picture as a text shows it."""

    url: str
    alt: str
    caption: str = ""

    @property
    def original(self) -> str:
        """The address of the picture as it was uploaded, without WordPress's ``-300x200``."""
        return _SIZE.sub("", self.url)


class Converted(Struct, frozen=True):
    """A text in Markdown, with what could not come along as it was."""

    markdown: str
    losses: tuple[str, ...]
    """Danish, one line each: what it was, and what became of it."""
    pictures: tuple[Picture, ...]


class Surroundings(Struct, frozen=True):
    """What a text's links and pictures become; the importer knows, the converter only asks."""

    link: Callable[[str], str | None]
    """A destination as it is written in Markdown, for the address in the export; ``None`` for no link."""
    picture: Callable[[Picture], str | None]
    """The path of the picture as it is written in Markdown; ``None`` where there is no file."""
    attachments: Mapping[str, Picture]
    """By post id, for galleries."""


def to_markdown(content: str, surroundings: Surroundings) -> Converted:
    """Convert the content of a post, from the block editor or the classic one.

    Args:
        content: ``content:encoded``.
        surroundings: where links and pictures lead.
    """
    losses: list[str] = []
    source = content.replace("\r\n", "\n").replace("\r", "\n")
    is_blocks = "<!-- wp:" in source
    source = _without_block_comments(source, losses)
    source = _shortcodes(source, surroundings, losses)
    if not is_blocks:
        source = _paragraphs(source)
    soup = BeautifulSoup(source, "html.parser")
    converter = _Converter(soup, surroundings, losses)
    text = converter.convert_soup(soup)
    text = re.sub(r"[ \t]+\n", lambda match: "  \n" if match[0].startswith("  ") else "\n", text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    for pattern, replacement in _OURS:
        text = pattern.sub(replacement, text)
    # markdownify writes its own blocks with a mark that nobody types (see `_pull_quote`).
    text = text.replace(_FENCE_MARK, "///")
    return Converted(f"{text}\n" if text else "", tuple(dict.fromkeys(losses)), tuple(converter.pictures))


def to_text(content: str) -> str:
    """Return HTML as one line of plain text."""
    return " ".join(BeautifulSoup(content, "html.parser").get_text(" ").split())


def opening(markdown: str) -> str:
    """Return the paragraphs of a converted text as one line of plain text, without all that is no prose."""
    found = []
    for block in re.split(r"\n{2,}", markdown):
        if block.strip() and not _NO_PROSE.match(block):
            words = _MARKED.sub(lambda match: match["escaped"] or match["link"] or "", block)
            found.append(" ".join(html.unescape(words).split()))
    return " ".join(found)


#: What begins a heading, a list, a table, a quotation, a box, code, a picture; or is a link and nothing else.
_NO_PROSE = re.compile(r"\s*(?:[#>|/`]|!\[|[-+*] |\d+\. |:::|\[Billede: |\[\^|\[[^\]]*\]\([^)]*\)\s*\Z)")
#: An escaped character, a link or a picture, an emphasis.
_MARKED = re.compile(r"\\(?P<escaped>.)|!?\[(?P<link>(?:\\.|[^\]\\])*)\]\([^)]*\)|[*_`]+")


_FENCE_MARK = "\ue0f8"


def _without_block_comments(source: str, losses: list[str]) -> str:
    """Drop the block editor's comments; a block that the server would have filled in is kept as text."""

    def replace(match: re.Match[str]) -> str:
        name, alone = match["name"], bool(match["alone"])
        if name == "more" or not alone:
            return ""
        if name in ("separator", "spacer", "nextpage"):
            return "<hr>"
        losses.append(f"blokken «{name}», som WordPress selv fyldte ud, står som tekst")
        return f"<p>[{html.escape(name)}]</p>"

    return _BLOCK_COMMENT.sub(replace, source).replace("<!--more-->", "").replace("<!--nextpage-->", "<hr>")


def _attribute(attributes: str, name: str) -> str:
    match = re.search(rf"\b{name}=(?:\"([^\"]*)\"|'([^']*)'|(\S+))", attributes)
    return next((group for group in match.groups() if group is not None), "") if match else ""


def _shortcodes(source: str, surroundings: Surroundings, losses: list[str]) -> str:
    def caption(match: re.Match[str]) -> str:
        body = match["body"].strip()
        old = _OLD_CAPTION.search(match["attributes"])
        picture = re.match(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", body, re.IGNORECASE | re.DOTALL)
        shown, text = (picture[0], body[picture.end() :].strip()) if picture else (body, "")
        text = text or (old["text"] if old else "")
        return f"\n\n<figure>{shown}<figcaption>{text}</figcaption></figure>\n\n"

    def gallery(match: re.Match[str]) -> str:
        ids = [part.strip() for part in _attribute(match["attributes"], "ids").split(",") if part.strip()]
        known = [surroundings.attachments[one] for one in ids if one in surroundings.attachments]
        if len(known) < len(ids) or not ids:
            losses.append("et galleri nævner billeder, som ikke er i eksporten, og står som tekst")
        figures = "".join(
            f'<figure><img src="{html.escape(one.url)}" alt="{html.escape(one.alt)}">'
            f"<figcaption>{html.escape(one.caption)}</figcaption></figure>"
            for one in known
        )
        return (
            f"\n\n{figures}\n\n" if len(known) == len(ids) and ids else f"\n\n{figures}{_kept(match[0])}\n\n"
        )

    def media(match: re.Match[str]) -> str:
        found = _URL.search(match["attributes"])
        if found is None:
            losses.append(f"«[{match['kind']}]» uden adresse står som tekst")
            return _kept(match[0])
        losses.append(f"{match['kind']} er blevet til et link: {found[0]}")
        return f'\n\n<p><a href="{html.escape(found[0])}">{html.escape(found[0])}</a></p>\n\n'

    source = _CAPTION.sub(caption, source)
    source = _EMBED.sub(lambda match: f"\n\n{match['url']}\n\n", source)
    source = _GALLERY.sub(gallery, source)
    source = _MEDIA.sub(media, source)
    for match in _SHORTCODE.finditer(source):
        losses.append(f"kortkoden «{match[0]}» kendes ikke og står som tekst")
    return source


def _kept(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"


def _paragraphs(source: str) -> str:
    """Return classic text with its paragraphs and line breaks marked up (WordPress's ``wpautop``)."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\n\n\ue0f9{len(kept) - 1}\ue0f9\n\n"

    source = _PRE.sub(keep, source)
    parts = []
    for part in re.split(r"\n\s*\n", source):
        if not part.strip():
            continue
        if _STARTS_BLOCK.match(part) or re.fullmatch(r"\s*\ue0f9\d+\ue0f9\s*", part):
            parts.append(part)
        else:
            parts.append("<p>" + part.strip().replace("\n", "<br>\n") + "</p>")
    return re.sub(r"\ue0f9(\d+)\ue0f9", lambda match: kept[int(match[1])], "\n\n".join(parts))


class _Converter(MarkdownConverter):
    """markdownify with the magazine's own ideas of pictures, headings, tables and what is no text."""

    def __init__(self, soup: BeautifulSoup, surroundings: Surroundings, losses: list[str]) -> None:
        super().__init__(heading_style="ATX", bullets="-", strong_em_symbol="*")
        self._surroundings = surroundings
        self._losses = losses
        self.pictures: list[Picture] = []
        # The title is the page's only h1, so a text that uses it has every heading moved down.
        self._shift = 1 if soup.find("h1") is not None else 0
        for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
            comment.extract()
        self._lone_urls(soup)

    def _lone_urls(self, soup: BeautifulSoup) -> None:
        """Turn an address that stands alone, which WordPress would have embedded, into a link."""
        for text in list(soup.find_all(string=_LONE_URL)):
            parent = text.parent
            if parent is None or parent.name in ("a", "pre", "code", "script", "style", "textarea"):
                continue
            url = str(text).strip()
            if not _URL.fullmatch(url) or _texts_beside(text):
                continue
            link = soup.new_tag("a", href=url)
            link.string = url
            text.replace_with(link)
            self._losses.append(f"indlejret indhold er blevet til et link: {url}")

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802 - markdownify's name
        """Convert a heading, moved down where the text used the first level."""
        level = min(6, max(2, n + self._shift))
        words = " ".join(text.split())
        return f"\n\n{'#' * level} {words}\n\n" if words else ""

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Convert a link; one around a picture to the picture itself is left out."""
        href = str(el.get("href") or "").strip()
        if el.find("img") is not None:
            return text
        if not href or not text.strip():
            return text
        scheme = urlsplit(href).scheme
        if scheme not in ("", "http", "https", "mailto", "tel"):
            self._losses.append(f"linket «{href}» kan ikke bruges; ordene står tilbage")
            return text
        destination = self._surroundings.link(href)
        return text if destination is None else f"[{text.strip()}]({_destination(destination)})"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Convert a picture; one in a figure of its own waits for the figure and its caption."""
        figure = _nearest_figure(el)
        return "" if figure is not None and _is_picture(figure) else self._picture(el, "")

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Convert an item, with what is inside it four columns in, as Python-Markdown wants it."""
        parent = el.parent
        bullet = "-"
        if parent is not None and parent.name == "ol":
            first = str(parent.get("start") or "1")
            number = int(first) if first.isdecimal() else 1
            bullet = f"{number + len(el.find_previous_siblings('li'))}."
        lines = (text or "").strip().split("\n")
        indented = [lines[0], *(f"    {line}" if line.strip() else "" for line in lines[1:])]
        return bullet.ljust(4) + "\n".join(indented) + "\n"

    def convert_figure(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Convert a figure: a picture with its caption, a table, a quotation, or what it holds."""
        classes = " ".join(el.get("class") or ())
        if "wp-block-pullquote" in classes:
            return self._pull_quote(el)
        if _is_picture(el):
            picture, caption = el.find("img"), el.find("figcaption")
            assert isinstance(picture, Tag), "_is_picture has seen it"
            return f"\n\n{self._picture(picture, _line(caption) if isinstance(caption, Tag) else '')}\n\n"
        return f"\n\n{text.strip()}\n\n"

    def convert_figcaption(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep a caption that belongs to no picture as a line of its own."""
        return f"\n\n*{text.strip()}*\n\n" if text.strip() else ""

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Convert a table whose cells are lines; keep any other as its rows."""
        spans = any(
            str(cell.get(name) or "1") != "1"
            for cell in el.find_all(("td", "th"))
            for name in ("colspan", "rowspan")
        )
        nested = el.find(("table", "ul", "ol", "pre", "blockquote")) is not None
        if spans or nested:
            self._losses.append("en tabel med sammensatte celler står som linjer")
            rows = [
                " · ".join(_line(cell) for cell in row.find_all(("td", "th"))) for row in el.find_all("tr")
            ]
            return "\n\n" + "\n\n".join(html.escape(row, quote=False) for row in rows if row) + "\n\n"
        cells = [[_cell(cell) for cell in row.find_all(("td", "th"))] for row in el.find_all("tr")]
        return _table([row for row in cells if row])

    def convert_script(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Leave a script out, and say so."""
        self._losses.append(f"et script er udeladt: {_line(el)[:80] or el.get('src', '')}")
        return ""

    def convert_form(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep a form's words."""
        self._losses.append("en formular står som tekst")
        return f"\n\n{text.strip()}\n\n"

    def convert_input(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep what a field or button says."""
        return f" {el.get('value') or el.get('placeholder') or ''} "

    def convert_sub(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep lowered text as text."""
        return text

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep raised text as text."""
        return text

    def escape(self, text: str, parent_tags: set[str] | None = None) -> str:
        """Return a text with what Markdown or HTML would take for its own written out."""
        text = re.sub(r"([\\`*_\[\]])", r"\\\1", text)
        text = re.sub(r"&(?=#?\w+;)", "&amp;", text).replace("<", "&lt;")
        return re.sub(r"(?m)^(\s*)(#+|[-+>]|\d+(?=\.))(\.?)(?=\s)", _escaped_start, text)

    def process_tag(self, node: Tag, parent_tags: set[str] | None = None) -> str:
        """Turn players into links before markdownify would drop them."""
        if node.name in _SILENT:
            return ""
        if node.name in _PLAYERS:
            return self._player(node)
        result: str = super().process_tag(node, parent_tags)  # type: ignore[misc]  # not in its stubs
        return result

    def _player(self, el: Tag) -> str:
        source = el.find("source") if not el.get("src") else None
        url = str(
            el.get("src") or el.get("data") or (source.get("src") if isinstance(source, Tag) else "") or ""
        )
        kind = _PLAYERS[el.name]
        if not url.startswith(("http://", "https://", "//", "/")):
            self._losses.append(f"{kind} uden adresse er udeladt: {_line(el)[:80]}")
            return f"\n\n{_line(el)}\n\n"
        url = f"https:{url}" if url.startswith("//") else url
        self._losses.append(f"{kind} er blevet til et link: {url}")
        return f"\n\n[{kind.capitalize()}]({_destination(url)})\n\n"

    def _pull_quote(self, el: Tag) -> str:
        cite = el.find("cite")
        who = _line(cite) if isinstance(cite, Tag) else ""
        if isinstance(cite, Tag):
            cite.extract()
        words = " ".join(el.get_text(" ").split()).replace("<", "&lt;")
        title = f" | {who}" if who else ""
        return f"\n\n{_FENCE_MARK} citat{title}\n{words}\n{_FENCE_MARK}\n\n"

    def _picture(self, el: Tag, caption: str) -> str:
        url = str(el.get("src") or el.get("data-src") or "").strip()
        if not url:
            self._losses.append("et billede uden adresse er udeladt")
            return ""
        picture = Picture(url, " ".join(str(el.get("alt") or "").split()), caption)
        self.pictures.append(picture)
        path = self._surroundings.picture(picture)
        alt = _bracketed(picture.alt or caption or "Billede uden beskrivelse")
        if path is None:
            self._losses.append(f"billedet er blevet til et link: {picture.original}")
            words = f" {caption}" if caption else ""
            return f"[Billede: {alt}]({_destination(picture.original)}){html.escape(words, quote=False)}"
        if not picture.alt:
            self._losses.append(f"billedet {path} har ingen tekst til dem, der ikke kan se det")
        told = caption.replace('"', "”").rstrip(". ")
        title = f"{told}. Foto: ukendt" if told else "Foto: ukendt"
        return f'![{alt}]({_destination(path)} "{title}")'


def _escaped_start(match: re.Match[str]) -> str:
    """Return the start of a line that is no heading, list or quotation, as it looks in Markdown."""
    if match[3]:
        return f"{match[1]}{match[2]}\\."
    return f"{match[1]}\\{match[2]}"


def _is_picture(figure: Tag) -> bool:
    """Tell whether a figure is one picture, perhaps with a caption."""
    inside = ("table", "figure", "blockquote", "iframe", "video", "audio", "pre")
    return len(figure.find_all("img")) == 1 and figure.find(inside) is None


def _texts_beside(text: NavigableString) -> bool:
    parent = text.parent
    assert parent is not None
    return any(
        str(other).strip()
        for other in parent.children
        if other is not text and getattr(other, "name", "") != "br"
    )


def _nearest_figure(element: Any) -> Tag | None:
    found = element.find_parent("figure")
    return found if isinstance(found, Tag) else None


def _line(element: PageElement) -> str:
    return " ".join(element.get_text(" ").split())


def _cell(cell: Tag) -> str:
    return html.escape(_line(cell), quote=False).replace("|", "\\|") or " "


def _table(rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    lines = ["| " + " | ".join([*row, *[" "] * (width - len(row))]) + " |" for row in rows]
    return "\n\n" + "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]]) + "\n\n"


def _bracketed(text: str) -> str:
    return html.escape(text, quote=False).replace("[", "(").replace("]", ")")


def _destination(url: str) -> str:
    """Return an address as Markdown's parentheses hold it."""
    return (
        url.replace(" ", "%20")
        .replace("(", "%28")
        .replace(")", "%29")
        .replace("<", "%3C")
        .replace(">", "%3E")
    )
