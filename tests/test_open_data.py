"""The figures for others to use: valid by the standards' own tools, exact, and nothing that is not public.

One file a case under ``cases/open_data``: a value as a source prints it, and the cells that come of it.
"""

from __future__ import annotations

import csv
import io
import json
import warnings
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from one_article import magazine
from rdflib import Graph, URIRef
from rdflib.namespace import PROV

from magazine.pages.open_data import exact_decimal, open_data
from magazine.site import Site

CASES = sorted((Path(__file__).parent / "cases" / "open_data").glob("*.yml"))

HISTORY = """
- indikator: job
  periode: 2021
  værdi: 61
  kilde: rettet
  erstatter:
    kilde: rapport
    årsag: fejl
    forklaring: to skoler var talt med to gange
- indikator: job
  periode: 2021
  værdi: 62
  kilde: senere
  erstatter:
    kilde: rettet
    årsag: revision
    forklaring: flere svar kom til
- indikator: andel
  periode: 2021
  værdi: 44
  kilde: rapport
  rettet:
    - dato: 2023-02-01
      stod: 47
      forklaring: Vi havde byttet om på to linjer.
"""
PAGE = "https://a.example/tal/job/#2021-"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made, problems = magazine(tmp_path, {"tal": HISTORY, "tekst": "Om job."})
    assert problems == ()
    return made


def _files(site: Site) -> dict[str, bytes]:
    return dict(open_data(site))


def _rows(site: Site) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_files(site)["tal/tal.csv"].decode("utf-8"))))


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_a_value_as_printed_and_what_it_can_stand_for(path: Path, tmp_path: Path) -> None:
    case = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    observation = f"- indikator: maalt\n  periode: 2021\n  værdi: {case['værdi']}\n  kilde: rapport\n"
    figures = {"indikatorer": f"maalt:\n  navn: Målt\n  enhed: {case['enhed']}\n  blandt: –\n"}

    made, problems = magazine(tmp_path, {"tal": observation, "tekst": "Om job.", **figures})

    assert problems == ()
    row = _rows(made)[-1]
    assert {key: row[key] for key in case["giver"]} == case["giver"]


def test_the_package_validates(site: Site, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the validator's own imports
        import frictionless
    for path, data in open_data(site):
        (tmp_path / Path(path).name).write_bytes(data)

    report = frictionless.validate(str(tmp_path / "datapackage.json"))

    assert report.flatten(["title", "message"]) == []
    assert [task.name for task in report.tasks] == ["tal", "tal-json"]


def test_the_validator_sees_a_wrong_table(site: Site, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import frictionless
    for path, data in open_data(site):
        (tmp_path / Path(path).name).write_bytes(data.replace(b",58.5,ja,", b",cirka,ja,"))

    report = frictionless.validate(str(tmp_path / "datapackage.json"))

    assert "type-error" in [kind for (kind,) in report.flatten(["type"])]


@pytest.mark.filterwarnings("ignore:.*ConjunctiveGraph:DeprecationWarning")  # inside rdflib's own parser
def test_the_history_is_told_in_prov(site: Site) -> None:
    graph = Graph().parse(data=_files(site)["tal/tal.json"], format="json-ld")

    assert set(graph.subject_objects(PROV.wasRevisionOf)) == {
        (URIRef(f"{PAGE}rettet"), URIRef(f"{PAGE}rapport")),
        (URIRef(f"{PAGE}senere"), URIRef(f"{PAGE}rettet")),
    }
    assert len(set(graph.subject_objects(PROV.hadPrimarySource))) == len(site.figures.observations)
    assert len(set(graph.subjects(PROV.entity))) == 2


def test_why_a_value_was_replaced_is_said(site: Site) -> None:
    document: dict[str, Any] = json.loads(_files(site)["tal/tal.json"])

    told = {
        item["@id"]: (item["qualifiedRevision"]["årsag"], item["qualifiedRevision"]["forklaring"])
        for item in document["observationer"]
        if "qualifiedRevision" in item
    }
    assert told == {
        f"{PAGE}rettet": ("fejl", "to skoler var talt med to gange"),
        f"{PAGE}senere": ("revision", "flere svar kom til"),
    }
    assert document["observationer"][-1]["rettet"] == [
        {"dato": "2023-02-01", "stod": "47", "forklaring": "Vi havde byttet om på to linjer."}
    ]


def test_one_value_holds_for_a_period(site: Site) -> None:
    rows = [row for row in _rows(site) if (row["indikator"], row["periode"]) == ("job", "2021")]

    assert [(row["kilde"], row["gældende"]) for row in rows] == [
        ("rapport", "nej"),
        ("rettet", "nej"),
        ("senere", "ja"),
    ]


def test_what_is_not_yet_public_is_not_there(tmp_path: Path) -> None:
    made, _ = magazine(tmp_path, {"tal": HISTORY, "tekst": "Om job.", "nu": "2024-07-31"})

    assert b"senere" not in b"".join(_files(made).values())


@given(st.integers(-(10**12), 10**12), st.integers(0, 12), st.integers(0, 12))
def test_decimals_are_exact(number: int, twos: int, fives: int) -> None:
    value = Fraction(number, 2**twos * 5**fives)

    assert Fraction(exact_decimal(value)) == value


def test_a_third_has_no_last_decimal() -> None:
    with pytest.raises(ValueError, match="last decimal"):
        exact_decimal(Fraction(1, 3))
