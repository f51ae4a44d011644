"""Errors in the figures and the corrections they write; one file a case under ``cases/corrections``.

A case adds to the figures (``tal``) and has an article's text, which begins at line 8; ``dato`` is 1 June
2022 and ``nu`` 1 September 2024 where not given.
"""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from one_article import magazine

from magazine.pages.corrections import all_corrections, correction_nodes, correction_views
from magazine.pages.json_ld import article_json_ld
from magazine.pages.sitemap import last_modified, sitemap
from magazine.site import Site

CASES = sorted((Path(__file__).parent / "cases" / "corrections").glob("*.yml"))


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_corrections(path: Path, tmp_path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))

    site, problems = magazine(tmp_path, case)

    told = "".join(f"{problem}\n" for problem in problems)
    assert told == case.get("fejl", "") + case.get("advarsler", "")
    if "fejl" not in case:
        page = site.pages[site.articles[0].path]
        assert [f"{item.day} {item.text}" for item in page.corrections] == case.get("rettelser", [])


@pytest.fixture
def corrected(tmp_path: Path) -> Site:
    case = yaml.safe_load((CASES[0].parent / "mended-text-carries-the-correction.yml").read_text("utf-8"))
    case["opdateret"] = (
        "2022-06-01\ncorrections:\n  - date: 2022-07-01\n    text: Et navn var stavet forkert."
    )
    site, problems = magazine(tmp_path, case)
    assert problems == ()
    return site


def test_manual_and_carried_corrections_stand_together_newest_first(corrected: Site) -> None:
    article = corrected.articles[0]

    assert [view.date.iso for view in correction_views(corrected, article)] == ["2024-06-03", "2022-07-01"]
    assert [(view.date.iso, view.title, view.address) for view in all_corrections(corrected)] == [
        ("2024-06-03", "Om job", "/2022/06/01/a/"),
        ("2022-07-01", "Om job", "/2022/06/01/a/"),
    ]


def test_machines_are_told(corrected: Site) -> None:
    article = corrected.articles[0]

    document = json.loads(article_json_ld(corrected, article, correction_nodes(corrected, article)))

    node = document["@graph"][0]
    assert [(item["@type"], item["datePublished"]) for item in node["correction"]] == [
        ("CorrectionComment", "2022-07-01"),
        ("CorrectionComment", "2024-06-03"),
    ]
    assert node["correction"][1]["text"].startswith("Her stod 59 procent. Det rigtige er 61 procent")
    assert node["dateModified"].startswith("2024-06-03")


def test_the_day_of_the_correction_is_the_day_of_the_change(corrected: Site) -> None:
    article = corrected.articles[0]
    entries = {
        entry[0].text: entry[1].text for entry in ElementTree.fromstring(sitemap(corrected)) if len(entry) > 1
    }

    assert last_modified(corrected, corrected.pages[article.path], article) == "2024-06-03"
    assert entries["https://a.example/2022/06/01/a/"] == "2024-06-03"
    assert entries["https://a.example/rettelser/"] == "2024-06-03"
