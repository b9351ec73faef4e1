"""Groups of pages over several processes, results in order; a killed process costs nothing but its time."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from summarizer.batch import Result, brief_group
from summarizer.briefs import Tools
from summarizer.errors import WorkerDied
from summarizer.records import Page, Settings

Results = list[tuple[Page, Result]]
ATTEMPTS = 2

_tools: Tools  # of this worker process, set by _start
_settings: Settings


@dataclass
class Pool:
    """A :class:`batch.Work` in ``workers`` processes.

    When a process dies (out of memory, SIGKILL), the groups in flight are done again page by page, so that a page
    that kills its process is known for sure; it fails after two attempts and the others go on.
    """

    settings: Settings
    workers: int
    allow_download: bool = False

    def __call__(self, groups: Iterable[Sequence[Page]]) -> Iterator[tuple[Page, Result]]:
        source = iter(groups)
        pool = self._start()
        window: deque[tuple[Sequence[Page], Future[Results]]] = deque()
        try:
            while True:
                # Twice as many as workers: none waits, and memory stays bounded whatever the folder.
                for group in itertools.islice(source, 2 * self.workers - len(window)):
                    window.append((group, pool.submit(_work, group)))
                if not window:
                    return
                try:
                    yield from window[0][1].result()
                    window.popleft()
                except BrokenProcessPool:
                    pool = self._restart(pool)
                    pages = [page for group, _ in window for page in group]
                    window.clear()
                    for page in pages:
                        result, pool = self._alone(page, pool)
                        yield page, result
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _alone(self, page: Page, pool: ProcessPoolExecutor) -> tuple[Result, ProcessPoolExecutor]:
        """One page with the pool to itself; returns the pool to go on with."""
        for _ in range(ATTEMPTS):
            try:
                return pool.submit(_work, [page]).result()[0][1], pool
            except BrokenProcessPool:
                pool = self._restart(pool)
        return WorkerDied(source=page.source, attempts=ATTEMPTS), pool

    def _start(self) -> ProcessPoolExecutor:
        from summarizer.engines import usable_cores

        threads = max(1, usable_cores() // self.workers)
        return ProcessPoolExecutor(
            self.workers,
            # Not fork: the parent has threads of torch and CTranslate2, whose locks a forked child would inherit held.
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start,
            initargs=(self.settings, threads, self.allow_download),
        )

    def _restart(self, pool: ProcessPoolExecutor) -> ProcessPoolExecutor:
        pool.shutdown(wait=True, cancel_futures=True)
        return self._start()


def _start(settings: Settings, threads: int, allow_download: bool) -> None:
    from summarizer.toolbox import load_tools

    global _tools, _settings
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to every process of the terminal; the parent decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _settings, _tools = settings, load_tools(settings, threads=threads, allow_download=allow_download)


def _end_with_parent(end: Callable[[int], object] = os._exit) -> None:
    """A parent killed with SIGKILL can't tell its workers; without this they would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        end(1)


def _work(group: Sequence[Page]) -> Results:
    return brief_group(group, _tools, _settings)
