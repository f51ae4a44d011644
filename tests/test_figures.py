"""``data/tal.yml``: what is read, what is refused, and what answers when.

A file a case under ``cases/figures``: ``tal`` is a small file, ``fejl`` every message about it, and
``spørgsmål`` holds questions with their answers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from magazine.figures.families import families_among, family_in_period, family_newest, gap_in_period
from magazine.figures.model import Figures, Observation
from magazine.figures.read import read_figures
from magazine.figures.select import (
    NoValue,
    Selection,
    from_source,
    in_force,
    newest,
    previous,
    public,
    series_of,
    superseded_by,
    target_of,
)
from magazine.sources import decode_text, read_text

CASES = sorted((Path(__file__).parent / "cases" / "figures").glob("*.yml"))
PATH = "data/tal.yml"
TODAY = "2026-11-23"

_QUESTION = re.compile(
    r"(?P<what>gældende|nyeste|forrige|mål|familier|familie|række|kilde|afløser|læselig|interval)"
    r" (?P<of>[^ ].*?)(?P<dated> skrevet)?(?: pr\. (?P<day>\S+))?\Z"
)


def _read(case: dict[str, str]) -> tuple[Figures, str]:
    """Return the figures of a case as they are public on its day, and what the reader tells."""
    today = date.fromisoformat(case.get("idag", TODAY))
    text, problems = decode_text(case["tal"].encode(), PATH)
    figures, found = read_figures(text, today)
    return public(figures, today), "".join(f"{problem}\n" for problem in sorted({*problems, *found}))


def _value(item: Observation) -> str:
    return f"{item.value.text} @{item.source}"


def _told(selection: Selection) -> str:
    told = _value(selection.observation)
    if selection.agreeing:
        told += f"; samme {', '.join(f'@{item.source}' for item in selection.agreeing)}"
    return told


def _dated(selection: Selection) -> str:
    return f"{selection.observation.period.text}: {_told(selection)}"


def answer(question: str, figures: Figures, today: date) -> str:
    """Return what the figures say to a question of a case; a refusal begins with a dash."""
    asked = _QUESTION.fullmatch(question)
    assert asked is not None, f"no such question: {question}"
    as_of = date.fromisoformat(asked["day"]) if asked["day"] else today
    dated = bool(asked["dated"])
    name, _, rest = asked["of"].partition("@")
    name, _, period = name.partition("/")
    try:
        match asked["what"]:
            case "gældende":
                return _told(in_force(figures, name, period, as_of, today, dated=dated))
            case "nyeste":
                return _dated(newest(figures, name, as_of, today, dated=dated))
            case "forrige":
                observation = from_source(figures, name, period, rest).observation
                return _dated(previous(figures, observation, as_of, today, dated=dated))
            case "mål":
                of = figures.of(name, period)[0].period
                return _dated(target_of(figures, name, of, as_of, today, dated=dated))
            case "række":
                return ", ".join(_dated(item) for item in series_of(figures, name, as_of, today, dated=dated))
            case "kilde":
                return _dated(from_source(figures, name, period or None, rest))
            case "afløser":
                later = superseded_by(figures, from_source(figures, name, period, rest).observation, as_of)
                return _value(later) if later else "ingen"
            case "familier":
                return "; ".join(
                    ", ".join(members) for members in families_among(figures, asked["of"].split(", "))
                )
            case "læselig":
                return "ja" if figures.readable and name not in figures.unreadable_indicators else "nej"
            case "interval":
                return _interval(from_source(figures, name, period, rest).observation)
            case _:
                return _family(asked["of"], figures, as_of, today)
    except NoValue as missing:
        return f"– {missing.message}"


def _interval(observation: Observation) -> str:
    interval = observation.value.interval
    opening = "[" if interval.low_closed and interval.low is not None else "("
    closing = "]" if interval.high_closed and interval.high is not None else ")"
    low = "−∞" if interval.low is None else interval.low
    high = "∞" if interval.high is None else interval.high
    return f"{opening}{low}; {high}{closing}"


def _family(asked: str, figures: Figures, as_of: date, today: date) -> str:
    names, _, period = asked.partition(" i ")
    members = names.split(", ")
    warning = None
    if period:
        found = family_in_period(figures, members, period, as_of, today)
        if found is None:
            return f"– {gap_in_period(figures, members, period, as_of, today)}"
    else:
        found, warning = family_newest(figures, members, as_of, today)
    told = "; ".join(f"{name} {_value(item.observation)}" for name, item in found.items())
    return f"{told} ({warning})" if warning else told


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_figures(path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    assert case.keys() <= {"tal", "fejl", "spørgsmål", "idag"}, "a case has no other keys"
    assert "fejl" in case or "spørgsmål" in case, "a case expects something"

    figures, told = _read(case)

    assert told == case.get("fejl", "")
    today = date.fromisoformat(case.get("idag", TODAY))
    expected = case.get("spørgsmål", {})
    assert {question: answer(question, figures, today) for question in expected} == expected


GOOD = """\
kilder:
  a: {titel: A, udgiver: U, udgivet: 2022-05-24, url: ukendt}
  b:
    titel: 'B: en prøve'
    udgiver: U
    udgivet: ukendt
    hentet: 2026-11-23
    url: https://example.org/
indikatorer:
  x: {navn: X, enhed: procent, blandt: alle, dele: [y, z], mål: m, udelukkende: ja}
  y: {navn: Y, enhed: procent, blandt: alle}
  z: {navn: Z, enhed: procent, blandt: alle}
  m: {navn: M, enhed: procent, blandt: –}
observationer:
  - {indikator: x, periode: 2021, værdi: 59, kilde: a}
  - {indikator: y, periode: 2021, værdi: 44, kilde: a}
  - {indikator: m, periode: 2021, værdi: 30, kilde: a}
  - indikator: x
    periode: 2021
    værdi: 60
    kilde: b
    erstatter:
      kilde: a
      årsag: revision
      forklaring: Talt igen.
"""

PIECES = (
    *GOOD.splitlines(keepends=True),
    *"[]{}&*!|>%@`?-,\"'#:\t\n\x00\x85\u2028\ufeff\ud800",
    *("  ", "- ", ": ", " #", "---\n", "...\n", "? ", "<<: *a\n", "!!set ", "&a ", "ukendt", "ja", "næsten "),
    *("44.5", "4 mio.", "2-3", "−3", "1.500", "99999-13-45", "2021/2002", "0000", "9999-12", "2021-H1", "é"),
)


def _judged(text: str) -> tuple[Figures, str]:
    figures, told = _read({"tal": text})
    for line in filter(None, told.split("\n")):
        assert re.match(r"data/tal\.yml:[1-9]\d*: \S", line), line
        assert int(line.split(":")[1]) <= max(1, len(text.split("\n"))), line
    return figures, told


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_no_text_makes_a_traceback(text: str) -> None:
    _judged(text.encode("utf-8", "replace").decode())


@given(st.data())
def test_no_slip_in_a_good_file_makes_a_traceback(data: st.DataObject) -> None:
    """Cut something out of a file that is read, put something in, and it is read or refused, with lines."""
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 30)))
    piece = data.draw(st.sampled_from(PIECES)).encode("utf-8", "replace").decode()

    figures, told = _judged(GOOD[:start] + piece + GOOD[end:])

    assert figures.readable or told


def test_the_good_file_is_good() -> None:
    assert _judged(GOOD)[1] == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x: " + "[" * 200_000, "filen er indrykket i mere end 20 trin. Er der kommet noget forkert med?"),
        ("- " * 200_000, "filen er indrykket i mere end 20 trin. Er der kommet noget forkert med?"),
        (
            "".join(f"{' ' * depth}a:\n" for depth in range(40)),
            "filen er indrykket i mere end 20 trin. Er der kommet noget forkert med?",
        ),
        (
            f"kilder: # {'x' * 10_000_000}\n",
            "er større end 5 MB. Så stor kan filen ikke være: er der kommet noget forkert med?",
        ),
    ],
    ids=["brackets", "dashes", "indents", "ten-megabytes"],
)
def test_a_monster_is_one_problem(text: str, message: str) -> None:
    figures, told = _judged(text)

    assert re.sub(r":\d+:", ":", told) == f"data/tal.yml: {message}\n"
    assert not figures.readable


def test_a_billion_laughs_stay_one_line() -> None:
    laughs = "a0: &a0 [ha]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
    )

    figures, told = _judged(laughs)

    assert not figures.readable
    assert "«&» forrest i «&a0 [ha]» betyder noget særligt her" in told
    assert "«*a10» henviser til noget andet i filen" in told


def test_line_ends_and_a_byte_order_mark_make_no_difference() -> None:
    plain, _ = decode_text(GOOD.encode(), PATH)

    assert decode_text(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(), PATH) == (plain, ())
    assert decode_text(GOOD.replace("\n", "\r").encode(), PATH) == (plain, ())


def test_letters_put_together_are_the_same_letters() -> None:
    """``æ`` and ``å`` may be typed as a letter and a ring; keys and ids are compared in one form."""
    apart = unicodedata.normalize("NFD", GOOD)

    assert apart != GOOD
    assert _judged(apart) == _judged(GOOD)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda file: None, "findes ikke."),
        (lambda file: file.mkdir(), "er en mappe, men skulle være en fil."),
        (lambda file: file.write_bytes(b""), "er tom."),
        (
            lambda file: file.symlink_to("ingen-fil"),
            "er en genvej til en fil, der ikke findes. Slet genvejen, eller læg filen.",
        ),
        (
            lambda file: file.write_bytes("a\nb: København".encode("latin-1")),
            "er ikke gemt som UTF-8 (se linje 2). Gem filen igen med tegnkodningen UTF-8.",
        ),
        (lambda file: file.write_bytes(b"PK\x03\x04\x00\x00"), "er ikke en tekstfil."),
    ],
    ids=["missing", "folder", "empty", "dangling-link", "latin-1", "binary"],
)
def test_a_fault_of_a_whole_file_stands_at_its_first_line(
    tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    make(tmp_path / "tal.yml")

    text, problems = read_text(tmp_path, "tal.yml")

    assert text is None
    assert [str(problem) for problem in problems] == [f"tal.yml:1: {message}"]
