"""Running MkDocs: what `mkdocs build --strict` and `mkdocs serve` do, for our own commands.

In: a root folder, and what was read of it. Out: a site; problems. Touches: MkDocs reads settings and writes the site.
"""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mkdocs.commands.build
import mkdocs.commands.serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.utils.yaml import yaml_load

from builder import output, pipeline
from builder.pipeline.making import PreparedSite
from builder.problems import Place, Problem, Stopped


def build_site(prepared: PreparedSite, folder: Path) -> dict[str, bytes]:
    """Do what `mkdocs build --strict` does, into an empty folder, and return every file of the site by its path.

    Raises:
        Stopped: With everything that is wrong.
    """
    root = prepared.built.root
    pipeline.check_site(root)  # because MkDocs runs what it reads
    heard = _Warnings()
    logging.getLogger("mkdocs").addHandler(heard)
    try:
        config = load_config(str(root / "mkdocs.yml"), strict=True, site_dir=str(folder.absolute()))
        plugin: Any = config.plugins["curriculum"]
        plugin.prepared = prepared
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs.commands.build.build(config)
        finally:
            config.plugins.on_shutdown()
    except (Abort, ConfigurationError) as error:
        raise _stopped(error, heard.messages) from None
    finally:
        logging.getLogger("mkdocs").removeHandler(heard)
    files = dict(output.iter_files(folder))
    if "index.html" not in files:
        raise Stopped.at("mkdocs.yml", "MkDocs made no site of it (a fault of this program: please report it)")
    return files


def refused(root: Path, settings: str) -> Iterator[tuple[str, str]]:
    """The keys in the text of `mkdocs.yml` whose values MkDocs refuses or warns about, each with its message."""
    config = MkDocsConfig(config_file_path=str((root / "mkdocs.yml").absolute()))
    config.load_dict(yaml_load(settings))
    for key, error in itertools.chain(*config.validate()):
        yield key, re.sub(r"<class '(\w+)'>", r"\1", str(error))


def serve_site(root: Path, address: str) -> None:
    """Do what `mkdocs serve` does.

    Raises:
        Stopped: The settings cannot be read.
    """
    pipeline.check_site(root, refused)
    mkdocs_logs = logging.getLogger("mkdocs")
    mkdocs_logs.setLevel(logging.INFO)
    mkdocs_logs.addHandler(logging.StreamHandler())
    try:
        mkdocs.commands.serve.serve(str(root / "mkdocs.yml"), dev_addr=address)
    except (Abort, ConfigurationError) as error:
        raise _stopped(error, []) from None


class _Warnings(logging.Handler):
    """Keeps warnings of MkDocs, so that they can be shown as problems."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _stopped(error: BaseException, messages: list[str]) -> Stopped:
    """Our own problems if they caused a host's error; otherwise the host's messages, as problems of its settings."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, Stopped):
            return cause
        cause = cause.__cause__ or cause.__context__
    return Stopped([Problem(Place("mkdocs.yml"), " ".join(each.split())) for each in messages or [str(error)]])
