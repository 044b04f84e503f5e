"""What `check` accepts is built, and every word of it is on the page and in print, whatever block is in which."""

from __future__ import annotations

import itertools
import random
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from authored import INNER, OUTER, WORD, Author, Lines
from conftest import Project
from output import small
from structure import heard

from builder import dialect, pipeline, printing
from builder.checking.texts import Known, Text, proofread
from builder.pipeline import Built
from builder.press import typeset
from builder.printing import Sheets
from builder.problems import Problems
from builder.sources.files import Source

MODULE = "modules/first-steps/module.yml"
SHEET = "modules/first-steps/handouts/sheet.md"
READING = "modules/first-steps/reading.md"
NOTES = "docs/guide/notes.md"

FIELDS = (
    ("agenda", 0, "instructions"), ("questions", 0, "ask"), ("questions", 0, "purpose"),
    ("questions", 0, "listen_for", 0), ("questions", 0, "follow_ups", 0), ("questions", 0, "if_it_stalls"),
    ("materials", 0), ("key_points", 0), ("commitment", "practice"), ("content_note",),
    ("reflection", "prompts", 0, "text"),
)  # fmt: skip
"""Texts of a module that may hold all Markdown that a text in YAML may."""

HEADS = {
    SHEET: "## Your plan\n\n",
    READING: "Walking is old. See [the map](#maps).\n\n## Maps {: #maps }\n\n",
    NOTES: "# Notes\n\n## Before {: #before }\n\n",
}

UNSEEN = re.compile(r'title="[^"]*"|!\[[^]]*\]')

PRINTS = ("first-steps-guide.pdf", "first-steps-handout.pdf")

KNOWN = Known(
    ids={scheme: frozenset(["next-steps"]) for scheme in ("module", "guide", "handout", "question", "term", "page")},
    works=frozenset(["hall-2015"]),
    files=frozenset(["modules/first-steps/images/map.svg"]),
    supplied=frozenset(),
)

SEEDS = 4


@dataclass
class Written:
    """One curriculum by chance: what each file and field holds, block by block."""

    files: dict[str, list[Lines]] = field(default_factory=dict)
    fields: dict[tuple[str | int, ...], str] = field(default_factory=dict)
    refused: int = 0

    def words(self, *, paper: bool) -> dict[str, str]:
        """Each word with the block that holds it; for paper without words of images and titles, and without pages."""
        files = [SHEET] if paper else self.files
        blocks = [*("\n".join(lines) for path in files for lines in self.files[path]), *self.fields.values()]
        seen = ((block, UNSEEN.sub("", block) if paper else block) for block in blocks)
        return {word: block for block, text in seen for word in WORD.findall(text)}


def is_accepted(text: str, form: Any) -> bool:
    """Whether proofreading finds nothing wrong with a text that is alone."""
    problems = Problems()
    source = Source(READING, text)
    read = Text(source, 0, len(text), text, form, "modules/first-steps/index.md", "modules/first-steps")
    proofread(read, KNOWN, problems)
    return not problems.stopping


def write(chance: random.Random, blocks: int = 14) -> Written:
    """Write until each file has so many blocks that are accepted, and each field one."""
    made = Written()
    numbers = iter(range(1 << 18))
    for path in (SHEET, READING, NOTES):
        kept = made.files.setdefault(path, [])
        while len(kept) < blocks:
            author = Author(chance, for_facilitators=path != NOTES, numbers=numbers)
            lines = author.block(3)
            lines += [line for note in author.notes for line in ("", *note)]
            if is_accepted(HEADS[path] + "\n".join(lines), "page" if path == NOTES else "part"):
                kept.append(lines)
            else:
                made.refused += 1
    for each in FIELDS:
        while each not in made.fields:
            text = "\n".join(Author(chance, files=False, numbers=numbers).blocks(3, 2))
            if is_accepted(text, "value"):
                made.fields[each] = text
            else:
                made.refused += 1
    return made


def plant(project: Project, made: Written) -> None:
    """Put what was written into a small curriculum."""
    for path, blocks in made.files.items():
        project.write(path, HEADS[path] + "\n\n".join("\n".join(lines) for lines in blocks) + "\n")
    module = yaml.safe_load(project.read(MODULE))
    for steps, text in made.fields.items():
        at: Any = module
        for step in steps[:-1]:
            at = at[step]
        at[steps[-1]] = text
    project.write(MODULE, yaml.dump(module, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000))


class _Dumper(yaml.SafeDumper):
    """Writes texts as authors do: in double quotes, or, with several lines, as they are."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else '"')


_Dumper.add_representer(str, _text)


def printed(built: Built, folder: Path) -> str:
    """All that is heard of the guide and the handout of the first module, without white space and hyphens."""
    said = ""
    for offer in printing.offers(Sheets(built.documents, built.loaded.images, "letter")):
        if offer.job.name.endswith(PRINTS):
            path = folder / offer.job.name.rpartition("/")[2]
            path.write_bytes(typeset(offer.job).data)
            said += heard(path).root.text
    return "".join(re.sub(r"[\ufffe\u2010\u00ad-]", "", said).split())


def pages(built: Built) -> str:
    """All that the composed pages say, alternative texts and titles included."""
    return "".join(dialect.html(each.markdown) for each in built.documents.all)


def lost(made: Written, said: str, *, paper: bool) -> list[str]:
    """Words that are nowhere, each with its block. Print has no titles of marks, and says an image's words unseen."""
    there = set(WORD.findall(said))
    return [f"{word} of\n{block}" for word, block in made.words(paper=paper).items() if word not in there]


def find_all(folder: Path, made: Written) -> None:
    """Check, build and print what was written, and find every word."""
    project = small(folder / "project")
    plant(project, made)
    built = pipeline.read(project.root)
    assert not lost(made, pages(built), paper=False)
    assert not lost(made, printed(built, folder), paper=True)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_word_is_lost(tmp_path: Path, seed: int) -> None:
    """Texts by chance, each accepted by itself, are accepted together, and each of their words is read and printed."""
    made = write(random.Random(seed))
    find_all(tmp_path, made)
    accepted = sum(map(len, made.files.values())) + len(made.fields)
    assert accepted > made.refused, "most of what authors might write is refused, so that little is tried"


REFUSED = {
    *((outer, "fence") for outer in OUTER if outer != "tasks"),  # code in another block is indented
    *(("quotation", inner) for inner in ("teaching", "write", "figure", "facilitator", "solution")),
    *((outer, "solution") for outer in ("list", "numbered", "definition")),
}
"""Kinds that may not be in another kind, which the check says at their place."""


def test_every_kind_of_block_in_every_other(tmp_path: Path) -> None:
    """Whatever kind of block is within another, each of its words is read and printed, or it is refused where it is."""
    made, numbers, refused = Written({SHEET: [], READING: [], NOTES: []}), iter(range(1 << 18)), set()
    for seed, (outer, inner) in enumerate(itertools.product(OUTER, INNER)):
        author = Author(random.Random(seed), numbers=numbers, inner=inner)
        lines = author.kind(outer)
        lines += [line for note in author.notes for line in ("", *note)]
        if is_accepted(HEADS[SHEET] + "\n".join(lines), "part"):
            made.files[SHEET].append(lines)
        else:
            refused.add((outer, inner))
    assert refused == REFUSED
    find_all(tmp_path, made)


def test_no_word_is_lost_in_the_long_run(tmp_path: Path, fuzz: int) -> None:
    """The same, for as many rounds as `make fuzz` is given."""
    if not fuzz:
        pytest.skip("a part of the long version: make fuzz")
    for seed in range(SEEDS, SEEDS + 10 * fuzz):
        print(f"seed {seed}", file=sys.stderr)
        find_all(tmp_path / str(seed), write(random.Random(seed)))
