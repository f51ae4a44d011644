"""Drawings made safe; one file a case under ``cases/svg``."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from magazine.svg import SvgError, clean_svg, ids

CASES = sorted((Path(__file__).parent / "cases" / "svg").glob("*.yml"))


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_a_drawing(path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    data = case["svg"].encode("utf-8")
    if "fejl" in case:
        with pytest.raises(SvgError) as fault:
            clean_svg(data)
        assert str(fault.value) == case["fejl"]
        return

    drawing = clean_svg(data, case.get("præfiks", ""))

    assert drawing.markup() == case["ud"]
    assert list(drawing.removed) == case.get("fjernet", [])
    assert all(name.startswith(case.get("præfiks", "")) for name in ids(drawing))
