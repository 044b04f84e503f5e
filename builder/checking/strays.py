"""Files that nobody would read, most often a slip in a name.

In: a reader, and what has been asked of it. Out: problems. Touches: lists files, by `sources`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Set

from builder.model.pages import SETTINGS, SOURCES
from builder.problems import Place, Problems, nearest
from builder.sources import attachments, leftovers
from builder.sources.files import Reader

_UNOFFERED = f"a kind of file that is not offered ({', '.join(sorted(attachments.KINDS))})"


def report_strays(
    reader: Reader, asked: Set[str], ids: tuple[str, ...], apart: tuple[str, ...], problems: Problems
) -> None:
    """Report files that nothing reads.

    Args:
        reader: Lists the files.
        asked: The paths that were read.
        ids: The modules that are in the order.
        apart: Beginnings of paths under `docs/` that are not for the site.
        problems: Takes the problems.
    """
    for path in _unasked(reader, "docs", asked):
        if not path.startswith((*apart, "docs/assets/")):
            problems.add(Place(path), _of_a_page(path))
    for path in reader.files("docs", frozenset({".md"})):
        if fault := _taken(path.removeprefix("docs/").lower()):
            problems.add(Place(path), fault)
    reported = set(ids)  # of a folder that is not listed, only the first file is reported
    for path in _unasked(reader, "modules", asked):
        module, inside, rest = path.removeprefix("modules/").partition("/")
        if not inside or module in ids:
            problems.add(Place(path), _meant(posixpath.basename(path), rest, inside=bool(inside)))
        elif module not in reported:
            reported.add(module)
            message = f"module {module!r} is not in the order of modules (add it to modules in {SETTINGS})"
            problems.add(Place(path), message)


def report_leftovers(reader: Reader, folders: Collection[str], apart: tuple[str, ...], problems: Problems) -> None:
    """Report what looks like a leftover in some folders, except in those that are `apart`."""
    for folder in folders:
        for path, what in leftovers.found(reader.files(folder, None), folder).items():
            if not path.startswith(apart):
                problems.add(Place(reader.name(path)), leftovers.message(what))


def _unasked(reader: Reader, folder: str, asked: Set[str]) -> Iterator[str]:
    """Files that were not read; leftovers are reported elsewhere."""
    left = tuple(leftovers.found(reader.files(folder, None), folder))
    for path in reader.files(folder, None):
        is_left = any(path == each or path.startswith(f"{each}/") for each in left)
        if path not in asked and not is_left:
            yield path


def _taken(page: str) -> str | None:
    """Why a page cannot have this name: hosts give it a meaning, or the program makes one there."""
    if posixpath.basename(page) == "readme.md":
        return "a page named README would take the place of an index (choose another name)"
    if page.startswith(("sources/", "search/")):
        return f"the folder {page.partition('/')[0]!r} is made by the program (choose another name)"
    return "404 is the page for addresses that lead nowhere (choose another name)" if page == "404.md" else None


def _of_a_page(path: str) -> str:
    if attachments.kind_of(path) in attachments.KINDS:
        return f"a file to download belongs in a folder named {attachments.FOLDER} (move it there)"
    if f"/{attachments.FOLDER}/" in path:
        return _UNOFFERED
    return "unknown file (a page ends in .md; an image is SVG, PNG or JPEG)"


def _meant(base: str, rest: str, *, inside: bool) -> str:
    if rest.startswith("images/"):
        return "unknown kind of image (SVG, PNG or JPEG)"
    if rest.startswith("handouts/"):
        return "unknown kind of handout (Markdown, in a file that ends in .md)"
    if rest.startswith(f"{attachments.FOLDER}/"):
        return _UNOFFERED
    if inside and attachments.kind_of(base) in attachments.KINDS:
        return f"a file to download belongs in {attachments.FOLDER}/ beside the reading (move it there)"
    known = ("module.yml", "reading.md") if inside else [path.removeprefix("modules/") for path in SOURCES]
    return f"unknown file ({nearest(base, known)})"
