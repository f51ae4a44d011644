"""A photograph without what a camera or a program wrote beside its pixels: place, serial number, name.

Lossless: JPEG, PNG and WebP are made of pieces, of which only those that a picture is drawn from are
kept, with the colour profile and which way is up. AVIF hides the rest among the pixels, and is encoded
anew where there is any.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator

_UP = 0x0112
#: Application segments of a JPEG, by marker: JFIF, colour profile, Adobe's note of the colour space.
_APPLICATION = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_COMMENT, _SCAN, _END = 0xFE, 0xDA, 0xD9
#: Where a scan ends: at a marker that is neither a stuffed byte, nor a restart, nor filling.
_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD hIST pHYs sPLT".split()
    + b"cICP mDCV cLLI acTL fcTL fdAT".split()
)
#: Where a PNG may say which way is up: a piece of its own, a program's text, XMP.
_PNG_TELLS = (b"eXIf", b"Raw profile type", b"XML:com.adobe.xmp")
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
#: In a WebP's first chunk: that there is EXIF, that there is XMP.
_HAS_EXIF, _HAS_XMP = 0x08, 0x04
#: As good as makes no difference, where there is no other way.
_FINE = 90


def without_notes(data: bytes) -> bytes:
    """Return a photograph without what was written beside it; the same bytes where there is nothing.

    Args:
        data: a file that can be read as a picture.
    """
    try:
        if data.startswith(b"\xff\xd8"):
            return _jpeg(data)
        if data.startswith(_PNG):
            return _png(data)
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return _webp(data)
    except (IndexError, struct.error):
        # Some programs read on where the pieces do not fit; what they have read is written properly.
        return _anew(data)
    from PIL import Image  # a build that looks at no photograph does without

    with Image.open(io.BytesIO(data)) as picture:
        has_notes = bool(set(picture.getexif()) - {_UP} or picture.info.get("xmp"))
    return _anew(data) if has_notes else data


def _way_up(data: bytes) -> bytes:
    """Return EXIF that says which way is up, and nothing else; nothing where the picture stands upright."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        way = picture.getexif().get(_UP, 1)
    if way not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[_UP] = way
    return exif.tobytes()


def _jpeg(data: bytes) -> bytes:
    up = _way_up(data)
    segments = b"".join(_segments(data))
    note = b"\xff\xe1" + struct.pack(">H", len(up) + 2) + up if up else b""
    return b"\xff\xd8" + note + segments


def _segments(data: bytes) -> Iterator[bytes]:
    at = 2
    while True:
        if data[at] != 0xFF:
            raise IndexError(at)
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _END:
            # Behind it some cameras put a second picture, with notes of its own.
            yield data[at : at + 2]
            return
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        begins = data[at + 4 :].startswith if 0xE0 <= marker <= 0xEF else None
        is_kept = begins(_APPLICATION[marker]) if begins and marker in _APPLICATION else begins is None
        if is_kept and marker != _COMMENT:
            yield data[at:end]
        at = end
        if marker == _SCAN:
            found = _NEXT.search(data, at)
            if found is None:
                raise IndexError(at)
            yield data[at : found.start()]
            at = found.start()


def _png(data: bytes) -> bytes:
    # Asked for a note that is not there, the library unpacks all pixels to look behind them.
    may_tell = any(name in data for name in _PNG_TELLS)
    up = _way_up(data).removeprefix(b"Exif\0\0") if may_tell else b""
    parts = [_PNG]
    at = len(_PNG)
    while True:
        (length,) = struct.unpack_from(">I", data, at)
        name = data[at + 4 : at + 8]
        if name == b"IDAT" and up:
            crc = zlib.crc32(b"eXIf" + up)
            parts.append(struct.pack(">I", len(up)) + b"eXIf" + up + struct.pack(">I", crc))
            up = b""
        if name in _PNG_KEPT:
            parts.append(data[at : at + 12 + length])
        if name == b"IEND":
            return b"".join(parts)
        at += 12 + length


def _webp(data: bytes) -> bytes:
    up = _way_up(data).removeprefix(b"Exif\0\0")
    parts = []
    at = 12
    while at + 8 <= len(data):
        (length,) = struct.unpack_from("<I", data, at + 4)
        piece = data[at : at + 8 + length + length % 2]
        if piece[:4] == b"VP8X":
            flags = piece[8] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if up else 0)
            piece = piece[:8] + bytes((flags,)) + piece[9:]
        if piece[:4] in _WEBP_KEPT:
            parts.append(piece)
        at += 8 + length + length % 2
    if up:
        parts.append(b"EXIF" + struct.pack("<I", len(up)) + up + b"\0" * (len(up) % 2))
    inside = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def _anew(data: bytes) -> bytes:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as original:
        form, profile, up = original.format, original.info.get("icc_profile"), _way_up(data)
        bare = Image.new(original.mode, original.size)
        bare.paste(original)
    out = io.BytesIO()
    options: dict[str, object] = {"icc_profile": profile} if profile else {}
    options |= {"exif": up} if up else {}
    options |= {"quality": _FINE} if form != "PNG" else {}
    options |= {"max_threads": 1} if form == "AVIF" else {}
    bare.save(out, form, **options)
    return out.getvalue()
