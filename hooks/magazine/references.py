"""The grammar of ``tal:``: what an editor writes as a link's destination, and nothing of its value."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from urllib.parse import unquote

from msgspec import Struct

from magazine.addresses import is_name, name_wanted
from magazine.problems import did_you_mean

SCHEME = "tal:"
FREE = "ingen"

_TARGET = re.compile(r"(?P<indicator>[^/@?]*)(?:/(?P<period>[^@?]*))?(?:@(?P<source>[^?]*))?\Z")
_REASON = re.compile(r"[\"'”“„«»](?P<reason>.*)[\"'”“„«»]\s*\Z")
_LEFT_OPEN = frozenset({"", "…", "..."})


class Relation(StrEnum):
    """What ``mod=`` may name besides an indicator."""

    TARGET = "mål"
    PREVIOUS = "forrige"
    WHOLE = "helhed"


#: The forms of ``form=`` and ``vis=``, with what each is for (the editors' guide prints them).
FORMS = {
    "gange": "næsten dobbelt så mange",
    "forskel": "29 procentpoint over målet",
    "dom": "over målet",
    "andel": "to ud af tre",
}
VIEWS = {"kort": "59 %", "tal": "59", "periode": "2021", "blandt": "blandt hvem tallet er målt"}
DEGREES = ("mange", "meget", "stor", "højt")
#: Written as in an id; no indicator may have the name of a relation either.
_WITHOUT_RINGS = {"maal": "mål", "maalet": "mål", "målet": "mål"}
_OPTIONS = ("mod", "af", "form", "så", "vis", "rettelse")


class UnreadableReferenceError(ValueError):
    """A reference that cannot be read; the text says in Danish what to write instead."""


class Target(Struct, frozen=True):
    """An indicator, and where named its period and source."""

    indicator: str
    period: str | None = None
    source: str | None = None

    def __str__(self) -> str:
        """Return the target as it is written."""
        period = f"/{self.period}" if self.period else ""
        source = f"@{self.source}" if self.source else ""
        return f"{SCHEME}{self.indicator}{period}{source}"


class Reference(Struct, frozen=True):
    """A parsed reference; ``free`` holds the reason of ``tal:ingen``, and then there is no target."""

    target: Target | None
    free: str | None = None
    against: tuple[Relation | Target, ...] = ()
    """``mod=``."""
    share_of: Target | None = None
    """``af=``."""
    form: str | None = None
    degree: str = "mange"
    view: str | None = None
    is_corrected: bool = True
    """False with ``rettelse=nej``: the reference was added after the correction."""

    def __str__(self) -> str:
        """Return the reference without its options."""
        return str(self.target) if self.target else f"{SCHEME}{FREE}"


class Demand(Struct, frozen=True):
    """A reference as it stands in a text: what is asked for, where, and what stands around it."""

    words: str
    """The reference's words, without markup."""
    destination: str
    title: str | None
    line: int
    """Counted in the file."""
    in_heading: bool = False
    before: str = ""
    """The text of the same block before the reference; other references' words stand in it as typed."""
    after: str = ""
    row: str = ""
    """What the row of a table is about: its first cell, where the reference stands in another."""


#: A period behind another sign than it should be.
_NO_SLASH = re.compile(r"(?P<name>[a-z0-9-]+)[,;.:_\\]+(?P<period>\d{4}(?:-\w+|/\d{4})?)\Z")


def is_reference(destination: str) -> bool:
    """Tell whether a link's destination is meant as a reference."""
    return destination[:4].lower() == SCHEME


def is_filled_in(words: str) -> bool:
    """Tell whether a reference's words are left for the build to make (``…``, ``...`` or nothing)."""
    return words.strip() in _LEFT_OPEN


@lru_cache(maxsize=1 << 12)  # text after text asks for the same figures
def parse_reference(destination: str, title: str | None = None) -> Reference:
    """Parse a link's destination and title.

    Args:
        destination: ``tal:…``, percent-encoded or not.
        title: what stands between quotation marks after it, if anything.

    Raises:
        UnreadableReferenceError: with one Danish sentence about the first fault.
    """
    written = unicodedata.normalize("NFC", unquote(destination)).strip()
    if not written.startswith(SCHEME):
        raise UnreadableReferenceError(f"«{written}» skrives med små bogstaver: «{SCHEME}{written[4:]}».")
    body, gap, tail = written[4:].partition(" ")
    if gap:
        quoted = _REASON.match(tail.strip())
        if quoted is None:
            raise UnreadableReferenceError(
                f"«{written}» har et mellemrum. Skriv henvisningen i ét, uden mellemrum."
            )
        title = quoted["reason"]
    path, _, query = body.partition("?")
    if "&" in path:
        target, _, options = path.partition("&")
        raise UnreadableReferenceError(
            f"der mangler et spørgsmålstegn foran «{options}». Skriv {SCHEME}{target}?{options}."
        )
    if path == FREE:
        reason = (title or "").strip()
        if query or not reason:
            raise UnreadableReferenceError(
                '«tal:ingen» skal have en grund: [12 frivillige](tal:ingen "optalt af redaktionen").'
            )
        return Reference(None, free=reason)
    return _with_options(_parse_target(path), query)


def _parse_target(text: str) -> Target:
    match = _TARGET.match(text)
    if match is None or not match["indicator"]:
        raise UnreadableReferenceError(
            f"«{SCHEME}{text}» kan ikke læses. Skriv tal:<indikator>/<periode>@<kilde>, for eksempel "
            "tal:job-eller-uddannelse/2021."
        )
    indicator, period, source = match["indicator"], match["period"], match["source"]
    if source == "":
        raise UnreadableReferenceError(f"«{SCHEME}{text}» mangler kilden efter @.")
    if period is None and (apart := _NO_SLASH.match(indicator)):
        better = f"{SCHEME}{apart['name']}/{apart['period']}"
        raise UnreadableReferenceError(f"«{SCHEME}{text}» mangler en skråstreg før perioden. Skriv {better}.")
    for name, what in ((indicator, "indikatoren"), (source, "kilden")):
        if name is not None and not is_name(name):
            raise UnreadableReferenceError(
                f"{what} «{name}» i «{SCHEME}{text}» kan ikke læses: {name_wanted(name)}"
            )
    if period == "":
        raise UnreadableReferenceError(f"«{SCHEME}{text}» mangler perioden efter skråstregen.")
    return Target(indicator, period, source)


def _with_options(target: Target, query: str) -> Reference:
    found: dict[str, str] = {}
    for option in filter(None, query.split("&")):
        key, equals, value = option.partition("=")
        if key not in _OPTIONS:
            raise UnreadableReferenceError(
                f"«{key}» kendes ikke efter spørgsmålstegnet i {target}."
                f"{did_you_mean(key, _OPTIONS)} Der kan stå {_listed(_OPTIONS)}."
            )
        if not equals or not value:
            raise UnreadableReferenceError(f"«{key}=» mangler en værdi i {target}.")
        if key in found:
            raise UnreadableReferenceError(f"«{key}=» står to gange i {target}.")
        found[key] = value
    _check_choice(found, "form", tuple(FORMS))
    _check_choice(found, "vis", tuple(VIEWS))
    _check_choice(found, "så", DEGREES)
    _check_choice(found, "rettelse", ("nej",))
    if "mod" in found and "af" in found:
        raise UnreadableReferenceError(
            f"{target} har både «mod=» og «af=»: en påstand har kun én sammenligning."
        )
    if "vis" in found and ("form" in found or "mod" in found or "af" in found):
        raise UnreadableReferenceError(f"«vis=» i {target} kan ikke stå sammen med en sammenligning.")
    if "form" in found and not ("mod" in found or "af" in found) and found["form"] != "andel":
        raise UnreadableReferenceError(
            f"«form={found['form']}» i {target} skal have noget at sammenligne med: skriv også «mod=mål»."
        )
    return Reference(
        target,
        against=tuple(_parse_against(part) for part in found["mod"].split(",")) if "mod" in found else (),
        share_of=_parse_target(found["af"]) if "af" in found else None,
        form=found.get("form"),
        degree=found.get("så", "mange"),
        view=found.get("vis"),
        is_corrected="rettelse" not in found,
    )


def _parse_against(text: str) -> Relation | Target:
    try:
        return Relation(text)
    except ValueError:
        pass
    if text in _WITHOUT_RINGS:
        raise UnreadableReferenceError(f"«mod={text}» kendes ikke. Mente du «mod={_WITHOUT_RINGS[text]}»?")
    if text.startswith(SCHEME):
        text = text[len(SCHEME) :]
    return _parse_target(text)


def _check_choice(found: dict[str, str], key: str, choices: tuple[str, ...]) -> None:
    value = found.get(key)
    if value is not None and value not in choices:
        raise UnreadableReferenceError(
            f"«{key}={value}» kendes ikke.{did_you_mean(value, choices)} Der kan stå {_listed(choices)}."
        )


def _listed(words: tuple[str, ...]) -> str:
    quoted = [f"«{word}»" for word in words]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " eller " + quoted[-1]
