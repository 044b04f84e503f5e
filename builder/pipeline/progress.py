"""How work in progress reports how far it is.

In: nothing. Out: a type. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int], Callable[[str], None]]
"""Takes the name of some work and its number of steps; returns the function to call with the name of each done step."""


def no_progress(_: str, __: int) -> Callable[[str], None]:
    """Show nothing."""
    return lambda _: None
