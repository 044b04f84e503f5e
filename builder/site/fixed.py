"""The settings of a host that are the same for every curriculum: the program sets them, and no `mkdocs.yml` says them.

In: what a curriculum chooses. Out: settings in the host's own words. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from builder.dialect import EXTENSIONS

PLUGINS = ("search", "offline")
"""Material's plugins for every site: what readers search, also on a copy opened from a disk."""

STYLES = tuple(f"assets/stylesheets/{name}.css" for name in ("type", "frame", "blocks", "guide", "print"))
"""Our style sheets, in the order in which browsers read them; `editions.css` is only on pages that need it."""

SCRIPTS = ("assets/javascripts/curriculum.js",)
"""The script of every page; the theme's templates name the others."""

SHIM = "assets/javascripts/iframe-worker.js"
"""Search on a copy opened from a disk: without it the offline plugin links to another host."""

_EVERYTHING_MISSING = {
    "nav": {"omitted_files": "warn", "not_found": "warn", "absolute_links": "warn"},
    "links": {"not_found": "warn", "anchors": "warn", "absolute_links": "warn", "unrecognized_links": "warn"},
}


def fixed(styles: Iterable[str] = (), extra: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Give what is set for every site, with a curriculum's own style sheets after ours and its choices in `extra`.

    Addresses end in `.html`, so that a double-click on a downloaded copy works.
    """
    return {
        "docs_dir": "docs",
        "use_directory_urls": False,
        "extra_css": [*STYLES, *(each for each in styles if each not in STYLES)],
        "extra_javascript": [*SCRIPTS],
        "extra": {"editions": False, **(extra or {}), "generator": False, "polyfills": [SHIM]},
        "markdown_extensions": [*EXTENSIONS],
        "validation": _EVERYTHING_MISSING,
    }
