from __future__ import annotations

from pathlib import Path

import pytest
import tiny

from summarizer import conversion
from summarizer.engines import load_engine


def test_conversion_is_done_once(made: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    load_engine(made["marian"])

    def again(_: Path) -> None:
        raise AssertionError("converted again")

    monkeypatch.setattr(conversion, "converter", again)
    assert load_engine(made["marian"]).name == "ctranslate2"


def test_changed_weights_are_converted_anew(tmp_path: Path) -> None:
    folder = tiny.make("marian", tmp_path / "m")
    before = conversion.Converted(folder, "float32").key()
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    assert conversion.Converted(folder, "float32").key() != before


def test_a_damaged_conversion_is_made_anew(
    made: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    load_engine(made["marian"])
    [model] = tmp_path.rglob("model.bin")
    model.write_bytes(model.read_bytes()[:1000])
    assert load_engine(made["marian"]).name == "ctranslate2"
    assert model.stat().st_size > 1000


def test_without_a_cache_the_weights_go_to_a_temporary_folder_and_it_says_so(
    made: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    engine = load_engine(made["marian"])
    assert engine.name == "ctranslate2"
    assert "not kept" in engine.note


def test_where_nothing_can_be_converted_torch_does_the_work_and_says_so(
    made: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_: Path) -> None:
        raise OSError("no space left on device")

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(conversion, "converter", full)
    engine = load_engine(made["marian"])
    assert engine.name == "torch"
    assert "no space left" in engine.note
    assert "no space left" in caplog.text


def test_two_at_once_share_one_conversion(made: dict[str, Path], tmp_path: Path) -> None:
    """Two processes that start together: each makes its own, one is moved in, both use it, nothing is left over."""
    target = tmp_path / "key"
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.bin").write_text(name)
    assert conversion._move_in(tmp_path / "first", target) == target
    assert conversion._move_in(tmp_path / "second", target) == target
    assert (target / "model.bin").read_text() == "first"


@pytest.mark.parametrize("kind", ["mt5", "madlad"])
def test_the_output_of_a_newer_t5_is_not_scaled(made: dict[str, Path], kind: str, tmp_path: Path) -> None:
    """transformers 5 says tie_word_embeddings of every T5; taken at its word, the distribution is nearly flat."""
    conversion.converter(made[kind]).convert(str(tmp_path / "out"), quantization="float32")
    assert b"decoder/scale_outputs" not in (tmp_path / "out" / "model.bin").read_bytes()


def test_the_output_of_the_first_t5_stays_scaled() -> None:
    from transformers import T5Config

    config = T5Config(tie_word_embeddings=True)
    conversion._restore_scaling(config)
    assert config.tie_word_embeddings


def test_every_row_of_the_embeddings_has_a_name_of_its_own() -> None:
    class Tokenizer:
        def convert_ids_to_tokens(self, number: int) -> str:
            return "abc"[number] if number < 3 else "<unk>"

    names = conversion.NamedIds(Tokenizer(), 6).get_vocab()
    assert list(names.values()) == [0, 1, 2, 3, 4, 5]
    assert list(names)[:4] == ["a", "b", "c", "<unk>"]
