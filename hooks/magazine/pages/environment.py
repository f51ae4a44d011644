"""The templates: one Jinja environment, strict about names, escaping everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from magazine.svg import Inline


def make_environment(
    folders: Sequence[str], base_path: str, drawings: Mapping[str, Inline] | None = None
) -> Environment:
    """Return the environment that every page is made with.

    Args:
        folders: where templates lie, first come first served: ours, then the theme's.
        base_path: what stands before every address of the site, ``""`` or ``/folder``.
        drawings: what the filter ``tegning`` gives for a picture's address; nothing for a photograph.
    """
    environment = Environment(
        loader=FileSystemLoader(list(folders)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    shapes = {
        address: (drawing.view_box, Markup(drawing.inner)) for address, drawing in (drawings or {}).items()
    }
    environment.filters["tegning"] = shapes.get
    environment.filters["link"] = partial(with_base, base_path)
    return environment


def with_base(base_path: str, address: str) -> str:
    """Return an address as a browser asks for it; full addresses and anchors stay as they are."""
    return f"{base_path}{address}" if address.startswith("/") and not address.startswith("//") else address
