"""Attachments: files that readers download, such as a data set or slides, judged by their names and by their contents.

In: the name and the bytes of a file. Out: what is wrong with it. Touches nothing.

A name must end in one of `KINDS`, and the contents must be of that kind and run nothing when they are opened.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping

from builder.sources import pdfs
from builder.sources.attachments import archives, papers, tables
from builder.sources.attachments.faults import Fault

__all__ = ["FOLDER", "KINDS", "REMEDY", "Fault", "faults_of_attachment", "is_attachment", "kind_of"]

FOLDER = "files"
"""The name of the folder, beside a module's reading or beside pages, in which attachments are."""

REMEDY = "offer a smaller file, or link to where it is kept"
"""How to make an attachment smaller."""


def _pdf(data: bytes) -> Iterator[Fault]:
    if not data.startswith(b"%PDF-"):
        yield Fault("not a PDF (export it again)")
        return
    yield from map(Fault, pdfs.faults(data))


_JUDGES: Mapping[str, Callable[[bytes], Iterator[Fault]]] = {
    ".csv": tables.faults,
    ".docx": papers.of_word,
    ".pdf": _pdf,
    ".pptx": papers.of_slides,
    ".zip": lambda data: archives.faults(data, faults_of_attachment),
}

KINDS = frozenset(_JUDGES)
"""How the names of attachments end, in small letters."""


def is_attachment(path: str) -> bool:
    """Whether a path is in a folder of attachments and has the suffix of one."""
    return FOLDER in path.split("/")[:-1] and kind_of(path) in KINDS


def kind_of(path: str) -> str:
    """How a name ends, in small letters."""
    return posixpath.splitext(path)[1].lower()


def faults_of_attachment(path: str, data: bytes) -> Iterator[Fault]:
    """Find what is wrong with an attachment, with the line where a text has one."""
    if not data:
        yield Fault("empty file (put the real one here, or delete it)")
    else:
        yield from _JUDGES[kind_of(path)](data)
