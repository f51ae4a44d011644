"""Periods: a year, a half, a quarter, a month, or a span of years."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Literal

from msgspec import Struct

from magazine.danish.dates import MONTHS

Kind = Literal["år", "halvår", "kvartal", "måned", "span"]

_YEAR = re.compile(r"(\d{4})\Z")
_HALF = re.compile(r"(\d{4})-H([12])\Z")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])\Z")
_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_SPAN = re.compile(r"(\d{4})/(\d{4})\Z")
#: How people write periods; what is meant is offered, and never taken for granted.
_YEARS = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4}|\d{2})\Z")
_QUARTER_LETTER = re.compile(r"(\d{4})[- ]?[QK]([1-4])\Z", re.IGNORECASE)
_NAMED_QUARTER = re.compile(r"[QK]?([1-4])(?:\. kvartal)?[ -]?(\d{4})\Z", re.IGNORECASE)
_NAMED_HALF = re.compile(r"H?([12]|første|andet)\.?(?: halvår)?[ -]?(\d{4})\Z", re.IGNORECASE)
_NAMED_MONTH = re.compile(r"([a-zæøå]+) (\d{4})\Z", re.IGNORECASE)
_HALVES = ("første halvår", "andet halvår")


class PeriodError(ValueError):
    """A period that cannot be read; the text says in Danish what to write."""


class Period(Struct, frozen=True):
    """The time that an observation tells of."""

    text: str
    kind: Kind
    first: date
    last: date

    def print(self) -> str:
        """Return ``2021``, ``første halvår 2021``, ``3. kvartal 2021``, ``maj 2021`` or ``2002–2021``."""
        year = self.first.year
        match self.kind:
            case "år":
                return self.text
            case "halvår":
                return f"{_HALVES[self.first.month // 7]} {year}"
            case "kvartal":
                return f"{(self.first.month + 2) // 3}. kvartal {year}"
            case "måned":
                return f"{MONTHS[self.first.month - 1]} {year}"
            case "span":
                return f"{year}–{self.last.year}"


def parse_period(text: str) -> Period:
    """Parse ``2021``, ``2021-H1``, ``2021-Q3``, ``2021-05`` or ``2002/2021``.

    Raises:
        PeriodError: with what to write instead.
    """
    bare = text.strip()
    if match := _YEAR.match(bare):
        return _months(bare, "år", int(match[1]), 1, 12)
    if match := _HALF.match(bare):
        start = 1 if match[2] == "1" else 7
        return _months(bare, "halvår", int(match[1]), start, start + 5)
    if match := _QUARTER.match(bare):
        start = 3 * int(match[2]) - 2
        return _months(bare, "kvartal", int(match[1]), start, start + 2)
    if (match := _MONTH.match(bare)) and 1 <= int(match[2]) <= len(MONTHS):
        return _months(bare, "måned", int(match[1]), int(match[2]), int(match[2]))
    if (match := _SPAN.match(bare)) and int(match[1]) < int(match[2]) and int(match[1]) > 0:
        return Period(bare, "span", date(int(match[1]), 1, 1), date(int(match[2]), 12, 31))
    meant = _meant(bare)
    raise PeriodError(
        f"perioden «{text}» kan ikke læses. Skriv {meant}."
        if meant
        else f"perioden «{text}» kan ikke læses. Skriv 2021, 2021-H1, 2021-Q3, 2021-05 eller 2002/2021."
    )


_NAMED_YEAR = re.compile(r"(?:i |år |året )?(\d{4})\.?\Z", re.IGNORECASE)


def _meant(text: str) -> str:
    """Return the notation of a period that is written as people write it; empty where it is none."""
    if match := _YEARS.match(text):
        first, last = int(match[1]), match[2]
        until = int(last) if len(last) == len(match[1]) else first // 100 * 100 + int(last)
        return f"{first}/{until}" if first < until else ""
    if match := _QUARTER_LETTER.match(text):
        return f"{match[1]}-Q{match[2]}"
    if match := _NAMED_QUARTER.match(text):
        return f"{match[2]}-Q{match[1]}"
    if match := _NAMED_HALF.match(text):
        return f"{match[2]}-H{2 if match[1] in ('2', 'andet') else 1}"
    if (match := _NAMED_MONTH.match(text)) and match[1].casefold() in MONTHS:
        return f"{match[2]}-{MONTHS.index(match[1].casefold()) + 1:02}"
    if match := _NAMED_YEAR.match(text):
        return match[1]
    return ""


def _months(text: str, kind: Kind, year: int, first: int, last: int) -> Period:
    if year == 0:
        raise PeriodError(f"perioden «{text}» kan ikke læses: der er intet år 0.")
    return Period(text, kind, date(year, first, 1), date(year, last, monthrange(year, last)[1]))
