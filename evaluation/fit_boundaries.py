"""Fit the weights of summarizer/boundaries.py on joined pages of the "dev" part, and print the two tables.

python -m evaluation.fit_boundaries --corpus /work/shared/data/news/ant.jsonl.xz
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from evaluation.joined_pages import JoinedPage, load_articles, make_pages
from summarizer.boundaries import junctions
from summarizer.cues import FIRST_CUES, HEADLINE_CUES, PLAIN_CUES, Cue, Place
from summarizer.layout import blocks_of, read_lines

TABLES: dict[str, Sequence[Cue]] = {
    "WITH_HEADLINE": HEADLINE_CUES,
    "FIRST_HEADLINE": FIRST_CUES,
    "PLAIN": PLAIN_CUES,
}


def examples(page: JoinedPage) -> Iterator[tuple[str, Place, bool]]:
    """Each place of the page where a story may begin, under the name of its table, and whether one does."""
    lines = read_lines(page.text)
    assert len(lines) == len(page.lines), "a line of the page was lost or made"
    blocks, numbers = blocks_of(lines)
    for i, options in enumerate(junctions(blocks)):
        for place in options:
            at, first = numbers[place.at], numbers[place.first]
            if at != first:
                yield "WITH_HEADLINE" if i else "FIRST_HEADLINE", place, _begins(page, at, first)
            elif i:
                yield "PLAIN", place, _begins(page, at, first)


def _begins(page: JoinedPage, at: int, first: int) -> bool:
    story = page.stories[first]
    new = story >= 0 and story not in page.stories[:at]
    if at == first:
        return new
    return page.labels[at] == "headline" and page.stories[at] == story and new


def matrix(places: Sequence[Place], cues: Sequence[Cue]) -> np.ndarray:
    return np.array([[1.0, *(cue(place) for cue in cues)] for place in places])  # (places, 1 + cues)


def fit(x: np.ndarray, y: np.ndarray, *, penalty: float = 0.3, steps: int = 30) -> np.ndarray:
    """Logistic regression by Newton's method. The penalty keeps cues that are never wrong on joined pages (blank
    lines, dates) from outweighing everything on real ones."""
    weights = np.zeros(x.shape[1])
    ridge = penalty * np.eye(x.shape[1])
    ridge[0, 0] = 0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) + ridge @ weights
        weights -= np.linalg.solve((x.T * (p * (1 - p))) @ x + ridge, gradient)
    return weights


def report(name: str, cues: Sequence[Cue], pairs: Sequence[tuple[Place, bool]]) -> None:
    x, y = matrix([place for place, _ in pairs], cues), np.array([truth for _, truth in pairs], float)
    weights = fit(x, y)
    said = x @ weights > 0
    hits = (said * y).sum()
    print(
        f"{name}: {len(y)} places, {int(y.sum())} starts, precision {hits / said.sum():.3f} recall {hits / y.sum():.3f}"
    )
    print(f"    {weights[0]:.1f},\n    {{")
    for cue, weight in zip(cues, weights[1:], strict=True):
        print(f'        "{cue.__name__}": {weight:.1f},')
    print("    },")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    articles = load_articles(options.corpus, "dev")
    found: dict[str, list[tuple[Place, bool]]] = {name: [] for name in TABLES}
    for headlines in (True, False):
        for page in make_pages(articles, part="dev", pages=options.pages, seed=options.seed, headlines=headlines):
            for table, place, truth in examples(page):
                # on a page with headlines a paragraph without one is no start, which would teach the wrong lesson
                if table != "PLAIN" or not headlines:
                    found[table].append((place, truth))
    for name, cues in TABLES.items():
        report(name, cues, found[name])


if __name__ == "__main__":
    main()
