"""How a value enters composed Markdown: one function for each kind of value and place, and none of them optional.

In: authored values. Out: `Markup`, which the templates insert as it is; any other text they write as `plain`. Touches
nothing.

Numeric entities mean the same character in a paragraph, a heading, an item, a cell, a term, a link's text and a quoted
attribute of raw HTML, and no part of Markdown reads them as marks. So plain text is escaped in one way for all these
places; an author's Markdown has one for each kind of place: `inline`, `cell`, `block`, `quoted`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from markupsafe import Markup

from builder import dialect
from builder.dialect.links import in_link

_SPACES = re.compile(r"[ \t\n\r\f\v]+")

_NOT_PLAIN = re.compile(
    r"""
    (?P<dashes>(?<=[^\s-])[ ]?-{2,3}(?=[ ]?[^\s-]))    # become a typographic dash, as in every text
  | ^(?P<number>\d+)[.)](?=\s|$)                       # would begin a list
  | (?<!\w)-|-(?!\w)                                   # hyphens within words may stay
  | ^[!:]                                              # would begin a block or a definition
  | _|[^\w\s,;:'".?!()%@/-]
    """,
    re.VERBOSE,
)
"""Characters that Markdown, HTML or our marks may interpret: all that are not known to be harmless."""

_NOT_EXACT = re.compile(r"(?<!\w)-|-(?!\w)|^[!:]|(?<=\.)\.|^(?P<number>\d+)[.)](?=\s|$)|_|[^\w\s,;:.?!()%@/-]")

_PASSED = r"`+[^`]*`+|<[^>\n]*>|\]\((?:[^()\s]|\([^()\s]*\))*|^[ ]*\[[^\]\n]+\]:.*$"
"""Where an address is not text: code, tags and the target of a link."""

_ADDRESS = re.compile(
    rf"""
    {_PASSED}
  | (?P<address>
        (?:https?://|www\.) [^\s<>"|`\[\]]+
      | (?<![\w.+'-]) [\w.+'-]+ @ [\w-]+ (?:\.[\w-]+)+
      | (?<![\w.-]) (?:\w[\w-]*\.)+ [A-Za-z]{{2,}} / [^\s<>"|`\[\]]*
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
_TYPOGRAPHIC = re.compile(r"(?:-{2,}|\.{3,}|['_])(?=[-.'_]*[\w/?&=#%~@])")
"""Characters within an address that would become a dash, an ellipsis, a quotation mark or emphasis."""


_IN_HEADING = frozenset({"p", "em", "strong", "code", "q", "abbr", "kbd", "cite", "sub"})
"""The elements of a paragraph that becomes a heading: no link, citation or note, and no line break."""


_MARKS = re.compile(r"[ ]?\[[@^][^\]\n]*\]")
"""Citations and notes: what is in brackets after a word."""


def plain(text: str) -> Markup:
    """Plain text: nothing in it is a mark, and quotation marks, dashes and ellipses become typographic."""
    return Markup(_inert(_SPACES.sub(" ", text).strip()))  # noqa: S704  every possible mark becomes an entity


def exact(text: str) -> Markup:
    """Text that is shown character for character, such as an address or a name in a message."""
    words = _SPACES.sub(" ", text).strip()
    return Markup(_NOT_EXACT.sub(_entity, words))  # noqa: S704  as in `plain`


def inline(text: str) -> Markup:
    """A paragraph of Markdown, on one line, for a place within a line."""
    return Markup(_SPACES.sub(" ", text).strip())  # noqa: S704  `proofreading` has checked it as one paragraph


def cell(text: str) -> Markup:
    """A paragraph of Markdown for a table's cell, where bars would split it and braces would be attributes."""
    words = inline(text)
    marks = {"|": "\\|", "{": "&#123;"}
    shown = zip(words, dialect.without_code(words), ("", *words), strict=False)
    return Markup("".join(marks[bare] if bare in marks and before != "\\" else sign for sign, bare, before in shown))  # noqa: S704


def block(text: str, margin: int = 0) -> Markup:
    """Markdown with blocks for an item or a definition, indented by `margin` columns after its first line."""
    text = re.sub(r"\A(?:[ ]*\n)+", "", text).rstrip()  # code at the beginning stays indented
    return Markup(re.sub(r"\n(?=[^\n])", "\n" + " " * margin, text))  # noqa: S704  checked by `proofreading`


def item(text: str, margin: int = 0) -> Markup:
    """Markdown with blocks after the mark of an item, or after words: it begins on a new line if it is no paragraph.

    An item of several blocks ends with an empty line; otherwise the next item would be part of its last block.
    """
    first, *others = (each if isinstance(each, str) else each["t"] for each in dialect.tree(text.strip())["c"] or [""])
    begin = "" if first in {"p", ""} else "\n\n" + " " * margin
    return Markup(begin) + block(text, margin) + Markup("\n" if begin or others else "")  # noqa: S704  white space


class Opened(NamedTuple):
    """A text whose first paragraph becomes a heading: that paragraph, the rest, and the words of both.

    `first` is None if the text does not begin with a paragraph, or with one that cannot be a heading; then all of it
    is in `rest`.
    """

    first: Markup | None
    rest: Markup
    words: str


def opened(text: str) -> Opened:
    """Split Markdown with blocks into a heading and the rest."""
    paragraph, *rest = re.split(r"\n[ ]*\n", text.strip(), maxsplit=1)
    words = dialect.words(dialect.tree(_MARKS.sub("", text.strip())))
    first, *others = dialect.tree(paragraph)["c"]
    within = {each["t"] for each in dialect.walk(first)}
    if others or not within <= _IN_HEADING or re.search(r"[\[{]", paragraph):
        return Opened(None, block(text), words)
    return Opened(inline(paragraph), block("".join(rest)), words)


def quoted(text: str) -> Markup:
    """Markdown with blocks for a quotation whose first mark is already written."""
    return Markup(str(text).strip().replace("\n", "\n> "))  # noqa: S704  checked by `proofreading`


def exact_addresses(text: str) -> str:
    """Markdown in whose text each address is shown character for character, as readers will copy it."""
    return _ADDRESS.sub(_exact_address, text) if _TYPOGRAPHIC.search(text) else text


def _exact_address(found: re.Match[str]) -> str:
    if not found["address"]:
        return found[0]
    return _TYPOGRAPHIC.sub(lambda chars: "".join(f"&#{ord(char)};" for char in chars[0]), found[0])


def target(address: str) -> Markup:
    """An address for the parentheses of a link."""
    written = in_link(address).replace("&#", "&amp;#")  # which the converter would end with a semicolon, as an entity
    return Markup(written)  # noqa: S704  what could end the link is in percent encoding


def escaped(value: object) -> object:
    """A template's value as it is written: as plain text, unless one of the functions above returned it."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(_inert(re.sub(r"\s*\n\s*", " ", value)))  # noqa: S704  as in `plain`


def _inert(text: str) -> str:
    return _NOT_PLAIN.sub(_written, text)


def _written(found: re.Match[str]) -> str:
    return found[0] if found["dashes"] else _entity(found)


def _entity(found: re.Match[str]) -> str:
    return f"{found['number'] or ''}&#{ord(found[0][-1])};"
