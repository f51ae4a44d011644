"""Cards for those who share an article: nothing runs over an edge, and the figure is the data's."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from magazine.clock import Clock
from magazine.danish.dates import parse_moment
from magazine.pages.cards import card_view
from magazine.pages.environment import make_environment
from magazine.pages.sharing import Cards
from magazine.share_card import HEIGHT, WIDTH, Card, Drafter, Rule, measured
from magazine.site import Site, load_site

INK = (0x1A, 0x16, 0x18)
RED = (0xB0, 0x12, 0x3C)
PAPER = (0xFB, 0xF8, 0xF1)
LONG = "Ligestillingslovgivningsarbejdet"
HEADLINES = (
    "Ja",
    "59 procent kom i job eller uddannelse i et år med corona",
    f"{LONG} begynder forfra",
    "Arbejdsmarkedsuddannelsesrådgivningen og beskæftigelsesundersøgelserne",
    "Familiesammenføringsreglerne møder barselsorlovsbestemmelserne i Folketingets ligestillingsudvalg " * 3,
    "Kvinde\u00adrepræsentationens\u00adudviklings\u00admuligheder",
    "x" * 90,
)


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return load_site(root, clock=Clock(parse_moment("2026-11-25 09:00").at))


@pytest.fixture(scope="module")
def cards(site: Site, root: Path) -> Cards:
    made = Cards.ready(site, make_environment([str(root / "overrides")], ""))
    assert made is not None
    return made


@pytest.fixture(scope="module")
def drafter(cards: Cards) -> Drafter:
    return cards.drafter()


def _inside(drafter: Drafter, card: Card) -> None:
    layout = drafter.lay_out(card)
    left, right = layout.column
    lowest, end = 0, left
    for words in layout.words:
        font = drafter.font("display" if words.role == "headline" else "sans", words.size)
        box = font.getbbox(words.text, anchor="ls")
        # Half a letter's tail may hang over, as it does in print.
        assert words.x + box[0] >= left - 4
        assert words.x + box[2] <= right + 4
        if words.y == lowest:
            assert words.x >= end, "lies over the words before"
        else:
            assert words.y + box[1] > lowest - words.size // 3, "lies over the line above"
        lowest, end = words.y, words.x + words.width
        assert words.y + box[3] <= HEIGHT - 100, "lies over the nameplate"


@pytest.mark.parametrize("title", HEADLINES)
@pytest.mark.parametrize("picture", ["", "sal"])
@pytest.mark.parametrize("rule", [None, Rule(Fraction(59), Fraction(30), "59 af 100 · målet var 30")])
def test_no_word_runs_over_an_edge(drafter: Drafter, title: str, picture: str, rule: Rule | None) -> None:
    _inside(drafter, Card("Mentornetværket", title, "#b0123c", rule, picture))


@given(
    st.lists(st.text("abcdefghijklmnopqrstuvwxyzæøåABC-\u00ad59,:.", min_size=1, max_size=40), max_size=25)
)
def test_whatever_the_headline(drafter: Drafter, words: list[str]) -> None:
    _inside(drafter, Card("Kicker", " ".join(words), "#b0123c", None, "sal"))


def _headline(drafter: Drafter, title: str, picture: str = "sal") -> list[str]:
    layout = drafter.lay_out(Card("", title, "#b0123c", None, picture))
    return [words.text for words in layout.words if words.role == "headline"]


def test_a_compound_is_divided_between_its_parts(drafter: Drafter) -> None:
    assert _headline(drafter, f"{LONG} begynder")[:2] == ["Ligestillingslovgivnings-", "arbejdet begynder"]


def test_a_soft_hyphen_is_where_a_word_is_divided(drafter: Drafter) -> None:
    lines = _headline(drafter, "Kvinde\u00adrepræsentationens udvikling")

    assert lines[:2] == ["Kvinde-", "repræsentationens"]


def test_a_word_that_fits_is_whole(drafter: Drafter) -> None:
    lines = _headline(drafter, "Mentornetværket runder 20\u00a0år")

    assert lines == ["Mentornetværket", "runder 20\u00a0år"]


def test_lines_are_even(drafter: Drafter) -> None:
    lines = _headline(drafter, "59 procent kom i job eller uddannelse i et år med corona", "")
    lengths = [drafter.font("display", 92).getlength(line) for line in lines]

    assert len(lines) == 3
    assert min(lengths) > 0.7 * max(lengths)


def test_what_finds_no_room_ends_in_dots(drafter: Drafter) -> None:
    assert _headline(drafter, "Alt for mange ord på en gang. " * 40)[-1].endswith("…")


def test_the_figure_is_drawn_to_scale(drafter: Drafter) -> None:
    card = Card("Mentor", "59 procent", "#b0123c", Rule(Fraction(59), Fraction(30), "59 af 100"))
    layout = drafter.lay_out(card)
    left, right = layout.column
    with Image.open(io.BytesIO(drafter.draw(card, None))) as image:
        pixels = image.convert("RGB")
    assert layout.rule_y is not None

    row = [pixels.getpixel((x, layout.rule_y + 10)) for x in range(WIDTH)]
    red = [x for x, colour in enumerate(row) if colour == RED]
    assert red[0] == left
    assert red[-1] == measured(left, right, Fraction(59))
    ticks = [x for x, colour in enumerate(row) if colour == INK]
    assert ticks[0] == measured(left, right, Fraction(30))
    assert pixels.getpixel((right - 1, layout.rule_y)) == INK
    assert pixels.getpixel((2, 2)) == PAPER


def test_the_same_card_is_the_same_bytes(cards: Cards) -> None:
    card = Card("Mentor", HEADLINES[1], "#b0123c", Rule(Fraction(59), None, "59 af 100"))

    assert cards.drafter().draw(card, None) == cards.drafter().draw(card, None)


def test_every_article_leads_with_the_figure_of_the_data(site: Site, cards: Cards) -> None:
    rules = {}
    for article in site.articles:
        card = cards.of_article(card_view(site, article)).card
        assert card.picture, "each of ours has a picture"
        if card.rule is not None:
            rules[article.slug] = (card.rule.value, card.rule.target)

    value = next(
        one.value.first.value
        for one in site.figures.observations
        if (one.indicator, str(one.period)) == ("job-eller-uddannelse", "2021")
        or (one.indicator == "job-eller-uddannelse" and one.period.print() == "2021")
    )
    assert rules == {"mentor-gode-resultater-trods-coronarestriktioner": (value, Fraction(30))}


def test_its_name_changes_with_what_it_shows(site: Site, cards: Cards) -> None:
    first, second = (card_view(site, article) for article in site.articles[:2])

    assert cards.of_article(first) == cards.of_article(first)
    assert cards.of_article(first).name != cards.of_article(second).name
    assert cards.of_page("/", "", "En", None).name != cards.of_page("/", "", "To", None).name
