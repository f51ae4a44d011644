"""From an export to files: which article becomes which file, and what an editor must look at afterwards.

Two passes over the export: the first learns names, addresses and pictures, the second makes one file after
another, so that no more than one text is held at a time.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import parse_qs, unquote, urlsplit

from msgspec import Struct, field

from magazine.addresses import OUTWARD, is_former_address, leads_out, name_of, parts_of
from magazine.danish.dates import DateError, Moment, parse_moment
from magazine.importing.markup import Converted, Picture, Surroundings, opening, to_markdown, to_text
from magazine.importing.wordpress import Author, Entry, Item, Term

#: A standfirst made from the text ends with the sentence that reaches this many characters.
_STANDFIRST = 220
#: Where articles go that no editor gave a category.
NO_CATEGORY = Term("category", "uden-kategori", "Uden kategori")
_DEFAULT_CATEGORIES = ("uncategorized", "ikke-kategoriseret", "ukategoriseret")
_HELD = {"draft": "kladde", "pending": "til gennemsyn", "auto-draft": "kladde", "private": "privat"}
_GONE = {"trash": "i papirkurven", "inherit": "en tidligere udgave"}
_SERVICE = frozenset(
    {"revision", "nav_menu_item", "custom_css", "customize_changeset", "oembed_cache", "user_request"}
    | {"wp_block", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation", "wp_font_family"}
)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÆØÅ”»\"])")


class NewFile(Struct, frozen=True):
    """A file to write, POSIX path from the repository's root."""

    path: str
    text: str


class Copy(Struct, frozen=True):
    """A picture to copy from the folder of uploads."""

    upload: str
    """The path below ``wp-content/uploads/``."""
    path: str


class Told(Struct, frozen=True):
    """Something that an editor should look at."""

    title: str
    path: str
    """The file; empty where there is none."""
    what: str


class Plan(Struct):
    """What the first pass learns; the second only reads it."""

    authors: dict[str, Author] = field(default_factory=dict)
    categories: dict[str, Term] = field(default_factory=dict)
    attachments: dict[str, Picture] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    """The new file, by old path (``/2020/01/x/``) and by ``?p=12``."""
    files: dict[str, str] = field(default_factory=dict)
    """The new file by post id."""
    held: set[str] = field(default_factory=set)
    """Those files that become drafts: nothing may link to them."""
    hosts: Counter[str] = field(default_factory=Counter)


class Report(Struct):
    """What was brought in, and what an editor must look at."""

    counts: Counter[str] = field(default_factory=Counter)
    told: list[Told] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    """Where a picture is to lie, by its address in the export."""
    redirects: list[tuple[str, str]] = field(default_factory=list)
    """Old lists' addresses that only a host can lead on."""

    def tell(self, item: Item, path: str, what: str) -> None:
        """Note something about an item."""
        self.told.append(Told(item.title or f"nr. {item.post_id}", path, what))


def make_plan(entries: Iterable[Entry], taken: Callable[[str], bool]) -> Plan:
    """Learn what the export holds: the first pass.

    Args:
        entries: the export.
        taken: tells whether a file stands already.
    """
    plan = Plan()
    used: set[str] = set()
    for entry in entries:
        match entry:
            case Author(login):
                plan.authors[login] = entry
            case Term("category"):
                plan.categories[entry.slug] = entry
            case Item(kind="attachment"):
                alt = entry.meta.get("_wp_attachment_image_alt", "")
                if entry.attachment_url:
                    plan.attachments[entry.post_id] = Picture(
                        entry.attachment_url, " ".join(alt.split()), to_text(entry.excerpt)
                    )
            case Item():
                path = _path(entry)
                if path is None:
                    continue
                if entry.creator and entry.creator not in plan.authors:
                    plan.authors[entry.creator] = Author(entry.creator, entry.creator)
                if entry.kind == "post":
                    term = _category(entry)
                    plan.categories.setdefault(term.slug, term)
                path = _free(path, lambda candidate: candidate in used or taken(candidate))
                used.add(path)
                plan.files[entry.post_id] = path
                if entry.kind == "post" and (entry.password or entry.status != "publish"):
                    plan.held.add(path)
                plan.targets[f"?p={entry.post_id}"] = path
                plan.targets[f"?page_id={entry.post_id}"] = path
                parts = urlsplit(entry.link)
                if parts.netloc:
                    plan.hosts[parts.netloc] += 1
                if parts.path.strip("/"):
                    plan.targets.setdefault(_folded(parts.path), path)
    return plan


def convert(
    entries: Iterable[Entry], plan: Plan, report: Report, uploads: Callable[[str], bool]
) -> Iterator[NewFile | Copy]:
    """Make the files: the second pass.

    Args:
        entries: the export once more.
        plan: what the first pass learnt.
        report: what is filled in on the way.
        uploads: tells whether a picture lies in the folder of uploads, by its path there.
    """
    copied: set[str] = set()
    for entry in entries:
        if not isinstance(entry, Item):
            continue
        if entry.comments:
            report.counts["kommentarer, der ikke er taget med"] += entry.comments
        path = plan.files.get(entry.post_id)
        if path is None:
            _count_left_out(entry, report)
            continue
        for made in _Conversion(entry, path, plan, report, uploads).files():
            if isinstance(made, Copy):
                if made.path in copied:
                    continue
                copied.add(made.path)
            yield made


def category_id(term: Term) -> str:
    """Return a category's id in the magazine."""
    name = name_of(unquote(term.slug)) or name_of(term.name)
    return NO_CATEGORY.slug if not name or name in _DEFAULT_CATEGORIES else name


def author_id(login: str) -> str:
    """Return an author's id in the magazine."""
    return name_of(login) or "redaktionen"


def _count_left_out(item: Item, report: Report) -> None:
    if item.kind == "attachment":
        report.counts["vedhæftede filer"] += 1
    elif item.kind in _SERVICE:
        report.counts[f"af typen {item.kind}, som WordPress bruger til sig selv"] += 1
    elif item.status in _GONE:
        report.counts["indlæg, der ikke er taget med"] += 1
        report.tell(item, "", f"er ikke taget med: {_GONE[item.status]}")
    else:
        report.counts["indlæg, der ikke er taget med"] += 1
        report.tell(item, "", f"er ikke taget med: typen «{item.kind}» kendes ikke")


def _path(item: Item) -> str | None:
    """Return the file that an item asks for; ``None`` for what is left out."""
    if item.status in _GONE or item.kind not in ("post", "page"):
        return None
    name = name_of(unquote(item.name)) or name_of(item.title) or f"indlaeg-{item.post_id or 'uden-nummer'}"
    if item.kind == "page":
        return f"docs/{name}.md"
    return f"articles/{_moment(item)[0].day.year}/{name}.md"


def _category(item: Item) -> Term:
    """Return the category that an article gets: the first that its editors chose."""
    return next((term for term in item.terms if term.domain == "category"), NO_CATEGORY)


def _free(path: str, is_used: Callable[[str], bool]) -> str:
    stem, number, candidate = path.removesuffix(".md"), 2, path
    while is_used(candidate):
        candidate, number = f"{stem}-{number}.md", number + 1
    return candidate


def _folded(path: str) -> str:
    return f"/{unquote(path).strip('/').casefold()}/"


def _moment(item: Item) -> tuple[Moment, str]:
    """Return an item's date, and what had to be done to it."""
    for text in item.dates:
        try:
            return parse_moment(text[:16]), ""
        except DateError:
            try:
                return parse_moment(
                    text[:10]
                ), f"klokkeslættet i «{text}» findes ikke; kun dagen er taget med"
            except DateError:
                continue
    return parse_moment("1970-01-01"), "har ingen dato i eksporten: ret «date»"


class _Conversion(Struct, frozen=True):
    """One item on its way to a file."""

    item: Item
    path: str
    plan: Plan
    report: Report
    uploads: Callable[[str], bool]
    copies: list[Copy] = field(default_factory=list)

    def files(self) -> Iterator[NewFile | Copy]:
        """Yield the article or page, and the pictures that it needs."""
        item = self.item
        converted = to_markdown(item.content, Surroundings(self._link, self._picture, self.plan.attachments))
        keys = list(self._page_keys(converted) if item.kind == "page" else self._article_keys(converted))
        front = "".join(f"{key}: {value}\n" for key, value in keys)
        body = converted.markdown
        if not body:
            body = f"{item.title or 'Uden titel'}.\n"
            self._tell("har ingen tekst; overskriften står i stedet")
        for loss in converted.losses:
            self._tell(loss)
        self.report.counts["faste sider" if item.kind == "page" else "artikler"] += 1
        yield NewFile(self.path, f"---\n{front}---\n\n{body}")
        yield from self.copies

    def _tell(self, what: str) -> None:
        self.report.tell(self.item, self.path, what)

    def _page_keys(self, converted: Converted) -> Iterator[tuple[str, str]]:
        item = self.item
        yield "title", _quoted(item.title or "Uden titel")
        yield "description", _quoted(self._standfirst(converted))
        if item.status != "publish" or item.password:
            self._tell("er en fast side, der ikke var offentlig: slet filen, eller lad den blive")
        address = f"/{self.path.removeprefix('docs/').removesuffix('.md')}/"
        old = urlsplit(item.link).path
        if old.strip("/") and _folded(old) != address:
            self.report.redirects.append((old, address))

    def _article_keys(self, converted: Converted) -> Iterator[tuple[str, str]]:
        item = self.item
        moment, trouble = _moment(item)
        if trouble:
            self._tell(trouble)
        if not item.title:
            self._tell("har ingen overskrift: skriv en")
        yield "title", _quoted(item.title or "Uden titel")
        yield "date", f"{moment.at:%Y-%m-%d %H:%M}" if moment.has_time else moment.day.isoformat()
        yield "description", _quoted(self._standfirst(converted))
        categories = [term for term in item.terms if term.domain == "category"]
        yield "category", category_id(_category(item))
        author = self.plan.authors.get(item.creator, Author(item.creator, item.creator))
        yield "authors", f"[{author_id(author.login)}]"
        tags = [term.name for term in item.terms if term.domain == "post_tag"]
        tags = [*(term.name for term in categories[1:]), *tags]
        known = {name_of(tag): tag for tag in reversed(tags) if name_of(tag)}
        if known:
            yield "tags", "[" + ", ".join(_quoted(tag) for tag in reversed(known.values())) + "]"
        yield from self._draft()
        yield from self._redirect(moment)
        yield from self._thumbnail()

    def _draft(self) -> Iterator[tuple[str, str]]:
        item = self.item
        if item.password:
            self._tell("var beskyttet med en adgangskode og er blevet til en kladde")
        elif item.status in _HELD:
            self._tell(f"var {_HELD[item.status]} og er blevet til en kladde")
        elif item.status not in ("publish", "future"):
            self._tell(f"havde status «{item.status}» og er blevet til en kladde")
        else:
            return
        yield "draft", "ja"

    def _redirect(self, moment: Moment) -> Iterator[tuple[str, str]]:
        slug = posixpath.basename(self.path).removesuffix(".md")
        address = f"/{moment.day:%Y/%m/%d}/{slug}/"
        old = unquote(urlsplit(self.item.link).path)
        if not old.strip("/") or _folded(old) == address:
            return
        if not is_former_address(old):
            self._tell(f"den gamle adresse «{old}» kan ikke ledes videre")
            return
        yield "redirect_from", f"[{_quoted(old)}]"

    def _thumbnail(self) -> Iterator[tuple[str, str]]:
        picture = self.plan.attachments.get(self.item.meta.get("_thumbnail_id", ""))
        if picture is None:
            return
        path = self._picture(picture)
        if path is None:
            self._tell(f"artiklens billede mangler: {picture.url}")
            return
        if not picture.alt:
            self._tell("artiklens billede har ingen tekst til dem, der ikke kan se det: skriv «alt»")
        yield "image", ""
        yield "  src", _quoted(path)
        yield "  alt", _quoted(picture.alt or picture.caption or "Billede uden beskrivelse")
        yield "  credit", _quoted("Foto: ukendt")
        if picture.caption:
            yield "  caption", _quoted(picture.caption)

    def _standfirst(self, converted: Converted) -> str:
        excerpt = to_text(self.item.excerpt)
        if excerpt:
            return excerpt
        text = opening(converted.markdown)
        found = ""
        for sentence in _SENTENCE.split(text):
            found = f"{found} {sentence}".strip()
            if len(found) >= _STANDFIRST // 2:
                break
        if len(found) > 2 * _STANDFIRST:
            found = found[:_STANDFIRST].rpartition(" ")[0] + " …"
        self._tell("har fået underrubrik af sine første linjer: læs den igennem")
        return found or self.item.title or "Uden underrubrik"

    def _link(self, url: str) -> str | None:
        parts = parts_of(url)
        if parts is None or (parts.scheme in OUTWARD and not leads_out(parts)):
            self._tell(f"linket «{url}» fører ingen steder hen; ordene står tilbage")
            return None
        if parts.netloc and parts.netloc not in self.plan.hosts:
            return url
        query = parse_qs(parts.query)
        keys = [f"?{name}={query[name][0]}" for name in ("p", "page_id") if name in query]
        if parts.path.strip("/"):
            keys.append(_folded(parts.path))
        target = next((self.plan.targets[key] for key in keys if key in self.plan.targets), None)
        if target in self.plan.held and self.path not in self.plan.held:
            self._tell(f"linket «{url}» førte til noget, der ikke var offentligt; ordene står tilbage")
            return None
        if target is not None:
            relative = posixpath.relpath(target, posixpath.dirname(self.path))
            return f"{relative}#{parts.fragment}" if parts.fragment and target != self.path else relative
        if not parts.scheme and not parts.netloc and (parts.fragment or parts.path):
            host = next(iter(self.plan.hosts), "")
            if not parts.path:
                self._tell(f"linket «{url}» inden for siden er ikke prøvet")
                return (
                    f"https://{host}{urlsplit(self.item.link).path}{url}" if host else self.item.link or url
                )
            self._tell(f"linket «{url}» fører til noget, der ikke er i eksporten")
            return f"https://{host}{parts.path if parts.path.startswith('/') else '/' + parts.path}"
        return url

    def _picture(self, picture: Picture) -> str | None:
        upload = _upload(picture.original)
        if upload is None:
            return None
        folder, name = posixpath.split(upload)
        stem, suffix = posixpath.splitext(name)
        path = posixpath.join("docs/images", folder, f"{name_of(unquote(stem)) or 'billede'}{suffix.lower()}")
        self.report.pictures[picture.original] = path
        found = next((one for one in (upload, _upload(picture.url)) if one and self.uploads(one)), None)
        if found is None:
            return None
        self.copies.append(Copy(found, path))
        return posixpath.relpath(path, posixpath.dirname(self.path))


def _upload(url: str) -> str | None:
    """Return the path below the folder of uploads, or ``None`` for a picture from elsewhere."""
    _, found, path = unquote(urlsplit(url).path).partition("/wp-content/uploads/")
    return path if found and ".." not in path.split("/") and path else None


def _quoted(text: str) -> str:
    """Return a text between YAML's single quotation marks, where nothing means anything else."""
    bare = "".join(character if character.isprintable() else " " for character in text)
    return "'" + " ".join(bare.split()).replace("'", "''") + "'"
