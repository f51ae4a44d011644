"""The committed JSON Schema and the guide's tables: current, and of one mind with the reader."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from magazine.schema import CLAIMS_GUIDE, GUIDE, SCHEMA_FILE, TABLES, schema_text, table, with_tables

#: The cases in which the reader has nothing to say.
TAKEN = [
    path
    for path in sorted((Path(__file__).parent / "cases" / "figures").glob("*.yml"))
    if not yaml.safe_load(path.read_text("utf-8")).get("fejl")
]


def _as_json(value: Any) -> Any:
    """Return what a YAML 1.2 parser read, as JSON has it: ruamel alone takes 2022-05-24 for a date."""
    if isinstance(value, dict):
        return {key: _as_json(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_as_json(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def complaints(text: str) -> list[str]:
    """Return what an editor's program would underline."""
    data = _as_json(YAML(typ="safe", pure=True).load(StringIO(text)))
    validator = Draft202012Validator(json.loads(schema_text()))
    return [error.message for error in validator.iter_errors(data)]


def test_the_committed_schema_is_current(root: Path) -> None:
    assert (root / SCHEMA_FILE).read_text("utf-8") == schema_text(), "run make schema"


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(schema_text()))


@pytest.mark.parametrize("name", [GUIDE, CLAIMS_GUIDE])
def test_the_tables_of_the_guide_are_current(root: Path, name: str) -> None:
    guide = (root / name).read_text("utf-8")

    assert guide == with_tables(guide), "run make schema"


def test_every_table_stands_in_the_guide(root: Path) -> None:
    guide = (root / GUIDE).read_text("utf-8")

    assert [name for name in TABLES if table(name) not in guide] == []


def test_every_key_is_explained_in_danish() -> None:
    rows = [line for name in TABLES for line in table(name).splitlines() if line.startswith("| `")]

    assert len(rows) > 60
    assert [row for row in rows if not row.endswith(". |")] == []


def test_the_schema_has_no_words_of_developers() -> None:
    assert "Entry." not in schema_text()
    assert "An observation" not in schema_text()


def test_the_magazines_figures_raise_no_complaint(root: Path) -> None:
    """There ``værdi: 59`` is a number, and the reader wants a text."""
    assert complaints((root / "data/tal.yml").read_text("utf-8")) == []


def test_the_editors_program_finds_the_schema(root: Path) -> None:
    settings = json.loads((root / ".vscode/settings.json").read_text("utf-8"))
    extensions = json.loads((root / ".vscode/extensions.json").read_text("utf-8"))

    assert settings["yaml.schemas"] == {f"./{SCHEMA_FILE}": "data/tal.yml"}
    assert "redhat.vscode-yaml" in extensions["recommendations"]


@pytest.mark.parametrize("path", TAKEN, ids=[path.stem for path in TAKEN])
def test_what_the_reader_takes_raises_no_complaint(path: Path) -> None:
    assert complaints(yaml.safe_load(path.read_text("utf-8"))["tal"]) == []


GOOD = """\
kilder:
  a:
    titel: 1984
    udgiver: Udgiver
    udgivet: 2022-05-24
    url: https://example.org/a
  b:
    titel: Rapport
    udgiver: Udgiver
    udgivet: 2017
    hentet: 2022-06-01
    url: ukendt
    note:
indikatorer:
  i-job:
    navn: I job
    enhed: procent
    blandt: –
observationer:
  - indikator: i-job
    periode: 2021
    værdi: 44,5
    kilde: a
    foretrukken: ja
    hvorfor: Den er nyest.
"""


def test_a_good_file_raises_no_complaint() -> None:
    assert complaints(GOOD) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("    hentet: 2022-06-01\n", ""),
        ("enhed: procent", "enhed: prosent"),
        ("navn: I job", "navn: I job\n    dele: i-job"),
        ("kilde: a", "kilder: a"),
        ("periode: 2021", "periode: foråret"),
        ("    hvorfor: Den er nyest.\n", ""),
        ("foretrukken: ja", "foretrukken: måske"),
        ("udgivet: 2017", "udgivet: sidste år"),
        ("url: ukendt", "url: www.example.org"),
        ("  i-job:", "  I job:"),
        ("  i-job:", "  ingen:"),
        ("kilder:", "kilde:"),
    ],
)
def test_a_slip_raises_a_complaint(right: str, wrong: str) -> None:
    assert right in GOOD

    assert complaints(GOOD.replace(right, wrong, 1)) != []
