"""A build that finds everything as it left it reads nothing; whatever may differ is noticed."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from magazines import Done, build, files_of, put_magazine
from mkdocs.commands.build import build as run_build
from mkdocs.config import load_config

from magazine.render import Rendered, Renderer
from magazine.unchanged import Watch

#: In the small magazine one article is due in 2030.
NOW, LATER, MIDNIGHT, DUE = "2026-01-01 12:00", "2026-01-01 23:59", "2026-01-02 00:00", "2030-05-01 08:00"


def _settle() -> None:
    """Wait until the system vouches for files that were just written."""
    time.sleep(2.1)


def _counts(done: Done) -> str:
    return next(line for line in done.err.splitlines() if "Sider:" in line).partition("Sider: ")[2]


def test_a_second_build_makes_nothing_and_tells_the_same(tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "lille")
    _settle()
    first = build(root)
    before = files_of(root / "site")

    second = build(root)

    assert _counts(second).startswith("0 lavet, ")
    assert files_of(root / "site") == before
    lines = [line for line in first.err.splitlines() if "advarsel" in line or "Mangler" in line]
    assert lines
    assert [line for line in second.err.splitlines() if "advarsel" in line or "Mangler" in line] == lines


def test_what_is_known_outlives_builds_that_asked_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("magazine.sources._UNSETTLED", 0)
    monkeypatch.setattr("magazine.store._SPARED", 0)
    monkeypatch.setenv("MAGASIN_NU", NOW)
    root = put_magazine(tmp_path / "lille")
    for _ in range(3):
        run_build(load_config(str(root / "mkdocs.yml")))
    article = root / "articles/2024/baenke.md"
    article.write_text(article.read_text("utf-8") + "\nOg så lidt til.\n", encoding="utf-8")

    with _count_renders() as rendered:
        run_build(load_config(str(root / "mkdocs.yml")))

    assert rendered == ["articles/2024/baenke.md"]


@contextmanager
def _count_renders() -> Iterator[list[str]]:
    """Note which files' Markdown is read."""
    rendered: list[str] = []
    plain = Renderer.render

    def render(self: Renderer, text: str, path: str, *more: Any, **others: Any) -> Rendered:
        rendered.append(path)
        return plain(self, text, path, *more, **others)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Renderer, "render", render)
        yield rendered


def test_as_soon_as_something_is_due_it_is_published(tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "lille")
    _settle()
    made = [
        _counts(build(root, variables={"MAGASIN_NU": now})).startswith("0 lavet")
        for now in (NOW, LATER, MIDNIGHT, DUE)
    ]

    assert made == [False, True, False, False]
    assert (root / "site/2030").is_dir()


def test_what_the_command_line_says_is_noticed(tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "lille")
    _settle()
    build(root)

    assert not _counts(build(root, variables={"SOURCE_DATE_EPOCH": "1"})).startswith("0 lavet")
    build(root, "--site-dir", "andet")
    assert files_of(root / "andet") == files_of(root / "site")


def _write(path: str) -> Callable[[Path], None]:
    def write(root: Path) -> None:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x" + (file.read_text("utf-8") if file.exists() else ""), encoding="utf-8")

    return write


def _swap(root: Path) -> None:
    """Write a file of the same size, and set its time back, as some programs do."""
    file = root / "articles/2024/baenke.md"
    status = file.stat()
    file.write_bytes(file.read_bytes()[::-1])
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def _rename(root: Path) -> None:
    (root / "articles/2024/baenke.md").rename(root / "articles/2024/baenkene.md")


def _empty_folder(root: Path) -> None:
    (root / "docs/nyt").mkdir()


def _no_articles(root: Path) -> None:
    shutil.rmtree(root / "articles")


@pytest.mark.parametrize(
    "edit",
    [
        _write("articles/2024/baenke.md"),
        _write("articles/2024/ny.md"),
        _write("data/tal.yml"),
        _write("docs/om.md"),
        _write("docs/.skjult"),
        _write("overrides/artikel.html"),
        _write("overrides/parts/ny.html"),
        _write("mkdocs.yml"),
        _write(".magasin/adresser.lock"),
        _swap,
        _rename,
        _empty_folder,
        _no_articles,
    ],
)
def test_every_change_is_seen(
    edit: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("magazine.sources._UNSETTLED", 0)
    root = put_magazine(tmp_path / "lille")
    before = _inputs(root)
    assert before == _inputs(root)

    edit(root)

    assert _inputs(root) != before


def test_a_file_of_this_moment_is_not_vouched_for(tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "lille")

    assert _inputs(root) is None


def _inputs(root: Path) -> str | None:
    folders = (str(root / "docs"), str(root / "overrides"))
    return Watch.begin(root / "mkdocs.yml", folders, root / "site", ()).inputs


@pytest.mark.parametrize("stray", ["fremmed.html", "ny/mappe/fremmed.html"])
def test_a_site_with_a_stranger_in_it_is_mended(
    stray: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("magazine.sources._UNSETTLED", 0)
    monkeypatch.setenv("MAGASIN_NU", NOW)
    root = put_magazine(tmp_path / "lille")
    for _ in range(2):
        run_build(load_config(str(root / "mkdocs.yml")))
    before = files_of(root / "site")
    _write(f"site/{stray}")(root)

    run_build(load_config(str(root / "mkdocs.yml")))

    assert files_of(root / "site") == before
