"""The Markdown dialect: one set of extensions for site and print, a closed vocabulary, and the HTML it becomes.

In: Markdown text. Out: HTML, and the same as a tree of elements. Touches nothing.
"""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Iterator
from typing import Any

import lxml.etree
import markdown

EXTENSIONS = (
    "admonition",
    "attr_list",
    "def_list",
    "fenced_code",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "smarty",
    "tables",
    "toc",
)
"""The extensions of Python-Markdown, the same for page and print."""

BLOCKS = (
    "reflection", "practice", "solution", "story", "evidence", "definition", "note", "figure", "content-note",
    "facilitator",
)  # fmt: skip
"""The teaching blocks; no other admonitions exist."""

SAFE_HTML = frozenset({"br", "sub", "sup", "abbr", "kbd", "q", "cite"})
"""Raw HTML that authors may write."""

_MADE = frozenset(
    [
        "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "pre",
        "code", "div", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "a", "em", "strong", "img", "br", "sub", "sup",
        "abbr", "kbd", "q", "cite",
    ]
)  # fmt: skip
_GIVEN = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}, "th": {"style"}, "td": {"style"}}
_ANYWHERE = frozenset({"id", "class", "lang", "title"})


@functools.cache
def _dialect(_thread: int) -> markdown.Markdown:
    """Build a converter once for each thread: it has state, and making one costs more than converting a paragraph."""
    made = markdown.Markdown(extensions=list(EXTENSIONS), output_format="html")
    for name in ("inline", "smarty"):  # complete by now: a tuple saves a lookup in the registry for every match
        processor: Any = made.treeprocessors[name]
        processor.inlinePatterns = tuple(processor.inlinePatterns)
    return made


@functools.lru_cache(maxsize=1024)
def html(text: str) -> str:
    """Convert Markdown to HTML."""
    converter = _dialect(threading.get_ident()).reset()
    return str(converter.convert(text))


def parsed(text: str) -> Any:
    """Markdown's HTML as a tree of elements, whatever raw HTML is in it.

    Without `huge_tree` the parser drops what is nested deeper than 256 levels, and it would never be checked.
    """
    parser = lxml.etree.HTMLParser(huge_tree=True)
    page = lxml.etree.fromstring(f"<html><body>{html(text)}</body></html>", parser)
    body = page.find("body")
    return page if body is None else body


def foreign(text: str) -> Iterator[str]:
    """The elements and attributes in a text's HTML that neither the dialect makes nor authors may write."""
    for element in parsed(text).iterdescendants():
        if not isinstance(element.tag, str):
            yield "<!--"
            continue
        if element.tag not in _MADE:
            yield f"<{element.tag}"
        for key, value in element.items():
            aligned = key != "style" or re.fullmatch(r"text-align: (left|center|right);", value)
            if key not in _ANYWHERE | _GIVEN.get(element.tag, set()) or not aligned:
                yield f"{key}="
