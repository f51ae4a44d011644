"""The grammar of ``tal:``; one file a case under ``cases/references``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from magazine.references import Reference, UnreadableReferenceError, is_filled_in, parse_reference

CASES = sorted((Path(__file__).parent / "cases" / "references").glob("*.yml"))


def _told(reference: Reference) -> dict[str, Any]:
    """Return what differs from an empty reference, in words."""
    told: dict[str, Any] = {}
    if reference.target:
        told |= {
            key: value
            for key in ("indicator", "period", "source")
            if (value := getattr(reference.target, key)) is not None
        }
    for field in fields(reference):
        value = getattr(reference, field.name)
        if field.name == "target" or value == field.default:
            continue
        told[field.name] = [str(part) for part in value] if isinstance(value, tuple) else str(value)
    return told


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_reference(path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))

    if "fejl" in case:
        with pytest.raises(UnreadableReferenceError) as caught:
            parse_reference(case["henvisning"], case.get("titel"))
        assert str(caught.value) == case["fejl"]
    else:
        assert _told(parse_reference(case["henvisning"], case.get("titel"))) == case["giver"]


@given(st.text(), st.none() | st.text())
def test_no_text_makes_a_traceback(text: str, title: str | None) -> None:
    try:
        reference = parse_reference(f"tal:{text}", title)
    except UnreadableReferenceError:
        return

    assert reference.target or reference.free


@pytest.mark.parametrize(
    ("words", "filled"),
    [("…", True), ("...", True), ("", True), (" … ", True), ("59", False), ("…59", False)],
)
def test_what_is_filled_in(words: str, filled: bool) -> None:
    assert is_filled_in(words) is filled
