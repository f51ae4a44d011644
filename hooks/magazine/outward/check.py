"""What an editor is told of the links that lead out of the magazine."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from msgspec import Struct

from magazine.outward.mentions import Mention
from magazine.outward.visits import Fate, Finding, Manners, Visitor, on_the_wire
from magazine.problems import Problem
from magazine.progress import Progress

_LOOK = "Åbn linket selv, og se efter."
#: What no reader can get: the rest may be better tomorrow, or in a browser.
_DEAD = (Fate.GONE, Fate.NO_NAME)
_NO_ANSWER = (Fate.NO_NAME, Fate.SILENT)


def manners_of(address: str) -> Manners:
    """Return the manners of the magazine at an address, which its name tells."""
    return Manners(agent=f"Magasin-linktjek/1.0 (+{address}/)")


class Tour(Struct, frozen=True):
    """What came of visiting every address."""

    problems: tuple[Problem, ...] = ()
    """Errors for the dead, warnings for what an editor should look at; sorted."""
    visited: int = 0
    """How many addresses there were."""
    is_offline: bool = False
    """Nobody answered at all, so it is not their names that are wrong but our line; nothing else is told."""


def check_outward(mentions: Sequence[Mention], manners: Manners, progress: Progress | None = None) -> Tour:
    """Visit every address once, and return what is wrong at each place that names it.

    Args:
        mentions: what the magazine names.
        manners: how to behave there.
        progress: told how far the work has come.
    """
    wires: dict[str, str] = {}
    problems: set[Problem] = set()
    for mention in mentions:
        try:
            wires[mention.address] = on_the_wire(mention.address)
        except ValueError:
            told = f"«{mention.address}» er ikke en adresse. Skriv den helt ud: https://…/"
            problems.add(Problem(mention.place, told))
    found = Visitor(manners).visit(wires.values(), progress)
    hosts = {urlsplit(wire).hostname for wire in found}
    if len(hosts) > 1 and all(finding.fate in _NO_ANSWER for finding in found.values()):
        return Tour(tuple(sorted(problems)), len(found), is_offline=True)
    for mention in mentions:
        wire = wires.get(mention.address)
        if wire is not None and (told := _words(mention.address, wire, found[wire])):
            problems.add(Problem(mention.place, told, warning=found[wire].fate not in _DEAD))
    return Tour(tuple(sorted(problems)), len(found))


def _words(address: str, wire: str, finding: Finding) -> str:
    there = finding.there
    # Whoever looks for an address in the source must find it in the message, wherever it leads.
    it = f"{there}, som «{address}» fører videre til," if there else f"«{address}»"
    host = urlsplit(there or wire).hostname
    match finding.fate:
        case Fate.FINE:
            return ""
        case Fate.GONE:
            gone = "er taget ned for godt (410)" if finding.status == 410 else "findes ikke (404)"
            return f"{it} {gone}. Find sidens nye adresse, eller tag henvisningen ud."
        case Fate.NO_NAME:
            return f"{it} kan ikke findes: intet sted på nettet hedder {host}. Er det stavet rigtigt?"
        case Fate.MOVED:
            return f"«{address}» er flyttet for godt. Skriv {_with_anchor(address, there)}."
        case Fate.AT_FRONT:
            return f"«{address}» fører nu til forsiden {there}. Se efter, om det omtalte findes endnu."
        case Fate.REFUSED:
            return f"{it} svarede {finding.status} og lader sig ikke prøve af et program. {_LOOK}"
        case Fate.LATER | Fate.SILENT:
            why = f"svarede {finding.status}" if finding.status else "intet svar"
            return f"{it} kunne ikke nås i dag ({why}). Prøv igen en anden dag."
        case Fate.CIRCLE:
            return f"«{address}» sender læseren rundt i ring. {_LOOK}"
        case Fate.UNTRUSTED:
            return f"{it} har et certifikat, der ikke holder, så browseren kan advare læserne. {_LOOK}"
        case Fate.FORBIDDEN:
            return f"{it} må ikke prøves af programmer; det står i stedets robots.txt. {_LOOK}"
        case Fate.STRANGE:
            return f"{it} gav et svar, der ikke kan læses. {_LOOK}"


def _with_anchor(address: str, there: str) -> str:
    anchor = urlsplit(address).fragment
    return f"{there}#{anchor}" if anchor else there
