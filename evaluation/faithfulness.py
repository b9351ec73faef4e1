"""What a reader must be able to rely on: numbers, names, nothing left in Arabic, copied, repeated or dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from evaluation.alignment import Segment, Told
from evaluation.metrics import Metric, Vector, f1, share
from evaluation.said import said_numbers, says_name
from summarizer.arabic import ARABIC_LETTER
from summarizer.checks import check_copied, repeated
from summarizer.numbers import Number, counted_numbers, lost_numbers, numbers_in


def metrics() -> list[Metric[Told]]:
    """The metrics of a story's translation that need no likeness to the reference's wording."""
    return [
        Metric(
            "faithful.number-recall", "numbers kept",
            "Of the numbers listed in the references (digits, words, ordinals, dates, percentages; every time they "
            "stand), those the translation of that very sentence says, in an accepted form or by value.",
            _number_recall, share, noise=1.0,
        ),
        Metric(
            "faithful.number-precision", "numbers not invented",
            "Of the numbers in the translation, those that the Arabic sentence, or its reference, says.",
            _number_precision, share, noise=1.0,
        ),
        Metric(
            "faithful.number-order", "numbers in order",
            "Of the pairs of different numbers that a reference sentence and its translation both say, those in the "
            "same order: two numbers exchanged in a sentence are seen here.",
            _number_order, share, noise=1.0,
        ),
        Metric(
            "faithful.name-recall", "names kept",
            "Of the people, organisations and places listed, those the story's translation spells in an accepted way.",
            _name_recall(("person", "organisation", "place")), share, noise=1.0,
        ),
        *(_names_of(kind) for kind in ("person", "organisation", "place")),
        Metric(
            "faithful.empty", "sentences dropped", "Sentences without any translation.",
            _share_of(lambda s: not s.hypothesis.strip()), share, better="lower",
        ),
        Metric(
            "faithful.arabic", "Arabic left", "Translated sentences with Arabic letters in them.",
            _share_of(lambda s: bool(ARABIC_LETTER.search(s.hypothesis))), share, better="lower", noise=0.5,
        ),
        Metric(
            "faithful.copied", "source copied", "Sentences given back, whole or mostly, in place of a translation.",
            _share_of(lambda s: bool(check_copied(s.ar, s.hypothesis))), share, better="lower",
        ),
        Metric(
            "faithful.repetition", "repetition",
            "Sentences whose translation says words over and over, as its reference does not.",
            _share_of(lambda s: bool(repeated(s.hypothesis)) and not repeated(s.reference)), share,
            better="lower", noise=1.0,
        ),
    ]  # fmt: skip


def summary_metrics() -> list[Metric[Told]]:
    """Numbers between story and summary, and between the summary's two languages."""
    return [
        Metric(
            "summary.number-precision", "summary's numbers from the story",
            "Of the numbers in the Arabic summary, those the story says.",
            _summary_precision, share,
        ),
        Metric(
            "summary.number-f1", "summary's numbers as chosen by people",
            "F1 between the numbers of the Arabic summary and those of the covering reference that the story says too.",
            _summary_f1, f1, noise=2.0,
        ),
    ]  # fmt: skip


def english_metrics() -> list[Metric[Told]]:
    return [
        Metric(
            "summary.english-numbers", "numbers from summary to English",
            "Of the numbers in the Arabic summary, those its English says.",
            _english_numbers, share, noise=2.0,
        ),
    ]  # fmt: skip


# -- numbers ----------------------------------------------------------------------------------------------------


def _number_recall(told: Told) -> Vector:
    said = [hit for s in told.all_segments for hit in said_numbers(s.numbers, s.hypothesis)]
    return sum(said), len(said)


def _number_precision(told: Told) -> Vector:
    parts = told.all_segments
    return sum(len(_said(s)) - len(invented(s)) for s in parts), sum(len(_said(s)) for s in parts)


def _said(segment: Segment) -> Sequence[Number]:
    # Small numbers in words are articles and pronouns as often as counts, so only what can be lost can be invented.
    return counted_numbers(segment.hypothesis, "en")


def invented(segment: Segment) -> list[Number]:
    """Numbers of the translation that neither the Arabic nor the reference says."""
    unsaid = {n.start for n in lost_numbers(segment.hypothesis, "en", segment.reference, "en")}
    return [n for n in lost_numbers(segment.hypothesis, "en", segment.ar, "ar") if n.start in unsaid]


def _number_order(told: Told) -> Vector:
    verdicts = [verdict for s in told.all_segments for verdict in in_order(s.reference, s.hypothesis)]
    return sum(verdicts), len(verdicts)


def in_order(reference: str, hypothesis: str) -> list[bool]:
    """For each two numbers that both texts say once, whether they stand in the same order."""
    first, second = _once(reference), _once(hypothesis)
    common = [value for value in first if value in second]
    # In the order of the first text already, so only the second's is asked.
    return [second.index(a) < second.index(b) for a, b in combinations(common, 2)]


def _once(text: str) -> list[object]:
    values = [n.value for n in numbers_in(text, "en")]
    return [value for value in values if values.count(value) == 1]


def _summary_precision(told: Told) -> Vector:
    said = counted_numbers(told.summary_ar, "ar")
    story = f"{told.reference.headline_ar}\n{told.reference.text}"
    return len(said) - len(lost_numbers(told.summary_ar, "ar", story, "ar")), len(said)


def _summary_f1(told: Told) -> Vector:
    story = f"{told.reference.headline_ar}\n{told.reference.text}"
    reference = told.reference.summary_story_ar
    derived = {n.value for n in lost_numbers(reference, "ar", story, "ar")}  # "six centres in all": no page says it
    wanted = {n.value for n in counted_numbers(reference, "ar")} - derived
    said = {n.value for n in counted_numbers(told.summary_ar, "ar")}
    return len(wanted & said), len(said), len(wanted)


def _english_numbers(told: Told) -> Vector:
    pairs = told.summary_pairs or ((told.summary_ar, told.summary_en),)
    wanted = sum(len(counted_numbers(ar, "ar")) for ar, _ in pairs)
    return wanted - sum(len(lost_numbers(ar, "ar", en, "en")) for ar, en in pairs), wanted


# -- names ------------------------------------------------------------------------------------------------------


def _names_of(kind: str) -> Metric[Told]:
    plural = {"person": "people", "organisation": "organisations", "place": "places"}[kind]
    about = f"The same, {plural} only."
    return Metric(f"faithful.name-recall-{kind}", f"{plural} kept", about, _name_recall((kind,)), share, noise=2.0)


def _name_recall(kinds: Sequence[str]) -> Callable[[Told], Vector]:
    def measure(told: Told) -> Vector:
        text = " \n ".join(s.hypothesis for s in told.all_segments)
        wanted = [name for name in told.reference.names if name.kind in kinds]
        return sum(says_name(name, text) for name in wanted), len(wanted)

    return measure


# -- sentences --------------------------------------------------------------------------------------------------


def _share_of(test: Callable[[Segment], bool]) -> Callable[[Told], Vector]:
    def measure(told: Told) -> Vector:
        return sum(map(test, told.all_segments)), len(told.all_segments)

    return measure
