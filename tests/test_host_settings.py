"""The host's settings and the files beside pages: neither runs a program, asks another host, or puts HTML on a page."""

from __future__ import annotations

import shutil
from pathlib import Path

import output
import pytest
from conftest import ROOT
from planting import ABOUT, Fault, assert_told, lines, small

from builder import mkdocs_plugin, pipeline
from builder.problems import Stopped
from builder.site import SCRIPTS

HOST = "mkdocs.yml"
THEME = "theme:\n  name: material\n"
EXTRA = "extra:\n"
PLUGINS = "plugins:\n  - curriculum\n"
ASSETS = "docs/assets"

SETTINGS = (
    Fault(HOST, EXTRA, "¦hooks:\n  - x.py\nextra:\n", "hooks is not allowed here (it runs a program whenever"),
    Fault(HOST, EXTRA, "¦INHERIT: ../other.yml\nextra:\n", "INHERIT is not allowed here (it takes settings from"),
    Fault(HOST, EXTRA, "¦extra_templates:\n  - x.html\nextra:\n", "extra_templates is not allowed here ("),
    Fault(HOST, EXTRA, "¦mdx_configs: {}\nextra:\n", "mdx_configs is not allowed here ("),
    Fault(HOST, EXTRA, "¦google_analytics: [a, b]\nextra:\n", "google_analytics is not allowed here ("),
    Fault(HOST, PLUGINS, f"{PLUGINS}  - ¦macros\n", "plugin 'macros' is not allowed here (a plugin is a program"),
    Fault(HOST, PLUGINS, f"{PLUGINS}  - ¦macros: {{include_yaml: [x]}}\n", "plugin 'macros' is not allowed here ("),
    Fault(HOST, PLUGINS, "plugins:\n  - ¦{curriculum: {}, macros: {}}\n", "a name expected ("),
    Fault(HOST, "custom_dir: builder/theme", "custom_dir: ¦docs", "theme.custom_dir is 'docs' (must be builder/theme)"),
    Fault(HOST, "  custom_dir: builder/theme\n", "", "theme lacks its custom_dir (", at="theme:"),
    Fault(HOST, "font: false", "font: ¦{text: Roboto}", "theme.font is {'text': 'Roboto'} (must be false)"),
    Fault(
        HOST, "    - navigation.indexes\n", "    - ¦navigation.instant\n", "theme.features is 'navigation.instant' ("
    ),
    Fault(HOST, THEME, f"{THEME}  ¦static_templates: [x.html]\n", "theme.static_templates is not allowed here ("),
    Fault(HOST, THEME, f"{THEME}  ¦icon: {{logo: a}}\n", "theme.icon is not allowed here ("),
    Fault(HOST, "name: Dark colors.", "name: ¦Dark<b>.", 'theme.palette.toggle.name is "Dark<b>. '),
    Fault(HOST, "icon: material/weather-night", 'icon: ¦a" b', "theme.palette.toggle.icon is 'a\" b' ("),
    Fault(HOST, "favicon: assets", "favicon: ¦https://a.example.edu/assets", "theme.favicon is 'https://a.exa"),
    Fault(HOST, EXTRA, "extra:\n  ¦analytics: {provider: google}\n", "extra.analytics is not allowed here ("),
    Fault(HOST, EXTRA, "extra:\n  ¦scope: /\n", "extra.scope is not allowed here ("),
    Fault(HOST, "    - assets/javascripts/iframe", "    - ¦https://a.example.edu/iframe", "extra.polyfills is 'https:"),
    Fault(
        HOST, "    - assets/javascripts/iframe-worker.js", "    - ¦assets/stylesheets/type.css", "is no script of the"
    ),
    Fault(
        HOST, "  - assets/javascripts/c", "  - ¦https://a.example.edu/c", "extra_javascript is 'https://a.example.edu/c"
    ),
    Fault(HOST, "  - assets/javascripts/curriculum.js", "  - ¦{path: x.js}", "extra_javascript is {'path': 'x.js'} ("),
    Fault(
        HOST, "  - assets/stylesheets/type.css", "  - ¦//a.example.edu/a.css", "extra_css is '//a.example.edu/a.css' ("
    ),
    Fault(
        HOST, "  - assets/stylesheets/type.css", "  - ¦../modules/a.css", "extra_css is '../modules/a.css' (a file of"
    ),
    Fault(HOST, EXTRA, "site_url: ¦javascript:alert(1)\nextra:\n", "site_url is 'javascript:alert(1)' (an address"),
    Fault(HOST, EXTRA, 'repo_url: ¦https://a.example.edu/"x\nextra:\n', "repo_url is 'https://a.example.edu/\"x' ("),
    Fault(
        HOST, "favicon: assets/images/favicon.svg", "favicon: ¦assets/images/fav.svg", "missing file 'assets/images/fav"
    ),
    Fault(
        HOST, "favicon: assets/images/favicon.svg", "logo: ¦assets/images/mark.svg", "missing file 'assets/images/mark"
    ),
    Fault(HOST, "language: en", "language: ¦xx", "theme.language is 'xx' (must be en)"),
    Fault(
        HOST, "icon: material/weather-night", "icon: ¦material/night", "theme.palette.toggle.icon is 'material/night' ("
    ),
    Fault(f"{ASSETS}/javascripts/mine.js", "", "¦alert(1)", "a script that no page of ours has ("),
    Fault(f"{ASSETS}/images/mine.js", "", "¦alert(1)", "a script outside of docs/assets/javascripts/ ("),
    Fault(f"{ASSETS}/page.html", "", "¦<p>words", "a kind of file that no page needs (allowed: "),
    Fault(f"{ASSETS}/page.xhtml", "", "¦<p>words</p>", "a kind of file that no page needs ("),
    Fault(f"{ASSETS}/page.HTML", "", "¦<p>words</p>", "a kind of file that no page needs ("),
    Fault(f"{ASSETS}/module.mjs", "", "¦alert(1)", "a kind of file that no page needs ("),
    Fault(f"{ASSETS}/a.css", "", "¦@import '//a.example.edu/a.css';", "a style sheet that asks another host ("),
    Fault(f"{ASSETS}/a.css", "", "¦p { background: URL( 'https://a.example.edu/' ) }", "a style sheet that asks"),
    Fault(f"{ASSETS}/a.css", "", "¦p { background: u\\72 l(//a.example.edu/) }", "a style sheet that asks another"),
    Fault(f"{ASSETS}/a.css", "", "¦p { background: image-set('https://a.example.edu/' 1x) }", "a style sheet that"),
)


@pytest.mark.parametrize("fault", SETTINGS, ids=str)
def test_settings_and_assets_are_on_a_list(fault: Fault, tmp_path: Path) -> None:
    """What is not on the list of settings, or is a program, is one problem, told at its place."""
    assert_told(fault, tmp_path)


def test_the_settings_that_are_needed_pass(tmp_path: Path) -> None:
    """The project's own settings, and those that its guide for authors names, have no problem."""
    root = small(tmp_path)
    settings = (root / HOST).read_text(encoding="utf-8")
    more = "site_url: https://steps.example.edu/course/\nrepo_url: https://code.example.edu/a/b\nstrict: true\n"
    changed = settings.replace("editions: false", "editions: true").replace(
        "- curriculum\n", "- curriculum: {paper: a4}\n"
    )
    (root / HOST).write_text(changed + more, encoding="utf-8")
    assert lines(root) == []


def test_the_list_of_scripts_is_that_of_the_program() -> None:
    """Every script in `docs/assets` is on the list, and every script on the list is there."""
    assert {path.name for path in (ROOT / ASSETS).rglob("*.js")} == SCRIPTS


REFUSED = (
    Fault(HOST, EXTRA, "¦nav: 3\nextra:\n", "nav: Expected nav to be a list, got a int: 3"),
    Fault(HOST, EXTRA, "¦watch: docs\nextra:\n", "watch: Expected a list of items, but a str was given."),
    Fault(HOST, EXTRA, "watch: [¦nowhere]\nextra:\n", "watch: The path 'nowhere' isn't an existing file or directory."),
    Fault(HOST, EXTRA, "¦dev_addr: here\nextra:\n", "dev_addr: Must be a string of format 'IP:PORT'"),
    Fault(HOST, EXTRA, "¦exclude_docs: 3\nextra:\n", "exclude_docs: Expected a multiline string, but a int was given."),
    Fault(HOST, EXTRA, "¦site_author: [a]\nextra:\n", "site_author: Expected type: str but received: list"),
    Fault(HOST, "omitted_files: warn", "omitted_files: shout", "Expected one of ['warn',", at="validation:"),
    Fault(
        HOST, "  - curriculum\n", "  - curriculum: {paper: a5}\n", "Plugin 'curriculum' option 'paper'", at="plugins:"
    ),
)
"""What no rule of ours is about, and MkDocs refuses."""


@pytest.mark.parametrize("fault", REFUSED, ids=str)
def test_what_the_host_refuses_is_a_problem_of_the_check(fault: Fault, tmp_path: Path) -> None:
    """MkDocs' own rules for its settings are part of the check, each at its key, without the path of a folder."""
    root = small(tmp_path)
    place = fault.plant(root)
    with pytest.raises(Stopped) as stopped:
        pipeline.check(pipeline.Curricula(root), None, None, mkdocs_plugin.refused)
    (found,) = stopped.value.problems
    assert str(found).startswith(f"{place.rpartition(':')[0]}:")
    assert fault.message in found.message
    assert str(tmp_path) not in found.message


def test_a_theme_that_is_not_there_is_a_problem_of_the_check(tmp_path: Path) -> None:
    """A folder for the theme that does not exist is reported by its place under the root, with all other problems."""
    root = small(tmp_path)
    shutil.rmtree(root / "builder/theme")
    Fault(ABOUT, "(module:first-steps)", "(¦module:frist-steps)", "").plant(root)
    with pytest.raises(Stopped) as stopped:
        pipeline.check(pipeline.Curricula(root), None, None, mkdocs_plugin.refused)
    unknown, missing = map(str, stopped.value.problems)
    assert "unknown module 'frist-steps'" in unknown
    assert missing == "mkdocs.yml:8:1: theme: The path set in custom_dir ('builder/theme') does not exist."


def test_each_command_shows_what_the_host_refuses(tmp_path: Path) -> None:
    """Every command that makes pages with MkDocs says what it refuses before anything is written."""
    project = output.small(tmp_path / "project")
    REFUSED[0].plant(project.root)
    before = output.tree(project.root)
    for command in (("check",), ("build",), ("serve", "--address", "127.0.0.1:0")):
        done = project.run(*command)
        assert done.returncode == 1, command
        assert f": problem: {REFUSED[0].message}" in done.stderr, command
    assert output.tree(project.root) == before
