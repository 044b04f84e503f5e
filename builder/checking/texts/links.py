"""Links and images of a text: well formed, described in words, and with targets that exist.

In: one text, the elements of its tree, and what it may name. Out: problems, and links still to follow.
"""

from __future__ import annotations

import html
import posixpath
import re
import urllib.parse
from collections import deque
from collections.abc import Iterator, Mapping, Set
from functools import cached_property

from builder import dialect
from builder.checking.ids import Ids, is_unknown
from builder.checking.texts import saying
from builder.checking.texts.texts import Known, Link, Text, visible_words
from builder.dialect.links import fault_of_mailto, fault_of_url
from builder.model.kinds import is_email
from builder.model.pages import BY_SCHEME, SCHEMES, page_of
from builder.problems import Place, Problems, nearest, shown
from builder.sources import attachments
from builder.sources import images as pictures

_TARGET = rf"(?:https?://|mailto:|www\.|[#][a-z]|(?:{'|'.join(SCHEMES)}):|\.\./)[^\s()\[\]]*|[^\s()\[\]]+\.(?:md|html|svg|png|jpe?g)"
_OURS = r"(?i:program|write)\b"
_NEARLY = re.compile(
    rf"""!?(?:
      (?<!\])\((?P<swapped>[^()\[\]]+)(?P<end>\)\[(?P<target>{_TARGET})\])
    | (?<![\]\\])\[(?P<parted>(?![@^ ]|{_OURS}|[xX]\])[^\[\]]*[^\[\]\\])(?P<gap>\]\s+\((?P<there>{_TARGET})\))
    | (?<![\]\\])\[(?P<words>(?![@^]|{_OURS})[^\[\]]*[^\[\]\\])(?P<mark>\]\[(?P<name>(?![@^])[^\[\]\n]*)\])(?!\()
    )""",
    re.VERBOSE,
)
_HOST = re.compile(r"www\.|[\w-]+(?:\.[\w-]+)*\.(?:com|edu|gov|net|org)(?=[/?#]|$)", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s()<>\[\]]+")


def follow_link(link: Link, pages: Mapping[str, Ids], problems: Problems) -> None:
    """Check a link to a page of the site.

    Args:
        link: The link, as `proofread` returned it.
        pages: The anchors of all pages, by the page's path.
        problems: Takes what is wrong with the link.
    """
    if link.target is None:
        problems.add(link.place, f"link {link.href!r} depends on the page (name its target: module:… or page:…)")
        return
    target, _, anchor = link.target.partition("#")
    if target not in pages:
        problems.add(link.place, f"broken link {link.href!r} ({nearest(target, pages, listed=8)})")
    elif anchor and is_unknown(anchor, anchors := pages[target]):
        problems.add(link.place, f"link to an unknown anchor {link.href!r} ({nearest(anchor, anchors or ())})")


def images(text: Text, nodes: list[dialect.Node], masked: str, known: Known, problems: Problems) -> None:
    """Report images that do not exist, or are not described."""
    addresses = _Addresses(text, masked)
    for node in (node for node in nodes if node["t"] == "img"):
        source = node.get("src", "")
        place = addresses.place(source)
        if not node.get("alt", "").strip():
            problems.add(place, f"image {source!r} without alternative text (write what it shows in the brackets)")
        elif vague := saying.fault_of_alternative(node["alt"], source):
            problems.add(place, f"image {shown(source)} {vague}")
        if text.folder is None:
            problems.add(place, "an image in a text that several pages show (put it into a reading or a handout)")
        elif fault := _fault_of_image(source, text.folder, known.files):
            problems.add(place, fault)


def _fault_of_image(source: str, folder: str, files: Set[str]) -> str | None:
    """The message about the address of an image in a text of this folder; None for a good one."""
    fault = pictures.fault_of_address(source)
    if fault:
        return f"image {shown(source)}: {fault}"
    path = pictures.resolve(folder, source)
    if path in files:
        return None
    inside = [name.removeprefix(f"{folder}/") for name in files if name.startswith(f"{folder}/")]
    known = nearest(source, inside, listed=8)
    if overlooked := pictures.difference(path, files):
        file, why = overlooked
        known = f"the file is {shown(posixpath.basename(file))}; {why}"
    return f"missing image {shown(source)} (SVG, PNG or JPEG; {known})"


def near(text: Text, tree: dialect.Node, masked: str, problems: Problems) -> None:
    """Report what was meant as a link and is plain text."""
    found = list(_NEARLY.finditer(masked))
    plain = " ".join(visible_words(tree).split()) if found else ""
    for each in found:
        end = " ".join((each["end"] or each["gap"] or each["mark"]).split())
        if end not in plain:
            continue
        target = each["target"] or each["there"] or each["name"]
        target = target if re.fullmatch(_TARGET, target) else "https://…"
        words = " ".join((each["swapped"] or each["parted"] or each["words"]).split())
        thing = "image" if each[0].startswith("!") else "link"
        mark = "!" if thing == "image" else ""
        message = f"{shown(' '.join(each[0].split()))} is no {thing} (write {mark}[{words}]({target}))"
        problems.add(text.at(each.start()), message)


def links(text: Text, nodes: list[dialect.Node], masked: str, known: Known, problems: Problems) -> Iterator[Link]:
    """Report links that are ill-formed or name nothing; yield those to a page."""
    addresses = _Addresses(text, masked)
    for node in nodes:
        if node["t"] != "a" or {"footnote-backref", "footnote-ref"} & set(dialect.classes(node)):
            continue
        href = node.get("href", "")
        place = addresses.place(href)
        if not dialect.words(node) and not any(each["t"] == "img" for each in dialect.walk(node)):
            problems.add(place, f"link {href!r} without words (say where it leads)")
        elif (vague := saying.fault_of_words(dialect.words(node))) and addresses.is_written(href):
            problems.add(place, f"link {shown(href)} {vague}")
        scheme, colon, name = href.partition(":")
        if colon and scheme in SCHEMES:
            if not addresses.is_written(href):
                problems.add(place, f"link {href!r} is not written in full (write [words]({href}))")
            yield from _named(Link(text, href, place, None), scheme, name, known, problems)
        elif fault := _fault(href, scheme if colon else None) or _fault_of_attachment(text, href, addresses, known):
            problems.add(place, f"link {shown(href)} {fault}")
        elif not colon and not _is_of_attachment(href):
            yield from _relative(text, href, place, known)


def _is_of_attachment(href: str) -> bool:
    """Whether a link is to a file of this project that readers download."""
    address = href.partition("#")[0]
    return ":" not in address and attachments.kind_of(address) in attachments.KINDS


def _fault_of_attachment(text: Text, href: str, addresses: _Addresses, known: Known) -> str | None:
    """The message about a link to a file that readers download; None for a good one, and for other links."""
    if not _is_of_attachment(href):
        return None
    address = href.partition("#")[0]
    if text.folder is None:
        return "names a file in a text that several pages show (link to it in a reading, a handout or an activity)"
    if fault := pictures.fault_of_address(address):
        return f"is {fault}" if fault.startswith("a") else fault
    path = pictures.resolve(text.folder, address)
    if path in known.files:
        return None if addresses.is_written(href) else f"is not written in full (write [words]({href}))"
    offered = (file for file in known.files if attachments.is_attachment(file))
    meant = nearest(address, [posixpath.relpath(file, text.folder or ".") for file in offered], listed=8)
    if overlooked := pictures.difference(path, known.files):
        file, why = overlooked
        meant = f"the file is {shown(posixpath.basename(file))}; {why}"
    return f"names a file that is not there ({meant})"


def lead(text: Text, place: Place, known: Known, problems: Problems) -> Iterator[Link]:
    """Check a value that names where readers go, such as `instead` of an entry under `gone`.

    Args:
        text: The value.
        place: Its place.
        known: What it may name.
        problems: Takes what is wrong with it.

    Yields:
        A link, if the value names a page, to check with `follow_link`.
    """
    scheme, colon, name = text.text.partition(":")
    if colon and scheme in SCHEMES:
        yield from _named(Link(text, text.text, place, None), scheme, name, known, problems)
    else:
        hint = nearest(scheme, SCHEMES) if colon else f"write {_example(text.text, known)}"
        problems.add(place, f"{shown(text.text)} names nothing that readers could go to ({hint})")


def _example(word: str, known: Known) -> str:
    """An example with the scheme that a word probably needs."""
    found = [
        f"{scheme}:{word}" for scheme in ("module", "question", "term", "page") if word in (known.ids[scheme] or ())
    ]
    return found[0] if found else "module:id or page:path"


def _fault(href: str, scheme: str | None) -> str | None:
    """The message about an address that nothing can have; None for any other."""
    if scheme is None and href.startswith("/"):
        return "starts at the server's root (use a relative link or page:…)"
    if scheme is None and _HOST.match(href):
        return f"is no address (write https://{href[:60]})"
    if scheme is None and is_email(href):
        return f"is no address (write mailto:{href[:60]})"
    if scheme is None:
        return None
    if scheme not in {"https", "http", "mailto"}:
        return f"has an unknown scheme ({nearest(scheme, [*SCHEMES, 'https'])})"
    return _misspelled(href, scheme)


def _misspelled(href: str, scheme: str) -> str | None:
    """The message about an address with a scheme that links may have; None for a good one."""
    fault = fault_of_mailto(href) if scheme == "mailto" else fault_of_url(href)
    if fault is None:
        return None
    why = f"{shown(fault.sign)} {fault.words}" if fault.words else "https://… or mailto:name@host"
    return f"is no address ({why})"


def _named(link: Link, scheme: str, name: str, known: Known, problems: Problems) -> Iterator[Link]:
    id, _, anchor = name.partition("#")
    if is_unknown(id, ids := known.ids[scheme]):
        problems.add(link.place, f"unknown {scheme} {shown(id)} ({nearest(id, ids or ())})")
    elif scheme == "page" or scheme in BY_SCHEME:
        yield Link(link.text, link.href, link.place, f"{page_of(scheme, id)}#{anchor}")


def _relative(text: Text, href: str, place: Place, known: Known) -> Iterator[Link]:
    path, _, anchor = urllib.parse.unquote(href).partition("#")
    here = posixpath.dirname(text.page or "")
    target = posixpath.normpath(posixpath.join(here, path)) if text.page is not None and path else text.page
    if target not in known.files:
        yield Link(text, href, place, None if target is None else f"{target}#{anchor}")


class _Addresses:
    """Finds addresses in a text, which may have one several times, and within others."""

    def __init__(self, text: Text, masked: str) -> None:
        self._text = text
        self._masked = masked
        self._left: dict[str, deque[int]] = {}

    def place(self, href: str) -> Place:
        """The place of the next occurrence of an address; the last one again when there is no other."""
        if href not in self._left:
            self._left[href] = deque([*self._found(href)] or self._spelled.get(href, []))
        left = self._left[href]
        at = left.popleft() if len(left) > 1 else left[0] if left else None
        return self._text.place(href) if at is None else self._text.at(at)

    @cached_property
    def _spelled(self) -> dict[str, list[int]]:
        """The offsets of addresses that are written with entities, by the address that they mean."""
        found: dict[str, list[int]] = {}
        for written in _ADDRESS.finditer(self._masked):
            if "&" in written[0]:
                found.setdefault(html.unescape(written[0]), []).append(written.start())
        return found

    def is_written(self, href: str) -> bool:
        """Whether an address is in parentheses right after a link's text."""
        ends = (at + len(href) + 2 for at in _all(f"]({href}", self._masked))
        return any(after == ")" or after.isspace() for end in ends for after in self._masked[end : end + 1])

    def _found(self, href: str) -> Iterator[int]:
        if not href:
            yield from _all("](", self._masked)
            return
        bare = href.removeprefix("mailto:")
        for found in _all(bare, self._masked):
            at, end = found, found + len(bare)
            if bare != href and self._masked.endswith("mailto:", 0, at):
                at -= len("mailto:")
            before, after = self._masked[at - 1 : at] if at else "", self._masked[end : end + 1]
            if (not before or before in "(<" or before.isspace()) and (not after or after in ")>" or after.isspace()):
                yield at


def _all(excerpt: str, text: str) -> Iterator[int]:
    """Every offset at which an excerpt occurs."""
    at = text.find(excerpt)
    while at >= 0:
        yield at
        at = text.find(excerpt, at + len(excerpt))
