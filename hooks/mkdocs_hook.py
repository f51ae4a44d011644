"""The adapter between MkDocs (or ProperDocs) and the magazine: events, and no rules of its own.

MkDocs gets nothing but the assets, and writes them into a waiting folder beside the site. The package
reads and checks everything before MkDocs writes a byte, makes every page, and puts the whole in the
site's place as the very last thing. Where nothing differs from the last build, nothing is even loaded that
reads or makes: that is why the package's larger parts are imported where they are used.
"""

from __future__ import annotations

import atexit
import gc
import logging
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files, InclusionLevel
from msgspec import Struct, field

from magazine.clock import read_clock
from magazine.problems import ContentError, Problem
from magazine.progress import Progress
from magazine.publish import Publisher
from magazine.store import Store
from magazine.summary import Summary, built_text, count_text
from magazine.unchanged import Watch

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

    from magazine.site import Site
    from magazine.sources import Asset
    from magazine.watching import Watcher

#: Where a build keeps what it knows, from event to event; ``extra`` is new with each build.
BUILD = "magazine.build"
#: Where the preview keeps what its builds have found out, in what the host keeps for one command.
FOUND = "magazine.found"
#: In the repository; safe to delete.
CACHE = ".cache/magasin"
SEARCH_CACHE = ".cache/soeg"
#: So many objects may be left by builds of the preview before somebody looks for circles among them.
MANY = 1_000_000
#: In the former, the site before last.
SPARE = "reserve"

log = logging.getLogger("mkdocs.magazine")


class Build(Struct):
    """One build, from its first event to its last."""

    publisher: Publisher
    templates: tuple[str, ...]
    began: float
    is_preview: bool
    progress: Progress | None = None
    store: Store | None = None
    watch: Watch | None = None
    stands: Summary | None = None
    """What stands already, where a build would make the same once more."""
    site: Site | None = None
    problems: tuple[Problem, ...] = ()
    memory: dict[str, Any] = field(default_factory=dict)
    """What the next build of the preview need not find out again."""


def on_startup(command: str, dirty: bool) -> None:
    """Leave what a build makes to its end: looking for circles again and again costs a third of it."""
    gc.disable()


def on_shutdown() -> None:
    """Let the interpreter end without looking for circles among all that a build has read."""
    gc.freeze()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Send MkDocs, and its clean-up, to a waiting folder; leave it nothing to make of its own."""
    context = click.get_current_context(silent=True)
    is_preview = context is not None and context.info_name == "serve"
    # The preview's site lies in a folder of its own, which is removed with all that is beside it.
    spare = None if is_preview else Path(config.config_file_path).parent / CACHE / SPARE
    config.extra[BUILD] = build = Build(
        Publisher.beside(Path(config.site_dir), spare),
        tuple(config.theme.dirs),
        time.perf_counter(),
        is_preview,
        _progress(),
        memory=context.meta if context is not None and is_preview else {},
    )
    config.site_dir = str(build.publisher.waiting)
    config.theme.static_templates.clear()
    # MkDocs would look through the theme's ten thousand icons for files to ship, and we ship none.
    del config.theme.dirs[1:]
    config.nav = None
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Read and check everything, unless all of it is as it was; with a fault, build nothing."""
    build: Build = config.extra[BUILD]
    file = Path(config.config_file_path)
    build.store = store = Store.open(file.parent / CACHE, build.memory.get(FOUND))
    clock, faults = read_clock()
    if store is not None and not build.is_preview and not faults:
        folders = (config.docs_dir, build.templates[0])
        # As the file, the command line and the environment have it; what are no plain values is the host's,
        # and the folder of the site is that of this process.
        plain = {key: value for key, value in config.items() if isinstance(value, str | bool | int)}
        told = (build.templates, clock.stamp, sorted({**plain, "site_dir": ""}.items()))
        build.watch = Watch.begin(file, folders, build.publisher.site_dir, told)
        ledger = store.get(*_ledger(build))
        build.stands = build.watch.find(store, build.publisher, ledger, clock.now)
    if build.stands is not None:
        _tell_warnings(build.stands.warnings)
        return
    from magazine.pages.gists import gist_of
    from magazine.site import load_site

    # The preview shows what is not out yet, and figures that are not.
    look = None if build.is_preview else gist_of
    try:
        build.site = load_site(file.parent, file.name, store=store, progress=build.progress, look=look)
    except ContentError as error:
        if store is not None:
            store.save()
        _fail(build, error.problems)
    else:
        _tell_warnings(build.site.warnings)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Hand MkDocs the assets, and no page; nothing of the theme's own is shipped."""
    build: Build = config.extra[BUILD]
    if build.site is None:
        return Files(())
    from magazine.pages.shipping import shipped

    shown = shipped(build.site, with_held=build.is_preview)
    return Files(_file(build.site, asset, config) for asset in shown)


def _file(site: Site, asset: Asset, config: MkDocsConfig) -> File:
    """Return an asset as MkDocs writes it: the editor's file, or what readers get in its place."""
    from magazine.pages.shipping import publishable

    path, included = asset.address.lstrip("/"), InclusionLevel.INCLUDED
    data = publishable(site, asset)
    if data is not None:
        return File.generated(config, path, content=data, inclusion=included)
    return File(path, config.docs_dir, config.site_dir, True, inclusion=included)


def on_post_build(config: MkDocsConfig) -> None:
    """Make every page, and put the new site in the old one's place."""
    build: Build = config.extra[BUILD]
    publisher = build.publisher
    try:
        if build.stands is not None:
            publisher.kept = build.stands.pages
            _tell_built(build, build.stands)
        elif build.site is not None and not _has_warned(config):
            from magazine.pages.discovery import holds_until
            from magazine.pages.faults import tell_faults
            from magazine.pages.make import make
            from magazine.reports import summary_of

            site, store = build.site, build.store
            ledger = _ledger(build)
            publisher.begin(store.get(*ledger) if store else None, site.clock.stamp)
            root = Path(config.config_file_path).parent
            pages = make(
                site,
                build.templates,
                with_held=build.is_preview,
                keep=publisher.keep,
                place=publisher.place,
                store=store,
                search=root / SEARCH_CACHE,
                progress=build.progress,
            )
            if store is not None:
                # Killed in the midst of it, we would leave a ledger of a site that no longer stands.
                store.forget(*ledger)
            published = publisher.publish(tell_faults(pages, build.templates, root))
            summary = summary_of(site, published.files, publisher)
            if store is not None:
                store.put(published, *ledger)
                if build.watch is not None:
                    build.watch.keep(store, summary, holds_until(site))
            _tell_built(build, summary)
    except ContentError as error:
        _fail(build, error.problems)
    finally:
        if build.problems:
            from magazine.pages.errors import error_page

            publisher.show(error_page(build.problems))
        publisher.close()
        if build.store is not None and build.stands is not None:
            # What was not asked for is not unused.
            build.store.close()
        elif build.store is not None:
            build.store.save()
            build.memory[FOUND] = build.store.to_remember()
        config.site_dir = str(publisher.site_dir)
        if build.is_preview and gc.get_count()[0] > MANY:
            gc.collect()


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]
) -> LiveReloadServer:
    """Keep the preview alive through faults that no other event meets, as in the configuration itself."""
    from magazine.watching import Watcher

    build: Build = config.extra[BUILD]
    atexit.register(build.publisher.remove)

    def rebuild() -> None:
        try:
            builder()
        except Exception as error:
            from magazine.pages.errors import error_page, host_problems

            # MkDocs would leave every request hanging until the next build that ends well.
            problems = host_problems(error, Path(config.config_file_path).name)
            Publisher.beside(Path(server.root)).show(error_page(problems))
            if isinstance(error, click.ClickException):
                click.echo(error.format_message(), err=True)
            else:
                traceback.print_exc()

    server.builder = rebuild
    _watch(server, Watcher(), (config.docs_dir, config.config_file_path, *config.theme.dirs))
    return server


def _watch(server: LiveReloadServer, watcher: Watcher, places: Iterable[str]) -> None:
    """Have the system tell what is saved; what the server has begun to watch already, too."""
    watched = []
    for place in places:
        with suppress(KeyError):
            server.unwatch(place)
            watched.append(place)
    server.observer = watcher  # type: ignore[assignment]  # it is asked for no more than this has
    for place in watched:
        server.watch(place)


def _ledger(build: Build) -> tuple[object, ...]:
    """Return under which key what was published is kept."""
    return "ledger", build.publisher.site_dir, build.is_preview


def _tell_built(build: Build, summary: Summary) -> None:
    for line in built_text(summary, build.publisher, time.perf_counter() - build.began):
        log.info(line)


def _tell_warnings(warnings: tuple[Problem, ...]) -> None:
    if log.isEnabledFor(logging.WARNING):
        _tell(warnings)


def _progress() -> Progress | None:
    """Return what tells how far the build has come, where a person sees it and wants to."""
    is_watched = sys.stderr.isatty() and log.isEnabledFor(logging.INFO) and "CI" not in os.environ
    return Progress(sys.stderr, time.monotonic, time.monotonic()) if is_watched else None


def _fail(build: Build, problems: tuple[Problem, ...]) -> None:
    """Tell the problems and stop; the preview goes on, with a page that tells them."""
    _tell(problems)
    message = count_text(problems)
    if not build.is_preview:
        build.publisher.close()
        raise Abort(message)
    build.site, build.problems = None, problems
    click.echo(message, err=True)


def _tell(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)


def _has_warned(config: MkDocsConfig) -> bool:
    """Tell whether MkDocs is going to abort after this event, for warnings under ``--strict``."""
    logger: logging.Logger | None = logging.getLogger("mkdocs")
    while logger is not None:
        for handler in logger.handlers:
            counts = getattr(handler, "get_counts", None)
            if config.strict and counts is not None and counts():
                return True
        logger = logger.parent
    return False
