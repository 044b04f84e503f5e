"""Where output may go: not over sources or other output, not over what others made, and packets into nothing public.

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
"""What is in folders that a web server serves, and nowhere else."""

_SERVED = frozenset(["htdocs", "html_public", "public_html", "wwwroot"])
"""Names of such folders."""


def check_folders(inputs: Mapping[str, Path], outputs: Mapping[str, Path]) -> None:
    """Raise `Stopped` if an output folder lies in a source folder or another output, or the other way round."""
    for name, output in outputs.items():
        for other, folder in [*inputs.items(), *((key, path) for key, path in outputs.items() if key != name)]:
            a, b = _on_any_disk(output), _on_any_disk(folder)
            if a == b or a.is_relative_to(b) or b.is_relative_to(a):
                message = f"the folder for {name} and {other} ({folder}) overlap (choose folders side by side)"
                raise Stopped.at(str(output), message)
        if output.exists() and not output.is_dir():
            raise Stopped.at(str(output), f"the folder for {name} is a file (choose another name)")


def _on_any_disk(folder: Path) -> PurePosixPath:
    """Where a folder lies once links are followed, as disks see it that take small and capital letters for the same."""
    try:
        path = folder.resolve()
    except (OSError, RuntimeError) as error:  # which of them depends on the version of Python
        raise Stopped.at(str(folder), "a link that leads to itself (take it away)") from error
    return PurePosixPath(unicodedata.normalize("NFC", path.as_posix()).casefold())


def check_ours(folder: Path, sign: str) -> None:
    """Raise `Stopped` if a folder holds something, and no manifest of ours that lists the file `sign`."""
    if sign not in read_manifest(folder) and folder.is_dir() and any(folder.iterdir()):
        why = f"no {MANIFEST} lists them; move them away, or choose a new folder"
        raise Stopped.at(str(folder), f"holds files that we did not make ({why})")


def is_within_ours(folder: Path) -> bool:
    """Whether a folder was made by this program, or is inside one that was."""
    return any((parent / MANIFEST).is_file() for parent in (folder, *folder.parents))


def check_private(folder: Path) -> None:
    """Raise `Stopped` if a folder lies inside a website or a stage for one, whatever its folder is called."""
    for parent in (folder.resolve(), *folder.resolve().parents):
        if parent.name.lower() in _SERVED or any((parent / name).exists() for name in _OF_WEBSITES):
            raise Stopped.at(
                str(folder), f"lies inside a website ({parent}), and packets are private (choose another folder)"
            )
        if (parent / "mkdocs.yml").is_file() and "mkdocs.yml" in read_manifest(parent):
            raise Stopped.at(
                str(folder), f"lies inside a stage ({parent}), and packets are private (choose another folder)"
            )
