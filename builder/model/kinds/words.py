"""Plain text: values on one line without Markdown, HTML or marks of ours.

In: single values. Out: whether they are plain, and the first excerpt that is not. Touches nothing.

Every place that shows such a value escapes it (`documents.templating`), so a character that passes here is harmless.
Refused is what an author meant as markup and readers would see as typed, and the character that begins a tag, because
the host's theme writes titles too.
"""

from __future__ import annotations

import html
import re

from builder.dialect.faults import SignFault, first_of
from builder.dialect.marks import BLANK_BEGINS

_LINE = (re.compile(r"\n\s*(?P<sign>\S.{0,39})?"), "begins a second line (write all of it on one line)")
_ENTITY = (re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);"), "")
_LIST = (re.compile(r"\{:[^{}\n]*\}?"), "is an attribute list in a plain text (leave it out)")
_TAG = re.compile(r"</?[A-Za-z!?][^<>\n]*>?")
_IN_WORDS = "no plain text (say it in words, such as less than)"
_RICH = re.compile(r"</?(?P<tag>i|b|sub|sup)>")
_AS_IS = re.compile(r'<span class="nocase">([^<>]*)</span>')
"""Words that no style gives capitals, as Zotero writes them."""

_RICH_ONLY = "is no plain text (only <i>, <b>, <sub> and <sup> may set words apart here, each closed: <i>…</i>)"

_BLANK = re.compile(rf"(?:{BLANK_BEGINS}|\[(?i:write)\s*:)[^\[\]\n]*\]?")

_PLAIN = (
    _LINE,
    (_TAG, "is no plain text (titles and names take no HTML; leave it out)"),
    (re.compile("<"), f"is {_IN_WORDS}"),
    (re.compile("`+"), "is no plain text (titles and names take no code; leave the mark out)"),
    _ENTITY,
    _LIST,
    (re.compile(r"\{(?:[ ]*[#.][\w-]|[^{}\n]*=)[^{}\n]*\}?"), _LIST[1]),
    (re.compile(r"!\[[^\[\]\n]*\](?=[(\[])"), "is an image in a plain text (put it into a Markdown file)"),
    (re.compile(r"\[[^\[\]\n]*\](?=[(\[])"), "is a link in a plain text (put it into a text of its own)"),
    (re.compile(r"\[@[^\[\]\n]*\]?"), "is a citation in a plain text (put it into a text below)"),
    (re.compile(r"\[\^[^\[\]\n]*\]"), "is a footnote in a plain text (put it into a text below)"),
    (_BLANK, "is a blank in a plain text (put it into a text below)"),
    (
        re.compile(r"(?<![*\\])(?P<sign>(?P<stars>\*{1,3})(?![\s*])[^*\n]*[^\s*](?P=stars))(?!\*)"),
        "is emphasis in a plain text (leave the stars out)",
    ),
    (
        re.compile(r"(?<![\w\\])(?P<sign>(?P<bars>_{1,3})(?![\s_])[^_\n]*[^\s_](?P=bars))(?!\w)"),
        "is emphasis in a plain text (leave the underscores out)",
    ),
    (re.compile(r"\\[!-/:-@\[-`{-~]"), "is no plain text (no character needs a backslash here; leave it out)"),
)


def fault_of_plain(text: str) -> SignFault | None:
    """The first markup in a text that goes into titles, menus, links or cells; None if there is none."""
    fault = first_of(text, _PLAIN)
    meant = html.unescape(fault.sign) if fault and not fault.words else ""
    return SignFault(fault.at, fault.sign, f"is {_IN_WORDS}") if fault and "<" in meant else _named(fault)


def fault_of_verbatim(text: str) -> SignFault | None:
    """The first excerpt that cannot be in a name or a place, which is shown as written; None if there is none."""
    return _named(first_of(text, (_LINE, _ENTITY, _LIST)))


def fault_of_supplied(text: str) -> SignFault | None:
    """The first blank in a text that fills a blank, which nothing would fill; None if there is none."""
    return first_of(text, ((_BLANK, "is a blank in what fills blanks (write its words)"),))


def fault_of_cited(text: str) -> SignFault | None:
    """The first excerpt that a citation processor's title cannot have: no tag of CSL, or not closed; None if none."""
    fault = fault_of_verbatim(text)
    opened: list[re.Match[str]] = []
    for tag in _TAG.finditer(_AS_IS.sub(lambda words: "x" * len(words[0]), text)):
        rich = _RICH.match(tag[0])
        if rich and not tag[0].startswith("</"):
            opened.append(tag)
        elif rich and opened and opened[-1][0].strip("<>") == rich["tag"]:
            opened.pop()
        else:
            opened.append(tag)
            break
    wrong = [SignFault(tag.start(), tag[0], _RICH_ONLY) for tag in opened[-1:]]
    return min([*wrong, *([fault] if fault else [])], default=None)


def _named(fault: SignFault | None) -> SignFault | None:
    """An entity's fault, with the character that it means."""
    if fault is None or fault.words:
        return fault
    meant = html.unescape(fault.sign)
    hint = f"write {meant}" if meant.isprintable() and not meant.isspace() else "write the character itself"
    return SignFault(fault.at, fault.sign, f"is an entity in a plain text ({hint})")
