"""An image made of pixels, as all files here describe it.

In: what was read of a file. Out: `Raster` values; limits of their size. Touches nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from builder.sources.images.failures import DamagedError

MAX_PIXELS = 20_000_000
"""A page shows some 1,600 pixels across and paper twice as many; phones take photos of 12 million."""

MAX_SIDE = 16_384
"""Pixels across or down; browsers on phones show no more."""

SMALLER = "make it about 1600 pixels wide, or save it as JPEG"


@dataclass(frozen=True, slots=True)
class Raster:
    """An image as it is published, and what of the file was left out of it."""

    data: bytes
    kind: Literal["png", "jpeg"]
    width: int  # as in the file, before it is turned
    height: int
    orientation: int  # which way up it is shown, as EXIF numbers it; 1 is upright
    left_out: tuple[str, ...]


def judge_size(width: int, height: int) -> None:
    """Refuse an image without pixels, or with too many. Raises `DamagedError`."""
    if not width or not height:
        raise DamagedError
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        most = f"at most {MAX_PIXELS:,} in all and {MAX_SIDE:,} on a side"
        raise DamagedError(f"{width:,} by {height:,} pixels is too large ({most}; {SMALLER})")
