"""Pictures as readers get them: cropped to their place, in the widths and formats that browsers choose from.

Two steps: ``plan`` says from a picture's size alone which files there are to be, so that pages can name
them; ``make_rendition`` makes one of them from the original's bytes. Nothing is enlarged, and nothing of
what a camera writes into a file (place, serial number, name) comes along but the colour profile.
"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Iterable, Iterator
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import PIL
from msgspec import Struct

if TYPE_CHECKING:
    from PIL import Image

#: Part of every name: another way of making them gives other names.
_VERSION = "1"
#: Best first; PNG where a picture has transparent parts.
FORMATS = ("avif", "webp", "jpg", "png")
_QUALITY = {"avif": 55, "webp": 75, "jpg": 80}
#: Where the eye goes if nobody says: percent from the left and from the top.
MIDDLE = (50, 50)
_FOCUS = re.compile(r"(\d{1,3})\s*%\s+(\d{1,3})\s*%\Z")
_WORDS = {
    "venstre": (0, 50),
    "højre": (100, 50),
    "øverst": (50, 0),
    "nederst": (50, 100),
    "midten": (50, 50),
}
#: What is cropped and encoded; a drawing (SVG) scales by itself, and an animation is left alone.
RASTER = (".jpg", ".jpeg", ".png", ".webp", ".avif")
#: More than this no reader's picture has, and unpacking it would take gigabytes.
_MOST_PIXELS = 100_000_000


class Role(StrEnum):
    """Where a picture stands, which says how it is cropped."""

    FULL = "hel"
    """In an article: as it is."""
    WIDE = "16-9"
    LEAD = "3-2"
    CARD = "4-3"
    TALL = "4-5"
    SQUARE = "1-1"


_RATIOS: dict[Role, Fraction | None] = {
    Role.FULL: None,
    Role.WIDE: Fraction(16, 9),
    Role.LEAD: Fraction(3, 2),
    Role.CARD: Fraction(4, 3),
    Role.TALL: Fraction(4, 5),
    Role.SQUARE: Fraction(1),
}
_WIDTHS: dict[Role, tuple[int, ...]] = {
    Role.FULL: (480, 800, 1200, 1600),
    Role.WIDE: (480, 800, 1200, 1600),
    Role.LEAD: (360, 640, 960, 1280),
    Role.CARD: (240, 480, 720),
    Role.TALL: (320, 480, 720, 960),
    Role.SQUARE: (120, 240, 480),
}


class FocusError(ValueError):
    """A focus that cannot be read; the text says in Danish what to write."""


class Rendition(Struct, frozen=True):
    """One file to be made of a picture."""

    name: str
    """The file's name, with the hash of the original's content and of all that shapes it."""
    box: tuple[int, int, int, int]
    """What is cut out of the original, in its pixels: left, top, right, bottom."""
    width: int
    height: int
    form: str
    """``avif``, ``webp``, ``jpg`` or ``png``."""


class Plan(Struct, frozen=True):
    """The files of one picture in one place, best format first, each format from narrow to wide."""

    renditions: tuple[Rendition, ...]

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats in the order in which a browser should try them."""
        return tuple(dict.fromkeys(rendition.form for rendition in self.renditions))

    def of(self, form: str) -> tuple[Rendition, ...]:
        """Return one format's files, from narrow to wide."""
        return tuple(rendition for rendition in self.renditions if rendition.form == form)

    @property
    def fallback(self) -> Rendition:
        """The file for browsers that choose nothing: the widest of the last format."""
        return self.renditions[-1]


def parse_focus(text: str) -> tuple[int, int]:
    """Parse where the eye should go: ``50% 30%`` from the left and the top, or ``øverst``.

    Raises:
        FocusError: with what to write instead.
    """
    bare = " ".join(text.casefold().split())
    if not bare:
        return MIDDLE
    if bare in _WORDS:
        return _WORDS[bare]
    match = _FOCUS.match(bare)
    if match is None or int(match[1]) > 100 or int(match[2]) > 100:
        raise FocusError(
            f"«focus: {text}» kan ikke læses. Skriv, hvor blikket skal hen, fra venstre og oppefra: "
            f"50% 30%, eller et af ordene {', '.join(_WORDS)}."
        )
    return int(match[1]), int(match[2])


def digest(data: bytes) -> str:
    """Return the name of a content."""
    return hashlib.sha256(data).hexdigest()


def plan(
    stem: str,
    content: str,
    size: tuple[int, int],
    role: Role,
    focus: tuple[int, int] = MIDDLE,
    *,
    clear: bool = False,
) -> Plan:
    """Say which files a picture in one place is to have.

    Args:
        stem: the original's name without its ending, for the files' names.
        content: the original's ``digest``.
        size: its width and height in pixels, as it is looked at (a camera's rotation undone).
        role: where it stands.
        focus: percent from the left and from the top.
        clear: whether it has transparent parts; then the fallback is a PNG.
    """
    box = crop(size, _RATIOS[role], focus)
    wide, high = box[2] - box[0], box[3] - box[1]
    widths = [width for width in _WIDTHS[role] if width < wide]
    widths = (
        [*widths, min(wide, _WIDTHS[role][-1])] if not widths or widths[-1] < _WIDTHS[role][-1] else widths
    )
    shaped = f"{_VERSION} {PIL.__version__} {content} {box} {sorted(_QUALITY.items())}"
    key = hashlib.sha256(shaped.encode("ascii")).hexdigest()[:12]
    return Plan(
        tuple(
            Rendition(
                f"{stem}-{key}-{width}.{form}", box, width, max(1, round(Fraction(width * high, wide))), form
            )
            for form in ("avif", "webp", "png" if clear else "jpg")
            for width in dict.fromkeys(widths)
        )
    )


def crop(
    size: tuple[int, int], ratio: Fraction | None, focus: tuple[int, int] = MIDDLE
) -> tuple[int, int, int, int]:
    """Return the largest part of a picture that has a ratio and lies around its focus.

    Args:
        size: width and height in pixels.
        ratio: width to height; ``None`` for the whole.
        focus: percent from the left and from the top; it stays inside, and in the middle where it can.
    """
    width, height = size
    if ratio is None:
        return 0, 0, width, height
    wide = min(width, round(height * ratio))
    high = min(height, round(wide / ratio))
    left = min(max(0, round(Fraction(width * focus[0], 100) - Fraction(wide, 2))), width - wide)
    top = min(max(0, round(Fraction(height * focus[1], 100) - Fraction(high, 2))), height - high)
    return left, top, left + wide, top + high


def make_rendition(data: bytes, rendition: Rendition) -> bytes:
    """Make one file.

    Args:
        data: the original.
        rendition: as ``plan`` named it.

    Returns:
        The file; the same bytes for the same input and the same version of Pillow.
    """
    return next(make_renditions(data, (rendition,)))


def make_renditions(data: bytes, renditions: Iterable[Rendition]) -> Iterator[bytes]:
    """Make several files of one original, which is unpacked once.

    Args:
        data: the original.
        renditions: as ``plan`` named them.

    Yields:
        The files in their order.
    """
    from PIL import Image, ImageOps  # a build that makes no picture does without

    with Image.open(io.BytesIO(data)) as original:
        profile = original.info.get("icc_profile")
        upright = ImageOps.exif_transpose(original)
    solid = upright if upright.mode == "RGB" else upright.convert("RGB")
    clear = upright.convert("RGBA") if _is_clear(upright) else solid
    for rendition in renditions:
        picture = solid if rendition.form == "jpg" else clear
        yield _encode(
            picture.resize((rendition.width, rendition.height), Image.Resampling.LANCZOS, box=rendition.box),
            rendition.form,
            profile,
        )


def _encode(picture: Image.Image, form: str, profile: bytes | None) -> bytes:
    from PIL import Image

    # A new picture on purpose: what the original carries beside its pixels stays behind.
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    options: dict[str, object] = {"icc_profile": profile} if profile else {}
    match form:
        case "jpg":
            bare.save(out, "JPEG", quality=_QUALITY["jpg"], progressive=True, optimize=True, **options)
        case "png":
            bare.save(out, "PNG", optimize=True, **options)
        case "webp":
            bare.save(out, "WEBP", quality=_QUALITY["webp"], method=4, **options)
        case "avif":
            # One thread: with several, the bytes depend on how many there are.
            bare.save(out, "AVIF", quality=_QUALITY["avif"], speed=6, max_threads=1, **options)
    return out.getvalue()


class PictureError(ValueError):
    """A file that is no picture; the text says in Danish what is wrong with it."""


def look(data: bytes) -> tuple[tuple[int, int], bool]:
    """Return a picture's upright size, and whether it has transparent parts.

    It is unpacked to its last byte, for a file that was cut off looks sound from its beginning.

    Raises:
        PictureError: where it is no picture that can be read.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # Our own limit, below, is told as an error; Pillow's would be a warning of a bomb.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            original = Image.open(io.BytesIO(data))
        with original:
            width, height = original.size
            if width * height > _MOST_PIXELS:
                raise PictureError(
                    f"billedet har {width} gange {height} punkter. Gem det mindre: "
                    "6000 på den lange led er nok."
                )
            turned = original.getexif().get(0x0112, 1) in (5, 6, 7, 8)
            clear = _is_clear(original)
            # A JPEG need not be unpacked in its full size to show that it is whole.
            original.draft("RGB", (width // 8, height // 8))
            original.load()
    except PictureError:
        raise
    except Exception as error:  # Pillow's readers raise nearly anything on broken files
        raise PictureError(
            "billedet kan ikke læses: filen er i stykker eller ikke det, dens navn siger. "
            "Gem det igen som JPEG eller PNG."
        ) from error
    return (height, width) if turned else (width, height), clear


def _is_clear(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


def media_type(form: str) -> str:
    """Return a format's media type."""
    return "image/jpeg" if form == "jpg" else f"image/{form}"
