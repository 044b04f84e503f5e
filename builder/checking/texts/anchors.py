"""Anchors that authors write, such as `{: #maps }`: each is unique on its page, and none is one of the program's own.

In: one text and its tree; later, all sources and the documents made from them. Out: problems. The dialect keeps the ids
unique that headings and footnotes get by themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from builder import dialect
from builder.checking.texts.texts import Text, is_within
from builder.model.pages import GLOSSARY, SETTINGS
from builder.problems import Place, Problems, shown
from builder.sources.files import Source

_LIST = re.compile(r"\{[^{}\n]+\}")
_ID = re.compile(r"""(?:^\{:?|[ ])(?:#|id=["']?)(?P<id>[^\s}"'=]+)""")
_NOTE = re.compile(r"^ {0,3}(?P<mark>\[\^[^\]\n]+\]):", re.MULTILINE)
_ANYWHERE = (SETTINGS, GLOSSARY)
"""Files whose texts any page may show."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    id: str
    place: Place
    apart: bool  # in facilitators' text, which another page shows


class Page(Protocol):
    """A composed page or handout: its Markdown, and the sources that it shows."""

    @property
    def sources(self) -> Sequence[str]:
        """Paths of the files whose texts it shows."""

    @property
    def markdown(self) -> str:
        """The composed Markdown."""

    @property
    def audience(self) -> str:
        """For whom it is, such as `facilitators`."""


def check(text: Text, masked: str, tree: dialect.Node, problems: Problems) -> None:
    """Report an anchor that is in one text twice."""
    written = list(_written(text.text, masked))
    made = dialect.ids(tree) if len(written) > 1 else Counter()
    first: dict[tuple[str, bool], Place] = {}
    for found, id, apart in written:
        place = text.at(found.start())
        before = first.setdefault((id, apart), place)
        if before != place and made[id] > 1:
            problems.add(place, f"anchor {shown(id)} twice (first on line {before.line})")


def check_anchors(sources: Mapping[str, str], pages: Sequence[Page], problems: Problems) -> None:
    """Report anchors and footnotes that occur on one page twice, from several texts or from a text and the program.

    Args:
        sources: The texts of authored files by path.
        pages: All composed documents.
        problems: Takes the problems.
    """
    anchors: dict[str, list[_Anchor]] = {}  # by the file in which they are written
    for path, text in sorted(sources.items()):
        source = Source(path, text)
        for found, id, apart in _written(text, dialect.without_code(text)) if _LIST.search(text) else ():
            anchors.setdefault(path, []).append(_Anchor(id, source.place(found.start()), apart))
    for page in pages:
        on_page: dict[str, list[_Anchor]] = {}
        for path in sorted({*page.sources, *_ANYWHERE} & anchors.keys()):
            for anchor in anchors[path]:
                if path.endswith(".yml") or anchor.apart == (page.audience == "facilitators"):
                    on_page.setdefault(anchor.id, []).append(anchor)
        shown_here = {id: each for id, each in on_page.items() if id in page.markdown}
        made = dialect.ids(dialect.tree(page.markdown)) if shown_here else Counter[str]()
        for id, each in shown_here.items():
            _report(id, each, made[id], problems)
    _notes(sources, pages, problems)


def _notes(sources: Mapping[str, str], pages: Sequence[Page], problems: Problems) -> None:
    """Report footnotes with the same name in several texts of one page: the last would replace the others."""
    for page in (page for page in pages if page.audience == "everyone"):
        first: dict[str, Place] = {}
        for path in (path for path in page.sources if path.endswith(".md") and path in sources):
            for found in _NOTE.finditer(dialect.without_code(sources[path])):
                place = Source(path, sources[path]).place(found.start("mark"))
                before = first.setdefault(found["mark"], place)
                if before.path != path:
                    where = f"in {before.path}, line {before.line}, on the same page"
                    problems.add(place, f"footnote {found['mark']} twice (first {where}; choose another name)")


def _report(id: str, anchors: list[_Anchor], made: int, problems: Problems) -> None:
    """Report the anchors of one name on a page: all if the page itself has one more, else those after the first."""
    if made > len(anchors):
        for anchor in anchors:
            message = f"anchor {shown(id)} is one of the program's own on this page (choose another: {{: #my-{id} }})"
            problems.add(anchor.place, message)
    elif made > 1:
        first = anchors[0].place
        for anchor in anchors[1:]:
            same = anchor.place.path == first.path
            where = f"on line {first.line}" if same else f"in {first.path}, line {first.line}, on the same page"
            problems.add(anchor.place, f"anchor {shown(id)} twice (first {where})")


def _written(text: str, masked: str) -> Iterator[tuple[re.Match[str], str, bool]]:
    """What looks like an anchor, its name, and whether it is in facilitators' text; the tree decides what is one."""
    named = [(found, name["id"]) for found in _LIST.finditer(masked) if (name := _ID.search(found[0]))]
    apart = [(block.start(), end) for block, end in dialect.whole_blocks(text, "facilitator")] if named else []
    for found, id in named:
        yield found, id, is_within(found.start(), apart)
