"""Blocks of articles: which they hold, what is said of one that asks in vain, and where they are printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from magazines import REPOSITORY
from whole_magazine import examined

from magazine.articles import tag_id
from magazine.blocks.answer import resolve_stories
from magazine.blocks.read import read_block
from magazine.blocks.stories import StoriesEntry, StoriesRequest, check_stories
from magazine.entries import aliases
from magazine.fences import BlockDemand
from magazine.pages.make import _Press, make
from magazine.pages.search import search_entries
from magazine.resolve import Families, Reading
from magazine.site import Site

CASES = sorted((Path(__file__).parent / "cases" / "stories").glob("*.yml"))
TEMPLATES = (str(REPOSITORY / "overrides"),)
BLOCK = "```artikler\nantal: 2\ntitel: Det nyeste\n```"


def _article(number: int, text: str = "Tekst.") -> str:
    odd = number % 2
    return (
        f"---\ntitle: Nummer {number}\ndate: 2023-01-{number:02}\ndescription: Om {number}.\n"
        f"category: {'mentor' if odd else 'arbejde'}\nauthors: [redaktionen]\n"
        f"tags: [{'Ål og æg' if odd else 'valg'}]\n{'' if number == 3 else 'series: tinge'}\n---\n{text}\n"
    )


def _magazine(folder: Path, **files: str) -> Site:
    articles = {f"articles/2023/nr-{number}.md": _article(number) for number in range(1, 6)}
    site, problems = examined(folder, {**articles, **files})
    assert [str(problem) for problem in problems if not problem.warning] == []
    return site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return _magazine(tmp_path_factory.mktemp("artikler"))


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_stories(path: Path, site: Site) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    demand = BlockDemand(case.get("blok", "artikler"), case.get("indhold", "").rstrip("\n"), 10)

    request, problems = read_block(demand, "side.md")
    found = title = None
    if request is not None:
        assert isinstance(request, StoriesRequest)
        tags = {tag_id(tag): tag for article in site.articles for tag in article.tags}
        problems = check_stories(request, site.desk, site.articles, tags)
        reading = Reading(site.clock.today, site.clock.today, is_dated=False)
        stories, told = resolve_stories(request, site.figures, reading, Families())
        problems += told
        if stories and not any(not problem.warning for problem in problems):
            found = [site.pages[one.path].plain("title") for one in stories.choice.of(site.articles)]
            title = stories.title.plain if stories.title else None

    assert "".join(f"{problem}\n" for problem in problems) == case.get("fejl", "")
    assert found == case.get("giver")
    assert title == case.get("titel")


def test_a_page_shows_them_as_cards_and_a_feed_as_links(tmp_path: Path) -> None:
    site = _magazine(
        tmp_path,
        **{
            "docs/om.md": f"---\ntitle: Om\ndescription: Om os.\n---\nOrd.\n\n{BLOCK}\n",
            "articles/2023/nr-5.md": _article(5, f"Et ord.\n\n{BLOCK}"),
        },
    )

    made = {path: data.decode("utf-8") for path, data in make(site, TEMPLATES)}

    page = made["om/index.html"]
    assert re.findall(r'<h2 class="afsnit-titel" id="artikler-1">(.*?)</h2>', page) == ["Det nyeste"]
    assert re.findall(r'<h3 class="rubrik r2"><a href="(.*?)">', page) == [
        "/2023/01/05/nr-5/",
        "/2023/01/04/nr-4/",
    ]
    assert "nr-5/index.html" not in page
    own = made["2023/01/05/nr-5/index.html"]
    block = own[own.index('<section class="blok-artikler"') :].partition("</section>")[0]
    assert re.findall(r'<a href="(.*?)">', block) == ["/2023/01/04/nr-4/", "/2023/01/03/nr-3/"]
    links = '<li>&lt;a href="https://a.example/2023/01/04/nr-4/"&gt;'.replace("<li>", "&lt;li&gt;")
    assert links in made["feed.xml"]
    assert "kort" not in made["feed.xml"]


def test_nothing_that_waits_is_in_them(tmp_path: Path) -> None:
    held = _article(5).replace("2023-01-05", "2030-01-05").replace("Nummer 5", "Xylofon")
    page = f"---\ntitle: Om\ndescription: Om os.\n---\nOrd.\n\n{BLOCK}\n"
    site = _magazine(tmp_path, **{"docs/om.md": page, "articles/2030/nr-5.md": held})

    assert "Xylofon" not in dict(make(site, TEMPLATES))["om/index.html"].decode("utf-8")


def test_a_page_outlives_the_last_article_of_its_subject(tmp_path: Path) -> None:
    page = f"---\ntitle: Om\ndescription: Om os.\n---\nOrd.\n\n{BLOCK.replace('antal: 2', 'emne: savnet')}\n"
    site = _magazine(tmp_path, **{"docs/om.md": page})

    assert [str(warning) for warning in site.warnings] == [
        "docs/om.md:8: advarsel: ingen artikel har emnet «savnet», så blokken bliver ikke vist."
    ]
    assert "Det nyeste" not in dict(make(site, TEMPLATES))["om/index.html"].decode("utf-8")


def test_the_search_finds_a_page_by_its_own_words(tmp_path: Path) -> None:
    page = f"---\ntitle: Om\ndescription: Om os.\n---\nOrd.\n\n{BLOCK}\n"
    site = _magazine(tmp_path, **{"docs/om.md": page})
    filler = _Press.ready(site, TEMPLATES, None, None).words_filler

    texts = {entry.address: entry.text for entry in search_entries(site, filler)}

    assert "Ord." in texts["/om/"]
    assert "Nummer" not in texts["/om/"]


def test_the_guide_names_every_key(root: Path) -> None:
    guide = (root / "REDAKTION.md").read_text("utf-8")
    section = guide.partition("## Artikler i en tekst\n")[2].partition("\n## ")[0]

    assert set(aliases(StoriesEntry)) <= set(re.findall(r"`([a-zæøå]+)`", section))
