"""Where one story ends and the next begins: each place between two blocks is weighed by the cues of cues.py.

Each cue has a weight in a table, one for places where a short line might be a headline and one for places without. The
weights are a logistic regression fitted on joined pages of the "dev" part of the corpus
(python -m evaluation.fit_boundaries); the cues are ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .cohesion import content_stems, page_weights
from .cues import FIRST_CUES, HEADLINE_CUES, PLAIN_CUES, Block, Cue, Place


@dataclass(frozen=True, slots=True)
class Weighing:
    """Cues with their weights; a place begins a story when their sum with ``bias`` passes 0."""

    bias: float
    weights: Mapping[str, float]
    cues: tuple[Cue, ...]

    def score(self, place: Place) -> float:
        return self.bias + sum(self.weights[cue.__name__] * cue(place) for cue in self.cues)


@dataclass(frozen=True, slots=True)
class Start:
    """Block ``at`` begins a story; it is the headline when ``has_headline``."""

    at: int
    has_headline: bool


def story_starts(blocks: Sequence[Block]) -> list[Start]:
    """The starts of the stories, the first at the first block or at the headline of the first story."""
    starts: list[Start] = []
    for options in junctions(blocks):
        if not starts:
            starts.append(_first_start(options))
            continue
        *titled, plain = options
        score, place = max(
            ((WITH_HEADLINE.score(p), p) for p in titled), key=lambda pair: pair[0], default=(0.0, plain)
        )
        if score > 0:
            starts.append(Start(place.at, True))
        elif PLAIN.score(plain) > 0:
            # the paragraphs alone say so: then the line above is the headline, unless it is clearly none
            headed = bool(titled) and score > _CLEARLY_NONE
            starts.append(Start(place.at if headed else plain.at, headed))
    return starts


def _first_start(options: Sequence[Place]) -> Start:
    """The page's first story needs no proof that it begins; only its headline is looked for."""
    scored = [(FIRST_HEADLINE.score(place), place) for place in options if place.at != place.first]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, options[-1]))
    return Start(best.at, True) if score > 0 else Start(options[-1].first, False)


def junctions(blocks: Sequence[Block]) -> list[list[Place]]:
    """For each paragraph of prose, the places where a story may begin with it: each short line above it, and itself."""
    stems = [content_stems(block.text) for block in blocks]
    weights = page_weights(stems)
    found: list[list[Place]] = []
    above: list[int] = []
    for i, block in enumerate(blocks):
        if block.kind == "short":
            above = [*above[-(_MOST_SHORT_LINES - 1) :], i]
            continue
        if block.kind == "prose" or not found:
            found.append([Place(blocks, stems, weights, at, i) for at in (*above, i)])
        above = []
    return found


_CLEARLY_NONE = -2.5
_MOST_SHORT_LINES = 4  # kicker, headline, subheadline and a stray label
WITH_HEADLINE = Weighing(
    -0.5,
    {
        "continues": -3.9,
        "points_back": -0.6,
        "names_day": 0.7,
        "opens_as_news": 0.8,
        "has_dateline": 1.1,
        "has_masthead": 1.4,
        "after_furniture": 0.7,
        "set_apart": 0.3,
        "same_subject": -3.4,
        "first_is_known": 2.2,
        "opening_is_known": -0.7,
        "rest_is_known": -1.6,
        "last_returns": -2.0,
        "holds_together": 0.9,
        "before_is_unfinished": -1.3,
        "closer_to_what_follows": 3.0,
        "told_after": 5.0,
        "told_by_first": 1.2,
        "told_before": -2.0,
        "told_only_after": 0.1,
        "few_words": -6.4,
        "many_words": -5.9,
        "repeats_as_prose": 0.5,
        "in_list_of_links": -2.4,
        "leans_itself": -0.2,
        "more_short_lines": -5.7,
    },
    HEADLINE_CUES,
)
FIRST_HEADLINE = Weighing(
    1.4,
    {
        "continues": -2.0,
        "has_masthead": -0.3,
        "names_day": 1.1,
        "closer_to_what_follows": 0.6,
        "told_after": 2.4,
        "told_by_first": 5.7,
        "few_words": -4.1,
        "many_words": -4.2,
        "asks": 1.1,
        "leans_itself": -0.9,
        "more_short_lines": 0.1,
    },
    FIRST_CUES,
)
PLAIN = Weighing(
    -0.2,
    {
        "continues": -5.7,
        "points_back": -1.5,
        "names_day": 1.3,
        "opens_as_news": 0.9,
        "has_dateline": 4.7,
        "has_masthead": 6.3,
        "after_furniture": 2.2,
        "set_apart": 3.9,
        "same_subject": -5.0,
        "first_is_known": 0.6,
        "opening_is_known": -0.5,
        "rest_is_known": -4.7,
        "last_returns": -5.1,
        "holds_together": 6.0,
        "before_is_unfinished": -1.8,
        "after_short_line": 0.1,
    },
    PLAIN_CUES,
)
