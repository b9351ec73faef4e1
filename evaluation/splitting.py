"""How well pages are split into stories, measured on joined pages (see joined_pages.py).

    python -m evaluation.splitting --corpus /work/shared/data/news/ant.jsonl.xz [--pages 300] [--part report] [--seed 1]

A boundary lies between two paragraphs that follow each other on the page and belong to different articles. WindowDiff
(Pevzner and Hearst 2002) counts the windows of half a mean story in which the number of boundaries differs; 0 is
best. A paragraph is lost when no story holds it: "vanished" when it is not among what was dropped either. One that
became a headline, a date or a byline is misplaced, not lost.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from evaluation.joined_pages import JoinedPage, load_articles, make_pages
from summarizer.arabic import clean
from summarizer.layout import BULLET, NUMBERED
from summarizer.pages import split_page
from summarizer.records import Page, Story

NOWHERE = -1


@dataclass
class Tally:
    pages: int = 0
    stories: int = 0
    hits: int = 0
    said: int = 0
    true: int = 0
    windows: int = 0
    windows_wrong: int = 0
    right_count: int = 0
    paragraphs: int = 0
    headlines: int = 0
    headlines_right: int = 0
    furniture: int = 0
    misplaced: list[str] = field(default_factory=list)
    dropped_wrongly: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def figures(self) -> dict[str, float]:
        precision, recall = self.hits / max(self.said, 1), self.hits / max(self.true, 1)
        return {
            "pages": self.pages,
            "stories": self.stories,
            "boundary precision": round(precision, 3),
            "boundary recall": round(recall, 3),
            "boundary F1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
            "WindowDiff": round(self.windows_wrong / max(self.windows, 1), 3),
            "pages with the right number": round(self.right_count / max(self.pages, 1), 3),
            "headlines right": round(self.headlines_right / max(self.headlines, 1), 3),
            "paragraphs": self.paragraphs,
            "paragraphs vanished": len(self.vanished),
            "paragraphs dropped wrongly": len(self.dropped_wrongly),
            "paragraphs misplaced": len(self.misplaced),
            "furniture lines": self.furniture,
            "furniture leaked": len(self.leaked),
            "ms a page": round(1000 * self.seconds / max(self.pages, 1), 1),
        }


def measure(pages: Iterator[JoinedPage]) -> Tally:
    tally = Tally()
    for page in pages:
        began = time.perf_counter()
        stories, _ = split_page(Page("joined", page.text))
        tally.seconds += time.perf_counter() - began
        _count_page(page, stories, tally)
    return tally


def _count_page(page: JoinedPage, stories: Sequence[Story], tally: Tally) -> None:
    places = _Places(stories)
    truth: list[int] = []
    said: list[int] = []
    for line, label, story in zip(page.lines, page.labels, page.stories, strict=True):
        found, kept = places.find(line)
        if label == "body":
            tally.paragraphs += 1
            if kept != "text":
                {"nowhere": tally.vanished, "dropped": tally.dropped_wrongly}.get(kept, tally.misplaced).append(line)
            truth.append(story)
            said.append(found if found != NOWHERE else (said[-1] if said else 0))
        elif label == "furniture":
            tally.furniture += 1
            if kept == "text":
                tally.leaked.append(line)
        elif label == "headline":
            tally.headlines += 1
            tally.headlines_right += places.is_headline(line)
    _count_boundaries(truth, said, tally)
    tally.pages += 1
    tally.stories += len(set(truth))
    tally.right_count += len(set(truth)) == len(stories)


def _count_boundaries(truth: Sequence[int], said: Sequence[int], tally: Tally) -> None:
    true_cuts, said_cuts = _cuts(truth), _cuts(said)
    tally.hits += sum(t and s for t, s in zip(true_cuts, said_cuts, strict=True))
    tally.true += sum(true_cuts)
    tally.said += sum(said_cuts)
    k = max(1, round(len(truth) / max(len(set(truth)), 1) / 2))
    for i in range(len(true_cuts) - k + 1):
        tally.windows += 1
        tally.windows_wrong += sum(true_cuts[i : i + k]) != sum(said_cuts[i : i + k])


def _cuts(owners: Sequence[int]) -> list[bool]:
    return [a != b for a, b in pairwise(owners)]


class _Places:
    """Where each line of a page went: to which story, and whether it is still to be read there."""

    def __init__(self, stories: Sequence[Story]) -> None:
        self._places: dict[str, deque[tuple[int, str]]] = defaultdict(deque)
        self._headlines = Counter(_key(story.headline) for story in stories)
        for story in stories:
            for paragraph in story.paragraphs:
                self._places[_key(paragraph.text)].append((story.number, "text"))
            for text in (story.headline, story.published, story.byline, story.dateline):
                self._places[_key(text)].append((story.number, "masthead"))
            for dropped in story.dropped:
                self._places[_key(dropped.text)].append((story.number, "dropped"))

    def find(self, line: str) -> tuple[int, str]:
        """(number of the story, and whether the line is in its text, its masthead, or dropped)."""
        queue = self._places.get(_key(line))
        return queue.popleft() if queue else (NOWHERE, "nowhere")

    def is_headline(self, line: str) -> bool:
        return self._headlines[_key(line)] > 0


def _key(line: str) -> str:
    text = clean(line)
    return NUMBERED.sub("", BULLET.sub("", text))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--part", choices=["dev", "report"], default="dev")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--examples", type=int, default=0, help="print so many lines of each kind of error")
    options = parser.parse_args()
    articles = load_articles(options.corpus, options.part)
    for headlines in (True, False):
        pages = make_pages(articles, part=options.part, pages=options.pages, seed=options.seed, headlines=headlines)
        tally = measure(pages)
        figures = {"part": options.part, "seed": options.seed, "headlines": headlines, **tally.figures()}
        print(json.dumps(figures, ensure_ascii=False, indent=2))
        for name in ("vanished", "misplaced", "dropped_wrongly", "leaked"):
            for line in getattr(tally, name)[: options.examples]:
                print(f"{name}: {line[:160]}", file=sys.stderr)


if __name__ == "__main__":
    main()
