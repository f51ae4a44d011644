"""Work on every core: the same results in the same order, and the same exceptions, in any number."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import pytest
from magazines import build, files_of, put_magazine

from magazine.workers import PROCESSES, spread

COUNTS = ("1", "2", "3", "8")


@pytest.fixture(params=COUNTS)
def count(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(PROCESSES, request.param)
    # A test runner's own threads are no danger to what these processes do.
    monkeypatch.setattr("threading.active_count", lambda: 1)
    return str(request.param)


def test_results_come_in_order(count: str) -> None:
    assert list(spread(lambda number: number * number, range(520))) == [n * n for n in range(520)]


def test_read_only_mappings_and_fractions_arrive(count: str) -> None:
    made = list(spread(lambda number: MappingProxyType({number: Fraction(number, 3)}), range(520)))

    assert made[7] == {7: Fraction(7, 3)}


def test_an_exception_is_the_works_own(count: str) -> None:
    def work(number: int) -> int:
        if number == 150:
            raise KeyError("hundred and fifty")
        return number

    results = spread(work, range(520))

    assert [next(results) for _ in range(150)] == list(range(150))
    with pytest.raises(KeyError, match="hundred and fifty"):
        next(results)


def test_what_a_dead_process_owed_is_made_all_the_same(count: str) -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if number == 50 and os.getpid() != here:
            os._exit(1)
        return number

    assert list(spread(work, range(520))) == list(range(520))


def test_where_results_can_be_put_nowhere_this_process_does_it_all(
    count: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))

    assert list(spread(lambda number: (number, os.getpid()), range(520))) == [
        (number, os.getpid()) for number in range(520)
    ]


def test_no_process_outlives_a_reader_who_has_enough(count: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    fork = os.fork

    def noted_fork() -> int:
        process = fork()
        started.append(process)
        return process

    monkeypatch.setattr("os.fork", noted_fork)
    results = spread(lambda number: number, range(520))

    assert [next(results) for _ in range(20)] == list(range(20))
    results.close()  # type: ignore[attr-defined]  # it is a generator
    assert len(started) == int(count) - 1
    for process in started:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


def _put_many(root: Path, benches: str) -> Path:
    """Put up a magazine with articles enough for three processes, each with so many benches."""
    put_magazine(root)
    for number in range(200):
        (root / f"articles/2024/nr-{number}.md").write_text(
            f"---\ntitle: Nummer {number}\ndate: 2024-05-01\ndescription: Kort.\ncategory: by\n---\n\n"
            f"Der er [{benches.format(number=number)} bænke](tal:baenke/2023).\n",
            encoding="utf-8",
        )
    return root


def test_the_site_is_the_same_in_any_number(tmp_path: Path) -> None:
    sites = []
    for count in ("1", "3"):
        root = _put_many(tmp_path / count, "12")
        done = build(root, variables={PROCESSES: count})
        assert done.status == 0, done.err
        sites.append(files_of(root / "site"))

    assert sites[0] == sites[1]


def test_faults_are_told_in_the_same_order_in_any_number(tmp_path: Path) -> None:
    told = []
    for count in ("1", "3"):
        root = _put_many(tmp_path / count, "{number}")
        told.append(build(root, "--quiet", variables={PROCESSES: count}))

    assert told[0] == told[1]
    assert "199 fejl, intet er bygget" in told[0].out


def test_what_stands_in_the_way_is_told_in_any_number(tmp_path: Path) -> None:
    told = []
    for count in ("1", "3"):
        root = _put_many(tmp_path / count, "12")
        (root / "docs/2024").write_text("En fil uden endelse.\n", encoding="utf-8")
        told.append(build(root, "--quiet", variables={PROCESSES: count}))
        assert not (root / "site").exists()

    assert told[0] == told[1]
    assert told[0].err.count("filen har samme adresse som en side") == 202
