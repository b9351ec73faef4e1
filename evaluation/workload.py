"""Work to measure: stories of any number and length, no two sentences alike, each run in a process of its own."""

from __future__ import annotations

import itertools
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from evaluation.references import load_references
from summarizer.arabic import count_words
from summarizer.engines import EngineName
from summarizer.records import Page, Settings, Translated

Translator = Literal["embedded", "none"]
SENTENCES = 6  # a story of the references has as many


@dataclass(frozen=True, slots=True)
class Task:
    """``translator="none"`` measures everything but the translation."""

    stories: int
    sentences: int = SENTENCES
    translator: Translator = "embedded"
    engine: EngineName = "auto"


@dataclass(frozen=True, slots=True)
class Run:
    task: Task
    words: int
    seconds: float  # of the work, loading apart
    loading: float
    peak_mb: float  # of the process, all it imported included

    @property
    def words_a_second(self) -> float:
        return self.words / self.seconds

    @property
    def stories_a_second(self) -> float:
        return self.task.stories / self.seconds


@lru_cache(maxsize=1)
def sentences() -> tuple[str, ...]:
    """The sentences of the references that end in a full stop."""
    found = [s.ar for page in load_references() for story in page.stories for s in story.sentences]
    return tuple(s for s in found if s.endswith(".") and count_words(s) > 8)


def pages(task: Task) -> Iterator[Page]:
    """One story a page. Each sentence carries a number of its own, so that no translation is remembered."""
    rng = random.Random(f"{task.stories}/{task.sentences}")
    serial = itertools.count(1000)
    for number in range(task.stories):
        lines = [f"{rng.choice(sentences())[:-1]} وفق البيان رقم {next(serial)}." for _ in range(task.sentences)]
        yield Page(f"story-{number}.txt", "\n".join([f"أخبار العدد {number}", *lines]))


def nothing(texts: Sequence[str]) -> list[Translated]:
    return [Translated("Nothing was translated here.") for _ in texts]


def work(task: Task) -> Run:
    """Brief the task's pages into a temporary folder, as `mukhtasar brief` does."""
    from summarizer.batch import write_briefs
    from summarizer.store import Store

    began = time.perf_counter()
    settings = Settings(engine=task.engine)
    tools = _tools(task, settings)
    loaded = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as sink:
        report = write_briefs(pages(task), sink, tools=tools, settings=settings)
    seconds = time.perf_counter() - loaded
    assert report.stories >= task.stories, report.failures
    words = sum(count_words(page.text) for page in pages(task))
    return Run(task, words, seconds, loaded - began, peak_mb())


def peak_mb() -> float:
    """The most memory this process has had. Not ru_maxrss, which a child begins at its parent's peak with."""
    status = Path("/proc/self/status")
    if not status.is_file():  # no Linux
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))


def _tools(task: Task, settings: Settings) -> Any:
    from summarizer.briefs import Tools
    from summarizer.toolbox import load_tools
    from summarizer.translate import load_summarizer

    if task.translator == "none":
        return Tools(load_summarizer("extractive"), {"en": nothing}, {"settings": "none"})
    return load_tools(settings)


def alone(task: Task) -> Run:
    """:func:`work` in a fresh process: its peak memory is nobody else's."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, task).result()
