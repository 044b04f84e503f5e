"""Judging: finished HTML is parsed as browsers parse it, and everything that is not in our table is a fault.

In: HTML. Out: faults, each with excerpts by which its source can be found. Touches nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator, Set
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from builder.markup.styles import is_at_home
from builder.markup.table import BODY, FILE, FRAME, MOST_DEEP, Table
from builder.problems import shown
from builder.sources.images.drawings import ELEMENTS

_REFRESH = re.compile(r"0; url=(?P<to>.*)", re.DOTALL)
_ARTICLE = "md-content__inner md-typeset"
"""The class by which Material's frame marks the text of a page."""

Shape = list[tuple[str, tuple[tuple[str, str], ...] | str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something on a page that we do not make.

    `excerpts` are texts by which it may be found in the page's source, the most certain one first.
    """

    what: str
    excerpts: tuple[str, ...] = ()


def faults_of_text(html: str, table: Table = BODY) -> list[Fault]:
    """List everything in the text of a page, or in a piece of one, that is not in a table."""
    return list(dict.fromkeys(_Judge(table).text(_within_a_page(html))))


def faults_of_page(html: str, scripts: Container[str] = frozenset(), policies: Set[str] | None = None) -> list[Fault]:
    """List everything in a whole page, as it will be served, that we do not make.

    Args:
        html: The page.
        scripts: The texts that its script elements may have.
        policies: The policies that its head may begin with; None allows a head without one.
    """
    judge = _Judge(FRAME, scripts)
    found = list(judge.page(LexborHTMLParser(html).root, policies))
    if "<noscript" in html.lower():  # its content is one text where scripts run, and elements where they do not
        found += judge.page(LexborHTMLParser(html, scripting=True).root, policies)
    return list(dict.fromkeys(found))


def shape(html: str) -> Shape:
    """List all elements of a text with their attributes, and all texts in them, in the order of the tree."""
    found: Shape = []
    stack: list[Any] = [_within_a_page(html)]
    while stack:
        node = stack.pop()
        if node is None:
            found.append(("/", ""))
        elif node.is_element_node:
            found.append((str(node.tag), tuple(sorted(_attributes(node)))))
            stack += [None, *reversed(list(node.iter(include_text=True)))]
        else:
            found.append((str(node.tag), node.text_content or node.comment_content or ""))
    return found


class _Judge:
    """Judges a parsed page by one table, and its text by the table for texts."""

    def __init__(self, table: Table, scripts: Container[str] = frozenset()) -> None:
        self._table = table
        self._scripts = scripts

    def text(self, root: Any) -> Iterator[Fault]:
        """Judge a text that was parsed within an article, which it must not end."""
        head, body = root.child, root.last_child
        article = body.child
        if head.child is not None or article.next is not None or any(map(_attributes, (root, head, body))):
            yield Fault("a tag that ends the page's text", ("</article", "</body", "</html", "<body", "<html"))
        yield from self._within(article, self._table, is_drawing=False, deep=0)

    def page(self, root: Any, policies: Set[str] | None) -> Iterator[Fault]:
        """Judge a whole page."""
        first = next(iter(root.child.iter()), None)
        meta = dict(_attributes(first)) if first is not None and first.tag == "meta" else {}
        given = meta.get("content", "") if meta.get("http-equiv") == "Content-Security-Policy" else ""
        if policies is not None and given not in policies:
            yield Fault("a head that does not begin with our Content-Security-Policy")
        yield from self._element(root, self._table, is_drawing=False, deep=0)

    def _within(self, parent: Any, table: Table, *, is_drawing: bool, deep: int) -> Iterator[Fault]:
        if deep > MOST_DEEP:
            yield Fault(f"elements nested too deeply (at most {MOST_DEEP} levels)", (f"<{parent.tag}",))
            return
        for child in parent.iter(include_text=True):
            if child.is_element_node:
                yield from self._element(child, table, is_drawing=is_drawing, deep=deep + 1)
            elif not child.is_text_node:
                yield Fault("a comment", (f"<!--{child.comment_content or ''}", "<!--", "<!", "<?", "</"))

    def _element(self, node: Any, table: Table, *, is_drawing: bool, deep: int) -> Iterator[Fault]:
        tag = node.tag
        is_drawing = is_drawing or tag == "svg"
        if tag not in (ELEMENTS if is_drawing else table.elements):
            yield Fault(f"<{tag}>", (*_starts(node), f"<{tag}"))
        else:
            for name, value in _attributes(node):
                form = None if is_drawing else table.form(tag, name)
                if not (table.is_drawn(name, value) if is_drawing else form and form.fullmatch(value)):
                    yield _fault_of_attribute(tag, name, value, [] if is_drawing else table.attributes(tag))
        if table is FRAME:
            yield from self._of_frame(node)
        inner = BODY if tag == "article" and ("class", _ARTICLE) in _attributes(node) else table
        yield from self._within(node, inner, is_drawing=is_drawing, deep=deep)

    def _of_frame(self, node: Any) -> Iterator[Fault]:
        """Judge what only the frame of a page has: scripts, styles and metadata."""
        given = dict(_attributes(node))
        if node.tag == "script":
            yield from self._of_script(given, node.text(deep=True))
        elif node.tag == "style" and not is_at_home(node.text(deep=True)):
            yield Fault("a style that asks for something from another host")
        elif node.tag == "meta" and given.get("http-equiv") == "refresh":
            to = _REFRESH.fullmatch(given.get("content", ""))
            if not to or not FILE.fullmatch(to["to"]):
                yield Fault(f"a page that leads to {shown(given.get('content', ''))}")
        elif node.tag == "link" and given.get("rel") != "canonical" and not FILE.fullmatch(given.get("href", "")):
            yield Fault(f"<link> to {shown(given.get('href', ''))} (a file of the site)")

    def _of_script(self, given: dict[str, str], text: str) -> Iterator[Fault]:
        if given.get("type") == "application/json":
            if "src" in given or not _is_json(text):
                yield Fault("data that is no JSON")
        elif text not in self._scripts if "src" not in given else text:
            yield Fault(f"a script in the page: {shown(text.strip())}", (text.strip(),))


def _within_a_page(html: str) -> Any:
    return LexborHTMLParser(f"<!doctype html><body><article>{html}</article></body>").root


def _attributes(node: Any) -> list[tuple[str, str]]:
    return [(name, value or "") for name, value in node.attributes.items()]


def _starts(node: Any) -> tuple[str, ...]:
    """Write the beginning of an element as an author may have written it."""
    first = next(iter(_attributes(node)), None)
    if first is None:
        return (f"<{node.tag}>",)
    return (f"<{node.tag} {first[0]}={first[1]}", f'<{node.tag} {first[0]}="{first[1]}"', f"<{node.tag} {first[0]}")


def _fault_of_attribute(tag: str, name: str, value: str, known: list[str]) -> Fault:
    excerpts = (f"{name}={value}", f'{name}="{value}"', f"{name}='{value}'", value, f"{name}=", name)
    what = f"{name}={shown(value)} on <{tag}>"
    if name not in known:
        return Fault(f"{what} (allowed there: {', '.join(known)})" if known else what, excerpts)
    if name == "href":
        what += " (an address begins with https:, http: or mailto:, or names a file of the site)"
    elif name == "src":
        what += " (a file of the site)"
    return Fault(what, (value, *excerpts))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
