"""Every field of the model is reported by `curriculum changes` when it differs, or declared silent, with the reason."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, get_args

import pytest
from fields import check, whole

from builder import changes
from builder.checking.rules.choices import ACTIVITY_KINDS
from builder.model.curriculum import Curriculum, Lead

SILENT = {
    "Settings.format": "how files are read",
    "Settings.edition": "stands at the head of what is reported",
    "Settings.edition_date": "stamps files; each edition has its own",
    "Settings.url": "where the site is; each edition has its own",
    "Settings.repository": "where the sources are kept, for those who change them",
    "Settings.modules": "the modules themselves are compared",
    "Settings.activity_kinds": "what an activity may be, which is shown nowhere",
    "Settings.verbs": "with what an objective may begin; the objectives themselves are compared",
    "Settings.not_published": "files that are no pages",
    "Settings.gone": "what is gone is reported where it was; this is what its old address answers",
    "Gone.was": "as Settings.gone",
    "Gone.why": "as Settings.gone",
    "Gone.instead": "as Settings.gone",
    "Objective.shown": "for those who check a module; shown nowhere",
    "Activity.kind": "shown nowhere; the activity in which the commitment is made is reported",
    "Question.objectives": "for those who check a module; shown nowhere",
    "Question.formerly": "by this it is matched",
    "ModuleFile.formerly": "by this it is matched",
    "Module.path": "where the file is kept",
    "Module.images": "images are compared by their bytes",
    "Reference.supports": "a note for those who edit the sources; shown nowhere",
    "Reference.caution": "a note for those who edit the sources; shown nowhere",
    "Term.also": "by these forms a term is found in texts; shown nowhere",
    "Curriculum.path": "where the file is kept",
    "Attachment.size": "differs only with the digest",
}
"""Fields whose change is not reported, each with the reason: nobody who reads or prints could notice it."""


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Curriculum:
    """A curriculum in which every optional field is filled."""
    loaded, _ = check(whole(tmp_path_factory.mktemp("whole")))
    assert loaded is not None
    return loaded.curriculum


def others(value: Any) -> Iterator[tuple[str, Any]]:
    """A value with one field of it changed, anywhere in it, with the name of that field, such as `Question.ask`."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            name, content = f"{type(value).__name__}.{field.name}", getattr(value, field.name)
            if content is not None and content != () and not dataclasses.is_dataclass(content):
                yield name, dataclasses.replace(value, **{field.name: another(content)})
            for inner, other in others(content):
                yield inner, dataclasses.replace(value, **{field.name: other})
                if dataclasses.is_dataclass(content):
                    yield name, dataclasses.replace(value, **{field.name: other})
    elif isinstance(value, tuple):
        for at, each in enumerate(value):
            for inner, other in others(each):
                yield inner, (*value[:at], other, *value[at + 1 :])


CHOICES = (get_args(Lead), ACTIVITY_KINDS, (True, False))


def another(value: Any) -> Any:
    """Another value of the same type; of a list, one entry less."""
    choices = next((each for each in CHOICES if value in each and type(value) in {str, bool}), None)
    if choices is not None:
        made: Any = next(each for each in choices if each != value)
    elif isinstance(value, str):
        made = f"{value}-anew" if value.islower() and " " not in value else f"{value} Anew."
    elif isinstance(value, tuple):
        made = value[:-1]
    elif isinstance(value, Mapping):
        made = {
            key: each if key == "id" or isinstance(each, list | dict) else another(each) for key, each in value.items()
        }
    else:
        made = value + (dt.timedelta(days=1) if isinstance(value, dt.date) else 1)
    return made


def names(value: Any) -> Iterator[str]:
    """The names of all fields in a value, whether they are filled or not."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield f"{type(value).__name__}.{field.name}"
            yield from names(getattr(value, field.name))
    for each in value if isinstance(value, tuple) else ():
        yield from names(each)


NOT_ALONE = {"Question.id", "ModuleFile.questions", "Shortened.activity"}
"""What cannot differ alone, because other fields name the same: `test_changes` has a test of each."""


def test_a_change_of_any_field_is_reported_or_declared_silent(old: Curriculum) -> None:
    """Each field of the model is changed alone: it is reported, or in the table of what is silent, and not in both."""
    reported: dict[str, bool] = {}
    for name, new in others(old):
        if name not in NOT_ALONE:
            reported[name] = reported.get(name, False) or bool(changes.between(old, new))
    assert {name for name, was in reported.items() if not was} == SILENT.keys()
    assert {*names(old)} == reported.keys() | NOT_ALONE, "a field that the curriculum for tests never fills"
