"""The rules of the house (docs/house.md), so that nobody has to remember them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BUILDER = ROOT / "builder"

ALLOWED = {
    "problems": set(),
    "notation": set(),
    "kinds": {"filenames", "notation"},
    "works": {"kinds"},
    "pairs": {"kinds"},
    "facilitation": {"kinds"},
    "teams": {"kinds"},
    "model": {"facilitation", "kinds", "pairs"},
    "prose": set(),
    "escaping": {"kinds", "prose"},
    "press": set(),
    "filenames": set(),
    "output": {"problems"},
    "pdfs": set(),
    "provenance": set(),
    "leaks": {"pdfs", "problems", "teams"},
    "sources": {"filenames", "leftovers", "limits", "problems", "signs"},
    "limits": set(),
    "signs": set(),
    "images": {"problems"},
    "markup": {"images", "problems"},
    "located": {"leftovers", "limits", "problems", "signs", "sources"},
    "leftovers": set(),
    "strays": {"leftovers", "problems", "sources"},
    "schema": {"kinds", "located", "problems"},
    "clock": {"model", "teams"},
    "zones": {"problems"},
    "changes": {"citations", "facilitation", "images", "model", "notation", "pairs", "prose"},
    "addresses": {"located", "model", "problems", "sources"},
    "citations": {"escaping", "kinds", "model"},
    "documents": {
        "addresses", "changes", "citations", "clock", "escaping", "facilitation", "kinds", "markup", "model",
        "notation", "pairs", "prose", "teams",
    },
    "rules": {
        "addresses", "clock", "facilitation", "kinds", "located", "model", "pairs", "problems", "schema", "teams",
        "zones",
    },
    "proofreading": {
        "documents", "figures", "images", "kinds", "leftovers", "limits", "located", "notation", "problems",
        "prose", "sources",
    },
    "curriculum": {
        "facilitation", "images", "kinds", "rules", "located", "model", "notation", "pairs", "problems", "proofreading",
        "prose", "schema", "sources", "strays", "works",
    },
    "cohorts": {"leftovers", "rules", "kinds", "located", "problems", "schema", "sources", "teams"},
    "calendars": {"documents", "kinds", "model", "notation", "prose", "teams"},
    "printing": {
        "changes", "clock", "documents", "escaping", "facilitation", "filenames", "images", "kinds", "model", "press",
        "prose", "teams",
    },
    "packets": {"calendars", "changes", "documents", "press", "printing", "teams"},
    "figures": {"images", "prose"},
    "site": {
        "curriculum", "documents", "escaping", "figures", "kinds", "located", "markup", "model", "press", "problems",
        "prose", "sources",
    },
    "glyphs": {"images", "located", "press", "problems", "signs", "sources", "works"},
    "build": {
        "addresses", "changes", "cohorts", "curriculum", "documents", "editions", "glyphs", "history", "leaks",
        "located", "markup", "output", "packets", "press", "printing", "problems", "proofreading",
        "prose", "releases", "site", "sources", "strays", "teams",
    },
    "history": {"problems"},
    "editions": {"documents", "filenames", "kinds", "markup", "output", "problems", "schema", "sources"},
    "releases": {
        "curriculum", "documents", "editions", "history", "images", "problems", "provenance", "site", "sources",
    },
    "plugin": {"build", "leaks", "leftovers", "markup", "output", "press", "problems", "prose", "site"},
    "cli": {
        "build", "changes", "curriculum", "documents", "editions", "history", "kinds", "leaks", "output", "packets",
        "pdfs", "plugin", "press", "problems", "provenance", "releases", "sources", "teams",
    },
    "__main__": {"cli"},
    "__init__": set(),
}  # fmt: skip
"""Which rooms a room may call. What is not here is not allowed."""

HOME = {
    "PIL": "images",
    "citeproc": "citations",
    "click": "cli",
    "defusedxml": "images",
    "filelock": "output",
    "icalendar": "calendars",
    "jinja2": "documents",
    "lxml": "prose",
    "markdown": "prose",
    "mkdocs": "plugin",
    "nh3": "markup",
    "packaging": "editions",
    "pathvalidate": "filenames",
    "pydantic": "schema",
    "pypdfium2": "pdfs",
    "rich": "cli",
    "segno": "printing",
    "selectolax": "markup",
    "subprocess": "history",
    "tinycss2": "images",
    "typst": "press",
    "yaml": "located",
}
"""The one room that knows each heavy package."""

WRITES = {"write_text", "write_bytes", "mkdir", "unlink", "rename", "rmtree", "rmdir", "touch", "chmod", "mkdtemp"}
READS = {"read_text", "read_bytes", "walk", "iterdir", "glob", "rglob", "stat", "scandir", "listdir", "is_file"}
WRITERS = {"output", "editions"}
READERS = {"sources", "output", "editions"}
OUR_PACKAGE_DATA = {
    ("press", "iterdir"), ("press", "read_bytes"), ("citations", "read_bytes"), ("zones", "read_text"),
    ("provenance", "iterdir"), ("provenance", "read_bytes"),
}  # fmt: skip
OUR_TREES = {
    ("changes", "walk"),
    ("curriculum", "walk"),
    ("escaping", "walk"),
    ("prose", "walk"),
    ("printing", "walk"),
    ("proofreading", "walk"),
    ("build", "walk"),
}
"""`prose.walk` goes through a text, not through folders."""


def files() -> list[Path]:
    return sorted(path for path in BUILDER.rglob("*.py") if "theme" not in path.parts)


def room(path: Path) -> str:
    return path.relative_to(BUILDER).parts[0].removesuffix(".py")


def parsed() -> Iterator[tuple[Path, ast.Module]]:
    for path in files():
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "builder":
                yield from (f"builder.{alias.name}" for alias in node.names)
            else:
                yield node.module


def test_rooms_import_only_what_the_table_allows() -> None:
    """Every import between rooms is in the table, and every room is."""
    found = [
        f"{path.name}: {name}"
        for path, tree in parsed()
        for name in imports(tree)
        if name.startswith("builder.") and name.split(".")[1] not in ALLOWED[room(path)] | {room(path)}
    ]
    assert not found


def test_the_table_of_rooms_has_no_circle() -> None:
    """The allowed imports go down and never round."""
    done: set[str] = set()
    while len(done) < len(ALLOWED):
        ready = {name for name, below in ALLOWED.items() if name not in done and below <= done}
        assert ready, f"a circle among {sorted(ALLOWED.keys() - done)}"
        done |= ready


def test_each_heavy_package_is_known_to_one_room() -> None:
    """A package that we may have to replace is imported by one room only."""
    found = [
        f"{path.name}: {name}"
        for path, tree in parsed()
        for name in imports(tree)
        if (top := name.split(".")[0]) in HOME and HOME[top] != room(path)
    ]
    assert not found


def test_imports_stand_at_the_top() -> None:
    """No import hides in a function or behind TYPE_CHECKING."""
    for path, tree in parsed():
        inner = [
            node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) and node not in tree.body
        ]
        assert not inner, path
        assert "TYPE_CHECKING" not in path.read_text(encoding="utf-8"), path


def test_only_the_rooms_for_it_touch_the_disk() -> None:
    """Files are written by `output` and `editions`, and read by them and `sources`; our own package data is code.

    What `images` opens are bytes that it was given.
    """
    found = []
    for path, tree in parsed():
        here = room(path)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            reads = name in READS and here not in READERS and (here, name) not in OUR_PACKAGE_DATA | OUR_TREES
            writes = name in WRITES and here not in WRITERS
            if reads or writes or (name == "open" and here not in WRITERS | {"images"}):
                found.append(f"{path.name}:{node.lineno}: {name}")
    assert not found


def test_files_and_functions_are_short() -> None:
    """Files have at most 300 lines and functions at most 40."""
    found = []
    for path, tree in parsed():
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > 300:
            found.append(f"{path.name}: {lines} lines")
        found += [
            f"{path.name}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno + 1 > 40
        ]
    assert not found


def test_nothing_is_caught_broadly_or_kept_globally() -> None:
    """No bare or broad except, no mutable default, no `global`."""
    found = []
    for path, tree in parsed():
        for node in ast.walk(tree):
            broad = isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
            )
            mutable = isinstance(node, ast.FunctionDef) and any(
                isinstance(default, ast.List | ast.Dict | ast.Set)
                for default in node.args.defaults + node.args.kw_defaults
            )
            if broad or mutable or isinstance(node, ast.Global):
                found.append(f"{path.name}:{node.lineno}")
    assert not found


def test_every_room_says_what_goes_in_and_out() -> None:
    """Every file begins with a docstring of at least a sentence."""
    for path, tree in parsed():
        assert (ast.get_docstring(tree) or "").strip().rstrip("`").endswith("."), path


def test_every_test_makes_a_promise() -> None:
    """Every test has one sentence that says what it promises."""
    for path in sorted((ROOT / "tests").glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                assert re.fullmatch(r".+\.", (ast.get_docstring(node) or "").strip(), re.DOTALL), (
                    f"{path.name}: {node.name}"
                )


def test_no_test_depends_on_the_time() -> None:
    """No test reads a stopwatch: how fast a machine is says nothing about the program, and `bench` compares."""
    timed = re.compile(r"process_time|perf_counter|timeit|thread_time")
    paths = sorted((ROOT / "tests").glob("*.py"))
    assert [path.name for path in paths if path != Path(__file__) and timed.search(path.read_text("utf-8"))] == []


def test_no_test_waits_within_a_page() -> None:
    """No test evaluates a text within a page later on, which its policy refuses: `browser.wait_until` asks."""
    paths = sorted((ROOT / "tests").rglob("*.py"))
    waits = [path.name for path in paths if re.search(r"\.wait_for_function\(", path.read_text("utf-8"))]
    assert waits == []


@pytest.mark.parametrize(
    "command", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]], ids=" ".join
)
def test_the_tools_agree(command: list[str]) -> None:
    """Linter, formatter and type checker have nothing to say."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_house_is_described_as_it_is() -> None:
    """docs/house.md names every room."""
    described = (ROOT / "docs/house.md").read_text(encoding="utf-8")
    missing = [name for name in ALLOWED if not name.startswith("__") and f"`{name}" not in described]
    assert not missing


def test_words_are_spelled() -> None:
    """The spelling checker finds nothing in the texts and the program."""
    places = ["modules", "docs", "builder", "README.md", "cohorts/sample-2021"]
    skip = "*.svg,*.woff2,*.ttf,*.csl,*.js,*.png"
    done = subprocess.run(
        [sys.executable, "-m", "codespell_lib", "--skip", skip, *places],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
