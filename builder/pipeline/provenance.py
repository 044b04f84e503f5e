"""Which program this is: its version, and a checksum of its own files, which every change to one of them changes.

In: nothing. Out: words for archives and for people. Touches nothing but our own package data.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
from collections.abc import Iterator
from importlib.resources.abc import Traversable

from builder import VERSION

NAME = "mortals-into-mentors"

SUFFIXES = (
    ".py", ".typ", ".ttf", ".otf", ".woff2", ".j2", ".csl", ".html", ".css", ".js", ".svg", ".yml", ".toml", ".txt",
    ".md",
)  # fmt: skip
"""Suffixes of the program's files; editors and caches leave others beside them."""


@functools.cache
def version() -> str:
    """The version and, as its local part (PEP 440), the beginning of the checksum: `0.2.0+3f9c1b2a4d5e`.

    It needs neither git nor an installed package, so that a clone, an archive of one and a wheel give the same.
    """
    return f"{VERSION}+{checksum(importlib.resources.files('builder'))[:12]}"


def checksum(package: Traversable) -> str:
    """The SHA-256 of a package's files with their paths."""
    made = hashlib.sha256()
    for path, file in sorted(_files(package, ""), key=lambda one: one[0]):
        made.update(f"{path}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return made.hexdigest()


def _files(folder: Traversable, above: str) -> Iterator[tuple[str, Traversable]]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _files(each, f"{above}{each.name}/")
        elif each.name.endswith(SUFFIXES) and not each.name.startswith("."):
            yield f"{above}{each.name}", each
