"""The door to MkDocs: hands the stage to it, and builds the site with it. No other room knows MkDocs.

In: `mkdocs.yml`. Out: generated pages, navigation and settings. Touches: MkDocs writes the site; we add its manifest.
"""

from __future__ import annotations

from builder.mkdocs_plugin.plugin import CurriculumPlugin
from builder.mkdocs_plugin.running import build_site, refused, serve_site

__all__ = ["CurriculumPlugin", "build_site", "refused", "serve_site"]
