"""The theme `curriculum`, which extends Material: templates, and the styles, scripts, fonts and icon of every site.

In: nothing. Out: its files, and what it sets. Touches nothing but our own package data. MkDocs finds this folder by an
entry point in `pyproject.toml`, and takes from it what a curriculum does not have in its own `docs/assets`.
"""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Any

from builder.sources import leftovers, yaml

NAME = "curriculum"

BASE = "material"
"""The theme below ours, which hosts that cannot find ours are given, with our templates over it."""

_SETTINGS = "mkdocs_theme.yml"


@functools.cache
def assets() -> Mapping[str, Traversable]:
    """The files that every site has beside its pages, by their paths in the site."""
    return dict(_files(_folder() / "assets", "assets/"))


@functools.cache
def scripts() -> frozenset[str]:
    """The scripts of our pages, by their paths in the site; a site has no others."""
    return frozenset(path for path in assets() if path.endswith(".js"))


def templates() -> Mapping[str, Traversable]:
    """The templates, by their paths within the theme."""
    return {path: file for path, file in _files(_folder(), "") if path.endswith(".html")}


@functools.cache
def defaults() -> Mapping[str, Any]:
    """What the theme sets, as `mkdocs.yml` would have it below `theme`."""
    text = (_folder() / _SETTINGS).read_bytes().decode("utf-8")
    return {key: value for key, value in yaml.load_plain(text).items() if key != "extends"}


def _folder() -> Traversable:
    return importlib.resources.files("builder.site.theme")


def _files(folder: Traversable, above: str) -> Iterator[tuple[str, Traversable]]:
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        if each.is_dir():
            yield from _files(each, f"{above}{each.name}/")
        elif not each.name.startswith(".") and not leftovers.is_dropping(each.name):
            yield f"{above}{each.name}", each
