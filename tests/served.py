"""A built site, served with the headers that it asks its host for; and a receiver of its form."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from magazines import build, put_real

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

#: The folder of the site on its host: an address without it leads nowhere.
BASE = "/blad"
#: After every article of the real magazine.
NOW = "2026-11-25 12:00"

Rules = list[tuple[str, list[str]]]


def read_rules(text: str) -> Rules:
    """Read ``_headers``: a path, and below it the headers that it adds, or with ``!`` takes away."""
    rules: Rules = []
    for line in text.splitlines():
        if line.startswith(" "):
            rules[-1][1].append(line.strip())
        elif line:
            rules.append((line, []))
    return rules


def headers_for(rules: Rules, path: str) -> Mapping[str, str]:
    """Return the headers of a path, as Netlify and Cloudflare understand the file."""
    found: dict[str, str] = {}
    for pattern, lines in rules:
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path):
            for line in lines:
                name, _, value = line.removeprefix("! ").partition(": ")
                if line.startswith("! "):
                    found.pop(name)
                else:
                    found[name] = f"{found[name]}, {value}" if name in found else value
    return found


class _Site(SimpleHTTPRequestHandler):
    """Serves the folder under ``BASE``."""

    def __init__(self, *args: Any, rules: Rules, **named: Any) -> None:
        self.rules = rules
        super().__init__(*args, **named)

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(BASE) if path.startswith(f"{BASE}/") else "/nowhere")

    def end_headers(self) -> None:
        for name, value in headers_for(self.rules, self.path.partition("?")[0]).items():
            if name != "Strict-Transport-Security":  # it means nothing on a connection like ours
                self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


Answer = Callable[["Receiving"], None]


class Receiving(BaseHTTPRequestHandler):
    """One request to the receiver."""

    receiver: Receiver

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.receiver.bodies.append(self.body)
        self.receiver.accepts.append(self.headers["Accept"])
        self.receiver.answer(self)

    def do_GET(self) -> None:
        self.reply(200, "text/html; charset=utf-8", "<!doctype html><title>Modtager</title>")

    def reply(self, status: int, kind: str, text: str, *, shares: bool = True, **headers: str) -> None:
        data = text.encode()
        self.send_response(status)
        if shares:
            self.send_header("Access-Control-Allow-Origin", "*")
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):  # the browser would not wait for all of it
            self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@dataclass
class Receiver:
    """What the form is sent to."""

    answer: Answer
    bodies: list[bytes] = field(default_factory=list)
    accepts: list[str] = field(default_factory=list)
    address: str = ""


@dataclass(frozen=True)
class Published:
    """The real magazine on its host, with a form."""

    folder: Path
    address: str
    """With ``BASE`` and a slash."""
    receiver: Receiver


@contextmanager
def _serving(handler: Any) -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@contextmanager
def published(folder: Path) -> Iterator[Published]:
    """Build the real magazine with a form, and serve it."""
    root = put_real(folder)
    receiver = Receiver(lambda request: request.reply(200, "application/json", '{"ok": true}'))
    receiving = type("Handler", (Receiving,), {"receiver": receiver})
    rules: Rules = []
    with (
        _serving(receiving) as form_port,
        _serving(partial(_Site, rules=rules, directory=str(root / "site"))) as port,
    ):
        receiver.address = f"http://127.0.0.1:{form_port}/modtag"
        address = f"http://127.0.0.1:{port}{BASE}/"
        _replace(root / "mkdocs.yml", r"^site_url: .*", f"site_url: {address}")
        for key, value in (
            ("modtager", receiver.address),
            ("formål", "oplysningerne bruges til at finde en mentee til dig"),
            ("dataansvarlig", "Prøven"),
            ("opbevaring", "de slettes efter en dag"),
        ):
            _replace(root / "data/bliv-mentor.yml", rf"^  {key}: .*", f"  {key}: {value}")
        done = build(root, "--quiet", variables={"MAGASIN_NU": NOW})
        assert done.status == 0, done.err
        rules += read_rules((root / "site/_headers").read_text("utf-8"))
        yield Published(root / "site", address, receiver)


def _replace(file: Path, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, file.read_text("utf-8"), count=1, flags=re.M)
    assert count == 1, pattern
    file.write_text(text, encoding="utf-8")


@contextmanager
def visiting(browser: Browser, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """Open a page, and collect whatever the browser complains about: the policy, scripts, lost files."""
    context: BrowserContext = browser.new_context(**options)
    complaints: list[str] = []
    context.add_init_script(
        "addEventListener('securitypolicyviolation', event =>"
        " console.error('violation', event.violatedDirective, event.blockedURI, event.sample))"
    )
    page = context.new_page()
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page, complaints
    context.close()
