"""Markers by what a test reaches: its own words, those of the fixtures that it uses, and of the helpers that they call.

So nobody has to write them, and `make check` can leave out what starts a program, a browser or a build, what sets type,
and all but a few cases of each family. What this cannot see, such as a program that is started by way of a value, fails
when the test runs without its marker (`conftest.py`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

TESTS = Path(__file__).resolve().parent

STARTS = {"run": "command", "Popen": "command", "launched": "browser", "build_site": "site"}
"""The marker for each name of a function that starts something: the command or another program, Chromium, MkDocs."""

SETS_TYPE = {"typeset", "Press"}
"""Names of the functions that make a PDF."""

READS_ALL = {"OURS"}
"""Names by which a test reads the whole curriculum, which takes six seconds."""

FEW = 2
"""So many cases of a parametrized test are run by `make check`, from its first on and evenly; `make test` runs all."""

FIXTURES = {"built": "site"}
"""The marker for each fixture that makes more than its own words say."""


def mark(items: list[pytest.Item]) -> None:
    """Mark all tests."""
    families: dict[object, list[pytest.Item]] = {}
    for item in items:
        if isinstance(item, pytest.Function):
            _mark_by_reach(item)
            families.setdefault((item.path, item.originalname), []).append(item)
    for family in families.values():
        few = {at * len(family) // FEW for at in range(FEW)}
        for at, item in enumerate(family):
            if len(family) > FEW and at not in few:
                item.add_marker(pytest.mark.slow(f"one of {len(family)} cases"))


def _mark_by_reach(item: pytest.Function) -> None:
    names = set(item.fixturenames)
    functions = [definition.func for name in names for definition in item._fixtureinfo.name2fixturedefs.get(name, ())]  # noqa: SLF001  pytest has no other way to ask
    reached = set().union(*(words(each) for each in (item.function, *functions)))
    found = {FIXTURES[name] for name in names & FIXTURES.keys()}
    for marker in sorted(found | {STARTS[name] for name in reached & STARTS.keys()}):
        item.add_marker(marker)
    if reached & SETS_TYPE:
        item.add_marker(pytest.mark.slow("sets type"))
    if reached & READS_ALL:
        item.add_marker(pytest.mark.slow("reads the whole curriculum"))
    if getattr(item.function, "is_hypothesis_test", False):
        item.add_marker(pytest.mark.slow("tries many examples"))


@functools.cache
def words(function: Callable[..., Any]) -> frozenset[str]:
    """Every name in a function of the tests, and in the functions and classes of the tests that it names."""
    found: set[str] = set()
    waiting, seen = [function], set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, FunctionType) and each not in seen and TESTS in Path(each.__code__.co_filename).parents:
            seen.add(each)
            names = set(_names(each.__code__))
            found |= names
            waiting += _named(each.__globals__, names)
    return frozenset(found)


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _named(scope: dict[str, Any], names: set[str]) -> Iterator[Callable[..., Any]]:
    """The functions of these names here and in modules of the tests, and methods of classes that are named too."""
    for value in [scope[name] for name in names & scope.keys()]:
        if isinstance(value, ModuleType) and TESTS in Path(getattr(value, "__file__", None) or "").parents:
            yield from (vars(value)[name] for name in names & vars(value).keys() if callable(vars(value)[name]))
        elif isinstance(value, type):
            used = names | {"__init__", "__post_init__", "__enter__"}
            yield from (method for name, method in vars(value).items() if name in used and callable(method))
        elif callable(value):
            yield getattr(value, "__wrapped__", value)
