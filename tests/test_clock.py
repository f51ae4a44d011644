"""The two clocks, and the days and hours that editors write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magazine.clock import read_clock
from magazine.danish.dates import DateError, parse_day, parse_moment, parse_partial_date, print_day
from magazine.danish.units import UNITS, unit_of


@pytest.mark.parametrize(
    ("written", "now"),
    [
        ("2022-05-24", "2022-05-24T00:00:00+02:00"),
        ("2022-05-24 17:10", "2022-05-24T17:10:00+02:00"),
        ("2022-05-24T17:10", "2022-05-24T17:10:00+02:00"),
        ("2022-05-24T17:10:59", "2022-05-24T17:10:00+02:00"),
        ("2022-05-24T17:10:00Z", "2022-05-24T19:10:00+02:00"),
        ("2022-05-24T17:10:00-05:00", "2022-05-25T00:10:00+02:00"),
        ("2022-12-24 17:10", "2022-12-24T17:10:00+01:00"),
        (" 2022-05-24 ", "2022-05-24T00:00:00+02:00"),
    ],
)
def test_now(written: str, now: str) -> None:
    clock, problems = read_clock({"MAGASIN_NU": written})

    assert problems == ()
    assert clock.now.isoformat() == now


def test_the_day_is_copenhagens() -> None:
    clock, _ = read_clock({"MAGASIN_NU": "2022-05-24T23:30:00Z"})

    assert clock.today == date(2022, 5, 25)


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        (
            {"MAGASIN_NU": "i morgen"},
            "MAGASIN_NU:1: «i morgen» er ikke en dato. Skriv 2022-05-24 eller, med klokkeslæt, 2022-05-24 "
            '17:10. Sæt for eksempel MAGASIN_NU="2022-05-24 17:10", eller fjern MAGASIN_NU.',
        ),
        (
            {"MAGASIN_NU": "2022-02-30"},
            "MAGASIN_NU:1: datoen «2022-02-30» findes ikke i kalenderen. Sæt for eksempel "
            'MAGASIN_NU="2022-05-24 17:10", eller fjern MAGASIN_NU.',
        ),
        (
            {"SOURCE_DATE_EPOCH": "i går"},
            "SOURCE_DATE_EPOCH:1: «i går» er ikke et antal sekunder siden 1970. Sæt for eksempel "
            "SOURCE_DATE_EPOCH=1653405000, eller fjern SOURCE_DATE_EPOCH.",
        ),
        (
            {"SOURCE_DATE_EPOCH": "99999999999999999999"},
            "SOURCE_DATE_EPOCH:1: «99999999999999999999» er ikke et antal sekunder siden 1970. Sæt for "
            "eksempel SOURCE_DATE_EPOCH=1653405000, eller fjern SOURCE_DATE_EPOCH.",
        ),
    ],
)
def test_a_wrong_clock_is_told(variables: dict[str, str], message: str) -> None:
    clock, problems = read_clock(variables)

    assert [str(problem) for problem in problems] == [message]
    assert clock.stamp is None


def test_the_stamp() -> None:
    assert read_clock({"SOURCE_DATE_EPOCH": "1653405000"})[0].stamp == 1653405000
    assert read_clock({})[0].stamp is None


@given(st.text())
def test_no_clock_makes_a_traceback(text: str) -> None:
    clock, problems = read_clock({"MAGASIN_NU": text, "SOURCE_DATE_EPOCH": text})

    assert clock.now.tzinfo is not None
    assert len(problems) <= 2


class TestMoments:
    def test_an_hour_that_the_clocks_leave_out_is_an_error(self) -> None:
        with pytest.raises(DateError) as caught:
            parse_moment("2022-03-27 02:30")

        assert str(caught.value) == (
            "«2022-03-27 02:30» findes ikke: den nat stilles uret frem. Skriv for eksempel 2022-03-27 03:30."
        )

    def test_an_hour_that_comes_twice_is_the_first(self) -> None:
        assert parse_moment("2022-10-30 02:30").at.isoformat() == "2022-10-30T02:30:00+02:00"

    @pytest.mark.parametrize("text", ["2022-05-24 24:00", "2022-05-24 17:60"])
    def test_an_hour_that_no_day_has(self, text: str) -> None:
        with pytest.raises(DateError) as caught:
            parse_moment(text)

        assert str(caught.value) == f"klokkeslættet i «{text}» findes ikke. Skriv fra 00:00 til 23:59."

    def test_only_a_written_hour_counts_as_one(self) -> None:
        assert not parse_moment("2022-05-24").has_time
        assert parse_moment("2022-05-24 00:00").has_time


@pytest.mark.parametrize(
    ("text", "first", "last", "printed"),
    [
        ("2022-05-24", date(2022, 5, 24), date(2022, 5, 24), "24. maj 2022"),
        ("2014-01", date(2014, 1, 1), date(2014, 1, 31), "januar 2014"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "februar 2024"),
        ("2017", date(2017, 1, 1), date(2017, 12, 31), "2017"),
    ],
)
def test_partial_dates(text: str, first: date, last: date, printed: str) -> None:
    parsed = parse_partial_date(text)

    assert (parsed.first, parsed.last, parsed.print()) == (first, last, printed)


@given(st.dates(min_value=date(1, 1, 1)))
def test_a_day_in_words_is_proposed_as_it_should_be_written(day: date) -> None:
    assert parse_day(day.isoformat()) == day

    with pytest.raises(DateError) as caught:
        parse_day(print_day(day))

    if day.year >= 1000:
        assert str(caught.value) == f"«{print_day(day)}» er ikke en dato. Skriv {day.isoformat()}."


@given(st.text(alphabet="0123456789-./ :T") | st.text())
def test_no_date_makes_a_traceback(text: str) -> None:
    for parse in (parse_day, parse_partial_date, parse_moment):
        assert _refusal(parse, text) != ""


def _refusal(parse: Callable[[str], object], text: str) -> str | None:
    """Return what a parser says of a text that it does not take."""
    try:
        parse(text)
    except DateError as error:
        return str(error)
    return None


def test_each_word_means_one_unit() -> None:
    words = Counter(word for unit in UNITS.values() for word in unit.words)

    assert [word for word, times in words.items() if times > 1] == []
    assert [
        unit.id for unit in UNITS.values() for word in unit.words if unit_of(word.upper()) is not unit
    ] == []


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("%", "procent"),
        ("Pct.", "procent"),
        ("kr.", "kroner"),
        ("krone", "kroner"),
        ("timer", "timer"),
        ("xyz", None),
    ],
)
def test_a_unit_is_known_by_its_words(word: str, unit: str | None) -> None:
    found = unit_of(word)

    assert (found.id if found else None) == unit
