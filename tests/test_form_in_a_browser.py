"""The form, sent from a browser to a receiver on another port: nothing typed is lost, and it is sent once."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from lxml import html
from magazines import build, put_real
from playwright.sync_api import expect
from served import NOW, Answer, Published, Receiver, Receiving, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

TYPED = {
    "Navn": "Åse Østergård-Æbelø",
    "E-mail": "aase@sted.dk",
    "Hvilke sprog taler du? (kan udelades)": "dansk, دری og “lidt” <b>tysk</b>",
    "Hvorfor vil du være mentor? (kan udelades)": "Fordi:\n1 + 1 = 2 & 50 % af det.",
}
KEPT = "Det, du har skrevet, står her endnu."
#: The browser says aloud that a request went wrong, which here is what is tried.
EXPECTED = re.compile(r"Failed to load resource|blocked by CORS policy")


@pytest.fixture
def receiver(magazine_online: Published) -> Iterator[Receiver]:
    """The receiver, which has received nothing yet."""
    receiver = magazine_online.receiver
    receiver.bodies.clear()
    receiver.accepts.clear()
    answer = receiver.answer
    yield receiver
    receiver.answer = answer


@pytest.fixture
def form(chromium: Browser, magazine_online: Published, receiver: Receiver) -> Iterator[Page]:
    """The landing page; the browser never complains of anything but the receiver."""
    with visiting(chromium) as (page, complaints):
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"{magazine_online.address}bliv-mentor/")
        yield page
        assert [text for text in complaints if not EXPECTED.search(text)] == []


def _fill(page: Page) -> None:
    for label, words in TYPED.items():
        page.get_by_label(label).fill(words)
    page.get_by_label("Hvor vil du være mentor?").select_option("noerrebro")
    page.get_by_label("Ja, I må bruge").check()


def _send(page: Page) -> None:
    page.get_by_role("button", name="Send").click()


def _assert_nothing_is_lost(page: Page) -> None:
    for label, words in TYPED.items():
        expect(page.get_by_label(label)).to_have_value(words)
    expect(page.get_by_label("Hvor vil du være mentor?")).to_have_value("noerrebro")
    expect(page.get_by_label("Ja, I må bruge")).to_be_checked()


def _received(receiver: Receiver) -> dict[str, list[str]]:
    (body,) = receiver.bodies
    return parse_qs(body.decode("ascii"), keep_blank_values=True, strict_parsing=True)


def _assert_whole(received: dict[str, list[str]], address: str) -> None:
    assert received["navn"] == [TYPED["Navn"]]
    assert received["email"] == [TYPED["E-mail"]]
    assert received["sprog"] == [TYPED["Hvilke sprog taler du? (kan udelades)"]]
    assert received["hvorfor"][0].replace("\r\n", "\n") == TYPED["Hvorfor vil du være mentor? (kan udelades)"]
    assert received["sted"] == ["noerrebro"]
    assert received["telefon"] == [""]
    assert received["hjemmeside"] == [""], "a person never sees the field that only machines fill in"
    assert re.fullmatch("ja-[0-9a-f]{8}", received["samtykke"][0])
    assert received["tak"] == [f"{address}bliv-mentor/tak/"]


def test_a_form_that_is_received(form: Page, receiver: Receiver, magazine_online: Published) -> None:
    _fill(form)
    _send(form)

    expect(form.get_by_role("status")).to_have_text("Tak. Din besked er sendt.")
    expect(form.get_by_role("status")).to_be_focused()
    expect(form.get_by_role("button", name="Send")).to_be_hidden()
    received = _received(receiver)
    _assert_whole(received, magazine_online.address)
    assert len(received["nummer"][0]) > 10
    assert receiver.accepts == ["application/json"]
    assert form.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def _json(value: object, status: int = 200) -> Answer:
    return lambda request: request.reply(status, "application/json; charset=utf-8", json.dumps(value))


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (422, {"errors": {"email": "<script>alert(1)</script>"}}),
        (400, {"errors": [{"field": "email", "message": "<img src=x onerror=alert(1)>"}]}),
        (200, {"ok": False, "errors": [{"field": "email"}]}),
    ],
)
def test_faults_that_the_receiver_finds_stand_at_their_fields(
    form: Page, receiver: Receiver, status: int, answer: object
) -> None:
    receiver.answer = _json(answer, status)
    _fill(form)
    _send(form)

    field = form.get_by_label("E-mail")
    expect(form.get_by_role("status")).to_have_text("Et felt skal ses efter.")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("Skriv en e-mailadresse"))
    expect(form.locator("#fejl-email")).to_be_visible()
    expect(form.locator("#fejl-navn")).to_be_hidden()
    _assert_nothing_is_lost(form)
    receiver.answer = _json({"ok": True})
    _send(form)
    expect(form.get_by_role("status")).to_have_text("Tak. Din besked er sendt.")
    first, second = (parse_qs(body.decode())["nummer"] for body in receiver.bodies)
    assert first == second, "the receiver can tell that it is the same message"


def test_what_is_missing_is_told_before_anything_is_sent(form: Page, receiver: Receiver) -> None:
    form.get_by_label("E-mail").fill("ikke en adresse")
    form.get_by_label("Telefon").fill("ring bare")
    _send(form)

    expect(form.get_by_role("status")).to_have_text("5 felter skal ses efter.")
    expect(form.get_by_label("Navn")).to_be_focused()
    for name in ("navn", "email", "telefon", "sted", "samtykke"):
        expect(form.locator(f"#fejl-{name}")).to_be_visible()
    form.get_by_label("Navn").fill("Å")
    expect(form.locator("#fejl-navn")).to_be_hidden()
    assert receiver.bodies == []


def _slow(request: Receiving) -> None:
    threading.Event().wait(1.5)


HUGE = "<p>Ø</p>" * 400_000
GONE = "Formularen tager ikke imod længere."
BROKEN = "Formularen virker ikke lige nu. Beskeden er ikke sendt. Prøv igen om lidt."
STRANGE = "Svaret var ikke til at forstå, så vi ved ikke, om beskeden er kommet frem."
SILENT = "Der kom intet svar, så vi ved ikke, om beskeden er kommet frem."
FAILURES: dict[str, tuple[Answer, str]] = {
    "slow": (_slow, SILENT),
    "500": (lambda request: request.reply(500, "text/html", "<h1>Av</h1>"), BROKEN),
    "503 with json": (_json({"fejl": "av"}, 503), BROKEN),
    "refused": (_json({"ok": False}), BROKEN),
    "404": (lambda request: request.reply(404, "text/html", "<h1>Væk</h1>"), GONE),
    "410": (lambda request: request.reply(410, "application/json", "{}"), GONE),
    "nobody may read it": (
        lambda request: request.reply(200, "application/json", "{}", shares=False),
        SILENT,
    ),
    "html": (lambda request: request.reply(200, "text/html", "<script>alert(1)</script>"), STRANGE),
    "script": (lambda request: request.reply(200, "text/javascript", "alert(1)"), STRANGE),
    "huge": (lambda request: request.reply(200, "text/html", HUGE), STRANGE),
    "half json": (lambda request: request.reply(200, "application/json", '{"ok": tr'), STRANGE),
    "json of another kind": (_json("<b>ok</b>"), STRANGE),
    "a list": (_json([{"ok": True}]), STRANGE),
    "fields that are none of ours": (_json({"errors": {"__proto__": 1, "<b>": 2}}, 422), BROKEN),
    "no http": (lambda request: None, SILENT),
}


@pytest.mark.parametrize("name", FAILURES)
def test_nothing_is_lost_when(form: Page, receiver: Receiver, name: str) -> None:
    receiver.answer, told = FAILURES[name]
    form.locator("#skema").evaluate("form => { form.dataset.patience = 600 }")
    _fill(form)
    _send(form)

    expect(form.get_by_role("status")).to_have_text(f"{told} {KEPT}")
    expect(form.get_by_role("status")).to_be_focused()
    _assert_nothing_is_lost(form)
    expect(form.get_by_role("heading", name="Vil du hellere skrive eller ringe?")).to_be_visible()
    expect(form.get_by_role("link", name=re.compile("mentor.kvinfo.dk"))).to_be_visible()
    assert len(receiver.bodies) == 1
    receiver.answer = _json({"ok": True})
    _send(form)
    expect(form.get_by_role("status")).to_have_text("Tak. Din besked er sendt.")


def test_nothing_is_lost_where_nobody_answers(form: Page, receiver: Receiver) -> None:
    form.route(receiver.address, lambda route: route.abort("connectionrefused"))
    _fill(form)
    _send(form)

    expect(form.get_by_role("status")).to_have_text(f"{SILENT} {KEPT}")
    _assert_nothing_is_lost(form)


def test_two_clicks_send_once(form: Page, receiver: Receiver) -> None:
    go = threading.Event()

    def answer(request: Receiving) -> None:
        go.wait(5)
        _json({"ok": True})(request)

    receiver.answer = answer
    _fill(form)
    form.get_by_role("button", name="Send").dblclick()
    form.keyboard.press("Enter")
    expect(form.get_by_role("status")).to_have_text("Sender …")
    go.set()

    expect(form.get_by_role("status")).to_have_text("Tak. Din besked er sendt.")
    assert len(receiver.bodies) == 1


def test_leaving_with_something_typed_asks_first(
    chromium: Browser, magazine_online: Published, receiver: Receiver
) -> None:
    with visiting(chromium) as (page, _):
        asked: list[str] = []

        def leave(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.accept()

        page.on("dialog", leave)
        page.goto(f"{magazine_online.address}bliv-mentor/")
        page.get_by_label("Navn").press_sequentially("Åse")
        page.goto(magazine_online.address)

    assert asked == ["beforeunload"]


@pytest.fixture
def plain(chromium: Browser, magazine_online: Published, receiver: Receiver) -> Iterator[Page]:
    """The landing page in a browser that runs no scripts."""
    with visiting(chromium, java_script_enabled=False) as (page, complaints):
        page.goto(f"{magazine_online.address}bliv-mentor/")
        yield page
        assert [text for text in complaints if not EXPECTED.search(text)] == []


def _to(address: str) -> Answer:
    return lambda request: request.reply(303, "text/plain", "", Location=address)


def test_without_scripts_it_is_sent_all_the_same(
    plain: Page, receiver: Receiver, magazine_online: Published
) -> None:
    receiver.answer = _to(f"{magazine_online.address}bliv-mentor/tak/")
    _fill(plain)
    _send(plain)
    plain.wait_for_url("**/bliv-mentor/tak/")

    assert plain.get_by_role("heading", level=1).inner_text() == "Tak"
    _assert_whole(_received(receiver), magazine_online.address)


def test_without_scripts_a_fault_is_shown_at_its_field(
    plain: Page, receiver: Receiver, magazine_online: Published
) -> None:
    receiver.answer = _to(f"{magazine_online.address}bliv-mentor/#fejl-email")
    expect(plain.locator("#fejl-email")).to_be_hidden()
    _fill(plain)
    _send(plain)
    plain.wait_for_url("**/#fejl-email")

    expect(plain.locator("#fejl-email")).to_be_visible()
    expect(plain.locator("#fejl-navn")).to_be_hidden()
    expect(plain.get_by_text("Gå et skridt tilbage i browseren")).to_be_visible()
    plain.go_back()
    _assert_nothing_is_lost(plain)


def test_without_scripts_the_way_back_leads_to_what_was_typed(plain: Page, receiver: Receiver) -> None:
    receiver.answer = lambda request: request.reply(500, "text/html", "<h1>Av</h1>")
    _fill(plain)
    _send(plain)
    plain.wait_for_url(receiver.address)
    plain.go_back()

    _assert_nothing_is_lost(plain)


def test_without_scripts_the_browser_itself_asks_for_what_is_missing(plain: Page, receiver: Receiver) -> None:
    plain.get_by_label("E-mail").fill("ikke en adresse")
    _send(plain)

    expect(plain.locator("#fejl-email")).to_be_visible()
    assert receiver.bodies == []


def test_the_button_has_an_edge_in_colours_of_the_readers_own(plain: Page) -> None:
    plain.emulate_media(forced_colors="active")

    assert plain.locator(".skema button").evaluate("it => getComputedStyle(it).borderTopStyle") == "solid"


def test_on_paper_nothing_can_be_pressed(plain: Page) -> None:
    plain.emulate_media(media="print")

    expect(plain.locator("#skema-navn")).to_be_visible()
    expect(plain.get_by_role("button", name="Send")).to_be_hidden()


def test_on_paper_the_fields_have_all_their_edges(plain: Page) -> None:
    """A browser cuts what reaches the very edge of the print area."""
    plain.emulate_media(media="print")
    room = plain.locator(".skema").evaluate(
        """form => {
          const rights = [...form.querySelectorAll('input, select, textarea')]
            .map(it => it.getBoundingClientRect().right);
          return form.getBoundingClientRect().right - Math.max(...rights);
        }"""
    )

    assert room >= 1


def test_without_a_receiver_there_is_no_form_and_the_build_says_so(tmp_path: Path) -> None:
    root = put_real(tmp_path / "magasin")

    done = build(root, variables={"MAGASIN_NU": NOW})

    assert done.status == 0
    assert "«Bliv mentor» viser ingen formular: den har ingen modtager" in done.err
    page = html.parse(str(root / "site/bliv-mentor/index.html"))
    assert page.xpath("//form | //script[contains(@src, 'skema')] | //input") == []
    assert page.xpath("//main//a[@class='knap'][starts-with(@href, 'https://mentor.kvinfo.dk')]")
    assert not (root / "site/bliv-mentor/tak").exists()
    assert "127.0.0.1" not in (root / "site/_headers").read_text("utf-8")
