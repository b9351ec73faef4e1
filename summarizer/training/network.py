"""The network in plain sight: the MarianMTModel of transformers, as functions over its own weights.

The weights keep the names that transformers gives them, so `model.safetensors` goes in and out unchanged, and a test
holds the two to the same numbers. Written out because on two CPU cores it is a good deal faster: query, key and
value in one product, and a loss that never holds all logits at once.

Letters in shapes: B rows, S source pieces, T target pieces, C width, H heads, N targets that count, V output pieces.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .config import NetworkConfig

Weights = Mapping[str, Tensor]
EMBEDDING = "model.shared.weight"
LONGEST = 512  # positions


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One padded batch. `target_in` is `target` moved right behind the start (padding) piece."""

    source: Tensor  # (B, S) int64
    target: Tensor  # (B, T) int64
    target_in: Tensor  # (B, T) int64
    padding: int
    alignment: Tensor | None = None  # (B, T) int64: the source position of each target piece, or -1


def positions(length: int, width: int) -> Tensor:
    """Sinusoids as Marian lays them out: all sines, then all cosines. (length, width)"""
    frequency = np.power(10000, 2 * (np.arange(width) // 2) / width)
    angle = np.arange(length)[:, None] / frequency[None]
    table = np.concatenate([np.sin(angle[:, 0::2]), np.cos(angle[:, 1::2])], axis=1)
    return torch.from_numpy(table.astype(np.float32))


POOL = 1 << 24


def mask_pool(dropout: float, size: int = POOL) -> Tensor:
    """Dropout masks drawn once: on a CPU the drawing alone is an eighth of a training step. (size,)"""
    if not dropout:
        return torch.ones(1)
    generator = torch.Generator().manual_seed(0)
    return (torch.rand(size, generator=generator) >= dropout).float() / (1 - dropout)


def _linear(w: Weights, name: str, x: Tensor) -> Tensor:
    return F.linear(x, w[f"{name}.weight"], w[f"{name}.bias"])


def _stacked(w: Weights, name: str, parts: str, x: Tensor) -> list[Tensor]:
    """Several projections of one input as one product; `parts` is "qkv", "kv" or "q"."""
    names = [f"{name}.{part}_proj" for part in parts]
    weight = torch.cat([w[f"{n}.weight"] for n in names])
    bias = torch.cat([w[f"{n}.bias"] for n in names])
    return list(F.linear(x, weight, bias).chunk(len(parts), dim=-1))


@dataclass(frozen=True)
class Network:
    """A shape and a dropout; the weights are passed to each call. Nothing here is changed by a call."""

    config: NetworkConfig
    table: Tensor  # (LONGEST, C) float32
    masks: Tensor  # (POOL,) float32 or bfloat16, zero or 1 / (1 - dropout)

    @classmethod
    def of(cls, config: NetworkConfig, dtype: torch.dtype = torch.float32) -> Network:
        return cls(config, positions(LONGEST, config.width), mask_pool(config.dropout).to(dtype))

    def encode(self, w: Weights, source: Tensor, bias: Tensor) -> Tensor:
        """source (B, S), bias (B, 1, 1, S) -> (B, S, C)"""
        x = self._embed(w, source)
        for layer in range(self.config.encoder_layers):
            name = f"model.encoder.layers.{layer}"
            qkv = _stacked(w, f"{name}.self_attn", "qkv", x)
            seen = self._attend(w, f"{name}.self_attn", qkv, bias)[0]
            x = self._join(w, f"{name}.self_attn_layer_norm", x, seen)
            x = self._join(w, f"{name}.final_layer_norm", x, self._feed(w, name, x))
        return x

    def decode(self, w: Weights, target_in: Tensor, memory: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """target_in (B, T), memory (B, S, C) -> states (B, T, C), the last layer's cross-attention (B, H, T, S)"""
        x = self._embed(w, target_in)
        length = target_in.shape[1]
        causal = torch.full((length, length), -math.inf, dtype=x.dtype, device=x.device).triu(1)  # (T, T)
        attention = x
        for layer in range(self.config.decoder_layers):
            name = f"model.decoder.layers.{layer}"
            qkv = _stacked(w, f"{name}.self_attn", "qkv", x)
            seen = self._attend(w, f"{name}.self_attn", qkv, causal)[0]
            x = self._join(w, f"{name}.self_attn_layer_norm", x, seen)
            qkv = _stacked(w, f"{name}.encoder_attn", "q", x) + _stacked(w, f"{name}.encoder_attn", "kv", memory)
            read, attention = self._attend(w, f"{name}.encoder_attn", qkv, bias)
            x = self._join(w, f"{name}.encoder_attn_layer_norm", x, read)
            x = self._join(w, f"{name}.final_layer_norm", x, self._feed(w, name, x))
        return x, attention

    def __call__(self, w: Weights, batch: Batch) -> tuple[Tensor, Tensor]:
        """Decoder states (B, T, C) and cross-attention (B, H, T, S) of a batch."""
        dtype = w["model.encoder.layers.0.fc1.weight"].dtype
        hidden = batch.source == batch.padding  # (B, S)
        bias = torch.zeros(hidden.shape, dtype=dtype, device=hidden.device).masked_fill(hidden, -math.inf)
        bias = bias[:, None, None]  # (B, 1, 1, S)
        return self.decode(w, batch.target_in, self.encode(w, batch.source, bias), bias)

    def _drop(self, x: Tensor) -> Tensor:
        """Dropout with a mask cut from the pool at a random place."""
        if not self.config.dropout:
            return x
        start = int(torch.randint(max(1, len(self.masks) - x.numel()), ()))
        return x * self.masks[start : start + x.numel()].view_as(x)

    def _embed(self, w: Weights, ids: Tensor) -> Tensor:
        """(B, L) -> (B, L, C). The padding row gets no gradient: it is the start of a sentence and stays zero.

        The gather itself is in float32, for its gradient adds up over thousands of pieces.
        """
        table = w[EMBEDDING]
        x = F.embedding(ids, table, padding_idx=len(table) - 1) * math.sqrt(self.config.width)
        x = x + self.table[: ids.shape[1]].to(x.device)
        return self._drop(x.to(w["model.encoder.layers.0.fc1.weight"].dtype))

    def _attend(self, w: Weights, name: str, qkv: list[Tensor], bias: Tensor) -> tuple[Tensor, Tensor]:
        """q (B, T, C), k and v (B, S, C) -> (B, T, C) and the attention (B, H, T, S)"""
        heads = self.config.heads
        q, k, v = (x.view(*x.shape[:2], heads, -1).transpose(1, 2) for x in qkv)  # (B, H, L, C/H)
        scores = (q * q.shape[-1] ** -0.5) @ k.transpose(2, 3) + bias  # (B, H, T, S)
        attention = scores.softmax(-1)
        read = (attention @ v).transpose(1, 2).flatten(2)  # (B, T, C)
        return _linear(w, f"{name}.out_proj", read), attention

    def _feed(self, w: Weights, name: str, x: Tensor) -> Tensor:
        return _linear(w, f"{name}.fc2", F.silu(_linear(w, f"{name}.fc1", x)))

    def _join(self, w: Weights, name: str, x: Tensor, change: Tensor) -> Tensor:
        """The residual sum, normalised after it, as in the first transformer."""
        return F.layer_norm(x + self._drop(change), x.shape[-1:], w[f"{name}.weight"], w[f"{name}.bias"])


class SmoothedLoss(torch.autograd.Function):
    """Cross-entropy with label smoothing over tied output weights, summed, in chunks of targets.

    The gradient is made along with the loss, so one pass over each chunk of logits is all, and no (N, V) is kept.
    """

    CHUNK = 512

    @staticmethod
    def forward(ctx: Any, states: Tensor, weight: Tensor, target: Tensor, smoothing: float) -> Tensor:
        """states (N, C), weight (V, C), target (N,) -> scalar, float32"""
        d_states = torch.empty_like(states)
        d_weight = torch.zeros(weight.shape, dtype=torch.float32, device=weight.device)
        total = torch.zeros((), device=states.device)
        for start in range(0, len(states), SmoothedLoss.CHUNK):
            part = slice(start, start + SmoothedLoss.CHUNK)
            loss, d_logits = _chunk_loss(states[part] @ weight.T, target[part], smoothing)
            total += loss
            d_states[part] = d_logits @ weight
            d_weight += d_logits.T @ states[part]
        ctx.save_for_backward(d_states, d_weight.to(weight.dtype))
        return total

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, Tensor, None, None]:
        d_states, d_weight = ctx.saved_tensors
        return d_states * grads[0].to(d_states.dtype), d_weight * grads[0].to(d_weight.dtype), None, None


def _chunk_loss(logits: Tensor, target: Tensor, smoothing: float) -> tuple[Tensor, Tensor]:
    """logits (n, V), target (n,) -> the summed loss and its gradient (n, V) in the logits' own type"""
    scores = logits.float()
    norm = scores.logsumexp(-1, keepdim=True)  # (n, 1)
    truth = target[:, None]
    loss = norm.sum() - (1 - smoothing) * scores.gather(1, truth).sum() - smoothing * scores.mean(-1).sum()
    gradient = scores.sub_(norm).exp_().sub_(smoothing / scores.shape[1])
    gradient.scatter_add_(1, truth, torch.full_like(truth, -(1 - smoothing), dtype=gradient.dtype))
    return loss, gradient.to(logits.dtype)


def smoothed_loss(states: Tensor, weight: Tensor, target: Tensor, smoothing: float) -> Tensor:
    """Summed loss of N targets; see `SmoothedLoss`."""
    total: Tensor = SmoothedLoss.apply(states, weight, target, smoothing)  # type: ignore[no-untyped-call]
    return total


def guide_loss(attention: Tensor, alignment: Tensor) -> Tensor:
    """Mean of -log of the heads' mean attention at the aligned source position, over the targets that have one.

    attention (B, H, T, S), alignment (B, T) with -1 for none. Garg et al. 2019, https://arxiv.org/abs/1909.02074
    """
    known = alignment >= 0  # (B, T)
    mean = attention.float().mean(1)  # (B, T, S)
    at = mean.gather(2, alignment.clamp(min=0)[..., None])[..., 0]  # (B, T)
    return -(at[known] + 1e-6).log().mean() if bool(known.any()) else attention.sum() * 0
