"""Pictures for typst: which a PDF/A may hold, and each as an SVG image that carries its bytes, since inputs are text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.model.raster import raster, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping


def shown(pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those that an archive page may hold: no printing inks without their profile, no film, no bitmap of Windows."""
    found = {}
    for digest, data in pictures.items():
        kind = raster(data)
        if kind is not None and kind.type != "image/bmp" and kind.channels in (1, 3) and not kind.moves:
            found[digest] = data
    return found


def sizes(pictures: Mapping[str, bytes]) -> dict[str, tuple[float, float]]:
    """The width and height of each in points, at 96 pixels an inch."""
    known = {digest: raster(data) for digest, data in pictures.items()}
    return {digest: kind.points for digest, kind in known.items() if kind is not None}


def inputs_of(pictures: Mapping[str, bytes]) -> dict[str, str]:
    """The inputs of the template, one for each picture, named by its digest."""
    return {digest: image for digest, data in pictures.items() if (image := wrapped(data)) is not None}
