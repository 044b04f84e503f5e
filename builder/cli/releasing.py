"""The commands of editions: release one, publish all, tell what changed between two.

In: what was wished for on the command line. Out: lines of text. Touches: the terminal; writes by `editions`.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import click

from builder import changes, editions, mkdocs_plugin, output, pipeline
from builder.changes import Changes
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
    sources,
)
from builder.documents import Release
from builder.leaks import Secrets
from builder.loading.curriculum import Loaded
from builder.model.kinds import is_release_date
from builder.pipeline import releases
from builder.problems import Place, Problem, Problems, Stopped, stopping
from builder.sources import git
from builder.sources.git import State


@click.command()
@ROOT
@COHORTS
@PAPER
@EDITIONS
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, show_default="that of the last commit",
    metavar="YYYY-MM-DD", help="The date that the edition bears.",
)  # fmt: skip
@click.option("--notes", default="", metavar="TEXT", help="What readers should know of this edition, in plain words.")
@click.option("--dirty", is_flag=True, help="Release also what no commit holds; the edition then says so.")
@click.argument("name", metavar="EDITION")
def release(  # noqa: PLR0913, PLR0917  one argument for each option
    root: Path,
    cohorts: Path | None,
    paper: Any,
    shelf: Path | None,
    day: dt.datetime | None,
    notes: str,
    dirty: bool,  # noqa: FBT001
    name: str,
) -> None:
    """Freeze everything as EDITION, such as 2026.1.

    Everything is checked first. Then one file is made, which holds the site, its sources and a list of all files. It
    is what `curriculum publish` publishes, and what readers take along. An edition is never made twice.
    """
    with (
        reporting_problems("text") as progress,
        pipeline.veiling(pipeline.known(root, cohorts)),
        pipeline.press() as press,
    ):
        shelf = shelf or root / editions.FOLDER
        _check_shelf(root, cohorts, shelf)
        state = git.state(root, releases.FOLDERS)
        on = day.date() if day else state.date if state else None
        curricula = pipeline.Curricula(root, shelf)
        problems = _in_the_way(shelf, name, on, state, dirty=dirty)
        before = None if editions.problem_with_name(name) else releases.before(shelf, name)
        if stopping(found := [*problems, *_checked(curricula, cohorts, before)]) or on is None:
            raise Stopped(sorted(found))
        built = curricula.as_edition(new := _release(curricula, name, on, notes, before))
        secrets = _secrets(root, cohorts, new.notes)
        with editions.room(shelf, say) as work, output.explained(target := shelf / f"{name}{editions.SUFFIX}", work):
            mkdocs_plugin.build_site(built, None, work / "site", target, paper, press, progress, lambda: None)
            files = dict(output.iter_files(work / "site")) | releases.sources(root)
            manifest = releases.manifest(new, built.loaded.curriculum.settings.title, state)
            files_of = (*files.items(), (editions.MANIFEST, editions.manifest_of(manifest, files)))
            pipeline.check_public(secrets, files_of, target)
            size = editions.pack(work, target, manifest, files)
        made = f"{target} ({count(len(files) + 1, 'file')}, {size / 1e6:.1f} MB){and_notices(len(found))}"
        click.echo(f"Edition {name} of {on} is in {made}. {pipeline.searched(root, cohorts)}")


def _check_shelf(root: Path, cohorts: Path | None, shelf: Path) -> None:
    others = {"the site": root / "site", "packets": root / "packets"}
    output.check_folders(sources(root, cohorts) | others, {"editions": shelf})


def _release(curricula: pipeline.Curricula, name: str, on: dt.date, notes: str, before: str | None) -> Release:
    address = curricula.loaded(None).curriculum.settings.address
    return Release(name=name, date=on, notes=notes.strip(), root=address, before=before)


def _secrets(root: Path, cohorts: Path | None, notes: str) -> Secrets | None:
    """What an edition may not hold; raise `Stopped` before any work if its notes do."""
    found = pipeline.secrets(root, cohorts)
    pipeline.check_public(found, [("--notes", notes.encode())], Path())
    return found


def _in_the_way(shelf: Path, name: str, on: dt.date | None, state: State | None, *, dirty: bool) -> Problems:
    """What keeps an edition from being released as it was asked for."""
    problems = Problems()
    why = editions.why_not_new(shelf, name)
    if why is not None:
        problems.add(Place((shelf / f"{name}{editions.SUFFIX}").as_posix()), why)
    if on is None:
        problems.add(Place("."), "no commit tells the date of this edition (give it, such as --date 2027-01-31)")
    elif not is_release_date(on):
        problems.add(Place("."), f"an edition cannot bear the date {on} (from 1980 to 2105; give one with --date)")
    for path in state.changed if state and not dirty else ():
        problems.add(Place(path), "differs from the last commit (commit it, or release it as it is with --dirty)")
    for path in releases.published(state.ignored) if state and not dirty else ():
        hint = "move it out of the sources, commit it with: git add --force, or release it as it is with --dirty"
        problems.add(Place(path), f"is in no commit, because git ignores it, and would be in the edition ({hint})")
    return problems


def _checked(curricula: pipeline.Curricula, cohorts: Path | None, before: str | None) -> tuple[Problem, ...]:
    """All that is to be told of sources and cohorts, problems or not."""
    try:
        return pipeline.check(curricula, cohorts, before, mkdocs_plugin.refused)
    except Stopped as stopped:
        return stopped.problems


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

    It is made of the archives alone, which are searched first for what only a cohort may hold. Readers meet what was
    there until the new folder is whole. What others have put there, such as a CNAME, stays.
    """
    with reporting_problems("text"):
        shelf, public = shelf or root / editions.FOLDER, target or root / "public"
        others = sources(root, cohorts) | {"the site": root / "site", "packets": root / "packets", "editions": shelf}
        output.check_folders(others, {"the published site": public})
        secrets = pipeline.secrets(root, cohorts)
        with pipeline.veiling(secrets):
            found = editions.read_shelf(shelf)
            pipeline.check_editions(secrets, found, shelf)
            done = editions.publish(found, public, say, replace_edited=replace_edited)
        latest = f"; the latest is {done.latest}" if done.latest else "; none of them is the latest"
        files = f"Files: {done.files}, written: {done.written}."
        click.echo(f"{count(done.editions, 'edition')} in {public}{latest}. {files} {pipeline.searched(root, cohorts)}")


def _as_json(told: Changes) -> str:
    return json.dumps(changes.record(told), ensure_ascii=False, indent=1)


_FORMS = {"text": changes.text, "markdown": changes.markdown, "json": _as_json}


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
    """Tell what changed from OLD to NEW.

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
