"""Draw the pictures of docs/facilitate/print.md anew, from what the program prints now.

Run by hand, after `make site`, when the print has changed: `.venv/bin/python tests/pictures.py`. The pictures show the
sample cohort, whose people are placeholders.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs/facilitate/images"
MODULE = ROOT / "site/modules/race-and-medicine"
TEAM = ROOT / "packets/sample-2021/western-hemlock"
WIDTH = 620  # pixels of a page
GREYS = 12


def page(pdf: Path, holding: str, *, after: int = 0) -> Image.Image:
    """Draw the first page that contains some words, after so many pages."""
    document = pypdfium2.PdfDocument(pdf)
    for number in range(after, len(document)):
        if holding in " ".join(document[number].get_textpage().get_text_range().split()):
            drawn = document[number].render(scale=WIDTH / document[number].get_width()).to_pil()
            return ImageOps.expand(drawn.convert("L"), border=1, fill=150)
    raise LookupError(f"{pdf.name}: no page holds {holding!r}")


def beside(left: Image.Image, right: Image.Image) -> Image.Image:
    """Put two pages side by side."""
    made = Image.new("L", (left.width + right.width + 16, max(left.height, right.height)), 255)
    made.paste(left, (0, 0))
    made.paste(right, (left.width + 16, 0))
    return made


def overview() -> Image.Image:
    """Take a picture of the top of the overview."""
    file = TARGET / "overview.png"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        view = browser.new_page(viewport={"width": 1280, "height": 900})
        view.goto((TEAM.parent / "index.html").as_uri())
        view.screenshot(path=str(file))
        browser.close()
    return Image.open(file).convert("L").resize((1000, 703))


def main() -> None:
    """Draw all."""
    TARGET.mkdir(parents=True, exist_ok=True)
    guide, cards = MODULE / "race-and-medicine-guide.pdf", MODULE / "race-and-medicine-cards.pdf"
    pictures = {
        "run-sheet": page(guide, "Run sheet"),
        "activity": page(guide, "Pick one practice here", after=5),
        "large-print": page(MODULE / "race-and-medicine-guide-large-print.pdf", "My story, told to whom?", after=12),
        "handout": page(MODULE / "race-and-medicine-handout.pdf", "Our agreements"),
        "cards": beside(page(cards, "Module 2", after=2), page(cards, "If it stalls", after=3)),
        "poster": page(ROOT / "site/facilitate/agreements-poster.pdf", "Our agreements"),
        "contents": page(TEAM / "packet.pdf", "What is in this packet"),
        "certificate": page(TEAM / "certificates/participant-01.pdf", "Certificate"),
        "overview": overview(),
    }
    for name, picture in pictures.items():
        picture.quantize(GREYS).save(TARGET / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
