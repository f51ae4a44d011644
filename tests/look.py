"""How the pages look: small likenesses of each kind of page and state, in each width and light, and on paper.

``make look`` takes the likenesses anew, for a reviewer to look at; ``test_look.py`` compares. The clock
stands still, so that articles written later change nothing here. A likeness is a fraction of the page's
size, and is compared tile by tile: the edges of letters, which each machine smooths in its own way, are
lost in it, and a moved, missing or recoloured part is not.
"""

from __future__ import annotations

import functools
import http.server
import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from magazines import build
from PIL import Image, ImageChops
from states import NOW, address, put_states

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

FOLDER = Path(__file__).resolve().parent / "look"

_MAIN = "/2022/05/24/mentor-gode-resultater-trods-coronarestriktioner/"
PAGES = {
    "forside": "/",
    "artikel": _MAIN,
    "artikel-serie": "/2022/12/01/rekordmange-kvinder-i-folketinget/",
    "bliv-mentor": "/bliv-mentor/",
    "fast-side": "/om/",
    "liste": "/kategori/mentor/",
    "arkiv": "/arkiv/",
    "tallene": "/tal/",
    "tal": "/tal/kvindeandel-folketinget/",
    "rettelser": "/rettelser/",
    "soeg": "/soeg/",
    "findes-ikke": "/404.html",
    "alt-i-teksten": address("alt-i-teksten"),
}
#: Width of the window, and the reader's light.
WINDOWS = ((1440, "light"), (768, "light"), (390, "light"), (320, "light"), (1440, "dark"), (390, "dark"))
PAPER = ("forside", "artikel", "bliv-mentor")

#: A likeness is so many times smaller than the page.
_FRACTION = 4
#: The side of a tile of a likeness, how far (of 255) its mean colour may be off, and how many may be.
_TILE, _OFF, _TILES = 8, 14, 2


@dataclass(frozen=True)
class Shot:
    """A page in a window."""

    name: str
    width: int
    light: str

    @property
    def file(self) -> Path:
        """Where its likeness is kept."""
        return FOLDER / f"{self.name}-{self.width}-{self.light}.png"


SHOTS = tuple(Shot(name, width, light) for name in PAGES for width, light in WINDOWS)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a page that was closed before all of it was sent."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Build the magazine with its states into a folder, serve it, and yield its address."""
    magazine = put_states(folder / "magasin")
    done = build(magazine, variables={"MAGASIN_NU": NOW})
    assert done.status == 0, done.err
    _wait_for_fonts(magazine / "site")
    handler = functools.partial(_Quiet, directory=str(magazine / "site"))
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _wait_for_fonts(site: Path) -> None:
    """Let the pages wait for their fonts; a reader's do without those that come late."""
    found = 0
    for sheet in site.rglob("*.css"):
        text, count = re.subn(r"font-display:\s*optional", "font-display:block", sheet.read_text("utf-8"))
        found += count
        sheet.unlink()  # it may be a link into the spare site
        sheet.write_text(text, encoding="utf-8")
    assert found, "no font is optional any more: this can go"


@contextmanager
def window(browser: Browser, base: str, width: int, light: str) -> Iterator[BrowserContext]:
    """Open a window."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if light == "dark" else "light",
        reduced_motion="reduce",
        base_url=base,
    )
    yield context
    context.close()


def take(context: BrowserContext, path: str) -> Image.Image:
    """Return the likeness of a page."""
    page = context.new_page()
    page.goto(path, wait_until="load")
    page.evaluate("document.fonts.ready.then(() => 0)")
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled")))
    page.close()
    return likeness(picture)


def likeness(picture: Image.Image) -> Image.Image:
    """Return a picture as it is kept."""
    small = picture.convert("RGB").reduce(_FRACTION)
    return small.quantize(48, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def differences(one: Image.Image, other: Image.Image) -> list[tuple[int, int]]:
    """Return the tiles, as their left and top corners in pixels of the page, that do not look alike.

    A page that has grown or shrunk differs everywhere below; then only the first tile is told.
    """
    if abs(one.height - other.height) > 2 or one.width != other.width:
        return [(0, min(one.height, other.height) * _FRACTION)]
    size = (one.width, min(one.height, other.height))
    off = ImageChops.difference(
        one.convert("RGB").crop((0, 0, *size)), other.convert("RGB").crop((0, 0, *size))
    )
    means = off.convert("L").resize(
        (max(1, size[0] // _TILE), max(1, size[1] // _TILE)), Image.Resampling.BOX
    )
    found = [
        (index % means.width * _TILE * _FRACTION, index // means.width * _TILE * _FRACTION)
        for index, value in enumerate(means.tobytes())
        if value > _OFF
    ]
    return found if len(found) > _TILES else []


def main() -> None:
    """Take every likeness anew."""
    import tempfile

    from conftest import launch
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as base,
    ):
        browser = launch(playwright)
        for width, light in WINDOWS:
            with window(browser, base, width, light) as context:
                for shot in (shot for shot in SHOTS if (shot.width, shot.light) == (width, light)):
                    take(context, PAGES[shot.name]).save(shot.file, optimize=True)
        browser.close()
    print(f"{len(SHOTS)} pictures in {FOLDER.name}/: look at those that git calls changed, then commit them.")


if __name__ == "__main__":
    main()
