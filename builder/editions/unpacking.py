"""The sources of an edition, unpacked for a moment.

In: an archive. Out: a folder that is gone afterward. Touches: writes into the system's folder for temporary files.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from builder.editions.archives import SOURCES, Archive


@contextlib.contextmanager
def unpacked(archive: Archive) -> Iterator[Path]:
    """Unpack the sources of an edition into a temporary folder, which is removed at the end of the context.

    Raises:
        Stopped: The archive has changed since it was opened, or is damaged.
    """
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
