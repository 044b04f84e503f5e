"""What the fonts of the print can show: which characters have a glyph in one of them.

In: text. Out: the characters in it that no font has. Touches nothing but our own list, `fonts/coverage.txt`;
`fonts/README.md` says how it is made, and tests print every character in it.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
import unicodedata


def lacking(text: str) -> tuple[str, ...]:
    """The characters in a text that no font has, each once, in order.

    The text is checked as it is printed: letters composed with their marks, so that one glyph shows both.
    """
    return tuple(dict.fromkeys(_lacking().findall(composed(text))))


def composed(text: str) -> str:
    """Text with each letter and its marks as one character where there is one (Unicode's form NFC).

    Some keyboards type the marks separately. A font that has the whole letter places its marks better than any rule.
    """
    return unicodedata.normalize("NFC", text)


@functools.cache
def _lacking() -> re.Pattern[str]:
    """A character that is in no range of the list; the list has numbers as in U+0041, alone or as first-last."""
    listed = importlib.resources.files("builder.press").joinpath("fonts/coverage.txt").read_bytes().decode("ascii")
    ends = (part.partition("-") for part in listed.split())
    ranges = (rf"\U{int(first, 16):08x}-\U{int(last or first, 16):08x}" for first, _, last in ends)
    return re.compile(f"[^{''.join(ranges)}]")
