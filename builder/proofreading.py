"""Rules for a single authored text: what the dialect takes, and what it names that must exist.

In: `Text` values, each a piece of an authored file. Out: problems with their places, and the links to be followed once
all pages are known. The parsed tree is the judge of what a text is; the source only tells where it stands.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Literal

from builder import prose
from builder.documents.apparatus import BLANK, SCHEMES, citation_ids
from builder.problems import Place, Problems, nearest
from builder.sources import Source

_CODE = re.compile(r"^[ ]*(`{3,}|~{3,})[\s\S]*?^[ ]*\1[ \t]*$|`[^`\n]+`", re.MULTILINE)
_RAW = re.compile(r"<(?!https?:|mailto:|[^\s<>@]+@[^\s<>]+>)(/?[A-Za-z][^\s<>/]*|!--|\?|!\[)([^<>]*)>?")
_SAFE = re.compile(rf'</?(?:{"|".join(sorted(prose.SAFE_HTML))})(?: title="[^"<>]*")? ?/?>', re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\{:?[ ]*([^{}\n]*)\}")
_ATTRIBUTE = re.compile(r"""(?P<key>[\w:@.-]+)=(?:"[^"]*"|'[^']*'|\S+)""")
_SUSPECT = re.compile(r"[<\[|!]|^#|^[=-]{3,}|\{:", re.MULTILINE)
_SAFE_ATTRIBUTES = frozenset({"lang", "title", "start"})


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of an authored file. `form` says which headings it may hold; `folder` is where its links start from."""

    source: Source
    start: int
    end: int
    text: str
    form: Literal["page", "part", "value"]
    page: str | None = None  # the document in which its own anchors and relative links hold

    def place(self, excerpt: str, nth: int = 0) -> Place:
        """Where the nth occurrence of an excerpt stands, however its lines were folded; else where the text begins."""
        pattern = re.compile(r"\s+".join(re.escape(word) for word in excerpt.split()) or r"\Z")
        found = list(pattern.finditer(self.source.text, self.start, self.end))
        return self.source.place(found[min(nth, len(found) - 1)].start() if found else self.start)


@dataclass(frozen=True, slots=True)
class Link:
    """A link in an authored text, as written."""

    text: Text
    href: str
    place: Place


@dataclass(frozen=True, slots=True)
class Known:
    """What texts may name: ids by link scheme, works, images, and the blanks that a program has filled."""

    ids: Mapping[str, Set[str]]
    works: Set[str]
    files: Set[str]
    supplied: Set[str]


def proofread(text: Text, known: Known, problems: Problems) -> tuple[Link, ...]:
    """Tell everything that is wrong with one text; answer its links."""
    if not _SUSPECT.search(text.text):
        return ()
    masked = _CODE.sub(lambda code: re.sub(r"[^\n]", "x", code[0]), text.text)
    _citations(text, masked, known, problems)
    _blanks(text, masked, known, problems)
    _raw_html(text, masked, problems)
    _attributes(text, masked, problems)
    for offset, word in prose.blocks(text.text):
        if word not in prose.BLOCKS:
            place = text.place(f"!!! {word}", _nth(text.text, f"!!! {word}", offset - 4))
            problems.add(place, f"unknown block {word!r} ({nearest(word, prose.BLOCKS)})")
    tree = prose.tree(text.text)
    _headings(text, tree, problems)
    _tables(text, tree, problems)
    _images(text, tree, known, problems)
    return tuple(_links(text, tree, known, problems))


def follow(link: Link, pages: Mapping[str, Set[str]], problems: Problems) -> None:
    """Check a relative link against all pages and their anchors."""
    if link.text.page is None:
        problems.add(link.place, f"link {link.href!r} depends on the page (name its target, such as module:… or page:…)")
        return
    path, _, anchor = link.href.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(link.text.page), path)) if path else link.text.page
    if target not in pages:
        problems.add(link.place, f"broken link {link.href!r} ({nearest(target, pages)})")
    elif anchor and anchor not in pages[target]:
        problems.add(link.place, f"link to an unknown anchor {link.href!r} ({nearest(anchor, pages[target])})")


def _citations(text: Text, masked: str, known: Known, problems: Problems) -> None:
    for found in re.finditer(r"\[(@[^\]\n]*)\]?", masked):
        place = text.place("[@", _nth(text.text, "[@", found.start()))
        if not found[0].endswith("]"):
            problems.add(place, "a citation without its closing bracket (write [@id])")
            continue
        for id in citation_ids(found[1]):
            if id not in known.works:
                problems.add(place, f"unknown citation {id!r} ({nearest(id, known.works)})")


def _blanks(text: Text, masked: str, known: Known, problems: Problems) -> None:
    for found in re.finditer(BLANK, masked):
        name = " ".join(found["blank"].split())
        if name not in known.supplied:
            problems.notice(text.place(found[0], _nth(text.text, found[0], found.start())), f"for your program to supply: {name}")


def _raw_html(text: Text, masked: str, problems: Problems) -> None:
    for found in _RAW.finditer(masked):
        if not _SAFE.fullmatch(found[0]):
            allowed = ", ".join(f"<{tag}>" for tag in sorted(prose.SAFE_HTML))
            excerpt = found[0].split("\n")[0]
            problems.add(text.place(excerpt, _nth(masked, excerpt, found.start())), f"raw HTML {excerpt[:30]!r} (only {allowed})")


def _attributes(text: Text, masked: str, problems: Problems) -> None:
    for found in _ATTRIBUTES.finditer(masked):
        for attribute in _ATTRIBUTE.finditer(found[1]):
            if attribute["key"] not in _SAFE_ATTRIBUTES:
                message = f"attribute {attribute['key']!r} is not allowed (#id, .class, lang, title and start are)"
                problems.add(text.place(found[0]), message)


def _headings(text: Text, tree: prose.Node, problems: Problems) -> None:
    first = {"page": 1, "part": 2, "value": 7}[text.form]
    levels = [int(node["t"][1]) for node in prose.walk(tree) if re.fullmatch("h[1-6]", node["t"])]
    marks = [offset for offset, _ in prose.headings(text.text)]
    for number, level in enumerate(levels):
        offset = text.start + marks[number] if len(marks) == len(levels) and text.form != "value" else None
        place = text.place("#") if offset is None else text.source.place(offset)
        before = levels[number - 1] if number else first - 1
        if text.form == "value":
            problems.add(place, "a heading in a YAML text (only Markdown files have headings)")
        elif level < first or (level == 1 and number):
            problems.add(place, f"heading of level {level} (use ## and deeper; the title is level 1)")
        elif level > before + 1:
            problems.add(place, f"heading of level {level} after level {before} (use {'#' * (before + 1)})")


def _tables(text: Text, tree: prose.Node, problems: Problems) -> None:
    for node in prose.walk(tree):
        if node["t"] == "th" and not prose.words(node):
            problems.add(text.place("|"), "empty cell in a table's header row (name every column)")


def _images(text: Text, tree: prose.Node, known: Known, problems: Problems) -> None:
    for node in prose.walk(tree):
        if node["t"] != "img":
            continue
        source, place = node.get("src", ""), text.place(f"]({node.get('src', '')}")
        if not node.get("alt", "").strip():
            problems.add(place, f"image {source!r} without alternative text (write what it shows in the brackets)")
        folder = posixpath.dirname(text.source.path)
        if posixpath.normpath(posixpath.join(folder, source)) not in known.files:
            near = nearest(source, [posixpath.relpath(name, folder) for name in known.files if name.startswith(folder)])
            problems.add(place, f"missing image {source!r} ({near})")


def _links(text: Text, tree: prose.Node, known: Known, problems: Problems) -> Iterator[Link]:
    seen: dict[str, int] = {}
    for node in prose.walk(tree):
        if node["t"] != "a" or "footnote-backref" in prose.classes(node):
            continue
        href = node.get("href", "")
        place = text.place(href, seen.get(href, 0))
        seen[href] = seen.get(href, 0) + 1
        if not prose.words(node) and not any(each["t"] == "img" for each in prose.walk(node)):
            problems.add(place, f"link {href!r} without words (say where it leads)")
        scheme, colon, name = href.partition(":")
        if colon and scheme in SCHEMES:
            _named(place, scheme, name, known, problems)
        elif colon and scheme not in {"https", "http", "mailto"}:
            problems.add(place, f"link {href!r} has an unknown scheme ({nearest(scheme, [*SCHEMES, 'https', 'mailto'])})")
        elif not colon and href.startswith("/"):
            problems.add(place, f"link {href!r} starts at the server's root (use a relative link or page:…)")
        elif not colon:
            yield Link(text, href, place)


def _named(place: Place, scheme: str, name: str, known: Known, problems: Problems) -> None:
    id = name.partition("#")[0]
    ids = known.ids[scheme]
    if id not in ids:
        problems.add(place, f"unknown {scheme} {id!r} ({nearest(id, ids)})")


def _nth(text: str, excerpt: str, offset: int) -> int:
    """How many times an excerpt stands before an offset."""
    return text.count(excerpt, 0, max(offset, 0))
