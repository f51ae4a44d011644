"""The feeds of the real magazine against their formats: RFC 4287 (Atom), and JSON Feed 1.1."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from lxml import html
from magazines import REPOSITORY

from magazine.clock import Clock
from magazine.danish.dates import parse_moment
from magazine.pages.make import _Press
from magazine.site import load_site

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

#: RFC 4287, 4.1.1: what must stand in a feed and in an entry, and what may stand there once; the rest may
#: stand there as often as it likes, and nothing else may.
FEED = ({"id", "title", "updated"}, {"generator", "icon", "logo", "rights", "subtitle"})
FEED_MANY = {"author", "category", "contributor", "link", "entry"}
ENTRY = ({"id", "title", "updated"}, {"content", "published", "rights", "source", "summary"})
ENTRY_MANY = {"author", "category", "contributor", "link"}
#: 3.2, 4.2.2, 4.2.7, 3.1, 4.1.3: attributes that must stand, and that may.
ATTRIBUTES: Mapping[str, tuple[set[str], set[str]]] = {
    "category": ({"term"}, {"scheme", "label"}),
    "link": ({"href"}, {"rel", "type", "hreflang", "title", "length"}),
    "content": (set(), {"type", "src"}),
    "title": (set(), {"type"}),
    "subtitle": (set(), {"type"}),
    "summary": (set(), {"type"}),
}
#: 3.3: RFC 3339 with capitals, an offset, and no more.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


@pytest.fixture(scope="module")
def feeds() -> Mapping[str, bytes]:
    site = load_site(REPOSITORY, clock=Clock(parse_moment("2026-11-25 12:00").at))
    press = _Press.ready(site, (str(REPOSITORY / "overrides"),), None, None)
    return dict(press.made_feed(missing) for missing in press.missing_feeds())


def _atoms(feeds: Mapping[str, bytes]) -> Mapping[str, ElementTree.Element]:
    return {path: ElementTree.fromstring(data) for path, data in feeds.items() if path.endswith(".xml")}


def _documents(feeds: Mapping[str, bytes]) -> Mapping[str, Any]:
    return {path: json.loads(data) for path, data in feeds.items() if path.endswith(".json")}


def _texts(element: ElementTree.Element, name: str) -> list[str]:
    return [child.text or "" for child in element.findall(f"{ATOM}{name}")]


def test_there_is_a_feed_of_each_format_for_every_list(feeds: Mapping[str, bytes]) -> None:
    atoms = {path.removesuffix("feed.xml") for path in _atoms(feeds)}

    assert atoms == {path.removesuffix("feed.json") for path in _documents(feeds)}
    assert {"", "kategori/mentor/", "emne/mentor/", "forfatter/redaktionen/"} <= atoms


def test_elements_are_those_of_the_rfc(feeds: Mapping[str, bytes]) -> None:
    for path, feed in _atoms(feeds).items():
        for element, (must, once), many in (
            (feed, FEED, FEED_MANY),
            *((entry, ENTRY, ENTRY_MANY) for entry in feed.findall(f"{ATOM}entry")),
        ):
            counts = Counter(child.tag.removeprefix(ATOM) for child in element)
            assert counts.keys() <= must | once | many, path
            assert {name: counts[name] for name in must} == dict.fromkeys(must, 1), path
            assert all(counts[name] <= 1 for name in once), path
            # 4.1.1, 4.1.2: who wrote it stands in each entry; an entry has one page, and one text.
            if element is not feed:
                assert counts["author"] >= 1, path
                assert counts["content"] == 1, path
            alternates = [link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
            assert len(alternates) == 1, path
        assert [link.get("rel") for link in feed.findall(f"{ATOM}link")].count("self") == 1


def test_attributes_are_those_of_the_rfc(feeds: Mapping[str, bytes]) -> None:
    for path, feed in _atoms(feeds).items():
        assert feed.attrib == {XML_LANG: "da"}, path
        for element in feed.iter():
            if element is feed:
                continue
            must, may = ATTRIBUTES.get(element.tag.removeprefix(ATOM), (set(), set()))
            assert must <= element.attrib.keys() <= must | may, (path, element.tag)
            assert all(element.attrib.values()), (path, element.tag)


def test_ids_are_addresses_and_stand_once(feeds: Mapping[str, bytes]) -> None:
    own = []
    for path, feed in _atoms(feeds).items():
        ids = [one for entry in feed.findall(f"{ATOM}entry") for one in _texts(entry, "id")]
        assert len(set(ids)) == len(ids), path
        own += _texts(feed, "id")
        assert all(_is_absolute(one) for one in (*ids, *_texts(feed, "id"))), path
    assert len(set(own)) == len(own)


def test_moments_are_of_rfc_3339_and_in_their_order(feeds: Mapping[str, bytes]) -> None:
    for path, feed in _atoms(feeds).items():
        entries = feed.findall(f"{ATOM}entry")
        moments = [
            moment
            for one in (feed, *entries)
            for key in ("published", "updated")
            for moment in _texts(one, key)
        ]
        assert all(MOMENT.fullmatch(moment) for moment in moments), path
        published = [datetime.fromisoformat(_texts(entry, "published")[0]) for entry in entries]
        changed = [datetime.fromisoformat(_texts(entry, "updated")[0]) for entry in entries]
        assert published == sorted(published, reverse=True), path
        assert all(first <= last for first, last in zip(published, changed, strict=True)), path
        assert datetime.fromisoformat(_texts(feed, "updated")[0]) == max(changed), path


def test_every_address_in_a_text_is_whole(feeds: Mapping[str, bytes]) -> None:
    for path, feed in _atoms(feeds).items():
        for element in feed.iter():
            addresses = [element.get("href", "https://a.example/")]
            if element.tag == f"{ATOM}uri":
                addresses.append(element.text or "")
            if element.tag == f"{ATOM}content":
                assert element.get("type") == "html"
                addresses += _addresses(element.text or "")
            assert [one for one in addresses if not _is_absolute(one)] == [], path
    for path, document in _documents(feeds).items():
        for item in document["items"]:
            assert [one for one in _addresses(item["content_html"]) if not _is_absolute(one)] == [], path


def test_json_feeds_have_keys_of_their_types(feeds: Mapping[str, bytes]) -> None:
    """https://www.jsonfeed.org/version/1.1/: what is required, and the type of what is written."""
    texts = {"version", "title", "home_page_url", "feed_url", "description", "language"}
    item_texts = {"id", "url", "title", "summary", "content_html", "date_published", "date_modified"}
    item_texts |= {"language", "image"}
    for path, document in _documents(feeds).items():
        assert document.keys() <= texts | {"authors", "items"}, path
        assert {"version", "title", "items"} <= document.keys(), path
        assert document["version"] == "https://jsonfeed.org/version/1.1"
        assert all(isinstance(document[key], str) and document[key] for key in texts & document.keys()), path
        ids = [item["id"] for item in document["items"]]
        assert len(set(ids)) == len(ids), path
        for item in document["items"]:
            assert item.keys() <= item_texts | {"tags", "authors"}, path
            assert {"id", "content_html"} <= item.keys(), path
            assert all(isinstance(item[key], str) and item[key] for key in item_texts & item.keys()), path
            assert all(isinstance(tag, str) for tag in item["tags"]), path
            assert all(MOMENT.fullmatch(item[key]) for key in ("date_published", "date_modified")), path
            assert all(_is_absolute(item[key]) for key in ("url", "image") if key in item), path
        for authors in (document["authors"], *(item.get("authors", []) for item in document["items"])):
            assert all(author.keys() <= {"name", "url", "avatar"} and author["name"] for author in authors)
            assert all(_is_absolute(author["url"]) for author in authors)


def _addresses(text: str) -> list[str]:
    tree = html.fragment_fromstring(text, create_parent=True)
    found = [value for element in tree.iter() for key, value in element.items() if key in ("href", "src")]
    assert all("srcset" not in element.attrib for element in tree.iter())
    return found


def _is_absolute(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("http", "https", "mailto", "tel") and bool(parts.netloc or parts.path)
