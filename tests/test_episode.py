"""A lesson in the style of The Carpentries, written into a module by hand, keeps its parts; the rest is reported."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from attached import CSV, packed
from browser import PHONE, faults, faults_in_both_schemes, served, visiting
from output import small
from planting import READING, Fault, lines
from planting import small as laid_out
from playwright.sync_api import Browser, expect

from builder import markup, pipeline
from builder.dialect import html, words
from builder.pipeline import making
from builder.printing import Sheets
from builder.site.highlighting import LANGUAGES, highlight

EPISODE = Path(__file__).resolve().parent / "episode"


def episode(root: Path) -> Path:
    """Put the lesson in the place of the first module's texts, with its data."""
    module = root / "modules/first-steps"
    shutil.copytree(EPISODE, module, dirs_exist_ok=True)
    (module / "files").mkdir()
    (module / "files/walks.zip").write_bytes(packed({f"walks/day-{day}.csv": CSV for day in range(3)}))
    for path in ("docs/about.md", "docs/guide/notes.md"):
        page = (root / path).read_text(encoding="utf-8")
        (root / path).write_text(page.replace("#maps", ""), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, lxml.html.HtmlElement]:
    """The pages of the lesson as readers and facilitators get them."""
    root = episode(laid_out(tmp_path_factory.mktemp("episode")))
    assert lines(root) == []
    files = making.prepare_site(pipeline.read(root), "letter").stage.files
    return {
        name: lxml.html.fromstring(html(files[f"modules/first-steps/{name}.md"].decode()))
        for name in ("index", "guide", "handout")
    }


def said(element: lxml.html.HtmlElement) -> str:
    """The words of an element with single spaces."""
    return " ".join(element.text_content().split())


def test_an_episode_keeps_its_parts(staged: dict[str, lxml.html.HtmlElement]) -> None:
    """Objectives, key points, challenges with closed solutions, callouts, tables, figures and data are on the page."""
    page = staged["index"]
    text = said(page)
    assert "Write a loop that runs a command once for each file." in text
    assert "Put echo before a command to see what it would do." in text
    assert [said(each) for each in page.xpath("//details[@class='solution']/summary")] == [
        "Solution",
        "Solution: One round, with a strange name",
    ]
    assert page.xpath("//div[contains(@class,'practice')]//details[@class='solution']//pre/code")
    assert [said(each) for each in page.xpath("//div[@class='admonition note']/p[1]")] == [
        "Note: Before you begin",
        "Note",
    ]
    assert len(page.xpath("//div[@class='admonition note']//span[@class='task']")) == 2
    assert said(page.xpath("//table//th")[1]) == "What it does"
    assert page.xpath("//a[@href='files/walks.zip']")[0].text == "Download the walks (ZIP, 1 KB)"
    assert page.xpath("//figure/figcaption")
    assert "let them find it" not in text


def test_an_episode_has_colored_code(staged: dict[str, lxml.html.HtmlElement]) -> None:
    """Code keeps every sign, and words of a language that is named are marked; output without one stays plain."""
    bash, output, python = (each for each in staged["index"].xpath("//pre/code") if not each.xpath("ancestor::details"))
    assert 'head -n 1 "$file"  # the first line' in bash.text_content()
    assert [each.text for each in bash.xpath("span[@class='code-keyword']")][:2] == ["for", "in"]
    assert bash.xpath("span[@class='code-comment']")[0].text.strip() == "# the first line"
    assert not output.xpath("span")
    assert python.xpath("span[@class='code-name']")[0].text == "lines"
    assert 'count("\\n")' in python.text_content()


def test_facilitators_have_the_solutions_of_an_episode(staged: dict[str, lxml.html.HtmlElement]) -> None:
    """The guide shows every solution open, those of the reading, of the handout and of its own activities."""
    guide = said(staged["guide"])
    for words_of in ("the star stands for any letters", "with the pattern itself", "Any command fits", "Three lines"):
        assert words_of in guide
    assert not staged["guide"].xpath("//details[@class='solution']")
    assert "let them find it" in guide


def test_an_episode_prints(tmp_path: Path) -> None:
    """The guide in print has the solutions, and the handout none."""
    built = pipeline.read(episode(laid_out(tmp_path)))
    sheets = Sheets(built.documents, built.loaded.images, "letter")
    assert "the star stands for any letters" in words(sheets.page("guide", "first-steps"))
    handout = words(sheets.page("handout", "first-steps"))
    assert "for file in ___" in handout
    assert "Any command fits" not in handout


FORMULA = "sets no formula"
FRAME = "pages show nothing of another host: link to it"
NOT_TAKEN = [
    ("¦$$E = mc^2$$", FORMULA),
    ("¦$$\nE = mc^2\n$$", FORMULA),
    ("The area is ¦$\\pi r^2$.", FORMULA),
    ("The area is ¦\\(\\pi r^2\\).", FORMULA),
    ("¦\\[ \\sum_i x_i \\]", FORMULA),
    ("¦\\[\n\\sum_i x_i\n\\]", FORMULA),
    ("¦\\begin{align}\nx &= 1\n\\end{align}", "is LaTeX"),
    ("¦\\(\na^2 +\nb^2\n\\)", FORMULA),
    ("¦<math><mi>x</mi></math>", "raw HTML '<math>' (no formula is set"),
    ('¦<iframe src="https://video.example.edu/1"></iframe>', FRAME),
    ('<p>¦<IFRAME SRC="https://video.example.edu/1"></IFRAME></p>', FRAME),
    ('¦<video src="walk.mp4"></video>', FRAME),
    ('¦<embed src="walk.pdf">', FRAME),
    ('¦<object data="walk.pdf"></object>', FRAME),
    ("¦```math\nx^2\n```", FORMULA),
    ("¦~~~ math\nx^2\n~~~", FORMULA),
]


@pytest.mark.parametrize(("written", "message"), NOT_TAKEN)
def test_what_an_episode_cannot_bring_along_is_reported(tmp_path: Path, written: str, message: str) -> None:
    """Formulas and frames are reported at their place, with what to write instead, and never shown as typed."""
    root = laid_out(tmp_path)
    fault = Fault(READING, "A map helps.", written, message)
    place = fault.plant(root)
    found = lines(root)
    assert any(line.startswith(f"{place}: ") and message in line for line in found), found


def test_colors_change_no_sign_and_nothing_else() -> None:
    """Code of each language keeps its signs, and passes the sanitizer; code of no language stays as it is."""
    code = "if (a < b && c) { return \"x\"; } # 'y' <script>&amp;</script>\n\n    end"
    for language in LANGUAGES:
        made = html(highlight(f"A\n\n```{language}\n{code}\n```\n\n*B*\n"))
        page = lxml.html.fromstring(f"<div>{made}</div>")
        assert page.xpath("string(.//code)").rstrip("\n") == code
        assert page.xpath("string(.//em)") == "B"
        assert not markup.clean(made)[1]
    for text in (
        "```\nif\n```\n",
        "```unknown\nif\n```\n",
        "    ```python\n    if\n    ```\n",
        f"```c\n{'x' * 20_001}\n```\n",
    ):
        assert highlight(text) == text


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The lesson as a built site, which has passed every wall, on a local server."""
    project = small(tmp_path_factory.mktemp("built") / "project")
    episode(project.root)
    done = project.run("build")
    assert done.returncode == 0, done.stdout + done.stderr
    with served(project.root / "site") as site:
        yield f"{site}modules/first-steps/index.html"


def test_a_reader_opens_a_solution_by_keyboard_without_a_script(chrome: Browser, address: str) -> None:
    """The fold is one of HTML: it is closed, Enter opens it and closes it again."""
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    inside = page.get_by_text("the star stands for any letters")
    expect(inside).to_be_hidden()
    page.locator("details.solution > summary").first.focus()
    page.keyboard.press("Enter")
    expect(inside).to_be_visible()
    page.keyboard.press("Enter")
    expect(inside).to_be_hidden()
    context.close()


def test_axe_finds_nothing_in_an_episode(chrome: Browser, address: str) -> None:
    """Code in colors, closed and open solutions and notes break no rule of axe, and fit a phone."""
    with visiting(chrome, viewport=PHONE) as visit:
        page = visit.open(address)
        assert faults(page) == []
        page.locator("details.solution > summary").evaluate_all("all => all.forEach(each => each.click())")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert faults_in_both_schemes(page) == []
