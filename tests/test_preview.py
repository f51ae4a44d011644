"""The preview, as an editor uses it: it shows what waits, tells what is wrong, and comes back by itself."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from magazines import command, environment, put_magazine

from magazine.danish.compounds import whole

SLIP = "[60 procent](tal:cyklister/2023)"
RIGHT = "[40 procent](tal:cyklister/2023)"

#: Long enough for a slow machine; what is waited for comes within two seconds.
PATIENCE = 60


@dataclass(frozen=True)
class Preview:
    """A running preview of a magazine."""

    root: Path
    address: str

    def get(self, path: str) -> str:
        """Return what a browser is shown, whatever the status."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.HTTPError as error:
            with error:
                return error.read().decode("utf-8")

    def wait(self, path: str, is_there: Callable[[str], bool]) -> str:
        """Return the page when it has become what is waited for."""
        end = time.monotonic() + PATIENCE
        shown = ""
        while time.monotonic() < end:
            try:
                shown = self.get(path)
            except OSError:
                shown = ""
            if is_there(shown):
                return shown
            time.sleep(0.1)
        raise AssertionError(f"{path} stayed: {shown}")

    def edit(self, path: str, old: str, new: str) -> None:
        """Save a file, as an editor would."""
        file = self.root / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


def _start(root: Path) -> Iterator[Preview]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen(
        command("serve", "-a", f"127.0.0.1:{port}"),
        cwd=root,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            preview = Preview(root, f"http://127.0.0.1:{port}")
            preview.wait("/", lambda shown: "</html>" in shown)
            # MkDocs serves before it watches: what is saved within its first look is not seen.
            time.sleep(1.5)
            yield preview
        finally:
            process.send_signal(signal.SIGTERM)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """The small magazine, served."""
    yield from _start(put_magazine(tmp_path_factory.mktemp("preview") / "lille"))


def test_what_waits_is_shown_and_marked(preview: Preview) -> None:
    front = preview.wait("/", lambda shown: "Xylofonfestivalen" in shown)

    assert '<strong>Ikke udgivet</strong> <a href="/2030/05/01/hemmelig/">' in front
    assert '<strong>Ikke udgivet</strong> <a href="/2024/04/01/kladde/">' in front
    assert "<strong>Ikke udgivet</strong>" in preview.get("/2030/05/01/hemmelig/")
    assert "<strong>Ikke udgivet</strong>" not in preview.get("/2024/02/01/cykler/").partition("<time")[0]


def test_every_component_is_shown_and_marked_as_made_up(preview: Preview) -> None:
    shown = preview.get("/_komponenter/")

    assert "Alt på denne side er opdigtet" in shown
    assert 'class="rubrik r6">Ligestillingsafdelingsmedarbejderne igen</h3>' in whole(shown)


def test_a_fault_is_shown_everywhere_and_goes_when_it_is_mended(preview: Preview) -> None:
    preview.wait("/om/", lambda shown: "12 bænke" in shown)
    preview.edit("articles/2024/cykler.md", RIGHT, SLIP)

    shown = preview.wait("/om/", lambda shown: "articles/2024/cykler.md:15" in shown)
    assert "«60 procent» passer ikke" in shown
    assert "articles/2024/cykler.md:15" in preview.get("/")

    preview.edit("articles/2024/cykler.md", SLIP, RIGHT)
    preview.wait("/om/", lambda shown: "12 bænke" in shown)


def test_a_template_that_fails_is_shown_too(preview: Preview) -> None:
    preview.edit("overrides/side.html", "standing.body", "standing.krop")

    preview.wait("/om/", lambda shown: "overrides/side.html:5" in shown)

    preview.edit("overrides/side.html", "standing.krop", "standing.body")
    preview.wait("/om/", lambda shown: "12 bænke" in shown)


def test_a_configuration_that_cannot_be_read_ends_nothing(preview: Preview) -> None:
    preview.edit("mkdocs.yml", "plugins: []", "plugins: [")

    preview.wait("/om/", lambda shown: "mkdocs.yml:1" in shown)

    preview.edit("mkdocs.yml", "plugins: [", "plugins: []")
    preview.wait("/om/", lambda shown: "12 bænke" in shown)


def test_a_changed_figure_changes_what_it_fills_in(preview: Preview) -> None:
    preview.wait("/bliv-mentor/", lambda shown: 'value="43"' in shown)

    preview.edit("data/tal.yml", "værdi: 43", "værdi: 47")

    preview.wait("/bliv-mentor/", lambda shown: 'value="47"' in shown)


def test_articles_come_and_go_while_it_runs(preview: Preview) -> None:
    folder = preview.root / "articles/2025"
    folder.mkdir()
    text = (preview.root / "articles/2024/cykler.md").read_text("utf-8")
    (folder / "ny.md").write_text(text.replace("date: 2024-02-01", "date: 2025-03-02"), "utf-8")
    preview.wait("/2025/03/02/ny/", lambda shown: "tager cyklen</h1>" in whole(shown))

    (folder / "ny.md").unlink()
    preview.wait(
        "/2025/03/02/ny/", lambda shown: "<h1" not in shown or "tager cyklen</h1>" not in whole(shown)
    )
    assert "<h1" in preview.get("/2024/02/01/cykler/")


def test_a_magazine_with_faults_can_be_previewed_from_the_start(tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "lille")
    Preview(root, "").edit("articles/2024/cykler.md", RIGHT, SLIP)
    for preview in _start(root):
        preview.wait("/", lambda shown: "articles/2024/cykler.md:15" in shown)

        preview.edit("articles/2024/cykler.md", SLIP, RIGHT)
        preview.wait("/om/", lambda shown: "12 bænke" in shown)
