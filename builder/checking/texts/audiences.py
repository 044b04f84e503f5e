"""Teaching blocks, and above all that no mistake shows facilitators' text to readers.

In: one text and its tree. Out: problems.
"""

from __future__ import annotations

import re

from builder import dialect
from builder.checking.texts.texts import Text, is_within
from builder.problems import Problems, nearest, shown
from builder.sources.figures import figure_of

_WORDS = "|".join(dialect.BLOCKS)
_NEARLY = re.compile(
    rf"""^[ ]*(?!!!![ ]?[\w-])(?P<mark>!!+|!(?=[ ]*(?:{_WORDS})\b)
    | (?:\?{{3}}\+?|:{{3,}}|/{{3,}})(?=[ ]*[\w{{]) | ={{3}}[!+]?(?=[ ]+")).*$""",
    re.MULTILINE | re.IGNORECASE | re.VERBOSE,
)
"""What was meant as a block, with our marks or those of another program."""

_TITLED = re.compile(r'(?P<first>!!! ?(?P<kind>[\w-]+)(?: +[\w-]+)*)(?: +"[^"\n]*")?(?= *$)', re.MULTILINE)
_NOTE = re.compile(r"^ *\[\^(?P<id>[^\]\n]+)\]:|\[\^[^\]\n]+\](?!:)", re.MULTILINE)


def check(text: Text, masked: str, tree: dialect.Node, problems: Problems) -> None:
    """Report blocks that do not work, and text for facilitators that readers would see."""
    for found in _NEARLY.finditer(masked):
        line = found[0].strip()
        message = f"{shown(line)} is no block (three exclamation marks, a space, one word: !!! facilitator)"
        problems.add(text.at(found.start("mark")), message)
    _blocks(text, masked, tree, problems)
    _figures(text, problems)
    for block in dialect.blocks(text.text):
        _body(text, block, problems)
    _facilitators(text, masked, problems)
    _solutions(text, masked, problems)


def _body(text: Text, block: re.Match[str], problems: Problems) -> None:
    """Report a block without text, and a line that seems to belong to a block and does not."""
    margin, begun, after_blank = len(block["indent"]) + 4, False, False
    for offset, line in dialect.lines(text.text, block.end()):
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip():
            after_blank = True
        elif indent >= margin:
            begun, after_blank = True, False
        elif indent > margin - 4 and line.lstrip().startswith("!!!"):
            break  # a block of its own, which is checked itself
        elif begun and (indent > margin - 4 or not after_blank):
            message = "neither in the block above nor apart (four spaces before it, or an empty line between)"
            problems.add(text.at(offset + indent), message)
            return
        else:
            break
    if not begun:
        place = text.at(block.start() + len(block["indent"]))
        problems.add(place, "block without text (indent its text by four spaces)")


def _facilitators(text: Text, masked: str, problems: Problems) -> None:
    """Report facilitator blocks in texts that are not split by audience, and footnotes separated from their marks."""
    for block, end in dialect.whole_blocks(text.text, "facilitator"):
        if text.form == "page" or text.folder is None:
            place = text.at(block.start() + len(block["indent"]))
            message = "a facilitator block in a text for everyone (only readings and handouts part facilitators' text)"
            problems.add(place, message)
        for note in _NOTE.finditer(masked, block.end(), end):
            mark = note[0].strip()
            problems.add(
                text.at(note.end() - len(mark)), "a footnote in facilitators' text (say it in the text itself)"
            )


def _solutions(text: Text, masked: str, problems: Problems) -> None:
    """Report solutions where no page can fold them, and what the guide, which repeats them, cannot show."""
    outer = [(block.end(), end) for block, end in dialect.whole_blocks(text.text) if not block["indent"]]
    for block, end in dialect.whole_blocks(text.text, "solution"):
        start, indent = block.start() + len(block["indent"]), len(block["indent"])
        if text.folder is None:
            message = "a solution in a text that several pages show (put it into a reading, a handout or an activity)"
            problems.add(text.at(start), message)
        elif indent and not (indent == 4 and is_within(start, outer)):
            message = "a solution inside something else (put it at the margin, or into a block there)"
            problems.add(text.at(start), message)
        for note in _NOTE.finditer(masked, block.end(), end):
            at = note.end() - len(note[0].strip())
            problems.add(text.at(at), "a footnote in a solution, which the guide repeats (say it in the text itself)")
        for at, excerpt, key in dialect.attributes(masked[:end]):
            if at > start and key.startswith(("#", "id=")):
                message = f"an anchor in a solution, which the guide repeats: {shown(excerpt)} (leave it out)"
                problems.add(text.at(at), message)


def _blocks(text: Text, masked: str, tree: dialect.Node, problems: Problems) -> None:
    made, lost = _made(text, masked, tree)
    starts = set()
    for block in dialect.blocks(text.text):
        word, rest, start = block["kind"], block["rest"].strip(), block.start() + len(block["indent"])
        starts.add(start)
        place = text.at(start)
        if word not in dialect.BLOCKS:
            problems.add(place, f"unknown block {shown(word)} ({nearest(word, dialect.BLOCKS)})")
        elif rest and not re.fullmatch(r'"[^"]*"', rest):
            problems.add(place, f'{shown(rest)} after the word of a block (only a title in straight quotes, "…")')
        elif start not in made:
            problems.add(place, f"this {word} block does not come out as one (an empty line before it, no indentation)")
    for start, word in made.items():
        if start not in starts and word not in dialect.BLOCKS:
            problems.add(text.at(start), f"unknown block {shown(word)} ({nearest(word, dialect.BLOCKS)})")
        elif start not in starts:
            message = f"a {word} block inside a quotation or a list (put it at the margin, by itself)"
            problems.add(text.at(start), message)
    if lost:
        problems.add(text.place("!!!"), "a block inside something else (put each block at the margin, by itself)")


def _figures(text: Text, problems: Problems) -> None:
    """Report figures that do not begin with their image, or have no caption."""
    for block, end in dialect.whole_blocks(text.text, "figure"):
        place = text.at(block.start() + len(block["indent"]))
        if not figure_of(dialect.inside(text.text, block, end)):
            meant = "begin it with ![what it shows](images/name.svg), alone in its paragraph"
            problems.add(place, f"a figure without an image at its beginning ({meant})")
        if not block["rest"].strip(' "'):
            problems.add(
                place, 'a figure without a caption (write it behind the word, in straight quotes: !!! figure "…")'
            )


def _made(text: Text, masked: str, tree: dialect.Node) -> tuple[dict[int, str], bool]:
    """The offset and kind of each block that works; and whether the tree has a block that is not in the source.

    Unless all clearly work, each gets a title of its own, and the tree of that text shows which are there.
    """
    lines = [line for line in _TITLED.finditer(text.text) if masked.startswith("!!!", line.start())]
    titles = {f"\ue000{number}\ue000": line for number, line in enumerate(lines)}
    admonitions = _admonitions(tree)
    if not admonitions or not lines:
        return {}, bool(admonitions)
    if len(admonitions) < len(lines) or any(line.start() and text.text[line.start() - 1] != "\n" for line in lines):
        marked, at = "", 0
        for title, line in titles.items():
            marked, at = f'{marked}{text.text[at : line.end("first")]} "{title}"', line.end()
        admonitions = _admonitions(dialect.tree(marked + text.text[at:]))
        came = [titles[title] for node in admonitions for title in [dialect.words(node["c"][0])] if title in titles]
    else:
        came = lines
    return {line.start(): line["kind"] for line in came}, len(came) < len(admonitions)


def _admonitions(tree: dialect.Node) -> list[dialect.Node]:
    return [node for node in dialect.walk(tree) if "admonition" in dialect.classes(node)]
