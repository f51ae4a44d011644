"""Cut the magazine's fonts from the families in their packages: ``python tools/skrifter.py``.

Four files for the browser, each one style, with the letters of Danish and little more, and the metrics that
the style sheet gives the fallback faces so that nothing moves when a font arrives.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "skrifter"

#: What Danish needs, and the accents of the names that a Danish magazine prints most.
DANISH = "abcdefghijklmnopqrstuvwxyzæøåéüöä"
FOREIGN = "èêëáàâóôúíïñçš"
FIGURES = "0123456789"
SIGNS = " .,:;!?()/&%§+−='-–…·’”»«\u00a0\u202f"
RARE = '[]@#*"—“×½°€→<>'

NARROW_SPACE, SPACE = 0x202F, 0x20


@dataclass(frozen=True)
class Cut:
    """One file: a style, and what it must be able to write."""

    name: str
    package: str
    file: str
    axes: tuple[tuple[str, float], ...]
    features: tuple[str, ...]
    letters: str


CUTS = (
    Cut(
        "tekst.woff2",
        "fontpkg_newsreader",
        "Newsreader[opsz,wght].ttf",
        (("opsz", 14), ("wght", 400)),
        ("tnum",),  # kerning would cost 5 KB, and what it mends is the display cut's business
        DANISH + FOREIGN + DANISH.upper() + FIGURES + SIGNS + RARE,
    ),
    Cut(
        "kursiv.woff2",
        "fontpkg_newsreader",
        "Newsreader-Italic[opsz,wght].ttf",
        (("opsz", 24), ("wght", 420)),
        (),
        DANISH + DANISH[:29].upper() + FIGURES + SIGNS.replace("%", "").replace("+−='", ""),
    ),
    Cut(
        "rubrik.woff2",
        "fontpkg_newsreader",
        "Newsreader[opsz,wght].ttf",
        (("opsz", 60), ("wght", 560)),
        ("kern",),
        DANISH + DANISH[:29].upper() + FIGURES + SIGNS,
    ),
    Cut(
        "grotesk.woff2",
        "fontpkg_libre_franklin",
        "LibreFranklin[wght].ttf",
        (("wght", 560),),
        (),
        DANISH + DANISH.upper() + FIGURES + SIGNS + "→",
    ),
)


def main() -> int:
    """Write the files and print their sizes."""
    for cut in CUTS:
        path = FOLDER / cut.name
        font = cut_font(cut)
        font.flavor = "woff2"
        font.save(path)
        print(f"{path.name}: {path.stat().st_size} bytes")
    return 0


def cut_font(cut: Cut) -> TTFont:
    """Return a static font with the characters and features of a cut."""
    source = files(cut.package) / "files" / cut.file
    with source.open("rb") as file:
        font = TTFont(file, recalcTimestamp=False)
        font = instantiateVariableFont(font, dict(cut.axes))
    _add_narrow_space(font)
    options = Options()
    options.layout_features = list(cut.features)
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]  # the licence stays in the file
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(set(cut.letters))))
    subsetter.subset(font)
    return font


def _add_narrow_space(font: TTFont) -> None:
    """Give the font the narrow no-break space before the percent sign, where it has none."""
    cmap = font.getBestCmap()
    if NARROW_SPACE in cmap:
        return
    space, name = cmap[SPACE], "uni202F"
    width, bearing = font["hmtx"][space]
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = font["glyf"][space]
    font["hmtx"][name] = (width * 2 // 3, bearing)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[NARROW_SPACE] = name


if __name__ == "__main__":
    sys.exit(main())
