"""Files as searchable texts: archives are unpacked, images lose their pixels, bytes are decoded in likely encodings.

In: named bytes. Out: `SearchableText` values; `Unsearchable` for what cannot be read. Touches nothing.
"""

from __future__ import annotations

import bz2
import codecs
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from builder.leaks.images import metadata
from builder.leaks.readings import SearchableText, carried, of_name, of_text, text_of
from builder.sources.pdfs import Unreadable, text_of_pdf

MOST = 50_000_000
"""Bytes that a packed file may contain once unpacked: no document of a curriculum is larger."""

DEEPEST = 5
"""How many times a file may be packed in another."""

_CLOSED = {
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\x28\xb5\x2f\xfd": "a file packed by zstd",
    b"\x04\x22\x4d\x18": "a file packed by lz4",
    b"-----BEGIN PGP MESSAGE": "an encrypted file",
}
"""The first bytes of files that no library here opens."""

_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The first bytes of old office documents and of new ones with a password, and a name that only the latter contain."""

_SINGLE_BYTES = ("cp1252", "cp1250", "cp1254", "mac_roman", "cp850")
"""How programs write letters that are not UTF-8; which of them it was, a file does not say."""

_PRINTED = re.compile(rb"[\t\n\r\x20-\x7e]{4,}")
_ACCENTED = re.compile(rb"[\x80-\xff]{0,3}[A-Za-z](?:[\x20-\x7e]{0,40}[\x80-\xff]{1,3}){1,20}[\x20-\x7e]*")
_WIDE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\0|[\0-\xff][\x01\x02\x1e\x20]){4,}")
_WIDE_BIG = re.compile(rb"(?:\0[\x20-\x7e\xa0-\xff]|[\x01\x02\x1e\x20][\0-\xff]){4,}")
"""Runs of text in what is no text."""

_END = b"\n.\n"
"""What parts texts that do not belong together: as after a sentence, over whose end no name goes."""


_PACKED: Mapping[bytes, Callable[[], Any]] = {
    b"\x1f\x8b": lambda: zlib.decompressobj(wbits=31),
    b"BZh": bz2.BZ2Decompressor,
    b"\xfd7zXZ\0": lambda: lzma.LZMADecompressor(memlimit=MOST * 2),
}
"""How packed files begin, and what unpacks them."""


class Unsearchable(Exception):  # noqa: N818  what happened, not an error of the program
    """A file that cannot be searched, and why."""


def searchable_texts(path: str, data: bytes) -> Iterator[SearchableText]:
    """Every way in which people or programs can read a file.

    Raises:
        Unsearchable: The file is encrypted, damaged, too large or packed in a way that no library here opens.
    """
    return _Opening().file(path, data, "", 0)


class _Opening:
    """Opens one file and all that is packed in it, up to `MOST` bytes."""

    def __init__(self) -> None:
        self._left = MOST

    def file(self, path: str, data: bytes, part: str, depth: int) -> Iterator[SearchableText]:
        """Every way to read a file; `part` says where it is within the file that the search began with."""
        suffix = path[path.rfind(".") :].lower() if "." in path else ""
        if not data:
            return  # such as what was looked at before, under another name
        if depth > DEEPEST:
            raise Unsearchable("a file packed in others, too deep")
        for begun, what in _CLOSED.items():
            if data.startswith(begun):
                raise Unsearchable(what)
        if b"%PDF-" in data[:1024] or suffix == ".pdf":
            yield from self._pdf(data, part, depth)
        elif data.startswith(tuple(_PACKED)):
            yield from of_text(runs(data[:512]), part=part or " beside what is packed in it")
            yield from self.file(path.removesuffix(suffix), self._unpacked(data), part, depth + 1)
        elif data.startswith(b"PK\x03\x04") or (b"PK\x05\x06" in data and zipfile.is_zipfile(io.BytesIO(data))):
            yield from self._zip(data, part, depth)
        elif (pieces := metadata(data)) is not None:
            for piece in pieces:
                yield from self.file("piece", piece, part or " in its metadata", depth + 1)
        else:
            yield from self._text(data, suffix, part, depth)

    def _text(self, data: bytes, suffix: str, part: str, depth: int) -> Iterator[SearchableText]:
        """A text and the data in it; of a file that is no text, whatever can be read in it."""
        if data.startswith(_OFFICE) and _ENCRYPTED in data:
            raise Unsearchable("a paper with a password")
        texts = tuple(decoded(data))
        for text in texts:
            yield from of_text(text, suffix, part)
            for name, inner in carried(text, suffix):
                yield from self.file(name, inner, part or " in data within it", depth + 1)
        if b"\0" in data or not texts:
            yield from of_text(runs(data), part=part or " within it")

    def _pdf(self, data: bytes, part: str, depth: int) -> Iterator[SearchableText]:
        """A PDF's pages, its metadata and notes, its attachments, and what comes before and after it in the file."""
        try:
            found = text_of_pdf(data)
        except Unreadable as error:
            raise Unsearchable(str(error)) from error
        for way in found.pages:
            yield from of_text(way, part=part or " on page {}")
        yield from of_text(found.about, part=part or " in its metadata, outline, notes or links")
        yield from self.file("metadata.xml", found.metadata, part or " in its metadata", depth + 1)
        begin, end = max(0, data.find(b"%PDF-")), data.rfind(b"%%EOF")
        beside = data[:begin] + _END + (data[end:] if end >= 0 else b"")
        yield from of_text(runs(beside), part=part or " before or after it in the file")
        for name, file in found.attached:
            yield from self._inside(name, file, "attached to it", depth)

    def _zip(self, data: bytes, part: str, depth: int) -> Iterator[SearchableText]:
        """The files in an archive, and the text beside them; office documents are archives too."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
                self._spend(sum(each.file_size for each in entries))
                first = min((each.header_offset for each in entries), default=0)
                comments = [text for each in entries for text in (each.comment, each.extra)]
                rest = data[data.rfind(b"PK\x05\x06") + 22 :]
                beside = _END.join([data[:first], archive.comment, *comments, rest])
                yield from of_text(runs(beside), part=part or " beside what is packed in it")
                for each in entries:
                    yield from self._inside(each.filename, archive.read(each), "packed in it", depth)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
            raise Unsearchable("an archive that cannot be opened") from error

    def _inside(self, name: str, data: bytes, how: str, depth: int) -> Iterator[SearchableText]:
        yield from of_name(name, f" in the name of a file {how}")
        yield from self.file(name, data, f" in a file {how}", depth + 1)

    def _unpacked(self, data: bytes) -> bytes:
        """The unpacked parts, and what follows them as it is."""
        found, rest = [], data
        while kind := next((each for each in _PACKED if rest.startswith(each)), None):
            unpack = _PACKED[kind]()
            try:
                found.append(unpack.decompress(rest, self._left))
            except (zlib.error, OSError, lzma.LZMAError, EOFError) as error:
                raise Unsearchable("a damaged packed file") from error
            self._spend(len(found[-1]) + 1)
            if not unpack.eof:
                raise Unsearchable("a packed file that is damaged, or too large")
            rest = unpack.unused_data
        return _END.join([*found, rest] if rest.strip(b"\0") else found)

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left <= 0:
            raise Unsearchable("a packed file that is too large")


def decoded(data: bytes) -> Iterator[str]:
    """Decode bytes in each encoding that may be meant; yield nothing if they are no text."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        yield data.decode("utf-32", "replace")
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield data.decode("utf-16", "replace")
    elif b"\0" not in data:
        try:
            yield data.decode("utf-8-sig")
        except UnicodeDecodeError:
            if not _is_binary(data):
                yield from (data.decode(encoding, "replace") for encoding in _SINGLE_BYTES)
    else:
        low, high = data[::2].count(0) / len(data), data[1::2].count(0) / len(data)
        if max(low, high) > 0.3 and min(low, high) < 0.1:  # every other byte is 0, as in western texts
            yield data.decode("utf-16-le" if high > low else "utf-16-be", "replace")


def runs(data: bytes) -> str:
    """The readable runs in bytes that are no text."""
    found = [run.decode("ascii") for run in _PRINTED.findall(data)]
    found += [text_of(run) for run in _ACCENTED.findall(data)]
    found += [run.decode("utf-16-le", "replace") for run in _WIDE.findall(data)]
    found += [run.decode("utf-16-be", "replace") for run in _WIDE_BIG.findall(data)]
    return " .\n".join(found)  # like the end of a sentence, which no name crosses


def _is_binary(data: bytes) -> bool:
    begun = data[:2000]
    return sum(byte < 9 or 13 < byte < 32 for byte in begun) > len(begun) * 0.05
