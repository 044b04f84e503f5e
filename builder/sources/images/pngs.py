"""PNG files, chunk by chunk: what is part of the picture is kept as it is, everything else is left out.

In: bytes that begin as a PNG. Out: a `Raster`; `DamagedError` when a part is missing or wrong. Touches nothing.

Source: Portable Network Graphics (W3C, third edition), the table of chunks.
"""

from __future__ import annotations

import struct
import zlib

from builder.sources.images import orientations, profiles
from builder.sources.images.failures import DamagedError
from builder.sources.images.pixels import Raster, judge_size

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""How many numbers a pixel has, by the type of color."""

_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}

_LENGTHS = {b"cHRM": {32}, b"cICP": {4}, b"gAMA": {4}, b"pHYs": {9}, b"sBIT": {1, 2, 3, 4}, b"sRGB": {1}}
"""Chunks about the meaning of colors and the size of pixels, with the only lengths that they may have, in bytes."""

_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""First column and row, and steps, of the seven parts of an interlaced image."""

_NAMES = {
    b"acTL": "frames of an animation", b"fcTL": "frames of an animation", b"fdAT": "frames of an animation",
    b"iCCP": "a damaged color profile", b"iTXt": "text", b"tEXt": "text", b"tIME": "a date", b"zTXt": "text",
}  # fmt: skip


def read(data: bytes) -> Raster:
    """Read a PNG and keep what is part of its picture."""
    chunks, end = _chunks(data)
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:
        raise DamagedError
    head = chunks[0][1]
    width, height, depth, color, packing, filtering, interlaced = struct.unpack(">IIBBBBB", head)
    judge_size(width, height)
    if depth not in _DEPTHS.get(color, ()) or packing or filtering or interlaced > 1:
        raise DamagedError
    kept, left_out = _sorted_out(chunks[1:-1], 3 if color in {2, 3, 6} else 1)
    if end < len(data):
        left_out.append("bytes after its end")
    size = _unpacked_size(width, height, depth * _CHANNELS[color], interlaced=bool(interlaced))
    picture = _picture(b"".join(body for kind, body in chunks if kind == b"IDAT"), size)
    before = [(b"IHDR", head), *kept, (b"IDAT", picture), (b"IEND", b"")]
    turned = next((orientations.read(body)[0] for kind, body in chunks if kind == b"eXIf"), orientations.UPRIGHT)
    if turned != orientations.UPRIGHT:
        before.insert(1, (b"eXIf", orientations.write(turned)))
    written = SIGNATURE + b"".join(_written(kind, body) for kind, body in before)
    return Raster(written, "png", width, height, turned, tuple(dict.fromkeys(left_out)))


def _chunks(data: bytes) -> tuple[list[tuple[bytes, bytes]], int]:
    """Every chunk to the last, and where that ends."""
    chunks, at = [], len(SIGNATURE)
    while True:
        length = int.from_bytes(data[at : at + 4], "big")
        kind, body, check = (
            data[at + 4 : at + 8],
            data[at + 8 : at + 8 + length],
            data[at + 8 + length : at + 12 + length],
        )
        if len(check) != 4 or int.from_bytes(check, "big") != zlib.crc32(kind + body):
            raise DamagedError
        chunks.append((kind, body))
        at += 12 + length
        if kind == b"IEND":
            return chunks, at


def _sorted_out(chunks: list[tuple[bytes, bytes]], components: int) -> tuple[list[tuple[bytes, bytes]], list[str]]:
    """The chunks before the picture that are kept, and descriptions of those that are left out."""
    kept: dict[bytes, bytes] = {}
    left_out: list[str] = []
    for kind, body in chunks:
        if kind in {b"IDAT", *kept} or (kind == b"eXIf" and body == orientations.write(orientations.read(body)[0])):
            continue
        if kind in {b"PLTE", b"tRNS"} or len(body) in _LENGTHS.get(kind, ()):
            kept[kind] = body
        elif kind == b"iCCP" and (profile := _profile(body, components)):
            kept[kind] = profile
        elif kind[:1].isupper():  # what a reader must understand
            raise DamagedError
        elif kind == b"eXIf":
            left_out.append(orientations.read(body)[1])
        else:
            left_out.append("XMP" if body.startswith(b"XML:com.adobe.xmp") else _NAMES.get(kind, "other notes"))
    order = [b"cICP", b"iCCP", b"sRGB", b"cHRM", b"gAMA", b"sBIT", b"PLTE", b"tRNS", b"pHYs"]
    return [(kind, kept[kind]) for kind in order if kind in kept], left_out


def _profile(body: bytes, components: int) -> bytes | None:
    """A color profile, under a neutral name."""
    _, _, packed = body.partition(b"\0")
    unpacking = zlib.decompressobj()
    try:
        profile = unpacking.decompress(packed[1:], profiles.MAX_PROFILE)
    except zlib.error:
        return None
    cleaned = profiles.clean(profile, components) if unpacking.eof else None
    return b"profile\0\0" + zlib.compress(cleaned, 9) if cleaned else None


def _picture(packed: bytes, size: int) -> bytes:
    """The packed picture without data after it; it must unpack to exactly `size` bytes."""
    unpacking = zlib.decompressobj()
    try:
        length = len(unpacking.decompress(packed, size + 1))
    except zlib.error:
        raise DamagedError from None
    if length != size or not unpacking.eof:
        raise DamagedError
    return packed[: len(packed) - len(unpacking.unused_data)]


def _unpacked_size(width: int, height: int, bits: int, *, interlaced: bool) -> int:
    """The bytes of an unpacked picture: each row has one more for its filter."""
    parts = _PASSES if interlaced else ((0, 0, 1, 1),)
    total = 0
    for x, y, across, down in parts:
        columns, rows = -(-max(width - x, 0) // across), -(-max(height - y, 0) // down)
        total += rows * (1 + -(-columns * bits // 8)) if columns else 0
    return total


def _written(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
