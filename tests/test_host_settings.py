"""The host's settings and the files beside pages: neither runs a program, asks another host, or puts HTML on a page."""

from __future__ import annotations

from pathlib import Path

import output
import pytest
from planting import Fault, assert_told, lines, small

from builder import mkdocs_plugin, pipeline, site, words
from builder.problems import Problems, Stopped
from builder.sources.files import Reader

HOST = "mkdocs.yml"
TOP = "site_name: Small steps\n"
THEME = "theme:\n  name: curriculum\n"
PLUGINS = "plugins:\n  - curriculum\n"
ASSETS = "docs/assets"
DRAWING = '<svg viewBox="0 0 32 32" xmlns="http://www.w3.org/2000/svg"><circle cx="9" cy="9" r="5" /></svg>'


def extra(entry: str, message: str) -> Fault:
    """A fault in a setting under `extra`."""
    return Fault(HOST, TOP, f"{TOP}extra:\n  {entry}\n", message)


def top(entry: str, message: str) -> Fault:
    """A fault in a setting of MkDocs."""
    return Fault(HOST, TOP, f"{TOP}{entry}\n", message)


def theme(entry: str, message: str) -> Fault:
    """A fault in a setting of the theme."""
    return Fault(HOST, THEME, f"{THEME}  {entry}\n", message)


SETTINGS = (
    top("¦hooks:\n  - x.py", "hooks is not allowed here (it runs a program whenever"),
    top("¦INHERIT: ../other.yml", "INHERIT is not allowed here (it takes settings from"),
    top("¦extra_templates:\n  - x.html", "extra_templates is not allowed here ("),
    top("¦mdx_configs: {}", "mdx_configs is not allowed here ("),
    top("¦google_analytics: [a, b]", "google_analytics is not allowed here ("),
    top("¦nav: [about.md]", "nav is not allowed here (the plugin makes it"),
    top("¦nav: 3", "nav is not allowed here ("),
    top("¦site_description: Steps", "site_description is not allowed here (it is the subtitle in modules/curriculum"),
    top("¦copyright: Mine", "copyright is not allowed here (it is the license in modules/curriculum.yml)"),
    top("¦validation: {}", "validation is not allowed here (the plugin sets it)"),
    Fault(HOST, PLUGINS, f"{PLUGINS}  - ¦macros\n", "plugin 'macros' is not allowed here (a plugin is a program"),
    Fault(HOST, PLUGINS, f"{PLUGINS}  - ¦macros: {{include_yaml: [x]}}\n", "plugin 'macros' is not allowed here ("),
    Fault(HOST, PLUGINS, "plugins:\n  - ¦{curriculum: {}, macros: {}}\n", "a name expected ("),
    theme("¦custom_dir: docs", "theme.custom_dir is not allowed here (the theme is part of the program)"),
    theme("font: ¦{text: Roboto}", "theme.font is {'text': 'Roboto'} (must be false)"),
    theme("¦font:", "theme.font has no value ("),
    theme("features: [¦navigation.instant]", "theme.features is 'navigation.instant' ("),
    theme("¦palette: {primary: indigo}", "theme.palette is not allowed here (the theme has its own colors)"),
    theme("¦static_templates: [x.html]", "theme.static_templates is not allowed here ("),
    theme("¦icon: {logo: a}", "theme.icon is not allowed here ("),
    theme("language: ¦xx", "theme.language is 'xx' (must be en)"),
    theme("language: ¦en-US", "theme.language is 'en-US' (must be en)"),
    theme("¦language:", "theme.language has no value ("),
    theme("favicon: ¦https://a.example.edu/assets/a.svg", "theme.favicon is 'https://a.exa"),
    theme("¦favicon:", "theme.favicon has no value ("),
    theme("favicon: ¦''", "theme.favicon is '' ("),
    theme("favicon: ¦about.md", "theme.favicon is 'about.md' (an image of this project"),
    theme("favicon: ¦../modules/a.svg", "theme.favicon is '../modules/a.svg' ("),
    theme(
        "favicon: ¦assets/images/fav.svg", "missing file 'assets/images/fav.svg' (did you mean 'assets/images/favicon"
    ),
    theme("favicon: ¦assets/images/Favicon.svg", "missing file 'assets/images/Favicon.svg' ("),
    theme("favicon: ¦assets//images/favicon.svg", "missing file 'assets//images/favicon.svg' ("),
    theme("logo: ¦assets/images/mark.svg", "missing file 'assets/images/mark.svg' ("),
    extra("¦analytics: {provider: google}", "extra.analytics is not allowed here ("),
    extra("¦scope: /", "extra.scope is not allowed here ("),
    extra("generator: ¦true", "extra.generator is 'true' (must be false)"),
    extra("polyfills: [¦https://a.example.edu/iframe.js]", "extra.polyfills is 'https:"),
    extra("polyfills: [¦assets/stylesheets/type.css]", "extra.polyfills is 'assets/stylesheets/type.css' (must be"),
    top("extra_javascript: [¦https://a.example.edu/c.js]", "extra_javascript is 'https://a.example.edu/c.js' ("),
    top("extra_javascript: [¦assets/mine.js]", "extra_javascript is 'assets/mine.js' (must be assets/javascripts/curr"),
    top("extra_javascript: [¦{path: x.js}]", "extra_javascript is {'path': 'x.js'} ("),
    top("extra_css: [¦//a.example.edu/a.css]", "extra_css is '//a.example.edu/a.css' (a style sheet of this project"),
    top("extra_css: [¦../modules/a.css]", "extra_css is '../modules/a.css' ("),
    top("extra_css: [¦about.md]", "extra_css is 'about.md' ("),
    top("extra_css: ¦assets/a.css", "extra_css: a list expected ("),
    top("site_url: ¦javascript:alert(1)", "site_url is 'javascript:alert(1)' (an address"),
    top('repo_url: ¦https://a.example.edu/"x', "repo_url is 'https://a.example.edu/\"x' ("),
    Fault(f"{ASSETS}/javascripts/mine.js", "", "¦alert(1)", "a script (delete it: scripts are part of the program)"),
    Fault(f"{ASSETS}/images/mine.js", "", "¦alert(1)", "a script (delete it"),
    Fault(f"{ASSETS}/javascripts/search.js", "", "¦alert(1)", "the program brings a file of this name (delete this"),
    Fault(f"{ASSETS}/stylesheets/type.css", "", "¦p {}", "the program brings a file of this name ("),
    Fault(f"{ASSETS}/stylesheets/Type.css", "", "¦p {}", "the program brings a file of this name ("),
    Fault(f"{ASSETS}/images/Favicon.svg", "", f"¦{DRAWING}", "the program brings a file of this name ("),
    Fault(f"{ASSETS}/fonts/OFL.txt", "", "¦words", "the program brings a file of this name ("),
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
    """What is not on the list of settings, contradicts what is set, or is a program, is one problem at its place."""
    assert_told(fault, tmp_path)


def test_the_theme_has_the_language_of_the_curriculum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `theme.language` may say is what `modules/curriculum.yml` says, without the region."""
    monkeypatch.setattr(words, "has", lambda _: True)
    root = small(tmp_path)
    settings = root / "modules/curriculum.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("language: en-US", "language: de-AT"), encoding="utf-8")
    for language, found in (("de", []), ("en", ["theme.language is 'en' (must be de)"])):
        (root / HOST).write_text(f"{TOP}{THEME}  language: {language}\n{PLUGINS}", encoding="utf-8")
        problems = Problems()
        site.check_configuration(Reader(root, problems), problems)
        assert [each.message for each in problems] == found


CHOSEN = """\
site_url: https://steps.example.edu/course/
repo_url: https://code.example.edu/a/b
strict: true
site_dir: site
extra: {editions: true}
"""
"""Settings that a curriculum may choose."""

SAID_AGAIN = """\
docs_dir: docs
use_directory_urls: false
extra_css: [assets/stylesheets/type.css, assets/stylesheets/print.css]
extra_javascript: [assets/javascripts/curriculum.js]
markdown_extensions: [tables, toc]
extra: {generator: false, polyfills: [assets/javascripts/iframe-worker.js]}
"""
"""Settings that say no more than what is set."""


@pytest.mark.parametrize("more", [CHOSEN, SAID_AGAIN], ids=["chosen", "said again"])
def test_what_contradicts_nothing_passes(tmp_path: Path, more: str) -> None:
    """Settings that a curriculum may choose, and those that only say what is set, have no problem."""
    root = small(tmp_path)
    look = "theme: {name: curriculum, font: false, language: en, favicon: assets/images/favicon.svg}\n"
    options = "plugins:\n  - curriculum: {paper: a4}\n"
    (root / HOST).write_text(f"{TOP}{look}{options}{more}", encoding="utf-8")
    assert lines(root) == []
    (root / HOST).write_text(f"{TOP}theme: curriculum\n{PLUGINS}{more}", encoding="utf-8")
    assert lines(root) == []


REFUSED = (
    Fault(HOST, TOP, f"{TOP}¦watch: docs\n", "watch: Expected a list of items, but a str was given."),
    Fault(HOST, TOP, f"{TOP}watch: [¦nowhere]\n", "watch: The path 'nowhere' isn't an existing file or directory."),
    Fault(HOST, TOP, f"{TOP}¦dev_addr: here\n", "dev_addr: Must be a string of format 'IP:PORT'"),
    Fault(HOST, TOP, f"{TOP}¦exclude_docs: 3\n", "exclude_docs: Expected a multiline string, but a int was given."),
    Fault(HOST, TOP, f"{TOP}¦site_author: [a]\n", "site_author: Expected type: str but received: list"),
    Fault(HOST, TOP, "", "site_name: Required configuration not provided.", at="1:1"),
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
        pipeline.check(pipeline.Curricula(root), pipeline.Cohorts(root), None, mkdocs_plugin.refused)
    (found,) = stopped.value.problems
    assert str(found).startswith(f"{place.rpartition(':')[0]}:")
    assert fault.message in found.message
    assert str(tmp_path) not in found.message


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
