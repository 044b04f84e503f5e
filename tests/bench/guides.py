"""The press against WeasyPrint, on the same guides, one process each.

Both get what they take from the same Markdown: the press its jobs, WeasyPrint HTML with a short style sheet, the same
fonts and the same paper. WeasyPrint's style is simpler than ours (nothing in columns), which is to its advantage.
Both make accessible PDFs. `setters.py` is the program that is either side.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measuring import ENVIRONMENT, ROOT, Row, tell
from builder import dialect, pipeline, printing

SETTERS = Path(__file__).with_name("setters.py")
FONTS = (ROOT / "builder" / "press" / "fonts").as_uri()
NAME = f"{FONTS}/AtkinsonHyperlegibleNext"

STYLE = f"""
@page {{ size: letter; margin: 22mm 20mm; @bottom-center {{ content: counter(page) " of " counter(pages); }} }}
@font-face {{ font-family: Text; src: url({NAME}-Regular.ttf); }}
@font-face {{ font-family: Text; font-weight: bold; src: url({NAME}-SemiBold.ttf); }}
@font-face {{ font-family: Text; font-style: italic; src: url({NAME}-Italic.ttf); }}
body {{ font: 11pt/1.45 Text; }}
h1, h2, h3 {{ break-after: avoid; line-height: 1.2; }}
table {{ border-collapse: collapse; width: 100%; }}
td, th {{ border-bottom: 0.5pt solid #999; padding: 1mm 2mm; text-align: left; vertical-align: top; }}
.ask {{ font-size: 13pt; border-left: 2pt solid; padding-left: 4mm; }}
.admonition {{ border-left: 1pt solid; padding-left: 4mm; break-inside: avoid; }}
"""


def measure(scratch: Path, rounds: int) -> Iterator[Row]:
    """Run both sides in turn; compare seconds a page, with and without the start of the process."""
    built = pipeline.read(ROOT)
    sheets = printing.Sheets(built.documents, built.loaded.images, "letter")
    offered = [offer.job for offer in printing.offers(sheets)]
    jobs = [job for job in offered if job.layout == "guide" and job.paper == "letter" and not job.large]
    texts = [_page(guide.title, dialect.html(guide.markdown)) for guide in built.documents.of_modules["guide"].values()]
    (scratch / "press.pickle").write_bytes(pickle.dumps(jobs))
    (scratch / "weasyprint.pickle").write_bytes(pickle.dumps(texts))
    sides: dict[str, list[dict[str, float]]] = {"press": [], "weasyprint": []}
    for nth in range(rounds):
        for side in sorted(sides, reverse=nth % 2 == 1):
            sides[side].append(_side(side, scratch))
    for key, what in (("whole", "six guides, whole process"), ("making", "six guides, without starting the process")):
        ours, other = (min(run[key] / run["pages"] for run in sides[side]) * 1000 for side in sides)
        pages = " and ".join(f"{sides[side][0]['pages']:.0f}" for side in sides)
        figures = (f"{ours:.1f} ms a page", f"{other:.1f} ms a page", other / ours)
        yield Row("b", what, *figures, 8, at_least=True, note=f"{pages} pages")


def _side(side: str, scratch: Path) -> dict[str, float]:
    command = [sys.executable, str(SETTERS), side, str(scratch / f"{side}.pickle")]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=True, stdout=subprocess.PIPE)
    made: dict[str, float] = json.loads(done.stdout)
    made["whole"] = time.perf_counter() - start
    tell(f"    {side:<16} {made['whole']:6.2f} s, {made['pages']:.0f} pages")
    return made


def _page(title: str, body: str) -> str:
    return f'<html lang="en-US"><head><title>{title}</title><style>{STYLE}</style></head><body>{body}</body></html>'
