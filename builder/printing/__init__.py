"""What is printed: documents become jobs for the press, with the facts that running headers and covers show.

In: documents, cohorts. Out: `Job` values. Touches nothing.
"""

from __future__ import annotations

from builder.printing.offered import Offer, copy_job, how_many, offers
from builder.printing.packets import PARTS, packet_job
from builder.printing.sheets import Sheets, in_large_print, print_tree, public_url

__all__ = [
    "PARTS",
    "Offer",
    "Sheets",
    "copy_job",
    "how_many",
    "in_large_print",
    "offers",
    "packet_job",
    "print_tree",
    "public_url",
]
