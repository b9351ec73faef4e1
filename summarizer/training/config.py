"""One TOML file a run, read into frozen records. An unknown key is an error: no misspelt setting passes silently."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

CONFIGS = Path(__file__).parent / "configs"
ROOT = Path(__file__).parents[2]  # the repository; relative paths in a config start here


@dataclass(frozen=True, kw_only=True)
class CorpusConfig:
    """Where the pairs come from, what is held out, and how often each source is seen in an epoch."""

    files: tuple[str, ...]
    held_out: tuple[str, ...]
    weights: dict[str, float]  # source name -> passes in an epoch; a source without a weight is an error
    default_weight: float = 0.0
    joined: tuple[str, ...] = ()  # sources whose neighbours are joined into long inputs
    join_share: float = 0.12  # of the rows of an epoch that start a chain of two to four
    twin_share: float = 0.3  # of the rows that are replaced by their noised twin
    longest: int = 200  # pieces a side, after joining
    drop_unknown: bool = True  # pairs that the tokenizer can't spell


@dataclass(frozen=True, kw_only=True)
class NetworkConfig:
    """The shape of a MarianMTModel. Ignored when a run starts from existing weights, except dropout."""

    width: int = 256
    heads: int = 4
    feed_forward: int = 1024
    encoder_layers: int = 6
    decoder_layers: int = 2
    dropout: float = 0.1
    lexical_start: bool = False


@dataclass(frozen=True, kw_only=True)
class OptimiserConfig:
    """Step sizes and the loss. Rates are constant after the warm-up until a decay branch is asked for."""

    matrix_rate: float = 1.0e-3  # Muon, scaled to the size of an AdamW step
    vector_rate: float = 1.0e-3  # AdamW: embeddings, norms, biases
    warmup_steps: int = 50
    momentum: float = 0.95
    betas: tuple[float, float] = (0.9, 0.98)
    matrix_decay: float = 0.0  # weight decay, in units of the rate
    clip: float = 1.0
    smoothing: float = 0.1
    guide: float = 0.0  # weight of the alignment loss
    batch_tokens: int = 4000  # padded, a process and step
    precision: str = "bfloat16"  # of the computation; the weights themselves are float32


@dataclass(frozen=True, kw_only=True)
class RunConfig:
    """One training run. `start` is a model folder, or empty for a start from nothing."""

    name: str
    folder: str
    corpus_folder: str
    tokenizer: str
    start: str = ""
    seed: int = 1
    processes: int = 2
    checkpoint_minutes: float = 5.0
    score_minutes: float = 15.0
    score_lines: int = 60
    dev: tuple[str, ...] = ()
    corpus: CorpusConfig
    network: NetworkConfig = field(default_factory=NetworkConfig)
    optimiser: OptimiserConfig = field(default_factory=OptimiserConfig)


_PARTS = {"corpus": CorpusConfig, "network": NetworkConfig, "optimiser": OptimiserConfig}


def _build(kind: type[Any], values: dict[str, Any], where: str) -> Any:
    unknown = set(values) - {f.name for f in fields(kind)}
    if unknown:
        known = ", ".join(f.name for f in fields(kind))
        raise ValueError(f"{where}: unknown setting {', '.join(sorted(unknown))}; known are {known}")
    frozen = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    return kind(**frozen)


def parse_config(values: dict[str, Any], where: str = "config") -> RunConfig:
    """A run from parsed TOML.

    Raises:
        ValueError: an unknown or missing setting, with the ones that are known.
    """
    parts = {name: _build(kind, values.get(name, {}), f"{where} [{name}]") for name, kind in _PARTS.items()}
    config: RunConfig = _build(RunConfig, values | parts, where)
    return config


def load_config(name: str | Path) -> RunConfig:
    """A run from a path, or from the name of a file in `configs/`."""
    path = Path(name) if Path(name).exists() else CONFIGS / name
    if not path.exists():
        known = ", ".join(sorted(p.name for p in CONFIGS.glob("*.toml")))
        raise FileNotFoundError(f"no config {name}: give a path or one of {known}")
    return parse_config(tomllib.loads(path.read_text(encoding="utf-8")), path.name)


def at_root(path: str) -> Path:
    """A path of a config: absolute, or from the root of the repository."""
    return ROOT / path
