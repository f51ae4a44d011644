"""[attitude] [hedge] base [unit or noun], read at a place among the tokens."""

from __future__ import annotations

from fractions import Fraction

from magazine.danish.numbers import ORDINALS, Number, parse_number
from magazine.danish.units import Unit
from magazine.hedges import Hedge, Row
from magazine.lexicon import DEGREES_OF, Kind
from magazine.phrases.reader import MULTIPLIERS, PARTS, Reader
from magazine.phrases.structure import (
    AmbiguousPhraseError,
    Amount,
    Base,
    Degree,
    PhraseError,
    Quantifier,
    Quantity,
    Role,
    Share,
    Span,
    Times,
)
from magazine.phrases.tokens import fold

_BETWEEN_HEDGE_AND_NUMBER = frozenset({"i", "på", "af", "de", "det", "den", "alt"})
_EVERY = frozenset({"hver", "hvert"})
#: *hver tiende* is the last share that has a name; from there on a percentage says it better.
_LAST_SHARE = 10


class QuantityReader(Reader):
    """Goes down from a quantity to its hedge, its base and its numbers."""

    def quantity(self, at: int) -> tuple[Quantity, int] | None:
        """Read a quantity; return it with the place behind it, or ``None``."""
        start = at
        quantifier = self.match(at, Kind.QUANTIFIER)
        rival = self.match(at, Kind.SAMENESS)
        if quantifier is not None and (rival is None or rival[1] <= quantifier[1]):
            entry, length = quantifier
            assert entry.permits is not None
            base: Base = Quantifier(entry.permits, entry.misleads_below, entry.name)
            return self._with_tail(start, at + length, base, None)
        at = self._skip_attitude(at)
        is_precise = False
        if precise := self.match(at, Kind.PRECISE):
            is_precise, at = True, self._skip_attitude(at + precise[1])
        degree, at = self._degree_of_hedge(at)
        hedge, at = self._hedge(at)
        at = self._skip_attitude(at)
        while (
            hedge is not None
            and self.fold(at) in _BETWEEN_HEDGE_AND_NUMBER
            and not (self.fold(at) == "i" and self.year_at(at + 1))
        ):
            at = self._skip_attitude(at + 1)
        read = self._base(at)
        if read is None:
            return None
        base, at = read
        if isinstance(base, Times) and self.fold(at) == "end":
            raise AmbiguousPhraseError(
                f"blander to vendinger: «så … som» og «flere end». Skriv «{self.text(start, at)} "
                "som», hvis det "
                "er det, der menes."
            )
        return self._with_tail(start, at, base, hedge, degree, is_precise=is_precise)

    def _with_tail(
        self,
        start: int,
        at: int,
        base: Base,
        hedge: Hedge | None,
        degree: Degree | None = None,
        *,
        is_precise: bool = False,
    ) -> tuple[Quantity, int]:
        """Read the unit, the noun, *eller flere* and the year after a base."""
        unit: Unit | None = None
        noun: str | None = None
        while True:
            if unit is None and (found := self.unit(at)):
                unit, at = found
            elif noun is None and (length := self.noun(at)):
                noun, at = self.text(at, at + length).casefold(), at + length
            else:
                break
        post = self.match_after(at)
        if post is not None and hedge is None:
            hedge = Hedge(Row(post[0].name), self.text(at, at + post[1]))
            at += post[1]
        year = self.year_at(at + 1) if self.fold(at) == "i" else None
        if year is not None:
            at += 2
        words = self.text(start, at)
        if isinstance(base, Share) and unit is not None and unit.id == "procent":
            raise PhraseError("har både en andel og procent. Skriv det ene.")
        return Quantity(base, hedge, unit, noun, Role.PLAIN, degree, is_precise, year, words), at

    def _degree_of_hedge(self, at: int) -> tuple[Degree | None, int]:
        found = self.match(at, Kind.DEGREE)
        if found is None or found[0].name != Degree.MUCH:
            return None, at
        hedge = self.match(at + found[1], Kind.HEDGE)
        if hedge is None or hedge[0].name not in ("over", "under"):
            return None, at
        return Degree.MUCH, at + found[1]

    def _hedge(self, at: int) -> tuple[Hedge | None, int]:
        found = self.match(at, Kind.HEDGE)
        if found is None:
            return None, at
        entry, length = found
        return Hedge(Row(entry.name), self.text(at, at + length)), at + length

    def _skip_attitude(self, at: int) -> int:
        while found := self.match(at, Kind.ATTITUDE):
            at += found[1]
        return at

    def _base(self, at: int) -> tuple[Base, int] | None:
        return self._ratio_word(at) or self._between(at) or self._share(at) or self._from_number(at)

    def _ratio_word(self, at: int) -> tuple[Base, int] | None:
        if self.fold(at) in ("en", "et", "den", "det"):
            at += 1
        found = self.match(at, Kind.RATIO)
        if found is None:
            return None
        entry, length = found
        factor = {"½": Fraction(1, 2), "1/2": Fraction(2)}.get(entry.name) or Fraction(int(entry.name))
        after = at + length
        if self.fold(after - 1) == "så":
            after = self._degree_word(after)
        return Times(factor, inverted=entry.name == "1/2"), after

    def _degree_word(self, at: int) -> int:
        """Pass *mange*, *stor* … after *så*."""
        if self.fold(at) in DEGREES_OF:
            return at + 1
        raise PhraseError(
            f"kan ikke læses som en påstand om tal: efter «{self.text(max(at - 2, 0), at)}» skal der stå "
            "mange, meget, stor, høj, ofte eller lignende."
        )

    def _between(self, at: int) -> tuple[Base, int] | None:
        if self.fold(at) != "mellem":
            return None
        first_hedge, at = self._hedge(self._skip_attitude(at + 1))
        first = self.number(at)
        if first is None:
            return None
        unit = self.unit(first[1])
        at = unit[1] if unit else first[1]
        if self.fold(at) != "og":
            return None
        last_hedge, at = self._hedge(self._skip_attitude(at + 1))
        last = self.number(at)
        if last is None:
            return None
        return self._span(first[0], last[0], first_hedge, last_hedge), last[1]

    def _span(
        self, first: Number, last: Number, one: Hedge | None = None, other: Hedge | None = None
    ) -> Span:
        first = with_multiplier(first, last)
        if first.value >= last.value:
            raise PhraseError("går baglæns: skriv det mindste tal først.")
        return Span(first, last, one, other)

    def _share(self, at: int) -> tuple[Base, int] | None:
        word = self.fold(at)
        if word in ("halvdelen", "halvparten"):
            return Share(Fraction(50)), at + 1
        if word in _EVERY:
            ordinal = self.token(at + 1)
            if ordinal is None:
                return None
            nth = ORDINALS.get(ordinal.fold)
            if nth is None and ordinal.is_ordinal and ordinal.text.isdecimal() and len(ordinal.text) < 4:
                nth = int(ordinal.text)
            if nth is None:
                return None
            if not 1 < nth <= _LAST_SHARE:
                raise PhraseError(
                    f"kan ikke læses som en påstand om tal: «hver {ordinal.text}» går kun til «hver tiende». "
                    "Skriv andelen i procent."
                )
            return Share(Fraction(100, nth)), at + 2
        if word == "ud" and self.fold(at + 1) == "af":
            everything = self.number(self._skip_to_number(at + 2))
            if everything is None:
                return None
            after = everything[1] + (self.noun(everything[1]) or 0)
            some = self.number(self._skip_attitude(after))
            if some is None:
                return None
            return _out_of(some[0], everything[0]), some[1]
        return None

    def _skip_to_number(self, at: int) -> int:
        while self.fold(at) in ("de", "det", "den", "i", "alt", "landets", "samtlige", "alle"):
            at += 1
        return self._skip_attitude(at)

    def _from_number(self, at: int) -> tuple[Base, int] | None:
        read = self.number(at, before=True)
        if read is None:
            return None
        number, at = read
        word = self.fold(at)
        if word in PARTS and number.value.denominator == 1:
            parts = PARTS[word]
            if not 0 < number.value < parts:
                raise PhraseError(f"kan ikke læses: {number.text} {word} er ikke en del af noget.")
            return Share(Fraction(100 * number.value, parts)), at + 1
        if word in ("gange", "gang"):
            after = self.fold(at + 1)
            if after == "så":
                return Times(number.value), self._degree_word(at + 2)
            if self.match(at + 1, Kind.COMPARISON) or after in ("mere", "bedre"):
                raise AmbiguousPhraseError(_two_readings(number, self.text(at + 1, at + 2)))
        out_of = self._out_of(number, at)
        if out_of is not None:
            return out_of
        dash = self.token(at)
        if dash is not None and dash.kind == "dash" and (last := self.number(at + 1)):
            return self._span(number, last[0]), last[1]
        return Amount(number), at

    def _out_of(self, number: Number, at: int) -> tuple[Base, int] | None:
        """Read *ud af 98* after *14*, or *af 98*, with a noun between."""
        unit = self.unit(at)
        at = unit[1] if unit else at + self.noun(at)
        if self.fold(at) == "ud":
            at += 1
        elif unit is not None and unit[0].id == "procent":
            return None
        if self.fold(at) != "af":
            return None
        everything = self.number(self._skip_to_number(at + 1))
        if everything is None:
            return None
        return _out_of(number, everything[0]), everything[1]


def _out_of(some: Number, everything: Number) -> Share:
    few, many = some.value, everything.value
    if few.denominator != 1 or many.denominator != 1 or not 0 < few <= many:
        raise PhraseError("kan ikke læses: skriv for eksempel «to ud af tre» eller «14 ud af 98».")
    return Share(Fraction(100 * few, many), int(few), int(many))


def _two_readings(number: Number, comparison: str) -> str:
    more = number.value + 1
    return (
        f"kan læses på to måder: {number.text} gange så meget, eller {number.text} gange oven i, altså "
        f"{more if more.denominator == 1 else 'endnu en gang'} gange så meget. Skriv "
        f"«{number.text} gange så …» i "
        f"stedet for «gange {comparison}»."
    )


def with_multiplier(first: Number, last: Number) -> Number:
    """Return the first of two numbers with the last one's million, where it has none: «4 til 6 mio.»."""
    multiplier = last.text.rpartition(" ")[2]
    if first.has_multiplier or not last.has_multiplier or fold(multiplier) not in MULTIPLIERS:
        return first
    return parse_number(f"{first.text} {multiplier}")
