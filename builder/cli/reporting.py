"""What the commands of the command line share: options, progress, exit codes, and how problems are shown.

In: what a command found. Out: lines of text, and exit code 1 when sources have problems. Touches: the terminal.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NoReturn

import click

from builder import output
from builder.cli import listing, progress
from builder.pipeline.progress import Progress
from builder.pipeline.reading import source_folders
from builder.problems import Problem, Stopped, report, stopping

Form = Literal["text", "github", "json"]

Notices = Literal["counted", "grouped", "listed"]
"""How notices are shown: their number alone, those alike on one line, or each on a line of its own."""


class _Path(click.Path):
    """A path as it was given; within a folder that a command may replace, one that goes up is made absolute.

    Afterward `..` would lead elsewhere.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(str(super().convert(value, param, ctx)))
        return path.resolve() if ".." in path.parts and output.is_within_ours(Path.cwd()) else path


PATH = _Path()

ROOT = click.option(
    "--root",
    type=_Path(exists=True, file_okay=False),
    default=Path(),
    show_default="the current folder",
    metavar="DIR",
    help="The folder with mkdocs.yml, docs/ and modules/.",
)
COHORTS = click.option(
    "--cohorts",
    type=PATH,
    default=None,
    show_default="cohorts under the root",
    metavar="DIR",
    help="The folder with a folder for each cohort.",
)
EDITIONS = click.option(
    "--editions",
    "shelf",
    type=PATH,
    default=None,
    show_default="editions under the root",
    metavar="DIR",
    help="The folder with the archives of all editions.",
)
REPLACE_EDITED = click.option(
    "--replace-edited", is_flag=True, help="Replace also what someone has edited since it was written."
)
PAPER = click.option(
    "--paper",
    type=click.Choice(["letter", "a4"]),
    default=None,
    show_default="that of the language",
    help="Paper of the PDFs.",
)


def sources(root: Path, cohorts: Path | None) -> dict[str, Path]:
    """Folders that no output may touch."""
    return source_folders(root) | ({"the given cohorts": cohorts} if cohorts else {})


@contextlib.contextmanager
def reporting_problems(form: Form, *, writes: bool = True, notices: Notices = "counted") -> Iterator[Progress]:
    """Run a command: show problems, and errors of the system in plain words, and exit with code 1.

    Gives the command a way to show progress.
    """
    try:
        with progress.shown() as shown:
            yield shown
    except Stopped as stopped:
        exit_with_problems(stopped, form, "nothing was written" if writes else "", notices=notices)
    except KeyboardInterrupt:
        if writes:
            say("Stopped before the end: each folder is as it was, or new and whole.")
        raise
    except OSError as error:
        show_problems(Stopped.at(str(error.filename or "."), str(error.strerror or error)).problems, form)
        sys.exit(1)


def exit_with_problems(stopped: Stopped, form: Form, nothing: str, *, notices: Notices = "counted") -> NoReturn:
    """Show problems, and that nothing was made, and exit with code 1."""
    problems = stopping(stopped.problems)
    show_problems(problems if notices == "counted" else stopped.problems, form, notices)
    if form == "text":
        found = stopped.problems
        counted = and_notices(len(found) - len(problems)) if notices == "counted" else counted_notices(found, notices)
        click.echo(f"{count(len(problems), 'problem')}{f'; {nothing}' if nothing else ''}{counted}.", err=True)
    sys.exit(1)


def show_problems(problems: tuple[Problem, ...], form: Form, notices: Notices = "grouped") -> None:
    """Show problems in the requested form; as JSON even if there are none."""
    if form == "text":
        for line in listing.lines(problems, grouped=notices == "grouped"):
            click.echo(line, err=True, color=False if os.environ.get("NO_COLOR") else None)
    elif problems or form == "json":
        click.echo(report(problems, form))


def say(line: str) -> None:
    """Show a line that is neither a problem nor the result."""
    click.echo(line, err=True)


def and_notices(notices: int) -> str:
    """The number of notices in words, for a command that shows none."""
    return f" ({count(notices, 'notice')}; `curriculum check` shows them)" if notices else ""


def counted_notices(found: Iterable[Problem], shown: Notices) -> str:
    """The number of notices in words, for a command that shows them."""
    notices = [each.message for each in found if each.severity == "notice"]
    alike = shown == "grouped" and len(set(notices)) < len(notices)
    more = "; each with its place: `curriculum check --notices`" if alike else ""
    return f" ({count(len(notices), 'notice')}{more})" if notices else ""


def count(number: int, word: str) -> str:
    """A number with its noun, in the singular or plural."""
    return f"{number} {word}{'s' if number != 1 else ''}"
