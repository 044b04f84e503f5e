"""Photos and other images of pixels: which kind one is, that it can be decoded, and its form for the press.

In: bytes. Out: a `Raster`, or `DamagedError`; for print, a drawing that contains the picture. Touches nothing; imports
`PIL`.
"""

from __future__ import annotations

import base64
import functools
import io
import struct
import zlib

import PIL.Image
import PIL.ImageCms

from builder.sources.images import jpegs, pngs
from builder.sources.images.drawings import NAMESPACE
from builder.sources.images.failures import DamagedError
from builder.sources.images.pixels import Raster

_OTHERS = (
    (b"GIF8", "a GIF"), (b"BM", "a BMP"), (b"II*\0", "a TIFF"), (b"MM\0*", "a TIFF"), (b"%PDF", "a PDF"),
    (b"\0\0\1\0", "an icon"), (b"8BPS", "a Photoshop file"), (b"\0\0\0\x0cjP", "a JPEG 2000"),
    (b"\x1f\x8b", "a packed file"),
)  # fmt: skip
"""The first bytes of files of other kinds."""

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)
"""What Pillow raises of files that it cannot decode."""

_TURNS = {
    1: "matrix(1 0 0 1 0 0)",
    2: "matrix(-1 0 0 1 {w} 0)", 3: "matrix(-1 0 0 -1 {w} {h})", 4: "matrix(1 0 0 -1 0 {h})", 5: "matrix(0 1 1 0 0 0)",
    6: "matrix(0 1 -1 0 {h} 0)", 7: "matrix(0 -1 -1 0 {h} {w})", 8: "matrix(0 -1 1 0 0 {w})",
}  # fmt: skip
"""The transformation that turns a picture upright, by its EXIF orientation."""


def kind_of(data: bytes) -> str:
    """The kind of an image by its first bytes: `png`, `jpeg`, the name of another, or `svg` for all else."""
    if data.startswith(pngs.SIGNATURE):
        return "png"
    if data.startswith(jpegs.SIGNATURE):
        return "jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP"
    if data[4:8] == b"ftyp":
        return "an AVIF" if data[8:12] in {b"avif", b"avis"} else "a HEIC"
    return next((name for start, name in _OTHERS if data.startswith(start)), "svg")


def read(data: bytes) -> Raster:
    """Read an image of pixels and keep what is part of its picture. Raises `DamagedError`."""
    raster = _parted(data)
    try:
        with PIL.Image.open(io.BytesIO(raster.data), formats=[raster.kind.upper()]) as image:
            size = image.size
            image.draft("RGB", (1, 1))  # of a photo, everything is decoded but few pixels are computed
            image.load()
    except _BROKEN:
        raise DamagedError from None
    if size != (raster.width, raster.height):
        raise DamagedError
    return raster


@functools.lru_cache(maxsize=64)
def printable(data: bytes) -> bytes:
    """A picture for the press, which only takes drawings: one that contains it, upright and in colors for screens."""
    raster = _parted(data)
    width, height = raster.width, raster.height
    across, down = (height, width) if raster.orientation > 4 else (width, height)
    turn = _TURNS[raster.orientation].format(w=width, h=height)
    encoded = base64.b64encode(_for_screens(raster)).decode()
    return (
        f'<svg xmlns="{NAMESPACE}" viewBox="0 0 {across} {down}" width="{across}" height="{down}">'
        f'<image width="{width}" height="{height}" transform="{turn}"'
        f' href="data:image/{raster.kind};base64,{encoded}"/></svg>'
    ).encode()


def _parted(data: bytes) -> Raster:
    kind = kind_of(data)
    if kind not in {"png", "jpeg"}:
        raise DamagedError
    return pngs.read(data) if kind == "png" else jpegs.read(data)


def is_for_presses(raster: Raster) -> bool:
    """Whether a picture is in the four inks of a printing press (CMYK)."""
    if raster.kind == "png":
        return False
    with PIL.Image.open(io.BytesIO(raster.data)) as image:
        return image.mode == "CMYK"


def _for_screens(raster: Raster) -> bytes:
    """The bytes of a picture, converted from CMYK to RGB: PDF/A wants all pages in one color space."""
    if not is_for_presses(raster):
        return raster.data
    with PIL.Image.open(io.BytesIO(raster.data)) as image:
        written = io.BytesIO()
        _in_rgb(image).save(written, "JPEG", quality=92, subsampling=0)
    return written.getvalue()


def _in_rgb(image: PIL.Image.Image) -> PIL.Image.Image:
    profile = image.info.get("icc_profile")
    if profile:
        screen = PIL.ImageCms.createProfile("sRGB")
        try:
            turned = PIL.ImageCms.profileToProfile(image, io.BytesIO(profile), screen, outputMode="RGB")
        except PIL.ImageCms.PyCMSError:
            return image.convert("RGB")
        return turned or image.convert("RGB")
    return image.convert("RGB")
