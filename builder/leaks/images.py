"""What an image contains besides its pixels: comments, places, people, and data after its end.

In: the bytes of an image. Out: pieces of them. Touches nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_WOFF = b"wOF2"

_LARGEST = 5_000_000
"""Bytes that are unpacked of a compressed text in a PNG."""


def metadata(data: bytes) -> tuple[bytes, ...] | None:
    """Every piece of an image that may contain text; None for a format that is not known here.

    Pixels are left out, because they look like letters by chance.
    """
    if data.startswith(_PNG):
        return tuple(_chunks(data))
    if data.startswith(_JPEG):
        return tuple(_segments(data))
    if data.startswith(_WOFF):  # a font, whose compression nothing here undoes
        return ()
    return None


def _chunks(data: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += 12 + size
        if kind in {b"zTXt", b"iTXt", b"tEXt"}:
            yield from _texts(kind, body)
        elif kind == b"IEND":
            break
        elif kind != b"IDAT":
            yield body
    yield data[at:]


def _texts(kind: bytes, body: bytes) -> Iterator[bytes]:
    """The keyword of a text chunk and its text, decompressed, by the PNG specification."""
    keyword, _, rest = body.partition(b"\0")
    yield keyword
    if kind == b"tEXt":
        yield rest
    elif kind == b"zTXt":
        yield _inflated(rest[1:])
    else:
        packed, (language, translated, text) = rest[:1] == b"\1", [*rest[2:].split(b"\0", 2), b"", b""][:3]
        yield language + b" " + translated
        yield _inflated(text) if packed else text


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _LARGEST)
    except zlib.error:
        return data


def _segments(data: bytes) -> Iterator[bytes]:
    """The segments before the pixels, and what comes after the end of the image."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in {0xD9, 0xDA}:
            break
        if data[at + 1] in {0x01, 0xFF, *range(0xD0, 0xD9)}:  # without a body
            at += 1 if data[at + 1] == 0xFF else 2
            continue
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        yield data[at + 4 : at + 2 + size]
        at += 2 + size
    end = data.rfind(b"\xff\xd9")
    yield data[end + 2 :] if end >= 0 else data[at:]
