"""Names: what a room has for others is called as nothing in another room is."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from test_house import module, parsed

MODULES = {module(path): tree for path, tree in parsed()}

DEFINED = {
    here: {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for here, tree in MODULES.items()
}
"""The functions and classes of each module, without their methods."""

IMPORTED = {
    (here, alias.asname or alias.name): (node.module.removeprefix("builder").removeprefix("."), alias.name)
    for here, tree in MODULES.items()
    for node in tree.body
    if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == "builder"
    for alias in node.names
}
"""Where each imported name comes from, by the module that imports it and the name there."""


def asked() -> Iterator[tuple[str, str, str]]:
    """Each name that a module imports, or asks another module for: the module, then the other and the name there."""
    for (here, _), (there, name) in IMPORTED.items():
        yield here, there, name
    for here, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                there = IMPORTED.get((here, node.value.id), ("", ""))
                yield here, ".".join(there).removeprefix("."), node.attr


def home(there: str, name: str) -> str | None:
    """The room that defines a name, which other modules may hand on; None for what is no function or class of ours."""
    while name not in DEFINED.get(there, ()):
        before, (there, name) = (there, name), IMPORTED.get((there, name), (there, name))
        if (there, name) == before:  # a module, or a value
            return None
    return there.partition(".")[0]


ALIKE = {
    "cohort": "`scaffold` writes the files of what `pipeline.beginnings` adds",
    "curriculum": "the same",
    "module": "the same",
}
"""Names that two rooms may have, and why."""


def test_one_public_name_is_in_one_room() -> None:
    """A function or a class that other rooms use has a name that no other room gives to one that others use."""
    homes: dict[str, set[str]] = {}
    for here, there, name in asked():
        room = home(there, name)
        if room is not None and room != here.partition(".")[0]:
            homes.setdefault(name, set()).add(room)
    assert {"Problems": {"problems"}, "Curriculum": {"model"}}.items() <= homes.items()
    assert {name: rooms for name, rooms in homes.items() if len(rooms) > 1 and name not in ALIKE} == {}
