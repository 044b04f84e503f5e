"""Editions: a released state of the curriculum as one file, and all of them together as a host serves them.

In: named bytes, archives, a folder. Out: archives, a published folder. Touches: reads and writes both.
"""

from __future__ import annotations

from builder.editions.archives import FORMATS, MANIFEST, SOURCES, SUFFIX, Archive, Manifest, open_archive
from builder.editions.names import is_preview, order, problem_with_name
from builder.editions.packing import manifest_of, pack, room
from builder.editions.publishing import Outcome, publish
from builder.editions.shelf import FOLDER, WITHDRAWN, Shelf, edition_names, find_edition, read_shelf, why_not_new
from builder.editions.unpacking import unpacked

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
    "edition_names",
    "find_edition",
    "is_preview",
    "manifest_of",
    "open_archive",
    "order",
    "pack",
    "problem_with_name",
    "publish",
    "read_shelf",
    "room",
    "unpacked",
    "why_not_new",
]
