"""Exact intervals with closed or open ends; an end that is ``None`` is unbounded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Interval:
    """The numbers that a value may stand for, or that a phrase permits."""

    low: Fraction | None
    high: Fraction | None
    low_closed: bool = True
    high_closed: bool = True

    @classmethod
    def point(cls, value: Fraction) -> Interval:
        """Return the interval that holds ``value`` alone."""
        return cls(value, value)

    @property
    def is_point(self) -> bool:
        """Tell whether one number only lies in the interval."""
        return self.low is not None and self.low == self.high
