"""The mentor network: the café table, the queue, the candles, the glasses, the three trees."""

from __future__ import annotations

import math

from tegninger.accounts import Accounts
from tegninger.folk import woman
from tegninger.pen import Pen, arc, line, polar, sector, sheet, spread


def table(tell: Accounts) -> Pen:
    """Draw two women at a table from above; its top is divided by the result, a pencil lies at the target."""
    job, education = tell.share("i-job/2021"), tell.share("i-uddannelse/2021")
    target = tell.share("maal-job-eller-uddannelse/2021")
    pen = sheet(1200, 675, "teal")
    _tiles(pen)
    x, y, radius = 600.0, 337.0, 264.0
    pen.ellipse(x + 14, y + 20, radius + 3, radius, "ink", opacity=0.5)
    pen.circle(x, y, radius, "paper")
    start = 1.25 - job - education  # the rest begins at three o'clock
    pen.path(sector(x, y, radius, start, start + job), "red", share="i-job/2021")
    pen.path(sector(x, y, radius, start + job, start + job + education), "yellow", share="i-uddannelse/2021")
    tip = polar(x, y, radius * 0.62, start + target)
    end = polar(x, y, radius * 1.16, start + target)
    _pencil(pen, tip, end, start + target, "maal-job-eller-uddannelse/2021")
    left = pen.group(at=(0, 7))
    left.path("M80 95C200 70 268 190 268 330S205 590 85 572C-10 540-60 440-60 330S-20 110 80 95Z", "pink")
    arms = left.group("none", "pink", 82).round_ends()
    arms.path("M120 145C250 130 330 160 420 222M110 525C230 560 330 520 398 452")
    left.path("M355 145l-34 78M360 548l-50-70", "none", "red", 10)
    left.circle(446, 240, 36, "skin-3")
    left.circle(424, 432, 36, "skin-3")
    left.path("M246 290q34 40 0 82q-24-40 0-82Z", "skin-3")
    left.group("none", "ink", 44).round_ends().path("M50 340C5 355-8 400-40 430")
    left.circle(150, 330, 112, "ink")
    left.path("M246 322C190 300 120 318 42 330", "none", "teal", 5)
    right = pen.group(at=(0, 7))
    right.path(
        "M1110 80C990 70 930 200 930 335S1000 600 1120 580C1210 560 1270 440 1270 330S1210 90 1110 80Z", "red"
    )
    arms = right.group("none", "red", 84).round_ends()
    arms.path("M1085 135C960 110 880 160 786 214M1090 530C990 570 880 530 800 480")
    right.path("M862 128l30 80M872 552l44-70", "none", "yellow", 10)
    right.circle(762, 230, 36, "skin-1")
    right.circle(776, 466, 36, "skin-1")
    right.path("M950 292q-32 38 0 78q20-40 0-78Z", "skin-1")
    right.path(
        "M948 330C948 250 1005 200 1075 210C1160 215 1235 170 1300 120V560"
        "C1230 500 1150 450 1070 452C1000 452 948 405 948 330Z",
        "yellow",
    )
    right.path(
        "M1000 250C1080 285 1180 270 1290 215M990 400C1080 378 1180 400 1290 465M975 330H1290",
        "none",
        "ink",
        5,
        opacity=0.5,
    )
    _cup(pen, 402, 343)
    _cup(pen, 672, 528)
    paper = pen.group("paper", "ink", 4, at=(598, 340), turn=-9)
    paper.path("M-64-80H64V80H-64z")
    paper.path("M-46-54h62M-46-28h92M-46-8h92M-46 12h68M-46 38h92M-46 58h52", stroke="ink", width=5)
    return pen


def _tiles(pen: Pen) -> None:
    columns = "".join(line("M", 60 + 110 * column, -600, "v", 1900) for column in range(-4, 15))
    rows = "".join(
        line("M", 110 * column - 50, height, "h", 110)
        for column in range(-4, 16)
        for height in range(*((-480, 1300, 270) if column % 2 else (-460, 1300, 310)))
    )
    pen.path(columns + rows, "none", "ink", 2, opacity=0.4)


def _pencil(pen: Pen, tip: tuple[float, float], end: tuple[float, float], turn: float, mark: str) -> None:
    along = (math.sin(2 * math.pi * turn), -math.cos(2 * math.pi * turn))
    neck = (tip[0] + 26 * along[0], tip[1] + 26 * along[1])
    across = (9 * along[1], -9 * along[0])
    corners = [
        (neck[0] + across[0], neck[1] + across[1]),
        (end[0] + across[0], end[1] + across[1]),
        (end[0] - across[0], end[1] - across[1]),
        (neck[0] - across[0], neck[1] - across[1]),
    ]
    data = line("M", *corners[0], "L", *corners[1], "L", *corners[2], "L", *corners[3], "z")
    pen.path(data, "paper", "ink", 4)
    pen.path(line("M", *corners[0], "L", *tip, "L", *corners[3], "z"), "ink", mark=mark)


def _cup(pen: Pen, x: float, y: float) -> None:
    cup = pen.group(at=(x, y))
    cup.circle(0, 0, 48, "paper", "ink", 4)
    cup.circle(0, 0, 30, "ink")
    cup.path("M-13-9q12-10 25 0", "none", "skin-3", 4)


_COATS = ("red", "teal", "pink", "teal", "red", "ink", "teal")
_HEADS = ("ink", "skin-3", "ink", "yellow", "ink", "red", "ink")


def cups(tell: Accounts) -> Pen:
    """Draw a tablecloth of cups from above, one for each month: those of the shortest course are full."""
    shortest, longest = tell.span("forloebets-laengde/2022")
    pen = sheet(1200, 800, "pink")
    pen.path(
        "".join(line("M", -900, 88 + 48 * stripe, "h", 3000) for stripe in range(-18, 34)),
        stroke="red",
        width=5,
    )
    months = pen.group(counts="forloebets-laengde/2022")
    for month in range(longest):
        place = months.group(
            at=(195 + 270.0 * (month % 4), 160 + 240.0 * (month // 4)), turn=(month * 77) % 150 - 40
        )
        _cup_and_saucer(place, full=month < shortest)
    _pot(pen.group(at=(2, 400)))
    return pen


def _cup_and_saucer(place: Pen, *, full: bool) -> None:
    place.circle(0, 0, 98, "paper", "ink", 4)
    place.circle(0, 0, 84, "none", "yellow", 5)
    place.path("M54-14h40q14 0 14 14t-14 14h-40z", "paper", "ink", 4)
    place.circle(0, 0, 58, "paper", "ink", 4)
    place.circle(0, 0, 44, "ink" if full else "sand")
    if full:
        place.group("none", "skin-3", 5).round_ends().path("M-22-10q20-22 44-2")


def _pot(pot: Pen) -> None:
    pot.path("M60-40L150-9v18L60 40z", "teal")
    pot.circle(0, 0, 92, "teal")
    pot.circle(0, 0, 62, "none", "yellow", 6)
    pot.circle(0, 0, 20, "yellow")
    pot.path("M-80-18h-120v36h120z", "ink")


def queue(tell: Accounts) -> Pen:
    """Draw the waiting list from above: a queue wound round the one table that it waits for."""
    waiting = tell.count("venteliste/2014")
    pen = sheet(900, 900, "yellow")
    places = []
    angle, radius = 0.4, _INNERMOST
    for _ in range(waiting):
        places.append((450 + radius * math.sin(angle), 456 - radius * math.cos(angle), angle))
        angle += 37 / radius
        radius = _INNERMOST + _PITCH * (angle - 0.4) / (2 * math.pi)
    steps = [part for x, y, _ in (*places[:-1:2], places[-1]) for part in (x, y)]
    trail = line("M", 450, 456 - 0.8 * _INNERMOST, "L", *steps)
    pen.group("none", "paper", 52).round_ends().path(trail)
    _small_table(pen)
    people = pen.group(counts="venteliste/2014").round_ends()
    for number, (x, y, turn) in enumerate(places):
        person = people.group()
        across = (11 * math.sin(turn), -11 * math.cos(turn))
        person.path(
            line("M", x - across[0], y - across[1], "l", 2 * across[0], 2 * across[1]),
            stroke=_COATS[(number * 3 + number // 11) % len(_COATS)],
            width=21,
        )
        person.circle(x, y, 10.5, _HEADS[(number * 5 + number // 7) % len(_HEADS)])
    return pen


_INNERMOST, _PITCH = 150.0, 60.0


def _small_table(pen: Pen) -> None:
    """Draw a mentor at a table for two; the chair across from her is free."""
    place = pen.group(at=(450, 464))
    place.circle(0, 0, 62, "red")
    place.path("M-30-98q30-16 60 0v26h-60z", "ink")
    place.path("M-46 92q0-40 46-40t46 40q-46 24-92 0z", "teal")
    place.group("none", "teal", 22).round_ends().path("M-40 88q-6-40 10-60M40 88q6-40-10-60")
    place.circle(0, 90, 24, "ink")
    place.circle(-28, 26, 11, "skin-2")
    place.circle(28, 26, 11, "skin-2")
    for x, y in ((0.0, -30.0), (4.0, 12.0)):
        place.circle(x, y, 14, "paper", "ink", 3)
        place.circle(x, y, 7, "ink")


def candles(tell: Accounts) -> Pen:
    """Draw a birthday cake with a candle a year; the one for the year of the rescue is nearly burnt down."""
    years = tell.count("netvaerkets-alder/2022")
    rescue = tell.year("bevilling-socialministeriet/2014") - tell.year("mentorer-ved-start/2002")
    pen = sheet(1200, 675, "red")
    _bunting(pen)
    _guests(pen)
    pen.path("M-900 604h3000v900H-900z", "ink")
    pen.path("M196 604q-24 0-30-26h868q-6 26-30 26z", "paper")
    pen.path("M230 578V406q0-28 28-28h684q28 0 28 28v172z", "pink")
    pen.path("M230 482h740v20H230zM230 530h740v14H230z", "red")
    icing = line("M", 230, 410, "v", -6, "q", 0, -28, 28, -28, "h", 684, "q", 28, 0, 28, 28, "v", 6)
    for drop in range(20):
        icing += line(
            "q", 0, 20 + 12 * (drop % 3), -18.5, 20 + 12 * (drop % 3), "t", -18.5, -20 - 12 * (drop % 3)
        )
    pen.path(icing + "z", "paper")
    row = pen.group(counts="netvaerkets-alder/2022")
    for year in range(1, years + 1):
        height = 30 if year == rescue else 122
        _candle(
            row.group(at=(230 + 740.0 * (year - 0.5) / years, 380)), height, "teal" if year % 2 else "yellow"
        )
    return pen


def _bunting(pen: Pen) -> None:
    """Hang flags over the table; they are no account of anything."""
    swags = "".join(line("q", 150, 90, 300, 0) for _ in range(10))
    pen.path(line("M", -900, 16) + swags, "none", "ink", 4)
    for number in range(30):
        along = (number % 3 + 0.5) / 3
        x, y = -900.0 + 300 * (number // 3) + 300 * along, 16 + 180 * along * (1 - along)
        pen.path(
            line("M", x - 33, y, "h", 66, "l", -33, 72, "z"), ("paper", "pink", "yellow")[number * 2 % 3]
        )


def _candle(candle: Pen, height: float, colour: str) -> None:
    candle.box(-8, -height, 16, height, colour)
    candle.path(line("M", 0, -height, "v", -12), stroke="ink", width=4)
    candle.path(line("M", 0, -height - 10, "q", -14, -10, 0, -40, "q", 14, 30, 0, 40, "z"), "yellow")


def _guests(pen: Pen) -> None:
    left = pen.group(at=(112, 0))
    left.path("M-150 675V470q0-110 130-110t150 110v205z", "teal")
    left.path("M-52 300h74v80q-38 26-74 0z", "skin-3")
    left.path("M-128 250Q-128 110-8 110T104 250Q112 330 90 362L-100 368Q-136 330-128 250Z", "ink")
    left.circle(-2, 248, 80, "skin-3")
    left.path("M-86 240Q-80 150-2 152T84 236Q40 220 10 186Q-40 236-86 240Z", "ink")
    left.group("none", "ink", 5).round_ends().path("M2 250q8 8 16 0M42 250q8 8 16 0M22 292q16 12 32 0")
    right = pen.group(at=(1088, 0))
    right.path("M150 675V470q0-110-130-110t-150 110v205z", "yellow")
    right.path("M-24 300h74v80q-36 26-74 0z", "skin-1")
    right.circle(62, 136, 46, "skin-2")
    right.circle(2, 240, 92, "skin-2")
    right.circle(-2, 254, 80, "skin-1")
    right.path("M-84 244Q-80 158 0 156T82 244Q40 230 6 190Q-30 234-84 244Z", "skin-2")
    right.group("none", "ink", 5).round_ends().path("M-58 258q8 8 16 0M-18 258q8 8 16 0M-48 298q16 12 32 0")


def glasses(tell: Accounts) -> Pen:
    """Draw one face with two lenses: in each the rings of one publication, each ring from noon."""
    pen = sheet(1200, 800, "pink")
    pen.path("M150 960V330Q150-60 600-60t450 390v630z", "ink")
    pen.path("M480 760h240v260q0 90 190 110l500 60v600H-210v-600l500-60q190-20 190-110z", "skin-2")
    pen.path("M-210 1180l460-56q80 180 350 180t350-180l460 56v600H-210z", "teal")
    pen.path("M480 880q120 90 240 0v60q-120 70-240 0z", "skin-3")
    pen.path("M230 330Q230 20 600 20t370 310v250Q970 910 600 910T230 580z", "skin-2")
    pen.path("M226 330Q240 30 640 16T974 330Q900 112 640 92T226 330z", "ink")
    for x, source in ((384.0, "mentor-2022-05"), (816.0, "jubilaeum-2022-11")):
        _lens(pen, x, 400, tell, source)
    pen.path("M566 372q34-26 68 0", "none", "ink", 20)
    pen.path("M202 372L140 350M998 372L1060 350", "none", "ink", 20)
    brows = pen.group("none", "ink", 26).round_ends()
    brows.path("M306 184q86-38 170-2M716 150q116-36 214 46")
    pen.path("M612 470q46 120-4 128q-22 2-36-10", "none", "skin-3", 12)
    pen.path("M500 700q100 44 200-14q-30 66-100 66t-100-52z", "red")
    return pen


def _lens(pen: Pen, x: float, y: float, tell: Accounts, source: str) -> None:
    pen.circle(x, y, 186, "paper", "ink", 20)
    rings = pen.group("none")
    for radius, width, colour, name in ((142.0, 46, "red", "i-job"), (88.0, 40, "yellow", "i-uddannelse")):
        reference = f"{name}/2021@{source}"
        rings.circle(x, y, radius, stroke="sand", width=width)
        rings.path(arc(x, y, radius, 0, tell.share(reference)), stroke=colour, width=width, share=reference)
    pen.circle(x, y, 46, "ink")
    pen.circle(x + 16, y - 16, 12, "paper")


def trees(tell: Accounts) -> Pen:
    """Draw three trees that do not compare: a hundred flowers each, the red ones are those who found work."""
    pen = sheet(1200, 800, "teal")
    pen.path("M-900 724h3000v900H-900z", "pink")
    for x, crown, flowers, reference in (
        (212.0, _round_crown, _ROUND, "i-job-siden-start/2002/2013"),
        (524.0, _tall_crown, _TALL, "i-job/2017"),
        (908.0, _pointed_crown, _POINTED, "i-job/2021"),
    ):
        red = set(spread(len(flowers), tell.count(reference)))
        tree = pen.group(at=(x, 724))
        tree.path("M-13 0v-200h26V0z", "skin-3")
        crown(tree)
        buds = tree.group("yellow")
        flowering = tree.group("red", counts=reference)
        for number, (left, top) in enumerate(flowers):
            if number in red:
                flowering.circle(left, top, 13)
            else:
                buds.circle(left, top, 8)
    woman(pen.group(at=(352, 748)), "red", "skin-2")
    return pen


_GOLDEN = (1 + 5**0.5) / 2
_ROUND = tuple(polar(0, -400, 17.6 * (leaf + 0.6) ** 0.5, leaf / _GOLDEN % 1) for leaf in range(100))
_TALL = tuple((32.0 * (leaf % 5) - 64, 28.0 * (leaf // 5) - 650) for leaf in range(100))
_POINTED = tuple(
    (27.0 * (leaf - row * row - row), 48.0 * row - 604)
    for row in range(10)
    for leaf in range(row * row, (row + 1) ** 2)
)


def _round_crown(tree: Pen) -> None:
    tree.circle(0, -400, 198, "paper")


def _tall_crown(tree: Pen) -> None:
    tree.box(-90, -678, 180, 588, "paper", corner=44)


def _pointed_crown(tree: Pen) -> None:
    tree.path("M-24-624Q0-660 24-624L282-164Q296-140 266-140H-266Q-296-140-282-164z", "paper")
