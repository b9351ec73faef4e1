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

from summarizer.batch import ATTEMPTS, Result, brief_group
from summarizer.briefs import Tools
from summarizer.errors import WorkerDied
from summarizer.records import Page, Settings

Results = list[tuple[Page, Result]]
Loader = Callable[[Settings, int, bool], Tools]

_tools: Tools  # of this worker process, set by _start
_settings: Settings


def _load(settings: Settings, threads: int, allow_download: bool) -> Tools:
    from summarizer.toolbox import load_tools

    return load_tools(settings, threads=threads, allow_download=allow_download)


class Pool:
    """A :class:`batch.Work` in ``workers`` processes.

    When a process dies (out of memory, SIGKILL), the groups in flight are done again page by page, so that a page
    that kills its process is known for sure; it fails after two attempts and the others go on.
    """

    def __init__(self, settings: Settings, workers: int, *, allow_download: bool = False, load: Loader = _load) -> None:
        self._arguments = (load, settings, _threads_each(workers), allow_download)
        self._workers = workers
        self._executor = self._start()

    def __call__(self, groups: Iterable[Sequence[Page]]) -> Iterator[tuple[Page, Result]]:
        source = iter(groups)
        window: deque[tuple[Sequence[Page], Future[Results]]] = deque()
        try:
            while True:
                self._fill(window, source)
                if not window:
                    return
                try:
                    results = window[0][1].result()
                    window.popleft()
                except BrokenProcessPool:
                    results = self._rescue([page for group, _ in window for page in group])
                    window.clear()
                yield from results
        finally:
            self._executor.shutdown(wait=False, cancel_futures=True)

    def _fill(self, window: deque[tuple[Sequence[Page], Future[Results]]], source: Iterator[Sequence[Page]]) -> None:
        # Twice as many groups as workers: none waits, and memory stays bounded whatever the folder.
        for group in itertools.islice(source, 2 * self._workers - len(window)):
            try:
                window.append((group, self._executor.submit(_work, group)))
            except BrokenProcessPool as error:
                failed: Future[Results] = Future()
                failed.set_exception(error)
                window.append((group, failed))

    def _rescue(self, pages: Iterable[Page]) -> Results:
        self._restart()
        return [(page, self._alone(page)) for page in pages]

    def _alone(self, page: Page) -> Result:
        """One page with the pool to itself."""
        for _ in range(ATTEMPTS):
            try:
                return self._executor.submit(_work, [page]).result()[0][1]
            except BrokenProcessPool:
                self._restart()
        return WorkerDied(source=page.source, attempts=ATTEMPTS)

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._workers,
            # Not fork: the parent has threads of torch and CTranslate2, whose locks a forked child would inherit held.
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start,
            initargs=self._arguments,
        )

    def _restart(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = self._start()


def _threads_each(workers: int) -> int:
    from summarizer.engines import usable_cores

    return max(1, usable_cores() // workers)


def _start(load: Loader, settings: Settings, threads: int, allow_download: bool) -> None:
    global _tools, _settings  # a worker process's models are loaded once, by the pool's initializer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to every process of the terminal; the parent decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _settings, _tools = settings, load(settings, threads, allow_download)


def _end_with_parent() -> None:
    """A parent killed with SIGKILL can't tell its workers; without this they would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(group: Sequence[Page]) -> Results:
    return brief_group(group, _tools, _settings)
