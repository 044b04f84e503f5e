"""The program's own words and habits, by language: one TOML file for each, beside this one.

In: a language tag. Out: `Words`. Touches nothing but the files of this package.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Literal


@dataclass(frozen=True, slots=True)
class Words:
    """What the program knows of a language."""

    direction: Literal["ltr", "rtl"]  # which way it is read


@functools.cache
def of(language: str) -> Words:
    """Give the words of the language that a tag such as `en-US` begins with.

    Raises FileNotFoundError where there are none.
    """
    name = f"{language.partition('-')[0]}.toml"
    return Words(**tomllib.loads((resources.files(__name__) / name).read_text(encoding="utf-8")))
