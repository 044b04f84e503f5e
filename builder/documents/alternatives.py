"""A pattern for many forms of words, which costs as much as the longest of them. In: forms. Out: a pattern."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_END = ""
"""Where a form ends."""


def one_of(forms: list[str]) -> str:
    """A pattern for any of these forms, in this order among those that begin alike.

    Their first letters are told apart without ignoring case: only so are most words of a text passed over at once.
    """
    signs: dict[str, Any] = {}
    for form in forms:
        node = signs
        for sign in " ".join(form.split()):
            node = node.setdefault(sign, {})
        node[_END] = {}
    each = (f"[{re.escape(a + a.upper())}](?i:{_rest(rest)})" for a, rest in signs.items())
    return f"(?-i:{'|'.join(each)})" if signs else ""


def _rest(node: Mapping[str, Any]) -> str:
    """A pattern for what may follow, sign by sign, the longest first: a word costs its length, however many forms."""
    written = ""
    while len(node) == 1 and _END not in node:
        sign, node = next(iter(node.items()))
        written += _sign(sign)
    ways = "|".join(f"{_sign(sign)}{_rest(rest)}" for sign, rest in node.items() if sign != _END)
    return f"{written}(?:{ways}){'?' if _END in node else ''}" if ways else written


def _sign(sign: str) -> str:
    return r"\s+" if sign == " " else re.escape(sign)
