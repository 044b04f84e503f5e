"""Drawings of chance: any elements within any, with numbers and references that no author would write."""

from __future__ import annotations

import random

_NUMBERS = (
    "0", "-1", "1e6", "1e-6", "-1e6", "9", "0.5", "100%", "1e5", "-0", "1 2 3", "", "auto", "9px", "9mm", "-9em",
    "1e-4", "1e-9", "1e-38", "1e-300", "nan",
)  # fmt: skip
_ELEMENTS = (
    "rect", "circle", "ellipse", "line", "path", "polygon", "polyline", "g", "use", "text", "tspan", "textPath",
    "linearGradient", "radialGradient", "stop", "pattern", "marker", "mask", "clipPath", "filter", "feGaussianBlur",
    "feOffset", "feFlood", "feBlend", "feComposite", "feColorMatrix", "feMerge", "feMergeNode", "feDropShadow",
    "feComponentTransfer", "feFuncR", "symbol", "svg", "switch",
)  # fmt: skip
_ATTRIBUTES = (
    "x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "x2", "y1", "y2", "fx", "fy", "fr", "refX", "refY",
    "markerWidth", "markerHeight", "stdDeviation", "dx", "dy", "offset", "stroke-width", "stroke-dasharray",
    "stroke-dashoffset", "stroke-miterlimit", "opacity", "font-size", "letter-spacing", "word-spacing", "textLength",
    "startOffset", "pathLength", "rotate", "k1", "k2", "values", "tableValues", "baseline-shift",
)  # fmt: skip
_TRANSFORMS = (
    "scale(0)", "scale(1e3)", "scale(30)", "scale(1e-20)", "scale(1e-38)", "translate(1e6 -1e6)", "rotate(1e6)",
    "rotate(33)", "skewX(80)", "skewY(-85)", "matrix(1 0 0 0 0 0)", "matrix(1 1 1 1 0 0)",
)  # fmt: skip
_VIEWS = ("0 0 0 0", "0 0 1 1", "0 0 1e6 1e6", "0 0 -1 -1", "1e6 1e6 1 1", "0 0 1e-2 1e-2")
_PATHS = (
    "M0 0h9v9z", "M1e6 1e6h1e6", "M0 0", "M0 0A1e6 1e6 0 0 1 9 9", "M0 0C1e-6 0 0 0 0 0", "M 0 0 L 0 0",
    "M0 0 9 9 1e6 1",
)  # fmt: skip
_SIZES = ("90 50", "1 100000", "100000 1", "0.001 0.001", "9 9")


def drawing(chance: random.Random) -> bytes:
    """One such drawing."""
    inner = "".join(_element(chance, 3) for _ in range(4))
    view = f"0 0 {chance.choice(_SIZES)}"
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{view}'>{inner}</svg>".encode()


def _element(chance: random.Random, deeper: int) -> str:
    name = chance.choice(_ELEMENTS)
    given = {chance.choice(_ATTRIBUTES): chance.choice(_NUMBERS) for _ in range(chance.randint(0, 5))}
    may = chance.random
    given |= {"id": f"i{chance.randint(0, 30)}"}
    given |= {"transform": chance.choice(_TRANSFORMS)} if may() < 0.3 else {}
    given |= {"viewBox": chance.choice(_VIEWS)} if may() < 0.2 else {}
    given |= {"spreadMethod": "reflect", "gradientUnits": "userSpaceOnUse"} if may() < 0.2 else {}
    given |= {"stroke": "red"} if may() < 0.2 else {}
    given |= {"d": chance.choice(_PATHS), "points": "0 0 9 9"} if may() < 0.3 else {}
    for key in ("fill", "mask", "clip-path", "filter", "marker-mid"):
        given |= {key: f"url(#i{chance.randint(0, 30)})"} if may() < 0.04 else {}
    given |= {"href": f"#i{chance.randint(0, 30)}"} if may() < 0.04 else {}
    inner = "".join(_element(chance, deeper - 1) for _ in range(chance.randint(0, 3))) if deeper else ""
    words = "abc" if name in {"text", "tspan", "textPath"} else ""
    attributes = "".join(f' {key}="{value}"' for key, value in given.items())
    return f"<{name}{attributes}>{inner}{words}</{name}>"
