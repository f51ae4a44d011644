"""Markdown to HTML with open slots; one file a case under ``cases/render``, whose text begins at line 5."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from magazine.addresses import name_of
from magazine.problems import Place
from magazine.references import Demand
from magazine.render import BlockSlot, Hole, PictureSlot, Rendered, Renderer, Slot, render_field

CASES = sorted((Path(__file__).parent / "cases" / "render").glob("*.yml"))


def _shown(rendered: Rendered) -> str:
    parts = []
    for piece in rendered.pieces:
        match piece:
            case Slot(number, inner):
                parts.append(f"{{{number}:{inner}}}")
            case BlockSlot(number):
                parts.append(f"{{blok {number}}}")
            case Hole(number):
                parts.append(f"{{{number}.address}}")
            case PictureSlot(number, alt):
                parts.append(f"{{{number}.picture {alt}}}")
            case _:
                parts.append(str(piece))
    return "".join(parts)


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_render(path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))

    rendered = Renderer().render(case["tekst"], "artikel.md", 5)

    problems = "".join(f"{problem}\n" for problem in sorted(set(rendered.problems)))
    assert problems == case.get("fejl", "")
    if "html" in case:
        assert _shown(rendered).replace("\u00a0", " ").replace("\u202f", " ") == case["html"].rstrip(
            "\n"
        ).replace("\u00a0", " ")
        assert [_told(demand) for demand in rendered.demands] == case.get("henvisninger", [])
        blocks = [
            {"navn": block.name, "linje": block.line, "indhold": block.body} for block in rendered.blocks
        ]
        assert blocks == case.get("blokke", [])


def _told(demand: Demand) -> dict[str, object]:
    told: dict[str, object] = {"ord": demand.words, "til": demand.destination, "linje": demand.line}
    if demand.in_heading:
        told["overskrift"] = True
    if demand.before:
        told["før"] = demand.before
    if demand.after:
        told["efter"] = demand.after
    return told


def test_the_converter_keeps_nothing_between_pages() -> None:
    renderer = Renderer()
    renderer.render("[59](tal:a) og [b](c.md) [^1]\n\n[^1]: Note.\n\n## Overskrift\n", "a.md")

    second = renderer.render("Ren tekst.", "b.md")

    assert second == Rendered(("<p>Ren tekst.</p>",), words=2)


def test_no_break_spaces_stand_where_they_should() -> None:
    html = _shown(Renderer().render("Den 24. maj fik 59 procent § 5, kl. 17.10 - 59 %.", "a.md"))

    assert html == ("<p>Den 24.\u00a0maj fik 59\u00a0procent §\u00a05, kl.\u00a017.10\u00a0– 59\u202f%.</p>")


def test_a_field_keeps_its_references() -> None:
    rendered = render_field("I 2021 kom [59 procent](tal:job/2021) i job", Place("a.md", 2))

    assert _shown(rendered) == "I 2021 kom {0:59 procent} i job"
    assert rendered.demands[0].line == 2


def test_around_a_reference_of_a_field_others_stand_as_typed() -> None:
    rendered = render_field("Af [98](tal:a) kom [14](tal:b), […](tal:c) blev", Place("a.md", 2))

    assert [(demand.before, demand.after) for demand in rendered.demands] == [
        ("Af ", " kom 14, … blev"),
        ("Af 98 kom ", ", … blev"),
        ("Af 98 kom 14, ", " blev"),
    ]


def test_a_field_tells_of_a_reference_it_cannot_read() -> None:
    rendered = render_field("Kom [59] (tal:job)", Place("a.md", 2))

    assert [str(problem)[:45] for problem in rendered.problems] == [
        "a.md:2: en henvisning kan ikke læses her. Skr"
    ]


PIECES = [*string.printable, *"æøå«»”…", "tal:", "](tal:x)", "](", "![", "\n\n", "<b>", "[^1]", "/// fakta"]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_no_text_makes_a_traceback_or_leaves_a_mark(text: str) -> None:
    rendered = Renderer().render(text, "a.md")

    assert not [character for character in _shown(rendered) if "\ue0f0" <= character <= "\ue0f3"]


def test_anchors_are_ascii() -> None:
    assert name_of("Ærø, Ålborg & Øst!") == "aeroe-aalborg-oest"
