"""What the search reads of a page, on a host that lets us show it a copy.

In: the HTML of a page's text. Out: HTML that is only read for the index of the search. Touches nothing.
"""

from __future__ import annotations

import re

from builder.model.pages import GLOSSARY_PAGE

_TERM = re.compile(r"<(?P<end>/?)dt(?=[\s>])")
_CITED = re.compile(r"<sup[^>]*>(?:,?\s*<a\s[^>]*>[^<]*</a>)+</sup>")
_BETWEEN_CELLS = re.compile(r"(?<=</t[dh]>)\s*(?=<t[dh][\s>])")


def searchable(path: str, html: str) -> str:
    """Write a page's text for the index, which divides texts at headings and knows neither cells nor citations.

    Each term of the glossary becomes a heading, so that it is a result of its own. Numbers of citations are left out.
    """
    if path == GLOSSARY_PAGE:
        html = _TERM.sub(r"<\g<end>h2", html)
    return _BETWEEN_CELLS.sub(" · ", _CITED.sub("", html))
