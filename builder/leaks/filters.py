"""Links as filters of mail write them: wrapped in an address of their own, with signs of their own.

In: nothing. Out: steps that undo it. Touches nothing.
"""

from __future__ import annotations

import re

from builder.leaks.letters import Step

_URL = r"[^\s\"'<>()\[\]]"

FILTERS: tuple[Step, ...] = (
    (  # the second way of Proofpoint: `_` for `/`, and a hyphen for `%`
        re.compile(rf"urldefense\.(?:proofpoint\.)?com/v2/url\?u={_URL}+", re.IGNORECASE),
        lambda match: re.sub(r"-(?=[0-9a-fA-F]{2})", "%", match[0].replace("_", "/")),
    ),
    (  # the third: a star for each sign that it took out, which is a `%` where digits follow
        re.compile(rf"urldefense\.(?:proofpoint\.)?(?:com|us)/v3/_{_URL}+", re.IGNORECASE),
        lambda match: re.sub(r"\*(?=[0-9a-fA-F]{2})", "%", match[0]),
    ),
)
"""Safe Links and others write the wrapped link with percent signs alone, which every reading undoes."""
