"""Stand-ins take over unused pieces, and nothing else changes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from summarizer.standins import SIGNS
from summarizer.training.pieces import add_stand_ins, has_stand_ins, unused_pieces
from summarizer.training.tokenizer import differing_lines, graft_tokenizer, write_tokenizer

sentencepiece = pytest.importorskip("sentencepiece")

SEEDS = Path(__file__).parents[2] / "seeds"
ENGLISH = [
    "the",
    "ministry",
    "of",
    "health",
    "signed",
    "memoranda",
    "with",
    "hospitals",
    "in",
    "Paris",
    "and",
    "opened",
    "centres",
    "for",
    "patients",
]


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pieces")
    lines = [line for path in sorted(SEEDS.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    (folder / "text").write_text("\n".join([*lines, *ENGLISH * 100]), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "text"), model_prefix=str(folder / "joint"), vocab_size=600, hard_vocab_limit=False,
        eos_id=0, unk_id=1, bos_id=-1, pad_id=-1, split_digits=True, required_chars="0123456789", minloglevel=2,
    )  # fmt: skip
    write_tokenizer((folder / "joint.model").read_bytes(), folder / "old")
    return folder / "old"


@pytest.fixture
def corpus(tokenizer: Path, tmp_path: Path) -> Path:
    """Pieces in use: all but the Latin ones of more than one letter."""
    vocabulary = json.loads((tokenizer / "vocab.json").read_text("utf-8"))
    used = [i for piece, i in vocabulary.items() if len(piece.strip("▁")) < 2 or not piece.strip("▁").isascii()]
    for side in ("source", "target"):
        np.save(tmp_path / f"{side}.npy", np.array(used * 50, np.uint16))
    return tmp_path


def load(folder: Path) -> sentencepiece.SentencePieceProcessor:
    return sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))


def test_ids_and_size_stay_and_signs_are_single_pieces(tokenizer: Path, corpus: Path, tmp_path: Path) -> None:
    graft_tokenizer(tokenizer, tmp_path / "new", corpus)
    old, new = (json.loads((folder / "vocab.json").read_text("utf-8")) for folder in (tokenizer, tmp_path / "new"))
    assert has_stand_ins(tmp_path / "new")
    assert not has_stand_ins(tokenizer)
    assert sorted(old.values()) == sorted(new.values())
    assert {piece for piece, i in new.items() if old.get(piece) != i} == set(SIGNS)
    pieces = load(tmp_path / "new")
    assert pieces.encode("بلغ ⓵ حالة، ⓶%", out_type=str).count("⓵") == 1
    assert pieces.decode(pieces.encode("بلغ ⓵ و⓶")) == "بلغ ⓵ و⓶"


def test_text_without_the_replaced_pieces_is_cut_as_before(tokenizer: Path, tmp_path: Path) -> None:
    graft_tokenizer(tokenizer, tmp_path / "new")
    lines = [line for path in sorted(SEEDS.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    assert differing_lines(tokenizer, tmp_path / "new", lines) == []


def test_pieces_in_use_are_not_given_up(tokenizer: Path, tmp_path: Path) -> None:
    everything = np.repeat(np.arange(len(load(tokenizer)), dtype=np.uint16), 50)
    for side in ("source", "target"):
        np.save(tmp_path / f"{side}.npy", everything)
    with pytest.raises(ValueError, match="no 10 unused pieces"):
        unused_pieces(tokenizer, tmp_path)


def test_signs_are_put_in_by_id(tokenizer: Path, tmp_path: Path) -> None:
    graft_tokenizer(tokenizer, tmp_path / "new")
    ids = list(range(20, 30))
    add_stand_ins(tmp_path / "new", ids)
    assert [load(tmp_path / "new").id_to_piece(i) for i in ids] == list(SIGNS)
