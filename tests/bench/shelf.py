"""One edition more: what it costs to publish when few or many are published already.

Ours is `curriculum publish` after one archive was added. The floor is what cannot be spared: every archive and every
published file is read once and its SHA-256 taken, and the new edition is unpacked by Python's own zipfile.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import measuring, projects
from bench.measuring import OURS, Cost, Row
from builder import editions
from builder.editions import Manifest

FEW, MANY = 10, 200

_FLOOR = """
import hashlib, pathlib, sys, zipfile
for folder in sys.argv[2:]:
    for path in pathlib.Path(folder).rglob("*"):
        if path.is_file():
            hashlib.sha256(path.read_bytes())
zipfile.ZipFile(sys.argv[1]).extractall("unpacked")
"""


def measure(scratch: Path, rounds: int) -> Iterator[Row]:
    """Publish one more edition so many times beside ten and beside two hundred."""
    files = _real(scratch)
    few, _ = _costs(scratch / "few", files, FEW, rounds)
    many, floor = _costs(scratch / "many", files, MANY, rounds)
    note = f"an edition of {len(files)} files, {sum(map(len, files.values())) / 1e6:.0f} MB unpacked"
    yield _row(f"One edition more, beside {MANY} and beside {FEW}", many, few, note)
    yield _row(f"One edition more beside {MANY}, against reading all and unpacking one", many, floor, note)


def _real(scratch: Path) -> dict[str, bytes]:
    """The files of a real edition of this curriculum."""
    root = projects.copied(scratch / "shelf")
    measuring.run([*OURS, "release", "--root", str(root), "--date", "2026-01-01", "1.0"], root)
    archive = editions.open_archive(root / "editions/1.0.zip")
    with archive.opened() as opened:
        return {path: opened.data(path) for path in archive.manifest.files}


def _costs(folder: Path, files: dict[str, bytes], number: int, rounds: int) -> tuple[Cost, Cost]:
    for at in range(number):
        _shelve(folder / "editions", f"{1800 + at}.1", files)
    command = [
        *OURS,
        "publish",
        "--root",
        str(folder),
        "--editions",
        str(folder / "editions"),
        "--to",
        str(folder / "public"),
    ]
    measuring.run(command, measuring.ROOT)
    ours, floor = [], []
    for at in range(rounds):
        name = f"{2100 + at}.1"
        _shelve(folder / "editions", name, files)
        ours.append(measuring.run(command, measuring.ROOT))
        new = folder / "editions" / f"{name}.zip"
        floor.append(
            measuring.run(
                [sys.executable, "-c", _FLOOR, str(new), str(folder / "editions"), str(folder / "public")], folder
            )
        )
        measuring.tell(f"    {number} editions and one more: {ours[-1].wall:.2f} s, floor {floor[-1].wall:.2f} s")
    return measuring.best(ours), measuring.best(floor)


def _shelve(folder: Path, name: str, files: dict[str, bytes]) -> None:
    """Pack an edition in which every page, but no print and no font, is another one."""
    own = {
        path: data.replace(b"</body>", f"<!-- {name} --></body>".encode()) if path.endswith(".html") else data
        for path, data in files.items()
    }
    manifest = Manifest(format=1, name=name, date=dt.date(2026, 1, 1), title="A curriculum", tools={}, files={})
    editions.pack(folder / f"{name}.zip", manifest, own)


def _row(what: str, ours: Cost, other: Cost, note: str) -> Row:
    return Row("e", what, f"{ours.wall:.2f} s", f"{other.wall:.2f} s", ours.wall / other.wall, None, note=note)
