"""Files that readers download: published beside the page that links to them, or refused with the reason."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from attached import CSV, GOOD, MACROS, office, packed, pdf, relation
from output import small, tree
from planting import GLOSSARY, MODULE, READING, everything, lines
from planting import small as laid_out
from test_leaks import cohort

from builder import changes, leaks, pipeline
from builder.dialect import walk, words
from builder.loading import curriculum
from builder.markup import faults_of_file
from builder.model.cohorts import Person
from builder.pipeline import making
from builder.printing import Sheets
from builder.problems import Problems
from builder.sources import attachments, limits
from builder.sources.files import Reader

FOLDER = "modules/first-steps/files"
HELPS = "A map helps."


def offered(root: Path, files: dict[str, bytes], where: str = FOLDER, text: str = READING) -> Path:
    """Put files into a folder, and a link to each into a text beside it."""
    (root / where).mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (root / where / name).write_bytes(data)
    links = " ".join(f"See [the file {name[:-4]}](files/{name})." for name in files)
    path = root / text
    path.write_text(path.read_text(encoding="utf-8") + f"\n{links}\n", encoding="utf-8")
    return root


def test_a_file_is_published_beside_the_page_that_links_to_it(tmp_path: Path) -> None:
    """Each kind is in the stage beside its page as it is, and the link says its kind and its size."""
    root = offered(laid_out(tmp_path), GOOD)
    offered(root, {"plan.csv": b"a,b\n" + b"1,2\n" * 250_000}, "docs/guide/files", "docs/guide/notes.md")
    built = pipeline.read(root)
    assert lines(root) == []
    files = making.prepare_site(built, "letter").stage.files
    for name, data in GOOD.items():
        assert files[f"{FOLDER}/{name}"] == data
        kind = name.rpartition(".")[2].upper()
        assert f"[the file {name[:-4]} ({kind}, 1 KB)](files/{name})" in files["modules/first-steps/index.md"].decode()
    assert "[the file plan (CSV, 1.0 MB)](files/plan.csv)" in files["guide/notes.md"].decode()


def test_texts_beside_the_reading_may_link_to_files(tmp_path: Path) -> None:
    """An activity, a question and a handout link to files of their module, also by a place in a PDF."""
    root = offered(laid_out(tmp_path), GOOD)
    path = root / MODULE
    module = path.read_text(encoding="utf-8").replace(
        "Greet everyone", "See [the map](files/map.pdf#page=1). Greet everyone", 1
    )
    path.write_text(module, encoding="utf-8")
    assert lines(root) == []
    stage = making.prepare_site(pipeline.read(root), "letter").stage
    assert "[the map (PDF, 1 KB)](files/map.pdf#page=1)" in stage.files["modules/first-steps/guide.md"].decode()


def test_on_paper_a_file_has_its_name_and_its_address(tmp_path: Path) -> None:
    """A handout in print names a file, with its size and, where the site has an address, that of the file."""
    root = offered(laid_out(tmp_path), {"walks.csv": CSV}, text="modules/first-steps/handouts/sheet.md")
    settings = root / "modules/curriculum.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub("(?m)^url: .*", "url: https://steps.walking.edu/", text), encoding="utf-8")
    built = pipeline.read(root)
    sheet = Sheets(built.documents, built.loaded.images, "letter").page("handout", "first-steps")
    (link,) = (node for node in walk(sheet) if "walks.csv" in node.get("href", ""))
    assert (words(link), link["href"]) == (
        "the file walks (CSV, 1 KB)",
        f"https://steps.walking.edu/{FOLDER}/walks.csv",
    )


BAD = [
    ("a.csv", b"", "1:1: empty file (put the real one here, or delete it)"),
    ("a.csv", b" \n", "1:1: empty file (put the real one here, or delete it)"),
    ("a.csv", b"a,b\n\xe9,2\n", "2:1: not UTF-8 (save it as CSV UTF-8)"),
    ("a.csv", b"a,\0b\n", "1:3: control character U+0000 (delete it)"),
    ("a.csv", b"\n <html><script>x</script>", "1:1: not a table but a page or a drawing (export it as CSV)"),
    ("a.csv", b'\xef\xbb\xbf<svg xmlns="http://www.w3.org/2000/svg"/>', "1:1: not a table but a page or a drawing"),
    ("a.csv", b'a,b\n1,"=HYPERLINK(""https://x.example"")"\n', "2:1: '=HYPERLINK(\"https://x.example\")' is a formula"),
    ("a.csv", b"a;b\n1; @SUM(A1)\n", "2:1: ' @SUM(A1)' is a formula"),
    ("a.csv", b"a\tb\n1\t+cmd|' /C calc'!A0\n", "2:1: \"+cmd|' /C calc'!A0\" is a formula"),
    ("a.csv", b'a,b\n"x" y,2\n', "2:1: not a table that programs can read"),
    ("a.pdf", b"<html>%PDF-1.7</html>", "1:1: not a PDF (export it again)"),
    ("a.pdf", b"%PDF-1.7 and no more", "1:1: a PDF that is damaged or has a password (export it again)"),
    ("a.zip", b"PK\3\4 and no more", "1:1: a damaged ZIP archive (pack it again)"),
    ("a.zip", packed({}), "1:1: not a ZIP archive, or an empty one (pack it again)"),
    ("a.zip", packed({"run.exe": b"MZ"}), "1:1: 'run.exe' in it is of a kind that is not offered (allowed: .bib, .csv"),
    ("a.zip", packed({"page.html": "<p>"}), "1:1: 'page.html' in it is of a kind that is not offered"),
    ("a.zip", packed({"in.zip": packed({"a.txt": "x"})}), "1:1: 'in.zip' in it is of a kind that is not offered"),
    ("a.zip", packed({"../a.txt": "x"}), "1:1: '../a.txt' in it leads out of its folder"),
    ("a.zip", packed({"con.txt": "x"}), "1:1: 'con.txt' in it is not a name that is legal everywhere"),
    ("a.zip", packed({"__MACOSX/a.txt": "x"}), "1:1: '__MACOSX/a.txt' in it is left by another program"),
    ("a.zip", packed({".DS_Store": "x"}), "1:1: '.DS_Store' in it is left by another program (pack it without)"),
    ("a.zip", packed({"a.txt": b"x\0"}), "1:1: in 'a.txt': not a text, as its name says"),
    ("a.zip", packed({"a.png": "<svg/>"}), "1:1: in 'a.png': not an image of this kind (export it again)"),
    ("a.zip", packed({"a.csv": "x\n=1+1\n"}), "1:1: in 'a.csv': '=1+1' is a formula to spreadsheets"),
    ("a.zip", packed({"a.docx": office(MACROS)}), "1:1: in 'a.docx': not a Word document without macros"),
    ("a.zip", packed({"a.txt": bytes(limits.MAX_UNPACKED + 1)}), "1:1: 40,000,001 bytes once it is unpacked"),
    ("a.zip", packed(dict.fromkeys(map("{}.txt".format, range(1_001)), "")), "1:1: 1,001 files in one archive"),
    ("a.docx", packed({"word/document.xml": "<w/>"}), "1:1: not a Word document without macros (save it again as one)"),
    ("a.docx", office(MACROS), "1:1: not a Word document without macros (save it again as one)"),
    ("a.pptx", office(), "1:1: not a PowerPoint presentation without macros (save it again as one)"),
    ("a.docx", b"\xd0\xcf\x11\xe0 old", "1:1: not a Word document, damaged, or with a password (save it again)"),
    ("a.docx", office(word__vbaProject_bin="x"), "1:1: contains 'word/vbaProject.bin', such as a macro"),
    ("a.docx", office(word__embeddings__oleObject1_bin="x"), "1:1: contains 'word/embeddings/oleObject1.bin'"),
    (
        "a.docx",
        office(word___rels__settings_rels=relation("attachedTemplate", "https://x.example/t.dotm")),
        "1:1: fetches 'https://x.example/t.dotm' when it is opened (embed it, or take it out)",
    ),
    ("a.docx", office(word___rels__a_rels=relation("hyperlink", "file:///c:/x")), "1:1: fetches 'file:///c:/x' when"),
    ("a.docx", office(word___rels__a_rels='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "1:1: not a Word document"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "message"), BAD, ids=[f"{each[0]} {each[2][:60]}" for each in BAD])
def test_what_must_not_be_offered_is_refused(name: str, data: bytes, message: str) -> None:
    """A file that is not of its kind, runs something or fetches something is refused, with the place in a text."""
    (fault,) = attachments.faults_of_attachment(name, data)
    assert f"{fault.line}:{fault.column}: {fault.message}".startswith(message)


def test_what_is_wrong_with_a_file_is_reported_at_the_file(tmp_path: Path) -> None:
    """A check reports what is wrong with a file at its place, once and alone."""
    root = offered(laid_out(tmp_path), {"a.csv": b"a,b\n1,=A1\n"})
    (line,) = lines(root)
    assert line.startswith(f"{FOLDER}/a.csv:2:1: '=A1' is a formula to spreadsheets")


@pytest.mark.parametrize(
    "cell", ["-5", "+1.5", "-", "--", "1e-5", "a=b", "ask@walk.example.edu", "12:30", "-1,5", "+1 206"]
)
def test_numbers_and_words_are_no_formulas(cell: str) -> None:
    """What spreadsheets leave as it is passes."""
    assert not list(attachments.faults_of_attachment("a.csv", f'a;b\n"x";{cell}\n'.encode()))


def _with_program(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    names = pikepdf.Array(["x", document.make_indirect(action)])
    document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=names))


def _with_file(document: pikepdf.Pdf) -> None:
    document.attachments["x.exe"] = b"MZ"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pdf(_with_program), "a PDF that runs a program (export it without)"),
        (pdf(_with_file), "a PDF with files in it (offer each by itself)"),
        (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "a PDF that is damaged or has a password"),
    ],
)
def test_a_pdf_that_runs_or_hides_something_is_refused(data: bytes, message: str) -> None:
    """A PDF with a program, with files in it or with a password is not offered."""
    (fault,) = attachments.faults_of_attachment("a.pdf", data)
    assert fault.message.startswith(message)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    """A file of more than ten million bytes is a problem that says what to do."""
    root = offered(laid_out(tmp_path), {"a.csv": b"1,2\n" * 1_250_001})
    curriculum.load(Reader(root, problems := Problems()), problems)
    assert list(map(str, problems)) == [
        f"{FOLDER}/a.csv:1:1: 5,000,004 bytes is too large (at most 5,000,000; {attachments.REMEDY})"
    ]


LINKS = {
    "[the walks](files/walk.csv)": "'files/walk.csv' names a file that is not there (did you mean 'files/walks.csv'?)",
    "[the walks](files/Walks.csv)": "(the file is 'walks.csv'; small and capital letters count: W here, w in its name)",
    "[the walks](walks.csv)": "'walks.csv' names a file that is not there",
    "[the walks](/files/walks.csv)": "'/files/walks.csv' starts at the server's root",
    "[the walks](files/walks.csv?x)": "broken link",
    "[the walks](files/walk%20s.csv)": "'files/walk%20s.csv' names a file that is not there",
    "[the walks](../files/walks.csv)": "'../files/walks.csv' names a file that is not there",
    "[the walks](files%2Fwalks.csv)": "an address with a slash written as %2F (write /)",
    "[a page](files/page.html)": "broken link",
}


def test_a_link_to_a_file_that_is_not_there_is_a_problem_at_its_place(tmp_path: Path) -> None:
    """A link to a file is checked where it is written; what looks like a slip in the name is said."""
    root = offered(laid_out(tmp_path), {"walks.csv": CSV})
    path = root / READING
    text = path.read_text(encoding="utf-8") + "\n" + "\n\n".join(f"See {written}." for written in LINKS) + "\n"
    path.write_text(text, encoding="utf-8")
    found = lines(root)
    assert len(found) == len(LINKS)
    for written, message in LINKS.items():
        at = text.index(written) + written.index("](") + 2
        place = f"{READING}:{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}: "
        assert any(line.startswith(place) and message in line for line in found), (written, found)


def test_a_link_to_a_file_is_written_in_full(tmp_path: Path) -> None:
    """Only so does its size stand behind its words."""
    root = offered(laid_out(tmp_path), {"walks.csv": CSV})
    path = root / READING
    text = path.read_text(encoding="utf-8").replace("[the file walks](files/walks.csv)", "[the walks][w]")
    path.write_text(f"{text}\n[w]: files/walks.csv\n", encoding="utf-8")
    assert any("'files/walks.csv' is not written in full" in line for line in lines(root))


def test_a_text_that_several_pages_show_links_to_no_file(tmp_path: Path) -> None:
    """A definition of the glossary, which every page may show, has no folder from which a file could be named."""
    root = offered(laid_out(tmp_path), {"walks.csv": CSV})
    path = root / GLOSSARY
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Where one walks.", "Where one [walks often](files/walks.csv)."), encoding="utf-8")
    (found,) = lines(root)
    assert "names a file in a text that several pages show" in found


STRAYS = {
    "modules/first-steps/data.csv": "a file to download belongs in files/ beside the reading (move it there)",
    "modules/first-steps/files/page.html": "a kind of file that is not offered (.csv, .docx, .pdf, .pptx, .zip)",
    "modules/first-steps/files/drawing.svg": "a kind of file that is not offered (.csv, .docx, .pdf, .pptx, .zip)",
    "modules/first-steps/files/run.js": "a kind of file that is not offered (.csv, .docx, .pdf, .pptx, .zip)",
    "modules/first-steps/files/unread.csv": "no text links to this file (link to it where it belongs, or delete it)",
    "modules/first-steps/files/LOUD.CSV": "a name that ends in .CSV (write .csv)",
    "docs/guide/data.csv": "a file to download belongs in a folder named files (move it there)",
    "docs/guide/files/page.html": "a kind of file that is not offered (.csv, .docx, .pdf, .pptx, .zip)",
    "docs/guide/files/unread.csv": "no text links to this file (link to it where it belongs, or delete it)",
    "docs/modules/files/unread.csv": "files of modules are in modules/ (move it there, or to another folder)",
    "modules/first-steps/files/a:b.csv": "a name with ':'",
}


def test_a_file_that_nobody_would_get_is_reported(tmp_path: Path) -> None:
    """A file in the wrong place, of a kind that is not offered, or that nothing links to is a problem."""
    root = laid_out(tmp_path)
    for path in STRAYS:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(CSV)
    unread = {path: message for path, message in STRAYS.items() if message.startswith("no text")}
    found = "\n".join(lines(root))
    for path, message in STRAYS.items() - unread.items():
        assert f"{path}:1:1: {message}" in found
        (root / path).unlink()
    assert lines(root) == [f"{path}:1:1: {message}" for path, message in sorted(unread.items())]
    assert {problem.severity for problem in everything(root)} == {"problem"}


def test_the_last_wall_knows_files_to_download() -> None:
    """A finished site holds such files only in their folders, and only such as are safe to open."""
    for name, data in GOOD.items():
        assert not faults_of_file(f"{FOLDER}/{name}", data)
        if not name.endswith(".pdf"):
            assert faults_of_file(f"assets/{name}", data)
    assert faults_of_file(f"{FOLDER}/a.csv", b"<script>x</script>")
    assert faults_of_file(f"{FOLDER}/a.docx", office(MACROS))
    assert faults_of_file(f"{FOLDER}/a.html.exe", b"x")


@pytest.mark.parametrize("name", GOOD)
def test_a_secret_in_a_file_is_found(name: str) -> None:
    """What only a cohort may contain is looked for in files to download, packed ones too."""
    said = "Ann Quixley, ann.quixley@steps.example.edu"
    data = {
        "walks.csv": f"walker\n{said}\n".encode(),
        "all.zip": packed({"data/walks.csv": f"walker\n{said}\n"}),
        "plan.docx": office(word__notes_xml=f"<w><w:t>{said}</w:t></w>"),
        "talk.pptx": office(ppt__notes_xml=f"<w><w:t>{said}</w:t></w>"),
        "map.pdf": pdf(lambda document: document.docinfo.update({"/Author": said})),
    }[name]
    person = Person(name="Ann Quixley", email="ann.quixley@steps.example.edu")
    secrets = leaks.gather([cohort(facilitators=(person,))])
    problems = Problems()
    leaks.report_secrets(secrets, [(f"{FOLDER}/{name}", data)], leaks.IN_SOURCES, problems)
    assert any("the name of" in str(problem) for problem in problems)
    assert any("e-mail" in str(problem) for problem in problems)


def test_changes_report_files(tmp_path: Path) -> None:
    """A file to download that is new, gone or another one is reported."""
    states = []
    for at, files in enumerate(({"a.csv": CSV, "b.csv": CSV}, {"a.csv": CSV + b"C,4\n", "c.csv": CSV})):
        problems = Problems()
        loaded = curriculum.load(Reader(offered(laid_out(tmp_path / str(at)), files), problems), problems)
        assert loaded
        states.append(loaded.curriculum)
    said = [change.what for change in changes.between(*states)]
    assert {
        f"The file {FOLDER}/a.csv is another one.",
        f"New file: {FOLDER}/c.csv.",
        f"The file {FOLDER}/b.csv is gone.",
    } <= {*said}


def test_a_file_is_in_the_site_the_stage_and_an_edition(tmp_path: Path) -> None:
    """`build`, `stage`, `release` and `publish` offer a file beside its page; an edition has it as a source as well."""
    project = small(tmp_path / "project")
    offered(project.root, GOOD)
    release = ("release", "2026.1", "--date", "2026-02-01")
    for command in (("build",), ("stage", "staged"), release, ("publish",)):
        done = project.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr
    files = tree(project.root)
    for name, data in GOOD.items():
        for folder in ("site", "staged/docs", "public/2026.1", "public/2026.1/edition"):
            assert files[f"{folder}/{FOLDER}/{name}"] == data
    link = b'href="files/walks.csv">the file walks (CSV, 1 KB)</a>'
    assert link in files["site/modules/first-steps/index.html"]
