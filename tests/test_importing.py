"""A WordPress archive becomes articles: the texts one file a case, and a whole made-up export."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from wordpress_export import export, item

from magazine.cli import main
from magazine.importing.markup import Picture, Surroundings, opening, to_markdown
from magazine.importing.run import add_entries
from magazine.importing.wordpress import Item, read_export
from magazine.render import Renderer
from magazine.site import examine

CASES = sorted((Path(__file__).parent / "cases" / "importing").glob("*.yml"))
UPLOADS = "https://gammel.example/wp-content/uploads/"
ATTACHMENTS = {
    "7": Picture(f"{UPLOADS}2021/03/sal.jpg", "Sal"),
    "8": Picture(f"{UPLOADS}2021/03/stole.jpg", "To stole", "Stolene."),
}


def _path(picture: Picture) -> str | None:
    if not picture.original.startswith(UPLOADS):
        return None
    return picture.original.replace(UPLOADS, "../../docs/images/")


SURROUNDINGS = Surroundings(lambda url: url, _path, ATTACHMENTS)


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_a_text(path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))

    converted = to_markdown(case["indhold"], SURROUNDINGS)

    assert converted.markdown == case["markdown"]
    assert sorted(converted.losses) == sorted(case.get("tab", []))


def test_the_opening_is_what_one_reads_first() -> None:
    content = (
        '<h2>Et skilt</h2><figure><img src="https://gammel.example/x.jpg" alt="Sal"/></figure>'
        '<p>Hej <a href="https://b.example/">kære</a>, <b>læser</b>: 2 &lt; 3 * 4.</p><ul><li>punkt</li></ul>'
        '<figure class="wp-block-embed"><div>https://film.example/x</div></figure><table><tr><td>1</td></tr>'
        "</table><blockquote><p>Citat</p></blockquote><p>Mere [i skarp].</p>"
    )

    text = opening(to_markdown(content, SURROUNDINGS).markdown)

    assert text == "Hej kære, læser: 2 < 3 * 4. Mere [i skarp]."


PIECES = ["<p>", "</p>", "<b>", "<ul><li>", "[gallery", ' ids="7"]', "[/x]", "tal:x", "](", "<", "&"]
MORE = ["///", "\n\n", "æ", "* "]


@given(st.lists(st.sampled_from(PIECES + MORE), max_size=25).map("".join))
def test_any_text_becomes_markdown_that_the_magazine_reads(text: str) -> None:
    rendered = Renderer().render(to_markdown(text, SURROUNDINGS).markdown, "a.md")

    assert [str(problem) for problem in rendered.problems if "HTML" in problem.message] == []
    assert not rendered.demands


def _magazine(folder: Path) -> Path:
    (folder / "docs").mkdir()
    (folder / "data").mkdir()
    (folder / "mkdocs.yml").write_text(
        "site_name: Opdigtet blad\nsite_url: https://ny.example/\n"
        "extra:\n  magazine:\n    unbound_figures: report\n",
        encoding="utf-8",
    )
    (folder / "docs/index.md").write_text(
        "---\ntitle: Forside\ndescription: Opdigtet\n---\n\nVelkommen.\n", encoding="utf-8"
    )
    (folder / "data/tal.yml").write_text("kilder: {}\nindikatorer: {}\nobservationer: []\n", encoding="utf-8")
    (folder / "data/redaktion.yml").write_text(
        "# Bevares.\nkategorier:\n  mentor:\n    navn: Mentor\nforfattere:\n  redaktionen:\n"
        "    navn: Redaktionen\nserier: {}\nkontakt:\n  ansvarshavende: ukendt\n  email: ukendt\n"
        "  telefon: ukendt\n  udgiver: Ingen\n  udgiver-url: https://ny.example/\n  mentor-url: https://ny.example/\n",
        encoding="utf-8",
    )
    return folder


ITEMS = (
    item(
        1,
        title="Første & <bedste>",
        post_name="f%c3%b8rste",
        link="https://gammel.example/2021/03/04/f%c3%b8rste/",
        terms=[("category", "nyheder", "Nyheder & noter"), ("post_tag", "l%c3%b8n", "løn")],
        content='Se <a href="https://gammel.example/om/">om os</a> og <a href="/?p=2">næste</a>.\n\n'
        '<a href="http://">To</a>.',
        excerpt="Et resumé.",
        comments=2,
    ),
    item(2, content="", status="private"),
    item(3, status="draft", post_date="0000-00-00 00:00:00", post_date_gmt="0000-00-00 00:00:00", title=""),
    item(4, status="trash"),
    item(5, post_type="page", post_name="om", link="https://gammel.example/om/", terms=[]),
    item(6, post_type="attachment", attachment_url=f"{UPLOADS}2021/03/Stor Sal.JPG", excerpt="Salen."),
    item(7, meta={"_thumbnail_id": "6"}, post_name="foerste", terms=[], post_password="hemmelig"),
    item(8, post_type="begivenhed", title="En fest"),
    item(9, post_type="nav_menu_item"),
    item(10, link="https://gammel.example/?p=10", post_date="2021-03-28 02:30:00", creator="ukendt-bruger"),
)


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str]:
    """An imported magazine, and what the command said."""
    folder = tmp_path / "blad"
    folder.mkdir()
    root = _magazine(folder)
    (tmp_path / "eksport.xml").write_text("".join(export(ITEMS)), encoding="utf-8")
    picture = tmp_path / "uploads/2021/03/Stor Sal.JPG"
    picture.parent.mkdir(parents=True)
    Image.new("RGB", (32, 16), "red").save(picture, "JPEG")
    monkeypatch.chdir(root)
    done = CliRunner().invoke(
        main, ["importer", "../eksport.xml", "--billeder", "../uploads"], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    return root, done.output


def test_every_item_is_a_file_or_in_the_report(imported: tuple[Path, str]) -> None:
    root, _ = imported

    files = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.md"))
    assert files == [
        "articles/1970/indlaeg-3.md",
        "articles/2021/foerste-2.md",
        "articles/2021/foerste.md",
        "articles/2021/indlaeg-10.md",
        "articles/2021/indlaeg-2.md",
        "docs/index.md",
        "docs/om.md",
        "import-rapport.md",
    ]
    report = (root / "import-rapport.md").read_text("utf-8")
    for told in (
        "2 kommentarer, der ikke er taget med",
        "1 af typen nav_menu_item",
        "En fest\n    - er ikke taget med: typen «begivenhed» kendes ikke",
        "Indlæg 4\n    - er ikke taget med: i papirkurven",
        "- articles/2021/indlaeg-2.md\n",
        "har ingen tekst; overskriften står i stedet",
        "linket «/?p=2» førte til noget, der ikke var offentligt; ordene står tilbage",
        "linket «http://» fører ingen steder hen; ordene står tilbage",
        "var privat og er blevet til en kladde",
        "var beskyttet med en adgangskode og er blevet til en kladde",
        "har ingen dato i eksporten: ret «date»",
        "klokkeslættet i «2021-03-28 02:30:00» findes ikke; kun dagen er taget med",
        f"{UPLOADS}2021/03/Stor Sal.JPG → docs/images/2021/03/stor-sal.jpg",
        "/category/nyheder/ → /kategori/nyheder/",
    ):
        assert told in report


def test_an_article_keeps_words_links_and_address(imported: tuple[Path, str]) -> None:
    root, _ = imported

    assert (root / "articles/2021/foerste.md").read_text("utf-8") == (
        "---\ntitle: 'Første & <bedste>'\ndate: 2021-03-04 05:06\ndescription: 'Et resumé.'\n"
        "category: nyheder\n"
        "authors: [aase-r]\ntags: ['løn']\nredirect_from: ['/2021/03/04/første/']\n---\n\n"
        "Se [om os](../../docs/om.md) og næste.\n\nTo.\n"
    )


def test_a_private_text_does_not_come_out(imported: tuple[Path, str]) -> None:
    root, _ = imported

    for name in ("indlaeg-2", "foerste-2"):
        assert "\ndraft: ja\n" in (root / f"articles/2021/{name}.md").read_text("utf-8")


def test_no_address_of_a_person_is_brought_along(imported: tuple[Path, str]) -> None:
    root, output = imported

    texts = [path.read_text("utf-8") for path in (*root.rglob("*.md"), *root.rglob("*.yml"))]
    assert not any("ase@" in text for text in (*texts, output))


def test_the_desk_keeps_what_it_had(imported: tuple[Path, str]) -> None:
    root, _ = imported
    text = (root / "data/redaktion.yml").read_text("utf-8")

    assert text.startswith("# Bevares.\nkategorier:\n  mentor:\n    navn: Mentor\n  nyheder:\n")
    assert "    tekst: 'Alt nyt: det''s her'\n" in text
    assert "  aase-r:\n    navn: 'Åse Redaktør'\n" in text


def test_the_imported_magazine_can_be_built(imported: tuple[Path, str]) -> None:
    root, _ = imported

    _, problems = examine(root)

    assert [str(problem) for problem in problems if not problem.warning] == []


def test_a_second_import_overwrites_nothing(imported: tuple[Path, str]) -> None:
    root, _ = imported
    before = (root / "articles/2021/foerste.md").read_bytes()

    CliRunner().invoke(main, ["importer", "../eksport.xml"], catch_exceptions=False)

    assert (root / "articles/2021/foerste.md").read_bytes() == before
    assert (root / "articles/2021/foerste-3.md").exists()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("".join(export(ITEMS))[:900], "går i stykker i linje"),
        ("<rss><item/></rss>", "er ikke en eksport fra WordPress"),
        ("ikke xml", "går i stykker i linje 1"),
        (
            '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>',
            "erklærer sine egne entiteter",
        ),
    ],
    ids=["broken off", "another feed", "no XML", "entities"],
)
def test_a_bad_export_writes_nothing(
    data: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _magazine(tmp_path)
    (root / "x.xml").write_text(data, encoding="utf-8")
    monkeypatch.chdir(root)
    before = sorted(root.rglob("*"))

    done = CliRunner().invoke(main, ["importer", "x.xml"], catch_exceptions=False)

    assert done.exit_code == 1
    assert told in done.output
    assert sorted(root.rglob("*")) == before


def test_characters_that_xml_forbids_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "x.xml"
    file.write_bytes("".join(export([item(1, content="a\x08b")])).encode())

    with file.open("rb") as stream:
        items = [entry for entry in read_export(stream) if isinstance(entry, Item)]

    assert [entry.content for entry in items] == ["ab"]


def test_the_file_is_read_in_a_stream(tmp_path: Path) -> None:
    file = tmp_path / "x.xml"
    with file.open("w", encoding="utf-8") as stream:
        for part in export(item(number, content="Tekst. " * 5_000) for number in range(400)):
            stream.write(part)
    tracemalloc.start()

    with file.open("rb") as source:
        count = sum(isinstance(entry, Item) for entry in read_export(source))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 400
    assert file.stat().st_size > 14_000_000
    assert peak < 3_000_000


def test_entries_go_to_the_end_of_their_section() -> None:
    before = "kategorier:\n  a:\n    navn: A\n\n# Folk\nforfattere:\n  b:\n    navn: B\n"

    after = add_entries(before, {"kategorier": {"a": ("A", ""), "c": ("C", "")}, "serier": {}})

    assert after == before.replace("\n\n# Folk", "\n  c:\n    navn: 'C'\n\n# Folk") + "serier:\n"
