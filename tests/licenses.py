"""The list of what others made, THIRD-PARTY.md: written anew by `make licenses`, compared by `tests/test_supply.py`.

Names and versions come from the locks, licenses from what is installed; what a package is for is written by hand in
the list itself and kept.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "THIRD-PARTY.md"
LOCKS = ("requirements.lock", "requirements-test.lock")

ALLOWED = frozenset(
    [
        "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-2-Clause-Views", "BSD-3-Clause", "CC-BY-4.0", "CC-BY-SA-3.0",
        "HPND", "ISC", "MIT", "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0", "Unlicense", "W3C",
    ]
)  # fmt: skip
"""What may be part of the program or of what it publishes, by SPDX's names."""

ALLOWED_IN_TESTS = ALLOWED | {"GPL-2.0-only", "GPL-3.0-or-later", "LGPL-2.1-or-later"}
"""What only tests may use: nothing of it is passed on with the program, the site or the packets."""

NAMES = {
    "Apache": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "BSD 2-Clause License": "BSD-2-Clause",
    "MIT Licence": "MIT",
    "PSFL": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""SPDX's names for what packages write in their metadata."""

READ = {
    "axe-playwright-python": "MIT AND MPL-2.0",  # its LICENSE, and that of the axe.min.js within it
    "colorama": "BSD-3-Clause",  # its LICENSE.txt; the metadata says BSD
    "jinja2": "BSD-3-Clause",  # its LICENSE.txt; the metadata says BSD
    "pypdfium2": "(Apache-2.0 OR BSD-3-Clause) AND BSD-3-Clause AND Apache-2.0",  # its LICENSES, with PDFium's
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",  # its LICENSE names the three to choose from
    "segno": "BSD-3-Clause",  # its LICENSE; the metadata says BSD
    "tinycss2": "BSD-3-Clause",  # its LICENSE; the metadata says BSD
    "webencodings": "BSD-3-Clause",  # its LICENSE; the metadata says BSD
}
"""Licenses of packages whose metadata leaves them open, as read in the files that they bring."""


@dataclass(frozen=True)
class Package:
    """One package of a lock; `here` says whether its environment marker holds on this machine."""

    name: str
    version: str
    here: bool


def locked(lock: str) -> tuple[Package, ...]:
    """The packages that a lock pins, in its order."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    lines = re.finditer(r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\$", text, re.MULTILINE)
    return tuple(
        Package(each["name"], each["version"], not each["marker"] or Marker(each["marker"]).evaluate())
        for each in lines
    )


def license_of(name: str) -> str | None:
    """The license of an installed package in SPDX's words; None where the package is not installed or says nothing."""
    if name in READ:
        return READ[name]
    try:
        return _declared(distribution(name).metadata)
    except PackageNotFoundError:
        return None


def _declared(metadata: PackageMetadata) -> str | None:
    written = metadata.get("License-Expression") or metadata.get("License") or ""
    classified = [
        each.rpartition(" :: ")[2] for each in metadata.get_all("Classifier") or () if each.startswith("License ::")
    ]
    for each in (written, *classified):
        if each and each != "UNKNOWN" and "\n" not in each:
            return NAMES.get(each, each)
    return None


def is_allowed(license: str, allowed: frozenset[str]) -> bool:
    """Whether every part of an SPDX expression is on a list; of what is joined by OR, one choice is enough."""
    parts = license.replace("(", "").replace(")", "").split(" AND ")
    return all(any(choice in allowed for choice in part.split(" OR ")) for part in parts)


def listed() -> dict[str, tuple[str, str, str]]:
    """What the list says of each package: its version, its license, what it is for."""
    rows = re.findall(r"^\| `([\w.-]+)` \| (.*?) \| (.*?) \| (.*?) \|$", LIST.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: (version, license, purpose) for name, version, license, purpose in rows}


def table(packages: Iterator[Package]) -> str:
    """The rows for packages, with what the list says by now of what each is for."""
    known = listed()
    rows: dict[str, list[str]] = {}
    for each in packages:
        rows.setdefault(each.name, []).append(each.version)
    lines = []
    for name, versions in rows.items():
        _, license, purpose = known.get(name, ("", "?", "?"))
        lines.append(f"| `{name}` | {' or '.join(versions)} | {license_of(name) or license} | {purpose} |")
    return "\n".join(["| Package | Version | License | For |", "| --- | --- | --- | --- |", *lines])


def written() -> str:
    """The whole list as it should be now."""
    run, test = (locked(lock) for lock in LOCKS)
    names = {each.name for each in run}
    tables = {LOCKS[0]: table(iter(run)), LOCKS[1]: table(each for each in test if each.name not in names)}
    text = LIST.read_text(encoding="utf-8")
    for lock, rows in tables.items():
        text = re.sub(
            rf"(<!-- from {re.escape(lock)} -->\n).*?(\n<!-- end -->)",
            lambda found, rows=rows: found[1] + rows + found[2],
            text,
            flags=re.DOTALL,
        )
    return text


if __name__ == "__main__":
    LIST.write_text(written(), encoding="utf-8", newline="\n")
    unknown = [name for name, (_, license, purpose) in listed().items() if "?" in {license, purpose}]
    sys.exit(f"Write in {LIST.name} what these are for: {', '.join(unknown)}" if unknown else 0)
