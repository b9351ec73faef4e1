"""From arrays of pieces to an endless, repeatable stream of batches.

Epoch e of a corpus is a function of (seed, e) alone, so a position is two numbers, and a run killed anywhere goes on
with the batch it would have had. Every step takes one batch for each process; the batches of one step have about the
same length, so that no process waits for another.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .config import CorpusConfig
from .corpus import MANIFEST, NO_TWIN

Ints = npt.NDArray[np.int64]
WINDOW = 20_000  # rows sorted by length at a time
SHORTEST_JOINED = 8  # pieces; below this a row is a heading or a name
NO_LINK = -1
CHAINS = (2, 2, 2, 3, 4)  # how many rows are joined, drawn evenly


@dataclass(frozen=True)
class Corpus:
    """The arrays of `corpus.py`, memory-mapped."""

    arrays: Mapping[str, npt.NDArray[Any]]
    groups: Sequence[str]

    @classmethod
    def load(cls, folder: Path) -> Corpus:
        if not (folder / MANIFEST).exists():
            raise FileNotFoundError(f"no corpus in {folder}: run `python -m summarizer.training corpus` first")
        names: tuple[str, ...] = ("source", "target", "bounds", "group", "twin")
        if (folder / "align.npy").exists():
            names += ("align",)
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in names}
        return cls(arrays, json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["groups"])

    def lengths(self) -> Ints:
        """Pieces of each row on either side, end marks counted. (rows, 2)"""
        return np.diff(self.arrays["bounds"], axis=0)

    def pieces(self, side: int, chain: Sequence[int]) -> Ints:
        """The pieces of one or more rows as one: end marks between them are dropped. (length,)"""
        flat, bounds = self.arrays[("source", "target")[side]], self.arrays["bounds"]
        rows = [flat[bounds[row, side] : bounds[row + 1, side]] for row in chain]
        parts = [row[:-1] for row in rows[:-1]] + [rows[-1]]
        return np.concatenate(parts).astype(np.int64)

    def links(self, chain: Sequence[int]) -> Ints:
        """The source position of each target piece of `pieces(1, chain)`, or -1. (length,)"""
        bounds, parts, before = self.arrays["bounds"], [], 0
        for i, row in enumerate(chain, start=1):
            links = self.arrays["align"][bounds[row, 1] : bounds[row + 1, 1]].astype(np.int64)
            parts += [np.where(links == NO_LINK, NO_LINK, links + before)[: None if i == len(chain) else -1]]
            before += int(bounds[row + 1, 0] - bounds[row, 0]) - 1
        return np.concatenate(parts)


Chain = tuple[int, ...]  # rows that make one training example


def choose_rows(corpus: Corpus, config: CorpusConfig, rng: np.random.Generator) -> Ints:
    """The rows of one epoch: each as often as its source's weight says, a fraction by chance. Twins are not drawn.

    Row order is kept, pass after pass: a row that comes twice must not become its own neighbour.
    """
    weights = np.array([config.weights.get(name, config.default_weight) for name in corpus.groups])
    twin = corpus.arrays["twin"]
    originals = np.ones(len(twin), bool)
    originals[twin[twin != NO_TWIN]] = False
    weight = np.where(originals, weights[corpus.arrays["group"]], 0.0)
    times = np.floor(weight + rng.random(len(weight))).astype(np.int64)
    return np.concatenate([np.flatnonzero(times > before) for before in range(times.max(initial=1))])


def swap_twins(corpus: Corpus, rows: Ints, share: float, rng: np.random.Generator) -> Ints:
    """Some rows replaced by their noised twins."""
    twin = corpus.arrays["twin"][rows]
    swap = (twin != NO_TWIN) & (rng.random(len(rows)) < share)
    swapped: Ints = np.where(swap, twin, rows)
    return swapped


def join_neighbours(corpus: Corpus, rows: Ints, config: CorpusConfig, rng: np.random.Generator) -> list[Chain]:
    """Rows in order, some followed by their neighbours of the same source as one long example."""
    sizes, group = corpus.lengths(), corpus.arrays["group"]
    allowed = [i for i, name in enumerate(corpus.groups) if name in config.joined or name not in config.weights]
    longest = sizes.max(1)
    fit = np.isin(group[rows], allowed) & (longest[rows] >= SHORTEST_JOINED)
    chains: list[Chain] = []
    i = 0
    starts = rng.random(len(rows)) < config.join_share
    wanted = rng.choice(CHAINS, len(rows))
    while i < len(rows):
        end = i + 1
        if starts[i] and fit[i]:
            total = sizes[rows[i]].copy()
            while end < min(i + wanted[i], len(rows)) and fit[end] and group[rows[end]] == group[rows[i]]:
                total += sizes[rows[end]]
                if total.max() > config.longest:
                    break
                end += 1
        chains.append(tuple(int(row) for row in rows[i:end]))
        i = end
    return chains


def epoch_batches(
    corpus: Corpus, config: CorpusConfig, *, seed: int, epoch: int, tokens: int, processes: int
) -> list[list[list[Chain]]]:
    """All steps of an epoch; a step is `processes` batches, a batch is a list of chains."""
    rng = np.random.default_rng([seed, epoch])
    rows = choose_rows(corpus, config, rng)
    chains = join_neighbours(corpus, swap_twins(corpus, rows, config.twin_share, rng), config, rng)
    sizes = corpus.lengths()
    length = np.array([sizes[list(chain)].sum(0).max() for chain in chains])
    order = rng.permutation(len(chains))
    steps: list[list[list[Chain]]] = []
    for start in range(0, len(order), WINDOW):
        window = order[start : start + WINDOW]
        window = window[np.argsort(length[window], kind="stable")]
        batches = [[chains[i] for i in part] for part in _cut(window, length, tokens)]
        steps += [batches[i : i + processes] for i in range(0, len(batches) - processes + 1, processes)]
    return [steps[i] for i in rng.permutation(len(steps))]


def _cut(window: Ints, length: Ints, tokens: int) -> Iterator[Ints]:
    """Runs of a sorted window, each of at most `tokens` padded pieces (or one row)."""
    start = 0
    for end in range(1, len(window) + 1):
        if end == len(window) or length[window[end]] * (end + 1 - start) > tokens:
            yield window[start:end]
            start = end


def pad(rows: Sequence[Ints], padding: int) -> Ints:
    """(B, longest) with the padding id behind each row."""
    table = np.full((len(rows), max(map(len, rows))), padding, np.int64)
    for i, row in enumerate(rows):
        table[i, : len(row)] = row
    return table


@dataclass
class Position:
    """Where a run is: the next step to take is number `step` of epoch `epoch`."""

    epoch: int = 0
    step: int = 0


def stream(
    corpus: Corpus, config: CorpusConfig, *, seed: int, tokens: int, processes: int, position: Position
) -> Iterator[list[list[Chain]]]:
    """Steps without end from a position, which is moved along as they are taken."""
    while True:
        steps = epoch_batches(corpus, config, seed=seed, epoch=position.epoch, tokens=tokens, processes=processes)
        if not steps:
            raise ValueError("the corpus is too small for one batch a process")
        while position.step < len(steps):
            position.step += 1
            yield steps[position.step - 1]
        position.epoch, position.step = position.epoch + 1, 0
