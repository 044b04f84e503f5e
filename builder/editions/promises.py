"""What was published before, and must not be lost or change.

In: a published folder, a `Shelf`. Out: problems, raised; what an older version of this program wrote there. Touches:
reads the folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from builder import output
from builder.editions import names
from builder.editions.archives import MANIFEST, SUFFIX
from builder.editions.shelf import FOLDER, Shelf
from builder.problems import Place, Problem, Stopped

VERSIONS = "versions.json"
CATALOGUE = f"{FOLDER}/editions.json"
FORMAT = 1
LATEST = "latest"


def keep_promises(shelf: Shelf, target: Path) -> tuple[str, ...]:
    """Refuse a folder that is not ours, and a publishing that would lose or change an edition.

    Returns:
        The names of the editions that were published there.

    Raises:
        Stopped: The folder is not ours, or an edition would be lost or be another one.
    """
    problems = []
    before = _before(target)
    for name, sha256 in before.items():
        archive = shelf.archive(name)
        place = Place((target / CATALOGUE).as_posix())
        if name not in shelf.names:
            why = f"put {name}{SUFFIX} back into {FOLDER}/, or say in {FOLDER}/{name}.withdrawn.txt why it is gone"
            problems.append(Problem(place, f"edition {name} was published, and there is no archive of it ({why})"))
        elif archive and sha256 and archive.sha256 != sha256:
            why = "an edition stays as it was; release what is new under a new name"
            problems.append(Problem(Place(str(archive.path)), f"is not the {name} that was published ({why})"))
    if problems:
        raise Stopped(problems)
    return tuple(before)


def known(shelf: Shelf, target: Path, before: Iterable[str], items: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What is ours in a published folder, by its list; without a list, what an older version may have written.

    Without a list, only files that are in archives have checksums.
    """
    if (target / output.MANIFEST).exists():
        return output.read_manifest(target)
    return {path: {} for path in (*items, "sitemap.xml")} | dict(_unlisted(shelf, target, before))


def _unlisted(shelf: Shelf, target: Path, before: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in before:
        archive = shelf.archive(name)
        sums = archive.manifest.files if archive else {}
        for path in (*(sums or _files(target / name / MANIFEST)), MANIFEST):
            yield f"{name}/{path}", {"sha256": sums[path]} if path in sums else {}
            yield f"{LATEST}/{path}", {}
        yield f"{FOLDER}/{name}{SUFFIX}", {}


def _files(listing: Path) -> tuple[str, ...]:
    try:
        return tuple(map(str, _json(listing)["files"]))
    except (Stopped, OSError, KeyError, TypeError):
        return ()


def _before(target: Path) -> dict[str, str | None]:
    """The editions in a folder, with the checksums of their archives. Raises `Stopped` if it is not ours."""
    if not target.is_dir() or not any(target.iterdir()):
        return {}
    if not (target / VERSIONS).is_file() or not (target / CATALOGUE).is_file():
        raise Stopped.at(
            str(target), f"has files that we did not publish (no {CATALOGUE} of ours; choose a new folder)"
        )
    versions, catalogue = (_json(target / name) for name in (VERSIONS, CATALOGUE))
    try:
        served = [each["version"] for each in versions]
        published = {each["name"]: each["sha256"] for each in catalogue["editions"]}
        offered = [each["name"] for each in catalogue["editions"] if each["withdrawn"] is None]
        agree = catalogue["format"] == FORMAT and isinstance(versions, list) and served == offered
        ours = agree and not any(map(_fault, published.items()))
    except (KeyError, TypeError, AttributeError):
        ours = False
    if not ours:
        why = f"not ours, or changed by another program: {VERSIONS} and {CATALOGUE} do not agree (choose a new folder)"
        raise Stopped.at(str(target / VERSIONS), why)
    return published


def _fault(published: tuple[Any, Any]) -> bool:
    """Whether an entry in a folder's list is not ours: other programs may have written it."""
    name, sha256 = published
    return not isinstance(name, str) or names.problem_with_name(name) is not None or not isinstance(sha256, str | None)


def _json(path: Path) -> Any:
    try:
        return output.read_json(path)
    except json.JSONDecodeError as error:
        place = Place(str(path), error.lineno, error.colno)
        raise Stopped([Problem(place, "cannot be read as JSON (choose a new folder, or fix it)")]) from None
    except ValueError:
        raise Stopped.at(str(path), "cannot be read as JSON (choose a new folder, or fix it)") from None
