"""Judging the files of a site, each kind by its own parser.

In: a file's path and bytes. Out: faults. Touches nothing.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Container, Iterator, Set
from pathlib import PurePosixPath
from typing import Any
from xml.parsers import expat

from builder.markup.judging import Fault, faults_of_page, faults_of_text
from builder.markup.table import FILE, TEXTS_OF_SEARCH
from builder.problems import Problems
from builder.sources import attachments, images

KINDS = attachments.KINDS | frozenset(
    [".css", ".gz", ".html", ".jpeg", ".jpg", ".js", ".json", ".map", ".png", ".svg", ".txt", ".woff2", ".xml"]
)
"""The suffixes of the files in a site."""

_OFFERED = attachments.KINDS - {".pdf"}
"""Files that readers download; of PDFs we make most ourselves, and the sources' are judged where they are read."""

LARGEST = 20_000_000
"""Bytes of a file that is parsed. Our largest page has some 75,000, the index of the search 340,000."""

_PARSED = frozenset([".gz", ".html", ".svg", ".xml"]) | _OFFERED
_INDEXES = frozenset(["search/search_index.json", "search/search_index.js"])
_INDEX = re.compile(r"var __index = (?P<index>\{.*\})\s*", re.DOTALL)
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_WITHIN = {
    "": {"urlset", "sitemapindex"}, "urlset": {"url"}, "sitemapindex": {"sitemap"},
    "url": {"loc", "lastmod"}, "sitemap": {"loc", "lastmod"}, "loc": set(), "lastmod": set(),
}  # fmt: skip
_WRITTEN = {"loc": re.compile(r"(?:https?:/)?/[^\s\"'<>\\]+"), "lastmod": re.compile(r"\d{4}-\d\d-\d\d")}


def is_parsed(path: str) -> bool:
    """Whether a file of this name is parsed; of others only the kind is judged."""
    return _suffix(path) in _PARSED or path in _INDEXES


def _suffix(path: str) -> str:
    """A name's suffix; only an image's may have capitals, as cameras write them."""
    suffix = PurePosixPath(path).suffix
    return suffix.lower() if images.is_one(path) else suffix


def faults_of_file(
    path: str, data: bytes, scripts: Container[str] = frozenset(), policies: Set[str] | None = None
) -> list[Fault]:
    """List everything in a file of a site that we do not make.

    Pages, drawings, the search index and the sitemap are parsed. Of others only the suffix is checked.

    Args:
        path: The file's path in the site.
        data: Its bytes.
        scripts: The texts that script elements of pages may have.
        policies: The policies that a page's head may begin with; None allows a head without one.
    """
    if is_parsed(path) and len(data) > LARGEST:
        return [Fault(f"{len(data):,} bytes are too many for a page, a drawing or a list (at most {LARGEST:,})")]
    try:
        return list(_faults(path, data, scripts, policies))
    except UnicodeDecodeError:
        return [Fault("a page or an index that is not UTF-8")]


def _faults(path: str, data: bytes, scripts: Container[str], policies: Set[str] | None) -> Iterator[Fault]:
    suffix = _suffix(path)
    if suffix not in KINDS:
        yield Fault(f"a kind of file that no site of ours has (allowed: {', '.join(sorted(KINDS))})")
    elif suffix == ".html":
        yield from faults_of_page(data.decode(), scripts, policies)
    elif suffix == ".svg":
        problems = Problems()
        images.take_in(path, data, problems)
        yield from (Fault(problem.message) for problem in problems.stopping)
        if not problems.stopping and not images.is_inert(path, data):
            yield Fault("a drawing with parts that we leave out")
    elif suffix in _OFFERED:
        if not attachments.is_attachment(path):
            yield Fault(f"a file to download that is in no folder {attachments.FOLDER}")
        yield from (Fault(fault.message) for fault in attachments.faults_of_attachment(path, data))
    elif path in _INDEXES:
        yield from _of_index(data.decode(), is_script=suffix == ".js")
    elif suffix in {".gz", ".xml"}:
        yield from _of_map(data, packed=suffix == ".gz")


def _of_index(text: str, *, is_script: bool) -> Iterator[Fault]:
    """Judge the search index, whose titles and texts Material writes into its list of results as HTML."""
    if is_script:
        found = _INDEX.fullmatch(text)
        text = found["index"] if found else ""
    try:
        entries = [(each["location"], each["title"], each["text"]) for each in json.loads(text)["docs"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        yield Fault("an index of the search that no browser can read")
        return
    for location, title, words in entries:
        if not FILE.fullmatch(location):
            yield Fault(f"a result of the search that leads to {location!r}", (location,))
        for fault in (*faults_of_text(title, TEXTS_OF_SEARCH), *faults_of_text(words, TEXTS_OF_SEARCH)):
            yield Fault(f"{fault.what}, in a result of the search", fault.excerpts)


def _of_map(data: bytes, *, packed: bool) -> Iterator[Fault]:
    """Judge a sitemap: its elements, public addresses and dates, and no document type."""
    try:
        if packed:
            data = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(data, LARGEST)
        yield from _Map().faults(data)
    except (zlib.error, expat.ExpatError) as error:
        yield Fault(f"a list of pages that cannot be read ({error})")


class _Map:
    """Reads a sitemap as a stream; no entity is looked up or expanded."""

    def __init__(self) -> None:
        self._open = [""]
        self._text = ""
        self._found: list[Fault] = []

    def faults(self, data: bytes) -> list[Fault]:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = lambda *_: self._add("a document type")
        parser.ProcessingInstructionHandler = lambda *_: self._add("an instruction to programs")
        parser.Parse(data, True)  # noqa: FBT003
        return self._found

    def _start(self, name: str, attributes: dict[str, Any]) -> None:
        if name not in _WITHIN.get(self._open[-1], ()):
            self._add(f"<{name}> in a list of pages")
        for key, value in attributes.items():
            if (key, value) != ("xmlns", _NAMESPACE):
                self._add(f"{key}= in a list of pages")
        self._open.append(name)
        self._text = ""

    def _end(self, name: str) -> None:
        form = _WRITTEN.get(name)
        if not form.fullmatch(self._text.strip()) if form else self._text.strip():
            self._add(f"{self._text.strip()!r} in a list of pages")
        self._open.pop()
        self._text = ""

    def _characters(self, text: str) -> None:
        self._text += text

    def _add(self, what: str) -> None:
        self._found.append(Fault(what))
