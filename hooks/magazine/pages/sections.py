"""A text divided at its headings, for pages that set each part in a place of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

from magazine.pages.views import SectionView

#: Headings stand alone in a rendered text, and nothing that an editor writes can look like one:
#: what is no Markdown is escaped.
_HEADING = {degree: re.compile(rf"(<h{degree} id=\"[^\"]*\".*?</h{degree}>)", re.DOTALL) for degree in (2, 3)}


def sections(body: Markup) -> tuple[SectionView, ...]:
    """Return a text by its headings of the second degree, each with its parts of the third."""
    return tuple(
        SectionView(heading, before, tuple(SectionView(*part) for part in parts if part[0]))
        for heading, text in _divided(body, 2)
        for parts in [tuple(_divided(text, 3))]
        for before in [next((inner for title, inner in parts if not title), Markup(""))]
        if heading or text.strip()
    )


def _divided(text: Markup, degree: int) -> Iterator[tuple[Markup, Markup]]:
    """Yield each heading with what follows it; what stands before the first has none."""
    pieces = _HEADING[degree].split(text)
    yield Markup(""), Markup(pieces[0])
    for heading, inner in zip(pieces[1::2], pieces[2::2], strict=True):
        yield Markup(heading), Markup(inner)
