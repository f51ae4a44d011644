"""Each kind of page looks as it did when somebody last looked: see ``look.py``, and ``make look``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from look import FOLDER, PAGES, SHOTS, WINDOWS, differences, served, take, window
from PIL import Image, ImageDraw
from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("look")) as address:
        yield address


@pytest.mark.parametrize(("width", "light"), WINDOWS, ids=[f"{width}-{light}" for width, light in WINDOWS])
def test_pages_look_as_they_did(chromium: Browser, base: str, width: int, light: str, tmp_path: Path) -> None:
    changed = []
    with window(chromium, base, width, light) as context:
        for shot in (shot for shot in SHOTS if (shot.width, shot.light) == (width, light)):
            now = take(context, PAGES[shot.name])
            with Image.open(shot.file) as kept:
                if found := differences(kept, now):
                    now.save(tmp_path / shot.file.name)
                    changed.append(f"{shot.file.name}: {len(found)} tiles, the first at {found[0]}")

    assert changed == [], f"look at them in {tmp_path}; if they are right, run `make look` and commit"


def test_there_is_a_picture_of_each_and_no_other() -> None:
    assert {path for path in FOLDER.glob("*.png")} == {shot.file for shot in SHOTS}


def test_a_moved_part_is_seen_and_a_smoothed_edge_is_not() -> None:
    page = Image.new("RGB", (360, 400), "#fbf8f1")
    draw = ImageDraw.Draw(page)
    draw.rectangle((40, 40, 200, 60), fill="#1a1618")
    moved, smoothed = page.copy(), page.copy()
    ImageDraw.Draw(moved).rectangle((40, 80, 200, 100), fill="#1a1618")
    ImageDraw.Draw(smoothed).line((40, 61, 200, 61), fill="#e8e4dc")

    assert differences(page, page) == []
    assert differences(page, moved)
    assert differences(page, smoothed) == []
    assert differences(page, page.crop((0, 0, 360, 350)))
