"""Rules across the parts of a file and across files: plans, objectives, questions, ids, meetings.

In: located files, and the records made from them if they are whole. Out: problems with their places. Touches nothing.
A file with a problem is read part by part; a rule that needs a wrong part reports nothing, because that is reported.
"""

from __future__ import annotations

from builder.checking.rules.addresses import check_addresses
from builder.checking.rules.campaigns import check_cohort
from builder.checking.rules.choices import Choices, read_choices
from builder.checking.rules.conversations import check_conversations
from builder.checking.rules.facilitation import check_facilitation
from builder.checking.rules.ids import unique
from builder.checking.rules.modules import check_modules
from builder.checking.rules.settings import check_settings, check_terms

__all__ = [
    "Choices",
    "check_addresses",
    "check_cohort",
    "check_conversations",
    "check_facilitation",
    "check_modules",
    "check_settings",
    "check_terms",
    "read_choices",
    "unique",
]
