"""The landing page's data; one file a case under ``cases/mentor``. Receivers and addresses are made up.

``tekst`` is the file, ``fejl`` every message about it, ``formular`` the receiver of the form that is shown.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from magazine.mentor import Mentor, read_mentor

CASES = sorted((Path(__file__).parent / "cases" / "mentor").glob("*.yml"))
FILE = "data/bliv-mentor.yml"


def _read(folder: Path, text: str) -> tuple[Mentor, str]:
    (folder / "data").mkdir()
    (folder / FILE).write_text(text, encoding="utf-8")
    mentor, problems = read_mentor(folder, FILE)
    return mentor, "".join(f"{problem}\n" for problem in sorted(problems))


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_a_file(path: Path, tmp_path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))

    mentor, problems = _read(tmp_path, case["tekst"])

    assert problems == case.get("fejl", "")
    assert (mentor.form.endpoint if mentor.form else None) == case.get("formular")


def test_the_form_exists_only_with_a_receiver(tmp_path: Path) -> None:
    cases = {path.stem: yaml.safe_load(path.read_text("utf-8"))["tekst"] for path in CASES}

    mentor, _ = _read(tmp_path, cases["complete"])

    assert mentor.form is not None
    assert mentor.form.origin == "https://skema.kvinfo.dk"
    assert mentor.missing() == ("email", "telefon")


def test_the_real_file_promises_nothing_that_nobody_has_told(root: Path) -> None:
    mentor, problems = read_mentor(root, FILE)

    assert problems == ()
    assert mentor.form is None
    assert mentor.missing() == ("modtager", "email", "telefon")
    assert [spot.name for spot in mentor.spots if spot.city] == ["Tingbjerg", "Nørrebro", "Amager"]


def test_a_magazine_without_the_file_has_no_network(tmp_path: Path) -> None:
    assert read_mentor(tmp_path, FILE) == (Mentor(), ())
