"""What is printed: documents become jobs for the press, with the facts that running headers and covers show.

In: documents, cohorts. Out: `Job` values. Touches nothing.
"""

from __future__ import annotations

from builder.printing.cards import card_job
from builder.printing.certificates import certificate_job, recipients
from builder.printing.changes import change_facts, change_job
from builder.printing.offered import Offer, copy_job, how_many, offers
from builder.printing.packets import PARTS, has_part, packet_job, team_changes
from builder.printing.pairs import READERS, pair_job
from builder.printing.posters import forms_job, poster_job
from builder.printing.sheets import Sheets, in_large_print, print_tree

__all__ = [
    "PARTS",
    "READERS",
    "Offer",
    "Sheets",
    "card_job",
    "certificate_job",
    "change_facts",
    "change_job",
    "copy_job",
    "forms_job",
    "has_part",
    "how_many",
    "in_large_print",
    "offers",
    "packet_job",
    "pair_job",
    "poster_job",
    "print_tree",
    "recipients",
    "team_changes",
]
