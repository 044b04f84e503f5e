"""What is wrong with an attachment. Touches nothing."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """A message, with its line and column, counted from 1, where the file is a text."""

    message: str
    line: int = 1
    column: int = 1
