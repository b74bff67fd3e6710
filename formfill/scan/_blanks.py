"""The official blanks as they print: a picture of each page, what it prints and where, and the keypoints that tell it apart.

Made by ``python -m tools.make_blanks`` in ``templates/paper/``. Loaded when the first scanned page is met, a page at a time.
"""

from __future__ import annotations

import json
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import cv2
import numpy as np

from formfill.model.geometry import Box
from formfill.resources import template
from formfill.scan._features import described

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from formfill.scan._pages import Grey, Points

DPI: Final = 150
"""Resolution of the pictures."""
POINTS: Final = 900
"""Keypoints of a page, once it is a candidate."""
FOLDER: Final = "paper"


class BlankLine(NamedTuple):
    """A stretch of printed text, in one cell."""

    text: str
    box: Box
    base: float
    """y of the baseline."""
    spots: tuple[Box, ...]
    """The tick boxes in it, left to right."""


class Blank:
    """One page of an official blank."""

    def __init__(self, name: str) -> None:
        self.name = name
        told = json.loads(template(FOLDER, f"{name}.json").read_text("utf-8"))
        self.form: str = told["form"]
        self.edition: str = told["edition"]
        self.page: int = told["page"]
        """From 1."""
        self.pages: int = told["pages"]
        self.width: float = told["width"]
        """In points."""
        self.height: float = told["height"]
        self.lines = tuple(
            [
                BlankLine(text, Box(*sides), base, tuple([Box(*spot) for spot in spots]))
                for text, *sides, base, spots in told["lines"]
            ]
        )
        self.rules = tuple([Box(*rule) for rule in told["rules"]])

    @cached_property
    def picture(self) -> Grey:
        """The page at :data:`DPI`."""
        data = np.fromfile(template(FOLDER, f"{self.name}.png"), np.uint8)
        picture = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
        assert picture is not None
        return np.asarray(picture, np.uint8)

    @cached_property
    def features(self) -> tuple[Points, Grey]:
        """Its keypoints in points, and their descriptors."""
        return described(self.picture, POINTS, DPI)


class Index(NamedTuple):
    """The keypoints of one page of each family."""

    names: tuple[str, ...]
    """All pages."""
    owners: NDArray[np.int32]
    """Rank of the page that each keypoint is of."""
    descriptors: Grey
    families: tuple[int, ...]
    """Pages of one number look alike: editions of one form, options of one diploma."""


@lru_cache(maxsize=1)
def index() -> Index:
    """The keypoints of all pages, read once."""
    with np.load(template(FOLDER, "index.npz"), allow_pickle=False) as told:
        return Index(
            tuple(str(name) for name in told["names"]),
            np.asarray(told["owners"], np.int32),
            np.asarray(told["descriptors"], np.uint8),
            tuple(int(number) for number in told["families"]),
        )


@lru_cache(maxsize=24)
def blank(name: str) -> Blank:
    """A page of a blank; those met last are kept."""
    return Blank(name)
