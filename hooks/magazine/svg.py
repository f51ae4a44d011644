"""Drawings (SVG) made safe: what can run, fetch or reach out of the picture is taken away.

A drawing is part of the page that shows it, so it is held to a list of what it may have, not of what it
may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from msgspec import Struct

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS = (
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan title desc "
    "clipPath mask pattern linearGradient radialGradient stop marker"
)
_ATTRIBUTES = (
    "id class viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points transform fill fill-rule "
    "fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray stroke-dashoffset "
    "stroke-miterlimit stroke-opacity opacity clip-path clip-rule mask offset stop-color "
    "stop-opacity gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits "
    "patternTransform clipPathUnits maskUnits maskContentUnits marker-start marker-mid marker-end "
    "markerWidth markerHeight markerUnits refX refY orient preserveAspectRatio text-anchor dominant-baseline "
    "font-size font-family font-weight font-style letter-spacing dx dy rotate textLength "
    "vector-effect paint-order visibility display shape-rendering role aria-hidden aria-label focusable"
)
_MAY_STAND = frozenset(_ELEMENTS.split())
_MAY_SAY = frozenset(_ATTRIBUTES.split())
#: A drawing program's note to itself, which nobody misses.
_NOTE = ""
_INSIDE = re.compile(r"#[\w:.-]+\Z")
_URL = re.compile(r"url\(\s*['\"]?(?P<to>[^)'\"]*)['\"]?\s*\)", re.IGNORECASE)


class SvgError(ValueError):
    """No drawing that can be shown; the text says in Danish why."""


class Inline(Struct, frozen=True):
    """A safe drawing as part of a page."""

    view_box: str
    inner: str
    """Elements, escaped."""
    alone: str = ""
    """The whole drawing as a file of its own, where it is not what the editor's file is."""


class Drawing(Struct, frozen=True):
    """A drawing that can stand in a page."""

    root: Element
    removed: tuple[str, ...]
    """What was taken away: ``<script>``, ``onload`` …"""
    is_noted: bool = False
    """Whether a drawing program's notes to itself were taken away, which tell who drew it and where."""

    def markup(self) -> str:
        """Return the drawing as it stands in a page."""
        return tostring(self.root, encoding="unicode", short_empty_elements=True)

    def inline(self) -> Inline:
        """Return the drawing without its outermost element, which the page gives it."""
        width, height = self.root.get("width", "100"), self.root.get("height", "100")
        inner = "".join(tostring(child, encoding="unicode", short_empty_elements=True) for child in self.root)
        alone = ""
        if self.removed or self.is_noted:
            self.root.set("xmlns", _SVG)
            alone = self.markup()
            del self.root.attrib["xmlns"]
        return Inline(self.root.get("viewBox", f"0 0 {width} {height}"), inner.replace(" />", "/>"), alone)


def clean_svg(data: bytes, prefix: str = "") -> Drawing:
    """Make a drawing safe.

    Args:
        data: the file.
        prefix: put before every id, so that two drawings can stand on one page.

    Raises:
        SvgError: where the file is no SVG.
    """
    try:
        root: Element = fromstring(data)
    except ParseError as fault:
        raise SvgError(
            f"tegningen går i stykker i linje {fault.position[0]}. Gem den igen som SVG."
        ) from None
    except DefusedXmlException:
        raise SvgError("tegningen erklærer sine egne entiteter. Gem den igen som almindelig SVG.") from None
    if _local(root.tag) != "svg":
        raise SvgError("filen er ikke en SVG-tegning.")
    removed: list[str] = []
    clean = _clean(root, prefix, removed)
    told = tuple(name for name in dict.fromkeys(removed) if name != _NOTE)
    return Drawing(clean, told, is_noted=_NOTE in removed)


def _clean(element: Element, prefix: str, removed: list[str]) -> Element:
    made = Element(_local(element.tag))
    for name, value in element.attrib.items():
        kept = _attribute(name, value, prefix, removed)
        if kept is not None:
            made.set(*kept)
    made.text = element.text
    for child in element:
        if _local(child.tag) not in _MAY_STAND:
            removed.append(_NOTE if _is_editors_own(child.tag) else f"<{_local(child.tag)}>")
            continue
        inner = _clean(child, prefix, removed)
        inner.tail = child.tail
        made.append(inner)
    return made


def _attribute(name: str, value: str, prefix: str, removed: list[str]) -> tuple[str, str] | None:
    if name in ("href", _XLINK):
        if _INSIDE.match(value):
            return "href", f"#{prefix}{value[1:]}"
        removed.append("href")
        return None
    if name.startswith("data-"):
        return None  # a note, too, that tells of the drawing alone
    if name.startswith("{"):
        removed.append(_NOTE)
        return None
    if name not in _MAY_SAY:
        removed.append(name)
        return None
    if name == "id":
        return name, f"{prefix}{value}"
    if "url(" in value.casefold():
        outside = [match["to"] for match in _URL.finditer(value) if not _INSIDE.match(match["to"])]
        if outside or not _URL.search(value):
            removed.append(name)
            return None
        return name, _URL.sub(lambda match: f"url(#{prefix}{match['to'][1:]})", value)
    return name, value


def _is_editors_own(tag: str) -> bool:
    """Tell whether an element is a drawing program's note to itself."""
    return tag.startswith("{") and not tag.startswith(f"{{{_SVG}}}")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def ids(drawing: Drawing) -> Iterator[str]:
    """Yield every id of a drawing."""
    yield from (element.get("id", "") for element in drawing.root.iter() if element.get("id"))
