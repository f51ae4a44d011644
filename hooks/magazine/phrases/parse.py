"""Words to a phrase: a parser that goes down from the phrase to its quantities, their hedges and numbers.

Danish is free in its order («steget med 3 procentpoint», «3 procentpoint højere end», «fra 44 til 47»), so
a phrase is read as a row of quantities, each with the role that the word before it gives, and one relation
at most. Every word is understood, or the phrase is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from magazine.danish.dates import MONTHS
from magazine.danish.numbers import ORDINALS, NotationError, Number, parse_number
from magazine.danish.units import UNITS, Unit
from magazine.hedges import Hedge, Row
from magazine.lexicon import DEGREES_OF, FILLERS, TABLE, Entry, Kind, words_of
from magazine.phrases.structure import (
    AmbiguousPhraseError,
    Amount,
    Base,
    Degree,
    Direction,
    MeanStanding,
    Phrase,
    PhraseError,
    Quantifier,
    Quantity,
    Rank,
    Relation,
    Rest,
    Role,
    Sameness,
    Scope,
    Share,
    Span,
    Standing,
    Superlative,
    TargetStanding,
    Times,
)
from magazine.phrases.tokens import Token, fold, tokenise
from magazine.problems import nearest

_POST = "…"
_LONGEST_NUMBER = 6
_MULTIPLIERS = frozenset(
    {"mio", "million", "millioner", "mia", "milliard", "milliarder", "tusind", "tusinde", "hundrede"}
)
_ROLES: Mapping[str, Role] = MappingProxyType(
    {"fra": Role.FROM, "til": Role.TO, "med": Role.BY, "på": Role.BY}
)
_BETWEEN_HEDGE_AND_NUMBER = frozenset({"i", "på", "af", "de", "det", "den", "alt"})
_YEARS = range(1700, 2200)
_PARTS: Mapping[str, int] = MappingProxyType(
    {f"{stem}del": number for stem, number in ORDINALS.items() if number > 2}
    | {f"{stem}dele": number for stem, number in ORDINALS.items() if number > 2}
    | {f"{stem}delen": number for stem, number in ORDINALS.items() if number > 2}
)
_EVERY = frozenset({"hver", "hvert"})
#: *hver tiende* is the last share that has a name; from there on a percentage says it better.
_LAST_SHARE = 10


def _index() -> Mapping[str, tuple[tuple[tuple[str, ...], Entry], ...]]:
    """Return the lexicon by first word, the longest forms first."""
    found: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for entry in TABLE:
        for word in entry.words:
            if word.startswith(_POST):
                word = word[1:]
                key = (_POST, *(token.fold for token in tokenise(word)))
            else:
                key = tuple(token.fold for token in tokenise(word))
            found.setdefault(key[0], []).append((key, entry))
    return MappingProxyType(
        {first: tuple(sorted(forms, key=lambda form: -len(form[0]))) for first, forms in found.items()}
    )


def _unit_index() -> tuple[tuple[tuple[str, ...], Unit], ...]:
    forms = [
        (tuple(token.fold for token in tokenise(word)), unit)
        for unit in UNITS.values()
        for word in sorted(unit.words)
        if "/" not in word and word != "×"
    ]
    return tuple(sorted(forms, key=lambda form: -len(form[0])))


_LEXICON = _index()
_UNITS = _unit_index()


@lru_cache(maxsize=16384)
def parse_phrase(words: str, nouns: frozenset[str] = frozenset(), statistic: str | None = None) -> Phrase:
    """Parse a reference's words.

    Args:
        words: as typed.
        nouns: what the indicator's counts count.
        statistic: ``gennemsnit`` or ``median``, where the indicator is one.

    Raises:
        PhraseError: with a Danish sentence that follows the words.
    """
    bare = " ".join(words.split())
    tokens = tokenise(bare)
    if not tokens:
        raise PhraseError("kan ikke læses som en påstand om tal: der står intet.")
    return _Parser(bare, tokens, nouns, statistic).phrase()


def known_phrases() -> tuple[str, ...]:
    """Return what to propose for words that nobody knows."""
    return (
        tuple(dict.fromkeys(word.strip("… ") for kind in _PROPOSED for word in words_of(kind))) + _SHARE_WORDS
    )


#: The kinds of words that a proposal may be taken from.
_PROPOSED = (
    *(Kind.HEDGE, Kind.QUANTIFIER, Kind.RATIO, Kind.CHANGE, Kind.COMPARISON, Kind.SAMENESS, Kind.TARGET),
    *(Kind.MEAN, Kind.SUPERLATIVE, Kind.SCOPE, Kind.PART, Kind.REST, Kind.SHARE),
)
_SHARE_WORDS = (
    "halvdelen",
    "en tredjedel",
    "to tredjedele",
    "en fjerdedel",
    "tre fjerdedele",
    "hver anden",
    *(f"hver {word}" for word, number in ORDINALS.items() if number > 2),
    "to ud af tre",
    "tre gange så mange",
)


@dataclass
class _Found:
    """What has been read so far."""

    quantities: list[Quantity] = field(default_factory=list)
    relation: Relation | None = None
    relation_words: str = ""
    superlative: int | None = None
    scope: Scope = Scope.OPEN
    since: str | None = None
    years: int | None = None
    degree: Degree | None = None
    negated: bool = False
    precise: bool = False
    statistic: str | None = None
    named: str | None = None
    named_year: int | None = None
    role: Role = Role.PLAIN


class _Parser:
    """Reads one phrase; ``at`` is the next token."""

    def __init__(
        self, words: str, tokens: tuple[Token, ...], nouns: Iterable[str], statistic: str | None
    ) -> None:
        self._words = words
        self._tokens, negations = _without_negation(tokens)
        self._nouns = tuple(tuple(token.fold for token in tokenise(noun)) for noun in sorted(nouns))
        self._statistic = statistic
        self._at = 0
        self._found = _Found(negated=negations > 0)
        if negations > 1:
            raise PhraseError("har «ikke» to gange. Skriv det uden.")

    # The phrase.

    def phrase(self) -> Phrase:
        found = self._found
        just_counted = False
        while self._at < len(self._tokens):
            before = len(found.quantities)
            if not self._step(just_counted=just_counted):
                raise PhraseError(self._unreadable())
            just_counted = len(found.quantities) > before
        return self._assembled()

    def _step(self, *, just_counted: bool) -> bool:
        return (
            self._ambiguous()
            or self._relation_of_its_own()
            or (just_counted and self._comparison())
            or self._next_quantity()
            or self._comparison()
            or self._scope()
            or self._role()
            or self._colour()
            or self._year()
            or self._filler()
        )

    def _ambiguous(self) -> bool:
        """Refuse words that say nothing, or two things."""
        if self._match(self._at, Kind.NO_FIGURE):
            raise PhraseError(self._unreadable())
        if self._fold() == "stadig":
            comparison = self._match(self._at + 1, Kind.COMPARISON)
            if comparison is not None and self._fold(self._at + 2) == "end":
                word = self._text(self._at + 1, self._at + 2)
                raise AmbiguousPhraseError(
                    f"kan læses på to måder: «bliver til stadighed {word}», altså en udvikling, og «fortsat "
                    f"{word} end». Skriv «fortsat» uden for henvisningen, eller «faldet» om udviklingen."
                )
        return False

    def _relation_of_its_own(self) -> bool:
        """Read the words that no hedge and no number begins with."""
        kinds = (
            Kind.STATISTIC,
            Kind.SAMENESS,
            Kind.TARGET,
            Kind.MEAN,
            Kind.PART,
            Kind.REST,
            Kind.SHARE,
            Kind.AGAINST,
            Kind.MISSING,
            Kind.NAMED,
            Kind.RANK,
        )
        found = self._match(self._at, *kinds)
        if found is None:
            return False
        entry, length = found
        rival = self._match(self._at, Kind.QUANTIFIER, Kind.ATTITUDE, Kind.HEDGE)
        if rival is not None and rival[1] > length:
            return False
        match entry.kind:
            case Kind.STATISTIC:
                self._take_statistic(entry)
            case Kind.SAMENESS:
                self._relate(Sameness(loose=entry.name != "uændret"), length)
            case Kind.TARGET:
                self._relate(TargetStanding(Standing(entry.name)), length)
            case Kind.MEAN:
                self._relate(MeanStanding(1 if entry.name == "over" else -1), length)
            case Kind.REST:
                self._relate(Rest(), length)
            case Kind.NAMED:
                self._found.named = entry.name
            case Kind.RANK:
                return self._rank(length)
            case _:
                self._found.role = Role(entry.name)
        self._at += length
        return True

    def _rank(self, length: int) -> bool:
        number = self._number(self._at + length)
        if number is None or number[0].value.denominator != 1 or number[0].value < 1:
            return False
        self._relate(Rank(int(number[0].value)), number[1] - self._at)
        self._at = number[1]
        return True

    def _comparison(self) -> bool:
        found = self._match(
            self._at, Kind.CHANGE, Kind.COMPARISON, Kind.DIFFERENCE, Kind.DEGREE, Kind.SUPERLATIVE
        )
        if found is None:
            return False
        entry, length = found
        match entry.kind:
            case Kind.DEGREE:
                self._found.degree = Degree(entry.name)
            case Kind.DIFFERENCE:
                self._relate(Direction(0, in_time=False), length)
            case Kind.SUPERLATIVE:
                self._found.superlative = 1 if entry.name in ("højest", "rekord") else -1
                if entry.name.startswith("rekord"):
                    self._found.scope = Scope.EVER
                if self._text(self._at, self._at + length).casefold().startswith("hidtil"):
                    self._found.scope = Scope.EVER
            case _:
                sign = 1 if entry.name in ("steget", "højere") else -1
                self._relate(Direction(sign, in_time=entry.kind is Kind.CHANGE), length)
        self._at += length
        return True

    def _relate(self, relation: Relation, length: int) -> None:
        words = self._text(self._at, self._at + length)
        known = self._found.relation
        if known is not None and known != relation and not _goes_on(known, relation):
            raise PhraseError(
                f"er to påstande på én gang, «{self._found.relation_words}» og «{words}». Skriv en "
                "henvisning "
                "til hver."
            )
        if known is None or (isinstance(known, Direction) and known.sign == 0):
            self._found.relation, self._found.relation_words = relation, words

    def _scope(self) -> bool:
        found = self._match(self._at, Kind.SCOPE)
        if found is not None:
            entry, length = found
            self._at += length
            self._found.scope = Scope(entry.name)
            if entry.name == "siden":
                self._since()
            return True
        # «det laveste i ni år»
        if self._fold() == "i" and self._found.superlative is not None:
            number = self._number(self._at + 1)
            if number is not None and self._fold(number[1]) == "år" and number[0].value.denominator == 1:
                self._found.scope, self._found.years = Scope.SINCE, int(number[0].value)
                self._at = number[1] + 1
                return True
        return False

    def _since(self) -> None:
        """Read the period after *siden*; without one it is only the superlative that goes on outside."""
        month = self._fold()
        quarter = self._token()
        if month in MONTHS and (year := self._year_at(self._at + 1)):
            self._found.since = f"{year}-{MONTHS.index(month) + 1:02d}"
            self._at += 2
        elif (
            quarter is not None
            and quarter.is_ordinal
            and self._fold(self._at + 1) == "kvartal"
            and (year := self._year_at(self._at + 2))
        ):
            self._found.since = f"{year}-Q{quarter.text}"
            self._at += 3
        elif year := self._year_at(self._at):
            self._found.since = str(year)
            self._at += 1
        else:
            raise PhraseError("mangler perioden efter «siden». Skriv for eksempel «det højeste siden 2011».")

    def _role(self) -> bool:
        word = self._fold()
        if word in _ROLES:
            self._found.role = _ROLES[word]
        elif word in ("end", "som") and (self._found.relation is not None or self._says_times()):
            self._found.role = Role.AGAINST
        else:
            return False
        self._at += 1
        return True

    def _says_times(self) -> bool:
        return any(isinstance(quantity.base, Times) for quantity in self._found.quantities)

    def _colour(self) -> bool:
        found = self._match(self._at, Kind.PRECISE, Kind.ATTITUDE)
        if found is None:
            return False
        self._found.precise = self._found.precise or found[0].kind is Kind.PRECISE
        self._at += found[1]
        return True

    def _year(self) -> bool:
        if self._fold() == "i" and (year := self._year_at(self._at + 1)):
            self._found.named_year = year
            self._at += 2
            return True
        return False

    def _filler(self) -> bool:
        noun = self._noun(self._at)
        if noun:
            self._at += noun
            return True
        if self._fold() in FILLERS:
            self._at += 1
            return True
        return False

    def _take_statistic(self, entry: Entry) -> None:
        if self._statistic != entry.name:
            raise PhraseError(
                f"siger «{self._text(self._at, self._at + 1)}», men tallet er "
                + (f"en {self._statistic}." if self._statistic == "median" else "")
                + ("et gennemsnit." if self._statistic == "gennemsnit" else "")
                + (f"ikke opgjort som {entry.name}." if self._statistic is None else "")
            )
        self._found.statistic = entry.name

    def _assembled(self) -> Phrase:
        found = self._found
        relation = found.relation
        if found.superlative is not None:
            if relation is not None:
                raise PhraseError("er to påstande på én gang. Skriv en henvisning til hver.")
            relation = Superlative(found.superlative, found.scope, found.since, found.years)
        elif found.scope is Scope.SINCE and found.since is not None and found.since.isdecimal():
            found.named_year = int(found.since)
        elif found.scope is not Scope.OPEN:
            raise PhraseError(self._unreadable(0))
        quantities = _with_shared_units(
            _with_spans(_without_idle_roles(found.quantities, relation), relation)
        )
        if relation is None and not quantities:
            raise PhraseError(self._unreadable(0))
        if found.degree is not None and not isinstance(relation, Direction | TargetStanding | MeanStanding):
            raise PhraseError(f"har et «{found.degree}», der ikke hører til noget. Skriv det uden.")
        if found.negated and not isinstance(relation, Direction | Sameness | TargetStanding | MeanStanding):
            raise PhraseError(
                "har et «ikke», der hverken hører til «flere end» eller noget lignende. Skriv det modsatte."
            )
        if found.negated and quantities and isinstance(relation, Direction):
            raise PhraseError("har både et «ikke» og et tal. Skriv det modsatte, eller lad tallet ude.")
        if found.precise and quantities:
            quantities = (replace(quantities[0], is_precise=True), *quantities[1:])
        for quantity in quantities:
            if quantity.is_precise and quantity.hedge is not None:
                raise PhraseError(f"har både «præcis» og «{quantity.hedge.words}». Vælg det ene.")
        if found.precise and isinstance(relation, Sameness) and relation.loose:
            raise PhraseError("har både «præcis» og «stort set». Vælg det ene.")
        return Phrase(
            self._words,
            quantities,
            relation,
            found.degree,
            found.negated,
            found.statistic,
            found.named,
            found.named_year,
        )

    # Quantities.

    def _next_quantity(self) -> bool:
        read = self._quantity(self._at)
        if read is None:
            return False
        quantity, self._at = read
        self._found.quantities.append(replace(quantity, role=self._found.role))
        self._found.role = Role.PLAIN
        return True

    def _quantity(self, at: int) -> tuple[Quantity, int] | None:
        start = at
        quantifier = self._match(at, Kind.QUANTIFIER)
        rival = self._match(at, Kind.SAMENESS)
        if quantifier is not None and (rival is None or rival[1] <= quantifier[1]):
            entry, length = quantifier
            assert entry.permits is not None
            base: Base = Quantifier(entry.permits, entry.misleads_below, entry.name)
            return self._with_tail(start, at + length, base, None)
        at = self._skip_attitude(at)
        is_precise = False
        if precise := self._match(at, Kind.PRECISE):
            is_precise, at = True, self._skip_attitude(at + precise[1])
        degree, at = self._degree_of_hedge(at)
        hedge, at = self._hedge(at)
        at = self._skip_attitude(at)
        while (
            hedge is not None
            and self._fold(at) in _BETWEEN_HEDGE_AND_NUMBER
            and not (self._fold(at) == "i" and self._year_at(at + 1))
        ):
            at = self._skip_attitude(at + 1)
        read = self._base(at)
        if read is None:
            return None
        base, at = read
        if isinstance(base, Times) and self._fold(at) == "end":
            raise AmbiguousPhraseError(
                f"blander to vendinger: «så … som» og «flere end». Skriv «{self._text(start, at)} "
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
            if unit is None and (found := self._unit(at)):
                unit, at = found
            elif noun is None and (length := self._noun(at)):
                noun, at = self._text(at, at + length).casefold(), at + length
            else:
                break
        post = self._match_after(at)
        if post is not None and hedge is None:
            hedge = Hedge(Row(post[0].name), self._text(at, at + post[1]))
            at += post[1]
        year = self._year_at(at + 1) if self._fold(at) == "i" else None
        if year is not None:
            at += 2
        words = self._text(start, at)
        if isinstance(base, Share) and unit is not None and unit.id == "procent":
            raise PhraseError("har både en andel og procent. Skriv det ene.")
        return Quantity(base, hedge, unit, noun, Role.PLAIN, degree, is_precise, year, words), at

    def _degree_of_hedge(self, at: int) -> tuple[Degree | None, int]:
        found = self._match(at, Kind.DEGREE)
        if found is None or found[0].name != Degree.MUCH:
            return None, at
        hedge = self._match(at + found[1], Kind.HEDGE)
        if hedge is None or hedge[0].name not in ("over", "under"):
            return None, at
        return Degree.MUCH, at + found[1]

    def _hedge(self, at: int) -> tuple[Hedge | None, int]:
        found = self._match(at, Kind.HEDGE)
        if found is None:
            return None, at
        entry, length = found
        return Hedge(Row(entry.name), self._text(at, at + length)), at + length

    def _skip_attitude(self, at: int) -> int:
        while found := self._match(at, Kind.ATTITUDE):
            at += found[1]
        return at

    # Bases.

    def _base(self, at: int) -> tuple[Base, int] | None:
        return self._ratio_word(at) or self._between(at) or self._share(at) or self._from_number(at)

    def _ratio_word(self, at: int) -> tuple[Base, int] | None:
        if self._fold(at) in ("en", "et", "den", "det"):
            at += 1
        found = self._match(at, Kind.RATIO)
        if found is None:
            return None
        entry, length = found
        factor = {"½": Fraction(1, 2), "1/2": Fraction(2)}.get(entry.name) or Fraction(int(entry.name))
        after = at + length
        if self._fold(after - 1) == "så":
            after = self._degree_word(after)
        return Times(factor, inverted=entry.name == "1/2"), after

    def _degree_word(self, at: int) -> int:
        """Pass *mange*, *stor* … after *så*."""
        if self._fold(at) in DEGREES_OF:
            return at + 1
        raise PhraseError(
            f"kan ikke læses som en påstand om tal: efter «{self._text(max(at - 2, 0), at)}» skal der stå "
            "mange, meget, stor, høj, ofte eller lignende."
        )

    def _between(self, at: int) -> tuple[Base, int] | None:
        if self._fold(at) != "mellem":
            return None
        first_hedge, at = self._hedge(self._skip_attitude(at + 1))
        first = self._number(at)
        if first is None:
            return None
        unit = self._unit(first[1])
        at = unit[1] if unit else first[1]
        if self._fold(at) != "og":
            return None
        last_hedge, at = self._hedge(self._skip_attitude(at + 1))
        last = self._number(at)
        if last is None:
            return None
        return self._span(first[0], last[0], first_hedge, last_hedge), last[1]

    def _span(
        self, first: Number, last: Number, one: Hedge | None = None, other: Hedge | None = None
    ) -> Span:
        first = _with_multiplier(first, last)
        if first.value >= last.value:
            raise PhraseError("går baglæns: skriv det mindste tal først.")
        return Span(first, last, one, other)

    def _share(self, at: int) -> tuple[Base, int] | None:
        word = self._fold(at)
        if word in ("halvdelen", "halvparten"):
            return Share(Fraction(50)), at + 1
        if word in _EVERY:
            ordinal = self._token(at + 1)
            if ordinal is None:
                return None
            nth = ORDINALS.get(ordinal.fold)
            if nth is None and ordinal.is_ordinal and ordinal.text.isdecimal():
                nth = int(ordinal.text)
            if nth is None:
                return None
            if not 1 < nth <= _LAST_SHARE:
                raise PhraseError(
                    f"kan ikke læses som en påstand om tal: «hver {ordinal.text}» går kun til «hver tiende». "
                    "Skriv andelen i procent."
                )
            return Share(Fraction(100, nth)), at + 2
        if word == "ud" and self._fold(at + 1) == "af":
            everything = self._number(self._skip_to_number(at + 2))
            if everything is None:
                return None
            after = everything[1] + (self._noun(everything[1]) or 0)
            some = self._number(self._skip_attitude(after))
            if some is None:
                return None
            return _out_of(some[0], everything[0]), some[1]
        return None

    def _skip_to_number(self, at: int) -> int:
        while self._fold(at) in ("de", "det", "den", "i", "alt", "landets", "samtlige", "alle"):
            at += 1
        return self._skip_attitude(at)

    def _from_number(self, at: int) -> tuple[Base, int] | None:
        read = self._number(at, before=True)
        if read is None:
            return None
        number, at = read
        word = self._fold(at)
        if word in _PARTS and number.value.denominator == 1:
            parts = _PARTS[word]
            if not 0 < number.value < parts:
                raise PhraseError(f"kan ikke læses: {number.text} {word} er ikke en del af noget.")
            return Share(Fraction(100 * number.value, parts)), at + 1
        if word in ("gange", "gang"):
            after = self._fold(at + 1)
            if after == "så":
                return Times(number.value), self._degree_word(at + 2)
            if self._match(at + 1, Kind.COMPARISON) or after in ("mere", "bedre"):
                raise AmbiguousPhraseError(_two_readings(number, self._text(at + 1, at + 2)))
        out_of = self._out_of(number, at)
        if out_of is not None:
            return out_of
        dash = self._token(at)
        if dash is not None and dash.kind == "dash" and (last := self._number(at + 1)):
            return self._span(number, last[0]), last[1]
        return Amount(number), at

    def _out_of(self, number: Number, at: int) -> tuple[Base, int] | None:
        """Read *ud af 98* after *14*, or *af 98*, with a noun between."""
        unit = self._unit(at)
        at = unit[1] if unit else at + self._noun(at)
        if self._fold(at) == "ud":
            at += 1
        elif unit is not None and unit[0].id == "procent":
            return None
        if self._fold(at) != "af":
            return None
        everything = self._number(self._skip_to_number(at + 1))
        if everything is None:
            return None
        return _out_of(number, everything[0]), everything[1]

    # Numbers, units, words.

    def _number(self, at: int, *, before: bool = False) -> tuple[Number, int] | None:
        """Read a number.

        Args:
            at: where it would begin.
            before: whether *en* and *et* may be one, which they are before *ud af* and a fraction only.
        """
        token = self._token(at)
        if token is None:
            return None
        if token.kind == "number":
            if token.is_ordinal and self._token(at + 1) is not None and self._unit(at + 1) is None:
                return None
            multiplier = self._token(at + 1)
            try:
                if multiplier is not None and multiplier.fold in _MULTIPLIERS:
                    return parse_number(f"{token.text} {multiplier.text}"), at + 2
                return parse_number(token.text), at + 1
            except NotationError as error:
                raise PhraseError(f"kan ikke læses: {error}") from None
        if token.kind != "word":
            return None
        for length in range(min(_LONGEST_NUMBER, len(self._tokens) - at), 0, -1):
            run = [self._fold(at + offset) for offset in range(length)]
            if run[-1] == "og" or "" in run:
                continue
            if length == 1 and run[0] in ("en", "et") and not (before and self._may_be_one(at + 1)):
                continue
            if length == 1 and run[0] in ("hundrede", "tusind", "tusinde") and token.text.endswith("r"):
                continue
            try:
                return parse_number(" ".join(run)), at + length
            except NotationError:
                continue
        return None

    def _may_be_one(self, at: int) -> bool:
        word = self._fold(at)
        return word in _PARTS or (word == "ud" and self._fold(at + 1) == "af")

    def _unit(self, at: int) -> tuple[Unit, int] | None:
        for form, unit in _UNITS:
            if all(self._fold(at + offset) == part for offset, part in enumerate(form)):
                if unit.id == "gange" and self._fold(at + len(form)) == "så":
                    continue
                return unit, at + len(form)
        return None

    def _noun(self, at: int) -> int:
        """Return how many tokens a noun of the indicator takes here."""
        for noun in self._nouns:
            if noun and all(self._fold(at + offset) == part for offset, part in enumerate(noun)):
                return len(noun)
        return 0

    def _match(self, at: int, *kinds: Kind) -> tuple[Entry, int] | None:
        """Return the longest row of the lexicon of these kinds that begins here."""
        for form, entry in _LEXICON.get(self._fold(at), ()):
            if entry.kind in kinds and all(
                self._fold(at + offset) == part for offset, part in enumerate(form)
            ):
                return entry, len(form)
        return None

    def _match_after(self, at: int) -> tuple[Entry, int] | None:
        for form, entry in _LEXICON.get(_POST, ()):
            if all(self._fold(at + offset) == part for offset, part in enumerate(form[1:])):
                return entry, len(form) - 1
        return None

    def _year_at(self, at: int) -> int | None:
        token = self._token(at)
        if token is None or token.kind != "number" or not token.text.isdecimal() or len(token.text) != 4:
            return None
        return int(token.text) if int(token.text) in _YEARS else None

    def _token(self, at: int | None = None) -> Token | None:
        at = self._at if at is None else at
        return self._tokens[at] if 0 <= at < len(self._tokens) else None

    def _fold(self, at: int | None = None) -> str:
        token = self._token(at)
        return token.fold if token is not None else ""

    def _text(self, start: int, end: int) -> str:
        if not 0 <= start < end:
            return ""
        tokens = self._tokens[start:end]
        return self._words[tokens[0].start : tokens[-1].end] if tokens else ""

    def _unreadable(self, at: int | None = None) -> str:
        at = self._at if at is None else at
        nothing = self._match(at, Kind.NO_FIGURE)
        if nothing is not None:
            return (
                f"kan ikke prøves: «{self._text(at, at + nothing[1])}» er intet tal. Skriv tallet, "
                "eller lad ordene "
                "stå uden henvisning."
            )
        for kind in (Kind.ATTITUDE, Kind.HEDGE, Kind.ATTITUDE):
            if (found := self._match(at, kind)) and at + found[1] < len(self._tokens):
                at += found[1]
        word = self._text(at, at + 1) or self._words
        rest = self._text(at, len(self._tokens)) or self._words
        known = known_phrases()
        close = nearest(rest.casefold(), known) or nearest(word.casefold(), known)
        if close == word.casefold():
            return f"kan ikke læses som en påstand om tal: «{word}» kan ikke stå sådan. Se PÅSTANDE.md."
        hint = (
            f"Det nærmeste i ordlisten er «{close}»."
            if close
            else "Skriv for eksempel «knap hver femte», «steget med 3 procentpoint» eller «dobbelt så mange»."
        )
        return f"kan ikke læses som en påstand om tal: «{word}» kendes ikke her. {hint}"


def _without_negation(tokens: tuple[Token, ...]) -> tuple[tuple[Token, ...], int]:
    """Return the tokens without *ikke*, which may stand inside a relation: «nåede ikke målet».

    Where *ikke* is a part of a form of the lexicon («ikke mindre end»), it stays.
    """
    kept: list[Token] = []
    taken = 0
    for place, token in enumerate(tokens):
        following = tokens[place + 1].fold if place + 1 < len(tokens) else ""
        if (
            token.fold == "ikke"
            and (following, len(tokens) > place + 3) != ("mindre", True)
            and following != "ændret"
        ):
            taken += 1
        else:
            kept.append(token)
    return tuple(kept), taken


def _goes_on(known: Relation, relation: Relation) -> bool:
    """Tell whether a second relation only says the first once more: «forskellen … højere»."""
    return (
        isinstance(known, Direction) and isinstance(relation, Direction) and 0 in (known.sign, relation.sign)
    )


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


def _with_multiplier(first: Number, last: Number) -> Number:
    """Return the first of two numbers with the last one's million, where it has none: «4 til 6 mio.»."""
    multiplier = last.text.rpartition(" ")[2]
    if first.has_multiplier or not last.has_multiplier or fold(multiplier) not in _MULTIPLIERS:
        return first
    return parse_number(f"{first.text} {multiplier}")


def _without_idle_roles(quantities: list[Quantity], relation: Relation | None) -> list[Quantity]:
    """Return the quantities without *på* and *til* where nothing is there for them to go with."""
    if relation is not None:
        return quantities
    from_ = any(quantity.role in (Role.FROM, Role.PLAIN) for quantity in quantities[:-1])
    return [
        replace(quantity, role=Role.PLAIN)
        if quantity.role is Role.BY or (quantity.role is Role.TO and not from_ and len(quantities) == 1)
        else quantity
        for quantity in quantities
    ]


def _with_spans(quantities: list[Quantity], relation: Relation | None) -> list[Quantity]:
    """Return *4 til 12* as one quantity; with a verb, or with *fra*, it is told who it is about later."""
    if relation is not None or len(quantities) != 2:
        return quantities
    first, last = quantities
    if (first.role, last.role) != (Role.PLAIN, Role.TO):
        return quantities
    if not (isinstance(first.base, Amount) and isinstance(last.base, Amount)):
        return quantities
    return [span_of(first, last)]


def span_of(first: Quantity, last: Quantity) -> Quantity:
    """Return two quantities as the ends of what one value lies between.

    Raises:
        PhraseError: where they go backwards, or are no numbers.
    """
    if not (isinstance(first.base, Amount) and isinstance(last.base, Amount)):
        raise PhraseError("kan ikke læses: et spænd går fra et tal til et andet.")
    low = _with_multiplier(first.base.number, last.base.number)
    if low.value >= last.base.number.value:
        raise PhraseError("går baglæns: skriv det mindste tal først.")
    return replace(
        last,
        base=Span(low, last.base.number, first.hedge, last.hedge),
        hedge=None,
        role=Role.PLAIN,
        words=f"{first.words} til {last.words}",
    )


def _with_shared_units(quantities: list[Quantity]) -> tuple[Quantity, ...]:
    """Give a number its successor's unit and multiplier: *fra 44 til 47 procent*, *90 mod 85 mandater*."""
    shared = list(quantities)
    for place in range(len(shared) - 2, -1, -1):
        one, following = shared[place], shared[place + 1]
        if following.role not in (Role.TO, Role.AGAINST, Role.FROM) and not (
            one.role is Role.PLAIN and following.role is Role.PLAIN
        ):
            continue
        if (
            one.unit is None
            and one.noun is None
            and isinstance(one.base, Amount)
            and isinstance(following.base, Amount)
        ):
            number = _with_multiplier(one.base.number, following.base.number)
            shared[place] = replace(one, unit=following.unit, noun=following.noun, base=Amount(number))
    return tuple(shared)
