"""The host's settings in `mkdocs.yml`: what a host needs, checked before it reads them, and written out for any host.

In: `mkdocs.yml` and what the curriculum says of itself. Out: problems, and settings. Touches nothing itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from builder.dialect import EXTENSIONS
from builder.documents import Release
from builder.loading.curriculum import Loaded
from builder.problems import Place, Problems, near, nearest, one, shown
from builder.site import allowed
from builder.site.stages import Stage
from builder.sources import yaml
from builder.sources.files import Reader, Source
from builder.sources.yaml import Located, Value

CONFIGURATION = "mkdocs.yml"

FROM_HOME = ("docs/about.md", "docs/facilitate/index.md", "docs/authors/index.md")
"""Authored pages that the template of the home page links to."""

_PLUGIN = "curriculum"

_PLUGINS = {
    _PLUGIN: "it makes the site of what is in modules/",
    "search": "it makes what readers search",
    "offline": "it makes the search work on a copy opened from a disk",
}
"""The plugins of a site: all of these, and no other, for a plugin is a program that runs when the site is built."""


def check(reader: Reader, problems: Problems) -> str:
    """Tell what would keep a host from building: its settings, and pages that home needs. Answer the settings' text.

    A host stops at the first slip in its settings, or passes it over, such as a plugin that is missing.
    """
    for page in FROM_HOME:
        if not reader.exists(page):
            problems.add(Place(page), "missing file (the home page links to it)")
    allowed.check_assets(reader, problems)
    source = reader.text(CONFIGURATION)
    given = yaml.parse(source, problems) if source else None
    if given and not isinstance(given.root.content, dict):
        problems.add(given.root.place, "keys and values expected, such as theme:")
    elif given:
        allowed.check_keys(given, reader, problems)
        _check_plugins(given, problems)
        _check_extensions(given, problems)
    return source.text if source else ""


def check_host(source: str, refused: Iterable[tuple[str, str]], root: Path, problems: Problems) -> None:
    """Report what the host refuses of settings that we would take, each at its key and without our folder's path."""
    given = yaml.parse(Source(CONFIGURATION, source), Problems())
    for key, why in refused:
        place = given.place(key) if given else Place(CONFIGURATION)
        problems.add(place, f"{key}: {why.replace(f'{root.absolute()}{os.sep}', '')}")


def output(reader: Reader) -> str | None:
    """The folder that the host's settings name for the site, if they can be read and name one."""
    source = reader.text(CONFIGURATION)
    given = yaml.parse(source, Problems()) if source else None
    named = given.root.content.get("site_dir") if given and isinstance(given.root.content, dict) else None
    return named.content if named and isinstance(named.content, str) else None


def configuration(mkdocs_yml: str, stage: Stage, loaded: Loaded, theme: str) -> str:
    """Write `mkdocs.yml` for a host that does not know our plugin: navigation and address set, plugin left out."""
    config = yaml.load(mkdocs_yml)
    with_options = [entry for entry in config["plugins"] if isinstance(entry, dict) and _PLUGIN in entry]
    config["plugins"] = [entry for entry in config["plugins"] if entry != _PLUGIN and entry not in with_options]
    config["theme"] = {**config["theme"], "custom_dir": theme}
    config |= settings(loaded) | {"docs_dir": "docs", "site_dir": "site", "nav": stage.nav}
    return yaml.dump(config)


def settings(loaded: Loaded) -> dict[str, str]:
    """What the host is told from the curriculum's own settings."""
    curriculum = loaded.curriculum.settings
    return {
        "site_name": curriculum.title,
        "site_description": curriculum.subtitle,
        "site_url": curriculum.address or "",
        "copyright": f"{curriculum.license.name} · edition {curriculum.edition}",
    }


def edition(release: Release) -> dict[str, str]:
    """What the theme is told of a released edition, as `extra.editions`."""
    return {"name": release.name, "root": release.root or "", "latest": release.latest or ""}


def check_dialect(extensions: Iterable[str]) -> None:
    """Raise `Stopped` if a host reads another Markdown than the print and the checks do."""
    given = sorted(set(extensions))
    if given != sorted(EXTENSIONS):
        message = f"markdown_extensions are {', '.join(given)} (must be {', '.join(EXTENSIONS)})"
        raise one(CONFIGURATION, message)


def _check_plugins(given: Located, problems: Problems) -> None:
    names = _names(given, "plugins", problems)
    if names is None:
        return
    for name, why in _PLUGINS.items():
        if name not in names:
            problems.add(given.place("plugins"), f"plugins lack {name!r} ({why})")
    lacking = _PLUGINS.keys() - names.keys()
    for name, entry in names.items():
        if name not in _PLUGINS and near(name, lacking) is None:
            why = f"a plugin is a program that runs whenever the site is built; allowed: {', '.join(_PLUGINS)}"
            problems.add(entry.place, f"plugin {shown(name)} is not allowed here ({why})")


def _check_extensions(given: Located, problems: Problems) -> None:
    """The site must read the same Markdown as the print and the checks do."""
    key = "markdown_extensions"
    names = _names(given, key, problems)
    if names is None:
        return
    for name, entry in names.items():
        if name not in EXTENSIONS:
            problems.add(entry.place, f"unknown extension {shown(name)} ({nearest(name, EXTENSIONS)})")
        elif not isinstance(entry.content, str):
            problems.add(entry.place, f"options of {name!r} (only its name: the print knows no options)")
    lacking = ", ".join(repr(name) for name in EXTENSIONS if name not in names)
    if lacking:
        problems.add(given.place(key), f"{key} lack {lacking} (must be {', '.join(EXTENSIONS)})")


def _names(given: Located, key: str, problems: Problems) -> dict[str, Value] | None:
    """What a list of the settings names, each entry alone or with its options; None if it cannot be told.

    A list that is missing or empty names nothing.
    """
    value = given.root.content.get(key)
    entries = value.content if value else None
    if entries is not None and not isinstance(entries, list):
        problems.add(given.place(key), f"{key}: a list expected (each item on a line that begins with '- ')")
        return None
    names: dict[str, Value] = {}
    whole = True
    for entry in entries or ():
        alone = isinstance(entry.content, dict) and len(entry.content) == 1
        name = next(iter(entry.content)) if alone else entry.content
        if isinstance(name, str):
            names[name] = entry
        else:
            problems.add(entry.place, f"a name expected (of one of {key})")
            whole = False
    return names if whole else None
