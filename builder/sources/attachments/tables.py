"""Tables as text (CSV): UTF-8, and no cell that a spreadsheet would take for a formula.

In: bytes. Out: faults. Touches nothing. Formulas are refused for the reasons given by
OWASP (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator

from builder.problems import shown
from builder.sources.attachments.faults import Fault
from builder.sources.signs import describe_character, find_control_character

_FORMULA = re.compile(r"\s*(?:[=@]|[-+](?![-+\d.,:/%eE\s]*$))")
"""How a cell begins that spreadsheets work out; numbers such as -5 and +1.5, times, and a dash alone are none."""

_MAY_BE = re.compile(r"""(?:^|[,;\t"\n])[^\S\n]*(?:[=@]|[-+](?![\d.,;\s]))|[-+][\d.,:/]+[^\d.,:/;\s"]""")
"""What a text has to contain for any of its cells to be a formula."""

_GAP = re.compile(r"[;\t]")
"""What parts cells where a comma is part of a number."""


def faults(data: bytes) -> Iterator[Fault]:
    """Find what keeps bytes from being a plain table."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Fault("not UTF-8 (save it as CSV UTF-8)", data[: error.start].count(b"\n") + 1)
        return
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if bad := find_control_character(text):
        line = text.count("\n", 0, bad.start()) + 1
        yield Fault(describe_character(bad), line, bad.start() - text.rfind("\n", 0, bad.start()))
    elif text.lstrip().startswith("<"):
        yield Fault("not a table but a page or a drawing (export it as CSV)", 1, 1)
    elif not text.strip():
        yield Fault("empty file (put the real one here, or delete it)")
    else:
        yield from _formulas(text)


def _formulas(text: str) -> Iterator[Fault]:
    head, is_suspect = text.partition("\n")[0], _MAY_BE.search(text) is not None
    rows = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        for row in rows:
            for cell in itertools.chain.from_iterable(map(_GAP.split, row if is_suspect else ())):
                if _FORMULA.match(cell):
                    message = f"{shown(cell)} is a formula to spreadsheets (save values, or begin it with a letter)"
                    yield Fault(message, rows.line_num)
    except csv.Error as error:
        yield Fault(f"not a table that programs can read: {error}", rows.line_num)
