"""Several processes, killed ones among them, with a fake model in each."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence

from fakes import PAGE, tools, translate

from summarizer.briefs import Tools
from summarizer.errors import WorkerDied
from summarizer.records import Page, Settings, Translated
from summarizer.workers import Pool

POISON = "زرنيخ"


def load(settings: Settings, threads: int, allow_download: bool) -> Tools:
    return tools(translate={"en": _dies_on_poison})


def _dies_on_poison(sentences: Sequence[str]) -> list[Translated]:
    if any(POISON in s for s in sentences):
        os.kill(os.getpid(), signal.SIGKILL)
    return translate(sentences)


def groups(count: int, poisoned: int = -1) -> Iterator[list[Page]]:
    for number in range(count):
        word = POISON if number == poisoned else "المدينة"
        yield [Page(f"{number}.txt", PAGE.replace("المدينة", f"{word} {number}")), Page(f"{number}b.txt", PAGE)]


def sources(count: int) -> list[str]:
    return [f"{number}{b}.txt" for number in range(count) for b in ("", "b")]


def test_results_come_in_order() -> None:
    results = list(Pool(Settings(), 2, load=load)(groups(5)))
    assert [page.source for page, _ in results] == sources(5)
    assert all(isinstance(result, list) for _, result in results)


def test_a_page_that_kills_its_process_fails_alone() -> None:
    results = list(Pool(Settings(), 2, load=load)(groups(6, poisoned=3)))
    assert [page.source for page, _ in results] == sources(6)
    failed = {page.source: result for page, result in results if isinstance(result, Exception)}
    assert list(failed) == ["3.txt"]
    assert isinstance(failed["3.txt"], WorkerDied)


def test_a_process_killed_from_outside_is_replaced() -> None:
    results = Pool(Settings(), 2, load=load)(groups(8))
    first = next(results)
    for process in multiprocessing.active_children():
        process.kill()
    rest = list(results)
    assert [page.source for page, _ in [first, *rest]] == sources(8)
    assert all(isinstance(result, list) for _, result in rest)
