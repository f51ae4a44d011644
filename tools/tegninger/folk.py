"""People who are in more than one picture."""

from __future__ import annotations

from tegninger.pen import Pen


def woman(person: Pen, dress: str, skin: str) -> None:
    """Draw a woman who stands and waves, 210 high; her feet are at the pen's origin."""
    person.path("M-46 0q24-70 20-140q26-26 52 0q-4 70 20 140z", dress)
    person.path("M-10-170h20v26h-20z", skin)
    person.circle(0, -180, 28, skin)
    person.path("M-32-172q-8-54 32-54t32 54l8 44q-22-2-18-46q-18-8-32-28q-8 22-22 30z", "ink")
    person.group("none", dress, 15).round_ends().path("M-22-126q-34 40-44 84M22-126q44 10 62-38")
    person.circle(86, -172, 10, skin)
    person.circle(-67, -36, 10, skin)
