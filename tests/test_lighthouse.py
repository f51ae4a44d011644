"""What measures the pages: its tool is pinned, and it tells what it was told."""

from __future__ import annotations

import json
from pathlib import Path

import lighthouse
import pytest
from lighthouse import PAGES, Judged, Weight, headers_for, judge, read_rules, told, weigh


def test_the_tool_is_pinned_and_names_no_address(root: Path) -> None:
    wanted = json.loads((root / "bench/package.json").read_text("utf-8"))["dependencies"]
    packages = json.loads((root / "bench/package-lock.json").read_text("utf-8"))["packages"]

    assert packages["node_modules/lighthouse"]["version"] == wanted["lighthouse"]
    assert not [name for name, one in packages.items() if "resolved" in one]
    assert not [name for name, one in packages.items() if name and "integrity" not in one]


def _report(score: float, lcp: int, failed: float) -> dict[str, object]:
    audits = {
        name: {"numericValue": lcp, "score": 1, "scoreDisplayMode": "numeric"}
        for name in (
            "largest-contentful-paint",
            "cumulative-layout-shift",
            "total-blocking-time",
            "mainthread-work-breakdown",
        )
    }
    asked = [("/", 2048), ("/a.css", 1024), ("/images/favicon.svg", 500)]
    items = [{"url": f"http://vært{path}", "transferSize": size} for path, size in asked]
    return {
        "audits": audits
        | {
            "network-requests": {"details": {"items": items}},
            "alt": {"score": failed, "scoreDisplayMode": "binary"},
            "told": {"score": None, "scoreDisplayMode": "notApplicable"},
        },
        "categories": {
            category: {
                "score": score,
                "auditRefs": [{"id": "alt", "weight": 7}, {"id": "told", "weight": 1}],
            }
            for category in lighthouse.CATEGORIES
        },
    }


def test_the_median_is_told_and_every_fault() -> None:
    one = judge([_report(1, 900, 1), _report(0.5, 3000, 0), _report(0.99, 1000, 1)])

    assert one.scores == (99, 99, 99, 99)
    assert one.lcp == 1.0
    assert one.failed == ("alt",)
    # The icon is asked for once a site.
    assert (one.requests, one.transferred) == (2, 3.0)


def test_a_page_is_weighed_as_it_is_sent(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<p>a</p><svg class="tegnet">' + "x y " * 99 + "</svg>", "utf-8")
    (tmp_path / "a.css").write_text("a{}" * 400, "utf-8")
    (tmp_path / "a.woff2").write_bytes(b"x" * 300)
    weight = weigh(tmp_path, "/", ["http://vært/", "http://vært/a.css", "http://vært/a.woff2"])

    assert weight.fonts == 300
    assert 0 < weight.styles < 100
    assert weight.drawings > 0
    assert weight.own == weight.html + weight.styles + 300


def test_every_page_has_its_rows() -> None:
    one = Judged((100, 100, 100, 66), ("is-crawlable",), 1.2, 0, 0, 200, 48.1, 7)
    text = told(
        {(page, form): one for page in PAGES for form in lighthouse.FORMS},
        {page: Weight(2048, 0, 1024, 0, 0) for page in PAGES},
        "Lighthouse 12",
    )

    for page in PAGES:
        assert f"| {page} | phone | 100 | 100 | 100 | 66 | 1.20 |" in text
        assert f"| {page} | 2.0 | 1.0 |" in text
    assert "- 404: `is-crawlable`" in text


@pytest.mark.parametrize(("path", "kept"), [("/", "a"), ("/soeg/", "b")])
def test_the_headers_are_those_of_the_file(path: str, kept: str) -> None:
    rules = read_rules("/*\n  X: a\n/soeg/*\n  ! X\n  X: b\n")

    assert headers_for(rules, path) == {"X": kept}
