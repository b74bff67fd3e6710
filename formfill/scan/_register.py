"""Which blank a page is of, and where: keypoints (ORB), a projective map (RANSAC), then the printed lines one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from formfill.scan import _blanks
from formfill.scan._features import described

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.scan._blanks import Blank, Index
    from formfill.scan._pages import Grey, Points

Matrix = NDArray[np.float64]
"""A projective map, shape (3, 3)."""

POINTS: Final = 1100
"""Keypoints looked for on a scanned page."""
CANDIDATES: Final = 4
"""Families of blanks that are tried."""
NEAR: Final = 62
"""Bits of 256 in which two descriptors may differ."""
REACH: Final = 5.0
"""Points by which a keypoint may miss its place: programs print a form a little differently."""
VOTERS: Final = 2
"""One keypoint in so many is first compared with those of all blanks: a good scan is told by them."""
PLENTY: Final = 120
"""Keypoints that agree beyond any doubt: no other blank is tried."""
FEWEST: Final = 14
"""Keypoints that must agree on a map."""


class Found(NamedTuple):
    """A page registered on the blank of one family."""

    blank: Blank
    matrix: Matrix
    """From points of the scan to points of the blank."""
    agreed: int
    """Keypoints that agree on it."""


def candidates(grey: Grey, dpi: float) -> list[Found]:
    """The blanks that a page may be of, one for each family, the likeliest first.

    Args:
        grey: the page, evenly lit.
        dpi: its resolution.
    """
    known = _blanks.index()
    points, descriptors = described(grey, POINTS, dpi)
    if len(points) < FEWEST:
        return []
    found: list[Found] = []
    for voters in (descriptors[::VOTERS], descriptors):
        found = _fitted(points, descriptors, _voted(known, voters))
        if found and found[0].agreed >= PLENTY:
            break
    return found


def _voted(known: Index, voters: Grey) -> list[str]:
    """The blanks that some keypoints are nearest to, the likeliest first."""
    votes: dict[int, float] = {}
    matcher = cv2.BFMatcher(cv2.NORM_HAMMING, crossCheck=True)
    for pair in matcher.match(known.descriptors, voters):
        if pair.distance < NEAR:
            owner = int(known.owners[pair.queryIdx])
            votes[owner] = votes.get(owner, 0.0) + 1.0 - pair.distance / NEAR
    return [known.names[rank] for rank in sorted(votes, key=lambda rank: -votes[rank])[:CANDIDATES]]


def _fitted(points: Points, descriptors: Grey, names: Sequence[str]) -> list[Found]:
    """The blanks on which a page lies, the one that most keypoints agree on first."""
    found: list[Found] = []
    for name in names:
        blank = _blanks.blank(name)
        fitted = fit(points, descriptors, blank)
        if fitted is not None:
            found.append(Found(blank, *fitted))
            if fitted[1] >= PLENTY:
                break
    found.sort(key=lambda item: -item.agreed)
    return found


def family(blank: Blank) -> list[Blank]:
    """The pages that look like this one, itself first."""
    known = _blanks.index()
    own = known.families[known.names.index(blank.name)]
    others = [name for name, number in zip(known.names, known.families, strict=True) if number == own and name != blank.name]
    return [blank, *map(_blanks.blank, others)]


def fit(points: Points, descriptors: Grey, blank: Blank) -> tuple[Matrix, int] | None:
    """The map from a scan to a blank on which most keypoints agree, and how many; None when none is plausible."""
    own, theirs = blank.features
    matcher = cv2.BFMatcher(cv2.NORM_HAMMING, crossCheck=True)
    pairs = [pair for pair in matcher.match(descriptors, theirs) if pair.distance < NEAR]
    if len(pairs) < FEWEST:
        return None
    start = np.array([points[pair.queryIdx] for pair in pairs], np.float32)
    end = np.array([own[pair.trainIdx] for pair in pairs], np.float32)
    cv2.setRNGSeed(8)
    # OpenCV's stubs promise a map; it gives None when it finds none
    found: tuple[Any, Any] = cv2.findHomography(start, end, cv2.RANSAC, REACH, maxIters=3000, confidence=0.999)
    if found[0] is None or found[1] is None:
        return None
    matrix, agreed = np.asarray(found[0], np.float64), int(found[1].sum())
    return (matrix, agreed) if agreed >= FEWEST and plausible(matrix, start) else None


def plausible(matrix: Matrix, points: Points) -> bool:
    """Whether a map turns a page into a page: no mirror, no fold, no squeezing."""
    if not np.isfinite(matrix).all():
        return False
    middle = points.mean(axis=0)
    around = np.array([middle + np.array(step) for step in ((0, 0), (100, 0), (0, 100), (100, 100))], np.float64)
    moved = mapped(matrix, around)
    across, down = moved[1] - moved[0], moved[2] - moved[0]
    turn = across[0] * down[1] - across[1] * down[0]
    sides = float(np.hypot(*across)), float(np.hypot(*down))
    return bool(turn > 0) and 0.2 < min(sides) / 100 < 5 and max(sides) < 1.6 * min(sides) and turn > 0.7 * sides[0] * sides[1]


def mapped(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The points, shape (n, 2), moved by a map."""
    whole = np.concatenate([points, np.ones((len(points), 1))], axis=1) @ matrix.T
    return np.asarray(whole[:, :2] / whole[:, 2:], np.float64)


def straightened(grey: Grey, dpi: float, found: Found) -> Grey:
    """The page as its blank lies, at the resolution of the blanks, white where the scan ends."""
    scale = _blanks.DPI / 72
    to_points = np.diag([72 / dpi, 72 / dpi, 1.0])
    matrix = np.diag([scale, scale, 1.0]) @ found.matrix @ to_points
    height, width = found.blank.picture.shape
    flat = cv2.warpPerspective(grey, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    return np.asarray(flat, np.uint8)
