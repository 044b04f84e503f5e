"""Our Jinja2 templates. What authors wrote is inserted as values, escaped for the place, and is never a template.

In: a template's name and values. Out: Markdown, or a whole page, script or list. Touches nothing but the templates in
this package.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable
from typing import Any

import jinja2
from markupsafe import Markup, escape

from builder.dialect.escaping import block, cell, escaped, exact, inline, item, opened, plain, quoted, target
from builder.words import Words
from builder.words.table import filled


def fill(template: str, words: Words, /, **values: Any) -> str:
    """Fill a Markdown template of this package; a missing value is an error of the program and raises.

    `t` in it gives the program's own words, which are Markdown. A value is written as plain text unless a filter
    of `escaping` says what else it is.
    """
    return _environment(html=False).get_template(f"{template}.md.j2").render(t=_marked(words), **values)


def fill_page(template: str, words: Words, /, **values: Any) -> str:
    """Fill a template that is a whole HTML page; every value, and the words of `t`, are plain text."""
    t = _plain(words)
    return _environment(html=True).get_template(f"{template}.html.j2").render(t=t, reads=words.direction, **values)


def fill_beside(name: str, **values: Any) -> str:
    """Fill a template of a script or of XML, by its name with the suffix; a script inserts values by `tojson`."""
    return _environment(html=True).get_template(f"{name}.j2").render(**values)


@functools.cache
def _environment(*, html: bool) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("builder.documents", "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
        finalize=None if html else escaped,
    )
    environment.filters["line"] = line
    environment.filters |= {
        each.__name__: each for each in (block, cell, exact, inline, item, opened, plain, quoted, target)
    }
    return environment


def _marked(words: Words) -> Callable[..., Markup]:
    """Words in Markdown, with values escaped as a template's are."""

    def t(key: str, n: int | None = None, **values: object) -> Markup:
        inert = {name: escaped(value) for name, value in values.items()}
        return Markup(words.say(key, n, **inert))  # noqa: S704  our own, and each value is escaped

    return t


def _plain(words: Words) -> Callable[..., Markup]:
    """Words as plain text, with values escaped for HTML."""

    def t(key: str, n: int | None = None, **values: object) -> Markup:
        made = {name: escape(value) for name, value in values.items()}
        own = html.escape(words.form(key, n), quote=False).replace('"', "&quot;")
        return Markup(filled(own, {"n": n, **made}))  # noqa: S704  each part is escaped

    return t


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text, each on one line."""
    parts = re.split(r"\n\s*\n", text.strip())
    return [" ".join(part.split()) for part in parts if part.strip()]


def line(text: str) -> str:
    """Write a text on one line."""
    return " ".join(text.split())
