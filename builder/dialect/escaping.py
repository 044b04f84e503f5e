"""How a value enters composed Markdown: one function for each kind of value and place, and none of them optional.

In: authored values. Out: `Markup`, which the templates take as it is; any other text they write as `plain`. Touches
nothing.

Numeric entities say a sign alike in a paragraph, a heading, an item, a cell, a term, the words of a link and a
quoted attribute of raw HTML, and no part of Markdown reads them as marks. So plain words need one way of writing for
all these places; Markdown that an author wrote needs one for each shape of place: `inline`, `cell`, `block`, `quoted`.
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
"""Signs that Markdown, HTML or a mark of ours may take for their own; all that is not known to be harmless is one."""

_NOT_EXACT = re.compile(r"(?<!\w)-|-(?!\w)|^[!:]|(?<=\.)\.|^(?P<number>\d+)[.)](?=\s|$)|_|[^\w\s,;:.?!()%@/-]")

_PASSED = r"`+[^`]*`+|<[^>\n]*>|\]\((?:[^()\s]|\([^()\s]*\))*|^[ ]*\[[^\]\n]+\]:.*$"
"""Where an address is no words: code, tags and what a link leads to."""

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
"""Signs within an address that would become a dash, an ellipsis, a quotation mark or emphasis."""


_IN_HEADING = frozenset({"p", "em", "strong", "code", "q", "abbr", "kbd", "cite", "sub"})
"""What a paragraph may hold that becomes a heading: no link, citation or note, and no line that must end."""


_MARKS = re.compile(r"[ ]?\[[@^][^\]\n]*\]")
"""Citations and notes: what is in brackets after a word."""


def plain(text: str) -> Markup:
    """Words as words: no sign in them is a mark, and quotation marks, dashes and ellipses come out typographic."""
    return Markup(_inert(_SPACES.sub(" ", text).strip()))  # noqa: S704  every sign that could be a mark is an entity


def exact(text: str) -> Markup:
    """Text that comes out sign for sign, such as an address or a name in a message."""
    words = _SPACES.sub(" ", text).strip()
    return Markup(_NOT_EXACT.sub(_entity, words))  # noqa: S704  as in `plain`


def inline(text: str) -> Markup:
    """A paragraph of Markdown, on one line, for a place within a line."""
    return Markup(_SPACES.sub(" ", text).strip())  # noqa: S704  `proofreading` has checked it as one paragraph


def cell(text: str) -> Markup:
    """A paragraph of Markdown for a cell of a table: bars would part it, and braces would be its attributes."""
    words = inline(text)
    marks = {"|": "\\|", "{": "&#123;"}
    shown = zip(words, dialect.without_code(words), ("", *words), strict=False)
    return Markup("".join(marks[bare] if bare in marks and before != "\\" else sign for sign, bare, before in shown))  # noqa: S704


def block(text: str, margin: int = 0) -> Markup:
    """Markdown with blocks, indented by `margin` columns after its first line: in an item or a definition."""
    text = re.sub(r"\A(?:[ ]*\n)+", "", text).rstrip()  # code that comes first stays indented
    return Markup(re.sub(r"\n(?=[^\n])", "\n" + " " * margin, text))  # noqa: S704  checked by `proofreading`


def item(text: str, margin: int = 0) -> Markup:
    """Markdown with blocks behind the mark of an item, or behind words: what begins no paragraph gets its own lines.

    An item of several blocks ends with an empty line, else the next item would be part of its last block.
    """
    first, *others = (each if isinstance(each, str) else each["t"] for each in dialect.tree(text.strip())["c"] or [""])
    begin = "" if first in {"p", ""} else "\n\n" + " " * margin
    return Markup(begin) + block(text, margin) + Markup("\n" if begin or others else "")  # noqa: S704  white space


class Opened(NamedTuple):
    """A text whose first paragraph is in a heading: that paragraph, what follows it, and the words of both.

    `first` is none where the text begins otherwise, or with what no heading may hold: then it is all in `rest`.
    """

    first: Markup | None
    rest: Markup
    words: str


def opened(text: str) -> Opened:
    """Divide Markdown with blocks for a heading that says what it says."""
    paragraph, *rest = re.split(r"\n[ ]*\n", text.strip(), maxsplit=1)
    words = dialect.words(dialect.tree(_MARKS.sub("", text.strip())))
    first, *others = dialect.tree(paragraph)["c"]
    within = {each["t"] for each in dialect.walk(first)}
    if others or not within <= _IN_HEADING or re.search(r"[\[{]", paragraph):
        return Opened(None, block(text), words)
    return Opened(inline(paragraph), block("".join(rest)), words)


def quoted(text: str) -> Markup:
    """Markdown with blocks for a quotation whose first mark stands there already."""
    return Markup(str(text).strip().replace("\n", "\n> "))  # noqa: S704  checked by `proofreading`


def exact_addresses(text: str) -> str:
    """Markdown in whose words each address comes out sign for sign, as readers will copy it."""
    return _ADDRESS.sub(_exact_address, text) if _TYPOGRAPHIC.search(text) else text


def _exact_address(found: re.Match[str]) -> str:
    if not found["address"]:
        return found[0]
    return _TYPOGRAPHIC.sub(lambda signs: "".join(f"&#{ord(sign)};" for sign in signs[0]), found[0])


def target(address: str) -> Markup:
    """An address for the parentheses of a link."""
    written = in_link(address).replace("&#", "&amp;#")  # which the converter would end with a semicolon, as an entity
    return Markup(written)  # noqa: S704  what could end the link is in percent encoding


def escaped(value: object) -> object:
    """A template's value as it is written: plain words, unless one of the functions above has made it ready."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(_inert(re.sub(r"\s*\n\s*", " ", value)))  # noqa: S704  as in `plain`


def _inert(text: str) -> str:
    return _NOT_PLAIN.sub(_written, text)


def _written(found: re.Match[str]) -> str:
    return found[0] if found["dashes"] else _entity(found)


def _entity(found: re.Match[str]) -> str:
    return f"{found['number'] or ''}&#{ord(found[0][-1])};"
