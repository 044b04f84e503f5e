"""Limits for paragraphs, texts and files, checked before anything reads them whose time grows faster than their size.

In: text. Out: offsets and messages. Touches nothing. Each limit is at least ten times what this curriculum's largest
text needs; together they keep the check of any file within seconds. `docs/authors/format.md` lists them for authors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

MAX_PARAGRAPH = 30_000
"""Characters between two empty lines, some fifteen pages; the longest paragraph here has 3,000."""

MAX_PARAGRAPH_LINES = 500
"""Lines between two empty lines, such as the rows of a table or the items of a list; the most here are 28."""

MAX_LINES = 20_000
"""Lines of a Markdown file; the longest here has 340."""

MAX_PARAGRAPHS = 5_000
"""Paragraphs of a Markdown file; the most here are 77."""

MAX_GAP = 500
"""White space in a row; twelve levels of lists need 48 spaces."""

MAX_BRACKETS = 10_000_000
"""Opening brackets and less-than signs of a file's texts, each times the length of its paragraph: for each of them that
is never closed, the converter searches the rest of its paragraph. The most here are 79,000; the limit takes two
seconds."""

MAX_TAGS = 10_000_000
"""Characters between the beginnings of tags in a file's texts and the ends of these: for each that is never closed, the
converter searches the rest of the file, several times. The most here are 99; the limit takes four seconds."""

MAX_FENCES = 10_000_000
"""Lines of ``` or ~~~ in a Markdown file, times its length: for each that opens code and is never closed, the converter
searches the rest of the file several times. The most here are 300,000; the limit takes three seconds."""

MAX_MARKS = 40_000
"""Characters of a file's texts that may be marks: for each the converter makes an element, or tries to."""

MAX_TEXT = 50_000
"""Characters of one text in a YAML file; the longest here has 2,100."""

MAX_KEY = 100
"""Characters of a key; the longest has 20."""

MAX_KEYS = 500
"""Keys of one mapping; the most are 16, and a program may fill some dozen blanks under `supplied`."""

MAX_ENTRIES = 10_000
"""Entries of one list: works and terms are counted in thousands at most."""

MAX_VALUES = 150_000
"""Keys, values and collections of one YAML file; 1,000 teams with all their people and meetings need 85,000."""

MAX_ATTACHMENT = 5_000_000
"""Bytes of a file that readers download: slides with photos, which a phone with a bad signal still gets."""

MAX_UNPACKED = 40_000_000
"""Bytes of all that is packed in an attachment; `leaks` opens no more than 50 million."""

MAX_PACKED_FILES = 1_000
"""Files in an attachment that is an archive."""

IN_PARAGRAPH = (
    ("opening brackets", re.compile(r"\["), 150),
    ("less-than signs", re.compile("<"), 100),
    ("opening braces", re.compile(r"\{"), 100),
    ("lines that begin with a colon", re.compile(r"^[ >]*:", re.MULTILINE), 50),
    ("marks", re.compile(r"[*_`|&\\\"'!~^]"), 2_000),
)
"""What the converter searches for pairs, and how many of each a paragraph may have. The most here: 12, 7, 4, 1, 190."""

_BREAK = re.compile(r"\n[ \t]*+(?=\n)")
_GAP = re.compile(rf"(?<!\s)\s{{{MAX_GAP + 1}}}")
_TAG = re.compile("<[A-Za-z!?/]")
_FENCE = re.compile("^[ >]*(?:`{3}|~{3})", re.MULTILINE)
_MARKS = re.compile(r"[\[<{*_`|&\\\"'!~^]")


class Budget:
    """Counts the texts of one file against the limits that they share."""

    def __init__(self) -> None:
        self._marks = 0
        self._brackets = 0
        self._tags = 0

    def excess(self, text: str) -> Iterator[tuple[int, str]]:
        """The limits that one more text of the file exceeds: offset and message of each."""
        if gap := _GAP.search(text):
            yield gap.start(), f"more than {MAX_GAP} spaces or empty lines in a row (delete most of them)"
        yield from self._in_tags(text)
        for start, paragraph in split_paragraphs(text):
            yield from ((start + at, message) for at, message in self._in_paragraph(paragraph))

    def _in_paragraph(self, paragraph: str) -> Iterator[tuple[int, str]]:
        if len(paragraph) > MAX_PARAGRAPH:
            yield MAX_PARAGRAPH, f"a paragraph of more than {MAX_PARAGRAPH:,} characters (part it by empty lines)"
        if paragraph.count("\n") >= MAX_PARAGRAPH_LINES:
            message = f"more than {MAX_PARAGRAPH_LINES} lines without an empty line (part them by empty lines)"
            yield _nth("\n", paragraph, MAX_PARAGRAPH_LINES) + 1, message
        for name, pattern, most in IN_PARAGRAPH:
            found = islice(pattern.finditer(paragraph), most, None) if len(paragraph) > most else iter(())
            if over := next(found, None):
                yield over.start(), f"more than {most:,} {name} in one paragraph (part it by empty lines)"
        brackets = (paragraph.count("[") + paragraph.count("<")) * len(paragraph)
        yield from self._spend(len(_MARKS.findall(paragraph)), brackets)

    def _in_tags(self, text: str) -> Iterator[tuple[int, str]]:
        before, end = self._tags, -1
        for found in _TAG.finditer(text):
            at = found.start()
            if end < at:
                end = text.find(">", at)
                end = len(text) if end < 0 else end
            self._tags += end - at
            if before <= MAX_TAGS < self._tags:
                message = (
                    "from here on the file has too many tags that are never closed (for a less-than sign write &lt;)"
                )
                yield at, message
                return

    def _spend(self, marks: int, brackets: int) -> Iterator[tuple[int, str]]:
        before = self._marks, self._brackets
        self._marks, self._brackets = before[0] + marks, before[1] + brackets
        if before[0] <= MAX_MARKS < self._marks:
            yield 0, f"from here on the file has more than {MAX_MARKS:,} marks such as * and ` (part the file)"
        if before[1] <= MAX_BRACKETS < self._brackets:
            yield 0, "from here on the file has too many brackets in long paragraphs (part these by empty lines)"


def markdown(text: str) -> Iterator[tuple[int, str]]:
    """The limits that a Markdown file exceeds: offset and message of each."""
    if text.count("\n") > MAX_LINES:
        yield _nth("\n", text, MAX_LINES) + 1, f"more than {MAX_LINES:,} lines (part the file)"
    elif over := next(islice(_BREAK.finditer(text), MAX_PARAGRAPHS, None), None):
        yield over.start() + 1, f"more than {MAX_PARAGRAPHS:,} empty lines (part the file)"
    elif fence := next(islice(_FENCE.finditer(text), MAX_FENCES // (len(text) + 1), None), None):
        yield fence.start(), "from here on the file has too many lines of ``` or ~~~ for its length (part the file)"
    else:
        yield from Budget().excess(text)


def split_paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs of a text, each with its offset."""
    at = 0
    for found in _BREAK.finditer(text):
        yield at, text[at : found.start()]
        at = found.end() + 1
    yield at, text[at:]


def _nth(char: str, text: str, nth: int) -> int:
    """The offset of the nth occurrence of a character, counted from 1."""
    at = -1
    for _ in range(nth):
        at = text.index(char, at + 1)
    return at
