"""The closed list of units, with the forms in which each is written."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct


class Unit(Struct, frozen=True):
    """A unit: what it is called, how it is printed, and whether it counts whole things."""

    id: str
    singular: str
    plural: str
    short: str
    """After a number in tables and charts."""
    others: tuple[str, ...] = ()
    """Further forms that a text may use."""
    is_counted: bool = False
    """Whole numbers in it are exact; in the other units every number is rounded."""

    @property
    def words(self) -> frozenset[str]:
        """Every form, folded."""
        return frozenset(
            form.casefold() for form in (self.singular, self.plural, self.short, *self.others) if form
        )


_TABLE = (
    Unit("procent", "procent", "procent", "%", ("pct.", "pct")),
    Unit(
        "procentpoint",
        "procentpoint",
        "procentpoint",
        "procentpoint",
        ("pct.-point", "pct.point", "%-point", "procent-point", "pct-point"),
    ),
    Unit("gange", "gang", "gange", "×"),
    Unit("antal", "", "", "", ("personer", "person", "stk.", "stk"), is_counted=True),
    Unit("kroner", "krone", "kroner", "kr.", ("kr",), is_counted=True),
    Unit(
        "kroner i timen",
        "krone i timen",
        "kroner i timen",
        "kr./t.",
        ("kr. i timen", "kroner per time", "kroner pr. time"),
    ),
    Unit("timer", "time", "timer", "timer", ("t.",)),
    Unit("timer om måneden", "time om måneden", "timer om måneden", "timer/md.", ("timer månedligt",)),
    Unit("dage", "dag", "dage", "dage", is_counted=True),
    Unit("uger", "uge", "uger", "uger", is_counted=True),
    Unit("måneder", "måned", "måneder", "mdr.", ("md.",), is_counted=True),
    Unit("år", "år", "år", "år", is_counted=True),
    Unit("mandater", "mandat", "mandater", "mandater", is_counted=True),
    Unit("point", "point", "point", "point"),
)

UNITS: Mapping[str, Unit] = MappingProxyType({unit.id: unit for unit in _TABLE})

_BY_WORD: Mapping[str, Unit] = MappingProxyType({word: unit for unit in _TABLE for word in unit.words})


def unit_of(word: str) -> Unit | None:
    """Return the unit that a word, or a run of words, names."""
    return _BY_WORD.get(word.casefold())
