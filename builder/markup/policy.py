"""The policy by which browsers run nothing on our pages but the scripts that belong to them.

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
"""For the pages of a site: scripts are files of the site, and no page asks another host. `file:` is for a copy on a
disk; `data:` for Material's icons, which its style sheet holds."""

PREVIEW_POLICY = f"{_CLOSED}; script-src 'self' 'unsafe-inline' file:; {_REST}"
"""For pages whose host sets scripts of its own into them: the preview, and Zensical. Other hosts are as far away."""


def policy(scripts: Iterable[str] = ()) -> str:
    """Write the policy of a page that stands alone: its own style, a typeface beside it, and these scripts in it."""
    hashes = "".join(f" 'sha256-{_hash(script)}'" for script in scripts)
    run = f"; script-src{hashes}" if hashes else ""
    return f"{_CLOSED}; style-src 'unsafe-inline'; font-src 'self' file:{run}; {_NOWHERE}"


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
