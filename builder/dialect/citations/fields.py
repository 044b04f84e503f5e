"""The fields of a work as the AMA style prints them, whatever form an author or a program gave them.

In: records of CSL-JSON. Out: the same for the citation processor. Touches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from builder.dialect.citations.names import in_ama_style

_ROLES = ("author", "editor", "translator")
_TITLES = ("title", "container-title", "container-title-short", "collection-title")
_NUMBERED = re.compile(r"(?P<number>\d+)(?:st|[nr]d|th)?\.?(?:\s+ed(?:n|ition)?\.?)?", re.IGNORECASE)
_LONE_PERIOD = re.compile(r"(?<!\.)\.(?=(?:</\w+>)*$)")


def prepared(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record as the processor needs it: complete names, a number for an edition, no period after a title."""
    fields = {key: value for key, value in record.items() if value not in ([], "")}
    for role in fields.keys() & _ROLES:
        fields[role] = [{"literal": in_ama_style(name)} for name in fields[role]]
    for title in fields.keys() & _TITLES:
        fields[title] = _LONE_PERIOD.sub("", fields[title])  # the style sets it, and citeproc-py would set a second
    if numbered := _NUMBERED.fullmatch(fields.get("edition", "")):
        fields["edition"] = numbered["number"]
        if numbered["number"] == "1":
            del fields["edition"]  # AMA Manual of Style, 11th ed., 3.12: a first edition is not named
    if "page" in fields:
        fields["page"] = re.sub(r"\s*(?:-{2,}|[‐‑–—])\s*", "-", fields["page"])  # noqa: RUF001
    if "language" in fields:
        fields["language"] = fields["language"][:2].lower()  # `en-US`, `eng` and `English` are English
    return fields
