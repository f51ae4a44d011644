"""What a newcomer relies on: the locks, the commands that the documents name, and the links in them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

LOCKS = ("site.txt", "dev.txt")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "REDAKTION.md", "decisions/README.md")


def _locked(root: Path, lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (root / "locks" / lock).read_text("utf-8"), re.MULTILINE))


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=!~]", line)[0].lower().replace(".", "-") for line in requirements}


@pytest.mark.parametrize("lock", LOCKS)
class TestLock:
    def test_has_hashes_for_every_package(self, root: Path, lock: str) -> None:
        text = (root / "locks" / lock).read_text("utf-8")
        entries = re.split(r"\n(?=[a-z])", re.sub(r"(?m)^\s*#.*\n", "", text))

        assert len(entries) > 20
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []

    def test_names_no_address_and_no_folder(self, root: Path, lock: str) -> None:
        """Where packages come from is the machine's business."""
        text = (root / "locks" / lock).read_text("utf-8")

        assert (
            re.findall(r"https?:|file:|--index|--extra-index|--find-links|--trusted|(?<=[\s=])/\S+", text)
            == []
        )

    def test_fits_pyproject(self, root: Path, lock: str) -> None:
        project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
        asked = _names(project["project"]["dependencies"]) | _names(project["dependency-groups"]["build"])
        if lock == "dev.txt":
            asked |= _names(project["dependency-groups"]["dev"])

        assert asked - _locked(root, lock).keys() == set(), "run make lock"


def test_the_tests_run_with_what_the_site_is_built_with(root: Path) -> None:
    assert _locked(root, "site.txt").items() <= _locked(root, "dev.txt").items()


def test_every_dependency_has_a_reason(root: Path) -> None:
    text = (root / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    asked = [line for group in groups for line in group]

    assert len(asked) > 20
    assert [line for line in asked if not re.search(rf'"{re.escape(line)}",[ ]+# \S', text)] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_leads_somewhere(root: Path, document: str) -> None:
    path = root / document
    links = re.findall(r"\]\(([^()\s]+)\)", re.sub(r"(?ms)^```.*?^```|`[^`]*`", "", path.read_text("utf-8")))
    files = [link.partition("#")[0] for link in links if ":" not in link and not link.startswith("#")]

    assert [file for file in files if not (path.parent / file).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS[:3])
def test_a_document_names_commands_that_exist(root: Path, document: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = re.findall(r"(?<![\w/-])make ([a-z]+)", "\n".join(_code(root / document)))

    assert set(named) <= targets


def _code(path: Path) -> list[str]:
    return re.findall(r"(?ms)^```.*?^```|`[^`\n]+`", path.read_text("utf-8"))


def test_every_proof_of_a_feature_exists(root: Path) -> None:
    text = (root / "FEATURES.md").read_text("utf-8")
    proofs = re.findall(r"`(tests/\w+\.py)(?:::(\w+))?`", text)

    assert len(proofs) > 30
    for path, name in proofs:
        assert not name or re.search(rf"def {name}\(", (root / path).read_text("utf-8")), f"{path}::{name}"
