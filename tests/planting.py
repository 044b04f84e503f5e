"""Plant a fault in a small curriculum and see what is reported: the place by path, line and column, and the message.

The small curriculum is in `tests/small`; it has no problems and no notices. In a planted text the mark ¦ is where
the problem must be reported; it is taken out before the file is written.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from builder import pipeline
from builder.problems import Problem, Stopped

SMALL = Path(__file__).resolve().parent / "small"

MARK = "¦"

CURRICULUM = "modules/curriculum.yml"
REFERENCES = "modules/references.yml"
GLOSSARY = "modules/glossary.yml"
MODULE = "modules/first-steps/module.yml"
READING = "modules/first-steps/reading.md"
SHEET = "modules/first-steps/handouts/sheet.md"
ABOUT = "docs/about.md"
COHORT = "cohorts/trial/cohort.yml"


@dataclass(frozen=True)
class Fault:
    """One edit of one file: `old` becomes `new` (all of the file when `old` is empty), and what must then be reported.

    `at` is the place as `line:column`, or a piece of the edited file at whose first character it is; without it, the
    mark in `new` is the place. `path` is told unless `told` names another.
    """

    path: str
    old: str
    new: str
    message: str
    at: str = ""
    told: str = ""

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"

    def plant(self, root: Path) -> str:
        """Make the edit; answer the place where it must be reported."""
        target = root / self.path
        text = target.read_text(encoding="utf-8") if self.old else self.old
        assert self.old in text, f"{self.old!r} is not in {self.path}"
        text = text.replace(self.old, self.new, 1)
        at = text.find(MARK)
        text = text.replace(MARK, "")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
        return f"{self.told or self.path}:{self._place(text, at)}"

    def _place(self, text: str, mark: int) -> str:
        if self.at[:1].isdigit():
            return self.at
        at = text.index(self.at) if self.at else mark
        assert at >= 0, "neither a place nor a mark"
        before = text[:at]
        return f"{before.count(chr(10)) + 1}:{at - (before.rfind(chr(10)) + 1) + 1}"


def small(folder: Path) -> Path:
    """Copy the small curriculum into a folder."""
    return Path(shutil.copytree(SMALL, folder / "small"))


def everything(root: Path, cohorts: Path | None = None) -> tuple[Problem, ...]:
    """All problems and notices that a check of this root tells."""
    try:
        return pipeline.check(pipeline.Curricula(root), pipeline.Cohorts(root, cohorts))
    except Stopped as stopped:
        return stopped.problems


def lines(root: Path, cohorts: Path | None = None) -> list[str]:
    """What a check reports, as people read it."""
    return [str(problem) for problem in everything(root, cohorts)]


def assert_told(fault: Fault, folder: Path) -> None:
    """Plant a fault in a fresh copy: exactly one problem is reported, at its place, with its message."""
    root = small(folder)
    place = fault.plant(root)
    found = lines(root)
    assert found, "nothing is told"
    assert [line for line in found if line.startswith(f"{place}: ") and fault.message in line], (place, found)
    assert len(found) == 1, found
