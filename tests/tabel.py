"""Print the table of every bad input that the tests try, and the message it gets, as Markdown.

``python tests/tabel.py > fejl.md``; with names (``python tests/tabel.py figures render``) only those folders.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).resolve().parent / "cases"

#: What a case expects, or how it asks: everything else in it is input.
_NO_INPUT = frozenset({"fejl", "giver", "spørgsmål", "html", "henvisninger", "blokke", "pr", "idag"})
_SHORT = 240
_AT_LINE = re.compile(r"(?:data/[a-z.-]+|\.magasin/[a-z.]+|articles/[^:]+|docs/[^:]+|mkdocs\.yml):(\d+): ")


def rows(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield a case's name, its input and one message, for each message that a folder's cases expect."""
    for path in sorted(folder.glob("*.yml")):
        case = yaml.safe_load(path.read_text("utf-8"))
        told = case.get("fejl") if isinstance(case, dict) else None
        for message in told if isinstance(told, list) else filter(None, (told or "").split("\n")):
            yield path.stem.replace("-", " "), _input(case, str(message)), str(message)


def table(folders: Sequence[Path]) -> str:
    """Return the table, a section for each folder that has bad input."""
    parts = []
    for folder in folders:
        found = list(rows(folder))
        if found:
            lines = [f"| {name} | {_code(text)} | {_cell(message)} |" for name, text, message in found]
            head = ["| Prøve | Det, der står | Beskeden |", "| --- | --- | --- |"]
            parts.append("\n".join([f"## {folder.name}", "", *head, *lines, ""]))
    return "\n".join(parts)


def _input(case: dict[str, Any], message: str) -> str:
    """Return what is wrong: the line that the message names where the input is a file, else all of it."""
    texts = [str(value) for key, value in case.items() if key not in _NO_INPUT and isinstance(value, str)]
    named = _AT_LINE.match(message)
    if len(texts) == 1 and named is not None:
        lines = texts[0].split("\n")
        line = int(named[1]) - 1
        return lines[line].strip() if line < len(lines) and lines[line].strip() else texts[0]
    return "\n".join(texts)


def _code(text: str) -> str:
    shown = " ⏎ ".join(line.strip() for line in text.strip().splitlines() if line.strip())
    shown = shown if len(shown) <= _SHORT else f"{shown[:_SHORT]} …"
    return f"`` {_cell(shown)} ``" if shown else ""


def _cell(text: str) -> str:
    # Control characters are part of some cases; a table is read by people.
    visible = re.sub("[\x00-\x1f\x7f-\x9f]", "\N{SYMBOL FOR SUBSTITUTE FORM TWO}", text)
    return visible.replace("|", "\\|")


def main(names: Sequence[str]) -> None:
    """Print the table of the named folders, or of all."""
    folders = [CASES / name for name in names] or sorted(path for path in CASES.iterdir() if path.is_dir())
    sys.stdout.write(table(folders))


if __name__ == "__main__":
    main(sys.argv[1:])
