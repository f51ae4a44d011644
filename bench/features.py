"""Measure what each feature adds to a build from scratch, and write ``bench/FEATURE_COSTS.md``.

A feature's cost is the processor time of the functions that are there for it alone, without that of other
features inside them, and without what measuring itself takes (found out beforehand, and taken off for each
call). Pagefind is a program of its own: its cost is that of the processes that a build starts. Everything
runs in one process, one thing after the other.

    python bench/features.py            1,000 articles
    python bench/features.py 200        another size
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from measure import Meter, install
from PIL import Image, ImageDraw
from synthetic import make_magazine
from words import danish_words

REPOSITORY = Path(__file__).resolve().parent.parent
OUT = REPOSITORY / ".cache" / "bench"
REPORT = REPOSITORY / "bench" / "FEATURE_COSTS.md"
SIZE = 1000
#: A build that takes less processor time than this, in seconds, is measured three times.
SHORT = 90.0
#: So many articles get a photograph of their own; what one costs is told for each of them.
PHOTOGRAPHS = 5

PICTURES, PAGEFIND = "photographs", "search index (Pagefind)"
REST = "all else: start, MkDocs, what pages share"
#: What readers or editors get, and the functions and methods that are there for nothing else.
FEATURES: Mapping[str, tuple[str, ...]] = {
    "Markdown to HTML": ("magazine.render:Renderer.render", "magazine.render:render_field"),
    "Danish typography": ("magazine.danish.typography:set_run", "magazine.danish.typography:set_text"),
    "references found in the text": ("magazine.slots:_Slots.run", "magazine.slots:_LineMarks.run"),
    "figures and claims judged": ("magazine.resolve:resolve", "magazine.resolve:newest_families"),
    "figures without a reference": (
        "magazine.unbound:unbound",
        "magazine.prose:loose_figures",
        "magazine.prose:loose_in_field",
    ),
    "slips of Markdown": ("magazine.slips:slips",),
    "charts, boxes and tables": (
        "magazine.blocks.read:read_block",
        "magazine.blocks.answer:resolve_block",
        "magazine.pages.fill:Filler.block",
    ),
    "blocks of articles": (
        "magazine.blocks.answer:resolve_stories",
        "magazine.pages.fill:Filler._stories",
    ),
    "links, anchors and addresses": (
        "magazine.site:_Checker._address",
        "magazine.site:_Checker.collisions",
        "magazine.site:_Checker.broken_promises",
    ),
    "corrections": ("magazine.corrections:carried_corrections", "magazine.pages.make:_Press.corrections"),
    "front matter": ("magazine.articles:parse_article",),
    "figures in data/tal.yml": ("magazine.figures.read:read_figures",),
    "drawings made safe": ("magazine.svg:clean_svg",),
    "related articles": ("magazine.pages.gists:related_paths", "magazine.pages.gists:Gists.traits_under"),
    "structured data": (
        "magazine.pages.json_ld:article_json_ld",
        "magazine.pages.json_ld:collection_json_ld",
        "magazine.pages.json_ld:profile_json_ld",
        "magazine.pages.json_ld:page_json_ld",
        "magazine.pages.json_ld:front_json_ld",
        "magazine.pages.lists:archive_json_ld",
        "magazine.pages.open_data:figures_json_ld",
        "magazine.pages.open_data:indicator_json_ld",
    ),
    "articles' pages": ("magazine.pages.make:_Press.article",),
    "lists": (
        "magazine.pages.make:_Press.archive",
        "magazine.pages.make:_Press.missing_leaves",
        "magazine.pages.make:_Press._list_page",
    ),
    "feeds": (
        "magazine.pages.make:_Press.missing_feeds",
        "magazine.pages.make:_Press.made_feed",
        "magazine.pages.make:_Press._new_feed_text",
    ),
    "a page for each figure, and open data": (
        "magazine.pages.make:_Press.figures",
        "magazine.pages.make:_Press.missing_indicators",
        "magazine.pages.make:_Press._figure_page",
    ),
    "former addresses": ("magazine.pages.make:_Press.redirects",),
    "sitemaps, llms.txt, manifest": (
        "magazine.pages.sitemap:sitemap_entries",
        "magazine.pages.sitemap:sitemap",
        "magazine.pages.discovery:discovery",
    ),
    "cards for sharing": ("magazine.pages.make:_Press.shared", "magazine.pages.sharing:Cards._order"),
    PICTURES: (
        "magazine.photographs:read_photographs",
        "magazine.pages.photographs:Darkroom.files",
        "magazine.pages.photographs:Darkroom.order_all",
    ),
    "texts for the search": ("magazine.pages.search:search_entries", "magazine.search_index:make_index"),
    "findings kept for the next build": (
        "magazine.store:Store.put",
        "magazine.store:Store.put_packed",
        "magazine.store:Store.save",
    ),
    "files written and put in place": (
        "magazine.publish:Publisher.publish",
        "magazine.publish:Publisher.place",
    ),
}


@dataclass(frozen=True)
class Burden:
    """What measuring a call takes, in seconds: counted as the call's own, and as its caller's."""

    own: float
    around: float


def burden(meter: Meter, calls: int = 50_000) -> Burden:
    """Measure measuring, with a function that does nothing."""
    nothing = meter.wrap("inner", lambda: None)

    def many() -> None:
        for _ in range(calls):
            nothing()

    meter.wrap("outer", many)()
    return Burden(meter.seconds["inner"] / calls, meter.seconds["outer"] / calls)


def without_burden(meter: Meter, found: Burden) -> dict[str, float]:
    """Return each stage's seconds without what measuring took; none is less than nothing."""
    return {
        stage: max(
            0.0,
            seconds - meter.calls.get(stage, 0) * found.own - meter.inner_calls.get(stage, 0) * found.around,
        )
        for stage, seconds in meter.seconds.items()
    }


def photographs(root: Path, count: int = PHOTOGRAPHS) -> int:
    """Give some of the made-up articles photographs of their own; return how many."""
    files = sorted(
        path for path in (root / "articles").glob("*/*.md") if "\nimage:" in path.read_text("utf-8")
    )
    chosen = files[:: max(1, len(files) // count)][:count]
    for number, path in enumerate(chosen):
        name = f"maaling-{number}.jpg"
        _photograph(number).save(root / "docs/images" / name, "JPEG", quality=92)
        front, rest = path.read_text("utf-8").split("\n---\n", 1)
        head, tail = front.split("\nimage:", 1)
        lines = tail.split("\n")[1:]
        more = next((index for index, line in enumerate(lines) if not line.startswith(" ")), len(lines))
        image = f"\nimage:\n  src: ../../docs/images/{name}\n  alt: En prøve.\n  credit: 'Tegning: Bænken'"
        front = "\n".join([head + image, *lines[more:]])
        path.write_text(f"{front}\n---\n{rest}", encoding="utf-8")
    return len(chosen)


def _photograph(number: int) -> Image.Image:
    """Draw something as busy as a photograph, in a camera's format."""
    size = (2000, 1333)
    picture = Image.effect_noise((500, 333), 40).resize(size, Image.Resampling.BICUBIC).convert("RGB")
    pen = ImageDraw.Draw(picture)
    for step in range(40):
        at = (step * 389 + number * 97) % size[0], (step * 211 + number * 53) % size[1]
        shade = ((step * 61) % 256, (step * 37 + number * 11) % 256, (step * 17) % 256)
        pen.ellipse((*at, at[0] + 260, at[1] + 180), fill=shade)
    return picture


def _build(root: Path) -> None:
    """Build the magazine in ``root``; print the costs as JSON."""
    found = burden(Meter(time.thread_time, lambda: 0))
    began = time.process_time()
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config(str(root / "mkdocs.yml"))
    meter = Meter(time.thread_time, lambda: 0)
    install(meter, FEATURES)
    measured = meter.wrap(REST, lambda: build(config))
    config.plugins.on_startup(command="build", dirty=False)
    before = time.thread_time()
    measured()
    inside = time.thread_time() - before
    config.plugins.on_shutdown()
    seconds = without_burden(meter, found)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds[PAGEFIND] = children.ru_utime + children.ru_stime
    # What lies outside the build proper: imports, and the host's start.
    seconds[REST] += time.process_time() - began - inside
    print(json.dumps(seconds))


def measure(root: Path) -> tuple[dict[str, float], int]:
    """Return what each feature of a build from scratch costs, in seconds of processor time; and the runs."""
    runs: list[dict[str, float]] = []
    while not runs or (len(runs) < 3 and sum(runs[0].values()) < SHORT):
        shutil.rmtree(root / "site", ignore_errors=True)
        shutil.rmtree(root / ".cache", ignore_errors=True)
        done = subprocess.run(
            [sys.executable, __file__, "--build", str(root)],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            env={**os.environ, "MAGASIN_NU": "2026-11-24 12:00", "MAGASIN_PROCESSER": "1"},
        )
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return {
        feature: statistics.median(run.get(feature, 0.0) for run in runs)
        for feature in (*FEATURES, PAGEFIND, REST)
    }, len(runs)


def report(costs: Mapping[str, float], articles: int, pictures: int, runs: int) -> str:
    """Return the page that tells the costs.

    Args:
        costs: seconds of processor time by feature.
        articles: how many there were.
        pictures: how many photographs of their own they had.
        runs: how many builds these are the medians of.
    """
    shared = {feature: seconds for feature, seconds in costs.items() if feature != PICTURES}
    total = sum(shared.values())
    libraries = ", ".join(
        f"{name} {version(name)}" for name in ("mkdocs", "Markdown", "Jinja2", "pillow", "pagefind")
    )
    parts = [
        "# What each feature costs",
        "Written by `make features`; not edited by hand. A build from scratch of "
        f"{articles:,} made-up articles in one process: {total:.1f} s of processor time, "
        f"{total / articles * 1000:.1f} ms an article. A feature's cost is that of the functions that are "
        "there for it alone, without other features inside them and without what measuring takes; "
        f"Pagefind's is that of its processes. {f'Medians of {runs} builds' if runs > 1 else 'One build'}. "
        "An edit pays for what it changes alone, so nearly nothing of this.",
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}; {libraries}.",
        _table(shared, articles),
        "Cards are drawn once and kept, and `social_cards: none` leaves them out. Photographs are kept, too: "
        f"one of 2,000 by 1,333, full of detail, takes {costs[PICTURES] / max(1, pictures):.1f} s in all its "
        f"formats, widths and shapes (of {pictures} measured, which the table leaves out).",
    ]
    return "\n\n".join(parts) + "\n"


def _table(costs: Mapping[str, float], articles: int) -> str:
    total = sum(costs.values())
    ordered = sorted((one for one in costs.items() if one[0] != REST), key=lambda one: (-one[1], one[0]))
    lines = ["| feature | CPU ms per article | share |", "| --- | ---: | ---: |"]
    for feature, seconds in [*ordered, (REST, costs.get(REST, 0.0))]:
        lines.append(f"| {feature} | {seconds / articles * 1000:.2f} | {seconds / total:.1%} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("size", nargs="?", type=int, default=SIZE, help="how many articles")
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if wanted.build:
        _build(wanted.build)
        return
    root = OUT / "features"
    OUT.mkdir(parents=True, exist_ok=True)
    articles = make_magazine(REPOSITORY, root, wanted.size, danish_words(OUT / "tools"))
    pictures = photographs(root)
    costs, runs = measure(root)
    told = report(costs, articles, pictures, runs)
    REPORT.write_text(told, encoding="utf-8")
    print(told)


if __name__ == "__main__":
    main()
