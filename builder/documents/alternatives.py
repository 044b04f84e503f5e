"""A pattern for many forms of words, which costs as much as the longest of them. In: forms. Out: a pattern."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_END = ""
"""Where a form ends."""


def one_of(forms: list[str]) -> str:
    """A pattern for any of these forms, in this order among those that begin alike.

    Their first letters are compared without ignoring case, so that most words of a text are skipped at once.
    """
    signs: dict[str, Any] = {}
    for form in forms:
        node = signs
        for char in " ".join(form.split()):
            node = node.setdefault(char, {})
        node[_END] = {}
    each = (f"[{re.escape(a + a.upper())}](?i:{_rest(rest)})" for a, rest in signs.items())
    return f"(?-i:{'|'.join(each)})" if signs else ""


def _rest(node: Mapping[str, Any]) -> str:
    """A pattern for what may follow, letter by letter, the longest first: a word costs its length, not more."""
    written = ""
    while len(node) == 1 and _END not in node:
        char, node = next(iter(node.items()))
        written += _char(char)
    ways = "|".join(f"{_char(char)}{_rest(rest)}" for char, rest in node.items() if char != _END)
    return f"{written}(?:{ways}){'?' if _END in node else ''}" if ways else written


def _char(char: str) -> str:
    return r"\s+" if char == " " else re.escape(char)
