"""Made-up magazines in a folder of their own, and builds of them in processes of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
SITES = Path(__file__).resolve().parent / "sites"

#: After the two articles of the small magazine, and before the third.
NOW = "2026-01-01 12:00"


@dataclass(frozen=True)
class Done:
    """How a build ended."""

    status: int
    out: str
    err: str


def put_magazine(folder: Path, name: str = "lille") -> Path:
    """Write a made-up magazine; where it has no template of its own, it has the repository's."""
    shutil.copytree(SITES / name, folder)
    return _dress(folder)


def put_real(folder: Path) -> Path:
    """Write a copy of the real magazine's content."""
    for part in ("articles", "docs", "data"):
        shutil.copytree(REPOSITORY / part, folder / part)
    shutil.copy(REPOSITORY / "mkdocs.yml", folder)
    return _dress(folder)


def _dress(folder: Path) -> Path:
    own = {path.relative_to(folder) for path in (folder / "overrides").rglob("*") if path.is_file()}
    for template in sorted((REPOSITORY / "overrides").rglob("*")):
        path = template.relative_to(REPOSITORY)
        if template.is_file() and path not in own:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(template, folder / path)
    (folder / "hooks").mkdir()
    shutil.copy(REPOSITORY / "hooks/mkdocs_hook.py", folder / "hooks")
    return folder


def command(*arguments: str, host: str = "mkdocs") -> list[str]:
    """Return the command line of a host."""
    return [sys.executable, "-m", host, *arguments]


def environment(variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what a build finds in its environment."""
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")},
        "PYTHONPATH": str(REPOSITORY / "hooks"),
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        "MAGASIN_NU": NOW,
        **(variables or {}),
    }


def build(
    root: Path,
    *arguments: str,
    host: str = "mkdocs",
    folder: Path | None = None,
    variables: Mapping[str, str] | None = None,
) -> Done:
    """Build a magazine.

    Args:
        root: where it lies.
        arguments: more of the command line.
        host: the module to run.
        folder: the folder to call from, the magazine's own where not given.
        variables: more of the environment.
    """
    done = subprocess.run(
        command("build", *arguments, host=host),
        cwd=folder or root,
        capture_output=True,
        env=environment(variables),
        check=False,
        timeout=120,
    )
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
