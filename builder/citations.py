"""The list of works: every reference formatted once, in AMA style, by a CSL processor.

In: `Reference` values. Out: Markdown for each entry. Touches nothing but the style that lies in this package.
The style is the Citation Style Language project's (CC BY-SA 3.0), unchanged.
"""

from __future__ import annotations

import functools
import html
import importlib.resources
import io
import json
import re
import warnings
from collections.abc import Mapping
from typing import Any

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from builder.model import Reference

_STYLE = "american-medical-association.csl"


def entries(references: tuple[Reference, ...]) -> Mapping[str, str]:
    """Markdown of each work's entry in the list, by id."""
    return _entries(json.dumps([reference.csl for reference in references], sort_keys=True, default=str))


@functools.lru_cache(maxsize=4)
def _entries(records: str) -> Mapping[str, str]:
    """Format works given as CSL-JSON; memoized, because the works seldom change while an author previews pages."""
    csl = json.loads(records)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py warns of fields that it does not print
        works = CiteProcJSON(csl)
        bibliography = CitationStylesBibliography(_style(), works, formatter.html)
        for record in csl:
            bibliography.register(Citation([CitationItem(record["id"])]))
        lines = [str(line) for line in bibliography.bibliography()]
    return {record["id"]: _markdown(line, record) for record, line in zip(csl, lines, strict=True)}


def _style() -> Any:
    style = importlib.resources.files("builder").joinpath("styles", _STYLE).read_bytes()
    return CitationStylesStyle(io.BytesIO(style), validate=False)


def _markdown(line: str, record: Mapping[str, Any]) -> str:
    """Turn citeproc's HTML into Markdown, without the number (each page has its own) and with links."""
    line = re.sub(r"^\s*\d+\.\s*", "", line)
    parts = re.split(r"(</?(?:i|b|em|strong)>|https?://[^\s<]+?(?=\.?(?:\s|<|$))|doi:\S+?(?=\.?(?:\s|<|$)))", line)
    text = "".join(_part(part) for part in parts)
    doi = record.get("DOI")
    if doi and f"doi.org/{doi}" not in text:
        text += f" [doi:{_escape(doi)}](https://doi.org/{doi})"
    text = re.sub(r"([?!])\.", r"\1", text)  # citeproc-py sets a period after a title that ends in a question mark
    return re.sub(r"\s+", " ", text).strip()


def _part(part: str) -> str:
    if part in {"<i>", "</i>", "<em>", "</em>"}:
        return "*"
    if part in {"<b>", "</b>", "<strong>", "</strong>"}:
        return "**"
    text = html.unescape(part)
    if text.startswith("doi:"):
        return f"[{_escape(text)}](https://doi.org/{text.removeprefix('doi:')})"
    if text.startswith(("http://", "https://")):
        return f"[{_escape(text)}]({text})"
    return _escape(text)


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)
