"""The floor of print: nothing but the typesetter, called on captured inputs by a plain pool of processes.

Run as a program: `bare.py INPUTS FOLDER WORKERS`. It knows nothing of the builder, so that its workers start bare too.
"""

from __future__ import annotations

import multiprocessing
import pickle
import sys
from pathlib import Path
from typing import Any

import typst

_here: dict[str, Any] = {}


def take(inputs: str, folder: str) -> None:
    """Give a new worker the inputs, once."""
    recorded = pickle.loads(Path(inputs).read_bytes())
    fonts = typst.Fonts(**recorded["fonts"])
    _here.update(jobs=recorded["jobs"], fonts=fonts, folder=Path(folder))


def compile_one(number: int) -> int:
    """Make one PDF and write it, or answer one question."""
    files, options, question = _here["jobs"][number]
    if question:  # on which page something stands
        return len(typst.query(files, question, font_paths=_here["fonts"], **options))
    data = typst.compile(files, font_paths=_here["fonts"], **options)
    (_here["folder"] / f"{number}.pdf").write_bytes(data)
    return len(data)


def main(inputs: str, folder: str, workers: str) -> None:
    """Make every PDF in so many processes."""
    count = len(pickle.loads(Path(inputs).read_bytes())["jobs"])
    Path(folder).mkdir(parents=True, exist_ok=True)
    with multiprocessing.get_context("spawn").Pool(int(workers), take, (inputs, folder)) as pool:
        for _ in pool.imap(compile_one, range(count)):
            pass


if __name__ == "__main__":
    main(*sys.argv[1:])
