"""The look of a site comes with the program: a curriculum brings a short `mkdocs.yml`, its texts and its images."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import urljoin

import lxml.html
import pytest
import yaml
from conftest import ROOT, Project
from output import differing, pages, small, tree

from builder.site import theme

STYLES = [f"assets/stylesheets/{name}.css" for name in ("type", "frame", "blocks", "guide", "print")]
MINE = "assets/stylesheets/mine.css"
SCRIPT = "assets/javascripts/curriculum.js"
SET = {
    "docs_dir": "docs",
    "use_directory_urls": False,
    "extra_css": [*STYLES, MINE],
    "extra_javascript": [SCRIPT],
    "extra": {"generator": False, "editions": True, "polyfills": ["assets/javascripts/iframe-worker.js"]},
    "markdown_extensions": [
        "admonition", "attr_list", "def_list", "fenced_code", "footnotes",
        "md_in_html", "sane_lists", "smarty", "tables", "toc",
    ],
    "validation": {
        "nav": dict.fromkeys(("omitted_files", "not_found", "absolute_links"), "warn"),
        "links": dict.fromkeys(("not_found", "anchors", "absolute_links", "unrecognized_links"), "warn"),
    },
    "plugins": ["search", "offline"],
}  # fmt: skip
"""What a stage says of what the program sets, with a style sheet and a choice of a curriculum."""

DRAWING = '<svg viewBox="0 0 32 32" xmlns="http://www.w3.org/2000/svg"><circle cx="9" cy="9" r="5" /></svg>\n'


def mkdocs(project: Project, program: Path) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs build` as any user does, with the program in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(program)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def built(project: Project, program: Path = ROOT) -> Path:
    """The site that `mkdocs build` makes."""
    done = mkdocs(project, program)
    assert done.returncode == 0, done.stdout + done.stderr
    return project.root / "site"


def asked(name: str, page: lxml.html.HtmlElement) -> list[str]:
    """What a browser loads for a page by itself, by its path in the site."""
    links = page.xpath("//link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href | //script/@src | //img/@src")
    return [urljoin(name, address) for address in links]


def assert_is_dressed(site: Path) -> None:
    """Every page has our header and our styles in their order, and loads only what is there."""
    published = tree(site)
    assert theme.assets().keys() <= published.keys()
    for name, page in pages(site).items():
        if not page.xpath("//header"):
            continue  # a page at a former address
        loaded = [address.lstrip("/") for address in asked(name, page)]
        assert [each for each in loaded if each in STYLES] == STYLES, name
        assert {SCRIPT, "assets/images/favicon.svg"} <= {*loaded}, name
        assert [each for each in loaded if each not in published] == [], name
        assert page.xpath("//header//div[contains(@class, 'bar__name')]//*[contains(@class, 'mark')]"), name
        assert page.xpath("//button[@data-opens='__search']"), name
    assert {"search/search_index.json", "search/search_index.js"} <= published.keys()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small curriculum outside of the repository, whose `mkdocs.yml` has fewer than ten lines."""
    made = small(tmp_path / "project")
    assert not made.root.is_relative_to(ROOT)
    assert not (made.root / "docs/assets").exists()
    assert made.read("mkdocs.yml").count("\n") < 10
    return made


def test_a_short_mkdocs_yml_has_our_look(project: Project) -> None:
    """`mkdocs build` in a folder with nothing but texts and a short `mkdocs.yml` makes a site with our look."""
    assert_is_dressed(built(project))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("theme:", "use_directory_urls: true\ntheme:", "mkdocs.yml:2:21: use_directory_urls is 'true' (must be false)"),
        ("theme:", "markdown_extensions: [codehilite]\ntheme:", "mkdocs.yml:2:23: unknown extension 'codehilite' ("),
        ("  name: curriculum", "  name: material", "mkdocs.yml:3:9: theme.name is 'material' (must be curriculum)"),
        ("  name: curriculum", "  name: curriculum\n  font:\n    text: Roboto", "mkdocs.yml:5:5: theme.font is "),
        ("  - curriculum", "  - curriculum\n  - search", "mkdocs.yml:6:5: plugin 'search' is set by the program ("),
    ],
)
def test_mkdocs_names_a_setting_that_contradicts(project: Project, old: str, new: str, said: str) -> None:
    """A plain `mkdocs build` stops at a setting that contradicts what is set, with its place, and writes nothing."""
    project.replace("mkdocs.yml", old, new)
    before = tree(project.root)
    done = mkdocs(project, ROOT)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not differing(tree(project.root), before)


def test_the_command_and_its_host_make_the_same_site(project: Project, tmp_path: Path) -> None:
    """`curriculum build` and `mkdocs build` make the same files of a short `mkdocs.yml`."""
    done = project.run("build", "--site-dir", str(tmp_path / "ours"))
    assert done.returncode == 0, done.stderr
    assert not differing(tree(tmp_path / "ours"), tree(built(project)))


def test_the_wheel_holds_the_whole_program(wheel: Path) -> None:
    """Every file that the repository keeps of the program is in the wheel, byte for byte."""
    kept = subprocess.run(["git", "ls-files", "builder"], cwd=ROOT, capture_output=True, text=True, check=True)
    with zipfile.ZipFile(wheel) as packed:
        packed_files = {name: packed.read(name) for name in packed.namelist() if name.startswith("builder/")}
    assert packed_files == {name: (ROOT / name).read_bytes() for name in kept.stdout.splitlines()}


def test_the_wheel_brings_the_look(wheel: Path, project: Project, tmp_path: Path) -> None:
    """The installed program, without its repository, makes a site with our look and a stage that is complete."""
    installed = tmp_path / "installed"
    command = ("install", "--no-deps", "--no-index", "--no-compile", "--target", str(installed), str(wheel))
    subprocess.run([sys.executable, "-m", "pip", *command], check=True, capture_output=True)
    assert_is_dressed(built(project, installed))
    for arguments in (("check",), ("stage", str(tmp_path / "stage"))):
        done = project.run(*arguments, PYTHONPATH=str(installed))
        assert done.returncode == 0, done.stderr
    staged = tree(tmp_path / "stage")
    assert {f"docs/{path}" for path in theme.assets()} <= staged.keys()
    assert {f"overrides/{path}" for path in theme.templates()} <= staged.keys()


def test_a_stage_writes_out_what_is_set(project: Project, tmp_path: Path) -> None:
    """The settings of a stage say all that the theme and the plugin set, beside what the curriculum chose."""
    project.write(f"docs/{MINE}", "p {}\n")
    project.write("docs/assets/images/badge.svg", DRAWING)
    look = "theme:\n  name: curriculum\n  logo: assets/images/badge.svg\n"
    project.replace("mkdocs.yml", "theme:\n  name: curriculum\n", look)
    chosen = f"extra_css: [{MINE}]\nextra: {{editions: true}}\nwatch: [cohorts]\n"
    project.write("mkdocs.yml", project.read("mkdocs.yml") + chosen)
    done = project.run("stage", str(tmp_path / "stage"))
    assert done.returncode == 0, done.stderr
    config = yaml.safe_load((tmp_path / "stage/mkdocs.yml").read_text(encoding="utf-8"))
    assert all(config["extra"].pop(each) for each in ("words", "words_of_scripts"))
    assert {key: config[key] for key in SET} == SET
    assert "watch" not in config  # a folder that the stage does not have
    assert [each["media"] for each in config["theme"].pop("palette")] == [
        "(prefers-color-scheme)", "(prefers-color-scheme: light)", "(prefers-color-scheme: dark)",
    ]  # fmt: skip
    assert config["theme"] == {
        "name": "material", "variant": "classic", "custom_dir": "overrides", "language": "en", "font": False,
        "features": ["navigation.indexes", "navigation.prune"],
        "favicon": "assets/images/favicon.svg", "logo": "assets/images/badge.svg",
    }  # fmt: skip
    staged = tree(tmp_path / "stage")
    named = [*config["extra_css"], *config["extra_javascript"], *config["extra"]["polyfills"]]
    named += [config["theme"]["favicon"], config["theme"]["logo"]]
    assert [path for path in named if f"docs/{path}" not in staged] == []


def test_a_curriculum_has_an_icon_and_a_logo_of_its_own(project: Project) -> None:
    """An icon under the name of ours takes its place; a logo is in the header of each page; own styles come last."""
    project.write("docs/assets/images/favicon.svg", DRAWING)
    project.write("docs/assets/images/badge.svg", DRAWING)
    project.write(f"docs/{MINE}", "p { color: inherit; }\n")
    look = "theme:\n  name: curriculum\n  logo: assets/images/badge.svg\n"
    project.replace("mkdocs.yml", "theme:\n  name: curriculum\n", look)
    project.write("mkdocs.yml", project.read("mkdocs.yml") + f"extra_css: [{MINE}]\n")
    site = built(project)
    assert_is_dressed(site)
    assert (site / "assets/images/favicon.svg").read_text(encoding="utf-8") == DRAWING
    for name, page in pages(site).items():
        if page.xpath("//header"):
            (logo,) = page.xpath("//header//img[@class='mark']")
            assert urljoin(name, logo.get("src")).lstrip("/") == "assets/images/badge.svg"
            assert logo.get("alt") == ""
            assert page.xpath("//link[@rel='stylesheet']/@href")[-1].endswith(MINE)
