"""The command that makes what a host serves from all editions.

In: what was wished for on the command line. Out: lines of text. Touches: the terminal; writes by `editions`.
"""

from __future__ import annotations

from pathlib import Path

import click

from builder import editions, output, pipeline
from builder.cli.reporting import COHORTS, EDITIONS, PATH, REPLACE_EDITED, ROOT, count, reporting_problems, say, sources


@click.command()
@ROOT
@COHORTS
@EDITIONS
@click.option(
    "--to", "target", type=PATH, default=None, show_default="public under the root",
    metavar="DIR", help="The folder that a web server, or whatever you use, serves.",
)  # fmt: skip
@REPLACE_EDITED
def publish(
    root: Path,
    cohorts: Path | None,
    shelf: Path | None,
    target: Path | None,
    replace_edited: bool,  # noqa: FBT001
) -> None:
    """Make of all editions what any host can serve.

    It is made from the archives alone, which are first searched for what only a cohort may contain. Readers see the old
    folder until the new one is whole. What others have put there, such as a CNAME, stays.
    """
    with reporting_problems("text"):
        shelf, public = shelf or root / editions.FOLDER, target or root / "public"
        others = sources(root, cohorts) | {"the site": root / "site", "packets": root / "packets", "editions": shelf}
        output.check_folders(others, {"the published site": public})
        people = pipeline.Cohorts(root, cohorts)
        secrets = pipeline.secrets(people)
        with pipeline.veiling(secrets):
            found = editions.read_shelf(shelf)
            pipeline.check_editions(secrets, found, shelf)
            done = editions.publish(found, public, say, replace_edited=replace_edited)
        latest = f"; the latest is {done.latest}" if done.latest else "; none of them is the latest"
        files = f"Files: {done.files}, written: {done.written}."
        click.echo(f"{count(done.editions, 'edition')} in {public}{latest}. {files} {pipeline.searched(people)}")
