"""What the preview is told of: every way in which programs save a file, and nothing that only reads."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from magazine.watching import LOOK, Watcher

PATIENCE = 30


@dataclass(eq=False)
class Told(FileSystemEventHandler):
    """Keeps what it is told of files, as the preview's server would."""

    paths: queue.Queue[str] = field(default_factory=queue.Queue)

    def on_any_event(self, event: FileSystemEvent) -> None:
        if not event.is_directory:
            self.paths.put(str(event.dest_path or event.src_path))

    def wait_for(self, file: Path) -> list[str]:
        """Return what was told before this file was."""
        before = []
        while (path := self.paths.get(timeout=PATIENCE)) != str(file):
            before.append(path)
        return before


@pytest.fixture(params=["the system tells", "the files are looked at"])
def told(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    if request.param == "the files are looked at":
        monkeypatch.setenv(LOOK, "1")
    (tmp_path / "articles/2024").mkdir(parents=True)
    (tmp_path / "articles/2024/a.md").write_text("Et.", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: A\n", "utf-8")
    handler, watcher = Told(), Watcher()
    watcher.schedule(handler, str(tmp_path / "articles"), recursive=True)
    watcher.schedule(handler, str(tmp_path / "mkdocs.yml"), recursive=True)
    watcher.start()
    yield handler
    watcher.stop()
    watcher.join()


def test_a_saved_file_is_told_however_it_is_saved(told: Told, tmp_path: Path) -> None:
    file = tmp_path / "articles/2024/a.md"
    file.write_text("To og tre.", "utf-8")
    told.wait_for(file)

    for path in ("articles/2024/a.md", "mkdocs.yml"):
        new = tmp_path / f"{path}.ny"
        new.write_text("Skrevet ved siden af og sat på plads.", "utf-8")
        new.replace(tmp_path / path)
        told.wait_for(tmp_path / path)

    file.unlink()
    told.wait_for(file)


def test_a_file_in_a_new_folder_is_told(told: Told, tmp_path: Path) -> None:
    file = tmp_path / "articles/2025/b.md"
    file.parent.mkdir()
    told_after = tmp_path / "articles/2024/a.md"
    told_after.write_text("To og tre.", "utf-8")
    told.wait_for(told_after)

    file.write_text("Ny.", "utf-8")

    told.wait_for(file)


def test_neither_reading_nor_other_files_are_told(told: Told, tmp_path: Path) -> None:
    file = tmp_path / "articles/2024/a.md"
    for path in (file, tmp_path / "mkdocs.yml"):
        path.read_text("utf-8")
    (tmp_path / "README.md").write_text("Noget andet.", "utf-8")

    (tmp_path / "mkdocs.yml").write_text("site_name: Et andet navn\n", "utf-8")

    assert told.wait_for(tmp_path / "mkdocs.yml") == []
