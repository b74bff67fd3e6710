"""What happens to paper on its way into a file: the scanner, the telephone, the copier, the fax, folds and torn corners."""

from __future__ import annotations

from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]


class Wear(NamedTuple):
    """How much of each."""

    dpi: int = 200
    skew: float = 0.0
    """Degrees at most, either way."""
    perspective: float = 0.0
    """Share of a side by which a corner may be off."""
    shadow: float = 0.0
    """Darkness of the deepest shadow."""
    blur: float = 0.0
    """Standard deviation, in points of the scan."""
    noise: float = 0.0
    """Standard deviation, in grey levels."""
    speckle: float = 0.0
    """Specks on a square inch."""
    folds: int = 0
    corner: float = 0.0
    """Share of the width that is torn off."""
    copies: int = 0
    """Photocopies of photocopies."""
    levels: int = 256
    """2 is a scan in black and white."""
    jpeg: int | None = 85


SEVERITIES: Final = (
    ("clean, 300 dpi", Wear(dpi=300, skew=0.3, noise=2, jpeg=92)),
    ("moderate: 200 dpi, ±2°, light noise", Wear(dpi=200, skew=2, blur=0.4, noise=4, speckle=0.3, jpeg=85)),
    ("150 dpi, ±3°, shadow", Wear(dpi=150, skew=3, shadow=0.25, blur=0.5, noise=6, speckle=1, jpeg=75)),
    (
        "phone: perspective, shadow, fold",
        Wear(dpi=170, skew=4, perspective=0.04, shadow=0.4, blur=0.7, noise=7, speckle=1, folds=1, jpeg=70),
    ),
    ("black and white, 200 dpi, copied twice", Wear(dpi=200, skew=2, blur=0.6, noise=8, speckle=3, copies=2, levels=2, jpeg=None)),
    (
        "100 dpi, ±5°, blur, folds, torn corner",
        Wear(dpi=100, skew=5, perspective=0.02, shadow=0.3, blur=0.6, noise=8, speckle=3, folds=2, corner=0.1, jpeg=50),
    ),
    ("fax of a copy", Wear(dpi=120, skew=2, blur=0.4, noise=9, speckle=6, copies=1, levels=2, jpeg=None)),
)
"""From a good scan to a bad fax."""
MODERATE: Final = 1
"""Rank of the severity that the promise is about."""


def worn(dark: NDArray[np.float32], dpi: float, wear: Wear, rng: np.random.Generator) -> Grey:
    """A page as a scanner gives it back.

    Args:
        dark: the darkness of the page, 0 to 1.
        dpi: its resolution.
        wear: what happens to it.
        rng: chance.
    """
    page = 250 - 235 * dark
    for _fold in range(wear.folds):
        _fold_line(page, rng)
    if wear.speckle:
        _specks(page, wear.speckle * page.size / dpi**2, dpi, rng)
    page = _moved(page, wear.dpi / dpi, wear, rng)
    if wear.corner:
        _torn(page, wear.corner, rng)
    if wear.shadow:
        page = page * _light(page.shape, wear.shadow, rng)
    if wear.blur:
        page = _soft(page, wear.blur)
    for _copy in range(wear.copies):
        page = _soft(page, 0.6)
        page = np.clip((page - 128) * 1.5 + 128 + rng.uniform(-12, 18), 0, 255).astype(np.float32)
    if wear.noise:
        page = page + rng.normal(0, wear.noise, page.shape).astype(np.float32)
    grey = np.clip(page, 0, 255).astype(np.uint8)
    if wear.levels == 2:
        grey = np.where(grey > 178, 255, 0).astype(np.uint8)
    if wear.jpeg is not None:
        _ok, data = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, wear.jpeg])
        decoded = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
        assert decoded is not None
        grey = np.asarray(decoded, np.uint8)
    return grey


def _soft(page: NDArray[np.float32], radius: float) -> NDArray[np.float32]:
    return np.asarray(cv2.GaussianBlur(page, (0, 0), radius), np.float32)


def _moved(page: NDArray[np.float32], scale: float, wear: Wear, rng: np.random.Generator) -> NDArray[np.float32]:
    height, width = page.shape
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    turn = np.deg2rad(rng.uniform(-wear.skew, wear.skew))
    middle = np.array((width / 2, height / 2))
    spin = np.array([(np.cos(turn), -np.sin(turn)), (np.sin(turn), np.cos(turn))])
    ends = (corners - middle) @ spin.T + middle + rng.uniform(-0.008, 0.008, 2) * width
    if wear.perspective:
        ends = ends * (1 - 2 * wear.perspective) + middle * 2 * wear.perspective
        ends += rng.uniform(-wear.perspective, wear.perspective, (4, 2)) * width
    ends = (ends * scale).astype(np.float32)
    if scale < 1:
        page = _soft(page, 0.35 / scale)
    matrix = cv2.getPerspectiveTransform(corners, ends)
    paper = 120.0 if wear.perspective > 0.03 else 246.0
    size = (round(width * scale), round(height * scale))
    return np.asarray(cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_LINEAR, borderValue=paper), np.float32)


def _light(shape: tuple[int, ...], depth: float, rng: np.random.Generator) -> NDArray[np.float32]:
    small = rng.random((4, 3)).astype(np.float32)
    soft = cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    slope = np.linspace(0, 1, shape[1], dtype=np.float32)[None, :]
    return np.asarray(1 - depth * np.clip(0.5 * soft + 0.5 * slope, 0, 1), np.float32)


def _fold_line(page: NDArray[np.float32], rng: np.random.Generator) -> None:
    height, width = page.shape
    flat = rng.random() < 0.6
    at = rng.uniform(0.25, 0.75)
    one = (0, round(height * at)) if flat else (round(width * at), 0)
    two = (width, round(height * (at + rng.normal(0, 0.01)))) if flat else (round(width * (at + rng.normal(0, 0.01))), height)
    crease = np.zeros_like(page)
    cv2.line(crease, one, two, 1.0, max(2, round(width / 900)), cv2.LINE_AA)
    page -= rng.uniform(35, 80) * cv2.GaussianBlur(crease, (0, 0), width / 1500)


def _specks(page: NDArray[np.float32], count: float, dpi: float, rng: np.random.Generator) -> None:
    for _speck in range(rng.poisson(count)):
        at = (int(rng.integers(0, page.shape[1])), int(rng.integers(0, page.shape[0])))
        cv2.circle(page, at, max(1, round(dpi / 72 * rng.uniform(0.15, 0.5))), float(rng.uniform(20, 120)), -1)


def _torn(page: NDArray[np.float32], share: float, rng: np.random.Generator) -> None:
    height, width = page.shape
    x, y = width * share * rng.uniform(0.6, 1), width * share * rng.uniform(0.6, 1.2)
    right, low = rng.random() < 0.5, rng.random() < 0.5
    corner = (width if right else 0, height if low else 0)
    points = np.array([corner, (corner[0] - x if right else x, corner[1]), (corner[0], corner[1] - y if low else y)])
    cv2.fillPoly(page, [points.astype(np.int32)], 30.0)
