"""What the plugin sets in MkDocs, so that `mkdocs.yml` need not: `site.fixed`, and Material's plugins.

In: the settings as MkDocs has read them. Out: the same, complete. Touches nothing.
"""

from __future__ import annotations

from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugins

from builder import site

Command = Literal["build", "gh-deploy", "serve"]


def set_up(config: MkDocsConfig, *, command: Command, dirty: bool) -> None:
    """Set what is the same for every site, and add the plugins that a site has beside ours.

    MkDocs has registered the events of its plugins by now, and is in the middle of one. Those of an added plugin come
    after ours of the same priority, as if it were listed after ours. It has missed the event of MkDocs's start, so that
    is called here.
    """
    for key, value in site.fixed(config.extra_css, config.extra).items():
        if key == "validation":
            config.validation.load_dict(value)
            config.validation.validate()
        else:
            config[key] = value
    config.extra["preview"] = command == "serve"  # MkDocs reloads it by a script of its own in each page
    known = get_plugins()
    for name in (f"{site.theme.BASE}/{each}" for each in site.PLUGINS):
        plugin: Any = known[name].load()()
        plugin.load_config({}, config.config_file_path)
        if hasattr(plugin, "on_startup"):
            plugin.on_startup(command=command, dirty=dirty)
        config.plugins[name] = plugin
