"""Where output may go: not over sources or other output, not over files of others, and packets not into a website.

In: folders. Out: problems, raised. Touches: looks at folders.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from builder.output.lists import MANIFEST, read_manifest
from builder.problems import Stopped

_OF_WEBSITES = (
    "index.html", "index.htm", "index.php", "default.htm", "default.html", ".htaccess", ".well-known", "CNAME",
    ".nojekyll", "robots.txt", "web.config",
)  # fmt: skip
"""Files that are only in folders that a web server serves."""

_SERVED = frozenset(["htdocs", "html_public", "public_html", "wwwroot"])
"""Names of such folders."""


def check_folders(inputs: Mapping[str, Path], outputs: Mapping[str, Path]) -> None:
    """Check that no output folder contains a source folder or another output, and none is in one.

    Args:
        inputs: Folders that are read, by their names in messages.
        outputs: Folders that are written, by their names in messages.

    Raises:
        Stopped: Two folders overlap, or an output folder is a file.
    """
    for name, output in outputs.items():
        for other, folder in [*inputs.items(), *((key, path) for key, path in outputs.items() if key != name)]:
            a, b = _on_any_disk(output), _on_any_disk(folder)
            if a == b or a.is_relative_to(b) or b.is_relative_to(a):
                message = f"the folder for {name} and {other} ({folder}) overlap (choose folders side by side)"
                raise Stopped.at(str(output), message)
        if output.exists() and not output.is_dir():
            raise Stopped.at(str(output), f"the folder for {name} is a file (choose another name)")


def _on_any_disk(folder: Path) -> PurePosixPath:
    """A folder's path with links followed, as disks see it that ignore capitals."""
    try:
        path = folder.resolve()
    except (OSError, RuntimeError) as error:  # which of them depends on the version of Python
        raise Stopped.at(str(folder), "a link to itself (remove it)") from error
    return PurePosixPath(unicodedata.normalize("NFC", path.as_posix()).casefold())


def check_ours(folder: Path, sign: str) -> None:
    """Check that a folder is empty or ours.

    Args:
        folder: The folder.
        sign: A file that the manifest of such a folder of ours lists.

    Raises:
        Stopped: The folder has files, and no manifest that lists `sign`.
    """
    if sign not in read_manifest(folder) and folder.is_dir() and any(folder.iterdir()):
        why = f"no {MANIFEST} lists them; move them away, or choose a new folder"
        raise Stopped.at(str(folder), f"has files that we did not make ({why})")


def is_within_ours(folder: Path) -> bool:
    """Whether a folder was made by this program, or is inside one that was."""
    return any((parent / MANIFEST).is_file() for parent in (folder, *folder.parents))


def check_private(folder: Path) -> None:
    """Check that a folder is not inside a website, or a stage for one.

    Raises:
        Stopped: It is.
    """
    for parent in (folder.resolve(), *folder.resolve().parents):
        if parent.name.lower() in _SERVED or any((parent / name).exists() for name in _OF_WEBSITES):
            raise Stopped.at(
                str(folder), f"is inside a website ({parent}), and packets are private (choose another folder)"
            )
        if (parent / "mkdocs.yml").is_file() and "mkdocs.yml" in read_manifest(parent):
            raise Stopped.at(
                str(folder), f"is inside a stage ({parent}), and packets are private (choose another folder)"
            )
