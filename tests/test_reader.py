"""The magazine for those who use only the keyboard, and for those who listen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from served import Published, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARTICLE = "2022/05/24/mentor-gode-resultater-trods-coronarestriktioner/"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
OPEN = ":popover-open"


@pytest.fixture
def page(chromium: Browser, magazine_online: Published) -> Iterator[Page]:
    """A window that stands at the magazine's address."""
    with visiting(chromium, base_url=magazine_online.address, reduced_motion="reduce") as (page, complaints):
        yield page
        assert complaints == []


def _heard(page: Page, selector: str) -> str:
    """Return what a screen reader is given, on one line."""
    return " ".join(page.locator(selector).first.aria_snapshot().replace("\u2060", "").split())


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_note_is_heard_when_it_is_asked_for_and_not_before(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(ARTICLE)
    before = _heard(page, ".tekst > p")
    page.get_by_role("button", name="59 procent").first.press("Enter")
    note = _heard(page, OPEN)

    assert "Kilde: " not in before
    assert before.count("59 procent") == 2, "once in the sentence, once in the number's name"
    assert "blandt mentees, der svarede" in note
    assert note.count("59 procent") == 1


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_from_a_number_to_its_source_and_back(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(ARTICLE)
    number = page.get_by_role("button", name="59 procent").first
    number.press("Enter")
    page.keyboard.press("Tab")
    source = page.evaluate("document.activeElement.href")
    page.keyboard.press("Tab")
    figure = page.evaluate("document.activeElement.href")
    page.keyboard.press("Escape")

    assert source.startswith("https://")
    assert figure.endswith("/tal/job-eller-uddannelse/")
    assert page.locator(OPEN).count() == 0
    assert number.evaluate("it => it === document.activeElement")


def test_no_link_in_a_note_leads_to_where_the_note_would_lie_on_top(page: Page) -> None:
    page.goto(ARTICLE)

    assert page.locator('[popover] a[href^="#"]').count() == 0
    assert page.locator("[popover] a").count() > 10


def test_numbers_and_notes_are_on_paper(page: Page) -> None:
    page.goto(ARTICLE)
    page.emulate_media(media="print")
    shown = page.locator(".tekst").first.inner_text().replace("\u2060", "").replace("\u00a0", " ")

    assert "59 procent1" in "".join(shown.splitlines())
    assert page.locator(".mærke button:visible").count() == 0
    assert page.locator("#tal-1").inner_text().count("Kilde:") == 1


def test_one_card_at_a_time_has_the_focus(page: Page) -> None:
    page.goto("")
    framed = []
    for link in page.locator(".kort .rubrik a").all():
        link.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        framed.append(
            page.evaluate(
                "[...document.querySelectorAll('.kort')]"
                ".filter(card => getComputedStyle(card).outlineStyle === 'solid').length"
            )
        )

    assert len(framed) > 10
    assert set(framed) == {1}


def test_what_is_put_away_is_put_away(page: Page) -> None:
    """An element that is hidden is neither seen nor heard, however it is laid out."""
    for path in ("", ARTICLE, "bliv-mentor/", "soeg/"):
        page.goto(path)
        left = page.evaluate(
            """() => {
              for (const part of document.querySelectorAll('#skema > *')) part.hidden = true;
              return [...document.querySelectorAll('[hidden]:not(.note)')]
                .filter(part => part.checkVisibility()).map(part => part.outerHTML);
            }"""
        )
        assert left == []


def test_a_title_that_is_not_danish_says_so(page: Page) -> None:
    """Or it is read aloud as if it were."""
    told = {}
    for path in (
        "bliv-mentor/",
        "tal/",
        "tal/kvinder-i-folketinget/",
        "2022/12/01/rekordmange-kvinder-i-folketinget/",
    ):
        page.goto(path)
        told[path] = page.evaluate(
            """() => {
              const titles = {'How much time should I invest?': 'en',
                'Rekordmange kvinner innvalgt i Folketinget i Danmark': 'no'};
              const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              for (let node; (node = walk.nextNode());) {
                const words = node.data.replace(/\\u00a0/g, ' ').replace(/\\u00ad/g, '');
                for (const [title, language] of Object.entries(titles))
                  if (words.includes(title))
                    found.push(words === title && node.parentElement.closest('[lang]').lang === language);
              }
              return found;
            }"""
        )

    assert all(told.values())
    assert {one for found in told.values() for one in found} == {True}


@pytest.mark.parametrize("path", ["", ARTICLE, "bliv-mentor/", "tal/", "soeg/"])
def test_letters_of_twice_the_size_fit_a_phone(page: Page, path: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_footnote_is_not_taken_for_the_note_of_a_figure(page: Page) -> None:
    page.goto(ARTICLE)

    assert page.get_by_role("link", name="Fodnote 1", exact=True).count() == 1
    assert page.get_by_role("region", name="Fodnoter").count() == 1
    assert page.get_by_role("link", name="Tilbage til teksten ved fodnote 1").count() == 1
