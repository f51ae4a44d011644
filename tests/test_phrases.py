"""Words to phrases: every word understood, or refused with a sentence."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magazine.lexicon import TABLE
from magazine.phrases import Amount, PhraseError, parse_phrase

_WORDS = sorted({part for entry in TABLE for word in entry.words for part in word.split()})


@given(st.text())
def test_no_text_makes_a_traceback(text: str) -> None:
    _parse_or_refuse(text)


@given(
    st.lists(
        st.sampled_from(_WORDS)
        | st.sampled_from(["59", "44,5", "procent", "%", "to", "af", "ud", "så", "2011", "i", "-"]),
        max_size=8,
    )
)
def test_no_heap_of_known_words_makes_a_traceback(words: list[str]) -> None:
    _parse_or_refuse(" ".join(words))


@pytest.mark.parametrize(
    "text",
    [
        "9" * 5000,
        f"hver {'9' * 5000}. kvinde",
        f"0,{'1' * 5000} procent",
        "knap " * 5000 + "59",
        "x" * 100_000,
        "og og " * 20_000,
        "femogtyve" * 3000,
        "hundrede" * 3000,
        "1." * 3000,
        "٣ procent",
        "59 ²",
    ],
    ids=[
        "digits",
        "ordinal",
        "decimals",
        "hedges",
        "word",
        "joiners",
        "number word",
        "hundreds",
        "points",
        "arabic",
        "square",
    ],
)
def test_what_nobody_would_write(text: str) -> None:
    _parse_or_refuse(text)


def _parse_or_refuse(text: str) -> None:
    try:
        phrase = parse_phrase(text)
    except PhraseError:
        return
    assert phrase.quantities or phrase.relation


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("tre gange flere", "to måder"),
        ("2½ gange højere", "to måder"),
        ("dobbelt så mange end", "to vendinger"),
        ("stadig færre end", "to måder"),
        ("en håndfuld", "er intet tal"),
        ("mange kvinder", "er intet tal"),
        ("knp hver femte", "Det nærmeste i ordlisten er"),
        ("44.5 procent", "skriv 44,5"),
        ("præcis cirka 40 procent", "Vælg det ene"),
        ("40 til 30 procent", "baglæns"),
        ("ikke 40 procent", "Skriv det modsatte"),
        ("steget og færre", "to påstande"),
        ("hver tolvte", "Det nærmeste i ordlisten er «hver femte»"),
        ("det højeste siden", "mangler perioden"),
        ("", "der står intet"),
        ("59 procent €", "tegnet «€»"),
    ],
)
def test_what_cannot_be_read(words: str, message: str) -> None:
    with pytest.raises(PhraseError, match=message):
        parse_phrase(words)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("59", 59),
        ("nioghalvtreds", 59),
        ("4.000.000", 4_000_000),
        ("4 mio.", 4_000_000),
        ("fire millioner", 4_000_000),
        ("en halv million", 500_000),
        ("halvanden million", 1_500_000),
        ("to hundrede og fem", 205),
        ("tohundredeogfem", 205),
        ("femogtyve tusind", 25_000),
        ("2½", Fraction(5, 2)),
        ("kun 12", 12),
        ("så meget som 12", 12),
        ("ikke mindre end 12 personer", 12),
    ],
)
def test_numbers(words: str, value: int | Fraction) -> None:
    base = parse_phrase(words).base

    assert isinstance(base, Amount)
    assert base.number.value == value
