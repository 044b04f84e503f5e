"""The commands that write what authors begin with: a curriculum, a module, a cohort.

In: what was wished for on the command line. Out: lines of text. Touches: the terminal; writes by `output`.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from builder import output
from builder.cli.reporting import PATH, ROOT, count, reporting_problems, say
from builder.model.kinds import is_id
from builder.model.kinds.words import fault_of_plain
from builder.pipeline import beginnings
from builder.problems import shown

_FOLDER = "DIR"
"""How the help names the command that is meant where no other is named."""


class _New(click.Group):
    """A group of commands in which the name of a folder calls the command that fills one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = self.commands.keys() - {_FOLDER}
        if args and args[0] not in named | set(ctx.help_option_names):
            args = [_FOLDER, *args]
        return super().parse_args(ctx, args)


@click.group(cls=_New, subcommand_metavar="DIR --title TEXT | module ID | cohort ID")
def new() -> None:
    """Write a small curriculum, a module, or a cohort to begin with.

    `curriculum new DIR --title "…"` fills a new folder. A folder named module or cohort is written ./module.
    """


def _title(_context: click.Context, _parameter: click.Parameter, title: str) -> str:
    title = title.strip()
    if not title:
        raise click.BadParameter("is empty (write the title of the curriculum)")
    if fault := fault_of_plain(title):
        raise click.BadParameter(f"{title!r}: {shown(fault.sign)} {fault.words}")
    return title


def _id(_context: click.Context, _parameter: click.Parameter, id: str) -> str:
    if not is_id(id):
        raise click.BadParameter(f"{id!r} is no id (small letters, digits and single hyphens, such as first-steps)")
    return id


ID = click.argument("id", metavar="ID", callback=_id)


@new.command(_FOLDER, options_metavar="--title TEXT", short_help="Fill a new folder with a small curriculum.")
@click.argument("folder", type=PATH, metavar="")
@click.option("--title", required=True, callback=_title, help="The title of the curriculum.")
def curriculum(folder: Path, title: str) -> None:
    """Write a small, complete curriculum into a folder that is new or empty.

    It passes `curriculum check` as it is. Its README says how to go on.
    """
    with reporting_problems("text"):
        files = beginnings.curriculum(title, _today())
        output.create(folder, files, say)
        click.echo(f"{count(len(files), 'file')} in {folder}. Its README says how to go on: {folder / 'README.md'}")


@new.command()
@ROOT
@ID
@click.option("--after", default=None, metavar="ID", show_default="the last one", help="The module that it follows.")
def module(root: Path, id: str, after: str | None) -> None:
    """Write the files of a new module, and add it to the order of modules.

    It passes `curriculum check` as it is. What is left to write is listed, and begins with TO WRITE.
    """
    with reporting_problems("text"):
        made = beginnings.module(root, id, after)
        output.create(root / made.folder, made.files, say, made.change)
        for line in made.left:
            click.echo(line)
        click.echo(f"{count(len(made.files), 'file')} in {made.folder}, {count(len(made.left), 'text')} to write.")


@new.command()
@ROOT
@ID
def cohort(root: Path, id: str) -> None:
    """Write the file of a new cohort, with one team and a meeting on each module."""
    with reporting_problems("text"):
        made = beginnings.cohort(root, id, _today())
        output.create(root / made.folder, made.files, say)
        click.echo(f"Fill in {made.folder}/cohort.yml, and then run: curriculum packets --cohort {id}")


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()
