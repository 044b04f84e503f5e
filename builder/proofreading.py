"""Rules for a single authored text: what the dialect takes, and what it names that must exist.

In: `Text` values, each a piece of an authored file. Out: problems with their places, and the links to be followed once
all pages are known. The parsed tree is the judge of what a text is; the source only tells where it stands.
"""

from __future__ import annotations

import posixpath
import re
import urllib.parse
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Literal

from builder import prose
from builder.documents.apparatus import BLANK, SCHEMES, citation_ids
from builder.problems import Place, Problems, nearest, shown
from builder.sources import Source

_RAW = re.compile(
    r"(?<!\()<(?!(?i:https?:|mailto:)|[^\s<>@]+@[^\s<>@]+>)(?:(/?[A-Za-z][^\s<>/]*)[^<>]*>?|![A-Za-z\[-][^<>]*>?|\?[^<>]*>?)"
)
_SAFE = re.compile(rf'</?(?:{"|".join(sorted(prose.SAFE_HTML))})(?: title="[^"<>]*")? ?/?>', re.IGNORECASE)
_SUSPECT = re.compile(r"[<>\[|!#{]|^[ ]*(?:=+|-+)[ ]*$", re.MULTILINE)
_TITLE = re.compile(r"^[ ]*(?:#{1,6}[ ]|!!! ).*$", re.MULTILINE)
_MARK = re.compile(rf"\[@|\[PROGRAM TO SUPPLY:|\]\((?:{'|'.join(SCHEMES)}):")
_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*|mailto:[^\s@]+@[^\s@]+\.[^\s@]+")
_OF_MODULES = {"module": "index", "guide": "guide", "handout": "handout"}
_PAGES = {"page": "{}.md"} | {scheme: f"modules/{{}}/{page}.md" for scheme, page in _OF_MODULES.items()}


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of an authored file. `form` says which headings it may hold."""

    source: Source
    start: int
    end: int
    text: str
    form: Literal["page", "part", "value"]
    page: str | None = None  # the document in which its own anchors and relative links hold
    folder: str | None = None  # where its images are sought; None where the text is shown in several places

    def place(self, excerpt: str, nth: int = 0) -> Place:
        """Where the nth occurrence of an excerpt stands, however its lines were folded; else where the text begins."""
        found = list(_folded(excerpt).finditer(self.source.text, self.start, self.end))
        return self.source.place(found[min(nth, len(found) - 1)].start() if found else self.start)

    def at(self, offset: int, excerpt: str) -> Place:
        """Where an excerpt stands that has this offset in the text; in its file, a YAML value may be folded."""
        if self.form != "value":
            return self.source.place(self.start + offset)
        return self.place(excerpt, sum(1 for _ in _folded(excerpt).finditer(self.text, 0, offset)))


@dataclass(frozen=True, slots=True)
class Link:
    """A link in an authored text, as written, and the page and anchor to which it leads, if it does not depend."""

    text: Text
    href: str
    place: Place
    target: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What texts may name: ids by link scheme, works, images, and the blanks that a program has filled."""

    ids: Mapping[str, Set[str]]
    works: Set[str]
    files: Set[str]
    supplied: Set[str]


def proofread(text: Text, known: Known, problems: Problems) -> tuple[Link, ...]:
    """Tell everything that is wrong with one text; answer its links."""
    deep = prose.too_deep(text.text)
    if deep:
        problems.add(text.at(deep.start(), deep[0].strip()), f"nested too deeply (at most {prose.MAX_NESTING} levels)")
        return ()
    if not _SUSPECT.search(text.text):
        return ()
    masked = prose.without_code(text.text)
    _citations(text, masked, known, problems)
    _footnotes(text, masked, problems)
    _blanks(text, masked, known, problems)
    _titles(text, masked, problems)
    tree = prose.tree(text.text)
    raw = _raw_html(text, masked, problems)
    _attributes(text, masked, raw, problems)
    _blocks(text, tree, problems)
    _headings(text, tree, problems)
    _tables(text, tree, problems)
    nodes = [node for node in prose.walk(tree) if (node.get("href") or node.get("src") or "\0") not in raw]
    _images(text, nodes, masked, known, problems)
    return tuple(_links(text, nodes, masked, known, problems))


def follow(link: Link, pages: Mapping[str, Set[str]], problems: Problems) -> None:
    """Check a link to a page of the site against all pages and their anchors."""
    if link.target is None:
        problems.add(link.place, f"link {link.href!r} depends on the page (name its target: module:… or page:…)")
        return
    target, _, anchor = link.target.partition("#")
    if target not in pages:
        problems.add(link.place, f"broken link {link.href!r} ({nearest(target, pages)})")
    elif anchor and anchor not in pages[target]:
        problems.add(link.place, f"link to an unknown anchor {link.href!r} ({nearest(anchor, pages[target])})")


def _citations(text: Text, masked: str, known: Known, problems: Problems) -> None:
    for found in re.finditer(r"\[(@[^\[\]\n]*)\]?", masked):
        place = text.at(found.start(), "[@")
        if not found[0].endswith("]"):
            problems.add(place, "a citation without its closing bracket (write [@id])")
            continue
        for id in citation_ids(found[1]):
            if id not in known.works:
                problems.add(place, f"unknown citation {shown(id)} ({nearest(id, known.works)})")
    for found in re.finditer(r"\[[^\[\]@\n]*[\s;-]@(?P<id>[a-z][a-z0-9-]*)[^\[\]\n]*\](?!\()", masked):
        if found["id"] in known.works:
            place = text.at(found.start(), found[0])
            problems.add(place, f"a citation with other words in it (write only [@{found['id']}])")


def _footnotes(text: Text, masked: str, problems: Problems) -> None:
    notes = {found["id"]: found for found in re.finditer(r"^ {0,3}\[\^(?P<id>[^\]\n]+)\]:", masked, re.MULTILINE)}
    marks = list(re.finditer(r"\[\^(?P<id>[^\]\n]+)\](?!:)", masked))
    for mark in marks:
        if mark["id"] not in notes:
            problems.add(text.at(mark.start(), mark[0]), f"footnote {mark[0]} has no text (add a line {mark[0]}: …)")
    for id in notes.keys() - {mark["id"] for mark in marks}:
        problems.add(text.at(notes[id].start(), notes[id][0]), f"nothing refers to footnote [^{id}]")


def _blanks(text: Text, masked: str, known: Known, problems: Problems) -> None:
    for found in re.finditer(BLANK, masked):
        name = " ".join(found["blank"].split())
        if name not in known.supplied:
            problems.notice(text.at(found.start(), found[0]), f"for your program to supply: {name}")


def _titles(text: Text, masked: str, problems: Problems) -> None:
    """Headings and titles of blocks go into menus and lists, so what becomes a link or a blank stands in plain text."""
    for title in _TITLE.finditer(masked):
        mark = _MARK.search(title[0])
        if mark:
            place = text.at(title.start() + mark.start(), mark[0])
            problems.add(place, f"{mark[0]!r} in a heading or a title (put it into the text below)")


def _raw_html(text: Text, masked: str, problems: Problems) -> str:
    """Tell raw HTML, and of a pair of tags only the first; answer what was told."""
    raw: list[str] = []
    for found in _RAW.finditer(masked):
        pair = found[0].startswith("</") and any(each.startswith(f"<{found[1][1:]}") for each in raw)
        if not _SAFE.fullmatch(found[0]) and not pair:
            allowed = ", ".join(f"<{tag}>" for tag in sorted(prose.SAFE_HTML))
            excerpt = found[0].split("\n")[0]
            message = f"raw HTML {excerpt[:30]!r} (only {allowed}; for a less-than sign write &lt;)"
            problems.add(text.at(found.start(), excerpt), message)
            raw.append(found[0])
    return " ".join(raw)


def _attributes(text: Text, masked: str, raw: str, problems: Problems) -> None:
    """Tell attributes that come out of attribute lists, then whatever else comes out and was not seen before."""
    strange = set(prose.foreign(text.text))
    for offset, excerpt, key in prose.attributes(text.text) if strange else ():
        if masked[offset] == "{" and f"{key.lower()}=" in strange:
            message = f"attribute {shown(key)} is not allowed (#id, .class, lang, title and start are)"
            problems.add(text.at(offset, excerpt), message)
            raw += excerpt
    for excerpt in () if raw else strange:
        message = f"{excerpt!r} comes out of this text, and is not allowed (write plain Markdown)"
        problems.add(text.place(excerpt), message)


def _blocks(text: Text, tree: prose.Node, problems: Problems) -> None:
    written = list(prose.blocks(text.text))
    words, made = Counter(word.lower() for _, word, _ in written), prose.blocks_made(tree)
    missed, hidden = words - made, made - words
    for offset, word, rest in written:
        place = text.at(offset - 4, f"!!! {word}") if text.text[offset - 1] == " " else text.at(offset, word)
        if word not in prose.BLOCKS:
            problems.add(place, f"unknown block {shown(word)} ({nearest(word, prose.BLOCKS)})")
        elif rest and not re.fullmatch(r'"[^"]*"', rest):
            problems.add(place, f'{shown(rest)} after the word of a block (only a title in straight quotes, "…")')
        elif missed[word]:
            problems.add(place, f"this {word} block does not come out as one (an empty line before it, no indentation)")
    for word in hidden:
        problems.add(text.place("!!!"), f"a {word} block inside a quotation or a list (let it stand alone)")


def _headings(text: Text, tree: prose.Node, problems: Problems) -> None:
    nodes = [node for node in prose.walk(tree) if re.fullmatch("h[1-6]", node["t"])]
    marks = list(prose.headings(text.text))
    before = 0 if text.form == "page" else 1
    if text.form == "page" and (not nodes or nodes[0]["t"] != "h1"):
        problems.add(text.at(0, ""), "a page without a title (begin with # and the title)")
        before = 1
    for number, node in enumerate(nodes):
        level, exact = int(node["t"][1]), len(marks) == len(nodes)
        line = text.text[marks[number] :].split("\n")[0] if exact else prose.words(node)
        place = text.at(marks[number], line) if exact else text.place(line)
        if text.form == "value":
            problems.add(place, "a heading in a YAML text (only Markdown files have headings)")
        elif level == 1 and (number or text.form == "part"):
            problems.add(place, "heading of level 1 (use ## and deeper; the title is level 1)")
        elif level > before + 1:
            problems.add(place, f"heading of level {level} after level {before} (use {'#' * (before + 1)})")
        elif not prose.words(node):
            problems.add(place, "a heading without words")
        before = max(level, 1 if text.form == "page" and not number else 2)


def _tables(text: Text, tree: prose.Node, problems: Problems) -> None:
    tables = [node for node in prose.walk(tree) if node["t"] == "table"]
    rows = prose.header_rows(text.text)
    for number, table in enumerate(tables):
        cells = [node for node in prose.walk(table) if node["t"] == "th"]
        for at in (at for at, cell in enumerate(cells) if not prose.words(cell)):
            place = text.place("|")
            if len(rows) == len(tables):
                start, row = rows[number]
                edges = [edge.end() for edge in re.finditer(r"^(?![ >]*\|)|(?<!\\)\|", row)]
                place = text.at(start + edges[min(at, len(edges) - 1)], row)
            problems.add(place, "empty cell in a table's header row (name every column)")


def _images(text: Text, nodes: list[prose.Node], masked: str, known: Known, problems: Problems) -> None:
    seen: Counter[str] = Counter()
    for node in (node for node in nodes if node["t"] == "img"):
        source = node.get("src", "")
        place = _address(text, masked, source, seen)
        if not node.get("alt", "").strip():
            problems.add(place, f"image {source!r} without alternative text (write what it shows in the brackets)")
        if text.folder is None:
            problems.add(place, "an image in a text that several pages show (put it into a reading or a handout)")
        elif posixpath.normpath(posixpath.join(text.folder, urllib.parse.unquote(source))) not in known.files:
            folder = f"{text.folder}/"
            inside = [name.removeprefix(folder) for name in known.files if name.startswith(folder)]
            problems.add(place, f"missing image {shown(source)} (SVG, PNG or JPEG; {nearest(source, inside)})")


def _links(text: Text, nodes: list[prose.Node], masked: str, known: Known, problems: Problems) -> Iterator[Link]:
    seen: Counter[str] = Counter()
    for node in nodes:
        if node["t"] != "a" or {"footnote-backref", "footnote-ref"} & set(prose.classes(node)):
            continue
        href = node.get("href", "")
        place = _address(text, masked, href, seen)
        if not prose.words(node) and not any(each["t"] == "img" for each in prose.walk(node)):
            problems.add(place, f"link {href!r} without words (say where it leads)")
        scheme, colon, name = href.partition(":")
        if colon and scheme in SCHEMES:
            if not re.search(rf"\]\({re.escape(href)}[)\s]", masked):
                problems.add(place, f"link {href!r} is not written in full (write [words]({href}))")
            yield from _named(Link(text, href, place, None), scheme, name, known, problems)
        elif colon and scheme not in {"https", "http", "mailto"}:
            problems.add(place, f"link {shown(href)} has an unknown scheme ({nearest(scheme, [*SCHEMES, 'https'])})")
        elif colon and not _ADDRESS.fullmatch(href):
            problems.add(place, f"link {shown(href)} is no address (https://… or mailto:name@host)")
        elif not colon and href.startswith("/"):
            problems.add(place, f"link {shown(href)} starts at the server's root (use a relative link or page:…)")
        elif not colon:
            yield from _relative(text, href, place, known)


def _named(link: Link, scheme: str, name: str, known: Known, problems: Problems) -> Iterator[Link]:
    id, _, anchor = name.partition("#")
    if id not in known.ids[scheme]:
        problems.add(link.place, f"unknown {scheme} {shown(id)} ({nearest(id, known.ids[scheme])})")
    elif scheme in _PAGES:
        yield Link(link.text, link.href, link.place, f"{_PAGES[scheme].format(id)}#{anchor}")


def _relative(text: Text, href: str, place: Place, known: Known) -> Iterator[Link]:
    path, _, anchor = urllib.parse.unquote(href).partition("#")
    here = posixpath.dirname(text.page or "")
    target = posixpath.normpath(posixpath.join(here, path)) if text.page is not None and path else text.page
    if target not in known.files:
        yield Link(text, href, place, None if target is None else f"{target}#{anchor}")


def _address(text: Text, masked: str, href: str, seen: Counter[str]) -> Place:
    """Where an address stands, which a text may hold several times and within others."""
    seen[href] += 1
    written = re.sub("^mailto:", "(?:mailto:)?", re.escape(href))
    found = list(re.finditer(rf"(?<![^\s(<]){written}(?![^\s)>])" if href else r"\]\(", masked))
    nth = min(seen[href], len(found)) - 1
    return text.at(found[nth].start(), found[nth][0]) if found else text.place(href)


def _folded(excerpt: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in excerpt.split()) or r"\Z")
