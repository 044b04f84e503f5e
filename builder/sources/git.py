"""What version control knows of the sources: which commit they are at, when it was made, and what it does not hold.

In: a root folder. Out: a `State`, or None outside a repository. Touches: asks the program `git`, which only reads.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from builder.problems import Stopped


@dataclass(frozen=True, slots=True)
class State:
    """A commit, and the files that differ from it; `ignored` are those in no commit because git was asked to."""

    commit: str
    date: dt.date  # of the commit, in the time zone of whoever made it
    changed: tuple[str, ...]
    ignored: tuple[str, ...] = ()


def state(root: Path, sources: tuple[str, ...] = ()) -> State | None:
    """Where the sources under a root stand; None if they are in no repository, or there is no `git` to ask.

    Among `sources`, which are files and folders, those are found that git ignores.
    Raises `Stopped` when there is a repository that `git` refuses to read, such as that of another user.
    """
    known = _ask(root, "ls-files", "--error-unmatch", "--", "mkdocs.yml")
    if known is None:
        return None
    commit, _, day = (_ask(root, "log", "-1", "--format=%H %cs") or "").partition(" ")
    if not commit:
        return None
    changed = _ask(root, "status", "--porcelain", "--no-renames", "--untracked-files=all", "-z", "--", ".") or ""
    paths = tuple(sorted(entry[3:] for entry in changed.split("\0") if len(entry) > 3))
    ignored = _listed(root, "--others", "--ignored", "--exclude-standard", "--", *sources) if sources else ()
    return State(commit, dt.date.fromisoformat(day), paths, ignored)


_PROGRAM = Path(__file__).resolve().parent.parent


def program(package: Path = _PROGRAM) -> str | None:
    """The commit at which this program is, with the word `changed` if files of it differ; None outside a repository."""
    try:
        known = _ask(package, "ls-files", "--error-unmatch", "--", "__init__.py")
        commit = _ask(package, "rev-parse", "HEAD") if known else None
        changed = _ask(package, "status", "--porcelain", "--", ".") if commit else None
    except Stopped:  # of another user, as where one is installed for all
        return None
    return f"{commit} changed" if changed else commit


def tracked(root: Path, folder: Path) -> tuple[str, ...]:
    """Files in a folder, by their paths there, that the repository of a root keeps; none if it lies elsewhere."""
    if _ask(root, "rev-parse", "--show-toplevel") != _ask(folder, "rev-parse", "--show-toplevel"):
        return ()
    return _listed(folder, "--", ".")


def touched(root: Path) -> frozenset[str] | None:
    """List the files under a root that differ from the parent of its last commit, by their paths there.

    The parent of what a pull request is checked as is the branch that it goes to. None outside a repository, whose
    files have no older state; empty where git was asked for the last commit alone, as by `fetch-depth: 1`.
    """
    if _ask(root, "rev-parse", "--verify", "--quiet", "HEAD") is None:
        return None
    if _ask(root, "rev-parse", "--verify", "--quiet", "HEAD^1") is None:
        return frozenset() if _ask(root, "rev-parse", "--is-shallow-repository") == "true" else None
    changed = _ask(root, "diff", "--name-only", "--relative", "--no-renames", "-z", "HEAD^1", "--", ".") or ""
    added = _listed(root, "--others", "--exclude-standard", "--", ".")
    return frozenset(filter(None, (*changed.split("\0"), *added)))


def _listed(folder: Path, *arguments: str) -> tuple[str, ...]:
    """The files that `git ls-files` lists, by their paths under a folder."""
    return tuple(filter(None, (_ask(folder, "ls-files", "-z", *arguments) or "").split("\0")))


def _ask(root: Path, *arguments: str) -> str | None:
    """What `git` answers; None where there is no repository, no commit, or no such file in it."""
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(  # noqa: S603  arguments are ours
            ["git", "-C", str(root), *arguments],  # noqa: S607  wherever it is installed
            env=environment, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
    except FileNotFoundError:
        return None
    if done.returncode and "dubious ownership" in done.stderr:
        raise Stopped.at(
            str(root), "git refuses to read this repository, which another user owns (git config safe.directory)"
        )
    return None if done.returncode else done.stdout.strip("\n")
