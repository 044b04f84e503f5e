"""How much work something takes, in calls of functions: the same on every machine, however busy it is."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType


def calls(act: Callable[[], object]) -> int:
    """Count the functions that are called, those written in C included; restores the profiler that was set."""
    seen: Counter[str] = Counter()

    def count(_frame: FrameType, event: str, _function: object) -> None:
        seen[event] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
    return seen["call"] + seen["c_call"]
