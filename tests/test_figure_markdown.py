"""The extension on its own: under bare Python-Markdown, and under each host without the hook."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from markdown import Markdown

from magazine.figure_markdown import makeExtension
from magazine.problems import ContentError

HOOKS = Path(__file__).resolve().parent.parent / "hooks"
#: How each host is called; all of them read mkdocs.yml.
HOSTS = {
    "mkdocs": ("-m", "mkdocs", "build", "--strict"),
    "properdocs": ("-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml"),
    "zensical": ("-m", "zensical", "build", "--clean"),
}

CONFIG = """\
site_name: Prøve
theme:
  name: {theme}
markdown_extensions:
  - tables
  - toc
  - magazine.figure_markdown
"""

FIGURES = """\
kilder:
  maj:
    titel: Rapport
    udgiver: KVINFO
    udgivet: 2022-05-24
    url: ukendt
  november:
    titel: Ny rapport
    udgiver: KVINFO
    udgivet: 2022-11-16
    url: ukendt
indikatorer:
  job:
    navn: I job
    enhed: procent
    blandt: mentees
observationer:
  - indikator: job
    periode: 2021
    værdi: 44
    kilde: maj
  - indikator: job
    periode: 2021
    værdi: 47
    kilde: november
    erstatter:
      kilde: maj
      årsag: revision
      forklaring: Talt igen.
"""

STANDING = """\
---
title: Forside
---

# I dag: […](tal:job)

I dag er [47 procent](tal:job/2021) i job. Se [den gamle](gammel.md).

| År | Andel |
| --- | --- |
| 2021 | […](tal:job?vis=kort) |

<div class="ramme">Rå <b>HTML</b></div>

`[59](tal:job)` er kode.
"""

DATED = """\
---
title: Gammel
date: 2022-06-01
---

Dengang var [44 procent](tal:job/2021) i job.
"""

WRONG = """\
---
title: Forkert
---

# Forkert

I dag er [44 procent](tal:job/2021) i job, ikke [48 procent](tal:job/2021).

Og [59] (tal:job).
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that each host can build."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIG.format(theme="material"), "utf-8")
    (tmp_path / "data/tal.yml").write_text(FIGURES, "utf-8")
    (tmp_path / "docs/index.md").write_text(STANDING, "utf-8")
    (tmp_path / "docs/gammel.md").write_text(DATED, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAGASIN_NU", "2026-11-23")
    return tmp_path


def convert(text: str, extensions: Sequence[str] = ()) -> str:
    return Markdown(extensions=[*extensions, makeExtension()]).convert(text)


def told(text: str) -> list[str]:
    with pytest.raises(ContentError) as caught:
        convert(text)
    return [str(problem) for problem in caught.value.problems]


class TestBareMarkdown:
    def test_fills_in_and_checks(self, site: Path) -> None:
        assert convert("I dag […](tal:job), altså [47 procent](tal:job/2021).") == (
            '<p>I dag <data class="tal" data-tal="job/2021@november" value="47">47 procent</data>, altså '
            '<data class="tal" data-tal="job/2021@november" value="47">47 procent</data>.</p>'
        )

    def test_leaves_links_html_and_code_to_the_host(self, site: Path) -> None:
        text = "[Et link](b.md#c) og <i>HTML</i> og `tal:job` og ![x](a.png).\n\n<div>rå</div>"

        assert convert(text) == Markdown().convert(text)

    def test_leaves_code_blocks_as_they_were(self, site: Path) -> None:
        text = "```\n[59](tal:job)\n```\n\n    tal:job\n"

        assert convert(text, ["fenced_code"]) == Markdown(extensions=["fenced_code"]).convert(text)

    def test_a_heading_is_filled_in_for_the_table_of_contents(self, site: Path) -> None:
        markdown = Markdown(extensions=["toc", makeExtension()])

        markdown.convert("# Nu […](tal:job)")

        assert markdown.toc_tokens[0]["name"] == "Nu 47 procent"  # type: ignore[attr-defined]

    def test_raises_all_problems_of_a_page_together(self, site: Path) -> None:
        text = (
            "# Om [59] (tal:job)\n\n[44 procent](tal:job/2021) og [47](tal:jobb)\n\n"
            'En ![figur [47](tal:job)](a.png) og <a href="tal:job">x</a>.'
        )

        found = [message.partition(". ")[0] for message in told(text)]

        unread = "en henvisning kan ikke læses her"
        assert found == [
            f"teksten:1: {unread}",
            "teksten:3: indikatoren «jobb» findes ikke i data/tal.yml",
            "teksten:3: «44 procent» passer ikke: tal:job/2021 er 47 procent (Ny rapport, 16",
            f"teksten:5: {unread}",
        ]

    def test_tells_of_the_data_and_of_the_text(self, site: Path) -> None:
        (site / "data/tal.yml").write_text(FIGURES.replace("værdi: 44", "værdi: 44.5"), "utf-8")

        assert told("[1](tal:ukendt) […](tal:job)") == [
            "data/tal.yml:20: «44.5» er ikke dansk notation: skriv 44,5.",
            "teksten:1: indikatoren «ukendt» findes ikke i data/tal.yml.",
        ]

    def test_tells_of_missing_data(self, site: Path) -> None:
        (site / "data/tal.yml").unlink()

        assert told("[1](tal:ukendt)") == ["data/tal.yml:1: findes ikke."]

    def test_needs_no_data_without_figures(self, site: Path) -> None:
        (site / "data/tal.yml").unlink()

        assert convert("Ren tekst.") == "<p>Ren tekst.</p>"

    @pytest.mark.parametrize("name", ["mkdocs.yml", "zensical.toml"])
    def test_finds_the_data_from_the_working_folder_upwards(
        self, site: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        (site / "mkdocs.yml").rename(site / name)
        (site / "docs/dybt/nede").mkdir(parents=True)
        monkeypatch.chdir(site / "docs/dybt/nede")

        assert ">47 procent</data>" in convert("[…](tal:job)")

    def test_looks_no_further_than_the_first_configuration(
        self, site: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (site / "docs/mkdocs.yml").write_text("site_name: En anden\n", "utf-8")
        monkeypatch.chdir(site / "docs")

        assert told("[…](tal:job)") == ["data/tal.yml:1: findes ikke."]

    def test_another_file_can_be_named(self, site: Path) -> None:
        (site / "data/tal.yml").rename(site / "tallene.yml")

        assert "47 procent" in Markdown(extensions=[makeExtension(data="tallene.yml")]).convert(
            "[…](tal:job)"
        )

    def test_one_converter_serves_page_after_page(self, site: Path) -> None:
        markdown = Markdown(extensions=[makeExtension()])
        with pytest.raises(ContentError):
            markdown.convert("[1](tal:ukendt)")
        markdown.reset()

        assert ">47</data>" in markdown.convert("[…](tal:job?vis=tal)")


def build(site: Path, host: str, now: str = "2026-11-23") -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(HOOKS),
        "MAGASIN_NU": now,
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    command = [sys.executable, *HOSTS[host]]
    return subprocess.run(
        command, cwd=site, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def body(page: Path) -> str:
    """Return what the text became: the page's article, tags and attributes included."""
    found = re.search(r"<article.*?</article>", page.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("host", HOSTS)
class TestHosts:
    def test_figures_are_filled_in_and_links_lead_somewhere(self, site: Path, host: str) -> None:
        done = build(site, host)

        assert done.returncode == 0, done.stdout + done.stderr
        html = body(site / "site/index.html")
        assert "I dag: <data" in html
        assert html.count(">47 procent</data>") == 2
        assert '<td><data class="tal" data-tal="job/2021@november" value="47">47\u202f%</data></td>' in html
        assert 'href="gammel/"' in html
        assert '<div class="ramme">Rå <b>HTML</b></div>' in html
        words = re.sub(r"<code>.*?</code>|<[^>]*>", "", html, flags=re.DOTALL)
        assert "tal:" not in words
        assert "{{" not in words

    def test_a_page_with_a_date_is_read_as_of_then(self, site: Path, host: str) -> None:
        build(site, host)

        assert 'data-tal="job/2021@maj" value="44">44 procent</data>' in body(site / "site/gammel/index.html")

    def test_an_error_stops_the_build_and_has_its_line_in_the_file(self, site: Path, host: str) -> None:
        (site / "docs/forkert.md").write_text(WRONG, "utf-8")

        done = build(site, host)

        printed = done.stdout + done.stderr
        assert done.returncode != 0
        assert "docs/forkert.md:7: «44 procent» passer ikke" in printed
        assert "docs/forkert.md:7: «48 procent» passer ikke" in printed
        assert "docs/forkert.md:9: en henvisning kan ikke læses her" in printed
