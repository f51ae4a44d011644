"""Dates as editors write them and as readers read them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\Z")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2})[:.](\d{2})(?::00)?)?\Z")
_IN_WORDS = re.compile(
    rf"(?:(?:{'|'.join(WEEKDAYS)}),? )?(?:den |d\. ?)?(\d{{1,2}})\.? ?([a-z]+)\.? (\d{{4}})\b", re.IGNORECASE
)
_WITH_DASHES = re.compile(r"(\d{1,2})[-./](\d{1,2})(?:[-./] ?| )(\d{4})\b")
_SHORT = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
#: What a word processor makes of a hyphen, and looks so like it that nobody sees what is wrong.
_DASHES = re.compile("[‐‑‒–—−]")
_AROUND_DASH = re.compile(r"(?<=\d) ?- ?(?=\d)")
#: What may follow a day: an hour, seconds and an offset, of which the hour is kept.
_HOUR = re.compile(
    r"[ T,]+(?:kl\.? ?)?(\d{1,2})(?:[:.](\d{2}))?(?:[:.]\d{2}(?:\.\d+)?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?\Z"
)


class DateError(ValueError):
    """A date that cannot be read; the text says in Danish what to write."""


class PartialDate(Struct, frozen=True):
    """A day, a month or a year."""

    text: str
    first: date
    last: date

    @property
    def precision(self) -> Literal["day", "month", "year"]:
        """How much of the date is known."""
        return {4: "year", 7: "month"}.get(len(self.text), "day")  # type: ignore[return-value]

    def print(self) -> str:
        """Return ``24. maj 2022``, ``januar 2014`` or ``2017``."""
        if self.precision == "day":
            return print_day(self.first)
        if self.precision == "month":
            return f"{MONTHS[self.first.month - 1]} {self.first.year}"
        return self.text


class Moment(Struct, frozen=True):
    """A day, or an hour of it, in Copenhagen."""

    day: date
    at: datetime
    """With its offset; midnight where no hour is given."""
    has_time: bool


def parse_day(text: str) -> date:
    """Parse ``2022-05-24``.

    Raises:
        DateError: with what to write instead.
    """
    match = _DAY.match(text.strip())
    if match is None:
        raise DateError(
            f"«{text}» er ikke en dato. Skriv {_proposal(text) or 'år-måned-dag, for eksempel 2022-05-24'}."
        )
    return _day(int(match[1]), int(match[2]), int(match[3]), text)


def parse_partial_date(text: str) -> PartialDate:
    """Parse a day, a month (``2014-01``) or a year.

    Raises:
        DateError: with what to write instead.
    """
    match = _PARTIAL.match(text.strip())
    if match is None:
        example = _proposal(text) or "en dag (2022-05-24), en måned (2022-05), et år (2022) eller ukendt"
        raise DateError(f"«{text}» er ikke en dato. Skriv {example}.")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    first = _day(year, month or 1, day or 1, text)
    if day:
        return PartialDate(text.strip(), first, first)
    last_month = month or 12
    return PartialDate(text.strip(), first, date(year, last_month, monthrange(year, last_month)[1]))


def parse_moment(text: str) -> Moment:
    """Parse ``2022-05-24`` or ``2022-05-24 17:10``, Copenhagen time.

    An hour that the clocks leave out that night is an error; one that they run through twice is the first.

    Raises:
        DateError: with what to write instead.
    """
    match = _MOMENT.match(text.strip())
    if match is None:
        example = _proposal(text, with_hour=True) or "2022-05-24 eller, med klokkeslæt, 2022-05-24 17:10"
        raise DateError(f"«{text}» er ikke en dato. Skriv {example}.")
    day = parse_day(match[1])
    hour, minute = (int(match[2]), int(match[3])) if match[2] else (0, 0)
    if hour > 23 or minute > 59:
        raise DateError(f"klokkeslættet i «{text}» findes ikke. Skriv fra 00:00 til 23:59.")
    at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=COPENHAGEN)
    if at.astimezone(UTC).astimezone(COPENHAGEN).replace(tzinfo=None) != at.replace(tzinfo=None):
        later = (at + timedelta(hours=1)).strftime("%H:%M")
        raise DateError(f"«{text}» findes ikke: den nat stilles uret frem. Skriv for eksempel {day} {later}.")
    return Moment(day, at, match[2] is not None)


def print_day(day: date) -> str:
    """Return ``24. maj 2022``."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def print_weekday(day: date) -> str:
    """Return ``Tirsdag den 24. maj 2022``."""
    return f"{WEEKDAYS[day.weekday()].capitalize()} den {print_day(day)}"


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(f"datoen «{text}» findes ikke i kalenderen.") from None


def _proposal(text: str, *, with_hour: bool = False) -> str | None:
    """Return a date that was meant, as it should be written."""
    bare = _AROUND_DASH.sub("-", _DASHES.sub("-", text.strip().rstrip(".").lower()))
    match = _IN_WORDS.match(bare) or _WITH_DASHES.match(bare) or _SHORT.match(bare)
    if match is None:
        return None
    first, second, third = match.groups()
    month = _month(second)
    if month is not None:
        parts = int(third), month, int(first)
    elif not second.isdecimal():
        return None
    elif len(first) == 4:
        parts = int(first), int(second), int(third)
    else:
        parts = int(third), int(second), int(first)
    rest = bare[match.end() :]
    hour = _HOUR.match(rest.upper().replace("KL", "kl"))
    if rest and hour is None:
        return None
    try:
        day = date(*parts).isoformat()
    except ValueError:
        return None
    if not with_hour or hour is None or int(hour[1]) > 23 or int(hour[2] or 0) > 59:
        return day
    return f"{day} {int(hour[1]):02}:{hour[2] or '00'}"


def _month(word: str) -> int | None:
    """Return the number of a month that is written out, or shortened as people do."""
    shortened = word if len(word) > 2 else "-"
    return next((number for number, month in enumerate(MONTHS, 1) if month.startswith(shortened)), None)
