"""Style sheets: ours ask for files on the same host, and for nothing else.

In: the text of a style sheet. Out: whether it stays at home. Touches nothing.
"""

from __future__ import annotations

import re

from builder.markup.table import FILE

_ESCAPE = re.compile(r"\\(?P<code>[0-9a-fA-F]{1,6})\s?|\\(?P<sign>[^\n])")
_ASKS = re.compile(
    r"@import|\b(?:image-set|cross-fade)\("
    r"|\b(?:url|src|image)\(\s*+[\"']?+(?!data:(?:image|font)/)(?P<to>[^\"')]*)",
    re.IGNORECASE,
)


def is_at_home(style: str) -> bool:
    """Say whether a style sheet asks for files on the same host alone, in whatever letters it is written."""
    plain = _ESCAPE.sub(_sign, style)
    return "</" not in plain and all(
        each["to"] and FILE.fullmatch(each["to"].strip()) for each in _ASKS.finditer(plain)
    )


def _sign(found: re.Match[str]) -> str:
    if found["sign"]:
        return found["sign"]
    code = int(found["code"], 16)
    return chr(code) if code < 0x110000 else "\ufffd"
