"""The host's settings in `mkdocs.yml`: what a host needs, checked before it reads them, and written out for any host.

In: `mkdocs.yml` and the curriculum's own settings. Out: problems, and settings. Touches nothing itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from builder import words
from builder.dialect import EXTENSIONS
from builder.loading.curriculum import Loaded
from builder.model.curriculum import Settings
from builder.model.pages import SETTINGS
from builder.model.release import Release
from builder.problems import Place, Problems, near, nearest, shown
from builder.site import allowed, assets, theme
from builder.site.fixed import PLUGINS, fixed
from builder.site.stages import Stage
from builder.sources import yaml
from builder.sources.files import Reader, Source
from builder.sources.yaml import Located, Value

CONFIGURATION = "mkdocs.yml"

_PLUGIN = "curriculum"
"""The only plugin of a site, because a plugin is a program that runs when the site is built."""


def check_configuration(reader: Reader, problems: Problems) -> str:
    """Report what would keep a host from building: its settings.

    A host stops at the first problem in its settings, or ignores it, such as a missing plugin.

    Returns:
        The text of `mkdocs.yml`.
    """
    assets.check_assets(reader, problems)
    source = reader.text(CONFIGURATION)
    given = yaml.parse(source, problems) if source else None
    if given and not isinstance(given.root.content, dict):
        problems.add(given.root.place, "keys and values expected, such as theme:")
    elif given:
        allowed.check_keys(given, _languages(reader.root), problems)
        assets.check_named(given, reader, problems)
        _check_plugins(given, problems)
        _check_extensions(given, problems)
    return source.text if source else ""


def _languages(root: Path) -> tuple[str, ...]:
    """What a host may call the language: that of the curriculum; any that has words where none can be read."""
    source = Reader(root, Problems()).text(SETTINGS)
    given = yaml.parse(source, Problems()) if source else None
    if given is None or not isinstance(given.root.content, dict):
        return words.languages()
    named = given.root.content.get("language")
    tag = named.content if named else next(each.default for each in fields(Settings) if each.name == "language")
    return (tag.partition("-")[0],) if isinstance(tag, str) and words.has(tag) else words.languages()


def check_host(source: str, refused: Iterable[tuple[str, str]], root: Path, problems: Problems) -> None:
    """Report what the host refuses in settings that we accept, at its key and without our folder's path.

    Args:
        source: The text of `mkdocs.yml`.
        refused: Keys, each with the host's message.
        root: The folder of the curriculum, which is removed from messages.
        problems: Takes the problems.
    """
    given = yaml.parse(Source(CONFIGURATION, source), Problems())
    for key, why in refused:
        if key == "docs_dir":  # it is always `docs`, so the folder is not there
            problems.add(Place("docs"), "no such folder (MkDocs needs one: make it, with a page such as docs/about.md)")
            continue
        place = given.place(key) if given else Place(CONFIGURATION)
        problems.add(place, f"{key}: {why.replace(f'{root.absolute()}{os.sep}', '')}")


def output(reader: Reader) -> str | None:
    """The folder that the host's settings name for the site, if they can be read and name one."""
    source = reader.text(CONFIGURATION)
    given = yaml.parse(source, Problems()) if source else None
    named = given.root.content.get("site_dir") if given and isinstance(given.root.content, dict) else None
    return named.content if named and isinstance(named.content, str) else None


def configuration(mkdocs_yml: str, stage: Stage, loaded: Loaded, overrides: str) -> str:
    """Write `mkdocs.yml` for a host without our theme and plugin: all that they set is written out.

    `overrides` is the folder of the theme's templates, over the theme that ours extends.
    """
    config = yaml.load_plain(mkdocs_yml)
    chosen = config["theme"] if isinstance(config["theme"], dict) else {}
    config["theme"] = {**theme.defaults(), **chosen, "name": theme.BASE, "variant": "classic", "custom_dir": overrides}
    config["theme"] |= look(loaded)
    config["plugins"] = [*PLUGINS]
    config.pop("watch", None)  # folders of the curriculum, which a stage does not have
    config |= fixed(config.get("extra_css") or (), config.get("extra"))
    config |= settings(loaded) | {"site_dir": "site", "nav": stage.nav}
    config["extra"] |= frame(loaded)
    return yaml.dump(config)


def settings(loaded: Loaded) -> dict[str, str]:
    """The host's settings that come from the curriculum's own."""
    curriculum = loaded.curriculum.settings
    return {
        "site_name": curriculum.title,
        "site_description": curriculum.subtitle or "",
        "site_url": curriculum.address or "",
        "copyright": words.of(curriculum.language).say(
            "site.license", license=curriculum.license.name, edition=curriculum.edition
        ),
    }


def look(loaded: Loaded) -> dict[str, Any]:
    """What the theme itself says, in the language of the curriculum, as `theme` of the host."""
    tag = loaded.curriculum.settings.language
    say = words.of(tag).say
    palette = [
        {**each, "toggle": {**each["toggle"], "name": say(f"colors.{each['toggle']['name']}")}}
        for each in theme.defaults()["palette"]
    ]
    return {"language": tag.partition("-")[0], "palette": palette}


def frame(loaded: Loaded) -> dict[str, Any]:
    """The words of the frame around a text and of its scripts, in the curriculum's language, as `extra` of the host."""
    own = words.of(loaded.curriculum.settings.language)
    scripts = {**own.group("scripts"), "comma": own.say("lists.comma"), "search": own.group("search")}
    return {"words": {**own.group("frame")}, "words_of_scripts": scripts}


def edition(release: Release) -> dict[str, str]:
    """What the theme needs to know about a released edition, as `extra.editions`."""
    return {"name": release.name, "root": release.root or "", "latest": release.latest or ""}


def _check_plugins(given: Located, problems: Problems) -> None:
    names = _names(given, "plugins", problems)
    if names is None:
        return
    if _PLUGIN not in names:
        problems.add(given.place("plugins"), f"plugins lack {_PLUGIN!r} (it makes the site of what is in modules/)")
    for name, entry in names.items():
        if name.removeprefix(f"{theme.BASE}/") in PLUGINS:
            problems.add(entry.place, f"plugin {name!r} is set by the program (leave it out)")
        elif name != _PLUGIN and near(name, {_PLUGIN} - names.keys()) is None:
            why = f"a plugin is a program that runs whenever the site is built; allowed: {_PLUGIN}"
            problems.add(entry.place, f"plugin {shown(name)} is not allowed here ({why})")


def _check_extensions(given: Located, problems: Problems) -> None:
    """Report Markdown that the print and the checks do not read; what they read is set, whatever is listed."""
    for name, entry in (_names(given, "markdown_extensions", problems) or {}).items():
        if name not in EXTENSIONS:
            problems.add(entry.place, f"unknown extension {shown(name)} ({nearest(name, EXTENSIONS)})")
        elif not isinstance(entry.content, str):
            problems.add(entry.place, f"options of {name!r} (only its name: the print knows no options)")


def _names(given: Located, key: str, problems: Problems) -> dict[str, Value] | None:
    """The names in a list of the settings, each entry alone or with its options; None if it cannot be read.

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
