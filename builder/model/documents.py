"""A composed document, as the site and the print take it.

Nothing in, nothing out, nothing touched.
"""

from __future__ import annotations

from typing import Literal

from builder.model.kinds import record

Audience = Literal["everyone", "facilitators", "mentors", "team"]


@record
class Document:
    """One composed document: ordinary Markdown, ready for a site or for print."""

    path: str  # under the documentation tree, ends in .md
    title: str
    audience: Audience
    markdown: str
    sources: tuple[str, ...]
    description: str = ""
    searched: bool = True  # False for what is not for everyone, for lists of pages, and for what authors read
