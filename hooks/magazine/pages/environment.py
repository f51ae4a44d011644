"""The templates: one Jinja environment, strict about names, escaping everything."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import cached_property, partial
from types import CodeType
from typing import Any

import markupsafe
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from magazine.danish.compounds import divide_long
from magazine.store import Store, digest
from magazine.svg import Inline

_HEADING = re.compile(r"<h([2-4])\b.*?</h\1>", re.DOTALL)


#: Escapes a string that is no HTML yet; what it returns need not say so of itself.
_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)


def _printed(value: object) -> str:
    """Return a value as a template prints it among other pieces, which are joined and only then HTML."""
    kind = type(value)
    if kind is str:
        return _escaped(value)  # type: ignore[arg-type]
    return value if kind is Markup else markupsafe.escape(value)  # type: ignore[return-value]


class _Template(Template):
    """A template that prints what others print, without giving each of its pieces a wrapping of its own."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """Return a template of compiled code."""
        # Of a plain dictionary the keys are known; a chain of them is asked for each at every page.
        template = super().from_code(environment, code, dict(globals), uptodate)
        template.root_render_func.__globals__["escape"] = _printed
        return template


class _Environment(Environment):
    """Templates that do not change while a build lasts: each is looked for once."""

    #: What templates are given has attributes and no keys; one that it lacks is a fault, asked after or not.
    getattr = staticmethod(getattr)  # type: ignore[assignment]

    @cached_property
    def _found(self) -> dict[str, Template]:
        return {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """Return a template; every page asks for a dozen, which the host's own way locks for each."""
        if isinstance(name, Template) or globals is not None:
            return super().get_template(name, parent, globals)
        if name not in self._found:
            self._found[name] = super().get_template(name, parent)
        return self._found[name]


class _Compiled(BytecodeCache):
    """Templates compiled by earlier builds; each is known by its source, and by what filters rest on."""

    def __init__(self, store: Store, constants: str) -> None:
        self._store, self._constants = store, constants

    def _name(self, bucket: Bucket) -> tuple[str, ...]:
        return "template", bucket.key, bucket.checksum, self._constants

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what an earlier build has compiled."""
        kept = self._store.get(*self._name(bucket))
        if isinstance(kept, bytes):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled now; what another process compiles is not kept."""
        self._store.put(bucket.bytecode_to_string(), *self._name(bucket))


def make_environment(
    folders: Sequence[str],
    base_path: str,
    drawings: Mapping[str, Inline] | None = None,
    languages: Mapping[str, str] | None = None,
    store: Store | None = None,
) -> Environment:
    """Return the environment that every page is made with.

    Args:
        folders: where templates lie, first come first served: ours, then the theme's.
        base_path: what stands before every address of the site, ``""`` or ``/folder``.
        drawings: what the filter ``tegning`` gives for a picture's address; nothing for a photograph.
        languages: what is not Danish, and what it is: the filter ``sprog`` finds it inside a text.
        store: what earlier builds have found out: the templates, compiled.
    """
    # ``"/tal/" | link`` is worked out when a template is compiled.
    constants = digest(base_path, *sorted((languages or {}).items()))
    environment = _Environment(
        loader=FileSystemLoader(list(folders)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_Compiled(store, constants) if store else None,
    )
    environment.template_class = _Template
    shapes = {
        address: (drawing.view_box, Markup(drawing.inner)) for address, drawing in (drawings or {}).items()
    }

    @pass_context  # or a drawing named in a template would be compiled into it, and stay when it changes
    def shape_at(_context: Context, address: str) -> tuple[str, Markup] | None:
        return shapes.get(address)

    environment.filters["tegning"] = shape_at
    environment.filters["sprog"] = partial(by_language, languages or {})
    environment.filters["delelig"] = divisible
    environment.filters["delelige_mellemrubrikker"] = divisible_headings
    environment.filters["link"] = partial(with_base, base_path)
    environment.filters["husket"] = partial(remembered, {})
    return environment


def with_base(base_path: str, address: str) -> str:
    """Return an address as a browser asks for it; full addresses and anchors stay as they are."""
    return f"{base_path}{address}" if address.startswith("/") and not address.startswith("//") else address


def divisible(headline: str) -> str:
    """Return a headline that can be divided where its long words can; markup stays markup."""
    return type(headline)(divide_long(str(headline)))


def divisible_headings(body: Markup) -> Markup:
    """Return a text whose headings can be divided where their long words can."""
    return Markup(_HEADING.sub(lambda found: divide_long(found[0]), str(body)))


def remembered(
    printed: dict[tuple[object, ...], Markup], macro: Callable[..., Markup], *shown: object, **shape: object
) -> Markup:
    """Return what a macro prints of something that many pages show; printed once for all of them.

    Args:
        printed: what was printed so far.
        macro: prints what it is given, and nothing else.
        shown: what it is given by position; equal things are printed alike.
        shape: what it is given by name.
    """
    key = (macro.name, *shown, *shape.items())  # type: ignore[attr-defined]
    html = printed.get(key)
    if html is None:
        html = printed[key] = macro(*shown, **shape)
    return html


def by_language(languages: Mapping[str, str], text: str) -> list[tuple[str, str]]:
    """Return a text in pieces, each with its language; ``""`` for that of the page.

    Args:
        languages: passages that are in another language, and the name of it.
        text: where they may stand.
    """
    for passage in languages:
        if passage in text:
            break
    else:
        return [(text, "")]
    longest_first = sorted(languages, key=len, reverse=True)
    pieces = re.split(f"({'|'.join(map(re.escape, longest_first))})", text)
    return [(piece, languages.get(piece, "")) for piece in pieces if piece]
