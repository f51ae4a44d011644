"""What is wrong with a template, told like any other fault: its file, its line, what was found."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import Template, TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from magazine.problems import ContentError, Place, Problem

_UNKNOWN = re.compile(r"'(\w+)' is undefined|no (?:attribute|element) '?(\w+)'?|name '(\w+)'")


def tell_faults(
    pages: Iterable[tuple[str, Any]], folders: Sequence[str], root: Path
) -> Iterator[tuple[str, Any]]:
    """Yield the pages; where a template fails, raise its fault as content's.

    Args:
        pages: what ``make`` yields.
        folders: the folders of the templates, ours first.
        root: the folder that paths are told from.

    Raises:
        ContentError: with the fault. Anything that is not a template's is our own, and goes its way.
    """
    try:
        yield from pages
    except ContentError:
        raise
    except Exception as error:
        problem = template_fault(error, folders, root)
        if problem is None:
            raise
        raise ContentError([problem]) from error


def template_fault(error: Exception, folders: Sequence[str], root: Path) -> Problem | None:
    """Return the fault behind an exception, or ``None`` where it is no template's.

    Args:
        error: what making a page has raised.
        folders: the folders of the templates, ours first.
        root: the folder that the path is told from.
    """
    if isinstance(error, TemplateSyntaxError):
        return _problem(error.filename or error.name or "", error.lineno, error, root)
    steps = list(_steps(error.__traceback__))
    inside = [step for step in steps if step[0].startswith(tuple(f"{folder}{os.sep}" for folder in folders))]
    # An exception that ends in our own code is ours, even if a template asked for it.
    if inside and (isinstance(error, TemplateError) or inside[-1] is steps[-1]):
        return _problem(*inside[-1], error, root)
    if isinstance(error, TemplateNotFound):
        return _problem(str(Path(folders[0]) / (error.name or "")), 1, error, root)
    if isinstance(error, TemplateError):
        return _problem(folders[0], 1, error, root)
    return None


def _steps(traceback: TracebackType | None) -> Iterator[tuple[str, int]]:
    """Yield the file and the line of each call, from the outermost in."""
    while traceback is not None:
        frame, line = traceback.tb_frame, traceback.tb_lineno
        # Jinja sets the lines of a whole template right, but not those of a macro called from Python.
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            line = template.get_corresponding_lineno(line)
        yield frame.f_code.co_filename, line
        traceback = traceback.tb_next


def _problem(file: str, line: int, error: Exception, root: Path) -> Problem:
    path = Path(file)
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    return Problem(Place(shown.as_posix(), line), _message(error))


def _message(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"skabelonen «{error.name}» findes ikke. Læg den i overrides/, eller ret navnet."
    if isinstance(error, TemplateSyntaxError):
        return f"skabelonen kan ikke læses: {error.message}"
    unknown = _UNKNOWN.search(str(error)) if isinstance(error, UndefinedError | AttributeError) else None
    if unknown is not None:
        name = next(group for group in unknown.groups() if group)
        return f"skabelonen kender ikke «{name}». Hvad den kan bruge, står i magazine/pages/views.py."
    return f"skabelonen kan ikke udfyldes: {type(error).__name__}: {error}"
