"""Which search settings read best: each in turn, the best kept, on samples of the dev sets.

One at a time rather than all combinations: the settings hardly depend on each other, and on two cores a full grid would
take longer than it is worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from .decode import Decoding, Translator
from .score import read_pairs, score_lines

TRIED: dict[str, tuple[Any, ...]] = {
    "length_penalty": (0.8, 1.0, 1.2, 1.5),
    "repetition_penalty": (1.0, 1.05, 1.1, 1.2),
    "no_repeat_ngram": (0, 3, 4, 5),
    "beams": (4, 6),
}


def mean_chrf(translator: Translator, sets: Sequence[tuple[list[str], list[str]]], decoding: Decoding) -> float:
    """The mean chrF2 of the sets, each counting alike; loops count as a lost point for each line in a hundred."""
    points = []
    for sources, references in sets:
        score = score_lines("", sources, translator.lines(sources, decoding), references)
        points.append(score.chrf - 100 * score.loops / max(1, score.lines))
    return sum(points) / len(points)


def tune(folder: Path, test_sets: Sequence[Path], *, first: int) -> Iterator[tuple[Decoding, float]]:
    """Every setting tried with its points, in turn; the last one yielded is the best."""
    translator = Translator(folder)
    sets = [(sources[:first], references[:first]) for sources, references in map(read_pairs, test_sets)]
    best, most = Decoding(), mean_chrf(translator, sets, Decoding())
    yield best, most
    for name, values in TRIED.items():
        for decoding in (replace(best, **{name: value}) for value in values if value != getattr(best, name)):
            points = mean_chrf(translator, sets, decoding)
            yield decoding, points
            if points > most:
                best, most = decoding, points
    yield best, most
