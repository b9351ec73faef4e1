"""How the page was cut: stories found, furniture leaked, text lost, sentences as people cut them."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.alignment import Cut
from evaluation.metrics import Metric, Vector, f1, share
from evaluation.places import FURNITURE, Span, squeeze

NEAR = 3  # letters and digits: a bullet's number or a dateline's dash more or less is the same boundary


def metrics() -> list[Metric[Cut]]:
    """The metrics of a page, the one to look at first."""
    return [
        Metric(
            "structure.boundary-f1", "story boundaries (F1)",
            "Where one story ends and the next begins; furniture between the two does not move the place.",
            _boundaries, f1,
        ),
        Metric(
            "structure.window-diff", "WindowDiff",
            "Windows of the story text (half a mean story wide) in which the number of boundaries is wrong "
            "(Pevzner and Hearst 2002).",
            _window_diff, share, better="lower",
        ),
        Metric(
            "structure.count", "pages with the right number of stories", "Of the pages, all stories counted.",
            lambda cut: (len(cut.stories) == len(cut.ground.stories), 1), share,
        ),
        Metric(
            "structure.leaked", "furniture leaked",
            "Letters of the page's furniture that stand in a story; a second copy of a headline is no leak.",
            _leaked, share, better="lower",
        ),
        Metric(
            "structure.lost", "text lost", "Letters of the stories' sentences that stand in no story.",
            _lost, share, better="lower",
        ),
        Metric(
            "structure.headlines", "headlines found", "Headlines of the references found as such, whole.",
            _headlines, share,
        ),
        Metric(
            "structure.sentence-f1", "sentence ends (F1)", "Where sentences end inside the stories.",
            _sentence_ends, f1,
        ),
    ]  # fmt: skip


# -- stories ----------------------------------------------------------------------------------------------------


def _boundaries(cut: Cut) -> Vector:
    wanted, said = _both(cut)
    return _matches(wanted, said), len(said), len(wanted)


def _matches(wanted: Sequence[int], said: Sequence[int]) -> int:
    """How many of the wanted places are said, one saying for one place, NEAR apart at most."""
    left = list(said)
    for place in wanted:
        near = min(left, key=lambda s: abs(s - place), default=None)
        if near is not None and abs(near - place) <= NEAR:
            left.remove(near)
    return len(said) - len(left)


def _starts(stories: Sequence[Sequence[Span]], cut: Cut) -> list[int]:
    """Where stories but the first begin, counted in letters of story bodies: what is none has no length."""
    body = _body_positions(cut)
    return sorted(p for spans in stories if spans and (p := body[min(span.start for span in spans)]))


def _both(cut: Cut) -> tuple[list[int], list[int]]:
    return _starts([story.sentences for story in cut.ground.stories], cut), _starts(cut.stories, cut)


def _body_positions(cut: Cut) -> list[int]:
    """For each position of the page how many letters of sentences stand before it."""
    inside = bytearray(len(cut.ground.text) + 1)
    for story in cut.ground.stories:
        for span in story.sentences:
            inside[span.start : span.end] = b"\1" * len(span)
    before = [0]
    for flag in inside[:-1]:
        before.append(before[-1] + flag)
    return before


def _window_diff(cut: Cut) -> Vector:
    length = _body_positions(cut)[-1]
    wanted, said = _both(cut)
    width = max(length // (2 * len(cut.ground.stories)), 2)
    windows = range(length - width)
    wrong = sum(_between(wanted, i, i + width) != _between(said, i, i + width) for i in windows)
    return wrong, len(windows)


def _between(places: Sequence[int], low: int, high: int) -> int:
    return sum(low < place <= high for place in places)


# -- text -------------------------------------------------------------------------------------------------------


def _covered(cut: Cut) -> set[int]:
    return {place for story in cut.stories for span in story for place in range(span.start, span.end)}


def _leaked(cut: Cut) -> Vector:
    """Letters of furniture, copies of a headline apart, and how many of them were taken for a story's."""
    truth = cut.ground
    furniture = {i for i, label in enumerate(truth.labels) if label == FURNITURE} - set(_headline_copies(cut))
    return len(furniture & _covered(cut)), len(furniture)


def _headline_copies(cut: Cut) -> list[int]:
    """Places where a headline's text stands once more."""
    places: list[int] = []
    for story in cut.reference.stories:
        headline = squeeze(story.headline_ar)
        at = cut.ground.text.find(headline) if headline else -1
        while at >= 0:
            places += range(at, at + len(headline))
            at = cut.ground.text.find(headline, at + 1)
    return places


def _lost(cut: Cut) -> Vector:
    body = {i for story in cut.ground.stories for span in story.sentences for i in range(span.start, span.end)}
    return len(body - _covered(cut)), len(body)


def _headlines(cut: Cut) -> Vector:
    texts = {cut.ground.text[span.start : span.end] for span in cut.headlines}
    wanted = [squeeze(story.headline_ar) for story in cut.reference.stories if story.headline_ar]
    return sum(headline in texts for headline in wanted), len(wanted)


def _sentence_ends(cut: Cut) -> Vector:
    """Ends in furniture are counted by what leaked, not here."""
    wanted = [span.end for story in cut.ground.stories for span in story.sentences if len(span)]
    said = sorted(end for end in cut.sentence_ends if cut.ground.labels[end - 1] != FURNITURE)
    return _matches(wanted, said), len(said), len(wanted)
