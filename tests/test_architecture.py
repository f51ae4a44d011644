"""The walls of the house: who may import whom, who may open files, where numbers stay exact.

Read from the sources' syntax trees, so that a wall also stands in a branch that no test runs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from mkdocs.plugins import EVENTS

HOOKS = Path(__file__).resolve().parent.parent / "hooks"
PACKAGE = HOOKS / "magazine"

#: The package from the ground up; a module imports from rows below its own. ``danish`` stands for every
#: module in the folder, whose modules may import each other, as long as no circle comes of it.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("problems", "progress", "intervals", "danish", "pictures", "camera", "svg", "search_index", "related"),
    ("lexicon", "share_card", "addresses", "indentation"),
    ("sources", "hedges", "references", "clock", "store", "terminal"),
    ("slips",),
    ("entries", "values", "slots", "workers"),
    ("fences", "prose", "photographs", "sections", "emphasis", "leftovers"),
    ("plain_markdown",),
    ("phrases", "figures", "render"),
    ("front_matter",),
    ("claims", "settings", "desk", "mentor", "keys"),
    ("articles", "standing", "comparisons", "context", "notes"),
    ("resolve",),
    ("blocks", "unbound", "corrections", "listings", "promised"),
    ("site", "figure_answers"),
    ("figure_markdown",),
    ("pages",),
    ("publish",),
    ("summary",),
    ("impact", "unchanged", "watching"),
    ("reports", "importing", "outward"),
    ("cli", "schema"),
)

#: The only openers of files: one reads what editors write, the others write what readers get.
OPENERS = ("sources", "store", "publish", "search_index")

#: Where a value is a decimal fraction that somebody printed, and binary floating point would lie about it.
EXACT = (
    "danish",
    "figures",
    "lexicon",
    "claims",
    "comparisons",
    "context",
    "values",
    "hedges",
    "intervals",
    "phrases",
)

#: Functions and methods that reach the file system, whatever they are called on.
OPENING = frozenset(
    {"open", "fdopen", "read_text", "read_bytes", "write_text", "write_bytes", "mkstemp", "mkdtemp"}
    | {"iterdir", "glob", "rglob", "listdir", "scandir", "walk", "NamedTemporaryFile", "TemporaryDirectory"}
    | {"mkdir", "makedirs", "unlink", "rmdir", "rmtree", "rename", "symlink_to", "hardlink_to", "touch"}
    | {"copyfile", "copytree"}
)


@dataclass(frozen=True)
class Module:
    """A module of the package: ``figures/read.py`` is ``figures.read`` in the room ``figures``."""

    name: str
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.name.partition(".")[0]


def _modules() -> tuple[Module, ...]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
        found.append(Module(name.removesuffix(".__init__"), ast.parse(path.read_text("utf-8"), str(path))))
    return tuple(found)


MODULES = _modules()


def _imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield each imported module's full name, with the line, ``from x import y`` as ``x.y``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: write the import in full"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def _own_imports(module: Module) -> Iterator[tuple[str, int]]:
    """Yield the package's modules that ``module`` imports, named as in ``Module.name``."""
    names = {other.name for other in MODULES}
    for imported, line in _imports(module.tree):
        if imported.partition(".")[0] != "magazine":
            continue
        name = imported.removeprefix("magazine").removeprefix(".")
        while name and name not in names:
            name = name.rpartition(".")[0]
        if name:
            yield name, line


def _layer(room: str) -> int:
    return next(height for height, rooms in enumerate(LAYERS) if room in rooms)


def _ids(modules: tuple[Module, ...]) -> list[str]:
    return [module.name for module in modules]


def test_every_module_has_its_place() -> None:
    rooms = {module.room for module in MODULES} - {"__init__", "__main__"}
    placed = {room for rooms in LAYERS for room in rooms}

    assert rooms <= placed, f"put {sorted(rooms - placed)} into LAYERS"


def test_the_guide_shows_the_house_as_it_is_built() -> None:
    guide = (HOOKS.parent / "CONTRIBUTING.md").read_text("utf-8")
    table = guide.partition("from the ground up:\n")[2].partition("overrides/")[0]
    rows = [re.findall(r"[a-z_]+", re.split(r"(?<!,) ", line.strip())[0]) for line in table.splitlines()]

    assert [sorted({_layer(room) for room in row}) for row in rows if row] == sorted(
        [_layer(room)] for room, *_ in rows
    )
    assert sorted(room for row in rows for room in row) == sorted(room for row in LAYERS for room in row)


@pytest.mark.parametrize("module", MODULES, ids=_ids(MODULES))
def test_the_package_knows_no_host(module: Module) -> None:
    hosts = ("mkdocs", "properdocs", "zensical", "material", "mkdocs_hook")

    found = [(name, line) for name, line in _imports(module.tree) if name.partition(".")[0] in hosts]

    assert found == []


@pytest.mark.parametrize("module", MODULES, ids=_ids(MODULES))
def test_dependencies_point_one_way(module: Module) -> None:
    if module.room in ("__init__", "__main__"):
        assert list(_own_imports(module)) == [] or module.room == "__main__"
        return
    height = _layer(module.room)

    upward = [
        (name, line)
        for name, line in _own_imports(module)
        if name.partition(".")[0] != module.room and _layer(name.partition(".")[0]) >= height
    ]

    assert upward == [], "imports from its own row, or from a row above"


def test_no_module_imports_itself_in_a_circle() -> None:
    graph = {module.name: {name for name, _ in _own_imports(module)} - {module.name} for module in MODULES}

    while leaves := {name for name, imported in graph.items() if not imported & graph.keys()}:
        graph = {name: imported for name, imported in graph.items() if name not in leaves}

    assert graph == {}


@pytest.mark.parametrize("module", MODULES, ids=_ids(MODULES))
def test_only_the_openers_open_files(module: Module) -> None:
    if module.room in OPENERS:
        assert any(name.partition(".")[0] == "pathlib" or name == "os" for name, _ in _imports(module.tree))
        return

    assert list(_openings(module.tree)) == []


def _openings(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name("open"):
                yield "open", node.lineno
            case ast.Attribute(ast.Name("sources" | "store" | "publish"), _):
                pass  # the openers' own functions
            case ast.Attribute(ast.Name("Image"), "open"):
                pass  # Pillow's, which is given bytes
            case ast.Attribute(_, name) if name in OPENING:
                yield name, node.lineno


#: What leads out of this machine.
_NETWORK = frozenset({"http", "socket", "ssl", "ftplib", "smtplib", "requests", "urllib3", "httpx"})


@pytest.mark.parametrize("module", MODULES, ids=_ids(MODULES))
def test_only_what_is_asked_for_reaches_the_network(module: Module) -> None:
    """A build fetches nothing: the one room that does is opened by the editors' command alone."""
    if module.room == "outward":
        return

    reaching = [
        (name, line)
        for name, line in _imports(module.tree)
        if name.partition(".")[0] in _NETWORK or name.startswith(("urllib.request", "urllib.robotparser"))
    ]
    asking = [name for name, _ in _own_imports(module) if name.startswith("outward")]

    assert reaching == []
    assert asking == [] or module.room == "cli"


@pytest.mark.parametrize(
    "module", exact := tuple(m for m in MODULES if m.room in EXACT), ids=[m.name for m in exact]
)
def test_numbers_stay_exact(module: Module) -> None:
    assert list(_inexact(module.tree)) == []


def _inexact(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        match node:
            case ast.Constant(float() | complex()):
                yield "a float literal", node.lineno
            case ast.Call(ast.Name("float")):
                yield "float()", node.lineno
            case ast.BinOp(_, ast.Div(), _) | ast.AugAssign(_, ast.Div(), _):
                yield "/", node.lineno


def test_a_float_is_seen() -> None:
    tree = ast.parse("a = 0.5\nb = float('1')\nc = 1 / 2\nc /= 3\nd = Fraction(1, 2)\n")

    assert sorted(_inexact(tree)) == [("/", 3), ("/", 4), ("a float literal", 1), ("float()", 2)]


def test_an_opened_file_is_seen() -> None:
    tree = ast.parse("open('x')\npath.read_text()\nsources.read_text(root, 'x')\nread_text(root, 'x')\n")

    assert sorted(_openings(tree)) == [("open", 1), ("read_text", 2)]


def _hook() -> ast.Module:
    return ast.parse((HOOKS / "mkdocs_hook.py").read_text("utf-8"))


def test_the_hook_has_events_only() -> None:
    """MkDocs stops with a KeyError at any name that begins with ``on_``, an imported one too."""
    named = set()
    for node in ast.walk(_hook()):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            named.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            named |= {alias.asname or alias.name for alias in node.names}

    assert {name for name in named if name.startswith("on_")} <= {f"on_{event}" for event in EVENTS}


def test_the_hook_imports_later_only_what_it_can_find() -> None:
    """MkDocs has the folder on its path only while the file is executed; a loaded package knows its own."""
    hook = _hook()
    top = {name for node in hook.body for name, _ in _imports(node) if name.startswith("magazine.")}

    later = [
        (name, line)
        for function in ast.walk(hook)
        if isinstance(function, ast.FunctionDef)
        for name, line in _imports(function)
    ]

    assert top
    assert [line for name, line in later if not name.startswith("magazine.")] == []


def test_hooks_is_no_package() -> None:
    """With an ``__init__.py`` there, mypy finds each module under two names."""
    assert not (HOOKS / "__init__.py").exists()


def test_the_hook_keeps_nothing_between_builds() -> None:
    """It is loaded once per process, and the preview builds many times: constants only."""
    changing = [
        node.lineno
        for node in ast.walk(_hook())
        if isinstance(node, ast.Global)
        or (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.List | ast.Dict | ast.Set)
            and node.col_offset == 0
        )
    ]

    assert changing == []
