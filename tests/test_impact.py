"""What ``magasin virkning`` says of a change of the figures, against a real Git repository.

One file a case under ``cases/impact``: an article, what is changed in the figures, and the report.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from one_article import magazine

from magazine.cli import main

CASES = sorted((Path(__file__).parent / "cases" / "impact").glob("*.yml"))


def _git(root: Path, *arguments: str) -> None:
    names = ("-c", "user.name=Redaktionen", "-c", "user.email=red@a.example")
    subprocess.run(["git", "-C", str(root), *names, *arguments], check=True, capture_output=True)


def _repository(root: Path, case: dict[str, Any]) -> None:
    """Commit a magazine, then change its figures in the working tree."""
    magazine(root, case)
    _git(root, "init", "-q")
    _git(root, "add", "-A")
    _git(root, "commit", "-qm", "Før")
    file = root / "data/tal.yml"
    text = file.read_text("utf-8")
    if "ændres" in case:
        old, new = case["ændres"]
        assert old in text
        text = text.replace(old, new)
    text += "".join(f"  {line}\n" for line in case.get("tilføjes", "").splitlines())
    file.write_text(text, "utf-8")


def _run(root: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str, now: str = "2024-09-01") -> Result:
    monkeypatch.chdir(root)
    monkeypatch.setenv("MAGASIN_NU", f"{now} 12:00")
    return CliRunner().invoke(main, ["virkning", *arguments])


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_impact(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    _repository(tmp_path, case)
    flags = ("--markdown",) if "markdown" in case else ()

    result = _run(tmp_path, monkeypatch, *flags, now=str(case.get("nu", "2024-09-01")))

    assert (result.exit_code, result.stdout.rstrip("\n")) == (0, case["giver"].rstrip("\n"))


def test_an_older_revision_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = yaml.safe_load((CASES[0].parent / "new-year.yml").read_text("utf-8"))
    _repository(tmp_path, case)
    _git(tmp_path, "commit", "-qam", "Efter")

    assert _run(tmp_path, monkeypatch).stdout == "Ændringen rører ingen sætninger.\n"
    assert _run(tmp_path, monkeypatch, "HEAD~1").stdout.rstrip("\n") == case["giver"].rstrip("\n")


@pytest.mark.parametrize("revision", ["findes-ikke", "--", "--output=x"])
def test_a_revision_that_git_does_not_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revision: str
) -> None:
    _repository(tmp_path, {"tekst": "Om job."})

    result = _run(tmp_path, monkeypatch, "--", revision)

    assert result.exit_code == 1
    assert result.stderr == (
        f"Fejl: Git kender ingen data/tal.yml i «{revision}». Skriv for eksempel: magasin virkning main\n"
    )
    assert not list(tmp_path.glob("x*"))


def test_without_git_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    magazine(tmp_path, {"tekst": "Om job."})
    monkeypatch.setenv("PATH", str(tmp_path))

    result = _run(tmp_path, monkeypatch)

    assert (result.exit_code, result.stderr) == (
        1,
        "Fejl: Git findes ikke på denne maskine, og uden det er der intet at sammenligne med.\n",
    )
