"""Muon for the matrices, AdamW for the rest, shared between the processes of a run.

Each process keeps the state of, and steps, only its own share of the weights, then tells the others the result: the
orthogonalisation is a sixth of a step on two cores, and this halves it. All on float32 weights.

Muon: Jordan 2024, https://kellerjordan.github.io/posts/muon/; the rate is scaled so that a step is as large as an
AdamW step (Liu et al. 2025, https://arxiv.org/abs/2502.16982).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor

from .config import OptimiserConfig
from .network import EMBEDDING

NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)
ROUNDS = 5


def is_matrix(name: str, weight: Tensor) -> bool:
    """Whether Muon steps a weight. The embedding is a table, not a map from space to space."""
    return weight.ndim == 2 and name != EMBEDDING


def orthogonalise(batch: Tensor) -> Tensor:
    """The nearest (half-)orthogonal matrices, roughly, by Newton-Schulz. (M, rows, columns) -> the same"""
    a, b, c = NEWTON_SCHULZ
    x = batch.bfloat16()
    tall = x.shape[1] > x.shape[2]
    x = x.mT if tall else x
    x = x / x.flatten(1).norm(dim=1).clamp(min=1e-7)[:, None, None]
    for _ in range(ROUNDS):
        gram = x @ x.mT  # (M, r, r), r the smaller side
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
    return (x.mT if tall else x).float()


def shares(weights: Mapping[str, Tensor], processes: int) -> list[list[str]]:
    """Names of the weights that each process steps: about the same work each, and the same on every process."""
    loads = [0.0] * processes
    owned: list[list[str]] = [[] for _ in loads]
    for name, weight in sorted(weights.items(), key=lambda item: (-_cost(*item), item[0])):
        least = loads.index(min(loads))
        owned[least].append(name)
        loads[least] += _cost(name, weight)
    return owned


def _cost(name: str, weight: Tensor) -> float:
    return float(weight.numel() * (min(weight.shape) if is_matrix(name, weight) else 8))


class Optimiser:
    """Steps a dict of float32 leaf weights from their gradients, after averaging these over the processes."""

    def __init__(
        self, weights: dict[str, Tensor], config: OptimiserConfig, *, rank: int = 0, processes: int = 1
    ) -> None:
        self.weights, self.config, self.rank, self.processes = weights, config, rank, processes
        self.shares = shares(weights, processes)
        self.steps = 0
        self.first = {name: torch.zeros_like(weights[name]) for name in self.shares[rank]}
        vectors = [name for name in self.shares[rank] if not is_matrix(name, weights[name])]
        self.second = {name: torch.zeros_like(weights[name]) for name in vectors}

    @torch.no_grad()
    def step(self, rate: float) -> float:
        """One step at `rate` (0 to 1) times the configured rates; gives the length of the gradient before clipping."""
        self.steps += 1
        length = self._average_gradients()
        scale = min(1.0, self.config.clip / (length + 1e-6))
        mine = self.shares[self.rank]
        gradients = {name: _gradient(self.weights[name]) * scale for name in mine}
        self._step_matrices([name for name in mine if name not in self.second], gradients, rate)
        for name in self.second:
            self._step_vector(name, gradients[name], rate)
        self._exchange()
        for weight in self.weights.values():
            weight.grad = None
        return length

    def _average_gradients(self) -> float:
        gradients = [_gradient(weight) for weight in self.weights.values()]
        if self.processes > 1:
            flat = torch.cat([g.flatten() for g in gradients])
            dist.all_reduce(flat)
            flat /= self.processes
            _spread(flat, gradients)
            return float(flat.norm())
        return float(torch.stack([g.norm() for g in gradients]).norm())

    def _step_matrices(self, names: Sequence[str], gradients: Mapping[str, Tensor], rate: float) -> None:
        """Matrices of one shape are orthogonalised together."""
        momentum, step = self.config.momentum, rate * self.config.matrix_rate
        for shape in sorted({tuple(self.weights[name].shape) for name in names}):
            group = [name for name in names if tuple(self.weights[name].shape) == shape]
            ahead = []
            for name in group:
                kept = self.first[name].lerp_(gradients[name], 1 - momentum)
                ahead.append(gradients[name].lerp(kept, momentum))
            change = orthogonalise(torch.stack(ahead)) * (0.2 * max(shape) ** 0.5)
            for name, delta in zip(group, change, strict=True):
                self.weights[name].mul_(1 - step * self.config.matrix_decay).sub_(delta, alpha=step)

    def _step_vector(self, name: str, gradient: Tensor, rate: float) -> None:
        """AdamW without decay."""
        low, high = self.config.betas
        first = self.first[name].lerp_(gradient, 1 - low)
        second = self.second[name].mul_(high).addcmul_(gradient, gradient, value=1 - high)
        scale = (second / (1 - high**self.steps)).sqrt_().add_(1e-8)
        step = rate * self.config.vector_rate / (1 - low**self.steps)
        self.weights[name].addcdiv_(first, scale, value=-step)

    def _exchange(self) -> None:
        """Every process sends what it has stepped."""
        if self.processes == 1:
            return
        for owner, names in enumerate(self.shares):
            targets = [self.weights[name] for name in names]
            flat = torch.cat([weight.detach().flatten() for weight in targets])
            dist.broadcast(flat, owner)
            if owner != self.rank:
                _spread(flat, targets)

    def state(self) -> dict[str, Any]:
        """This process' share of the state, for a checkpoint."""
        return {"first": self.first, "second": self.second, "steps": self.steps}

    def load(self, states: Sequence[Mapping[str, Any]]) -> None:
        """Take the own share from the states of all processes, however many there were when they were saved."""
        for kind, mine in (("first", self.first), ("second", self.second)):
            saved = {name: value for state in states for name, value in state[kind].items()}
            for name, value in mine.items():
                value.copy_(saved[name])
        self.steps = states[0]["steps"]


def _gradient(weight: Tensor) -> Tensor:
    if weight.grad is None:
        raise RuntimeError("a weight has no gradient: the loss doesn't depend on it")
    return weight.grad


def _spread(flat: Tensor, targets: Sequence[Tensor]) -> None:
    """Copy a flat tensor into the targets, one after the other."""
    start = 0
    for target in targets:
        target.copy_(flat[start : start + target.numel()].view_as(target))
        start += target.numel()
