"""The files that a curriculum has beside its pages, and those that its settings name: all else may be a program.

In: the files under `docs`, and `mkdocs.yml` as read. Out: problems. Touches nothing itself; reads by `sources`.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from builder import markup
from builder.problems import Place, Problems, nearest, shown
from builder.site import theme
from builder.sources.files import Reader
from builder.sources.yaml import Located

PICTURE = re.compile(r"(?!/)(?!.*\.\.)[\w./-]+\.(?:jpeg|jpg|png|svg)")
"""The address of an image, by its path under `docs`."""

STYLE = re.compile(r"(?!.*\.\.)assets/[\w./-]+\.css")
"""The address of a style sheet: of files under `docs` that are no pages, only those in `docs/assets` are published."""

_DOCS = "docs/"
_ASSETS = f"{_DOCS}assets"
_REPLACEABLE = "assets/images/"
_KINDS = frozenset([".css", ".jpeg", ".jpg", ".png", ".svg", ".txt", ".woff2"])


def check_assets(reader: Reader, problems: Problems) -> None:
    """Report files under `docs/assets`, which are published as they are, that no page needs or that hide one of ours.

    Only an image of ours gives way to one of the curriculum's, which has its name in the same letters.
    """
    ours = {path.casefold(): path for path in theme.assets()}
    for path in reader.files(_ASSETS, None):
        suffix, published = PurePosixPath(path).suffix, path.removeprefix(_DOCS)
        our = ours.get(published.casefold())
        if our is not None and not (our == published and our.startswith(_REPLACEABLE)):
            problems.add(Place(path), "the program brings a file of this name (delete this one, or rename it)")
        elif suffix == ".js":
            problems.add(Place(path), "a script (delete it: scripts are part of the program)")
        elif suffix not in _KINDS:
            problems.add(Place(path), f"a kind of file that no page needs (allowed: {', '.join(sorted(_KINDS))})")
        elif suffix == ".css" and (source := reader.text(path)) and not markup.is_at_home(source.text):
            problems.add(Place(path), "a style sheet that asks another host (put what it needs into docs/assets)")


def check_named(given: Located, reader: Reader, problems: Problems) -> None:
    """Report images and style sheets that settings name and that do not exist.

    What is ill-formed is reported by `allowed`.
    """
    published = {path.removeprefix(_DOCS) for path in reader.files("docs", None)} | theme.assets().keys()
    look = given.root.content.get("theme")
    looks = look.content if look and isinstance(look.content, dict) else {}
    images = [looks[key] for key in ("favicon", "logo") if key in looks]
    sheets = given.root.content.get("extra_css")
    styles = sheets.content if sheets and isinstance(sheets.content, list) else []
    for form, values in ((PICTURE, images), (STYLE, styles)):
        known = [path for path in published if form.fullmatch(path)]
        for value in values:
            named = value.content
            if isinstance(named, str) and form.fullmatch(named) and named not in known:
                problems.add(value.place, f"missing file {shown(named)} ({nearest(named, known)})")
