"""What only a cohort may contain is found in whatever carries it: encodings, images, packed files, names of files."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping

import pytest
import typst
from test_leaks import cohort, found

from builder import leaks
from builder.model.cohorts import Person
from builder.problems import Problems

ANN = "Ann Quixley"
ZOE = "Zo\u00eb M\u00fcller"
LUCZAK = "Zo\u00eb \u0141uczak"  # not in Latin-1

SECRETS = leaks.gather([
    cohort(facilitators=tuple(Person(name=name, email="ann.quixley@steps.example.edu") for name in (ANN, ZOE, LUCZAK)))
])  # fmt: skip


def chunk(kind: bytes, body: bytes) -> bytes:
    """Give a part of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(kind: bytes = b"", body: bytes = b"", after: bytes = b"") -> bytes:
    """Give an image of one pixel with another part in it."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    more = chunk(kind, body) if kind else b""
    return b"\x89PNG\r\n\x1a\n" + head + more + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"") + after


def jpeg(marker: int = 0xE0, body: bytes = b"JFIF\0", after: bytes = b"") -> bytes:
    """Give the bones of a photo with one segment before its pixels."""
    segment = bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body
    return b"\xff\xd8" + segment + b"\xff\xda\0\2\x12\x34\xff\xd9" + after


def zipped(files: Mapping[str, str | bytes] | None = None, comment: str = "", of_file: str = "") -> bytes:
    """Give an archive, with what is said of it and of its files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (files or {"a.txt": "x"}).items():
            entry = zipfile.ZipInfo(name)
            entry.comment = of_file.encode()
            archive.writestr(entry, data)
        archive.comment = comment.encode()
    return packed.getvalue()


def tar(text: str) -> bytes:
    """Give an archive that is not packed."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        entry = tarfile.TarInfo("notes.txt")
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text.encode()))
    return packed.getvalue()


def in_base64(text: str) -> str:
    """Give a text as it travels in mails and addresses."""
    return base64.b64encode(text.encode()).decode()


def word(*runs: str) -> bytes:
    """Give a paper whose one paragraph is divided into runs, as spelling checkers and formats divide it."""
    body = "<w:proofErr w:type='x'/>".join(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{run}</w:t></w:r>" for run in runs)
    return zipped({"word/document.xml": f"<w:document><w:body><w:p><w:pPr/>{body}</w:p></w:body></w:document>"})


PDF = typst.compile(b"Nothing.")

TEXTS = {
    "Latin-1.csv": f"{ZOE};x".encode("latin-1"),
    "Windows, Central Europe.csv": f"{LUCZAK};x".encode("cp1250"),
    "Macintosh.txt": f"{ZOE};x".encode("mac_roman"),
    "DOS.txt": f"{ZOE};x".encode("cp850"),
    "UTF-8 with a mark.txt": b"\xef\xbb\xbf" + LUCZAK.encode(),
    "UTF-16.txt": LUCZAK.encode("utf-16"),
    "UTF-16 LE without a mark.txt": f"List: {LUCZAK}.".encode("utf-16-le"),
    "UTF-16 BE without a mark.txt": f"List: {LUCZAK}.".encode("utf-16-be"),
    "UTF-32.txt": LUCZAK.encode("utf-32"),
    "escapes.yml": b'a: "Zo\\xEB \\u0141uczak"',
    "a comment.yml": f"a: b # {ANN}".encode(),
    "two lines.yml": b'a: "Ann Qui\\\n  xley"',
    "texts in texts.json": json.dumps({"a": json.dumps({"n": LUCZAK})}).encode(),
    "octal.js": b"'\\101nn Quixley'",
    "atob.js": f"x = atob('{in_base64(ANN)}')".encode(),
    "escapes.css": b"a:after { content: 'Ann\\20 Qu\\69 xley' }",
    "a card.vcf": b"N:Quixley;Ann;;;\n",
    "quoted printable.vcf": b"FN;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB =C5=81ucz=\nak",
    "folded.vcf": b"FN:Ann Quix\r\n ley",
    "a header.eml": f"From: =?utf-8?B?{in_base64(LUCZAK)}?= <x@y.org>".encode(),
    "a body.eml": f"Content-Transfer-Encoding: base64\n\n{in_base64('From here on ' + ANN)}\n".encode(),
    "letters.rtf": b"{\\rtf1 Zo\\'eb \\u321?uczak}",
    "formats.rtf": b"{\\rtf1 {\\b Ann} Qui{\\i xley}}",
    "spans.svg": b"<svg><text>Ann <tspan>Qui</tspan><tspan>xley</tspan></text></svg>",
    "an address.html": f"<a href='data:text/plain;base64,{in_base64(ANN)}'>x</a>".encode(),
    "a drawing in a drawing.svg": (
        f"<svg><image href='data:image/svg+xml;base64,{in_base64(f'<svg><text>{ANN}</text></svg>')}'/></svg>".encode()
    ),
    "an image in a drawing.svg": (
        b"<svg><image href='data:image/png;base64,"
        + base64.encodebytes(png(b"zTXt", b"Author\0\0" + zlib.compress(ANN.encode())))
        + b"'/></svg>"
    ),
}

BYTES = {
    "tEXt.png": png(b"tEXt", b"Author\0" + ANN.encode()),
    "zTXt.png": png(b"zTXt", b"Author\0\0" + zlib.compress(ANN.encode())),
    "iTXt.png": png(b"iTXt", b"Author\0\0\0en\0\0" + LUCZAK.encode()),
    "iTXt, packed.png": png(b"iTXt", b"Author\0\1\0en\0\0" + zlib.compress(LUCZAK.encode())),
    "eXIf.png": png(b"eXIf", b"II*\0\x08\0\0\0" + LUCZAK.encode("utf-16-le") + b"\0\0"),
    "after its end.png": png(after=ANN.encode()),
    "XPAuthor.jpg": jpeg(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + LUCZAK.encode("utf-16-le") + b"\0\0"),
    "a comment, big-endian.jpg": jpeg(0xE1, b"Exif\0\0MM\0*UNICODE\0" + LUCZAK.encode("utf-16-be")),
    "Artist.jpg": jpeg(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + ANN.encode() + b"\0"),
    "XMP.jpg": jpeg(0xE1, b"http://ns.adobe.com/xap/1.0/\0<dc:creator>Ann <b/>Quixley</dc:creator>"),
    "a comment.jpg": jpeg(0xFE, ANN.encode()),
    "after its end.jpg": jpeg(after=b"\0" + ANN.encode()),
    "a comment.gif": b"GIF89a\1\0\1\0\0\0\0!\xfe\x0b" + ANN.encode() + b"\0;",
    "Exif.webp": b"RIFF\x40\0\0\0WEBPVP8 \4\0\0\0\1\2\3\4EXIF\x10\0\0\0" + ANN.encode() + b"\0\0",
    "the artist.mp3": b"ID3\3\0\0\0\0\0\x20TPE1\0\0\0\x19\0\0\1\xff\xfe" + ANN.encode("utf-16-le"),
    "an old paper.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + bytes(range(256))
    + b"\0\0"
    + ZOE.encode("cp1252")
    + bytes(50),
    "an old paper, wide.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(256) + LUCZAK.encode("utf-16-le") + bytes(50),
}

PACKED = {
    "a comment.zip": zipped(comment=ANN),
    "a comment on a file.zip": zipped(of_file=ANN),
    "before it.zip": ANN.encode() + b"\n" + zipped(),
    "after it.zip": zipped() + b"\n" + ANN.encode(),
    "a name.zip": zipped({"ann-quixley.txt": "x"}),
    "a file.zip": zipped({"a.txt": f"x {ANN}"}),
    "an archive.zip": zipped({"a.zip": zipped({"a.txt": ANN})}),
    "an image with a zip.png": png(after=zipped({"a.txt": ANN})),
    "words in runs.docx": word("Ann Qui", "xley"),
    "the author.docx": zipped({"docProps/core.xml": f"<dc:creator>{ANN}</dc:creator>"}),
    "two cells.xlsx": zipped({"xl/sharedStrings.xml": "<si><t>Quixley</t></si><si><t>Ann</t></si>"}),
    "letters in runs.xlsx": zipped({"xl/sharedStrings.xml": "<si><r><t>Ann Qui</t></r><r><t>xley</t></r></si>"}),
    "a slide.pptx": zipped({"ppt/slides/slide1.xml": "<a:p><a:r><a:t>Ann Qui</a:t></a:r><a:r><a:t>xley</a:t></a:r>"}),
    "spans.odt": zipped({"content.xml": "<text:p>Ann Qui<text:span text:style-name='T1'>xley</text:span></text:p>"}),
    "a file.gz": gzip.compress(ANN.encode()),
    "the second member.gz": gzip.compress(b"x") + gzip.compress(ANN.encode()),
    "after it.gz": gzip.compress(b"x") + ANN.encode(),
    "a name.gz": b"\x1f\x8b\x08\x08\0\0\0\0\0\3Ann Quixley.txt\0" + gzip.compress(b"x")[10:],
    "a file.bz2": bz2.compress(ANN.encode()),
    "a file.xz": lzma.compress(ANN.encode()),
    "a file.tar": tar(ANN),
    "a file.tar.gz": gzip.compress(tar(ANN)),
    "before it.pdf": ANN.encode() + b"\n" + PDF,
    "after it.pdf": PDF + b"\n" + ANN.encode(),
}

ALL = TEXTS | BYTES | PACKED


@pytest.mark.parametrize(("name", "data"), ALL.items(), ids=ALL)
def test_a_name_is_found_whatever_carries_it(name: str, data: bytes) -> None:
    """Encodings, escapes, what is in an image beside its pixels, and packed files hide no name."""
    told = [problem.message for problem in found([(name, data)], SECRETS)]
    assert [message for message in told if " the name of a facilitator" in message], told


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("images/ann-quixley.jpg", "name"), ("images/AnnQuixley.jpg", "name"), ("images/quixley_ann.jpg", "name"),
        ("Zoe-Mueller.md", "name"), ("zoe_muller/index.md", "name"), ("cv-ann-quixley-2026.txt", "name"),
        ("Zo%C3%AB%20M%C3%BCller.md", "name"), ("ann.quixley@steps.example.edu.txt", "e-mail address"),
        ("ann.quixley@steps.example.edu.tar.gz.txt", "e-mail address"),
        ("ann-quixley-at-steps-example-edu.md", "e-mail address"), ("206-555-0147.vcf", "phone number"),
        ("quokka-4711.md", "link"),
    ],
)  # fmt: skip
def test_the_name_of_a_file_is_looked_at(path: str, what: str) -> None:
    """Hyphens, underscores, percent signs and endings hide nothing; of the path only what has no secret is reported."""
    told = [str(problem) for problem in found([(f"docs/guide/{path}", b"")], SECRETS)]
    assert [line for line in told if f"contains in the name of a file the {what} of" in line], told
    assert {line.partition(":")[0] for line in told} <= {"docs/guide", "docs/guide/images"}


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 junk", b"PK\x03\x04junk", b"\x1f\x8bjunk", b"BZhjunk", b"\xfd7zXZ\0junk", b"7z\xbc\xaf\x27\x1c",
        b"Rar!\x1a\x07\1", b"\x28\xb5\x2f\xfd", b"\xd0\xcf\x11\xe0\0" + "EncryptedPackage".encode("utf-16-le"),
        gzip.compress(bytes(60_000_000)), zipped({"a": bytes(60_000_000)}),
        zipped({"1": zipped({"2": zipped({"3": zipped({"4": zipped({"5": zipped({"6": zipped()})})})})})}),
    ],
    ids=lambda data: data[:4].hex(),
)  # fmt: skip
def test_what_cannot_be_read_is_told(data: bytes) -> None:
    """Of damaged, encrypted and bottomless files nobody can say what they contain, so they are problems."""
    (told,) = found([("a.bin", data)], SECRETS)
    assert told.message.startswith("cannot be searched for what only a cohort may contain (")


def test_pixels_and_typefaces_are_left_alone() -> None:
    """Bytes that happen to look like letters are no name."""
    pixels = chunk(b"IDAT", zlib.compress(b"x", 0) + ANN.encode())
    assert not found([("a.png", b"\x89PNG\r\n\x1a\n" + pixels + chunk(b"IEND", b""))], SECRETS)
    assert not found([("a.woff2", b"wOF2" + ANN.encode())], SECRETS)


@pytest.mark.parametrize("name", ["a.pdf", "a.zip", "a.csv", "a"])
def test_a_file_without_contents_has_nothing_in_it(name: str) -> None:
    """An empty file, as stands for one that was looked at before, is no file that cannot be searched."""
    problems = Problems()
    leaks.report_secrets(SECRETS, [(name, b"")], leaks.IN_EDITIONS, problems)
    assert not list(problems)
