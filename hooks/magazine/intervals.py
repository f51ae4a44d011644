"""Exact intervals with closed or open ends; an end that is ``None`` is unbounded."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct


class Interval(Struct, frozen=True):
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

    def contains(self, value: Fraction) -> bool:
        """Tell whether ``value`` lies in the interval."""
        above = self.low is None or value > self.low or (self.low_closed and value == self.low)
        below = self.high is None or value < self.high or (self.high_closed and value == self.high)
        return above and below

    def is_inside(self, permitted: Interval) -> bool:
        """Tell whether every number of this interval is permitted.

        A printed, rounded value is judged by its interior (claims.md, "Verdicts"): its ends do not
        matter. An exact value is looked at with the ends.
        """
        if self.is_point:
            assert self.low is not None
            return permitted.contains(self.low)
        above = permitted.low is None or (self.low is not None and self.low >= permitted.low)
        below = permitted.high is None or (self.high is not None and self.high <= permitted.high)
        return above and below

    def is_outside(self, permitted: Interval) -> bool:
        """Tell whether no number of this interval's interior is permitted."""
        if self.is_point:
            assert self.low is not None
            return not permitted.contains(self.low)
        under = self.high is not None and permitted.low is not None and self.high <= permitted.low
        over = self.low is not None and permitted.high is not None and self.low >= permitted.high
        return under or over
