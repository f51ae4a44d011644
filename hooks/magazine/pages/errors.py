"""The preview's page for content that cannot be published; it needs no template, which may be the fault."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from magazine.problems import Place, Problem

_STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1rem}"
    "code{font-size:.9em;overflow-wrap:anywhere}li{margin:1em 0}ol{padding:0;list-style:none}"
)


def error_page(problems: Sequence[Problem]) -> Iterator[tuple[str, bytes]]:
    """Yield the page under the two paths that the preview looks for: the front page, and any other.

    Args:
        problems: what is wrong, sorted.
    """
    html = Element("html", {"lang": "da"})
    head = SubElement(html, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "meta", {"name": "viewport", "content": "width=device-width"})
    # The host reloads no page that it did not find; this one asks again by itself.
    SubElement(head, "meta", {"http-equiv": "refresh", "content": "2"})
    SubElement(head, "title").text = "Der er noget, der skal rettes"
    SubElement(head, "style").text = _STYLE
    body = SubElement(html, "body")
    SubElement(body, "h1").text = "Der er noget, der skal rettes"
    SubElement(body, "p").text = "Siden kommer igen af sig selv, når det er rettet og gemt."
    lines = SubElement(body, "ol")
    for problem in problems:
        item = SubElement(lines, "li")
        SubElement(item, "code").text = f"{problem.place.path}:{problem.place.line}"
        SubElement(item, "br")
        kind = SubElement(item, "span")
        kind.text = f"advarsel: {problem.message}" if problem.warning else problem.message
    page: bytes = b"<!doctype html>\n" + tostring(html, encoding="utf-8", method="html") + b"\n"
    yield "index.html", page
    yield "404.html", page


def host_problems(error: Exception, config_file: str) -> tuple[Problem, ...]:
    """Return what the preview shows where the host has stopped, or we have failed.

    Args:
        error: what ended the build.
        config_file: the configuration's name.
    """
    what = " ".join(str(error).split()) or type(error).__name__
    return (
        Problem(
            Place(config_file),
            f"magasinet kunne ikke bygges: {what}. Se efter i terminalen, hvad der er i vejen.",
        ),
    )
