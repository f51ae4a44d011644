"""Danish typography; one file a case, in which ``·`` is a no-break space and ``‹`` a narrow one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from magazine.danish.typography import OBJECT, set_run, set_text
from magazine.problems import Place
from magazine.render import Renderer, Slot, render_field

CASES = sorted((Path(__file__).parent / "cases" / "typography").glob("*.yml"))


def _spaced(text: str) -> str:
    return text.replace("·", "\u00a0").replace("‹", "\u202f")


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_set_text(path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))

    assert set_text(_spaced(case["tekst"])) == _spaced(case["sat"])


PARTS = st.lists(st.sampled_from([*"ab 12.-–—\"'%§…:kl()", "maj", "kr."]), max_size=12).map("".join)


@given(PARTS)
def test_what_is_set_is_not_set_again(text: str) -> None:
    once = set_text(set_text(text))

    assert set_text(once) == once


@given(st.lists(PARTS, min_size=1, max_size=5))
def test_a_run_keeps_its_parts_and_its_letters(parts: list[str]) -> None:
    made = set_run(parts)

    assert len(made) == len(parts)
    assert [c for c in "".join(made) if c.isalnum()] == [c for c in "".join(parts) if c.isalnum()]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Kom [59](tal:job) procent i job.", "Kom {59}·procent i job."),
        ("Kom […](tal:job?vis=tal) procent.", "Kom {…}·procent."),
        ("I alt **4** mio. kr.", "I alt <strong>4</strong>·mio.·kr."),
        ("*Ja* - nej.", "<em>Ja</em>·– nej."),
        ('Hun sagde "*ja*".', "Hun sagde ”<em>ja</em>”."),
        ("Det er `59 %` og `a - b` - ja.", "Det er <code>59 %</code> og <code>a - b</code>·– ja."),
        ("Se `5` kroner.", "Se <code>5</code> kroner."),
    ],
)
def test_across_emphasis_links_and_figures(text: str, html: str) -> None:
    rendered = Renderer().render(text, "a.md")

    shown = "".join(
        f"{{{piece.inner}}}" if isinstance(piece, Slot) else str(piece) for piece in rendered.pieces
    )
    assert shown == _spaced(f"<p>{html}</p>")


def test_across_the_figures_of_a_title() -> None:
    rendered = render_field("Kun [59](tal:job) procent - og […](tal:b) kroner", Place("a.md", 2))

    assert [piece for piece in rendered.pieces if isinstance(piece, str)] == [
        "Kun ",
        _spaced("·procent·– og "),
        _spaced("·kroner"),
    ]


def test_no_rule_reads_across_what_is_no_text() -> None:
    assert set_run(["5", OBJECT, " kroner"]) == ["5", OBJECT, " kroner"]
