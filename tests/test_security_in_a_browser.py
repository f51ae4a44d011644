"""Every kind of page in a browser that holds it to its headers: nothing is refused, and nothing complains."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import html
from served import Published, headers_for, read_rules, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PHONE = {"width": 390, "height": 844}
_KIND = re.compile(rb'<body data-slags="([\w-]+)"')


def _one_of_each_kind(place: Published) -> dict[str, str]:
    """Return a path for each kind of page: the one with the most on it."""
    found: dict[str, tuple[int, str]] = {}
    for file in sorted(place.folder.rglob("*.html")):
        data = file.read_bytes()
        kind = _KIND.search(data)
        if kind:
            path = file.relative_to(place.folder).as_posix().removesuffix("index.html")
            found[kind[1].decode()] = max(found.get(kind[1].decode(), (0, "")), (len(data), path))
    return {kind: path for kind, (_, path) in found.items()}


def test_every_kind_of_page_keeps_to_its_policy(chromium: Browser, magazine_online: Published) -> None:
    pages = _one_of_each_kind(magazine_online)
    assert {
        "forside",
        "artikel",
        "kategori",
        "mentor",
        "tak",
        "tal",
        "tal-liste",
        "rettelser",
        "soeg",
    } <= set(pages)

    complaints = {}
    for kind, path in pages.items():
        with visiting(chromium, viewport=PHONE) as (page, heard):
            page.goto(f"{magazine_online.address}{path}")
            for button in page.locator("[popovertarget]:visible").all()[:2]:
                button.click()
                page.keyboard.press("Escape")
            for summary in page.locator("summary:visible").all()[:2]:
                summary.click()
            page.get_by_role("button", name=re.compile("Lys:")).click()
            complaints[kind] = heard

    assert {kind: heard for kind, heard in complaints.items() if heard} == {}


def test_the_browser_does_hold_pages_to_the_policy(chromium: Browser, magazine_online: Published) -> None:
    with visiting(chromium) as (page, complaints):
        page.goto(magazine_online.address)
        page.evaluate("document.body.insertAdjacentElement('beforeend', document.createElement('style'))")
        page.evaluate("document.body.lastElementChild.textContent = 'body { color: red }'")
        page.evaluate("() => { try { document.body.innerHTML = '<p>' } catch (error) {} }")
        page.wait_for_timeout(50)

    assert [text for text in complaints if "style-src" in text]
    assert [text for text in complaints if "require-trusted-types-for" in text or "TrustedHTML" in text]


def test_header_and_page_say_the_same(magazine_online: Published) -> None:
    rules = read_rules((magazine_online.folder / "_headers").read_text("utf-8"))
    checked = 0
    for file in magazine_online.folder.rglob("*.html"):
        path = f"/blad/{file.relative_to(magazine_online.folder).as_posix()}"
        tree = html.parse(str(file))
        metas = tree.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
        if tree.xpath("//body[@data-slags]"):
            header = headers_for(rules, path)["Content-Security-Policy"]
            assert metas == [header.replace("; frame-ancestors 'none'", "")], path
            checked += 1
    assert checked > 20


def test_no_page_holds_anything_inline(magazine_online: Published) -> None:
    found: list[tuple[str, str]] = []
    for file in sorted(magazine_online.folder.rglob("*.html")):
        tree = html.parse(str(file))
        found += [
            (file.name, str(element.tag))
            for element in tree.xpath(
                "//*[@style] | //style | //script[not(@src)][not(@type='application/ld+json')]"
            )
        ]
        found += [
            (file.name, str(name))
            for element in tree.iter()
            for name in element.attrib
            if str(name).startswith("on")
        ]
    assert found == []
