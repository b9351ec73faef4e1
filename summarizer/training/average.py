"""The mean of several checkpoints: often better than the last one, for nothing (Junczys-Dowmunt et al. 2016)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor


def average(folders: Sequence[Path]) -> dict[str, Tensor]:
    """The mean of the weights of checkpoint folders, float32.

    Raises:
        ValueError: no folder, or folders of networks with other shapes.
    """
    if not folders:
        raise ValueError("nothing to average: give at least one checkpoint folder")
    total = {name: weight.double() for name, weight in load_file(folders[0] / "weights.safetensors").items()}
    for folder in folders[1:]:
        other = load_file(folder / "weights.safetensors")
        if {n: w.shape for n, w in other.items()} != {n: w.shape for n, w in total.items()}:
            raise ValueError(f"{folder} holds another network than {folders[0]}")
        for name, weight in other.items():
            total[name] += weight
    return {name: (weight / len(folders)).to(torch.float32) for name, weight in total.items()}
