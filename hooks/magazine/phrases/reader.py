"""What stands next: words of the lexicon, numbers, units and nouns, token by token."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from magazine.danish.numbers import ORDINALS, NotationError, Number, parse_number
from magazine.danish.units import UNITS, Unit
from magazine.lexicon import TABLE, Entry, Kind, words_of
from magazine.phrases.structure import PhraseError
from magazine.phrases.tokens import Token, tokenise
from magazine.problems import nearest

_POST = "…"

_LONGEST_NUMBER = 6
#: No form of the lexicon is longer.
_LONGEST_FORM = 60

MULTIPLIERS = frozenset(
    {"mio", "million", "millioner", "mia", "milliard", "milliarder", "tusind", "tusinde", "hundrede"}
)

_YEARS = range(1700, 2200)

PARTS: Mapping[str, int] = MappingProxyType(
    {f"{stem}del": number for stem, number in ORDINALS.items() if number > 2}
    | {f"{stem}dele": number for stem, number in ORDINALS.items() if number > 2}
    | {f"{stem}delen": number for stem, number in ORDINALS.items() if number > 2}
)


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


def known_phrases() -> tuple[str, ...]:
    """Return what to propose for words that nobody knows."""
    return (
        tuple(dict.fromkeys(word.strip("… ") for kind in _PROPOSED for word in words_of(kind))) + _SHARE_WORDS
    )


class Reader:
    """A phrase's tokens, and what may be read at a place among them; ``at`` is the next one."""

    def __init__(self, words: str, tokens: tuple[Token, ...], nouns: Iterable[str]) -> None:
        self.words = words
        self.tokens = tokens
        self.at = 0
        self.nouns = tuple(tuple(token.fold for token in tokenise(noun)) for noun in sorted(nouns))

    def number(self, at: int, *, before: bool = False) -> tuple[Number, int] | None:
        """Read a number.

        Args:
            at: where it would begin.
            before: whether *en* and *et* may be one, which they are before *ud af* and a fraction only.
        """
        token = self.token(at)
        if token is None:
            return None
        if token.kind == "number":
            if token.is_ordinal and self.token(at + 1) is not None and self.unit(at + 1) is None:
                return None
            multiplier = self.token(at + 1)
            try:
                if multiplier is not None and multiplier.fold in MULTIPLIERS:
                    return parse_number(f"{token.text} {multiplier.text}"), at + 2
                return parse_number(token.text), at + 1
            except NotationError as error:
                raise PhraseError(f"kan ikke læses: {error}") from None
        if token.kind != "word":
            return None
        for length in range(min(_LONGEST_NUMBER, len(self.tokens) - at), 0, -1):
            run = [self.fold(at + offset) for offset in range(length)]
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
        word = self.fold(at)
        return word in PARTS or (word == "ud" and self.fold(at + 1) == "af")

    def unit(self, at: int) -> tuple[Unit, int] | None:
        """Read a unit."""
        for form, unit in _UNITS:
            if all(self.fold(at + offset) == part for offset, part in enumerate(form)):
                if unit.id == "gange" and self.fold(at + len(form)) == "så":
                    continue
                return unit, at + len(form)
        return None

    def noun(self, at: int) -> int:
        """Return how many tokens a noun of the indicator takes here."""
        for noun in self.nouns:
            if noun and all(self.fold(at + offset) == part for offset, part in enumerate(noun)):
                return len(noun)
        return 0

    def match(self, at: int, *kinds: Kind) -> tuple[Entry, int] | None:
        """Return the longest row of the lexicon of these kinds that begins here."""
        for form, entry in _LEXICON.get(self.fold(at), ()):
            if entry.kind in kinds and all(
                self.fold(at + offset) == part for offset, part in enumerate(form)
            ):
                return entry, len(form)
        return None

    def match_after(self, at: int) -> tuple[Entry, int] | None:
        """Return the row of the lexicon that stands behind a number here: *eller flere*."""
        for form, entry in _LEXICON.get(_POST, ()):
            if all(self.fold(at + offset) == part for offset, part in enumerate(form[1:])):
                return entry, len(form) - 1
        return None

    def year_at(self, at: int) -> int | None:
        """Read a year in four digits."""
        token = self.token(at)
        if token is None or token.kind != "number" or not token.text.isdecimal() or len(token.text) != 4:
            return None
        return int(token.text) if int(token.text) in _YEARS else None

    def token(self, at: int | None = None) -> Token | None:
        """Return a token; ``None`` behind the end."""
        at = self.at if at is None else at
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def fold(self, at: int | None = None) -> str:
        """Return a token as look-ups write it; empty behind the end."""
        token = self.token(at)
        return token.fold if token is not None else ""

    def text(self, start: int, end: int) -> str:
        """Return what was written between two places."""
        if not 0 <= start < end:
            return ""
        tokens = self.tokens[start:end]
        return self.words[tokens[0].start : tokens[-1].end] if tokens else ""

    def unreadable(self, at: int | None = None) -> str:
        """Return that the word here is not understood, and what is nearest to it."""
        at = self.at if at is None else at
        nothing = self.match(at, Kind.NO_FIGURE)
        if nothing is not None:
            return (
                f"kan ikke prøves: «{self.text(at, at + nothing[1])}» er intet tal. Skriv tallet, "
                "eller lad ordene "
                "stå uden henvisning."
            )
        for kind in (Kind.ATTITUDE, Kind.HEDGE, Kind.ATTITUDE):
            if (found := self.match(at, kind)) and at + found[1] < len(self.tokens):
                at += found[1]
        word = self.text(at, at + 1) or self.words
        rest = (self.text(at, len(self.tokens)) or self.words)[:_LONGEST_FORM]
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
