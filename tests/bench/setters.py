"""One of two typesetters, in a process of its own: our press, or WeasyPrint.

Run as a program: `setters.py press|weasyprint INPUTS`. It imports no more than that side needs, and prints pages and
the seconds that making them took.
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from pathlib import Path


def press(inputs: Path) -> tuple[int, float]:
    """Set the guides with our press; answer pages and seconds."""
    from builder.press import typeset  # noqa: PLC0415  only this side pays for it

    jobs = pickle.loads(inputs.read_bytes())
    start = time.perf_counter()
    return sum(typeset(job).pages for job in jobs), time.perf_counter() - start


def weasyprint(inputs: Path) -> tuple[int, float]:
    """Set the guides with WeasyPrint; answer pages and seconds."""
    import weasyprint as engine  # type: ignore[import-untyped]  # noqa: PLC0415  only this side pays for it
    from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]  # noqa: PLC0415

    texts = pickle.loads(inputs.read_bytes())
    start, pages = time.perf_counter(), 0
    fonts = FontConfiguration()
    for text in texts:
        document = engine.HTML(string=text).render(font_config=fonts)
        pages += len(document.pages)
        document.write_pdf(pdf_variant="pdf/ua-1")
    return pages, time.perf_counter() - start


if __name__ == "__main__":
    made, seconds = {"press": press, "weasyprint": weasyprint}[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({"pages": made, "making": seconds}))
