"""The built site: what is on it, and that its parts fit together."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.etree
import lxml.html
import pikepdf
import pytest
import yaml
from conftest import ROOT, Project
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from once import MODULES, OURS
from output import everything, pages, plain_sentences, small, tree, words

Pages = dict[str, lxml.html.HtmlElement]

FETCHING = "//img/@src|//script/@src|//iframe/@src|//source/@src|//video/@src|//audio/@src|//object/@data|//embed/@src"
NOT_FETCHED = {"canonical", "prev", "next", "alternate", "license"}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a small curriculum, to be broken."""
    return small(tmp_path / "project")


@pytest.fixture(scope="module")
def site(built: Project) -> Path:
    """Give the folder of the built site."""
    return built.root / "site"


@pytest.fixture(scope="module")
def html(site: Path) -> Pages:
    """Give every page of the built site, parsed."""
    return pages(site)


def links(html: Pages, page: str) -> set[str]:
    """Where the links of a page's article lead, as they are written."""
    return {str(href) for href in html[page].xpath("//article//a/@href")}


def module_file(module: str) -> dict[str, object]:
    """Read what an author wrote in a module's file."""
    return yaml.safe_load((ROOT / f"modules/{module}/module.yml").read_text(encoding="utf-8"))


# What is there


def test_every_page_exists(html: Pages) -> None:
    """The site has its home, lists and authored pages, three for each module, and three for a pair."""
    authored = {
        path.relative_to(ROOT / "docs").with_suffix(".html").as_posix() for path in (ROOT / "docs").rglob("*.md")
    }
    apart = {f"{name}.html" for name in ("house", "hosts", "trust", "benchmarks")}
    expected = {"404.html", "index.html", "modules/index.html", "glossary.html", "references.html"}
    expected |= {"facilitate/forms.html", "changes.html"}
    expected |= {f"modules/{module}/{page}.html" for module in MODULES for page in ("index", "guide", "handout")}
    expected |= {f"one-to-one/{page}.html" for page in ("index", "mentor", "student")}
    expected |= {page for page in authored - apart if not page.startswith("reviews/")}
    assert set(html) == expected
    assert {"about.html", "facilitate/index.html", "authors/index.html", "authors/format.html"} <= set(html)


def test_papers_of_the_project_stay_out_of_the_site(project: Project) -> None:
    """The project's own papers under docs/ are neither pages nor copies nor words of the search index."""
    for name in ("house", "benchmarks"):
        project.write(f"docs/{name}.md", "# A paper\n\nQuokkawort is for those who build this.\n")
    apart = "not_published: [docs/house.md, docs/benchmarks.md]\n"
    project.write("modules/curriculum.yml", project.read("modules/curriculum.yml") + apart)
    done = project.run("build")
    assert done.returncode == 0, done.stderr
    made = tree(project.root / "site")
    assert not [name for name in made if "house" in name or "benchmarks" in name]
    assert not [name for name, data in made.items() if b"Quokkawort" in data]


def test_home_leads_into_the_site(html: Pages) -> None:
    """The doors of the home page lead to the first module, to the facilitators' page and to the authors' page."""
    doors = html["index.html"].xpath("//div[@class='door']//a/@href")
    assert doors == [
        f"modules/{OURS.curriculum.modules[0].id}/index.html",
        "facilitate/index.html",
        "authors/index.html",
    ]


def test_only_what_is_staged_or_an_asset_is_published(project: Project) -> None:
    """A file that is in docs/ beside the pages, such as a draft in another format, never gets to the host."""
    project.write("docs/assets/stylesheets/mine.css", "p {}")
    strays = {"Draft.docx", "facilitate/list.csv", "page.html", "old.txt", "modules/notes.txt"}
    for name in strays:
        project.write(f"docs/{name}", "Quokkawort")
    config = load_config(str(project.root / "mkdocs.yml"))
    files = get_files(config)
    assert strays <= set(files.src_uris)
    kept = set(config.plugins.on_files(files, config=config).src_uris)
    assert "assets/stylesheets/mine.css" in kept
    assert not [name for name in kept if not name.startswith("assets/")]


def test_titles_are_unique_and_pages_tell_their_language(html: Pages) -> None:
    """No two pages share a title, each page has one heading of level 1, and each says that it is in English."""
    titles = [page.findtext(".//title") for page in html.values()]
    assert len(set(titles)) == len(titles)
    assert {page.get("lang") for page in html.values()} == {"en"}
    assert {name: len(page.xpath("//h1")) for name, page in html.items()} == dict.fromkeys(html, 1)


def test_pages_end_with_links_to_their_sources(html: Pages, site: Path) -> None:
    """Every page but the one for lost readers ends with plain links to authored files, whose text the site holds."""
    for name, page in html.items():
        if name == "404.html":
            continue
        last = page.xpath("//article//p")[-1]
        assert last.get("class") == "source", name
        assert last.xpath("./a"), name
        for link in last.xpath("./a"):
            copy = (site / name).parent / link.get("href")
            assert copy.read_text(encoding="utf-8") == (ROOT / link.text).read_text(encoding="utf-8"), name


def test_guides_and_handouts_offer_their_pdf(html: Pages, site: Path) -> None:
    """Guides and handouts offer Letter, A4 and large print, each with its true number of pages and size."""
    for module, kind in itertools.product(MODULES, ("guide", "handout")):
        stem = f"{module}-{kind}"
        offers = html[f"modules/{module}/{kind}.html"].xpath("//a[contains(@class, 'pdf')]")
        wanted = [f"{stem}.pdf", f"{stem}-a4.pdf", f"{stem}-large-print.pdf"]
        assert [offer.get("href") for offer in offers][:3] == wanted
        for offer in offers:
            path = site / "modules" / module / offer.get("href")
            said = re.search(r"(\d+) pages?, (\d+) KB", offer.text_content())
            assert said is not None
            with pikepdf.open(path) as pdf:
                assert int(said[1]) == len(pdf.pages)
            assert int(said[2]) == round(path.stat().st_size / 1000)


def test_questions_have_permanent_anchors(html: Pages) -> None:
    """Every question of a module is in its guide, once, under an anchor made of its id, with the words to ask."""
    for module in MODULES:
        guide = html[f"modules/{module}/guide.html"]
        for question in module_file(module)["questions"]:  # type: ignore[attr-defined]
            (place,) = guide.xpath(f"//*[@id='q-{question['id']}']")
            said = place.getparent().text_content()
            first_words = re.split(r"[\[*_'\"`.?]", question["ask"].strip())[0].split()[:5]
            assert " ".join(first_words) in " ".join(said.split()), question["id"]


# That it holds together


def test_links_and_anchors_resolve(html: Pages, site: Path) -> None:
    """Every link inside the site leads to a file that is there and, if it names an anchor, to one on that page."""
    anchors = {name: {*page.xpath("//@id"), *page.xpath("//a/@name")} for name, page in html.items()}
    broken = []
    for name, page in html.items():
        for href in page.xpath("//a/@href|//link/@href|//img/@src|//script/@src"):
            parts = urlsplit(href)
            if parts.scheme not in {"", "http", "https", "mailto"}:
                broken.append(f"{name}: {href} (a name that was not worked out)")
            if parts.scheme or parts.netloc or (name == "404.html" and href.startswith("/")):
                continue
            target = os.path.normpath((Path(name).parent / unquote(parts.path)).as_posix()) if parts.path else name
            target = Path(target).as_posix()
            if (site / target).is_dir():
                target = "index.html" if target == "." else f"{target}/index.html"
            if not (site / target).is_file():
                broken.append(f"{name}: {href}")
            elif parts.fragment and unquote(parts.fragment) not in anchors.get(target, {unquote(parts.fragment)}):
                broken.append(f"{name}: {href} (anchor)")
    assert not broken


def test_ids_are_unique_on_each_page(html: Pages) -> None:
    """No page has two elements with one id, so that a link leads to one place."""
    ids = {name: page.xpath("//@id") for name, page in html.items()}
    assert ids == {name: list(dict.fromkeys(found)) for name, found in ids.items()}


def test_no_page_fetches_from_another_host(html: Pages, site: Path) -> None:
    """Only links that a reader follows lead to other hosts: scripts, styles, fonts and images are the site's own."""
    outside = []
    for name, page in html.items():
        fetched = [
            *page.xpath(FETCHING),
            *re.findall(r"url\(\s*['\"]?([^'\")]+)", " ".join(page.xpath("//style/text()"))),
        ]
        fetched += [link.get("href") for link in page.xpath("//link[@href]") if link.get("rel") not in NOT_FETCHED]
        outside += [f"{name}: {address}" for address in fetched if re.match(r"(?:[a-z]+:)?//", address)]
    for style in site.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        fetched = re.findall(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", text)
        outside += [f"{style.name}: {a or b}" for a, b in fetched if re.match(r"(?:https?:)?//", a or b)]
    assert not outside


def test_references_are_numbered_in_order_of_first_citation(html: Pages) -> None:
    """Citations count up from 1 as a page first names each work, and its list has these works in that order."""
    cited = 0
    for name, page in html.items():
        marks = [
            (int(mark.text), mark.get("href").removeprefix("#ref-"))
            for mark in page.xpath("//a[contains(@class, 'cite')]")
        ]
        if not marks:
            continue
        cited += 1
        assert [number for number, _ in dict.fromkeys(marks)] == list(range(1, len(set(marks)) + 1)), name
        listed = [item.get("id").removeprefix("ref-") for item in page.xpath("//div[@class='references']/ol/li")]
        assert listed == [work for _, work in dict.fromkeys(marks)], name
        assert all(mark.getparent().tag == "sup" for mark in page.xpath("//a[contains(@class, 'cite')]"))
    assert cited >= len(MODULES)


def test_all_references_lists_every_work(html: Pages) -> None:
    """The page of references lists each work of the file once."""
    written = yaml.safe_load((ROOT / "modules/references.yml").read_text(encoding="utf-8"))
    listed = html["references.html"].xpath("//div[@class='references']/ol/li/@id")
    assert sorted(listed) == sorted(f"ref-{record['id']}" for record in written)


def test_first_use_of_a_term_is_linked_once(html: Pages) -> None:
    """A page links a glossary term at most once, and the readings do link terms."""
    for name, page in html.items():
        links = [link.get("href").partition("#")[2] for link in page.xpath("//a[contains(@class, 'term')]")]
        assert len(set(links)) == len(links), name
    assert all(html[f"modules/{module}/index.html"].xpath("//a[contains(@class, 'term')]") for module in MODULES)


def test_a_term_is_linked_where_it_is_first_used(project: Project) -> None:
    """Of several uses of a term in a text, the first one in running text carries the link, whatever its form."""
    project.replace(
        "modules/glossary.yml",
        "- id:",
        "- id: quokkawort\n  term: quokkawort\n  definition: A test.\n  also: [quokkaworts]\n\n- id:",
    )
    project.write(
        "docs/about.md",
        "# About\n\n## Of quokkaworts\n\nIn `quokkawort` and [a quokkawort](https://example.org/) it is not. "
        "Two **quokkaworts** are; a quokkawort is not.\n",
    )
    done = project.run("build")
    assert done.returncode == 0, done.stderr
    page = pages(project.root / "site")["about.html"]
    (link,) = page.xpath("//article//a[contains(@href, '#term-quokkawort')]")
    assert link.text == "quokkaworts"
    assert link.getparent().tag == "strong"


def test_search_finds_readings_and_not_guides(html: Pages, site: Path) -> None:
    """The search index holds readings, handouts and the glossary, and no guide page."""
    entries = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    found = {entry["location"].partition("#")[0] for entry in entries}
    for module in MODULES:
        assert {f"modules/{module}/index.html", f"modules/{module}/handout.html"} <= found
        assert f"modules/{module}/guide.html" not in found
    assert "glossary.html" in found
    assert found <= set(html)


def test_search_leaves_out_lists_of_works_and_of_files(site: Path) -> None:
    """A word of a title in a list of works, or the name of a source, does not crowd out where a thing is explained."""
    entries = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    text = " ".join(entry["text"] for entry in entries)
    assert "doi.org" not in text
    assert "Written in <" not in text
    assert "Print this" not in text.replace("Print this page", "")
    assert not [entry["location"] for entry in entries if entry["location"].endswith("#references")]


def test_ways_lead_from_a_guide_and_back(html: Pages) -> None:
    """A guide leads to its reading, its handout, its care and the next guide; "Facilitate" leads to every guide."""
    guide = "modules/shared-purpose/guide.html"
    assert {"index.html", "handout.html", "#care", "#run-sheet", "../race-and-medicine/guide.html"} <= links(
        html, guide
    )
    assert "index.html" in links(html, "modules/shared-purpose/handout.html")
    guides = {f"../modules/{module}/guide.html" for module in MODULES}
    assert guides <= links(html, "facilitate/index.html")


def test_manifest_lists_every_file(site: Path) -> None:
    """The manifest has each file's checksum and size, and the sources of everything that was made from sources."""
    listed = json.loads((site / "manifest.json").read_text(encoding="utf-8"))["artifacts"]
    made = {name: data for name, data in tree(site).items() if name != "manifest.json"}
    assert {name: entry["sha256"] for name, entry in listed.items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in made.items()
    }
    assert all(entry["bytes"] == len(made[name]) for name, entry in listed.items())
    for name, entry in listed.items():
        assert all((ROOT / source).is_file() for source in entry["sources"]), name
        if name.endswith((".html", ".pdf")) and name != "404.html":
            assert entry["sources"], name
    for module in MODULES:
        folder = f"modules/{module}"
        assert f"{folder}/handouts/worksheet.md" in listed[f"{folder}/{module}-handout.pdf"]["sources"]
        assert f"{folder}/reading.md" in listed[f"{folder}/{module}-guide.pdf"]["sources"]
        assert f"{folder}/reading.md" not in listed[f"{folder}/{module}-handout.pdf"]["sources"]
    assert listed["assets/stylesheets/type.css"]["sources"] == []  # a part of the program


def test_sitemap_is_dated_by_the_edition(tmp_path: Path) -> None:
    """The day on which the site is built is nowhere in the list of its pages; the edition's date is."""
    project = small(tmp_path / "small")
    settings = yaml.safe_load(project.read("modules/curriculum.yml"))
    assert project.run("build").returncode == 0
    listed = lxml.etree.parse(str(project.root / "site/sitemap.xml"))
    assert {str(date) for date in listed.xpath("//*[local-name()='lastmod']/text()")} == {str(settings["edition_date"])}
    assert all(address.startswith(settings["url"]) for address in listed.xpath("//*[local-name()='loc']/text()"))


def test_placeholder_address_is_not_shown(html: Pages) -> None:
    """While the address of the curriculum is a placeholder, no page names it, not even to a search engine."""
    assert not [name for name, page in html.items() if b"example.org/mortals-into-mentors" in lxml.html.tostring(page)]


def test_words_of_an_author_reach_the_page(built: Project) -> None:
    """The text of a reading is on its page, with its blanks in words a reader understands."""
    page = pages(built.root / "site")["modules/race-and-medicine/index.html"]
    sentences = plain_sentences("race-and-medicine")
    assert len(sentences) > 20
    assert [sentence for sentence in sentences if sentence not in words(page)] == []
    assert "PROGRAM TO SUPPLY" not in words(page)


def test_an_image_of_a_worksheet_is_on_page_and_paper(project: Project) -> None:
    """A worksheet's image, named from the module's folder, is shown on the handout's page and printed in its PDF."""
    folder = "modules/first-steps"
    circle = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>Quokkawort</text></svg>'
    project.write(f"{folder}/images/circle.svg", circle)
    project.replace(f"{folder}/handouts/sheet.md", "\n[WRITE: 3]\n", "\n![A circle](images/circle.svg)\n")
    done = project.run("build")
    assert done.returncode == 0, done.stderr
    (image,) = pages(project.root / "site")[f"{folder}/handout.html"].xpath("//article//img")
    assert "<text>Quokkawort</text>" in (project.root / "site" / folder / image.get("src")).read_text(encoding="utf-8")
    assert "A circle" in everything(project.root / "site" / folder / "first-steps-handout.pdf")


def test_pdfs_on_the_site_are_made_for_everyone_and_for_archives(site: Path) -> None:
    """Each PDF has a title of its own, its language, its structure, bookmarks and its claims."""
    titles, found = set(), sorted(site.rglob("*.pdf"))
    for path in found:
        with pikepdf.open(path) as pdf, pdf.open_metadata() as data:
            titles.add(str(data["dc:title"]))
            assert str(pdf.Root.Lang) == "en-US"
            assert bool(pdf.Root.MarkInfo.Marked)
            assert "/Outlines" in pdf.Root
            assert (data["pdfuaid:part"], data["pdfaid:part"], data["pdfaid:conformance"]) == ("1", "2", "A")
    assert len(titles) == len(found) > len(MODULES)  # each paper and large print have titles of their own


def test_a_page_says_where_it_can_be_changed(tmp_path: Path) -> None:
    """Once the sources have a public repository, every page leads to its own file there."""
    project = small(tmp_path / "small")
    assert project.run("build").returncode == 0
    repository = yaml.safe_load(project.read("modules/curriculum.yml"))["repository"].rstrip("/")
    for name, page in pages(project.root / "site").items():
        if name != "404.html":
            change = page.xpath("//p[@class='source']/a[last()]/@href")
            assert change, name
            assert change[0].startswith(f"{repository}/blob/main/"), name
