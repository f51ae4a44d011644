"""The workflows: pinned, with the least rights, and doing what a developer's own commands do."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

WORKFLOWS = sorted((Path(__file__).resolve().parent.parent / ".github" / "workflows").glob("*.yml"))

#: What neither tool may let pass: a branch name in a shell, every right, a tag that can be moved.
BAD = """\
name: Bad
on: pull_request_target
permissions: write-all
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: echo ${{ github.event.pull_request.title }} ${{ steps.missing.outputs.x }}
"""


def _run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / tool, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("tool", "options"), [("zizmor", ("--offline", "--no-progress")), ("actionlint", ())], ids=str
)
class TestTools:
    def test_find_nothing_in_ours(self, tool: str, options: tuple[str, ...]) -> None:
        done = _run(tool, *options, *WORKFLOWS)

        assert (done.returncode, done.stdout + done.stderr if done.returncode else "") == (0, "")

    def test_find_faults_in_a_bad_one(self, tool: str, options: tuple[str, ...], tmp_path: Path) -> None:
        folder = tmp_path / ".github" / "workflows"
        folder.mkdir(parents=True)
        bad = folder / "bad.yml"
        bad.write_text(BAD, encoding="utf-8")

        done = _run(tool, *options, bad)

        assert done.returncode != 0
        assert "bad.yml" in done.stdout + done.stderr


def _steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
class TestWorkflow:
    def test_starts_without_rights(self, path: Path) -> None:
        assert yaml.safe_load(path.read_text("utf-8"))["permissions"] == {}

    def test_has_no_secret_to_lose(self, path: Path) -> None:
        text = path.read_text("utf-8")

        assert "secrets." not in text
        assert "pull_request_target" not in text

    def test_pins_every_action_and_names_its_version(self, path: Path) -> None:
        uses = re.findall(r"uses: (.*)", path.read_text("utf-8"))

        assert uses
        assert [
            line for line in uses if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
        ] == []

    def test_leaves_the_work_to_make(self, path: Path) -> None:
        commands = [
            step["run"].split("\n")
            for step in _steps(yaml.safe_load(path.read_text("utf-8")))
            if "run" in step
        ]

        assert [lines[-1] or lines[-2] for lines in commands] == ["make check", "make test", "make site"]


def test_there_is_one() -> None:
    assert [path.name for path in WORKFLOWS] == ["publish.yml"]


def test_ci_runs_what_developers_run() -> None:
    script = (Path(__file__).resolve().parent.parent / ".ci" / "run").read_text("utf-8")

    assert re.findall(r"^make \w+", script, re.MULTILINE) == ["make check", "make test"]
