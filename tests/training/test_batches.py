"""Batches: repeatable, within their size, long inputs by joining, twins in place of originals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from summarizer.training.batches import Corpus, Position, epoch_batches, stream
from summarizer.training.config import CorpusConfig
from summarizer.training.corpus import END, Rows, write_rows

CONFIG = CorpusConfig(
    files=(),
    held_out=(),
    weights={"news": 2.0, "menu": 0.0},
    joined=("news",),
    join_share=0.5,
    twin_share=0.5,
    longest=60,
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """100 news rows of 10 to 19 pieces, each with a twin for every second; 20 rows that are never drawn."""
    folder, rows = tmp_path_factory.mktemp("corpus"), Rows([], [], [], [])
    for i in range(100):
        row = [100 + i] * (10 + i % 10)
        rows.add([*row, END], [*row, END], "news")
    for _ in range(20):
        rows.add([7, END], [7, END], "menu")
    for i in range(0, 100, 2):
        rows.twin[i] = rows.add([1000 + i, END], [1000 + i, END], "news")
    write_rows(rows, folder, {})
    return Corpus.load(folder)


def chains(corpus: Corpus, config: CorpusConfig = CONFIG, epoch: int = 0) -> list[tuple[int, ...]]:
    steps = epoch_batches(corpus, config, seed=1, epoch=epoch, tokens=200, processes=2)
    assert all(len(step) == 2 for step in steps)
    return [chain for step in steps for batch in step for chain in batch]


def test_an_epoch_is_repeatable_and_the_next_one_is_another(corpus: Corpus) -> None:
    assert chains(corpus) == chains(corpus)
    assert chains(corpus) != chains(corpus, epoch=1)


def test_weights_are_passes(corpus: Corpus) -> None:
    plain = replace(CONFIG, twin_share=0.0)
    times = np.bincount([row for chain in chains(corpus, plain) for row in chain], minlength=120)
    assert times[:100].mean() == pytest.approx(2.0, abs=0.2)  # the odd batch at the end of a window is left out
    assert times[100:].sum() == 0


def test_some_rows_are_joined_never_with_themselves_never_too_long(corpus: Corpus) -> None:
    joined = [chain for chain in chains(corpus) if len(chain) > 1]
    assert joined
    assert all(len(set(chain)) == len(chain) for chain in joined)
    assert all(len(corpus.pieces(0, chain)) <= CONFIG.longest for chain in joined)
    assert all((corpus.pieces(0, chain) == END).sum() == 1 for chain in joined)


def test_twins_take_the_place_of_some_originals(corpus: Corpus) -> None:
    drawn = {row for chain in chains(corpus) for row in chain}
    assert any(row >= 120 for row in drawn)
    assert not any(row >= 120 for chain in chains(corpus, replace(CONFIG, twin_share=0.0)) for row in chain)


def test_batches_are_no_larger_than_asked(corpus: Corpus) -> None:
    for step in epoch_batches(corpus, CONFIG, seed=1, epoch=0, tokens=200, processes=2):
        for batch in step:
            longest = max(len(corpus.pieces(side, chain)) for chain in batch for side in (0, 1))
            assert longest * len(batch) <= 200


def test_a_stream_taken_up_again_gives_what_would_have_come(corpus: Corpus) -> None:
    def take(position: Position, count: int) -> list[object]:
        steps = stream(corpus, CONFIG, seed=1, tokens=200, processes=1, position=position)
        return [next(steps) for _ in range(count)]

    whole, position = take(Position(), 40), Position()
    assert take(position, 25) == whole[:25]
    assert position.epoch == 1
    assert take(Position(position.epoch, position.step), 15) == whole[25:]


def test_no_corpus_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"summarizer\.training corpus"):
        Corpus.load(tmp_path)
