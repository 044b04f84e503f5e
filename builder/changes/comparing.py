"""The comparison: two states of a curriculum, module by module, and what is common to all modules.

In: two curricula, and the bytes of their images. Out: `Changes`. Touches nothing.

Order: modules as in the newer state, then those that are gone. What is common to all modules comes first if anything of
it changes the meeting or the printed guide, and otherwise last. Within a group the weightiest change comes first;
changes with the same weight are in the order of a guide and then of a reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from builder.changes import matching
from builder.changes.conversations import conversation_changes
from builder.changes.facilitation import agreement_changes, facilitation_changes
from builder.changes.figures import Images
from builder.changes.lists import attachment_changes, pages, settings, terms, work_names, works
from builder.changes.modules import module_changes
from builder.changes.phrases import module_name
from builder.changes.places import Plans, Subject
from builder.changes.texts import ended, plain
from builder.changes.words import ASIDE, ON_PAPER, Change, Changes, ModuleChanges
from builder.model.curriculum import Curriculum, Module

ALL = "All modules"


def between(old: Curriculum, new: Curriculum, images: tuple[Images, Images] = ({}, {})) -> Changes:
    """Compare two states of a curriculum; differences that nobody can notice are left out.

    Args:
        old: The older state.
        new: The newer state.
        images: The bytes of both states' images by their paths in the site's tree, as in `Loaded.images`. Without
            them, no image is reported as changed.
    """
    here = Subject(None, "settings", work_names(old, new), Plans.of(old.settings, new.settings))
    groups = tuple(group for group in _modules(here, old, new, images) if group.changes)
    everywhere = _group(None, ALL, _everywhere(here, old, new, images))
    if everywhere.changes:
        first = everywhere.changes[0].weight <= ON_PAPER
        groups = (everywhere, *groups) if first else (*groups, everywhere)
    return Changes(old.settings.edition, new.settings.edition, groups)


def _group(id: str | None, title: str, changes: Iterable[Change]) -> ModuleChanges:
    return ModuleChanges(id, title, tuple(sorted(changes, key=lambda change: change.weight)))


def _modules(here: Subject, old: Curriculum, new: Curriculum, images: tuple[Images, Images]) -> Iterator[ModuleChanges]:
    modules = matching.modules(old, new)
    questions = matching.questions(old, new, modules)
    was = {module.id: before for before, module in modules.both}
    for module in new.modules:
        where, before = replace(here, module=module.id, part="module"), was.get(module.id)
        if before is None:
            yield ModuleChanges(module.id, module_name(module), (_fate(where, module, new=True),))
            continue
        changes = [*module_changes(where, before, module, questions, images)]
        if module.number != before.number:
            what = f"This is now module {module.number} (was {before.number})."
            weight = ON_PAPER if module in modules.moved else ASIDE  # another number alone does not move it
            changes.insert(0, where.at(module.id).change("moved", what, weight))
        yield _group(module.id, module_name(module, before), changes)
    for module in modules.removed:
        where = replace(here, module=module.id, part="module")
        yield ModuleChanges(module.id, f"{module_name(module)} (gone)", (_fate(where, module, new=False),))


def _fate(where: Subject, module: Module, *, new: bool) -> Change:
    here = where.at(module.id)
    title = ended(plain(module.file.title))
    if new:
        return here.change("added", f"Module {module.number} is new: {title}", ON_PAPER)
    return here.change("removed", f"What was module {module.number} is gone: {title}", ON_PAPER)


def _everywhere(where: Subject, old: Curriculum, new: Curriculum, images: tuple[Images, Images]) -> Iterator[Change]:
    yield from settings(where, old.settings, new.settings)
    yield from agreement_changes(where, old.settings, new.settings)
    yield from facilitation_changes(where, old.facilitation, new.facilitation)
    yield from conversation_changes(where, old.conversations, new.conversations)
    yield from terms(where, old.glossary, new.glossary)
    yield from works(where, old, new)
    yield from pages(where, old, new, images)
    yield from attachment_changes(where, old, new)
