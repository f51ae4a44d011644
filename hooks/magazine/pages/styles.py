"""The style sheets that readers fetch: one for every page, and one more for some kinds of page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from magazine.site import Site
from magazine.sources import Asset

#: The sheet of every page, by the name of the list of its parts under ``docs/stil/``.
SHEET = "magasin"
#: What templates link to beside it.
MORE = ("forside", "bliv-mentor", "opslag")

_IMPORT = re.compile(r'@import "(?P<name>[\w./-]+)";')
_TOKEN = re.compile(r"(?P<text>\"[^\"]*\"|'[^']*')|/\*.*?\*/|\s+", re.DOTALL)
#: An address from the root of the site: the one sheet lies there, so the site may lie in any folder.
_ROOTED = re.compile(r"(?<=url\(\")/(?!/)")
_TIGHT = re.compile(r"\s*([{};,>])\s*")
_STRINGS = re.compile(r"(\"[^\"]*\"|'[^']*')")


def style_addresses(site: Site) -> tuple[str, ...]:
    """Return what a page links to: the one sheet, or every sheet of a magazine without a list of them."""
    addresses = {asset.address for asset in site.assets.values() if asset.address.endswith(".css")}
    return (f"/{SHEET}.css",) if _list(SHEET) in addresses else tuple(sorted(addresses))


def bundle(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield each sheet as path and bytes, if the magazine has a list of its parts."""
    assets = {asset.address: asset for asset in site.assets.values()}
    for name in (SHEET, *MORE):
        if _list(name) in assets:
            sheet = _ROOTED.sub("", _tightened("".join(_parts(assets, _list(name)))))
            yield f"{name}.css", sheet.encode("utf-8")


def _list(name: str) -> str:
    return f"/stil/{name}.css"


def _parts(assets: Mapping[str, Asset], address: str) -> Iterator[str]:
    text = assets[address].data.decode("utf-8")
    at = 0
    for match in _IMPORT.finditer(text):
        yield text[at : match.start()]
        name = posixpath.normpath(posixpath.join(posixpath.dirname(address), match["name"]))
        if name in assets:
            yield from _parts(assets, name)
        at = match.end()
    yield text[at:]


def _tightened(text: str) -> str:
    """Return a sheet without comments and needless white space; texts in quotation marks stay as they are."""
    bare = _TOKEN.sub(lambda match: match["text"] or " ", text)
    parts = [
        part if index % 2 else _TIGHT.sub(r"\1", part) for index, part in enumerate(_STRINGS.split(bare))
    ]
    return "".join(parts).replace(";}", "}").strip()
