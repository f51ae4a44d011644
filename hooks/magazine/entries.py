"""Declared entries: closed keys, required ones, and Danish words for what is wrong with them.

An entry is a pydantic model whose fields are texts; the Danish name of a key is the field's alias, and
its description is printed in the editors' guide and in the JSON Schema. What a text means (a date, a
number, an id) is parsed by whoever reads the entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, ValidationError, WithJsonSchema
from pydantic.fields import FieldInfo

from magazine.problems import Place, Problem, did_you_mean
from magazine.sources import Mapping as YamlMapping
from magazine.sources import Node, Scalar, Sequence

UNKNOWN = "ukendt"
#: Both spellings are read; the guide names the Danish one.
YES, NO = ("ja", "true"), ("nej", "false")

#: A key that takes ``ja`` or ``nej``, read with ``as_bool``; what programs offer an editor.
Flag = Annotated[str, WithJsonSchema({"enum": ["ja", "nej", True, False]})]


class Entry(BaseModel):
    """The base of all entries: frozen, and with no keys but its own."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


EntryType = TypeVar("EntryType", bound=Entry)


class Lines(Struct, frozen=True):
    """Where an entry's keys stand; ``of`` falls back on the entry's own line."""

    path: str
    line: int
    keys: Mapping[str, int]

    def of(self, key: str) -> Place:
        """Return the place of a key, ``image.alt`` for one inside another."""
        return Place(self.path, self.keys.get(key, self.keys.get(key.partition(".")[0], self.line)))


def read_entry(
    node: Node | None, model: type[EntryType], path: str, what: str, line: int = 1, name: str = ""
) -> tuple[EntryType | None, Lines, tuple[Problem, ...]]:
    """Read one entry.

    Args:
        node: a mapping of the YAML.
        model: what may stand in it.
        path: the file.
        what: what the entry is, as a message begins: ``kilden «x»``.
        line: where a missing entry would stand.
        name: its name, where it has one.

    Returns:
        The entry, or ``None`` where something is missing or of the wrong kind; where its keys stand; and
        the problems.
    """
    if not isinstance(node, YamlMapping):
        at = node.line if node is not None else line
        message = f"{what} skal bestå af nøgler med værdier: {', '.join(aliases(model, required=True))}."
        if name in aliases(model):
            message = (
                f"nøglen «{name}» står for langt til venstre. Ryk den ind under det navn, den hører til."
            )
        return None, Lines(path, at, {}), (Problem(Place(path, at), message),)
    lines = Lines(path, node.line, dict(_key_lines(node)))
    written = _plain(node, model)
    try:
        return model.model_validate(written), lines, ()
    except ValidationError as error:
        details = error.errors(include_url=False)
        told = [_problem(detail, model, lines, what) for detail in details]
        # A key written wrongly is missing too; that is one fault, told once.
        meant = {
            (*detail["loc"][:-1], known)
            for detail, problem in zip(details, told, strict=True)
            if detail["type"] == "extra_forbidden"
            for known in _model_at(model, detail["loc"][:-1])
            if f"Mente du «{known}»?" in problem.message
        }
        kept = [
            problem
            for detail, problem in zip(details, told, strict=True)
            if detail["type"] != "missing" or detail["loc"] not in meant
        ]
        # Keys too many do not hide what the others say: read on without them.
        entry = None
        if all(detail["type"] == "extra_forbidden" for detail in details):
            for detail in details:
                _forget(written, detail["loc"])
            entry = model.model_validate(written)
        return entry, lines, tuple(kept)


def salvage(node: Node | None, model: type[EntryType]) -> tuple[EntryType | None, frozenset[str]]:
    """Return what can be read of an entry with faults, and the keys that were given up.

    For readers that go on with the rest, so that all its faults are told at once; what is required and
    cannot be read is empty.

    Args:
        node: what ``read_entry`` could make no entry of.
        model: what may stand in it.

    Returns:
        The entry, or ``None`` where nothing can be read; and the keys, ``image.alt`` for one inside another.
    """
    written = _plain(node, model) if isinstance(node, YamlMapping) else {}
    given_up: set[str] = set()
    try:
        return model.model_validate(written), frozenset()
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            outer, *inner = detail["loc"]
            if detail["type"] == "extra_forbidden":
                _forget(written, detail["loc"])
            elif detail["type"] == "missing" and len(inner) == 1 and isinstance(written.get(outer), dict):
                # The other keys of a picture without a description tell enough to be looked at.
                written[outer][inner[0]] = ""
                given_up.add(f"{outer}.{inner[0]}")
            else:
                given_up.add(str(outer))
    for key, field in fields_of(model):
        if key in given_up:
            written.pop(key, None)
            if field.is_required():
                written[key] = ""
    try:
        return model.model_validate(written), frozenset(given_up)
    except ValidationError:
        return None, frozenset(given_up)


def aliases(model: type[BaseModel], *, required: bool = False) -> list[str]:
    """Return the keys of an entry in their order, all of them or the required ones."""
    return [
        field.alias or name
        for name, field in model.model_fields.items()
        if not required or field.is_required()
    ]


def fields_of(model: type[BaseModel]) -> Iterable[tuple[str, FieldInfo]]:
    """Yield each key with its declaration."""
    for name, field in model.model_fields.items():
        yield field.alias or name, field


def as_bool(text: str | None, *, default: bool = False) -> bool | None:
    """Return what ``ja`` or ``nej`` says; ``None`` where it says neither."""
    if text is None:
        return default
    folded = text.strip().casefold()
    return True if folded in YES else False if folded in NO else None


def _plain(node: Node, model: type[BaseModel] | None) -> Any:
    """Return a node as Python's own containers of text; a known key without a value is not there."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [_plain(item, model) for item in node.items]
    known = dict(fields_of(model)) if model is not None else {}
    return {
        key.text: _plain(value, _inner_model(known[key.text].annotation) if key.text in known else None)
        for key, value in node.entries
        if key.text not in known or value != Scalar("", value.line, True)
    }


def _forget(written: Any, location: tuple[Any, ...]) -> None:
    for part in location[:-1]:
        written = written[part]
    written.pop(location[-1], None)


def _key_lines(node: YamlMapping, prefix: str = "") -> Iterable[tuple[str, int]]:
    for key, value in node.entries:
        yield f"{prefix}{key.text}", key.line
        if isinstance(value, YamlMapping):
            yield from _key_lines(value, f"{prefix}{key.text}.")
        elif isinstance(value, Sequence):
            for index, item in enumerate(value.items):
                yield f"{prefix}{key.text}.{index}", item.line
                if isinstance(item, YamlMapping):
                    yield from _key_lines(item, f"{prefix}{key.text}.{index}.")


def _problem(detail: Any, model: type[BaseModel], lines: Lines, what: str) -> Problem:
    """Return one of pydantic's findings in Danish (its types are listed in its documentation)."""
    location = ".".join(str(part) for part in detail["loc"])
    outer = [part for part in detail["loc"][:-1] if isinstance(part, str)]
    if outer and detail["type"] in ("missing", "extra_forbidden"):
        what = f"«{outer[-1]}» i {what}"
    key = next((part for part in reversed(detail["loc"]) if isinstance(part, str)), "")
    place = lines.of(location)
    found = detail.get("input")
    match detail["type"]:
        case "missing":
            told = _description(model, detail["loc"])
            return Problem(
                lines.of(location.rpartition(".")[0]),
                f"{what} mangler «{key}»: {told[:1].lower()}{told[1:]}",
            )
        case "extra_forbidden":
            known = _model_at(model, detail["loc"][:-1])
            near = _meant(key, known)
            owner = _owner_of(key, _entry_at(model, detail["loc"][:-1]))
            if owner is not None and not near:
                told = f"nøglen «{key}» hører til under «{owner}»: ryk linjen længere ind end «{owner}»."
                return Problem(place, told)
            return Problem(
                place, f"{what} kender ikke nøglen «{key}».{near} Der kan stå: {', '.join(known)}."
            )
        case "string_type" if isinstance(found, list) and found and key in _IDS:
            return Problem(place, f"«{key}» i {what} skal være ét navn uden parenteser: {found[0]}.")
        case "string_type":
            shape = "en liste" if isinstance(found, list) else "nøgler og værdier"
            expected = "være en tekst" if key == detail["loc"][-1] else "bestå af tekster"
            return Problem(
                place,
                f"«{key}» i {what} skal {expected}, men er {shape}. Sæt teksten i enkelte anførselstegn: "
                "'…'.",
            )
        case "tuple_type" | "list_type":
            holds_texts = _entry_at(model, detail["loc"]) is _entry_at(model, detail["loc"][:-1])
            example = (
                f": [{found if '#' not in found else ', '.join(found.replace('#', ' ').split())}]"
                if isinstance(found, str) and holds_texts
                else ", hvor hvert led begynder med en bindestreg"
            )
            return Problem(place, f"«{key}» i {what} skal være en liste{example}.")
        case "model_type" | "model_attributes_type" | "dict_type":
            inner = ", ".join(aliases(_entry_at(model, detail["loc"]), required=True))
            return Problem(place, f"«{key}» i {what} skal bestå af nøgler med værdier: {inner}.")
        case "literal_error" | "enum":
            expected = str(detail.get("ctx", {}).get("expected", "")).replace("'", "«", 1)
            choices = [part.strip("«' ") for part in expected.replace(" or ", ", ").split(", ")]
            return Problem(
                place,
                f"«{key}: {found}» i {what} kendes ikke.{did_you_mean(str(found), choices)} "
                f"Der kan stå: {', '.join(choices)}.",
            )
    return Problem(place, f"«{key}» i {what} kan ikke læses: «{found}».")


#: Keys that hold the name of one thing, and never a text with a parenthesis in front.
_IDS = frozenset(
    {"category", "series", "indikator", "kilde", "mål", "kategori", "emne", "serie", "forfatter"}
)

#: What people call a key who know it by another name; one that is a key itself may stand here too.
_OTHER_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "overskrift": ("title", "titel"),
        "rubrik": ("title",),
        "dato": ("date", "udgivet"),
        "udgivet": ("date",),
        "underrubrik": ("description",),
        "beskrivelse": ("description", "tekst", "note"),
        "manchet": ("description",),
        "kategori": ("category",),
        "stikord": ("kicker",),
        "forfatter": ("authors",),
        "forfattere": ("authors",),
        "emner": ("tags",),
        "serie": ("series",),
        "opdateret": ("updated",),
        "kladde": ("draft",),
        "billede": ("image",),
        "rettelser": ("corrections",),
        "fil": ("src",),
        "billedtekst": ("caption",),
        "fotograf": ("credit",),
        "foto": ("credit",),
        "fokus": ("focus",),
        "title": ("titel",),
        "name": ("navn",),
        "link": ("url",),
        "adresse": ("url",),
        "forlag": ("udgiver",),
        "date": ("udgivet", "dato"),
        "læst": ("hentet",),
        "unit": ("enhed",),
        "år": ("periode",),
        "tal": ("værdi",),
        "procent": ("værdi",),
        "svar": ("n",),
        "begrundelse": ("hvorfor", "forklaring"),
        "grund": ("hvorfor", "årsag"),
        "overskrifter": ("titel",),
        "mail": ("email",),
        "tlf": ("telefon",),
    }
)


def _meant(key: str, known: Collection[str]) -> str:
    """Return `` Mente du «x»?`` for a key that was misspelt, or called what it is."""
    other = next((name for name in _OTHER_NAMES.get(key.casefold(), ()) if name in known), "")
    return f" Mente du «{other}»?" if other else did_you_mean(key, known)


def _model_at(model: type[BaseModel], location: tuple[Any, ...]) -> list[str]:
    return aliases(_entry_at(model, location))


def _owner_of(key: str, model: type[BaseModel]) -> str | None:
    """Return the key under which another has its place."""
    for name, field in fields_of(model):
        inner = _inner_model(field.annotation)
        if inner is not None and key in aliases(inner):
            return name
    return None


def _description(model: type[BaseModel], location: tuple[Any, ...]) -> str:
    field = dict(fields_of(_entry_at(model, location[:-1]))).get(str(location[-1]))
    return (field.description if field else None) or "den skal stå der."


def _entry_at(model: type[BaseModel], location: tuple[Any, ...]) -> type[BaseModel]:
    current: type[BaseModel] = model
    for part in location:
        for name, field in fields_of(current):
            if name == part:
                current = _inner_model(field.annotation) or current
    return current


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _inner_model(argument)
        if found is not None:
            return found
    return None
