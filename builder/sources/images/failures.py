"""Why an image is refused, in words for its author.

In: words. Out: exceptions, which the intake turns into problems. Touches nothing.
"""

from __future__ import annotations


class UnsafeError(Exception):
    """A part of a file that is not part of a drawing; its text says which part, and what to do."""


class DamagedError(Exception):
    """Bytes that are no image that we show; its text says why, and what to do."""
