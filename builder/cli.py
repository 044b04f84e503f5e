"""The command `curriculum`: wording, progress and exit codes; the work is done by other rooms.

In: arguments. Out: lines of text, and exit code 0, or 1 when sources have problems. Touches: the terminal.
"""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import click
import rich.console
import rich.progress

from builder import artifacts, build, plugin
from builder.problems import Problem, Problems, Stopped, one, report
from builder.sources import Reader

Form = Literal["text", "github", "json"]

_ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    show_default="this folder",
    help="The folder that holds mkdocs.yml, docs/ and modules/.",
)
_COHORTS = click.option(
    "--cohorts",
    type=click.Path(path_type=Path),
    default=None,
    metavar="DIR",
    help="Read cohorts from this folder, wherever it lies, instead of cohorts/.",
)
_PAPER = click.option(
    "--paper", type=click.Choice(["letter", "a4"]), default="letter", show_default=True, help="Paper of the PDFs."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="mortals-into-mentors", prog_name="curriculum")
def main() -> None:
    """Publish a curriculum: a website, a discussion guide per module, a facilitator packet per team.

    Begin with `curriculum check`. It reads everything, changes nothing, and tells each problem with its place.
    """
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
    with _stopping(form):
        notices = build.check(root, cohorts)
        _tell(notices, form)
        if form == "text":
            click.echo(f"No problems ({len(notices)} notices)." if notices else "No problems.")


@main.command(name="build")
@_ROOT
@_PAPER
@click.option(
    "--site-dir", type=click.Path(path_type=Path), default=Path("site"), show_default=True, metavar="DIR",
    help="Where to write the site.",
)  # fmt: skip
def build_command(root: Path, paper: str, site_dir: Path) -> None:
    """Make the website with its guides and handouts (as `mkdocs build --strict` does)."""
    with _stopping("text") as progress:
        folder = root / site_dir
        artifacts.check_folders(_sources(root, None), {"the site": folder, "packets": root / "packets"})
        artifacts.check_ours(folder, "index.html")
        notices = plugin.build_site(root, folder, paper, progress)
        click.echo(f"The site is in {folder}{_and_notices(notices)}. Open {folder / 'index.html'}.")


def _address(_: click.Context, __: click.Parameter, address: str) -> str:
    host, _colon, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65_535:
        raise click.BadParameter(f"{address!r} is no address (write a host and a port, such as 127.0.0.1:8000)")
    return address


@main.command()
@_ROOT
@click.option(
    "--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", callback=_address,
    help="Where to serve.",
)  # fmt: skip
def serve(root: Path, address: str) -> None:
    """Preview the site while you write; pages follow each save. PDFs are left to `build`."""
    with _stopping("text"):
        plugin.serve_site(root, address)


@main.command()
@_ROOT
@_COHORTS
@_PAPER
@click.option("--cohort", default=None, metavar="ID", help="Only this cohort.")
@click.option("--team", default=None, metavar="ID", help="Only this team.")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), default=Path("packets"), show_default=True, metavar="DIR",
    help="Where to write the packets. Never inside the site: they are private.",
)  # fmt: skip
def packets(  # noqa: PLR0913, PLR0917  one argument for each option
    root: Path, cohorts: Path | None, paper: Any, cohort: str | None, team: str | None, folder: Path
) -> None:
    """Make a facilitator packet for each team, in PACKETS/<cohort>/<team>/packet.pdf."""
    with _stopping("text") as progress:
        target = root / folder
        artifacts.check_folders(_sources(root, cohorts) | _public(root), {"packets": target})
        artifacts.check_private(target)
        built = build.read(root)
        found, notices = build.read_cohorts(built, root, cohorts)
        chosen = build.choose(found, cohort, team)
        artifacts.check_manifests(target / each.id for each in chosen)
        count = 0
        for each, made in build.packets(built, chosen, paper, progress).items():
            artifacts.write(target / each.id, made, prune=team is None)
            count += len(made)
        _tell(notices, "text")
        click.echo(f"{count} packet{'s' if count != 1 else ''} in {target}{_and_notices(notices)}.")


@main.command()
@_ROOT
@_PAPER
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def stage(root: Path, paper: Any, folder: Path) -> None:
    """Write the documentation tree to DIR: ordinary Markdown and mkdocs.yml, for any host, without our plugin."""
    with _stopping("text") as progress:
        others = _sources(root, None) | _public(root) | {"packets": root / "packets"}
        artifacts.check_folders(others, {"the stage": folder})
        artifacts.check_ours(folder, "mkdocs.yml")
        problems = Problems()
        built = build.read(root)
        files = build.staged(built, Reader(root, problems), paper, progress)
        problems.stop_if_any()
        artifacts.write(folder, files, prune=True)
        click.echo(f"{len(files)} files in {folder}. Build them with: mkdocs build --strict -f {folder / 'mkdocs.yml'}")


def _sources(root: Path, cohorts: Path | None) -> dict[str, Path]:
    folders = {name: root / name for name in ("modules", "docs", "builder", "tests", "cohorts")}
    return folders | ({"the given cohorts": cohorts} if cohorts else {})


def _public(root: Path) -> dict[str, Path]:
    return {"the site": root / "site", "editions": root / "editions", "the published site": root / "public"}


@contextlib.contextmanager
def _stopping(form: Form) -> Iterator[build.Progress]:
    """Tell problems and leave with code 1; say plainly what the system refused. Gives a way to show progress."""
    try:
        with contextlib.ExitStack() as bars:
            yield functools.partial(_progress, bars)
    except Stopped as stopped:
        _tell(stopped.problems, form)
        if form == "text":
            count = sum(problem.severity == "problem" for problem in stopped.problems)
            click.echo(f"{count} problem{'s' if count != 1 else ''}; nothing was written.", err=True)
        sys.exit(1)
    except OSError as error:
        _tell(one(str(error.filename or "."), str(error.strerror or error)).problems, form)
        sys.exit(1)


def _tell(problems: tuple[Problem, ...], form: Form) -> None:
    if problems or form == "json":
        click.echo(report(problems, form), err=form == "text")


def _and_notices(notices: tuple[Problem, ...]) -> str:
    return (
        f" ({len(notices)} notice{'s' if len(notices) != 1 else ''}; `curriculum check` tells them)" if notices else ""
    )


def _progress(bars: contextlib.ExitStack, what: str, steps: int) -> Callable[[str], None]:
    """A bar on a terminal, taken away when `bars` close; nothing when the output is no terminal."""
    if not sys.stderr.isatty() or not steps:  # rich would take a wish for color, such as in CI, for a terminal
        return lambda _: None
    bar = rich.progress.Progress(console=rich.console.Console(stderr=True), transient=True)
    task = bar.add_task(what, total=steps)
    bars.enter_context(bar)
    return lambda name: bar.update(task, advance=1, description=name)
