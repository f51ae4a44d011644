"""Markdown to HTML with open slots; one file a case under ``cases/render``, whose text begins at line 5."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor

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


@pytest.mark.parametrize(
    "body", ["[^a]:\n", "Ord[^b].\n\n[^a]:\n\n[^b]: Note\n", "[^a]:\n/// fakta | T\n\nord\n"]
)
def test_an_empty_note_is_told_of(body: str) -> None:
    problems = Renderer().render(body, "a.md").problems

    assert "fodnoten «[^a]» bruges ikke" in " ".join(problem.message for problem in problems)


@pytest.mark.parametrize(
    "body",
    [
        "1. >>/// fakta\n/// fakta\n",
        "> /// citat\n/// fakta\n",
        "ord\n> /// citat | A\n## b\n/// fakta\n. > ##",
    ],
)
def test_what_is_entangled_is_told_of_and_the_next_text_is_read(body: str) -> None:
    renderer = Renderer()

    problems = renderer.render(body, "a.md").problems

    assert "står inde i hinanden" in problems[0].message
    assert renderer.render("1. ord\n", "a.md") == Renderer().render("1. ord\n", "a.md")


def test_anchors_are_ascii() -> None:
    assert name_of("Ærø, Ålborg & Øst!") == "aeroe-aalborg-oest"


def _all_the_way() -> Renderer:
    """Return a renderer that takes every step of Python-Markdown's with every text."""
    whole: Any = Renderer()
    whole._plain_tree = lambda body, first_line: None
    renderer: Renderer = whole
    md: Any = renderer._markdown
    md.preprocessors.register(NormalizeWhitespace(md), "normalize_whitespace", 30)
    fenced = FencedBlockPreprocessor(md, md.preprocessors["fenced_code_block"].config)
    md.preprocessors.register(fenced, "fenced_code_block", 25)
    md.parser.blockprocessors = [
        step for step in md.parser.blockprocessors if type(step).__name__ != "_Paragraphs"
    ]
    md.treeprocessors.register(InlineProcessor(md), "inline", 20)
    md.treeprocessors.register(UnescapeTreeprocessor(md), "unescape", 0)
    return renderer


SHORT, LONG = Renderer(), _all_the_way()

#: What Markdown knows, in and out of its place.
SIGNS = (
    *(
        "ord",
        "Anna",
        "12",
        " ",
        "  ",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "*",
        "**",
        "_",
        "`",
        "``",
        "\\",
        "\\*",
        "&",
        "&amp;",
    ),
    *(
        "[",
        "]",
        "[ord]",
        "[ord](a.md)",
        "[12 procent](tal:x/2010)",
        "[ord][a]",
        "[a]: b.md",
        "[^1]",
        "[^1]: Note",
    ),
    *('![alt](../x.svg "Tekst. Foto: A")', "![", "<", "<b>", "<https://a.dk>", "<a@b.dk>", "{#navn}", "{.a}"),
    *("# ", "## ", "- ", "1. ", "> ", ": ", "---", "===", "***", "| a | b |", "|---|--:|", "|"),
    *("```", "~~~", "```tal-graf", "/// fakta | A", "/// citat", "///", "tal:x"),
)


@given(st.lists(st.sampled_from(SIGNS), max_size=24).map("".join))
def test_steps_that_are_left_out_would_have_found_nothing(text: str) -> None:
    assert SHORT.render(text, "a.md") == LONG.render(text, "a.md")


#: What nine of ten texts are made of, and what comes close to it.
PLAIN = (
    *(
        "ord",
        "Anna",
        "12",
        " ",
        "\n",
        "\n\n",
        "\n\n\n",
        "  ",
        ". ",
        ", ",
        "(",
        ")",
        '"',
        "'",
        "”",
        "–",
        ">",
        "=",
        "~~~",
    ),
    *(
        "## ",
        "### ",
        "# ",
        "##",
        "- ",
        "\n- ord",
        "\n  mere",
        "1. ",
        "\n2. ord",
        "3. maj",
        "-",
        "---",
        ": ",
        "/",
        "///",
    ),
    *(
        "[ord](a.md)",
        "[12 procent](tal:x/2010)",
        "[…](tal:x)",
        "[to\nord](tal:y)",
        '[2](tal:ingen "en grund")',
    ),
    *(
        "[ord](https://a.dk/b)",
        "[ord](a.md 'b')",
        "[ord](a(b).md)",
        "[ord]( a.md )",
        "[](tal:x)",
        "[ ](a)",
        "[a]()",
    ),
    *(
        "[",
        "]",
        "!",
        "tal:x",
        "Antal: 5",
        "[ord](tal:x)[ord](tal:y)",
        "\u00a0",
        "\u2028",
        "\t",
        "5 %",
        "kl. 17:30",
    ),
    *(
        "\n* ord",
        "\n\n- ord",
        "\n\n1. ord",
        "* ",
        "+ ",
        "a & b",
        "a&b",
        "&nbsp;",
        "&",
        ";",
        "[ord](https://a.dk/?b=1&c=2)",
        "*ord*",
        "**ord**",
        "_ord_",
        "__ord__",
        "*to ord*",
        "**to\nord**",
        "***ord***",
        "*",
        "**",
        "_",
        "(*ord*)",
        "*[ord](a.md)*",
        "**to [2](tal:x), [ord](a_b.md) ord**",
        "[to *ord*](a.md)",
        "[*ord*](tal:x)",
        "[ord](a_b.md)",
        "  \n",
        "   \nord",
    ),
    *(
        "/// fakta | Ord\n",
        "/// fakta\n",
        "\n\n/// citat\nord\n///",
        "\n\n/// fakta | [2](tal:x)\n\n- ord\n\n///\n\n",
    ),
    *("\n///\n\n", "/// citat | *Anna*\n", '![alt](../x.svg "Tekst. Foto: A")', "\n\n![*alt*](x.svg)\n\n"),
    *("\n\n| a | b |\n|---|--:|\n| [1](tal:x) | *2* |", "\n| c | |", "\n|:-:|:--|\n", "| a | b |", " | "),
    *("\n> ", "\n>", "> ord", "\n\n> ord\n> ord", "\n>\n> ", "> ## ", "> - ", ">  "),
    *("\n\n```tal-graf\na:\n  - b\n```\n\n", "```tal-boks\n```\n", "\n\n```\n", "```tal-[ord](a.md)\n```\n"),
)


@given(st.lists(st.sampled_from(PLAIN), max_size=24).map("".join))
def test_a_plain_text_is_what_python_markdown_makes_of_it(text: str) -> None:
    assert SHORT.render(text, "a.md", 5) == LONG.render(text, "a.md", 5)


@given(
    st.lists(st.sampled_from(("ord", "Æ", "é", "š", "7", "²", "\x85", "”", ",", ".", " ", "\n"))).map("".join)
)
def test_words_are_counted_alike_however_the_text_is_written(text: str) -> None:
    # No encoding of one byte has the last letter.
    assert SHORT.render(f"{text} ŋ", "a.md").words == SHORT.render(text, "a.md").words + 1


def test_the_texts_that_there_are_come_out_the_same_both_ways() -> None:
    root = Path(__file__).parent.parent
    texts = [path.read_text("utf-8") for path in (*root.glob("*.md"), *root.glob("[ad]*/**/*.md"))]
    texts += [yaml.safe_load(path.read_text("utf-8"))["tekst"] for path in CASES]
    blocks = [block for text in texts for block in text.split("\n\n")]

    for text in (*texts, *blocks):
        assert SHORT.render(text, "a.md", 5) == LONG.render(text, "a.md", 5)
