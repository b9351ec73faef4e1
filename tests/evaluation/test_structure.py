"""WindowDiff held to NLTK's; boundaries do not move with furniture."""

from __future__ import annotations

from dataclasses import replace

import pytest
from nltk.metrics.segmentation import windowdiff
from perfect import LIBYA, TUNISIA, aligned, briefs

from evaluation import baselines, structure
from evaluation.alignment import Cut
from evaluation.places import Span

WINDOW_DIFF = next(m for m in structure.metrics() if m.name == "structure.window-diff")
BOUNDARIES = next(m for m in structure.metrics() if m.name == "structure.boundary-f1")


def _moved(cut: Cut, by: int) -> Cut:
    """Each story but the first begins so many letters later."""
    return replace(
        cut, stories=tuple((Span(s[0].start + (by if i else 0), s[-1].end),) for i, s in enumerate(cut.stories))
    )


@pytest.mark.parametrize("by", [0, 1, 40, 120])
def test_window_diff_is_nltks(by: int) -> None:
    # A seed without furniture between its stories' sentences, headlines apart: places in the bodies are all there is.
    cut = _moved(aligned(briefs([LIBYA]), [LIBYA]).pages[0], by)
    length = structure._body_positions(cut)[-1]
    wanted, said = structure._both(cut)
    strings = ["".join("1" if i in places else "0" for i in range(1, length)) for places in (wanted, said)]
    oracle = windowdiff(*strings, k=length // (2 * len(LIBYA.stories)))
    assert WINDOW_DIFF.score([WINDOW_DIFF.measure(cut)]) == pytest.approx(100 * oracle)


def test_a_boundary_is_right_nearby_and_wrong_further_on() -> None:
    cut = aligned(briefs([LIBYA]), [LIBYA]).pages[0]
    scores = [BOUNDARIES.score([BOUNDARIES.measure(_moved(cut, by))]) for by in (0, 200)]
    assert scores == [100.0, 0.0]


def test_the_whole_page_as_one_story_has_no_boundary_and_loses_nothing() -> None:
    pages = aligned(briefs([TUNISIA]), [TUNISIA]).pages
    whole = dict(baselines.cuts(pages))["whole page"][0]
    found = {m.name: m.score([m.measure(whole)]) for m in structure.metrics()}
    assert (found["structure.boundary-f1"], found["structure.lost"]) == (0.0, 0.0)
    assert found["structure.leaked"] == 100.0
