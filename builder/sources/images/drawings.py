"""The SVG elements, attributes and values that a drawing may have. What is not listed here is left out.

In: names and values in the form in which we publish them: no escapes, no comments, spelled as in the SVG
specification. Out: whether they are allowed. Touches nothing.

Source: SVG 2 (W3C), the tables of elements, attributes and properties; of these, only what draws. Nothing runs, moves,
links, loads another file or styles the page around it.
"""

from __future__ import annotations

import re

SHAPES = frozenset(["circle", "ellipse", "line", "path", "polygon", "polyline", "rect"])

TEXTS = frozenset(["text", "textPath", "tspan"])

EFFECTS = frozenset(
    [
        "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feDropShadow", "feFlood", "feFuncA",
        "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feOffset",
    ]
)  # fmt: skip
"""Parts of a filter that shade and blur; none that reads another image, or that takes long."""

ELEMENTS = SHAPES | TEXTS | EFFECTS | frozenset(
    [
        "clipPath", "defs", "desc", "filter", "g", "linearGradient", "marker", "mask", "pattern", "radialGradient",
        "stop", "svg", "symbol", "title", "use",
    ]
)  # fmt: skip
"""The elements of a drawing that is part of a page; a drawing that is shown as a file may also have `image`."""

PROPERTIES = frozenset(
    [
        "alignment-baseline", "baseline-shift", "clip-path", "clip-rule", "color", "color-interpolation",
        "color-interpolation-filters", "direction", "display", "dominant-baseline", "fill", "fill-opacity", "fill-rule",
        "filter", "flood-color", "flood-opacity", "font-family", "font-size", "font-size-adjust", "font-stretch",
        "font-style", "font-variant", "font-weight", "image-rendering", "letter-spacing", "marker-end", "marker-mid",
        "marker-start", "mask", "mask-type", "opacity", "overflow", "paint-order", "shape-rendering", "stop-color",
        "stop-opacity", "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin",
        "stroke-miterlimit", "stroke-opacity", "stroke-width", "text-anchor", "text-decoration", "text-rendering",
        "unicode-bidi", "vector-effect", "visibility", "white-space", "word-spacing", "writing-mode",
    ]
)  # fmt: skip
"""The presentation attributes of SVG 2. None of them places an element outside of its drawing."""

BLENDING = frozenset(["isolation", "mix-blend-mode"])
"""What only a `style` can set, so that a drawing with it is shown as a file and is no part of a page."""

GEOMETRY = frozenset(
    [
        "amplitude", "azimuth", "clipPathUnits", "cx", "cy", "d", "dx", "dy", "exponent", "filterUnits", "fr", "fx",
        "fy", "gradientTransform", "gradientUnits", "height", "in", "in2", "intercept", "k1", "k2", "k3", "k4",
        "lengthAdjust", "markerHeight", "markerUnits", "markerWidth", "maskContentUnits", "maskUnits", "method", "mode",
        "offset", "operator", "orient", "pathLength", "patternContentUnits", "patternTransform", "patternUnits",
        "points", "preserveAspectRatio", "primitiveUnits", "r", "refX", "refY", "result", "rotate", "rx", "ry", "side",
        "slope", "spacing", "spreadMethod", "startOffset", "stdDeviation", "tableValues", "textLength", "transform",
        "transform-origin", "type", "values", "viewBox", "width", "x", "x1", "x2", "xml:space", "y", "y1", "y2",
    ]
)  # fmt: skip
"""Attributes that are numbers, words and names of results, and never an address."""

CLASSES = frozenset(["accent-fill", "accent-line", "soft", "wash"])
"""Classes that give a drawing the page's colors; others belong to the page."""

ATTRIBUTES = PROPERTIES | GEOMETRY | frozenset(["aria-label", "class", "href", "id", "role", "style", "xmlns"])
"""The attributes of a drawing. Of those with a prefix only `xml:space` is left; references are plain `href`."""

NAMESPACE = "http://www.w3.org/2000/svg"

_ID = r"[A-Za-z][A-Za-z0-9_-]*"

_REFERENCE = re.compile(rf"url\(#{_ID}\)")

_FUNCTION = re.compile(r"([A-Za-z-]*)\(")

_FUNCTIONS = frozenset(
    [
        "", "blur", "drop-shadow", "hsl", "hsla", "matrix", "rgb", "rgba", "rotate", "scale", "skewX", "skewY",
        "translate",
    ]
)  # fmt: skip

_VALUE = re.compile(r"[\w \t\n.,%+*#'/()-]*")
"""The characters of a value: neither a colon nor a backslash, so neither an address nor a way to write one."""

_WORDS = {"role": frozenset(["img"]), "xmlns": frozenset([NAMESPACE]), "xml:space": frozenset(["default", "preserve"])}

_FORMS = {
    "aria-label": re.compile(r".*", re.DOTALL),
    "href": re.compile(rf"#{_ID}"),
    "id": re.compile(_ID),
}


def is_safe_value(attribute: str, value: str) -> bool:
    """Whether an attribute of a drawing may have this value; never for one that is not in `ATTRIBUTES`."""
    if attribute in _WORDS:
        return value in _WORDS[attribute]
    if attribute in _FORMS:
        return _FORMS[attribute].fullmatch(value) is not None
    if attribute == "class":
        return set(value.split()) <= CLASSES
    if attribute == "style":
        return is_safe_style(value)
    if attribute in GEOMETRY:
        return is_safe_paint(value) and not _REFERENCE.search(value)
    return attribute in PROPERTIES and is_safe_paint(value)


def is_safe_style(value: str) -> bool:
    """Whether a `style` attribute only sets properties of a drawing, to values that stay within it."""
    for declaration in value.split(";"):
        name, colon, paint = declaration.partition(":")
        if declaration.strip() and not (colon and name.strip() in PROPERTIES | BLENDING and is_safe_paint(paint)):
            return False
    return True


def is_safe_paint(value: str) -> bool:
    """Whether a property's value only has numbers, keywords, colors and references to parts of the same drawing."""
    rest = _REFERENCE.sub(" ", value)
    return _VALUE.fullmatch(rest) is not None and _FUNCTIONS.issuperset(_FUNCTION.findall(rest))
