"""What changed, on the page and on paper: what is reported, to whom first, and that a sheet of paper contains it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lxml.html
import pikepdf
import pypdfium2
import pytest
from once import OURS
from output import printed, sheets, single_spaced, small
from structure import heard, leaves, walk

from builder import dialect, documents, pipeline, printing, site
from builder.changes import ASIDE, BEFORE, ON_PAPER, TONIGHT, Change, Changes, ModuleChanges, WordRun
from builder.dialect.escaping import plain
from builder.documents import Documents
from builder.documents.changes import changes_page
from builder.model.cohorts import Cohort, CohortFile, Meeting, Person, Team
from builder.model.release import Release
from builder.packets.orders import Order, packet_files
from builder.press import Paper, Pdf, typeset
from builder.printing import Sheets, change_job, how_many, in_large_print, offers, packet_job

PAPERS: tuple[Paper, ...] = ("letter", "a4")
DAY = dt.date(2026, 12, 1)
SMALLEST = 8.4  # points: the foot of a page, rounding aside; the sheet itself begins at nine
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
WORDS = (
    WordRun("When did you last", "kept"),
    WordRun("notice", "removed"),
    WordRun("hear", "added"),
    WordRun("a colleague being talked over, and what did you do about it in the hour after that?", "kept"),
)
MARKED = '*a* _b_ [c](d:e) <b>f</b> {: .g } `h` [WRITE: 3] !!! story "i" [@j-2020] -- ... 1. & | #k'


@pytest.fixture(scope="module")
def read() -> pipeline.Built:
    """The curriculum of this project."""
    return OURS.built


def change(what: str, weight: int = TONIGHT, words: tuple[WordRun, ...] = (), module: str | None = "one") -> Change:
    """One difference, of a question."""
    return Change(module, "question", "q", "changed", what, weight, words)


def told(id: str | None, *changes: Change, title: str = "") -> ModuleChanges:
    """The differences of one module, or of all."""
    return ModuleChanges(id, title or (f"Module of {id}" if id else "All modules"), changes)


def between(*groups: ModuleChanges) -> Changes:
    """A comparison of two editions."""
    return Changes("2026.1", "2026.2", groups)


def ids(read: pipeline.Built) -> list[str]:
    """Ids of the modules of this project."""
    return [module.id for module in read.loaded.curriculum.modules]


def usual(read: pipeline.Built) -> Changes:
    """A comparison with something of each weight, in two modules and in what holds for all."""
    first, second, *_ = ids(read)
    return between(
        told(
            first,
            change("Activity “In pairs” takes 15 minutes instead of 10 (60-minute plan)."),
            change("Question 3 is reworded.", TONIGHT, WORDS),
            change("The section “Numbers” reads otherwise.", BEFORE),
        ),
        told(second, change("The handout has four lines more.", ON_PAPER), change("A term is gone.", ASIDE)),
        told(None, change("“If someone is distressed” reads otherwise.", ASIDE)),
    )


def many(read: pipeline.Built, count: int) -> Changes:
    """A comparison with so many differences on paper, the weightiest in the last module."""
    groups = []
    share = -(-count // len(ids(read)))
    for n, id in enumerate(ids(read)):
        weight = TONIGHT if n == len(ids(read)) - 1 else ON_PAPER
        numbers = range(share * n, min(count, share * (n + 1)))
        groups.append(told(id, *(change(f"Number {number} is reworded.", weight, WORDS) for number in numbers)))
    return between(*(group for group in groups if group.changes))


def release(before: str | None = "2026.1", notes: str = "") -> Release:
    """An edition."""
    return Release(name="2026.2", date=DAY, notes=notes, before=before)


def page_of(read: pipeline.Built, edition: Release | None, changes: Changes | None = None) -> str:
    """The Markdown of the page in an edition."""
    return changes_page(read.documents.apparatus, edition, changes).markdown


def element(markdown: str) -> lxml.html.HtmlElement:
    """A page's Markdown as HTML."""
    return lxml.html.fromstring(f"<article>{dialect.html(markdown)}</article>")


def text(markdown: str) -> str:
    """The words of a page."""
    return single_spaced(element(markdown).text_content())


def made(read: pipeline.Built, changes: Changes, paper: Paper = "letter", *, large: bool = False) -> Pdf:
    """A change sheet, set."""
    job = change_job(Sheets(read.documents, read.loaded.images, paper), changes, "change-sheet.pdf")
    return typeset(in_large_print(job) if large else job)


def kept(pdf: Pdf, folder: Path) -> Path:
    """A PDF as a file."""
    path = folder / "made.pdf"
    path.write_bytes(pdf.data)
    return path


# The page.


def test_the_edition_in_work_says_that_it_is(read: pipeline.Built) -> None:
    """A plain build has the page too, so that links to it hold, and promises nothing."""
    page = next(page for page in read.documents.pages if page.path == "changes.md")
    assert (page.title, page.audience) == ("What changed", "everyone")
    assert "This is the edition in work." in page.markdown
    assert "{'What changed': 'changes.md'}" in str(site.stage(read.loaded, read.documents, {}).nav)


def test_the_first_edition_says_that_it_is(read: pipeline.Built) -> None:
    """Without an edition before it there is nothing to compare, and the page says so under name and day."""
    page = text(page_of(read, release(before=None, notes="Read\nthis.\n\nAnd this.")))
    assert "Edition 2026.2, December 1, 2026 Read this. And this. This is the first edition" in page
    assert "Since" not in page


def test_an_edition_without_differences_says_so(read: pipeline.Built) -> None:
    """An edition that looks the same as the one before it says that nothing changed."""
    page = text(page_of(read, release(), between()))
    assert "Since edition 2026.1 Nothing changed that a reader could notice." in page


def test_who_printed_is_told_first(read: pipeline.Built) -> None:
    """The page begins with what differs on printed pages; below, each module tells this first, then what is read."""
    page = element(page_of(read, release(), usual(read)))
    whole = single_spaced(page.text_content())
    first, second, *_ = ids(read)
    assert f"differ on your pages: Module of {first} (2 changes); Module of {second} (1 change)." in whole
    assert [link.get("href") for link in page.xpath(".//p/a")] == [f"#in-{first}", f"#in-{second}"]
    assert [heading.get("id") for heading in page.xpath(".//h3")] == [f"in-{first}", f"in-{second}", "for-all"]
    labels = [[dt.text_content() for dt in listed.xpath("./dt")] for listed in page.xpath(".//dl")]
    assert labels == [["On paper", "To read"], ["On paper", "To read"], ["To read"]]
    assert whole.index("takes 15 minutes") < whole.index("Question 3") < whole.index("“Numbers” reads otherwise")


def test_pages_that_hold_are_told_to_hold(read: pipeline.Built) -> None:
    """Where nothing on paper differs, whoever printed the older edition learns that it still serves."""
    page = text(page_of(read, release(), between(told(None, change("A term is gone.", ASIDE)))))
    assert "If you printed edition 2026.1, your pages hold" in page


def test_reworded_texts_are_heard_and_seen(read: pipeline.Built) -> None:
    """Removed and added words are shown by elements and in words, and a long rest is left out."""
    page = element(page_of(read, release(), usual(read)))
    (wording,) = page.xpath(".//*[@class='wording']")
    heard_of = single_spaced(wording.text_content())
    assert heard_of == (
        "When did you last taken out: notice came in: hear as before: a colleague being talked over, and …"
    )
    for tag, said in (("del", "taken out: "), ("ins", "came in: ")):
        assert wording.xpath(f"./{tag}/span[@class='said']/text()") == [said]


@pytest.mark.parametrize("marked", [MARKED, f"- {MARKED}", f"1. {MARKED}", f"# {MARKED}", f"> {MARKED}", "---", "2. x"])
def test_plain_text_stays_plain(read: pipeline.Built, marked: str) -> None:
    """Nothing in notes, sentences and words becomes a list, a heading, a link, a mark or any other markup."""
    words = (WordRun(marked, "removed"), WordRun(marked, "added"), WordRun("as it was", "kept"))
    changes = between(told("one", change(marked, TONIGHT, words), title=marked))
    markdown = page_of(read, release(notes=f"{marked}\n\n{marked}"), changes)
    page = element(markdown)
    read_as = marked.replace('"i"', "“i”").replace(" -- ", " – ").replace("...", "…")  # noqa: RUF001  typography is none
    assert single_spaced(page.text_content()).count(read_as) == 2 + 1 + 1 + 1 + 2
    tags = {each.tag for each in page.iterdescendants()}
    assert tags == {"h1", "h2", "h3", "p", "strong", "a", "div", "dl", "dt", "dd", "ul", "li", "span", "del", "ins"}
    assert len(page.xpath(".//li")) == 1


@pytest.mark.parametrize("name", ["Ann *Lee* | Moe", "Ben_1_", "St. John's", "Smith-Jones", "2026.1", "Team - 3"])
def test_names_are_written_as_before(name: str) -> None:
    """A plain name reads as it is written, typographic apostrophes aside."""
    assert dialect.words(dialect.tree(plain(name))) == name.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")


def test_searching_does_not_find_it(read: pipeline.Built) -> None:
    """The page quotes text that is no longer valid, so the search passes over it, as over lists and authors' pages."""
    staged = site.stage(read.loaded, read.documents, {}).files
    excluded = {path for path, data in staged.items() if path.endswith(".md") and b"\nsearch:" in data.split(b"---")[1]}
    others = {each.path for each in read.documents.all if each.audience != "everyone"}
    authors = {path for path in staged if path.startswith("authors/") and path.endswith(".md")}
    assert excluded == {"changes.md", "index.md", "modules/index.md"} | authors | others


def test_no_authored_page_takes_its_name(tmp_path: Path) -> None:
    """An author who names a page so is told that one of this name is made."""
    project = small(tmp_path / "project")
    project.write("docs/changes.md", "# Changes\n\nOurs.\n")
    done = project.run("check")
    assert done.returncode == 1
    assert "docs/changes.md:1:1: problem: a page of this name is made from modules/" in done.stdout + done.stderr


# The sheet.


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("count", [1, 6, 40, 200])
def test_one_page_holds_the_sheet(read: pipeline.Built, count: int, paper: Paper, tmp_path: Path) -> None:
    """However much changed, it is one page in type that can be read, and what it cannot hold is counted."""
    path = kept(made(read, many(read, count), paper), tmp_path)
    document = pypdfium2.PdfDocument(path)
    assert len(document) == 1
    width, height = document[0].get_size()
    for left, bottom, right, top in boxes(document[0]):
        assert 50 < left < right < width - 50
        assert 20 < bottom < top < height - 40
    whole = printed(path)
    shown = whole.count("is reworded.")
    assert shown == count or f"{count - shown} more are on the page “What changed”" in whole
    assert shown == count or shown > 12
    assert (shown == count) == (count <= 6)
    assert min(each.get_font_size() for each in seen(document[0])) >= SMALLEST


def boxes(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """The box of each piece of text on a page: left, bottom, right, top."""
    words = page.get_textpage()
    return [words.get_rect(at) for at in range(words.count_rects())]


def seen(page: pypdfium2.PdfPage) -> list[pypdfium2.PdfTextObj]:
    """The pieces of text that are seen; those that are only heard are a point high."""
    texts = [each for each in page.get_objects(max_depth=8) if isinstance(each, pypdfium2.PdfTextObj)]
    return [each for each in texts if each.get_font_size() > 1.5]


def test_what_goes_otherwise_tonight_comes_before_the_rest(read: pipeline.Built, tmp_path: Path) -> None:
    """What does not fit is never something of weight while something lighter of another module stands there."""
    whole = printed(kept(made(read, many(read, 60)), tmp_path))
    assert all(f"Number {number} is reworded." in whole for number in range(50, 60))
    assert "Number 0 is reworded." in whole
    assert "Number 49 is reworded." not in whole


@pytest.mark.parametrize("paper", PAPERS)
def test_no_word_is_too_long_for_the_sheet(read: pipeline.Built, paper: Paper, tmp_path: Path) -> None:
    """Words longer than a line go on below themselves, and what is too much to write in by hand is not asked for."""
    first = ids(read)[0]
    words = (WordRun(LONG * 2, "removed"), WordRun(f"https://{LONG}.example", "added"), WordRun("it. " * 90, "kept"))
    rewritten = (WordRun("Talk in pairs. " * 90, "removed"), WordRun("Walk in pairs. " * 90, "added"))
    changes = between(
        told(first, change(f"{LONG * 3} differs.", TONIGHT, words), title=LONG * 2),
        told(None, change("Instructions are reworded.", ON_PAPER, rewritten), change("So. " * 900, ON_PAPER)),
    )
    path = kept(made(read, changes, paper), tmp_path)
    document = pypdfium2.PdfDocument(path)
    width, _ = document[0].get_size()
    assert len(document) == 1
    assert all(50 < left < right < width - 50 for left, _, right, _ in boxes(document[0]))
    whole = printed(path)
    assert "these three things differ" in whole
    assert "This is too much to write in by hand: print the page anew." in whole
    assert "Walk in pairs" not in whole


def test_the_sheet_says_what_to_do(read: pipeline.Built, tmp_path: Path) -> None:
    """Its title names both editions and counts; it asks for strokes only where there are any; the rest is elsewhere."""
    whole = printed(kept(made(read, usual(read)), tmp_path))
    assert "You printed 2026.1. In 2026.2 these three things differ." in whole
    assert "cross out what is struck through, write in what is underlined" in whole
    assert "What changed beside the printed pages is on the page “What changed” of the site." in whole
    assert "A term is gone." not in whole
    alone = printed(kept(made(read, between(told("one", change("The handout has four lines more.")))), tmp_path))
    assert "In 2026.2 this one thing differs. Correct your pages by hand. Tick each box when it is done." in alone
    assert "What changed" not in alone


def test_the_sheet_names_the_address_of_the_rest(read: pipeline.Built, tmp_path: Path) -> None:
    """An edition with an address says where the rest is, with a link that works."""
    settings = dataclasses.replace(read.loaded.curriculum.settings, url="https://mentors.uw.edu/2026.2/")
    composed = documents.compose(dataclasses.replace(read.loaded.curriculum, settings=settings))
    at = Sheets(composed, read.loaded.images, "letter")
    path = kept(typeset(change_job(at, many(read, 60), "x.pdf")), tmp_path)
    assert "https://mentors.uw.edu/2026.2/changes.html" in printed(path).replace("\u200b", "").replace("\u00ad", "")
    with pikepdf.open(path) as pdf:
        links = [str(each.A.URI) for each in pdf.pages[0].Annots]
    assert links == ["https://mentors.uw.edu/2026.2/changes.html"] * len(links) != []


@pytest.mark.parametrize("large", [False, True])
def test_the_sheet_is_heard_in_order(read: pipeline.Built, tmp_path: Path, large: bool) -> None:  # noqa: FBT001
    """Under its headings each change is an item with a box, and strokes are said in words; nothing is heard twice."""
    found = heard(kept(made(read, usual(read), large=large), tmp_path))
    assert found.unheard == found.twice == []
    said = list(leaves(found.root))
    first, second, *_ = ids(read)
    assert [text for tag, text in said if tag in {"H1", "H2"}] == [
        "You printed 2026.1. In 2026.2 these three things differ.", f"Module of {first}", f"Module of {second}",
    ]  # fmt: skip
    assert [text for tag, text in said if tag == "Lbl"] == ["☐"] * 3
    assert len([each for each in walk(found.root) if each.tag == "LI"]) == 3
    wording = "When did you last taken out: notice came in: hear as before: a colleague being talked over, and …"
    assert wording in [single_spaced(text.replace("\u00a0", " ")) for _, text in said]


def test_large_print_holds_everything(read: pipeline.Built, tmp_path: Path) -> None:
    """In large print the sheet goes on to other pages and leaves nothing out."""
    pdf = made(read, many(read, 40), large=True)
    whole = printed(kept(pdf, tmp_path))
    assert pdf.pages > 1
    assert whole.count("is reworded.") == 40
    assert "more are" not in whole


def test_the_same_changes_give_the_same_bytes(read: pipeline.Built) -> None:
    """A sheet depends on nothing but what it says."""
    assert made(read, usual(read)).data == made(read, usual(read)).data


# What the site offers, and what packets hold.


def offered(
    read: pipeline.Built, edition: Release | None, changes: Changes | None = None
) -> tuple[list[str], Documents]:
    """Names of the PDFs that the page offers in an edition."""
    composed = documents.compose(read.loaded.curriculum, edition, changes)
    at = Sheets(composed, read.loaded.images, "letter")
    found = list(offers(at))
    assert len(found) == how_many(composed)
    return [each.job.name for each in found if each.page == "changes.md"], composed


def test_the_sheet_is_offered_where_there_is_something_to_correct(read: pipeline.Built) -> None:
    """The page offers the sheet in three variants, and none where no printed page differs; the count stays right."""
    names, _ = offered(read, release(), usual(read))
    assert names == ["change-sheet.pdf", "change-sheet-a4.pdf", "change-sheet-large-print.pdf"]
    aside = between(told(None, change("A term is gone.", ASIDE)))
    for edition, changes in ((None, None), (release(before=None), None), (release(), between()), (release(), aside)):
        assert offered(read, edition, changes)[0] == []


def cohort_of(*modules: str) -> tuple[Cohort, Team]:
    """A cohort of one team that meets on these modules."""
    held = tuple(Meeting(module=id, id=f"m-{n}") for n, id in enumerate(modules))
    team = Team(id="elm", name="Elm", facilitators=(Person(name="Ann"), Person(name="Ben")), meetings=held)
    file = CohortFile(
        format=1, name="Trial run", start=DAY, end=DAY, time_zone="America/Los_Angeles", meeting_minutes=60,
        teams=(team,),
    )  # fmt: skip
    return Cohort(id="trial", path="cohorts/trial/cohort.yml", file=file), team


def made_of(read: pipeline.Built, modules: Sequence[str], kinds: set[str], **more: Any) -> list[str]:
    """Paths of what an order makes for a team that meets on these modules."""
    cohort, team = cohort_of(*modules)
    order = Order(cohort, (team,), frozenset(kinds), **more)
    return [piece.path for piece in packet_files(order, Sheets(read.documents, read.loaded.images, "letter"))]


def test_a_packet_tells_only_of_the_modules_that_its_team_meets_on(read: pipeline.Built, tmp_path: Path) -> None:
    """The sheet is on one page between calendar and contents, and leaves other modules out."""
    first, second, *_ = ids(read)
    cohort, team = cohort_of(second)
    at = Sheets(read.documents, read.loaded.images, "letter")
    pages = [
        single_spaced(page) for page in sheets(kept(typeset(packet_job(at, cohort, team, None, usual(read))), tmp_path))
    ]
    here = next(n for n, page in enumerate(pages) if "this one thing differs" in page)
    assert "Calendar" in pages[here - 1]
    assert "What is in this packet" in pages[here + 1]
    assert "You printed 2026.1. In 2026.2 this one thing differs." in pages[here + 1]
    assert f"Module of {second}" in pages[here]
    assert not any(f"Module of {first}" in page for page in pages)
    assert f"Module of {second}" not in pages[here + 1]


def test_a_packet_without_changes_is_as_it_was(read: pipeline.Built) -> None:
    """An order that carries no changes, or none on the team's paper, makes the same bytes as before."""
    cohort, team = cohort_of(ids(read)[3])
    at = Sheets(read.documents, read.loaded.images, "letter")
    assert packet_job(at, cohort, team).facts["changes"] is None
    assert packet_job(at, cohort, team, None, usual(read)).facts["changes"] is None


def test_the_sheet_can_be_made_alone(read: pipeline.Built) -> None:
    """Asked for by name, a team gets the sheet, also in large print; nothing where there is nothing to correct."""
    first, _, third, *_ = ids(read)
    both = ["elm/changes.pdf", "elm/changes-large-print.pdf"]
    assert made_of(read, [first], {"changes"}, changes=usual(read), large=True) == both
    assert made_of(read, [first], {"changes"}) == []
    assert made_of(read, [third], {"changes"}, changes=usual(read)) == []
    assert made_of(read, [], {"changes"}, changes=usual(read)) == []
    assert "changes" in printing.PARTS


def test_the_command_takes_the_part_by_its_name(tmp_path: Path) -> None:
    """`packets --only changes` is a known part, and makes nothing while no cohort tells what its teams printed."""
    done = small(tmp_path / "project").run("packets", "--only", "changes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 files" in done.stdout
