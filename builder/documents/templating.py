"""Our Jinja2 templates. Authored Markdown goes in as values and is never itself a template.

In: a template's name and values. Out: Markdown, or a whole page, script or list. Touches nothing but the templates that
lie in this package.
"""

from __future__ import annotations

import functools
import re
from typing import Any

import jinja2


def fill(template: str, **values: Any) -> str:
    """Fill a template of this package; a value that it lacks is a fault of the program and raises."""
    return _environment(html=False).get_template(f"{template}.md.j2").render(**values)


def fill_page(template: str, **values: Any) -> str:
    """Fill a template that is a whole page in HTML; every value is plain text and is written as such."""
    return _environment(html=True).get_template(f"{template}.html.j2").render(**values)


def fill_beside(name: str, **values: Any) -> str:
    """Fill a template of a script or of XML, whose name ends as the file's does; a script takes values by `tojson`."""
    return _environment(html=True).get_template(f"{name}.j2").render(**values)


_NOT_PLAIN = re.compile(r"[^\w\s,;'.@/-]|_|(?<!\w)-|-(?!\w)|(?<=\.)\.|\.(?=\.)|^\d+\.(?=\s|$)")
"""Signs that Markdown may take for its own; hyphens within words, full stops and apostrophes may stay as they are."""


@functools.cache
def _environment(*, html: bool) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("builder", "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=html,  # noqa: S701  Markdown is not escaped: what is unsafe in it was refused by `proofreading`
    )
    environment.filters["plain"] = plain
    environment.filters["line"] = line
    environment.filters["cell"] = cell
    return environment


def paragraphs(text: str) -> list[str]:
    """Plain text by its paragraphs, each on one line."""
    parts = re.split(r"\n\s*\n", text.strip())
    return [" ".join(part.split()) for part in parts if part.strip()]


def line(text: str) -> str:
    """Write a text on one line, for a heading, a cell or the words of a link."""
    return " ".join(text.split())


def cell(text: str) -> str:
    """Write a text for a cell of a table, whose bars would part it."""
    return line(text).replace("|", "\\|")


def plain(text: str) -> str:
    """Write plain text, such as a name, so that nothing in it is taken for Markdown, HTML or a mark of ours."""
    return _NOT_PLAIN.sub(lambda found: f"{found[0][:-1]}&#{ord(found[0][-1])};", line(text))
