"""How texts name images: one reading of an address by check, page and print, and help with what no eye can see."""

# ruff: noqa: E501

from __future__ import annotations

import urllib.parse
from pathlib import Path

import pytest
from output import everything, pages
from output import small as whole
from photos import KINDS
from planting import READING, SHEET, Fault, assert_told, lines, small

from builder.model import filenames
from builder.sources import images

IMAGES = "modules/first-steps/images"
MAP = "![A map with one path](images/map.svg)"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20"><text font-size="9" y="15">Quokkawort</text></svg>'
)

NAMES = (
    "Screen Shot.svg", "café.svg", "a&b.svg", "A'b.SVG", "a+b,c=d@e!.svg", "ñandú Übung.svg", "水.svg", "a_b_c.svg",
    "~a.svg",
)  # fmt: skip
"""Names that people and their machines give, each with an address that every stage must read alike."""


@pytest.mark.parametrize("name", NAMES)
def test_an_address_is_read_alike_by_every_stage(name: str) -> None:
    """Written in percent signs, an address names the file whose name it spells, and no other."""
    for address in (urllib.parse.quote(name), urllib.parse.quote(name, safe="")):
        assert images.fault_of_address(f"images/{address}") is None
        assert images.resolve("modules/m", f"images/{address}") == f"modules/m/images/{name}"


def test_images_of_all_names_are_on_page_and_paper(tmp_path: Path) -> None:
    """Figures and plain images of such names are in the page, in the handout and in its PDF, drawings and photos alike."""
    project = whole(tmp_path / "project")
    for name in NAMES:
        project.write(f"{IMAGES}/{name}", DRAWING)
    (project.root / IMAGES / "IMG 2031.JPG").write_bytes(KINDS["RGB.jpg"])
    addresses = [urllib.parse.quote(name) for name in (*NAMES, "IMG 2031.JPG")]
    plain = "\n\n".join(f"![A path, the {number}th](images/{each})" for number, each in enumerate(addresses))
    figures = "\n\n".join(
        f'!!! figure "F"\n    ![A path, the {number}th](images/{each})' for number, each in enumerate(addresses)
    )
    project.replace(SHEET, "\n[WRITE: 3]\n", f"\n{plain}\n")
    project.replace(READING, MAP, figures)
    done = project.run("build")
    assert done.returncode == 0, done.stderr
    site = pages(project.root / "site")
    sources = site["modules/first-steps/handout.html"].xpath("//article//img/@src")
    assert len(sources) == len(addresses)
    for source in sources:
        assert (project.root / "site/modules/first-steps" / urllib.parse.unquote(source)).is_file()
    assert len(site["modules/first-steps/index.html"].xpath("//figure//*[local-name()='svg']")) == len(NAMES)
    paper = everything(project.root / "site/modules/first-steps/first-steps-handout.pdf")
    assert paper.count("Quokkawort") >= len(NAMES)


WRONG = (
    Fault(READING, MAP, "![A map](¦images/IMG 2031.PNG)", "image 'images/IMG 2031.PNG': an address with a space (rename the file, such as img-2031.png)"),
    Fault(READING, MAP, "![A map](<¦images/IMG 2031.PNG>)", "an address with a space (rename the file, such as img-2031.png)"),
    Fault(READING, MAP, "![A map](¦https://x.example.edu/b.png)", "an image on another site (save it here, beside the text"),
    Fault(READING, MAP, "![A map](¦//x.example.edu/b.png)", "an image on another site (save it here, beside the text"),
    Fault(READING, MAP, "![A map](¦data:image/png;base64,AAAA)", "an image on another site (save it here, beside the text"),
    Fault(READING, MAP, "![A map](¦javascript:alert)", "an image on another site (save it here, beside the text"),
    Fault(READING, MAP, "![A map](¦images\\map.svg)", "an address with a backslash (write images/map.svg)"),
    Fault(READING, MAP, "![A map](¦/images/map.svg)", "starts at the server's root (write it from the folder of this text"),
    Fault(READING, MAP, "![A map](¦images/map.svg?x=1)", "more than a file's name (write images/map.svg)"),
    Fault(READING, MAP, "![A map](¦images/map.svg#part)", "more than a file's name (write images/map.svg)"),
    Fault(READING, MAP, "![A map](¦images%2Fmap.svg)", "a slash written as %2F (write /)"),
    Fault(READING, MAP, "![A map](¦images/Map.svg)", "missing image 'images/Map.svg' (SVG, PNG or JPEG; the file is 'map.svg'; small and capital letters count: M here, m in its name)"),
    Fault(READING, MAP, "![A map](¦images/map.SVG)", "small and capital letters count: S here, s in its name"),
    Fault(READING, MAP, "![A map](¦images/%6Dap.sv%47)", "small and capital letters count: G here, g in its name"),
    Fault(READING, MAP, "![A map](¦images/m%C3%A1p.svg)", "missing image 'images/m%C3%A1p.svg' (SVG, PNG or JPEG; did you mean 'images/map.svg'?)"),
    Fault(READING, MAP, "![A map](¦images/m%E1p.svg)", "missing image 'images/m%E1p.svg' (SVG, PNG or JPEG; did you mean 'images/map.svg'?)"),
    Fault(READING, MAP, "![A map](¦images/map%252Esvg)", "missing image 'images/map%252Esvg' (SVG"),
)  # fmt: skip


@pytest.mark.parametrize("fault", WRONG, ids=str)
def test_a_wrong_address_is_told_with_what_to_do(fault: Fault, tmp_path: Path) -> None:
    """An address that some stage would read otherwise is one problem at its place, and says what to write."""
    assert_told(fault, tmp_path)


APART = (
    ("caf\u00e9.svg", "cafe\u0301.svg", "\u00e9 as one character (U+00E9) here, e\u0301 as two characters (U+0065 U+0301) in its name"),
    ("cafe\u0301.svg", "caf\u00e9.svg", "e\u0301 as two characters (U+0065 U+0301) here, \u00e9 as one character (U+00E9) in its name"),
    ("a%20b.svg", "a\u00a0b.svg", "space as one character (U+0020) here, no-break space as one character (U+00A0) in its name"),
    ("9.41%20AM.svg", "9.41\u202fAM.svg", "space as one character (U+0020) here, narrow no-break space as one character (U+202F) in its name"),
    ("CAF\u00c9.svg", "caf\u00e9.svg", "small and capital letters count: C here, c in its name"),
    ("ﬁg.svg", "fig.svg", "ﬁ as one character (U+FB01) here, f as one character (U+0066) in its name"),
    ("ma\u200bp.svg", "map.svg", "zero width space as one character (U+200B) here, p as one character (U+0070) in its name"),
    ("a.svg", "a\u00ad.svg", ". as one character (U+002E) here, soft hyphen as one character (U+00AD) in its name"),
)  # fmt: skip


@pytest.mark.parametrize(("written", "named", "message"), APART)
def test_what_the_eye_cannot_see_is_told(written: str, named: str, message: str, tmp_path: Path) -> None:
    """A name that looks like the file's and is another is reported by the signs of both."""
    path = images.resolve("", f"images/{written}")
    assert images.difference(path, {f"images/{named}", "images/other.svg"}) == (f"images/{named}", message)
    if filenames.fault_of_name(named):  # then the file itself is a problem already
        return
    root = small(tmp_path)
    (root / IMAGES / named).write_text(DRAWING, encoding="utf-8")
    text = (root / READING).read_text(encoding="utf-8")
    (root / READING).write_text(text.replace(MAP, f"![A map](images/{written})"), encoding="utf-8")
    (line,) = (line for line in lines(root) if "missing image" in line)
    assert message in line


def test_a_figure_with_a_space_in_its_address_is_told_as_that(tmp_path: Path) -> None:
    """A camera's name for a photo is reported as an address with a space, and not as a figure without an image."""
    fault = Fault(
        READING, MAP, '!!! figure "F"\n    ![A map](¦images/IMG 2031.PNG)', "rename the file, such as img-2031.png"
    )
    assert_told(fault, tmp_path)


def test_a_picture_that_is_too_large_is_told_with_a_remedy(tmp_path: Path) -> None:
    """A file as a phone makes it is reported with what to do, and where the limit is."""
    root = small(tmp_path)
    (root / IMAGES / "hill.png").write_bytes(KINDS["RGB.png"] + bytes(3_000_000))
    (line,) = lines(root)
    assert line.endswith("is too large (at most 3,000,000; make it about 1600 pixels wide, or save it as JPEG)")


def test_an_image_that_no_text_shows_is_a_notice(tmp_path: Path) -> None:
    """An image is shown by a text or linked to, in any spelling of its address, or is a notice; a logo is not."""
    root = small(tmp_path)
    for path in (
        f"{IMAGES}/café.svg",
        f"{IMAGES}/old.svg",
        "docs/images/hill.svg",
        "docs/old.svg",
        "docs/assets/logo.svg",
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(DRAWING, encoding="utf-8")
    text = (root / READING).read_text(encoding="utf-8")
    (root / READING).write_text(text.replace(MAP, f"{MAP}\n\n![A hut](images/caf%C3%A9.svg)"), encoding="utf-8")
    about = root / "docs/about.md"
    about.write_text(about.read_text(encoding="utf-8") + "\n[A drawing of a hill](images/hill.svg)\n", encoding="utf-8")
    found = lines(root)
    assert [line.partition(":")[0] for line in found] == ["docs/old.svg", f"{IMAGES}/old.svg"]
    assert all(": notice: " in line for line in found)
