"""The Arabic summary against two hand-written ones, and the English summary against one."""

from __future__ import annotations

from collections.abc import Callable

from evaluation import faithfulness
from evaluation.alignment import Told
from evaluation.metrics import Metric, Vector, mean, share
from evaluation.rouge import TYPES, rouge, signature
from summarizer.arabic import count_words
from summarizer.checks import repeated

MAX_WORDS = 60
LABELS = dict(zip(TYPES, ("ROUGE-1", "ROUGE-2", "ROUGE-L"), strict=True))
# The references are of two kinds, and the nearer is mostly the short one of the lead: each is shown alone as well.
REFERENCES: dict[str, tuple[Callable[[Told], tuple[str, ...]], str]] = {
    "best": (lambda told: told.reference.summaries, "the nearer of two references"),
    "lead": (lambda told: (told.reference.summary_lead_ar,), "the reference that leans on the lead"),
    "story": (lambda told: (told.reference.summary_story_ar,), "the reference that covers the story"),
}


def metrics() -> list[Metric[Told]]:
    """The metrics of the Arabic summary, the one to look at first."""
    return [
        *(_rouge("xlsum", place, "best") for place in range(len(TYPES))),
        *(_rouge("xlsum", place, which) for which in ("lead", "story") for place in range(2)),
        *(_rouge(protocol, place, "best") for protocol in ("normalised", "raw") for place in range(len(TYPES))),
        *faithfulness.summary_metrics(),
        Metric(
            "summary.strayed", "from furniture or another story",
            "Share of the summary's letters that stand on the page outside the story.",
            lambda told: (100 * told.strayed, 1), mean, better="lower",
        ),
        Metric(
            "summary.empty", "summaries missing", "Stories without a summary.",
            lambda told: (not told.summary_ar.strip(), 1), share, better="lower",
        ),
        Metric(
            "summary.fits", "summaries that fit", f"Summaries of 1 to {MAX_WORDS} words.",
            lambda told: (0 < count_words(told.summary_ar) <= MAX_WORDS, 1), share,
        ),
        Metric(
            "summary.repetition", "repetition", "Summaries that say words over and over.",
            lambda told: (bool(repeated(told.summary_ar)), 1), share, better="lower",
        ),
        Metric(
            "summary.words", "words", "Mean length in words.",
            lambda told: (count_words(told.summary_ar), 1), mean, better="none", unit="",
        ),
    ]  # fmt: skip


def english_metrics() -> list[Metric[Told]]:
    """The metrics of the English summary."""
    return [*(_english_rouge(place) for place in range(len(TYPES))), *faithfulness.english_metrics()]


def rouge_vector(protocol: str, place: int, references: tuple[str, ...], text: str) -> Vector:
    return 100 * rouge(protocol, references, text)[place], 1


def _rouge(protocol: str, place: int, which: str) -> Metric[Told]:
    kind = TYPES[place]
    pick, against = REFERENCES[which]
    suffix, note = ("", "") if which == "best" else (f"-{which}", f", {which} reference")

    def measure(told: Told) -> Vector:
        return rouge_vector(protocol, place, pick(told), told.summary_ar)

    return Metric(
        name=f"summary.{kind.lower()}-{protocol}{suffix}",
        label=f"{LABELS[kind]} ({'XL-Sum' if protocol == 'xlsum' else protocol}{note})",
        about=f"F1 of {LABELS[kind]} against {against}, mean of the stories; protocol: {protocol}.",
        measure=measure,
        combine=mean,
        signature=signature(protocol, 2 if which == "best" else 1),
        noise=1.0,
        unit="",
    )


def _english_rouge(place: int) -> Metric[Told]:
    kind = TYPES[place]
    measure: Callable[[Told], Vector] = lambda told: rouge_vector(  # noqa: E731
        "english", place, (told.reference.summary_en,), told.summary_en
    )
    return Metric(
        name=f"summary.english-{kind.lower()}",
        label=f"English {LABELS[kind]}",
        about=f"F1 of {LABELS[kind]} of the English summary, rouge_score's own tokenizer with its stemmer.",
        measure=measure,
        combine=mean,
        signature=signature("english", 1),
        noise=2.0,
        unit="",
    )
