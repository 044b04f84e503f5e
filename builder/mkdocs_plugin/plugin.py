"""The plugin: composes the curriculum, hands its stage to MkDocs, and judges what MkDocs makes of it.

In: `mkdocs.yml`. Out: generated pages, navigation and settings. Touches: MkDocs writes the site; we add its manifest.
"""

from __future__ import annotations

import functools
import html
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from markupsafe import Markup
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from builder import markup, output, pipeline, site
from builder.leaks import Secrets
from builder.mkdocs_plugin.hosting import Command, set_up
from builder.model.pages import as_built
from builder.pipeline import making
from builder.pipeline.cohorts import Cohorts
from builder.pipeline.making import PreparedSite
from builder.problems import Place, Problem, Problems, Stopped, report, stopping
from builder.site import Stage
from builder.sources import leftovers

_TOGGLE = re.compile(r'(?<=id="__drawer"|id="__search") autocomplete="off"')  # no check box has this in HTML

_log = logging.getLogger("mkdocs.plugins.curriculum")


class CurriculumConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs is typed in part
    """Options of the plugin in `mkdocs.yml`."""

    paper = config_options.Optional(config_options.Choice(("letter", "a4")))
    """The paper of the PDFs that the site offers."""


class CurriculumPlugin(BasePlugin[CurriculumConfig]):  # type: ignore[no-untyped-call]  # the same
    """Compose the curriculum before MkDocs empties its output folder, so that a broken module costs nothing."""

    def __init__(self) -> None:
        self.on_shutdown()

    def on_shutdown(self) -> None:
        """Forget one build: MkDocs gives the same plugin to the next one of the same process."""
        self._command: Command = "build"
        self._dirty = False
        self._stage = Stage({}, {}, [])  # of the prepared site
        self._fixed: dict[str, tuple[str, ...]] = {}  # assets in docs/, which are published as they are
        self._date = ""
        self._texts: dict[str, str] = {}  # of pages, as readers see them
        self._secrets: Secrets | None = None  # None for a prepared site, which is searched once it is whole
        self.prepared: PreparedSite | None = None  # None where MkDocs was started by itself

    def on_startup(self, *, command: Command, dirty: bool) -> None:
        """Keep how MkDocs was started: a preview makes no PDFs. This event also keeps the plugin between rebuilds."""
        self._command, self._dirty = command, dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read, check and compose everything; stop MkDocs with all problems if there are any."""
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        try:
            others = pipeline.source_folders(root) | {"packets": root / "packets"}
            output.check_folders(others, {"the site": Path(config.site_dir)})
            prepared = self.prepared or self._prepare(root)
            self._stage = prepared.stage
            pipeline.check_public(self._secrets, self._known(root), Path(config.site_dir))
        except Stopped as stopped:
            raise _refused(stopping(stopped.problems)) from stopped
        built = prepared.built
        self._date = built.loaded.curriculum.settings.edition_date.isoformat()
        set_up(config, command=self._command, dirty=self._dirty)
        config.nav = self._stage.nav
        for key, value in site.settings(built.loaded).items():
            if key != "site_url" or not config.site_url:
                config[key] = value
        config.extra.update(site.frame(built.loaded))
        if built.documents.release is not None:
            config.extra["editions"] = site.edition(built.documents.release)
        for key, value in site.look(built.loaded).items():
            config.theme[key] = value
        return config

    def _prepare(self, root: Path) -> PreparedSite:
        """Read the sources; but for a preview also what must not be published, and make the PDFs."""
        paper: Any = self.config.paper
        if self._command == "serve":
            pipeline.check_site(root)
            return making.prepare_site(pipeline.read(root), paper)
        built, self._secrets = pipeline.read_public(Cohorts(root))
        with making.press() as press:
            return making.prepare_site(built, paper, press)

    def _known(self, root: Path) -> Iterator[tuple[str, bytes]]:
        """What is already there of the site, by its published path."""
        yield from ((as_built(path), data) for path, data in self._stage.files.items())
        yield from ((f"assets/{path}", data) for path, data in output.iter_files(root / "docs/assets"))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put the stage's files in place of those in docs/, of which only assets are published as they are."""
        for file in list(files):
            stray = file.src_dir == config.docs_dir and not file.src_uri.startswith("assets/")
            if stray or file.is_documentation_page() or leftovers.is_dropping(file.src_uri.rpartition("/")[2]):
                files.remove(file)
        for path, data in self._stage.files.items():
            if known := files.get_file_from_path(path):
                files.remove(known)
            files.append(File.generated(config, path, content=data, inclusion=InclusionLevel.INCLUDED))
        self._fixed = {file.dest_uri: (f"docs/{file.src_uri}",) for file in files if file.src_dir == config.docs_dir}
        return files

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:  # noqa: ARG002
        """Let templates, Material's too, escape every value that is not marked as HTML by its type."""
        env.autoescape = True
        return env

    def on_page_content(self, content: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Pass a page's text through the sanitizer, mark its title, and give the search a copy of the text to read."""
        clean, found = markup.clean(content)
        if found:
            stopped = Stopped([Problem(Place(page.file.src_uri), fault.what) for fault in found])
            raise _refused(stopped.problems) from stopped
        title = html.escape(page.meta.get("title") or page.title or "", quote=False)
        page.meta["title"] = Markup(title)  # noqa: S704  escaped for the texts of elements, where alone it is written
        self._texts[page.file.src_uri] = clean
        return site.searchable(page.file.src_uri, clean)

    @event_priority(-100)  # after the search has read the page
    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:  # noqa: ARG002
        """Mark the text of a page as HTML: nothing else may be inserted by the templates as it is."""
        page.content = Markup(self._texts[page.file.src_uri])  # noqa: S704  it has passed the sanitizer
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Parse a finished page before it is written."""
        output = self.on_post_template(output)
        try:
            self._judge([(page.file.dest_uri, output.encode())])
        except Stopped as stopped:
            raise _refused(stopped.problems) from stopped
        return output

    def on_post_template(self, output_content: str, **_: Any) -> str:
        """Remove invalid HTML of Material's frame, also in pages without a text, such as 404."""
        return _TOGGLE.sub("", output_content)

    def _judge(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Raise `Stopped` if finished files have parts that we do not make."""
        problems = Problems()
        pipeline.check_files(files, self._made(), problems, preview=self._command == "serve")
        problems.stop_if_any()

    def _made(self) -> dict[str, tuple[str, ...]]:
        """The sources of what was made, by its published path."""
        return {as_built(path): sources for path, sources in self._stage.sources.items()}

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """Date every page by the edition, so that the sitemap does not depend on the day of the build."""
        for file in files.documentation_pages():
            if file.page is not None:
                file.page.update_date = self._date
        return nav

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:  # noqa: ARG002
        """Watch the modules too; after a save with problems, go on serving the last good pages."""
        server.watch(str(Path(config.config_file_path or "mkdocs.yml").resolve().parent / "modules"))
        server.builder = functools.partial(_keep_serving, server.builder)
        return server

    @event_priority(-200)  # after the search index and its copy for file://, which is made at -100
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """List what was made, with its sources; stop if it contains what only a cohort may."""
        if self._command == "serve":
            return
        folder = Path(config.site_dir)
        judged = {as_built(path): data for path, data in self._stage.files.items()}
        fresh = ((path, data) for path, data in output.iter_files(folder) if judged.get(path) != data)
        try:
            self._judge(output.iter_files(folder))
            pipeline.check_public(self._secrets, fresh, folder)
        except Stopped as stopped:
            warning = f"{folder} is written and must not be published"
            raise PluginError(f"{report(stopped.problems, 'text')}\n{warning}") from stopped
        output.write_manifest(folder, self._fixed | self._made())
        if self.prepared is None:  # else the command says so
            root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
            _log.info(pipeline.searched(Cohorts(root)))


def _keep_serving(rebuild: Callable[[], None]) -> None:
    """Without this, MkDocs lets every page wait until the problems, which it has shown by now, are fixed."""
    try:
        rebuild()
    except (Abort, ConfigurationError) as error:
        _log.error("The pages stay as they were. %s", error)


def _refused(problems: Iterable[Problem]) -> PluginError:
    """Make the error with which MkDocs shows problems and ends."""
    return PluginError(report(problems, "text"))
