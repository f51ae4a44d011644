"""The photographs among the assets: looked into, so that pages know their size and none is broken."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from msgspec import Struct

from magazine.camera import without_notes
from magazine.pictures import RASTER, PictureError, digest, look
from magazine.problems import Place, Problem
from magazine.sources import Asset, mark_of, read_bytes
from magazine.store import Store
from magazine.workers import spread

#: A file written in the last seconds may be written again without its size and time telling.
_SETTLED = 2 * 10**9
#: So few are worth a process: each takes its time to unpack, but so does the library in every process.
_LEAST = 32


class _Look(Struct, frozen=True):
    """What was found in a file."""

    version: str = ""
    size: tuple[int, int] = (0, 0)
    is_clear: bool = False
    has_notes: bool = False
    fault: str = ""


def is_photograph(path: str) -> bool:
    """Tell from a file's name whether it is a picture of pixels, which is cropped and encoded anew."""
    return path.lower().endswith(RASTER)


def read_photographs(
    assets: Mapping[str, Asset], store: Store | None
) -> tuple[dict[str, Asset], tuple[Problem, ...]]:
    """Look into every photograph.

    Args:
        assets: by path.
        store: what earlier builds have found out.

    Returns:
        The assets, the photographs among them with their size as one looks at them and the name of their
        content; and a problem for each that cannot be read.
    """
    found: dict[str, _Look] = {}
    marks: dict[str, tuple[int, int]] = {}
    for path, asset in assets.items():
        if asset.file is not None and is_photograph(path):
            marks[path] = mark_of(asset.file)
            kept = store.get("photograph", path, *marks[path]) if store else None
            if isinstance(kept, _Look):
                found[path] = kept
    missing = [path for path in marks if path not in found]
    files = [file for path in missing if (file := assets[path].file) is not None]
    now = time.time_ns()
    for path, seen in zip(missing, spread(_look, files, least=_LEAST), strict=True):
        found[path] = seen
        if store and now - marks[path][1] > _SETTLED:
            store.put(seen, "photograph", path, *marks[path])
    problems = tuple(Problem(Place(path), seen.fault) for path, seen in found.items() if seen.fault)
    seen_assets = {
        path: replace(
            asset,
            width=found[path].size[0],
            height=found[path].size[1],
            version=found[path].version,
            is_clear=found[path].is_clear,
            has_notes=found[path].has_notes,
        )
        if path in found
        else asset
        for path, asset in assets.items()
    }
    return seen_assets, problems


def _look(file: Path) -> _Look:
    try:
        data = read_bytes(file)
        size, is_clear = look(data)
    except OSError as error:
        return _Look(fault=f"billedet kan ikke læses ({error.strerror}).")
    except PictureError as error:
        return _Look(fault=str(error))
    return _Look(digest(data), size, is_clear, without_notes(data) != data)
