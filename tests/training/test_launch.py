"""Two real processes: they start, share the work, stop when asked, and leave a checkpoint of both."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from summarizer.training.config import ROOT, RunConfig

pytest.importorskip("torch")

TOML = """
name = "toy"
folder = "{folder}"
corpus_folder = "{corpus}"
tokenizer = "{tokenizer}"
processes = 2
[corpus]
files = []
held_out = []
weights = {{ toy = 1.0 }}
[network]
width = 32
heads = 2
feed_forward = 64
encoder_layers = 1
decoder_layers = 1
[optimiser]
batch_tokens = 600
"""


@pytest.mark.slow  # starts three interpreters with torch
@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_asked_to_stop_both_processes_write_one_checkpoint(toy_config: RunConfig, tmp_path: Path) -> None:
    config = tmp_path / "toy.toml"
    paths = {"corpus": toy_config.corpus_folder, "tokenizer": toy_config.tokenizer}
    config.write_text(TOML.format(folder=tmp_path / "run", **paths), encoding="utf-8")
    command = [sys.executable, "-m", "summarizer.training", "train", "--config", str(config)]
    with subprocess.Popen(command, cwd=ROOT) as run:
        log = tmp_path / "run" / "log.jsonl"
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and (not log.exists() or '"loss"' not in log.read_text("utf-8")):
            time.sleep(0.2)
        run.send_signal(signal.SIGTERM)
        assert run.wait(timeout=60) == 0
    (checkpoint,) = (tmp_path / "run").glob("step-*")
    assert {"weights.safetensors", "optimiser-0.pt", "optimiser-1.pt", "state.json"} == {
        path.name for path in checkpoint.iterdir()
    }
