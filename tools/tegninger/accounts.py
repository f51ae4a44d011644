"""What a picture may know: the figures that were in force on the day of its article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from magazine.figures.model import Figures, Observation
from magazine.figures.select import from_source, in_force


@dataclass(frozen=True)
class Accounts:
    """The figures as a picture asks for them: by ``indicator/period`` or ``indicator/period@source``."""

    figures: Figures
    day: date
    """The article's day: its picture is as old as its text."""

    def number(self, reference: str) -> Fraction:
        """Return a published number; a hedge before it ("lidt over 2") does not change what is drawn."""
        return self._observation(reference).value.first.value

    def count(self, reference: str) -> int:
        """Return a number of whole things.

        Raises:
            ValueError: where the number is no whole one, so that it cannot be counted out in a picture.
        """
        number = self.number(reference)
        if number.denominator != 1:
            raise ValueError(f"{reference} is {number}: not to be counted out")
        return number.numerator

    def span(self, reference: str) -> tuple[int, int]:
        """Return the ends of a range of whole things ("4-12"); both are the number where it is no range."""
        value = self._observation(reference).value
        first, last = value.first.value, (value.last or value.first).value
        return int(first), int(last)

    def share(self, reference: str) -> float:
        """Return a percentage as a share of one."""
        return float(self.number(reference) / 100)

    def year(self, reference: str) -> int:
        """Return the year that a figure is of."""
        return self._observation(reference).period.last.year

    def _observation(self, reference: str) -> Observation:
        key, _, source = reference.partition("@")
        indicator, _, period = key.partition("/")
        if source:
            return from_source(self.figures, indicator, period, source).observation
        known = max(self.day, *(item.vintage for item in self.figures.sources.values()))
        return in_force(self.figures, indicator, period, self.day, known).observation
