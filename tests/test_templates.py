"""One escaping for each context: no template puts a value into HTML, a script or XML as it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jinja2
import pytest
from conftest import ROOT
from markupsafe import Markup

from builder import words
from builder.documents.templating import fill_beside, fill_page

THEME = ROOT / "builder/site/theme"
OURS = ROOT / "builder/documents/templates"

AS_IT_IS = {
    "page.content": "has passed the sanitizer",
    "super()": "Material's own scripts",
    "place": "a word of our own",
    "address(item)": "a macro, which escapes",
    "address(item.children | first)": "the same",
    'links.link(item, "")': "the same",
    'links.link(child, "")': "the same",
    'links.link(leaf, config.extra.words.reading if loop.first else "")': "the same",
    "config.extra.words_of_scripts | tojson": "is data, and ends neither itself nor the page",
}
"""What the theme writes without `e`, and why it may."""

VALUE = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)


def written(path: Path) -> list[str]:
    """Every value that a template writes."""
    return VALUE.findall(re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL))


def is_constant(value: str) -> bool:
    """Whether it is the address of a file that the theme itself names."""
    return re.fullmatch(r"'[\w./-]+' \| url", value) is not None


@pytest.mark.parametrize("path", sorted(THEME.rglob("*.html")), ids=lambda path: path.name)
def test_the_theme_escapes_every_value(path: Path) -> None:
    """Hosts print values as they are, so the theme escapes each itself, or it is known why it need not."""
    bare = [
        each for each in written(path) if not each.endswith("| e") and each not in AS_IT_IS and not is_constant(each)
    ]
    assert bare == []
    assert "| safe" not in path.read_text(encoding="utf-8")
    assert "autoescape" not in path.read_text(encoding="utf-8")


def test_what_is_written_as_it_is_is_written() -> None:
    """The list of exceptions has nothing that the theme does not need."""
    assert set(AS_IT_IS) <= {value for path in THEME.rglob("*.html") for value in written(path)}


@pytest.mark.parametrize("path", sorted(OURS.glob("*.j2")), ids=lambda path: path.name)
def test_our_templates_leave_the_escaping_on(path: Path) -> None:
    """No template of ours marks a value as safe or turns the escaping off; scripts take values as JSON."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape|Markup", text)
    if path.name.endswith(".js.j2"):
        assert all(value.endswith("| tojson") for value in written(path))
    if path.name.endswith(".html.j2"):
        scripts = re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)
        assert set(scripts) <= {"{{ script.text }}", "{{ data | tojson }}"}


NASTY = """</script><script>alert(1)</script>"'<b>&amp;]]>\\u2028{{ 7 }}"""


def test_a_script_takes_a_value_as_data() -> None:
    """What a value holds stays within it: it ends neither the text, nor the script, nor the page."""
    script = fill_beside("notice.js", data={"latest": NASTY}, changes=NASTY, words={"about": NASTY})
    assert "</" not in script
    assert json.loads(re.findall(r"const changes = (.*)", script)[0]) == NASTY


def test_a_page_takes_a_value_as_words() -> None:
    """A value in the text, in an attribute or in the title of a page is words, whatever it contains."""
    page = fill_page(
        "beside-onward", words.of("en"), up="", latest=None,
        language=NASTY, list=NASTY, target=NASTY, title=NASTY, canonical=NASTY,
        curriculum=NASTY, script={"text": Markup("1"), "policy": Markup("x")},
    )  # fmt: skip
    assert "<b>" not in page
    assert page.count("<script>") == 1
    assert "\"'<" not in page


@pytest.mark.parametrize("template", sorted(path.name for path in OURS.glob("*.html.j2")))
def test_a_value_that_is_missing_is_a_fault(template: str) -> None:
    """A template that lacks a value raises, so that no page is made of less than it needs."""
    with pytest.raises(jinja2.UndefinedError):
        fill_page(template.removesuffix(".html.j2"), words.of("en"))


UNREAD = {"term": "marks each link to the glossary, for who styles the site anew"}
"""Classes that templates or the dialect give and nothing reads, and why they may."""

CLASS = re.compile(r'class="([^"]*)"|\{:([^}\n]*)\}')


def given_in(path: Path) -> set[str]:
    """Every class that a template of a page gives to a part of it, on any condition."""
    text = re.sub(r"\{%.*?%\}|\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = VALUE.sub(lambda value: " ".join(re.findall(r'"([^"]*)"', value[1])), text)
    found = [(quoted or "").split() + re.findall(r"\.([\w-]+)", listed or "") for quoted, listed in CLASS.findall(text)]
    return {name for names in found for name in names}


def is_read(name: str) -> bool:
    """Whether a style sheet dresses this class, or a layout or the room of the print looks for it."""
    styles = "\n".join(path.read_text(encoding="utf-8") for path in (THEME / "assets/stylesheets").glob("*.css"))
    layouts = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "builder/press/layouts").rglob("*.typ"))
    printing = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "builder/printing").glob("*.py"))
    return bool(
        re.search(rf"\.{re.escape(name)}(?![\w-])", styles)
        or re.search(rf'"{re.escape(name)}" in kinds|has\(\w+, "{re.escape(name)}"\)', layouts)
        or re.search(rf'"{re.escape(name)}" in dialect\.classes', printing)
    )


@pytest.mark.parametrize("path", sorted(OURS.glob("*.md.j2")), ids=lambda path: path.name)
def test_each_class_of_a_template_is_read(path: Path) -> None:
    """A class in the template of a page is known to a style sheet or to the print: none is a slip or left over."""
    assert sorted(name for name in given_in(path) - UNREAD.keys() if not is_read(name)) == []


def test_the_instrument_finds_classes(tmp_path: Path) -> None:
    """Classes are found in HTML and in attribute lists, those that depend on a condition too."""
    path = tmp_path / "a.md.j2"
    path.write_text('<p class="one{{ " core" if x }} two">\n\n# A {: #b .three data-x="" }\n', encoding="utf-8")
    assert given_in(path) == {"one", "core", "two", "three"}
