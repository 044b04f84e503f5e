"""Colors for code: fenced code whose language is named becomes HTML in which words of five kinds are marked.

In: a page's Markdown. Out: the Markdown, with such code as HTML. Touches nothing; imports `pygments`, and no other room
does. Color is never the only difference: keywords are bold, comments italic.
"""

from __future__ import annotations

import html
import itertools
from collections.abc import Iterator
from typing import Any

import pygments.token as kinds
from pygments.lexers import get_lexer_by_name

from builder.dialect import fences

LANGUAGES = frozenset(
    "bash c console cpp css diff html ini java javascript json julia matlab python r ruby rust sh sql toml typescript xml yaml".split()  # noqa: SIM905, E501
)
"""Languages that are colored; code of others, and without a name, stays plain."""

_LONGEST = 20_000
"""Characters of code that is colored: what is longer would keep a check busy, and nobody reads it on a page."""

_KINDS = (
    (kinds.Comment, "comment"),
    (kinds.Keyword, "keyword"),
    (kinds.Operator.Word, "keyword"),
    (kinds.Name.Tag, "keyword"),
    (kinds.String, "string"),
    (kinds.Number, "number"),
    (kinds.Name.Function, "name"),
    (kinds.Name.Class, "name"),
    (kinds.Name.Builtin, "name"),
)
"""Kinds of words that are marked, by the kinds of the library; the first that fits."""


def highlight(markdown: str) -> str:
    """Mark the words of fenced code."""
    parts, at = [], 0
    for start, end, language, code in fences(markdown):
        if language in LANGUAGES and len(code) <= _LONGEST:
            marked = "".join(_marked(language, code))
            parts += [markdown[at:start], f'<pre><code class="language-{language}">{marked}</code></pre>']
            at = end
    return "".join([*parts, markdown[at:]])


def _marked(language: str, code: str) -> Iterator[str]:
    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    words = ((_kind(token), text) for token, text in lexer.get_tokens(code))
    for kind, run in itertools.groupby(words, key=lambda word: word[0]):
        text = html.escape("".join(text for _, text in run), quote=False)
        yield f'<span class="code-{kind}">{text}</span>' if kind else text


def _kind(token: Any) -> str | None:
    return next((name for kind, name in _KINDS if token in kind), None)
