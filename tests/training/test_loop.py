"""Training itself, on the toy pair: it learns, and a resumed run is the run that was never stopped."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.training.config import RunConfig

from .conftest import VOCABULARY, spell, toy_pair

torch = pytest.importorskip("torch")

from summarizer.training import checkpoints  # noqa: E402
from summarizer.training.launch import prepare  # noqa: E402
from summarizer.training.loop import Limits, Trainer, train  # noqa: E402
from summarizer.training.network import EMBEDDING, Batch  # noqa: E402

PADDING = len(VOCABULARY) - 1


@pytest.fixture(autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


def start(config: RunConfig, branch: str = "") -> Trainer:
    return prepare(config, branch=branch, rank=0, processes=1, device="cpu")


def losses(trainer: Trainer, steps: int) -> list[float]:
    return [record["loss"] for record in trainer.steps(Limits(steps=steps))]


@torch.no_grad()
def translate(trainer: Trainer, text: str) -> str:
    """Greedy, one line, no cache."""
    source = torch.tensor([spell(text)])
    words = [PADDING]
    letters = {i: piece for piece, i in VOCABULARY.items()}
    while words[-1] != 0 and len(words) < 12:
        target_in = torch.tensor([words])
        states, _ = trainer.network(
            trainer.weights, Batch(source=source, target=target_in, target_in=target_in, padding=PADDING)
        )
        logits = states[0, -1] @ trainer.weights[EMBEDDING][trainer.output].T
        words.append(int(trainer.output[logits.argmax()]))
    return "".join(letters[i] for i in words[1:-1])


def test_learns_to_reverse_letters_and_to_copy_digits(toy_config: RunConfig) -> None:
    trainer = start(toy_config)
    losses(trainer, 400)
    rng = random.Random(99)  # pairs that the corpus doesn't hold, but for chance
    pairs = [toy_pair(rng) for _ in range(40)]
    right = sum(translate(trainer, arabic) == english for arabic, english in pairs)
    assert right >= 36


def test_a_resumed_run_repeats_the_losses_of_one_never_stopped(toy_config: RunConfig) -> None:
    config = replace(toy_config, network=replace(toy_config.network, dropout=0.1))
    whole = losses(start(config), 12)
    first = start(config)
    before = losses(first, 7)
    first.save()
    after = losses(start(config), 5)
    assert before + after == whole


def test_a_half_written_checkpoint_is_no_checkpoint(toy_config: RunConfig) -> None:
    trainer = start(toy_config)
    losses(trainer, 2)
    trainer.save()
    run = Path(toy_config.folder)
    checkpoints.write_share(run / "step.part", 0, trainer.optimiser.state())
    (run / "step-000009").mkdir()
    newest = checkpoints.newest(run)
    assert newest is not None
    assert newest.name == "step-000002"


def test_only_the_newest_checkpoints_are_kept(toy_config: RunConfig) -> None:
    trainer = start(toy_config)
    for _ in range(4):
        losses(trainer, 1)
        trainer.save(keep=2)
    assert [path.name for path in checkpoints.folders(Path(toy_config.folder))] == ["step-000003", "step-000004"]


def test_a_decay_branch_starts_from_the_stable_run_and_ends_with_small_steps(toy_config: RunConfig) -> None:
    stable = start(toy_config)
    losses(stable, 12)
    stable.save()
    branch = start(toy_config, "decay")
    limits = Limits(decay_minutes=0.01)
    rates = [record["rate"] for record in branch.steps(limits)]
    assert branch.state.step > 12
    assert rates[0] > 0.9
    assert rates == sorted(rates, reverse=True)
    assert branch.rate(limits) == pytest.approx(0.02)


def test_a_corpus_that_has_changed_starts_a_new_epoch(toy_config: RunConfig) -> None:
    trainer = start(toy_config)
    losses(trainer, 2)
    trainer.state.rows += 1
    trainer.save()
    again = start(toy_config)
    assert (again.state.epoch, again.state.epoch_step) == (1, 0)


def test_the_log_has_a_line_every_ten_steps_and_a_run_can_be_asked_to_stop(toy_config: RunConfig) -> None:
    trainer, lines = start(toy_config), []

    def log(record: dict[str, object]) -> None:
        lines.append(record)
        trainer.asked_to_stop = len(lines) == 2

    train(trainer, Limits(steps=1000), log, None)
    assert [line["step"] for line in lines] == [10, 20]
    assert {"loss", "tokens_a_second", "rate", "minutes_left"} <= set(lines[0])
    assert checkpoints.newest(Path(toy_config.folder)) is not None


def test_targets_that_may_never_be_written_do_not_count(toy_config: RunConfig) -> None:
    trainer = start(toy_config)
    source = torch.tensor([spell("اب")])
    english, mixed = (torch.tensor([spell(text)]) for text in ("ab12", "abاب"))
    counts = [
        trainer.loss(Batch(source=source, target=target, target_in=target, padding=PADDING))[1]
        for target in (english, mixed)
    ]
    assert counts == [5, 3]


def test_the_padding_row_stays_zero(toy_config: RunConfig) -> None:
    trainer = start(toy_config)
    losses(trainer, 3)
    assert trainer.weights[EMBEDDING][PADDING].abs().max() == 0
