"""What a phrase is judged against, and what comes of it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from magazine.danish.units import Unit
from magazine.figures.periods import Period
from magazine.values import Value


class VerdictKind(StrEnum):
    """How a phrase fares."""

    TRUE = "sand"
    FALSE = "falsk"
    UNDECIDED = "uafgjort"
    STRAINED = "anstrengt"


class Fact(Struct, frozen=True):
    """One published value as the judge sees it."""

    value: Value
    unit: Unit
    nouns: tuple[str, ...] = ()
    statistic: str | None = None
    quotation: str | None = None
    period: Period | None = None
    label: str = ""
    """Its source, for messages."""
    name: str = ""
    """The indicator's."""
    id: str = ""
    """``indicator/period@source``."""
    source: str = ""

    def __hash__(self) -> int:
        """Hash by what tells facts apart; equality still compares everything."""
        return hash((self.id, self.value.text, self.unit.id))

    @property
    def is_share(self) -> bool:
        """Whether the value is a percentage between 0 and 100 of something."""
        return self.unit.id == "procent" and not self.statistic and 0 <= self.value.first.value <= 100


class Against(StrEnum):
    """What a value is compared with."""

    NOTHING = ""
    TARGET = "mål"
    PREVIOUS = "forrige"
    WHOLE = "helhed"
    OTHER = "andet"
    SET = "række"


class Facts(Struct, frozen=True):
    """A value, and what it is compared with."""

    subject: Fact
    against: Against = Against.NOTHING
    others: tuple[Fact, ...] = ()
    share_of: Fact | None = None
    siblings: tuple[Fact, ...] = ()
    """The whole's other parts, for *resten*."""
    parts_fill_the_whole: bool = False
    """Nobody is in two parts, and nobody is outside them."""
    series: tuple[Fact, ...] = ()
    """Every other period of the subject's series, oldest first."""
    broken: str | None = None
    """Why the series cannot be compared all along."""
    two_bases: str | None = None
    """Why the two do not rest on the same ground."""

    @property
    def other(self) -> Fact | None:
        """The one value that the subject is compared with."""
        return self.others[0] if self.others else None

    @property
    def all(self) -> tuple[Fact, ...]:
        """Every value that takes part."""
        found = (self.subject, *self.others, *((self.share_of,) if self.share_of else ()))
        return found


class Verdict(Struct, frozen=True):
    """What came of it."""

    kind: VerdictKind
    prints: bool
    message: str = ""
    """Why, for the editor."""
    true_phrases: tuple[str, ...] = ()
    """What would be true instead, best first."""
    notes: tuple[str, ...] = ()
    """What readers are told."""

    @property
    def severity(self) -> int:
        """How bad it is, for choosing the worst of several."""
        if self.kind is VerdictKind.FALSE:
            return 4
        if not self.prints:
            return 3
        return {VerdictKind.STRAINED: 2, VerdictKind.UNDECIDED: 1}.get(self.kind, 0)


TRUE = Verdict(VerdictKind.TRUE, True)
FALSE = Verdict(VerdictKind.FALSE, False)


def false(message: str) -> Verdict:
    """Return that a phrase is false, and why."""
    return Verdict(VerdictKind.FALSE, False, message)


def strained(message: str, *true_phrases: str) -> Verdict:
    """Return that a phrase holds and misleads."""
    return Verdict(VerdictKind.STRAINED, True, message, true_phrases)


def worst(verdicts: list[Verdict]) -> Verdict:
    """Return the worst verdict, with the notes of all."""
    found = max(verdicts, key=lambda verdict: verdict.severity)
    notes = tuple(dict.fromkeys(note for verdict in verdicts for note in verdict.notes))
    return Verdict(found.kind, found.prints, found.message, found.true_phrases, notes if found.prints else ())
