"""Addresses: which names they are made of, and who claims which."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct

from magazine.problems import Place, Problem, one_slip_from

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# One segment after the other, none of them empty, `.` or `..`: an address becomes a file's path.
_FORMER = re.compile(r"/(?:(?!\.{1,2}/)[^\s/?#\\%:*<>|\"]+/)*(?:[^\s/?#\\%:*<>|\"]+\.html?)?")

#: The schemes of what leads out of the magazine.
OUTWARD = ("http", "https", "mailto", "tel")
#: A name with its end (``kvinfo.dk``, ``blå.dk``), or the number of a machine.
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W_]{2,}\.?|\d+(?:\.\d+){3}|[0-9a-f]*:[0-9a-f:.]+")
_LETTER_BOX = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_TELEPHONE = re.compile(r"\+?[0-9](?:[ -]?[0-9])+")

_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "u", "ö": "oe", "ä": "ae"})
_AWAY = "Slet den under «redirect_from»."


#: So many letters of a file's name tell which one is meant.
_TELLING = 4


class Claim(Struct, frozen=True):
    """That a place in the sources, or the magazine itself, wants an address."""

    address: str
    place: Place | None = None
    """Where it is said; ``None`` for the pages that no file stands for."""
    is_former: bool = False
    """It only leads on; what stands there now goes before it."""


_NAME_PARTS = re.compile(r"[a-z0-9]+")


def name_of(words: str) -> str:
    """Return words as they stand in an address: æ, ø, å become ae, oe, aa; empty where nothing is left."""
    return "-".join(_NAME_PARTS.findall(words.lower().translate(_FOLDED)))


def is_path(text: str) -> bool:
    """Tell whether a text leads from file to file, and not from the site's root or to another site."""
    return not text.startswith("/") and re.match(r"[a-zA-Z][\w+.-]*:", text) is None


def meant_path(path: str, folder: str, known: Iterable[str]) -> str:
    """Return `` Mente du «x»?`` with the nearest of the known paths, as it is written from a folder.

    Args:
        path: what there is no file of, from the repository's root.
        folder: where the file is that says it.
        known: the paths there are.
    """
    paths = list(known)
    # Windows divides a path by another sign, and a word processor puts marks around it.
    path = path.replace("\\", "/").strip("“”„’‘\"'")
    name = posixpath.basename(path)
    stem = posixpath.splitext(name)[0]
    elsewhere = [one for one in paths if posixpath.basename(one) == name]
    longer = [
        one
        for one in paths
        if len(stem) >= _TELLING and stem != "index" and posixpath.basename(one).startswith(stem)
    ]
    best = next((found[0] for found in (elsewhere, longer) if len(found) == 1), "")
    if not best:
        # Folders alike make the whole paths alike: the names must be, too.
        slip = one_slip_from(path, paths)
        best = slip if one_slip_from(name, [posixpath.basename(slip)]) else ""
    return f" Mente du «{posixpath.relpath(best, folder)}»?" if best else ""


def parts_of(address: str) -> SplitResult | None:
    """Take an address apart; ``None`` for one that is none, as ``https://[``."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def leads_out(parts: SplitResult) -> bool:
    """Tell whether an address can lead anywhere: it has a host with a name, a letter box, a number."""
    match parts.scheme:
        case "http" | "https":
            return _HOST.fullmatch(parts.hostname or "") is not None
        case "mailto":
            return _LETTER_BOX.fullmatch(parts.path) is not None
        case "tel":
            return _TELEPHONE.fullmatch(parts.path) is not None
    return False


def is_name(text: str) -> bool:
    """Tell whether a text can stand in an address: a–z, 0–9 and hyphens between them."""
    return _NAME.fullmatch(text) is not None


def name_wanted(text: str, form: str = "{}") -> str:
    """Return what names consist of, and which to write instead: how a message about one that is none ends.

    Args:
        text: what is no name.
        form: how a name is written there, as ``[^{}]``.
    """
    return f"navne består af a–z, 0–9 og bindestreg. Skriv {form.format(name_of(text) or 'navn')}."


def is_former_address(text: str) -> bool:
    """Tell whether a text can be an address that leads on: ``/2021/gammelt-navn/`` or ``/gammel.html``."""
    return text != "/" and _FORMER.fullmatch(text) is not None


def collisions(claims: Iterable[Claim]) -> tuple[Problem, ...]:
    """Return an error for every address that is claimed twice, naming both claimants.

    Args:
        claims: all of them: articles and standing pages, their former addresses, pictures and other
            files, and what the magazine makes by itself.
    """
    claims = list(claims)
    if len({_file_of(claim.address) for claim in claims}) == len(claims):
        return ()
    first: dict[str, Claim] = {}
    problems = []
    for claim in sorted(claims, key=_order):
        other = first.setdefault(_file_of(claim.address), claim)
        if other is claim or claim.place is None:
            continue
        address = claim.address.removesuffix("index.html")
        if other.place is None:
            message = (
                f"adressen {address} bruges af en side, som magasinet selv laver. "
                f"{_AWAY if claim.is_former else 'Giv filen et andet navn.'}"
            )
        elif claim.is_former and not other.is_former:
            message = f"adressen {address} bruges af {other.place.path} og kan ikke føre videre. {_AWAY}"
        elif other.place.path == claim.place.path:
            message = (
                f"adressen {address} står allerede i linje {other.place.line}. Slet den ene."
                if other.place.line != claim.place.line
                else f"adressen {address} står to gange. Slet den ene."
            )
        else:
            message = (
                f"adressen {address} bruges også af {other.place.path}. To filer kan ikke have samme "
                "adresse: giv den ene et andet navn."
            )
        problems.append(Problem(claim.place, message))
    return tuple(problems)


def _file_of(address: str) -> str:
    """Return what an address occupies: ``/om``, ``/om/`` and ``/om/index.html`` cannot be three things."""
    return address.removesuffix("index.html").rstrip("/")


def _order(claim: Claim) -> tuple[bool, bool, str, int, str]:
    """The magazine's own pages come first, so that the file beside them is the one to move."""
    place = claim.place
    return (
        place is not None,
        claim.is_former,
        place.path if place else "",
        place.line if place else 0,
        claim.address,
    )
