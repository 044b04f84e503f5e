"""From saved to seen: how long a preview takes to show what an author has just saved.

Ours is `curriculum serve` of the sources; the floor is bare `mkdocs serve` of the staged tree, without PDFs. MkDocs
looks for changes twice a second, so a single wait depends on when in that half second one saves: many are taken.
"""

from __future__ import annotations

import contextlib
import random
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import measuring, projects
from bench.measuring import ENVIRONMENT, OURS, Row

MODULE = "learner-path"
PATIENCE = 60


def measure(scratch: Path, saves: int) -> Iterator[Row]:
    """Save a sentence so many times in each, in turn, and wait until the page shows it."""
    root = projects.copied(scratch / "preview")
    staged = scratch / "preview-staged"
    measuring.run([*OURS, "stage", "--root", str(root), str(staged)], root)
    _without_pdfs(staged)
    ours, bare = _port(), _port()
    bare_command = [sys.executable, "-m", "mkdocs", "serve", "-q", "-a", bare, "-f", str(staged / "mkdocs.yml")]
    waits: tuple[list[float], list[float]] = ([], [])
    chance = random.Random(1)
    with (
        _served([*OURS, "serve", "--address", ours], root, ours) as our_site,
        _served(bare_command, staged, bare) as site,
    ):
        for nth in range(saves + 1):
            time.sleep(1 + chance.random() / 2)
            waits[0].append(_wait(root / f"modules/{MODULE}/reading.md", our_site, nth))
            time.sleep(1 + chance.random() / 2)
            waits[1].append(_wait(staged / f"docs/modules/{MODULE}/index.md", site, nth))
        made = "no PDF was made" if _pdfs(our_site) == 0 else "PDFs WERE MADE"
    a, b = (statistics.median(each[1:]) for each in waits)
    means = statistics.fmean(waits[0][1:]) / statistics.fmean(waits[1][1:])
    note = f"medians of {saves} saves; means {means:.2f}; {made}"
    yield Row("d", "from saved to seen", f"{a:.2f} s", f"{b:.2f} s", a / b, 1.5, note=note)


@contextlib.contextmanager
def _served(command: Sequence[str], folder: Path, address: str) -> Iterator[str]:
    """Serve until left; gives the address of the home page, below the path that the site will have in public."""
    with subprocess.Popen(
        command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as program:
        try:
            yield _until(f"http://{address}/", "</html>")
        finally:
            program.terminate()


def _wait(file: Path, site: str, nth: int) -> float:
    """Save one sentence and tell how long it takes to appear."""
    sign = f"Sentence number {nth} of the preview."
    with file.open("a", encoding="utf-8") as text:
        text.write(f"\n\n{sign}\n")
    start = time.perf_counter()
    _until(f"{site}modules/{MODULE}/index.html", sign)
    return time.perf_counter() - start


def _until(page: str, sign: str) -> str:
    """Ask for a page until it shows the sign; answer the address to which the server led."""
    start = time.perf_counter()
    while time.perf_counter() - start < PATIENCE:
        with contextlib.suppress(OSError), urllib.request.urlopen(page, timeout=PATIENCE) as answer:
            if sign in answer.read().decode():
                return str(answer.url)
        time.sleep(0.01)
    raise RuntimeError(f"{page} never showed {sign!r}")


def _pdfs(site: str) -> int:
    """How many PDFs the preview's guide offers and serves."""
    folder = f"{site}modules/{MODULE}/"
    with urllib.request.urlopen(f"{folder}guide.html", timeout=PATIENCE) as answer:
        guide = answer.read().decode()
    count = 0
    for name in {*re.findall(r'href="([^":]+\.pdf)"', guide), f"{MODULE}-guide.pdf"}:
        with contextlib.suppress(urllib.error.HTTPError):
            urllib.request.urlopen(f"{folder}{name}", timeout=PATIENCE).close()
            count += 1
    return count


def _without_pdfs(staged: Path) -> None:
    """Make the staged tree what a preview shows: no PDFs, and no offers of them."""
    for path in staged.rglob("*.pdf"):
        path.unlink()
    for path in staged.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"^\[Print this .*\n", "", text, flags=re.MULTILINE), encoding="utf-8")


def _port() -> str:
    """An address that is free."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{one.getsockname()[1]}"
