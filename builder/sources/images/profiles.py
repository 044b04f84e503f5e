"""Color profiles: kept as they are, except for what is not about color, such as a display's serial number.

In: an ICC profile. Out: the same, or None if it does not fit the image. Touches nothing.

Source: ICC.1:2022, the profile header and the list of tags.
"""

from __future__ import annotations

import struct

MAX_PROFILE = 2_000_000
"""Bytes; profiles of printing presses have some 600,000."""

_SPACES = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}
"""The color space of an image by the number of its components."""

_TAGS = frozenset(
    [
        b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"B2D0", b"B2D1", b"B2D2", b"B2D3", b"D2B0", b"D2B1",
        b"D2B2", b"D2B3", b"bTRC", b"bXYZ", b"bkpt", b"chad", b"chrm", b"cicp", b"clro", b"clrt", b"cprt", b"desc",
        b"gTRC", b"gXYZ", b"gamt", b"kTRC", b"lumi", b"meas", b"pre0", b"pre1", b"pre2", b"rTRC", b"rXYZ", b"rig0",
        b"rig2", b"tech", b"view", b"vued", b"wtpt",
    ]
)  # fmt: skip
"""The tags of the specification that are about color, and the two names that every profile must have."""


def clean(profile: bytes, components: int) -> bytes | None:
    """Keep the tags of a profile that are about color; None if it is damaged or for another kind of image."""
    if len(profile) < 132 or profile[36:40] != b"acsp" or profile[8] not in {2, 4}:
        return None
    if profile[16:20] != _SPACES[components] or struct.unpack(">I", profile[:4])[0] != len(profile):
        return None
    (count,) = struct.unpack(">I", profile[128:132])
    if count > 100 or len(profile) < 132 + 12 * count:
        return None
    tags = [struct.unpack(">4sII", profile[at : at + 12]) for at in range(132, 132 + 12 * count, 12)]
    if any(offset + size > len(profile) for _, offset, size in tags):
        return None
    if all(tag in _TAGS for tag, _, _ in tags):
        return profile
    return _written(profile, [(tag, profile[at : at + size]) for tag, at, size in tags if tag in _TAGS])


def _written(profile: bytes, tags: list[tuple[bytes, bytes]]) -> bytes:
    table, body = struct.pack(">I", len(tags)), b""
    start = 132 + 12 * len(tags)
    for tag, data in tags:
        table += struct.pack(">4sII", tag, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    identity = bytes(16)  # a checksum of what has changed; none is allowed
    return struct.pack(">I", start + len(body)) + profile[4:84] + identity + profile[100:128] + table + body
