"""The facilitators' pages agree with the modules that they repeat, and keep their own promises."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs/facilitate"
CITED = re.compile(r"\s*\[@[^\]]*\]")


def read(path: str) -> Any:
    """Read a YAML file of the curriculum."""
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def modules() -> list[str]:
    """Read the modules' ids in their order."""
    return list(read("modules/curriculum.yml")["modules"])


def module(name: str) -> Any:
    """Read what is in a module's file."""
    return read(f"modules/{name}/module.yml")


def plain(text: str) -> str:
    """Say a text on one line, without citations and the signs of a quotation."""
    return " ".join(re.sub(r"^>", "", CITED.sub("", text), flags=re.MULTILINE).split())


def page(name: str) -> str:
    """Read one of the facilitators' pages."""
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def test_the_messages_after_meetings_stand_in_the_guides() -> None:
    """The page of messages leads to the message at the end of each guide, in order, and repeats none of them."""
    text = page("follow-up")
    assert re.findall(r"\(guide:([\w-]+)#message\)", text) == modules()
    whole = plain(text)
    assert not [name for name in modules() if plain(module(name)["commitment"]["if_then"]) in whole]


def test_messages_hold_neither_links_nor_citations() -> None:
    """What is meant to be copied, in quotations, has no mark of this curriculum except a program's blank."""
    for name in ("follow-up", "prepare", "start", "evaluation"):
        quoted = [line for line in page(name).splitlines() if line.startswith(">")]
        assert quoted, name
        assert not [line for line in quoted if "[@" in line or "](" in line], name


def test_blanks_stand_on_one_line() -> None:
    """A blank broken over two lines of a quotation would become another blank, so none is."""
    for path in sorted(PAGES.glob("*.md")):
        opened = re.findall(r"\[PROGRAM TO SUPPLY:[^\]]*", path.read_text(encoding="utf-8"))
        assert not [blank for blank in opened if "\n" in blank], path.name


def test_worked_example_stands_in_the_guide() -> None:
    """The question by which the page on preparing explains a guide is asked in the first module as it is there."""
    asked = {question["id"]: question for question in module("shared-purpose")["questions"]}["word-to-keep"]
    text = page("prepare")
    assert "(question:word-to-keep)" in text
    assert f'"{asked["ask"]}"' in text
    assert any(f'"{follow_up}"' in text for follow_up in asked["follow_ups"])


def test_page_of_the_hour_leads_to_every_other() -> None:
    """The first page for facilitators leads to each of the others."""
    others = {path.stem for path in PAGES.glob("*.md")} - {"index"} | {"forms"}
    led = set(re.findall(r"\(page:facilitate/([\w-]+)\)", page("index")))
    assert others <= led
