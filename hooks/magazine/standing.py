"""``docs/*.md``: the undated pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from magazine.entries import Entry
from magazine.front_matter import Checks, Image, ImageEntry, read_front_matter
from magazine.problems import Place, Problem
from magazine.render import anchor_of
from magazine.sources import Asset, Text, list_files, read_text

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


class PageFrontMatter(Entry):
    """The front matter of a standing page."""

    title: str = Field(description="Overskriften.")
    description: str = Field(description="En eller to sætninger om siden; bruges også af søgemaskiner.")
    kicker: str | None = Field(None, description="Et eller to ord over overskriften.")
    image: ImageEntry | None = Field(
        None, description="Billedet: src, alt og credit, og evt. caption og focus."
    )


@dataclass(frozen=True)
class StandingPage:
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


def read_standing(
    root: Path, docs_dir: str, assets: Mapping[str, Asset]
) -> tuple[tuple[StandingPage, ...], tuple[Problem, ...]]:
    """Read every standing page.

    Args:
        root: the repository's folder.
        docs_dir: their folder in it.
        assets: the pictures, by path.
    """
    paths, found = list_files(root, docs_dir, ".md")
    problems = list(found)
    pages = []
    for path in paths:
        text, told = read_text(root, path)
        problems += told
        if text is None:
            continue
        page, told = parse_standing(text, docs_dir, assets)
        problems += told
        if page is not None:
            pages.append(page)
    if f"{docs_dir}/index.md" not in paths:
        problems.append(Problem(Place(f"{docs_dir}/index.md"), "forsiden mangler: læg filen index.md her."))
    return tuple(pages), tuple(problems)


def parse_standing(
    text: Text, docs_dir: str, assets: Mapping[str, Asset]
) -> tuple[StandingPage | None, tuple[Problem, ...]]:
    """Parse one standing page.

    Args:
        text: the file.
        docs_dir: the folder that addresses leave out.
        assets: the pictures, by path.
    """
    entry, parts, told = read_front_matter(text, PageFrontMatter)
    problems = list(told)
    name = text.path.removeprefix(f"{docs_dir}/").removesuffix(".md")
    for part in name.split("/"):
        if not _NAME.match(part):
            problems.append(
                Problem(
                    Place(text.path),
                    (
                        f"filnavnet «{part}» kan ikke bruges: navne består af a–z, 0–9 og bindestreg. Skriv "
                        f"{anchor_of(part) or 'navn'}."
                    ),
                )
            )
    if entry is None:
        return None, tuple(problems)
    checks = Checks(text.path, parts.lines, problems)
    checks.filled(title=entry.title, description=entry.description)
    image = checks.image(entry.image, assets)
    if problems:
        return None, tuple(problems)
    address = f"/{name}/".replace("/index/", "/")
    return StandingPage(
        text.path,
        address,
        entry.title,
        entry.description,
        entry.kicker or "",
        image,
        parts.body,
        parts.body_line,
        parts.lines.keys,
    ), ()
