"""An exported folder is complete, loads in transformers and in CTranslate2, and shows when a file was cut."""

from __future__ import annotations

import json
import shutil
import warnings
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.training.config import NetworkConfig, RunConfig, parse_config
from summarizer.training.decode import Decoding, Translator
from summarizer.training.export import HASHES, check_hashes, export
from summarizer.training.tokenizer import write_tokenizer

torch = pytest.importorskip("torch")
sentencepiece = pytest.importorskip("sentencepiece")

from summarizer.training import checkpoints  # noqa: E402
from summarizer.training.average import average  # noqa: E402
from summarizer.training.network import EMBEDDING  # noqa: E402
from summarizer.training.weights import english_pieces, new_weights, read_network, read_vocabulary  # noqa: E402

SHAPE = NetworkConfig(width=16, heads=2, feed_forward=32, encoder_layers=1, decoder_layers=1)
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny random model, exported as the mean of two checkpoints."""
    folder = tmp_path_factory.mktemp("export")
    text = "\n".join(path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt")))
    (folder / "text").write_text(text + "\nminister of health" * 50, encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "text"), model_prefix=str(folder / "joint"), vocab_size=300, hard_vocab_limit=False,
        eos_id=0, unk_id=1, bos_id=-1, pad_id=-1, minloglevel=2,
    )  # fmt: skip
    write_tokenizer((folder / "joint.model").read_bytes(), folder / "tokenizer")
    pieces = len(read_vocabulary(folder / "tokenizer"))
    for step in (1, 2):
        part = folder / "run" / "step.part"
        checkpoints.write_share(part, 0, {})
        weights = new_weights(SHAPE, pieces, seed=step)
        checkpoints.finish(part, folder / "run", weights, checkpoints.State(step=step), keep=5)
    config = replace(_config(folder), network=SHAPE)
    export(config, checkpoints.folders(folder / "run"), folder / "model", decoding=Decoding(), card="# A model\n")
    return folder / "model"


def _config(folder: Path) -> RunConfig:
    corpus = {"files": [], "held_out": [], "weights": {}}
    tokenizer = str(folder / "tokenizer")
    return parse_config({"name": "x", "folder": "x", "corpus_folder": "x", "tokenizer": tokenizer, "corpus": corpus})


def test_complete_and_its_shape_can_be_read_back(exported: Path) -> None:
    names = {path.name for path in exported.iterdir()}
    assert {"model.safetensors", "config.json", "generation_config.json", "source.spm", "target.spm"} <= names
    assert {"vocab.json", "tokenizer_config.json", "MODEL_CARD.md", HASHES} <= names
    assert replace(read_network(exported, 0.1), lexical_start=False) == SHAPE
    check_hashes(exported)


def test_a_cut_or_missing_file_is_named(exported: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(exported, copy)
    (copy / "model.safetensors").write_bytes((exported / "model.safetensors").read_bytes()[:-5])
    with pytest.raises(ValueError, match=r"cut or changed model\.safetensors"):
        check_hashes(copy)
    (copy / "vocab.json").unlink()
    with pytest.raises(FileNotFoundError, match=r"lacks vocab\.json"):
        check_hashes(copy)


def test_transformers_loads_it_and_never_writes_arabic(exported: Path) -> None:
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tokenizer = AutoTokenizer.from_pretrained(exported)
        model = AutoModelForSeq2SeqLM.from_pretrained(exported, dtype=torch.float32)
    assert model.generation_config.num_beams == 4
    ids = model.generate(**tokenizer("وقّع الوزير", return_tensors="pt"), max_new_tokens=8, max_length=None)
    allowed = {*english_pieces(exported).tolist(), model.config.pad_token_id}
    assert set(ids.flatten().tolist()) <= allowed


def test_ctranslate2_loads_it_and_keeps_length_and_order(exported: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        translator = Translator(exported)
    lines = translator.lines(["وقّع الوزير", "", "وزارة الصحة"], Decoding(max_tokens=5))
    assert len(lines) == 3
    assert lines[1] == ""
    assert not any("\u0600" <= c <= "\u06ff" for line in lines for c in line)


def test_average_is_the_mean_and_refuses_other_networks(exported: Path, tmp_path: Path) -> None:
    run = exported.parent / "run"
    first, second = checkpoints.folders(run)
    pieces = len(json.loads((exported / "vocab.json").read_text("utf-8")))
    expected = (new_weights(SHAPE, pieces, 1)[EMBEDDING] + new_weights(SHAPE, pieces, 2)[EMBEDDING]) / 2
    assert torch.allclose(average([first, second])[EMBEDDING], expected)
    other = checkpoints.finish(
        _part(tmp_path), tmp_path, new_weights(replace(SHAPE, width=32), pieces, 1), checkpoints.State(step=3), keep=2
    )
    with pytest.raises(ValueError, match="another network"):
        average([first, other])
    with pytest.raises(ValueError, match="nothing to average"):
        average([])


def _part(folder: Path) -> Path:
    checkpoints.write_share(folder / "step.part", 0, {})
    return folder / "step.part"
