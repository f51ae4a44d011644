"""Photographs without what is written beside their pixels: nothing of it is left, and no pixel differs."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from magazine.camera import without_notes
from magazine.pictures import PictureError, look

SECRET = b"Anna Holms kamera"
#: How Pillow is asked for each kind of file.
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "jpeg": ("JPEG", {"comment": SECRET}),
    "progressive jpeg": ("JPEG", {"progressive": True, "quality": 95}),
    "png": ("PNG", {}),
    "webp": ("WEBP", {"xmp": SECRET}),
    "lossless webp": ("WEBP", {"lossless": True}),
    "avif": ("AVIF", {"xmp": SECRET}),
}
#: Any bytes serve: nobody reads a profile here, it is handed on.
PROFILE = b"a profile of colours" * 9


def _picture(kind: str, way: int = 1) -> bytes:
    # Noise, the same every time: what is even would be packed into next to nothing.
    picture = Image.frombytes("RGB", (64, 48), hashlib.shake_128(b"noise").digest(64 * 48 * 3))
    ImageDraw.Draw(picture).ellipse((8, 8, 40, 40), fill="#c41e48")
    exif = picture.getexif()
    exif[0x010F] = SECRET.decode("ascii")
    exif[0x0112] = way
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    form, options = KINDS[kind]
    picture.save(out, form, exif=exif, icc_profile=PROFILE, **options)
    return out.getvalue()


def _open(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


@pytest.mark.parametrize("way", [1, 6])
@pytest.mark.parametrize("kind", KINDS)
def test_only_the_picture_is_left(kind: str, way: int) -> None:
    data = _picture(kind, way)
    assert SECRET in data

    bare = without_notes(data)

    assert SECRET not in bare
    was, now = _open(data), _open(bare)
    assert (now.format, now.size, now.info["icc_profile"]) == (was.format, was.size, PROFILE)
    assert dict(now.getexif()) == ({0x0112: way} if way != 1 else {})
    if kind != "avif":
        assert now.tobytes() == was.tobytes()
    assert without_notes(bare) == bare


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "avif"])
def test_a_bare_picture_stays_as_it_is(kind: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (32, 32), "#9fc97c").save(out, KINDS[kind][0])

    assert without_notes(out.getvalue()) == out.getvalue()


def test_what_hangs_on_behind_the_picture_is_cut_off() -> None:
    """Cameras put a second picture there, with a place of its own."""
    data = _picture("jpeg")

    assert without_notes(data + data) == without_notes(data)
    assert SECRET not in without_notes(_picture("png") + SECRET)
    assert SECRET not in without_notes(_picture("webp") + SECRET)


def test_a_text_in_a_png_is_left_out() -> None:
    data = _picture("png")
    text = b"tEXtAuthor\0" + SECRET
    note = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    assert _open(data[:33] + note + data[33:]).info["Author"] == SECRET.decode("ascii")

    assert without_notes(data[:33] + note + data[33:]) == without_notes(data)


def test_where_the_pieces_do_not_fit_the_picture_is_written_anew() -> None:
    data = _picture("jpeg")
    # Stray bytes between two segments: programs read on.
    at = 4 + struct.unpack_from(">H", data, 4)[0]
    stray = data[:at] + b"\x00\x00" + data[at:]
    assert _open(stray).size == (64, 48)

    bare = without_notes(stray)

    assert SECRET not in bare
    assert _open(bare).size == (64, 48)


@given(st.data())
def test_no_damage_makes_a_traceback_that_is_not_the_pictures_own(draw: st.DataObject) -> None:
    data = bytearray(_picture(draw.draw(st.sampled_from(["jpeg", "png", "webp"]))))
    data[draw.draw(st.integers(0, len(data) - 1))] ^= draw.draw(st.integers(1, 255))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's, of what it reads on behind
        try:
            look(bytes(data))
        except PictureError:
            return  # told as an error before anything is published
        assert _open(without_notes(bytes(data))).size
