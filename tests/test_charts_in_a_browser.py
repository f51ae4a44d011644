"""Charts as a browser lays them out: nothing on top of anything, on a phone and on a desk."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, TypedDict

import pytest
from test_charts import CHARTS, ROOT, printed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


class Box(TypedDict):
    """Where a text stands on the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


#: Ink boxes of the words: a little less than the line, which holds room for accents and tails.
_BOXES = """() => [...document.querySelectorAll('svg text')].map(text => {
  const box = text.getBoundingClientRect(), trim = box.height * 0.2;
  return {text: text.textContent, left: box.left, right: box.right,
          top: box.top + trim, bottom: box.bottom - trim};
})"""


def _page(chromium: Browser, width: int, *, dark: bool = False) -> Page:
    page = chromium.new_page(
        viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
    )
    styles = (ROOT / "docs/stil/grafer.css").read_text("utf-8")
    figures = "".join(printed("tal-graf", body, number) for number, body in enumerate(CHARTS.values(), 1))
    page.set_content(
        f"""<!doctype html><html lang="da"><title>Grafer</title><style>
        :root {{ color-scheme: light dark; --paper: light-dark(#fff, #000); --ink: light-dark(#000, #fff);
          --soft: var(--ink); --hair: #888; --i1: #b0123c; --i3: #f1bd45; --sans: sans-serif; --disp: serif }}
        body {{ margin: 0 auto; max-width: 38rem; padding: 0 1.125rem }} figure {{ margin: 0 }}
        {styles}</style><main>{figures}</main></html>"""
    )
    return page


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_no_words_stand_on_words_or_outside(chromium: Browser, width: int) -> None:
    page = _page(chromium, width)
    boxes: list[Box] = page.evaluate(_BOXES)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()

    over = [
        (one["text"], other["text"])
        for one, other in combinations(boxes, 2)
        if one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    ]
    outside = [box["text"] for box in boxes if box["left"] < 0 or box["right"] > width]

    assert len(boxes) > 2 * len(CHARTS)
    assert over == []
    assert outside == []
    assert wide == width


def test_a_chart_has_a_name_and_a_description(chromium: Browser) -> None:
    page = _page(chromium, 390)
    heard = page.get_by_role("img", name="Resultatet & målet < 60")
    described = heard.get_attribute("aria-describedby")
    count = page.get_by_role("img").count()
    text = page.locator(f"#{described}").text_content()
    page.close()

    assert count == len(CHARTS)
    assert (
        text
        == "Søjler. I job eller uddannelse (2021): 59\u202f%; Målet (2020): 30\u202f%. Målet er fra 2020."
    )


def test_the_words_keep_their_size_on_a_phone(chromium: Browser) -> None:
    sizes = []
    for width in (320, 1440):
        page = _page(chromium, width)
        sizes.append(
            page.evaluate("[...document.querySelectorAll('svg text')].map(t => getComputedStyle(t).fontSize)")
        )
        page.close()

    assert sizes[0] == sizes[1]
    assert set(sizes[0]) == {"15px"}


def test_the_picture_is_repainted_in_the_dark(chromium: Browser) -> None:
    colours = []
    for dark in (False, True):
        page = _page(chromium, 390, dark=dark)
        colours.append(page.evaluate("getComputedStyle(document.querySelector('svg text')).fill"))
        page.close()

    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_the_table_is_printed(chromium: Browser) -> None:
    page = _page(chromium, 700)
    rows = page.get_by_role("row", name="I uddannelse")
    hidden = rows.count()
    page.emulate_media(media="print")
    shown = rows.first.is_visible()
    page.close()

    assert hidden == 0
    assert shown
