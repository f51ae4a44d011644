"""Which articles stand under an article, and why. Every article here is made up."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from magazine.related import MOST, Thing, Traits, related

DAY = date(2022, 5, 24)
TAL, SERIE, EMNE, NAVN, KATEGORI = ((kind, "x") for kind in ("tal", "serie", "emne", "navn", "kategori"))


def _article(path: str, *things: Thing, days: int = 0, people: tuple[str, ...] = ()) -> Traits:
    return Traits(path, DAY + timedelta(days=days), people, frozenset(things))


def _paths(articles: list[Traits], path: str = "a") -> list[str]:
    return [kin.path for kin in related(articles)[path]]


def test_a_shared_figure_weighs_more_than_a_series_and_that_more_than_a_subject() -> None:
    articles = [
        _article("a", TAL, SERIE, EMNE, NAVN),
        _article("navn", NAVN),
        _article("emne", EMNE),
        _article("serie", SERIE),
        _article("tal", TAL),
    ]

    assert _paths(articles) == ["tal", "serie", "emne"]


def test_what_few_share_tells_more() -> None:
    rare, common = ("emne", "rigsdagen"), ("emne", "statistik")
    articles = [
        _article("a", rare, common),
        _article("b", rare),
        *[_article(f"c{number}", common) for number in range(9)],
    ]

    assert _paths(articles)[0] == "b"


def test_the_category_alone_is_no_reason() -> None:
    assert _paths([_article("a", KATEGORI), _article("b", KATEGORI)]) == []


def test_the_nearest_in_time_comes_first() -> None:
    articles = [_article("a", EMNE), _article("old", EMNE, days=-900), _article("new", EMNE, days=5)]

    assert _paths(articles) == ["new", "old"]


def test_never_three_by_the_same_person() -> None:
    articles = [
        _article("a", TAL, EMNE, people=("x",)),
        *[_article(f"b{number}", TAL, EMNE, days=number, people=("x",)) for number in range(1, 4)],
        _article("c", EMNE, people=("y",)),
    ]

    assert _paths(articles) == ["b1", "b2", "c"]


def test_what_the_page_shows_anyway_gives_its_place_to_the_next() -> None:
    articles = [
        replace(_article("a", SERIE, EMNE), shown=frozenset({"a", "b"})),
        _article("b", SERIE, EMNE),
        _article("c", EMNE),
    ]

    assert _paths(articles) == ["c"]
    assert _paths(articles, "b") == ["a", "c"]


def test_each_tells_its_reasons() -> None:
    kin = related([_article("a", TAL, EMNE), _article("b", TAL, EMNE)])["a"][0]

    assert kin.shares == (TAL, EMNE)


THINGS = st.frozensets(
    st.tuples(st.sampled_from(["tal", "emne", "navn"]), st.sampled_from("xyz")), max_size=4
)
ARTICLES = st.lists(st.tuples(THINGS, st.integers(0, 2000)), max_size=12).map(
    lambda rows: [
        Traits(f"{number}", DAY + timedelta(days=days), (), things)
        for number, (things, days) in enumerate(rows)
    ]
)


@given(ARTICLES)
def test_the_order_in_which_they_are_read_does_not_matter(articles: list[Traits]) -> None:
    assert related(articles[::-1]) == related(articles)


MANY = st.lists(st.tuples(THINGS, st.integers(0, 60)), min_size=20, max_size=60).map(
    lambda rows: [
        Traits(f"{number}", DAY + timedelta(days=days), (), things)
        for number, (things, days) in enumerate(rows)
    ]
)


@given(MANY, MANY, st.integers(0, 60), st.integers(0, 6))
def test_what_an_earlier_build_found_changes_nothing(
    before: list[Traits], other: list[Traits], start: int, count: int
) -> None:
    """Some articles are changed, some are lost, and some are new."""
    after = before[:start] + other[start : start + count] + before[start + count + 1 :]

    assert related(after, (before, related(before))) == related(after)


@given(ARTICLES)
def test_at_most_three_and_never_itself(articles: list[Traits]) -> None:
    for path, kin in related(articles).items():
        assert len(kin) <= MOST
        assert path not in [one.path for one in kin]
        assert all(one.shares for one in kin)
