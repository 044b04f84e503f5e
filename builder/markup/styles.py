"""Style sheets: ours only load files from the same host.

In: the text of a style sheet. Out: whether that is so. Touches nothing.
"""

from __future__ import annotations

import re

from builder.markup.table import FILE

_ESCAPE = re.compile(r"\\(?P<code>[0-9a-fA-F]{1,6})\s?|\\(?P<char>[^\n])")
_ASKS = re.compile(
    r"@import|\b(?:image-set|cross-fade)\("
    r"|\b(?:url|src|image)\(\s*+[\"']?+(?!data:(?:image|font)/)(?P<to>[^\"')]*)",
    re.IGNORECASE,
)


def is_at_home(style: str) -> bool:
    """Whether a style sheet only loads files from the same host, also when it is written with escapes."""
    plain = _ESCAPE.sub(_unescaped, style)
    return "</" not in plain and all(
        each["to"] and FILE.fullmatch(each["to"].strip()) for each in _ASKS.finditer(plain)
    )


def _unescaped(found: re.Match[str]) -> str:
    if found["char"]:
        return found["char"]
    code = int(found["code"], 16)
    return chr(code) if code < 0x110000 else "\ufffd"
