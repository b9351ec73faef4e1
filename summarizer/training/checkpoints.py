"""Checkpoints that are whole or absent, and complete enough to go on as if nothing had happened.

A checkpoint is one folder, `step-000123/`, written under another name and renamed when all of it is there:

    weights.safetensors   float32
    optimiser-<rank>.pt   that process' share of the optimiser's state
    state.json            step, position in the corpus, seconds trained, scores; the seed makes everything else
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

STATE = "state.json"


@dataclass
class State:
    """Where a run is. `seconds` and `tokens` count the whole run, restarts included."""

    step: int = 0
    epoch: int = 0
    epoch_step: int = 0
    rows: int = 0  # of the corpus; another number means another corpus, and the epoch is begun anew
    seconds: float = 0.0
    tokens: int = 0  # target pieces that counted
    branch_seconds: float = 0.0  # spent in a decay branch
    scores: dict[str, float] = field(default_factory=dict)


def folders(run: Path) -> list[Path]:
    """The whole checkpoints of a run, oldest first."""
    return sorted(path.parent for path in run.glob(f"step-*/{STATE}"))


def newest(run: Path) -> Path | None:
    found = folders(run)
    return found[-1] if found else None


def write_share(folder: Path, rank: int, optimiser: dict[str, Any]) -> None:
    """One process' part; `finish` makes the checkpoint real once all have written."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(optimiser, folder / f"optimiser-{rank}.pt")


def finish(part: Path, run: Path, weights: dict[str, Tensor], state: State, keep: int) -> Path:
    """Add weights and state, rename into place, drop all but the newest `keep` checkpoints."""
    save_file({name: w.detach().contiguous() for name, w in weights.items()}, part / "weights.safetensors")
    (part / STATE).write_text(json.dumps(asdict(state), indent=1) + "\n", encoding="utf-8")
    final = run / f"step-{state.step:06d}"
    if final.exists():
        shutil.rmtree(final)
    part.replace(final)
    for old in folders(run)[:-keep]:
        shutil.rmtree(old)
    return final


def read_state(folder: Path) -> State:
    return State(**json.loads((folder / STATE).read_text(encoding="utf-8")))


def read_checkpoint_weights(folder: Path) -> dict[str, Tensor]:
    """Float32 leaves, as `weights.read_weights` gives them."""
    tensors = load_file(folder / "weights.safetensors")
    return {name: tensor.requires_grad_() for name, tensor in sorted(tensors.items())}


def read_optimiser(folder: Path) -> list[dict[str, Any]]:
    """The shares of all processes, in the order of their ranks."""
    files = sorted(folder.glob("optimiser-*.pt"), key=lambda path: int(path.stem.split("-")[1]))
    return [torch.load(path, weights_only=True) for path in files]
