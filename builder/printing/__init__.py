"""What is printed: documents become jobs for the press, with the facts that running headers and covers show.

In: documents, cohorts. Out: `Job` values. Touches nothing.
"""

from __future__ import annotations

from builder.printing.offered import copy_jobs, module_jobs
from builder.printing.packets import packet_job
from builder.printing.sheets import Sheets, print_tree, public_url

__all__ = ["Sheets", "copy_jobs", "module_jobs", "packet_job", "print_tree", "public_url"]
