"""What nearly all texts are made of, put up as a tree without Python-Markdown.

Paragraphs, headings, flat lists, quotations, pictures, tables and the magazine's own boxes; links, line
breaks and simple emphasis in them.

The tree is the one that Python-Markdown would hand to the steps that finish it, so all that comes after is
the same for both. Wherever a text holds a sign that may mean anything else, there is no tree, and
Python-Markdown reads it (decisions/0009).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from magazine.fences import TOKEN, TOKEN_OPEN
from magazine.slots import FIGURE, marked

#: What may mean something else wherever it stands: code, HTML, attributes, footnotes, and
#: definitions of links.
_SIGNS = ("`", "\\", "<", "{", "\r", "^", "]:")
#: A character by its name or number; any other «&» is itself.
_ENTITY = re.compile(r"&(?:#|\w+;)")

#: A line that goes on with its paragraph; one that begins with another sign may begin something else.
_LINE = r"[^\s#>+=:/~|-][^\n]*"
_PARAGRAPH = re.compile(rf"(?!(?:\d+\.|\*)[ ]){_LINE}(?:\n{_LINE})*\Z")
_HEADING = re.compile(r"(?P<level>#{1,6})[ ]*(?P<words>[^\s#][^#\n]*)(?:\n|\Z)")
_ITEM = rf"(?!\d+\.[ ]){_LINE}(?:\n[ ]{{2,3}}(?!\d+\.[ ]){_LINE})*"
_BULLETS = re.compile(rf"[*+-][ ]+{_ITEM}(?:\n[*+-][ ]+{_ITEM})*\Z")
_NUMBERS = re.compile(rf"(?P<first>\d+)\.[ ]+{_ITEM}(?:\n\d+\.[ ]+{_ITEM})*\Z")
_NEXT_BULLET, _NEXT_NUMBER = re.compile(r"(?:\A|\n)[*+-][ ]+"), re.compile(r"(?:\A|\n)\d+\.[ ]+")

_QUOTED = re.compile(r"(?:>(?: [^\n]*)?\n)*> [^\n]+\Z")
_BOX = "///"
_BOXED = re.compile(
    rf"{_BOX} (?P<name>fakta|citat)(?: \| (?P<words>[^\s|](?:[^\n|]*[^\s|])?))?\n(?P<text>.+)\n{_BOX}\Z",
    re.DOTALL,
)
_PICTURE = re.compile(
    r"!\[(?P<alt>[^\n\[\]]+)\]"
    r"\((?P<to>[^\s()\[\]\"']+)(?: +\"(?P<title>[^\s()\[\]\"'][^\n()\[\]\"']*)\")?\)\Z"
)
_TABLE = re.compile(r"\|[^\n]+\|\n\|(?: *:?-+:? *\|)+(?:\n\|[^\n]+\|)+\Z")
_SIDES = {(True, True): "center", (True, False): "left", (False, True): "right"}
_QUOTE_SIGN = re.compile(r"^> ?", re.MULTILINE)

_LINKED = (
    r"\[(?<!!\[)(?P<words>[^\[\]]+)\]"
    r"\((?P<to>[^\s()\[\]\"']+)(?: +\"(?P<title>[^\s()\[\]\"'][^\n()\[\]\"']*)\")?\)"
)
_LINK = re.compile(_LINKED)
_BREAK = "  \n"
#: One sign of what is stressed: a link, or what is none of the signs.
_STRESSED = r"(?:\[[^\[\]]+\]\([^\s()\[\]]+\)|[^\s*_\[\]])"
#: A link, words of emphasis between two like signs, or a break in a line.
_INLINE = re.compile(
    _LINKED + r"|(?<![\w*_])(?P<sign>\*\*?|__?)"
    rf"(?P<stressed>{_STRESSED}(?:\s*{_STRESSED})*)(?P=sign)(?![\w*_])"
    rf"|{_BREAK}"
)
_REFERENCE = re.compile(r"\]\([tT][aA][lL]:(?=[^\s)\]])")
_SPACE = re.compile(r"\s")


def plain_tree(text: str, first_line: int = 1) -> Element | None:
    r"""Return the tree of a Markdown text; ``None`` for one that may hold anything but the plainest.

    Args:
        text: the text, lines divided by ``\n``, blocks of figures replaced by their tokens.
        first_line: the number of its first line in the file, for the marks in its links.
    """
    if any(sign in text for sign in _SIGNS) or ("&" in text and _ENTITY.search(text)):
        return None
    # «tal:» outside a link is told of.
    if len(FIGURE.findall(text)) != len(_REFERENCE.findall(text)):
        return None
    root = Element("div")
    root.text = "\n"
    return root if _add_blocks(root, text, first_line) and len(root) else None


def _add_blocks(root: Element, text: str, line: int) -> bool:
    """Add all that the blocks of a text make; ``False`` where one may be more than it seems."""
    for part in _parts(text):
        block = part.strip("\n")
        if block and not _add_block(root, block, line + part.index(block)):
            return False
        line += part.count("\n") + 2
    return True


def _parts(text: str) -> Iterable[str]:
    """Return what stands between empty lines, a box with all that is in it."""
    parts = text.split("\n\n")
    if _BOX not in text:
        return parts
    found: list[str] = []
    is_open = False
    for part in parts:
        if is_open:
            found[-1] = f"{found[-1]}\n\n{part}"
        else:
            found.append(part)
        begins = part.lstrip("\n").startswith(f"{_BOX} ")
        is_open = (is_open or begins) and not part.rstrip("\n").endswith(_BOX)
    return found


def _add_block(root: Element, block: str, line: int) -> bool:
    """Add what a block makes; ``False`` where it may be more than it seems."""
    # A bar means something in a table alone, and in a box's first line.
    if "|" in block and block[0] not in "|/":
        return False
    if _PARAGRAPH.match(block):
        return (TOKEN_OPEN not in block or TOKEN.match(block) is not None) and _add(root, "p", block, line)
    heading = _HEADING.match(block)
    if heading is not None:
        below = block[heading.end() :]
        is_plain = _add(root, f"h{len(heading['level'])}", heading["words"].strip(), line)
        return is_plain and (not below or _add_block(root, below, line + 1))
    add = _OTHERS.get(block[0], _add_list)
    return add(root, block, line)


def _add_quotation(root: Element, block: str, line: int) -> bool:
    if not _QUOTED.match(block):
        return False
    # Two quotations with nothing but an empty line between them are one.
    if len(root) and root[-1].tag == "blockquote":
        quotation = root[-1]
    else:
        quotation = SubElement(root, "blockquote")
        quotation.text = quotation.tail = "\n"
    return _add_blocks(quotation, _QUOTE_SIGN.sub("", block), line) and len(quotation) > 0


def _add_box(root: Element, block: str, line: int) -> bool:
    box = _BOXED.match(block)
    if box is None or TOKEN_OPEN in block:
        return False
    words = box["words"]
    if box["name"] == "fakta":
        inner = made = SubElement(root, "aside", {"class": "fakta"})
        is_plain = _add(made, "div", words or "Fakta", line)
        made[0].set("class", "fakta-titel")
    else:
        made = SubElement(root, "figure", {"class": "citat"})
        inner = SubElement(made, "blockquote")
        inner.text = inner.tail = "\n"
        is_plain = not words or _add(made, "figcaption", words, line)
    made.text = made.tail = "\n"
    return is_plain and _add_blocks(inner, box["text"], line + 1) and len(inner) > 0


def _add_picture(root: Element, block: str, line: int) -> bool:
    picture = _PICTURE.match(block)
    if picture is None or "tal:" in block.lower():
        return False
    paragraph = SubElement(root, "p")
    paragraph.tail = "\n"
    image = SubElement(paragraph, "img", {"src": marked(line) + picture["to"]})
    if picture["title"]:
        image.set("title", _SPACE.sub(" ", picture["title"].strip()))
    image.set("alt", picture["alt"])
    return True


def _add_table(root: Element, block: str, line: int) -> bool:
    if not _TABLE.match(block):
        return False
    head, bars, *rows = ([cell.strip(" ") for cell in row[1:-1].split("|")] for row in block.split("\n"))
    if len(bars) == 1 or any(len(row) != len(bars) for row in (head, *rows)):
        return False
    sides = [_SIDES.get((bar.startswith(":"), bar.endswith(":"))) for bar in bars]
    table = SubElement(root, "table")
    for tag, part, first in (("th", [head], line), ("td", rows, line + 2)):
        group = SubElement(table, "thead" if tag == "th" else "tbody")
        group.text = group.tail = "\n"
        for number, row in enumerate(part, first):
            cells = SubElement(group, "tr")
            cells.text = cells.tail = "\n"
            if not all(_add(cells, tag, cell, number) for cell in row):
                return False
            for cell, side in zip(cells, sides, strict=True):
                if side:
                    cell.set("style", f"text-align: {side};")
    table.text = table.tail = "\n"
    return True


def _add_list(root: Element, block: str, line: int) -> bool:
    numbers = _NUMBERS.match(block)
    if numbers is None and not _BULLETS.match(block):
        return False
    tag, sign = ("ul", _NEXT_BULLET) if numbers is None else ("ol", _NEXT_NUMBER)
    # Two lists with nothing but an empty line between them are one, and the items there are paragraphs.
    is_loose = len(root) > 0 and root[-1].tag == tag
    if is_loose:
        items = root[-1]
        _loosen(items[-1])
    else:
        items = SubElement(root, tag)
        items.text = items.tail = "\n"
        if numbers is not None and numbers["first"] != "1":
            items.set("start", numbers["first"])
    for item in sign.split(block)[1:]:
        if not _add(items, "li", item, line):
            return False
        if is_loose:
            _loosen(items[-1])
            is_loose = False
        line += item.count("\n") + 1
    return True


def _loosen(item: Element) -> None:
    """Put an item's words into a paragraph, if they are in none."""
    if len(item) and item[0].tag == "p":
        return
    paragraph = Element("p")
    paragraph.text, paragraph.tail = item.text, "\n"
    paragraph.extend(list(item))
    item[:] = [paragraph]
    item.text = "\n"


def _add(parent: Element, tag: str, text: str, line: int) -> bool:
    """Add an element with all that its text makes; ``False`` where a sign is left over."""
    element = SubElement(parent, tag)
    element.tail = "\n"
    return _fill(element, text, line)


def _fill(element: Element, text: str, line: int) -> bool:
    """Put words and what stands in them into an element."""
    is_stressed = "*" in text or "_" in text or _BREAK in text
    if not is_stressed and "[" not in text and "]" not in text:
        element.text = text
        return True
    last, at = None, 0
    # A pattern that begins with a character is tried at that one alone.
    for found in (_INLINE if is_stressed else _LINK).finditer(text):
        before = text[at : found.start()]
        if _is_sign_in(before):
            return False
        _put(element, last, before)
        last = _inline(found, line + text.count("\n", 0, found.start()))
        if last is None:
            return False
        element.append(last)
        at = found.end()
    rest = text[at:]
    _put(element, last, rest)
    return not _is_sign_in(rest)


def _is_sign_in(text: str) -> bool:
    """Tell whether a sign is left that means nothing, or something else."""
    return "[" in text or "]" in text or "*" in text or "_" in text


def _inline(found: re.Match[str], line: int) -> Element | None:
    """Return an element for what is no word; ``None`` where there may be more in it than it seems."""
    if found[0] == _BREAK:
        return Element("br")
    words, to, title = found.group("words", "to", "title")
    if to:
        element = Element("a", {"href": marked(line + words.count("\n")) + to})
    else:
        sign, words = found.group("sign", "stressed")
        element = Element("em" if len(sign) == 1 else "strong")
    if title:
        element.set("title", _SPACE.sub(" ", title.strip()))
    return element if _BREAK not in words and _fill(element, words, line) else None


def _put(element: Element, last: Element | None, text: str) -> None:
    """Put words behind the last of what stands in an element."""
    if last is None:
        element.text = text or None
    elif last.tag == "br":
        # As the source has it, a line ends here.
        last.tail = f"\n{text}" if text.strip() else "\n"
    else:
        last.tail = text or None


#: By what a block begins with.
_OTHERS = {">": _add_quotation, "/": _add_box, "!": _add_picture, "|": _add_table}
