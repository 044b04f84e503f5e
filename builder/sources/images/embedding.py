"""Pictures within a drawing: read like any other image.

In: an address. Out: the address of the same picture, cleaned. Touches nothing.
"""

from __future__ import annotations

import base64
import binascii
import re
import urllib.parse

from builder.problems import shown
from builder.sources.images import rasters
from builder.sources.images.failures import DamagedError, UnsafeError
from builder.sources.images.orientations import UPRIGHT

_EMBEDDED = re.compile(r"data:image/(?:png|jpe?g);base64,(.*)", re.DOTALL | re.IGNORECASE)


def clean(address: str) -> str:
    """The address of a PNG or JPEG that is part of the file. Raises `UnsafeError` for any other."""
    found = _EMBEDDED.fullmatch(address.strip())
    if found is None:
        raise UnsafeError(f"a linked image, {shown(address[:40])} (embed it as PNG or JPEG)")
    try:
        raster = rasters.read(base64.b64decode(re.sub(r"\s", "", urllib.parse.unquote(found[1])), validate=True))
    except (DamagedError, binascii.Error, ValueError) as error:
        why = str(error) if isinstance(error, DamagedError) and str(error) else "it is damaged or neither PNG nor JPEG"
        raise UnsafeError(f"an image that cannot be shown: {why} (embed it anew)") from None
    if raster.orientation != UPRIGHT or rasters.is_for_presses(raster):
        raise UnsafeError("an image that is not upright or in colors for print (save it upright, in RGB)")
    return f"data:image/{raster.kind};base64,{base64.b64encode(raster.data).decode()}"
