"""A toy language pair: Arabic letters come out as Latin ones in reverse, digits are carried over in place."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from summarizer.training.config import CorpusConfig, NetworkConfig, OptimiserConfig, RunConfig
from summarizer.training.corpus import END, Rows, write_rows

ARABIC = "ابتجدرسعكم"
LATIN = "abtjdrsekm"
DIGITS = "0123456789"
VOCABULARY = {piece: i for i, piece in enumerate(["</s>", "<unk>", *ARABIC, *LATIN, *DIGITS, "<pad>"])}


def toy_pair(rng: random.Random) -> tuple[str, str]:
    """Two to four letters, reversed, then one or two digits, copied."""
    letters = rng.choices(range(len(ARABIC)), k=rng.randint(2, 4))
    digits = "".join(rng.choices(DIGITS, k=rng.randint(1, 2)))
    return "".join(ARABIC[i] for i in letters) + digits, "".join(LATIN[i] for i in reversed(letters)) + digits


def spell(text: str) -> list[int]:
    return [*(VOCABULARY[c] for c in text), END]


@pytest.fixture(scope="session")
def toy_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tokenizer (vocabulary only) and an encoded corpus of 4,000 toy pairs."""
    folder = tmp_path_factory.mktemp("toy")
    (folder / "tokenizer").mkdir()
    (folder / "tokenizer" / "vocab.json").write_text(json.dumps(VOCABULARY), encoding="utf-8")
    rows, rng = Rows([], [], [], []), random.Random(1)
    for _ in range(4000):
        arabic, english = toy_pair(rng)
        rows.add(spell(arabic), spell(english), "toy")
    write_rows(rows, folder / "corpus", {})
    return folder


@pytest.fixture
def toy_config(toy_folder: Path, tmp_path: Path) -> RunConfig:
    """A run small enough for a test: 32 wide, one layer a side, float32 so that equal means equal."""
    return RunConfig(
        name="toy",
        folder=str(tmp_path / "run"),
        corpus_folder=str(toy_folder / "corpus"),
        tokenizer=str(toy_folder / "tokenizer"),
        processes=1,
        corpus=CorpusConfig(files=(), held_out=(), weights={"toy": 1.0}),
        network=NetworkConfig(width=32, heads=2, feed_forward=64, encoder_layers=1, decoder_layers=1, dropout=0.0),
        optimiser=OptimiserConfig(
            matrix_rate=1e-2, vector_rate=1e-2, warmup_steps=10, batch_tokens=600, precision="float32"
        ),
    )
