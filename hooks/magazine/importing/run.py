"""The import itself: reads the export twice, writes what is new, overwrites nothing, reports everything."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from magazine.importing.archive import (
    NO_CATEGORY,
    Copy,
    Plan,
    Report,
    author_id,
    category_id,
    convert,
    make_plan,
)
from magazine.importing.wordpress import Entry, read_export
from magazine.sources import Text, copy_new, open_bytes, read_text, replace_text, write_new


def import_archive(root: Path, export: Path, uploads: Path | None, desk_file: str) -> Report:
    """Bring a WordPress export into the magazine.

    Args:
        root: the magazine's folder.
        export: the WXR file.
        uploads: a copy of ``wp-content/uploads``, or ``None``: then pictures become links.
        desk_file: where categories and authors are declared, relative to ``root``.

    Returns:
        What was written, and what an editor must look at.

    Raises:
        BrokenExportError: where the export cannot be read to its end; nothing is written then.
        OSError: where it cannot be opened.
    """
    plan = make_plan(_entries(export), lambda path: (root / path).exists())
    report = Report()
    for made in convert(
        _entries(export), plan, report, lambda path: uploads is not None and (uploads / path).is_file()
    ):
        if isinstance(made, Copy):
            assert uploads is not None, "nothing lies in no folder"
            if copy_new(uploads / made.upload, root, made.path):
                report.counts["billeder"] += 1
        elif not write_new(root, made.path, made.text):
            raise AssertionError(f"{made.path}: the plan names files that do not exist")
    _declare(root, desk_file, plan, report)
    return report


def _entries(export: Path) -> Iterator[Entry]:
    with open_bytes(export) as stream:
        yield from read_export(stream)


def _declare(root: Path, desk_file: str, plan: Plan, report: Report) -> None:
    """Add the export's categories and authors to the desk's data, keeping what stands there."""
    text, _ = read_text(root, desk_file)
    before = text or Text(desk_file, "kategorier:\nforfattere:\nserier:\n")
    categories: dict[str, tuple[str, str]] = {}
    for slug, term in plan.categories.items():
        name = category_id(term)
        categories.setdefault(name, (term.name, term.description))
        if slug and slug != NO_CATEGORY.slug:
            report.redirects.append((f"/category/{slug}/", f"/kategori/{name}/"))
    authors = {author_id(author.login): (author.name, "") for author in plan.authors.values()}
    after = add_entries(before.text, {"kategorier": categories, "forfattere": authors})
    if after != before.text:
        replace_text(root, desk_file, after)


def add_entries(text: str, wanted: Mapping[str, Mapping[str, tuple[str, str]]]) -> str:
    """Return the desk's YAML with new entries at the end of their sections, all else as it stands.

    Args:
        text: ``data/redaktion.yml``.
        wanted: by section, the name and text of each entry by its id.
    """
    lines = text.rstrip("\n").split("\n")
    for section, entries in wanted.items():
        try:
            start = lines.index(f"{section}:")
        except ValueError:
            lines.append(f"{section}:")
            start = len(lines) - 1
        end = next(
            (index for index in range(start + 1, len(lines)) if lines[index][:1] not in ("", " ", "#")),
            len(lines),
        )
        while end > start + 1 and lines[end - 1][:1] in ("", "#"):
            end -= 1
        known = {line.strip().rstrip(":") for line in lines[start + 1 : end]}
        lines[end:end] = [
            line for name, entry in entries.items() if name not in known for line in _entry(name, *entry)
        ]
    return "\n".join(lines) + "\n"


def _entry(name: str, title: str, text: str) -> Iterator[str]:
    yield f"  {name}:"
    yield f"    navn: '{_single(title or name)}'"
    if text.strip():
        yield f"    tekst: '{_single(text)}'"


def _single(text: str) -> str:
    return " ".join(text.split()).replace("'", "''")


def report_markdown(report: Report) -> str:
    """Return the report: what came along, and everything to look at, by file."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield "# Import fra WordPress"
    yield ""
    yield from (f"- {count} {what}" for what, count in sorted(report.counts.items()))
    yield ""
    by_file: dict[str, list[str]] = defaultdict(list)
    for told in report.told:
        by_file[told.path or told.title].append(told.what)
    if by_file:
        yield "## Se efter"
        yield ""
        for name in sorted(by_file):
            yield f"- {name}"
            yield from (f"    - {what}" for what in _once(by_file[name]))
        yield ""
    if report.pictures:
        yield "## Billeder"
        yield ""
        yield "Hvor hvert billede hører hjemme. Kreditering og alternativ tekst skal læses igennem."
        yield ""
        yield from (f"- {url} → {path}" for url, path in sorted(report.pictures.items()))
        yield ""
    if report.redirects:
        yield "## Adresser, som serveren selv skal lede videre"
        yield ""
        yield from (f"- {old} → {new}" for old, new in sorted(set(report.redirects)))
        yield ""


def _once(texts: Sequence[str]) -> Iterable[str]:
    return (f"{text} ({count} gange)" if count > 1 else text for text, count in Counter(texts).items())
