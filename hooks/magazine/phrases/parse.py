"""Words to a phrase: a parser that goes down from the phrase to its quantities, their hedges and numbers.

Danish is free in its order («steget med 3 procentpoint», «3 procentpoint højere end», «fra 44 til 47»), so
a phrase is read as a row of quantities, each with the role that the word before it gives, and one relation
at most. Every word is understood, or the phrase is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from magazine.danish.dates import MONTHS
from magazine.danish.units import UNITS
from magazine.lexicon import FILLERS, Entry, Kind
from magazine.phrases.quantities import QuantityReader, with_multiplier
from magazine.phrases.reader import known_phrases
from magazine.phrases.structure import (
    AmbiguousPhraseError,
    Amount,
    Degree,
    Direction,
    MeanStanding,
    Phrase,
    PhraseError,
    Quantity,
    Rank,
    Relation,
    Rest,
    Role,
    Sameness,
    Scope,
    Span,
    Standing,
    Superlative,
    TargetStanding,
    Times,
    UnknownWordError,
)
from magazine.phrases.tokens import Token, tokenise
from magazine.problems import one_slip_from

#: A reference of more words than this is no claim with a word too many.
_FEW_WORDS = 12

_ROLES: Mapping[str, Role] = MappingProxyType(
    {"fra": Role.FROM, "til": Role.TO, "med": Role.BY, "på": Role.BY}
)


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
    parser = _Parser(bare, tokens, nouns, statistic)
    try:
        return parser.phrase()
    except UnknownWordError:
        core = _core(parser, nouns, statistic)
        if not core:
            raise
        word = parser.text(parser.at, parser.at + 1)
        raise PhraseError(
            f"kan ikke læses som en påstand om tal: «{word}» kendes ikke her. Sæt kun «{core}» i "
            "henvisningen."
        ) from None


def _core(parser: _Parser, nouns: frozenset[str], statistic: str | None) -> str:
    """Return the claim before or after a word that nobody knows, which belongs outside the reference.

    Empty where there is none, and where the word may be a misspelling.
    """
    unknown, last = parser.at, len(parser.tokens)
    if last > _FEW_WORDS or one_slip_from(parser.fold(unknown), (*known_phrases(), *UNITS)):
        return ""
    for start, end in (*((0, end) for end in range(unknown, 0, -1)), (unknown + 1, last)):
        core = parser.text(start, end)
        if parser.fold(end - 1) in FILLERS:
            continue  # it leads on to what is left out: «af», «i»
        try:
            _Parser(core, tokenise(core), nouns, statistic).phrase()
        except PhraseError:
            continue
        return core
    return ""


class _Found(Struct):
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


class _Parser(QuantityReader):
    """Reads one phrase; ``at`` is the next token."""

    def __init__(
        self, words: str, tokens: tuple[Token, ...], nouns: Iterable[str], statistic: str | None
    ) -> None:
        kept, negations = _without_negation(tokens)
        super().__init__(words, kept, nouns)
        self._statistic = statistic
        self._found = _Found(negated=negations > 0)
        if negations > 1:
            raise PhraseError("har «ikke» to gange. Skriv det uden.")

    # The phrase.

    def phrase(self) -> Phrase:
        found = self._found
        just_counted = False
        while self.at < len(self.tokens):
            before = len(found.quantities)
            if not self._step(just_counted=just_counted):
                raise UnknownWordError(self.unreadable())
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
        if self.match(self.at, Kind.NO_FIGURE):
            raise PhraseError(self.unreadable())
        if self.fold() == "stadig":
            comparison = self.match(self.at + 1, Kind.COMPARISON)
            if comparison is not None and self.fold(self.at + 2) == "end":
                word = self.text(self.at + 1, self.at + 2)
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
        found = self.match(self.at, *kinds)
        if found is None:
            return False
        entry, length = found
        rival = self.match(self.at, Kind.QUANTIFIER, Kind.ATTITUDE, Kind.HEDGE)
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
        self.at += length
        return True

    def _rank(self, length: int) -> bool:
        number = self.number(self.at + length)
        if number is None or number[0].value.denominator != 1 or number[0].value < 1:
            return False
        self._relate(Rank(int(number[0].value)), number[1] - self.at)
        self.at = number[1]
        return True

    def _comparison(self) -> bool:
        found = self.match(
            self.at, Kind.CHANGE, Kind.COMPARISON, Kind.DIFFERENCE, Kind.DEGREE, Kind.SUPERLATIVE
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
                if self.text(self.at, self.at + length).casefold().startswith("hidtil"):
                    self._found.scope = Scope.EVER
            case _:
                sign = 1 if entry.name in ("steget", "højere") else -1
                self._relate(Direction(sign, in_time=entry.kind is Kind.CHANGE), length)
        self.at += length
        return True

    def _relate(self, relation: Relation, length: int) -> None:
        words = self.text(self.at, self.at + length)
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
        found = self.match(self.at, Kind.SCOPE)
        if found is not None:
            entry, length = found
            self.at += length
            self._found.scope = Scope(entry.name)
            if entry.name == "siden":
                self._since()
            return True
        # «det laveste i ni år»
        if self.fold() == "i" and self._found.superlative is not None:
            number = self.number(self.at + 1)
            if number is not None and self.fold(number[1]) == "år" and number[0].value.denominator == 1:
                self._found.scope, self._found.years = Scope.SINCE, int(number[0].value)
                self.at = number[1] + 1
                return True
        return False

    def _since(self) -> None:
        """Read the period after *siden*; without one it is only the superlative that goes on outside."""
        month = self.fold()
        quarter = self.token()
        if month in MONTHS and (year := self.year_at(self.at + 1)):
            self._found.since = f"{year}-{MONTHS.index(month) + 1:02d}"
            self.at += 2
        elif (
            quarter is not None
            and quarter.is_ordinal
            and self.fold(self.at + 1) == "kvartal"
            and (year := self.year_at(self.at + 2))
        ):
            self._found.since = f"{year}-Q{quarter.text}"
            self.at += 3
        elif year := self.year_at(self.at):
            self._found.since = str(year)
            self.at += 1
        else:
            raise PhraseError("mangler perioden efter «siden». Skriv for eksempel «det højeste siden 2011».")

    def _role(self) -> bool:
        word = self.fold()
        if word in _ROLES:
            self._found.role = _ROLES[word]
        elif word in ("end", "som") and (self._found.relation is not None or self._says_times()):
            self._found.role = Role.AGAINST
        else:
            return False
        self.at += 1
        return True

    def _says_times(self) -> bool:
        return any(isinstance(quantity.base, Times) for quantity in self._found.quantities)

    def _colour(self) -> bool:
        found = self.match(self.at, Kind.PRECISE, Kind.ATTITUDE)
        if found is None:
            return False
        self._found.precise = self._found.precise or found[0].kind is Kind.PRECISE
        self.at += found[1]
        return True

    def _year(self) -> bool:
        if self.fold() == "i" and (year := self.year_at(self.at + 1)):
            self._found.named_year = year
            self.at += 2
            return True
        return False

    def _filler(self) -> bool:
        noun = self.noun(self.at)
        if noun:
            self.at += noun
            return True
        if self.fold() in FILLERS:
            self.at += 1
            return True
        return False

    def _take_statistic(self, entry: Entry) -> None:
        if self._statistic != entry.name:
            raise PhraseError(
                f"siger «{self.text(self.at, self.at + 1)}», men tallet er "
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
            raise PhraseError(self.unreadable(0))
        quantities = _with_shared_units(
            _with_spans(_without_idle_roles(found.quantities, relation), relation)
        )
        if relation is None and not quantities:
            raise PhraseError(self.unreadable(0))
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
            self.words,
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
        read = self.quantity(self.at)
        if read is None:
            return False
        quantity, self.at = read
        self._found.quantities.append(replace(quantity, role=self._found.role))
        self._found.role = Role.PLAIN
        return True


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
    low = with_multiplier(first.base.number, last.base.number)
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
            number = with_multiplier(one.base.number, following.base.number)
            shared[place] = replace(one, unit=following.unit, noun=following.noun, base=Amount(number))
    return tuple(shared)
