"""Files as texts to be searched: escapes undone, tags taken out, packed files unpacked, all in one plain form.

In: named bytes. Out: `Reading` values; `Closed` for what cannot be read. Touches nothing. Lines stay where they are.
"""

from __future__ import annotations

import codecs
import html
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from builder.leaks.pdfs import PAGE, Unreadable, said

MOST = 200_000_000
"""Bytes that a packed file may hold: more is no paper of a curriculum."""

_UNSEEN = re.compile("[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_APOSTROPHES = re.compile("[\u2018\u2019\u201b\u02bc\u02b9\u2032\u00b4`]")
_HYPHENS = re.compile("[\u2010-\u2015\u2212]")

_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|x([0-9a-f]{2})|(.))", re.IGNORECASE)
_BLANKS = dict.fromkeys("nrtfNRT", " ")  # lines must stay where they are
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")

_WITHIN_WORDS = re.compile(
    r"(?:</?(?:a|abbr|b|bdi|bdo|cite|code|data|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|tspan"
    r"|u|var|wbr)\b[^>]*>|<!--.*?-->)+",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")

_ESCAPED = (".js", ".json", ".map", ".ics", ".webmanifest")


class Closed(Exception):  # noqa: N818  what happened, not an error of the program
    """A file that cannot be searched, and why."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file, or a part of it, in plain form; other ways to read the same words, made if they are asked for."""

    text: str
    others: Callable[[], Iterable[str]] = tuple
    joined: str = ""  # one of them, if it has words that the text has not
    part: str = ""  # which part it is, where that is not the whole file; `{}` stands for the number of the page

    def line(self, text: str, at: int) -> int:
        """The line of a place in the text or in one of its other ways; 1 if the lines are no longer the file's."""
        lost = self.part or text.count("\n") != self.text.count("\n")
        return 1 if lost else text.count("\n", 0, at) + 1

    def where(self, text: str, at: int) -> str:
        """The part in which a place lies, as a message says it."""
        return self.part.format(text.count(PAGE, 0, at) + 1)


def plain(text: str) -> str:
    """Text as it is compared: no capitals, no signs that nobody sees, one form for each letter, apostrophe, hyphen."""
    if not text.isascii():
        text = _UNSEEN.sub("", text)
        text = unicodedata.normalize("NFKC", _HYPHENS.sub("-", _APOSTROPHES.sub("'", text)))
    return text.casefold()


def name_of(path: str) -> str:
    """A path in plain form, in which the marks between its words are spaces."""
    return plain(re.sub(r"[-_.]+", " ", _unquoted(path))) + "\n" + plain(path)


def readings(path: str, data: bytes) -> Iterator[Reading]:
    """Every way to read a file that people or programs have; raise `Closed` if there is none."""
    suffix = path[path.rfind(".") :].lower() if "." in path else ""
    if data.startswith(b"%PDF") or suffix == ".pdf":
        yield from _pdf(data)
    elif data.startswith(b"\x1f\x8b"):
        yield from readings(path[: -len(suffix)] if suffix == ".gz" else path, _unpacked(data))
    elif data.startswith(b"PK\x03\x04"):
        yield from _zipped(data)
    else:
        yield from _read(_decoded(data, suffix), suffix)


def _read(text: str, suffix: str) -> Iterator[Reading]:
    """A text as written and with its escapes undone; in a program it is their meaning alone that counts."""
    if "\\" not in text or suffix not in _ESCAPED:
        yield from _tagged(text)
    if "\\" in text:
        undone = _ESCAPE.sub(_undone, text)
        yield from _tagged(undone.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))  # halves meet


def _tagged(text: str) -> Iterator[Reading]:
    """A text with its tags. Without them it has no other words, but for those that a tag divides."""
    whole = plain(_unquoted(html.unescape(text)))
    if "<" not in text:
        yield Reading(whole)
        return
    divided = any(_divides(match) for match in _WITHIN_WORDS.finditer(text))
    joined = _untagged(_WITHIN_WORDS.sub("", text)) if divided else ""
    yield Reading(whole, lambda: (_untagged(text), joined or _untagged(_WITHIN_WORDS.sub("", text))), joined)


def _divides(match: re.Match[str]) -> bool:
    """Whether letters stand on both sides of a tag."""
    start, end, text = match.start(), match.end(), match.string
    return text[start - 1 : start].isalnum() and text[end : end + 1].isalnum()


def _untagged(text: str) -> str:
    return plain(html.unescape(_TAG.sub(lambda tag: _lines_of(tag) or " ", text)))


def _lines_of(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _undone(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        return chr(min(int(code, 16), 0x10FFFF))
    return _BLANKS.get(match[4], match[4])


def _unquoted(text: str) -> str:
    """Addresses with their `%40` undone."""
    return _PERCENT.sub(lambda match: unquote(match[0]), text) if "%" in text else text


def _decoded(data: bytes, suffix: str) -> str:
    """Bytes as text; of what is no text, such as an image, what can be read in it."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if suffix == ".ics":
        data = re.sub(rb"\r?\n[ \t]", b"", data)  # a calendar folds its lines
    return data.decode("utf-8", "replace")


def _pdf(data: bytes) -> Iterator[Reading]:
    try:
        found = said(data)
    except Unreadable as error:
        raise Closed(str(error)) from error
    for way in found.pages:
        yield Reading(plain(way), part=" on page {}")
    yield Reading(plain(found.about), part=" in its metadata, outline, notes or links")
    for reading in readings("metadata.xml", found.metadata):
        yield replace(reading, part=" in its metadata")
    for name, file in found.attached:
        yield from _inside(name, file, "attached to it")


def _inside(name: str, data: bytes, how: str) -> Iterator[Reading]:
    yield Reading(name_of(name), part=f" in the name of a file {how}")
    for reading in readings(name, data):
        yield replace(reading, part=f" in a file {how}")


def _unpacked(data: bytes) -> bytes:
    unpack = zlib.decompressobj(wbits=31)
    try:
        found = unpack.decompress(data, MOST)
    except zlib.error as error:
        raise Closed("a damaged packed file") from error
    if unpack.unconsumed_tail:
        raise Closed("a packed file that is too large")
    return found


def _zipped(data: bytes) -> Iterator[Reading]:
    """What lies in an archive; papers of office programs are archives too."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MOST:
                raise Closed("an archive that is too large")
            for each in archive.infolist():
                yield from _inside(each.filename, archive.read(each), "packed in it")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error) as error:
        raise Closed("an archive that cannot be opened") from error
