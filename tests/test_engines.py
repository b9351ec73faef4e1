from __future__ import annotations

import os
import threading
import warnings
from pathlib import Path
from typing import Any

import pytest
import tiny

from summarizer import engines
from summarizer.engines import cgroup_cores, load_engine, usable_cores
from summarizer.translate import load_summarizer, load_translator

CONVERTED = [kind for kind in tiny.KINDS if kind != "causal"]
TOLERANCE = 1e-4  # mean log-probability a token, float32 on both engines


def encoded(folder: Path, texts: list[str]) -> dict[str, Any]:
    from transformers import AutoTokenizer

    with engines.quiet():
        tokenizer = AutoTokenizer.from_pretrained(folder)
    if hasattr(tokenizer, "src_lang"):
        tokenizer.src_lang = "arb_Arab" if "nllb" in folder.name else "ar"
    batch = tokenizer(texts, return_tensors="pt", padding=True)
    return {name: batch[name] for name in ("input_ids", "attention_mask")}


OPTIONS = [
    {"num_beams": 4, "num_return_sequences": 4},
    {"num_beams": 1},
    {"num_beams": 3, "length_penalty": 0.5},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("kind", CONVERTED)
def test_both_engines_write_the_same(made: dict[str, Path], kind: str, options: dict[str, Any]) -> None:
    import torch

    fast = load_engine(made[kind], compute_type="float32", threads=1)
    slow = load_engine(made[kind], engine="torch")
    assert (fast.name, slow.name) == ("ctranslate2", "torch")
    inputs = encoded(made[kind], list(tiny.LINES[:2]))
    settings = options | {"max_new_tokens": 10}
    with torch.no_grad():
        ours = fast.model.generate(**inputs, **settings)
        theirs = slow.model.generate(
            **inputs,
            **settings,
            early_stopping=options["num_beams"] > 1,
            return_dict_in_generate=True,
            output_scores=True,
        )
    width = min(ours.sequences.shape[1], theirs.sequences.shape[1])
    assert ours.sequences[:, : width - 1].tolist() == theirs.sequences[:, : width - 1].tolist()
    if options["num_beams"] > 1:
        power = options.get("length_penalty", 1.0) - 1.0  # theirs are divided by length ** penalty, ours by length
        lengths = (theirs.sequences[:, 1:] != slow.model.config.pad_token_id).sum(1)
        assert torch.allclose(ours.sequences_scores, theirs.sequences_scores * lengths**power, atol=10 * TOLERANCE)


def test_a_forced_first_token_comes_first(made: dict[str, Path]) -> None:
    model = load_engine(made["nllb"], compute_type="float32").model
    inputs = encoded(made["nllb"], [tiny.LINES[0]])
    english = int(inputs["input_ids"][0, 0]) + 1  # the codes stand in one row, Arabic's before English's
    for language in (english, english + 1):
        sequences = model.generate(**inputs, forced_bos_token_id=language, num_beams=2, max_new_tokens=5).sequences
        assert sequences[0, :2].tolist() == [2, language]


def test_int8_is_what_runs_by_default(made: dict[str, Path]) -> None:
    assert load_engine(made["marian"]).model.compute_type == "int8_float32"


def test_an_option_the_engine_lacks_is_refused_not_ignored(made: dict[str, Path]) -> None:
    model = load_engine(made["marian"]).model
    inputs = encoded(made["marian"], [tiny.LINES[0]])
    with pytest.raises(ValueError, match="penalty_alpha"):
        model.generate(**inputs, penalty_alpha=0.6)
    with pytest.raises(ValueError, match="sample"):
        model.generate(**inputs, do_sample=True)


def test_another_architecture_runs_on_torch_and_says_so(made: dict[str, Path]) -> None:
    engine = load_engine(made["causal"])
    assert engine.name == "torch"
    assert "llama" in engine.note


def test_threads_may_load_and_generate_together(made: dict[str, Path]) -> None:
    inputs = encoded(made["marian"], list(tiny.LINES[:2]))
    results: list[object] = []

    def work() -> None:
        model = load_engine(made["marian"], threads=1).model
        results.append(model.generate(**inputs, max_new_tokens=8).sequences.tolist())

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 3
    assert results[0] == results[1] == results[2]


def test_loading_is_quiet(made: dict[str, Path], capfd: pytest.CaptureFixture[str]) -> None:
    load_engine(made["marian"], engine="torch")
    load_engine(made["mt5"], compute_type="float32")
    assert capfd.readouterr() == ("", "")


def test_only_the_one_warning_is_filtered() -> None:
    with pytest.warns(UserWarning, match="something else"), engines.quiet():
        warnings.warn("something else", stacklevel=1)


@pytest.mark.parametrize(
    ("files", "cores"),
    [
        ({"cpu.max": "150000 100000"}, 1.5),
        ({"cpu.max": "max 100000"}, float("inf")),
        ({"cpu/cpu.cfs_quota_us": "200000", "cpu/cpu.cfs_period_us": "100000"}, 2.0),
        ({"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, float("inf")),
        ({}, float("inf")),
    ],
)
def test_a_containers_share_of_cores(tmp_path: Path, files: dict[str, str], cores: float) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert cgroup_cores(tmp_path) == cores


def test_never_more_cores_than_this_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "cgroup_cores", lambda: 0.5)
    assert usable_cores() == 1
    monkeypatch.setattr(engines, "cgroup_cores", lambda: 1000.0)
    assert usable_cores() == len(os.sched_getaffinity(0))


def test_settings_that_an_older_model_keeps_in_config_json_count(tmp_path: Path) -> None:
    """As csebuetnlp/mT5_multilingual_XLSum does; transformers reads them for torch, and so must we."""
    folder = tiny.make("mt5", tmp_path / "old")
    (folder / "generation_config.json").unlink()
    tiny.extend(folder / "config.json", num_beams=3, no_repeat_ngram_size=2, length_penalty=0.6, max_length=84)
    settings = [load_engine(folder, engine=engine).model.generation_config for engine in ("auto", "torch")]
    for name in ("num_beams", "no_repeat_ngram_size", "length_penalty", "max_length", "decoder_start_token_id"):
        ours, theirs = (getattr(one, name) for one in settings)
        assert ours == theirs, name
    assert settings[0].num_beams == 3


@pytest.mark.parametrize("kind", tiny.KINDS)
def test_no_name_is_looked_up_while_a_local_model_loads(
    made: dict[str, Path], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    asked: list[object] = []

    def refuse(*address: object, **_: object) -> None:
        asked.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    load = load_summarizer if kind == "causal" else load_translator
    load(str(made[kind]))
    load_engine(made[kind], engine="torch")
    assert asked == []
