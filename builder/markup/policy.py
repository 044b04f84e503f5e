"""The policy with which browsers run nothing on our pages but our own scripts.

In: the texts of a page's own scripts. Out: a Content-Security-Policy. Touches nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

_CLOSED = "default-src 'none'"
_STYLES = "style-src 'self' 'unsafe-inline' file:"
_NOWHERE = "base-uri 'none'; form-action 'none'"

_REST = (
    f"{_STYLES}; img-src 'self' data: file:; font-src 'self' file:; connect-src 'self' file:; "
    f"worker-src 'self' file:; {_NOWHERE}"
)

SITE_POLICY = f"{_CLOSED}; script-src 'self' file:; {_REST}"
"""For the pages of a site: scripts are files of the site, and no page contacts another host. `file:` is for a copy on a
disk; `data:` for the icons in Material's style sheet."""

PREVIEW_POLICY = f"{_CLOSED}; script-src 'self' 'unsafe-inline' file:; {_REST}"
"""For pages into which their host inserts scripts: the preview, and Zensical. It allows no other host either."""


def policy(scripts: Iterable[str] = ()) -> str:
    """Write the policy of a page outside of a site: with its own style, a font beside it, and these inline scripts."""
    hashes = "".join(f" 'sha256-{_hash(script)}'" for script in scripts)
    run = f"; script-src{hashes}" if hashes else ""
    return f"{_CLOSED}; style-src 'unsafe-inline'; font-src 'self' file:{run}; {_NOWHERE}"


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
