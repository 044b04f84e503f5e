"""Links as mail filters rewrite them: wrapped in an address of the filter, with its own escapes.

In: nothing. Out: steps that undo this. Touches nothing.
"""

from __future__ import annotations

import re

from builder.leaks.letters import Step

_URL = r"[^\s\"'<>()\[\]]"

FILTERS: tuple[Step, ...] = (
    (  # Proofpoint, version 2: `_` for `/`, and a hyphen for `%`
        re.compile(rf"urldefense\.(?:proofpoint\.)?com/v2/url\?u={_URL}+", re.IGNORECASE),
        lambda match: re.sub(r"-(?=[0-9a-fA-F]{2})", "%", match[0].replace("_", "/")),
    ),
    (  # version 3: a star for each character that it removed, which is a `%` where digits follow
        re.compile(rf"urldefense\.(?:proofpoint\.)?(?:com|us)/v3/_{_URL}+", re.IGNORECASE),
        lambda match: re.sub(r"\*(?=[0-9a-fA-F]{2})", "%", match[0]),
    ),
)
"""Safe Links and others only use percent-encoding, which every searchable text undoes."""
