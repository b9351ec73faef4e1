"""The benchmark measures what it says: stories without a repeated sentence, work in a process of its own."""

from __future__ import annotations

import pytest

from evaluation import speed, workload
from evaluation.speed import Shape
from evaluation.workload import Task

TINY = Shape(width=32, feed_forward=64, heads=2, encoder_layers=1, decoder_layers=1, vocabulary=10_100)


def test_no_sentence_is_met_twice() -> None:
    lines = [line for page in workload.pages(Task(50, sentences=4)) for line in page.text.splitlines()[1:]]
    assert len(set(lines)) == len(lines) == 200


def test_the_same_task_is_the_same_work() -> None:
    assert list(workload.pages(Task(3))) == list(workload.pages(Task(3)))


def test_work_counts_words_and_writes_every_story() -> None:
    run = workload.work(Task(3, translator="none"))
    assert run.words == sum(workload.count_words(page.text) for page in workload.pages(Task(3)))
    assert run.words_a_second > 0
    assert run.stories_a_second > 0
    assert run.peak_mb > 10


@pytest.mark.slow
def test_a_process_of_its_own_does_not_begin_at_our_peak() -> None:
    """Linux hands ru_maxrss down to children."""
    assert b"x" * (800 << 20)
    assert workload.alone(Task(1, translator="none")).peak_mb < 600


@pytest.mark.slow
def test_the_limit_is_higher_for_a_smaller_model() -> None:
    def limit(shape: Shape) -> float:
        return float(speed.matrix_limit(shape, words_a_sentence=4).rows[0][1])

    assert limit(TINY) > limit(Shape(width=256, feed_forward=1024, heads=4, decoder_layers=6, vocabulary=10_100))


@pytest.mark.slow
def test_one_model_runs_on_both_engines() -> None:
    table = speed.same_weights(2, TINY)
    assert [row[1] for row in table.rows] == ["torch", "ctranslate2"] * 2
    assert all(float(row[2]) > 0 for row in table.rows)
    assert float(table.rows[3][4]) <= float(table.rows[3][3]) <= float(table.rows[3][5])


def test_growth_goes_to_what_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Task] = []

    def alone(task: Task) -> workload.Run:
        asked.append(task)
        return workload.Run(task, words=9, seconds=1.0, loading=0.0, peak_mb=1.0)

    monkeypatch.setattr(workload, "alone", alone)
    (table,) = speed.run(stories=1_000, only="stories")
    assert len(table.rows) == len(asked)
    assert [task.stories for task in asked if task.translator == "embedded"] == [10, 100, 1_000]
    assert [task.stories for task in asked if task.translator == "none"] == [10, 100, 1_000, 10_000]


@pytest.mark.slow
def test_the_profile_finds_its_steps() -> None:
    table = speed.profile(2)
    shares = {row[0]: float(row[1]) for row in table.rows}
    assert shares["the model"] > 0
    assert 50 < sum(float(row[2].removesuffix(" %")) for row in table.rows) <= 105
