"""The keys of ``data/tal.yml``, declared once: for the reader, the JSON Schema and the editors' guide."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, WithJsonSchema

from magazine.danish.lists import listed
from magazine.danish.units import UNITS
from magazine.entries import UNKNOWN, Entry, Flag
from magazine.figures.model import Language

#: What programs check while an editor writes; the reader's own checks go further and tell more.
_DAY = r"\d{4}-\d{2}-\d{2}"
_PERIOD = r"^(\d{4}|\d{4}-H[12]|\d{4}-Q[1-4]|\d{4}-(0[1-9]|1[0-2])|\d{4}/\d{4})$"

Day = Annotated[str, WithJsonSchema({"type": "string", "pattern": f"^{_DAY}$"})]
PartialDay = Annotated[
    str, WithJsonSchema({"type": ["string", "number"], "pattern": rf"^(\d{{4}}(-\d{{2}}){{0,2}}|{UNKNOWN})$"})
]
PeriodText = Annotated[str, WithJsonSchema({"type": ["string", "number"], "pattern": _PERIOD})]
UnitName = Annotated[str, WithJsonSchema({"enum": list(UNITS)})]
Address = Annotated[str, WithJsonSchema({"type": "string", "pattern": f"^(https?://[^\\s/]+.*|{UNKNOWN})$"})]
Nouns = Annotated[
    tuple[str, ...],
    WithJsonSchema({"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}),
]


class SourceEntry(Entry):
    """A source."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"udgivet": {"type": "string", "pattern": f"^{_DAY}$"}}},
            "else": {"required": ["hentet"]},
        }
    )

    title: str = Field(alias="titel", description="Dokumentets titel, som der står på det.")
    publisher: str = Field(alias="udgiver", description="Hvem der har udgivet det.")
    published: PartialDay = Field(
        alias="udgivet",
        description="Udgivelsesdagen: 2022-05-24, en måned (2014-01), et år (2017) eller ukendt.",
    )
    read: Day | None = Field(
        None,
        alias="hentet",
        description="Dagen, redaktionen læste kilden. Skal stå, når udgivet ikke er en dag.",
    )
    url: Address = Field(alias="url", description="Adressen på nettet, eller ukendt.")
    pages: Flag | None = Field(
        None, alias="sider", description="ja, hvis kilden har sidetal; så skal hver observation sige side."
    )
    language: Language | None = Field(
        None,
        alias="sprog",
        description=f"Sproget i titel og citater, hvis det ikke er dansk: {listed(list(Language), 'eller')}. "
        "Så udtaler en skærmlæser dem rigtigt.",
    )
    note: str | None = Field(None, alias="note", description="En forklaring til redaktionen.")


class IndicatorEntry(Entry):
    """An indicator."""

    name: str = Field(alias="navn", description="Hvad der måles, i få ord: I job eller uddannelse.")
    unit: UnitName = Field(alias="enhed", description=f"Enheden: {', '.join(UNITS)}.")
    among: str = Field(alias="blandt", description="Hvem tallet gælder; – hvor der ingen er.")
    parts: tuple[str, ...] = Field((), alias="dele", description="Indikatorer, der er dele af denne.")
    exclusive: Flag | None = Field(
        None, alias="udelukkende", description="ja, hvis ingen kan være i to dele."
    )
    exhaustive: Flag | None = Field(
        None, alias="udtømmende", description="ja, hvis ingen er uden for delene."
    )
    target: str | None = Field(None, alias="mål", description="Indikatoren, der holder målet.")
    survey: Flag | None = Field(
        None,
        alias="spørgeskema",
        description="ja, hvis nogen er blevet spurgt; så skal hver observation sige n.",
    )
    statistic: Literal["gennemsnit", "median"] | None = Field(
        None, alias="statistik", description="gennemsnit eller median, hvis tallet er det."
    )
    nouns: Nouns = Field((), alias="navneord", description="Hvad et antal tæller: [kvinde, kvinder].")
    note: str | None = Field(None, alias="note", description="En forklaring til læserne.")


class SupersedesEntry(Entry):
    """What an observation replaces."""

    source: str = Field(alias="kilde", description="Kilden til det tal, der erstattes.")
    reason: Literal["revision", "fejl"] = Field(
        alias="årsag", description="revision (verden er talt op igen) eller fejl (det gamle tal var forkert)."
    )
    explanation: str = Field(alias="forklaring", description="Hvorfor, i en sætning til læserne.")


class MendedEntry(Entry):
    """What we copied wrongly."""

    day: Day = Field(alias="dato", description="Dagen, det blev rettet.")
    stood: str = Field(alias="stod", description="Det tal, der stod her før.")
    explanation: str = Field(alias="forklaring", description="Hvad der gik galt.")


class ObservationEntry(Entry):
    """An observation."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {
                "required": ["foretrukken"],
                "properties": {"foretrukken": {"enum": ["ja", True]}},
            },
            "then": {"required": ["hvorfor"]},
        }
    )

    indicator: str = Field(alias="indikator", description="Hvad der er målt.")
    period: PeriodText = Field(
        alias="periode", description="2021, 2021-H1, 2021-Q3, 2021-05 eller 2002/2021."
    )
    value: str = Field(
        alias="værdi", description="Som kilden skriver det: 59, 44,5, 1.500, 4 mio., næsten 10.000."
    )
    source: str = Field(alias="kilde", description="Hvor tallet står.")
    page: str | None = Field(None, alias="side", description="Sidetallet i kilden, eller ukendt.")
    n: str | None = Field(None, alias="n", description="Hvor mange der svarede, eller ukendt.")
    quotation: str | None = Field(None, alias="citat", description="Kildens egne ord, hvor de betyder noget.")
    note: str | None = Field(None, alias="note", description="En forklaring til læserne.")
    supersedes: SupersedesEntry | None = Field(None, alias="erstatter", description="Det tal, dette afløser.")
    preferred: Flag | None = Field(
        None, alias="foretrukken", description="ja, hvis magasinet bruger dette tal frem for et andet."
    )
    preferred_why: str | None = Field(None, alias="hvorfor", description="Hvorfor det foretrækkes.")
    mended: tuple[MendedEntry, ...] = Field(
        (), alias="rettet", description="Hvad vi selv har skrevet forkert af."
    )
    among: str | None = Field(None, alias="blandt", description="Hvis tallet gælder andre end indikatorens.")
    break_note: str | None = Field(
        None, alias="brud", description="Hvorfor serien ikke kan sammenlignes hen over dette tal."
    )
    status: Literal["opgjort", "foreløbig", "forventet"] = Field(
        "opgjort", alias="status", description="opgjort, foreløbig eller forventet."
    )


class FiguresEntry(Entry):
    """The file."""

    sources: dict[str, SourceEntry] = Field(alias="kilder", description="Dokumenterne, tallene kommer fra.")
    indicators: dict[str, IndicatorEntry] = Field(alias="indikatorer", description="Det, der måles.")
    observations: tuple[ObservationEntry, ...] = Field(alias="observationer", description="De udgivne tal.")
