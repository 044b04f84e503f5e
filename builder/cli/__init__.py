"""The command `curriculum`: wording, progress and exit codes; the work is done by other rooms.

In: arguments. Out: lines of text, and exit code 0, or 1 when sources have problems. Touches: the terminal.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import errno
import gc
import ipaddress
import sys
from pathlib import Path
from typing import Any

import click

from builder import artifacts, build, plugin
from builder.cli.packing import Wish, making, packets
from builder.cli.releasing import publish, release, tell_changes
from builder.cli.telling import COHORTS, EDITIONS, PAPER, ROOT, Form, and_notices, count, sources, stopping_well, tell
from builder.problems import Problems
from builder.sources import Reader

_NO_ADDRESS = {
    errno.EADDRINUSE: "in use by another program",
    errno.EADDRNOTAVAIL: "not an address of this computer",
    errno.EACCES: "kept for the system's own programs",
}


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="mortals-into-mentors", prog_name="curriculum")
def main() -> None:
    """Publish a curriculum: a website, a discussion guide per module, a facilitator packet per team.

    Begin with `curriculum check`. It reads everything, changes nothing, and tells each problem with its place.

    Exit code 1 means problems, and that nothing was written. Notices stop nothing. Folders that you name are
    relative to the current folder, whatever --root says.
    """
    gc.set_threshold(20_000, 20, 20)  # a command makes much and lets go of little: fewer looks for it save about 2 %
    for stream in (sys.stdout, sys.stderr):  # Windows consoles may be set to an encoding that lacks our letters
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


@main.command()
@ROOT
@COHORTS
@EDITIONS
@click.option(
    "--against", default=None, metavar="EDITION",
    help="Tell as well which addresses of this edition would lead nowhere.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "github", "json"]), default="text", show_default=True,
    help="Lines of text, annotations for a pull request, or JSON.",
)  # fmt: skip
def check(root: Path, cohorts: Path | None, shelf: Path | None, against: str | None, form: Form) -> None:
    """Tell every problem in the sources, and write nothing."""
    with stopping_well(form, writes=False, notices=True):
        notices = build.check(build.Curricula(root, shelf), cohorts, against)
        tell(notices, form)
        counted = f" ({count(len(notices), 'notice')})" if notices else ""
        said = f"No problems{counted}. " if form == "text" else ""
        click.echo(f"{said}{build.searched(root, cohorts)}", err=form != "text")


@main.command(name="build")
@ROOT
@COHORTS
@PAPER
@click.option(
    "--site-dir", type=click.Path(path_type=Path), default=None, show_default="site under the root", metavar="DIR",
    help="Where to write the site.",
)  # fmt: skip
@click.option("--packets", "with_packets", is_flag=True, help="Make the packets of all teams as well, meanwhile.")
def build_command(
    root: Path,
    cohorts: Path | None,
    paper: Any,
    site_dir: Path | None,
    with_packets: bool,  # noqa: FBT001
) -> None:
    """Make the website with its guides and handouts.

    `mkdocs build --strict` makes the same. Here the old site stays as it was until the new one is whole, and has been
    searched for what only a cohort may hold.
    """
    site: concurrent.futures.Future[None] = concurrent.futures.Future()  # packets wait for it, and go down with it
    with stopping_well("text") as progress, concurrent.futures.ThreadPoolExecutor(1) as beside, build.press() as press:
        folder = site_dir or root / "site"
        artifacts.check_folders(sources(root, cohorts), {"the site": folder, "packets": root / "packets"})
        artifacts.check_ours(folder, "404.html")  # which no overview of a cohort has beside it
        build.check_site(root)  # before MkDocs reads its settings, and tells the first slip without a place
        built, secrets = build.read_public(root, cohorts)
        make = (
            making(build.Curricula(root, work=built), Wish(cohorts, root / "packets", paper)) if with_packets else None
        )
        said: list[concurrent.futures.Future[str]] = []
        try:
            plugin.build_site(
                built,
                secrets,
                folder,
                paper,
                press,
                progress,
                lambda: said.extend([beside.submit(make, press, progress, site)] if make else []),
            )
            site.set_result(None)
        finally:
            site.cancel()  # which does nothing once it is done
        told = f"{and_notices(len(built.notices))}. Open {folder / 'index.html'}. {build.searched(root, cohorts)}"
        click.echo(f"The site is in {folder}{told}")
        for files in said:
            click.echo(files.result())


def _address(_context: click.Context, _parameter: click.Parameter, address: str) -> str:
    host, _, port = address.rpartition(":")
    try:
        ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
        good = port.isdecimal() and int(port) <= 65_535
    except ValueError:
        good = False
    if not good:
        raise click.BadParameter(f"{address!r} is no address (write a number and a port, such as 127.0.0.1:8000)")
    return address


@main.command()
@ROOT
@click.option(
    "--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", callback=_address,
    help="Where to serve.",
)  # fmt: skip
def serve(root: Path, address: str) -> None:
    """Preview the site while you write.

    Pages follow each save. PDFs are left to `build`. End it with Ctrl+C.
    """
    with stopping_well("text", writes=False):
        try:
            plugin.serve_site(root, address)
        except OSError as error:
            why = _NO_ADDRESS.get(error.errno or 0)
            if why is None:
                raise
            raise click.ClickException(f"{address} is {why} (choose another with --address)") from error


@main.command()
@ROOT
@COHORTS
@PAPER
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def stage(root: Path, cohorts: Path | None, paper: Any, folder: Path) -> None:
    """Write the site's pages to DIR, for any other host.

    They are ordinary Markdown, with a mkdocs.yml that does without our plugin.
    """
    with stopping_well("text") as progress, build.press() as press:
        others = sources(root, cohorts) | build.public_folders(root) | {"packets": root / "packets"}
        artifacts.check_folders(others, {"the stage": folder})
        artifacts.check_ours(folder, "mkdocs.yml")
        problems = Problems()
        built, secrets = build.read_public(root, cohorts)
        files = build.staged(built, Reader(root, problems), paper, press, progress)
        problems.stop_if_any()
        build.check_public(secrets, ((each.path, each.data) for each in files), folder)
        artifacts.write(folder, files, prune=True)
        how = f"Build them with: mkdocs build --strict -f {folder / 'mkdocs.yml'}"
        click.echo(f"{len(files)} files in {folder}. {build.searched(root, cohorts)} {how}")


for command in (packets, release, publish, tell_changes):
    main.add_command(command)
