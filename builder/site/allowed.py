"""What the host's settings may say, and which files a site may have beside its pages: all else may be a program.

In: `mkdocs.yml` as read, and the files under `docs/assets`. Out: problems. Touches nothing itself; reads by `sources`.

Settings come by the same ways as texts do, so none of them runs a program, asks another host, or puts HTML on a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from builder import markup
from builder.problems import Place, Problems, nearest, shown
from builder.sources.files import Reader
from builder.sources.yaml import Located, Value

SCRIPTS = frozenset(["curriculum.js", "editions.js", "finding.js", "frame.js", "iframe-worker.js", "search.js"])
"""The scripts of our pages, in `docs/assets/javascripts`. They are part of the program; a site has no others."""

_ASSETS = "docs/assets/"
_JAVASCRIPTS = f"{_ASSETS}javascripts/"
_OURS = frozenset(f"{_JAVASCRIPTS.removeprefix('docs/')}{name}" for name in SCRIPTS)
_KINDS = frozenset([".css", ".jpeg", ".jpg", ".png", ".svg", ".txt", ".woff2"])


@dataclass(frozen=True, slots=True)
class _Form:
    """The form of a text, and how it is said."""

    pattern: re.Pattern[str]
    says: str


def _words(*words: str) -> _Form:
    return _Form(re.compile("|".join(map(re.escape, words))), f"must be {' or '.join(words)}")


Rule = _Form | Mapping[str, "Rule"] | list["Rule"] | None
"""What a value must be: a text of this form, keys with their rules, a list of such; None where anything will do."""

_NAME = _Form(re.compile(r"[\w/-]+"), "a name of letters, digits and hyphens")
_PLAIN = _Form(re.compile(r"[\w ():.,;'/+-]*"), "plain words, without quotation marks and angle brackets")
_FILE = _Form(re.compile(r"(?!/)(?!.*\.\.)[\w./-]*"), "a file of this project, named by its path under docs")
_ADDRESS = _Form(re.compile(r"(?:https?://[\w.:~%/+-]+)?"), "an address that begins with https://")
_SWITCH = _Form(re.compile("true|false", re.IGNORECASE), "must be true or false")
_OFF = _Form(re.compile("false", re.IGNORECASE), "must be false")
_ICON = _words("material/brightness-auto", "material/weather-sunny", "material/weather-night")
_COLORS: Mapping[str, Rule] = {
    "media": _PLAIN, "scheme": _NAME, "primary": _NAME, "accent": _NAME, "toggle": {"icon": _ICON, "name": _PLAIN},
}  # fmt: skip

_RULES: Mapping[str, Rule] = {
    "site_name": None, "site_description": None, "site_author": None, "copyright": None, "nav": None,
    "site_url": _ADDRESS, "repo_url": _ADDRESS, "repo_name": _PLAIN, "edit_uri": _FILE, "dev_addr": None,
    "docs_dir": _words("docs"), "site_dir": None, "use_directory_urls": _OFF,
    "strict": _SWITCH, "watch": None, "validation": None, "remote_branch": _NAME, "remote_name": _NAME,
    "exclude_docs": None, "draft_docs": None, "not_in_nav": None,
    "plugins": None, "markdown_extensions": None,  # judged by `settings`
    "extra_css": [_FILE], "extra_javascript": [_FILE],
    "theme": {
        "name": _words("material"), "variant": _words("classic", "modern"), "custom_dir": _words("builder/theme"),
        "language": _words("en"), "direction": _words("ltr", "rtl"), "font": _OFF, "favicon": _FILE, "logo": _FILE,
        "features": [_words("navigation.indexes", "navigation.prune")], "palette": _COLORS,
    },
    "extra": {"generator": _SWITCH, "editions": _SWITCH, "polyfills": [_FILE]},
}  # fmt: skip
"""The settings that a site needs. Those of them that the curriculum says of itself are replaced."""

_REFUSED = {
    "hooks": "it runs a program whenever the site is built",
    "INHERIT": "it takes settings from another file, which nobody checks",
    "extra_templates": "its files are programs of the theme",
    "google_analytics": "it asks another host",
    "mdx_configs": "the print knows no options of Markdown",
    "edit_uri_template": "pages end with a link to their source",
}
"""Settings that MkDocs 1.6 knows and that are not for a site of ours, and why."""


def check_keys(given: Located, reader: Reader, problems: Problems) -> None:
    """Report settings that a host would pass over or take amiss, and those that are not for a site of ours."""
    for key, value in given.root.content.items():
        place = given.place(key)
        if key in _REFUSED:
            problems.add(given.root.keys.get(key, place), f"{key} is not allowed here ({_REFUSED[key]})")
        elif key not in _RULES:
            problems.add(place, f"unknown key {shown(key)} ({nearest(key, _RULES)})")
        else:
            for at, message in _faults(value, _RULES[key], key):
                problems.add(at or place, message)
    if "use_directory_urls" not in given.root.content:
        problems.add(given.root.place, "use_directory_urls is missing (must be false)")
    _check_theme(given, problems)
    _check_files(given, reader, problems)


def check_assets(reader: Reader, problems: Problems) -> None:
    """Report files under `docs/assets`, which are published as they are, that no page of ours needs."""
    for path in reader.files(_ASSETS.rstrip("/"), None):
        name = PurePosixPath(path)
        if name.suffix == ".js" and path != f"{_JAVASCRIPTS}{name.name}":
            problems.add(Place(path), f"a script outside of {_JAVASCRIPTS} (scripts are part of the program)")
        elif name.suffix == ".js" and name.name not in SCRIPTS:
            why = f"scripts are part of the program: {', '.join(sorted(SCRIPTS))}"
            problems.add(Place(path), f"a script that no page of ours has ({why})")
        elif name.suffix not in _KINDS | {".js"}:
            problems.add(Place(path), f"a kind of file that no page needs (allowed: {', '.join(sorted(_KINDS))})")
        elif name.suffix == ".css" and (source := reader.text(path)) and not markup.is_at_home(source.text):
            problems.add(Place(path), "a style sheet that asks another host (put what it needs into docs/assets)")


def _faults(value: Value, rule: Rule, name: str) -> Iterator[tuple[Place | None, str]]:
    """List what is wrong with a setting, with the place where it is not that of its key."""
    content = value.content
    if rule is None or content is None:
        return
    if isinstance(rule, _Form):
        if not isinstance(content, str) or not rule.pattern.fullmatch(content):
            yield value.place, f"{name} is {shown(value.plain())} ({rule.says})"
    elif isinstance(rule, list) or (rule is _COLORS and isinstance(content, list)):
        yield from _faults_of_list(value, rule[0] if isinstance(rule, list) else rule, name)
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
        if key in rule:
            yield from ((at or each.place, message) for at, message in _faults(each, rule[key], f"{name}.{key}"))
        else:
            yield value.keys.get(key), f"{name}.{key} is not allowed here ({nearest(key, rule)})"


def _check_theme(given: Located, problems: Problems) -> None:
    theme = given.root.content.get("theme")
    named = theme.content if theme and isinstance(theme.content, dict) else {}
    for key, must in (("name", "material"), ("custom_dir", "builder/theme")):
        if key not in named or named[key].content is None:
            problems.add(given.place("theme"), f"theme lacks its {key} (must be {must})")
            return


def _check_files(given: Located, reader: Reader, problems: Problems) -> None:
    """Report files that settings name and that are not there, and scripts that are not the program's."""
    extra = given.root.content.get("extra")
    polyfills = extra.content.get("polyfills") if extra and isinstance(extra.content, dict) else None
    theme = given.root.content.get("theme")
    for key in ("favicon", "logo"):
        if theme and isinstance(theme.content, dict) and key in theme.content:
            _check_file(theme.content[key], reader, problems)
    named = {key: given.root.content.get(key) for key in ("extra_css", "extra_javascript")} | {"polyfills": polyfills}
    for key, entries in named.items():
        for entry in entries.content if entries and isinstance(entries.content, list) else ():
            is_there = _check_file(entry, reader, problems)
            if is_there and key != "extra_css" and entry.content not in _OURS:
                why = f"{shown(entry.content)} is no script of the program ({', '.join(sorted(SCRIPTS))})"
                problems.add(entry.place, why)


def _check_file(value: Value, reader: Reader, problems: Problems) -> bool:
    """Answer whether a setting names a file under docs; report one that is not there, not one that is ill-formed."""
    path = value.content
    if not isinstance(path, str) or not _FILE.pattern.fullmatch(path):
        return False
    if reader.exists(f"docs/{path}"):
        return True
    assets = [each.removeprefix("docs/") for each in reader.files("docs/assets", None)]
    problems.add(value.place, f"missing file {shown(path)} ({nearest(path, assets)})")
    return False
