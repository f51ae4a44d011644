"""What the declared entries say of themselves: a JSON Schema for editors' programs, tables for the guide.

Both are generated and committed, so that an editor who runs nothing has them too; ``python -m
magazine.schema`` writes them anew, and a test sees to it that they are current.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from magazine import desk, hedges, lexicon, mentor
from magazine.articles import CorrectionEntry, FrontMatter
from magazine.entries import fields_of
from magazine.figures import entries as figures
from magazine.figures.read import RESERVED
from magazine.front_matter import ImageEntry, PortraitEntry
from magazine.sources import find_root, read_text, replace_text
from magazine.standing import PageFrontMatter

SCHEMA_FILE = "data/tal.schema.json"
GUIDE = "REDAKTION.md"
CLAIMS_GUIDE = "PÅSTANDE.md"

#: A table's name in the guide's markers -> its parts: what a part is called, and its entry.
TABLES: Mapping[str, Sequence[tuple[str, type[BaseModel]]]] = MappingProxyType(
    {
        "front matter": (
            ("En artikel", FrontMatter),
            ("En fast side", PageFrontMatter),
            ("Under `image`", ImageEntry),
            ("Under `corrections`", CorrectionEntry),
        ),
        "tal.yml": (
            ("En kilde under `kilder`", figures.SourceEntry),
            ("En indikator under `indikatorer`", figures.IndicatorEntry),
            ("Et tal under `observationer`", figures.ObservationEntry),
            ("Under `erstatter`", figures.SupersedesEntry),
            ("Under `rettet`", figures.MendedEntry),
        ),
        "redaktion.yml": (
            ("En kategori under `kategorier`", desk.CategoryEntry),
            ("En forfatter under `forfattere`", desk.AuthorEntry),
            ("Under `billede`", PortraitEntry),
            ("En serie under `serier`", desk.SeriesEntry),
            ("Under `kontakt`", desk.ContactEntry),
        ),
        "bliv-mentor.yml": (
            ("Et sted under `steder`", mentor.PlaceEntry),
            ("Under `kontakt`", mentor.ContactEntry),
            ("Under `formular`", mentor.FormEntry),
        ),
    }
)

#: As ``addresses.is_name`` has it, in the dialect of JSON Schema.
_NAME = "^[a-z0-9]+(-[a-z0-9]+)*$"

_MARKER = re.compile(r"(?ms)^<!-- tabel: (?P<name>[^\n]+) -->\n.*?^<!-- /tabel -->$")

#: The reader takes every scalar for a text; a program that reads YAML 1.2 sees numbers and booleans too.
_TEXT = ("string", "number", "boolean")


def schema_text() -> str:
    """Return the JSON Schema of ``data/tal.yml``, with the entries' Danish descriptions."""
    schema = _simple(figures.FiguresEntry.model_json_schema())
    for section in schema["properties"].values():
        section["type"] = [section["type"], "null"]  # none yet
    for section in ("kilder", "indikatorer"):
        schema["properties"][section]["propertyNames"] = {
            "pattern": _NAME,
            "not": {"enum": list(RESERVED)},
        }
    named = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tallene i Kønformation: data/tal.yml",
        **schema,
    }
    return json.dumps(named, ensure_ascii=False, indent=2) + "\n"


def with_tables(guide: str) -> str:
    """Return the editors' guide with the tables between its markers written anew."""

    def written(match: re.Match[str]) -> str:
        name = match["name"]
        return f"<!-- tabel: {name} -->\n{table(name)}<!-- /tabel -->"

    return _MARKER.sub(written, guide)


def table(name: str) -> str:
    """Return one of ``TABLES``, or the words of claims or how far they reach, as Markdown."""
    if name == "påstande":
        return f"\n{lexicon.markdown()}\n"
    if name == "bredder":
        return f"\n{hedges.markdown()}\n"
    return "\n".join(_part(title, model) for title, model in TABLES[name]) + "\n\n"


def main() -> int:
    """Write the schema and the tables; return the exit status."""
    root = find_root()
    if root is None:
        sys.stderr.write("No mkdocs.yml here or above: run it in the repository.\n")
        return 1
    for path in (GUIDE, CLAIMS_GUIDE):
        guide, problems = read_text(root, path)
        if guide is None:
            sys.stderr.write("".join(f"{problem}\n" for problem in problems))
            return 1
        replace_text(root, path, with_tables(guide.text))
    replace_text(root, SCHEMA_FILE, schema_text())
    return 0


def _part(title: str, model: type[BaseModel]) -> str:
    rows = [
        f"| `{key}` | {'ja' if field.is_required() else ''} | {_cell(field.description or '')} |"
        for key, field in fields_of(model)
    ]
    return "\n".join(["", f"**{title}**", "", "| Nøgle | Skal stå | |", "| --- | --- | --- |", *rows])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _simple(node: Any) -> Any:
    """Return pydantic's schema without its own names, and with texts as YAML 1.2 reads them."""
    if isinstance(node, list):
        return [_simple(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "properties" in node and "type" in node:
        # The docstrings of entries are for developers; what an editor reads stands at the keys.
        required = node.get("required", ())
        members = {
            key: _simple(value) if key in required else _or_nothing(_simple(value))
            for key, value in node["properties"].items()
        }
        return {**_rest(node, "description", "properties"), "properties": members}
    choices = [choice for choice in node.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        return {**_rest(node, "anyOf"), **_simple(choices[0])}
    if node.get("type") == "string" and not node.keys() & {"pattern", "enum"}:
        return {**_rest(node), "type": list(_TEXT)}
    return _rest(node)


def _rest(node: Mapping[str, Any], *gone: str) -> dict[str, Any]:
    """Return the parts of a schema that need no care of their own."""
    return {
        key: {name: _simple(part) for name, part in value.items()} if key == "$defs" else _simple(value)
        for key, value in node.items()
        if key not in ("title", "default", *gone)
    }


def _or_nothing(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that allows a key with nothing after it, which counts as not written."""
    if "enum" in schema:
        return {
            **{key: value for key, value in schema.items() if key != "type"},
            "enum": [*schema["enum"], None],
        }
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": [*kinds, "null"]}
    told = {key: value for key, value in schema.items() if key != "$ref"}
    return {**told, "anyOf": [{"$ref": schema["$ref"]}, {"type": "null"}]}


if __name__ == "__main__":
    sys.exit(main())
