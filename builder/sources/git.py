"""What version control knows of the sources: which commit they are at, its date, and which files are not in it.

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
    """A commit, and the files that differ from it; `ignored` are the files that git was asked to ignore."""

    commit: str
    date: dt.date  # of the commit, in the time zone of its committer
    changed: tuple[str, ...]
    ignored: tuple[str, ...] = ()


def state(root: Path, sources: tuple[str, ...] = ()) -> State | None:
    """The commit that the sources under a root are at, and how they differ from it.

    Args:
        root: The folder with `mkdocs.yml`.
        sources: Files and folders in which to look for files that git ignores.

    Returns:
        None if the sources are in no repository with a commit, or `git` is not installed.

    Raises:
        Stopped: `git` refuses to read the repository because another user owns it.
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
    """The commit of this program, followed by `changed` if its files differ from it; None outside a repository."""
    try:
        known = _ask(package, "ls-files", "--error-unmatch", "--", "__init__.py")
        commit = _ask(package, "rev-parse", "HEAD") if known else None
        changed = _ask(package, "status", "--porcelain", "--", ".") if commit else None
    except Stopped:  # owned by another user, as in an installation for everyone
        return None
    return f"{commit} changed" if changed else commit


def tracked(root: Path, folder: Path) -> tuple[str, ...]:
    """The files in a folder, by their paths there, that are in the repository of a root.

    Returns:
        Nothing if the folder is outside of that repository.

    Raises:
        Stopped: `git` refuses to read the repository because another user owns it.
    """
    if _ask(root, "rev-parse", "--show-toplevel") != _ask(folder, "rev-parse", "--show-toplevel"):
        return ()
    return _listed(folder, "--", ".")


def touched(root: Path) -> frozenset[str] | None:
    """List the files under a root that differ from the first parent of its last commit, by their paths there.

    A pull request is checked as a merge commit, whose first parent is the branch that it goes to.

    Returns:
        None outside a repository and at a first commit, where there is no older state; empty if only the last commit
        was fetched, as by `fetch-depth: 1`.

    Raises:
        Stopped: `git` refuses to read the repository because another user owns it.
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
    """The output of `git`; None where there is no repository, no commit, or no such file in it."""
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
