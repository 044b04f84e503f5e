"""The sources of an edition, laid out for a moment as they were.

In: an archive. Out: a folder that is gone afterward. Touches: writes into the system's folder for such things.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from builder.editions.archives import SOURCES, Archive


@contextlib.contextmanager
def unpacked(archive: Archive) -> Iterator[Path]:
    """The root folder that an edition was made from."""
    with (
        tempfile.TemporaryDirectory(prefix="curriculum-", ignore_cleanup_errors=True) as folder,
        archive.opened() as contents,
    ):
        root = Path(folder).resolve()
        for path in archive.manifest.files:
            if path.startswith(SOURCES):
                target = root / path.removeprefix(SOURCES)
                target.parent.mkdir(parents=True, exist_ok=True)
                contents.copy(path, target)
        yield root
