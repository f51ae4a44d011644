"""The search index: made once, kept while nothing changes, the same whatever the order."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from magazine.search_index import Entry, kept_index, make_index

ENTRIES = [
    Entry(f"/2022/05/0{day}/opdigtet/", f"Nr. {day}", "Et møde på Nørrebro.", "Mentor", "maj")
    for day in range(1, 4)
]


def test_only_what_a_search_needs_is_in_the_index(tmp_path: Path) -> None:
    paths = list(make_index(ENTRIES, tmp_path / "soeg").files)

    assert all(path.startswith("soeg/indeks/") for path in paths)
    assert "soeg/indeks/pagefind.js" in paths
    assert sum("/fragment/" in path for path in paths) == len(ENTRIES)
    assert not [path for path in paths if "ui" in path.rpartition("/")[2] or "highlight" in path]


def test_the_order_of_the_entries_does_not_matter(tmp_path: Path) -> None:
    one = make_index(ENTRIES, tmp_path / "a")

    assert make_index(ENTRIES[::-1], tmp_path / "b") == one


def test_an_index_is_kept_until_a_word_changes(tmp_path: Path) -> None:
    cache = tmp_path / "soeg"
    first = make_index(ENTRIES, cache)
    made = (cache / "pagefind.js").stat().st_mtime_ns

    assert make_index(ENTRIES, cache) == first
    assert (cache / "pagefind.js").stat().st_mtime_ns == made

    changed = [replace(ENTRIES[0], text="Et andet møde."), *ENTRIES[1:]]
    assert make_index(changed, cache) != first
    assert make_index(ENTRIES, cache) == first


@pytest.mark.parametrize("damage", ["noegle", "pagefind-entry.json"])
def test_a_damaged_index_is_made_anew(tmp_path: Path, damage: str) -> None:
    cache = tmp_path / "soeg"
    first = make_index(ENTRIES, cache)
    (cache / damage).unlink()

    assert kept_index(cache) is None
    assert make_index(ENTRIES, cache) == first
    assert kept_index(cache) == first


def test_an_index_is_made_where_nothing_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("Her kan ingen mappe være.", encoding="utf-8")

    found = make_index(ENTRIES, tmp_path / "fil" / "soeg")

    assert found == make_index(ENTRIES, tmp_path / "soeg")
