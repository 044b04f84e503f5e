"""The program's own words: one table by language, which has each that is used, and none that is not."""

from __future__ import annotations

import ast
import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest

from builder import words
from builder.dialect import BLOCKS
from builder.model.kinds import is_language
from builder.model.pages import MODULE_PAGES, ModulePage
from builder.words.table import PLACE, Forms

BUILDER = Path(__file__).resolve().parent.parent / "builder"
LAYOUTS = sorted((BUILDER / "press/layouts").rglob("*.typ"))
TEMPLATES = sorted([*(BUILDER / "documents/templates").glob("*.j2"), *(BUILDER / "site/theme").rglob("*.html")])
CODE = sorted(BUILDER.rglob("*.py"))
SCRIPTS = {
    **dict.fromkeys(sorted((BUILDER / "site/theme/assets/javascripts").glob("*.js")), "scripts"),
    **{path: path.name.partition(".")[0] for path in sorted((BUILDER / "documents/templates").glob("*.js.j2"))},
}
"""Every script, with the group of its words."""
KEY = re.compile(r"[a-z-]+\.[a-z*-]*[a-z*]")
ENGLISH = words.of("en")
LANGUAGES = words.languages()

Use = tuple[str, str, frozenset[str] | None]
"""Where words are used, their key, and the names of the values that they get; none where a value has others."""


def in_code() -> Iterator[Use]:
    """The words that Python asks for; a key may end with a value."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", ""))
            if not isinstance(node, ast.Call) or name not in {"say", "_say", "form", "forms"} or not node.args:
                continue
            named = {each.arg for each in node.keywords if each.arg} | ({"n"} if len(node.args) > 1 else set())
            open_ended = name not in {"say", "_say"} or any(each.arg is None for each in node.keywords)
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.Constant) and KEY.fullmatch(str(part.value)):
                    yield path.name, str(part.value), None if open_ended else frozenset(named)
                elif isinstance(part, ast.JoinedStr):
                    key = "".join(str(each.value) if isinstance(each, ast.Constant) else "*" for each in part.values)
                    if KEY.fullmatch(key):
                        yield path.name, key, None if open_ended else frozenset(named)


def in_templates() -> Iterator[Use]:
    """The words that templates ask for."""
    for path in TEMPLATES:
        for name in re.findall(r"config\.extra\.words\.(\w+)", path.read_text(encoding="utf-8")):
            yield path.name, f"frame.{name}", None
        for call in jinja2.Environment().parse(path.read_text(encoding="utf-8")).find_all(jinja2.nodes.Call):
            if getattr(call.node, "name", "") != "t":
                continue
            named = frozenset(each.key for each in call.kwargs) | ({"n"} if len(call.args) > 1 else set())
            for key in (
                call.args[0].find_all(jinja2.nodes.Const)
                if not isinstance(call.args[0], jinja2.nodes.Const)
                else [call.args[0]]
            ):
                if isinstance(key.value, str) and re.match(r"[a-z-]+\.", key.value):
                    yield path.name, key.value + ("*" if key.value.endswith((".", "-")) else ""), named


CHOSEN = r'for key in \([^)]*\)|\([^()]*\)\.map\(key =>|\{ "[a-z-]+" \} else \{ "[a-z-]+" \}, n:'
"""Where a layout has several keys, for one of them or for each."""


def in_layouts() -> Iterator[Use]:
    """The words that layouts ask for, by their keys within the group `print`."""
    for path in LAYOUTS:
        text = path.read_text(encoding="utf-8")
        for found in re.finditer(r'(?<![\w-])t\("([a-z-]+)"', text):
            yield path.name, f"print.{found[1]}", None
        for found in re.finditer(CHOSEN, text):
            for key in re.findall(r'"([a-z-]+)"', found[0]):
                yield path.name, f"print.{key}", None
    for kind in ("calendar", "run-sheet", "guide", "handout", "sign-in", "evaluation", "agreements"):
        yield "packet.typ", f"print.{kind}", None  # by the kind of a part


SAID = re.compile(r'\b(?:__)?say\((?:"([a-z-]+)"(?:, (\{[^}]*\}|\w+))?)?')
"""Where a script asks for words: their key and its values."""


def in_scripts() -> Iterator[Use]:
    """The words that scripts ask for, by their keys within the script's group."""
    for path, group in SCRIPTS.items():
        text = path.read_text(encoding="utf-8")
        for key, values in SAID.findall(text):
            assert key, f"{path.name} asks for words by a key that is not written there"
            named = frozenset(re.findall(r"[{,] (\w+)", values)) if not values[:1].isalpha() else None
            if key != "comma":  # which every script has of the lists
                yield path.name, f"{group}.{key}", named
        for names in re.findall(r"const \{ ([\w, ]+) \} = __words\.search", text):
            yield from ((path.name, f"search.{name}", None) for name in names.split(", "))


def mentioned() -> set[str]:
    """What code and templates mention that looks like a key, such as one in a table or one that is passed on."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in CODE)
    texts = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    for path in TEMPLATES:
        template = jinja2.Environment().parse(path.read_text(encoding="utf-8"))
        texts += [node.value for node in template.find_all(jinja2.nodes.Const)]
    return {text for text in texts if isinstance(text, str) and KEY.fullmatch(text)}


def uses() -> list[Use]:
    return [*in_code(), *in_templates(), *in_layouts(), *in_scripts()]


def matching(key: str) -> list[str]:
    """The keys that a use means, which may have a value within."""
    pattern = re.compile(re.escape(key).replace(r"\*", "[a-z-]+"))
    return [each for each in ENGLISH.keys if pattern.fullmatch(each)]


def texts(forms: Forms) -> list[str]:
    return [forms] if isinstance(forms, str) else [forms["one"], forms["other"]]


def places(forms: Forms) -> set[str]:
    return {place for text in texts(forms) for place in PLACE.findall(text)}


def test_all_words_that_are_used_are_there() -> None:
    """Every key that code, a template or a layout names is in the table."""
    assert [(where, key) for where, key, _ in uses() if not matching(key)] == []


@pytest.mark.parametrize("page", MODULE_PAGES, ids=lambda page: page.scheme)
def test_a_kind_of_page_has_its_words(page: ModulePage) -> None:
    """Each kind of page has words for menus, for links to its PDF and for where it is gone, as far as it needs them."""
    needed = {"gone": True, "gone-title": True, "menu": not page.own_title, "print": page.printed}
    there = [key for key in needed if f"kinds.{key}-{page.scheme}" in ENGLISH.keys]
    assert there == [key for key, is_needed in needed.items() if is_needed]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_teaching_block_has_a_title(language: str) -> None:
    """Each kind of teaching block has its words in every language, and no others are there."""
    assert set(words.of(language).group("blocks")) == set(BLOCKS)


def test_sizes_have_a_unit() -> None:
    """Sizes of files are in kilobytes, from one on, and in tenths of megabytes where that is shorter."""
    sizes = {1: "1 KB", 12_345: "12 KB", 999_499: "999 KB", 999_500: "1.0 MB", 1_440_000: "1.4 MB"}
    assert {size: ENGLISH.write_size(size) for size in sizes} == sizes


def test_all_words_are_used() -> None:
    """Every key of the table is named somewhere."""
    used = {each for _, key, _ in uses() for each in matching(key)} | mentioned()
    assert [key for key in ENGLISH.keys if key not in used] == []


def test_values_have_places() -> None:
    """Each word has places for the values that it gets, and no others."""
    wrong = [
        (where, key, sorted(places(ENGLISH.forms(key))), sorted(named))
        for where, asked, named in uses()
        if named is not None
        for key in matching(asked)
        if not places(ENGLISH.forms(key)) <= named
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_keys(language: str) -> None:
    """Every language has the keys of English, with the same places, and plurals where English has them."""
    own = words.of(language)
    assert set(own.keys) == set(ENGLISH.keys)
    for key in own.keys:
        if isinstance(own.forms(key), list):
            continue
        assert isinstance(own.forms(key), str) == isinstance(ENGLISH.forms(key), str), key
        assert isinstance(own.forms(key), str) or set(own.forms(key)) == {"one", "other"}, key
        assert places(own.forms(key)) == places(ENGLISH.forms(key)), key
        assert key == "lists.comma" or all(text.strip() == text for text in texts(own.forms(key))), key


@pytest.mark.parametrize("path", sorted((BUILDER / "words").glob("*.toml")), ids=lambda path: path.stem)
def test_a_region_changes_what_its_language_has(path: Path) -> None:
    """What a region has in place of the language's own is known there."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for region, own in table.get("regions", {}).items():
        assert set(own) <= set(table), region
        assert all(set(own[name]) <= set(table[name]) for name in own if isinstance(own[name], dict)), region


def test_a_language_is_one_that_has_words() -> None:
    """A curriculum's language is one that has words, alone or with a region; `check` names those there are."""
    assert all(is_language(tag) for each in LANGUAGES for tag in (each, f"{each}-GB", f"{each}-001"))
    assert not any(map(is_language, ["fr", "de-DE", "english", "EN", "en_US", "en-us", "x", "", "e", "en-", "../en"]))


JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
MARKS = re.compile(
    r"<!doctype html>|<(style|code)>.*?</\1>|<[^>]*>|\{: ?[^}]*\}|\]\([^)]*\)"
    r"|\[[A-Z]+(?:: \d)?\]|!!! [\w-]+|&\w+;",
    re.DOTALL | re.IGNORECASE,
)
"""What is no words in a template: marks of Jinja; those of HTML and Markdown."""


def own_words(path: Path) -> list[str]:
    """The words in a template that come from no table: between its marks, in attributes to read, and in its values."""
    text = path.read_text(encoding="utf-8")
    attributes = re.findall(r'(?:aria-label|placeholder|title)="(\w[^"{]*)', text)
    values = [node.value for node in jinja2.Environment().parse(text).find_all(jinja2.nodes.Const)]
    said = [
        each for each in values if isinstance(each, str) and re.match(r"[A-Z][a-z]+ ?\w|[a-z]+ [a-z]+| [a-z]+ ", each)
    ]
    return [*re.findall(r"[^\W\d_]{2,}", MARKS.sub(" ", JINJA.sub("", text))), *attributes, *said]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_have_no_words_of_their_own(path: Path) -> None:
    """What a template says comes from the table."""
    if path.suffix == ".html" or path.name.endswith((".md.j2", ".html.j2")):
        assert own_words(path) == []


COMMENT = re.compile(r"/\*.*?\*/|(?m:(?:^|\s)//[^\n]*)", re.DOTALL)
LITERAL = re.compile(r"""\"([^"\n]*)\"|`([^`]*)`""")
TECHNICAL = re.compile(
    r"use strict|NFKD|HEAD|Escape|Arrow(?:Down|Up)|file:|\\n"  # of the language, of HTTP, and of keyboards
    r"|[^\w\s]*|\s|… | …|[a-z-]+|__\w+|[a-z]+\.\w+|<sup>|h[1-6]|&\w+;"  # signs, and names of attributes, ids, elements
    r"|search__\w+|md-search-result__\w+(?: md-\w+)*|editions__\w+(?: editions__\w+)*"  # classes
    r"|[#.:\w]*\[.*|[#.]\S+.*|a, summary|\(prefers-color-scheme.*|padding: .*|@media .*"  # selectors and styles
    r"|assets/.*|[\w.$/-]*\.(?:js|json|html)"  # addresses of files
    r"|<!doctype html><title>Search</title>.*|The search cannot be loaded\."  # of a hidden frame, and for the console
)
"""What is no words in a script."""


def literals(path: Path) -> list[str]:
    """The texts that are written in a script, without the values in them."""
    code = COMMENT.sub("", JINJA.sub("0", path.read_text(encoding="utf-8")))
    return [re.sub(r"\$\{[^}]*\}", "", plain or pattern) for plain, pattern in LITERAL.findall(code)]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_have_no_words_of_their_own(path: Path) -> None:
    """What a script says comes from the table."""
    assert [each for each in literals(path) if not TECHNICAL.fullmatch(each)] == []


def test_days_hours_and_paper_are_those_of_the_region() -> None:
    """How days and hours are written, and the paper of print, are those of the language where no region says more."""
    day, noon, night = dt.date(2021, 6, 13), dt.time(12, 5), dt.time(0, 30)
    for tag, paper, moment in (
        ("en", "letter", "Sunday, June 13, 2021, 12:05 pm"),
        ("en-US", "letter", "Sunday, June 13, 2021, 12:05 pm"),
        ("en-GB", "a4", "Sunday, 13 June 2021, 12:05 pm"),
    ):
        own = words.of(tag)
        assert own.paper == paper
        assert own.dates.write_moment(day, noon) == moment
        assert own.dates.write_time(night) == "12:30 am"
