"""How far a score can be trusted: bootstrap intervals, and a paired test when two systems are compared.

Units are whole stories or pages: sentences of one story are alike, and to draw them one by one would promise too much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import Any

from evaluation.metrics import Metric, Vector

RESAMPLES = 500
SWAPS = 2000
SEED = 20251107
LEVEL = 0.05
FEWEST = 5  # units; with fewer the resamples are too much alike to give an interval


@dataclass(frozen=True, slots=True)
class Interval:
    value: float
    low: float
    high: float
    units: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """B minus A. ``p`` is of the paired randomisation test; ``significant`` is said after Holm's correction."""

    metric: str
    a: float
    b: float
    low: float
    high: float
    p: float
    units: int
    significant: bool = False


def interval(metric: Metric[Any], vectors: Sequence[Vector], *, resamples: int = RESAMPLES) -> Interval:
    """The score with its 95 % percentile bootstrap interval; no interval for fewer than FEWEST units."""
    value = metric.score(vectors)
    measured = sum(any(v) for v in vectors)
    if len(vectors) < FEWEST or isnan(value):
        return Interval(value, nan, nan, measured)
    low, high = _percentiles([metric.combine(row) for row in _resampled([vectors], resamples)[0]])
    return Interval(value, low, high, measured)


def _resampled(sides: Sequence[Sequence[Vector]], resamples: int) -> list[list[list[float]]]:
    """Sums of units drawn with replacement, the same draws for every side."""
    import numpy as np

    generator = np.random.default_rng(SEED)
    count = len(sides[0])
    draws = generator.multinomial(count, [1 / count] * count, size=resamples)
    return [(draws @ np.asarray(side, dtype=float)).tolist() for side in sides]


def _percentiles(values: Sequence[float]) -> tuple[float, float]:
    import numpy as np

    kept = [v for v in values if not isnan(v)]
    if not kept:
        return nan, nan
    low, high = np.percentile(kept, [50 * LEVEL, 100 - 50 * LEVEL])
    return float(low), float(high)


def compare(metric: Metric[Any], a: Sequence[Vector], b: Sequence[Vector]) -> Comparison:
    """Two systems on the same units: the difference, its interval, and the chance of so large a one by mere swaps."""
    first, second = metric.score(a), metric.score(b)
    if len(a) < FEWEST or isnan(first) or isnan(second):
        return Comparison(metric.name, first, second, nan, nan, nan, len(a))
    sums = _resampled([a, b], RESAMPLES)
    low, high = _percentiles([metric.combine(y) - metric.combine(x) for x, y in zip(*sums, strict=True)])
    return Comparison(metric.name, first, second, low, high, _randomisation(metric, a, b), len(a))


def _randomisation(metric: Metric[Any], a: Sequence[Vector], b: Sequence[Vector]) -> float:
    """Approximate randomisation (Noreen 1989; Riezler and Maxwell 2005): exchange the systems' units at random."""
    import numpy as np

    left, right = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    observed = abs(metric.combine(right.sum(0).tolist()) - metric.combine(left.sum(0).tolist()))
    swaps = np.random.default_rng(SEED).integers(0, 2, size=(SWAPS, len(left)))
    moved = swaps @ (right - left)
    sums = zip((left.sum(0) + moved).tolist(), (right.sum(0) - moved).tolist(), strict=True)
    as_large = sum(not abs(metric.combine(y) - metric.combine(x)) < observed - 1e-9 for x, y in sums)
    return (as_large + 1) / (SWAPS + 1)


def holm(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Mark as significant what stays so when this many questions are asked at once (Holm 1979)."""
    from dataclasses import replace

    tested = sorted((c for c in comparisons if not isnan(c.p)), key=lambda c: c.p)
    passed: set[str] = set()
    for place, comparison in enumerate(tested):
        if comparison.p > LEVEL / (len(tested) - place):
            break
        passed.add(comparison.metric)
    return [replace(c, significant=c.metric in passed) for c in comparisons]
