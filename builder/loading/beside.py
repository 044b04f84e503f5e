"""Files beside texts: images that no text shows, attachments that no text links to, and attachments as values.

In: the files as read. Out: notices, problems, values. Touches nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from builder import dialect
from builder.loading.files import Files
from builder.model.attachments import Attachment
from builder.problems import Place
from builder.sources import images

_OF_THE_SITE = "docs/assets/"
"""What `mkdocs.yml` names, such as a logo."""


def check_unused(files: Files) -> None:
    """Report each image that no text shows and no link leads to, and each attachment that no text links to."""
    used = set(_used(files))
    for name in files.images.keys() - used:
        path = _source_of(name)
        if not path.startswith(_OF_THE_SITE):
            files.problems.notice(Place(path), "no text shows this image (show it where it belongs, or delete it)")
    for name in files.attachments.keys() - used:
        place = Place(files.reader.name(_source_of(name)))
        files.problems.add(place, "no text links to this file (link to it where it belongs, or delete it)")


def attached(files: Files) -> Iterator[Attachment]:
    """Give each attachment as the model has it."""
    for path, data in sorted(files.attachments.items()):
        yield Attachment(path=path, size=len(data), digest=hashlib.sha256(data).hexdigest())


def _source_of(name: str) -> str:
    return name if name.startswith("modules/") else f"docs/{name}"


def _used(files: Files) -> Iterator[str]:
    """The files that texts name, by their paths in the site's tree."""
    for text in files.texts():
        if text.folder is not None and "](" in text.text:
            for node in dialect.walk(dialect.tree(text.text)):
                if address := node.get("src") or node.get("href"):
                    yield images.resolve(text.folder, address.partition("#")[0])
