"""The landing page's data as its template shows it: places, form, whom one writes to."""

from __future__ import annotations

import hashlib

from magazine.danish.numbers import ONES
from magazine.mentor import Form, Mentor, Spot
from magazine.pages.views import FormView, MentorView, PlaceView
from magazine.site import Site

ANSWER = "/bliv-mentor/tak/"


def mentor_view(site: Site) -> MentorView:
    """Return what the landing page shows beside its text."""
    mentor = site.mentor
    places = _by_city(mentor)
    return MentorView(
        places=places,
        form=_form(site, mentor.form) if mentor.form else None,
        name=mentor.name or "",
        email=mentor.email or "",
        telephone=mentor.telephone or "",
        sign_up=mentor.sign_up,
        summary=_cities(len(places)),
    )


def _by_city(mentor: Mentor) -> tuple[PlaceView, ...]:
    """Return the places, those of one city under its name, where the first of them stands."""
    cities: dict[str, list[Spot]] = {}
    for spot in mentor.spots:
        cities.setdefault(spot.city or spot.name, []).append(spot)
    return tuple(
        PlaceView(spots[0].id, city, tuple(PlaceView(spot.id, spot.name) for spot in spots if spot.city))
        for city, spots in cities.items()
    )


def _cities(number: int) -> str:
    count = ONES[number] if 1 < number < len(ONES) else str(number)
    return "én by" if number == 1 else f"{count} byer"


def _form(site: Site, form: Form) -> FormView:
    wording = "\n".join((form.purpose, form.controller, form.retention))
    return FormView(
        endpoint=form.endpoint,
        answer=f"{site.settings.address}{ANSWER}",
        places=tuple(
            PlaceView(spot.id, f"{spot.name}, {spot.city}" if spot.city else spot.name)
            for spot in site.mentor.spots
        ),
        purpose=_sentence(form.purpose),
        controller=form.controller.rstrip("."),
        retention=_sentence(form.retention),
        consent=f"ja-{hashlib.sha256(wording.encode()).hexdigest()[:8]}",
    )


def _sentence(text: str) -> str:
    bare = text.strip().rstrip(".")
    return f"{bare[:1].upper()}{bare[1:]}."
