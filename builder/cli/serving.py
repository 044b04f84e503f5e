"""The command that previews the site while an author writes.

In: what was wished for on the command line. Out: pages, to a browser. Touches: the terminal; serves by `mkdocs_plugin`.
"""

from __future__ import annotations

import errno
import ipaddress
from pathlib import Path

import click

from builder import mkdocs_plugin
from builder.cli.reporting import ROOT, reporting_problems

_NO_ADDRESS = {
    errno.EADDRINUSE: "in use by another program",
    errno.EADDRNOTAVAIL: "not an address of this computer",
    errno.EACCES: "kept for the system's own programs",
}


def _address(_context: click.Context, _parameter: click.Parameter, address: str) -> str:
    host, _, port = address.rpartition(":")
    try:
        ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
        good = port.isdecimal() and int(port) <= 65_535
    except ValueError:
        good = False
    if not good:
        raise click.BadParameter(f"{address!r} is no address (write a number and a port, such as 127.0.0.1:8000)")
    return address


@click.command()
@ROOT
@click.option(
    "--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", callback=_address,
    help="Where to serve.",
)  # fmt: skip
def serve(root: Path, address: str) -> None:
    """Preview the site while you write.

    Pages follow each save. PDFs are left to `build`. End it with Ctrl+C.
    """
    with reporting_problems("text", writes=False):
        try:
            mkdocs_plugin.serve_site(root, address)
        except OSError as error:
            why = _NO_ADDRESS.get(error.errno or 0)
            if why is None:
                raise
            raise click.ClickException(f"{address} is {why} (choose another with --address)") from error
