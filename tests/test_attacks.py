"""What strangers send never runs: hundreds of kinds of payload in every field, checked, built and opened.

`make test` tries each payload about once. `make fuzz` tries them all over the fields, and mutations of them, for as
many rounds as it is given.
"""

from __future__ import annotations

import itertools
import random
import sys
from collections.abc import Iterator
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from attacks import building, strangers, trying, watching
from attacks.arena import Arena, explained
from attacks.fields import lay_out
from attacks.payloads import FAMILIES, PAYLOADS, Payload, marked
from attacks.trying import attempt
from browser import launched, served
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from builder.model import works
from builder.model.cohorts import CohortFile
from builder.model.conversations import Conversations
from builder.model.curriculum import ModuleFile, Settings, Term
from builder.model.facilitation import Facilitation

SHORT, SITES = 4, 2
"""Rounds of the short version, in which each payload is planted, and how many sites are built of what is taken."""

WRITTEN = {
    "modules/curriculum.yml": Settings,
    "modules/facilitation.yml": Facilitation,
    "modules/conversations.yml": Conversations,
    "modules/glossary.yml": Term,
    "modules/first-steps/module.yml": ModuleFile,
    "cohorts/trial/cohort.yml": CohortFile,
}
"""The word of the model that each YAML file is."""

UNPLANTED = {("CohortFile", "edition"), ("CohortFile", "changes_since")}
"""Fields that hold the name of an edition and nothing else; `test_pinned` and `strangers` try those."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for all tests here."""
    with launched() as opened:
        yield opened


@pytest.fixture(scope="module")
def arena(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Arena:
    """The project under attack, whole, with a browser that has seen its pages without payloads."""
    folder = tmp_path_factory.mktemp("arena")
    return Arena(lay_out(folder / "project"), browser, folder)


def told(arena: Arena) -> str:
    """All faults of an arena, for people."""
    return "\n".join([str(arena.report), *arena.report.faults])


# The payloads and the fields themselves


def test_there_are_hundreds_of_kinds() -> None:
    """There are more than 300 kinds of payload, no two alike, and none of a family is without its sign."""
    plain = {(each.form == "name", each.text.replace(str(each.number), "")) for each in PAYLOADS}
    assert len(plain) == len(PAYLOADS) > 300
    assert {each.family for each in PAYLOADS} == {family for family, _ in FAMILIES}
    assert sum(str(each.number) in each.text for each in PAYLOADS) > 0.8 * len(PAYLOADS)


def keys(kind: Any) -> Iterator[tuple[str, str]]:
    """Every field of a word of the model and of the words in it."""
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind, include_extras=True)
        for each in fields_of(kind):
            yield kind.__name__, each.name
            yield from keys(hints[each.name])
    for inner in get_args(kind):
        yield from keys(inner)


def test_every_field_is_attacked(tmp_path: Path) -> None:
    """Each field that the model knows is in the sources under attack, so one that is added there is attacked, too."""
    project = lay_out(tmp_path / "project")
    for path, kind in WRITTEN.items():
        names = {part for each in project.files[path].fields for part in each.name.split(".")}
        assert [key for key in keys(kind) if key[1] not in names and key not in UNPLANTED] == [], path
    cited = {part for each in project.files["modules/references.yml"].fields for part in each.name.split(".")}
    assert works.Record.__annotations__.keys() - cited == set()
    assert trying.problems(project) == ()


# The walls


def test_a_browser_shows_what_would_run(browser: Browser, tmp_path: Path) -> None:
    """Without any wall the watch reports what runs, each kind of it: it could not otherwise miss nothing."""
    for name, inside in strangers.HOLES.items():
        (tmp_path / f"{name}.html").write_text(f"<!DOCTYPE html><title>x</title>{marked(inside, 7)}", encoding="utf-8")
    (tmp_path / watching.BLANK).write_text("", encoding="utf-8")
    pages = [f"{name}.html" for name in strangers.HOLES]
    nothing = watching.Known((), (), ())
    with served(tmp_path) as base:
        for glance in (True, False):
            with watching.watching(browser, tmp_path, policy=True, known=nothing) as watch:
                if glance:
                    watch.glance(base, pages)
                for page in () if glance else pages:
                    watch.open(f"{base}{page}")
            for name, sign in strangers.SEEN.items():
                found = [fault for fault in watch.faults if sign in fault]
                assert [fault for fault in found if f"{name}.html" in fault or sign.startswith("asks")], (name, found)


def test_nothing_that_a_source_says_runs(arena: Arena, fuzz: int) -> None:
    """Whatever is written into whatever field or added file: it is refused at its place, or built and does nothing."""
    rounds = trying.rounds(arena.project, seed=12)
    notes = itertools.cycle(each.text for each in PAYLOADS if each.form == "inline")
    taken = arena.sift(list(trying.added()))
    left = fuzz or SHORT
    while left > 0:
        taken += [each for batch in itertools.islice(rounds, min(left, SHORT)) for each in arena.sift(batch)]
        left -= SHORT
        for batch in itertools.islice(trying.packed(arena.project, taken), None if fuzz else SITES):
            arena.attack(batch, next(notes))
        taken = []
        if fuzz:
            print(f"{arena.report}; {max(left, 0)} rounds to go", file=sys.stderr)
    assert not arena.report.faults, told(arena)


def test_no_name_of_a_cohort_runs(browser: Browser, tmp_path: Path, fuzz: int) -> None:
    """The overview shows every name and place as it was written; what is refused is refused in the cohort's file."""
    project = lay_out(tmp_path / "project")
    known, taken = None, 0
    for number, batch in enumerate(itertools.islice(strangers.cohorts(project), None if fuzz else 2)):
        outcome = trying.sift(project, batch)
        site = tmp_path / f"overview-{number}"
        building.make_overviews(project.root, site)
        with served(site) as base, watching.watching(browser, site, policy=False, known=known) as watch:
            watch.glance(base, watching.pages(site))
        assert not explained([*outcome.faults, *watch.faults], outcome.taken)
        known = known or watching.Known.of([watch])
        taken += len(outcome.taken)
    assert taken > 100


def test_no_edition_of_a_stranger_runs(browser: Browser, tmp_path: Path) -> None:
    """What archives and words of withdrawal say stands as text on the pages beside the editions."""
    inline = [each.text for each in PAYLOADS if each.form == "inline"]
    texts = random.Random(7).sample(inline, 24)
    known = None
    for at, some in enumerate((["Words"] * 4, texts)):
        public = tmp_path / f"public-{at}"
        assert strangers.publish(tmp_path / f"editions-{at}", public, some) > len(some) / 2
        with served(public) as base:
            for policy in (False, True) if known else (True,):
                with watching.watching(browser, public, policy=policy, known=known) as watch:
                    watch.glance(base, strangers.beside(public))
                    for page in ("index.html", "editions/index.html", "no/such/page.html"):
                        watch.open(f"{base}{page}")
                    assert not watch.faults
        known = watching.Known.of([watch])


# Mutations, in the long version alone

MUTATIONS = {
    "letters": lambda text, at: text[:at].swapcase() + text[at:],
    "entity": lambda text, at: f"{text[:at]}&#{ord(text[at])};{text[at + 1 :]}",
    "zero width": lambda text, at: f"{text[:at]}\u200b{text[at:]}",
    "null": lambda text, at: f"{text[:at]}\0{text[at:]}",
    "line": lambda text, at: f"{text[:at]}\n{text[at:]}",
    "code": lambda text, at: f"{text[:at]}`{text[at:]}`",
    "backslash": lambda text, at: f"{text[:at]}\\{text[at:]}",
    "quote": lambda text, at: f'{text[:at]}"{text[at:]}',
    "twice": lambda text, at: f"{text[:at]}{text}{text[at:]}",
    "percent": lambda text, at: f"{text[:at]}%{ord(text[at]) % 256:02x}{text[at + 1 :]}",
    "cut": lambda text, at: text[at:] or text,
    "comment": lambda text, at: f"{text[:at]}<!-- -->{text[at:]}",
}


@st.composite
def mutated(draw: st.DrawFn) -> Payload:
    """Two payloads, one within or after the other, changed a few times."""
    one, other = (draw(st.sampled_from([each for each in PAYLOADS if each.form in {"inline", "block"}])) for _ in "12")
    text = draw(st.sampled_from([one.text, one.text + other.text, f"{one.text} {other.text}", f"`{one.text}`"]))
    for name in draw(st.lists(st.sampled_from(sorted(MUTATIONS)), max_size=3)):
        text = MUTATIONS[name](text, draw(st.integers(0, len(text) - 1)))
    return Payload(one.number, "mutations", one.form, text)


def test_no_mutation_runs(arena: Arena, fuzz: int) -> None:
    """Payloads that nobody has written: pairs of them, changed by chance."""
    if not fuzz:
        pytest.skip("a part of the long version: make fuzz")
    places = [each for each in arena.project.fields if not each.refers]

    @settings(max_examples=max(fuzz // 2, 1), database=None, derandomize=False, suppress_health_check=list(HealthCheck))
    @given(st.lists(mutated(), min_size=40, max_size=160), st.integers(0, 1 << 30))
    def attacked(payloads: list[Payload], seed: int) -> None:
        chance = random.Random(seed)
        arena.report.faults.clear()
        for batch in trying.packed(arena.project, [attempt(each, chance.choice(places), chance) for each in payloads])[
            :1
        ]:
            arena.attack(batch)
        assert not arena.report.faults, told(arena)

    attacked()
    print(arena.report, file=sys.stderr)
