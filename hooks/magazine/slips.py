"""What an editor means as Markdown, and Markdown takes for words; and slips of the pen that nobody can mend.

Read from the source, which still has its lines; code is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from magazine.addresses import is_name, name_wanted
from magazine.danish.typography import OBJECT
from magazine.problems import did_you_mean

#: The blocks of an article beside those of figures.
BLOCKS = ("fakta", "citat")

_FENCE = re.compile(r"\s*(?:[-*+]\s+|\d+\.\s+|>\s*)*(?P<fence>`{3,}|~{3,})")
#: What stands beside the accent of a fence on a Danish keyboard, or is made of it by a word processor.
_FALSE_FENCE = re.compile(r"\s*(?P<fence>([´'’‘])\2{2,})\s*(?:(?:tal-|artik)\S*\s*)?\Z", re.IGNORECASE)
#: The name of one of our blocks that stands alone on its line; what follows it is a key.
_NAME = re.compile(r"\s*(?P<name>tal-[a-zæøå]+|artikler)\s*\Z", re.IGNORECASE)
_NAME_ABOVE_KEY = re.compile(r"\n(?P<name>tal-[a-zæøå]+|artikler)[ ]*\n\s*[a-zæøå]+:\s", re.IGNORECASE)
_FALSE_FENCES = ("´´´", "'''", "’’’", "‘‘‘")
_FALSE_SIGNS = "•·●▪◦‣"
_FALSE_ITEM = re.compile(rf"\s*(?P<sign>[{_FALSE_SIGNS}]|\d+\))\s*\S|-(?P<word>[^\W\d_]\S*)")
_ROW = re.compile(r"\|.*\|\s*\Z")
_LINE_OF_TABLE = re.compile(r"[|\s:-]*-[|\s:-]*\Z")
_SPACED_PICTURE = re.compile(r"!\s+\[[^\[\]]*\]\(\S+\.(?:jpe?g|png|webp|avif|gif|svg)\b", re.IGNORECASE)
_INDENTED = re.compile(r"(?: {4}|\t)\s*(?P<words>[^\W\d_]\S*(?:\s+\S+){3})")
#: Code inside a line.
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_ESCAPED = re.compile(r"\\.")
_BLOCK = re.compile(r"\s*/{3,}(?:\s*(?P<name>[^\s|]+).*)?\s*\Z")
#: What should stand behind the three strokes, on the line below them.
_BLOCK_BELOW = re.compile(rf"\s*(?:{'|'.join(BLOCKS)})(?:\s*\|.*)?\s*\Z")
_ITEM = re.compile(r"(?:[-*+]|\d+\.)\s+\S")
#: A first item; «5. juni» at the beginning of a line is none.
_FIRST_ITEM = re.compile(r"[-*+]\s+\S|1\.\s+(?![a-zæøå])")
_FALSE_ITEM_BELOW = re.compile(r"\n(?=[\s\d-])\s*(?:\d+\)|-\w)")
#: A line that may be an item, below another. A pattern that begins with a sign is tried at that one alone,
#: which takes a third as long as looking for two signs together.
_NEXT_ITEM = re.compile(r"\n(?:[-*+]|1\.)")
_BRACKET = re.compile(r"\](?=[:[])")
_NOTE = re.compile(r"\[\^(?P<name>[^\]\n]+)\](?P<colon>:)?")
_DEFINITION = re.compile(r" {0,3}\[(?P<name>(?!\^)[^\]]+)\]:\s*<?(?P<to>\S+)")
_BY_NAME = re.compile(r"\[(?P<words>[^\[\]]+)\]\[(?P<name>[^\[\]]*)\]")
_DESTINATION = re.compile(r"\]\((?:[^()]|\([^()]*\))*\)")
#: ``{#anker}`` and ``{.klasse}``.
ATTRIBUTES = re.compile(r"\{:?[^{}\n]*\}")
_QUOTES = re.compile(r'["”“„»«]')
_SPACE = re.compile(r"\w+ +[,;!?](?=[\sa-zæøå]|\Z)|\w+ +[.:](?=\s*\Z)")
#: «&nbsp;procent» is one character and a word.
_NO_SPACE = re.compile(r"(?<!&)\b[A-ZÆØÅa-zæøå][a-zæøå]*[,;][a-zæøå]+")
#: What the two have in the middle: looked for first, since it is rare, and a word begins everywhere.
_SIGN_AFTER_SPACE = re.compile(r" [,;!?.:]")
_SIGN_IN_WORD = re.compile(r"[,;][a-zæøå]")
#: The same for a whole text: a pattern that begins with a character is tried at that one alone.
_MISSPELT = tuple(
    (
        sign,
        re.compile(
            rf"{re.escape(sign)}(?:(?<= .)|[a-zæøå])" if sign in ",;" else rf"{re.escape(sign)}(?<= .)"
        ),
    )
    for sign in ",;!?.:"
)

_PLAIN = frozenset("#>|-*+:/[ \t")


class Slip(Struct, frozen=True):
    """Something to tell, and the line it is on."""

    line: int
    message: str
    warning: bool = False


def slips(body: str, first_line: int = 1) -> tuple[Slip, ...]:
    r"""Return what a Markdown text does not say that its writer meant.

    Args:
        body: the text, lines divided by ``\n``.
        first_line: the number of its first line in the file.
    """
    lines = _without_code(body)
    text = "\n".join(lines)
    # Each looks at every line, and most texts have nothing for it to find.
    found: list[Slip] = []
    if "///" in text:
        found += [*_blocks(lines), *_pull_quotes(lines)]
    found += _lists(text, lines)
    found += _fences(body)
    if "tal-" in text or "artikler\n" in text:
        found += _names_alone(text)
    if "\t" in body or "\n    " in body:
        found += _indented(body.split("\n"), lines)
    if _may_have_false_items(text):
        found += _false_items(lines)
    if "|" in text:
        found += _tables(lines)
    if "!" in text and "! [" in text:
        found += _spaced_pictures(lines)
    if "^" in text:
        notes = _notes(lines)
        # A fence without its end has the notes in it: they are there, and what is wrong is told already.
        found += (slip for slip in notes if body.count("```") % 2 == 0 or "findes ikke" not in slip.message)
    if _BRACKET.search(text):
        found += _references(lines)
    if _may_be_misspelt(text):
        found += _spelling(lines)
    return tuple(Slip(first_line + slip.line, slip.message, slip.warning) for slip in found)


def has_fences(text: str) -> bool:
    """Tell whether a Markdown text holds what may be a fence."""
    # Three signs together are looked for ten times as long as one.
    return ("`" in text and "```" in text) or ("~" in text and "~~~" in text)


def without_code(text: str) -> str:
    """Return a Markdown text with spaces where code is, its length and lines unchanged."""
    return "\n".join(_without_code(text))


@lru_cache(maxsize=1)  # several look at one text, one after the other
def _without_code(body: str) -> Sequence[str]:
    lines = body.split("\n")
    if not any(sign in body for sign in "`~\\\t") and not body.startswith("    ") and "\n    " not in body:
        return lines
    may_have_fences = has_fences(body)
    fence = ""
    after_blank = True
    for index, line in enumerate(lines):
        opening = _FENCE.match(line) if may_have_fences else None
        if fence:
            bare = line.strip(" >")
            lines[index] = " " * len(line)
            if bare and set(bare) == {fence[0]} and len(bare) >= len(fence):
                fence = ""
        elif opening:
            fence = opening["fence"]
            lines[index] = " " * len(line)
        elif after_blank and line.startswith(("    ", "\t")) and not _in_item(lines, index):
            lines[index] = " " * len(line)
        after_blank = not lines[index].strip()
    text = "\n".join(lines)
    if "`" in text:
        text = CODE.sub(_blank, text)
    if "\\" in text:
        text = _ESCAPED.sub(_blank, text)
    return text.split("\n")


def _blank(match: re.Match[str]) -> str:
    # No letter and no space: what stands around code is judged by itself.
    return re.sub(r"[^\n]", OBJECT, match[0])


def _in_item(lines: Sequence[str], index: int) -> bool:
    """Tell whether an indented line goes on with a list, a definition or a footnote."""
    for line in reversed(lines[:index]):
        if line.strip() and not line.startswith((" ", "\t")):
            return bool(_ITEM.match(line)) or line.startswith(("[^", ":"))
    return False


def _fences(body: str) -> Iterator[Slip]:
    """Yield each fence that is not closed, and each line that was meant as one and has other signs."""
    if not any(sign[0] in body and sign in body for sign in ("```", "~~~", *_FALSE_FENCES)):
        return
    fence, name, opened = "", "", 0
    # What looks false within code may be code, unless the code never ends.
    inside: list[Slip] = []
    lines = body.split("\n")
    for index, line in enumerate(lines):
        bare = line.strip(" >")
        if fence and bare and set(bare) == {fence[0]} and len(bare) >= len(fence):
            fence = ""
            continue
        false = _FALSE_FENCE.match(line)
        if false:
            told = (
                f"«{false['fence']}» begynder og slutter ingen blok. Skriv ``` i stedet: accenten, der "
                "hælder den anden vej (Skift og tasten med de to accenter, og så mellemrum)."
            )
            if fence:
                inside.append(Slip(index, told))
            else:
                yield Slip(index, told)
        opening = None if fence else _FENCE.match(line)
        if opening:
            fence, name, opened, inside = opening["fence"], line[opening.end() :].strip(), index, []
            below = index + 1
            while below < len(lines) and not lines[below].strip():
                below += 1
            alone = _NAME.match(lines[below]) if below < len(lines) and not name else None
            if alone:
                yield Slip(
                    below,
                    f"«{alone['name']}» skal stå på linjen med «{fence}», ellers bliver blokken trykt, som "
                    f"den er skrevet. Skriv {fence}{alone['name'].lower()}, og slet linjen her.",
                )
    if fence:
        yield from inside
        if not name.lower().startswith(("tal-", "artik")):
            yield Slip(
                opened,
                f"blokken, der begynder med «{fence}», er ikke lukket. Skriv {fence} på en linje for sig "
                "selv, hvor den slutter, eller slet linjen.",
            )


def _names_alone(text: str) -> Iterator[Slip]:
    """Yield each name of a block above its keys that has no fence."""
    # A pattern that begins with the end of a line is tried there alone.
    lines = f"\n{text}"
    for match in _NAME_ABOVE_KEY.finditer(lines):
        name = match["name"]
        yield Slip(
            lines.count("\n", 0, match.start()),
            f"«{name}» begynder ingen blok uden tre accenter foran. Skriv ```{name.lower()} her, og ``` på "
            "en linje for sig selv efter blokken.",
        )


def _indented(body: Sequence[str], lines: Sequence[str]) -> Iterator[Slip]:
    """Yield each paragraph that is code because it is indented: nobody would check the figures in it."""
    is_begun = False
    for index, line in enumerate(body):
        is_code = bool(line.strip()) and not lines[index].strip() and line.startswith(("    ", "\t"))
        words = _INDENTED.match(line) if is_code and not is_begun else None
        is_begun = is_code
        if words:
            yield Slip(
                index,
                f"«{' '.join(words['words'].split())} …» er rykket ind, så det bliver trykt som kode. Slet "
                "det, der står foran. Er det kode, så skriv ``` på en linje før og en linje efter.",
            )


def _false_items(lines: Sequence[str]) -> Iterator[Slip]:
    """Yield the first line of each list whose items have a sign that makes none."""
    was_false = False
    for index, line in enumerate(lines):
        match = _FALSE_ITEM.match(line)
        before = lines[index - 1] if index else ""
        # «-agtig» can begin a line of running text.
        if match and match["word"] and before.strip() and not _ITEM.match(before):
            match = None
        if match and not was_false:
            if match["word"]:
                told = (
                    f"«-{match['word']}» har intet mellemrum efter stregen, så linjen bliver ikke til et "
                    f"punkt. Skriv «- {match['word']}»."
                )
            elif match["sign"][0].isdecimal():
                told = f"«{match['sign']}» begynder intet punkt i en liste. Skriv «{match['sign'][:-1]}. »."
            else:
                told = f"«{match['sign']}» begynder intet punkt i en liste. Skriv «- »."
            yield Slip(index, told, warning=True)
        was_false = bool(match) or (was_false and bool(line.strip()))


def _tables(lines: Sequence[str]) -> Iterator[Slip]:
    """Yield each table that has no line of dashes below its head, and is printed as running text."""
    for index, line in enumerate(lines[:-1]):
        before = lines[index - 1] if index else ""
        if before.strip() or not _ROW.match(line) or not _ROW.match(lines[index + 1]):
            continue
        if not _LINE_OF_TABLE.match(lines[index + 1]):
            columns = len(re.findall(r"(?<!\\)\|", line)) - 1
            yield Slip(
                index + 1,
                "tabellen mangler linjen mellem hovedet og rækkerne. Skriv oven over denne: "
                f"|{' --- |' * columns}",
            )


def _spaced_pictures(lines: Sequence[str]) -> Iterator[Slip]:
    for index, line in enumerate(lines):
        if _SPACED_PICTURE.search(line):
            yield Slip(index, "«! [» har et mellemrum, så billedet bliver til et link. Skriv «![».")


def _blocks(lines: Sequence[str]) -> Iterator[Slip]:
    opened: list[tuple[int, str]] = []
    for index, line in enumerate(lines):
        match = _BLOCK.match(line) if "///" in line else None
        if match is None:
            continue
        name = match["name"]
        if name is None:
            below = _BLOCK_BELOW.match(lines[index + 1]) if index + 1 < len(lines) else None
            if below:
                opened.append((index, ""))
                words = below[0].strip()
                told = f"«{words}» skal stå på linjen med «///». Skriv /// {words}, og slet linjen her."
                yield Slip(index + 1, told)
            elif opened:
                opened.pop()
            else:
                yield Slip(index, "linjen «///» lukker en blok, men der er ingen åben. Slet linjen.")
        elif name not in BLOCKS:
            yield Slip(
                index,
                f"blokken «/// {name}» kendes ikke.{did_you_mean(name, BLOCKS)} "
                f"Der kan stå: {', '.join(f'/// {block}' for block in BLOCKS)}.",
            )
            opened.append((index, ""))
        else:
            opened.append((index, name))
            title = line.partition(name)[2].strip()
            if title and not title.startswith("|"):
                yield Slip(
                    index,
                    f"«{line.strip()}» mangler en lodret streg efter «{name}». Skriv /// {name} | {title}",
                )
    yield from (
        Slip(index, f"blokken «/// {name}» er ikke lukket. Skriv «///» på en linje for sig selv efter den.")
        for index, name in opened
        if name
    )


def _pull_quotes(lines: Sequence[str]) -> Iterator[Slip]:
    """Yield each quotation without a name that is no sentence of the text itself."""
    quotes: list[tuple[int, str]] = []
    rest: list[str] = []
    quoted: list[str] = []
    is_named = False
    opened: int | None = None
    for index, line in enumerate(lines):
        match = _BLOCK.match(line) if "///" in line else None
        if match is None:
            (rest if opened is None else quoted).append(line)
        elif match["name"] == "citat":
            opened, quoted, is_named = index, [], bool(line.partition("|")[2].strip())
        elif opened is not None:
            if not is_named:
                quotes.append((opened, " ".join(quoted)))
            opened = None
    body = _words_of(" ".join(rest)) if quotes else ""
    for index, quote in quotes:
        words = _words_of(quote)
        if words and words not in body:
            yield Slip(
                index,
                "citatet står ikke i teksten. Skriv en sætning fra teksten selv, som den står der, "
                "eller skriv, hvem der siger det: /// citat | Navn",
                warning=True,
            )


def _words_of(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", _DESTINATION.sub("]", text).casefold()))


def _lists(text: str, lines: Sequence[str]) -> Iterator[Slip]:
    index = at = 0
    for item in _NEXT_ITEM.finditer(text):
        index, at = index + text.count("\n", at, item.start() + 1), item.start() + 1
        before = lines[index - 1]
        if (
            _FIRST_ITEM.match(lines[index])
            and before.strip()
            and before[0] not in _PLAIN
            and not before[0].isdecimal()
            and not _in_paragraph_of_items(lines, index)
        ):
            yield Slip(
                index,
                "der mangler en tom linje før listen, så punkterne bliver til løbende tekst. Er det en "
                "tankestreg og ingen liste, så skriv «–».",
                warning=True,
            )


def _in_paragraph_of_items(lines: Sequence[str], index: int) -> bool:
    """Tell whether the lines above, up to the next empty one, begin with an item."""
    while index > 0 and lines[index - 1].strip():
        index -= 1
    return bool(_ITEM.match(lines[index]))


def _notes(lines: Sequence[str]) -> Iterator[Slip]:
    defined: dict[str, int] = {}
    used: dict[str, int] = {}
    for index, line in enumerate(lines):
        if "[^" not in line:
            continue
        for match in _NOTE.finditer(line):
            name = match["name"]
            if not match["colon"] or match.start() > 3 or line[: match.start()].strip():
                used.setdefault(name, index)
            elif name in defined:
                yield Slip(index, f"fodnoten «[^{name}]» står to gange. Giv den ene et andet navn.")
            else:
                defined[name] = index
                if not is_name(name):
                    yield Slip(
                        index,
                        f"fodnoten «[^{name}]» kan ikke hedde det: {name_wanted(name, '[^{}]')}",
                    )
    for name, index in used.items():
        if name not in defined:
            yield Slip(
                index,
                f"fodnoten «[^{name}]» findes ikke.{did_you_mean(name, defined)} Skriv den nederst: "
                f"«[^{name}]: Notens tekst.»",
            )
    for name, index in defined.items():
        if name not in used:
            yield Slip(
                index, f"fodnoten «[^{name}]» bruges ikke. Skriv [^{name}] i teksten, eller slet noten."
            )


def _references(lines: Sequence[str]) -> Iterator[Slip]:
    """Yield what is wrong with links in two places: ``[words][name]`` and ``[name]: address``."""
    defined: dict[str, tuple[int, str, str]] = {}
    for index, line in enumerate(lines):
        match = _DEFINITION.match(line) if line.lstrip().startswith("[") else None
        if match is not None:
            defined.setdefault(_folded(match["name"]), (index, match["name"], match["to"]))
    text = "\n".join(lines)
    if defined or "][" in text:
        for match in _BY_NAME.finditer(text):
            name = match["name"] or match["words"]
            if _folded(name) not in defined:
                told = (
                    f"Skriv [{match['words']}]({name})."
                    if name.lower().startswith("tal:")
                    else f"Skriv [{match['words']}](adresse), eller tilføj en linje: «[{name}]: adresse»."
                )
                yield Slip(
                    text.count("\n", 0, match.start()), f"linket «{match[0]}» har ingen adresse. {told}"
                )
    for folded, (index, name, to) in defined.items():
        uses = len(re.findall(rf"\[{re.escape(name)}\](?!:)", text, re.IGNORECASE))
        if not uses and not any(_folded(match["name"]) == folded for match in _BY_NAME.finditer(text)):
            what = "henvisningen" if to.casefold().startswith("tal:") else "linket"
            yield Slip(
                index, f"{what} «[{name}]» bruges ikke. Skriv [ord][{name}] i teksten, eller slet linjen."
            )


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _may_be_misspelt(text: str) -> bool:
    """Tell whether a text has any of what all that is told of the spelling has in it."""
    # What stands in braces is left out, and then other signs meet.
    if "{" in text or any(sign in text for sign in '"”“„»«'):
        return True
    return any(sign in text and pattern.search(text) is not None for sign, pattern in _MISSPELT)


def _may_have_false_items(text: str) -> bool:
    if any(sign in text for sign in _FALSE_SIGNS):
        return True
    return _FALSE_ITEM_BELOW.search(f"\n{text}") is not None


def _spelling(lines: Sequence[str]) -> Iterator[Slip]:
    start = 0
    for index, line in enumerate((*lines, "")):
        if not line.strip():
            if start < index:
                yield from _odd_quotes(lines[start:index], start)
            start = index + 1
            continue
        prose = line
        if "](" in prose or "{" in prose:
            prose = ATTRIBUTES.sub("", _DESTINATION.sub("]", prose))
        if line.lstrip()[:1] in "|:[/" or "://" in prose:
            continue
        for sign, pattern, what in (
            (_SIGN_AFTER_SPACE, _SPACE, "mellemrum foran tegnet"),
            (_SIGN_IN_WORD, _NO_SPACE, "intet mellemrum efter tegnet"),
        ):
            found = pattern.search(prose) if sign.search(prose) else None
            if found:
                yield Slip(index, f"«{found[0]}» har {what}.", warning=True)


def _odd_quotes(lines: Sequence[str], start: int) -> Iterator[Slip]:
    text = "\n".join(lines)
    if not any(sign in text for sign in '"”“„»«'):
        return
    text = ATTRIBUTES.sub("", _DESTINATION.sub("]", text))
    found = list(_QUOTES.finditer(text))
    if len(found) % 2:
        line = start + text.count("\n", 0, found[-1].start())
        yield Slip(line, "afsnittet har et anførselstegn for lidt eller for meget.", warning=True)
