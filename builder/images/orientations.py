"""Which way up a photo is shown: the one thing in the notes of a camera that is part of the picture.

In: the block of notes that cameras write (EXIF, which is laid out as TIFF). Out: a number from 1 to 8, and a block
that says nothing else. Touches nothing.
"""

from __future__ import annotations

import struct

UPRIGHT = 1

_ORIENTATION = 0x0112

_GPS = 0x8825

_DEVICE = frozenset([0x010F, 0x0110])


def read(block: bytes) -> tuple[int, tuple[str, ...]]:
    """Which way up a photo is, and what else of note the block says: nothing is sure of one that is damaged."""
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None or len(block) < 10:
        return UPRIGHT, ()
    (start,) = struct.unpack(f"{order}I", block[4:8])
    entries = block[
        start + 2 : start + 2 + 12 * int.from_bytes(block[start : start + 2], "little" if order == "<" else "big")
    ]
    found: dict[int, int] = {}
    for at in range(0, len(entries) - 11, 12):
        tag, _, _, value = struct.unpack(f"{order}HHIH", entries[at : at + 10])
        found.setdefault(tag, value)
    turned = found.get(_ORIENTATION, UPRIGHT)
    told = [
        words for words, is_there in (("place", _GPS in found), ("device", bool(_DEVICE & found.keys()))) if is_there
    ]
    return turned if 1 <= turned <= 8 else UPRIGHT, tuple(told)


def write(orientation: int) -> bytes:
    """A block that says only which way up a photo is."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, orientation, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
