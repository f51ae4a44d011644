"""The table of bad inputs and their messages leaves none out."""

from __future__ import annotations

import re

import tabel


def test_every_message_of_every_case_is_in_the_table() -> None:
    folders = sorted(path for path in tabel.CASES.iterdir() if path.is_dir())

    printed = tabel.table(folders).splitlines()

    expected = sum(len(list(tabel.rows(folder))) for folder in folders)
    assert expected > 200
    assert sum(line.endswith(" |") and not re.match(r"\| (Prøve|---)", line) for line in printed) == expected


def test_a_row_shows_the_line_and_what_is_said_of_it() -> None:
    printed = tabel.table([tabel.CASES / "figures"])

    row = next(line for line in printed.splitlines() if line.startswith("| value with a point |"))
    assert row.split(" | ")[1:] == [
        "`` værdi: 44.5 ``",
        "data/tal.yml:8: «44.5» er ikke dansk notation: skriv 44,5. |",
    ]
