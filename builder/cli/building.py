"""The commands that make the site: for readers, and as pages for any other host.

In: what was wished for on the command line. Out: lines of text. Touches: the terminal; writes by `output`.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
from pathlib import Path
from typing import Any

import click

from builder import mkdocs_plugin, output, pipeline
from builder.cli.packing import PacketRequest, prepare_packets
from builder.cli.reporting import (
    COHORTS,
    PAPER,
    PATH,
    REPLACE_EDITED,
    ROOT,
    and_notices,
    exit_with_problems,
    reporting_problems,
    say,
    sources,
)
from builder.leaks import Secrets
from builder.pipeline import making
from builder.problems import Problems, Stopped
from builder.sources.files import Reader


@click.command(name="build")
@ROOT
@COHORTS
@PAPER
@click.option(
    "--site-dir", type=PATH, default=None, show_default="site under the root", metavar="DIR",
    help="Where to write the site.",
)  # fmt: skip
@click.option("--packets", "with_packets", is_flag=True, help="Make the packets of all teams as well, meanwhile.")
@REPLACE_EDITED
def build_command(  # noqa: PLR0913, PLR0917  one argument for each option
    root: Path,
    cohorts: Path | None,
    paper: Any,
    site_dir: Path | None,
    with_packets: bool,  # noqa: FBT001
    replace_edited: bool,  # noqa: FBT001
) -> None:
    """Make the website with its guides and handouts.

    `mkdocs build --strict` makes the same. Here the old site stays as it was until the new one is whole, and has been
    searched for what only a cohort may contain. What others have put into its folder stays.
    """
    folder = site_dir or root / "site"
    with (
        reporting_problems("text") as progress,
        contextlib.ExitStack() as places,
        concurrent.futures.ThreadPoolExecutor(1) as beside,
        making.press() as press,
    ):
        people = pipeline.Cohorts(root, cohorts)
        built, secrets = _read(people, folder, places)
        place = places.enter_context(output.replacing(folder, say, replace_edited=replace_edited))
        place.check()
        wish = PacketRequest(people, root / "packets", paper, replace_edited=replace_edited)
        make = prepare_packets(pipeline.Curricula(root, work=built), wish, places) if with_packets else None
        prepared = making.prepare_site(built, paper, press, progress)
        site: concurrent.futures.Future[None] = concurrent.futures.Future()  # packets wait for it, and go down with it
        packets = beside.submit(make, press, progress, site.result) if make else None
        try:
            with place.writing():
                pipeline.check_public(secrets, mkdocs_plugin.build_site(prepared, place.folder).items(), folder)
            place.put()
            site.set_result(None)
        finally:
            site.cancel()  # which does nothing once it is done
        click.echo(f"The site is in {folder}{and_notices(len(built.notices))}. {_next(people, folder)}")
        if packets:
            _finish(packets)


def _read(
    cohorts: pipeline.Cohorts, folder: Path, places: contextlib.ExitStack
) -> tuple[pipeline.Built, Secrets | None]:
    """Check where the site will go, and read everything public, and the secrets that no output may contain."""
    others = sources(cohorts.root, cohorts.folder)
    output.check_folders(others, {"the site": folder, "packets": cohorts.root / "packets"})
    output.check_ours(folder, "404.html")  # which no overview of a cohort has beside it
    built, secrets = pipeline.read_public(cohorts, mkdocs_plugin.refused)
    places.enter_context(pipeline.veiling(secrets))
    return built, secrets


def _next(cohorts: pipeline.Cohorts, folder: Path) -> str:
    """What to open now, and what the site was searched for."""
    return f"Open {folder / 'index.html'}. {pipeline.searched(cohorts)}"


def _finish(packets: concurrent.futures.Future[str]) -> None:
    """Wait for the packets, and show what they are or why there are none."""
    try:
        click.echo(packets.result())
    except Stopped as stopped:
        exit_with_problems(stopped, "text", "no packet was written")


@click.command()
@ROOT
@COHORTS
@PAPER
@REPLACE_EDITED
@click.argument("folder", type=PATH, metavar="DIR")
def stage(
    root: Path,
    cohorts: Path | None,
    paper: Any,
    replace_edited: bool,  # noqa: FBT001
    folder: Path,
) -> None:
    """Write the site's pages to DIR, for any other host.

    They are ordinary Markdown, with a mkdocs.yml that does without our plugin. What others have put into DIR, such as
    the site that a host makes there, stays.
    """
    with reporting_problems("text") as progress, making.press() as press:
        others = sources(root, cohorts) | pipeline.public_folders(root) | {"packets": root / "packets"}
        output.check_folders(others, {"the stage": folder})
        output.check_ours(folder, "mkdocs.yml")
        problems = Problems()
        people = pipeline.Cohorts(root, cohorts)
        built, secrets = pipeline.read_public(people)
        with pipeline.veiling(secrets), output.replacing(folder, say, replace_edited=replace_edited) as place:
            place.check()
            files = making.stage_files(making.prepare_site(built, paper, press, progress), Reader(root, problems))
            problems.stop_if_any()
            pipeline.check_public(secrets, ((each.path, each.data) for each in files), folder)
            output.fill(place, files, prune=True)
        how = f"Build them with: mkdocs build --strict -f {folder / 'mkdocs.yml'}"
        click.echo(f"{len(files)} files in {folder}. {pipeline.searched(people)} {how}")
