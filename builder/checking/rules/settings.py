"""Rules of the curriculum's settings and of its glossary.

In: located files. Out: problems and notices. Touches nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.checking.rules.choices import check_choices
from builder.checking.rules.ids import Named, unique
from builder.model.curriculum import Agreement, Contact, Settings, Term
from builder.model.kinds import is_placeholder
from builder.problems import Problems
from builder.sources import schema
from builder.sources.yaml import Located

_PLACEHOLDERS = {"url": "nothing prints it, and there is no QR code", "repository": "nothing prints it"}


@dataclass(frozen=True, slots=True)
class _Frame:
    """The needed fields of the settings."""

    modules: tuple[str, ...] | None
    url: str | None
    repository: str | None


@dataclass(frozen=True, slots=True)
class _Reached:
    email: str | None


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str | None
    term: str | None
    also: tuple[str, ...] | None


def check_settings(located: Located, problems: Problems) -> None:
    """Report what is wrong with the curriculum's settings, and mention placeholders."""
    frame = schema.partial(_Frame, Settings, located, ())
    agreements = schema.partial_list(Named, Agreement, located, ("agreements",), None) or ()
    unique(frame.modules or (), lambda at: located.place("modules", at), problems)
    unique([each.id for each in agreements], lambda at: located.place("agreements", at, "id"), problems)
    check_choices(located, problems)
    for key, lacking in _PLACEHOLDERS.items():
        if is_placeholder(getattr(frame, key) or ""):
            problems.notice(located.place(key), f"{key} is a placeholder ({lacking})")
    if is_placeholder(schema.partial(_Reached, Contact, located, ("contact",)).email or ""):
        problems.notice(located.place("contact", "email"), "contact is a placeholder")


def check_terms(terms: tuple[Term, ...] | None, located: Located, problems: Problems) -> None:
    """Report terms and forms of terms that are in the glossary twice."""
    entries = schema.partial_list(_Entry, Term, located, (), terms) or ()
    unique([entry.id for entry in entries], lambda at: located.place(at, "id"), problems)
    forms: list[tuple[str, tuple[str | int, ...]]] = []
    for at, entry in enumerate(entries):
        forms += [(_form(entry.term), (at, "term"))] if entry.term else []
        forms += [(_form(form), (at, "also", nth)) for nth, form in enumerate(entry.also or ())]
    unique([form for form, _ in forms], lambda nth: located.place(*forms[nth][1]), problems)


def _form(words: str) -> str:
    return " ".join(words.lower().split())
