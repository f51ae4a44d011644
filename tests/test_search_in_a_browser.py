"""Search as a reader meets it, with every header on, in a magazine that lies in a folder of its host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect
from served import BASE, Published, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def search(chromium: Browser, magazine_online: Published) -> Iterator[Page]:
    """The search page; whatever a test does there, the browser has nothing to complain about."""
    with visiting(chromium) as (page, complaints):
        page.goto(f"{magazine_online.address}soeg/")
        yield page
        assert complaints == []


def _type(page: Page, words: str) -> None:
    page.get_by_role("searchbox").press_sequentially(words)


def _told(page: Page, words: str) -> str:
    expect(page.get_by_role("status")).to_contain_text(words)
    return page.get_by_role("status").inner_text()


def test_nothing_of_the_index_is_fetched_before_the_first_letter(
    chromium: Browser, magazine_online: Published
) -> None:
    with visiting(chromium) as (page, complaints):
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{magazine_online.address}soeg/", wait_until="networkidle")
        page.get_by_role("searchbox").focus()
        before = [address for address in asked if "/indeks/" in address]
        _type(page, "l")
        page.locator("#soeg-fund li").first.wait_for()
        after = [address for address in asked if "/indeks/" in address]

    assert before == []
    assert after
    assert all(address.startswith(f"{magazine_online.address}soeg/indeks/") for address in after)
    assert complaints == []


def test_what_is_found_is_a_list_of_links_to_pages(search: Page, magazine_online: Published) -> None:
    _type(search, "Lønforskellen")

    assert "fund på ”Lønforskellen”" in _told(search, "fund på")
    first = search.get_by_role("listitem").filter(has=search.get_by_role("heading")).first
    link = first.get_by_role("link")
    assert link.inner_text() == "Lønforskellen sidder i toppen"
    assert "Løn · 23. november 2026" in first.inner_text()
    assert first.locator("mark").all_inner_texts()
    link.click()
    search.wait_for_url("**/loenforskellen-sidder-i-toppen/")
    assert search.url.startswith(f"{magazine_online.address}2026/")
    assert search.get_by_role("heading", level=1).inner_text() == "Lønforskellen sidder i toppen"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("øremærket", "11 uger, der ikke kan gives væk"),
        ("ØREMÆRKET", "11 uger, der ikke kan gives væk"),
        ("område", None),
        ("Vollsmose", "Da Odense selv lagde penge i Vollsmose"),
    ],
)
def test_danish_letters_are_letters(search: Page, words: str, title: str | None) -> None:
    _type(search, words)

    assert not _told(search, "fund på").startswith("Ingen")
    titles = search.locator("#soeg-fund h2").all_inner_texts()
    assert titles
    assert title is None or title in titles


def test_the_way_in_is_on_every_page(chromium: Browser, magazine_online: Published) -> None:
    with visiting(chromium) as (page, _):
        page.goto(magazine_online.address)
        page.get_by_role("navigation", name="Sektioner").get_by_role("link", name="Søg").click()
        page.wait_for_url("**/soeg/")

        assert page.get_by_role("searchbox", name="Søg").count() == 1
        assert page.get_by_role("search").count() == 1


def test_no_finds_are_told(search: Page) -> None:
    _type(search, "qzxqzxqzx <b>")

    told = _told(search, "Ingen fund")

    assert told == "Ingen fund på ”qzxqzxqzx <b>”. Prøv et andet ord, eller gå en af de andre veje herunder."
    assert search.locator("#soeg-fund li").count() == 0
    assert not search.get_by_role("button", name="Vis flere").is_visible()


def test_more_can_be_shown(search: Page) -> None:
    _type(search, "og")
    count = int(_told(search, "fund på").partition(" ")[0])
    assert count > 10
    expect(search.locator("#soeg-fund li")).to_have_count(10)

    search.get_by_role("button", name="Vis flere").dblclick()

    expect(search.locator("#soeg-fund li")).to_have_count(min(count, 20))
    addresses = search.eval_on_selector_all("#soeg-fund a", "links => links.map(link => link.href)")
    assert len(set(addresses)) == len(addresses)
    expect(search.locator("#soeg-fund a").nth(10)).to_be_focused()


def test_an_address_with_words_finds_them(chromium: Browser, magazine_online: Published) -> None:
    with visiting(chromium) as (page, complaints):
        page.goto(f"{magazine_online.address}soeg/?q=l%C3%B8n")
        page.locator("#soeg-fund li").first.wait_for()

        assert page.get_by_role("searchbox").input_value() == "løn"
        page.locator("#soeg-fund a").first.click()
        page.wait_for_url("**/20*/**")
        page.go_back()
        page.locator("#soeg-fund li").first.wait_for()
        assert unquote(page.url).endswith(f"{BASE}/soeg/?q=løn")
        assert complaints == []


def test_the_keyboard_is_enough(search: Page) -> None:
    search.get_by_role("searchbox").focus()
    search.keyboard.type("mentor")
    search.keyboard.press("Enter")

    expect(search.get_by_role("status")).to_be_focused()
    assert "fund på ”mentor”" in search.get_by_role("status").inner_text()
    search.keyboard.press("Tab")
    expect(search.locator("#soeg-fund a").first).to_be_focused()
    assert unquote(search.url).endswith("?q=mentor")


def test_an_empty_field_is_an_empty_list(search: Page) -> None:
    _type(search, "løn")
    search.locator("#soeg-fund li").first.wait_for()

    search.get_by_role("searchbox").fill("")

    expect(search.locator("#soeg-fund li")).to_have_count(0)
    assert search.get_by_role("status").inner_text() == ""
    assert search.url.endswith("/soeg/")


def test_an_index_that_does_not_come_is_told_and_asked_for_again(
    chromium: Browser, magazine_online: Published
) -> None:
    with visiting(chromium) as (page, _):
        page.goto(f"{magazine_online.address}soeg/")
        page.route("**/pagefind-entry.json*", lambda route: route.abort())
        _type(page, "løn")
        told = _told(page, "kunne ikke hentes")
        page.unroute_all()
        page.get_by_role("button", name="Søg").click()

        assert "en af de andre veje" in told
        assert "fund på ”løn”" in _told(page, "fund på")


def test_without_scripts_the_other_ways_are_shown(chromium: Browser, magazine_online: Published) -> None:
    with visiting(chromium, java_script_enabled=False) as (page, _):
        page.goto(f"{magazine_online.address}soeg/")

        assert "kræver JavaScript" in page.locator("main").inner_text()
        assert page.get_by_role("searchbox").count() == 0
        ways = page.get_by_role("navigation", name="Andre veje ind i magasinet")
        assert ways.get_by_role("link").count() > 4
