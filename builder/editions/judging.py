"""What is published is parsed before it is put in place: our own pages, and those of a new edition.

In: files in a folder, and where each is from. Out: `Stopped` if one has parts that we do not make. Touches: reads.

An edition that was published before is not judged again: it stays as it was. One that an older version of this program
made may have the scripts that were in its pages then, and need not have a policy.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from builder import documents, markup
from builder.editions.archives import SOURCES, Archive
from builder.problems import Place, Problems

_RUN = (".html", ".htm", ".svg")
"""Suffixes of an edition's sources, which are served too, that a browser could run; the rest are texts and photos."""

_OLDER = markup.ScriptsOfEditions(documents.SCRIPTS)


def judge(folder: Path, files: Iterable[tuple[str, Archive | None, str]]) -> None:
    """Stop if files in a folder have parts that we do not make.

    Args:
        folder: The folder.
        files: Each file's path there, with the archive that it is from and its name in it, or None for one of ours.

    Raises:
        Stopped: With all such parts of all files.
    """
    problems = Problems()
    for path, archive, member in files:
        if archive is None:
            faults = markup.faults_of_file(path, _data(folder, path, path), documents.SCRIPTS, documents.POLICIES)
            place, why = Place(path), "we make no such"
        elif member and (not member.startswith(SOURCES) or member.lower().endswith(_RUN)):
            faults = markup.faults_of_file(member, _data(folder, path, member), _OLDER)
            place, why = Place(str(archive.path)), f"{member} is not as this program makes it; withdraw the edition"
        else:
            continue
        for fault in faults:
            problems.add(place, f"{fault.what} ({why})")
    problems.stop_if_any()


def _data(folder: Path, path: str, name: str) -> bytes:
    """A file's bytes if it is to be parsed, up to one more than allowed; otherwise nothing."""
    if not markup.is_parsed(name):
        return b""
    with (folder / path).open("rb") as file:
        return file.read(min((folder / path).stat().st_size, markup.LARGEST + 1))
