"""What a number phrase is once it is understood: small frozen structures, with no values in them."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from magazine.danish.numbers import Number
from magazine.danish.units import Unit
from magazine.hedges import Hedge
from magazine.intervals import Interval


class PhraseError(ValueError):
    """Words that cannot be read; the text says in Danish what is wrong, to stand after the words."""


class UnknownWordError(PhraseError):
    """Words of which one is in no table; the text says which, and what is nearest to it."""


class AmbiguousPhraseError(PhraseError):
    """Words that careful readers read in two ways; the text gives both."""


class Amount(Struct, frozen=True):
    """A number: «59», «fire millioner»."""

    number: Number


class Span(Struct, frozen=True):
    """Two numbers that one value lies between, each with its own hedge."""

    first: Number
    last: Number
    first_hedge: Hedge | None = None
    last_hedge: Hedge | None = None


class Share(Struct, frozen=True):
    """A share in words: «hver femte», «to ud af tre»."""

    percent: Fraction
    some: int | None = None
    all: int | None = None


class Quantifier(Struct, frozen=True):
    """A share without a number: «de fleste»."""

    permits: Interval
    misleads_below: Fraction | None
    name: str = ""


class Times(Struct, frozen=True):
    """A ratio: «dobbelt så mange», «fordoblet»; ``inverted`` is «halveret», judged as the other's double."""

    factor: Fraction
    inverted: bool = False


Base = Amount | Span | Share | Quantifier | Times


class Role(StrEnum):
    """What a quantity is in the phrase, told by the word before it."""

    PLAIN = ""
    FROM = "fra"
    TO = "til"
    BY = "med"
    AGAINST = "mod"
    PART = "heraf"
    SHARE = "svarende til"
    MISSING = "mangler"


class Degree(StrEnum):
    """«lidt» and «langt», with their kin."""

    LITTLE = "lidt"
    MUCH = "langt"


class Quantity(Struct, frozen=True):
    """[attitude] [hedge] base [unit or noun]."""

    base: Base
    hedge: Hedge | None = None
    unit: Unit | None = None
    noun: str | None = None
    role: Role = Role.PLAIN
    degree: Degree | None = None
    is_precise: bool = False
    year: int | None = None
    """«i 2011», right after it."""
    words: str = ""

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers in it."""
        match self.base:
            case Amount(number):
                return (number,)
            case Span(first, last):
                return (first, last)
        return ()


class Direction(Struct, frozen=True):
    """One is greater (``sign`` 1) or smaller (−1) than the other; ``in_time`` is «steget», not «højere».

    A ``sign`` of 0 is «en forskel»: either.
    """

    sign: int
    in_time: bool


class Sameness(Struct, frozen=True):
    """«uændret»; ``loose`` is «stort set samme»."""

    loose: bool


class Standing(StrEnum):
    """How something stands to its target."""

    OVER = "over"
    UNDER = "under"
    REACHED = "nåede"
    AT = "på"
    FAR = "langt fra"


class TargetStanding(Struct, frozen=True):
    """«over målet»."""

    standing: Standing


class MeanStanding(Struct, frozen=True):
    """«over gennemsnittet»."""

    sign: int


class Scope(StrEnum):
    """Among what a superlative holds."""

    SINCE = "siden"
    EVER = "nogensinde"
    AMONG = "blandt"
    OPEN = ""
    """Not said."""


class Superlative(Struct, frozen=True):
    """«det højeste siden 2011»."""

    sign: int
    scope: Scope
    since: str | None = None
    """A period as ``data/tal.yml`` writes it."""
    years: int | None = None
    """«i ni år»."""


class Rank(Struct, frozen=True):
    """«nummer to»."""

    place: int


class Rest(Struct, frozen=True):
    """«resten»."""


Relation = Direction | Sameness | TargetStanding | MeanStanding | Superlative | Rank | Rest


class Phrase(Struct, frozen=True):
    """A number phrase, understood: its quantities in order, and what it says of two or more values."""

    words: str
    quantities: tuple[Quantity, ...]
    relation: Relation | None = None
    degree: Degree | None = None
    is_negated: bool = False
    statistic: str | None = None
    named: str | None = None
    """What the phrase itself says it compares with: ``målet``, ``gennemsnittet``, ``før``."""
    named_year: int | None = None
    """«end i 2011»."""

    def __hash__(self) -> int:
        """Hash by the words: they make the rest, but for the indicator's nouns."""
        return hash(self.words)

    @property
    def first(self) -> Quantity | None:
        """The first quantity."""
        return self.quantities[0] if self.quantities else None

    @property
    def base(self) -> Base | None:
        """The first quantity's base."""
        return self.quantities[0].base if self.quantities else None

    @property
    def hedge(self) -> Hedge | None:
        """The first quantity's hedge."""
        return self.quantities[0].hedge if self.quantities else None

    @property
    def numbers(self) -> tuple[Number, ...]:
        """All numbers."""
        return tuple(number for quantity in self.quantities for number in quantity.numbers)

    @property
    def is_plain(self) -> bool:
        """Tell whether it is one number that stands for one value, without hedge or relation."""
        return (
            self.relation is None
            and len(self.quantities) == 1
            and isinstance(self.base, Amount)
            and self.hedge is None
            and self.quantities[0].role is Role.PLAIN
        )

    @property
    def compares(self) -> bool:
        """Tell whether it needs a second value to be judged."""
        if isinstance(self.relation, Superlative):
            return self.relation.scope is Scope.AMONG
        roles = {quantity.role for quantity in self.quantities}
        return (
            self.relation is not None
            or self.named is not None
            or any(isinstance(quantity.base, Times) for quantity in self.quantities)
            or bool(roles & {Role.AGAINST, Role.PART, Role.MISSING})
            or (Role.FROM in roles and Role.TO not in roles)
        )
