"""Tests are marked by what they start, and share what is slow to make."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import marking
import pytest
from browser import launched
from conftest import Project, shared


def _check(project: Project) -> None:
    project.run("check")


def starts_a_command(project: Project) -> None:
    _check(project)


def starts_one_for_each(projects: list[Project]) -> list[Any]:
    return [project.run("check") for project in projects]


def opens_a_browser() -> None:
    with launched():
        pass


def starts_nothing(project: Project) -> str:
    return project.read("mkdocs.yml")


@pytest.mark.parametrize(
    ("function", "marker"),
    [(starts_a_command, "command"), (starts_one_for_each, "command"), (opens_a_browser, "browser")],
)
def test_what_a_helper_starts_its_caller_starts(function: Callable[..., Any], marker: str) -> None:
    """A test is marked by what it starts itself, within a comprehension, and by way of helpers of other files."""
    assert marker in {marking.STARTS.get(word) for word in marking.words(function)}


def test_what_starts_nothing_has_no_marker() -> None:
    """A test that only reads a project is fast, though a project could be run."""
    assert not marking.STARTS.keys() & marking.words(starts_nothing)


def test_this_test_has_the_markers_of_its_fixtures(request: pytest.FixtureRequest) -> None:
    """A test that uses the built site is marked `site`, and one that uses nothing has no marker."""
    assert not [marker.name for marker in request.node.iter_markers()]
    others = [item for item in request.session.items if "built" in getattr(item, "fixturenames", ())]
    assert not [item.nodeid for item in others if not item.get_closest_marker("site")]


def test_what_is_shared_is_made_once(tmp_path: Path) -> None:
    """Of two workers that ask at the same time one makes it, and the other waits until all of it is there."""
    made, seen, both = [], [], threading.Barrier(2)

    def make(folder: Path) -> None:
        made.append(folder)
        folder.mkdir()
        (folder / "page").write_text("whole", encoding="utf-8")

    def ask() -> None:
        both.wait()
        seen.append((shared(tmp_path / "built", make) / "page").read_text(encoding="utf-8"))

    workers = [threading.Thread(target=ask) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (len(made), seen) == (1, ["whole", "whole"])


def test_what_could_not_be_made_is_not_there(tmp_path: Path) -> None:
    """What failed halfway is no result: the next that asks makes it anew."""

    def fail(folder: Path) -> None:
        folder.mkdir()
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011  any will do
        shared(tmp_path / "built", fail)
    assert not (tmp_path / "built").exists()
    assert shared(tmp_path / "built", Path.mkdir).is_dir()
