"""The command that shows every problem, and writes nothing.

In: what was wished for on the command line. Out: lines of text. Touches: the terminal.
"""

from __future__ import annotations

from pathlib import Path

import click

from builder import mkdocs_plugin, pipeline
from builder.cli.reporting import (
    COHORTS,
    EDITIONS,
    ROOT,
    Form,
    Notices,
    counted_notices,
    reporting_problems,
    show_problems,
)
from builder.problems import Problem, Stopped
from builder.sources import git


@click.command()
@ROOT
@COHORTS
@EDITIONS
@click.option(
    "--against", default=None, metavar="EDITION",
    help="Also show which addresses of this edition would no longer work.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "github", "json"]), default="text", show_default=True,
    help="Lines of text, annotations for a pull request, or JSON.",
)  # fmt: skip
@click.option("--notices", "listed", is_flag=True, help="List each notice with its place, also those that are alike.")
def check(  # noqa: PLR0913, PLR0917  one argument for each option
    root: Path,
    cohorts: Path | None,
    shelf: Path | None,
    against: str | None,
    form: Form,
    listed: bool,  # noqa: FBT001
) -> None:
    """Show every problem in the sources, and write nothing.

    Notices come first, those alike on one line; problems come last. As annotations there are only notices of files
    that the last commit changed, compared with its parent.
    """
    notices: Notices = "listed" if listed else "grouped"
    with reporting_problems(form, writes=False, notices=notices):
        people = pipeline.Cohorts(root, cohorts)
        try:
            found = _of_this_change(
                pipeline.check(pipeline.Curricula(root, shelf), people, against, mkdocs_plugin.refused), root, form
            )
        except Stopped as stopped:
            raise Stopped(_of_this_change(stopped.problems, root, form)) from stopped
        show_problems(found, form, notices)
        result = f"No problems{counted_notices(found, notices)}. " if form == "text" else ""
        click.echo(f"{result}{pipeline.searched(people)}", err=form != "text")


def _of_this_change(found: tuple[Problem, ...], root: Path, form: Form) -> tuple[Problem, ...]:
    """Leave out what annotations would repeat on every pull request: notices of files that it does not change."""
    files = git.touched(root) if form == "github" else None
    return tuple(each for each in found if files is None or each.severity == "problem" or each.place.path in files)
