"""The inline scripts of older editions, which were made before our policy forbade scripts in pages.

In: the text of a script. Out: whether a released edition may contain it. Touches nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Set

_ADDRESS = re.compile(r'new URL\("[\w./~%:-]*",location\)')

_SUMS = frozenset(
    [
        "7eb3684fdacd2881f67b9428983273a29d8774d8bc82622af9b65a8ec1032a90",  # Material 9.8.1: what a reader has chosen
        "0eb10c249dbdb0beef225a10ce5cbe55418cc4a7014cc208f8e7d6ed8f00906e",  # the same: its colors
        "ffcc0f7735fdab434d257c80e65cec2e88d716991e69757185b7e450e41a5b2f",  # the same: tabs
        "8a5448a1539fd83b3ebaa90aa227e5fa66142de69bf1a3df9c353cdf0ab67cc9",  # a former address, which redirects
        "62de671bba411a3cb6532afa326b7f5bc07aaa7e5dcf6adefc746ad7d2755b52",  # the same: of what is gone, line by line
    ]
)
"""SHA-256 of each, without white space around it; of the first also without its address, which varies with the page."""


class ScriptsOfEditions(Container[str]):
    """The inline scripts that a page of a released edition may have: older ones, and today's."""

    def __init__(self, today: Set[str]) -> None:
        self._today = today

    def __contains__(self, text: object) -> bool:
        """Whether a script is one of these, on any page."""
        plain = _ADDRESS.sub('new URL("",location)', str(text).strip())
        return text in self._today or hashlib.sha256(plain.encode()).hexdigest() in _SUMS
