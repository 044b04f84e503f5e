"""What syncing folders, editors and merges leave beside one's own files is reported; what people named is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from planting import COHORT, READING, SHEET, lines, small

from builder.sources.leftovers import leftover

LEFT = {
    "a syncing folder": (
        "sheet-DESKTOP-7Q2X.md", "sheet-LAPTOP-AB12CD3-2.md", "sheet-ANNPC.md", "sheet-laptop-7q2x.md",
        "sheet-Anns-MacBook-Pro.md", "sheet (Ann's conflicted copy 2026-01-02).md", "sheet (Case Conflict 1).md",
        "sheet (SFConflict ann@example.org 2026-01-02-10-00-00).md", "sheet [Conflict].md",
        "sheet (In Konflikt stehende Kopie von Ann 2026-01-02).md", "sheet_conflict-20260102-120000.md",
        "sheet.sync-conflict-20260102-123456-ABCDEFG.md", "sheet_SERVER_Jan-02-1234-2026_Conflict.md",
    ),
    "copying a file": (
        "sheet 2.md", "sheet-2.md", "sheet_2.md", "sheet (1).md", "sheet(1).md", "sheet copy.md", "sheet copy 2.md",
        "sheet - Copy.md", "sheet - Copy (2).md", "sheet - Kopie.md", "Copy of sheet.md", "Copy (2) of sheet.md",
        "sheet (copy).md", "sheet (another copy).md", "sheet (3rd copy).md", "SHEET 2.md",
    ),
    "an editor": (
        "#sheet.md#", "sheet.md~", "sheet.md.~1~", "sheet.md.swp", "sheet.md.swo", "sheet.md.bak", "sheet.bak.md",
        "sheet.md.old", "sheet-old.md", "sheet.md.save", "sheet.md.tmp", "~$sheet.docx", "~WRL0001.tmp",
    ),
    "a merge": (
        "sheet.md.orig", "sheet.orig.md", "sheet.md.rej", "sheet.md.mine", "sheet.md.r42", "sheet.md.working",
        "sheet.md.merge-left.r4", "sheet_BACKUP_1234.md", "sheet_BASE_1234.md", "sheet_LOCAL_1234.md",
        "sheet_REMOTE_1234.md", "sheet.LOCAL.md", "sheet.REMOTE.1234.md",
    ),
    "a download": ("sheet.md.part", "sheet.md.crdownload"),
}  # fmt: skip

NAMED = (
    "sheet.md", "sheets.md", "sheet-two.md", "sheet-2026.md", "sheet.min.js", "week 2.md", "week-2.md", "part 2.md",
    "handling-conflict.md", "hard copy.md", "mentor-copy.md", "worksheet (mentor copy).md", "using-laptop-camera.md",
    "GUIDE-FAQ.md", "old.md", "local.md", "copy.md", "backup.md", "index.md", "jquery.base.css", "site.local.js",
    "typeface-400-italic.woff2", "iframe-worker.LICENSE.txt", "OFL.txt", "report-2026.md", "copying-of-sheets.md",
)  # fmt: skip


@pytest.mark.parametrize(("name", "what"), [(name, what) for what, names in LEFT.items() for name in names])
def test_what_programs_leave_is_known_by_its_name(name: str, what: str) -> None:
    """Each shape is known beside the file that it was made of, and says where it comes from."""
    assert leftover(name, {"sheet.md"}) == what


@pytest.mark.parametrize("name", NAMED)
def test_a_name_that_somebody_chose_is_left_alone(name: str) -> None:
    """A number, a word like copy or old, or capitals mean nothing without the file of which it would be one."""
    assert leftover(name, {"sheet.md", name.lower()}) is None


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (SHEET.replace(".md", "-DESKTOP-7Q2X.md"), ""),
        (SHEET.replace(".md", " 2.md"), ""),
        (READING + "~", ""),
        (READING + ".orig", ""),
        ("modules/first-steps/images/map (1).svg", ""),
        ("modules/first-steps/module (1).yml", ""),
        ("modules/first-steps (1)/module.yml", "modules/first-steps (1)"),
        ("docs/guide/notes (conflicted copy 2026-01-02).md", ""),
        ("docs/guide copy/notes.md", "docs/guide copy"),
        ("docs/assets/stylesheets/Copy of type.css", ""),
        (COHORT.replace(".yml", "-DESKTOP-7Q2X.yml"), ""),
        (COHORT + ".bak", ""),
        ("cohorts/trial copy/cohort.yml", "cohorts/trial copy"),
    ],
)
def test_a_leftover_is_told_wherever_it_would_be_read_or_published(path: str, told: str, tmp_path: Path) -> None:
    """In modules, pages, assets and cohorts a leftover is one problem at its place, whatever is in it."""
    root = small(tmp_path)
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text("## Old\n" if path.endswith("md") else "")
    where = [line for line in lines(root) if "looks like a leftover of" in line]
    assert [line.partition(": ")[0] for line in where] == [f"{told or path}:1:1"], lines(root)
    assert where[0].endswith("(delete it, or give it a name of its own)")
    assert not [line for line in lines(root) if "unknown file" in line]


def test_what_organizers_keep_beside_cohorts_is_their_own(tmp_path: Path) -> None:
    """A leftover that is no cohort's does not matter where nothing is published."""
    root = small(tmp_path)
    (root / "cohorts/trial/roster (1).xlsx").write_bytes(b"")
    (root / "cohorts/trial/who, when #3 (old).docx").write_bytes(b"")
    (root / "cohorts/letters copy").mkdir()
    assert not [line for line in lines(root) if "cohorts/letters copy/cohort.yml" not in line]
