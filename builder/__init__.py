"""Curriculum publisher: from module sources to a website, discussion guides and facilitator packets."""
