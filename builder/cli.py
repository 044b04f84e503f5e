"""The command `curriculum`: wording, progress and exit codes; the work is done by other rooms.

In: arguments. Out: lines of text, and exit code 0, or 1 when sources have problems. Touches: the terminal.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import errno
import functools
import gc
import ipaddress
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import click
import rich.console
import rich.progress

from builder import artifacts, build, plugin
from builder import packets as packing
from builder.artifacts import Artifact
from builder.press import Press
from builder.problems import Problem, Problems, Stopped, nearest, one, report, stopping
from builder.sources import Reader

Form = Literal["text", "github", "json"]

_ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    show_default="the current folder",
    metavar="DIR",
    help="The folder that holds mkdocs.yml, docs/ and modules/.",
)
_COHORTS = click.option(
    "--cohorts",
    type=click.Path(path_type=Path),
    default=None,
    show_default="cohorts under the root",
    metavar="DIR",
    help="The folder that holds a folder for each cohort.",
)
_PAPER = click.option(
    "--paper", type=click.Choice(["letter", "a4"]), default="letter", show_default=True, help="Paper of the PDFs."
)

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
@_ROOT
@_COHORTS
@click.option(
    "--format", "form", type=click.Choice(["text", "github", "json"]), default="text", show_default=True,
    help="Lines of text, annotations for a pull request, or JSON.",
)  # fmt: skip
def check(root: Path, cohorts: Path | None, form: Form) -> None:
    """Tell every problem in the sources, and write nothing."""
    with _stopping(form, writes=False, notices=True):
        notices = build.check(root, cohorts)
        _tell(notices, form)
        if form == "text":
            click.echo(f"No problems ({_count(len(notices), 'notice')})." if notices else "No problems.")


@main.command(name="build")
@_ROOT
@_COHORTS
@_PAPER
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
    with _stopping("text") as progress, concurrent.futures.ThreadPoolExecutor(1) as beside, build.press() as press:
        folder = site_dir or root / "site"
        artifacts.check_folders(_sources(root, cohorts), {"the site": folder, "packets": root / "packets"})
        artifacts.check_ours(folder, "index.html")
        build.check_site(root)  # before MkDocs reads its settings, and tells the first slip without a place
        built = build.read(root)
        secrets = build.secrets(built, cohorts)
        making = _packets(built, _Wish(cohorts, root / "packets", paper)) if with_packets else None
        said: list[concurrent.futures.Future[str]] = []
        try:
            plugin.build_site(
                built,
                secrets,
                folder,
                paper,
                press,
                progress,
                lambda: said.extend([beside.submit(making, press, progress, site)] if making else []),
            )
            site.set_result(None)
        finally:
            site.cancel()  # which does nothing once it is done
        click.echo(f"The site is in {folder}{_and_notices(len(built.notices))}. Open {folder / 'index.html'}.")
        for packets in said:
            click.echo(packets.result())


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
@_ROOT
@click.option(
    "--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", callback=_address,
    help="Where to serve.",
)  # fmt: skip
def serve(root: Path, address: str) -> None:
    """Preview the site while you write.

    Pages follow each save. PDFs are left to `build`. End it with Ctrl+C.
    """
    with _stopping("text", writes=False):
        try:
            plugin.serve_site(root, address)
        except OSError as error:
            why = _NO_ADDRESS.get(error.errno or 0)
            if why is None:
                raise
            raise click.ClickException(f"{address} is {why} (choose another with --address)") from error


def _kinds(_context: click.Context, _parameter: click.Parameter, given: str | None) -> frozenset[str]:
    if given is None:
        return frozenset(packing.USUAL)
    names = [name.strip() for name in given.split(",") if name.strip()]
    for name in names:
        if name not in packing.KINDS:
            raise click.BadParameter(f"no part {name!r} ({nearest(name, packing.KINDS)})")
    if not names:
        raise click.BadParameter(f"names no part (known: {', '.join(packing.KINDS)})")
    return frozenset(names)


@main.command()
@_ROOT
@_COHORTS
@_PAPER
@click.option("--cohort", default=None, metavar="ID", help="Only this cohort.")
@click.option("--team", default=None, metavar="ID", help="Only this team.")
@click.option("--large-print", "large", is_flag=True, help="Make each packet in large print as well.")
@click.option(
    "--only", "kinds", default=None, metavar="PARTS", callback=_kinds,
    help=f"Make only these, and leave the rest as it is. Names, with commas between: {', '.join(packing.KINDS)}.",
)  # fmt: skip
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), default=None, show_default="packets under the root",
    metavar="DIR", help="Where to write the packets. Never inside the site: they are private.",
)  # fmt: skip
def packets(  # noqa: PLR0913, PLR0917  one argument for each option
    root: Path,
    cohorts: Path | None,
    paper: Any,
    cohort: str | None,
    team: str | None,
    large: bool,  # noqa: FBT001
    kinds: frozenset[str],
    folder: Path | None,
) -> None:
    """Make a facilitator packet for each team.

    Each team's files are written to <cohort>/<team>/ in the folder for packets.
    """
    with _stopping("text") as progress, build.press(alone=team is not None) as press:
        built = build.read(root)
        wish = _Wish(cohorts, folder or root / "packets", paper, cohort, team, kinds, large)
        click.echo(_packets(built, wish)(press, progress, None))


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was said of packets on the command line."""

    cohorts: Path | None
    target: Path
    paper: Any
    cohort: str | None = None
    team: str | None = None
    kinds: frozenset[str] = frozenset(packing.USUAL)
    large: bool = False


def _packets(
    built: build.Built, wish: _Wish
) -> Callable[[Press, build.Progress, concurrent.futures.Future[None] | None], str]:
    """Check all that packets need; answer what makes them, and then says what it made."""
    target = wish.target
    others = _sources(built.root, wish.cohorts) | build.public_folders(built.root)
    found, notices = build.read_cohorts(built, built.root, wish.cohorts)
    chosen = build.choose(found, wish.cohort, wish.team)
    links = (target / each.id for each in chosen if (target / each.id).is_symlink())  # each may lead into a website
    for folder in (target, *links):
        artifacts.check_folders(others, {"packets": folder})
        artifacts.check_private(folder)
    orders = [
        packing.Order(each, teams, wish.kinds, wish.large, frozenset(artifacts.listed(target / each.id)))
        for each, teams in chosen.items()
    ]
    _tell(notices, "text")

    def make(press: Press, progress: build.Progress, first: concurrent.futures.Future[None] | None) -> str:
        made = build.packets(built, orders, wish.paper, press, progress)
        count = sum(
            artifacts.write(target / order.cohort.id, _once(each, first), prune=order.whole) for order, each in made
        )
        teams = _count(sum(len(order.teams) for order in orders), "team")
        return f"{_count(count, 'file')} for {teams} in {target}{_and_notices(len(notices))}."

    return make


def _once(packets: Iterator[Artifact], first: concurrent.futures.Future[None] | None) -> Iterator[Artifact]:
    """The packets, and then a wait for what must be there before they are put in place; raise if it fails."""
    yield from packets
    if first is not None:
        first.result()


@main.command()
@_ROOT
@_COHORTS
@_PAPER
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def stage(root: Path, cohorts: Path | None, paper: Any, folder: Path) -> None:
    """Write the site's pages to DIR, for any other host.

    They are ordinary Markdown, with a mkdocs.yml that does without our plugin.
    """
    with _stopping("text") as progress, build.press() as press:
        others = _sources(root, cohorts) | build.public_folders(root) | {"packets": root / "packets"}
        artifacts.check_folders(others, {"the stage": folder})
        artifacts.check_ours(folder, "mkdocs.yml")
        problems = Problems()
        built = build.read(root)
        secrets = build.secrets(built, cohorts)
        files = build.staged(built, Reader(root, problems), paper, press, progress)
        problems.stop_if_any()
        build.check_public(secrets, ((each.path, each.data) for each in files), folder)
        artifacts.write(folder, files, prune=True)
        click.echo(f"{len(files)} files in {folder}. Build them with: mkdocs build --strict -f {folder / 'mkdocs.yml'}")


def _sources(root: Path, cohorts: Path | None) -> dict[str, Path]:
    return build.source_folders(root) | ({"the given cohorts": cohorts} if cohorts else {})


@contextlib.contextmanager
def _stopping(form: Form, *, writes: bool = True, notices: bool = False) -> Iterator[build.Progress]:
    """Tell problems and leave with code 1; say plainly what the system refused. Gives a way to show progress.

    Without `notices` only their number is told, so that whoever wants to build finds what stands in the way.
    """
    try:
        with _bar() as bar:
            yield functools.partial(_progress, bar)
    except Stopped as stopped:
        problems = stopping(stopped.problems)
        _tell(stopped.problems if notices else problems, form)
        if form == "text":
            others = 0 if notices else len(stopped.problems) - len(problems)
            nothing = "; nothing was written" if writes else ""
            click.echo(f"{_count(len(problems), 'problem')}{nothing}{_and_notices(others)}.", err=True)
        sys.exit(1)
    except OSError as error:
        _tell(one(str(error.filename or "."), str(error.strerror or error)).problems, form)
        sys.exit(1)


def _tell(problems: tuple[Problem, ...], form: Form) -> None:
    if problems or form == "json":
        click.echo(report(problems, form), err=form == "text")


def _and_notices(notices: int) -> str:
    return f" ({_count(notices, 'notice')}; `curriculum check` tells them)" if notices else ""


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}"


def _progress(bar: rich.progress.Progress | None, what: str, steps: int) -> Callable[[str], None]:
    """Add a line to the bar; nothing when the output is no terminal."""
    if bar is None or not steps:
        return lambda _: None
    task = bar.add_task(what, total=steps)
    return lambda name: bar.update(task, advance=1, description=name)


def _bar() -> contextlib.AbstractContextManager[rich.progress.Progress | None]:
    """A bar on a terminal, taken away in the end. Rich would take a wish for color, such as in CI, for a terminal."""
    if not sys.stderr.isatty():
        return contextlib.nullcontext()
    return rich.progress.Progress(console=rich.console.Console(stderr=True), transient=True)
