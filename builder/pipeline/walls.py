"""The walls between what authors wrote and what browsers run: around composed texts, and around finished files.

In: a stage, or finished files; the sources that they come from. Out: problems, if possible at their place in a source.
Touches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from builder import dialect, documents, markup, site
from builder.markup import Fault
from builder.problems import Place, Problems
from builder.site import Stage
from builder.sources.files import Source

_SHOWN = 3
"""How many pages are named in one message."""


def check_composed(stage: Stage, sources: Mapping[str, str], problems: Problems) -> None:
    """Convert the Markdown of a stage, and report everything in it that we do not make, where it was written.

    `sources` are the texts of all sources by their paths.
    """
    found: dict[tuple[Place, str], list[str]] = {}
    for path, data in stage.files.items():
        for fault in _faults(path, data):
            place = _place(fault, stage.sources[path], sources)
            found.setdefault((place, fault.what), []).append(path)
    for (place, what), pages in found.items():
        problems.add(place, _message(what, list(dict.fromkeys(pages))))


def check_stage(stage: Stage, sources: Mapping[str, str]) -> None:
    """Raise `Stopped` if the pages of a stage, links to PDFs included, would have parts that we do not make."""
    problems = Problems()
    check_composed(stage, sources, problems)
    problems.stop_if_any()


def check_files(
    files: Iterable[tuple[str, bytes]],
    sources: Mapping[str, Sequence[str]],
    problems: Problems,
    *,
    preview: bool = False,
) -> None:
    """Report everything in finished files of a site that we do not make; each is parsed by its kind.

    Args:
        files: The files with their published paths.
        sources: The sources of files, as far as they are known, by published paths.
        problems: Takes the problems.
        preview: Whether the host adds a script of its own, which the policy of a preview allows.
    """
    policies = documents.POLICIES | ({markup.PREVIEW_POLICY} if preview else frozenset())
    for path, data in files:
        for fault in markup.faults_of_file(path, data, documents.SCRIPTS, policies):
            of = f"; the page is made of {', '.join(sources[path])}" if sources.get(path) else ""
            problems.add(Place(path), f"{fault.what} is in a finished file, and we make no such{of}")


def judged(path: str, data: bytes) -> bytes:
    """Return a finished file as it is. Raises `Stopped` if it is a page with parts that we do not make."""
    problems = Problems()
    if path.endswith(".html"):
        check_files([(path, data)], {}, problems)
    problems.stop_if_any()
    return data


def _faults(path: str, data: bytes) -> Sequence[Fault]:
    if path.endswith(".md"):
        return markup.clean(dialect.html(site.body(data.decode())))[1]
    return markup.faults_of_file(path, data, documents.SCRIPTS, documents.POLICIES)


def _message(what: str, pages: list[str]) -> str:
    more = f" and {len(pages) - _SHOWN} more" if len(pages) > _SHOWN else ""
    return f"{what} would be on a page, and no page of ours has such: {', '.join(pages[:_SHOWN])}{more}"


def _place(fault: Fault, own: Sequence[str], sources: Mapping[str, str]) -> Place:
    """Find where a fault was written: the most certain excerpt first, the page's own sources before all others."""
    paths = [path for path in own if path in sources]
    rest = sorted(path for path in sources if path.startswith("modules/") and path not in paths)
    for excerpt in filter(None, fault.excerpts):
        written = re.compile(_written(excerpt), re.IGNORECASE)
        for path in (*paths, *rest):
            if found := written.search(sources[path]):
                return Source(path, sources[path]).place(found.start())
    return Place(next(iter(own), "."))


def _written(excerpt: str) -> str:
    """A pattern for an excerpt, in which characters with a meaning in HTML may be written as entities."""
    return "".join(_ENTITIES.get(sign, re.escape(sign)) for sign in excerpt[:200])


_ENTITIES = {
    "<": r"(?:<|&lt;?|&#0*60;?|&#x0*3c;?)",
    ">": r"(?:>|&gt;?|&#0*62;?|&#x0*3e;?)",
    "&": r"&(?:amp;)?",
    '"': r"(?:\\?\"|&quot;?|&#0*34;?|&#x0*22;?)",
}
