"""Intervals hold what they should, and a difference is claimed only where there is one."""

from __future__ import annotations

import random
from math import isnan

import pytest

from evaluation.metrics import Metric, mean
from evaluation.statistics import Comparison, compare, holm, interval

MEAN: Metric[object] = Metric("mean", "mean", "", lambda subject: (0, 0), mean)


def rows(centre: float, seed: int, count: int = 40) -> list[tuple[float, float]]:
    rng = random.Random(seed)
    return [(rng.gauss(centre, 10), 1.0) for _ in range(count)]


def test_the_interval_is_the_normal_theorys() -> None:
    found = interval(MEAN, rows(50, 1, 400))
    assert found.low < found.value < found.high
    assert found.high - found.low == pytest.approx(2 * 1.96 * 10 / 20, rel=0.2)


def test_the_interval_is_the_same_every_time() -> None:
    assert interval(MEAN, rows(50, 1)) == interval(MEAN, rows(50, 1))


def test_four_stories_have_no_interval() -> None:
    assert isnan(interval(MEAN, rows(50, 1, 4)).low)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    held = sum((found := interval(MEAN, rows(50, seed), resamples=200)).low <= 50 <= found.high for seed in range(100))
    assert 85 <= held <= 99


def test_a_system_is_no_better_than_itself() -> None:
    assert compare(MEAN, rows(50, 1), rows(50, 1)).p == 1


def test_chance_is_not_significant_and_a_gap_is() -> None:
    by_chance = compare(MEAN, rows(50, 1), rows(50, 5))
    by_far = compare(MEAN, rows(50, 1), rows(70, 2))
    assert by_chance.p > 0.05 > by_far.p
    assert by_far.low < by_far.b - by_far.a < by_far.high


def test_pairing_sees_a_small_gap_that_every_story_shows() -> None:
    base = rows(50, 1)
    assert compare(MEAN, base, [(v + 0.5, n) for v, n in base]).p < 0.01


def test_holm_asks_more_of_many_questions() -> None:
    asked = [Comparison(f"m{i}", 0, 1, 0, 1, p, 40) for i, p in enumerate([0.01, 0.04, 0.03, 0.005])]
    # 0.005 <= 0.05/4, 0.01 <= 0.05/3, 0.03 > 0.05/2: the rest falls with it.
    assert [c.significant for c in holm(asked)] == [True, False, False, True]
