"""The command that freezes the curriculum as an edition.

In: what was wished for on the command line. Out: lines of text. Touches: the terminal; writes by `editions`.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from builder import editions, mkdocs_plugin, output, pipeline
from builder.cli.reporting import (
    COHORTS,
    EDITIONS,
    PAPER,
    ROOT,
    and_notices,
    count,
    reporting_problems,
    say,
    sources,
)
from builder.pipeline import releasing
from builder.pipeline.releasing import ReleaseRequest


@click.command()
@ROOT
@COHORTS
@PAPER
@EDITIONS
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, show_default="that of the last commit",
    metavar="YYYY-MM-DD", help="The date that the edition bears.",
)  # fmt: skip
@click.option("--notes", default="", metavar="TEXT", help="What readers should know of this edition, in plain words.")
@click.option("--dirty", is_flag=True, help="Release uncommitted changes too; the edition then says so.")
@click.argument("name", metavar="EDITION")
def release(  # noqa: PLR0913, PLR0917  one argument for each option
    root: Path,
    cohorts: Path | None,
    paper: Any,
    shelf: Path | None,
    day: dt.datetime | None,
    notes: str,
    dirty: bool,  # noqa: FBT001
    name: str,
) -> None:
    """Freeze everything as EDITION, such as 2026.1.

    Everything is checked first. Then one file is made, with the site, its sources and a list of all files. It is what
    `curriculum publish` publishes, and what readers can download. An edition is never made twice.
    """
    shelf = shelf or root / editions.FOLDER
    people = pipeline.Cohorts(root, cohorts)
    request = ReleaseRequest(root, people, shelf, name, day.date() if day else None, notes.strip(), paper, dirty)
    with reporting_problems("text") as progress, pipeline.veiling(people.secrets):
        others = {"the site": root / "site", "packets": root / "packets"}
        output.check_folders(sources(root, cohorts) | others, {"editions": shelf})
        done = releasing.release(request, mkdocs_plugin.refused, mkdocs_plugin.build_site, progress, say)
        made = f"{done.path} ({count(done.files, 'file')}, {done.size / 1e6:.1f} MB){and_notices(done.notices)}"
        click.echo(f"Edition {name} of {done.date} is in {made}. {pipeline.searched(people)}")
