"""Images that no text shows.

In: the files as read. Out: notices. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder import dialect
from builder.loading.files import Files
from builder.problems import Place
from builder.sources import images

_OF_THE_SITE = "docs/assets/"
"""What `mkdocs.yml` names, such as a logo."""


def check_images(files: Files) -> None:
    """Report each image that no text shows and no link leads to."""
    used = set(_used(files))
    for name in files.images.keys() - used:
        path = name if name.startswith("modules/") else f"docs/{name}"
        if not path.startswith(_OF_THE_SITE):
            files.problems.notice(Place(path), "no text shows this image (show it where it belongs, or delete it)")


def _used(files: Files) -> Iterator[str]:
    """The images that texts name, by their paths in the site's tree."""
    for text in files.texts():
        if text.folder is not None and "](" in text.text:
            for node in dialect.walk(dialect.tree(text.text)):
                if address := node.get("src") or node.get("href"):
                    yield images.target(text.folder, address.partition("#")[0])
