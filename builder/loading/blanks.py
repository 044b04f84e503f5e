"""Blanks in the texts of a curriculum, and what a program supplies for them.

In: the files as read. Out: problems and notices. Touches nothing.
"""

from __future__ import annotations

from builder.dialect.marks import blank_name, blanks
from builder.loading.files import Files
from builder.model.pages import SETTINGS
from builder.problems import near, shown


def check_supplied(files: Files) -> None:
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
