"""The command `curriculum`: wording, progress and exit codes; the work is done by other rooms.

In: arguments. Out: lines of text, and exit code 0, or 1 when sources have problems. Touches: the terminal.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import gc
import ipaddress
import signal
import sys
import threading
from pathlib import Path

import click

from builder import mkdocs_plugin, pipeline
from builder.cli.building import build_command, stage
from builder.cli.creating import new
from builder.cli.packing import packets
from builder.cli.releasing import changes_command, publish, release
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
from builder.pipeline import provenance
from builder.problems import Problem, Stopped
from builder.sources import git

_NO_ADDRESS = {
    errno.EADDRINUSE: "in use by another program",
    errno.EADDRNOTAVAIL: "not an address of this computer",
    errno.EACCES: "kept for the system's own programs",
}


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(provenance.VERSION, prog_name="curriculum")
@click.pass_context
def main(context: click.Context) -> None:
    """Publish a curriculum: a website, a discussion guide per module, a facilitator packet per team.

    Begin with `curriculum check`. It reads everything, changes nothing, and tells each problem with its place.

    Exit code 1 means problems, and that nothing was written. Notices stop nothing. Folders that you name are
    relative to the current folder, whatever --root says.
    """
    try:
        Path.cwd()
    except FileNotFoundError:
        raise click.ClickException("the current folder is no longer there (go to another one, and come back)") from None
    gc.set_threshold(20_000, 20, 20)  # a command makes much and lets go of little: fewer looks for it save about 2 %
    for stream in (sys.stdout, sys.stderr):  # Windows consoles may be set to an encoding that lacks our letters
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    _end_well(context)


def _end_well(context: click.Context) -> None:
    """Let a request to end, such as when a computer is shut down, undo what has begun, as Ctrl+C does."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has one of them
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
            context.call_on_close(functools.partial(signal.signal, number, signal.SIG_DFL))


def _end(number: int, _: object) -> None:
    """Leave every context on the way out, with the code by which shells know the signal."""
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)


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
        try:
            found = _of_this_change(
                pipeline.check(pipeline.Curricula(root, shelf), cohorts, against, mkdocs_plugin.refused), root, form
            )
        except Stopped as stopped:
            raise Stopped(_of_this_change(stopped.problems, root, form)) from stopped
        show_problems(found, form, notices)
        said = f"No problems{counted_notices(found, notices)}. " if form == "text" else ""
        click.echo(f"{said}{pipeline.searched(root, cohorts)}", err=form != "text")


def _of_this_change(found: tuple[Problem, ...], root: Path, form: Form) -> tuple[Problem, ...]:
    """Leave out what annotations would repeat on every pull request: notices of files that it does not change."""
    files = git.touched(root) if form == "github" else None
    return tuple(each for each in found if files is None or each.severity == "problem" or each.place.path in files)


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
    with reporting_problems("text", writes=False):
        try:
            mkdocs_plugin.serve_site(root, address)
        except OSError as error:
            why = _NO_ADDRESS.get(error.errno or 0)
            if why is None:
                raise
            raise click.ClickException(f"{address} is {why} (choose another with --address)") from error


for command in (build_command, packets, stage, release, publish, changes_command, new):
    main.add_command(command)
