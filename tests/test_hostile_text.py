"""Text from editors, data and drawings can inject nothing: every field holds what an attacker would write.

The magazine is made up (``tests/sites/lille``) and printed with the real templates. The pages are read as a
browser's parser reads them, and searched for anything that runs, fetches or leads where no editor meant.
"""

from __future__ import annotations

import json
import mimetypes
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
import yaml
from lxml import etree
from magazines import REPOSITORY, SITES
from playwright.sync_api import expect
from served import visiting

from magazine.clock import Clock
from magazine.danish.dates import parse_moment
from magazine.pages.make import make
from magazine.site import examine, load_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

SITE = SITES / "lille"
XHTML = "{http://www.w3.org/1999/xhtml}"

HOSTILE = (
    "<script>kanarie()</script>",
    '"><img src=x onerror=kanarie()>',
    "'><svg onload=kanarie()>",
    "</title><script>kanarie()</script>",
    "</script><script>kanarie()</script>",
    "<!--<script>kanarie()",
    "]]><script>kanarie()</script>",
    "{{ 7 * 191 }}{% raw %}",
    "javascript:kanarie()",
    "&lt;script&gt;kanarie()&lt;/script&gt;",
    '" autofocus onfocus=kanarie() x="',
    "<area href=javascript:kanarie()>",
    "\u2028kanarie()\u2029",
    "<base href=//kanarie.example/>",
    "<meta http-equiv=refresh content=0;url=//kanarie.example>",
)

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" '
    'onload="kanarie()"><script>kanarie()</script><style>*{background:url(//kanarie.example)}</style>'
    '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="kanarie()"/></foreignObject>'
    '<a xlink:href="javascript:kanarie()"><path d="M0 0h9" onclick="kanarie()"/></a>'
    '<image href="//kanarie.example/x.png"/><use href="//kanarie.example/x.svg#a"/></svg>'
)


MENTOR = """
steder:
  by: {navn: ord}
kontakt:
  navn: ord
  email: post@lilleby.dk
  telefon: 12 34 56 78
  tilmelding: https://lilleby.dk/
formular:
  modtager: https://skema.lilleby.dk/
  formål: ord
  dataansvarlig: ord
  opbevaring: ord
"""
CLOCK = Clock(parse_moment("2025-06-01").at)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _article(text: str) -> str:
    inline = text.replace("\u2028", " ").replace("\u2029", " ")
    return f"""---
title: {_quoted(f"Titel {text} [40 procent](tal:cyklister/2023)")}
date: 2024-02-01
kicker: {_quoted(text)}
description: {_quoted(f"Underrubrik {text}")}
category: by
authors: [avisen]
tags: [{_quoted(f"emne {text}")}]
series: broen
image:
  src: ../../docs/images/aaen.svg
  alt: {_quoted(text)}
  credit: {_quoted(f"Foto: {text}")}
  caption: {_quoted(text)}
corrections:
  - date: 2024-02-02
    text: {_quoted(text)}
---

`{inline.replace("`", "")}`

[ord](https://lilleby.example/?q=%22%3E%3Cscript%3E "{inline.replace('"', "”")}").

## Ved åen

/// fakta | {inline.replace("<", "&lt;")}
Kasse.
///

/// citat | {inline.replace("<", "&lt;")}
Citat.
///

| {inline.replace("<", "&lt;").replace("|", "")} | b |
| --- | --- |
| a | [40 procent](tal:cyklister/2023) |

```
{inline}
```

[12 ting](tal:ingen "{inline.replace('"', "”").replace("<", "&lt;")}")
"""


def _data(path: Path, text: str) -> None:
    """Put the text into every value of a YAML file that is read as words."""
    free = ("titel", "udgiver", "navn", "blandt", "note", "tekst", "rolle", "citat", "ansvarshavende")
    document = yaml.safe_load(path.read_text("utf-8"))

    def walk(node: object) -> object:
        if isinstance(node, dict):
            return {
                key: f"{value} {text}" if key in free and isinstance(value, str) else walk(value)
                for key, value in node.items()
            }
        return [walk(item) for item in node] if isinstance(node, list) else str(node)

    path.write_text(yaml.safe_dump(walk(document), allow_unicode=True, default_style="'"), encoding="utf-8")


@dataclass(frozen=True)
class Made:
    """A magazine of hostile words, as it is printed."""

    docs: Path
    files: dict[str, bytes]


def _write(folder: Path, text: str) -> None:
    """Write the magazine, with the text wherever words may stand."""
    shutil.copytree(SITE, folder)
    for path in (folder / "data").glob("*.yml"):
        _data(path, text)
    (folder / "data/bliv-mentor.yml").write_text(MENTOR.replace("ord", _quoted(text)), encoding="utf-8")
    (folder / "articles/2024/cykler.md").write_text(_article(text), encoding="utf-8")
    (folder / "docs/images/aaen.svg").write_text(DRAWING, encoding="utf-8")
    (folder / "docs/js").mkdir()
    for name in ("soeg.js", "lys.js", "skema.js"):
        shutil.copy(REPOSITORY / "docs/js" / name, folder / "docs/js")
    config = (folder / "mkdocs.yml").read_text("utf-8")
    config = config.replace("site_name: Lilleby Avis", f"site_name: {_quoted(text)}")
    config = config.replace("promise: Alt, hvad der ikke er sket i Lilleby.", f"promise: {_quoted(text)}")
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")


@pytest.fixture(scope="module", params=range(len(HOSTILE)), ids=lambda number: f"text{number}")
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The whole site, made from hostile words."""
    folder = tmp_path_factory.mktemp("hostile") / "lille"
    _write(folder, HOSTILE[request.param])
    site = load_site(folder, clock=CLOCK)
    templates = [str(REPOSITORY / "overrides")]
    return Made(folder / "docs", dict(make(site, templates, search=folder / ".cache/soeg")))


@pytest.fixture
def files(made: Made) -> dict[str, bytes]:
    return made.files


def test_a_link_in_a_line_that_is_printed_as_it_stands_is_refused(tmp_path: Path) -> None:
    _write(tmp_path / "lille", HOSTILE[0])
    article = tmp_path / "lille/articles/2024/cykler.md"
    article.write_text(_article("<a href=javascript:kanarie()>x</a>"), encoding="utf-8")

    _, problems = examine(tmp_path / "lille", clock=CLOCK)

    told = [str(problem) for problem in problems if not problem.warning]
    assert len(told) > 3
    assert all(
        line.startswith("articles/2024/cykler.md:")
        and line.endswith(
            ": «<a href=javascript:kanarie()>» kan ikke bruges her: linjen trykkes, som den står, og kun "
            "henvisninger til tal virker."
        )
        for line in told
    )


def _pages(files: dict[str, bytes]) -> Iterator[tuple[str, ElementTree.Element]]:
    for path, data in files.items():
        if path.endswith(".html"):
            yield path, html5lib.parse(data.decode("utf-8"))


def _faults(tree: ElementTree.Element) -> Iterator[str]:
    """Yield whatever runs, fetches or leads astray."""
    for element in tree.iter():
        name = str(element.tag).rpartition("}")[2]
        if name == "script" and element.get("type") != "application/ld+json" and (element.text or "").strip():
            yield f"<script>{element.text}"
        if name in ("base", "iframe", "object", "embed", "foreignObject", "animate", "style"):
            yield f"<{name}>"
        if name == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
            yield "<meta refresh>"
        for key, value in element.attrib.items():
            local = str(key).rpartition("}")[2].lower()
            if local.startswith("on") or local in ("style", "srcdoc", "autofocus"):
                yield f"{name} {local}={value}"
            if local in ("href", "src", "action", "xlink:href") and (
                "javascript:" in value.lower() or "kanarie.example" in value
            ):
                yield f"{name} {local}={value}"
            if local == "src" and value == "x":
                yield f"{name} src=x"


def test_no_page_runs_or_fetches_what_a_text_says(files: dict[str, bytes]) -> None:
    found = {path: faults for path, tree in _pages(files) if (faults := list(_faults(tree)))}

    assert len([path for path in files if path.endswith(".html")]) > 10
    assert found == {}


def test_no_template_is_made_of_a_text(files: dict[str, bytes]) -> None:
    assert [path for path, data in files.items() if b"1337" in data] == []


def test_structured_data_stays_data(files: dict[str, bytes]) -> None:
    documents = [
        json.loads(element.text or "")
        for _, tree in _pages(files)
        for element in tree.iter(f"{XHTML}script")
        if element.get("type") == "application/ld+json"
    ]

    assert len(documents) > 3
    assert all(document["@context"] == "https://schema.org" for document in documents)


def test_feeds_and_maps_stay_whole(files: dict[str, bytes]) -> None:
    whole = set()
    for path, data in files.items():
        if path.endswith(".xml"):
            etree.fromstring(data)
            whole.add(path)
        elif path.endswith((".json", ".webmanifest")):
            json.loads(data)
            whole.add(path)

    assert {"feed.xml", "feed.json", "sitemap.xml", "site.webmanifest"} <= whole


def test_what_a_feed_carries_runs_nothing_either(files: dict[str, bytes]) -> None:
    feed = etree.fromstring(files["feed.xml"])
    contents = feed.findall(".//{http://www.w3.org/2005/Atom}content")

    assert contents
    for content in contents:
        assert list(_faults(html5lib.parse(content.text or ""))) == []


def test_no_file_leaves_the_site(files: dict[str, bytes]) -> None:
    assert [path for path in files if path.startswith("/") or ".." in path.split("/")] == []


#: What a text would run if it could is counted; the policy, which would stop it, is taken out of the page.
_CANARY = "window.heard = []; window.kanarie = () => heard.push(document.currentScript?.outerHTML ?? 'event')"
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
_HOST = "https://lilleby.example"


def test_in_a_browser_nothing_runs_even_without_a_policy(made: Made, chromium: Browser) -> None:
    asked: list[str] = []

    def serve(route: Route) -> None:
        path = urlsplit(route.request.url).path.lstrip("/")
        file = made.docs / path
        data = made.files.get(f"{path}index.html" if path.endswith("/") or not path else path)
        if data is None and file.is_file():
            data = file.read_bytes()
        if not route.request.url.startswith(f"{_HOST}/") or data is None:
            asked.append(path)
            route.abort()
        else:
            kind = mimetypes.guess_type(path)[0] or "text/html"
            route.fulfill(body=_POLICY.sub(b"", data), content_type=f"{kind}; charset=utf-8")

    with visiting(chromium) as (page, _):
        page.add_init_script(_CANARY)
        page.route("**/*", serve)
        for path in ("/", "/2024/02/01/cykler/", "/bliv-mentor/", "/tal/cyklister/", "/soeg/?q=kanarie"):
            page.goto(f"{_HOST}{path}")
            if path.startswith("/soeg/"):
                expect(page.get_by_role("status")).to_contain_text("fund på")
            assert page.evaluate("heard") == [], path

    # The small magazine has no style sheets of its own: nothing else is missing, and nobody else is asked.
    assert {path.rpartition(".")[2] for path in asked} <= {"css"}
