"""COMET and BERTScore: run when their package and weights are on the machine, else reported as not run, and why.

Nothing is ever downloaded here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from evaluation.alignment import Told
from evaluation.baselines import NotRun
from evaluation.metrics import Metric, Vector, mean

COMET, COMET_WEIGHTS = "COMET", "Unbabel/wmt22-comet-da"
# Layers as bert_score's own table of tuned layers has them (its utils.model2layers).
BERTSCORE = {"en": ("roberta-large", 17), "ar": ("bert-base-multilingual-cased", 9)}


def translation_metrics() -> list[Metric[Told] | NotRun]:
    return [_comet(), _bertscore("en", "translation.bertscore", _english_segments)]


def summary_metrics() -> list[Metric[Told] | NotRun]:
    return [_bertscore("ar", "summary.bertscore", _arabic_summaries)]


def snapshot(hub_id: str) -> Path | None:
    """Where a Hub model's files lie in the cache, or None."""
    home = os.environ.get("HF_HUB_CACHE") or Path(os.environ.get("HF_HOME", "~/.cache/huggingface")) / "hub"
    folder = Path(home).expanduser() / f"models--{hub_id.replace('/', '--')}" / "snapshots"
    return next(iter(sorted(folder.iterdir())), None) if folder.is_dir() else None


def _lacking(package: str, weights: str) -> str:
    """Why a metric can't run, or nothing."""
    if not find_spec(package):
        return f"the package {package} is not installed"
    return "" if snapshot(weights) else f"the weights {weights} are not on this machine"


# -- COMET ------------------------------------------------------------------------------------------------------


def _comet() -> Metric[Told] | NotRun:
    if reason := _lacking("comet", COMET_WEIGHTS):
        return NotRun(COMET, reason)
    return Metric(
        "translation.comet", COMET, f"Mean of the sentences by {COMET_WEIGHTS}, times 100.", _comet_vector, mean,
        signature=COMET_WEIGHTS, noise=1.0, unit="",
    )  # fmt: skip


@lru_cache(maxsize=1)
def _comet_model() -> Any:
    from comet import load_from_checkpoint

    folder = snapshot(COMET_WEIGHTS)
    assert folder
    return load_from_checkpoint(str(folder / "checkpoints" / "model.ckpt"))


def _comet_vector(told: Told) -> Vector:
    rows = [{"src": s.ar, "mt": s.hypothesis, "ref": s.reference} for s in told.segments]
    if not rows:
        return 0.0, 0
    scores = _comet_model().predict(rows, batch_size=8, gpus=0, progress_bar=False).scores
    return 100 * float(sum(scores)), len(rows)


# -- BERTScore --------------------------------------------------------------------------------------------------

Pairs = tuple[Sequence[str], Sequence[Sequence[str]]]  # hypotheses, and the references of each


def _english_segments(told: Told) -> Pairs:
    return [s.hypothesis for s in told.segments], [[s.reference] for s in told.segments]


def _arabic_summaries(told: Told) -> Pairs:
    return [told.summary_ar], [list(told.reference.summaries)]


def _bertscore(language: str, name: str, pick: Callable[[Told], Pairs]) -> Metric[Told] | NotRun:
    weights, _ = BERTSCORE[language]
    label = "BERTScore" if language == "en" else "BERTScore (Arabic)"
    if reason := _lacking("bert_score", weights):
        return NotRun(label, reason)

    def measure(told: Told) -> Vector:
        hypotheses, references = pick(told)
        if not hypotheses:
            return 0.0, 0
        _, _, f = _bert_scorer(language).score(list(hypotheses), [list(r) for r in references])
        return 100 * float(f.sum()), len(hypotheses)

    return Metric(
        name, label, f"Mean F1 by {weights}, times 100.", measure, mean, signature=weights, noise=1.0, unit=""
    )


@lru_cache(maxsize=2)
def _bert_scorer(language: str) -> Any:
    from bert_score import BERTScorer

    weights, layers = BERTSCORE[language]
    return BERTScorer(model_type=str(snapshot(weights)), num_layers=layers)
