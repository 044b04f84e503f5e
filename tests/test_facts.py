"""Facts for print: a layout and its dataclass know the same fields, and all words in a PDF are spelled alike."""

from __future__ import annotations

import dataclasses
import io
import re
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from output import printed
from test_calendars import hemlock, trial
from test_conversations import planted

from builder import pipeline, printing
from builder.changes import ON_PAPER, Change, Changes, ModuleChanges, WordRun
from builder.dialect import tree, words
from builder.documents import compose
from builder.model.cohorts import Cohort, Member, Pair, Person, Team
from builder.model.pages import PRINTED
from builder.press import Job, typeset
from builder.press.jobs import NEEDED, Setting
from builder.printing import Sheets, facts

LAYOUTS = Path(printing.__file__).parent.parent / "press" / "layouts"
KINDS = {
    kind.layout: kind
    for kind in vars(facts).values()
    if isinstance(kind, type) and issubclass(kind, facts.Facts) and hasattr(kind, "layout")
} | dict.fromkeys((page.scheme for page in PRINTED), facts.ModulePageFacts)
NAME, CURLY = "Maeve O'Brien", "Maeve O\u2019Brien"


def sources(name: str) -> dict[str, str]:
    """A layout and the files that it imports, at whatever depth, without their comments."""
    text = re.sub(r"^ *//.*|(?<![:\"]) // .*", "", (LAYOUTS / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = {name: text}
    for imported in re.findall(r'#import "/([^"]+)"', text):
        found |= sources(imported)
    return found


def records(hint: Any) -> Iterator[Any]:
    """The dataclasses in a type, and those in their fields."""
    if dataclasses.is_dataclass(hint):
        yield hint
        for each in typing.get_type_hints(hint).values():
            yield from records(each)
    for each in get_args(hint):
        yield from records(each)


def unknown(kind: Any, path: list[str]) -> bool:
    """Whether a path such as `facts.cover.members` begins outside the fields, or leaves them before it ends."""
    for step in path:
        own = {each.name for each in dataclasses.fields(kind)}
        if issubclass(kind, facts.Facts):
            own |= {each.name for each in dataclasses.fields(Setting)}
        if step not in own:
            return True
        hint = typing.get_type_hints(kind).get(step)
        kind = next((each for each in (hint, *get_args(hint)) if dataclasses.is_dataclass(each)), None)
        if kind is None or get_origin(hint) is tuple:
            return False  # what follows is a method of the value
    return not path


def test_each_layout_has_facts_of_its_own() -> None:
    """Every layout has one dataclass of facts, which those of a module's pages share."""
    assert set(KINDS) == {path.stem for path in LAYOUTS.glob("*.typ")}


@pytest.mark.parametrize("layout", KINDS)
def test_a_layout_reads_only_facts_that_it_has(layout: str) -> None:
    """Whatever a layout, or a file that it imports, reads of the facts is a field of its dataclass or of the press."""
    for name, text in sources(f"{layout}.typ").items():
        for found in re.finditer(r'(?<![\w"/-])facts((?:\.[a-z_]+)*)(?! = json\()(?![\w-])', text):
            assert not unknown(KINDS[layout], found[1].split(".")[1:]), f"{name}: {found[0]}"


@pytest.mark.parametrize("layout", KINDS)
def test_each_fact_is_read(layout: str) -> None:
    """Each field of a layout's facts is read by the layout, or by the press itself."""
    text = "\n".join(sources(f"{layout}.typ").values())
    own = [each.name for each in dataclasses.fields(KINDS[layout])]
    assert [name for name in own if name not in NEEDED and not re.search(rf"\bfacts\.{name}\b", text)] == []


def test_each_fact_within_another_is_read() -> None:
    """Each field of a meeting, a part, a change or another value within the facts is read by some layout."""
    text = "\n".join(text for layout in KINDS for text in sources(f"{layout}.typ").values())
    within = {kind for layout in KINDS.values() for kind in records(layout)} - {*KINDS.values()}
    fields = [(kind.__name__, each.name) for kind in within for each in dataclasses.fields(kind)]
    assert [field for field in fields if not re.search(rf"\w\.{field[1]}\b", text)] == []
    assert len(fields) > 30


@pytest.mark.parametrize("path", sorted(LAYOUTS.glob("*.typ")), ids=lambda path: path.name)
def test_no_layout_decides_by_words(path: Path) -> None:
    """No layout searches a text for a word of any language: what it has to know is data, a class or a key of a node."""
    searches = (
        r'(?:regex|contains|starts-with|ends-with|replace|split|match|matches|find|position)\("((?:[^"\\]|\\.)*)"'
    )
    sought = re.findall(searches, path.read_text(encoding="utf-8"))
    words = [each for each in sought if re.search(r"[^\W\d_]{2,}", re.sub(r"\\+\w|\\+p\w|u\{\w+\}", "", each))]
    assert [each for each in words if each not in {"xmlns", "<svg"}] == []


def filled(hint: Any, text: str) -> Any:
    """A value of a type, with this text wherever it may have one."""
    if get_origin(hint) is Annotated or hint is str:
        return text
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint, include_extras=True)
        return typing.cast("Any", hint)(
            **{each.name: filled(hints[each.name], text) for each in dataclasses.fields(hint)}
        )
    if get_origin(hint) is Mapping:
        return {}  # the program's own words, which have their signs
    if get_origin(hint) is tuple:
        return (filled(get_args(hint)[0], text),)
    return filled(get_args(hint)[0], text) if get_args(hint) else hint(1)


def leaves(value: Any, hint: Any) -> Iterator[tuple[str, Any]]:
    """Each text of encoded facts with its type."""
    if isinstance(value, str):
        yield value, hint
    elif isinstance(value, list):
        yield from leaves(value[0], get_args(hint)[0])
    elif value and isinstance(value, dict):
        kind = next(records(hint))
        hints = typing.get_type_hints(kind, include_extras=True)
        for name, each in value.items():
            yield from leaves(each, present(hints[name]))


def present(hint: Any) -> Any:
    """A type without None."""
    return get_args(hint)[0] if type(None) in get_args(hint) else hint


NAMES = st.from_regex(r"[A-Z][a-z]{1,9}['-][A-Z]?[a-z]{1,5}( \"[A-Z][a-z]{2,5}\")?( -- [A-Z]'s)?", fullmatch=True)


@settings(max_examples=20)
@given(name=NAMES)
def test_each_text_is_spelled_as_on_the_page(name: str) -> None:
    """Every text among the facts of a layout is spelled as the pages spell it, and what is verbatim is not touched."""
    spelled = words(tree(name))
    for kind in KINDS.values():
        found = list(leaves(facts.encoded(filled(kind, name)), kind))
        assert len(found) > len(dataclasses.fields(facts.Facts)) - 3
        for text, hint in found:
            if hint == facts.Verbatim:
                assert text == name
            elif get_origin(hint) is not Literal:
                assert text.replace("\u200b", "") == spelled


def test_a_long_word_may_be_divided_only_where_there_is_little_room() -> None:
    """A word longer than a line of the change sheet has a place to be divided there, and nowhere else."""
    long = "x" * 60
    sheet = facts.encoded(filled(KINDS["changes"], long))
    assert "\u200b" in sheet["changes"]["groups"][0]["title"]
    assert sheet["title"] == sheet["changes"]["title"] == long


def every_job(folder: Path) -> dict[str, Job]:
    """One PDF of each layout and each part of a packet, of people, teams and a curriculum with straight apostrophes."""
    read = pipeline.read(planted(folder))
    curriculum = read.loaded.curriculum
    (first, *others), settings = curriculum.modules, curriculum.settings
    named = dataclasses.replace(first.file, title=NAME, short_title=NAME)
    agreed = tuple(dataclasses.replace(each, text=f"{NAME} listens.") for each in settings.agreements)
    settings = dataclasses.replace(settings, title=f"{NAME}'s walks", agreements=agreed)
    modules = (dataclasses.replace(first, file=named), *others)
    sheets = Sheets(
        compose(dataclasses.replace(curriculum, modules=modules, settings=settings)), read.loaded.images, "letter"
    )
    team, cohort = party(first.id)
    changed = ModuleChanges(
        first.id,
        NAME,
        (Change(first.id, "question", "q", "changed", f"{NAME} asks.", ON_PAPER, (WordRun(NAME, "added"),)),),
    )
    changes = Changes("2026.1", "2026.2", (changed,))
    pair = Pair(id="heron", mentor=Person(name=NAME), student=Person(name=NAME))
    jobs = {part: printing.packet_job(sheets, cohort, team, part, changes) for part in printing.PARTS}
    jobs |= {offer.job.name: offer.job for offer in printing.offers(sheets) if not offer.job.facts["variant"]}
    jobs |= {f"pair-{reader}": printing.pair_job(sheets, cohort, pair, reader) for reader in printing.READERS}
    return jobs | {
        "packet": printing.packet_job(sheets, cohort, team, None, changes),
        "certificate": printing.certificate_job(sheets, cohort, team, "maeve", team.members[0]),
        "changes-of-all": printing.change_job(sheets, changes, "changes.pdf"),
    }


def party(module: str) -> tuple[Team, Cohort]:
    """A team and its cohort, in which everybody and every place has one name."""
    meeting = dataclasses.replace(hemlock().meetings[0], module=module)
    people = (dataclasses.replace(hemlock().facilitators[0], name=NAME),)
    team = dataclasses.replace(
        hemlock(), name=NAME, place=NAME, facilitators=people, members=(Member(name=NAME),), meetings=(meeting,)
    )
    return team, dataclasses.replace(trial(), file=dataclasses.replace(trial().file, name=NAME, teams=(team,)))


def test_a_name_has_one_apostrophe_in_every_pdf(tmp_path: Path) -> None:
    """In cover, run sheet, certificate, poster, change sheet and each other PDF a name has its curly apostrophe."""
    jobs = every_job(tmp_path)
    assert {job.layout for job in jobs.values()} == set(KINDS)
    for kind, job in jobs.items():
        path = tmp_path / "made.pdf"
        path.write_bytes(typeset(job).data)
        text = printed(path)
        with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
            title = str(pdf.docinfo.Title)
        assert NAME not in text + title, kind
        assert CURLY in text + title, kind
