"""Starting a run: one process a core, each with one thread, talking over gloo; or one process on a GPU.

Two processes of one thread do twice the work of one process of two threads (FACTS.md). The parent only starts the
workers and ends them all when one fails; a worker is this module run with a rank.
"""

from __future__ import annotations

import ctypes.util
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from .config import RunConfig, at_root, load_config

if TYPE_CHECKING:
    from .loop import Limits, Trainer


def worker_environment() -> dict[str, str]:
    """One thread a worker, and tcmalloc where it is installed: about an eighth faster."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
    tcmalloc = ctypes.util.find_library("tcmalloc_minimal")
    return environment | ({"LD_PRELOAD": tcmalloc} if tcmalloc else {})


def launch(arguments: Sequence[str], processes: int) -> int:
    """Run `processes` workers with these arguments; the first exit code that is not 0, or 0."""
    with tempfile.TemporaryDirectory() as meeting:
        command = [sys.executable, "-m", "summarizer.training.launch", f"{meeting}/store", str(processes)]
        workers = [
            subprocess.Popen([*command, str(rank), *arguments], env=worker_environment()) for rank in range(processes)
        ]
        pass_on_stop(workers)
        codes = [_wait(worker, workers) for worker in workers]
    return next((code for code in codes if code), 0)


def pass_on_stop(workers: Sequence[subprocess.Popen[bytes]]) -> None:
    """Stop the workers when this process is asked to stop, and go on waiting for them to write their checkpoint."""

    def pass_on(_signal: int, _frame: object) -> None:
        for worker in workers:
            worker.terminate()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, pass_on)


def _wait(worker: subprocess.Popen[bytes], workers: Sequence[subprocess.Popen[bytes]]) -> int:
    """Wait for a worker; when any worker fails, end all, for the others would wait for it for ever."""
    while True:
        try:
            return worker.wait(timeout=2)
        except subprocess.TimeoutExpired:
            if any(other.poll() not in (None, 0) for other in workers):
                worker.terminate()


def prepare(config: RunConfig, *, branch: str, rank: int, processes: int, device: str) -> Trainer:
    """A trainer at its newest checkpoint, or at the start of the run; a new branch starts from the stable run."""
    from . import checkpoints
    from .align import lexical_start
    from .loop import Trainer
    from .weights import new_weights, read_network, read_vocabulary, read_weights

    stable = at_root(config.folder)
    run = stable / branch if branch else stable
    found = checkpoints.newest(run) or checkpoints.newest(stable)
    start = at_root(config.start) if config.start else None
    shape = read_network(start, config.network.dropout) if start else config.network
    if found:
        weights = checkpoints.read_checkpoint_weights(found)
    elif start:
        weights = read_weights(start)
    else:
        weights = new_weights(shape, len(read_vocabulary(at_root(config.tokenizer))), config.seed)
        if shape.lexical_start:
            weights = lexical_start(weights, at_root(config.corpus_folder))
    weights = {name: weight.detach().to(device).requires_grad_() for name, weight in weights.items()}
    placed = replace(config, network=shape, folder=str(run))
    trainer = Trainer(placed, weights, rank=rank, processes=processes, device=device)
    if found:
        trainer.resume(found)
    return trainer


def dev_scores(trainer: Trainer) -> dict[str, float]:
    """chrF2 of a sample of each dev set, decoded by the shipped engine from a folder written for it."""
    from .score import score_model
    from .weights import write_model

    config = trainer.config
    with tempfile.TemporaryDirectory() as folder:
        write_model(Path(folder), trainer.weights, config.network, at_root(config.tokenizer), {})
        results = score_model(Path(folder), [at_root(path) for path in config.dev], first=config.score_lines)
    return {score.name: round(score.chrf, 2) for score, _ in results}


def stop_when_asked(trainer: Trainer) -> None:
    """On SIGTERM or SIGINT, finish the step, write a checkpoint and end."""

    def ask(_signal: int, _frame: object) -> None:
        trainer.asked_to_stop = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)


def train_from_config(
    config: RunConfig, limits: Limits, *, branch: str = "", rank: int = 0, processes: int = 1
) -> None:
    """What one worker does."""
    import torch

    # Scoring is imported at the start, not when its time comes: an edit of the tree in between must not end the run.
    from . import score, weights  # noqa: F401
    from .loop import jsonl_log, train

    device = "cuda" if torch.cuda.is_available() and processes == 1 else "cpu"
    if device == "cpu":
        torch.set_num_threads(1)
    trainer = prepare(config, branch=branch, rank=rank, processes=processes, device=device)
    log = jsonl_log(trainer.run / "log.jsonl") if rank == 0 else lambda _: None
    log({"start": config.name, "branch": branch, "step": trainer.state.step, "device": device, "processes": processes})
    stop_when_asked(trainer)
    train(trainer, limits, log, dev_scores if config.dev else None)


def main(arguments: Sequence[str]) -> None:
    """store processes rank config branch steps minutes decay-minutes; "-" stands for not given."""
    import torch.distributed as dist

    from .loop import Limits

    store, processes, rank, name, branch, steps, minutes, decay = arguments

    def number(text: str) -> float | None:
        return None if text == "-" else float(text)

    if int(processes) > 1:
        dist.init_process_group("gloo", init_method=f"file://{store}", rank=int(rank), world_size=int(processes))
    limits = Limits(steps=None if steps == "-" else int(steps), minutes=number(minutes), decay_minutes=number(decay))
    train_from_config(
        load_config(name), limits, branch="" if branch == "-" else branch, rank=int(rank), processes=int(processes)
    )


if __name__ == "__main__":
    main(sys.argv[1:])
