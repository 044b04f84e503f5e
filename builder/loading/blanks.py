"""Blanks in the texts of a curriculum, what a program supplies for them, and texts that are yet to be written.

In: the files as read. Out: problems and notices. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.dialect.marks import TO_WRITE, blank_name, blanks
from builder.loading.files import Files
from builder.model.pages import SETTINGS
from builder.problems import Place, near, shown
from builder.sources.files import Source


def check_blanks(files: Files) -> None:
    """Report what a program supplies for no blank, and each text that `curriculum new` began and nobody has written."""
    _check_supplied(files)
    for source in files.sources.values():
        for place, _ in unwritten(source):
            files.problems.notice(place, "still to be written")


def _check_supplied(files: Files) -> None:
    """Report what a program supplies for no blank; a name that is near a blank's is a problem.

    If a file could not be read, not all blanks are known, and nothing is reported.
    """
    located = files.located.get(SETTINGS)
    settings = located.root.content if located else None
    given = settings.get("supplied") if isinstance(settings, dict) else None
    facts = given.content if given else None
    texts = {path for path in files.asked if path.endswith((".md", ".yml"))}
    if located is None or not isinstance(facts, dict) or texts - files.sources.keys():
        return
    asked = {blank_name(blank["blank"]) for text in files.texts() for blank in blanks(text.text)}
    names = {name.casefold() for name in asked}
    for name in facts:
        if name.casefold() in names:
            continue
        place, meant = located.key("supplied", name), near(name, asked)
        if meant:
            files.problems.add(place, f"no blank asks for {shown(name)} (did you mean {shown(meant)}?)")
        else:
            files.problems.notice(place, f"no blank asks for {shown(name)}")


def unwritten(source: Source) -> Iterator[tuple[Place, str]]:
    """The places of texts that are yet to be written, each with its line from there on."""
    at = source.text.find(TO_WRITE)
    while at >= 0:
        yield source.place(at), source.text[at:].partition("\n")[0].rstrip('"')
        at = source.text.find(TO_WRITE, at + 1)
