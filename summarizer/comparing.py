"""Scores of briefs against a reference a reader pastes: ROUGE for the Arabic summary, BLEU and chrF for the English.

Not the project's evaluation (see ``evaluation/``): one text, no significance, for a first impression.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from summarizer.arabic import fold, words
from summarizer.records import Brief

PACKAGES = {"rouge_score": "rouge-score", "sacrebleu": "sacrebleu"}  # import name -> what pip calls it


@dataclass(frozen=True, slots=True)
class Scores:
    """Measure -> one score (0 to 100) a side; and the packages that are missing for the rest."""

    rows: tuple[tuple[str, tuple[float, ...]], ...]
    missing: tuple[str, ...]


class FoldedTokens:
    """A tokenizer for rouge_score: its own keeps only Latin letters, and finds nothing in Arabic."""

    def tokenize(self, text: str) -> list[str]:
        return [fold(word) for word in words(text)]


def score(sides: Sequence[Sequence[Brief]], *, arabic: str = "", english: str = "") -> Scores:
    """Each side's briefs against the reference texts that are not empty."""
    rows: list[tuple[str, tuple[float, ...]]] = []
    missing: list[str] = []
    for name, package, reference, text_of, measure in _measures(arabic, english):
        if not reference.strip():
            continue
        if find_spec(package) is None:
            missing.append(PACKAGES[package])
            continue
        rows.append((name, tuple(measure(text_of(side), reference) for side in sides)))
    return Scores(tuple(rows), tuple(dict.fromkeys(missing)))


Measure = tuple[str, str, str, Callable[[Sequence[Brief]], str], Callable[[str, str], float]]


def _measures(arabic: str, english: str) -> tuple[Measure, ...]:
    return (
        ("ROUGE-1 F1 (ar)", "rouge_score", arabic, _summary, lambda text, gold: _rouge("rouge1", text, gold)),
        ("ROUGE-L F1 (ar)", "rouge_score", arabic, _summary, lambda text, gold: _rouge("rougeL", text, gold)),
        ("chrF2 (ar)", "sacrebleu", arabic, _summary, lambda text, gold: _chrf(fold(text), fold(gold))),
        ("BLEU (en)", "sacrebleu", english, _translation, _bleu),
        ("chrF2 (en)", "sacrebleu", english, _translation, _chrf),
    )


def _summary(briefs: Sequence[Brief]) -> str:
    return " ".join(brief.summary_ar for brief in briefs)


def _translation(briefs: Sequence[Brief]) -> str:
    return " ".join(text for brief in briefs for text in (brief.headline_en, *brief.translation_en) if text)


def _rouge(kind: str, text: str, reference: str) -> float:
    from rouge_score.rouge_scorer import RougeScorer

    scorer: Any = RougeScorer([kind], tokenizer=FoldedTokens())
    return 100 * float(scorer.score(reference, text)[kind].fmeasure)


def _chrf(text: str, reference: str) -> float:
    from sacrebleu.metrics import CHRF

    return float(CHRF().sentence_score(text, [_one_line(reference)]).score)


def _bleu(text: str, reference: str) -> float:
    from sacrebleu.metrics import BLEU

    return float(BLEU(effective_order=True).sentence_score(text, [_one_line(reference)]).score)


def _one_line(text: str) -> str:
    return " ".join(text.split())
