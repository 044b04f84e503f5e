"""The real command for tests, in a process of its own that need not import the program first.

Importing and compiling take as long as most of what the tests ask for. So one process of each worker imports all
of the program, checks a small curriculum, and forks for each command: what runs is what `python -m builder` runs,
from its first line to the exit of its interpreter. Where a system has no fork, or a test sets what an interpreter
reads as it starts, a new interpreter runs.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import io
import json
import os
import runpy
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import jinja2

ROOT = Path(__file__).resolve().parent.parent

LATE = frozenset({"COLUMNS"})
"""Variables that a test may set and that the program reads only when it needs them."""


def run(arguments: tuple[str, ...], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, with variables beside those of the tests; return its code and what it wrote."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **environment}
    if environment.keys() <= LATE and hasattr(os, "fork"):
        return _Forking.at_work().run(arguments, folder, variables)
    return subprocess.run(
        [sys.executable, "-m", "builder", *arguments],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


class _Forking:
    """The process that forks, seen from the tests. It ends when its input does, with the tests at the latest."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @classmethod
    @functools.cache
    def at_work(cls) -> _Forking:
        """The one of this worker."""
        return cls()

    def run(
        self, arguments: tuple[str, ...], folder: Path, variables: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        sys.audit("subprocess.Popen", sys.executable, arguments, folder, None)  # as a new interpreter would
        assert self._process.stdin
        assert self._process.stdout
        with tempfile.TemporaryDirectory() as streams:
            out, err = (Path(streams, name) for name in ("out", "err"))
            asked = {
                "arguments": arguments,
                "folder": str(folder),
                "variables": variables,
                "streams": [str(out), str(err)],
            }
            print(json.dumps(asked), file=self._process.stdin, flush=True)
            code = int(self._process.stdout.readline())
            said = [path.read_text(encoding="utf-8") for path in (out, err)]
        return subprocess.CompletedProcess(list(arguments), code, *said)


def _serve() -> None:
    """Fork for each line of standard input; write the exit code of each fork on a line."""
    _warm_up()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _begin(json.loads(line))
            return
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _warm_up() -> None:
    """Do once what every command would do anew: import all of it, and fill the caches that depend on nothing.

    Nothing is typeset, because the typesetter's threads would not survive a fork.
    """
    from builder.cli import COMMANDS, main  # noqa: PLC0415  the tests themselves do not import the program by this file

    for entry in COMMANDS.values():
        importlib.import_module(f"builder.cli.{entry.file}")
    _keep_compiled_templates()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        root = shutil.copytree(ROOT / "tests/small", Path(folder, "small"))
        main(["check", "--root", str(root)], standalone_mode=False)
    gc.freeze()


def _keep_compiled_templates() -> None:
    """Have all commands share what Jinja compiles: in one folder for each way of compiling, by its options."""
    begin = jinja2.Environment.__init__

    def begin_with_cache(self: jinja2.Environment, *arguments: Any, **options: Any) -> None:
        begin(self, *arguments, **options)
        way = f"{self.trim_blocks}-{self.autoescape}-{getattr(self.finalize, '__name__', '')}"
        folder = Path(tempfile.gettempdir(), f"compiled-templates-{os.getuid()}", way)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.bytecode_cache = self.bytecode_cache or jinja2.FileSystemBytecodeCache(str(folder))

    jinja2.Environment.__init__ = begin_with_cache  # type: ignore[method-assign]


def _begin(asked: dict[str, Any]) -> None:
    """Be the command: its folder, its variables, its streams, and then its first line."""
    os.environ.clear()
    os.environ.update(asked["variables"])
    os.chdir(asked["folder"])
    for number, path in ((0, os.devnull), *enumerate(asked["streams"], 1)):
        opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.argv = ["builder", *asked["arguments"]]
    runpy.run_module("builder", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _serve()
