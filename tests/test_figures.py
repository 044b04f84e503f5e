"""Figures: a drawing becomes part of its page, and nothing of it is lost to those who cannot see it, or print it."""

from __future__ import annotations

import base64
import io
import re
import shutil
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
from browser import launched, visiting
from conftest import ROOT, Project
from output import small as whole
from planting import READING, Fault, assert_told, small
from survivors import SURVIVORS

from builder.dialect import html
from builder.problems import Problems
from builder.sources import images
from builder.sources.figures import set_in

DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 90" width="360" color="#1d2328" font-size="15">
  <title>Two paths</title><desc>They part.</desc>
  <defs><marker id="tip"><path d="M0 0L5 5"/></marker></defs>

  <path d="M0 0h10" stroke="currentColor" marker-end="url(#tip)"/>
  <text x="10" y="20">Here &amp; there <tspan x="10" dy="18">* now *</tspan></text>
</svg>"""
_DOT = io.BytesIO()
PIL.Image.new("RGB", (1, 1)).save(_DOT, "PNG")
DOT = base64.b64encode(_DOT.getvalue())
PAGE = "modules/m/index.md"
FIGURE = """Before.

!!! figure "Figure: One & two"
    ![A *path*, "parted"](images/two-paths.svg)

    It parts [1](#x){: .cite }.

    - left
    - right

After.
"""


def set_page(svg: bytes = DRAWING, markdown: str = FIGURE) -> str:
    """The page with the drawing as it is published."""
    problems = Problems()
    published = images.take_in("two-paths.svg", svg, problems)
    assert published, list(problems)
    return set_in(markdown, PAGE, {"modules/m/images/two-paths.svg": published})


def test_a_drawing_becomes_part_of_its_page() -> None:
    """The SVG is in the page, in its ink and without a size or a pop-up of its own, with the words for it."""
    made = html(set_page())
    svg = made[made.index("<svg") : made.index("</svg>")]
    assert 'role="img" aria-label="A *path*, &quot;parted&quot;"' in svg
    assert "Here &amp; there" in svg
    assert "* now *" in svg
    assert 'stroke="currentColor"' in svg
    assert not re.search('<title|<desc|xmlns|width=|color="#', svg)
    assert "<figcaption>Figure: One &amp; two</figcaption>" in made


def test_what_a_figure_shows_stands_below_it_in_words() -> None:
    """The description is ordinary text under a fold, and what follows the figure follows it."""
    made = html(set_page())
    words = made[made.index("<details") : made.index("</details>")]
    assert words.startswith('<details class="fold">\n<summary>The figure in words</summary>')
    assert '<a class="cite" href="#x">1</a>' in words
    assert "<li>right</li>" in words
    assert made.endswith("</details>\n<p>After.</p>")


def test_drawings_on_one_page_keep_their_ids_apart() -> None:
    """An id within a drawing carries the name of its file, and so does what refers to it."""
    made = set_page()
    assert 'id="figure-two-paths--tip"' in made
    assert 'marker-end="url(#figure-two-paths--tip)"' in made


def test_one_drawing_twice_on_a_page_keeps_its_ids_apart() -> None:
    """The same drawing, shown again, refers to its own parts and not to those of the first."""
    twice = set_page(markdown=FIGURE + FIGURE)
    assert sorted(re.findall(r'id="([^"]*)"', twice)) == ["figure-two-paths--tip", "figure-two-paths-2--tip"]
    assert sorted(re.findall(r"url\(#([^)]*)\)", twice)) == ["figure-two-paths--tip", "figure-two-paths-2--tip"]


def test_a_drawing_with_styles_changes_nothing_but_itself() -> None:
    """What a style sheet says is said by each element, and no class of the page comes from a drawing."""
    styled = DRAWING.replace(b"<defs>", b"<style>text {fill: red} .md-nav {opacity: 0}</style><defs>")
    made = set_page(styled.replace(b"<text", b'<text class="md-nav wash"', 1))
    assert '<text x="10" y="20" class="wash" fill="red" opacity="0">' in made or (
        'class="wash"' in made and 'fill="red"' in made and 'opacity="0"' in made
    )
    assert "style" not in made
    assert "md-nav" not in made


@pytest.mark.parametrize(
    "svg",
    [
        DRAWING.replace(b"<path", b'<path style="mix-blend-mode: multiply"', 1),
        DRAWING.replace(b"<defs>", b'<image width="1" height="1" href="data:image/png;base64,' + DOT + b'"/><defs>'),
    ],
    ids=["blending", "photo"],
)
def test_a_drawing_that_needs_a_file_is_shown_as_an_image(svg: bytes) -> None:
    """A drawing with a photo in it, or one that only a style can show, is not set into the page."""
    assert set_page(svg) == FIGURE


@pytest.mark.parametrize(
    ("drawn", "on_paper"),
    [
        (b'<path fill="none" stroke="currentColor" d="M0 0h9"/>', False),
        (b'<g fill="currentColor"><text y="9">A</text></g>', False),
        (b'<rect class="wash" fill="#e4ece8" width="9" height="9"/>', False),
        (b'<line class="accent-line" stroke="#1f5f4f" x2="9"/>', False),
        (b'<path fill="none" stroke="#000" d="M0 0h9"/>', True),
        (b'<text y="9">A</text>', True),
        (b'<rect width="9" height="9"/>', True),
        (b'<g fill="#1d2328"><circle r="9"/></g>', True),
        (b'<g class="wash"><rect fill="white" width="9" height="9"/></g>', True),
        (b'<linearGradient id="a"><stop stop-color="red"/></linearGradient><rect fill="url(#a)" width="9"/>', True),
    ],
)
def test_a_drawing_in_colors_of_its_own_lies_on_paper(drawn: bytes, on_paper: bool) -> None:  # noqa: FBT001
    """Only a drawing whose every line and fill follows the page is set on the page's own ground, which may be dark."""
    made = set_page(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' + drawn + b"</svg>")
    assert ('<figure class="drawing on-paper"' in made) is on_paper


def test_other_images_and_nested_figures_stay_as_they_are() -> None:
    """A photograph, a drawing that is not there, and a figure within a list are left to the host."""
    photograph = FIGURE.replace(".svg", ".png")
    assert set_in(photograph, PAGE, {"modules/m/images/two-paths.png": b""}) == photograph
    assert set_in(FIGURE, PAGE, {}) == FIGURE
    nested = "- item\n\n    " + FIGURE.replace("\n", "\n    ")
    assert set_page(markdown=nested) == nested


LINE = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">
<path d="M9 15h70" stroke="#000" stroke-width="3"/></svg>"""

SVG = "![A map with one path](images/map.svg)"


@pytest.mark.parametrize(
    "fault",
    [
        Fault(READING, SVG, f'¦!!! figure "A map"\n    One path.\n\n    {SVG}', "a figure without an image at its"),
        Fault(READING, SVG, f'¦!!! figure "A map"\n    {SVG} One path.', "a figure without an image at its beginning"),
        Fault(
            READING,
            SVG,
            f"¦!!! figure\n    {SVG}",
            "a figure without a caption (write it behind the word, in straight quotes",
        ),
        Fault(
            READING,
            SVG,
            f'¦!!! figure ""\n    {SVG}',
            "a figure without a caption (write it behind the word, in straight quotes",
        ),
    ],
    ids=str,
)
def test_a_figure_that_lacks_a_part_is_told(fault: Fault, tmp_path: Path) -> None:
    """A figure begins with its image and has a caption; otherwise the author hears where."""
    assert_told(fault, tmp_path)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose pages have drawings and photos of every kind, as figures and as plain images."""
    project = whole(tmp_path_factory.mktemp("shown") / "project")
    folder = project.root / "modules/first-steps/images"
    for name in ("Inkscape", "PowerPoint", "Illustrator"):
        (folder / f"{name}.svg").write_text(SURVIVORS[name], encoding="utf-8")
    shutil.copy(ROOT / "modules/race-and-medicine/images/two-boxes.svg", folder / "ink.svg")
    (folder / "line.svg").write_bytes(LINE)
    clear = PIL.Image.new("RGBA", (120, 60))
    clear.paste("black", (10, 28, 110, 32))
    clear.save(folder / "clear.png")
    names = sorted(path.name for path in folder.iterdir() if path.name != "map.svg")
    project.replace(READING, SVG, "\n\n".join(f'!!! figure "F"\n    ![A](images/{name})' for name in names))
    sheet = "modules/first-steps/handouts/sheet.md"
    project.replace(sheet, "\n[WRITE: 3]\n", "\n" + "\n\n".join(f"![A](images/{name})" for name in names) + "\n")
    done = project.run("build")
    assert done.returncode == 0, done.stderr
    return project.root / "site"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_can_be_seen_on_every_ground(shown: Path, scheme: Any, forced: Any, width: int) -> None:
    """By day, by night and in the system's own colors, as part of the page or as a file, a figure stands out."""
    settings: dict[str, Any] = {"color_scheme": scheme, "forced_colors": forced}
    with launched() as browser, visiting(browser, viewport={"width": width, "height": 900}, **settings) as visit:
        for page, count in (("index", 6), ("handout", 6)):
            visit.open(f"{shown.as_uri()}/modules/first-steps/{page}.html")
            found = visit.page.locator("article :is(img, figure.drawing > svg)").all()
            assert len(found) == count
            for each in found:
                seen = PIL.Image.open(io.BytesIO(each.screenshot())).convert("L")
                levels = seen.histogram()
                ground = levels.index(max(levels))
                apart = sum(count for level, count in enumerate(levels) if abs(level - ground) > 110)
                assert apart > 0.01 * seen.width * seen.height, each.evaluate("at => at.outerHTML.slice(0, 200)")


def test_what_other_hosts_build_from_holds_the_drawing(tmp_path: Path) -> None:
    """A staged page has the drawing in it, so that any host shows the same figure."""
    project = Project(small(tmp_path))
    project.replace(READING, SVG, f'!!! figure "A map"\n    {SVG}\n\n    One path.')
    done = project.run("stage", "staged")
    assert done.returncode == 0, done.stdout + done.stderr
    page = project.read("staged/docs/modules/first-steps/index.md")
    assert '<figure class="drawing on-paper"' in page
    assert 'aria-label="A map with one path"' in page
