"""JPEG files, segment by segment: what is part of the picture is kept as it is, everything else is left out.

In: bytes that begin as a JPEG. Out: a `Raster`; `DamagedError` when a part is missing or wrong. Touches nothing.

Source: ITU-T T.81, the table of markers; JFIF 1.02; ICC.1, annex B.4, for profiles in several segments.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from builder.sources.images import orientations, profiles
from builder.sources.images.failures import DamagedError
from builder.sources.images.pixels import Raster, judge_size

SIGNATURE = b"\xff\xd8\xff"

_FRAMES = frozenset([0xC0, 0xC1, 0xC2])
"""Sequential and progressive images; no browser and few programs show others."""

_TABLES = frozenset([0xC4, 0xDB, 0xDD])

_SCAN, _END = 0xDA, 0xD9

_MAX_SCANS = 100
"""Parts of a progressive image; programs write some ten, and each costs as much as the whole."""

_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")

_PROFILE = b"ICC_PROFILE\0"

_EXIF = b"Exif\0\0"

_NAMES = (
    (b"http://ns.adobe.com/", "XMP"), (b"MPF\0", "a second image"), (b"JFXX\0", "a thumbnail"),
    (b"Photoshop 3.0\0", "IPTC"),
)  # fmt: skip


@dataclass(slots=True)
class _Parts:
    """The parts of a file that are kept, by kind, and descriptions of those that are not."""

    density: bytes = struct.pack(">BHH", 0, 1, 1)
    is_jfif: bool = False
    orientation: int | None = None
    adobe: bytes = b""
    profile: dict[int, bytes] = field(default_factory=dict)
    frame: bytes = b""
    scans: int = 0
    picture: list[bytes] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read(data: bytes) -> Raster:
    """Read a JPEG and keep what is part of its picture."""
    parts = _Parts()
    for marker, body, end in _segments(data):
        _sort_out(parts, marker, body)
        if marker == _END and end < len(data):
            parts.left_out.append("bytes after its end")
    if not parts.scans or len(parts.frame) < 6:
        raise DamagedError
    height, width, components = struct.unpack(">HHB", parts.frame[1:6])
    judge_size(width, height)
    if components not in {1, 3, 4} or parts.frame[0] != 8:
        raise DamagedError("a kind of JPEG that few programs show (save it as a usual JPEG, 8 bits a color)")
    head = _head(parts, components)
    written = b"\xff\xd8" + head + b"".join(parts.picture) + b"\xff\xd9"
    return Raster(
        written, "jpeg", width, height, parts.orientation or orientations.UPRIGHT, tuple(dict.fromkeys(parts.left_out))
    )


def _segments(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Marker, body and end of each segment; a scan's body includes its length and the picture data after it."""
    at = 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if data[at : at + 1] != b"\xff" or at + 1 >= len(data):
            raise DamagedError
        marker = data[at + 1]
        if marker == _END:
            yield marker, b"", at + 2
            return
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise DamagedError
        following = _NEXT.search(data, end) if marker == _SCAN else None
        if marker == _SCAN and (following is None or length != 6 + 2 * data[at + 4]):
            raise DamagedError
        yield marker, data[at + (2 if following else 4) : (following.start() if following else end)], end
        at = following.start() if following else end


def _sort_out(parts: _Parts, marker: int, body: bytes) -> None:
    if marker in _FRAMES and not parts.frame:
        parts.frame = body
        parts.picture.append(_written(marker, body))
    elif marker in _TABLES:
        parts.picture.append(_written(marker, body))
    elif marker == _SCAN and parts.frame and parts.scans < _MAX_SCANS:
        parts.scans += 1
        parts.picture.append(b"\xff\xda" + body)
    elif 0xE0 <= marker <= 0xEF:
        _sort_out_notes(parts, marker - 0xE0, body)
    elif marker == 0xFE:
        parts.left_out.append("a comment")
    elif marker != _END:
        raise DamagedError("a kind of JPEG that few programs show (save it as a usual JPEG)")


def _sort_out_notes(parts: _Parts, number: int, body: bytes) -> None:
    """Keep of an application's segment only what affects how the picture is shown."""
    if number == 0 and body.startswith(b"JFIF\0") and len(body) >= 14:
        parts.is_jfif, parts.density = True, body[7:12]
        parts.left_out += ["a thumbnail"] if len(body) > 14 else []
    elif number == 14 and body.startswith(b"Adobe") and len(body) >= 12:
        parts.adobe = body[:12]
    elif number == 2 and body.startswith(_PROFILE) and len(body) > 14:
        parts.profile.setdefault(body[12], body[14:])
    elif number == 1 and body.startswith(_EXIF):
        block = body[len(_EXIF) :]
        orientation, description = orientations.read(block)
        if parts.orientation is not None or block != orientations.write(orientation):
            parts.left_out.append(description)
        parts.orientation = parts.orientation or orientation  # the first counts, for browsers too
    else:
        parts.left_out.append(next((name for start, name in _NAMES if body.startswith(start)), "other notes"))


def _head(parts: _Parts, components: int) -> bytes:
    """The segments before the picture, in the order in which programs expect them."""
    head = b""
    if parts.is_jfif:
        head += _written(0xE0, b"JFIF\0\x01\x02" + parts.density + b"\0\0")
    if parts.orientation and parts.orientation != orientations.UPRIGHT:
        head += _written(0xE1, _EXIF + orientations.write(parts.orientation))
    joined = b"".join(piece for _, piece in sorted(parts.profile.items()))
    profile = profiles.clean(joined, components) if len(joined) <= profiles.MAX_PROFILE else None
    parts.left_out += ["a damaged color profile"] if joined and not profile else []
    pieces = [profile[at : at + 65_000] for at in range(0, len(profile), 65_000)] if profile else []
    for number, piece in enumerate(pieces, 1):
        head += _written(0xE2, _PROFILE + bytes([number, len(pieces)]) + piece)
    return head + (_written(0xEE, parts.adobe) if parts.adobe else b"")


def _written(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", 2 + len(body)) + body
