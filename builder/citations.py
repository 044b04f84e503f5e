"""The list of works: every reference formatted once, in AMA style, by a CSL processor.

In: `Reference` values. Out: Markdown for each entry. Touches nothing but the style that lies in this package.
The style is the Citation Style Language project's (CC BY-SA 3.0), unchanged.

Nothing in a work is Markdown. The processor is given no sign that it could hand on as markup: each `<`, each tag that
CSL knows, each address is one character to it that stands for nothing else. What comes back as a tag is the style's.
"""

from __future__ import annotations

import functools
import importlib.resources
import io
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from builder.escaping import escaped, exact, target
from builder.kinds.links import doi_address
from builder.model import Reference

_STYLE = "american-medical-association.csl"

_ELEMENTS = {"i": "em", "em": "em", "b": "strong", "strong": "strong", "sub": "sub", "sup": "sup"}
"""The element for each tag of the style and of titles."""

_TAG = "</?(?:i|em|b|strong|sub|sup)>"
_RICH = ("title", "container-title", "collection-title")
"""Fields in which CSL's tags are tags; elsewhere they are signs."""

_SPECIAL, _SPECIAL_IN_TITLES = (re.compile(rf"{tags}[<>&\U000f0000-\U0010ffff]") for tags in ("", f"{_TAG}|"))
_FIRST = 0xF0000
"""The first of the characters that stand for nothing; those that a work holds itself are replaced as well."""

_PIECE = re.compile(rf"({_TAG}|(?:doi:)?[\U000f0000-\U0010ffff])")


def entries(references: tuple[Reference, ...]) -> Mapping[str, str]:
    """Markdown of each work's entry in the list, by id."""
    return _entries(json.dumps([reference.csl for reference in references], sort_keys=True, default=str))


@functools.lru_cache(maxsize=4)
def _entries(records: str) -> Mapping[str, str]:
    """Format works given as CSL-JSON; memoized, because the works seldom change while an author previews pages."""
    csl = json.loads(records)
    meant: list[str] = []
    veiled = [_veiled(record, meant) for record in csl]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py warns of fields that it does not print
        bibliography = CitationStylesBibliography(_style(), CiteProcJSON(veiled), formatter.html)
        for record in veiled:
            bibliography.register(Citation([CitationItem(record["id"])]))
        lines = [str(line) for line in bibliography.bibliography()]
    return {record["id"]: _markdown(line, record, meant) for record, line in zip(csl, lines, strict=True)}


def _style() -> Any:
    style = importlib.resources.files("builder").joinpath("styles", _STYLE).read_bytes()
    return CitationStylesStyle(io.BytesIO(style), validate=False)


def _veiled(value: Any, meant: list[str], key: str = "") -> Any:
    """A record with one character for each thing in it that is special; what each means joins `meant`."""
    if isinstance(value, dict):
        return {name: _veiled(each, meant, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_veiled(each, meant) for each in value]
    if not isinstance(value, str) or key in {"id", "type"}:
        return value

    def stand_in(special: str) -> str:
        meant.append(special)
        return chr(_FIRST + len(meant) - 1)

    if key in {"DOI", "URL"}:
        return stand_in(value if key == "URL" else f"doi:{value}")
    special = _SPECIAL_IN_TITLES if key in _RICH else _SPECIAL
    return special.sub(lambda found: stand_in(found[0]), value)


def _markdown(line: str, record: Mapping[str, Any], meant: list[str]) -> str:
    """Turn citeproc's HTML into Markdown, without the number (each page has its own) and with links."""
    line = re.sub(r"^\s*\d+\.\s*", "", line)
    line = re.sub(r"([?!])\.", r"\1", line)  # citeproc-py sets a period after a title that ends in a question mark
    text = "".join(_written(line, meant))
    doi = f"doi:{record['DOI']}" if "DOI" in record else ""
    if doi and _link(doi) not in text:
        text += f" {_link(doi)}"
    return re.sub(r"\s+", " ", text).strip()


def _written(line: str, meant: list[str]) -> Iterator[str]:
    """A line's words without a mark in them, its links, and its tags, each closed again."""
    opened: list[str] = []
    words = ""
    for piece in _PIECE.split(line):
        stands_for = meant[ord(piece[-1]) - _FIRST] if piece and ord(piece[-1]) >= _FIRST else piece
        is_tag = re.fullmatch(_TAG, stands_for) is not None
        if not is_tag and (len(stands_for) == 1 or stands_for is piece):
            words += stands_for
            continue
        yield str(escaped(words))
        words = ""
        yield _tag(stands_for, opened) if is_tag else _link(stands_for)
    yield str(escaped(words))
    yield from (f"</{element}>" for element in reversed(opened) if element)


def _tag(tag: str, opened: list[str]) -> str:
    """The element for a tag; nothing for one within its like, or for an end without a beginning."""
    element = _ELEMENTS[tag.strip("</>")]
    if not tag.startswith("</"):
        opened.append("" if element in opened else element)
        return f"<{element}>" if opened[-1] else ""
    last = opened.pop() if opened else ""
    return f"</{last}>" if last else ""


def _link(address: str) -> str:
    """A link to a web address or to a DOI, which is its words too."""
    leads = doi_address(address.removeprefix("doi:")) if address.startswith("doi:") else address
    return f"[{exact(address)}]({target(leads)})"
