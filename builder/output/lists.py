"""What a folder of ours contains: files to write, and the list that distinguishes our files from those of others.

In: named bytes, folders. Out: lists. Touches: reads folders, writes the list.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.problems import Stopped

MANIFEST = "manifest.json"

_LARGEST = 100_000_000
"""Bytes of a list. That of twenty editions takes less than one million."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to write: its path under the output folder with `/`, its bytes, and the sources it was made from."""

    path: str
    data: bytes
    sources: tuple[str, ...] = ()


def entry(data: bytes, sources: tuple[str, ...] = ()) -> dict[str, Any]:
    """A list's entry for one file: its checksum and its sources."""
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "sources": list(sources)}


def write_list(folder: Path, entries: Mapping[str, Any]) -> None:
    """Write the list of our files in a folder, by path."""
    record = {"format": 1, "artifacts": {name: entries[name] for name in sorted(entries)}}
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    (folder / MANIFEST).write_bytes(text.encode(errors="surrogatepass"))  # as a name that is no text is read again


def write_manifest(folder: Path, sources: Mapping[str, tuple[str, ...]]) -> None:
    """List every file in a folder that MkDocs has just filled.

    Names at the top that begin with a dot are left out: MkDocs makes none, and leaves those of others in place.

    Args:
        folder: The folder.
        sources: The sources of files, as far as they are known, by the file's path there.
    """
    files = {name: data for name, data in iter_files(folder) if not name.startswith(".") and name != MANIFEST}
    write_list(folder, {name: entry(data, sources.get(name, ())) for name, data in files.items()})


def iter_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder, hidden ones too, sorted: its path there with `/`, and its bytes."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def read_manifest(folder: Path) -> dict[str, dict[str, Any]]:
    """Read a folder's list: an entry for each path; nothing if there is no list.

    Raises:
        Stopped: The list cannot be read.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        return _entries(read_json(path))
    except (ValueError, KeyError, TypeError) as error:
        raise Stopped.at(str(path), "not a manifest of ours (move it away; nothing was written)") from error


def _entries(record: Any) -> dict[str, dict[str, Any]]:
    entries = dict(record["artifacts"])
    if not all(isinstance(each, dict) and isinstance(each.get("sha256", ""), str) for each in entries.values()):
        raise ValueError(record)
    return entries


def read_json(path: Path) -> Any:
    """Read a JSON file that anyone may have written.

    Raises:
        ValueError: The file is too large, or no JSON.
    """
    if path.stat().st_size > _LARGEST:
        raise ValueError(path)
    return parse_json(path.read_bytes())


def parse_json(data: bytes) -> Any:
    """Parse JSON that anyone may have written.

    Raises:
        ValueError: The data is no JSON, or nested too deeply.
    """
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError("lists within lists, too many to be read") from None
