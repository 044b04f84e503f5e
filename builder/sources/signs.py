"""Signs that no one sees, and what is said of them.

In: text. Out: offsets and messages. Touches nothing. What looks like a space and is none makes no list and no block, so
that text for facilitators could reach readers; what has no width parts or joins words, or turns their direction.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ue000\ufffe\uffff]")
"""Some end a line for one reader of a file and not for another, which moves every line number after them; some are
marks that the program itself sets."""

_NOTHING = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    "\U000e01f0-\U000e0fff"
)
"""What Unicode's property `Default_Ignorable_Code_Point` has and the next ones do not, and three more without ink."""

_JOINERS = "\u200c\u200d"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""What belongs to signs of other scripts, and to pictures that are put together from several signs: one after each."""

_SEEN = rf"[^\x00-\x7f\s{_JOINERS}{_SELECTORS}{_NOTHING}]"
_UNSEEN = re.compile(
    rf"[{_NOTHING}]|(?<!{_SEEN})[{_SELECTORS}]|(?<!{_SEEN})(?<![{_SELECTORS}])[{_JOINERS}]|[{_JOINERS}](?![{_JOINERS}]|{_SEEN})"
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,9}|#[xX][0-9A-Fa-f]{1,8}|[A-Za-z]{1,32});")
SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""What looks like a space, has the width of one, and is none to a parser."""

_BEFORE_TEXT = re.compile(
    rf"^[ \t>]*+(?:(?:[-*+:|]|\d{{1,9}}[.)]|\#{{1,6}}|!{{2,}})[ \t>]*+)*+(?P<space>[{SPACES}])", re.MULTILINE
)
"""A space of another kind where the beginning of a line decides what the line is."""


def find_control_character(text: str) -> re.Match[str] | None:
    """The first character of a text that no one can see and that ends or moves lines."""
    return _CONTROL.search(text)


def describe_character(found: re.Match[str]) -> str:
    """What is told of such a character."""
    if unicodedata.name(found[0], ""):
        return f"{_named(found[0])}, which no one sees (delete it)"
    return f"control character U+{ord(found[0]):04X} (delete it)"


def odd_spaces(text: str) -> Iterator[tuple[int, str]]:
    """What looks like a space at the beginning of a line and is none: where, and the message."""
    for found in _BEFORE_TEXT.finditer(text):
        sign = found["space"]
        yield found.start("space"), f"{_named(sign)} at the beginning of a line (delete it and type a space)"


def describe_lookalike(sign: str) -> str:
    """What is said of a sign that looks like a space and is none."""
    return f"{_named(sign)}, which looks like a space and is none"


def invisible_characters(text: str) -> Iterator[tuple[int, str]]:
    """What has no width and no ink: where, and the message."""
    for found in _UNSEEN.finditer(text):
        yield found.start(), f"{_named(found[0])}, which no one sees (delete it)"


def invisible_entities(text: str) -> Iterator[tuple[int, str]]:
    """What is written as an entity and shows nothing, whatever it stands between: where, and the message."""
    for found in _ENTITY.finditer(text):
        sign = html.unescape(found[0])
        if sign in {"", "\ufffd"}:
            yield found.start(), f"{found[0]} is no character (delete it)"
        elif is_invisible(sign) or sign in {"\u200c", "\u200d"} or re.fullmatch(f"[{_SELECTORS}]", sign):
            yield found.start(), f"{_named(sign)} as {found[0]}, which no one sees (delete it)"


def is_invisible(sign: str) -> bool:
    """Whether a sign is one that is reported wherever it stands."""
    return find_control_character(sign) is not None or re.fullmatch(f"[{_NOTHING}]", sign) is not None


def _named(sign: str) -> str:
    name = unicodedata.name(sign, "character").lower()
    return f"{'an' if name[0] in 'aeio' else 'a'} {name} (U+{ord(sign):04X})"
