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
    def kind(self) -> str:
        """What kind of file it is, such as CSV, by the ending of its name."""
        return PurePosixPath(self.path).suffix[1:].upper()
