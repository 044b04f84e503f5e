"""What the faces of the print can show: which signs have a glyph in one of them.

In: text. Out: the signs in it that no face has. Touches nothing but our own list, `fonts/coverage.txt`; how it is made
stands in `fonts/README.md`, and tests set every sign that it names.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
import unicodedata


def lacking(text: str) -> tuple[str, ...]:
    """The signs in a text that no face has, each once, in their order.

    The text is taken as it is printed: letters with their marks composed, so that one glyph shows both.
    """
    return tuple(dict.fromkeys(_lacking().findall(composed(text))))


def composed(text: str) -> str:
    """Text with each letter and its marks as one sign where there is one.

    Some keyboards type the marks apart. A face that has the whole letter sets its marks better than any rule can.
    """
    return unicodedata.normalize("NFC", text)


@functools.cache
def _lacking() -> re.Pattern[str]:
    """One sign that is in no range of the list; the list has numbers as in U+0041, alone or as first-last."""
    listed = importlib.resources.files("builder.press").joinpath("fonts/coverage.txt").read_bytes().decode("ascii")
    ends = (part.partition("-") for part in listed.split())
    ranges = (rf"\U{int(first, 16):08x}-\U{int(last or first, 16):08x}" for first, _, last in ends)
    return re.compile(f"[^{''.join(ranges)}]")
