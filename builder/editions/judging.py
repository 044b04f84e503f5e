"""What is published is parsed before it is put in place: pages of ours, and those of an edition when it comes out.

In: files that were laid out, and where each is from. Out: `Stopped` if one holds what we do not make. Touches: reads.

An edition that was published before is not judged again: it stays as it was. One that an older version of this program
made may hold the scripts that were in its pages then, and need not have a policy.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from builder import documents, markup
from builder.editions.archives import SOURCES, Archive
from builder.problems import Place, Problems

_RUN = (".html", ".htm", ".svg")
"""What of an edition's sources, which are served with it, a browser could run; the rest are texts and photos."""

_OLDER = markup.ScriptsOfEditions(documents.SCRIPTS)


def judge(folder: Path, files: Iterable[tuple[str, Archive | None, str]]) -> None:
    """Raise `Stopped` if files that lie in a folder hold what we do not make.

    Each comes by its path there, with the archive and the name in it that it is of, or with None for one of ours.
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
    """A file's bytes if it is to be parsed, but only so many that it is seen to be too large; else none."""
    if not markup.is_parsed(name):
        return b""
    with (folder / path).open("rb") as file:
        return file.read(min((folder / path).stat().st_size, markup.LARGEST + 1))
