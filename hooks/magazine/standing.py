"""``docs/*.md``: the undated pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from pydantic import Field

from magazine.addresses import is_name, name_wanted
from magazine.entries import Entry
from magazine.front_matter import Checks, Fragment, Image, ImageEntry, read_front_matter
from magazine.problems import Place, Problem
from magazine.sources import Asset, Text, list_files, read_text


class PageFrontMatter(Entry):
    """The front matter of a standing page."""

    title: str = Field(description="Overskriften.")
    description: str = Field(description="En eller to sætninger om siden; bruges også af søgemaskiner.")
    kicker: str | None = Field(None, description="Et eller to ord over overskriften.")
    image: ImageEntry | None = Field(
        None, description="Billedet: src, alt og credit, og evt. caption og focus."
    )


class StandingPage(Struct, frozen=True):
    """An undated page."""

    path: str
    address: str
    title: str
    description: str
    kicker: str
    image: Image | None
    body: str
    body_line: int
    lines: Mapping[str, int]
    is_sound: bool = True
    """False for one with faults, which is checked as far as it can be read, and never published."""


def read_standing(
    root: Path, docs_dir: str, assets: Mapping[str, Asset]
) -> tuple[tuple[StandingPage, ...], tuple[Fragment, ...], tuple[Problem, ...]]:
    """Read every standing page.

    Args:
        root: the repository's folder.
        docs_dir: their folder in it.
        assets: the pictures, by path.

    Returns:
        The pages, those with faults too; the files that are none; and every problem.
    """
    paths, found = list_files(root, docs_dir, ".md")
    problems = list(found)
    pages: list[StandingPage] = []
    fragments: list[Fragment] = []
    for path in paths:
        text, told = read_text(root, path)
        problems += told
        if text is None:
            fragments.append(Fragment(path))
            continue
        page, told = parse_standing(text, docs_dir, assets)
        problems += told
        if isinstance(page, Fragment):
            fragments.append(page)
        else:
            pages.append(page)
    if f"{docs_dir}/index.md" not in paths:
        problems.append(Problem(Place(f"{docs_dir}/index.md"), "forsiden mangler: læg filen index.md her."))
    return tuple(pages), tuple(fragments), tuple(problems)


def parse_standing(
    text: Text, docs_dir: str, assets: Mapping[str, Asset]
) -> tuple[StandingPage | Fragment, tuple[Problem, ...]]:
    """Parse one standing page.

    Args:
        text: the file.
        docs_dir: the folder that addresses leave out.
        assets: the pictures, by path.

    Returns:
        The page, as far as it can be read where something is wrong with it, and the problems.
    """
    entry, parts, told = read_front_matter(text, PageFrontMatter)
    problems = list(told)
    name = text.path.removeprefix(f"{docs_dir}/").removesuffix(".md")
    for part in name.split("/"):
        if not is_name(part):
            problems.append(
                Problem(Place(text.path), f"filnavnet «{part}» kan ikke bruges: {name_wanted(part)}")
            )
    if entry is None:
        return Fragment(text.path, parts.body, parts.body_line), tuple(problems)
    checks = Checks.of(parts, problems)
    checks.filled(title=entry.title, description=entry.description)
    image = checks.image(entry.image, assets)
    # The front page has its articles to show.
    if not parts.body.strip() and name != "index":
        problems.append(Problem(Place(text.path, parts.body_line), "siden har ingen tekst."))
    return StandingPage(
        text.path,
        f"/{name}/".replace("/index/", "/"),
        entry.title,
        entry.description,
        entry.kicker or "",
        image,
        parts.body,
        parts.body_line,
        parts.lines.keys,
        is_sound=not problems,
    ), tuple(problems)
