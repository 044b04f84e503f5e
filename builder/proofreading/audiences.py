"""Teaching blocks, and above all that what is for facilitators does not reach readers by a slip.

In: one text and its tree. Out: problems.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from builder import prose
from builder.problems import Problems, nearest, shown
from builder.proofreading.texts import Text

_WORDS = "|".join(prose.BLOCKS)
_NEARLY = re.compile(
    rf"^[ ]*(?!!!![ ]?[\w-])(?P<mark>!!+|!(?=[ ]*(?:{_WORDS})\b)|(?:\?{{3}}\+?|:{{3}})(?=[ ]*(?:{_WORDS})\b)).*$",
    re.MULTILINE | re.IGNORECASE,
)
_NOTE = re.compile(r"^ *\[\^(?P<id>[^\]\n]+)\]:|\[\^[^\]\n]+\](?!:)", re.MULTILINE)


def check(text: Text, masked: str, tree: prose.Node, problems: Problems) -> None:
    """Tell blocks that do not come out, and text for facilitators that readers would see."""
    for found in _NEARLY.finditer(masked):
        line = found[0].strip()
        message = f"{shown(line)} is no block (three exclamation marks, a space, one word: !!! facilitator)"
        problems.add(text.at(found.start("mark"), line), message)
    _blocks(text, tree, problems)
    for block in prose.blocks(text.text):
        _body(text, block, problems)
    _facilitators(text, masked, problems)


def _body(text: Text, block: re.Match[str], problems: Problems) -> None:
    """Tell a block without text, and a line that seems to belong to one and does not."""
    margin, begun, after_blank = len(block["indent"]) + 4, False, False
    for offset, line in _lines(text.text, block.end()):
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip():
            after_blank = True
        elif indent >= margin:
            begun, after_blank = True, False
        elif begun and (indent > margin - 4 or not after_blank):
            message = "neither in the block above nor apart (four spaces before it, or an empty line between)"
            problems.add(text.at(offset + indent, line.strip()), message)
            return
        else:
            break
    if not begun:
        place = text.at(block.start() + len(block["indent"]), block[0].strip())
        problems.add(place, "block without text (indent its text by four spaces)")


def _lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Every line of a text from an offset on, with its own offset."""
    for line in text[start:].split("\n"):
        yield start, line
        start += len(line) + 1


def _facilitators(text: Text, masked: str, problems: Problems) -> None:
    """Tell facilitator blocks where nothing parts them, and footnotes that would be torn from their marks."""
    for block, end in prose.facilitator_blocks(text.text):
        if text.form == "page" or text.folder is None:
            place = text.at(block.start() + len(block["indent"]), block[0].strip())
            message = "a facilitator block in a text for everyone (only readings and handouts part facilitators' text)"
            problems.add(place, message)
        for note in _NOTE.finditer(masked, block.end(), end):
            mark = note[0].strip()
            problems.add(
                text.at(note.end() - len(mark), mark), "a footnote in facilitators' text (say it in the text itself)"
            )


def _blocks(text: Text, tree: prose.Node, problems: Problems) -> None:
    written = list(prose.blocks(text.text))
    words, made = Counter(block["kind"].lower() for block in written), prose.blocks_made(tree)
    missed, hidden = words - made, made - words
    for block in written:
        word, rest = block["kind"], block["rest"].strip()
        place = text.at(
            block.start() + len(block["indent"]), f"!!!{text.text[block.start('kind') - 1].strip('!')}{word}"
        )
        if word not in prose.BLOCKS:
            problems.add(place, f"unknown block {shown(word)} ({nearest(word, prose.BLOCKS)})")
        elif rest and not re.fullmatch(r'"[^"]*"', rest):
            problems.add(place, f'{shown(rest)} after the word of a block (only a title in straight quotes, "…")')
        elif missed[word]:
            problems.add(place, f"this {word} block does not come out as one (an empty line before it, no indentation)")
    for word in hidden:
        problems.add(text.place("!!!"), f"a {word} block inside a quotation or a list (let it stand alone)")
