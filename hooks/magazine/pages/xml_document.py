"""An XML file of its elements: feeds and sitemaps."""

from __future__ import annotations

from xml.etree.ElementTree import Element, indent, tostring

_DECLARATION = b"<?xml version='1.0' encoding='utf-8'?>\n"


def xml_document(root: Element) -> bytes:
    """Return an XML file, indented.

    Args:
        root: its outermost element, whose white space is set anew.
    """
    indent(root)
    # Encoded once: asked for bytes, the serialiser encodes each of many thousand pieces by itself.
    return _DECLARATION + tostring(root, encoding="unicode").encode("utf-8", "xmlcharrefreplace") + b"\n"
