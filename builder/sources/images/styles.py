"""The styles of a drawing, understood as CSS and written as attributes: the page's policy allows no others.

In: style sheets, `style` attributes and presentation attributes as authors or drawing programs wrote them. Out: for
each element its properties in the form that `drawings` describes. Touches nothing; imports `tinycss2`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2

from builder.problems import shown
from builder.sources.images import drawings, selectors
from builder.sources.images.failures import UnsafeError
from builder.sources.images.selectors import Selector
from builder.sources.images.stretches import judge_numbers

MAX_RULES = 500
"""Rules of a drawing's style sheets; drawing programs write one for each kind of line and letter."""

Refer = Callable[[str], str]
"""Returns our name for an id of the file, which may contain any character."""

Declared = tuple[str, str, bool]
"""A property, its value in our form, and whether it is important."""

_Tokens = Sequence[Any]

_MOVING = frozenset(
    ["cx", "cy", "d", "offset", "offset-path", "r", "rotate", "rx", "ry", "scale", "transform", "translate", "x", "y"]
)
"""Properties that some browsers allow in styles; print does not, so they must be attributes."""

_FUNCTIONS = {"hsl", "hsla", "rgb", "rgba", "blur", "drop-shadow"}

_MARKERS = ("marker-start", "marker-mid", "marker-end")

_PLAIN = {
    "whitespace": re.compile(" "),
    "number": re.compile(r"[0-9.eE+-]+"),
    "percentage": re.compile(r"[0-9.eE+-]+%"),
    "dimension": re.compile(r"[0-9.eE+-]+[A-Za-z]+"),
    "ident": re.compile(r"-?[A-Za-z_][\w-]*", re.ASCII),
    "hash": re.compile(r"#[0-9A-Fa-f]+"),
    "string": re.compile(r"'[\w .,+-]*'"),
    "literal": re.compile("[,/]"),
}
"""The tokens of a value, other than functions and references, and the pattern of each."""

_ELSEWHERE = frozenset(["charset", "media", "namespace"])
"""Rules that draw nothing on light paper: `@media` is for dark pages and narrow ones."""

_DEEPEST = 4
"""Brackets within brackets: a color within a shadow, two ways of it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The properties that a style sheet sets for the elements that match a selector."""

    selector: Selector
    declared: tuple[Declared, ...]


def attribute(name: str, value: str, refer: Refer) -> str | None:
    """A presentation attribute in our form; None if it has no effect. Raises `UnsafeError`."""
    _judge_depth(value)
    written = _written(name, tinycss2.parse_component_value_list(value, skip_comments=True), refer)
    return written or None


def inline(text: str, refer: Refer) -> tuple[Declared, ...]:
    """The properties that a `style` attribute sets. Raises `UnsafeError`."""
    _judge_depth(text)
    return tuple(_declared(tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True), refer))


def rules(sheet: str, refer: Refer) -> Iterator[Rule]:
    """The rules of a style sheet. Raises `UnsafeError`."""
    _judge_depth(sheet)
    for number, node in enumerate(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), 1):
        if node.type == "at-rule" and node.lower_at_keyword in _ELSEWHERE:
            continue
        if node.type == "at-rule":
            raise UnsafeError(f"@{node.at_keyword[:40]} in its style (write plain rules, and text as paths)")
        if node.type != "qualified-rule" or number > MAX_RULES:
            raise UnsafeError(f"a style that cannot be read (at most {MAX_RULES} plain rules)")
        contents = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        declared = tuple(_declared(contents, refer))
        for tokens in _parted(node.prelude, ","):
            selector = selectors.read(_stripped(tokens))
            if selector:
                yield Rule(selector, declared)


def cascade(found: Sequence[Rule], own: Iterable[Declared]) -> dict[str, str]:
    """The properties of an element, by the rules that match it, in the order of their sheet, and its own `style`."""
    by_weight = sorted(found, key=lambda rule: rule.selector.weight)
    declared = [each for rule in by_weight for each in rule.declared]
    ranked = [*((*each, False) for each in declared), *((*each, True) for each in own)]
    ranked.sort(key=lambda each: (each[2], each[3]))
    return {name: value for name, value, _, _ in ranked}


def _judge_depth(text: str) -> None:
    """Refuse brackets that are nested deeper than any drawing needs, because following them could exhaust the stack."""
    depth = 0
    for bracket in re.findall(r"[(\[{)\]}]", text):
        depth += 1 if bracket in "([{" else -1
        if depth > _DEEPEST:
            raise UnsafeError("a style with brackets nested too deeply (write plain values)")


def _declared(nodes: _Tokens, refer: Refer) -> Iterator[Declared]:
    for node in nodes:
        if node.type == "declaration":
            for name, value in _expanded(node.lower_name, node.value, refer):
                yield name, value, node.important
        elif node.type != "error":  # what is no declaration sets nothing in a browser either
            raise UnsafeError("a style within a style (write plain rules)")


def _expanded(name: str, tokens: _Tokens, refer: Refer) -> Iterator[tuple[str, str]]:
    """The properties that a declaration sets; none for one that is not about drawings."""
    if name == "font":
        yield from _font(tokens, refer)
        return
    value = _written(name, tokens, refer, known=name in drawings.PROPERTIES | drawings.BLENDING | {"marker"})
    if name in _MOVING:
        raise UnsafeError(f"{name} in a style (write it as an attribute: {name}=…)")
    for each in _MARKERS if name == "marker" else (name,):
        if value and each in drawings.PROPERTIES | drawings.BLENDING and (each, value) not in _USUAL:
            yield each, value


_USUAL = {("mix-blend-mode", "normal"), ("isolation", "auto")}


def _font(tokens: _Tokens, refer: Refer) -> Iterator[tuple[str, str]]:
    """The parts of the shorthand `font`: words and a weight, a size, perhaps the height of a line, and families."""
    solid = _stripped(tokens)
    at = next((at for at, token in enumerate(solid) if token.type in {"dimension", "percentage"}), None)
    if at is None:
        return
    for token in solid[:at]:
        word = _written("font", [token], refer)
        kind = {"italic": "font-style", "oblique": "font-style", "small-caps": "font-variant"}.get(word, "font-weight")
        if word and word != "normal":
            yield kind, word
    yield "font-size", _written("font", [solid[at]], refer)
    families = itertools.dropwhile(lambda token: token.type not in {"ident", "string"}, solid[at + 1 :])
    yield "font-family", _written("font-family", list(families), refer)


def _written(name: str, tokens: _Tokens, refer: Refer, *, known: bool = True) -> str:
    """A value in our form. A property that is not `known` draws nothing, and is refused only if it loads a file."""
    try:
        return re.sub(r"\s+", " ", "".join(_write(token, refer) for token in tokens)).strip()
    except _OtherError as error:
        if not known and not error.reaches_out:
            return ""
        text = tinycss2.serialize(list(tokens)).strip()
        hint = "only url(#id) of the same file" if error.reaches_out else "only numbers, words, colors and url(#id)"
        raise UnsafeError(f"{name}: {shown(text[:60])} ({hint})") from None


class _OtherError(Exception):
    """A token that a drawing may not have."""

    def __init__(self, *, reaches_out: bool) -> None:
        super().__init__()
        self.reaches_out = reaches_out


def _write(token: Any, refer: Refer) -> str:
    if token.type == "function":
        return _function(token, refer)
    if token.type == "url":
        return _reference(token.value, refer)
    if token.type in {"number", "percentage", "dimension"}:
        judge_numbers("a style", token.representation)
        unit = {"percentage": "%", "dimension": getattr(token, "unit", "")}.get(token.type, "")
        plain = f"{token.representation}{unit}"
    else:
        form = {"whitespace": " ", "hash": "#{}", "string": "'{}'"}.get(token.type, "{}")
        plain = form.format(getattr(token, "value", ""))
    if token.type in _PLAIN and _PLAIN[token.type].fullmatch(plain):
        return plain
    raise _OtherError(reaches_out=token.type == "error")


def _function(token: Any, refer: Refer) -> str:
    inside = _stripped(token.arguments)
    if token.lower_name == "url" and len(inside) == 1 and inside[0].type == "string":
        return _reference(inside[0].value, refer)
    if token.lower_name == "light-dark":  # the drawing stays on a light ground
        return "".join(_write(each, refer) for each in _parted(inside, ",")[0])
    if token.lower_name not in _FUNCTIONS:
        raise _OtherError(reaches_out=token.lower_name in {"url", "src", "image", "image-set", "cross-fade"})
    return f"{token.lower_name}({''.join(_write(each, refer) for each in inside)})"


def _reference(address: str, refer: Refer) -> str:
    if not address.startswith("#") or len(address) == 1:
        raise _OtherError(reaches_out=True)
    return f"url(#{refer(address[1:])})"


def _parted(tokens: _Tokens, mark: str) -> list[list[Any]]:
    """Tokens between marks, such as commas."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == mark:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _stripped(tokens: _Tokens) -> list[Any]:
    """Tokens without white space at both ends."""
    solid = [at for at, token in enumerate(tokens) if token.type != "whitespace"]
    return list(tokens[solid[0] : solid[-1] + 1]) if solid else []
