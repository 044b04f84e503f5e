"""Sources are read once, however many rules look at them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT
from planting import COHORT, small

from builder.checking import glyphs
from builder.loading import cohorts, curriculum
from builder.problems import Problems
from builder.sources.files import Reader


class Counting(Reader):
    """A reader that counts how often it opens each file."""

    def __init__(self, root: Path, problems: Problems) -> None:
        super().__init__(root, problems)
        self.opened: Counter[str] = Counter()

    def read_data(self, path: str, *limits: object) -> bytes | None:  # type: ignore[override]
        self.opened[path] += 1
        return super().read_data(path, *limits)  # type: ignore[arg-type]


def test_each_text_and_drawing_is_opened_once(tmp_path: Path) -> None:
    """Loading a curriculum and its cohorts and looking for signs without a typeface open each file once."""
    root, problems = small(tmp_path), Problems()
    reader = Counting(root, problems)
    assert curriculum.load(reader, problems)
    assert cohorts.load(reader, cohorts.FOLDER, lambda _: None, problems)
    for folder in ("modules", cohorts.FOLDER):
        glyphs.check_glyphs(reader, folder, problems)
    assert COHORT in reader.opened
    assert any(path.endswith(".svg") for path in reader.opened)
    assert len(reader.opened) > 10
    assert {path: count for path, count in reader.opened.items() if count != 1} == {}


OPENING = """
import json, sys
from builder.cli import main
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
main(sys.argv[2:], standalone_mode=False)
open(sys.argv[1], "w").write(json.dumps(opened))
"""
"""The command, with a list of the files that it opened."""


@pytest.mark.parametrize(
    "command",
    [("check",), ("packets",), ("build", "--packets"), ("stage", "made"), ("release", "1.0", "--date", "2026-01-31")],
    ids=lambda command: command[0],
)
def test_a_command_opens_each_cohort_once(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Whatever a command has to do with cohorts, it opens the file of each once; it says so of itself."""
    root = small(tmp_path / "project")
    done = [sys.executable, "-c", OPENING, str(tmp_path / "opened"), *command]
    subprocess.run(done, cwd=root, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True)
    opened = Counter(json.loads((tmp_path / "opened").read_text("utf-8")))
    assert [count for path, count in opened.items() if path.endswith(COHORT)] == [1]


def test_a_text_that_cannot_be_read_is_one_problem(tmp_path: Path) -> None:
    """A text that is not UTF-8 gets the same answer when it is asked for again, and no second problem."""
    (tmp_path / "a.md").write_bytes(b"caf\xe9")
    problems = Problems()
    reader = Counting(tmp_path, problems)
    assert reader.text("a.md") is reader.text("a.md") is None
    assert [str(each) for each in problems] == ["a.md:1:4: not UTF-8 (save the file as UTF-8)"]
    assert reader.opened == {"a.md": 1}
