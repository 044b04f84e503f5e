"""The program's own words, by language: what it says on pages and in print around the texts of authors.

In: a language tag. Out: `Words`. Touches nothing but the files of this package: one in TOML for each language, in which
a group of words is a table. A word is a text, or the two forms of a plural, `one` and `other`. `{name}` in it is the
place of a value.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources

from builder.words.dates import Dates
from builder.words.table import Forms, Words

__all__ = ["Dates", "Forms", "Words", "has", "languages", "of"]


@functools.cache
def languages() -> tuple[str, ...]:
    """Name the languages that have words, such as `en`."""
    names = (each.name for each in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def has(tag: str) -> bool:
    """Whether there are words for the language that a tag such as `en-US` begins with."""
    return tag.partition("-")[0] in languages()


@functools.cache
def of(tag: str) -> Words:
    """Give the words of the language that a tag such as `en-US` begins with, as the region has them.

    Raises KeyError where there are none.
    """
    language, _, region = tag.partition("-")
    if language not in languages():
        raise KeyError(tag)
    table = tomllib.loads((resources.files(__name__) / f"{language}.toml").read_text(encoding="utf-8"))
    return Words(_merged(table, table.get("regions", {}).get(region, {})))


def _merged(table: Mapping[str, object], own: Mapping[str, object]) -> dict[str, object]:
    """A table with what a region has in place of it, at whatever depth."""
    made = dict(table)
    for key, value in own.items():
        before = made.get(key)
        made[key] = _merged(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return made
