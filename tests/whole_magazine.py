"""A small sound magazine, for cases that put faults into one or two of its files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from one_article import DESK, FIGURES

from magazine.clock import read_clock
from magazine.problems import Problem
from magazine.site import Site, examine

NOW = "2024-09-01 12:00"

FILES: Mapping[str, str] = {
    "mkdocs.yml": "site_name: Magasinet\nsite_url: https://a.example/\nnav:\n  - Om: om.md\n",
    "data/tal.yml": FIGURES,
    "data/redaktion.yml": DESK.replace(
        "kontakt:",
        "  arbejde:\n    navn: Arbejde\n"
        "forfattere:\n  redaktionen:\n    navn: Redaktionen\n    organisation: ja\n"
        "serier:\n  tinge:\n    navn: Kvinder på tinge\n"
        "kontakt:",
    ),
    "docs/index.md": "---\ntitle: Forside\ndescription: Forsiden.\n---\nVelkommen.\n",
    "docs/om.md": "---\ntitle: Om\ndescription: Om magasinet.\n---\n## Hvem vi er\n\nEn redaktion.\n",
    "docs/images/sal.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"/>',
    "articles/2022/a.md": (
        "---\ntitle: En artikel\ndate: 2022-06-01\ndescription: Om noget.\ncategory: mentor\n---\n"
        "## Først\n\nEn tekst.\n"
    ),
}


def write(root: Path, case: Mapping[str, Any]) -> None:
    """Write the magazine with a case's changes.

    Args:
        root: an empty folder.
        case: keys with a full stop in them are files, with their text; ``latin-1`` gives the texts of files
            that are not UTF-8, ``genveje`` the targets of symbolic links, ``mapper`` the names of folders
            and ``uden`` those of files that are not there.
    """
    files = {**FILES, **{path: text for path, text in case.items() if "." in path}}
    for path, text in files.items():
        if path not in case.get("uden", ()):
            _file(root, path).write_bytes(text.encode("utf-8"))
    for path, text in case.get("latin-1", {}).items():
        _file(root, path).write_bytes(text.encode("latin-1"))
    for path, target in case.get("genveje", {}).items():
        _file(root, path).symlink_to(target)
    for path in case.get("mapper", ()):
        (root / path).mkdir(parents=True)


def examined(root: Path, case: Mapping[str, Any]) -> tuple[Site, tuple[Problem, ...]]:
    """Write the magazine, and examine it at the case's ``nu`` (``NOW`` where it has none)."""
    write(root, case)
    clock, _ = read_clock({"MAGASIN_NU": str(case.get("nu", NOW))})
    return examine(root, clock=clock)


def _file(root: Path, path: str) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    return file
