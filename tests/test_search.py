"""What readers can search for: all that they can read, in the words they see, and nothing that waits."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from magazines import REPOSITORY, build, files_of, put_magazine

from magazine.clock import Clock
from magazine.danish.dates import parse_moment
from magazine.pages.make import _Press, make
from magazine.pages.search import search_entries
from magazine.search_index import Entry, kept_index
from magazine.site import load_site

NOW = "2026-11-25 12:00"
TEMPLATES = (str(REPOSITORY / "overrides"),)


@pytest.fixture(scope="module")
def entries(root: Path) -> Mapping[str, Entry]:
    site = load_site(root, clock=Clock(parse_moment(NOW).at))
    filler = _Press.ready(site, TEMPLATES, None, None).feed_filler
    return {entry.address: entry for entry in search_entries(site, filler)}


def test_what_readers_see_is_what_they_find(root: Path, entries: Mapping[str, Entry]) -> None:
    site = load_site(root, clock=Clock(parse_moment(NOW).at))

    assert entries.keys() == {article.address for article in site.articles} | {
        page.address for page in site.standing.values() if page.address != "/"
    }
    told = " ".join(entry.text + entry.title for entry in entries.values())
    assert "59 procent" in told
    assert not [mark for mark in ("tal:", "{{", "…](", "<", "class=", "\u00ad", "\u00a0") if mark in told]


def test_words_of_two_paragraphs_stay_apart_and_a_full_stop_stays_at_its_word(
    entries: Mapping[str, Entry],
) -> None:
    told = " ".join(entry.text for entry in entries.values())

    assert " . " not in told
    assert " ," not in told


@pytest.fixture
def magazine(tmp_path: Path) -> Path:
    """The small magazine, with search."""
    root = put_magazine(tmp_path / "lille")
    (root / "docs/js").mkdir()
    shutil.copy(REPOSITORY / "docs/js/soeg.js", root / "docs/js")
    return root


def _index(root: Path) -> dict[str, bytes]:
    return files_of(root / "site/soeg/indeks")


def _write(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_index_follows_the_texts_and_is_left_alone_otherwise(magazine: Path) -> None:
    assert build(magazine).status == 0
    first = _index(magazine)
    made = (magazine / ".cache/soeg/noegle").stat().st_mtime_ns
    inodes = {path: (magazine / "site/soeg/indeks" / path).stat().st_ino for path in first}

    _write(magazine, "mkdocs.yml", "promise: Alt", "promise: Næsten alt")
    assert build(magazine).status == 0
    assert (magazine / ".cache/soeg/noegle").stat().st_mtime_ns == made
    assert {path: (magazine / "site/soeg/indeks" / path).stat().st_ino for path in first} == inodes

    _write(magazine, "articles/2024/baenke.md", "Kommunen talte", "Kommunen talte igen")
    assert build(magazine).status == 0
    changed = _index(magazine)
    assert changed != first
    shutil.rmtree(magazine / ".cache")
    shutil.rmtree(magazine / "site")
    assert build(magazine).status == 0
    assert _index(magazine) == changed


@pytest.mark.parametrize(
    "lost", [".cache/soeg", ".cache/magasin", "site/soeg/indeks", "site/soeg/indeks/pagefind.js"]
)
def test_whatever_is_lost_comes_back(magazine: Path, lost: str) -> None:
    build(magazine)
    first = files_of(magazine / "site")
    path = magazine / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()

    assert build(magazine).status == 0
    assert files_of(magazine / "site") == first


def test_what_waits_is_in_no_index_not_even_the_previews(magazine: Path) -> None:
    assert build(magazine).status == 0
    public = kept_index(magazine / ".cache/soeg")
    assert public is not None
    (magazine / ".cache/soeg").rename(magazine / "index")
    site = load_site(magazine, clock=Clock(parse_moment("2026-01-01 12:00").at))
    assert len(site.held) == 2

    preview = dict(
        make(site, (str(magazine / "overrides"),), with_held=True, search=magazine / ".cache/soeg")
    )

    assert {path: data for path, data in preview.items() if path.startswith("soeg/indeks/")} == public.files
    entry = json.loads(preview["soeg/indeks/pagefind-entry.json"])
    assert entry["languages"]["da"]["page_count"] == len(site.articles) + len(site.standing) - 1


def test_the_preview_keeps_the_last_index(magazine: Path) -> None:
    build(magazine)
    first = _index(magazine)
    _write(magazine, "articles/2024/baenke.md", "Kommunen talte", "Kommunen talte igen")
    site = load_site(magazine, clock=Clock(parse_moment("2026-01-01 12:00").at))

    preview = dict(
        make(site, (str(magazine / "overrides"),), with_held=True, search=magazine / ".cache/soeg")
    )

    assert {f"soeg/indeks/{path}": data for path, data in first.items()} == {
        path: data for path, data in preview.items() if path.startswith("soeg/indeks/")
    }


def test_where_no_index_can_be_made_the_build_says_so(magazine: Path) -> None:
    program = magazine / "pagefind"
    program.write_text("#!/bin/sh\necho ingen plads på disken >&2\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)

    done = build(magazine, "--quiet", variables={"PAGEFIND_BINARY_PATH": str(program)})

    assert done.status == 1
    assert done.err.splitlines()[0] == (
        "soeg/indeks:1: søgningens indeks kan ikke laves her (ingen plads på disken). "
        "Kør «make clean», og byg igen."
    )
    assert not (magazine / "site").exists()


def test_a_magazine_without_the_script_has_no_search(tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "lille")

    assert build(root).status == 0

    assert not (root / "site/soeg").exists()
    assert not (root / ".cache/soeg").exists()
