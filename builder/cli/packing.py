"""The command that makes the files of teams, and what else makes them meanwhile.

In: what was wished for on the command line. Out: one line of text. Touches: the terminal; writes by `output`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from builder import output, pipeline
from builder.cli import changed
from builder.cli.reporting import (
    COHORTS,
    EDITIONS,
    PAPER,
    PATH,
    REPLACE_EDITED,
    ROOT,
    and_notices,
    count,
    reporting_problems,
    say,
    show_problems,
    sources,
)
from builder.model.cohorts import Cohort, Team
from builder.output import Artifact, Replacement
from builder.packets import orders as packing
from builder.pipeline import making
from builder.pipeline.packing import make_packets
from builder.pipeline.progress import Progress
from builder.press import Press
from builder.problems import nearest


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


@click.command()
@ROOT
@COHORTS
@EDITIONS
@PAPER
@click.option("--cohort", default=None, metavar="ID", help="Only this cohort.")
@click.option("--team", default=None, metavar="ID", help="Only this team.")
@click.option("--large-print", "large", is_flag=True, help="Make each packet in large print as well.")
@click.option(
    "--only", "kinds", default=None, metavar="PARTS", callback=_kinds,
    help=f"Make only these, and leave the rest as it is. Names, with commas between: {', '.join(packing.KINDS)}.",
)  # fmt: skip
@click.option(
    "--to", "folder", type=PATH, default=None, show_default="packets under the root",
    metavar="DIR", help="Where to write the packets. Never inside the site: they are private.",
)  # fmt: skip
@REPLACE_EDITED
def packets(  # noqa: PLR0913, PLR0917  one argument for each option
    root: Path,
    cohorts: Path | None,
    paper: Any,
    cohort: str | None,
    team: str | None,
    large: bool,  # noqa: FBT001
    shelf: Path | None,
    kinds: frozenset[str],
    folder: Path | None,
    replace_edited: bool,  # noqa: FBT001
) -> None:
    """Make a facilitator packet for each team.

    Each team's files are written to <cohort>/<team>/ in the folder for packets. Those of a cohort take the place of
    the old ones all at once. Within what you ask for, files that are no longer earned or wanted are removed. You see
    what is new, changed and removed. What others have put there stays.
    """
    with (
        reporting_problems("text") as progress,
        contextlib.ExitStack() as places,
        making.press(alone=team is not None) as press,
    ):
        people = pipeline.Cohorts(root, cohorts)
        wish = PacketRequest(people, folder or root / "packets", paper, cohort, team, kinds, large, replace_edited)
        click.echo(prepare_packets(pipeline.Curricula(root, shelf), wish, places)(press, progress, lambda: None))


@dataclass(frozen=True, slots=True)
class PacketRequest:
    """The options for packets on the command line."""

    cohorts: pipeline.Cohorts
    target: Path
    paper: Any
    cohort: str | None = None
    team: str | None = None
    kinds: frozenset[str] = frozenset(packing.USUAL)
    large: bool = False
    replace_edited: bool = False


def prepare_packets(
    curricula: pipeline.Curricula, wish: PacketRequest, places: contextlib.ExitStack
) -> Callable[[Press, Progress, Callable[[], None]], str]:
    """Check all that packets need, and return the function that makes them and returns what it made, in words.

    `places` keeps each cohort's folder for this run alone. The function takes a press, a way to show progress, and what
    to wait for before packets are put in place, which raises if they must not be.
    """
    target, root = wish.target, curricula.root
    others = (
        sources(root, wish.cohorts.folder) | pipeline.public_folders(root) | {"the given editions": curricula.shelf}
    )
    found, notices = pipeline.read_cohorts(curricula, wish.cohorts)
    if not found:
        curricula.built(None)  # which first reports if there is no curriculum either
    chosen = pipeline.choose(found, wish.cohort, wish.team)
    links = (target / each.id for each in chosen if (target / each.id).is_symlink())  # each may lead into a website
    for folder in (target, *links):
        output.check_folders(others, {"packets": folder})
        output.check_private(folder)
    orders = [_order(curricula, wish, each, teams) for each, teams in chosen.items()]
    begun = {order.cohort.id: places.enter_context(_begin(order, wish)) for order in orders}
    show_problems(notices, "text")

    def make(press: Press, progress: Progress, wait: Callable[[], None]) -> str:
        made = make_packets(curricula, orders, wish.paper, press, progress)
        different = {
            order.cohort.id: output.fill(
                begun[order.cohort.id], _then(each, wait), prune=order.covers, compare=changed.pages
            )
            for order, each in made
        }
        files = count(sum(difference.made for difference in different.values()), "file")
        teams = count(sum(len(order.teams) for order in orders), "team")
        return changed.report(different, f"{files} for {teams} in {target}{and_notices(len(notices))}.")

    return make


def _order(
    curricula: pipeline.Curricula, wish: PacketRequest, cohort: Cohort, teams: tuple[Team, ...]
) -> packing.Order:
    there = frozenset(output.read_manifest(wish.target / cohort.id))
    return packing.Order(cohort, teams, wish.kinds, wish.large, there, curricula.since(cohort.file))


@contextlib.contextmanager
def _begin(order: packing.Order, wish: PacketRequest) -> Iterator[Replacement]:
    """Begin a cohort's folder; stop now if a file in it was edited and all of them will be made."""
    folder = wish.target / order.cohort.id
    with output.replacing(folder, say, private=True, replace_edited=wish.replace_edited) as place:
        if order.whole:
            place.check()
        yield place


def _then(packets: Iterator[Artifact], wait: Callable[[], None]) -> Iterator[Artifact]:
    """The packets, and then a wait for what must be done before they are put in place; raise if that fails."""
    yield from packets
    wait()
