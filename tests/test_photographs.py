"""Photographs on the pages of a built magazine; the pictures are drawn here, and show nobody."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from magazines import REPOSITORY, Done, build, files_of, put_magazine
from PIL import Image, ImageDraw

from magazine.pages.shipping import shipped
from magazine.site import load_site

ARTICLE = """---
title: {title}
date: {date}
description: Om en mark.
category: by
authors: [avisen]
featured: {rank}
image:
  src: ../../docs/images/{picture}.jpg
  alt: En mark.
  credit: 'Foto: Lilleby Avis'
  focus: {focus}
---

Her er marken.

{more}
"""


def photograph(file: Path, size: tuple[int, int] = (800, 400), colour: str = "#9fc97c") -> None:
    """Draw a field with a sun in its right half, and write it as a camera would."""
    picture = Image.new("RGB", size, colour)
    draw = ImageDraw.Draw(picture)
    for step in range(0, size[0], 200):
        draw.line((step, size[1], size[0] - step, size[1] // 2), fill="#38601e", width=3)
    draw.ellipse((size[0] * 3 // 4, 50, size[0] * 3 // 4 + 200, 250), fill="#f1bd45")
    exif = picture.getexif()
    exif[0x010F] = "Kamera 12345"
    exif.get_ifd(0x8825)[1] = "N"
    file.parent.mkdir(parents=True, exist_ok=True)
    picture.save(file, "JPEG", quality=90, exif=exif)


def put(folder: Path) -> Path:
    """Write the small magazine in the repository's dress, with photographs."""
    root = put_magazine(folder)
    shutil.rmtree(root / "overrides")
    shutil.copytree(REPOSITORY / "overrides", root / "overrides")
    for name, size in (("mark", (800, 400)), ("eng", (500, 400)), ("gemt", (800, 600))):
        photograph(root / f"docs/images/{name}.jpg", size)
    article(
        root,
        "2024/mark",
        "En mark",
        "2024-05-01",
        1,
        "mark",
        "100% 50%",
        '![Engen](../../docs/images/eng.jpg "Foto: Lilleby Avis")',
    )
    article(root, "2024/eng", "En eng", "2024-05-02", 2, "eng", "midten", "[Stor](../../docs/images/eng.jpg)")
    article(
        root,
        "2030/gemt",
        "Gemt",
        "2030-06-01",
        1,
        "gemt",
        "midten",
        '![Gemt](../../docs/images/gemt.jpg "Foto: Lilleby Avis")',
    )
    return root


def article(
    root: Path, path: str, title: str, date: str, rank: int, picture: str, focus: str, more: str
) -> None:
    text = ARTICLE.format(title=title, date=date, rank=rank, picture=picture, focus=focus, more=more)
    (root / f"articles/{path}.md").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    root = put(tmp_path_factory.mktemp("fotos") / "lille")
    done = build(root, "--strict")
    assert done.status == 0, done.err
    return root, done


def _page(root: Path, path: str) -> str:
    return (root / "site" / path / "index.html").read_text("utf-8")


def _pictures(html: str) -> list[str]:
    return re.findall(r"<picture>.*?</picture>", html, re.S)


def test_every_file_that_a_page_offers_is_there_and_true(built: tuple[Path, Done]) -> None:
    root, _ = built
    offered = {
        address
        for path in ("", "2024/05/01/mark", "2024/05/02/eng", "kategori/by")
        for choice in re.findall(r'srcset="([^"]+)"', _page(root, path))
        for address in choice.split(", ")
    }

    assert len(offered) > 20
    for address, width in (one.split(" ") for one in offered):
        with Image.open(root / "site" / address.lstrip("/")) as picture:
            assert f"{picture.width}w" == width
    made = {f"/{path}" for path in files_of(root / "site") if path.startswith("billeder/")}
    assert made == {one.partition(" ")[0] for one in offered}


def test_each_place_has_its_shape_and_its_hurry(built: tuple[Path, Done]) -> None:
    root, _ = built
    lead, second = _pictures(_page(root, ""))[:2]
    own, in_text = _pictures(_page(root, "2024/05/01/mark"))

    for html, size, hurry in (
        (lead, (711, 400), 'loading="eager" fetchpriority="high"'),
        (second, (500, 333), 'loading="lazy"'),
        (own, (800, 400), 'loading="eager" fetchpriority="high"'),
        (in_text, (500, 400), 'loading="lazy"'),
    ):
        found = re.search(r'<img src="/([^"]+)" .* width="(\d+)" height="(\d+)" ([^>]+) decoding', html)
        assert found is not None
        assert (int(found[2]), int(found[3]), found[4]) == (*size, hurry)
        with Image.open(root / "site" / found[1]) as picture:
            assert picture.size == size
        assert re.findall('source type="([^"]+)"', html) == ["image/avif", "image/webp"]


def test_the_focus_decides_what_stays(built: tuple[Path, Done]) -> None:
    root, _ = built
    found = re.search(r'<img src="/([^"]+)"', _pictures(_page(root, ""))[0])

    assert found is not None
    with Image.open(root / "site" / found[1]) as picture:
        # The sun begins at 600 of the whole, 89 of which were cut off on the left, and none on the right.
        pixel = picture.convert("RGB").getpixel((600 - 89 + 8, 150))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200 > pixel[2]


def test_nothing_of_the_camera_comes_along(built: tuple[Path, Done]) -> None:
    root, _ = built

    site = files_of(root / "site")
    assert [path for path, data in site.items() if b"Kamera" in data] == []
    assert site["images/eng.jpg"] != (root / "docs/images/eng.jpg").read_bytes()


def test_the_original_is_there_only_where_a_page_links_to_it(built: tuple[Path, Done]) -> None:
    root, _ = built

    assert sorted(path for path in files_of(root / "site") if path.startswith("images/")) == [
        "images/aaen.svg",
        "images/eng.jpg",
    ]


def test_a_drawing_lies_there_as_safe_as_on_its_page(tmp_path: Path) -> None:
    root = put(tmp_path / "lille")
    (root / "docs/images/plan.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:p="urn:program" viewBox="0 0 3 2" '
        'p:fil="/home/anna/plan.svg"><script>alert(1)</script><rect width="3" height="2"/></svg>',
        "utf-8",
    )

    assert build(root).status == 0

    assert (root / "site/images/plan.svg").read_text("utf-8") == (
        '<svg viewBox="0 0 3 2" xmlns="http://www.w3.org/2000/svg"><rect width="3" height="2" /></svg>'
    )
    aaen = "images/aaen.svg"
    assert (root / "site" / aaen).read_bytes() == (root / "docs" / aaen).read_bytes()


def test_what_waits_for_its_day_leaves_no_trace(built: tuple[Path, Done]) -> None:
    root, _ = built

    site = files_of(root / "site")
    assert [path for path, data in site.items() if "gemt" in path or b"gemt" in data or b"Gemt" in data] == []


def test_the_preview_has_it(built: tuple[Path, Done], monkeypatch: pytest.MonkeyPatch) -> None:
    root, _ = built
    monkeypatch.setenv("MAGASIN_NU", "2026-01-01 12:00")
    site = load_site(root)

    assert {asset.address for asset in shipped(site, with_held=True)} >= {
        "/images/eng.jpg",
        "/images/aaen.svg",
    }
    assert "/images/gemt.jpg" not in {asset.address for asset in shipped(site, with_held=True)}


def test_a_build_tells_what_it_made(built: tuple[Path, Done]) -> None:
    _, done = built

    assert re.search(r"Billeder: \d+ filer på \d,\d MB \(\d+ avif, \d+ webp, \d+ jpg\)", done.err), done.err


def test_a_feed_has_one_file_of_each(built: tuple[Path, Done]) -> None:
    root, _ = built
    feed = (root / "site/feed.xml").read_text("utf-8")

    found = re.search(r'&lt;img src="https://[^/]+/(billeder/eng-[^"]+\.jpg)"', feed)
    assert found is not None
    assert (root / "site" / found[1]).exists()
    assert "srcset" not in feed


def test_after_an_edit_the_site_is_a_clean_builds(built: tuple[Path, Done], tmp_path: Path) -> None:
    root = shutil.copytree(built[0], tmp_path / "lille")
    photograph(root / "docs/images/mark.jpg", (600, 450), "#d3a0df")
    (root / "articles/2024/eng.md").unlink()

    assert build(root).status == 0
    clean = put_magazine(tmp_path / "anden")
    for part in ("articles", "docs", "overrides"):
        shutil.rmtree(clean / part)
        shutil.copytree(root / part, clean / part)
    assert build(clean).status == 0
    assert files_of(root / "site") == files_of(clean / "site")


def test_a_second_build_makes_none(built: tuple[Path, Done], tmp_path: Path) -> None:
    root = shutil.copytree(built[0], tmp_path / "lille")
    shelf = root / ".cache/magasin/billeder"
    before = {file.name: file.stat().st_mtime_ns for file in shelf.iterdir()}
    spoilt = sorted(shelf.iterdir())[0]
    spoilt.write_bytes(b"noget andet")
    shutil.rmtree(root / "site")

    assert build(root).status == 0

    assert files_of(root / "site") == files_of(built[0] / "site")
    after = {file.name: file.stat().st_mtime_ns for file in shelf.iterdir()}
    assert {name for name in before if after[name] != before[name]} == {spoilt.name}


@pytest.mark.parametrize("damage", ["cut", "other", "empty"])
def test_a_broken_picture_is_an_error(tmp_path: Path, damage: str) -> None:
    root = put(tmp_path / "lille")
    file = root / "docs/images/mark.jpg"
    data = file.read_bytes()
    file.write_bytes({"cut": data[: len(data) // 2], "other": b"<html>404</html>", "empty": b""}[damage])

    done = build(root, "--quiet")

    assert done.status == 1
    assert done.err.splitlines()[0] == (
        "docs/images/mark.jpg:1: billedet kan ikke læses: filen er i stykker eller ikke det, dens navn "
        "siger. Gem det igen som JPEG eller PNG."
    )
    assert "Traceback" not in done.err


def test_a_picture_that_is_too_large_is_an_error(tmp_path: Path) -> None:
    root = put(tmp_path / "lille")
    out = io.BytesIO()
    Image.new("1", (20000, 6000)).save(out, "PNG")
    (root / "docs/images/stor.png").write_bytes(out.getvalue())

    done = build(root, "--quiet")

    assert done.err.splitlines()[0] == (
        "docs/images/stor.png:1: billedet har 20000 gange 6000 punkter. Gem det mindre: "
        "6000 på den lange led er nok."
    )
