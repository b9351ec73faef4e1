"""What a metric is: a vector a unit (a story or a page), vectors added up, and the score of the sum.

Every metric here is of that form, corpus BLEU as well as a mean, so that one bootstrap and one paired test serve all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import nan
from typing import Generic, Literal, TypeVar

Vector = Sequence[float]
Subject = TypeVar("Subject")
Better = Literal["higher", "lower", "none"]


@dataclass(frozen=True)
class Metric(Generic[Subject]):
    """``measure`` gives a subject's vector, all zeros when there is nothing to measure; ``combine`` the sum's score.

    ``noise`` is what the score may differ by between two machines that compute the same thing with other kernels.
    """

    name: str
    label: str
    about: str
    measure: Callable[[Subject], Vector]
    combine: Callable[[Vector], float]
    better: Better = "higher"
    signature: str = ""
    noise: float = 0.0
    unit: str = "%"
    digits: int = 1

    def score(self, vectors: Sequence[Vector]) -> float:
        """The score of all units together; nan when nothing was measured."""
        return self.combine(added(vectors)) if vectors else nan

    def noise_of(self, vectors: Sequence[Vector]) -> float:
        """``noise``, or what one number, name or sentence more or less makes where that is more; 0 stays 0."""
        whole = sum(added(vectors)[1:]) if self.noise and self.combine in (share, f1) else 0
        return max(self.noise, (100 if self.combine is share else 200) / whole) if whole else self.noise


def added(vectors: Sequence[Vector]) -> list[float]:
    return [sum(column) for column in zip(*vectors, strict=True)]


def share(vector: Vector) -> float:
    """(part, whole) as a percentage; nan for a whole of nothing."""
    part, whole = vector
    return 100 * part / whole if whole else nan


def mean(vector: Vector) -> float:
    """(sum, count) as a mean."""
    total, count = vector
    return total / count if count else nan


def f1(vector: Vector) -> float:
    """(right, said, wanted) as F1 in percent."""
    right, said, wanted = vector
    return 200 * right / (said + wanted) if said + wanted else nan
