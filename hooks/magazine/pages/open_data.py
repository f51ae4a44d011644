"""The figures for others to use: JSON with provenance, CSV, a Frictionless Data Package, and schema.org.

Values stand as the source printed them. Beside them stand the ends of the interval that the printed number
tells, as exact decimal numbers: 59 is at least 58.5 and under 59.5. Nothing is rounded here, and no number
is made that no source has.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from magazine.figures.cite import describe_source
from magazine.figures.model import Indicator, Observation, Source
from magazine.figures.select import NoValue, in_force
from magazine.pages.json_ld import breadcrumbs, graph
from magazine.site import Site

ADDRESS = "/tal/"
JSON_ADDRESS, CSV_ADDRESS, PACKAGE_ADDRESS = "/tal/tal.json", "/tal/tal.csv", "/tal/datapackage.json"

_PROV = "http://www.w3.org/ns/prov#"
#: What each column is: name, type and constraints of the Table Schema, and what it means.
_FIELDS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("indikator", {"type": "string", "constraints": {"required": True}}, "Indikatorens id."),
    ("navn", {"type": "string"}, "Hvad der måles."),
    ("enhed", {"type": "string"}, "Enheden."),
    ("blandt", {"type": "string"}, "Blandt hvem det er målt; tomt, hvor der ikke er nogen gruppe."),
    (
        "periode",
        {"type": "string", "constraints": {"required": True}},
        "Perioden: 2021, 2021-H1, 2021-Q3, 2021-05 eller et spænd 2002/2021.",
    ),
    ("fra", {"type": "date"}, "Periodens første dag."),
    ("til", {"type": "date"}, "Periodens sidste dag."),
    ("værdi", {"type": "string", "constraints": {"required": True}}, "Tallet, som kilden trykker det."),
    (
        "nedre",
        {"type": "number"},
        "Den mindste værdi, det trykte tal kan stå for; tomt, hvor der ingen grænse er.",
    ),
    ("nedre_med", {"type": "boolean"}, "Om den nedre grænse selv er med."),
    (
        "øvre",
        {"type": "number"},
        "Den største værdi, det trykte tal kan stå for; tomt, hvor der ingen grænse er.",
    ),
    ("øvre_med", {"type": "boolean"}, "Om den øvre grænse selv er med."),
    (
        "status",
        {"type": "string", "constraints": {"enum": ["opgjort", "foreløbig", "forventet"]}},
        "Om tallet er opgjort, foreløbigt eller forventet.",
    ),
    ("gældende", {"type": "boolean"}, "Om det er det tal, magasinet bruger for perioden i dag."),
    ("n", {"type": "string"}, "Hvor mange der svarede; «ukendt», hvor kilden ikke siger det."),
    ("kilde", {"type": "string", "constraints": {"required": True}}, "Kildens id."),
    ("titel", {"type": "string"}, "Kildens titel."),
    ("udgiver", {"type": "string"}, "Kildens udgiver."),
    (
        "udgivet",
        {"type": "string"},
        "Dagen, måneden eller året, kilden er udgivet; «ukendt», hvor den er det.",
    ),
    ("hentet", {"type": "date"}, "Dagen, kilden blev læst."),
    ("url", {"type": "string"}, "Kildens adresse."),
    ("side", {"type": "string"}, "Sidetallet i kilden; «ukendt», hvor det er det."),
    ("citat", {"type": "string"}, "Kildens egne ord."),
    ("erstatter", {"type": "string"}, "Id på den kilde, hvis tal dette afløser."),
    (
        "årsag",
        {"type": "string", "constraints": {"enum": ["revision", "fejl"]}},
        "Hvorfor det afløser: talt op igen, eller en fejl.",
    ),
    ("forklaring", {"type": "string"}, "Forklaringen på afløsningen."),
    ("foretrukket", {"type": "string"}, "Hvorfor magasinet bruger dette tal frem for andre kilders."),
    ("brud", {"type": "string"}, "Hvorfor rækken ikke kan sammenlignes hen over dette tal."),
    ("note", {"type": "string"}, "Bemærkninger."),
    ("adresse", {"type": "string"}, "Hvor tallet står i magasinet."),
)


class _Row(Struct, frozen=True):
    """An observation with everything that belongs to it."""

    observation: Observation
    indicator: Indicator
    source: Source
    is_in_force: bool
    address: str


def open_data(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the three files under ``/tal/``."""
    rows = tuple(_rows(site))
    table = _csv(rows)
    yield CSV_ADDRESS.lstrip("/"), table
    yield JSON_ADDRESS.lstrip("/"), _json(_document(site, rows))
    yield PACKAGE_ADDRESS.lstrip("/"), _json(_package(site, table))


def exact_decimal(value: Fraction) -> str:
    """Return a fraction whose denominator has no primes but 2 and 5, written out: ``58.5``.

    Raises:
        ValueError: for a fraction that has no end, such as a third.
    """
    rest = value.denominator
    places = 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest, places = rest // prime, places + 1
    if rest != 1:
        raise ValueError(f"{value} has no last decimal")
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    whole, part = (digits[:-places], digits[-places:].rstrip("0")) if places else (digits, "")
    return f"{'-' if value < 0 else ''}{whole}{f'.{part}' if part else ''}"


def row_id(period: str, source: str) -> str:
    """Return the id of an observation's row on its indicator's page."""
    return f"{period}-{source}".replace("/", "-")


def figures_json_ld(site: Site) -> Markup:
    """Return the data set of all figures (schema.org)."""
    base = site.settings.address
    node = _dataset(
        site,
        ADDRESS,
        f"Tallene i {site.settings.name}",
        f"Alle tal, som {site.settings.name} bruger: hvad de måler, hvem der har udgivet dem hvornår, og "
        "hvad der siden er rettet eller talt op igen.",
        tuple(site.figures.indicators.values()),
    )
    node["distribution"] = [
        _download(base, JSON_ADDRESS, "application/ld+json"),
        _download(base, CSV_ADDRESS, "text/csv"),
        _download(base, PACKAGE_ADDRESS, "application/json"),
    ]
    return graph(node, breadcrumbs(site, (("Tallene", ADDRESS),)))


def indicator_json_ld(site: Site, indicator: Indicator) -> Markup:
    """Return the data set of one indicator (schema.org)."""
    address = f"{ADDRESS}{indicator.id}/"
    among = f" Målt blandt {indicator.among}." if indicator.among else ""
    node = _dataset(
        site,
        address,
        indicator.name,
        f"{indicator.name} ({indicator.unit.plural or 'antal'}): hver udgivet opgørelse med kilde, dato og "
        f"forbehold.{among}",
        (indicator,),
    )
    node["isPartOf"] = {
        "@type": "Dataset",
        "@id": f"{site.settings.address}{ADDRESS}",
        "name": f"Tallene i {site.settings.name}",
    }
    node["distribution"] = [
        _download(site.settings.address, JSON_ADDRESS, "application/ld+json"),
        _download(site.settings.address, CSV_ADDRESS, "text/csv"),
    ]
    return graph(node, breadcrumbs(site, (("Tallene", ADDRESS), (indicator.name, address))))


def _dataset(
    site: Site, address: str, name: str, description: str, indicators: tuple[Indicator, ...]
) -> dict[str, Any]:
    base = site.settings.address
    ids = {indicator.id for indicator in indicators}
    observations = [item for item in site.figures.observations if item.indicator in ids]
    sources = {item.source: site.figures.sources[item.source] for item in observations}
    node: dict[str, Any] = {
        "@type": "Dataset",
        "@id": f"{base}{address}",
        "name": name,
        "description": description,
        "url": f"{base}{address}",
        "inLanguage": "da",
        "isAccessibleForFree": True,
        "creator": {"@type": "NewsMediaOrganization", "name": site.settings.name, "url": f"{base}/"},
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "name": indicator.name,
                "unitText": indicator.unit.id,
                "url": f"{base}{ADDRESS}{indicator.id}/",
            }
            for indicator in indicators
            if any(item.indicator == indicator.id for item in observations)
        ],
        "isBasedOn": [_based_on(source) for source in sources.values()],
    }
    if observations:
        first = min(item.period.first for item in observations)
        last = max(item.period.last for item in observations)
        node["temporalCoverage"] = f"{first.isoformat()}/{last.isoformat()}"
        node["dateModified"] = max(source.vintage for source in sources.values()).isoformat()
    return node


def _based_on(source: Source) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": source.title,
        "publisher": {"@type": "Organization", "name": source.publisher},
    }
    if source.published is not None:
        node["datePublished"] = source.published.text
    if source.url:
        node["url"] = source.url
    return node


def _download(base: str, address: str, kind: str) -> dict[str, Any]:
    return {"@type": "DataDownload", "contentUrl": f"{base}{address}", "encodingFormat": kind}


def _rows(site: Site) -> Iterator[_Row]:
    figures, today = site.figures, site.clock.today
    answers: dict[tuple[str, str], frozenset[str]] = {}
    for observation in figures.observations:
        asked = (observation.indicator, observation.period.text)
        if asked not in answers:
            try:
                found = in_force(figures, *asked, today, today)
                answers[asked] = frozenset(item.key for item in (found.observation, *found.agreeing))
            except NoValue:
                answers[asked] = frozenset()
        yield _Row(
            observation,
            figures.indicators[observation.indicator],
            figures.sources[observation.source],
            observation.key in answers[asked],
            f"{site.settings.address}{ADDRESS}{observation.indicator}/"
            f"#{row_id(observation.period.text, observation.source)}",
        )


def _cells(row: _Row) -> dict[str, str]:
    observation, indicator, source = row.observation, row.indicator, row.source
    interval, supersedes = observation.value.interval, observation.supersedes
    return {
        "indikator": indicator.id,
        "navn": indicator.name,
        "enhed": indicator.unit.id,
        "blandt": observation.among or indicator.among or "",
        "periode": observation.period.text,
        "fra": observation.period.first.isoformat(),
        "til": observation.period.last.isoformat(),
        "værdi": observation.value.text,
        "nedre": "" if interval.low is None else exact_decimal(interval.low),
        "nedre_med": "" if interval.low is None else _yes(interval.low_closed),
        "øvre": "" if interval.high is None else exact_decimal(interval.high),
        "øvre_med": "" if interval.high is None else _yes(interval.high_closed),
        "status": str(observation.status),
        "gældende": _yes(row.is_in_force),
        "n": observation.n.text if observation.n else ("ukendt" if indicator.survey else ""),
        "kilde": source.id,
        "titel": source.title,
        "udgiver": source.publisher,
        "udgivet": source.published.text if source.published else "ukendt",
        "hentet": source.read.isoformat() if source.read else "",
        "url": source.url or "",
        "side": observation.page or ("ukendt" if source.has_pages else ""),
        "citat": observation.quotation or "",
        "erstatter": supersedes.source if supersedes else "",
        "årsag": str(supersedes.reason) if supersedes else "",
        "forklaring": supersedes.explanation if supersedes else "",
        "foretrukket": observation.preferred_why or "",
        "brud": observation.break_note or "",
        "note": observation.note or "",
        "adresse": row.address,
    }


def _yes(flag: bool) -> str:
    return "ja" if flag else "nej"


def _csv(rows: tuple[_Row, ...]) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, [name for name, _, _ in _FIELDS], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_cells(row) for row in rows)
    return file.getvalue().encode("utf-8")


def _package(site: Site, table: bytes) -> dict[str, Any]:
    base = site.settings.address
    return {
        "profile": "data-package",
        "name": "tal",
        "title": f"Tallene i {site.settings.name}",
        "description": "Hvert tal, som kilden trykker det, med kilde, udgivelse og historie.",
        "homepage": f"{base}{ADDRESS}",
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "tal",
                "path": "tal.csv",
                "title": "Alle opgørelser, en på hver linje",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(table),
                "hash": f"sha256:{hashlib.sha256(table).hexdigest()}",
                "schema": {
                    "fields": [_field(name, kind, text) for name, kind, text in _FIELDS],
                    "primaryKey": ["indikator", "periode", "kilde"],
                    "missingValues": [""],
                },
            },
            {
                "profile": "data-resource",
                "name": "tal-json",
                "path": "tal.json",
                "title": "Det samme som JSON-LD, med historien udtrykt i PROV",
                "format": "json",
                "mediatype": "application/ld+json",
                "encoding": "utf-8",
            },
        ],
        "sources": [
            {"title": describe_source(source), **({"path": source.url} if source.url else {})}
            for source in _used_sources(site)
        ],
    }


def _field(name: str, kind: dict[str, Any], description: str) -> dict[str, Any]:
    field = {"name": name, "description": description, **kind}
    if kind["type"] == "boolean":
        field |= {"trueValues": ["ja"], "falseValues": ["nej"]}
    return field


def _used_sources(site: Site) -> Iterator[Source]:
    used = {observation.source for observation in site.figures.observations}
    yield from (source for source in site.figures.sources.values() if source.id in used)


def _document(site: Site, rows: tuple[_Row, ...]) -> dict[str, Any]:
    base = f"{site.settings.address}{ADDRESS}"
    return {
        "@context": {
            "@vocab": f"{base}#",
            "prov": _PROV,
            "Entity": "prov:Entity",
            "wasRevisionOf": {"@id": "prov:wasRevisionOf", "@type": "@id"},
            "hadPrimarySource": {"@id": "prov:hadPrimarySource", "@type": "@id"},
            "qualifiedRevision": "prov:qualifiedRevision",
            "Revision": "prov:Revision",
            "entity": {"@id": "prov:entity", "@type": "@id"},
            "mål": {"@type": "@id"},
            "dele": {"@type": "@id"},
        },
        "@id": base,
        "titel": f"Tallene i {site.settings.name}",
        "kilder": [_source_node(base, source) for source in _used_sources(site)],
        "indikatorer": [
            _indicator_node(base, indicator)
            for indicator in site.figures.indicators.values()
            if any(row.indicator is indicator for row in rows)
        ],
        "observationer": [_observation_node(base, row) for row in rows],
    }


def _source_node(base: str, source: Source) -> dict[str, Any]:
    return _without_empty(
        {
            "@id": f"{base}#kilde-{source.id}",
            "@type": "Entity",
            "id": source.id,
            "titel": source.title,
            "udgiver": source.publisher,
            "udgivet": source.published.text if source.published else "ukendt",
            "hentet": source.read.isoformat() if source.read else "",
            "url": source.url or "ukendt",
            "note": source.note or "",
        }
    )


def _indicator_node(base: str, indicator: Indicator) -> dict[str, Any]:
    return _without_empty(
        {
            "@id": f"{base}{indicator.id}/",
            "id": indicator.id,
            "navn": indicator.name,
            "enhed": indicator.unit.id,
            "blandt": indicator.among or "",
            "statistik": indicator.statistic or "",
            "mål": f"{base}{indicator.target}/" if indicator.target else "",
            "dele": [f"{base}{part}/" for part in indicator.parts],
            "note": indicator.note or "",
        }
    )


def _observation_node(base: str, row: _Row) -> dict[str, Any]:
    observation = row.observation
    cells = _cells(row)
    node: dict[str, Any] = {
        "@id": row.address,
        "@type": "Entity",
        "hadPrimarySource": f"{base}#kilde-{observation.source}",
    }
    node |= {
        key: cells[key]
        for key in ("indikator", "periode", "fra", "til", "værdi", "nedre", "øvre", "status", "kilde", "n")
    }
    node |= {key: cells[key] == "ja" for key in ("nedre_med", "øvre_med", "gældende") if cells[key]}
    node |= {key: cells[key] for key in ("side", "citat", "foretrukket", "brud", "note")}
    if observation.among:
        node["blandt"] = observation.among
    if observation.supersedes is not None:
        name = row_id(observation.period.text, observation.supersedes.source)
        before = f"{base}{observation.indicator}/#{name}"
        node["wasRevisionOf"] = before
        node["qualifiedRevision"] = {
            "@type": "Revision",
            "entity": before,
            "årsag": str(observation.supersedes.reason),
            "forklaring": observation.supersedes.explanation,
        }
    if observation.mended:
        node["rettet"] = [
            {"dato": item.day.isoformat(), "stod": item.stood.text, "forklaring": item.explanation}
            for item in observation.mended
        ]
    return _without_empty(node)


def _without_empty(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value not in ("", [])}


def _json(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
