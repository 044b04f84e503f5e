"""A module's discussion guide, in order of time, for facilitators.

In: the curriculum and one module. Out: a `Document` that becomes a page, a PDF and part of every packet.
"""

from __future__ import annotations

from typing import Any

from builder.dialect import solutions, split_audiences
from builder.documents.apparatus import Apparatus
from builder.documents.messages import following, message
from builder.documents.templating import fill
from builder.model import clock
from builder.model.curriculum import Curriculum, Module
from builder.model.documents import Document
from builder.model.facilitation import Facilitation
from builder.model.pages import FACILITATION, page_of

PDF_HERE = "[PDF]"
"""The place in a guide's text where the page offers the PDF; the PDF itself drops it."""


def guide(apparatus: Apparatus, module: Module, plan: int | None = None) -> Document:
    """Compose a module's guide for meetings of one length (the longest if none is named), with its running clock.

    A shorter plan's guide leaves out the activities that it drops; their questions are among those for spare time.
    """
    lengths, words = apparatus.curriculum.settings.meeting_lengths, apparatus.words
    length = plan or max(lengths)
    parts = (module.reading, *module.handouts)
    solved = {part.path: [*solutions(part.text)] for part in parts}
    notes = {part.path: split_audiences(part.text)[1] for part in parts}
    path = page_of("guide", module.id)
    sheet = sheet_of(apparatus.curriculum, module, length)
    slots = sheet["plans"][length]
    shown = [each for each in sheet["activities"] if slots[each.id] or length == max(lengths)]
    running = [each for each in shown if slots[each.id]]
    asked = {id for activity in running for id in activity.questions}
    markdown = fill(
        "guide",
        words,
        **sheet,
        told=shown,
        opening=next((each.id for each in running if each.kind == "opening"), None),
        commits=any(each.kind == "commitment" for each in shown),
        rest=[question.id for question in module.file.questions if question.id not in asked],
        notes=[note for part in notes.values() for note in part],
        solutions=[each for part in solved.values() for each in part],
        message=message(apparatus, module, module.number, following(apparatus, module)),
    )
    return Document(
        path=path,
        title=words.say("titles.guide", module=module.file.short_title),
        description=words.say("titles.guide-about", number=module.number, module=module.file.title),
        audience="facilitators",
        markdown=apparatus.finish(path, markdown),
        sources=(
            module.path,
            *(path for path, part in notes.items() if part or solved[path] or path == module.reading.path),
            *([FACILITATION] if apparatus.curriculum.facilitation != Facilitation() else []),
        ),
    )


def sheet_of(curriculum: Curriculum, module: Module, length: int) -> dict[str, Any]:
    """What a run sheet shows: for each plan the slot of each activity, None if it is dropped, and the end.

    Activities that no plan has time for are left out.
    """
    slots = {plan: clock.running(module, plan) for plan in curriculum.settings.meeting_lengths}
    found = {plan: {slot.activity.id: slot for slot in each} for plan, each in slots.items()}
    activities = [each for each in module.file.agenda if any(each.id in slots for slots in found.values())]
    ids = [activity.id for activity in activities]
    return {
        "c": curriculum,
        "m": module,
        "length": length,
        "activities": activities,
        "plans": {plan: {id: each.get(id) for id in ids} for plan, each in found.items()},
        "until": {plan: each[-1].until for plan, each in slots.items()},
    }
