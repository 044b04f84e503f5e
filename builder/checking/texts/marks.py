"""Our own marks in a text: citations, footnotes, blanks, and what is nearly one of them.

In: one text, and what it may name. Out: problems. What is only nearly a mark is reported, as it would show as typed.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from builder import dialect
from builder.checking.ids import is_unknown
from builder.checking.texts.texts import Known, Text, is_among, is_within
from builder.dialect.marks import BLANK, BLANK_BEGINS, CITATION, WRITE, blank_name, blanks, citation_ids
from builder.model.pages import SCHEMES
from builder.problems import Problems, nearest, shown

_TITLE = re.compile(r"^[ ]*(?:#{1,6}|!!!(?!!)).*$", re.MULTILINE)
_BLANK_WORDS = "PROGRAM TO SUPPLY"
_NEARLY_BLANK = re.compile(r"\[[A-Za-z][^\[\]]*\](?![(\[])")
_NEARLY_WRITE = re.compile(r"\[(?:(?=W)[WRITE]{4,6}|(?i:write)(?=[ ]*:?[ ]*\d))\b[^\[\]\n]*\](?!\()")
_WRITE = re.compile(rf"[ ]*(?!\[\w+:\s*0+\]){WRITE}[ \t]*$", re.MULTILINE)
_WITHIN_LINK = re.compile(
    rf"(?P<mark>{CITATION}|{BLANK})(?:[^\[\]]|\[[^\[\]]*\])*+\]\((?=[^()\s])", re.IGNORECASE | re.VERBOSE
)
_MARK = re.compile(rf"\[@|{BLANK_BEGINS}|\]\((?:{'|'.join(SCHEMES)}):")

BULLETS = "•◦▪▫‣●○■□·\uf0b7\uf0a7"
"""Bullets of word processors, the last two in a font of their own."""


def check(text: Text, masked: str, tree: dialect.Node, known: Known, problems: Problems) -> None:
    """Report marks that name nothing, are where they cannot be, or are not quite what was meant."""
    _citations(text, masked, known, problems)
    _footnotes(text, masked, tree, problems)
    _blanks(text, masked, known, problems)
    _lines_to_write(text, masked, problems)
    _bullets(text, masked, problems)
    _titles(text, masked, problems)
    _within_links(text, masked, problems)


def _citations(text: Text, masked: str, known: Known, problems: Problems) -> None:
    for found in re.finditer(r"\[(@[^\[\]\n]*)\]?", masked):
        place = text.at(found.start())
        if not found[0].endswith("]"):
            problems.add(place, "a citation without its closing bracket (write [@id])")
            continue
        for id in citation_ids(found[1]):
            if is_unknown(id, known.works):
                problems.add(place, f"unknown citation {shown(id)} ({nearest(id, known.works or ())})")
    works = known.works or frozenset()
    for found in re.finditer(r"\[[^\[\]@\n]*[\s;-]@(?P<id>[a-z][a-z0-9-]*+)[^\[\]\n]*\](?!\()", masked):
        if found["id"] in works:
            place = text.at(found.start())
            problems.add(place, f"a citation with other words in it (write only [@{found['id']}])")
    bare = re.sub(r"\[[^\[\]\n]*\]?", lambda bracket: " " * len(bracket[0]), masked)
    for found in re.finditer(r"(?<![^\s(,;.*_])@(?P<id>[a-z][a-z0-9-]*)", bare):
        if found["id"] in works:
            message = f"a citation without its brackets (write [{found[0]}])"
            problems.add(text.at(found.start()), message)


def _footnotes(text: Text, masked: str, tree: dialect.Node, problems: Problems) -> None:
    """Report marks without a text and texts without a mark. `audiences` reports those in facilitators' text.

    What looks like a mark in indented code is none: only the tree knows such code.
    """
    apart = [(block.end(), end) for block, end in dialect.whole_blocks(text.text, "facilitator")]
    notes: dict[str, re.Match[str]] = {}
    for found in re.finditer(r"^(?P<indent> *)\[\^(?P<id>[^\]\n]+)\]:", masked, re.MULTILINE):
        inside = is_within(found.start(), apart)
        if len(found["indent"]) > 3 and not inside:
            continue
        first = notes.setdefault(found["id"], found)
        if first is not found and not inside:
            line = text.at(first.start()).line
            message = f"footnote [^{found['id']}] twice (first on line {line}; only one would be shown)"
            problems.add(text.at(found.start() + len(found["indent"])), message)
    marks = list(re.finditer(r"\[\^(?P<id>[^\]\n]+)\](?!:)", masked))
    if any(mark["id"] in notes for mark in marks):
        code = dialect.examples(tree)
        marks = [mark for mark in marks if not is_among(code, text.text, mark.start())]
    for mark in marks:
        if re.search(r"\s", mark["id"]):  # it becomes part of an anchor
            problems.add(
                text.at(mark.start()), f"footnote {shown(mark[0])} is not one word (such as [^{_word(mark['id'])}])"
            )
        if mark["id"] not in notes and not is_within(mark.start(), apart):
            problems.add(text.at(mark.start()), f"footnote {mark[0]} has no text (add a line {mark[0]}: …)")
    for id in notes.keys() - {mark["id"] for mark in marks}:
        if not is_within(notes[id].start(), apart):
            problems.add(text.at(notes[id].start()), f"nothing refers to footnote [^{id}]")


def _word(id: str) -> str:
    """A footnote's name as one word."""
    return "-".join(re.findall(r"[^\W_]+", id)) or "note"


def _blanks(text: Text, masked: str, known: Known, problems: Problems) -> None:
    for found in blanks(masked):
        name = blank_name(found["blank"])
        if is_unknown(name.casefold(), known.supplied):
            problems.notice(text.at(found.start()), f"for your program to supply: {name}")
    for found in _NEARLY_BLANK.finditer(masked):
        given = " ".join(found[0].split())
        words = re.findall("[A-Za-z]+", given[:80])[:3]
        meant = SequenceMatcher(None, " ".join(words).upper(), _BLANK_WORDS).ratio() > 0.8
        if meant and (":" in given or words[0].isupper()) and not re.fullmatch(BLANK, found[0]):
            message = f"{shown(given)} is no blank (write [{_BLANK_WORDS}: what], on one line)"
            problems.add(text.at(found.start()), message)


def _lines_to_write(text: Text, masked: str, problems: Problems) -> None:
    for found in _NEARLY_WRITE.finditer(masked):
        if not _WRITE.match(masked, masked.rfind("\n", 0, found.start()) + 1):
            message = f"{shown(found[0])} makes no lines to write on (write [WRITE: 4], alone in its paragraph)"
            problems.add(text.at(found.start()), message)


def _bullets(text: Text, masked: str, problems: Problems) -> None:
    for found in re.finditer(rf"^[ >]*(?P<bullet>[{BULLETS}])", masked, re.MULTILINE):
        message = f"{found['bullet']!r} makes no list (begin the line with - )"
        problems.add(text.at(found.start("bullet")), message)


def _titles(text: Text, masked: str, problems: Problems) -> None:
    """Report links and blanks in headings and titles of blocks, which also go into menus and lists as plain text."""
    for title in _TITLE.finditer(masked):
        mark = _MARK.search(title[0])
        if mark:
            place = text.at(title.start() + mark.start())
            problems.add(place, f"{mark[0]!r} in a heading or a title (put it into the text below)")


def _within_links(text: Text, masked: str, problems: Problems) -> None:
    """Report marks in the text of a link or of an image, where they would not work."""
    at = 0
    for paragraph in re.split(r"(\n[ \t]*(?=\n))", masked):
        for found in _WITHIN_LINK.finditer(paragraph):
            what = "a citation" if found["ids"] else "a blank"
            message = f"{what} in the words of a link or an image (put it beside them)"
            problems.add(text.at(at + found.start()), message)
        at += len(paragraph)
