"""Our sums of sacrebleu's counts are sacrebleu's corpus score."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from perfect import TUNISIA, aligned, briefs, translated
from sacrebleu.metrics import BLEU, CHRF, TER

from evaluation import translation
from evaluation.alignment import Told
from evaluation.metrics import Metric

ORACLES = {"chrf++": CHRF(word_order=2), "chrf2": CHRF(), "bleu": BLEU(), "ter": TER()}


@pytest.mark.parametrize("name", ORACLES)
def test_added_counts_give_the_corpus_score(name: str) -> None:
    told = aligned(translated(lambda p: " ".join(p.en.split()[1::2]), [TUNISIA]), [TUNISIA]).stories
    metric = next(m for m in translation.metrics() if m.name == f"translation.{name}")
    segments = [s for t in told for s in t.segments]
    wanted = ORACLES[name].corpus_score([s.hypothesis for s in segments], [[s.reference for s in segments]])
    assert metric.score([metric.measure(t) for t in told]) == pytest.approx(wanted.score)
    assert metric.signature == str(ORACLES[name].get_signature())


def test_perfection_is_a_hundred_and_nothing_is_none() -> None:
    perfect, empty = (
        aligned(made, [TUNISIA]).stories for made in (briefs([TUNISIA]), translated(lambda _: "", [TUNISIA]))
    )
    for metric in translation.metrics():
        worst, best = (0, 100) if metric.better != "lower" else (100, 0)
        assert _score(metric, perfect) == pytest.approx(best)
        assert _score(metric, empty) == pytest.approx(worst)


def _score(metric: Metric[Told], told: Sequence[Told]) -> float:
    return metric.score([metric.measure(t) for t in told])
