"""What is wrong with a file that is not YAML, explained to people who do not know the parser's terms.

In: the parser's error, and the source. Out: a place and a message. Touches nothing.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from builder.problems import Place
from builder.sources import signs
from builder.sources.files import Source

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_BEGINS = "a text that begins with {sign} needs quotation marks ({marks}"
_OPEN = "a quotation mark that is opened here is not closed (close it where the text ends"
_AFTER = "words follow the closing quotation mark ({marks}"
_COMMA = "a comma behind a closing bracket (leave it out"
_PASTED = "an entry in brackets without '- ' before it (write '- ' before each {{, and leave out an outer [ and ]"
CUT = (
    "the text ends here, because # after one space begins a comment "
    "(put the whole text in quotation marks, or two spaces before a comment"
)
_UNSPACED = "no space after the colon (write '{key}: ' and then its value"
_SLIPS = (
    ("mapping values.*\n.*: ", "a colon in a text without quotation marks ({marks}"),
    ("mapping values", 'a colon in a line indented further than its key (indent it like that, or put the text in "…"'),
    (r"token(?s:.*)\n\t|tab character", "a tab at the beginning (indent with spaces"),
    ("start any token|scanning an? (alias|anchor|tag)|tag handle|directive name|node content", _BEGINS),
    ("quoted scalar.*(end of stream|document indicator)", _OPEN),
    ("quoted scalar", "a backslash in a text in quotation marks (write it twice, or put the text in '…'"),
    ("block scalar", 'words on the line of {sign} (begin the text on the next line, or put the whole text in "…"'),
    ("simple key", "neither a key with its value nor part of the text above (indent it, or write 'key: value'"),
    ("sequence entries", 'a list on the line of its key (begin it on the next line; a text with - at first needs "…"'),
    ("another document|document start", "a line of --- or ... within the file (leave it out"),
    ("a flow", 'a bracket opened here is not closed, or lacks a comma (a text that begins with {sign} needs "…"'),
    (
        "block collection",
        "a line of a list without '- ' (begin it with '- ', or indent it like the lines it belongs to",
    ),
    ("block mapping(?s:.*)\n- ", "an entry of a list where a key is due (check how far the line is indented"),
    ("block mapping", "a line that is not indented like those it belongs to (begin them in the same column"),
)
"""Patterns over the parser's error and the text before and after its place: what is wrong, and what to do."""

_SPACED = re.compile(
    rf"[ ]*(?:-[ ]+)*[\"']?[\w-]+[\"']?(?:(?P<before>[{signs.SPACES}]+)[ ]*:|:(?P<after>[{signs.SPACES}]))"
)
_CURLY = re.compile(r"[ ]*(?:-[ ]+)*(?:[\w-]+:[ ]+)?(?P<mark>[\u201c-\u201f\u2018-\u201b\xab])")

_BEGUN = re.compile("while (scanning an? (alias|anchor|directive|quoted|block|simple)|parsing a flow)|end of stream")
"""Errors for which the place where the parser began is better than the place where it noticed."""

_SWALLOWED = re.compile(r"\n *(- |[\w-]+:\s)")
"""A line within quotation marks that was meant as a line of its own."""


def diagnose(error: yaml.MarkedYAMLError, source: Source) -> tuple[Place, str]:
    """Find where and what is wrong with a file that is not YAML, for people who do not know the parser's terms."""
    text, error_text = source.text, f"{error.context}: {error.problem}"
    noticed: Any = error.problem_mark or error.context_mark
    mark: Any = error.context_mark if error.context_mark and _BEGUN.search(error_text) else noticed
    if unusual := _unusual(text, mark.index):
        return source.place(unusual[0]), f"not valid YAML: {unusual[1]})"
    at, words = _slip(text, error_text, mark.index, noticed.index)
    line = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
    twice = ", and write each apostrophe in it twice" if "'" in line else ""
    marks = f"put the whole text in '…'{twice}" if '"' in line else 'put the whole text in "…"'
    key = line.strip(" -").partition(":")[0]
    words = words.format(sign=text[at : at + 1], marks=marks, key=key, error_text=f"; the parser says: {error.problem}")
    return source.place(at), f"not valid YAML: {words})"


def _unusual(text: str, at: int) -> tuple[int, str] | None:
    """A character on this line, or the one above, that only looks like one of YAML's: its offset, and the message."""
    begin = text.rfind("\n", 0, at) + 1
    above = text.rfind("\n", 0, max(begin - 1, 0)) + 1
    for start in (above, begin):
        line = text[start:].partition("\n")[0]
        if space := _SPACED.match(line):
            char = space["before"] or space["after"]
            where = space.start("before") if space["before"] else space.start("after")
            return start + where, f"{signs.describe_lookalike(char[0])} (delete it and type a space"
        if start == begin and (quote := _CURLY.match(line)):
            return start + quote.start(
                "mark"
            ), 'curly quotation marks do not quote a text here (type straight ones: "…"'
    return None


def _slip(text: str, error_text: str, at: int, noticed: int) -> tuple[int, str]:
    """The offset of what is wrong, and the message."""
    start, piece = _piece(text[:noticed])
    if piece[:1] in {'"', "'"} and _SWALLOWED.search(piece):
        return start, _OPEN
    if pasted := _slip_of_json(text, error_text, piece, at, noticed):
        return pasted
    if piece and "while parsing a block" in error_text:
        return start, _AFTER if piece[0] in "\"'" else _BEGINS
    begin = text.rfind("\n", 0, at) + 1
    above = text[text.rfind("\n", 0, max(begin - 1, 0)) + 1 : begin]
    if "mapping values" in error_text or "simple key" in error_text:
        for offset, line in ((begin - len(above), above), (begin, text[begin:].partition("\n")[0])):
            if found := re.match(r" *(- +)*(?=[\w-]+:[^\s:/])(?!.*: )", line):
                return offset + found.end(), _UNSPACED
    if " #" in above and not text[begin:at].strip() and re.search("simple key|parsing a block", error_text):
        return begin - len(above) + above.index(" #") + 1, CUT
    seen = f"{error_text}\n{text[begin:at]}\n{text[at:]}"
    words = next((words for pattern, words in _SLIPS if re.match(f".*({pattern})", seen)), "")
    return at, words or "something is not as YAML has it (check indentation, colons and quotation marks{error_text}"


def _slip_of_json(text: str, error_text: str, piece: str, at: int, noticed: int) -> tuple[int, str] | None:
    """What is wrong around pasted JSON; None if the problem is another."""
    if piece[:1] in {"{", "["} and text[noticed : noticed + 1] == ",":
        return noticed, _COMMA
    return (at, _PASTED) if "simple key" in error_text and re.match(r"[\[{]\s*[\"{]", text[at:]) else None


def _piece(text: str) -> tuple[int, str]:
    """The alias, quoted text or bracket that the text ends with, or a quoted text that swallowed lines."""
    starts: list[int] = []
    end = len(text.rstrip())
    event: Any
    try:
        for event in yaml.parse(text, Loader=LOADER):
            start = event.start_mark.index
            if isinstance(event, yaml.CollectionStartEvent):
                starts.append(start)
            elif isinstance(event, yaml.CollectionEndEvent):
                start = starts.pop()
            piece = text[start : event.end_mark.index]
            if piece[:1] in {'"', "'"} and _SWALLOWED.search(piece):
                return start, piece
            if piece[:1] in {'"', "'", "[", "{", "*"} and event.end_mark.index == end:
                return start, piece
    except yaml.MarkedYAMLError:
        pass
    return 0, ""
