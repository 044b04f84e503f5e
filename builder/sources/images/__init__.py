"""Images: what may be in one, and everything that others need to know about one, in a single place.

In: the name and the bytes of an image file. Out: the image as it is published and as it is printed, or problems with
their places. Touches nothing.

Check, page, print and search for secrets all use what `read` returns, and never the file: it contains the picture and
nothing else.
"""

from __future__ import annotations

import posixpath

from builder.problems import Place, Problems
from builder.sources.images import cleaning, gradients, pixels, rasters
from builder.sources.images.failures import DamagedError
from builder.sources.images.inlining import Inline, inline
from builder.sources.images.naming import difference, fault_of_address, resolve
from builder.sources.images.wording import words_of_drawing

__all__ = [
    "KINDS",
    "MAX_BYTES",
    "Inline",
    "difference",
    "fault_of_address",
    "inline",
    "is_inert",
    "is_one",
    "printable",
    "remedy",
    "resolve",
    "take_in",
    "words_of_drawing",
]  # fmt: skip

MAX_BYTES = 3_000_000
"""A phone with a bad signal should not be asked for more."""

_KINDS = {".svg": "svg", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}

KINDS = frozenset(_KINDS)
"""The suffixes of images, in small letters."""


def take_in(path: str, data: bytes, problems: Problems, shown_path: str = "") -> bytes | None:
    """Read an image: keep its picture, and drop everything else in its file.

    Args:
        path: The path, whose suffix must be one of `KINDS` and match the bytes.
        data: The file's bytes.
        problems: Takes every problem, and a notice for what is left out.
        shown_path: The path as messages show it, if it is another.

    Returns:
        The picture as it is published; None when it cannot be shown or is not safe.
    """
    place = Place(shown_path or path)
    kind, named = rasters.kind_of(data), _KINDS[posixpath.splitext(path)[1].lower()]
    if kind != named:
        problems.add(place, _misnamed(kind, named))
        return None
    if kind == "svg":
        return cleaning.clean(place.path, data, problems)
    try:
        raster = rasters.read(data)
    except DamagedError as error:
        problems.add(place, str(error) or f"a damaged {kind.upper()} image (export it again)")
        return None
    if raster.left_out:
        carried = ", ".join(raster.left_out)
        problems.notice(place, f"carries {carried} (left out of all that is published; this file still has it)")
    return raster.data


def is_one(path: str) -> bool:
    """Whether a file's name is that of an image that we show."""
    return path.lower().endswith(tuple(KINDS))


def is_inert(path: str, data: bytes) -> bool:
    """Whether a drawing's file is safe as it is, and not only what `read` makes of it."""
    return cleaning.is_inert(path, data)


def remedy(path: str) -> str:
    """How to make an image smaller."""
    return "simplify the drawing, or save it as PNG" if path.lower().endswith(".svg") else pixels.SMALLER


def printable(data: bytes) -> bytes:
    """Make an SVG for the press from an image that `read` returned; a photo becomes an image within an SVG."""
    return rasters.printable(data) if rasters.kind_of(data) in {"png", "jpeg"} else gradients.without_spread(data)


def _misnamed(kind: str, named: str) -> str:
    if kind in {"png", "jpeg"}:
        return f"not {_article(named)} but a {kind.upper()} (let its name end in .{kind.replace('jpeg', 'jpg')})"
    if kind != "svg":
        return f"not {_article(named)} but {kind} (save it as PNG or JPEG)"
    return f"not {_article(named)} (export it again)"


def _article(kind: str) -> str:
    return f"{'an' if kind == 'svg' else 'a'} {kind.upper()} image"
