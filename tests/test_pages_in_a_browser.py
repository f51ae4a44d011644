"""Pages as a browser shows them: what they weigh, that nothing moves, and that nobody is shut out."""

from __future__ import annotations

import functools
import http.server
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import brotli
import pytest
from axe_core_python.base import AXE_SCRIPT
from magazines import build
from states import NOW, STATES, address, put_states
from tegninger.pen import PALETTE

from magazine.danish.typography import set_text

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARTICLE = "/2022/05/24/mentor-gode-resultater-trods-coronarestriktioner/"

#: A page of every kind.
KINDS = {
    "front": "/",
    "article": ARTICLE,
    "list": "/kategori/mentor/",
    "archive": "/arkiv/",
    "standing": "/om/",
    "landing": "/bliv-mentor/",
    "figures": "/tal/",
    "figure": "/tal/job-eller-uddannelse/",
    "corrections": "/rettelser/",
    "search": "/soeg/",
    "404": "/404.html",
}
PAGES = {**KINDS, **{slug: address(slug) for slug in STATES}}

#: html + css + js + fonts, the drawings in the page and requests: bytes as a server packs them.
BUDGET = {
    "front": (50 * 1024, 60 * 1024, 10),
    "article": (45 * 1024, 30 * 1024, 6),
    "landing": (50 * 1024, 30 * 1024, 8),
}
FONTS = 35 * 1024
SCRIPTS = 3 * 1024
_PICTURE = re.compile(r'<svg class="tegnet".*?</svg>', re.DOTALL)

#: Every rule but those of WCAG's level AAA, which nobody has promised. Inside a drawing there is nothing to
#: find, and much to look through.
_AXE = """(rules) => axe.run({exclude: [['svg.tegnet > *']]}, {
  runOnly: {type: 'rule', values: axe.getRules().filter(rule => !rule.tags.includes('wcag2aaa'))
    .map(rule => rule.ruleId).filter(rule => !rules || rules.includes(rule))}, resultTypes: ['violations']
}).then(({violations}) => violations.flatMap(({id, nodes}) =>
  nodes.map(node => `${id}: ${node.target.join(' ')} ${node.any.map(check => check.message).join(' ')}`)))"""
#: What the night can change: its page is the same but for the colours.
_OF_COLOUR = ("color-contrast", "link-in-text-block", "focus-order-semantics")


class _Server(http.server.SimpleHTTPRequestHandler):
    """A host; under the name ``localhost`` a slow one, whose fonts come late."""

    def do_GET(self) -> None:
        """Send a file."""
        if self.path.endswith(".woff2") and self.headers["Host"].startswith("localhost"):
            time.sleep(0.4)
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site, with every state."""
    magazine = put_states(tmp_path_factory.mktemp("sider") / "magasin")
    done = build(magazine, variables={"MAGASIN_NU": NOW})
    assert done.status == 0, done.err
    return magazine / "site"


@pytest.fixture(scope="module")
def base(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Server, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium: Browser, base: str) -> Iterator[Page]:
    """A window of a phone's width."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, base_url=base)
    yield context.new_page()
    context.close()


def _packed(folder: Path, path: str) -> int:
    file = folder / (f"{path}index.html" if path.endswith("/") else path).lstrip("/")
    data = file.read_bytes()
    return len(data) if file.suffix == ".woff2" else len(brotli.compress(data))


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_page_weighs(page: Page, folder: Path, kind: str) -> None:
    all_asked: list[str] = []
    page.on("request", lambda request: all_asked.append(request.url))
    page.goto(KINDS[kind])
    page.evaluate("document.fonts.ready")
    # An icon is asked for once a site, after the page is drawn. Under load one of the other files
    # has been asked for twice; a file weighs once, for the second time it comes from the browser's own store.
    asked = [url for url in dict.fromkeys(all_asked) if not re.search(r"/(favicon|ikon-)[^/]*$", url)]
    own, pictures, requests = BUDGET.get(kind, BUDGET["front"])
    paths = [urlsplit(url).path for url in asked]
    html = _PICTURE.sub("", page.content())
    fonts = sum(_packed(folder, path) for path in paths if path.endswith(".woff2"))
    scripts = sum(_packed(folder, path) for path in paths if path.endswith(".js"))
    styles = sum(_packed(folder, path) for path in paths if path.endswith(".css"))
    whole = _packed(folder, KINDS[kind])
    bare = len(brotli.compress(html.encode()))

    assert {urlsplit(url).netloc for url in asked} == {urlsplit(page.url).netloc}
    assert len(asked) <= requests, " ".join(paths)
    assert fonts <= FONTS
    assert scripts <= SCRIPTS or kind == "search"
    assert bare + styles + scripts + fonts <= own or kind == "search", (bare, styles, scripts, fonts)
    assert whole - bare <= pictures


@pytest.mark.parametrize("kind", PAGES)
def test_nothing_moves_and_nothing_sticks_out(page: Page, base: str, kind: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(base.replace("127.0.0.1", "localhost") + PAGES[kind])
    page.evaluate("document.fonts.ready")
    moved = page.evaluate(
        """() => new Promise(resolve => {
          let sum = 0;
          new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
            .observe({type: 'layout-shift', buffered: true});
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
        })"""
    )
    wide = page.evaluate("document.documentElement.scrollWidth")
    beyond = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(element => {
          if (element.closest('.tabel, pre, svg, .skjult, .spring, [popover]')) return false;
          const box = element.getBoundingClientRect();
          return box.width && (box.right > 320.5 || box.left < -0.5);
        }).map(element => element.outerHTML.slice(0, 80))"""
    )

    assert (moved, wide, beyond) == (0, 320, [])


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
@pytest.mark.parametrize("path", [address("lang-overskrift"), "/", "/kategori/debat/"])
def test_a_headline_is_divided_at_its_joints(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    page.evaluate("document.fonts.ready.then(() => 0)")
    broken = page.evaluate(
        """() => [...document.querySelectorAll('.rubrik')].flatMap(heading => {
          const walk = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT), found = [];
          for (let node; (node = walk.nextNode());) {
            let before = null;
            [...node.data].forEach((letter, at) => {
              const range = document.createRange();
              range.setStart(node, at);
              range.setEnd(node, at + 1);
              const line = [...range.getClientRects()].at(-1)?.top ?? before;
              if (before !== null && line > before + 4 && /\\p{L}{2}/u.test(node.data.slice(at - 1, at + 1)))
                found.push(node.data.slice(0, at) + '/' + node.data.slice(at));
              if (letter !== '\\u00ad') before = line;
            });
          }
          return found;
        })"""
    )

    assert broken == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1440])
def test_the_pictures_of_the_front_page_are_as_wide_as_their_place(page: Page, width: int) -> None:
    """And no taller than their shape: below them stands who made them."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/")
    odd = page.evaluate(
        """() => [...document.querySelectorAll('.kort-billede')].flatMap(figure => {
          const picture = figure.querySelector('svg, img').getBoundingClientRect();
          const credit = figure.querySelector('figcaption'), frame = figure.getBoundingClientRect();
          const seen = credit && credit.checkVisibility() ? credit.getBoundingClientRect() : null;
          const column = figure.parentElement.getBoundingClientRect();
          const told = [figure.parentElement.className, picture.width, frame.width, column.width];
          const isAlone = getComputedStyle(figure.parentElement).display !== 'grid';
          const faults = [];
          if (Math.abs(picture.width - frame.width) > 1) faults.push(['narrower', ...told]);
          if (isAlone && Math.abs(frame.width - column.width) > 1) faults.push(['off', ...told]);
          if (seen && (seen.top < picture.bottom || seen.bottom > frame.bottom + 1))
            faults.push(['hidden', ...told]);
          return faults;
        })"""
    )

    assert odd == []


@pytest.mark.parametrize(("width", "height", "least"), [(1440, 900, 5), (390, 844, 2)])
def test_the_front_page_leads_with_several_stories(page: Page, width: int, height: int, least: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/")
    tops = page.eval_on_selector_all(
        "main .rubrik", "all => all.map(one => one.getBoundingClientRect().bottom)"
    )
    sizes = page.eval_on_selector_all("main .rubrik", "all => all.map(one => getComputedStyle(one).fontSize)")

    assert sum(bottom <= height for bottom in tops) >= least
    assert len(set(sizes)) >= 4


def _barriers(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_AXE, list(rules) or None)
    return found


@pytest.mark.parametrize("kind", [*KINDS, "alt-i-teksten"])
def test_no_barrier_that_a_machine_can_find(page: Page, kind: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(PAGES[kind])
    found = {"light": _barriers(page)}
    page.emulate_media(color_scheme="dark")
    found["dark"] = _barriers(page, _OF_COLOUR)
    page.set_viewport_size({"width": 320, "height": 640})
    button = page.locator(".mærke button:visible").first
    if button.count():
        button.click()
        assert page.locator(".note:popover-open").count() == 1
    found["narrow, with a note"] = _barriers(page)

    assert {when: barriers for when, barriers in found.items() if barriers} == {}


@pytest.mark.parametrize("kind", ["front", "article", "landing", "search"])
def test_the_keyboard_sees_where_it_is(page: Page, kind: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(PAGES[kind])
    page.keyboard.press("Tab")
    first = page.evaluate(
        "[document.activeElement.textContent, document.activeElement.getBoundingClientRect().x]"
    )
    assert first == ["Gå til indholdet", 16]
    stops = []
    for _ in range(60):
        stop = page.evaluate(
            """() => {
              const it = document.activeElement, card = it.closest('.kort') || it;
              if (it === document.body) return null;
              const box = it.getBoundingClientRect();
              const shown = [it, card].some(one => getComputedStyle(one).outlineStyle === 'solid'
                && parseFloat(getComputedStyle(one).outlineWidth) >= 3);
              return [it.outerHTML.slice(0, 90), box.width > 0 && it.checkVisibility(), shown,
                [...document.querySelectorAll('*')].indexOf(it)];
            }"""
        )
        if stop is None:
            break
        stops.append(stop)
        page.keyboard.press("Tab")

    assert len(stops) > 10
    assert [stop for stop in stops if not (stop[1] and stop[2])] == []
    assert [stop[3] for stop in stops] == sorted(stop[3] for stop in stops)


def test_the_way_past_the_menu(page: Page) -> None:
    page.goto(ARTICLE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "indhold"


def test_a_card_is_one_stop_and_can_be_clicked_anywhere(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/")
    counts = page.eval_on_selector_all(
        ".kort",
        """all => all.map(card =>
          [...card.querySelectorAll('a')].filter(link => link.closest('.kort') === card).length)""",
    )
    box = page.locator(".først .kort-billede").bounding_box()
    assert box
    with page.expect_navigation():
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    assert set(counts) == {1}
    assert urlsplit(page.url).path == ARTICLE


def test_a_note_opens_at_its_number_and_closes(page: Page) -> None:
    page.goto(ARTICLE)
    number = page.locator(".tekst .mærke button").first
    number.focus()
    page.keyboard.press("Enter")
    note = page.locator(".note:popover-open")
    assert "59 procent" in note.inner_text().replace("\u00a0", " ")
    assert "Kilde:" in note.inner_text()
    page.keyboard.press("Escape")

    assert page.locator(".note:popover-open").count() == 0


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_an_open_note_does_not_hide_where_the_keyboard_is(page: Page, width: int) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(ARTICLE)
    page.locator(".tekst .mærke button").first.focus()
    page.keyboard.press("Enter")
    note = page.locator(".note:popover-open")
    for _ in range(note.locator("a").count()):
        page.keyboard.press("Tab")
        assert note.is_visible()
        assert note.evaluate("note => note.contains(document.activeElement)")
    hidden = []
    for _ in range(8):
        page.keyboard.press("Tab")
        hidden += page.evaluate(
            """() => {
              const it = document.activeElement, box = it.getClientRects()[0];
              const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              return it.contains(seen) ? [] : [it.outerHTML.slice(0, 90)];
            }"""
        )
    for _ in range(8):
        page.keyboard.press("Shift+Tab")

    assert hidden == []
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Note 1:")
    assert note.is_visible()


def test_a_page_that_is_not_there_leads_to_the_search(page: Page) -> None:
    page.goto("/404.html")
    page.locator("main").get_by_role("link", name="søg").click()

    assert urlsplit(page.url).path == "/soeg/"


def test_a_table_of_three_columns_fits_a_phone(page: Page) -> None:
    """The room to press a note's number in does not make it scroll."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/2022/12/01/rekordmange-kvinder-i-folketinget/")
    page.evaluate("document.fonts.ready.then(() => 0)")
    beyond = page.eval_on_selector_all(
        ".tekst > figure > .tabel", "all => all.map(box => box.scrollWidth - box.clientWidth)"
    )

    assert beyond == [0]


def test_the_notes_stand_in_the_margin_where_there_is_room(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(ARTICLE)
    beside = page.evaluate(
        """() => [...document.querySelectorAll('.tekst > p .note:not(.igen)')].map(note => {
          const box = note.getBoundingClientRect();
          const text = note.closest('.tekst').getBoundingClientRect();
          const mark = note.previousElementSibling.getBoundingClientRect();
          return [box.left >= text.right, box.top - mark.top];
        })"""
    )

    assert beside
    assert all(is_beside for is_beside, _ in beside)
    assert max(away for _, away in beside) < 900, "a note is left more than a screen behind its number"


def test_words_are_set_62_to_68_to_a_line(page: Page) -> None:
    """Characters to a line of the body, as art direction asks for."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(ARTICLE)
    # What is drawn before the magazine's own letters have come has those of the reader's system.
    page.evaluate("document.fonts.ready")
    lines = page.evaluate(
        """() => {
          const text = document.querySelector('.tekst > p:not(:first-child)');
          const style = getComputedStyle(text), context = document.createElement('canvas').getContext('2d');
          context.font = `${style.fontSize} ${style.fontFamily}`;
          const sample = 'Den dag i maj kom de fleste af dem i arbejde eller uddannelse igen. '.repeat(4);
          return text.getBoundingClientRect().width / (context.measureText(sample).width / sample.length);
        }"""
    )

    assert 62 <= lines <= 68


@pytest.mark.parametrize("width", [768, 1024, 1440])
def test_a_line_of_text_is_never_too_long(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(ARTICLE)
    text = page.evaluate("document.querySelector('.tekst').getBoundingClientRect().width")

    assert 560 <= text <= 616


def test_colours_of_the_readers_own(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto("/bliv-mentor/")
    rule = page.evaluate("getComputedStyle(document.querySelector('.streg-tal')).fill")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    edge = page.evaluate("getComputedStyle(document.querySelector('.knap')).borderTopStyle")

    assert rule != ground
    assert edge == "solid"


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("path", ["/tal/kvindeandel-folketinget/", "/soeg/?q=mentor"])
def test_what_is_marked_is_seen_in_the_readers_own_colours(page: Page, path: str, light: str) -> None:
    page.emulate_media(forced_colors="active", color_scheme=light)  # type: ignore[arg-type]
    page.goto(path)
    colours = page.locator("main mark").first.evaluate(
        """mark => [mark, mark.parentElement, document.body].map(one => getComputedStyle(one))
          .map((style, at) => at < 2 ? style.color : style.backgroundColor)"""
    )

    assert colours[0] == colours[1] != colours[2]


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_a_range_stands_on_one_line(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/bliv-mentor/")
    page.evaluate("document.fonts.ready.then(() => 0)")
    broken = page.evaluate(
        """() => [...document.querySelectorAll('.tal')].flatMap(figure => {
          const walk = document.createTreeWalker(figure, NodeFilter.SHOW_TEXT), found = [];
          for (let node; (node = walk.nextNode());)
            for (const {index, 0: words} of node.data.matchAll(/\\d+–\\d+/g)) {
              const range = document.createRange();
              range.setStart(node, index);
              range.setEnd(node, index + words.length);
              found.push([words, new Set([...range.getClientRects()].map(box => Math.round(box.top))).size]);
            }
          return found;
        })"""
    )

    assert {words for words, _ in broken} == {"2–3", "4–12"}
    assert {lines for _, lines in broken} == {1}


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_the_large_figure_keeps_to_its_place(page: Page, width: int) -> None:
    """Its digits are taller than its line: they must not stand in what is above."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/bliv-mentor/")
    page.evaluate("document.fonts.ready.then(() => 0)")
    over = page.evaluate(
        """() => {
          const figure = document.querySelector('.landing-bevis .kæmpe-tal');
          const style = getComputedStyle(figure), box = figure.getBoundingClientRect();
          const context = document.createElement('canvas').getContext('2d');
          context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
          const ink = context.measureText(figure.textContent.trim());
          const top = box.top + parseFloat(style.paddingTop);
          const letters = ink.fontBoundingBoxAscent + ink.fontBoundingBoxDescent;
          const line = top + (parseFloat(style.lineHeight) - letters) / 2 + ink.fontBoundingBoxAscent;
          return box.top - (line - ink.actualBoundingBoxAscent);
        }"""
    )

    assert over <= 1


def test_nothing_moves_for_those_who_ask(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(ARTICLE)

    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0


def test_the_choice_of_light_is_kept_and_taken_back(page: Page) -> None:
    page.goto("/")
    kept = "Object.entries(localStorage)"
    assert page.evaluate(kept) == []
    ground = "getComputedStyle(document.body).backgroundColor"
    day = page.evaluate(ground)
    button = page.locator("[data-lys]:not(html)")
    button.click()
    button.click()
    assert page.evaluate(ground) != day
    page.reload()
    assert page.evaluate(ground) != day
    button.click()

    assert page.evaluate(kept) == []
    assert page.evaluate(ground) == day


@pytest.mark.parametrize(
    ("system", "chosen", "paper", "is_dimmed"),
    [
        ("light", "", "screen", False),
        ("dark", "", "screen", True),
        ("dark", "light", "screen", False),
        ("light", "dark", "screen", True),
        ("dark", "", "print", False),
        ("light", "dark", "print", False),
    ],
)
def test_photographs_are_dimmed_by_night(
    page: Page, system: str, chosen: str, paper: str, is_dimmed: bool
) -> None:
    page.emulate_media(color_scheme=system, media=paper)  # type: ignore[arg-type]
    page.goto(ARTICLE)
    seen = page.evaluate(
        """chosen => {
          if (chosen) document.documentElement.dataset.lys = chosen;
          return getComputedStyle(document.querySelector('main').appendChild(new Image())).filter;
        }""",
        chosen,
    )

    assert seen == ("brightness(0.86)" if is_dimmed else "none")


def test_a_page_reads_without_a_script_and_without_a_style(chromium: Browser, base: str) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=base)
    page = context.new_page()
    page.route("**/*.css", lambda route: route.abort())
    page.goto(ARTICLE)
    words = page.locator("main").inner_text()
    context.close()

    assert words.index("Tallene i artiklen") > words.index("Coronarestriktionerne")
    assert set_text("Bevillingen fra SIRI om året") in words


@pytest.mark.parametrize("kind", PAGES)
def test_no_style_and_no_script_in_the_page(folder: Path, kind: str) -> None:
    path = PAGES[kind]
    html = (folder / (f"{path}index.html" if path.endswith("/") else path).lstrip("/")).read_text("utf-8")

    assert re.findall(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", html) == []
    assert [
        tag
        for tag in re.findall(r"<script[^>]*>", html)
        if "src=" not in tag and "application/ld+json" not in tag
    ] == []


@pytest.mark.parametrize(("path", "most"), [("/", 3), (ARTICLE, 6), ("/bliv-mentor/", 5)])
def test_on_paper(page: Page, path: str, most: int) -> None:
    page.goto(path)
    sheets = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    page.emulate_media(media="print")

    assert 1 <= sheets <= most
    assert not page.locator(".menu").is_visible()
    assert page.locator(".kun-tryk").inner_text().endswith(path)


def _tokens(text: str) -> dict[str, tuple[str, str]]:
    return {
        name: (day, night)
        for name, day, night in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", text)
    }


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["day", "night"])
def test_words_stand_out_from_their_ground(root: Path, mode: int) -> None:
    tokens = {
        name: pair[mode]
        for name, pair in _tokens(root.joinpath("docs/stil/tokens.css").read_text("utf-8")).items()
    }
    words = ("ink", "soft", "sig", "arbejde", "loen", "magt", "familie", "debat")
    pairs = [(word, ground) for word in words for ground in ("paper", "wash")] + [("on-band", "band")]
    weak = {pair: _contrast(tokens[pair[0]], tokens[pair[1]]) for pair in pairs}

    assert {pair: round(value, 2) for pair, value in weak.items() if value < 4.5} == {}


def test_the_drawings_and_the_page_have_one_palette(root: Path) -> None:
    tokens = {
        name: day
        for name, (day, _) in _tokens(root.joinpath("docs/stil/tokens.css").read_text("utf-8")).items()
    }
    names = {
        "page": "paper",
        "text": "ink",
        "paper": "iw",
        "sand": "ip",
        "ink": "ik",
        "red": "i1",
        "teal": "i2",
        "yellow": "i3",
        "pink": "i4",
        "skin-1": "hud-1",
        "skin-2": "hud-2",
        "skin-3": "hud-3",
    }

    assert {name: tokens[token] for name, token in names.items()} == dict(PALETTE)


@pytest.mark.parametrize("cut", ["tekst", "rubrik", "grotesk"])
def test_the_fonts_write_danish(root: Path, cut: str) -> None:
    from fontTools.ttLib import TTFont

    cmap = TTFont(root / f"docs/skrifter/{cut}.woff2").getBestCmap()
    needed = (
        "abcdefghijklmnopqrstuvwxyzæøåéABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ0123456789 .,:;!?()%§–−…”’\u00a0\u202f"
    )

    assert [letter for letter in needed if ord(letter) not in cmap] == []
