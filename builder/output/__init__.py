"""Output: named bytes become files, and a folder takes another's place, whole or not at all.

In: `Artifact` values and folders. Out: files. Touches: locks, makes, exchanges and removes files and folders, but
removes only what our own list names. No other room imports `filelock`.
"""

from __future__ import annotations

from builder.output.creating import create
from builder.output.differences import MANY, Difference
from builder.output.lists import (
    MANIFEST,
    Artifact,
    entry,
    iter_files,
    parse_json,
    read_json,
    read_manifest,
    write_list,
    write_manifest,
)
from builder.output.places import check_folders, check_ours, check_private, is_within_ours
from builder.output.replacing import Replacement, fill, replacing
from builder.output.swapping import Say, explained, settle, workshop

__all__ = [
    "MANIFEST",
    "MANY",
    "Artifact",
    "Difference",
    "Replacement",
    "Say",
    "check_folders",
    "check_ours",
    "check_private",
    "create",
    "entry",
    "explained",
    "fill",
    "is_within_ours",
    "iter_files",
    "parse_json",
    "read_json",
    "read_manifest",
    "replacing",
    "settle",
    "workshop",
    "write_list",
    "write_manifest",
]
