"""Paragraphs, headings, flat lists and links put up as a tree without Python-Markdown: most texts are that.

The tree is the one that Python-Markdown would hand to the steps that finish it, so all that comes after is
the same for both. Wherever a text holds a sign that may mean anything else, there is no tree, and
Python-Markdown reads it.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from magazine.fences import TOKEN, TOKEN_OPEN
from magazine.slots import FIGURE, marked

#: What may mean something else wherever it stands: emphasis, code, HTML, attributes, tables, pictures,
#: footnotes, definitions of links, and a break in a line.
_SIGNS = ("*", "_", "`", "\\", "<", "&", "{", "|", "\r", "![", "[^", "]:", "  \n")

#: A line that goes on with its paragraph; one that begins with another sign may begin something else.
_LINE = r"[^\s#>+=:/~-][^\n]*"
_PARAGRAPH = re.compile(rf"(?!\d+\.[ ]){_LINE}(?:\n{_LINE})*\Z")
_HEADING = re.compile(r"(?P<level>#{1,6})[ ]*(?P<words>[^\s#][^#\n]*)(?:\n|\Z)")
_ITEM = rf"(?!\d+\.[ ]){_LINE}(?:\n[ ]{{2,3}}(?!\d+\.[ ]){_LINE})*"
_BULLETS = re.compile(rf"-[ ]+{_ITEM}(?:\n-[ ]+{_ITEM})*\Z")
_NUMBERS = re.compile(rf"(?P<first>\d+)\.[ ]+{_ITEM}(?:\n\d+\.[ ]+{_ITEM})*\Z")
_NEXT_BULLET, _NEXT_NUMBER = re.compile(r"(?:\A|\n)-[ ]+"), re.compile(r"(?:\A|\n)\d+\.[ ]+")

_LINK = re.compile(
    r"\[(?P<words>[^\[\]]+)\]"
    r"\((?P<to>[^\s()\[\]\"']+)(?: +\"(?P<title>[^\s()\[\]\"'][^\n()\[\]\"']*)\")?\)"
)
_REFERENCE = re.compile(r"\]\([tT][aA][lL]:(?=[^\s)\]])")
_SPACE = re.compile(r"\s")


def plain_tree(text: str, first_line: int = 1) -> Element | None:
    r"""Return the tree of a Markdown text; ``None`` for one that may hold anything but the plainest.

    Args:
        text: the text, lines divided by ``\n``, blocks of figures replaced by their tokens.
        first_line: the number of its first line in the file, for the marks in its links.
    """
    if any(sign in text for sign in _SIGNS):
        return None
    # «tal:» outside a link is told of.
    if len(FIGURE.findall(text)) != len(_REFERENCE.findall(text)):
        return None
    root, line = Element("div"), first_line
    root.text = "\n"
    for part in text.split("\n\n"):
        block = part.strip("\n")
        if block and not _add_block(root, block, line + part.index(block)):
            return None
        line += part.count("\n") + 2
    return root if len(root) else None


def _add_block(root: Element, block: str, line: int) -> bool:
    """Add what a block makes; ``False`` where it may be more than it seems."""
    if _PARAGRAPH.match(block):
        return (TOKEN_OPEN not in block or TOKEN.match(block) is not None) and _add(root, "p", block, line)
    heading = _HEADING.match(block)
    if heading is not None:
        below = block[heading.end() :]
        is_plain = _add(root, f"h{len(heading['level'])}", heading["words"].strip(), line)
        return is_plain and (not below or _add_block(root, below, line + 1))
    return _add_list(root, block, line)


def _add_list(root: Element, block: str, line: int) -> bool:
    numbers = _NUMBERS.match(block)
    if numbers is None and not _BULLETS.match(block):
        return False
    tag, sign = ("ul", _NEXT_BULLET) if numbers is None else ("ol", _NEXT_NUMBER)
    # Two lists with nothing but an empty line between them are one.
    if len(root) and root[-1].tag == tag:
        return False
    items = SubElement(root, tag)
    items.text = items.tail = "\n"
    if numbers is not None and numbers["first"] != "1":
        items.set("start", numbers["first"])
    for item in sign.split(block)[1:]:
        if not _add(items, "li", item, line):
            return False
        line += item.count("\n") + 1
    return True


def _add(parent: Element, tag: str, text: str, line: int) -> bool:
    """Add an element with its words and links; ``False`` where brackets are left that make no link."""
    element = SubElement(parent, tag)
    element.tail = "\n"
    if "[" not in text and "]" not in text:
        element.text = text
        return True
    last, at = None, 0
    for link in _LINK.finditer(text):
        _put(element, last, text[at : link.start()])
        destination = marked(line + text.count("\n", 0, link.end("words"))) + link["to"]
        last = SubElement(element, "a", {"href": destination})
        last.text = link["words"]
        if link["title"]:
            last.set("title", _SPACE.sub(" ", link["title"].strip()))
        at = link.end()
    _put(element, last, text[at:])
    between = _LINK.sub("", text)
    return "[" not in between and "]" not in between


def _put(element: Element, last: Element | None, text: str) -> None:
    """Put words behind the last of an element's links."""
    if last is None:
        element.text = text or None
    else:
        last.tail = text or None
