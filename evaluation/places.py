"""Where texts stand on a page: everything is measured in positions of one squeezed page, whoever cut it up.

Squeezed: folded, letters and digits only. Two ways to split or to space one page then give the same positions, and
no metric depends on white space, vowel signs or quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from evaluation.errors import ReferenceWrong
from evaluation.references import PageReference, StoryReference
from summarizer.arabic import fold

FURNITURE = 0  # label of a character of no story


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class StoryPlaces:
    headline: Span | None
    sentences: tuple[Span, ...]

    @property
    def start(self) -> int:
        return self.headline.start if self.headline else self.sentences[0].start


@dataclass(frozen=True, slots=True)
class Ground:
    """A page squeezed, with the truth about each of its characters."""

    text: str
    stories: tuple[StoryPlaces, ...]
    labels: tuple[int, ...]  # the story each character is of, counted from 1; FURNITURE for none

    def labels_of(self, spans: Iterable[Span]) -> list[int]:
        return [label for span in spans for label in self.labels[span.start : span.end]]


@lru_cache(maxsize=20_000)
def squeeze(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


def find(text: str, needle: str, start: int = 0) -> Span | None:
    """The needle's place in a squeezed text: the next after ``start``, else the first of all; None if nowhere."""
    wanted = squeeze(needle)
    if not wanted:
        return Span(start, start)
    at = text.find(wanted, start)
    at = text.find(wanted) if at < 0 else at
    return Span(at, at + len(wanted)) if at >= 0 else None


@lru_cache(maxsize=256)
def ground(page: PageReference) -> Ground:
    """The page's stories in their places. Raises ReferenceWrong for a sentence that isn't on the page, in order."""
    text = squeeze(page.text)
    stories: list[StoryPlaces] = []
    cursor = 0
    for story in page.stories:
        places = _story(text, story, cursor)
        stories.append(places)
        cursor = places.sentences[-1].end
    return Ground(text, tuple(stories), _labels(len(text), stories))


def _story(text: str, story: StoryReference, cursor: int) -> StoryPlaces:
    headline = _next(text, story, "headline_ar", story.headline_ar, cursor) if story.headline_ar else None
    cursor = headline.end if headline else cursor
    sentences = []
    for place, sentence in enumerate(story.sentences, start=1):
        sentences.append(_next(text, story, f"sentences[{place}].ar", sentence.ar, cursor))
        cursor = sentences[-1].end
    return StoryPlaces(headline, tuple(sentences))


def _next(text: str, story: StoryReference, field: str, needle: str, cursor: int) -> Span:
    span = find(text, needle, cursor)
    if span is None or span.start < cursor:
        raise ReferenceWrong(path=story.path, field=field, detail="is not on the page, after what stands before it")
    return span


def _labels(length: int, stories: Sequence[StoryPlaces]) -> tuple[int, ...]:
    labels = [FURNITURE] * length
    for number, story in enumerate(stories, start=1):
        for span in (*([story.headline] if story.headline else []), *story.sentences):
            labels[span.start : span.end] = [number] * len(span)
    return tuple(labels)
