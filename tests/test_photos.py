"""Photos: each kind is taken, printed and shown, and nothing of it but the picture gets out."""

from __future__ import annotations

import base64
import io
import random
import shutil
import struct
import subprocess
import warnings
import zipfile
import zlib
from pathlib import Path

import pikepdf
import PIL.Image
import PIL.ImageChops
import PIL.ImageOps
import pypdfium2
import pytest
from browser import launched, visiting, wait_until
from output import small
from photos import (
    AFTER_THE_END,
    IN_JPEG,
    IN_PNG,
    KINDS,
    PROFILE,
    SECRET,
    chunk,
    picture,
    saved,
    segment,
    with_part,
)

from builder import press, words
from builder.press import Job
from builder.problems import Problems
from builder.sources import images
from builder.sources.images import pixels

SPELLINGS = (SECRET.encode(), SECRET.encode("utf-16-le"), SECRET.encode("utf-16-be"), SECRET.encode().hex().encode())


def taken(name: str, data: bytes) -> tuple[bytes | None, list[str]]:
    """An image as it is published, and what is reported of it."""
    problems = Problems()
    return images.take_in(name, data, problems), [str(problem) for problem in problems]


def decoded(data: bytes) -> PIL.Image.Image:
    """The picture in a file, as it is there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what is planted in it
        image = PIL.Image.open(io.BytesIO(data), formats=["PNG", "JPEG"])
        image.load()
        image.getexif()
    return image


def assert_same_pixels(before: bytes, after: bytes) -> None:
    """Pixel by pixel, in the same colors."""
    old, new = decoded(before), decoded(after)
    assert (old.mode, old.size, old.tobytes()) == (new.mode, new.size, new.tobytes())
    assert old.getpalette() == new.getpalette()
    assert old.info.get("transparency") == new.info.get("transparency")


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_taken_as_it_is(name: str) -> None:
    """A file with nothing but its picture is no problem, carries no notice and keeps every pixel and its profile."""
    published, reported = taken(name, KINDS[name])
    assert published
    assert not reported
    assert_same_pixels(KINDS[name], published)
    assert upright(published).size == upright(KINDS[name]).size
    assert decoded(published).info.get("icc_profile") == decoded(KINDS[name]).info.get("icc_profile")
    assert taken(name, published) == (published, [])


_TEXT = chunk(b"tEXt", b"a\0" + SECRET.encode())
_COMMENT = segment(0xFE, SECRET.encode())
_END = b"\0\0\0\0IEND"

PLANTED = {
    **{f"{name}.png": (KINDS["RGB.png"], with_part(KINDS["RGB.png"], part)) for name, part in IN_PNG.items()},
    **{f"{name}.jpg": (KINDS["RGB.jpg"], with_part(KINDS["RGB.jpg"], part)) for name, part in IN_JPEG.items()},
    **{f"{name} after it.png": (KINDS["RGB.png"], KINDS["RGB.png"] + more) for name, more in AFTER_THE_END.items()},
    **{f"{name} after it.jpg": (KINDS["RGB.jpg"], KINDS["RGB.jpg"] + more) for name, more in AFTER_THE_END.items()},
    "behind the picture.png": (KINDS["RGB.png"], KINDS["RGB.png"].replace(_END, _TEXT + _END)),
    "between its scans.jpg": (
        KINDS["progressive.jpg"],
        KINDS["progressive.jpg"].replace(b"\xff\xda", _COMMENT + b"\xff\xda"),
    ),
    "everything.png": (
        KINDS["profile.png"],
        with_part(KINDS["profile.png"], b"".join(IN_PNG.values())) + SECRET.encode(),
    ),
    "everything.jpg": (
        KINDS["progressive.jpg"],
        with_part(KINDS["progressive.jpg"], b"".join(IN_JPEG.values())) + SECRET.encode(),
    ),
}
"""Files with something in them that is no picture, each after the file without it."""

UNTOLD = {"a profile's name.png", "a long mark of Adobe.jpg"}
"""What is part of the picture, and is only cut to its use."""


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_no_picture_is_left_out(name: str) -> None:
    """Place, device, person, small copies, texts and what is behind the end are gone; one notice says so."""
    plain, data = PLANTED[name]
    published, reported = taken(name, data)
    assert published
    assert not any(spelling in published for spelling in SPELLINGS)
    assert not any(SECRET.encode() in inner for inner in unpacked(published))
    assert_same_pixels(plain, published)
    assert len(reported) == (0 if name in UNTOLD else 1)
    for line in reported:
        assert line.startswith(f"{name}:1:1: notice: carries ")
        assert line.endswith(" (left out of all that is published; this file still has it)")
    assert taken(name, published) == (published, [])


def unpacked(data: bytes) -> list[bytes]:
    """What unpacks anywhere in a file: texts in a PNG may be packed."""
    found = []
    for at in range(len(data)):
        if data[at] == 0x78:
            try:
                found.append(zlib.decompressobj().decompress(data[at:], 10_000_000))
            except zlib.error:
                continue
    return found


def test_the_notice_names_what_a_phone_tells() -> None:
    """Who reads the notice learns that the photo says where it was taken, and by which device."""
    for name, data in (
        ("a.jpg", with_part(KINDS["RGB.jpg"], IN_JPEG["EXIF"])),
        ("a.png", with_part(KINDS["RGB.png"], IN_PNG["EXIF"])),
    ):
        _, (line,) = taken(name, data)
        assert "place" in line
        assert "device" in line
        assert "EXIF" in line


def test_a_photo_stays_the_right_way_up() -> None:
    """Of a phone's notes the one thing that belongs to the picture is kept: how the phone was held."""
    for name in ("RGB.jpg", "RGB.png"):
        part = IN_JPEG["EXIF"] if name.endswith("jpg") else IN_PNG["EXIF"]
        published, _ = taken(name, with_part(KINDS[name], part))
        assert published
        assert dict(decoded(published).getexif()) == {0x0112: 6}


def test_a_profile_keeps_its_colors_and_loses_its_display() -> None:
    """A display's serial number in a color profile is left out; what the profile says of colors stays byte for byte."""
    (count,) = struct.unpack(">I", PROFILE[128:132])
    table = PROFILE[132 : 132 + 12 * count]
    moved = b"".join(
        struct.pack(
            ">4sII",
            table[at : at + 4],
            *[at2 + (12 if n == 0 else 0) for n, at2 in enumerate(struct.unpack(">II", table[at + 4 : at + 12]))],
        )
        for at in range(0, len(table), 12)
    )
    body = PROFILE[132 + 12 * count :]
    end = 132 + 12 * (count + 1) + len(body)
    secret = b"mmod\0\0\0\0" + SECRET.encode().ljust(16)
    head = struct.pack(">I", end + len(secret)) + PROFILE[4:128]
    made = head + struct.pack(">I", count + 1) + moved + struct.pack(">4sII", b"mmod", end, len(secret)) + body + secret
    for kind, name in (("PNG", "a.png"), ("JPEG", "a.jpg")):
        published, reported = taken(name, saved(picture(), kind, icc_profile=made))
        assert published
        assert not reported
        kept = decoded(published).info["icc_profile"]
        assert SECRET.encode() not in kept
        for tag in (b"rTRC", b"gTRC", b"bTRC", b"rXYZ", b"wtpt"):
            assert tag_of(kept, tag) == tag_of(PROFILE, tag)


def tag_of(profile: bytes, tag: bytes) -> bytes:
    """What a color profile says under a tag."""
    at = profile.index(tag, 128)
    offset, size = struct.unpack(">II", profile[at + 4 : at + 12])
    return profile[offset : offset + size]


_PNG, _JPEG = KINDS["RGB.png"], KINDS["RGB.jpg"]
_AT = _PNG.index(b"IDAT") + 10

DAMAGED = {
    "cut.png": (_PNG[: len(_PNG) // 2], "a damaged PNG image (export it again)"),
    "without its end.png": (_PNG[:-12], "a damaged PNG image (export it again)"),
    "cut with an end.png": (_PNG[: len(_PNG) // 2] + _PNG[-12:], "a damaged PNG image (export it again)"),
    "one bit.png": (_PNG[:_AT] + bytes([_PNG[_AT] ^ 1]) + _PNG[_AT + 1 :], "a damaged PNG image (export it again)"),
    "nothing.png": (_PNG[:8], "a damaged PNG image (export it again)"),
    "no picture.png": (_PNG[:33] + _PNG[-12:], "a damaged PNG image (export it again)"),
    "noise.png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR, and nothing of a picture \xffIEND\xaeB`\x82", "a damaged PNG image"),
    "too much picture.png": (
        _PNG[:33] + chunk(b"IDAT", zlib.compress(bytes(99_999))) + _PNG[-12:], "a damaged PNG image (export it again)",
    ),
    "too little picture.png": (_PNG[:33] + chunk(b"IDAT", zlib.compress(b"a")) + _PNG[-12:], "a damaged PNG image"),
    "no colors.png": (
        _PNG[:8] + chunk(b"IHDR", struct.pack(">IIBBBBB", 60, 40, 8, 7, 0, 0, 0)) + _PNG[33:], "a damaged PNG image",
    ),
    "bomb.png": (
        _PNG[:8] + chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)) + _PNG[33:],
        "60,000 by 60,000 pixels is too large (at most 20,000,000 in all and 16,384 on a side; make it about 1600",
    ),
    "flat.png": (saved(PIL.Image.new("1", (20_000, 1)), "PNG"), "20,000 by 1 pixels is too large (at most 20,000,000"),
    "cut.jpg": (_JPEG[: len(_JPEG) // 2], "a damaged JPEG image (export it again)"),
    "without its end.jpg": (_JPEG[:-2], "a damaged JPEG image (export it again)"),
    "no tables.jpg": (_JPEG.replace(b"\xff\xdb", b"\xff\xe9"), "a damaged JPEG image (export it again)"),
    "no picture.jpg": (_JPEG[: _JPEG.index(b"\xff\xda")] + b"\xff\xd9", "a damaged JPEG image (export it again)"),
    "other kind.jpg": (_JPEG.replace(b"\xff\xc0", b"\xff\xc9", 1), "a kind of JPEG that few programs show (save it"),
    "12 bits.jpg": (
        _JPEG.replace(b"\xff\xc0\x00\x11\x08", b"\xff\xc1\x00\x11\x0c", 1), "a kind of JPEG that few programs show",
    ),
    "PNG.jpg": (_PNG, "not a JPEG image but a PNG (let its name end in .png)"),
    "JPEG.png": (_JPEG, "not a PNG image but a JPEG (let its name end in .jpg)"),
    "WebP.png": (saved(picture(), "WEBP"), "not a PNG image but a WebP (save it as PNG or JPEG)"),
    "GIF.jpg": (saved(picture(), "GIF"), "not a JPEG image but a GIF (save it as PNG or JPEG)"),
    "HEIC.jpeg": (b"\0\0\0\x18ftypheic", "not a JPEG image but a HEIC (save it as PNG or JPEG)"),
    "PNG.svg": (_PNG, "not an SVG image but a PNG (let its name end in .png)"),
    "page.png": (b"<html>", "not a PNG image (export it again)"),
    "SVG.png": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG image (export it again)"),
    "empty.jpg": (b"", "not a JPEG image (export it again)"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGED)
def test_what_cannot_be_shown_is_refused(name: str) -> None:
    """A damaged file, one too large, and one of another kind than its name says are a problem that says what to do."""
    data, message = DAMAGED[name]
    published, (line,) = taken(name, data)
    assert published is None
    assert line.startswith(f"{name}:1:1: {message}")


@pytest.mark.parametrize("name", ["RGB.png", "progressive.jpg", "profile.JPG"])
def test_a_file_with_any_bytes_wrong_never_ends_in_a_traceback(name: str) -> None:
    """Files with bytes changed, cut out and put in are taken or refused, and what is taken can be decoded."""
    chance = random.Random(12)
    for _ in range(150):
        data = bytearray(KINDS[name])
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(2, len(data))
            data[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        published, reported = taken(name, bytes(data))
        assert published or reported
        if published:
            decoded(published)


FACTS = {
    "language": "en-US", "direction": "ltr", "words": words.of("en").group("print"),
    "title": "Trial", "variant": None, "curriculum": "Trial", "edition": "1",
    "license": "CC0", "timestamp": 0, "provenance": "", "contact": None,
}  # fmt: skip


def printed(data: bytes) -> bytes:
    """A page with an image, as the press makes it."""
    tree = {"t": "root", "c": [
        {"t": "h1", "c": ["Trial"]},
        {"t": "p", "c": [{"t": "img", "src": "a b.png", "alt": "A picture of a hill", "c": []}]},
    ]}  # fmt: skip
    job = Job("a.pdf", "guide", FACTS, {"guide": tree}, {"a b.png": images.printable(data)})
    return press.typeset(job).data


def on_paper(pdf: bytes) -> PIL.Image.Image:
    """The picture on the first page of a PDF, as it looks there."""
    page = pypdfium2.PdfDocument(pdf)[0]
    return within(page, page.render(scale=4).to_pil().convert("RGB"))


def within(page: pypdfium2.PdfPage, drawn: PIL.Image.Image) -> PIL.Image.Image:
    """The part of a drawn page where its picture is."""
    (found,) = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    left, bottom, right, top = found.get_bounds()
    high, scale = page.get_height(), drawn.height / page.get_height()
    return drawn.crop(tuple(round(scale * each) for each in (left, high - top, right, high - bottom)))


def apart(one: PIL.Image.Image, other: PIL.Image.Image) -> int:
    """How far two pictures differ at most, of 255, when seen from far enough that edges do not count."""
    far = (each.convert("RGB").resize((6, 6), PIL.Image.Resampling.BOX) for each in (one, other))
    return max(high for _, high in PIL.ImageChops.difference(*far).getextrema())


def upright(data: bytes) -> PIL.Image.Image:
    """The picture in a file as it is meant to be seen, on white."""
    image = PIL.ImageOps.exif_transpose(decoded(data))
    image = image.point(lambda each: each / 256, "L") if image.mode == "I;16" else image
    clear = image.convert("RGBA")
    return PIL.Image.alpha_composite(PIL.Image.new("RGBA", clear.size, "white"), clear)


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_printed(name: str) -> None:
    """What the check takes is on the printed page: its colors, the right way up, and its words with it."""
    published, _ = taken(name, KINDS[name])
    assert published
    pdf = printed(published)
    tolerance = 90 if "inks" in name else 30  # inks are no exact colors
    assert apart(on_paper(pdf), upright(KINDS[name])) < tolerance
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert "/StructTreeRoot" in opened.Root
        alts = [str(each["/Alt"]) for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
    assert "A picture of a hill" in alts


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="another reader of PDF; pdfium above is always there")
def test_another_reader_shows_the_picture(tmp_path: Path) -> None:
    """A photo in a PDF is there for readers that share nothing with the browser's."""
    pdf = printed(KINDS["turned 6.jpg"])
    (tmp_path / "a.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "72", "-png", "a.pdf", "a"], cwd=tmp_path, check=True)
    shown = PIL.Image.open(next(tmp_path.glob("a*.png"))).convert("RGB")
    assert apart(within(pypdfium2.PdfDocument(pdf)[0], shown), upright(KINDS["turned 6.jpg"])) < 30


def test_pages_and_print_agree_which_way_up_a_photo_is() -> None:
    """Each of eight ways to hold a camera looks on the page as it does in print."""
    with launched() as browser, visiting(browser, viewport={"width": 300, "height": 300}) as visit:
        for name in (name for name in KINDS if name.startswith("turned")):
            published, _ = taken(name, KINDS[name])
            assert published
            address = (
                f"data:image/{'png' if name.endswith('png') else 'jpeg'};base64,{base64.b64encode(published).decode()}"
            )
            visit.page.set_content(f"<body style='margin:0'><img style='display:block' src='{address}'>")
            wait_until(visit.page, "document.images[0].complete")
            shown = PIL.Image.open(io.BytesIO(visit.page.locator("img").screenshot()))
            assert shown.size == upright(KINDS[name]).size
            assert apart(shown, on_paper(printed(published))) < 30, name


def test_nothing_of_a_photo_but_its_picture_goes_out(tmp_path: Path) -> None:
    """Site, stage, packets and edition with its sources hold pictures, and nothing else of the given files."""
    project = small(tmp_path / "project")
    named = {"a.jpg": PLANTED["everything.jpg"][1], "a.png": PLANTED["everything.png"][1]}
    places = ("modules/first-steps/images", "docs/guide", "docs/assets/images")
    (project.root / "docs/assets/images").mkdir(parents=True)
    for name, data in named.items():
        for place in places:
            (project.root / place / name).write_bytes(data)
        sheet = "modules/first-steps/handouts/sheet.md"
        project.replace(sheet, "\n[WRITE: 3]\n", f"\n[WRITE: 3]\n\n![A hill](images/{name})\n")
        project.replace("docs/guide/notes.md", "\n", f"\n\n![A hill]({name})\n\n")
    for command in (("build",), ("packets",), ("stage", "staged"), ("release", "1.0", "--date", "2026-11-20")):
        done = project.run(*command)
        assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(project.root / "editions/1.0.zip") as edition:
        edition.extractall(project.root / "unpacked")
    for folder in ("site", "staged", "packets", "unpacked"):
        files = [path for path in (project.root / folder).rglob("*") if path.is_file()]
        assert any(path.suffix == ".pdf" for path in files)
        for path in files:
            data = path.read_bytes()
            assert not any(spelling in data for spelling in SPELLINGS), path
            if path.name in named:
                published, _ = taken(path.name, named[path.name])
                assert data == published, path
    kept = [*(project.root / "unpacked").rglob("edition/**/a.jpg")]
    assert len(kept) == len(places)


def test_the_largest_photo_is_quick() -> None:
    """A photo of the greatest size is taken in and printed in a moment, and not packed anew."""
    assert pixels.MAX_PIXELS >= 12_000_000
    noise = PIL.Image.effect_noise((4000, 3000), 60).convert("RGB")
    data = saved(noise, "JPEG", quality=20)
    assert 1_000_000 < len(data) < images.MAX_BYTES
    published, _ = taken("a.jpg", data)
    assert published
    assert b"DCTDecode" in printed(published), "the photo was packed anew, which costs quality and room"
