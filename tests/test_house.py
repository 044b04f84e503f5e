"""The rules of the house (docs/house.md), so that nobody has to remember them."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BUILDER = ROOT / "builder"

HOME = {
    "PIL": "sources.images",
    "citeproc": "dialect.citations",
    "click": "cli",
    "defusedxml": "sources",
    "filelock": "output",
    "icalendar": "packets.calendars",
    "jinja2": "documents",
    "lxml": "dialect",
    "markdown": "dialect",
    "mkdocs": "mkdocs_plugin",
    "nh3": "markup",
    "packaging": "editions",
    "pathvalidate": "model.filenames",
    "pydantic": "sources.schema",
    "pygments": "site",
    "pypdfium2": "sources.pdfs",
    "segno": "printing",
    "selectolax": "markup",
    "subprocess": "sources.git",
    "tinycss2": "sources.images",
    "typst": "press",
    "yaml": "sources.yaml",
}
"""The one room, or the one part of a room, that knows each heavy package."""

WRITES = {"write_text", "write_bytes", "mkdir", "unlink", "rename", "rmtree", "rmdir", "touch", "chmod", "mkdtemp"}
READS = {"read_text", "read_bytes", "iterdir", "glob", "rglob", "stat", "scandir", "listdir", "is_file"}
WRITERS = ("output", "editions")
READERS = ("sources.files", "output", "editions")
OUR_PACKAGE_DATA = {
    ("press", "iterdir"), ("press", "read_bytes"), ("press.coverage", "read_bytes"), ("checking.zones", "read_text"),
    ("dialect.citations", "read_bytes"), ("pipeline.provenance", "iterdir"), ("pipeline.provenance", "read_bytes"),
    ("site.theme", "iterdir"), ("site.theme", "read_bytes"), ("pipeline.making", "read_bytes"),
    ("scaffold", "read_text"), ("words", "iterdir"), ("words", "read_text"),
}  # fmt: skip


def files() -> list[Path]:
    return sorted(BUILDER.rglob("*.py"))


def module(path: Path) -> str:
    """A file's name as code imports it, without the package's own."""
    return ".".join(path.relative_to(BUILDER).with_suffix("").parts).removesuffix(".__init__")


def is_in(module: str, *rooms: str) -> bool:
    """Whether a module is one of these rooms or parts of rooms, or within one."""
    return any(f"{module}.".startswith(f"{room}.") for room in rooms)


@functools.cache
def parsed() -> tuple[tuple[Path, ast.Module], ...]:
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in files())


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "builder":
                yield from (f"builder.{alias.name}" for alias in node.names)
            else:
                yield node.module


def test_each_heavy_package_is_known_to_one_room() -> None:
    """A package that we may have to replace is imported by one room only."""
    found = [
        f"{path.name}: {name}"
        for path, tree in parsed()
        for name in imports(tree)
        if (top := name.split(".")[0]) in HOME and not is_in(module(path), HOME[top])
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


def test_only_the_command_line_imports_late() -> None:
    """No function imports by a name that it is given, but the one that finds the file of a command."""
    found = {
        (module(path), function.name)
        for path, tree in parsed()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__"))
    }
    assert found == {("cli", "get_command")}


def test_only_the_rooms_for_it_touch_the_disk() -> None:
    """Files are written by `output` and `editions`, and read by them and `sources.files`; our package data is code.

    What `sources.images` opens are bytes that it was given.
    """
    found = []
    for path, tree in parsed():
        here = module(path)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            reads = name in READS and not is_in(here, *READERS) and (here, name) not in OUR_PACKAGE_DATA
            writes = name in WRITES and not is_in(here, *WRITERS)
            if reads or writes or (name == "open" and not is_in(here, *WRITERS, "sources.images")):
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
    "command",
    [
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "mypy"],
        ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"],
    ],
    ids=("ruff check", "ruff format", "mypy", "imports"),
)
def test_the_tools_agree(command: list[str]) -> None:
    """Linter, formatter, type checker and the contract of imports (pyproject.toml) have nothing to say."""
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_house_is_described_as_it_is() -> None:
    """docs/house.md names every room."""
    described = (ROOT / "docs/house.md").read_text(encoding="utf-8")
    rooms = {module(path).partition(".")[0] for path in files()} - {"__init__", "__main__"}
    assert [room for room in sorted(rooms) if not re.search(rf"^\| `{room}/?` \|", described, re.MULTILINE)] == []


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
