"""Editions: a released state of the curriculum as one file, and all of them together as what a host serves.

In: named bytes, archives, a folder. Out: archives, a published folder. Touches: reads and writes both.
"""

from __future__ import annotations

from builder.editions.archives import (
    FORMATS,
    MANIFEST,
    SOURCES,
    SUFFIX,
    Archive,
    Manifest,
    manifest_of,
    open_archive,
    pack,
)
from builder.editions.names import fault, is_preview, order
from builder.editions.publishing import Outcome, publish
from builder.editions.shelf import FOLDER, WITHDRAWN, Shelf, find, listed, read, taken
from builder.editions.unpacking import unpacked, workspace

__all__ = [
    "FOLDER",
    "FORMATS",
    "MANIFEST",
    "SOURCES",
    "SUFFIX",
    "WITHDRAWN",
    "Archive",
    "Manifest",
    "Outcome",
    "Shelf",
    "fault",
    "find",
    "is_preview",
    "listed",
    "manifest_of",
    "open_archive",
    "order",
    "pack",
    "publish",
    "read",
    "taken",
    "unpacked",
    "workspace",
]
