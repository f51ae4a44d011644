"""What machines are told on every kind of page of the real magazine: addresses, pictures, structured data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from lxml import etree
from magazines import build, files_of, put_real
from PIL import Image
from rdflib.namespace import SDO

BASE = "https://koenformation.example"
#: Each kind of page, and what its structured data says it is; nothing for what no search engine shall list.
KINDS = {
    "forside": {"WebSite"},
    "artikel": {"NewsArticle", "BreadcrumbList"},
    "side": {"WebPage", "AboutPage", "BreadcrumbList"},
    "mentor": {"WebPage", "BreadcrumbList"},
    "kategori": {"CollectionPage", "BreadcrumbList"},
    "emne": {"CollectionPage", "BreadcrumbList"},
    "serie": {"CollectionPage", "BreadcrumbList"},
    "arkiv": {"CollectionPage", "BreadcrumbList"},
    "forfatter": {"ProfilePage", "BreadcrumbList"},
    "tal": {"Dataset", "BreadcrumbList"},
    "tal-liste": {"Dataset", "BreadcrumbList"},
    "rettelser": {"WebPage", "BreadcrumbList"},
    "soeg": set(),
    "404": set(),
}


@dataclass(frozen=True)
class Page:
    """A built page."""

    address: str
    tree: Any

    @property
    def kind(self) -> str:
        return str(self.tree.find("body").get("data-slags"))

    @property
    def canonical(self) -> str:
        return str(self.tree.xpath("string(//link[@rel='canonical']/@href)"))

    @property
    def is_listed(self) -> bool:
        return "noindex" not in self.meta("robots")

    def meta(self, name: str) -> str:
        return str(self.tree.xpath("string(//meta[@name=$n or @property=$n]/@content)", n=name))

    def nodes(self) -> list[dict[str, Any]]:
        texts = self.tree.xpath("//script[@type='application/ld+json']/text()")
        assert len(texts) <= 1
        documents = [json.loads(text) for text in texts]
        assert all(document["@context"] == "https://schema.org" for document in documents)
        return [node for document in documents for node in document["@graph"]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = put_real(tmp_path_factory.mktemp("ægte") / "magasin")
    done = build(root, "--strict", variables={"MAGASIN_NU": "2026-11-25 09:00"})
    assert done.status == 0, done.err
    return root / "site"


@pytest.fixture(scope="module")
def pages(folder: Path) -> list[Page]:
    return [
        Page(f"/{path.removesuffix('index.html')}", lxml.html.fromstring(data))
        for path, data in files_of(folder).items()
        if path.endswith(".html")
    ]


def _inner(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _inner(inner)


def _file(folder: Path, address: str) -> Path:
    assert address.startswith(f"{BASE}/"), address
    path = folder / address.removeprefix(f"{BASE}/")
    return path / "index.html" if address.endswith("/") else path


def test_every_kind_of_page_is_tried(pages: list[Page]) -> None:
    assert {page.kind for page in pages} == set(KINDS)


def test_each_page_says_where_and_what_it_is(pages: list[Page]) -> None:
    for page in pages:
        assert page.canonical == f"{BASE}{page.address}"
        assert page.meta("og:url") == page.canonical
        assert page.meta("og:site_name") == "Kønformation"
        assert page.meta("og:locale") == "da_DK"
        assert page.meta("og:type") == ("article" if page.kind == "artikel" else "website")
        assert page.meta("og:title")
        assert page.meta("og:title") in str(page.tree.xpath("string(//title)"))
        assert page.meta("description") == page.meta("og:description") != ""
        assert "tal:" not in page.meta("og:title") + page.meta("description")
        assert page.is_listed is (page.kind not in ("soeg", "404"))


def test_each_page_has_its_picture_for_sharing(pages: list[Page], folder: Path) -> None:
    shared = {}
    for page in pages:
        assert page.meta("twitter:card") == "summary_large_image"
        assert page.meta("og:image:alt")
        with Image.open(_file(folder, page.meta("og:image"))) as picture:
            size = tuple(int(page.meta(f"og:image:{side}")) for side in ("width", "height"))
            assert picture.size == size == (1200, 630)
        shared[page.address] = page.meta("og:image")
    articles = [page for page in pages if page.kind == "artikel"]
    assert len({shared[page.address] for page in articles}) == len(articles)
    # What was drawn, and is shown by no page, would be waste.
    drawn = {f"{BASE}/{path}" for path in files_of(folder) if path.startswith("deling/")}
    assert drawn == set(shared.values())


def test_an_article_says_when_and_under_what(pages: list[Page]) -> None:
    for page in pages:
        if page.kind == "artikel":
            (node,) = (node for node in page.nodes() if node["@type"] == "NewsArticle")
            assert page.meta("article:published_time") == node["datePublished"]
            assert page.meta("article:modified_time") == node["dateModified"]
            assert page.meta("article:section") == node["articleSection"]
            assert node["headline"] == page.meta("og:title")
            assert node["@id"] == node["url"] == node["mainEntityOfPage"] == page.canonical


def test_the_structured_data_say_what_the_page_is(pages: list[Page]) -> None:
    for page in pages:
        types = {node["@type"] for node in page.nodes()}
        assert types <= KINDS[page.kind], page.address
        assert bool(types) is bool(KINDS[page.kind]), page.address
        for node in page.nodes():
            if node["@type"] == "BreadcrumbList":
                steps = node["itemListElement"]
                assert steps[0]["item"] == f"{BASE}/"
                assert steps[-1]["item"] == page.canonical
                assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))


def test_every_term_is_schema_orgs(pages: list[Page]) -> None:
    used = set()
    for page in pages:
        for node in _inner(page.nodes()):
            kinds = node.get("@type", [])
            used |= {kinds} if isinstance(kinds, str) else set(kinds)
            used |= {key for key in node if not key.startswith("@")}

    assert len(used) > 40
    assert {term for term in used if term not in SDO} == set()


def test_whatever_the_structured_data_name_is_there(pages: list[Page], folder: Path) -> None:
    for page in pages:
        for node in _inner(page.nodes()):
            for key in ("url", "@id", "item", "contentUrl"):
                address = node.get(key, "")
                if isinstance(address, str) and address.startswith(f"{BASE}/"):
                    assert _file(folder, address.partition("#")[0]).exists(), (page.address, address)
            if node.get("@type") == "ImageObject" and "width" in node:
                with Image.open(_file(folder, node["url"])) as picture:
                    assert picture.size == (node["width"], node["height"])


def test_the_sitemap_lists_what_may_be_listed(pages: list[Page], folder: Path) -> None:
    tree = etree.fromstring((folder / "sitemap.xml").read_bytes())
    listed = [str(element.text) for element in tree.iterfind("{*}url/{*}loc")]

    assert len(listed) == len(set(listed))
    assert set(listed) == {page.canonical for page in pages if page.is_listed}


def test_the_manifest_and_the_icons_are_as_large_as_they_say(pages: list[Page], folder: Path) -> None:
    document = json.loads((folder / "site.webmanifest").read_bytes())
    icons = [(icon["src"], icon["sizes"]) for icon in document["icons"] if icon["type"] == "image/png"]
    for page in pages[:1]:
        links = page.tree.xpath("//link[@rel='icon' or @rel='apple-touch-icon'][@type='image/png']")
        icons += [(link.get("href"), link.get("sizes")) for link in links]
        assert {link.get("rel") for link in links} == {"icon", "apple-touch-icon"}

    assert {"192x192", "512x512", "180x180"} <= {sizes for _, sizes in icons}
    for address, sizes in icons:
        with Image.open(folder / address.lstrip("/")) as picture:
            assert sizes == f"{picture.width}x{picture.height}"


def test_without_a_contact_nobody_is_promised_an_answer(folder: Path) -> None:
    assert not (folder / ".well-known").exists()
