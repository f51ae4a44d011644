"""References of one page to answers, where nothing is known but the page and the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from magazine.clock import read_clock
from magazine.danish.dates import DateError, parse_day
from magazine.figures.model import Figures
from magazine.figures.read import read_figures
from magazine.figures.select import public
from magazine.problems import Place, Problem
from magazine.references import Demand
from magazine.resolve import Reading, Resolved, newest_families, resolve
from magazine.sources import Text


def answer_all(
    demands: Sequence[Demand], text: Text | None, path: str, meta: Mapping[str, Any]
) -> tuple[tuple[Resolved, ...], tuple[Problem, ...]]:
    """Return an answer to each reference of a page, and every problem.

    Args:
        demands: what the references ask for.
        text: the file of the figures.
        path: the page's file.
        meta: the page's front matter, as the host has read it.
    """
    clock, found = read_clock()
    problems = list(found)
    reading = _reading(meta, clock.today)
    figures, told = _figures(text, clock.today, reading.today)
    problems += told
    families = newest_families(demands, figures, reading)
    answers = tuple(resolve(demand, figures, reading, families) for demand in demands)
    problems += [
        Problem(Place(path, demand.line), message)
        for demand, answer in zip(demands, answers, strict=True)
        for message in answer.problems
    ]
    return answers, tuple(problems)


def _reading(meta: Mapping[str, Any], today: date) -> Reading:
    """Return the page's day: its ``updated`` or ``date`` where it has one, today elsewhere."""
    for key in ("updated", "date"):
        value = meta.get(key)
        day = value.date() if isinstance(value, datetime) else value
        if isinstance(day, str):
            try:
                day = parse_day(day[:10])
            except DateError:
                continue
        if isinstance(day, date):
            return Reading(day, max(today, day), is_dated=True)
    return Reading(today, today, is_dated=False)


@lru_cache(maxsize=4)
def _figures(text: Text | None, today: date, day: date) -> tuple[Figures, tuple[Problem, ...]]:
    """Read the figures once for all pages of a build: a host makes a new converter for each page."""
    figures, problems = read_figures(text, today)
    return public(figures, day), tuple(problem for problem in problems if not problem.warning)
