"""A parsed phrase against what is known: the verdict, and what would be true instead."""

from magazine.claims.choose import choose, true_phrases
from magazine.claims.facts import Against, Fact, Facts, Verdict, VerdictKind
from magazine.claims.judge import OWN_WORDS, is_own, judge
from magazine.claims.measures import NoMeasureError, printed_difference, ratio, share
from magazine.claims.pairs import change_in_percent, older_and_newer, print_decimals, print_step
from magazine.claims.quantities import ROUNDED, UNDECIDED

__all__ = [
    "OWN_WORDS",
    "ROUNDED",
    "UNDECIDED",
    "Against",
    "Fact",
    "Facts",
    "NoMeasureError",
    "Verdict",
    "VerdictKind",
    "change_in_percent",
    "choose",
    "is_own",
    "judge",
    "older_and_newer",
    "print_decimals",
    "print_step",
    "printed_difference",
    "ratio",
    "share",
    "true_phrases",
]
