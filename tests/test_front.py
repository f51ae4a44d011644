"""The front page: what stands where, and nothing twice that need not."""

from __future__ import annotations

import re
from pathlib import Path

from magazines import REPOSITORY
from whole_magazine import FILES, examined

from magazine.pages.make import make

TEMPLATES = (str(REPOSITORY / "overrides"),)


def _front(folder: Path, *categories: str) -> list[str]:
    """Return where the headlines of a front page lead, of articles from the newest on, by category."""
    desk = FILES["data/redaktion.yml"].replace("  arbejde:", "  debat:\n    navn: Debat\n  arbejde:")
    articles = {
        f"articles/2023/{category}-{number}.md": (
            f"---\ntitle: Nummer {number}\ndate: 2023-01-{31 - number}\ndescription: Om valget.\n"
            f"category: {category}\ntags: [valg]\n---\nTekst.\n"
        )
        for number, category in enumerate(categories, 1)
    }
    site, problems = examined(
        folder, {"data/redaktion.yml": desk, **articles, "uden": ["articles/2022/a.md"]}
    )
    assert problems == ()
    page = dict(make(site, TEMPLATES))["index.html"].decode("utf-8")
    main = page[page.index("<main") : page.index("</main>")]
    return re.findall(r'<a [^>]*href="/2023/\d\d/\d\d/([a-z]+-\d)/"', main)


def test_a_debate_stands_in_its_band_and_nowhere_else(tmp_path: Path) -> None:
    assert sorted(_front(tmp_path, "mentor", "debat", "mentor")) == ["debat-2", "mentor-1", "mentor-3"]


def test_one_article_leads(tmp_path: Path) -> None:
    assert _front(tmp_path, "mentor") == ["mentor-1"]
