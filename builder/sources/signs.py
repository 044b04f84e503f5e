"""Invisible characters, and the messages about them.

In: text. Out: offsets and messages. Touches nothing. A character that only looks like a space begins no list and no
block, so that text for facilitators could reach readers; one without width splits or joins words, or turns their
direction.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ue000\ufffe\uffff]")
"""Some end a line for one reader of a file and not for another, which shifts every line number after them; some are
marks that the program itself uses."""

_NOTHING = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    "\U000e01f0-\U000e0fff"
)
"""Characters with Unicode's property `Default_Ignorable_Code_Point`, without the next ones, and three without ink."""

_JOINERS = "\u200c\u200d"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Parts of letters in other scripts, and of emoji made of several characters: one after each of them."""

_SEEN = rf"[^\x00-\x7f\s{_JOINERS}{_SELECTORS}{_NOTHING}]"
_UNSEEN = re.compile(
    rf"[{_NOTHING}]|(?<!{_SEEN})[{_SELECTORS}]|(?<!{_SEEN})(?<![{_SELECTORS}])[{_JOINERS}]|[{_JOINERS}](?![{_JOINERS}]|{_SEEN})"
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,9}|#[xX][0-9A-Fa-f]{1,8}|[A-Za-z]{1,32});")
SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Characters that look like a space, and are none to a parser."""

_BEFORE_TEXT = re.compile(
    rf"^[ \t>]*+(?:(?:[-*+:|]|\d{{1,9}}[.)]|\#{{1,6}}|!{{2,}})[ \t>]*+)*+(?P<space>[{SPACES}])", re.MULTILINE
)
"""Such a space at the beginning of a line, where it changes what the line is."""


def find_control_character(text: str) -> re.Match[str] | None:
    """The first control character of a text; these are invisible and end or shift lines."""
    return _CONTROL.search(text)


def describe_character(found: re.Match[str]) -> str:
    """The message about a control character."""
    if unicodedata.name(found[0], ""):
        return f"{_named(found[0])}, which no one sees (delete it)"
    return f"control character U+{ord(found[0]):04X} (delete it)"


def odd_spaces(text: str) -> Iterator[tuple[int, str]]:
    """Characters at the beginning of a line that only look like a space: offset and message of each."""
    for found in _BEFORE_TEXT.finditer(text):
        char = found["space"]
        yield found.start("space"), f"{_named(char)} at the beginning of a line (delete it and type a space)"


def describe_lookalike(char: str) -> str:
    """Describe a character that only looks like a space."""
    return f"{_named(char)}, which looks like a space and is none"


def invisible_characters(text: str) -> Iterator[tuple[int, str]]:
    """Characters without width and ink: offset and message of each."""
    for found in _UNSEEN.finditer(text):
        yield found.start(), f"{_named(found[0])}, which no one sees (delete it)"


def invisible_entities(text: str) -> Iterator[tuple[int, str]]:
    """HTML entities that show nothing, whatever is around them: offset and message of each."""
    for found in _ENTITY.finditer(text):
        char = html.unescape(found[0])
        if char in {"", "\ufffd"}:
            yield found.start(), f"{found[0]} is no character (delete it)"
        elif is_invisible(char) or char in {"\u200c", "\u200d"} or re.fullmatch(f"[{_SELECTORS}]", char):
            yield found.start(), f"{_named(char)} as {found[0]}, which no one sees (delete it)"


def is_invisible(char: str) -> bool:
    """Whether a character is invisible in any position, and is always reported."""
    return find_control_character(char) is not None or re.fullmatch(f"[{_NOTHING}]", char) is not None


def _named(char: str) -> str:
    name = unicodedata.name(char, "character").lower()
    return f"{'an' if name[0] in 'aeio' else 'a'} {name} (U+{ord(char):04X})"
