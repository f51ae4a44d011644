"""What is wrong with the content, told to an editor: where, what, and what to do."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

#: Below this, a proposal says more about the list than about the word.
_HALF_ALIKE = 0.55
#: So many letters of a name that goes on tell which one is meant.
_ENOUGH = 4


class Place(Struct, frozen=True, order=True):
    """A line of a file; ``path`` is POSIX and relative to the repository, ``line`` counts from 1."""

    path: str
    line: int = 1


class Problem(Struct, frozen=True, order=True):
    """One fault, or one warning, in Danish; sorts by file, line and text."""

    place: Place
    message: str
    warning: bool = False

    def __str__(self) -> str:
        """Return ``path:line: message``, the form that editors and editors' tools read."""
        kind = "advarsel: " if self.warning else ""
        return f"{self.place.path}:{self.place.line}: {kind}{self.message}"


class ContentError(Exception):
    """The content cannot be published; carries every problem, sorted and told once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep ``problems`` in the order in which they are printed."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `` Mente du «x»?`` for the nearest of ``known``, or an empty string."""
    best = one_slip_from(word, known)
    return f" Mente du «{best}»?" if best else ""


def one_slip_from(word: str, known: Iterable[str]) -> str:
    """Return what of ``known`` a word is a misspelling of, or an empty string."""
    from rapidfuzz import process  # most builds have nobody to ask
    from rapidfuzz.distance import OSA

    # One slip (a letter added, lost, changed, or two exchanged) in three letters: beyond that a proposal
    # confuses more than it helps.
    slips = max(1, len(word) // 3)
    names = sorted(known)
    best = process.extractOne(word, names, scorer=OSA.distance, score_cutoff=slips)
    if best:
        return best[0]
    # Whoever has forgotten the end of a long name has written enough, if only one name begins so.
    begun = [name for name in names if name.startswith(f"{word}-")] if len(word) >= _ENOUGH else []
    return begun[0] if len(begun) == 1 else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the nearest of ``known``, or an empty string where nothing is half alike."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    best = process.extractOne(word, sorted(known), scorer=OSA.normalized_similarity, score_cutoff=_HALF_ALIKE)
    return best[0] if best else ""
