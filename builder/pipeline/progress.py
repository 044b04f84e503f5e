"""How what is being made tells whoever waits how far it is.

In: nothing. Out: a type. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int], Callable[[str], None]]
"""Told what begins and how many steps it has; answers what is called after each step with its name."""


def no_progress(_: str, __: int) -> Callable[[str], None]:
    """Tell nothing."""
    return lambda _: None
