"""Reading an SVG file: the elements and attributes on our lists, as a tree, with the place of each element.

In: bytes. Out: a `Drawing` whose elements are those of `drawings`, with attributes as the author wrote them; and every
problem with its place. What drawing programs write for themselves is left out. Touches nothing.
"""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from builder.problems import Place, Problems, shown
from builder.sources.images import drawings
from builder.sources.images.failures import UnsafeError

MAX_ELEMENTS = 20_000
"""A page with more would take seconds to show on a phone."""

MAX_NESTING = 40
"""Levels of elements; drawing programs nest groups some ten deep."""

_XLINK = "http://www.w3.org/1999/xlink"

_XML = "http://www.w3.org/XML/1998/namespace"

_PROGRAMS = {
    "http://www.w3.org/1999/xhtml": "HTML",
    "http://www.w3.org/1998/Math/MathML": "MathML",
    "http://www.w3.org/1999/XSL/Transform": "XSLT",
    "http://www.w3.org/2001/XInclude": "XInclude",
    "http://www.w3.org/2001/xml-events": "XML Events",
    "http://www.w3.org/2002/xforms": "XForms",
}
"""Other namespaces that browsers or XML programs interpret. All others are an editor's own notes."""

_NOTES = frozenset(["font", "metadata", "view"])
"""Elements of SVG that draw nothing; no browser of today uses such a font."""

_SILENT = frozenset(
    [
        "baseProfile", "content", "contentScriptType", "contentStyleType", "cursor", "enable-background",
        "externalResourcesRequired", "focusable", "host", "lang", "pointer-events", "requiredExtensions",
        "requiredFeatures", "role", "tabindex", "target", "version", "xmlns", "zoomAndPan",
    ]
)  # fmt: skip
"""Attributes without a prefix that draw nothing; `content` is where draw.io keeps the file that it can edit."""

_MEANT = {
    "a": "put the link into the text beside the figure",
    "animate": "show each state in a figure of its own",
    "animateMotion": "show each state in a figure of its own",
    "animateTransform": "show each state in a figure of its own",
    "set": "show each state in a figure of its own",
    "flowRoot": "in Inkscape: Text, Convert to Text",
    "foreignObject": "write its words as <text>",
    "mesh": "in Inkscape: Edit, Make a Bitmap Copy",
    "meshgradient": "in Inkscape: Edit, Make a Bitmap Copy",
}

_ALLOWED = "only drawings are allowed"


@dataclass(slots=True)
class Drawing:
    """The elements of an SVG, its style sheets, and the place of each."""

    root: ET.Element
    places: dict[ET.Element, Place]
    sheets: list[tuple[Place, str]] = field(default_factory=list)
    is_whole: bool = True  # unless an element or an instruction of the file was left out


class Refusals:
    """Problems of one drawing, each message once: what an editor writes in one element it writes in a thousand."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._messages: set[str] = set()

    def add(self, place: Place, message: str) -> None:
        """Report something in the drawing that must be changed."""
        if message not in self._messages:
            self._messages.add(message)
            self._problems.add(place, message)

    def __bool__(self) -> bool:
        return bool(self._messages)


def parse(path: str, data: bytes, refusals: Refusals) -> Drawing | None:
    """Read an SVG; None when it is not one, or exceeds a limit. `path` is for the places of problems."""
    reader = _Reader(path, refusals)
    parser: Any = DefusedExpatParser(forbid_dtd=True)  # SAX is typed in part
    parser.setFeature(feature_namespaces, True)  # noqa: FBT003
    parser.setContentHandler(reader)
    reader.place = lambda: Place(path, parser.getLineNumber() or 1, (parser.getColumnNumber() or 0) + 1)
    try:
        parser.parse(io.BytesIO(data))
    except DefusedXmlException:
        refusals.add(reader.place(), "an SVG with a document type (export it as plain SVG)")
    except UnsafeError as error:
        refusals.add(reader.place(), f"an SVG with {error}")
    except SAXParseException as error:
        at = Place(path, error.getLineNumber() or 1, (error.getColumnNumber() or 0) + 1)
        refusals.add(at, f"not a readable SVG image ({error.getMessage()})")
    except (SAXException, ValueError, LookupError) as error:
        refusals.add(Place(path), f"not a readable SVG image ({error})")
    else:
        return reader.drawing
    return None


class _Reader(ContentHandler):
    """Builds the tree. `_open` has an element for each tag that is open, None for those that are left out."""

    def __init__(self, path: str, refusals: Refusals) -> None:
        super().__init__()
        self.drawing: Drawing | None = None
        self.place: Callable[[], Place] = lambda: Place(path)
        self._refusals = refusals
        self._open: list[ET.Element | None] = []
        self._count = 0

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: Any) -> None:  # noqa: ARG002, N802
        """Add an element to the tree, or leave it out with all that is in it."""
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise UnsafeError(f"more than {MAX_ELEMENTS:,} elements (simplify it, or save it as PNG)")
        if len(self._open) >= MAX_NESTING:
            raise UnsafeError(f"elements nested too deeply (at most {MAX_NESTING} levels; ungroup some)")
        left_out = bool(self._open and self._open[-1] is None) or not self._takes(*name)
        self._open.append(None if left_out else self._element(name[1], attrs))
        if left_out and self.drawing:
            self.drawing.is_whole = False

    def _takes(self, namespace: str | None, name: str) -> bool:
        parent = self._open[-1] if self._open else None
        if namespace != drawings.NAMESPACE:
            self._judge_foreign(namespace, name)
            return False
        if parent is None:
            if name != "svg":
                self._refuse("not an SVG image (its first element is not <svg>)")
            return name == "svg"
        if parent.get(_CHOICE) is not None and (name == "foreignObject" or len(parent)):
            return False
        if name in drawings.ELEMENTS | {"image", "style", "switch"}:
            return True
        if name not in _NOTES:
            self._refuse(f"an SVG with <{name}> ({_MEANT.get(name, _ALLOWED)})")
        return False

    def _judge_foreign(self, namespace: str | None, name: str) -> None:
        if not self._open:
            meant = f'an SVG without its namespace (write <svg xmlns="{drawings.NAMESPACE}">)'
            self._refuse(meant if name == "svg" else "not an SVG image (its first element is not <svg>)")
        elif not namespace:
            self._refuse(f"an SVG with <{name}> ({_ALLOWED})")
        elif namespace in _PROGRAMS:
            self._refuse(f"an SVG with {_PROGRAMS[namespace]} in it, <{name}> ({_ALLOWED})")

    def _element(self, name: str, attrs: Any) -> ET.Element:
        parent = self._open[-1] if self._open else None
        made = ET.Element("g" if name == "switch" else name)
        for (namespace, key), value in attrs.items():
            kept = self._attribute(namespace, key, name, value)
            if kept:
                made.set(kept, value)
        if name == "switch":
            made.set(_CHOICE, "")
        if self.drawing is None:
            self.drawing = Drawing(made, {})
        elif parent is not None:
            parent.append(made)
        self.drawing.places[made] = self.place()
        return made

    def _attribute(self, namespace: str | None, key: str, element: str, value: str) -> str | None:
        """The name under which an attribute is kept, if it is."""
        if namespace == _XML and key == "base":
            self._refuse(f"an SVG with xml:base={shown(value)} ({_ALLOWED})")
        if namespace:
            return {(_XLINK, "href"): "href", (_XML, "space"): "xml:space"}.get((namespace, key))
        if key in _SILENT or key.startswith(("aria-", "data-")) or (element == "style" and key in {"title", "type"}):
            return None
        if key in drawings.ATTRIBUTES:
            return key
        self._refuse(f"an SVG with {key}={shown(value[:40])} ({_ALLOWED})")
        return None

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: ARG002, N802
        """Close an element; a style sheet goes into the list of them."""
        made = self._open.pop()
        if made is None or self.drawing is None:
            return
        made.attrib.pop(_CHOICE, None)
        if made.tag == "style":
            self.drawing.sheets.append((self.drawing.places[made], made.text or ""))
            parent = self._open[-1]
            if parent is not None:
                parent.remove(made)

    def characters(self, content: str) -> None:
        """Keep text where it is shown; elsewhere it is white space between tags, or invisible."""
        at = self._open[-1] if self._open else None
        if at is None or at.tag not in _WORDED:
            return
        if len(at):
            at[-1].tail = (at[-1].tail or "") + content
        else:
            at.text = (at.text or "") + content

    def processingInstruction(self, target: str, data: str) -> None:  # noqa: ARG002, N802
        """Refuse instructions that style or transform the file; leave out others."""
        if self.drawing:
            self.drawing.is_whole = False
        if target.lower().startswith("xml-"):
            self._refuse(f"an SVG with an instruction <?{target}?> (delete that line)")

    def _refuse(self, message: str) -> None:
        self._refusals.add(self.place(), message)


_CHOICE = "\ue000choice"
"""Marks an open element of which only the first child counts; no file can have an attribute with this name."""

_WORDED = drawings.TEXTS | {"desc", "style", "title"}
