"""What cannot be taken of an image, said for its author.

In: words. Out: exceptions, which the intake turns into problems. Touches nothing.
"""

from __future__ import annotations


class UnsafeError(Exception):
    """A part of a drawing that is none of a drawing's; its text says which and what to do."""


class DamagedError(Exception):
    """An image whose bytes are not those of an image that we show; its text says why and what to do."""
