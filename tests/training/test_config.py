"""Configs: those in the repository are read, and a misspelt setting is an error that helps."""

from __future__ import annotations

import subprocess
import sys

import pytest

from summarizer.training.config import CONFIGS, load_config, parse_config

MINIMAL = {
    "name": "x", "folder": "f", "corpus_folder": "c", "tokenizer": "t",
    "corpus": {"files": [], "held_out": [], "weights": {}},
}  # fmt: skip


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.toml")), ids=lambda path: path.name)
def test_shipped_configs(path: object) -> None:
    config = load_config(str(path))
    held_out = " ".join(config.corpus.held_out)
    assert all(name in held_out for name in ("news-dev", "flores-dev.ar", "flores-dev.en", "seeds", "evaluation"))
    assert all("dev" not in name for name in config.corpus.files)


def test_unknown_setting_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"\[optimiser\].*matrix_speed.*matrix_rate"):
        parse_config({**MINIMAL, "optimiser": {"matrix_speed": 1}})


def test_unknown_config_names_the_known_ones() -> None:
    with pytest.raises(FileNotFoundError, match=r"continue-d256\.toml"):
        load_config("nothing.toml")


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import sys, summarizer.training, summarizer.training.__main__; print('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.parametrize(
    "step", ["corpus", "overlap", "tokenizer", "align", "train", "average", "export", "tune", "score"]
)
def test_every_step_explains_itself(step: str, capsys: pytest.CaptureFixture[str]) -> None:
    from summarizer.training.__main__ import main

    with pytest.raises(SystemExit) as stop:
        main([step, "--help"])
    assert stop.value.code == 0
    assert len(capsys.readouterr().out) > 200
