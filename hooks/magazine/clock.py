"""The two clocks: what is due, and what files are stamped with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime

from msgspec import Struct

from magazine.danish.dates import COPENHAGEN, DateError, parse_moment
from magazine.problems import Place, Problem

NOW = "MAGASIN_NU"
STAMP = "SOURCE_DATE_EPOCH"

#: The last second of the year 9999: later ones are no dates, and no file system keeps them.
_LAST_SECOND = 253_402_300_799


class Clock(Struct, frozen=True):
    """What time it is for the magazine, and for its files."""

    now: datetime
    """In Copenhagen; decides what is due."""
    stamp: int | None = None
    """Seconds since 1970 for the files' dates; ``None`` leaves them to the system."""

    @property
    def today(self) -> date:
        """The day in Copenhagen."""
        return self.now.astimezone(COPENHAGEN).date()


def read_clock(environment: Mapping[str, str] | None = None) -> tuple[Clock, tuple[Problem, ...]]:
    """Read ``MAGASIN_NU`` (``2022-05-24 17:10``, or ISO 8601 with an offset) and ``SOURCE_DATE_EPOCH``.

    Args:
        environment: the process's own where not given.

    Returns:
        The clock, and what is wrong with the variables; a wrong one counts as if it were not set.
    """
    variables = os.environ if environment is None else environment
    problems: list[Problem] = []
    now: datetime | None = None
    written = variables.get(NOW, "").strip()
    if written:
        try:
            now = _parse_now(written)
        except DateError as error:
            example = f'{NOW}="2022-05-24 17:10"'
            problems.append(Problem(Place(NOW), f"{error} Sæt for eksempel {example}, eller fjern {NOW}."))
    stamp: int | None = None
    seconds = variables.get(STAMP, "").strip()
    if seconds:
        if seconds.isascii() and seconds.isdecimal() and int(seconds[:20]) <= _LAST_SECOND:
            stamp = int(seconds)
        else:
            problems.append(
                Problem(
                    Place(STAMP),
                    f"«{seconds}» er ikke et antal sekunder siden 1970. Sæt for eksempel "
                    f"{STAMP}=1653405000, eller fjern {STAMP}.",
                )
            )
    return Clock(now or datetime.now(UTC).astimezone(COPENHAGEN), stamp), tuple(problems)


def _parse_now(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is not None and moment.tzinfo is not None:
        try:
            return moment.astimezone(COPENHAGEN)
        except OverflowError:
            raise DateError(f"«{text}» ligger uden for kalenderen.") from None
    # Without an offset it is an hour in Copenhagen, which may not exist; seconds decide nothing.
    return parse_moment(text[:16] if moment is not None else text).at
