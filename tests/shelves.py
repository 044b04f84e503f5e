"""Editions for tests, made by the program's own packing but of a few small files, so that there can be many."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

from conftest import ROOT

from builder import editions
from builder.editions import Manifest

PAGE = "<!doctype html><html lang=en><title>{0}</title><h1>{0}</h1>"
SEALED = 71  # bytes at the end of an archive: `sha256:` and 64 digits


def contents(name: str, more: int = 0) -> dict[str, bytes]:
    """The files of a small edition: some pages, a PDF's place, a source."""
    pages = {f"modules/m{at}/index.html": PAGE.format(f"{name}, page {at}").encode() for at in range(more)}
    return {
        "index.html": PAGE.format(name).encode(),
        "404.html": b"lost",
        "about.html": PAGE.format("about").encode(),
        "modules/one/guide.pdf": b"%PDF " + name.encode(),
        "edition/modules/curriculum.yml": b"title: x\n",
        **pages,
    }


def shelve(
    folder: Path, name: str, files: Mapping[str, bytes] | None = None, *, root: str | None = None, language: str = "en"
) -> Path:
    """Put an edition into a folder."""
    manifest = Manifest(
        format=1, name=name, date=dt.date(2026, 11, 24), title="A curriculum", notes=f"Notes on {name}.", root=root,
        language=language, tools={"none": "0"}, files={},
    )  # fmt: skip
    target = folder / f"{name}.zip"
    with editions.room(folder, lambda _: None) as room:
        editions.pack(room, target, manifest, contents(name) if files is None else files)
    return target


def forged(
    path: Path,
    name: str,
    entries: Mapping[zipfile.ZipInfo | str, bytes],
    listed: Mapping[str, bytes],
    more: Mapping[str, object] | None = None,
) -> Path:
    """Write an archive by hand, with whatever entries and manifest, and seal it rightly."""
    manifest = {
        "format": 1, "name": name, "date": "2026-11-24", "title": "x", "notes": "", "before": None, "root": None,
        "commit": None, "dirty": False, "tools": {},
        "files": {each: hashlib.sha256(data).hexdigest() for each, data in listed.items()},
        **(more or {}),
    }  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(f"{name}/edition.json", json.dumps(manifest))
        for entry, data in entries.items():
            packed.writestr(entry, data)
        packed.comment = b"sha256:" + bytes(64)
    return seal(path)


def seal(path: Path) -> Path:
    """Write the checksum at the end of an archive anew, as whoever wants to deceive would."""
    body = path.read_bytes()[:-SEALED]
    path.write_bytes(body + b"sha256:" + hashlib.sha256(body).hexdigest().encode())
    return path


def publisher(folder: Path, target: Path) -> subprocess.Popen[str]:
    """Another process that is ready to publish, and begins when it is sent a line."""
    code = (
        "import sys; from pathlib import Path; from builder import editions; from builder.problems import Stopped\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        f"try: editions.publish(editions.read_shelf(Path({str(folder)!r})), Path({str(target)!r}))\n"
        "except Stopped as stopped: sys.exit(str(stopped))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, encoding="utf-8",
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    """Let a publisher begin."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
