"""Places are exact and nothing that is written in a file can do more than be reported."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from planting import ABOUT, COHORT, CURRICULUM, GLOSSARY, MODULE, READING, REFERENCES, SHEET, SMALL, everything, small

from builder.problems import Problems
from builder.sources.files import Source
from builder.sources.yaml import dump, load_plain, parse

OFTEN = settings(max_examples=250, suppress_health_check=list(HealthCheck))
YAML = (
    "a: ",
    "- ",
    "\n",
    "  ",
    "{",
    "}",
    "[",
    "]",
    ",",
    ": ",
    "'",
    '"',
    "|\n  ",
    ">-\n  ",
    "&a ",
    "*a",
    "!!set ",
    "!x ",
    "? ",
    "# c\n",
    "---\n",
    "...\n",
    "%YAML 9.9\n",
    "null",
    "~",
    "1e999",
    "0x",
    "2021-13-99",
    "title",
    "id",
    "\t",
    "é",
    "\U0001d518",
    "\\x00",
    "\\ud800",
    "<<: ",
    "=",
    "yes",
    "@",
    "`",
)
TEXT = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(YAML), max_size=30).map("".join))
PATHS = (CURRICULUM, REFERENCES, GLOSSARY, MODULE, READING, SHEET, ABOUT, COHORT)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One small curriculum in which examples replace a file and put it back."""
    root = small(tmp_path_factory.mktemp("scratch"))
    yield root
    shutil.rmtree(root)


@given(
    path=st.sampled_from(PATHS),
    data=st.one_of(st.binary(max_size=80), TEXT.map(lambda text: text.encode("utf-8", "replace"))),
)
@example(path=MODULE, data=b"- a")
@example(path=MODULE, data=b"?")
@example(path=COHORT, data=b"[]")
@example(path=REFERENCES, data=b"[{}, null, [], a]")
@example(path=GLOSSARY, data=b"- {id: [], term: {}}")
@example(path=CURRICULUM, data=b"modules: [[], {}, null]")
@example(path=CURRICULUM, data=b".")
@example(path=CURRICULUM, data=b"gone: .")
@example(path=CURRICULUM, data=b"gone: [a, {was: 1, instead: [x]}, {instead: 'page:'}, null]")
@example(path=MODULE, data=b"formerly: {a: b}")
@example(path=COHORT, data=b"edition: [1]")
@example(path=COHORT, data=b"edition: ../x")
@example(path=MODULE, data=b"[" * 100_000)
@example(path=MODULE, data=b"a: &a [*a]")
@OFTEN
def test_any_file_is_told_and_never_fails(scratch: Path, path: str, data: bytes) -> None:
    """Whatever is in any source file, a check ends with problems or without, and with nothing else."""
    target = scratch / path
    try:
        target.write_bytes(data)
        for problem in everything(scratch):
            assert problem.place.line >= 1
            assert problem.place.column >= 1
            assert "\n" not in str(problem)
    finally:
        target.write_bytes((SMALL / path).read_bytes())


@given(
    path=st.sampled_from([MODULE, CURRICULUM, REFERENCES, COHORT, GLOSSARY]),
    part=st.integers(0, 200),
    value=st.one_of(
        st.sampled_from(["", "[]", "{}", "null", "[a]", "{a: b}", "-1", "1800", "9" * 400, "'@'", "2021-02-30"]), TEXT
    ),
)
@OFTEN
def test_any_value_in_any_place_is_told_and_never_fails(scratch: Path, path: str, part: int, value: str) -> None:
    """Whatever replaces one value of a YAML file, a check ends with problems or without."""
    lines = (SMALL / path).read_text(encoding="utf-8").split("\n")
    at = part % len(lines)
    key, colon, _ = lines[at].partition(": ")
    lines[at] = f"{key}{colon}{value}"
    try:
        (scratch / path).write_bytes("\n".join(lines).encode("utf-8", "replace"))
        everything(scratch)
    finally:
        (scratch / path).write_bytes((SMALL / path).read_bytes())


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30), st.integers(0, 5))
@OFTEN
def test_a_place_leads_to_the_value(text: str, above: int) -> None:
    """Line, column and offset of a value point at its first character, whatever letters stand before it."""
    assume(text.strip() and text != "b")  # which would be the other key
    quoted = "'" + text.replace("'", "''") + "'"
    source = Source("a.yml", "# ü \U0001d518\n" * above + f"{{ {quoted}: x, b: [ {quoted} ] }}\n")
    located = parse(source, Problems())
    assert located is not None
    value = located.at(("b", 0))
    row = source.text.split("\n")[value.place.line - 1]
    assert row[value.place.column - 1 :].startswith(quoted)
    assert source.text[value.start : value.end] == quoted
    assert source.place(value.start) == value.place
    assert value.content == text


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("a: no", "no"),
        ("a: 1:30", "1:30"),
        ("a: 0o7", "0o7"),
        ("a: 2021-04-21", "2021-04-21"),
        ("a: 1_000", "1_000"),
        ("a: .5", ".5"),
        ("a:", None),
        ("a: ~", None),
        ("a: null", None),
        ("a: 'null'", "null"),
        ('a: ""', ""),
        ("a: = ", "="),
        ("a: >-\n  b\n  c", "b c"),
    ],
)
def test_nothing_is_guessed(text: str, content: str | None) -> None:
    """A value is what was typed: no number, date or truth is read into it; only nothing is nothing."""
    located = parse(Source("a.yml", text), Problems())
    assert located is not None
    assert located.at(("a",)).content == content


def test_the_place_of_what_is_not_there_is_the_nearest_above() -> None:
    """A path that leads nowhere is reported at what exists above it, and a collection at its key."""
    located = parse(Source("a.yml", "a:\n  b:\n    - c\n"), Problems())
    assert located is not None
    assert str(located.place("a", "b", 7)) == "a.yml:2:3" or str(located.place("a", "b", 7)) == "a.yml:3:5"
    assert str(located.place("a", "b")) == "a.yml:2:3"
    assert str(located.place("a", "b", 0)) == "a.yml:3:7"
    assert str(located.key("a", "b")) == "a.yml:2:3"
    assert str(located.place()) == "a.yml:1:1"


def test_dumping_and_loading_keep_order_and_letters() -> None:
    """YAML that the builder itself writes reads back the same, in the same order."""
    data = {"b": ["é", 1, True], "a": {"c": None}}
    assert list(load_plain(dump(data))) == ["b", "a"]
    assert load_plain(dump(data)) == data
    assert "é" in dump(data)
