"""The words of a text that are the magazine's own, with their lines, and the figures among them.

Read from the Markdown source, where lines are lines: code, links, references, quotations and addresses are
blotted out, and what is left is searched for numbers with a unit, shares and ratios (design.md, "Unbound
figures"). It needs no data, so what it finds can be kept with the rendered text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from magazine.danish.beginnings import beginnings
from magazine.danish.numbers import ONES, TENS
from magazine.hedges import TABLE
from magazine.references import Demand
from magazine.slips import ATTRIBUTES, CODE

#: Stands where something was blotted out; no word, and no white space.
_BLOT = "\0"


class Prose(Struct, frozen=True):
    """A block of text: a paragraph, a heading, an item, a row; links, code and quotations are blotted out."""

    text: str
    line: int
    """The file's line on which it begins; each line break in ``text`` is one in the file."""

    def line_of(self, position: int) -> int:
        """Return the file's line of a position in the text."""
        return self.line + self.text.count("\n", 0, position)


class LooseFigure(Struct, frozen=True):
    """A figure in prose that no reference holds."""

    words: str
    """With its hedge: ``næsten 59 procent``."""
    unit: str
    """Its unit word, folded; empty for shares, ratios and bare millions."""
    line: int
    sentence: str
    """The sentence that it stands in, for finding out what it counts."""
    first_line: int
    """Where the block begins; the references of the same block belong to the same matter."""
    last_line: int
    nearby: str = ""
    """The heading above, and the block; of a table, its head and the row."""


def loose_figures(body: str, first_line: int = 1) -> tuple[LooseFigure, ...]:
    """Return the figures of a Markdown text that stand outside references.

    Args:
        body: the text after the front matter.
        first_line: the number of its first line in the file.
    """
    return loose_among(prose_of(body, first_line))


def loose_among(blocks: Iterable[Prose]) -> tuple[LooseFigure, ...]:
    """Return the figures of a Markdown text that stand outside references.

    Args:
        blocks: the text's, in their order (``prose_of``).
    """
    texts = list(blocks)
    found: list[LooseFigure] = []
    # One look through all of them costs less than one at each; what divides them begins no word and ends one.
    beginning = iter(beginnings(_BLOT.join([block.text for block in texts])))
    start = next(beginning, None)
    heading = head = ""
    first = 0
    for block in texts:
        if start is None:
            break
        if "#" in block.text and _HEADING.match(block.text):
            heading = block.text
        # A row has lost its bars, and begins where the first of them stood.
        is_row = block.text.lstrip().startswith(_BLOT)
        head = (head or block.text) if is_row else ""
        starts = []
        after = first + len(block.text) + len(_BLOT)
        while start is not None and start < after:
            starts.append(start - first)
            start = next(beginning, None)
        if starts:
            found += _figures(block, starts, f"{heading} {head}")
        first = after
    return tuple(found)


def loose_in_field(text: str, line: int) -> tuple[LooseFigure, ...]:
    """Return the figures of a line of front matter that stand outside references."""
    prose = _blotted(text, _quotes_in(text))
    return tuple(_figures(Prose(prose, line), beginnings(prose), ""))


# --- From source to prose ------------------------------------------------------------------------------

#: A block of figures is read with its own titles and texts (``magazine.blocks``), code is not read at all.
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_BLOCK = re.compile(r"\s*/{3,}\s*(?P<name>\w+)?(?:\s*\|\s*(?P<title>.*))?\Z")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:\s*\S")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.|\[\^[^\]]+\]:|:)\s+")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_RULE = re.compile(r"\s*(?:\|?[\s:|-]*-[\s:|-]*\|?|=+|[*_ ]{3,})\s*\Z")

_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(\s*<?[^\s()<>]*>?(?:\s+[\"”“](?P<title>[^\"”“]*)[\"”“])?\s*\)")
_LINK = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])")
_NOTE = re.compile(r"\[\^[^\]]*\]:?")
_ADDRESS = re.compile(r"<?(?:https?://|www\.|mailto:)[^\s>]*>?|(?<!\S)[^\s@]+@[^\s@]+\.\w+")
_QUOTES = re.compile(
    r"»[^»«]*(?:«|\Z)|«[^»«]*(?:»|\Z)|[”“„][^”“„]*(?:[”“]|\Z)|\"[^\"]*\"|(?<!\w)‘[^‘’]*’",
)
#: What a quotation begins with.
_QUOTATION = '»«”“„"‘'
#: Danish papers set speech after a dash, too; it ends where the speaker is named.
_SPEECH = re.compile(
    r"\A\s*[–—]\s.*?(?:,\s(?=(?:siger|sagde|svarer|fortæller|forklarer|mener|lyder|skriver)\b)|\Z)", re.DOTALL
)
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|~~")


def prose_of(body: str, first_line: int = 1) -> Iterator[Prose]:
    r"""Yield the blocks of a Markdown text, in its own order.

    Args:
        body: the text, lines divided by ``\n``.
        first_line: the number of its first line in the file.
    """
    quotes = _quotes_in(body)
    for line, block in _blocks(body.split("\n")):
        text = _blotted("\n".join(block), quotes)
        if text.strip(f"{_BLOT} \n"):
            yield Prose(text, first_line + line)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield runs of lines that belong together, with the index of the first."""
    start, block = 0, list[str]()
    index, quoted, in_item = 0, False, False
    while index < len(lines):
        line = lines[index]
        # Nine of ten lines are empty or begin with a letter, and are nothing else that is asked for below.
        if not line or (line[0].isalpha() and not quoted):
            if line:
                start, in_item = (start if block else index), False
                block.append(line)
            elif block:
                yield start, block
                block = []
            index += 1
            continue
        fence, named = _FENCE.match(line), _BLOCK.match(line)
        is_code = not block and not in_item and line.startswith(("    ", "\t"))
        skipped = quoted or is_code or line.lstrip().startswith(">")
        ends = not line.strip() or fence or named or skipped or _DEFINITION.match(line) or _RULE.match(line)
        if block and (ends or _ITEM.match(line) or _HEADING.match(line) or _is_row(line)):
            yield start, block
            block = []
        if fence:
            index = _closing(lines, index, fence["fence"])
        elif named:
            quoted = named["name"] == "citat"
            if named["title"] and not quoted:
                yield index, [named["title"]]
        elif not ends:
            if not block:
                start = index
            block.append(line)
            if _HEADING.match(line) or _is_row(line):
                yield start, block
                block = []
        if line.strip():
            in_item = bool(_ITEM.match(line)) or (in_item and line.startswith((" ", "\t")))
        index += 1
    if block:
        yield start, block


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|")


def _closing(lines: list[str], opening: int, fence: str) -> int:
    for index in range(opening + 1, len(lines)):
        bare = lines[index].strip()
        if bare and set(bare) == {fence[0]} and len(bare) >= len(fence):
            return index
    return len(lines)


def _quotes_in(text: str) -> str:
    return "".join(sign for sign in _QUOTATION if sign in text)


def _blotted(text: str, quotes: str) -> str:
    """Return a block without what is not the magazine's own.

    Args:
        text: the block.
        quotes: what quotations begin with in its text.
    """
    # Most paragraphs have next to none of this: looking for a sign costs a hundredth of trying a pattern.
    if "`" in text:
        text = CODE.sub(_blot, text)
    if "[" in text:
        if "!" in text:
            text = _PICTURE.sub(_picture, text)
        text = _LINK.sub(_blot, text)
        if "^" in text:
            text = _NOTE.sub(_blot, text)
    if "{" in text:
        text = ATTRIBUTES.sub(_blot, text)
    if "@" in text or (":" in text and ("://" in text or "mailto:" in text)) or "www." in text:
        text = _ADDRESS.sub(_blot, text)
    if not text[:1].isalpha() and _ITEM.match(text):
        text = _ITEM.sub(_blot, text, count=1)
    if quotes and any(sign in text for sign in quotes):
        text = _QUOTES.sub(_blot, text)
    if "–" in text or "—" in text:
        text = _SPEECH.sub(_blot, text, count=1)
    if "*" in text or "_" in text or "~~" in text:
        text = _EMPHASIS.sub("", text)
    if "|" in text:
        text = text.replace("|", _BLOT)
    return text.replace("&nbsp;", " ") if "&" in text else text


def _blot(match: re.Match[str]) -> str:
    """Return the blot with as many line breaks as it covers, so that lines stay true."""
    return f" {_BLOT}" + "\n" * match[0].count("\n") + " " if "\n" in match[0] else _BLOT


def _picture(match: re.Match[str]) -> str:
    # What stands between the quotation marks is the caption: the magazine's words, not a quotation.
    return f"{_BLOT}{match['alt']}{_BLOT}{match['title'] or ''}{_BLOT}"


# --- Figures in prose ----------------------------------------------------------------------------------

_DIGITS = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?|[½¼¾])"
_SMALL = "|".join([*ONES[2:], *TENS, "nul", "én", "ét", "een", "halvanden", "halvandet"])
_COMPOUND = rf"(?:{'|'.join((*ONES[1:10], 'én', 'et'))})og(?:{'|'.join(TENS)})"
_WORDS = (
    rf"(?:(?:en|to|et)\s+halvt?|{_COMPOUND}|{_SMALL}"
    r"|(?:to|tre|fire|fem|seks|syv|otte|ni)?(?:hundrede?|tusinde?))(?!\w)"
)
_NUMBER = rf"(?:{_DIGITS}|{_WORDS})"
_SCALE = r"(?:mio\.?|mia\.?|million(?:er)?|milliard(?:er)?)"
_AMOUNT = rf"(?:{_NUMBER}(?:\s+(?:hundrede?|tusinde?))?(?:\s*{_SCALE})?|(?:en|et)\s+(?:halv\s+)?{_SCALE})"
_UNIT = (
    r"(?:procent(?:point)?|%(?:-?point)?|pct\.?(?:-?point)?"
    r"|(?:kroner|krone|kr\.)(?:\s+(?:i\s+timen|per\s+time|pr\.\s+time))?|kr\.?"
    r"|timer\s+om\s+måneden|timer|time|dages?|dag|uger|uge|måneder|måned|mdr\.?|år|mandater|mandat|point|gange"
    r"|personer|person|stk\.?)"
)
_HEDGES = "|".join(
    sorted((re.escape(kin) for _, kins in TABLE for kin in kins if "…" not in kin), key=len, reverse=True)
)
#: What may stand before a figure and belong to it.
_HEDGE = re.compile(rf"(?<!\w)(?:(?:{_HEDGES})\s+)?(?:(?:mellem|fra)\s+)?\Z", re.IGNORECASE)
_HEDGED = rf"(?:(?:{_HEDGES})\s+)?"
_NO_START = re.compile(r"(?:[\w.,:/§%−-]|§\s)\Z")

_FIGURES = re.compile(
    rf"(?:{_NUMBER}\s*(?P<joiner>[-–]|og|til|eller)\s*)?"
    rf"(?:(?P<currency>kr\.?\s+){_AMOUNT}"
    rf"|(?P<number>{_AMOUNT})(?:\s*(?P<unit>(?:(?<=\d)|(?<=\s)){_UNIT})(?P<genitive>s)?(?!\w)"
    rf"|\s+(?P<adjective>(?!og\b|eller\b)\w{{3,}}e)\s+(?P<far>{_UNIT})(?!\w)"
    r"|-(?P<joined>timers|ugers|dages|måneders)(?!\w)|(?P<bare>)))",
    re.IGNORECASE,
)
_RATIOS = re.compile(
    rf"(?:(?:dobbelt|halvt?|halvdelen|{_NUMBER}\s+gange?)\s+så\s+\w+"
    r"|(?:en\s+)?(?:for|tre|fire|fem|seks|syv|otte|ni|ti)dobl(?:e[srt]?|edes|ede|ing|ingen)(?!\w)"
    r"|(?:en\s+)?halver(?:e[srt]?|edes|ede|ing|ingen)(?!\w))",
    re.IGNORECASE,
)
_PART = r"(?:halv|tredje|fjerde|femte|sjette|syvende|ottende|niende|tiende)del"
_TIME = (
    r"(?:uger?|dage?|måneder?|år|årti|gange?|time|minut|sekund|weekend|aften|morgen|nat|sommer|vinter|forår"
    r"|efterår|kvartal|generation|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)"
)
_SHARES = re.compile(
    rf"(?:halvdelen|halvparten|{_PART}en(?!\w)"
    rf"|(?:en|{_NUMBER})\s+(?:{_HEDGED})(?:{_PART}e?|god\s+{_PART}|knap\s+{_PART})(?!\w)"
    rf"|hver(?:t)?\s+(?:anden|andet|tredje|fjerde|femte|sjette|syvende|ottende|niende|tiende|\d+\.)"
    rf"(?!\s+{_TIME}\b)(?=\s|[{_BLOT}.,;:!?)]|\Z)"
    rf"|(?:{_NUMBER}|en|et)\s+ud\s+af\s+(?:hver\s+)?(?:{_NUMBER})(?!\w))",
    re.IGNORECASE,
)

#: Nearly every «en» and «et» counts nothing; behind one that does stands one of these.
_ONE = rf"(?:halv|ud\s|mi[ol]|mia|god\s|knap\s|{_PART}|\w+dobl|(?:{_HEDGES})\s)"
#: Most figures are years or days of a month: behind them ends a clause, or stands a word that is none of
#: these and no adjective.
_MORE = (
    rf"(?:{_UNIT}|{_SCALE}|hundred|tusind|gang|ud\s|og\s|til\s|eller\s|god\s|knap\s|{_PART}|(?:{_HEDGES})\s)"
)
_NO_FIGURE = re.compile(
    rf"e[nt](?!\w)(?!\s+{_ONE})|\d+(?:[.,;:!?)](?!\d)|\s+(?!{_MORE})\w*[^\We](?!\w))", re.IGNORECASE
)

#: «flere hundrede kroner» is no figure.
_VAGUE = re.compile(r"(?:flere|mange|nogle|adskillige|talrige|utallige)\s*\Z", re.IGNORECASE)
_AGE_AFTER = re.compile(
    r"\s*(?:gam(?:mel|melt|le)\b|(?:og|eller)\s+(?:derover|derunder|ældre|yngre|opefter)\b|s?-?\s*alder"
    r"|s?-?\s*fødselsdag|s?-?\s*jubil|s\s+dag\b)",
    re.IGNORECASE,
)
_PEOPLE = (
    r"(?:\w*(?:børn|barn|unge|kvinder?|kvinden|mænd|mand|manden|piger?|pigen|drenge?n?|personer?|folk|borgere"
    r"|indbyggere|voksne|ældre|mennesker|lønmodtagere|medarbejdere|elever|danskere|forældre|mødre|fædre|søn|datter|mor"
    r"|far|dem)|alle|den|han|hun)"
)
_AGE_BEFORE = re.compile(
    rf"(?:\b\w*alder\w*[^.\n{_BLOT}]{{0,24}}"
    rf"|\b{_PEOPLE}(?:\s+i\s+\w+)?\s+(?:på|over|under|mellem|fra|til|mindst|højst|omkring|som\s+er)\s*"
    r"|\bfyld(?:er|te|t|e)\s*(?:de\s+)?"
    r"|\b(?:(?:hun|han|jeg|du|vi|barnet|børnene)\s+(?:er|var|blev|bliver)|(?:er|var)\s+(?:hun|han|jeg|du|barnet))"
    r"\s*(?:kun|blot|nu|under|over|mellem|mindst|højst)?\s*)\Z",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[A-ZÆØÅ]\w+(?:,\s|\s\()\Z")
_RANGE_START = re.compile(rf"{_NUMBER}\s*(?:[-–]|og|til|eller)\s*\Z", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
#: A sentence ends before a capital letter, a figure or a quotation; "24. maj" and "kl. 17" do not end one.
#: The pattern begins with a space, so that it is tried at spaces alone; what stands before is looked at then.
_END = re.compile(
    r"\s(?:(?<=[^\d][.!?…]\s)|(?<=[.!?…][”\"»)]\s))\s*(?=[A-ZÆØÅ\d–«»”\"\0])|\s(?<=\d\d[.!?]\s)\s*(?=[A-ZÆØÅ])"
)
_SHORT = re.compile(
    r"\b(?:kl|ca|nr|stk|pct|mio|mia|kr|f\.eks|bl\.a|fx|dvs|jf|pr|side|s|maks|tlf|kap|art)\.\Z", re.IGNORECASE
)


def _figures(block: Prose, starts: Iterable[int], above: str) -> Iterator[LooseFigure]:
    text = block.text
    last = block.line + text.count("\n")
    at = 0
    for start in starts:
        if start < at:
            continue
        found = _figure_at(text, start)
        if found is None:
            continue
        at, unit = found
        start -= text[start - 1 : start] in ("−", "–", "-")
        hedge = _HEDGE.search(text, max(0, start - 24), start)
        if hedge is not None and (
            hedge[0].split()[-1:] not in (["mellem"], ["fra"]) or _is_range(text[start:at])
        ):
            start = hedge.start()
        if _VAGUE.search(text, max(0, start - 24), start):
            continue
        figure = " ".join(text[start:at].split())
        nearby = f"{above} {text}".replace(_BLOT, " ")
        yield LooseFigure(
            figure, unit, block.line_of(start), _sentence(text, start), block.line, last, nearby
        )


def _figure_at(text: str, start: int) -> tuple[int, str] | None:
    """Return where the figure that begins at a word ends, and its unit; ``None`` where none begins."""
    if _NO_FIGURE.match(text, start):
        return None
    for pattern in (_RATIOS, _SHARES):
        match = pattern.match(text, start)
        if match is not None:
            return match.end(), ""
    before = text[max(0, start - 2) : start]
    if _NO_START.search(before) and not re.search(r"(?:\A|\s)[−–-]\Z", before):
        return None
    match = _FIGURES.match(text, start)
    unit = _unit(match, text) if match is not None else None
    return (match.end(), unit) if match is not None and unit is not None else None


def _is_range(words: str) -> bool:
    match = _FIGURES.match(words)
    return match is not None and match["joiner"] is not None


def _unit(match: re.Match[str], text: str) -> str | None:
    """Return the unit of a number, folded; ``None`` where the number is none of ours: an age, a year."""
    if match["currency"]:
        return "kr."
    number, bare = match["number"], match["bare"] is not None
    if bare:
        return "" if re.search(_SCALE + r"\Z", number, re.IGNORECASE) else None
    if match["joined"]:
        return match["joined"].casefold().removesuffix("s")
    unit: str = " ".join((match["unit"] or match["far"]).casefold().split())
    if match["adjective"] and _YEAR.match(number):
        return None
    if unit == "år" and _is_age(match, text):
        return None
    return unit


def _is_age(match: re.Match[str], text: str) -> bool:
    if _AGE_AFTER.match(text, match.end() - len(match["genitive"] or "")):
        return True
    # «Anna Jensen, 34 år, …» and «Anna Jensen (34 år)».
    if text[match.end() : match.end() + 1] in (",", ")", ".") and _NAMED.search(text, 0, match.start()):
        return True
    # The words before the number, without the first number of a range: «kvinder mellem 30 og» 59 år.
    before = text[max(0, match.start() - 60) : match.start("number")]
    return bool(_AGE_BEFORE.search(_RANGE_START.sub("", before)))


def _sentence(text: str, position: int) -> str:
    first, last = _bounds(_ends(text), len(text), position, position)
    return " ".join(text[first:last].replace(_BLOT, " … ").split())


# --- Sentences around references -----------------------------------------------------------------------


class Sentence(Struct, frozen=True):
    """The sentence in which a reference stands, as it is printed."""

    before: str
    words: str
    """The reference's own."""
    after: str

    @property
    def text(self) -> str:
        """The whole of it."""
        return f"{self.before}{self.words}{self.after}"


def sentences(demands: Sequence[Demand], words: Sequence[str]) -> tuple[Sentence, ...]:
    """Return, for each reference of a text, the sentence in which it stands.

    In a table it is the cell, with what the row is about before it.

    Args:
        demands: a text's references, in its order.
        words: what is printed for each.
    """
    blocks: dict[str, list[tuple[int, int]]] = {}
    for number, demand in enumerate(demands):
        typed = f"{demand.before}{demand.words}{demand.after}"
        blocks.setdefault(typed, []).append((len(demand.before), number))
    found: dict[int, Sentence] = {}
    for typed, places in blocks.items():
        text, at, spans = "", 0, []
        for start, number in sorted(places):
            if start < at:
                # The same words stand in two blocks, such as two cells of a table.
                demand = demands[number]
                found[number] = _as_read(demand, demand.before, words[number], demand.after)
                continue
            text += typed[at:start]
            spans.append((number, len(text), len(text) + len(words[number])))
            text += words[number]
            at = start + len(demands[number].words)
        text += typed[at:]
        ends = _ends(text)
        for number, start, end in spans:
            first, last = _bounds(ends, len(text), start, end)
            found[number] = _as_read(demands[number], text[first:start], words[number], text[end:last])
    return tuple(found[number] for number in range(len(demands)))


def _as_read(demand: Demand, before: str, words: str, after: str) -> Sentence:
    row = f"{demand.row}: " if demand.row else ""
    return Sentence(row + _one_space(before).lstrip(), _one_space(words), _one_space(after).rstrip())


def _one_space(text: str) -> str:
    """Return a text with a single space wherever white space stands."""
    # Whatever holds the ends is taken off again; a pattern takes three times as long.
    return " ".join(f"|{text}|".split())[1:-1]


def _ends(text: str) -> list[tuple[int, int]]:
    """Return where sentences end, and where the next begins."""
    return [
        match.span()
        for match in _END.finditer(text)
        if not (text[match.end() : match.end() + 1].isdecimal() and _SHORT.search(text[: match.start()][-8:]))
    ]


def _bounds(ends: Sequence[tuple[int, int]], length: int, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence, or the sentences, from one position to another begin and end."""
    first = max((begin for _, begin in ends if begin <= start), default=0)
    last = min((stop for stop, _ in ends if stop >= end), default=length)
    return first, last
