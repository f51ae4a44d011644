"""Number phrases against values; one file a row of the table under ``cases/claims``.

A case names its columns once and has a line for each phrase: the words, the value as a source prints it,
what it is compared with, and the verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from magazine.claims import Against, Fact, Facts, Verdict, judge
from magazine.danish.units import UNITS
from magazine.figures.periods import parse_period
from magazine.phrases import AmbiguousPhraseError, PhraseError, parse_phrase
from magazine.values import parse_value

CASES = sorted((Path(__file__).parent / "cases" / "claims").glob("*.yml"))

#: Everything that a case may say, with what it says where it is silent.
DEFAULTS: dict[str, Any] = {
    "enhed": "procent",
    "mod-enhed": None,
    "mod": None,
    "forhold": "andet",
    "mål": False,
    "af": None,
    "periode": "2021",
    "mod-periode": "2020",
    "rækken": None,
    "brud": None,
    "navneord": [],
    "statistik": None,
    "mod-statistik": None,
    "citat": None,
    "kilde": "a",
    "mod-kilde": "a",
    "grundlag": None,
    "dele": [],
    "udtømmende": False,
    "grund": None,
}


@dataclass(frozen=True)
class Line:
    """A phrase, what it is judged by, and what should come of it."""

    case: str
    words: str
    verdict: str
    settings: dict[str, Any] = field(hash=False)

    def __str__(self) -> str:
        told = [
            self.case,
            self.words,
            *(str(self.settings[key]) for key in ("værdi", "mod") if self.settings[key]),
        ]
        return " ".join(told)


def _lines() -> Iterator[Line]:
    for path in CASES:
        # Every scalar as text: there are no YAML numbers in the magazine.
        case = _with_nothing(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader))
        columns = case["kolonner"]
        for row in case["prøver"]:
            assert len(row) == len(columns), f"{path.name}: {row}"
            settings = DEFAULTS | {key: value for key, value in case.items() if key in DEFAULTS}
            settings |= dict(zip(columns, row, strict=True))
            yield Line(path.stem, str(settings.pop("ord")), str(settings.pop("dom")), settings)


def _with_nothing(case: Any) -> Any:
    if isinstance(case, dict):
        return {key: _with_nothing(value) for key, value in case.items()}
    if isinstance(case, list):
        return [_with_nothing(value) for value in case]
    return {"null": None, "true": True}.get(case, case)


LINES = tuple(_lines())


def fact(
    value: str,
    unit: str = "procent",
    *,
    period: str = "2021",
    target: bool = False,
    source: str = "a",
    nouns: tuple[str, ...] = (),
    statistic: str | None = None,
    quotation: str | None = None,
    name: str = "Tallet",
) -> Fact:
    """Return a value as a source prints it."""
    return Fact(
        parse_value(str(value), UNITS[unit], target=target),
        UNITS[unit],
        nouns,
        statistic,
        quotation,
        parse_period(str(period)),
        f"Kilden {source}",
        name,
        f"{name}/{period}@{source}={value}",
        source,
    )


def facts(settings: dict[str, Any]) -> Facts:
    """Return what a line is judged by."""
    unit = settings["enhed"]
    against = Against(settings["forhold"]) if settings["mod"] is not None else Against.NOTHING
    is_target = against is Against.TARGET or settings["mål"]
    same_time = against in (Against.TARGET, Against.WHOLE, Against.SET)
    others = settings["mod"] if isinstance(settings["mod"], list) else [settings["mod"]]
    return Facts(
        fact(
            settings["værdi"],
            unit,
            period=settings["periode"],
            source=settings["kilde"],
            nouns=tuple(settings["navneord"]),
            statistic=settings["statistik"],
            quotation=settings["citat"],
        ),
        against,
        tuple(
            fact(
                other,
                settings["mod-enhed"] or unit,
                period=settings["periode"] if same_time else settings["mod-periode"],
                target=is_target,
                source=settings["mod-kilde"],
                nouns=tuple(settings["navneord"]),
                statistic=settings["mod-statistik"],
                name=f"Det andet {place}",
            )
            for place, other in enumerate(others)
            if other is not None
        ),
        fact(settings["af"], unit, source=settings["mod-kilde"], name="Helheden") if settings["af"] else None,
        tuple(fact(part, unit, name=f"Del {place}") for place, part in enumerate(settings["dele"])),
        settings["udtømmende"],
        tuple(
            fact(value, unit, period=period, nouns=tuple(settings["navneord"]))
            for period, value in (settings["rækken"] or {}).items()
        ),
        settings["brud"],
        settings["grundlag"],
    )


def verdict_of(words: str, known: Facts) -> tuple[str, Verdict | None, str]:
    """Return a verdict as the cases write it."""
    nouns = frozenset(noun for one in known.all for noun in one.nouns)
    try:
        phrase = parse_phrase(words, nouns, known.subject.statistic)
    except AmbiguousPhraseError as error:
        return "tvetydig", None, str(error)
    except PhraseError as error:
        return "ulæselig", None, str(error)
    verdict = judge(phrase, known)
    told = str(verdict.kind)
    if told == "uafgjort":
        told += ", trykt" if verdict.prints else ", fejl"
    if "kildens egne ord" in verdict.notes:
        told = "kildens ord"
    return told, verdict, verdict.message


@pytest.mark.parametrize("line", LINES, ids=[str(line) for line in LINES])
def test_verdict(line: Line) -> None:
    told, _, message = verdict_of(line.words, facts(line.settings))

    assert told == line.verdict, message
    if line.settings["grund"]:
        assert line.settings["grund"] in message
