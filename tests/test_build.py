"""Whole builds, as an editor starts them: what stands afterwards, and what is said."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from magazines import SITES, Done, build, command, environment, files_of, put_magazine

GOLDEN = SITES / "lille-golden"
#: Words of an article that waits for its day, and of a draft.
SECRETS = ("xylofon", "okarina")

SLIP = "[60 procent](tal:cyklister/2023)"
RIGHT = "[40 procent](tal:cyklister/2023)"


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small magazine, built once, strictly; tests work on copies."""
    root = put_magazine(tmp_path_factory.mktemp("build") / "lille")
    done = build(root, "--strict")
    assert done.status == 0, done.err
    return root


@pytest.fixture
def magazine(standing: Path, tmp_path: Path) -> Path:
    """A built magazine of the test's own."""
    return Path(shutil.copytree(standing, tmp_path / "lille"))


def change(root: Path, path: str, old: str, new: str) -> None:
    """Edit a file, as an editor would."""
    file = root / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def add(root: Path, path: str, text: str) -> None:
    """Write at the end of a file."""
    with (root / path).open("a", encoding="utf-8") as stream:
        stream.write(text)


def assert_stopped(done: Done, root: Path, before: dict[str, bytes]) -> None:
    """The build failed as it should: no traceback, the old site as it was, nothing left beside it."""
    assert done.status == 1
    assert "Traceback" not in done.out + done.err
    assert files_of(root / "site") == before
    assert [path.name for path in root.iterdir() if path.name.startswith(".site")] == []


@pytest.mark.parametrize("path", ["feed.xml", "sitemap.xml", "2024/02/01/cykler/index.html"])
def test_the_site_is_as_it_should_be(standing: Path, path: str) -> None:
    made = (standing / "site" / path).read_text("utf-8")

    assert made == (GOLDEN / path).read_text("utf-8")


def test_only_the_magazine_is_shipped(standing: Path) -> None:
    """Nothing of the theme's own, no source, no hidden file but the one that RFC 9116 puts there."""
    made = files_of(standing / "site")

    assert {"index.html", "404.html", "images/aaen.svg", "stil.css"} <= made.keys()
    foreign = re.compile(
        r"(^|/)(assets|overrides|\.(?!well-known/security\.txt$)|README)|\.(md|yml|py|pyc|map|scss)$"
    )
    assert [path for path in made if foreign.search(path)] == []


def test_the_page_of_components_is_never_published(standing: Path) -> None:
    site = files_of(standing / "site")

    assert [path for path in site if path.startswith("_komponenter")] == []
    assert [path for path, data in site.items() if b"_komponenter" in data] == []


def test_what_is_not_due_leaves_no_trace(standing: Path) -> None:
    for path, data in files_of(standing / "site").items():
        text = (path + data.decode("utf-8")).casefold()
        assert not any(secret in text for secret in SECRETS), path


def test_the_clock_decides_what_is_due(magazine: Path) -> None:
    assert build(magazine, variables={"MAGASIN_NU": "2030-05-01 00:00"}).status == 0

    made = files_of(magazine / "site")
    assert {
        "2030/05/01/hemmelig/index.html",
        "images/xylofon.svg",
        "images/xylofon-bredt.svg",
        "emne/xylofon/feed.json",
    } <= made.keys()
    assert "images/okarina.svg" not in made
    assert "xylofon" in made["index.html"].decode("utf-8").casefold()
    assert "okarina" not in made["index.html"].decode("utf-8").casefold()


def test_an_hour_decides_too(magazine: Path) -> None:
    build(magazine, variables={"MAGASIN_NU": "2024-03-01 08:29"})
    assert "2024/03/01/baenke/index.html" not in files_of(magazine / "site")

    build(magazine, variables={"MAGASIN_NU": "2024-03-01 08:30"})
    assert "2024/03/01/baenke/index.html" in files_of(magazine / "site")


def test_the_summary_says_what_was_done_and_what_is_missing(magazine: Path) -> None:
    done = build(magazine)

    assert re.search(r"2 artikler, \d+ tal efterset, 0 filer af \d+ skrevet på \d+,\d sekunder", done.err)
    assert re.search(r"Sider: [1-9]\d* lavet, 0 genbrugt", done.err)
    assert "Mangler: ansvarshavende, telefon (data/redaktion.yml)" in done.err
    assert "Venter: 2 kladder og planlagte artikler" in done.err
    assert re.search(r"Sider: \d+ lavet, [1-9]\d* genbrugt", build(magazine).err)


def test_a_quiet_build_says_nothing(magazine: Path) -> None:
    assert build(magazine, "--quiet") == Done(0, "", "")


@pytest.mark.parametrize(
    "arguments", [(), ("--quiet",), ("--strict",), ("--quiet", "--strict")], ids=["", "q", "s", "qs"]
)
def test_a_fault_stops_the_build(magazine: Path, arguments: tuple[str, ...]) -> None:
    before = files_of(magazine / "site")
    change(magazine, "articles/2024/cykler.md", RIGHT, SLIP)
    change(magazine, "docs/om.md", "../articles/2024/cykler.md", "../articles/2024/cyklen.md")

    done = build(magazine, *arguments)

    assert_stopped(done, magazine, before)
    told = [line for line in done.err.split("\n") if re.match(r"[a-z/0-9-]+\.md:\d+: ", line)]
    assert [line.split(" ")[0] for line in told] == [
        "articles/2024/cykler.md:2:",
        "articles/2024/cykler.md:15:",
        "docs/om.md:6:",
    ]
    assert "«60 procent» passer ikke" in told[0]
    assert "3 fejl, intet er bygget" in done.out + done.err


def test_a_fault_stops_the_build_from_any_folder(magazine: Path, tmp_path: Path) -> None:
    before = files_of(magazine / "site")
    change(magazine, "articles/2024/cykler.md", RIGHT, SLIP)

    done = build(magazine, "-f", str(magazine / "mkdocs.yml"), folder=tmp_path)

    assert_stopped(done, magazine, before)
    assert "articles/2024/cykler.md:15: " in done.err
    assert "2 fejl, intet er bygget" in done.out + done.err


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        (
            "overrides/artikel.html",
            "{{ article.body }}",
            "{{ article.krop }}",
            "overrides/artikel.html:13: skabelonen kender ikke «krop»",
        ),
        (
            "overrides/tal.html",
            "{% endblock %}",
            "",
            "overrides/tal.html:",
        ),
        (
            "overrides/liste.html",
            '"kort.html"',
            '"kortet.html"',
            "overrides/liste.html:2: skabelonen «kortet.html» findes ikke",
        ),
        (
            "overrides/404.html",
            "<h1>",
            "<h1>{{ 1 // 0 }}",
            "overrides/404.html:3: skabelonen kan ikke udfyldes",
        ),
    ],
)
def test_a_failing_template_stops_the_build(magazine: Path, path: str, old: str, new: str, told: str) -> None:
    before = files_of(magazine / "site")
    change(magazine, path, old, new)

    done = build(magazine, "--quiet")

    assert_stopped(done, magazine, before)
    assert told in done.err
    assert "1 fejl, intet er bygget" in done.out + done.err


def test_a_file_in_the_place_of_a_page_stops_the_build(magazine: Path) -> None:
    before = files_of(magazine / "site")
    (magazine / "docs/om").mkdir()
    (magazine / "docs/om/index.html").write_text("<p>Mig først", encoding="utf-8")

    done = build(magazine)

    assert_stopped(done, magazine, before)
    assert "docs/om/index.html:1: adressen /om/ bruges også af docs/om.md" in done.err


def test_a_warning_of_the_host_counts_when_it_is_strict(magazine: Path) -> None:
    before = files_of(magazine / "site")
    change(magazine, "mkdocs.yml", "plugins: []", "plugins: []\nextra_templates: [findes-ikke.html]")

    done = build(magazine, "--strict")

    assert_stopped(done, magazine, before)


def test_a_killed_build_leaves_a_whole_site(magazine: Path) -> None:
    before = files_of(magazine / "site")
    change(magazine, "docs/om.md", "Vi har talt", "Vi har i år talt")
    build(magazine)
    after = files_of(magazine / "site")
    assert before != after

    for moment in range(6):
        process = subprocess.Popen(
            command("build", "--quiet"), cwd=magazine, env=environment(), start_new_session=True
        )
        time.sleep(0.35 + moment * 0.06)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert files_of(magazine / "site") == after

    assert build(magazine).status == 0
    assert [path.name for path in magazine.iterdir() if path.name.startswith(".site")] == []


def test_the_next_build_puts_back_a_site_set_aside(magazine: Path) -> None:
    """Where folders cannot be exchanged, a build may be killed between its two renames."""
    before = files_of(magazine / "site")
    (magazine / "site").rename(magazine / ".site.gammel")
    change(magazine, "articles/2024/cykler.md", RIGHT, SLIP)

    assert_stopped(build(magazine), magazine, before)


def test_a_build_removes_what_was_left_of_a_killed_one(magazine: Path) -> None:
    (magazine / ".site.venter-999999999").mkdir()

    build(magazine)

    assert [path.name for path in magazine.iterdir() if path.name.startswith(".site.venter")] == []


def test_nothing_but_content_and_clocks_decides_what_is_built(tmp_path: Path) -> None:
    clocks = {"SOURCE_DATE_EPOCH": "1767222000"}
    one = put_magazine(tmp_path / "her")
    other = put_magazine(tmp_path / "et andet sted" / "æøå")
    assert build(one, variables={**clocks, "TZ": "UTC", "PYTHONHASHSEED": "1"}).status == 0

    done = build(
        other,
        "-f",
        str(other / "mkdocs.yml"),
        folder=tmp_path,
        variables={**clocks, "TZ": "Pacific/Apia", "PYTHONHASHSEED": "2", "LC_ALL": "C", "LANG": "C"},
    )

    assert done.status == 0, done.err
    assert files_of(one / "site") == files_of(other / "site")
    assert {path.stat().st_mtime for path in (one / "site").rglob("*")} == {1767222000.0}


def test_properdocs_builds_the_same(standing: Path, tmp_path: Path) -> None:
    root = put_magazine(tmp_path / "lille")

    done = build(root, "--strict", "-f", "mkdocs.yml", host="properdocs")

    assert done.status == 0, done.err
    assert files_of(root / "site") == files_of(standing / "site")


def test_properdocs_stops_where_mkdocs_stops(magazine: Path) -> None:
    before = files_of(magazine / "site")
    change(magazine, "articles/2024/cykler.md", RIGHT, SLIP)

    done = build(magazine, "--quiet", "-f", "mkdocs.yml", host="properdocs")

    assert_stopped(done, magazine, before)
    assert "2 fejl, intet er bygget" in done.out + done.err


def test_text_in_another_encoding_is_told_too(magazine: Path) -> None:
    before = files_of(magazine / "site")
    (magazine / "docs/om.md").write_bytes("---\ntitle: Små\n---\n".encode("latin-1"))

    done = build(magazine, variables={"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"})

    assert_stopped(done, magazine, before)
    assert "docs/om.md:1: er ikke gemt som UTF-8" in done.err
