"""Print what a build costs: time and memory, by stage, for the real content and for made-up magazines.

A stage's time is its own, without that of the stages it calls. Memory is the growth of what the process
holds (Linux only), and the most it ever held. Each build runs alone, in a process of its own.

    python bench/measure.py            the real content, 500 and 1,000 articles
    python bench/measure.py 10 2000    other sizes
"""

from __future__ import annotations

import argparse
import functools
import importlib
import inspect
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from synthetic import make_magazine, without_extras
from words import danish_words

REPOSITORY = Path(__file__).resolve().parent.parent
OUT = REPOSITORY / ".cache" / "bench"
SIZES = (500, 1000)

#: A stage, and the functions and methods whose own time it is.
STAGES: dict[str, tuple[str, ...]] = {
    "read the figures": ("magazine.figures.read:read_figures",),
    "read the articles": (
        "magazine.articles:read_articles",
        "magazine.standing:read_standing",
        "magazine.sources:read_assets",
        "magazine.desk:read_desk",
    ),
    "Markdown": ("magazine.render:Renderer.render", "magazine.render:render_field"),
    "judge the figures": ("magazine.resolve:resolve", "magazine.resolve:newest_families"),
    "check the rest": ("magazine.site:load_site",),
    "fill the texts": ("magazine.pages.fill:Filler.body", "magazine.pages.fill:Filler.field"),
    "templates": ("magazine.pages.make:_Press.render",),
    "lists and views": ("magazine.pages.make:make",),
    "feed and sitemap": ("magazine.pages.feed:atom", "magazine.pages.sitemap:sitemap"),
    "publish": ("magazine.publish:Publisher.publish", "magazine.publish:Publisher.place"),
}
START, HOST = "start-up and imports", "MkDocs and the adapter"


def _pages_held() -> int:
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0


@dataclass
class Meter:
    """Adds up each stage's own time and growth; stages may lie inside each other."""

    clock: Callable[[], float] = time.perf_counter
    held: Callable[[], int] = _pages_held
    seconds: dict[str, float] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    """How often each stage was entered."""
    inner_calls: dict[str, int] = field(default_factory=dict)
    """How often another one was entered from each."""
    _open: list[tuple[str, list[float]]] = field(default_factory=list)

    def enter(self, stage: str) -> None:
        self.calls[stage] = self.calls.get(stage, 0) + 1
        if self._open:
            around = self._open[-1][0]
            self.inner_calls[around] = self.inner_calls.get(around, 0) + 1
        self._open.append((stage, [self.clock(), self.held(), 0.0, 0]))

    def leave(self) -> None:
        stage, (began, held, inner_seconds, inner_pages) = self._open.pop()
        seconds, pages = self.clock() - began, self.held() - held
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds - inner_seconds
        self.pages[stage] = self.pages.get(stage, 0) + int(pages - inner_pages)
        if self._open:
            around = self._open[-1][1]
            around[2] += seconds
            around[3] += pages

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return ``function`` as it was, but measured; of a generator, each step."""

        @functools.wraps(function)
        def once(*args: Any, **kwargs: Any) -> Any:
            self.enter(stage)
            try:
                return function(*args, **kwargs)
            finally:
                self.leave()

        @functools.wraps(function)
        def steps(*args: Any, **kwargs: Any) -> Iterator[Any]:
            inner = function(*args, **kwargs)
            while True:
                self.enter(stage)
                try:
                    made = next(inner, inner)
                finally:
                    self.leave()
                if made is inner:
                    return
                yield made

        return steps if inspect.isgeneratorfunction(function) else once


def find_stage(name: str) -> tuple[Any, str, Callable[..., Any]]:
    """Return the owner, the name there, and the function of ``module:name`` or ``module:Class.name``."""
    module, _, path = name.partition(":")
    owner: Any = importlib.import_module(module)
    *classes, last = path.split(".")
    for part in classes:
        owner = getattr(owner, part)
    return owner, last, getattr(owner, last)


def install(meter: Meter, stages: Mapping[str, Sequence[str]]) -> None:
    """Put the measured functions wherever the plain ones were imported to."""
    for stage, names in stages.items():
        for name in names:
            owner, last, plain = find_stage(name)
            measured = meter.wrap(stage, plain)
            setattr(owner, last, measured)
            for module in list(sys.modules.values()):
                for attribute, value in list(vars(module).items()):
                    if value is plain:
                        setattr(module, attribute, measured)


def _build(root: Path) -> None:
    """Build the magazine in ``root`` as ``mkdocs build`` does; print the costs as JSON."""
    meter = Meter()
    meter.enter(START)
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config(str(root / "mkdocs.yml"))
    meter.leave()
    install(meter, STAGES)
    meter.enter(HOST)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    meter.leave()
    # On Linux in KiB, on macOS in bytes.
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
    growth = {
        stage: pages * resource.getpagesize() / 1024**2
        for stage, pages in meter.pages.items()
        if any(meter.pages.values())
    }
    print(json.dumps({"seconds": meter.seconds, "growth": growth, "most": most}))


def _measure(root: Path) -> dict[str, Any]:
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, __file__, "--build", str(root)],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        # In one process: what is done in others is not measured.
        env={**os.environ, "MAGASIN_NU": "2026-11-24 12:00", "MAGASIN_PROCESSER": "1"},
    )
    seconds = time.perf_counter() - began
    if done.returncode:
        sys.exit(done.returncode)
    costs: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    # What the process itself cannot see: the interpreter's start and end.
    costs["seconds"][START] += seconds - sum(costs["seconds"].values())
    return {**costs, "total": seconds}


def _print(title: str, articles: int, costs: dict[str, Any], root: Path) -> None:
    size = sum(path.stat().st_size for path in (root / "site").rglob("*") if path.is_file()) / 1024**2
    files = sum(1 for path in (root / "site").rglob("*") if path.is_file())
    print(
        f"\n{title}: {costs['total']:.2f} s ({costs['total'] / articles * 1000:.1f} ms an article), "
        f"at most {costs['most']:.0f} MiB; {files} files, {size:.1f} MiB"
    )
    for stage in (START, *STAGES, HOST):
        seconds = costs["seconds"].get(stage, 0.0)
        growth = costs["growth"].get(stage)
        memory = "" if growth is None else f"{growth:+8.1f} MiB"
        print(f"  {stage:<24}{seconds:8.2f} s {seconds / costs['total']:6.0%}{memory}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="how many articles")
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.build:
        _build(arguments.build)
        return
    for size in (0, *arguments.sizes):
        root = OUT / (str(size) if size else "real")
        words = danish_words(OUT / "tools") if size else ()
        articles = make_magazine(REPOSITORY, root, size, words)
        if size:
            # Cards for sharing cost more than all the rest; bench/FEATURE_COSTS.md tells how much.
            without_extras(root)
        title = f"{articles} articles" if size else f"The real content, {articles} articles"
        _print(title, articles, _measure(root), root)


if __name__ == "__main__":
    main()
