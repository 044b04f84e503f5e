"""Which way up a photo is shown: the one thing in a camera's EXIF data that is part of the picture.

In: a block of EXIF data, which is laid out as TIFF. Out: a number from 1 to 8, and a block with nothing else. Touches
nothing.
"""

from __future__ import annotations

import struct

UPRIGHT = 1

_ORIENTATION = 0x0112

_SHORT = 3

_NAMED = {0x8825: "place", 0x010F: "device", 0x0110: "device", 0x013B: "author", 0x9C9D: "author"}
"""What else a block may contain that is worth naming, by the number of its entry."""


def read(block: bytes) -> tuple[int, str]:
    """Which way up a photo is, and a description of the block; a damaged block turns nothing."""
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None or len(block) < 10:
        return UPRIGHT, "EXIF"
    (start,) = struct.unpack(f"{order}I", block[4:8])
    turned, named = UPRIGHT, dict[str, None]()
    for at in range(start + 2, len(block) - 11, 12)[: _count(block, start, order)]:
        tag, kind, count, value = struct.unpack(f"{order}HHIH", block[at : at + 10])
        if tag == _ORIENTATION and (kind, count) == (_SHORT, 1) and 1 <= value <= 8:
            turned = value
        elif tag in _NAMED:
            named[_NAMED[tag]] = None
    return turned, f"EXIF ({', '.join(named)})" if named else "EXIF"


def _count(block: bytes, start: int, order: str) -> int:
    """How many entries a block has."""
    written = block[start : start + 2]
    return int(struct.unpack(f"{order}H", written)[0]) if len(written) == 2 else 0


def write(orientation: int) -> bytes:
    """A block with nothing but which way up a photo is."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, orientation, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
