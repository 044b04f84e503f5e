"""Drawings: what strangers send never runs or calls, and what drawing programs write is not lost."""

from __future__ import annotations

import base64
import io
import itertools
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import hypothesis
import hypothesis.strategies as st
import PIL.Image
import PIL.ImageChops
import pypdfium2
import pytest
import typst
from browser import launched, visiting, wait_until
from hostile import FILES, HOST, HOSTILE, whole
from planting import lines, small
from playwright.sync_api import Browser
from survivors import SURVIVORS

from builder import press
from builder.dialect import html
from builder.markup.cleaning import clean
from builder.problems import Problems
from builder.sources import images
from builder.sources.figures import set_in
from builder.sources.images import drawings

LEFT_OUT = {
    "ARIA", "closing tags in a comment", "closing tags in an attribute", "closing tags in cdata",
    "closing tags within text", "cursor attribute", "editor's attribute with a handler",
    "editor's element with a script", "expression", "foreignObject in a switch", "import within media",
    "name with quotes", "names of the page", "over the page", "script in metadata", "script within text",
    "second choice of a switch", "style of its neighbors", "style of the page", "XML 1.1",
}  # fmt: skip
"""What is no reason to refuse a drawing, as it is harmless or no part of what is published."""

ALL = {**{name: whole(inner) for name, inner in HOSTILE.items()}, **FILES}


def taken(data: bytes, path: str = "a.svg") -> tuple[bytes | None, list[str]]:
    """A drawing as it is published, and what is reported of it."""
    problems = Problems()
    return images.take_in(path, data, problems), [str(problem) for problem in problems]


def foreign(markup: str) -> list[str]:
    """What a drawing holds that is in no list."""
    found = []
    for element in ET.fromstring(markup).iter():
        name = element.tag.rpartition("}")[2]
        found += [] if name in drawings.ELEMENTS | {"image"} else [name]
        for key, value in element.attrib.items():
            known = key.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")
            held = name == "image" and re.fullmatch(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=]+", value)
            if known not in drawings.ATTRIBUTES or not (held or drawings.is_safe_value(known, value)):
                found.append(f"{name} {key}={value[:60]}")
    return found


def markups(data: bytes) -> list[str]:
    """A published drawing as a file and, where it can be one, as part of a page."""
    inline = images.inline(data, "figure-a-", 'What "it" <shows>')
    return [data.decode(), *([inline.markup] if inline else [])]


@pytest.mark.parametrize("name", ALL)
def test_a_hostile_drawing_is_refused_or_loses_its_sting(name: str) -> None:
    """Every way that we know is refused with a reason, or nothing of it is left; either at once."""
    published, reported = taken(ALL[name])
    assert (published is not None) is (name in LEFT_OUT), reported
    assert bool(reported) is (name not in LEFT_OUT)
    for line in reported:
        assert re.match(r"a\.svg:\d+:\d+: ", line)
        assert re.search(r"\([^()]*(\([^()]*\)[^()]*)*\)$", line), "it says nothing of what to do"
    for markup in markups(published) if published else ():
        assert not foreign(markup), markup
        assert HOST not in markup


@pytest.mark.parametrize(
    ("attribute", "good", "bad"),
    [
        ("x", "-1.5e3", "url(https://example.net/)"),
        ("d", "M0,0 c.1-.2 3 4 5 6z", "javascript:alert(1)"),
        ("transform", "translate(1 2) rotate(45)", "attr(onload)"),
        ("fill", "url(#a) none", "url(//example.net/a)"),
        ("filter", "blur(2px)", "image-set('a.png' 1x)"),
        ("stroke", "rgb(1, 2, 3)", "var(--a)"),
        ("font-family", "'Atkinson Hyperlegible Next', sans-serif", "\\75rl(a)"),
        ("style", "mix-blend-mode: multiply", "position: fixed"),
        ("style", "opacity: .5", "fill: expression(alert(1))"),
        ("class", "soft wash", "soft md-header"),
        ("href", "#a", "https://example.net/#a"),
        ("id", "a-1", "a b"),
        ("role", "img", "alert"),
    ],
)
def test_a_value_is_on_the_list_or_not(attribute: str, good: str, bad: str) -> None:
    """Each kind of attribute takes what drawings are made of, and nothing that calls, names or places more."""
    assert drawings.is_safe_value(attribute, good)
    assert not drawings.is_safe_value(attribute, bad)


def test_a_drawing_may_have_shadows() -> None:
    """Filters are taken as often as drawings use them: some shapes with a shadow each, or a group of many with one."""
    shadow = (
        "<filter id='a' width='1.5' height='1.5'><feOffset/><feGaussianBlur/><feMerge><feMergeNode/></feMerge></filter>"
    )
    shapes = "<rect width='9' height='9' filter='url(#a)'/>" * 5
    for drawn in (shadow + shapes, f"{shadow}<g filter='url(#a)'>{'<rect/>' * 500}</g>"):
        assert taken(whole(drawn))[1] == []


@pytest.mark.parametrize("name", [name for name in HOSTILE if name in LEFT_OUT])
def test_what_is_left_out_is_gone(name: str) -> None:
    """Of what is left out no word stays in what is published, but for words that are drawn or read as words."""
    published, _ = taken(ALL[name])
    assert published
    words = "".join(ET.fromstring(published).itertext())
    rest = published.decode().replace(words.replace("<", "&lt;").replace(">", "&gt;"), "")
    for sting in ("alert", "script", "onclick", "onerror", "javascript", "position", "expression", "aria-live"):
        assert sting not in rest


@hypothesis.given(st.lists(st.sampled_from(sorted(HOSTILE)), min_size=2, max_size=4), st.data())
@hypothesis.settings(max_examples=150, derandomize=True)
def test_hostile_parts_within_one_another_are_no_safer(names: list[str], data: st.DataObject) -> None:
    """However such parts are mixed and nested, what is published contains only what is in the lists."""
    inner = ""
    for name in names:
        wrap = data.draw(
            st.sampled_from(["{}", "<g>{}</g>", "<switch>{}</switch>", "<text>{}</text>", "<defs>{}</defs>"])
        )
        inner = wrap.format(inner + HOSTILE[name][:3000] if HOSTILE[name].count("<") < 100 else inner)
    published, reported = taken(whole(inner))
    assert published or reported
    for markup in markups(published) if published else ():
        assert not foreign(markup), markup


@hypothesis.given(st.text(alphabet="url(#a)'\"\\/*;:,{}!@<>&= \t\n69eéURL-0.%", max_size=24))
@hypothesis.settings(max_examples=400, derandomize=True)
def test_no_value_gets_out_unread(value: str) -> None:
    """A value of any signs, in an attribute, a style or a sheet, is refused or published in the form of the lists."""
    quoted = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    for form in ('<g fill="{}"/>', '<g style="fill:{}"/>', '<g transform="{}"/>', '<g id="{}"/><use href="#{}"/>'):
        published, reported = taken(whole(form.replace("{}", quoted)))
        assert published or reported
        assert not (published and foreign(published.decode()))
    published, _ = taken(whole(f"<style>g {{fill: {quoted}}}</style><g/>"))
    assert not (published and foreign(published.decode()))


@pytest.mark.parametrize("name", SURVIVORS)
def test_what_a_drawing_program_writes_is_taken(name: str) -> None:
    """A drawing with a program's own notes and styles is no problem, and its notes and hidden layers are left out."""
    published, reported = taken(SURVIVORS[name].encode())
    assert not reported
    assert published
    assert not foreign(published.decode())
    for private in (b"Person", b"person", b"inkscape", b"sodipodi", b"mxfile", b"xmpmeta", b"<!--", b"class="):
        assert private not in published


@pytest.mark.parametrize("name", SURVIVORS)
def test_taking_a_drawing_in_again_changes_nothing(name: str) -> None:
    """What is published is taken in as it is: so an edition's copy of a source gives the same edition."""
    published, _ = taken(SURVIVORS[name].encode())
    assert published
    assert taken(published) == (published, [])


@pytest.mark.parametrize("name", [*SURVIVORS, *sorted(LEFT_OUT)])
def test_a_drawing_in_a_page_is_all_of_what_a_page_may_hold(name: str) -> None:
    """The sanitizer of pages, which knows its own table, changes nothing in a drawing that was taken."""
    published, _ = taken(SURVIVORS[name].encode() if name in SURVIVORS else ALL[name])
    assert published
    page = set_in('!!! figure "F"\n    ![What "it" <shows>](a.svg)\n', "index.md", {"a.svg": published})
    assert clean(html(page))[1] == []


@pytest.fixture(scope="module")
def browser() -> Browser:
    """A real browser."""
    with launched() as browser:
        yield browser


def address(data: bytes) -> str:
    """A drawing's address that contains it whole."""
    return f"data:image/svg+xml;base64,{base64.b64encode(data).decode()}"


def drawn(browser: Browser, inner: str) -> PIL.Image.Image:
    """What a browser shows of an element, 480 pixels wide."""
    with visiting(browser, viewport={"width": 480, "height": 420}) as visit:
        visit.page.set_content(f"<body style='margin:0;color:#000'><div style='width:480px'>{inner}</div>")
        wait_until(visit.page, "[...document.images].every(each => each.complete)")
        assert not visit.strangers
        return PIL.Image.open(io.BytesIO(visit.page.screenshot())).convert("RGB")


def difference(one: PIL.Image.Image, other: PIL.Image.Image) -> float:
    """How many of a thousand pixels differ by more than the edge of a letter does."""
    apart = PIL.ImageChops.difference(one, other).convert("L").point(lambda value: 255 if value > 40 else 0)
    return 1000 * apart.histogram()[255] / (apart.width * apart.height)


@pytest.mark.parametrize("name", SURVIVORS)
def test_a_drawing_looks_the_same_in_every_form(name: str, browser: Browser) -> None:
    """As its author saw it, as a published file and as part of a page: gradients, arrowheads and styles are there."""
    published, _ = taken(SURVIVORS[name].encode())
    assert published
    style = "style='width:100%;height:auto;display:block'"
    as_written = re.sub("<foreignObject.*?</foreignObject>", "", SURVIVORS[name])  # whose words draw.io writes twice
    before = drawn(browser, f"<img {style} src='{address(as_written.encode())}'>")
    colors = before.getcolors(1_000_000)
    assert colors
    assert len(colors) > 20, "nothing is drawn"
    assert difference(before, drawn(browser, f"<img {style} src='{address(published)}'>")) < 1
    inline = images.inline(published, "figure-a-", "A drawing")
    if inline:
        assert difference(before, drawn(browser, inline.markup.replace("<svg ", f"<svg {style} ", 1))) < 6
    else:
        assert name in {"PowerPoint", "blended"}


GRADIENTS = """
<linearGradient id="a" spreadMethod="reflect" x1="20" x2="60" y1="5" y2="15" gradientUnits="userSpaceOnUse">
  <stop stop-color="red"/><stop offset=".7" stop-color="yellow"/><stop offset="1" stop-color="blue"/></linearGradient>
<linearGradient id="b" href="#a" spreadMethod="repeat" x2="40"/>
<linearGradient id="c" href="#b" gradientUnits="objectBoundingBox" x1=".4" x2=".6" y1="0" y2="0"/>
<radialGradient id="d" spreadMethod="reflect" r="20%" cx=".5" cy=".5">
  <stop stop-color="#fff"/><stop offset="1" stop-color="#063"/></radialGradient>
<radialGradient id="e" href="#d" spreadMethod="repeat" fx=".45" fy="45%" gradientTransform="rotate(20 .5 .5)"/>
"""


def test_gradients_that_repeat_are_printed(browser: Browser) -> None:
    """A gradient that a program repeats, which no archive's PDF can hold, prints as the page shows it."""
    boxes = [
        f"<rect width='70' height='70' x='{5 + 80 * at}' y='5' fill='url(#{id})'/>" for at, id in enumerate("abcde")
    ]
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 80'>{GRADIENTS}{''.join(boxes)}</svg>"
    published, reported = taken(drawing.encode())
    assert published, reported
    on_page = drawn(browser, f"<img style='width:100%;display:block' src='{address(published)}'>").crop((0, 0, 480, 96))
    on_paper = printed(published).resize((480, 96))
    apart = PIL.ImageChops.difference(
        *(each.resize((160, 32), PIL.Image.Resampling.BOX) for each in (on_page, on_paper))
    )
    far = apart.convert("L").point(lambda value: 255 if value > 50 else 0).histogram()[255]
    assert far < 0.06 * 160 * 32  # at edges, and where a reader of PDF makes steps
    assert b"spreadMethod" not in images.printable(published)


@pytest.mark.parametrize("name", SURVIVORS)
def test_what_a_drawing_program_writes_is_printed(name: str, browser: Browser) -> None:
    """In print a drawing looks as it does on the page, but for its typeface."""
    published, _ = taken(re.sub("<text.*?</text>", "", SURVIVORS[name], flags=re.DOTALL).encode())
    assert published
    on_page = drawn(browser, f"<img style='width:100%;display:block' src='{address(published)}'>")
    on_paper = printed(published).convert("RGB")
    on_paper = on_paper.resize((480, round(on_paper.height * 480 / on_paper.width)))
    far = difference(on_page.crop((0, 0, *on_paper.size)).resize((120, 60)), on_paper.resize((120, 60)))
    assert far < 30, far


def printed(published: bytes) -> PIL.Image.Image:
    """A drawing as the press sets it, alone on a page of its size."""
    layout = (
        '#set document(title: "x")\n#set page(width: auto, height: auto, margin: 0pt)\n'
        '#image("/a.svg", format: "svg", alt: "x")'
    )
    files = {"main": layout.encode(), "a.svg": images.printable(published)}
    pdf = typst.compile(files, ignore_system_fonts=True, pdf_standards=press.STANDARDS)
    return pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().convert("RGB")


SETTING = """
import random, sys, typst
from hostile import HOSTILE, whole
from chance import drawing
from builder import press
from builder.problems import Problems
from builder.sources import images
chance, set_ = random.Random(7), 0
for data in [*map(whole, HOSTILE.values()), *(drawing(chance) for _ in range(400))]:
    published = images.take_in("a.svg", data, Problems())
    if published:
        main = b'#set document(title: "x")\\n#image("/a.svg", format: "svg", alt: "x", width: 90mm)'
        files = {"main": main, "a.svg": images.printable(published)}
        typst.compile(files, ignore_system_fonts=True, pdf_standards=press.STANDARDS)
        set_ += 1
print(set_)
"""


def test_no_drawing_breaks_the_press() -> None:
    """Drawings of any elements, numbers and references that are taken are set: none ends the process or is refused."""
    tests = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "-c", SETTING], cwd=tests,
        env={**os.environ, "PYTHONPATH": f"{tests}{os.pathsep}{tests.parent}"},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 100


def test_nothing_hostile_runs_in_a_browser(browser: Browser) -> None:
    """All that is published of hostile drawings, as files and set into one page, runs nothing and asks no one."""
    published = {name: made for name, data in ALL.items() if (made := taken(data)[0])}
    page = "".join(itertools.chain.from_iterable(markups(made)[1:] for made in published.values()))
    with visiting(browser) as visit:
        visit.page.on("dialog", lambda dialog: (visit.complaints.append(dialog.message), dialog.dismiss()))
        visit.page.set_content(f"<p id='before'>Before</p>{page}<p id='after'>After</p>")
        assert visit.page.locator("#after").is_visible()
        assert visit.page.evaluate(
            "[...document.querySelectorAll('body > *')].every(each => /^(p|svg)$/.test(each.localName))"
        )
        for each in visit.page.locator("svg, svg *").all():
            each.dispatch_event("click")
        for data in published.values():
            visit.page.goto(address(data))
        assert not visit.strangers
        assert not visit.complaints


@pytest.mark.slow("checks many drawings")
def test_a_sign_that_no_face_has_is_told_in_its_drawing(tmp_path: Path) -> None:
    """A letter in a drawing that the print cannot show is a problem at its place in the file, before it prints."""
    root = small(tmp_path)
    drawing = whole("\n<text>A</text>\n  <text>B<tspan>\U0002a6d6</tspan></text>").decode()
    (root / "modules/first-steps/images/map.svg").write_text(drawing, encoding="utf-8")
    (told,) = lines(root)
    assert told.startswith("modules/first-steps/images/map.svg:3:10: no typeface here has '\U0002a6d6' (U+2A6D6) (")
