"""The command that shows what changed from one state of a curriculum to another.

In: what was wished for on the command line. Out: lines of text, Markdown or JSON. Touches: the terminal.
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from builder import changes, pipeline
from builder.changes import Changes
from builder.cli.reporting import EDITIONS, ROOT, reporting_problems
from builder.loading.curriculum import Loaded


def _as_json(found: Changes) -> str:
    return json.dumps(changes.as_data(found), ensure_ascii=False, indent=1)


_FORMS = {"text": changes.as_text, "markdown": changes.as_markdown, "json": _as_json}


@click.command(name="changes")
@ROOT
@EDITIONS
@click.option(
    "--format", "form", type=click.Choice(list(_FORMS)), default="text", show_default=True,
    help="Lines of text, Markdown for a pull request, or JSON.",
)  # fmt: skip
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", required=False)
def changes_command(root: Path, shelf: Path | None, form: str, old: str, new: str | None) -> None:
    """Show what changed from OLD to NEW.

    Each is an edition, such as 2026.1, or a folder with a curriculum's sources. Without NEW it is the curriculum in
    work. What matters most to a facilitator who printed OLD comes first.
    """
    with reporting_problems("text", writes=False):
        curricula = pipeline.Curricula(root, shelf)
        was, now = (_state(curricula, name) for name in (old, new))
        click.echo(_FORMS[form](pipeline.compare_states(was, now)))


def _state(curricula: pipeline.Curricula, name: str | None) -> Loaded:
    """The sources of an edition, or those in a folder."""
    if name is not None and Path(name).is_dir():
        return pipeline.Curricula(Path(name)).loaded(None)
    return curricula.loaded(name)
