"""One bar for all that is being made, on a terminal; nothing where nobody watches.

In: how many steps begin, and each that ends, from any thread. Out: nothing. Touches: the terminal.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import click

_ERASE = "\x1b[1A\x1b[2K"
"""Go back to the line of a bar that is over, and clear it."""

_MOST = 24
"""Characters of a name beside the bar, so that both, and the time that is left, fit a line of 80."""


class Bar:
    """A bar that is shown with its first step, and grows when more begins beside it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shown: Any = None  # click's own, whose type it does not export

    def begin(self, what: str, steps: int) -> Callable[[str], None]:
        """Add some steps. Returns the function to call with the name of each that ends."""
        if not steps:
            return lambda _: None
        with self._lock:
            if self._shown is None:
                self._shown = click.progressbar(
                    length=steps, label=what, file=sys.stderr, width=20, show_pos=True, item_show_func=_shortened
                )
                self._shown.render_progress()
            else:
                self._shown.length += steps
        return self._end_one

    def _end_one(self, name: str) -> None:
        with self._lock:
            self._shown.update(1, name)

    def close(self) -> None:
        """Remove the bar and restore the cursor."""
        if self._shown is not None:
            self._shown.render_finish()
            click.echo(_ERASE, nl=False, err=True)


def _shortened(name: str | None) -> str | None:
    return name if name is None or len(name) <= _MOST else f"…{name[1 - _MOST :]}"


@contextlib.contextmanager
def shown() -> Iterator[Callable[[str, int], Callable[[str], None]]]:
    """Give a way to show progress: a bar on a terminal, nothing elsewhere, even where color is on, as in CI."""
    if not sys.stderr.isatty():
        yield lambda _, __: lambda _: None
        return
    bar = Bar()
    try:
        yield bar.begin
    finally:
        bar.close()
