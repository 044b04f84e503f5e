"""What a run has changed in the folder of a cohort, in words: what to send or print again, and what is gone.

In: a `Difference`. Out: lines of text. Touches nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping

from builder.cli.reporting import count
from builder.output import MANY, Difference
from builder.sources import pdfs


def pages(path: str, old: bytes, new: bytes) -> str:
    """Name the pages of a PDF that look different; nothing for other files."""
    if not path.endswith(".pdf"):
        return ""
    try:
        numbers = pdfs.differing_pages(old, new)
    except pdfs.Unreadable:
        return ""
    if not numbers:
        return "no page looks different"
    runs = [*_runs(numbers)]
    if len(runs) > MANY:
        return count(len(numbers), "page")
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(runs)}"


def report(different: Mapping[str, Difference], made: str) -> str:
    """List what is new, changed and removed in the folder of each cohort; the last line says what was `made`.

    A first run only gets that line, because everything is new.
    """
    changed = [line for cohort, difference in different.items() for line in _lines(cohort, difference)]
    if changed or any(difference.is_first for difference in different.values()):
        return "\n".join([*changed, made])
    return f"{made} Nothing has changed."


def _lines(cohort: str, difference: Difference) -> Iterator[str]:
    for what, paths in (("new", difference.new), ("changed", difference.changed), ("removed", difference.removed)):
        if paths and not difference.is_first:
            shown = [_shown(path, difference) for path in paths] if len(paths) <= MANY else [*_folders(paths)]
            yield f"{what}: {', '.join(f'{cohort}/{each}' for each in shown)}"


def _shown(path: str, difference: Difference) -> str:
    note = difference.notes.get(path)
    return f"{path} ({note})" if note else path


def _folders(paths: Iterable[str]) -> Iterator[str]:
    """The folders of teams with the number of their files, and each file that is in none."""
    for folder, each in itertools.groupby(paths, lambda path: path.rpartition("/")[0].partition("/")[0]):
        files = [*each]
        yield from (f"{folder}/ ({count(len(files), 'file')})",) if folder else files


def _runs(numbers: Iterable[int]) -> Iterator[str]:
    """Numbers that follow each other as from one to another, such as `2`, `25-28`."""
    for _, run in itertools.groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        first, *_, last = (number for _, number in (*run,) * 2)
        yield str(first) if first == last else f"{first}-{last}"
