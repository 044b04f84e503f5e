"""The command `curriculum`: wording, progress and exit codes; the work is done by other rooms.

In: arguments. Out: lines of text, and exit code 0, or 1 when sources have problems. Touches: the terminal.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import signal
import sys
import threading
from pathlib import Path
from typing import NamedTuple

import click

from builder import VERSION


class Entry(NamedTuple):
    """A command by the file of this room that has it, and the sentence that `--help` shows of it."""

    file: str
    function: str
    summary: str


COMMANDS = {
    "build": Entry("building", "build_command", "Make the website with its guides and handouts."),
    "changes": Entry("comparing", "changes_command", "Show what changed from OLD to NEW."),
    "check": Entry("checking", "check", "Show every problem in the sources, and write nothing."),
    "new": Entry("creating", "new", "Write a small curriculum, a module, or a cohort to begin with."),
    "packets": Entry("packing", "packets", "Make a facilitator packet for each team."),
    "publish": Entry("publishing", "publish", "Make of all editions what any host can serve."),
    "release": Entry("releasing", "release", "Freeze everything as EDITION, such as 2026.1."),
    "serve": Entry("serving", "serve", "Preview the site while you write."),
    "stage": Entry("building", "stage", "Write the site's pages to DIR, for any other host."),
}
"""Every command, sorted. A test compares each sentence with the first one of the command's own help."""


class _Commands(click.Group):
    """Commands whose files are imported only when they are used, so that none waits for the imports of another."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        entry = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"{__name__}.{entry.file}"), entry.function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="curriculum")
@click.pass_context
def main(context: click.Context) -> None:
    """Publish a curriculum: a website, a discussion guide per module, a facilitator packet per team.

    Begin with `curriculum check`. It reads everything, changes nothing, and shows each problem with its place.

    Exit code 1 means problems, and that nothing was written. Notices stop nothing. Folders that you name are
    relative to the current folder, whatever --root says.
    """
    try:
        Path.cwd()
    except FileNotFoundError:
        raise click.ClickException("the current folder no longer exists (go to another one, and come back)") from None
    gc.set_threshold(20_000, 20, 20)  # a command makes many objects and drops few: fewer collections save about 2 %
    for stream in (sys.stdout, sys.stderr):  # Windows consoles may be set to an encoding that lacks our letters
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    _end_well(context)


def _end_well(context: click.Context) -> None:
    """Let a request to end, such as when a computer shuts down, undo what has begun, like Ctrl+C."""
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
