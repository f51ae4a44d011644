"""The editors' command on a terminal: what it says, in Danish; one file a case under ``cases/terminal``."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from one_article import magazine

from magazine.cli import main

CASES = sorted((Path(__file__).parent / "cases" / "terminal").glob("*.yml"))


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_what_the_command_says(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    magazine(tmp_path, {"tekst": "Kom [59 procent](tal:job/2021) i job."})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAGASIN_NU", "2024-09-01 12:00")

    done = CliRunner().invoke(main, case["skrevet"], prog_name="magasin", terminal_width=80)

    assert done.output.rstrip().split("\n") == case["siger"].rstrip().split("\n")
    assert done.exit_code == case.get("slutter", 0)
    for name, text in case.get("filer", {}).items():
        assert (tmp_path / name).read_text("utf-8") == text


def test_no_magazine_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    done = CliRunner().invoke(main, ["tjek"], prog_name="magasin")

    assert done.output == (
        "Fejl: her er intet magasin. Gå til magasinets mappe, den med filen mkdocs.yml, og prøv igen.\n"
    )
    assert done.exit_code == 1
