"""Boxes and curves, in user units of a drawing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

Point = tuple[float, float]
#: The shares that the four points of a curve have in a point of it.
Weights = tuple[float, float, float, float]


@dataclass(frozen=True)
class Box:
    """An axis-parallel rectangle with its centre, size and corner radius."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0

    def distance(self, point: Point) -> float:
        """Return the distance from the border, negative inside."""
        dx = abs(point[0] - self.x) - self.width / 2 + self.radius
        dy = abs(point[1] - self.y) - self.height / 2 + self.radius
        return math.hypot(max(dx, 0.0), max(dy, 0.0)) + min(max(dx, dy), 0.0) - self.radius

    def nearer(self, point: Point, limit: float) -> bool:
        """Whether a point is nearer to the border than a limit, or inside; most are far off, which is seen at once."""
        x, y = abs(point[0] - self.x), abs(point[1] - self.y)
        return x < self.width / 2 + limit and y < self.height / 2 + limit and self.distance(point) < limit

    def holds(self, point: Point) -> bool:
        """Whether a point is inside or on the border."""
        x, y = abs(point[0] - self.x), abs(point[1] - self.y)
        return x <= self.width / 2 and y <= self.height / 2 and self.distance(point) <= 0

    def apart(self, other: Box) -> float:
        """Return how far apart two rectangles are along the axis that separates them best."""
        return max(
            abs(self.x - other.x) - (self.width + other.width) / 2,
            abs(self.y - other.y) - (self.height + other.height) / 2,
        )


@dataclass(frozen=True)
class Curve:
    """A cubic Bézier curve."""

    start: Point
    first: Point
    second: Point
    end: Point

    def at(self, t: float) -> Point:
        """Return the point at a parameter from 0 to 1."""
        return self.along((weights(t),))[0]

    def along(self, shares: Sequence[Weights]) -> tuple[Point, ...]:
        """Return the points that have such shares of the four points of the curve."""
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.start, self.first, self.second, self.end
        return tuple([(a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy) for a, b, c, d in shares])

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """Points along the curve, close enough together for every test here."""
        return self.along(_ALONG)

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Least x and y, greatest x and y."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return min(xs), min(ys), max(xs), max(ys)

    def between(self, t0: float, t1: float) -> Curve:
        """Return the part of the curve between two parameters."""

        def derivative(t: float) -> Point:
            s = 1 - t
            p, q, r, w = self.start, self.first, self.second, self.end
            a, b, c = 3 * s * s, 6 * s * t, 3 * t * t
            return (
                a * (q[0] - p[0]) + b * (r[0] - q[0]) + c * (w[0] - r[0]),
                a * (q[1] - p[1]) + b * (r[1] - q[1]) + c * (w[1] - r[1]),
            )

        third = (t1 - t0) / 3
        a, b, da, db = self.at(t0), self.at(t1), derivative(t0), derivative(t1)
        return Curve(
            a, (a[0] + da[0] * third, a[1] + da[1] * third), (b[0] - db[0] * third, b[1] - db[1] * third), b
        )

    def outside(self, source: Box, target: Box) -> Curve | None:
        """Return the part between two boxes, or None when the curve leaves or enters one of them twice."""
        steps = 28
        out = [
            step for step, point in enumerate(self.points) if not (source.holds(point) or target.holds(point))
        ]
        if not out or out[-1] - out[0] + 1 != len(out) or out[0] == 0 or out[-1] == steps:
            return None
        t0 = self._border(source, (out[0] - 1) / steps, out[0] / steps)
        t1 = self._border(target, (out[-1] + 1) / steps, out[-1] / steps)
        return self.between(t0, t1)

    def _border(self, box: Box, inside: float, outside: float) -> float:
        for _ in range(12):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if box.holds(self.at(middle)) else (inside, middle)
        return outside


def weights(t: float) -> Weights:
    """Return the shares in the point at a parameter from 0 to 1."""
    s = 1 - t
    return s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t


_ALONG = tuple(weights(step / 28) for step in range(29))


def n(value: float) -> str:
    """Return a number with at most one decimal."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
