"""Curriculum publisher: from module sources to a website, discussion guides and facilitator packets."""

VERSION = "0.2.0"
"""Raised by hand when the program is released; `pyproject.toml` reads it from here."""
