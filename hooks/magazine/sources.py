"""The only opener of what editors write: files to text, text to YAML nodes that know their lines."""

from __future__ import annotations

import errno
import hashlib
import os
import posixpath
import re
import shutil
import struct
import time
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import yaml
from msgspec import Struct

from magazine.indentation import Misplaced, misplaced
from magazine.problems import Place, Problem

#: Limits on a YAML file (design.md): libyaml crashes on deep nesting, so they come before composing.
MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 20

CONFIG_FILES = ("mkdocs.yml", "zensical.toml")

_PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"})
#: What becomes part of a page or of the one style sheet.
_INLINE = (".svg", ".css")
_VIEW_BOX = re.compile(rb"viewBox=[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)")


class Text(Struct, frozen=True):
    """A file's text: NFC, lines divided by newlines, no byte order mark."""

    path: str
    text: str


@dataclass(frozen=True)
class Asset:
    """A file that readers get as it is."""

    path: str
    """In the repository."""
    address: str
    width: int = 0
    """Pixels, or an SVG's own units; 0 for what is no picture, or where the file does not tell."""
    height: int = 0
    data: bytes = field(default=b"", repr=False)
    """What is in it, where it becomes part of a page: drawings and style sheets."""
    version: str = ""
    """A name for what is in it, where that becomes part of pages: ``data``, or a photograph."""
    is_clear: bool = False
    """Whether a photograph has transparent parts."""
    has_notes: bool = False
    """Whether a camera or a program wrote beside a photograph's pixels what no reader gets."""
    file: Path | None = field(default=None, repr=False, compare=False)
    """Where it lies on this machine."""


class Scalar(Struct, frozen=True):
    """A text in YAML; what it means is the reader's to say."""

    text: str
    line: int
    plain: bool = True
    """Written without quotation marks."""


class Sequence(Struct, frozen=True):
    """A list in YAML."""

    items: tuple[Node, ...]
    line: int


class Mapping(Struct, frozen=True):
    """Keys and values in YAML, in their order, each key once."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int

    def get(self, key: str) -> Node | None:
        """Return a key's value."""
        return next((value for name, value in self.entries if name.text == key), None)

    def line_within(self, key: str) -> int | None:
        """Return where a key stands in one of the values, or in theirs."""
        inner = [value for _, value in self.entries if isinstance(value, Mapping)]
        lines = [name.line for value in inner for name, _ in value.entries if name.text == key]
        lines += [line for value in inner if (line := value.line_within(key)) is not None]
        return min(lines, default=None)


Node = Scalar | Sequence | Mapping


def find_root(start: Path | None = None) -> Path | None:
    """Return the nearest folder upwards that holds a configuration file."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if any((folder / name).is_file() for name in CONFIG_FILES):
            return folder
    return None


def read_text(root: Path, path: str) -> tuple[Text | None, tuple[Problem, ...]]:
    """Read a text file.

    Args:
        root: the repository's folder.
        path: the file, POSIX, relative to it.

    Returns:
        The text, or the one problem that the file as a whole has, at its line 1.
    """
    file = root / path
    try:
        data = file.read_bytes()
    except IsADirectoryError:
        return None, _whole(path, "er en mappe, men skulle være en fil.")
    except FileNotFoundError:
        return None, _whole(path, _NO_TARGET if file.is_symlink() else "findes ikke.")
    except OSError as error:
        if error.errno == errno.ELOOP:
            return None, _whole(path, _NO_TARGET)
        return None, _whole(path, "kan ikke læses på denne maskine. Har du lov til at åbne filen?")
    return decode_text(data, path)


#: How the files of Word and its likes begin, whatever they are called.
_WORD_PROCESSOR = (b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0")

#: Characters that some readers of text take for the end of a line and no editor shows as one.
_STRAY_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


def decode_text(data: bytes, path: str) -> tuple[Text | None, tuple[Problem, ...]]:
    """Return the text of a file's bytes: a BOM and the kind of line ends make no difference.

    Args:
        data: the bytes.
        path: the file they are from, for the problem's place.
    """
    if path.endswith(".md") and data.startswith(_WORD_PROCESSOR):
        message = (
            "er et dokument fra et tekstbehandlingsprogram, ikke ren tekst. Kopiér teksten over i en fil fra "
            "«magasin ny»."
        )
        return None, _whole(path, message)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, (
            Problem(
                Place(path),
                (f"er ikke gemt som UTF-8 (se linje {line}). Gem filen igen med tegnkodningen UTF-8."),
            ),
        )
    if "\0" in text:
        return None, _whole(path, "er ikke en tekstfil.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Hardly any text has one, and translating a text costs more than all else that is done to it here.
    if any(sign in text for sign in _STRAY_BREAKS):
        text = text.translate(dict.fromkeys(map(ord, _STRAY_BREAKS), " "))
    text = unicodedata.normalize("NFC", text)
    if "\u00a0" in text and path.endswith(".md"):
        # No eye tells it from a space, and then the item of a list would be none.
        text = _HARD_ITEM.sub(r"\1 ", text)
    if not text.strip():
        return None, _whole(path, "er tom.")
    if _CONFLICT in text and path.endswith((".md", ".yml")) and (told := _conflict(text, path)):
        return None, told
    return Text(path, text), ()


#: What begins an item, with a no-break space behind it.
_HARD_ITEM = re.compile(r"^([ \t]*(?:[-*+]|\d+\.))\u00a0", re.MULTILINE)
#: How Git marks a place that two people have changed.
_CONFLICT = "<<<<<<< "


def _conflict(text: str, path: str) -> tuple[Problem, ...]:
    """Return what to say of the places of which Git has left both versions in a file."""
    begins = [number for number, line in enumerate(text.split("\n"), 1) if line.startswith(_CONFLICT)]
    return tuple(
        Problem(
            Place(path, line),
            "her står to udgaver af det samme, fordi en kollega har rettet det samtidig. Behold det, der er "
            "rigtigt, mellem «<<<<<<<» og «>>>>>>>», og slet de to linjer og den med «=======».",
        )
        for line in begins
    )


#: A file changed this short a time ago may be changed again without a clock's telling, in nanoseconds.
_UNSETTLED = 2 * 10**9

#: A file as the disk knows it: its number, its size, its times.
Signature = tuple[int, int, int, int]


def signature(root: Path, path: str) -> Signature | None:
    """Return what changes whenever a file does; ``None`` where only its bytes can tell.

    The time of the last change is the system's own: no program can set it back, as it can the time of the
    last writing. A file that was changed a moment ago is not vouched for.

    Args:
        root: the repository's folder.
        path: the file, POSIX, relative to it.
    """
    if os.name == "nt":  # the time of change is that of creation there
        return None
    try:
        status = os.stat(f"{root}/{path}")  # noqa: PTH116 - of every file at every build
    except OSError:
        return None
    return _signature(status)


def _signature(status: os.stat_result) -> Signature | None:
    if time.time_ns() - max(status.st_ctime_ns, status.st_mtime_ns) < _UNSETTLED:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def signatures(root: Path, folders: Iterable[str], files: Iterable[str]) -> str | None:
    """Return what changes whenever a file does, is added or is taken away; ``None`` where a file may have.

    Args:
        root: the repository's folder.
        folders: those in it that are looked through, hidden files and all; one that is not there counts so.
        files: single files in it.
    """
    if os.name == "nt":
        return None
    lines: list[str] = []
    waiting = [f"{root}/{folder}" for folder in folders]
    try:
        seen = [(f"{root}/{file}", os.stat(f"{root}/{file}")) for file in files]  # noqa: PTH116
        while waiting:
            folder = waiting.pop()
            lines.append(folder)
            try:
                entries = os.scandir(folder)
            except FileNotFoundError:
                lines.append("-")
                continue
            with entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name != "__pycache__":
                            waiting.append(entry.path)
                    else:
                        seen.append((entry.path, entry.stat()))
    except OSError:  # a link that leads nowhere, a folder that may not be read: the build will tell
        return None
    latest = max(max(status.st_ctime_ns, status.st_mtime_ns) for _, status in seen)
    if time.time_ns() - latest < _UNSETTLED:
        return None
    lines += [
        f"{path}\0{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
        for path, status in seen
    ]
    # In which order a system lists a folder is its own business.
    return "\0\0".join(sorted(lines))


_NO_TARGET = "er en genvej til en fil, der ikke findes. Slet genvejen, eller læg filen."


def is_picture(path: str) -> bool:
    """Tell from a file's name whether it is a picture."""
    return posixpath.splitext(path)[1].lower() in _PICTURES


#: What other programs call a Markdown file.
_OF_WORD_PROCESSORS = (".docx", ".doc", ".odt", ".rtf", ".pages")
_OTHER_MARKDOWN = (".markdown", ".mdown", ".mkdn", ".mkd", ".mdwn", ".mdtext")


def list_files(
    root: Path, folder: str, suffix: str, refused: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the files of a kind in a folder and below it, sorted, and what only looks like one.

    Hidden files and folders are left out, as MkDocs leaves them out.

    Args:
        root: the repository's folder.
        folder: the folder in it.
        suffix: how the files' names end.
        refused: other endings that nobody would look for here.
    """
    found: list[str] = []
    problems: list[Problem] = []
    for path, is_folder in _walk(root, folder):
        ending = posixpath.splitext(path)[1]
        if is_folder and (root / path).is_symlink():
            message = "er en genvej til en mappe, og den bliver ikke fulgt. Læg mappen selv her."
            problems.append(Problem(Place(path), message))
        elif is_folder and ending == suffix:
            message = f"er en mappe, men hedder som en fil ({suffix}). Omdøb den."
            problems.append(Problem(Place(path), message))
        elif ending == suffix:
            found.append(path)
        elif not is_folder and (
            ending.lower() == suffix or ending.lower() in (*_OTHER_MARKDOWN, *refused) or not ending
        ):
            if ending:
                name = posixpath.basename(path).removesuffix(ending).removesuffix(suffix)
                message = f"bliver ikke læst: filnavnet skal ende på {suffix}. Kald filen {name}{suffix}."
                if ending.lower() in _OF_WORD_PROCESSORS:
                    message = (
                        f"bliver ikke læst: {ending} er et dokument fra et tekstbehandlingsprogram. Kopiér "
                        f"teksten over i en ren tekstfil, {name}{suffix}."
                    )
                problems.append(Problem(Place(path), message))
            elif refused and not (root / path).exists():
                problems.append(Problem(Place(path), _NO_TARGET))
    return tuple(sorted(found)), tuple(problems)


def read_assets(root: Path, docs_dir: str) -> tuple[dict[str, Asset], tuple[Problem, ...]]:
    """Return everything under the documents' folder that is no page, by path."""
    assets: dict[str, Asset] = {}
    problems: list[Problem] = []
    for path, is_folder in _walk(root, docs_dir):
        if is_folder or path.endswith(".md"):
            continue
        file = root / path
        if not file.exists():
            problems.append(Problem(Place(path), "er en genvej til en fil, der ikke findes. Slet den."))
            continue
        width, height = picture_size(file) if file.suffix.lower() in _PICTURES else (0, 0)
        data = file.read_bytes() if file.suffix.lower() in _INLINE else b""
        version = hashlib.blake2b(data, digest_size=8).hexdigest() if data else ""
        assets[path] = Asset(path, path[len(docs_dir) :], width, height, data, version, file=file)
    return dict(sorted(assets.items())), tuple(problems)


def write_new(root: Path, path: str, text: str) -> bool:
    """Write a file that is not there yet; tell whether it was written."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        return False
    return True


def replace_text(root: Path, path: str, text: str) -> None:
    """Write a file anew, whole or not at all."""
    file = root / path
    spare = file.with_name(f".{file.name}.ny")
    spare.write_text(text, encoding="utf-8", newline="\n")
    spare.replace(file)


def copy_new(source: Path, root: Path, path: str) -> bool:
    """Copy a file to where none stands yet; tell whether it was copied."""
    file = root / path
    if file.exists():
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, file)
    return True


def read_bytes(file: Path) -> bytes:
    """Read a whole file.

    Raises:
        OSError: where it cannot be read.
    """
    return file.read_bytes()


def mark_of(file: Path) -> tuple[int, int]:
    """Return a file's size and time, which differ where its content does, but for the last seconds' files.

    Raises:
        OSError: where it cannot be asked.
    """
    status = file.stat()
    return status.st_size, status.st_mtime_ns


def open_bytes(file: Path) -> BinaryIO:
    """Open a file that is too large to be read whole.

    Raises:
        OSError: where it cannot be opened.
    """
    return file.open("rb")


def picture_size(file: Path) -> tuple[int, int]:
    """Return a picture's width and height from its first bytes; ``(0, 0)`` where they do not tell."""
    try:
        return _size(file)
    except (OSError, struct.error, ValueError):
        return 0, 0


def _size(file: Path) -> tuple[int, int]:
    with file.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(b"\x89PNG"):
        width, height = struct.unpack(">II", head[16:24])
        return int(width), int(height)
    if head.startswith((b"GIF87a", b"GIF89a")):
        width, height = struct.unpack("<HH", head[6:10])
        return int(width), int(height)
    if head.startswith(b"\xff\xd8"):
        return _jpeg_size(file)
    box = _VIEW_BOX.search(head)
    if box is not None:
        return round(float(box[1])), round(float(box[2]))
    return 0, 0


def _jpeg_size(file: Path) -> tuple[int, int]:
    """Walk a JPEG's segments to its frame header (ITU T.81, B.2.2)."""
    data = file.read_bytes()
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + length
    return 0, 0


def parse_yaml(text: str, path: str, first_line: int = 1) -> tuple[Node | None, tuple[Problem, ...]]:
    """Parse a YAML text into nodes of text.

    The nodes are built from the parser's events, so that an alias never becomes more than its name and
    nesting ends where it stops making sense.

    Args:
        text: the YAML, NFC.
        path: its file, for the problems' places.
        first_line: the line of the file on which the text begins.

    Returns:
        The nodes, or ``None`` where the text as a whole cannot be read; and, with its line, what means
        something else than it looks like, which a reader that goes on must not trust.
    """
    if len(text.encode("utf-8")) > MAX_BYTES:
        return None, _whole(
            path, "er større end 5 MB. Så stor kan filen ikke være: er der kommet noget forkert med?"
        )
    if any(sign in text for sign in _OTHER_LINE_ENDS):
        text = text.translate(dict.fromkeys(map(ord, _OTHER_LINE_ENDS), " "))
    if "\u00a0" in text:
        # No eye tells it from a space, and before a text it can be nothing else.
        text = _HARD_SPACE.sub(lambda found: found[0].replace("\u00a0", " "), text)
    try:
        builder = _Builder(path, first_line, text)
        node = builder.build()
    except _StopError as stop:
        return None, (stop.problem,)
    except yaml.YAMLError as error:
        return None, (explain(error, text, path, first_line),)
    return node, tuple(builder.problems)


def parse_config(text: str, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Parse a host's configuration, where tags and anchors are the host's own business.

    Args:
        text: the YAML.
        path: its file.
    """
    node, problems = parse_yaml(text, path)
    if node is None:
        return None, problems
    return node, tuple(problem for problem in problems if "står to gange" in problem.message)


#: Line ends in YAML 1.1 alone: libyaml would count lines that no editor sees.
_OTHER_LINE_ENDS = "\x85\u2028\u2029"


#: No-break spaces before a key, behind a dash and behind a key's colon.
_HARD_SPACE = re.compile(r"^[ \u00a0]*(?:-[ \u00a0]+)?(?:[\w-]+:[ \u00a0]+)?", re.MULTILINE)


class _StopError(Exception):
    """Reading on makes no sense."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


class _Builder:
    """Builds nodes from PyYAML's events, and notes what may not stand there."""

    def __init__(self, path: str, first_line: int, text: str) -> None:
        self._path = path
        self._first_line = first_line
        self._lines = text.split("\n")
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CSafeLoader)
        self.problems: list[Problem] = []

    def build(self) -> Node | None:
        node: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._stop(
                        event, "filen har to dele, delt af «---». Der må kun være én: slet linjen."
                    )
            elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent | yaml.AliasEvent):
                node = self._node(event, 1)
        return node

    def _problem(self, event: yaml.Event, message: str) -> None:
        self.problems.append(Problem(Place(self._path, self._line(event)), message))

    def _stop(self, event: yaml.Event, message: str) -> _StopError:
        return _StopError(Problem(Place(self._path, self._line(event)), message))

    def _line(self, event: yaml.Event) -> int:
        return self._first_line + _row(event.start_mark)

    def _node(self, event: yaml.Event, depth: int, *, in_list: bool = False) -> Node:
        line = self._line(event)
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            self._problem(
                event,
                f"«*{anchor}» henviser til noget andet i filen. Skriv teksten helt ud, eller sæt "
                "den i enkelte anførselstegn.",
            )
            return Scalar("", line)
        if anchor is not None:
            self._problem(
                event,
                f"«&» forrest i «{self._source(event)}» betyder noget særligt her. Sæt teksten i enkelte "
                f"anførselstegn: {self._in_quotes(event)}",
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._problem(
                event,
                f"udråbstegnet i «{self._source(event)}» æder teksten. Sæt den i enkelte anførselstegn: "
                f"{self._in_quotes(event)}",
            )
        if depth > MAX_DEPTH:
            raise self._stop(event, _TOO_DEEP)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, line, depth)
        return self._mapping(event, line, depth, in_list=in_list)

    def _source(self, event: yaml.Event) -> str:
        return self._lines[_row(event.start_mark)][_column(event.start_mark) :].strip()

    def _in_quotes(self, event: yaml.Event) -> str:
        """Return how the line of an event should have been written."""
        written = self._lines[_row(event.start_mark)].strip()
        is_text = isinstance(event, yaml.ScalarEvent) and _KEY.match(written)
        return _quoted(written) if is_text else "'…'."

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Scalar:
        plain = not event.style
        if plain and not event.value and _EATEN.match(self._rest(event)):
            written = self._lines[_row(event.end_mark)].strip()
            self._problem(
                event,
                f"«#» forrest i teksten gør, at «{written}» bliver læst som tom. Sæt teksten i enkelte "
                f"anførselstegn: {_quoted(written)}",
            )
        if plain and event.value:
            written = self._lines[_row(event.end_mark)]
            if _is_cut(event.value, written[_column(event.end_mark) :]):
                self._problem(
                    event,
                    f"alt efter « #» i «{written.strip()}» bliver væk. Sæt teksten i enkelte "
                    f"anførselstegn: {_quoted(written.strip())}, eller flyt kommentaren til sin egen linje.",
                )
        if (
            plain
            and event.value[:1] in _CURLY
            and (_IN_CURLY_QUOTES.match(event.value) or _NAME_IN_CURLY_QUOTES.match(event.value))
        ):
            self._problem(
                event,
                f"«{event.value}» står i krumme anførselstegn, og de bliver trykt. Skriv lige: "
                f"{_text_in_quotes(event.value)}",
            )
        if event.style in (">", "|") and (
            not _BLOCK_HEADER.match(self._source(event)) or not event.value.strip()
        ):
            self._problem(
                event,
                f"«{event.style}» forrest i «{self._source(event)}» æder teksten. Sæt den i enkelte "
                f"anførselstegn: {_quoted(self._lines[_row(event.start_mark)].strip())}",
            )
        return Scalar(event.value, line, plain)

    def _sequence(self, event: yaml.Event, line: int, depth: int) -> Sequence:
        items = []
        for inner in self._events:
            if isinstance(inner, yaml.SequenceEndEvent):
                break
            items.append(self._node(inner, depth + 1, in_list=True))
        return Sequence(tuple(items), line)

    def _mapping(self, event: yaml.Event, line: int, depth: int, *, in_list: bool) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        first: dict[str, int] = {}
        in_braces = bool(getattr(event, "flow_style", False))
        is_undivided = False
        for inner in self._events:
            if isinstance(inner, yaml.MappingEndEvent):
                break
            key = self._node(inner, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if not isinstance(key, Scalar):
                self._problem(
                    inner,
                    "en nøgle kan ikke begynde med en parentes. Sæt teksten i enkelte anførselstegn: '…'.",
                )
                continue
            if in_braces and value == Scalar("", value.line, True) and not self._has_colon(inner):
                self._problem(inner, _comma_message(key.text, entries))
                continue
            if key.text in first:
                again = f"«{key.text}» står to gange, også i linje {first[key.text]}."
                starts_anew = in_list and not in_braces and key.text == next(iter(first))
                if starts_anew:
                    again += f" Begynder der noget nyt her, så sæt en bindestreg foran: - {key.text}: …"
                above, below = entries[-1]
                is_empty = isinstance(below, Scalar) and below.plain and not below.text
                if not is_undivided:
                    # Behind a lost hyphen every key stands twice: one fault, told once.
                    told = again if starts_anew else f"{again} Slet den ene."
                    if is_empty and not starts_anew:
                        told = f"{again} Hører linjen til under «{above.text}», så ryk den længere ind."
                    self.problems.append(Problem(Place(self._path, key.line), told))
                is_undivided = is_undivided or starts_anew or is_empty
                continue
            first[key.text] = key.line
            entries.append((key, value))
        return Mapping(tuple(entries), line)

    def _has_colon(self, key: yaml.Event) -> bool:
        return self._rest(key).lstrip().startswith(":")

    def _rest(self, event: yaml.Event) -> str:
        """Return what follows an event on its last line."""
        row = _row(event.end_mark)
        return self._lines[row][_column(event.end_mark) :] if row < len(self._lines) else ""


#: What may stand behind ``>`` and ``|`` without eating text; a digit there tells how far text is indented.
_BLOCK_HEADER = re.compile(r"[>|][+-]?\s*\Z")
#: A text that begins with ``#`` and is therefore none; a comment has a space behind its sign.
_EATEN = re.compile(r"\s+#[^\s#]")
#: Ids, dates, numbers, ``ja``, addresses: what nobody goes on writing after a `` #``.
_TOKEN = re.compile(r"[a-zæøå0-9:/.,%?=&_–−-]+\Z")
_TOO_DEEP = f"filen er indrykket i mere end {MAX_DEPTH} trin. Er der kommet noget forkert med?"


def _is_cut(value: str, rest: str) -> bool:
    """Tell whether a text without quotation marks is cut off by `` #``.

    A comment stands apart (two spaces, or after a single token) and has a space behind its sign.
    """
    comment = re.match(r"(\s+)#(.?)", rest)
    if comment is None:
        return False
    apart = len(comment[1]) > 1 or _TOKEN.match(value) is not None
    return not apart or comment[2] not in ("", " ")


def _comma_message(lost: str, before: list[tuple[Scalar, Node]]) -> str:
    """Return what to say of a text that a comma inside braces has torn apart."""
    last = before[-1] if before else None
    example = ""
    if last is not None and isinstance(last[1], Scalar):
        space = "" if lost[:1].isdigit() else " "
        example = f": {last[0].text}: {last[1].text},{space}{lost}"
    return f"inden i {{…}} deler kommaet, så «{lost}» står for sig selv. Skriv på egne linjer{example}"


def _row(mark: Any) -> int:
    """Return a mark's line, from 0; libyaml's events always have marks, which the stubs do not know."""
    return int(mark.line)


def _column(mark: Any) -> int:
    return int(mark.column)


def explain(error: yaml.YAMLError, text: str, path: str, first_line: int = 1) -> Problem:
    """Return what the parser stumbled over, as an editor sees it: mostly a text without quotation marks."""
    lines = text.split("\n")
    marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    rows = [min(int(mark.line), len(lines) - 1) for mark in marks if mark is not None] or [0]
    reason = str(getattr(error, "problem", None) or error)
    if "nesting depth" in reason:
        return Problem(Place(path, first_line + rows[0]), _TOO_DEEP)
    if "special characters" in str(error) or "control characters" in reason:
        message = "filen har et usynligt tegn, som ikke kan bruges. Skriv linjen igen."
        return Problem(Place(path, first_line + _unprintable_row(lines)), message)
    context = str(getattr(error, "context", None) or "")
    if "flow" in context:
        row = next((row for row in range(rows[-1], -1, -1) if lines[row].strip()), 0)
        written = lines[row].strip()
        if re.search(r"[\[{,\s]#", written):
            told = f"«#» i «{written}» gør, at resten af linjen ikke bliver læst. Skriv ordene uden #."
            return Problem(Place(path, first_line + row), told)
        message = (
            f"en parentes i «{written}» bliver ikke lukket, eller der mangler et komma. Luk den, eller sæt "
            "teksten i enkelte anførselstegn: '…'."
        )
        return Problem(Place(path, first_line + row), message)
    if rows[0] and _GLUED.match(lines[rows[0] - 1]) and _lacks_colon(lines[rows[0] - 1]):
        # The parser takes the line for the beginning of the next, and blames that.
        return Problem(Place(path, first_line + rows[0] - 1), _colon_wanted(lines[rows[0] - 1]))
    for row in dict.fromkeys((rows[0], *rows[1:], max(rows[0] - 1, 0))):
        why = _trap(lines[row])
        if why:
            return Problem(Place(path, first_line + row), why)
    if "mapping values are not allowed" in reason or "expected ':'" in reason:
        for row in (max(rows[0] - 1, 0), *rows):
            if _lacks_colon(lines[row]):
                return Problem(Place(path, first_line + row), _colon_wanted(lines[row]))
    bullet = next((one for row in (rows[0], max(rows[0] - 1, 0)) if (one := _BULLET.match(lines[row]))), None)
    if bullet is not None:
        row = next(row for row in (rows[0], max(rows[0] - 1, 0)) if _BULLET.match(lines[row]))
        told = f"«{bullet['sign']}» begynder intet led her. Skriv «- {bullet['key']}»."
        return Problem(Place(path, first_line + row), told)
    found = misplaced(lines, rows[0], _first_fault)
    if found is not None:
        return Problem(Place(path, first_line + found.row), _indentation_wanted(found, first_line))
    written = lines[rows[0]].strip() or lines[max(rows[0] - 1, 0)].strip()
    if re.match(r"-[^\W\d_]", written):
        message = f"«{written}» mangler et mellemrum efter stregen. Skriv «- {written[1:]}»."
        return Problem(Place(path, first_line + rows[0]), message)
    return Problem(
        Place(path, first_line + rows[0]),
        f"«{written}» kan ikke læses. Se efter, om linjen er rykket lige så langt ind som de andre, "
        "og om anførselstegn og parenteser er lukket.",
    )


def _first_fault(text: str) -> int | None:
    """Return the row at which the parser gives up."""
    try:
        for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
            pass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return int(mark.line) if mark is not None else 0
    return None


def _indentation_wanted(found: Misplaced, first_line: int) -> str:
    more = found.wanted - found.indent
    like = f", som «{found.like[0]}» i linje {first_line + found.like[1]}" if found.like else ""
    is_, should = (
        f"{far} mellemrum inde" if far else "helt ude til venstre" for far in (found.indent, found.wanted)
    )
    told = f"«{found.key}» står {is_} og skal stå {should}{like}."
    return f"{told} Sæt {more} mellemrum mere foran." if more > 0 else f"{told} Slet {-more} mellemrum foran."


#: A key behind a sign that makes no item.
_BULLET = re.compile(r"\s*(?P<sign>[–—•·*])\s+(?P<key>[a-zæøå]+:.*)")
#: A key that stands against its text.
_GLUED = re.compile(r"\s*(?:- )?[a-zæøå_-]+:[^\s/]")


#: A key whose colon is lost, more likely than the rest of the line before.
_KEY_AND_TEXT = re.compile(r"[a-zæøå_-]+ \S+(?: \S+)?(?<!\.)\Z")


def _colon_wanted(line: str) -> str:
    written = line.strip()
    told = f"«{written}» mangler et kolon med et mellemrum efter: skriv «nøgle: værdi»."
    if ":" not in written and not _KEY_AND_TEXT.match(written):
        told += " Hører ordene til linjen før, så skriv det hele på én linje."
    return told


def _lacks_colon(line: str) -> bool:
    bare = line.strip()
    return bool(bare) and not bare.startswith("#") and not re.search(r":(\s|\Z)", bare)


_KEY = re.compile(r"\s*(?:- +)*(?P<key>[^\s:#'\"{}\[\]][^:#]*?):\s+(?P<value>\S.*?)\s*\Z")
#: A text whose quotation marks are in order.
_IN_QUOTES = re.compile(r"""(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")\Z""")
#: A list or keys on one line, in order too.
_IN_BRACKETS = re.compile(r"(?:\[[^\[\]]*\]|\{[^{}]*\})\Z")
#: Signs that begin something else than a text.
_SIGNS = "[]{}&*!|>%@`?-,\"'"


def _trap(line: str) -> str | None:
    """Return what is wrong with a line that is no YAML though it looks like a key with its text."""
    if line.lstrip(" ").startswith("\t"):
        return "linjen har et tabulatortegn. Brug mellemrum til at rykke ind."
    match = _KEY.match(line)
    if match is None:
        return None
    value, quoted = match["value"], _quoted(line.strip())
    if _IN_QUOTES.match(value) or _IN_BRACKETS.match(value):
        return None
    if value[0] in "\"'":
        return (
            f"anførselstegnet i «{line.strip()}» lukkes ikke, eller der står mere efter det. Sæt hele "
            f"teksten i enkelte anførselstegn: {quoted}"
        )
    if value[0] in _SIGNS:
        return (
            f"«{value[0]}» forrest i «{value}» betyder noget særligt her. Sæt teksten i enkelte "
            f"anførselstegn: {quoted}"
        )
    if re.search(r":(\s|\Z)", value):
        return f"«{line.strip()}» har et kolon inde i teksten. Sæt teksten i enkelte anførselstegn: {quoted}"
    return None


def _unprintable_row(lines: list[str]) -> int:
    return next((row for row, line in enumerate(lines) if _CONTROL.search(line)), 0)


#: What YAML does not print.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


#: A whole text in the marks that a word processor makes of the straight ones.
_IN_CURLY_QUOTES = re.compile(r"[‘’‚][^‘’‚]+[‘’]\Z")
#: A name, a path or a date in such marks; a title may well be a quotation.
_NAME_IN_CURLY_QUOTES = re.compile(r"[“”„][a-z0-9./_:-]+[“”]\Z")
#: What both begin with: looked at first, for hardly any text does.
_CURLY = "‘’‚“”„"


def _text_in_quotes(text: str) -> str:
    return f"'{text[1:-1]}'"


def _quoted(written: str) -> str:
    """Return a key with its text in single quotation marks, as it should be written."""
    key, colon, value = written.removeprefix("- ").partition(": ")
    if not colon:
        return "'…'"
    bare = value.strip()
    if _IN_CURLY_QUOTES.match(bare):
        return f"{key}: {_text_in_quotes(bare)}"
    if bare[:1] in ("'", '"'):
        mark, count = bare[0], bare.count(bare[0])
        if count % 2 == 0 and (count > 2 or not bare.endswith(mark)):
            # Words are quoted, and not the whole text: they stay so, with the marks that the page prints.
            bare = bare.replace(mark, "”")
        else:
            bare = bare.replace(mark, "") if count < 3 else bare.strip(mark)
    return f"{key}: '{bare.replace(chr(39), chr(39) * 2)}'"


def _whole(path: str, message: str) -> tuple[Problem, ...]:
    return (Problem(Place(path), message),)


def _walk(root: Path, folder: str) -> Iterator[tuple[str, bool]]:
    """Yield every path below a folder with whether it is a folder; hidden ones are passed over."""
    for place, folders, files in os.walk(root / folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        base = Path(place).relative_to(root).as_posix()
        yield from ((f"{base}/{name}", True) for name in folders)
        yield from ((f"{base}/{name}", False) for name in sorted(files) if not name.startswith("."))
