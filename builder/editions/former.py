"""Pages of an edition at former addresses, and where they redirect to.

In: an archive. Out: paths by paths. Touches: reads the archive.
"""

from __future__ import annotations

import html
import posixpath
import re
from urllib.parse import unquote

from builder.editions.archives import SOURCES, Archive

_REFRESH = re.compile(rb'<meta http-equiv="refresh" content="0; url=(?P<to>[^"#]+)">')
_HEAD = 4_000
"""Bytes of a page within which its head says where it redirects to."""


def redirects(archive: Archive) -> dict[str, str]:
    """List the pages that redirect to another page of the same edition, each with that page's path."""
    found = {}
    with archive.opened() as opened:
        for path in archive.manifest.files:
            if path.endswith(".html") and not path.startswith(SOURCES):
                refresh = _REFRESH.search(opened.data(path)[:_HEAD])
                to = unquote(html.unescape(refresh["to"].decode())) if refresh else ""
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), to)) if to else ""
                if target in archive.manifest.files:
                    found[path] = target
    return found
