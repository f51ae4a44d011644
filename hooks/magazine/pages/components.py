"""The hidden page of the preview that shows every component in its extremes; nothing on it is true."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from magazine.pages.views import (
    CardView,
    CorrectionView,
    DateView,
    FormView,
    ImageView,
    LinkView,
    MeasureView,
    NoteView,
    PlaceView,
)

COMPONENTS = "/_komponenter/"

_DAY = DateView("2022-05-24", "24. maj 2022")
_COMPOUND = "Ligestillingsafdelingsmedarbejderne"
_TITLE = "En opdigtet overskrift, der er længere end de fleste og fylder flere linjer"


class ComponentsView(Struct, frozen=True):
    """What the page shows."""

    headlines: tuple[str, ...]
    measures: tuple[MeasureView, ...]
    cards: tuple[CardView, ...]
    notes: tuple[NoteView, ...]
    corrections: tuple[CorrectionView, ...]
    form: FormView


def components_view(categories: Sequence[LinkView], pictures: Sequence[ImageView]) -> ComponentsView:
    """Return made-up content in the magazine's own colours.

    Args:
        categories: those of the magazine.
        pictures: some of its pictures; with none, cards are shown without.
    """
    measures = (
        MeasureView("59", "30", "59 af 100 · målet var 30", "30"),
        MeasureView("0", "", "0 af 100"),
        MeasureView("100", "", "100 af 100"),
    )
    bare = [_card(category, _TITLE) for category in categories]
    rich = [
        _card(
            category,
            title,
            authors="Anne-Katrine Opdigtet, Bo Opdigtet, Camilla Opdigtet, Dorthe Opdigtet og Åse Opdigtet",
            image=picture,
            measure=measures[0],
            updated=_DAY,
            is_draft=True,
        )
        for category, title, picture in zip(categories, (_COMPOUND, "Kort"), pictures, strict=False)
    ]
    return ComponentsView(
        headlines=("Kort", _TITLE, f"{_COMPOUND} igen"),
        measures=measures,
        cards=(*rich, *bare),
        notes=tuple(_note(number) for number in range(1, 5)),
        corrections=(CorrectionView(_DAY, "Her stod noget forkert. Det er opdigtet."),) * 2,
        form=FormView(
            endpoint=COMPONENTS,
            answer=COMPONENTS,
            places=(PlaceView("her", "Et opdigtet sted"),),
            purpose="Oplysningerne bruges ikke til noget.",
            controller="Ingen",
            retention="De bliver ikke gemt.",
            consent="opdigtet",
        ),
    )


def _card(
    category: LinkView,
    title: str,
    *,
    authors: str = "",
    image: ImageView | None = None,
    measure: MeasureView | None = None,
    updated: DateView | None = None,
    is_draft: bool = False,
) -> CardView:
    return CardView(
        address=COMPONENTS,
        title=title,
        description="En opdigtet underrubrik, som ingen har skrevet under på.",
        kicker="",
        category=category,
        authors=authors,
        date=_DAY,
        updated=updated,
        image=image,
        measure=measure,
        reading_minutes=1,
        is_draft=is_draft,
    )


def _note(number: int) -> NoteView:
    return NoteView(
        number=number,
        id=f"tal-{number}",
        words=f"{number} procent",
        name="Et opdigtet tal",
        address="",
        facts=("2022", "blandt ingen"),
        sentences=("Antal svar er ikke oplyst.",) if number % 2 else (),
        renewal="Opdateres ikke.",
        source="En opdigtet kilde, 24. maj 2022",
        source_url="",
        remarks=("En opdigtet bemærkning om, at tallet siden er gjort op igen.",) if number == 1 else (),
        backlinks=(),
    )
