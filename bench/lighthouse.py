"""Let Lighthouse judge a page of every kind, weigh them, and write ``bench/LIGHTHOUSE.md``.

The real magazine is built, and served as a host would: with the headers of its own ``_headers``, packed with
Brotli, kept connections, names of content for caches. Lighthouse is the pinned one of ``package.json``,
installed into ``.cache/bench/tools``; it judges with its own network and processor of a middling phone, and
with those of a desk. Each number is the median of three runs.

    python bench/lighthouse.py              every page
    python bench/lighthouse.py --only forside   one page anew; the others stay as they were measured
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import brotli
from synthetic import make_magazine

BENCH = Path(__file__).resolve().parent
OUT = BENCH.parent / ".cache" / "bench"
TOOL = OUT / "tools" / "lighthouse"
KEPT = OUT / "lighthouse.json"
DEBIANS_CHROMIUM = Path("/usr/bin/chromium")

ARTICLE = "/2022/05/24/mentor-gode-resultater-trods-coronarestriktioner/"
PAGES = {
    "forside": "/",
    "artikel": ARTICLE,
    "Bliv mentor": "/bliv-mentor/",
    "tal": "/tal/kvindeandel-folketinget/",
    "liste": "/kategori/mentor/",
    "søgning": "/soeg/",
    "rettelser": "/rettelser/",
    "404": "/404.html",
    "bare": "/bare.html",
    "tallene": "/tal/",
    "arkiv": "/arkiv/",
    "om": "/om/",
    "artikel med serie": "/2022/12/01/rekordmange-kvinder-i-folketinget/",
}
_BARE = "<!doctype html><html lang=da><title>x</title><meta name=viewport content='width=device-width'>"
_BARE += "<h1>x</h1>" + "<p>En linje." * 100
FORMS = ("mobile", "desktop")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: What each page may weigh, as art-direction.md has it: html + css + js + fonts, pictures, requests, LCP.
BUDGET = {
    "forside": ("50", "60", "10", "3", "1.0"),
    "artikel": ("45", "30", "6", "3", "0.95"),
    "Bliv mentor": ("50", "30", "8", "3", "0.9"),
}
_HEAD = """\
# What Lighthouse says, and what a page weighs

Written by `make lighthouse`, a part of `make bench`; not edited by hand.
The real magazine with its own headers, packed with Brotli, over HTTP/1.1; medians of three.
The phone is Lighthouse's own: 1.6 Mbit/s, 150 ms there and back, a processor four times slower.
Its main thread is told in that processor's time. The desk has 10 Mbit/s, 40 ms and this machine's processor.
*Bare* is a page of a heading and a hundred lines without any style: what the browser itself takes here.

{versions}

## Scores

"""
_WEIGHTS = """
## Each kind of page beside its budget

KB as they are sent, without the headers of the answers; the budget of art-direction.md in parentheses.
The drawings are all that stand in the page itself, not only those of the first view.
LCP is the phone's, the main thread the desk's. The search fetches its index at the first letter.

"""
_ON_PURPOSE = "Points lost on purpose: the search, and the page for what is not there, ask not to be found."
_MEASURED = ("LCP, s", "CLS", "blocked, ms", "main thread, ms", "KiB with headers", "requests")
_PARTS = (
    "page",
    "html",
    "css",
    "js",
    "fonts",
    "these four",
    "drawings",
    "requests",
    "main thread, ms",
    "LCP, s",
    "CLS",
)
#: What art-direction.md measured, on a machine of its own.
_QUOTED = """
For scale, what art-direction.md quotes, measured on another machine:

| page | weight | requests | main thread | LCP, slow phone | performance |
| --- | --- | ---: | ---: | ---: | ---: |
| stock Material, front page | 835 KB with its pictures | 18 | | 6.5 s | 58–61 |
| stock Material, article | 152 KB without its pictures | | 176 ms | | |
| bare Hugo or Eleventy, article | 2.3 KB | | 21 ms | | |
| a hand-made front page of twelve articles | 64 KB with its pictures | 5 | | 0.9 s | |
"""
_DRAWING = re.compile(rb'<svg class="tegnet".*?</svg>', re.DOTALL)
_TRIES = 3
_PACKED = (".html", ".css", ".js", ".svg", ".json", ".xml", ".txt", ".webmanifest")


class _Host(BaseHTTPRequestHandler):
    """A static host that keeps its connections, packs what packs, and sends the headers it is asked for."""

    protocol_version = "HTTP/1.1"
    folder: Path
    rules: Sequence[tuple[str, Sequence[str]]]
    packed: dict[Path, bytes]

    def do_GET(self) -> None:
        """Send a file, or the page that says there is none."""
        path = urlsplit(self.path).path
        file = self.folder / (f"{path}index.html" if path.endswith("/") else path).lstrip("/")
        status = 200 if file.is_file() else 404
        file = file if status == 200 else self.folder / "404.html"
        packs = file.suffix in _PACKED and "br" in self.headers.get("Accept-Encoding", "")
        data = self._packed(file) if packs else file.read_bytes()
        kind = guess_type(file.name)[0] or "application/octet-stream"
        text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
        self.send_response(status)
        for name, value in headers_for(self.rules, path).items():
            if name != "Strict-Transport-Security":
                self.send_header(name, value)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("ETag", f'"{hashlib.sha256(data).hexdigest()[:16]}"')
        self.send_header("Vary", "Accept-Encoding")
        if packs:
            self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _packed(self, file: Path) -> bytes:
        if file not in self.packed:
            self.packed[file] = pack(file.read_bytes())
        return self.packed[file]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that went away."""


def pack(data: bytes) -> bytes:
    """Return what is sent of a file."""
    return bytes(brotli.compress(data))


def read_rules(text: str) -> Sequence[tuple[str, Sequence[str]]]:
    """Read ``_headers``: a path, and below it the headers that it adds, or with ``!`` takes away."""
    rules: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith(" "):
            rules[-1][1].append(line.strip())
        elif line:
            rules.append((line, []))
    return rules


def headers_for(rules: Sequence[tuple[str, Sequence[str]]], path: str) -> Mapping[str, str]:
    """Return the headers of a path."""
    found: dict[str, str] = {}
    for pattern, lines in rules:
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path):
            for line in lines:
                name, _, value = line.removeprefix("! ").partition(": ")
                if line.startswith("! "):
                    found.pop(name, None)
                else:
                    found[name] = value
    return found


@contextmanager
def hosted() -> Iterator[tuple[Path, str]]:
    """Build the magazine for a host on this machine, and serve it; yields its folder and its address."""
    handler = type("Host", (_Host,), {"packed": {}, "rules": (), "folder": OUT})
    server = _Server(("127.0.0.1", 0), handler)
    base = f"http://127.0.0.1:{server.server_port}"
    magazine = OUT / "lighthouse"
    make_magazine(BENCH.parent, magazine, 0)
    config = magazine / "mkdocs.yml"
    text, found = re.subn(r"(?m)^site_url: .*", f"site_url: {base}/", config.read_text("utf-8"))
    assert found == 1, "mkdocs.yml has no site_url any more"
    config.write_text(text, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=magazine,
        check=True,
        env=os.environ | {"PYTHONPATH": str(BENCH.parent / "hooks")},
    )
    (magazine / "site/bare.html").write_text(_BARE, encoding="utf-8")
    handler.folder = magazine / "site"  # type: ignore[attr-defined]
    handler.rules = read_rules((magazine / "site/_headers").read_text("utf-8"))  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield magazine / "site", base
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class Judged:
    """The medians of one page in one form."""

    scores: tuple[int, ...]
    """By category, of 100."""
    failed: tuple[str, ...]
    """The audits that took something from any score but that of speed."""
    lcp: float
    """Seconds."""
    cls: float
    blocked: float
    main_thread: float
    """Milliseconds."""
    transferred: float
    """KiB, headers of the answers with them."""
    requests: int


def install() -> str:
    """Install Lighthouse as it is pinned, and return its version."""
    package = TOOL / "node_modules/lighthouse/package.json"
    wanted = (BENCH / "package-lock.json").read_text("utf-8")
    TOOL.mkdir(parents=True, exist_ok=True)
    stands = (TOOL / "package-lock.json").exists()
    if not (package.exists() and stands and (TOOL / "package-lock.json").read_text("utf-8") == wanted):
        for name in ("package.json", "package-lock.json"):
            shutil.copy(BENCH / name, TOOL)
        subprocess.run(["npm", "ci", "--no-fund", "--no-audit", "--ignore-scripts"], cwd=TOOL, check=True)
    return str(json.loads(package.read_text("utf-8"))["version"])


def chromium() -> str:
    """Return where the browser is: Debian's, or Playwright's own."""
    if DEBIANS_CHROMIUM.exists():
        return str(DEBIANS_CHROMIUM)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def run(address: str, form: str, browser: str) -> Mapping[str, Any]:
    """Return Lighthouse's report of one run.

    Args:
        address: the page's.
        form: ``mobile`` or ``desktop``.
        browser: the program.
    """
    flags = (
        "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
    )
    command = [str(TOOL / "node_modules/.bin/lighthouse"), address, "--quiet", "--output=json"]
    command += [f"--chrome-flags={flags}", f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--preset=desktop"] if form == "desktop" else []
    for left in reversed(range(_TRIES)):
        done = subprocess.run(
            command,
            check=not left,  # on a busy machine a browser may not start in time
            capture_output=True,
            text=True,
            timeout=180,
            env=os.environ | {"CHROME_PATH": browser},
        )
        if done.returncode == 0:
            break
    report: Mapping[str, Any] = json.loads(done.stdout)
    if report.get("runtimeError"):
        raise RuntimeError(f"{address}: {report['runtimeError']['message']}")
    return report


def judge(reports: Sequence[Mapping[str, Any]]) -> Judged:
    """Return the medians of some runs of one page."""

    def median(audit: str) -> float:
        return float(statistics.median(report["audits"][audit]["numericValue"] for report in reports))

    scores = tuple(
        round(100 * statistics.median(report["categories"][category]["score"] for report in reports))
        for category in CATEGORIES
    )
    failed = {
        ref["id"]
        for report in reports
        for category in CATEGORIES[1:]
        for ref in report["categories"][category]["auditRefs"]
        if ref["weight"] and (report["audits"][ref["id"]]["score"] or 0) < 1
        if report["audits"][ref["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    }
    last = reports[-1]["audits"]["network-requests"]["details"]["items"]
    # An icon is asked for once a site, after the page is drawn.
    asked = [item for item in last if not re.search(r"/(favicon|ikon-)[^/]*$|\.webmanifest$", item["url"])]
    return Judged(
        scores,
        tuple(sorted(failed)),
        median("largest-contentful-paint") / 1000,
        median("cumulative-layout-shift"),
        median("total-blocking-time"),
        median("mainthread-work-breakdown"),
        sum(item["transferSize"] for item in asked) / 1024,
        len(asked),
    )


@dataclass(frozen=True)
class Weight:
    """What a page is made of, in bytes as they are sent."""

    html: int
    """Without its drawings."""
    drawings: int
    styles: int
    scripts: int
    fonts: int

    @property
    def own(self) -> int:
        """All but pictures."""
        return self.html + self.styles + self.scripts + self.fonts


def weigh(site: Path, path: str, asked: Sequence[str]) -> Weight:
    """Return what a page weighs.

    Args:
        site: the built site.
        path: the page's.
        asked: the addresses that a browser asked for.
    """

    def packed(*endings: str) -> int:
        files = [site / urlsplit(url).path.lstrip("/") for url in asked if url.endswith(endings)]
        return sum(
            len(file.read_bytes() if file.suffix == ".woff2" else pack(file.read_bytes())) for file in files
        )

    html = (site / (f"{path}index.html" if path.endswith("/") else path).lstrip("/")).read_bytes()
    bare = len(pack(_DRAWING.sub(b"", html)))
    return Weight(bare, len(pack(html)) - bare, packed(".css"), packed(".js"), packed(".woff2"))


def _kb(count: float) -> str:
    return f"{count / 1024:.1f}"


def told(judged: Mapping[tuple[str, str], Judged], weights: Mapping[str, Weight], versions: str) -> str:
    """Return what is written of all pages.

    Args:
        judged: by page and form.
        weights: by page.
        versions: of what has measured.
    """
    lines = [
        *_HEAD.format(versions=versions).splitlines(),
        _row("page", "", "performance", "accessibility", "best practices", "SEO", *_MEASURED),
        _rule(2, 10),
    ]
    for page, form in ((page, form) for page in PAGES for form in FORMS if (page, form) in judged):
        one = judged[page, form]
        speed = (f"{one.lcp:.2f}", f"{one.cls:.3f}", f"{one.blocked:.0f}", f"{one.main_thread:.0f}")
        name = "phone" if form == "mobile" else "desk"
        lines.append(_row(page, name, *one.scores, *speed, f"{one.transferred:.1f}", one.requests))
    notes = {page: one.failed for (page, _), one in judged.items() if one.failed and page != "bare"}
    if notes:
        lines += ["", _ON_PURPOSE, ""]
        lines += [
            f"- {page}: {', '.join(f'`{audit}`' for audit in failed)}" for page, failed in notes.items()
        ]
    lines += [*_WEIGHTS.splitlines(), _row(*_PARTS), _rule(1, len(_PARTS) - 1)]
    for page in (page for page in PAGES if page in weights):
        weight = weights[page]
        phone, desk = judged[page, "mobile"], judged[page, "desktop"]
        own, pictures, requests, scripts, lcp = (
            f" ({most})" if most else "" for most in BUDGET.get(page, ("",) * 5)
        )
        cells: tuple[str, ...] = (
            _kb(weight.html),
            _kb(weight.styles),
            f"{_kb(weight.scripts)}{scripts}",
            _kb(weight.fonts),
        )
        cells += (
            f"{_kb(weight.own)}{own}",
            f"{_kb(weight.drawings)}{pictures}",
            f"{phone.requests}{requests}",
        )
        cells += (f"{desk.main_thread:.0f}", f"{phone.lcp:.2f}{lcp}", f"{phone.cls:.3f}")
        lines.append(_row(page, *cells))
    return "\n".join(lines) + "\n" + _QUOTED


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _rule(words: int, numbers: int) -> str:
    return _row(*["---"] * words, *["---:"] * numbers)


def main(arguments: Sequence[str] | None = None) -> None:
    """Judge the pages, and write after each what is known by then."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--only", choices=PAGES, action="append", help="this page; the others stay as they are"
    )
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args(arguments)
    browser = chromium()
    versions = _versions(install(), browser)
    judged, weights = _kept(versions) if chosen.only else ({}, {})
    with hosted() as (site, base):
        for page in chosen.only or PAGES:
            for form in FORMS:
                reports = [run(f"{base}{PAGES[page]}", form, browser) for _ in range(chosen.runs)]
                judged[page, form] = one = judge(reports)
                told_now = f"{one.lcp:.2f} s {one.main_thread:.0f} ms {' '.join(one.failed)}"
                print(f"{page:20} {form:8} {one.scores} {told_now}", flush=True)
            asked = [item["url"] for item in reports[-1]["audits"]["network-requests"]["details"]["items"]]
            weights[page] = weigh(site, PAGES[page], asked)
            _keep(versions, judged, weights)
            text = told(judged, weights, versions)
            (BENCH / "LIGHTHOUSE.md").write_text(text, encoding="utf-8", newline="\n")


def _versions(version: str, browser: str) -> str:
    def asked(*command: str) -> str:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    agent = re.search(r"\d+", asked(browser, "--version"))
    return (
        f"Lighthouse {version}, Chromium {agent[0] if agent else ''}, Node {asked('node', '--version')[1:]}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores."
    )


def _kept(versions: str) -> tuple[dict[tuple[str, str], Judged], dict[str, Weight]]:
    """Return what an earlier run of the same tools has measured."""
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    if kept.get("versions") != versions:
        return {}, {}
    judged = {}
    for page, form, one in kept["judged"]:
        judged[page, form] = Judged(**one | {"scores": tuple(one["scores"]), "failed": tuple(one["failed"])})
    return judged, {page: Weight(**weight) for page, weight in kept["weights"].items()}


def _keep(versions: str, judged: Mapping[tuple[str, str], Judged], weights: Mapping[str, Weight]) -> None:
    rows = [(page, form, asdict(one)) for (page, form), one in judged.items()]
    sizes = {page: asdict(weight) for page, weight in weights.items()}
    KEPT.write_text(json.dumps({"versions": versions, "judged": rows, "weights": sizes}), "utf-8")


if __name__ == "__main__":
    main()
