"""Whole small magazines with a fault in them; one file a case under ``cases/<folder>``."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
import yaml
from whole_magazine import examined

FOLDERS = ("articles", "standing", "desk", "settings", "site")
CASES = [
    path for folder in FOLDERS for path in sorted((Path(__file__).parent / "cases" / folder).glob("*.yml"))
]


@pytest.mark.parametrize("path", CASES, ids=[f"{path.parent.name}/{path.stem}" for path in CASES])
def test_contents(path: Path, tmp_path: Path) -> None:
    case: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))

    site, problems = examined(tmp_path, case)

    assert "".join(f"{problem}\n" for problem in problems) == case.get("fejl", "")
    for what, expected in case.get("giver", {}).items():
        assert _asked(site, what) == expected


def _asked(site: Any, what: str) -> Any:
    """Return what an article or a page says of itself, as text: ``articles/2022/a.md moment.at``."""
    path, _, name = what.partition(" ")
    files = {file.path: file for file in (*site.articles, *site.held, *site.standing.values())}
    return str(attrgetter(name)(files[path]))
