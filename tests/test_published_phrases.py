"""Phrases as Danish papers and offices printed them, with a reader's verdict."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_claims import DEFAULTS, facts, verdict_of

from magazine.phrases import PhraseError, parse_phrase

FOLDER = Path(__file__).parent / "cases"
PLAN: dict[str, Any] = yaml.safe_load((FOLDER / "phrases.yml").read_text("utf-8"))
with (FOLDER / "phrases.tsv").open(encoding="utf-8", newline="") as rows:
    PHRASES = {row["id"]: row for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)}

#: What the phrases count; in the magazine each indicator says so itself.
NOUNS = frozenset(
    {
        "dødsfald",
        "fuldtidspersoner",
        "frivillige",
        "kommuner",
        "kvinder",
        "mænd",
        "pladser",
        "mandater",
        "uger",
    }
)


def _parts(identity: str) -> list[str]:
    """Return the phrases of a row, with the words left out between them closed up."""
    return [" ".join(part.replace("…", " ").split()) for part in PHRASES[identity]["phrase"].split(";")]


def _reads(words: str) -> bool:
    try:
        parse_phrase(words, NOUNS, "gennemsnit" if "gennemsnit" in words else None)
    except PhraseError:
        return False
    return True


def test_every_phrase_is_read_or_left_out_on_purpose() -> None:
    unread = {identity for identity in PHRASES if not all(_reads(words) for words in _parts(identity))}

    assert unread == set(PLAN["læses-ikke"])


def test_every_verdict_of_the_reader_is_met_or_set_aside() -> None:
    judged = {identity for identity, row in PHRASES.items() if row["verdict"] != "-"}

    assert judged == set(PLAN["dommes"]) | set(PLAN["dømmes-ikke"])


@pytest.mark.parametrize("identity", list(PLAN["dommes"]))
def test_the_reader_and_the_magazine(identity: str) -> None:
    plan = DEFAULTS | {"navneord": []} | PLAN["dommes"][identity]
    words = plan.pop("ord", None) or _parts(identity)[0]
    told, _, message = verdict_of(words, facts(plan))
    reader = PHRASES[identity]["verdict"].partition(" ")[0]

    difference = PLAN["forskelle"].get(identity)
    if difference is None:
        assert told.partition(",")[0] == reader, message
    else:
        assert told == difference["dom"], message
        assert told.partition(",")[0] != reader
        assert difference["grund"]
