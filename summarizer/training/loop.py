"""The training loop: batches in, steps taken, checkpoints and a log line now and then; resumable at any kill.

    stable part    rates constant after a short warm-up, for ever, over as many sessions as one likes
    decay branch   from any stable checkpoint, rates fall linearly to nothing in a given time; its end is what ships

(Warm-up, stable, decay: Hu et al. 2024, https://arxiv.org/abs/2404.06395, section 4.) Dropout is seeded by the step, so
a resumed run repeats the very numbers of one that was never stopped.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor

from . import checkpoints
from .batches import NO_LINK, Chain, Corpus, Position, pad, stream
from .config import RunConfig, at_root
from .network import EMBEDDING, Batch, Network, guide_loss, smoothed_loss
from .optimiser import Optimiser
from .weights import english_pieces

LAST_RATE = 0.02  # of the constant rate, where a decay branch ends
LOG_STEPS = 10


@dataclass(frozen=True, kw_only=True)
class Limits:
    """When a run stops: after so many steps or minutes of this call, or when a decay branch is at its end."""

    steps: int | None = None
    minutes: float | None = None
    decay_minutes: float | None = None


@dataclass
class Meter:
    """Sums between two log lines."""

    loss: float = 0.0
    tokens: int = 0
    steps: int = 0
    since: float = field(default_factory=time.monotonic)


def make_batch(corpus: Corpus, chains: list[Chain], padding: int, device: torch.device) -> Batch:
    """Padded tensors of the chains: (B, S) and (B, T)."""
    sides = [pad([corpus.pieces(side, chain) for chain in chains], padding) for side in (0, 1)]
    source, target = (torch.from_numpy(side).to(device) for side in sides)
    start = target.new_full((len(target), 1), padding)
    target_in = torch.cat([start, target[:, :-1]], 1)
    links = None
    if "align" in corpus.arrays:
        links = torch.from_numpy(pad([corpus.links(chain) for chain in chains], NO_LINK)).to(device)
    return Batch(source=source, target=target, target_in=target_in, padding=padding, alignment=links)


class Trainer:
    """One process of a run. All processes hold all weights and take the same steps."""

    def __init__(
        self, config: RunConfig, weights: dict[str, Tensor], *, rank: int = 0, processes: int = 1, device: str = "cpu"
    ) -> None:
        self.config, self.rank, self.processes = config, rank, processes
        self.device = torch.device(device)
        self.weights = weights
        self.network = Network.of(config.network, getattr(torch, config.optimiser.precision))
        self.corpus = Corpus.load(at_root(config.corpus_folder))
        self.output = english_pieces(at_root(config.tokenizer)).to(self.device)  # (V,)
        self.index = torch.full((len(weights[EMBEDDING]),), -1, device=self.device)
        self.index[self.output] = torch.arange(len(self.output), device=self.device)
        self.optimiser = Optimiser(weights, config.optimiser, rank=rank, processes=processes)
        self.state = checkpoints.State(rows=len(self.corpus.arrays["twin"]))
        self.asked_to_stop = False
        self.run = at_root(config.folder)

    def resume(self, folder: Path) -> None:
        """Take over the optimiser's state and the position of a checkpoint (its weights came with the start)."""
        self.optimiser.load(checkpoints.read_optimiser(folder))
        self.state = checkpoints.read_state(folder)
        if self.state.rows != len(self.corpus.arrays["twin"]):  # a position in another corpus means nothing in this one
            self.state.epoch, self.state.epoch_step = self.state.epoch + 1, 0
            self.state.rows = len(self.corpus.arrays["twin"])

    def loss(self, batch: Batch) -> tuple[Tensor, int]:
        """The mean loss of a batch, and how many targets it has."""
        precision = getattr(torch, self.config.optimiser.precision)
        w = {name: weight if name == EMBEDDING else weight.to(precision) for name, weight in self.weights.items()}
        states, attention = self.network(w, batch)  # (B, T, C), (B, H, T, S)
        # Neither padding nor what may never be written: an Arabic comma left in an English line of the corpus.
        target = self.index[batch.target]  # (B, T), -1 for those
        counted = target >= 0  # (B, T)
        target = target[counted]  # (N,)
        output = self.weights[EMBEDDING][self.output].to(precision)  # (V, C)
        total = smoothed_loss(states[counted], output, target, self.config.optimiser.smoothing)
        mean = total / len(target)
        if batch.alignment is not None and self.config.optimiser.guide:
            mean = mean + self.config.optimiser.guide * guide_loss(attention, batch.alignment)
        return mean, len(target)

    def rate(self, limits: Limits) -> float:
        """The factor of the configured rates at this step, 0 to 1."""
        warm = min(1.0, (self.state.step + 1) / max(1, self.config.optimiser.warmup_steps))
        if limits.decay_minutes is None:
            return warm
        done = min(1.0, self.state.branch_seconds / (60 * limits.decay_minutes))
        return warm * (1 - done * (1 - LAST_RATE))

    def step(self, chains: list[Chain], rate: float) -> tuple[float, int, float]:
        """Loss, targets and gradient length of one step of this process' batch."""
        torch.manual_seed(hash((self.config.seed, self.state.step, self.rank)) % 2**31)
        batch = make_batch(self.corpus, chains, len(self.weights[EMBEDDING]) - 1, self.device)
        loss, count = self.loss(batch)
        loss.backward()  # type: ignore[no-untyped-call]
        length = self.optimiser.step(rate)
        return float(loss.detach()), count, length

    def steps(self, limits: Limits) -> Iterator[dict[str, Any]]:
        """Take steps until a limit; yields a record of each."""
        position = Position(self.state.epoch, self.state.epoch_step)
        began = last = time.monotonic()
        batches = stream(
            self.corpus, self.config.corpus, seed=self.config.seed,
            tokens=self.config.optimiser.batch_tokens, processes=self.processes, position=position,
        )  # fmt: skip
        for taken, batch in enumerate(batches, start=1):
            rate = self._agreed(self.rate(limits))
            loss, count, length = self.step(batch[self.rank], rate)
            now = time.monotonic()
            self.state.step += 1
            self.state.epoch, self.state.epoch_step = position.epoch, position.step
            self.state.seconds += now - last
            self.state.branch_seconds += (now - last) if limits.decay_minutes is not None else 0.0
            last = now
            self.state.tokens += count * self.processes  # about: the batches of a step are of one length
            tokens = count * self.processes
            yield {"step": self.state.step, "loss": loss, "tokens": tokens, "rate": rate, "grad": length}
            last = max(last, time.monotonic()) if limits.decay_minutes is None else last
            if self._agreed(float(self._is_over(limits, taken, began))):
                return

    def _is_over(self, limits: Limits, taken: int, began: float) -> bool:
        minutes = (time.monotonic() - began) / 60
        return (
            self.asked_to_stop
            or (limits.steps is not None and taken >= limits.steps)
            or (limits.minutes is not None and minutes >= limits.minutes)
            or (limits.decay_minutes is not None and self.state.branch_seconds >= 60 * limits.decay_minutes)
        )

    def _agreed(self, value: float) -> float:
        """What process 0 says: clocks differ, decisions may not."""
        if self.processes == 1:
            return value
        told = torch.tensor([value], dtype=torch.float64)
        dist.broadcast(told, 0)
        return float(told)

    def save(self, keep: int = 6) -> Path:
        """Write a checkpoint together with the other processes; the folder's name says the step."""
        part = self.run / "step.part"
        checkpoints.write_share(part, self.rank, self.optimiser.state())
        self.barrier()
        final = self.run / f"step-{self.state.step:06d}"
        if self.rank == 0:
            final = checkpoints.finish(part, self.run, self.weights, self.state, keep)
        self.barrier()
        return final

    def barrier(self) -> None:
        if self.processes > 1:
            dist.barrier()


Log = Callable[[dict[str, Any]], None]


def jsonl_log(path: Path) -> Log:
    """A log that appends one JSON line a record, with the time."""
    path.parent.mkdir(parents=True, exist_ok=True)

    def write(record: dict[str, Any]) -> None:
        rounded = {k: float(f"{v:.5g}") if isinstance(v, float) else v for k, v in record.items()}
        line = json.dumps({"time": time.strftime("%H:%M:%S", time.gmtime()), **rounded}, ensure_ascii=False)
        with path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    return write


def train(trainer: Trainer, limits: Limits, log: Log, score: Callable[[Trainer], dict[str, float]] | None) -> None:
    """Run until a limit, with a log line every ten steps, checkpoints and dev scores by the clock."""
    meter = Meter()
    saved = scored = time.monotonic()
    for record in trainer.steps(limits):
        meter.loss += record["loss"]
        meter.tokens += record["tokens"]
        meter.steps += 1
        if record["step"] % LOG_STEPS == 0:
            log(_line(trainer, limits, record, meter))
            meter = Meter()
        now = time.monotonic()
        if trainer._agreed(float(now - saved > 60 * trainer.config.checkpoint_minutes)):
            trainer.save()
            saved = time.monotonic()
        if score and trainer._agreed(float(now - scored > 60 * trainer.config.score_minutes)):
            trainer.save()  # scoring runs other engines, and nothing of theirs may cost steps
            _score(trainer, score, log)
            saved = scored = meter.since = time.monotonic()
    trainer.save()


def _line(trainer: Trainer, limits: Limits, record: dict[str, Any], meter: Meter) -> dict[str, Any]:
    state = trainer.state
    left = None if limits.decay_minutes is None else limits.decay_minutes - state.branch_seconds / 60
    return {
        "step": state.step, "epoch": state.epoch, "loss": meter.loss / meter.steps, "grad": record["grad"],
        "rate": record["rate"], "tokens": state.tokens, "seconds": state.seconds,
        "tokens_a_second": meter.tokens / max(1e-9, time.monotonic() - meter.since), "minutes_left": left,
    }  # fmt: skip


def _score(trainer: Trainer, score: Callable[[Trainer], dict[str, float]], log: Log) -> None:
    """Process 0 decodes; the others wait at the barrier and leave it their cores."""
    if trainer.rank == 0:
        trainer.state.scores = score(trainer)
        log({"step": trainer.state.step, "dev": trainer.state.scores})
    trainer.barrier()
