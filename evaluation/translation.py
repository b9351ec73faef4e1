"""Translation against the hand-written English: chrF++, chrF2, BLEU and TER by sacrebleu, with its signatures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from evaluation.alignment import Segment, Told
from evaluation.metrics import Better, Metric, Vector
from summarizer.arabic import count_words


def metrics() -> list[Metric[Told]]:
    """The metrics of a story's translation, the one to look at first."""
    return [
        *(_of_library(name, _body, "") for name in LIBRARY),
        _of_library("chrf++", _headline, "headline-"),
        Metric(
            "translation.length", "length kept",
            "Words of the translation for each 100 of the reference: far below is text lost, far above is invention.",
            _length, lambda v: 100 * v[0] / v[1] if v[1] else float("nan"), better="none", noise=2.0,
        ),
    ]  # fmt: skip


# name -> label, constructor's arguments, which way is better
LIBRARY: dict[str, tuple[str, dict[str, Any], Better]] = {
    "chrf++": ("chrF++", {"word_order": 2}, "higher"),
    "chrf2": ("chrF2", {}, "higher"),
    "bleu": ("BLEU", {}, "higher"),
    "ter": ("TER", {}, "lower"),
}


@cache
def library_metric(name: str) -> Any:
    """sacrebleu's object for a name of LIBRARY."""
    from sacrebleu.metrics import BLEU, CHRF, TER

    kinds: dict[str, Callable[..., Any]] = {"chrf++": CHRF, "chrf2": CHRF, "bleu": BLEU, "ter": TER}
    return kinds[name](**LIBRARY[name][1])


def statistics(name: str, hypotheses: Sequence[str], references: Sequence[str]) -> list[float]:
    """The library's own counts, added up over the sentences: what its corpus score is computed from."""
    # sacrebleu keeps these two steps private, but its own significance tests are built on them;
    # tests/evaluation/test_translation.py holds them to the public corpus_score.
    rows = library_metric(name)._extract_corpus_statistics(list(hypotheses), [list(references)])
    return [float(sum(column)) for column in zip(*rows, strict=True)]


def combine(name: str, sums: Vector) -> float:
    """The library's score for counts that were added up; 0 for no output at all."""
    whole = [value if value % 1 else int(value) for value in sums]
    return float(library_metric(name)._compute_score_from_stats(whole).score) if any(sums) else float("nan")


@cache
def signature(name: str) -> str:
    metric = library_metric(name)
    metric.corpus_score(["a b c d"], [["a b c d"]])  # a signature counts references, so there must have been one
    return str(metric.get_signature())


def sentence_score(segment: Segment) -> float:
    """chrF++ of one sentence: to order the worst first, never to report."""
    return float(library_metric("chrf++").sentence_score(segment.hypothesis, [segment.reference]).score)


def _of_library(name: str, pick: Callable[[Told], Sequence[Segment]], prefix: str) -> Metric[Told]:
    label, _, better = LIBRARY[name]
    width = len(statistics(name, ["a"], ["a"]))

    def measure(told: Told) -> Vector:
        parts = pick(told)
        return statistics(name, [p.hypothesis for p in parts], [p.reference for p in parts]) if parts else [0.0] * width

    return Metric(
        name=f"translation.{prefix}{name}",
        label=f"{prefix.replace('-', ' ')}{label}",
        about=f"sacrebleu's {label} of the {'headlines' if prefix else 'stories, sentence by sentence'}.",
        measure=measure,
        combine=lambda sums: combine(name, sums),
        better=better,
        signature=signature(name),
        noise=1.0 if not prefix else 2.0,
        unit="",
    )


def _body(told: Told) -> Sequence[Segment]:
    return told.segments


def _headline(told: Told) -> Sequence[Segment]:
    return [told.headline] if told.headline else []


def _length(told: Told) -> Vector:
    said = sum(count_words(s.hypothesis) for s in told.all_segments)
    return said, sum(count_words(s.reference) for s in told.all_segments)
