"""A curriculum as an edition: what is said of it as a whole.

In: nothing. Out: a type. Touches nothing.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from annotated_types import Predicate

from builder.model.kinds import Site, is_release_date, record


@record
class Release:
    """An edition's name and day, and what is said of it."""

    name: str
    date: Annotated[dt.date, Predicate(is_release_date)]
    notes: str = ""  # plain text; an empty line parts paragraphs
    root: Site | None = None  # the address of the folder with all editions; None while it is a placeholder
    before: str | None = None  # the edition before this one, since which it lists changes

    @property
    def latest(self) -> str | None:
        """The address below which the pages of the latest edition answer; None while the root is a placeholder."""
        return f"{self.root}latest/" if self.root else None
