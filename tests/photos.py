"""Photos and screenshots of every kind, and what cameras and programs put into them besides the picture."""

from __future__ import annotations

import io
import struct
import zlib

import PIL.Image
import PIL.ImageCms

SECRET = "Quokkawort"
"""What stands for a name, a place or a device; nothing of it may get out."""

PROFILE = PIL.ImageCms.ImageCmsProfile(PIL.ImageCms.createProfile("sRGB")).tobytes()


def picture(width: int = 60, height: int = 40) -> PIL.Image.Image:
    """A picture without symmetry: red grows to the right, green downward, and one corner is blue."""
    made = PIL.Image.new("RGB", (width, height))
    for x in range(width):
        for y in range(height):
            blue = 255 if x < width // 4 and y < height // 4 else 0
            made.putpixel((x, y), (255 * x // width, 255 * y // height, blue))
    return made


def saved(image: PIL.Image.Image, kind: str, **options: object) -> bytes:
    """The bytes of an image."""
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def turned(orientation: int) -> bytes:
    """The notes of a camera that was turned."""
    notes = PIL.Image.Exif()
    notes[0x0112] = orientation
    return notes.tobytes()


def _deep() -> PIL.Image.Image:
    """Gray in 16 bits."""
    made = PIL.Image.new("I;16", (60, 40))
    made.putdata([x * 1000 + y for y in range(40) for x in range(60)])
    return made


def chunk(kind: bytes, body: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def segment(marker: int, body: bytes) -> bytes:
    """A part of a JPEG."""
    return b"\xff" + bytes([marker]) + struct.pack(">H", 2 + len(body)) + body


def interlaced(image: PIL.Image.Image) -> bytes:
    """A PNG in the seven passes of Adam7, which Pillow reads and does not write."""
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    rows = b""
    for left, top, across, down in passes:
        for y in range(top, image.height, down):
            row = b"".join(bytes(image.getpixel((x, y))) for x in range(left, image.width, across))
            rows += b"\0" + row if row else b""
    head = struct.pack(">IIBBBBB", image.width, image.height, 8, 2, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


KINDS = {
    "RGB.png": saved(picture(), "PNG"),
    "gray.png": saved(picture().convert("L"), "PNG"),
    "black and white.png": saved(picture().convert("1"), "PNG"),
    "palette.png": saved(picture().quantize(16), "PNG"),
    "palette with a clear color.png": saved(picture().quantize(16), "PNG", transparency=3),
    "gray, clear.png": saved(picture().convert("LA"), "PNG"),
    "clear.png": saved(picture().convert("RGBA"), "PNG"),
    "16 bits.png": saved(_deep(), "PNG"),
    "interlaced.png": interlaced(picture()),
    "profile.png": saved(picture(), "PNG", icc_profile=PROFILE),
    "one pixel.png": saved(picture(1, 1), "PNG"),
    "RGB.jpg": saved(picture(), "JPEG", quality=95),
    "gray.jpg": saved(picture().convert("L"), "JPEG"),
    "inks.jpg": saved(picture().convert("CMYK"), "JPEG", quality=95),
    "progressive.jpg": saved(picture(), "JPEG", progressive=True),
    "RGB kept.jpg": saved(picture(), "JPEG", keep_rgb=True),
    "with restarts.jpeg": saved(picture(), "JPEG", restart_marker_rows=1),
    "profile.JPG": saved(picture(), "JPEG", icc_profile=PROFILE),
    **{f"turned {way}.jpg": saved(picture(), "JPEG", quality=95, exif=turned(way)) for way in range(1, 9)},
    "turned 6.png": saved(picture(), "PNG", exif=turned(6)),
}
"""One file of each kind, by its name."""


def notes() -> bytes:
    """What a phone says of a photo: place, device, person, and a small copy of the picture."""
    made = PIL.Image.Exif()
    made[0x0112] = 6
    made[0x010F] = made[0x0110] = made[0x013B] = made[0x8298] = SECRET
    made[0x9C9D] = SECRET.encode("utf-16-le")  # XPAuthor
    made.get_ifd(0x8825)[1] = "N"
    made.get_ifd(0x8825)[2] = (47.0, 36.0, 22.0)
    made.get_ifd(0x8825)[29] = SECRET
    made.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + SECRET.encode("utf-16-be")
    return made.tobytes().removeprefix(b"Exif\0\0")


_XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}</x:xmpmeta>".encode()
_SECRET = SECRET.encode()
_WIDE = SECRET.encode("utf-16-le")
_THUMB = saved(picture(16, 10), "JPEG", comment=_SECRET)
_PACKED = zlib.compress(_SECRET * 3)

IN_PNG = {
    "text": chunk(b"tEXt", b"Author\0" + _SECRET),
    "packed text": chunk(b"zTXt", b"Comment\0\0" + _PACKED),
    "text of the world": chunk(b"iTXt", b"Title\0\1\0en\0\0" + _PACKED),
    "XMP": chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + _XMP),
    "EXIF": chunk(b"eXIf", notes()),
    "date": chunk(b"tIME", struct.pack(">HBBBBB", 2026, 1, 2, 3, 4, 5)),
    "EXIF as text": chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(notes().hex().encode())),
    "XMP in a chunk of its own": chunk(b"caNv", _XMP),
    "an unknown chunk": chunk(b"prVt", _WIDE),
    "suggested palette": chunk(b"sPLT", _SECRET + b"\0\x08"),
    "a profile's name": chunk(b"iCCP", _SECRET + b"\0\0" + zlib.compress(PROFILE)),
    "a profile that is none": chunk(b"iCCP", b"icc\0\0" + _PACKED),
    "physical scale": chunk(b"sCAL", b"\x01" + _SECRET),
    "a long gamma": chunk(b"gAMA", _SECRET),
    "an animation": chunk(b"acTL", bytes(8)) + chunk(b"fdAT", bytes(4) + _PACKED),
}
"""Chunks of a PNG to be left out, by what they are."""

IN_JPEG = {
    "EXIF": segment(0xE1, b"Exif\0\0" + notes()),
    "two blocks of EXIF": segment(0xE1, b"Exif\0\0" + notes()) * 2,
    "damaged EXIF": segment(0xE1, b"Exif\0\0MM\0*\0\0\xff\xff" + _SECRET),
    "EXIF without its mark": segment(0xE1, notes()),
    "XMP": segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + _XMP),
    "extended XMP": segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + _XMP),
    "IPTC": segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0\0\0\0\x0f\x1c\x02\x50\0\x0a" + _SECRET + b"\0"),
    "comment": segment(0xFE, _SECRET),
    "wide comment": segment(0xFE, _WIDE),
    "second image": segment(0xE2, b"MPF\0MM\0*" + _SECRET),
    "another thumbnail": segment(0xE0, b"JFXX\0\x10" + _THUMB),
    "a long density": segment(0xE0, b"JFIF\0\x01\x02\x00\0\x01\0\x01\x02\x02" + _SECRET + b"\0\0"),
    "a long mark of Adobe": segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01" + _SECRET),
    "a profile that is none": segment(0xE2, b"ICC_PROFILE\0\x01\x01" + _SECRET),
    "notes of a drone": segment(0xE3, _SECRET),
    "notes of a phone": segment(0xE4, _SECRET) + segment(0xEA, b"AROT" + _SECRET),
    "sound": segment(0xEB, b"HDR_RI ver=11" + _SECRET),
}
"""Segments of a JPEG to be left out, by what they are."""

AFTER_THE_END = {"text": _SECRET, "a second picture": _THUMB, "packed files": b"PK\x03\x04" + _SECRET}


def with_part(data: bytes, part: bytes) -> bytes:
    """A file with a part put in where programs put theirs."""
    at = 33 if data.startswith(b"\x89PNG") else 2
    return data[:at] + part + data[at:]
