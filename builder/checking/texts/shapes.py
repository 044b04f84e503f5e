"""The shape of a text: raw HTML, attributes, headings and tables.

In: one text and its tree. Out: problems.
"""

from __future__ import annotations

import re

from builder import dialect
from builder.checking.texts.texts import Text, alike, likest, visible_words
from builder.problems import Problems, shown

_RAW = re.compile(
    r"(?<!\()<(?!(?i:https?:|mailto:)|[^\s<>@]+@[^\s<>@]+>)(?:(/?[A-Za-z][^\s<>/]*)[^<>]*>?|![A-Za-z\[-][^<>]*>?|\?[^<>]*>?)"
)
_SAFE = re.compile(rf'</?(?:{"|".join(sorted(dialect.SAFE_HTML))})(?: title="[^"<>]*")? ?/?>', re.IGNORECASE)
_LIST = re.compile(
    r"""\{:?[ ]*[#.][A-Za-z][\w-]*
    (?:[ ]+(?:[#.][\w-]+|(?:id|class|lang|title|start)=(?:"[^"}\n]*"|'[^'}\n]*'|[^\s}"']+)))*[ ]*\}""",
    re.VERBOSE,
)


_FRAME = "pages show nothing of another host: link to it, such as [the video](https://…)"
_FORMULA = "no formula is set: write it with plain signs, <sup>, and <sub>"
_INSTEAD = dict.fromkeys(("iframe", "frame", "embed", "object", "video", "audio"), _FRAME) | {"math": _FORMULA}
"""What to do instead of what other programs take, by the name of its element."""


def check(text: Text, masked: str, tree: dialect.Node, problems: Problems) -> str:
    """Report what is wrong with the shape of a text. Returns the raw HTML that was reported."""
    raw = _raw_html(text, masked, problems)
    _attributes(text, masked, raw, problems)
    _plain_attributes(text, masked, tree, problems)
    _fences(text, masked, tree, problems)
    _headings(text, tree, problems)
    _tables(text, tree, problems)
    return raw


def _fences(text: Text, masked: str, tree: dialect.Node, problems: Problems) -> None:
    """Report fenced code that does not work: the masked text only has fences that do not end."""
    examples = " ".join(dialect.words(node) for node in dialect.walk(tree) if node["t"] == "pre")
    reported: set[str] = set()
    for found in re.finditer(r"^(?P<margin>[ >]*)(?P<fence>`{3,}|~{3,}).*$", masked, re.MULTILINE):
        fence = found["fence"]
        example = len(found["margin"]) > 3 and fence in examples
        if example or fence[0] in reported:  # what comes after the first may be its end, or within it
            continue
        reported.add(fence[0])
        end = fence if len(fence) < 10 else f"the same {len(fence)} signs"
        message = f"code that is never closed, or not at the line's start (end it with {end} on a line of its own)"
        problems.add(text.at(found.start("fence")), message)


def _raw_html(text: Text, masked: str, problems: Problems) -> str:
    """Report raw HTML, and of a pair of tags only the first. Returns what was reported."""
    raw: list[str] = []
    names: set[str] = set()
    for found in _RAW.finditer(masked):
        pair = found[0].startswith("</") and found[1][1:] in names
        if not _SAFE.fullmatch(found[0]) and not pair:
            allowed = ", ".join(f"<{tag}>" for tag in sorted(dialect.SAFE_HTML))
            excerpt = found[0].split("\n")[0]
            meant = _INSTEAD.get((found[1] or "").lower(), f"only {allowed}; for a less-than sign write &lt;")
            message = f"raw HTML {excerpt[:30]!r} ({meant})"
            problems.add(text.at(found.start()), message)
            raw.append(found[0])
            names.add(found[1] or "")
    return " ".join(raw)


def _attributes(text: Text, masked: str, raw: str, problems: Problems) -> None:
    """Report attributes from attribute lists, then everything else in the HTML that was not reported before."""
    strange = set(dialect.foreign(text.text))
    for offset, excerpt, key in dialect.attributes(text.text) if strange else ():
        if masked[offset] == "{" and f"{key.lower()}=" in strange:
            message = f"attribute {shown(key)} is not allowed (#id, lang, title and start are)"
            problems.add(text.at(offset), message)
            raw += excerpt
    for excerpt in () if raw else strange:
        message = f"{excerpt!r} comes out of this text, and is not allowed (write plain Markdown)"
        problems.add(text.place(excerpt), message)


def _plain_attributes(text: Text, masked: str, tree: dialect.Node, problems: Problems) -> None:
    """Report attribute lists that are plain text, because they follow nothing that could have them."""
    written: dict[tuple[str, ...], list[re.Match[str]]] = {}
    for each in _LIST.finditer(masked):
        written.setdefault(tuple(each[0].split()), []).append(each)
    for plain in _LIST.finditer(visible_words(tree)) if written else ():
        same = written.get(tuple(plain[0].split()))
        if same:
            found = likest(same, lambda each, plain=plain: alike(_before(each), _before(plain)))  # type: ignore[misc]
            meant = "alone on the line below a paragraph, or right behind *words*"
            problems.add(text.at(found.start()), f"{shown(found[0])} has no effect here ({meant})")


def _before(found: re.Match[str]) -> str:
    """The text before a match, backwards."""
    return found.string[max(0, found.start() - 40) : found.start()][::-1]


def _headings(text: Text, tree: dialect.Node, problems: Problems) -> None:
    nodes = [node for node in dialect.walk(tree) if re.fullmatch("h[1-6]", node["t"])]
    marks = list(dialect.headings(text.text))
    before = 0 if text.form == "page" else 1
    if text.form == "page" and (not nodes or nodes[0]["t"] != "h1"):
        problems.add(text.at(0), "a page without a title (begin with # and the title)")
        before = 1
    for number, node in enumerate(nodes):
        level, exact = int(node["t"][1]), len(marks) == len(nodes)
        place = text.at(marks[number]) if exact else text.place(dialect.words(node))
        if text.form == "value":
            problems.add(place, "a heading in a YAML text (only Markdown files have headings)")
        elif level == 1 and (number or text.form == "part"):
            problems.add(place, "heading of level 1 (use ## and deeper; the title is level 1)")
        elif level > before + 1:
            problems.add(place, f"heading of level {level} after level {before} (use {'#' * (before + 1)})")
        elif not dialect.words(node):
            problems.add(place, "a heading without words")
        before = max(level, 1 if text.form == "page" and not number else 2)


def _tables(text: Text, tree: dialect.Node, problems: Problems) -> None:
    tables = [node for node in dialect.walk(tree) if node["t"] == "table"]
    rows = dialect.header_rows(text.text)
    for number, table in enumerate(tables):
        cells = [node for node in dialect.walk(table) if node["t"] == "th"]
        for at in (at for at, cell in enumerate(cells) if not dialect.words(cell)):
            place = text.place("|")
            if len(rows) == len(tables):
                start, row = rows[number]
                edges = [edge.end() for edge in re.finditer(r"^(?![ >]*\|)|(?<!\\)\|", row)]
                place = text.at(start + edges[min(at, len(edges) - 1)])
            problems.add(place, "empty cell in a table's header row (name every column)")
