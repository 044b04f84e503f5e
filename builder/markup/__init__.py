"""Markup: one table of what our pages consist of, and the checks that let nothing else through.

In: HTML as composed, and files as built. Out: the same HTML, faults for what we do not make, and the policy with which
browsers run nothing else. Touches nothing; no other room imports `nh3` and `selectolax`.
"""

from __future__ import annotations

from builder.markup.cleaning import clean
from builder.markup.files import LARGEST, faults_of_file, is_parsed
from builder.markup.judging import Fault, faults_of_page, faults_of_text
from builder.markup.older import ScriptsOfEditions
from builder.markup.policy import PREVIEW_POLICY, SITE_POLICY, policy
from builder.markup.styles import is_at_home

__all__ = [
    "LARGEST",
    "PREVIEW_POLICY",
    "SITE_POLICY",
    "Fault",
    "ScriptsOfEditions",
    "clean",
    "faults_of_file",
    "faults_of_page",
    "faults_of_text",
    "is_at_home",
    "is_parsed",
    "policy",
]
