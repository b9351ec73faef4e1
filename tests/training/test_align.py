"""Links to arrays, arrays to a dictionary, the dictionary to embeddings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from summarizer.training.batches import Corpus
from summarizer.training.corpus import END, Rows, write_rows

torch = pytest.importorskip("torch")

from summarizer.training.align import count_links, lexical_start, links_array  # noqa: E402
from summarizer.training.network import EMBEDDING  # noqa: E402


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    rows = Rows([], [], [], [])
    rows.add([5, 6, END], [8, 9, 7, END], "x")
    rows.add([6, END], [9, END], "x")
    write_rows(rows, tmp_path, {})
    return Corpus.load(tmp_path)


def test_links_stand_beside_the_targets_and_ends_meet(corpus: Corpus) -> None:
    assert links_array(corpus, ["0-0 1-1", "0-0"]).tolist() == [0, 1, -1, 2, 0, 1]


def test_links_of_joined_rows_point_into_the_joined_source(corpus: Corpus, tmp_path: Path) -> None:
    np.save(tmp_path / "align.npy", links_array(corpus, ["0-0 1-1", "0-0"]))
    again = Corpus.load(tmp_path)
    assert again.pieces(0, (0, 1)).tolist() == [5, 6, 6, END]
    assert again.pieces(1, (0, 1)).tolist() == [8, 9, 7, 9, END]
    assert again.links((0, 1)).tolist() == [0, 1, -1, 2, 3]


def test_counts(corpus: Corpus) -> None:
    counts = count_links(corpus, links_array(corpus, ["0-0 1-1", "0-0"]))
    assert counts[6, 9] == 2
    assert counts[5, 8] == 1


def test_arabic_embeddings_lean_towards_their_translations(tmp_path: Path) -> None:
    torch.manual_seed(0)
    table = torch.randn(10, 512)
    np.savez(tmp_path / "lexicon.npz", arabic=[5, 5], english=[8, 9], share=np.array([0.9, 0.1], np.float32))
    mixed = lexical_start({EMBEDDING: table.clone().requires_grad_()}, tmp_path)[EMBEDDING]
    likeness = torch.cosine_similarity(mixed[5], table[[5, 8, 9, 3]])
    assert likeness[1] > 0.7 > likeness[0] > 0.2 > likeness[3].abs()
    assert torch.equal(mixed[[3, 8]], table[[3, 8]])
    assert mixed.requires_grad
