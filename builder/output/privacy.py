"""Private folders: modes of files and folders, and a file that makes git ignore them.

In: folders of ours. Out: nothing. Touches: their modes, and one small file in each.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

IGNORE = ".gitignore"


def make_private(folder: Path) -> None:
    """Let only the owner read a folder and its contents, where the system has modes; links are not followed."""
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o700 if path.is_dir() else 0o600)


def keep_from_git(folder: Path) -> None:
    """Make git ignore a folder, whatever repository it is in."""
    (folder / IGNORE).write_text("*\n", encoding="utf-8")


def hide(folder: Path) -> None:
    """Make a folder of private folders private too."""
    with contextlib.suppress(OSError):  # it may belong to another user, who lets us write in it
        keep_from_git(folder)
        folder.chmod(0o700)
