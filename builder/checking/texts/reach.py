"""What would reach beyond its own text once texts are composed: each is checked alone and shown among others.

In: one text, and its tree. Out: problems. A YAML text is put into an item, a definition, a quotation or a cell, where
fenced code is no code; an `Inline` also after other words on their line. What one text leaves open another
would close: half a link, a code mark, an address that links elsewhere would take, a tag or a list of attributes that
a citation or a blank is to complete.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left

from builder import dialect
from builder.checking.texts.texts import Text, is_within
from builder.dialect.marks import BLANK_BEGINS
from builder.problems import Problems, shown

_FENCE = re.compile(r"^[ >]*(?:(?:[-*+]|\d+\.)[ ]+)*(?P<fence>`{3,}|~{3,})", re.MULTILINE)
_BEGINNING = re.compile(r"(?:[-*+:>|]|\d+\.)(?:[ ]|$)|[#>|]|!!!|={2,}$|(?:[-*_][ ]*){3,}$|\[[^\[\]]*\]:")
_NOTE = re.compile(r"^[ ]{0,3}\[\^[^\]\n]*\]:|\n[ ]*\n", re.MULTILINE)
_LIST = re.compile(r"\{:?[ ]*(?:[#.][\w-]|[\w-]+=)[^{}\n]*\}?|\{:")
_DEFINED = re.compile(
    r"""^[ >]*(?:(?:[-*+:]|\d+\.)[ ]+)*(?P<sign>\[(?!\^)[^\[\]\n]*\]:)[ ]*\n?[ ]*(?P<address>[^\s]+)[ ]*(?:\n[ ]*)?
    (?:"[^"\n]*"[ ]*|'[^'\n]*'[ ]*|\([^()\n]*\)[ ]*)?$""",
    re.MULTILINE | re.VERBOSE,
)
_MARK = rf"\[@[a-z]|{BLANK_BEGINS}"
_IN_SOMETHING = re.compile(
    rf"\{{[^{{}}\n]*?(?P<listed>{_MARK})|\]\((?:[^\[\]()\n]|\([^\[\]()\n]*\))*?(?P<linked>{_MARK})|<(?=[a-z/!?])[^<>\n]*?(?P<tagged>{_MARK})",
    re.IGNORECASE,
)
_NAME = re.compile(r"[\w][\w.:-]*")
_VALUES = {"id": _NAME, "lang": re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"), "start": re.compile("[0-9]{1,6}")}
_NESTED = re.compile(r"(?<![!\\])\[[^\[\]]*(?<!!)\[[^\[\]]+\]\([^()\s]+\)[^\[\]]*\]\([^()\s]")
_MANY = 5
"""Up to this many places are tried one by one; of more, the first are reported."""


def check_line(text: Text, problems: Problems) -> bool:
    """Report what keeps a text from being one paragraph, or a YAML text from being the same in every place.

    Returns whether nothing does; otherwise the text is not what its author meant, and is not checked further.
    """
    if text.form != "value" or not text.text:
        return True
    if fence := _FENCE.search(text.text):
        message = (
            "begins code, which a YAML text cannot fence (indent its lines by four spaces, or leave the marks out)"
        )
        problems.add(text.at(fence.start("fence")), f"{fence['fence']} {message}")
        return False
    if not text.line:
        return True
    if listed := _LIST.search(dialect.without_code(text.text)):
        excerpt = text.text[listed.start() : listed.end()]
        message = f"{shown(excerpt)} is an attribute list in a text of one paragraph (leave it out)"
        problems.add(text.at(listed.start()), message)
        return False
    if ("\n" in text.text or not text.text[:1].isalpha()) and not _is_paragraph(text.text):
        at = _first_block(text.text)
        line = text.text[at:].split("\n")[0].strip()
        message = "is more than one paragraph (write one, without lists, quotations, tables, headings or code)"
        problems.add(text.at(at), f"{shown(line)} {message}")
        return False
    return True


def check(text: Text, masked: str, tree: dialect.Node, problems: Problems) -> None:
    """Report what a text leaves open for another, or takes from one."""
    led = {node.get("href") for node in dialect.walk(tree)}
    for found in _DEFINED.finditer(masked):
        if html.unescape(found["address"].lstrip("<").rstrip(">")) not in led:
            message = "gives an address to no link in this text (write [words](address) where the link is)"
            problems.add(text.at(found.start("sign")), f"{shown(found['sign'])} {message}")
    for found in re.finditer(r"</?(?=\[)", masked):
        problems.add(text.at(found.start()), "'<' before a bracket (for a less-than sign write &lt;)")
    _values(text, tree, problems)
    _completed(text, masked, tree, problems)
    if text.form == "value":
        for found in re.finditer(r"(?<![\\`])`+", masked):
            message = "a code mark without its end on the same line (end the code, or write \\` for the character)"
            problems.add(text.at(found.start()), message)
            break
    _half_links(text, masked, tree, problems)


def _is_paragraph(text: str) -> bool:
    """Whether the tree of a text is one paragraph; its footnotes are separate there, and found in the source."""
    tree = dialect.tree(text)["c"]
    return [node if isinstance(node, str) else node["t"] for node in tree] == ["p"] and not _NOTE.search(text)


def _first_block(text: str) -> int:
    """The offset at which a text stops being one paragraph: a line that begins a block, or follows an empty line.

    No later line makes it one paragraph again, so a binary search finds the line.
    """
    begun, after_blank = [], False
    for at, line in dialect.lines(text):
        bare = line.lstrip(" ")
        if bare and (after_blank or _BEGINNING.match(bare)):
            begun.append((at + len(line) - len(bare), at + len(line)))
        if bare and after_blank:
            break
        after_blank = not bare
    nth = bisect_left(begun, 1, key=lambda line: int(not _is_paragraph(text[: line[1]])))
    return begun[nth][0] if nth < len(begun) else 0


def _values(text: Text, tree: dialect.Node, problems: Problems) -> None:
    """Report values of attribute lists that are no names, and all classes: those of a page hide and run things."""
    for node in dialect.walk(tree):
        wrong = [node[key] for key, good in _VALUES.items() if key in node and not good.fullmatch(str(node[key]))]
        for each in wrong:
            problems.add(text.place(each), f"{shown(each)} in an attribute list (letters, digits, hyphens and dots)")
        for each in set(dialect.classes(node)) - _classes_made(node):
            written = re.search(rf"(?:\.|class=[\"']?){re.escape(each)}(?![\w-])", text.text)
            place = text.at(written.end() - len(each)) if written else text.place(each)
            allowed = "an attribute list may give #id, lang, title and start"
            problems.add(place, f"{shown(each)} is a class, and classes are the program's own ({allowed})")


def _classes_made(node: dialect.Node) -> set[str]:
    """The classes that the dialect gives to an element; all others were written."""
    found = dialect.classes(node)
    if node["t"] == "div":  # a block; `audiences` reports words that name none
        return set(found)
    if node["t"] == "code":
        return {each for each in found if re.fullmatch(r"language-[\w+-]+", each)}
    return {"admonition-title"} if node["t"] == "p" else set()


def _completed(text: Text, masked: str, tree: dialect.Node, problems: Problems) -> None:
    """Report citations and blanks within something else: what replaces them would become part of it."""
    written = list(re.finditer(_MARK, masked, re.IGNORECASE))
    if len(written) <= len(re.findall(_MARK, _spoken(tree), re.IGNORECASE)):
        return
    for found in _IN_SOMETHING.finditer(masked):
        where = {"listed": "an attribute list", "linked": "a link's address", "tagged": "a tag"}[found.lastgroup or ""]
        start = found.start(found.lastgroup or 0)
        problems.add(text.at(start), f"a citation or a blank within {where} (put it into the words of the text)")


def _half_links(text: Text, masked: str, tree: dialect.Node, problems: Problems) -> None:
    """Report brackets and parentheses that make no link here; the tree of a text without them shows if they do."""
    if "](" not in _spoken(tree):
        return
    nested = list(_NESTED.finditer(masked))
    for found in nested:
        problems.add(text.at(found.start()), "a link within the words of a link (put one beside the other)")
    spans = [found.span() for found in nested]
    halves = [half for half in re.finditer(r"(?<!\\)\]\(", masked) if not is_within(half.start(), spans)]
    made = _links(tree)
    for half in halves[:_MANY] if text.form == "value" else ():
        without = f"{text.text[: half.start() + 1]}\ue000{text.text[half.end() - 1 :]}"
        if _links(dialect.tree(without)) == made:
            message = "makes no link here (write [words](address), or a space between them)"
            problems.add(text.at(half.start()), f"'](' {message}")


def _links(tree: dialect.Node) -> int:
    return sum(1 for node in dialect.walk(tree) if node["t"] in {"a", "img"})


def _spoken(node: dialect.Node | str) -> str:
    """The plain words of a tree, footnotes included, code left out."""
    if isinstance(node, str):
        return node
    return "" if node["t"] in {"code", "pre"} else "".join(map(_spoken, node["c"]))
