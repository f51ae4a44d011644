"""The magazine's mark: the sign of equality, as an icon in every size that asks for one."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from tegninger.pen import PALETTE, Pen, line, paper

#: Of the tab, of a phone's home screen, and of the web app manifest.
SIZES = (32, 180, 192, 512)
#: The two bars on a field of 32 by 32: left, top, right, bottom.
_BARS = ((7, 9, 25, 14), (7, 18, 25, 23))


def mark() -> Pen:
    """Draw the icon as a drawing."""
    pen = paper(32, 32)
    pen.box(0, 0, 32, 32, "red", corner=5)
    bars = (
        line("M", left, top, "H", right, "V", bottom, "H", left, "z") for left, top, right, bottom in _BARS
    )
    pen.path("".join(bars), "paper")
    return pen


def mark_in_pixels(size: int) -> bytes:
    """Draw the icon as a PNG; without round corners, which telephones cut themselves."""
    image = Image.new("RGB", (size, size), PALETTE["red"])
    draw = ImageDraw.Draw(image)
    for bar in _BARS:
        left, top, right, bottom = (round(side * size / 32) for side in bar)
        draw.rectangle((left, top, right - 1, bottom - 1), fill=PALETTE["paper"])
    content = io.BytesIO()
    image.convert("P", palette=Image.Palette.ADAPTIVE, colors=2).save(content, "PNG", optimize=True)
    return content.getvalue()
