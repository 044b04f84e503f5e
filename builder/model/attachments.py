"""Files that readers download. Touches nothing."""

from __future__ import annotations

from pathlib import PurePosixPath

from builder.model.kinds import record


@record
class Attachment:
    """A file that readers download: its path in the site's tree, its bytes, and their SHA-256."""

    path: str
    size: int
    digest: str

    @property
    def label(self) -> str:
        """What readers see behind the words of a link to it, such as CSV, 12 KB."""
        return f"{PurePosixPath(self.path).suffix[1:].upper()}, {file_size(self.size)}"


def file_size(size: int) -> str:
    """A number of bytes for readers, such as 12 KB or 1.4 MB."""
    return f"{max(1, round(size / 1000))} KB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"
