"""What the editors' command says of time: what appears when, and which addresses readers have by now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from one_article import FIGURES
from whole_magazine import NOW, write

from magazine.cli import main
from magazine.promised import LOCK_FILE

ARTICLE = "---\ntitle: {title}\ndate: {date}\ndescription: Om.\ncategory: mentor\n{more}---\nEn tekst.\n"
COMING = FIGURES.replace(
    "kilder:\n",
    "kilder:\n  ventet:\n    titel: Ventet rapport\n    udgiver: KVINFO\n    udgivet: 2025-01-31\n"
    "    url: https://a.example/\n",
)


def _article(title: str, date: str, more: str = "") -> str:
    return ARTICLE.format(title=title, date=date, more=more)


def _say(
    root: Path, monkeypatch: pytest.MonkeyPatch, *command: str, files: Mapping[str, str]
) -> tuple[int, str]:
    write(root, files)
    monkeypatch.chdir(root)
    monkeypatch.setenv("MAGASIN_NU", NOW)
    done = CliRunner().invoke(main, command, catch_exceptions=False)
    return done.exit_code, done.output


def test_the_schedule_has_what_is_to_come_in_its_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "articles/2024/sent.md": _article("Sent", "2024-12-24 06:00"),
        "articles/2025/senere.md": _article("Om [59 procent](tal:job/2021)", "2025-02-01"),
        "articles/2024/kladde.md": _article("Måske", "2024-01-01", "draft: ja\n"),
        "data/tal.yml": COMING,
    }

    status, told = _say(tmp_path, monkeypatch, "tidsplan", files=files)

    assert status == 0
    assert told == (
        "24. december 2024 kl. 06.00  articles/2024/sent.md  Sent\n"
        "31. januar 2025  kilden ventet  Ventet rapport\n"
        "1. februar 2025  articles/2025/senere.md  Om 59 procent\n"
        "\n"
        "Kladder, der ikke udkommer af sig selv:\n"
        "  articles/2024/kladde.md  Måske\n"
    )


def test_an_empty_schedule_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _say(tmp_path, monkeypatch, "tidsplan", files={}) == (0, "Intet er planlagt.\n")


def test_addresses_are_written_down_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "articles/2024/ny.md": _article("Ny  titel", "2024-05-01", "redirect_from: [/gammel/]\n"),
        "articles/2025/ventet.md": _article("Ventet", "2025-05-01"),
        LOCK_FILE: "/om/ docs/om.md\n",
    }

    status, told = _say(tmp_path, monkeypatch, "tjek", "--opdater", files=files)

    assert (status, told.splitlines()[-1]) == (0, ".magasin/adresser.lock: 3 nye adresser.")
    written = (tmp_path / LOCK_FILE).read_text("utf-8")
    assert [line for line in written.splitlines() if not line.startswith("#")] == [
        "/2022/06/01/a/ articles/2022/a.md En artikel",
        "/2024/05/01/ny/ articles/2024/ny.md Ny titel",
        "/gammel/ articles/2024/ny.md Ny titel",
        "/om/ docs/om.md",
    ]

    again = _say(tmp_path, monkeypatch, "tjek", "--opdater", files={**files, LOCK_FILE: written})
    assert again[1].splitlines()[-1] == ".magasin/adresser.lock: 0 nye adresser."
    assert (tmp_path / LOCK_FILE).read_text("utf-8") == written


def test_with_faults_no_address_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    status, told = _say(
        tmp_path,
        monkeypatch,
        *("tjek", "--opdater"),
        files={LOCK_FILE: "/2022/01/01/a/ articles/2022/a.md En artikel\n"},
    )

    assert status == 1
    assert told.splitlines()[-1] == ".magasin/adresser.lock: ikke ændret. Ret fejlene først."
    assert (tmp_path / LOCK_FILE).read_text("utf-8").startswith("/2022/01/01/a/")
