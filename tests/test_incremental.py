"""A build that takes over what did not change: the same as a clean one, byte for byte, after any edits."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from magazines import NOW, build, command, environment, files_of, put_magazine

from magazine.articles import read_articles
from magazine.desk import read_desk
from magazine.problems import ContentError
from magazine.sources import read_assets
from magazine.store import Store

Edit = Callable[[Path, random.Random], None]

SENTENCES = (
    "Solen skinnede.",
    "Det regnede på torvet.",
    "Ingen vidste hvorfor.",
    "Se [siden](../../docs/om.md).",
)
FIGURES = (
    "I dag tager […](tal:cyklister) cyklen.",
    "Der er [12 bænke](tal:baenke/2023).",
    "Det er [næsten halvdelen](tal:cyklister/2024).",
)


def _articles(root: Path) -> list[Path]:
    return sorted((root / "articles").glob("*/*.md"))


def _replace(file: Path, pattern: str, new: str) -> None:
    file.write_text(re.sub(pattern, new, file.read_text("utf-8"), count=1, flags=re.M), encoding="utf-8")


def add(root: Path, chance: random.Random) -> None:
    number = chance.randrange(10**6)
    day, category = chance.randrange(1, 28), chance.choice(["by", "mentor"])
    series = chance.choice(["", "series: broen\n"])
    (root / f"articles/2024/nr-{number}.md").write_text(
        f"---\ntitle: Nummer {number}\ndate: 2024-{chance.randrange(1, 13):02}-{day:02}\n"
        f"description: Kort fortalt.\ncategory: {category}\n{series}tags: [cykler]\nauthors: [avisen]\n"
        f"---\n\n{chance.choice(SENTENCES)}\n",
        encoding="utf-8",
    )


def delete(root: Path, chance: random.Random) -> None:
    others = [file for file in _articles(root) if file.name.startswith("nr-")]
    if others:
        chance.choice(others).unlink()


def rename(root: Path, chance: random.Random) -> None:
    others = [file for file in _articles(root) if file.name.startswith("nr-")]
    if others:
        file = chance.choice(others)
        file.rename(file.with_name(f"nr-{chance.randrange(10**6)}.md"))


def retitle(root: Path, chance: random.Random) -> None:
    _replace(chance.choice(_articles(root)), r"^title: .*", f"title: Nyt navn {chance.randrange(99)}")


def retag(root: Path, chance: random.Random) -> None:
    tag = chance.choice(["cykler", "åen", "broer"])
    _replace(chance.choice(_articles(root)), r"^tags: .*", f"tags: [{tag}]")


def redate(root: Path, chance: random.Random) -> None:
    others = [file for file in _articles(root) if file.name.startswith("nr-")]
    if others:
        _replace(chance.choice(others), r"^date: .*", f"date: 2024-05-{chance.randrange(1, 28):02}")


def write_a_series(root: Path, chance: random.Random) -> None:
    others = [file for file in _articles(root) if file.name.startswith("nr-")]
    if others:
        _replace(
            chance.choice(others),
            r"^(series: broen\n)?tags:",
            chance.choice(["series: broen\ntags:", "tags:"]),
        )


def move_on(root: Path, chance: random.Random) -> None:
    others = [file for file in _articles(root) if file.name.startswith("nr-")]
    if others:
        former = f"/gammel/{chance.randrange(9999)}/"
        _replace(chance.choice(others), r"^(redirect_from:.*\n)?tags:", f"redirect_from: [{former}]\ntags:")


def name_a_person(root: Path, chance: random.Random) -> None:
    _replace(root / "data/redaktion.yml", r"navn: Avisen.*", f"navn: Avisen {chance.randrange(9)}")


def write_on(root: Path, chance: random.Random) -> None:
    with chance.choice(_articles(root)).open("a", encoding="utf-8") as stream:
        stream.write(f"\n{chance.choice(SENTENCES[:3])}\n")


def refer(root: Path, chance: random.Random) -> None:
    others = [file for file in _articles(root) if file.name.startswith("nr-")]
    if others:
        with chance.choice(others).open("a", encoding="utf-8") as stream:
            stream.write(f"\n{chance.choice(FIGURES[:2])}\n")


def hide(root: Path, chance: random.Random) -> None:
    others = [file for file in _articles(root) if file.name.startswith("nr-")]
    if others:
        _replace(chance.choice(others), r"^category:", "draft: ja\ncategory:")


def change_a_figure(root: Path, chance: random.Random) -> None:
    _replace(
        root / "data/tal.yml",
        r"periode: 2024\n    værdi: \d+",
        f"periode: 2024\n    værdi: {chance.randrange(41, 99)}",
    )


def add_a_source(root: Path, chance: random.Random) -> None:
    text = (root / "data/tal.yml").read_text("utf-8")
    _replace(root / "data/tal.yml", r"titel: Tællingen 2023.*", f"titel: Tællingen 2023, udgave {len(text)}")


def name_a_category(root: Path, chance: random.Random) -> None:
    _replace(root / "data/redaktion.yml", r"navn: Mentor.*", f"navn: Mentor {chance.randrange(9)}")


def change_a_template(root: Path, chance: random.Random) -> None:
    with (root / "overrides/ramme.html").open("a", encoding="utf-8") as stream:
        stream.write(f"<!-- {chance.randrange(99)} -->\n")


def change_a_setting(root: Path, chance: random.Random) -> None:
    _replace(root / "mkdocs.yml", r"promise: .*", f"promise: Løfte {chance.randrange(99)}.")


def move_into_a_folder(root: Path, chance: random.Random) -> None:
    folder = chance.choice(["", "en/", "en/to/"])
    _replace(root / "mkdocs.yml", r"^site_url: .*", f"site_url: https://blad.example/{folder}")


def change_a_picture(root: Path, chance: random.Random) -> None:
    _replace(root / "docs/images/aaen.svg", r'viewBox="0 0 \d+', f'viewBox="0 0 {chance.randrange(50, 500)}')


STORIES = ("", "antal: 1\n", "kategori: mentor\n", "serie: broen\n", "forfatter: avisen\ntitel: Fra Avisen\n")


def ask_for_articles(root: Path, chance: random.Random) -> None:
    with chance.choice([root / "docs/om.md", *_articles(root)]).open("a", encoding="utf-8") as stream:
        stream.write(f"\n```artikler\n{chance.choice(STORIES)}```\n")


EDITS: tuple[Edit, ...] = (
    *(add, add, add, delete, rename, retitle, retag, redate, write_on, refer, hide),
    *(write_a_series, write_a_series, move_on, name_a_person),
    *(
        ask_for_articles,
        change_a_figure,
        add_a_source,
        name_a_category,
        change_a_template,
        change_a_setting,
        change_a_picture,
        move_into_a_folder,
    ),
)


def _build(root: Path) -> None:
    """Build in this process, which spares the start of one."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config(str(root / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)


def _clean(root: Path, made: Path) -> dict[str, bytes]:
    shutil.copytree(root, made, ignore=shutil.ignore_patterns("site", ".cache", ".site*"))
    _build(made)
    return files_of(made / "site")


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAGASIN_NU", NOW)
    # A file is vouched for at once: what these tests do within a second, editors do in minutes.
    monkeypatch.setattr("magazine.sources._UNSETTLED", 0)


@pytest.mark.parametrize("seed", range(int(os.environ.get("MAGASIN_SEQUENCES", "24"))))
def test_after_any_edits_the_site_is_a_clean_builds(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    root = put_magazine(tmp_path / "lille")
    _build(root)

    done = []
    for _ in range(4):
        edit = chance.choice(EDITS)
        done.append(edit.__name__)
        edit(root, chance)
        _build(root)

    assert files_of(root / "site") == _clean(root, tmp_path / "clean"), done


def test_a_magazine_that_moves_into_a_folder_is_a_clean_builds(tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "lille")
    with (root / "overrides/ramme.html").open("a", encoding="utf-8") as stream:
        stream.write('<p><a href="{{ "/tal/" | link }}">Tallene</a></p>\n')
    _build(root)
    _replace(root / "mkdocs.yml", r"^site_url: .*", "site_url: https://blad.example/mappe/")

    _build(root)

    assert files_of(root / "site") == _clean(root, tmp_path / "clean")


def test_as_time_goes_by_the_site_is_a_clean_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = put_magazine(tmp_path / "lille")
    for moment in (
        "2024-02-01 00:00",
        "2024-03-01 08:30",
        "2025-01-14 23:59",
        "2025-01-15 00:00",
        "2030-05-01",
    ):
        monkeypatch.setenv("MAGASIN_NU", moment)
        _build(root)
        assert files_of(root / "site") == _clean(root, tmp_path / moment.replace(":", "-"))


def test_one_edit_rewrites_what_shows_it(tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "lille")
    _build(root)
    before = {path: (root / "site" / path).stat().st_ino for path in files_of(root / "site")}
    _replace(root / "articles/2024/baenke.md", "Kommunen talte", "Kommunen talte igen")

    _build(root)

    changed = {path for path, number in before.items() if (root / "site" / path).stat().st_ino != number}
    assert "2024/03/01/baenke/index.html" in changed
    assert "2024/02/01/cykler/index.html" not in changed
    assert "om/index.html" not in changed
    assert "images/aaen.svg" not in changed


def test_nothing_is_rewritten_where_nothing_changed(tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "lille")
    _build(root)
    before = {path: (root / "site" / path).stat().st_ino for path in files_of(root / "site")}

    _build(root)

    assert {path: (root / "site" / path).stat().st_ino for path in files_of(root / "site")} == before


@pytest.mark.parametrize("path", ["index.html", "2024/02/01/cykler/index.html", "stil.css"])
def test_a_site_that_somebody_touched_is_mended(tmp_path: Path, path: str) -> None:
    root = put_magazine(tmp_path / "lille")
    _build(root)
    before = files_of(root / "site")
    (root / "site" / path).write_text("Nogen har skrevet her.", encoding="utf-8")
    (root / "site/fremmed.html").write_text("Nogen har lagt noget her.", encoding="utf-8")

    _build(root)

    assert files_of(root / "site") == before


def _damage(root: Path, chance: random.Random) -> None:
    file = root / ".cache/magasin/magasin.sqlite3"
    data = bytearray(file.read_bytes())
    for _ in range(200):
        data[chance.randrange(len(data))] = chance.randrange(256)
    file.write_bytes(bytes(data))


def _exchange(root: Path, chance: random.Random) -> None:
    """Let every entry stand under another's name."""
    with closing(sqlite3.connect(root / ".cache/magasin/magasin.sqlite3")) as base, base:
        entries = base.execute("SELECT key, value FROM entry ORDER BY key").fetchall()
        values = [value for _, value in entries]
        pairs = zip(values[1:] + values[:1], (key for key, _ in entries), strict=True)
        base.executemany("UPDATE entry SET value = ? WHERE key = ?", pairs)


@pytest.mark.parametrize(
    "damage",
    [
        _damage,
        _exchange,
        lambda root, _: (root / ".cache/magasin/magasin.sqlite3").write_bytes(b"noget andet"),
        lambda root, _: (root / ".cache/magasin/magasin.sqlite3").write_bytes(b""),
        lambda root, _: shutil.rmtree(root / ".cache"),
        lambda root, _: shutil.rmtree(root / "site"),
    ],
    ids=["bytes", "exchanged", "other", "empty", "no-cache", "no-site"],
)
def test_what_is_kept_is_never_trusted(tmp_path: Path, damage: Edit) -> None:
    root = put_magazine(tmp_path / "lille")
    _build(root)
    before = files_of(root / "site")
    damage(root, random.Random(1))

    _build(root)
    assert files_of(root / "site") == before
    _build(root)
    assert files_of(root / "site") == before


def test_a_fault_is_told_in_every_build_until_it_is_mended(tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "lille")
    build(root)
    _replace(root / "articles/2024/baenke.md", "tolv bænke", "tretten bænke")

    first, second = build(root, "--quiet"), build(root, "--quiet")

    assert first.status == 1
    assert first == second


def test_a_text_that_is_saved_while_a_build_goes_on_is_not_mixed_with_what_stood(tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "magasin")
    store = Store.open(tmp_path / "kept")
    assets, _ = read_assets(root, "docs")
    desk, _ = read_desk(root, "data/redaktion.yml", assets)
    for _ in range(2):
        articles, _ = read_articles(root, desk, assets, date(2024, 9, 1), store)
    known = articles.sound[0]
    file = root / known.path
    assert known.body is None
    assert file.read_text("utf-8").endswith(articles.body_of(known))

    file.write_text(f"{file.read_text('utf-8')}\nNyt.\n", encoding="utf-8")

    with pytest.raises(ContentError, match=f"{known.path}:1: filen blev gemt, mens magasinet blev bygget"):
        articles.body_of(known)


def test_two_builds_at_once_leave_a_whole_site(tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "lille")
    both = [subprocess.Popen(command("build", "--quiet"), cwd=root, env=environment()) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert files_of(root / "site") == _clean(root, tmp_path / "clean")

    _build(root)
    assert files_of(root / "site") == files_of(tmp_path / "clean/site")


def test_killed_builds_leave_the_next_one_right(tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "lille")
    build(root)
    for moment in range(4):
        add(root, random.Random(moment))
        process = subprocess.Popen(
            command("build", "--quiet"), cwd=root, env=environment(), start_new_session=True
        )
        time.sleep(0.4 + moment * 0.08)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    assert build(root).status == 0
    assert files_of(root / "site") == _clean(root, tmp_path / "clean")


@pytest.mark.parametrize("edit", [retag, redate, rename, write_a_series])
def test_lists_follow_one_edit(edit: Edit, tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "lille")
    for number in range(3):
        add(root, random.Random(number))
    _build(root)
    edit(root, random.Random(5))

    _build(root)

    assert files_of(root / "site") == _clean(root, tmp_path / "clean")


@pytest.mark.parametrize("edit", [add, retitle, hide, write_a_series])
def test_blocks_of_articles_follow_one_edit(edit: Edit, tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "lille")
    for number in range(2):
        add(root, random.Random(number))
    for name in ("docs/om.md", "articles/2024/cykler.md"):
        with (root / name).open("a", encoding="utf-8") as stream:
            stream.write("".join(f"\n```artikler\n{lines}```\n" for lines in STORIES))
    _build(root)
    edit(root, random.Random(5))

    _build(root)

    assert files_of(root / "site") == _clean(root, tmp_path / "clean")


def test_a_new_article_leaves_the_lists_alone_that_it_is_not_in(tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "lille")
    _build(root)
    before = {path: (root / "site" / path).stat().st_ino for path in files_of(root / "site")}
    add(root, random.Random(1))
    _replace(next((root / "articles/2024").glob("nr-*.md")), r"^(series: broen\n)?tags:.*", "tags: [broer]")

    _build(root)

    same = {path for path, number in before.items() if (root / "site" / path).stat().st_ino == number}
    assert {"emne/cykler/index.html", "emne/cykler/feed.xml", "emne/cykler/feed.json"} <= same
    assert {"arkiv/2024/index.html", "forfatter/avisen/feed.json", "arkiv/index.html"}.isdisjoint(same)
