"""Pictures: which files there are, what is cut out, and what does not come along."""

from __future__ import annotations

import io
import struct
import zlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from magazine.pictures import (
    FocusError,
    PictureError,
    Role,
    crop,
    digest,
    look,
    make_rendition,
    parse_focus,
    plan,
)

ROLES = list(Role)


def _photograph(size: tuple[int, int] = (64, 48), orientation: int = 1, **options: object) -> bytes:
    """Return a made-up JPEG, red on the left and blue on the right, with all that a camera writes."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    exif = picture.getexif()
    exif[0x0112] = orientation
    exif[0x010F] = "Kamera 12345"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95, exif=exif, comment=b"hjemme hos nogen", **options)
    return out.getvalue()


@given(
    st.tuples(st.integers(1, 6000), st.integers(1, 6000)),
    st.sampled_from(ROLES),
    st.tuples(st.integers(0, 100), st.integers(0, 100)),
)
def test_nothing_is_enlarged_and_nothing_lies_outside(
    size: tuple[int, int], role: Role, focus: tuple[int, int]
) -> None:
    made = plan("a", digest(b"x"), size, role, focus)

    assert made.formats == ("avif", "webp", "jpg")
    for rendition in made.renditions:
        left, top, right, bottom = rendition.box
        assert 0 <= left < right <= size[0]
        assert 0 <= top < bottom <= size[1]
        assert rendition.width <= right - left
        assert 1 <= rendition.height <= max(1, bottom - top)


def test_a_large_picture_gets_every_width() -> None:
    made = plan("sal", digest(b"x"), (4000, 3000), Role.LEAD)

    assert [rendition.width for rendition in made.of("webp")] == [360, 640, 960, 1280]
    assert {(rendition.width, rendition.height) for rendition in made.of("avif")} >= {(360, 240), (1280, 853)}
    assert made.fallback.name.startswith("sal-")
    assert made.fallback.name.endswith("-1280.jpg")


def test_a_small_picture_keeps_its_own_width() -> None:
    assert [one.width for one in plan("a", digest(b"x"), (500, 400), Role.CARD).of("jpg")] == [240, 480, 500]
    assert [one.width for one in plan("a", digest(b"x"), (90, 400), Role.SQUARE).of("jpg")] == [90]


def test_the_crop_lies_around_the_focus() -> None:
    size = (1000, 500)

    square = [crop(size, Fraction(1), focus)[0] for focus in ((0, 50), (50, 50), (100, 50))]
    assert square == [0, 250, 500]
    assert crop(size, None, (0, 0)) == (0, 0, 1000, 500)


def test_another_crop_has_another_name() -> None:
    size = (1000, 500)
    names = {
        plan("a", digest(content), size, role, focus).fallback.name
        for content in (b"x", b"y")
        for role in (Role.CARD, Role.SQUARE)
        for focus in ((0, 50), (100, 50))
    }

    assert len(names) == 8


@pytest.mark.parametrize("form", ["avif", "webp", "jpg"])
def test_only_the_colour_profile_comes_along(form: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = _photograph(icc_profile=profile)
    rendition = plan("a", digest(data), (64, 48), Role.FULL).of(form)[0]

    made = make_rendition(data, rendition)

    assert b"Kamera" not in made
    assert b"hjemme" not in made
    with Image.open(io.BytesIO(made)) as picture:
        assert picture.size == (64, 48)
        assert not dict(picture.getexif())
        assert picture.info.get("icc_profile") == profile


def test_a_picture_held_on_its_side_stands_upright() -> None:
    data = _photograph(orientation=6)
    size, clear = look(data)

    made = make_rendition(data, plan("a", digest(data), size, Role.FULL).fallback)

    assert (size, clear) == ((48, 64), False)
    with Image.open(io.BytesIO(made)) as picture:
        assert picture.size == (48, 64)
        # Turned a quarter clockwise, what was on the left is at the top.
        assert picture.convert("RGB").getpixel((24, 5))[0] > 200  # type: ignore[index]


def test_the_focus_decides_what_is_seen() -> None:
    data = _photograph((200, 50))
    colours = []
    for focus in ((0, 50), (100, 50)):
        rendition = plan("a", digest(data), (200, 50), Role.SQUARE, focus).fallback
        with Image.open(io.BytesIO(make_rendition(data, rendition))) as picture:
            pixel = picture.convert("RGB").getpixel((25, 25))
        assert isinstance(pixel, tuple)
        colours.append("red" if pixel[0] > pixel[2] else "blue")

    assert colours == ["red", "blue"]


def test_a_png_cut_off_under_right_check_sums_is_told() -> None:
    pixels = zlib.compress(bytes(1 + 300 * 3) * 300, level=0)
    pieces = [
        (b"IHDR", struct.pack(">IIBBBBB", 300, 300, 8, 2, 0, 0, 0)),
        (b"IDAT", pixels[: len(pixels) // 2]),
        (b"IEND", b""),
    ]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(piece)) + name + piece + struct.pack(">I", zlib.crc32(name + piece))
        for name, piece in pieces
    )

    with pytest.raises(PictureError, match="kan ikke læses"):
        look(data)


def test_what_is_clear_stays_clear() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(out, "PNG")
    size, clear = look(out.getvalue())
    made = plan("a", digest(out.getvalue()), size, Role.SQUARE, clear=clear)

    assert made.formats == ("avif", "webp", "png")
    for form in made.formats:
        with Image.open(io.BytesIO(make_rendition(out.getvalue(), made.of(form)[0]))) as picture:
            assert picture.convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("form", ["avif", "webp", "jpg"])
def test_the_same_picture_gives_the_same_bytes(form: str) -> None:
    data = _photograph()
    rendition = plan("a", digest(data), (64, 48), Role.CARD).of(form)[0]

    assert make_rendition(data, rendition) == make_rendition(data, rendition)


@pytest.mark.parametrize(
    ("text", "focus"),
    [("", (50, 50)), ("50% 30%", (50, 30)), ("Øverst", (50, 0)), ("100 % 0 %", (100, 0))],
)
def test_a_focus(text: str, focus: tuple[int, int]) -> None:
    assert parse_focus(text) == focus


@pytest.mark.parametrize("text", ["midt i", "50", "120% 0%", "50%,30%"])
def test_a_focus_that_cannot_be_read(text: str) -> None:
    with pytest.raises(FocusError, match=f"^«focus: {text}» kan ikke læses. Skriv"):
        parse_focus(text)
