"""What the host's settings may say: what a curriculum chooses, and what the program sets if it is said again.

In: `mkdocs.yml` as read. Out: problems. Touches nothing itself.

Settings come by the same ways as texts do, so none of them runs a program, asks another host, or puts HTML on a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from builder.problems import Place, Problems, nearest, shown
from builder.site import theme
from builder.site.assets import PICTURE, STYLE
from builder.site.fixed import SCRIPTS, SHIM
from builder.sources.yaml import Located, Value


@dataclass(frozen=True, slots=True)
class _Form:
    """The form of a text: a pattern, and its description for messages."""

    pattern: re.Pattern[str]
    says: str


def _words(*words: str) -> _Form:
    return _Form(re.compile("|".join(map(re.escape, words))), f"must be {' or '.join(words)}")


Rule = _Form | Mapping[str, "Rule"] | list["Rule"] | None
"""What a value must be: a text of this form, keys with their rules, a list of such; None where anything will do."""

_NAME = _Form(re.compile(r"[\w/-]+"), "a name of letters, digits and hyphens")
_PLAIN = _Form(re.compile(r"[\w ():.,;'/+-]*"), "plain words, without quotation marks and angle brackets")
_FILE = _Form(re.compile(r"(?!/)(?!.*\.\.)[\w./-]*"), "a file of this project, named by its path under docs")
_PICTURE = _Form(PICTURE, "an image of this project, named by its path under docs, such as assets/images/logo.svg")
_STYLE = _Form(STYLE, "a style sheet of this project, such as assets/stylesheets/mine.css")
_ADDRESS = _Form(re.compile(r"(?:https?://[\w.:~%/+-]+)?"), "an address that begins with https://")
_SWITCH = _Form(re.compile("true|false", re.IGNORECASE), "must be true or false")
_OFF = _Form(re.compile("false", re.IGNORECASE), "must be false")
_THEME: Mapping[str, Rule] = {
    "name": _words(theme.NAME), "language": None, "direction": _words("ltr", "rtl"), "font": _OFF,
    "favicon": _PICTURE, "logo": _PICTURE, "features": [_words(*theme.defaults()["features"])],
}  # fmt: skip
_RULES: Mapping[str, Rule] = {
    "site_name": None, "site_author": None,
    "site_url": _ADDRESS, "repo_url": _ADDRESS, "repo_name": _PLAIN, "edit_uri": _FILE, "dev_addr": None,
    "docs_dir": _words("docs"), "site_dir": None, "use_directory_urls": _OFF,
    "strict": _SWITCH, "watch": None, "remote_branch": _NAME, "remote_name": _NAME,
    "exclude_docs": None, "draft_docs": None, "not_in_nav": None,
    "plugins": None, "markdown_extensions": None,  # judged by `settings`
    "extra_css": [_STYLE], "extra_javascript": [_words(*SCRIPTS)],
    "theme": _THEME,
    "extra": {"generator": _OFF, "editions": _SWITCH, "polyfills": [_words(SHIM)]},
}  # fmt: skip
"""What a curriculum may choose, and what the program sets, which may be said again and must then be the same.

MkDocs needs a `site_name`, and the title in `modules/curriculum.yml` takes its place.
"""

_REFUSED = {
    "hooks": "it runs a program whenever the site is built",
    "INHERIT": "it takes settings from another file, which nobody checks",
    "extra_templates": "its files are programs of the theme",
    "google_analytics": "it asks another host",
    "mdx_configs": "the print knows no options of Markdown",
    "edit_uri_template": "pages end with a link to their source",
    "nav": "the plugin makes it of modules/ and docs/",
    "validation": "the plugin sets it",
    "site_description": "it is the subtitle in modules/curriculum.yml",
    "copyright": "it is the license in modules/curriculum.yml",
    "theme.custom_dir": "the theme is part of the program",
    "theme.palette": "the theme has its own colors",
}
"""Settings that MkDocs 1.6 and Material know and that are not for a site of ours, and why."""


def check_keys(given: Located, languages: Iterable[str], problems: Problems) -> None:
    """Report settings that a host would ignore or misread, and those that are not for a site of ours.

    Args:
        given: The settings.
        languages: What may be said again of the language, which the program sets.
        problems: Takes the problems.
    """
    rules = {**_RULES, "theme": {**_THEME, "language": _words(*languages)}}
    for key, value in given.root.content.items():
        place = given.place(key)
        if key in _REFUSED:
            problems.add(given.root.keys.get(key, place), f"{key} is not allowed here ({_REFUSED[key]})")
        elif key not in rules:
            problems.add(place, f"unknown key {shown(key)} ({nearest(key, rules)})")
        else:
            alone = key == "theme" and isinstance(value.content, str)  # `theme: curriculum` only has its name
            for at, message in _faults(value, _THEME["name"] if alone else rules[key], key):
                problems.add(at or place, message)
    _check_theme(given, problems)


def _faults(value: Value, rule: Rule, name: str) -> Iterator[tuple[Place | None, str]]:
    """List what is wrong with a setting, with the place where it is not that of its key."""
    content = value.content
    if rule is None or content is None:
        return
    if isinstance(rule, _Form):
        if not isinstance(content, str) or not rule.pattern.fullmatch(content):
            yield value.place, f"{name} is {shown(value.plain())} ({rule.says})"
    elif isinstance(rule, list):
        yield from _faults_of_list(value, rule[0], name)
    else:
        yield from _faults_of_keys(value, rule, name)


def _faults_of_list(value: Value, rule: Rule, name: str) -> Iterator[tuple[Place | None, str]]:
    if not isinstance(value.content, list):
        yield None, f"{name}: a list expected (each item on a line that begins with '- ')"
        return
    for each in value.content:
        yield from ((at or each.place, message) for at, message in _faults(each, rule, name))


def _faults_of_keys(value: Value, rule: Mapping[str, Rule], name: str) -> Iterator[tuple[Place | None, str]]:
    if not isinstance(value.content, dict):
        yield None, f"{name}: keys and values expected"
        return
    for key, each in value.content.items():
        place, full = value.keys.get(key), f"{name}.{key}"
        if key not in rule:
            yield place, f"{full} is not allowed here ({_REFUSED.get(full) or nearest(key, rule)})"
        elif each.content is None:
            yield place, f"{full} has no value (leave out the key, or write one)"
        else:
            yield from ((at or each.place, message) for at, message in _faults(each, rule[key], full))


def _check_theme(given: Located, problems: Problems) -> None:
    value = given.root.content.get("theme")
    if not value or value.content is None or (isinstance(value.content, dict) and "name" not in value.content):
        problems.add(given.place("theme"), f"theme lacks its name (must be {theme.NAME})")
