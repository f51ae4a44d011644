"""What other programs leave in a text that is copied from them, and what is nearly Markdown.

All of it would be printed as it stands. Read from the source, like ``slips``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from magazine.danish.bytewise import without_letters
from magazine.slips import Slip, without_code

_Found = Iterator[tuple[int, str]]


def leftovers(body: str, first_line: int = 1) -> tuple[Slip, ...]:
    r"""Return what stands in a Markdown text by no wish of its writer.

    Args:
        body: the text, lines divided by ``\n``.
        first_line: the number of its first line in the file.
    """
    # Most texts have hardly any of the signs.
    # A pattern that begins with the end of a line is tried there alone.
    text = f"\n{without_code(body)}"
    signs = without_letters(text)
    there = {needle for needle in _NEEDLES if _NEEDLES[needle] in signs and needle in text}
    looks = [look for look in _LOOKS if not there.isdisjoint(look.needles)] if there else ()
    found = [(at, message, look.is_warning) for look in looks for at, message in look.find(text)]
    if first_line > 1 and "---" in body:
        found += [(at, message, False) for at, message in _keys_again(f"\n{body}")]
    if "`" in body or "~" in body:
        found += [(at, message, False) for at, message in _fences(f"\n{body}")]
    return tuple(
        Slip(first_line - 1 + text.count("\n", 0, at), message, warning) for at, message, warning in found
    )


#: What blocks are called by who has forgotten their names.
_CALLED = {
    "graf": "tal-graf",
    "diagram": "tal-graf",
    "figur": "tal-graf",
    "boks": "tal-boks",
    "nøgletal": "tal-boks",
    "tabel": "tal-tabel",
    "artikel": "artikler",
}
_NEARLY = re.compile(
    r"\n {0,3}(?P<fence>`{3,}|~{3,}) *(?:tal[ _–])?"
    rf"(?P<name>{'|'.join(_CALLED)}|fakta(?:boks)?|citat)\b[^\n]*",
    re.IGNORECASE,
)
_TOO_FEW = re.compile(r"\n {0,3}(?P<fence>`{1,2}|~{1,2})(?P<name>tal-\w+|artikler) *(?=\n)", re.IGNORECASE)


def _fences(body: str) -> _Found:
    """Yield each line that nearly begins a block, which would be printed as code or as words."""
    for match in _NEARLY.finditer(body):
        fence, name = match["fence"], match["name"].lower()
        called = _CALLED.get(name)
        meant = f"{fence}{called}" if called else f"/// {'citat' if name == 'citat' else 'fakta'} | …"
        told = f"«{match[0].strip()}» begynder ingen blok, som magasinet kender. Mente du «{meant}»?"
        also = "" if called else " Efter den slutter /// blokken."
        yield match.start("fence"), told + also
    for match in _TOO_FEW.finditer(body):
        fence, name = match["fence"], match["name"].lower()
        told = f"«{fence}{match['name']}» begynder ingen blok: der skal tre tegn til. Skriv"
        yield match.start("fence"), f"{told} {fence[0] * 3}{name}, og {fence[0] * 3} efter blokken."


#: Letters of UTF-8 that were read as those of Windows.
_BROKEN = re.compile(r"[^\s\[\]()]*(?:Ã[\u0080-\u00bf†˜…‰]|â€|\ufffd)[^\s\[\]()]*")


def _broken(text: str) -> _Found:
    for match in _BROKEN.finditer(text):
        try:
            meant = f": {match[0].encode('cp1252').decode('utf-8')}"
        except UnicodeError:
            meant = ""
        yield (
            match.start(),
            f"«{match[0]}» har tegn, der er gået i stykker på vejen. Skriv ordet igen{meant}.",
        )


_PATH = r"(?!tal:)[^\s()\[\]]*(?:\.md|://|\.html?|/)[^\s()\[\]]*"
_APART = re.compile(rf"\[(?P<words>[^\[\]\n]+)\][ \n]+\((?P<to>{_PATH})\)", re.IGNORECASE)
_TURNED = re.compile(rf"\((?P<words>[^()\n]+)\)\[(?P<to>{_PATH}|tal:[^\s\[\]]+)\]", re.IGNORECASE)


def _links_apart(text: str) -> _Found:
    for match in _APART.finditer(text):
        told = (
            f"«[{match['words']}]» og «({match['to']})» har et mellemrum imellem sig, så det ikke bliver et"
        )
        yield match.start(), f"{told} link. Skriv [{match['words']}]({match['to']})."


def _links_turned(text: str) -> _Found:
    for match in _TURNED.finditer(text):
        told = f"«{match[0]}» har parenteserne byttet om, så det ikke bliver et link."
        yield match.start(), f"{told} Skriv [{match['words']}]({match['to']})."


_WORDLESS = re.compile(r"(?<!!)\[\s*\]\(\s*(?P<to>(?!tal:)[^\s()]+)[^()\n]*\)", re.IGNORECASE)


def _links_without_words(text: str) -> _Found:
    for match in _WORDLESS.finditer(text):
        yield (
            match.start(),
            f"linket til «{match['to']}» har ingen ord at trykke på. Skriv [ord]({match['to']}).",
        )


_ADDRESS = re.compile(r"<www\.[^\s<>]+>|(?:(?<=\A)|(?<=[\s–-]))(?:https?://|www\.)[^\s<>()\[\]\"”]+")
_DEFINED = re.compile(r"\n {0,3}\[(?!\^)[^\]\n]+\]:\s*<?\Z|\]\(\s*<?\Z")


def _addresses(text: str) -> _Found:
    for match in _ADDRESS.finditer(text):
        if _DEFINED.search(text, max(0, match.start() - 80), match.start()):
            continue
        address = match[0].strip("<>").rstrip(".,;:!?")
        whole = address if "://" in address else f"https://{address}"
        yield match.start(), f"«{address}» bliver trykt uden at være et link. Skriv [ord]({whole})."


_NOTE_BELOW = re.compile(r"\n\[(?P<number>\d{1,2})\][ \t]+\S")


def _notes(text: str) -> _Found:
    for match in _NOTE_BELOW.finditer(text):
        number = match["number"]
        if text.count(f"[{number}]") > 1:
            told = (
                f"«[{number}]» bliver ikke til en fodnote. Skriv [^{number}] i teksten, og [^{number}]: foran"
            )
            yield match.start("number"), f"{told} noten."


_DASHES = re.compile(r"\n(?P<sign>[–—→✓✔➢►❖]|--) \S[^\n]*(?:\n(?P=sign) \S[^\n]*)+")
_LETTERS = re.compile(r"\n(?P<sign>\(?[a1]\)) \S[^\n]*\n\(?[b2]\) \S")
_NESTED = re.compile(r"\n[-*+] \S[^\n]*\n(?P<item> {1,3}[-*+] \S+)")
_ROUND = re.compile(r"\n(?P<sign>o)\t")
_NUMBERS = re.compile(r"\n(?P<number>\d{1,2}\.)(?P<word>[^\W\d_]\S*)[^\n]*\n\d{1,2}\.[^\W\d_]")


def _dashes(text: str) -> _Found:
    for match in _DASHES.finditer(text):
        yield match.start("sign"), f"«{match['sign']}» begynder intet punkt i en liste. Skriv «- »."


def _letters(text: str) -> _Found:
    for match in _LETTERS.finditer(text):
        yield (
            match.start("sign"),
            f"«{match['sign']}» begynder intet punkt i en liste. Skriv «1. » eller «- ».",
        )


def _nested(text: str) -> _Found:
    for match in _NESTED.finditer(text):
        told = f"«{match['item'].strip()} …» bliver ikke til et underpunkt: det skal stå fire mellemrum inde."
        yield match.start("item"), told


_KEYS_AGAIN = re.compile(r"\s*---[ ]*\n(?:[a-z_]+:[^\n]*\n){2,}---[ ]*(?:\n|\Z)")


def _keys_again(text: str) -> _Found:
    match = _KEYS_AGAIN.match(text)
    if match:
        told = "oplysningerne øverst står to gange, og det andet sæt bliver trykt. Slet det ene."
        yield len(match[0]) - len(match[0].lstrip()), told


def _round_bullets(text: str) -> _Found:
    match = _ROUND.search(text)
    if match:
        yield match.start("sign"), "«o» med en tabulator begynder intet punkt i en liste. Skriv «- »."


def _numbers(text: str) -> _Found:
    for match in _NUMBERS.finditer(text):
        number, word = match.group("number", "word")
        told = f"«{number}{word}» har intet mellemrum efter tallet, så linjen ikke bliver til et punkt."
        yield match.start("number"), f"{told} Skriv «{number} {word}»."


_TABBED = re.compile(r"\n(?P<row>[^\s|][^\n\t]*\t+[^\s\t][^\n]*)\n[^\s|][^\n\t]*\t+[^\s\t]")


def _tabs(text: str) -> _Found:
    match = _TABBED.search(text)
    if match and not match["row"].startswith(("o\t", "[^")):
        columns = len(re.split(r"\t+", match["row"].strip()))
        yield (
            match.start("row"),
            "linjerne er delt med tabulatorer og bliver til løbende tekst. Er det en tabel, så skriv | før, "
            f"mellem og efter felterne, og under den første linje |{' --- |' * columns}",
        )


_ACCENT = re.compile(r"[^\W\d_]+[´`][^\W\d_]+")
_IN_ACCENTS = re.compile(r"(?:\A|(?<=\s))´(?P<words>[^´\s][^´\n]*)´")


def _accents(text: str) -> _Found:
    for match in _ACCENT.finditer(text):
        meant = re.sub("[´`]", "'", match[0])
        yield match.start(), f"«{match[0]}» har en accent i stedet for en apostrof. Skriv {meant}."
    for match in _IN_ACCENTS.finditer(text):
        yield match.start(), f"«{match[0]}» står mellem accenter. Skriv ”{match['words']}”."


_TABLE = re.compile(r"\n(?P<table>[ ]{0,3}\|[^\n]*\|[ ]*(?:\n[ ]{0,3}\|[^\n]*\|[ ]*)+)(?=\n|\Z)")
_BARS = re.compile(r"[ ]*\|(?:[ ]*:?-+:?[ ]*\|)+[ ]*\Z")


def _tables(text: str) -> _Found:
    for at, head, bars, rows in _each_table(text):
        columns = _cells(head)
        if text[:at].rpartition("\n")[0].rpartition("\n")[2].strip():
            yield at, "der mangler en tom linje før tabellen, så den bliver til løbende tekst."
        elif _cells(bars) != columns:
            told = f"linjen under tabellens hoved har {_fields(_cells(bars))}, og hovedet har {columns}."
            yield at + len(head) + 1, f"{told} Skriv |{' --- |' * columns}"
        elif not rows:
            yield (
                at,
                "tabellen har ingen rækker. Er der en tom linje mellem hovedet og rækkerne, så slet den.",
            )
        for place, row in rows:
            if _cells(row) > columns:
                told = (
                    f"rækken har {_fields(_cells(row))}, og tabellens hoved har {columns}, så resten bliver "
                )
                yield place, f"{told}ikke trykt. Skriv lige mange. Skal stregen selv trykkes, så skriv \\|."


def _short_rows(text: str) -> _Found:
    for _, head, bars, rows in _each_table(text):
        for place, row in rows if _cells(bars) == _cells(head) else ():
            if _cells(row) < _cells(head):
                told = f"rækken har {_fields(_cells(row))}, og tabellens hoved har {_cells(head)}."
                yield place, f"{told} De sidste bliver tomme. Mangler der en streg?"


def _each_table(text: str) -> Iterator[tuple[int, str, str, list[tuple[int, str]]]]:
    """Yield where each table begins, its head, the line below it, and its rows with their places."""
    for match in _TABLE.finditer(text):
        head, bars, *rows = match["table"].split("\n")
        if _BARS.match(bars):  # one without is told of by ``slips``
            at = match.start("table")
            place = at + len(head) + len(bars) + 2
            placed = []
            for row in rows:
                placed.append((place, row))
                place += len(row) + 1
            yield at, head, bars, placed


def _cells(row: str) -> int:
    return len(re.findall(r"(?<!\\)\|", row)) - 1


def _fields(number: int) -> str:
    return "1 felt" if number == 1 else f"{number} felter"


_TWO_STROKES = re.compile(r"\n {0,3}(?P<strokes>//?) ?(?P<name>fakta|citat)(?P<rest>[ |][^\n]*|)(?=\n|\Z)")
_EMPTY_BOX = re.compile(r"\n {0,3}(?P<box>/{3,} *(?:fakta|citat))[^\n]*\n\s*/{3,}[ ]*(?=\n|\Z)")


def _strokes(text: str) -> _Found:
    for match in _TWO_STROKES.finditer(text):
        name, rest = match.group("name", "rest")
        told = f"«{match['strokes']} {name}» skal have tre skråstreger, både før og efter blokken."
        yield match.start("strokes"), f"{told} Skriv /// {name}{rest}"


def _empty_boxes(text: str) -> _Found:
    for match in _EMPTY_BOX.finditer(text):
        yield (
            match.start("box"),
            f"blokken «{match['box']}» er tom. Skriv teksten på linjerne under, eller slet den.",
        )


_NO_DESCRIPTION = re.compile(
    r"!\[\s*(?P<alt>[\w .-]+\.(?:jpe?g|png|svg|webp|avif|gif)|(?:IMG|DSC|P)[\w-]*\d{3,}"
    r"|(?:billede|foto|image|picture) ?\d*)\s*\]\(",
    re.IGNORECASE,
)


def describes_nothing(alt: str) -> bool:
    """Tell whether a picture's description is but a file's name, or says that it is a picture."""
    return _NO_DESCRIPTION.match(f"![{alt.strip()}](") is not None


def _pictures(text: str) -> _Found:
    for match in _NO_DESCRIPTION.finditer(text):
        told = f"«{match['alt']}» siger ikke, hvad billedet viser, til dem, der ikke kan se det. Skriv det"
        yield match.start(), f"{told} mellem de kantede parenteser."


_BOLD = re.compile(r"(?:\A\n*|\n\n)\*\*(?P<words>[^*\n]+[^*\n?.!:,;”\"»])\*\* *(?=\n\n[^\s*#])")
_MOST_WORDS = 6


def _headings(text: str) -> _Found:
    for match in _BOLD.finditer(text):
        if len(match["words"].split()) <= _MOST_WORDS:
            told = f"«{match['words']}» står alene med fed skrift. Er det en mellemrubrik, så skriv"
            yield match.start("words"), f"{told} ## {match['words']}"


class _Look(Struct, frozen=True):
    """Something that is looked for."""

    needles: tuple[str, ...]
    """Signs without one of which there is nothing to find."""
    find: Callable[[str], _Found]
    is_warning: bool


_LOOKS = (
    _Look(("Ã", "â€", "\ufffd"), _broken, is_warning=False),
    _Look(("] (", "]\n("), _links_apart, is_warning=False),
    _Look((")[",), _links_turned, is_warning=False),
    _Look(("[](", "[ ]("), _links_without_words, is_warning=False),
    _Look(("://", "www."), _addresses, is_warning=True),
    _Look(("\n[1",), _notes, is_warning=True),
    _Look(
        ("\n– ", "\n— ", "\n-- ", "\n→ ", "\n✓ ", "\n✔ ", "\n➢ ", "\n► ", "\n❖ "), _dashes, is_warning=True
    ),
    _Look(("\na) ", "\n(a) ", "\n(1) "), _letters, is_warning=True),
    _Look(("\n - ", "\n  - ", "\n   - ", "\n * ", "\n  * ", "\n   * "), _nested, is_warning=True),
    _Look(("\no\t",), _round_bullets, is_warning=True),
    _Look(("\n1.",), _numbers, is_warning=True),
    _Look(("\t",), _tabs, is_warning=True),
    _Look(("´", "`"), _accents, is_warning=True),
    _Look(("|-", "| -", "|:", "| :"), _tables, is_warning=False),
    _Look(("|-", "| -", "|:", "| :"), _short_rows, is_warning=True),
    _Look(("/ fakta", "/ citat", "/fakta", "/citat"), _strokes, is_warning=False),
    _Look(("///",), _empty_boxes, is_warning=False),
    _Look(("![",), _pictures, is_warning=True),
    _Look(("\n**",), _headings, is_warning=True),
)
#: Each with what is left of it in a text without letters, where it is looked for first.
_NEEDLES = {needle: without_letters(needle) for look in _LOOKS for needle in look.needles}
