"""Power: the chamber with its seats, the empty chairs, the procession of 1918."""

from __future__ import annotations

import math

from tegninger.accounts import Accounts
from tegninger.pen import Pen, line, sheet, spread


def hemicycle(tell: Accounts) -> Pen:
    """Draw the chamber: a body for each seat, the women's together on the left, and where half lies."""
    seats = tell.count("pladser-i-folketinget/2022")
    women = tell.count("kvinder-i-folketinget/2022")
    pen = sheet(1200, 800, "yellow")
    middle, floor = 600.0, 668.0
    places = _seats(seats, middle, floor)
    from_left = sorted(places, key=lambda place: (place[2], -place[1]))
    pen.path(line("M", middle, 52, "V", floor - 130), "none", "ink", 4, dashes="4 12")
    chamber = pen.group(counts="pladser-i-folketinget/2022")
    _fill(chamber, from_left[women:], "ink", "paper")
    _fill(chamber.group(counts="kvinder-i-folketinget/2022"), from_left[:women], "red", "ink")
    pen.path("M600 574q44 0 44 70v40h-88v-40q0-70 44-70z", "teal")
    pen.circle(600, 554, 30, "skin-2")
    pen.path("M568 556q-6-42 32-42t32 42q-14-22-32-22t-32 22z", "ink")
    pen.path("M496 664h208l-18 120v900H514V784z", "ink")
    pen.path("M556 716h88M556 744h88", "none", "yellow", 10)
    return pen


def _seats(count: int, middle: float, floor: float) -> list[tuple[float, float, float]]:
    """Place seats in eight rows, as many in each as its length has room for; with each its angle."""
    radii = [196 + 49.0 * row for row in range(8)]
    shares = [count * radius / sum(radii) for radius in radii]
    row_seats = [math.floor(share) for share in shares]
    missing = count - sum(row_seats)
    for row in sorted(range(8), key=lambda row: row_seats[row] - shares[row])[:missing]:
        row_seats[row] += 1
    places = []
    for radius, in_row in zip(radii, row_seats, strict=True):
        for seat in range(in_row):
            angle = math.pi * seat / (in_row - 1)
            places.append((middle - radius * math.cos(angle), floor - radius * math.sin(angle), angle))
    return places


def _fill(group: Pen, places: list[tuple[float, float, float]], body: str, head: str) -> None:
    """Draw bodies and heads, the back rows first."""
    for x, y, _ in sorted(places, key=lambda place: (place[1], place[0])):
        person = group.group()
        person.path(line("M", x - 18, y + 22, "v", -8, "a", 18, 18, 0, 0, 1, 36, 0, "v", 8, "z"), body)
        person.circle(x, y - 12, 11.5, head)


def chairs(tell: Accounts) -> Pen:
    """Draw a chair for each woman of the election before, from behind; those not taken stay empty."""
    before = tell.count("kvinder-i-folketinget/2011")
    now = tell.count("kvinder-i-folketinget/2015")
    columns = 7
    rows = -(-before // columns)
    pen = sheet(960, 1200, "red")
    places = [
        (96 + 128.0 * (chair % columns), 84 + (1140.0 / rows) * (chair // columns)) for chair in range(before)
    ]
    empty = {(place * 31 + 17) % before for place in range(before - now)}
    people = pen.group(counts="kvinder-i-folketinget/2015")
    for number, (x, y) in enumerate(places):
        if number not in empty:
            _from_behind(people.group(at=(x, y)), number)
    backs = pen.group(counts="kvinder-i-folketinget/2011")
    for number, (x, y) in enumerate(places):
        chair = backs.group(at=(x, y))
        back = "paper" if number in empty else "ink"
        chair.path("M-45 72v-42q0-14 14-14h62q14 0 14 14v42z", back)
        chair.path("M-29 32h58M-29 50h58", "none", "red", 6)
    return pen


_HAIR = (
    ("M-26 4q-6-46 26-46t26 46z", "ink"),
    ("M-26 0q-4-42 26-42t26 42l4 18h-60z", "ink"),
    ("M-22 0q-4-38 22-38t22 38zM-12-40a12 12 0 1 1 24 0z", "ink"),
    ("M-28 12q-10-54 28-54t28 54z", "yellow"),
    ("M-24 2q-4-42 24-42t24 42z", "skin-3"),
)
_CLOTHES = ("pink", "yellow", "teal", "paper", "pink", "teal")


def _from_behind(person: Pen, number: int) -> None:
    shape, colour = _HAIR[(number * 3 + number // 7) % len(_HAIR)]
    person.path("M-40 40q0-34 40-34t40 34v20h-80z", _CLOTHES[(number * 5 + number // 7) % len(_CLOTHES)])
    person.path("M-9-6h18v20h-18z", f"skin-{number % 3 + 1}")
    person.path(shape, colour)


def procession(tell: Accounts) -> Pen:
    """Draw a hundred new voters on their way to the poll, the women in colours, a flag for each elected."""
    pen = sheet(1200, 675, "sand")
    _flags(pen, tell, first=96, apart=282.5, high=40, low=74)
    pen.path("M-900 690h3000v900H-900z", "ink")
    _voters(pen, tell, in_row=25, pitch=47, top=262)
    return pen


def procession_in_a_band(tell: Accounts) -> Pen:
    """Draw the same procession long and low, for a band across the page."""
    pen = sheet(1800, 360, "sand")
    _flags(pen, tell, first=180, apart=430, high=10, low=26)
    pen.path("M-900 375h3600v900H-900z", "ink")
    _voters(pen, tell, in_row=50, pitch=35, top=190)
    return pen


def _flags(pen: Pen, tell: Accounts, *, first: float, apart: float, high: float, low: float) -> None:
    banners = pen.group(counts="kvinder-i-folketinget/1918")
    for flag in range(tell.count("kvinder-i-folketinget/1918")):
        banner = banners.group(at=(first + apart * flag, low if flag % 2 else high))
        banner.path("M0 0l-8 300", "none", "ink", 7)
        banner.path("M2 0h178q-22 44 0 88H-1z", "yellow")
        banner.path("M40 30h92M40 56h92", "none", "ink", 10)


def _voters(pen: Pen, tell: Accounts, *, in_row: int, pitch: float, top: float) -> None:
    """Draw a hundred people in rows, the hindmost first."""
    people = 100
    men = set(spread(people, people - tell.count("nye-vaelgere-kvinder/1918")))
    for row in range(people // in_row):
        gentlemen = pen.group("ink")
        ladies = pen.group(counts="nye-vaelgere-kvinder/1918")
        for number in range(row * in_row, (row + 1) * in_row):
            column = number % in_row
            x = 23 + pitch * column + (22 if row % 2 else 0)
            y = top + 104 * row - (column * 37 + row * 11) % 31
            if number in men:
                _gentleman(gentlemen.group(at=(x, y)), number)
            else:
                _lady(ladies.group(at=(x, y)), number)


_DRESSES = ("red", "teal", "pink", "red", "yellow", "teal", "pink")  # no two alike side by side
_BRIMS = ("ink", "teal", "ink", "red", "paper")


def _lady(person: Pen, number: int) -> None:
    dress = _DRESSES[(number + number // 25 * 2) % len(_DRESSES)]
    hat = _BRIMS[(number * 7 + number // 25) % len(_BRIMS)]
    person.path("M-42 170q24-70 20-138q22-26 44 0q-4 68 20 138z", dress)
    person.circle(0, 0, 18, f"skin-{(number * 2 + number // 25) % 3 + 1}")
    if number % 2:
        person.path(
            "M-30-10q30-14 60 0q-12 6-14-4q-2-18-16-18t-16 18q-2 10-14 4z", hat if hat != dress else "ink"
        )
    else:
        person.path("M-21 2q-4-30 21-30t21 30q-10-14-21-14t-21 14z", hat if hat != dress else "ink")


def _gentleman(person: Pen, number: int) -> None:
    person.path("M-30 170l6-130q4-16 24-16t24 16l6 130z")
    person.path("M-7 22h14l-7 26z", "paper")
    person.circle(0, 0, 17, f"skin-{number % 2 + 1}")
    person.path("M-26-8h52v-6h-10v-30h-32v30h-10zM-11 6q11-8 22 0q-11 6-22 0z")
