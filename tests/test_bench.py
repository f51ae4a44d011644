"""The measurements measure something: the made-up articles are articles, and each stage exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from compare import Cost, Result, growth, plain, share, table
from features import FEATURES, PAGEFIND, REST, Burden, photographs, report, without_burden
from measure import STAGES, Meter, find_stage
from synthetic import make_magazine

FRONT = "---\ntitle: Et møde\ndate: 2022-05-24\nredirect_from:\n  - /gammel/\ncategory: mentor\n---\n"
BODY = (
    "Første afsnit.\n\nI alt kom [59 procent](tal:job/2021) i job.\n\n"
    "## Overskrift\n\nAndet afsnit.\n\n- punkt\n\nTredje afsnit.\n"
)


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A small repository."""
    folder = tmp_path / "real"
    for part in ("docs", "data", "overrides", "hooks", "articles/2022"):
        (folder / part).mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    (folder / "articles/2022/moede.md").write_text(FRONT + BODY, encoding="utf-8")
    return folder


def test_a_made_up_magazine_has_so_many_articles(real: Path, tmp_path: Path) -> None:
    made = tmp_path / "made"

    assert make_magazine(real, made, 5) == 5
    assert len(list(made.glob("articles/*/*.md"))) == 5
    assert (made / "mkdocs.yml").is_file()


def test_a_made_up_article_keeps_what_costs(real: Path, tmp_path: Path) -> None:
    make_magazine(real, tmp_path / "made", 2)
    text = (tmp_path / "made/articles/2022/moede-1.md").read_text("utf-8")

    assert "redirect_from" not in text
    assert "/gammel/" not in text
    assert "category: mentor\n" in text
    assert "date: 2022-05-24 " in text
    assert "I alt kom [59 procent](tal:job/2021) i job.\n" in text
    assert "Første afsnit." not in text
    assert text.count("\n## ") == 2
    assert 350 < len(text.split()) < 600


def test_a_dense_article_keeps_all_of_its_original(real: Path, tmp_path: Path) -> None:
    make_magazine(real, tmp_path / "made", 2, dense=True)
    text = (tmp_path / "made/articles/2022/moede-1.md").read_text("utf-8")

    assert text.index("## Overskrift") < text.index("- punkt")
    assert sorted(line for line in text.split("\n") if line.endswith(("afsnit.", "job."))) == [
        "Andet afsnit.",
        "Første afsnit.",
        "I alt kom [59 procent](tal:job/2021) i job.",
        "Tredje afsnit.",
    ]


def test_an_article_leads_to_those_that_were_there_before_it(real: Path, tmp_path: Path) -> None:
    later = FRONT.replace("2022-05-24", "2023-05-24").replace("redirect_from:\n  - /gammel/\n", "")
    (real / "articles/2023").mkdir()
    (real / "articles/2023/senere.md").write_text(later + BODY, encoding="utf-8")
    make_magazine(real, tmp_path / "made", 12)

    links = {
        path.stem: re.findall(r"\]\(\.\./(\d+)/", path.read_text("utf-8"))
        for path in (tmp_path / "made").glob("articles/*/*-*.md")
    }
    assert any(links.values())
    assert {year for name, years in links.items() for year in years} == {"2022"}
    assert not any(years for name, years in links.items() if name.startswith("moede"))


def test_the_same_number_makes_the_same_magazine(real: Path, tmp_path: Path) -> None:
    make_magazine(real, tmp_path / "a", 4)
    make_magazine(real, tmp_path / "b", 4)

    texts = [
        {path.name: path.read_text("utf-8") for path in (tmp_path / made).glob("articles/*/*.md")}
        for made in ("a", "b")
    ]
    assert texts[0] == texts[1]
    assert len(set(texts[0].values())) == 4


@pytest.mark.parametrize(
    "name", sorted({name for stages in (STAGES, FEATURES) for names in stages.values() for name in names})
)
def test_a_stage_is_there(name: str) -> None:
    *_, function = find_stage(name)

    assert callable(function)


def test_a_stage_inside_another_is_counted_once() -> None:
    meter = Meter()
    inner = meter.wrap("inner", lambda: None)
    outer = meter.wrap("outer", inner)

    outer()

    assert meter.seconds.keys() == {"inner", "outer"}


def test_a_generator_is_measured_step_by_step() -> None:
    meter = Meter()

    steps = meter.wrap("steps", lambda: iter(()))
    made = meter.wrap("made", _count)()

    assert list(steps()) == []
    assert next(made) == 1
    assert "made" in meter.seconds
    assert list(made) == [2]


def test_what_measuring_takes_is_taken_off() -> None:
    ticks = iter(range(100))
    meter = Meter(lambda: next(ticks), lambda: 0)
    inner = meter.wrap("inner", lambda: None)

    def twice() -> None:
        inner()
        inner()

    meter.wrap("outer", twice)()

    assert meter.seconds == {"inner": 2, "outer": 3}
    assert (meter.calls, meter.inner_calls) == ({"inner": 2, "outer": 1}, {"outer": 2})
    assert without_burden(meter, Burden(own=0.5, around=1)) == {"inner": 1, "outer": 0.5}


def test_photographs_take_the_place_of_drawings(real: Path, tmp_path: Path) -> None:
    front = FRONT.replace("category:", "image:\n  src: x.svg\n  alt: Et møde.\n  credit: Os\ncategory:")
    (real / "articles/2022/moede.md").write_text(front + BODY, encoding="utf-8")
    (real / "docs/images").mkdir()
    (real / "data/redaktion.yml").write_text("x: y\n", encoding="utf-8")
    made = tmp_path / "made"
    make_magazine(real, made, 12)
    before = [path.read_text("utf-8") for path in made.glob("articles/*/*.md")]

    count = photographs(made, 3)

    after = [path.read_text("utf-8") for path in made.glob("articles/*/*.md")]
    assert count == 3
    assert sum("src: ../../docs/images/maaling-" in text for text in after) == 3
    assert sum("x.svg" in text for text in after) == sum("x.svg" in text for text in before) - 3
    assert all(text.split("\n---\n")[0].endswith("category: mentor") for text in after)
    assert len(list((made / "docs/images").glob("*.jpg"))) == 3


def test_the_features_are_told_by_what_they_cost() -> None:
    costs = {feature: 0.0 for feature in (*FEATURES, PAGEFIND, REST)}
    told = report({**costs, "feeds": 0.2, "lists": 0.3, PAGEFIND: 0.1, REST: 0.4}, 100, 0, 3)

    rows = [line for line in told.split("\n") if line.startswith("| ")][1:]
    assert rows[1] == "| lists | 3.00 | 30.0% |"
    assert rows[2] == "| feeds | 2.00 | 20.0% |"
    assert rows[-1] == f"| {REST} | 4.00 | 40.0% |"
    assert "10.0 ms an article" in told
    assert "Medians of 3 builds." in told


def _count() -> Iterator[int]:
    yield 1
    yield 2


def test_the_peers_get_the_same_words_and_no_figure_to_check() -> None:
    article = plain(
        "---\ntitle: '[59 procent](tal:job/2021) kom i job'\ndate: 2022-05-24 17:10\ndescription: Kort.\n"
        "category: mentor\ntags: [mentor, job]\nauthors: [a, b]\n---\n\n"
        "Se [siden](../../docs/om.md): […](tal:job) i job.\n\n"
        "```tal-graf\nindikator: job\n```\n\nSlut.\n"
    )

    assert article.keys == {
        "title": "59 procent kom i job",
        "date": "2022-05-24",
        "description": "Kort.",
        "category": "mentor",
    }
    assert article.tags == ["mentor", "job"]
    assert article.authors == ["a", "b"]
    assert article.body == "Se siden: 40 procent i job.\n\n\nSlut.\n"


def test_the_table_compares_with_hugo() -> None:
    ours = Result("koenformation", "", 10, {"cold": Cost(4.0, 3.0, 90), "article": Cost(0.5, 0.5, 80)}, 2.0)
    hugo = Result("hugo", "1", 10, {"cold": Cost(2.0, 1.5, 200), "article": Cost(2.0, 1.0, 200)}, 1.0)

    row = next(line for line in table([ours, hugo]).split("\n") if "koenformation" in line)

    assert "| 4.00 (2.00 ×) |" in row
    assert "| 0.50 (0.25 ×) |" in row
    assert "| 3.00 (2.00 ×) | 90 | 2 |" in row


def test_a_peer_of_which_only_the_cold_build_was_measured_is_compared_all_the_same() -> None:
    ours = Result("koenformation", "", 10, {"cold": Cost(4.0, 3.0, 90), "article": Cost(0.5, 0.5, 80)}, 2.0)
    material = Result("material", "9", 10, {"cold": Cost(16.0, 16.0, 200)}, 1.0)
    more = Result("material", "9", 100, {"cold": Cost(160.0, 160.0, 900)}, 1.0)

    assert share([ours, material], "material") == "Cold, ours takes 0.25 of the CPU that material takes."
    assert share([ours], "material") == ""
    assert "| material | 10 → 100 | 1.00 | – |" in growth({10: [material], 100: [more]})
