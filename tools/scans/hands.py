"""Invented hands: strokes of a pen over a printed page, with their jitter, their pressure and their overshoot."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Canvas = NDArray[np.float32]
"""Darkness of a page, shape (height, width), 0 is white and 1 is black."""
Square = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points of the canvas."""


class Style(StrEnum):
    """How a person marks a box."""

    NONE = "none"
    CROSS = "cross"
    CHECK = "check"
    FILL = "fill"
    DOT = "dot"
    CIRCLE = "circle"
    SLASH = "slash"
    SCRIBBLE = "scribble"
    HATCH = "hatch"
    STAMP = "stamp"


TICKS: Final = (Style.CROSS, Style.CHECK, Style.FILL, Style.DOT, Style.CIRCLE)
"""Marks that a careful person reads as ticked."""
TRICKS: Final = (Style.SLASH, Style.SCRIBBLE, Style.HATCH, Style.STAMP)
"""Marks that a careful person would ask about, or that are no tick."""


class Hand(NamedTuple):
    """One person with one pen."""

    width: float
    """Of the pen, in points of 1/72 inch."""
    dark: float
    """0 to 1: a pencil is about 0.45, a ballpoint 0.8, a felt pen 1."""
    grain: float
    """How much the paper shows through: a pencil."""
    shake: float
    """Jitter of the strokes, in points."""
    reach: float
    """Size of a tick relative to its box: above 1 it leaves the box."""
    aim: float
    """How far off its middle a tick is set, in parts of the box."""
    tick: Style
    """What this person mostly draws."""


def hand(rng: np.random.Generator) -> Hand:
    """A person drawn by chance."""
    pens = ((1.0, 0.85, 0.05), (1.3, 0.95, 0.0), (2.2, 1.0, 0.0), (1.1, 0.5, 0.35), (0.8, 0.7, 0.1))
    width, dark, grain = pens[rng.choice(len(pens), p=(0.4, 0.2, 0.1, 0.12, 0.18))]
    style = TICKS[rng.choice(len(TICKS), p=(0.52, 0.24, 0.1, 0.06, 0.08))]
    return Hand(
        width=width * rng.uniform(0.85, 1.2),
        dark=min(1.0, dark * rng.uniform(0.92, 1.05)),
        grain=grain,
        shake=rng.uniform(0.1, 0.45),
        reach=rng.uniform(0.75, 1.5),
        aim=rng.uniform(0.0, 0.12),
        tick=style,
    )


def mark(canvas: Canvas, box: Square, style: Style, who: Hand, scale: float, rng: np.random.Generator) -> None:
    """Draws one mark over a box.

    Args:
        canvas: the page.
        box: the printed box.
        style: what is drawn.
        who: the person.
        scale: points of the canvas in one point of 1/72 inch.
        rng: chance.
    """
    x0, y0, x1, y1 = box
    side = min(x1 - x0, y1 - y0)
    cx = (x0 + x1) / 2 + rng.normal(0, who.aim) * side
    cy = (y0 + y1) / 2 + rng.normal(0, who.aim) * side
    half = side / 2 * who.reach * rng.uniform(0.9, 1.1)

    def line(*points: tuple[float, float], width: float = 1.0) -> None:
        stroke(canvas, [(cx + px * half, cy + py * half) for px, py in points], who, scale, rng, width)

    near = rng.uniform(-0.12, 0.12, 16)
    if style is Style.CROSS:
        line((-1 + near[0], -1 + near[1]), (1 + near[2], 1 + near[3]))
        line((1 + near[4], -1 + near[5]), (-1 + near[6], 1 + near[7]))
    elif style is Style.CHECK:
        line((-0.85 + near[0], -0.05 + near[1]), (-0.25 + near[2], 0.75 + near[3]), (1.15 + near[4], -1.15 + near[5]))
    elif style is Style.FILL:
        full = side / 2 * rng.uniform(0.85, 1.02)
        for step in np.arange(-1, 1.01, max(0.09, 0.8 * who.width * scale / (2 * full))):
            points = [((x0 + x1) / 2 - full, (y0 + y1) / 2 + step * full), ((x0 + x1) / 2 + full, (y0 + y1) / 2 + step * full)]
            stroke(canvas, points, who, scale, rng, 1.15)
    elif style is Style.DOT:
        radius = side * rng.uniform(0.16, 0.24)
        turns = np.linspace(0, 6 * np.pi, 24)
        points = [(cx + radius * t / 19 * np.cos(t), cy + radius * t / 19 * np.sin(t)) for t in turns]
        stroke(canvas, points, who, scale, rng, 1.6)
    elif style is Style.CIRCLE:
        turns = np.linspace(rng.uniform(0, 6), rng.uniform(6.2, 7.0) + 0.3, 26)
        turns = np.linspace(turns[0], turns[0] + 2 * np.pi * rng.uniform(1.0, 1.12), 26)
        a, b = side * rng.uniform(0.95, 1.2), side * rng.uniform(0.85, 1.05)
        stroke(canvas, [((x0 + x1) / 2 + a * np.cos(t), (y0 + y1) / 2 + b * np.sin(t)) for t in turns], who, scale, rng)
    elif style is Style.SLASH:
        line((-1 + near[0], 1 + near[1]), (1 + near[2], -1 + near[3]))
    elif style is Style.SCRIBBLE:
        turns = np.linspace(0, 14 * np.pi, 130)
        points = [(cx + side * 0.85 * np.cos(t) * rng.uniform(0.6, 1), cy + side * 0.8 * np.sin(1.13 * t)) for t in turns]
        stroke(canvas, points, who, scale, rng, 1.2)
    elif style is Style.HATCH:
        wide = side * rng.uniform(2.2, 3.0)
        for step in np.arange(-wide, wide, side * rng.uniform(0.35, 0.5)):
            stroke(canvas, [(cx + step - wide / 2, cy + wide / 2), (cx + step + wide / 2, cy - wide / 2)], who, scale, rng, 0.8)
    elif style is Style.STAMP:
        _stamp(canvas, (cx + rng.uniform(-2, 2) * side, cy + rng.uniform(-1, 1) * side), side * rng.uniform(4.5, 7), rng)


def _stamp(canvas: Canvas, centre: tuple[float, float], radius: float, rng: np.random.Generator) -> None:
    ink = np.zeros(canvas.shape, np.uint8)
    middle = (round(centre[0]), round(centre[1]))
    thick = max(2, round(radius * 0.06))
    for share in (1.0, 0.72):
        cv2.circle(ink, middle, round(radius * share), 255, thick, cv2.LINE_AA)
    for turn in np.arange(0, 2 * np.pi, 0.28):
        at = (round(middle[0] + 0.86 * radius * np.cos(turn)), round(middle[1] + 0.86 * radius * np.sin(turn)))
        cv2.putText(
            ink, "LYCEE"[round(turn * 3) % 5], at, cv2.FONT_HERSHEY_SIMPLEX, radius * 0.008, 255, max(1, thick // 2), cv2.LINE_AA
        )
    for row in (-0.25, 0.1, 0.4):
        start = (round(middle[0] - 0.55 * radius), round(middle[1] + row * radius))
        cv2.putText(ink, "ACADEMIE", start, cv2.FONT_HERSHEY_SIMPLEX, radius * 0.009, 255, max(1, thick // 2), cv2.LINE_AA)
    np.maximum(canvas, ink.astype(np.float32) * np.float32(rng.uniform(0.45, 0.7) / 255), out=canvas)


def stroke(
    canvas: Canvas,
    points: list[tuple[float, float]],
    who: Hand,
    scale: float,
    rng: np.random.Generator,
    width: float = 1.0,
) -> None:
    """Draws a line of the pen through some points, as a hand would: it trembles, it presses more in the middle."""
    path = _smooth(np.array(points, np.float64), rng, who.shake * scale)
    thick = who.width * scale * width
    pad = int(3 * thick + 4)
    low, high = path.min(axis=0) - pad, path.max(axis=0) + pad
    x0, y0 = max(0, int(low[0])), max(0, int(low[1]))
    x1, y1 = min(canvas.shape[1], int(high[0])), min(canvas.shape[0], int(high[1]))
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    ink = np.zeros((y1 - y0, x1 - x0), np.uint8)
    count = len(path) - 1
    for step in range(count):
        press = 0.75 + 0.25 * np.sin(np.pi * (step + 1) / (count + 1)) if count > 3 else 1.0
        one, two = path[step] - (x0, y0), path[step + 1] - (x0, y0)
        cv2.line(
            ink,
            (round(one[0] * 8), round(one[1] * 8)),
            (round(two[0] * 8), round(two[1] * 8)),
            255,
            max(1, round(thick * press)),
            cv2.LINE_AA,
            3,
        )
    dark = ink.astype(np.float32) / 255 * who.dark
    if who.grain:
        dark *= 1 - who.grain * rng.random(dark.shape).astype(np.float32)
    part = canvas[y0:y1, x0:x1]
    np.maximum(part, dark, out=part)


def _smooth(points: NDArray[np.float64], rng: np.random.Generator, shake: float) -> NDArray[np.float64]:
    if len(points) > 20:
        return points + rng.normal(0, shake * 0.3, points.shape)
    pieces = []
    for one, two in pairwise(points):
        steps = np.linspace(0, 1, 7)[:, None]
        bow = np.array([two[1] - one[1], one[0] - two[0]]) * rng.normal(0, 0.05)
        pieces.append(one + (two - one) * steps + bow * (4 * steps * (1 - steps)))
    path = np.concatenate(pieces)
    return path + rng.normal(0, shake * 0.35, path.shape)


def scrawl(canvas: Canvas, box: Square, who: Hand, scale: float, rng: np.random.Generator) -> None:
    """Writes something that nobody can read along the middle of a box: words of loops and stems."""
    x0, y0, x1, y1 = box
    tall = min(y1 - y0, 14 * scale) * 0.5
    x, base = x0, (y0 + y1) / 2 + tall / 2
    while x < x1 - tall:
        points: list[tuple[float, float]] = []
        for _letter in range(int(rng.integers(2, 9))):
            if x > x1 - tall:
                break
            wide = tall * rng.uniform(0.45, 0.8)
            rise = tall * (rng.uniform(0.5, 0.7) if rng.random() < 0.7 else rng.uniform(0.95, 1.3))
            drop = tall * (0.45 if rng.random() < 0.12 else rng.uniform(-0.06, 0.06))
            points += [
                (x, base + rng.normal(0, 0.05) * tall),
                (x + wide * 0.3, base - rise),
                (x + wide * 0.62, base - rise * rng.uniform(0.3, 1)),
                (x + wide * 0.7, base + drop),
            ]
            x += wide
        if len(points) > 1:
            stroke(canvas, points, who, scale, rng, 0.9)
        x += tall * rng.uniform(0.5, 0.9)
