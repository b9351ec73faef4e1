"""Briefs beside their references: which brief is which story, which sentences say the same piece of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.errors import BriefWrong
from evaluation.places import FURNITURE, Ground, Span, find, ground
from evaluation.references import NumberReference, PageReference, StoryReference
from summarizer.records import Brief


@dataclass(frozen=True, slots=True)
class Segment:
    """The smallest piece that both cut alike: mostly one sentence. ``hypothesis`` is what is scored."""

    story: str  # key of the story
    number: int  # its first sentence, from 1; 0 for the headline
    ar: str
    reference: str
    hypothesis: str
    numbers: tuple[NumberReference, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What a system says of one story, beside the reference: what the metrics of stories look at."""

    key: str
    reference: StoryReference
    headline: Segment | None  # None when the page gives none
    segments: tuple[Segment, ...]
    summary_ar: str
    summary_en: str
    summary_pairs: tuple[tuple[str, str], ...]  # Arabic and English, sentence by sentence
    strayed: float  # share of the summary that is furniture or of another story, 0 to 1

    @property
    def all_segments(self) -> tuple[Segment, ...]:
        return (*([self.headline] if self.headline else []), *self.segments)


@dataclass(frozen=True, slots=True)
class Cut:
    """How a system cut one page: what the metrics of pages look at."""

    key: str
    reference: PageReference
    ground: Ground
    stories: tuple[tuple[Span, ...], ...]  # of each story found, the places of its headline and sentences
    sentence_ends: frozenset[int]
    headlines: tuple[Span, ...]
    unplaced: int  # letters and digits of sentences that aren't on the page


@dataclass(frozen=True, slots=True)
class Aligned:
    """All pages that have briefs, and the names of those that have none."""

    stories: tuple[Told, ...]
    pages: tuple[Cut, ...]
    missing: tuple[str, ...]


def align(briefs: Iterable[Brief], references: Sequence[PageReference], *, path: Path | str = "briefs") -> Aligned:
    """Put briefs beside references. Raises BriefWrong for a brief of a page without a reference.

    A page is recognised by its file's name; a page that has no brief at all is listed as missing, not scored.
    """
    by_page: dict[str, list[Brief]] = {page.name: [] for page in references}
    for brief in briefs:
        name = Path(brief.source).stem
        if name not in by_page:
            known = ", ".join(sorted(by_page))
            raise BriefWrong(
                path=path, brief=brief.id, field="source", detail=f"{name!r} has no reference; known: {known}"
            )
        by_page[name].append(_checked(brief, path))
    stories: list[Told] = []
    cuts: list[Cut] = []
    for page in references:
        if by_page[page.name]:
            told, cut = align_page(sorted(by_page[page.name], key=lambda b: b.story), page)
            stories += told
            cuts.append(cut)
    return Aligned(tuple(stories), tuple(cuts), tuple(name for name, found in by_page.items() if not found))


def _checked(brief: Brief, path: Path | str) -> Brief:
    """An empty output is scored as what it is; an output that contradicts itself can't be scored."""
    if not brief.sentences:
        raise BriefWrong(path=path, brief=brief.id, field="sentences", detail="there are none: a story has a sentence")
    if not brief.summary_ar.strip() and brief.summary_en.strip():
        raise BriefWrong(path=path, brief=brief.id, field="summary_ar", detail="is empty where summary_en is not")
    return brief


def align_page(briefs: Sequence[Brief], page: PageReference) -> tuple[list[Told], Cut]:
    """The stories of one page's reference as its briefs tell them, and how they cut it."""
    truth = ground(page)
    placed = _place(briefs, truth)
    segments = _segments(page, truth, placed)
    owners = _owners(placed, truth)
    told = [_told(story, segments, owners.get(number), truth, number) for number, story in enumerate(page.stories, 1)]
    return told, _cut(page, truth, placed)


@dataclass(frozen=True, slots=True)
class _Placed:
    brief: Brief
    headline: Span | None
    sentences: tuple[Span | None, ...]

    @property
    def spans(self) -> list[Span]:
        return [span for span in (self.headline, *self.sentences) if span]


def _place(briefs: Sequence[Brief], truth: Ground) -> list[_Placed]:
    """Find each brief's texts on the page, each search beginning where the last one ended."""
    placed = []
    cursor = 0
    for brief in briefs:
        headline = find(truth.text, brief.headline, cursor) if brief.headline.strip() else None
        cursor = headline.end if headline else cursor
        spans: list[Span | None] = []
        for pair in brief.sentences:
            spans.append(find(truth.text, pair.ar, cursor))
            cursor = span.end if (span := spans[-1]) else cursor
        placed.append(_Placed(brief, headline, tuple(spans)))
    return placed


# -- sentences --------------------------------------------------------------------------------------------------


def _segments(page: PageReference, truth: Ground, placed: Sequence[_Placed]) -> list[Segment]:
    """Reference and system sentences that overlap, in the smallest groups, each given to the story it begins in."""
    reference = [
        (span, number, place)
        for number, story in enumerate(truth.stories, start=1)
        for place, span in enumerate(story.sentences, start=1)
        if len(span)
    ]
    system = sorted(
        ((span, pair.en) for p in placed for span, pair in zip(p.sentences, p.brief.sentences, strict=True) if span),
        key=lambda item: item[0].start,
    )
    return [
        _segment(page, [reference[i][1:] for i in left], [system[i][1] for i in right])
        for left, right in overlaps([r[0] for r in reference], [s[0] for s in system])
        if left
    ]


def overlaps(left: Sequence[Span], right: Sequence[Span]) -> Iterator[tuple[list[int], list[int]]]:
    """Indices of the two sides in the smallest groups that share no position with another group, in order."""
    spans = [(s.start, s.end, 0, i) for i, s in enumerate(left)] + [(s.start, s.end, 1, i) for i, s in enumerate(right)]
    group: tuple[list[int], list[int]] = ([], [])
    end = 0
    for start, stop, side, index in sorted(spans):
        if start >= end and (group[0] or group[1]):
            yield group
            group = ([], [])
        group[side].append(index)
        end = max(end, stop)
    if group[0] or group[1]:
        yield group


def _segment(page: PageReference, places: Sequence[tuple[int, int]], english: Sequence[str]) -> Segment:
    story = page.stories[places[0][0] - 1]
    parts = [page.stories[number - 1].sentences[place - 1] for number, place in places]
    wanted = set(places)
    numbers = [n for i, s in enumerate(page.stories, 1) for n in s.numbers if (i, n.sentence) in wanted]
    return Segment(
        story=story.key,
        number=places[0][1],
        ar=" ".join(p.ar for p in parts),
        reference=" ".join(p.en for p in parts),
        hypothesis=" ".join(e for e in english if e.strip()),
        numbers=tuple(numbers),
    )


# -- stories ----------------------------------------------------------------------------------------------------


def _owners(placed: Sequence[_Placed], truth: Ground) -> dict[int, _Placed]:
    """Which brief tells which story: most characters in common first, one brief a story and one story a brief."""
    shared = []
    for index, brief in enumerate(placed):
        labels = truth.labels_of(brief.spans)
        shared += [(labels.count(number), -index, number) for number in set(labels) - {FURNITURE}]
    owners: dict[int, _Placed] = {}
    taken: set[int] = set()
    for _, index, number in sorted(shared, reverse=True):
        if number not in owners and index not in taken:
            owners[number] = placed[-index]
            taken.add(index)
    return owners


def _told(
    story: StoryReference, segments: Sequence[Segment], owner: _Placed | None, truth: Ground, number: int
) -> Told:
    brief = owner.brief if owner else None
    return Told(
        key=story.key,
        reference=story,
        headline=headline_segment(story, brief.headline_en if brief else ""),
        segments=tuple(s for s in segments if s.story == story.key),
        summary_ar=brief.summary_ar if brief else "",
        summary_en=brief.summary_en if brief else "",
        summary_pairs=tuple((p.ar, p.en) for p in brief.summary_pairs) if brief else (),
        strayed=_strayed([p.ar for p in brief.summary_pairs], truth, number) if brief else 0.0,
    )


def headline_segment(story: StoryReference, hypothesis: str) -> Segment | None:
    """The headline as a segment; None for a story whose page gives none."""
    if not story.headline_ar:
        return None
    numbers = tuple(n for n in story.numbers if n.sentence == 0)
    return Segment(story.key, 0, story.headline_ar, story.headline_en, hypothesis, numbers)


def strayed(texts: Sequence[str], page: PageReference, number: int) -> float:
    """Share of these texts' letters that stand on the page, but in furniture or in another story."""
    return _strayed(texts, ground(page), number)


def _strayed(texts: Sequence[str], truth: Ground, number: int) -> float:
    start = truth.stories[number - 1].start  # a text that stands on the page twice counts as the story's own
    labels = truth.labels_of(span for text in texts if (span := find(truth.text, text, start)))
    return sum(label != number for label in labels) / len(labels) if labels else 0.0


def _cut(page: PageReference, truth: Ground, placed: Sequence[_Placed]) -> Cut:
    sentences = [span for p in placed for span in p.sentences]
    lost = [pair.ar for p in placed for span, pair in zip(p.sentences, p.brief.sentences, strict=True) if span is None]
    return Cut(
        key=page.name,
        reference=page,
        ground=truth,
        stories=tuple(tuple(p.spans) for p in placed if p.spans),
        sentence_ends=frozenset(span.end for span in sentences if span and len(span)),
        headlines=tuple(p.headline for p in placed if p.headline),
        unplaced=sum(map(len, lost)),
    )
