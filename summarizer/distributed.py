"""Groups of pages over a Ray cluster, results in order: the work of ``workers.Pool``, beyond one machine.

The machine that runs the command reads the pages and writes the output; only the briefing is sent out, through Ray
Data, to a pool of actors that each hold the models. So the output is that of a run on one machine, byte for byte, and
nothing on the way to it has to be merged, or cleaned up after a kill: a run resumes from ``briefs.jsonl``.

Pages go out in shards, a Ray dataset each, which bounds memory here whatever the folder. An actor is one core and one
thread. Every node needs this package and the models; ``--download`` allows a node to fetch a Hub model too.

How many cores? A day has 86,400 seconds, so a million pages of W words at R words a second and core take
W / R * 11.6 cores. ``python -m evaluation speed`` measures R, and README.md has the figures put in.
"""

from __future__ import annotations

import itertools
import logging
import os
import pickle
import signal
import socket
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, Any

from summarizer.batch import ATTEMPTS, Result, brief_group
from summarizer.briefs import Tools
from summarizer.errors import ClusterFailed, MukhtasarError, PackageMissing, WorkerDied
from summarizer.records import Page, Settings

if TYPE_CHECKING:
    import pyarrow

Group = Sequence[Page]
Loader = Callable[[Settings, int, bool], Tools]

# Of one actor in one shard: some 150,000 words, so that loading the model, once a shard, is a hundredth of the work.
GROUPS_EACH = 16
# Ray reads these when it is imported: nothing is told to anyone, and no log of its C++ part is mixed with ours.
VARIABLES = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "fatal"}
# Ray gives its own processes 15 seconds to start, and that can't be changed: too little the first time on a busy
# machine, when they come from the disk. https://github.com/ray-project/ray, src/ray/util/port_persistence.h
STARTS = 3
ANSWER_SECONDS = 10
LOCAL = "local"
# Ray's store of objects in flight. By default it takes a third of the machine's memory; a shard needs a few megabytes.
LOCAL_STORE = 256 << 20


def _load(settings: Settings, threads: int, allow_download: bool) -> Tools:
    from summarizer.toolbox import load_tools

    return load_tools(settings, threads=threads, allow_download=allow_download)


class Cluster:
    """A :class:`batch.Work` on Ray: ``workers`` actors, as many as there are cores when not given.

    Without an address a cluster of this machine is started, and ended again. ``stop`` is asked after every group, so
    that a stop needn't wait for a shard. Raises PackageMissing without Ray, ClusterFailed when the cluster can't be
    reached or can't do the work.

    An actor that dies is replaced and its groups are done again; what was lost twice is done again page by page, and
    a page that takes its actor down even alone fails.
    """

    def __init__(
        self,
        settings: Settings,
        workers: int | None = None,
        *,
        address: str | None = None,
        allow_download: bool = False,
        load: Loader = _load,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        require_ray()
        self._arguments = {"load": load, "settings": settings, "allow_download": allow_download}
        self._workers = workers
        self._address = address or LOCAL
        self._stop = stop

    def __call__(self, groups: Iterable[Group]) -> Iterator[tuple[Page, Result]]:
        source = iter(groups)
        # Not a moment earlier: a run that has nothing left to do should not start a cluster to find out.
        first = list(itertools.islice(source, 1))
        if not first:
            return
        with _connected(self._address, self._workers) as cores:
            workers, source = self._workers or cores, itertools.chain(first, source)
            while shard := list(itertools.islice(source, GROUPS_EACH * workers)):
                with _ended_quietly(self._in_order(shard, workers)) as groups_done:
                    for results in groups_done:
                        yield from results
                        if self._stop():
                            return

    def _in_order(self, shard: Sequence[Group], workers: int) -> Generator[list[tuple[Page, Result]], None, None]:
        """Each group's results. A group that was lost is made up for once the others no longer need the actors."""
        waiting: dict[int, list[Result]] = {}
        expected = 0
        for number, results in self._send(shard, workers):
            waiting[number] = results
            while expected in waiting:
                yield list(zip(shard[expected], waiting.pop(expected), strict=True))
                expected += 1
        lost = [number for number in range(expected, len(shard)) if number not in waiting]
        pages = [page for number in lost for page in shard[number]]
        rescued = iter(self._alone(pages, workers))
        for number in range(expected, len(shard)):
            results = waiting.get(number) or [next(rescued) for _ in shard[number]]
            yield list(zip(shard[number], results, strict=True))

    def _alone(self, pages: Sequence[Page], workers: int) -> Iterator[Result]:
        found = dict(self._send([[page] for page in pages], workers)) if pages else {}
        for number, page in enumerate(pages):
            yield found[number][0] if number in found else WorkerDied(source=page.source, attempts=ATTEMPTS)

    def _send(self, groups: Sequence[Group], workers: int) -> Iterator[tuple[int, list[Result]]]:
        """Each group's place and results, in order; groups that took their actor down ATTEMPTS times are left out."""
        import ray.data

        attempts = ray.remote(num_cpus=0, max_restarts=-1, max_task_retries=-1)(_Attempts).remote()
        rows = [{"number": number, "pages": pickle.dumps(list(group))} for number, group in enumerate(groups)]
        dataset = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            _Worker,
            fn_constructor_kwargs=self._arguments | {"attempts": attempts},
            batch_size=None,
            batch_format="pyarrow",
            compute=ray.data.ActorPoolStrategy(size=min(workers, len(rows))),
            num_cpus=1,
        )
        try:
            for row in dataset.iter_rows():
                answer = pickle.loads(row["answer"])
                if isinstance(answer, MukhtasarError):
                    raise answer
                if answer is not None:
                    yield row["number"], answer
        except MukhtasarError:
            raise
        except Exception as error:  # Ray raises whatever its parts raise
            raise _plain(error, self._address) from error


class _Attempts:
    """How often each group was begun: kept outside the actors that may die of one.

    Ray Data would give a group whose actor died to the next one for ever.
    """

    def __init__(self) -> None:
        self._begun: Counter[int] = Counter()

    def begin(self, number: int) -> bool:
        """Whether the group may be tried (again)."""
        self._begun[number] += 1
        return self._begun[number] <= ATTEMPTS


class _Worker:
    """Lives in an actor: the models loaded once, groups of pages in, their results out."""

    def __init__(self, load: Loader, settings: Settings, allow_download: bool, attempts: Any) -> None:
        self._settings, self._attempts = settings, attempts
        self._tools: Tools | MukhtasarError
        try:
            self._tools = load(settings, 1, allow_download)
        except MukhtasarError as error:  # raised here, it would reach the driver as a text
            self._tools = error

    def __call__(self, batch: pyarrow.Table) -> Any:  # columns number, pages -> number, answer
        import pyarrow

        answers = [self._answer(row["number"], pickle.loads(row["pages"])) for row in batch.to_pylist()]
        return pyarrow.table({"number": batch["number"], "answer": [pickle.dumps(answer) for answer in answers]})

    def _answer(self, number: int, group: Group) -> list[Result] | MukhtasarError | None:
        """The pages' results, None for a group that is given up, or why this node can do nothing."""
        import ray

        if isinstance(self._tools, MukhtasarError):
            return self._tools
        if not ray.get(self._attempts.begin.remote(number)):
            return None
        return [result for _, result in brief_group(group, self._tools, self._settings)]


def require_ray() -> None:
    """Raises PackageMissing unless Ray Data can be imported."""
    from importlib.util import find_spec

    for package in ("ray", "pyarrow"):
        if find_spec(package) is None:
            raise PackageMissing(feature="--engine ray", package="ray[data]", install="mukhtasar[distributed]")


@contextmanager
def _connected(address: str, workers: int | None) -> Iterator[int]:
    """Ray, started or joined, quiet; the number of cores it has."""
    os.environ |= VARIABLES
    if address != LOCAL:
        _require_answer(address)
    with _own_signals():
        import ray

        _join(address, workers)
    try:
        _set_up_data()
        yield max(1, int(ray.cluster_resources().get("CPU", 1)))
    finally:
        with redirect_stdout(StringIO()):
            ray.shutdown()


@contextmanager
def _ended_quietly(results: Generator[Any, None, None]) -> Iterator[Generator[Any, None, None]]:
    """Ray says of each actor it ends at a stop that it was killed, and says it on stdout, past all its settings."""
    try:
        yield results
    finally:
        with redirect_stdout(StringIO()):
            results.close()


@contextmanager
def _closed_stderr() -> Iterator[None]:
    """Ray's C++ part writes a line there to say at which level it will write none."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _require_answer(address: str) -> None:
    """Ray itself tries for minutes to reach an address where nobody listens."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=ANSWER_SECONDS).close()
    except (OSError, ValueError) as error:
        raise ClusterFailed(address=address, detail=f"nobody answers there ({error})") from error


def _join(address: str, workers: int | None) -> None:
    import ray

    options: dict[str, Any] = {"logging_level": logging.CRITICAL, "log_to_driver": False}
    if address == LOCAL:
        from summarizer.engines import usable_cores

        cores = workers or usable_cores()
        options |= {"num_cpus": cores, "include_dashboard": False, "object_store_memory": LOCAL_STORE}
    for left in reversed(range(STARTS if address == LOCAL else 1)):
        try:
            with _closed_stderr():
                ray.init(address=address, **options)
            return
        except Exception as error:  # Ray raises whatever its parts raise
            ray.shutdown()
            if not left:
                raise _plain(error, address) from error


def _set_up_data() -> None:
    import ray.data

    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)


@contextmanager
def _own_signals() -> Iterator[None]:
    """Ray takes SIGTERM for itself when it starts; ours, which finishes the group in hand, is put back."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _plain(error: Exception, address: str) -> MukhtasarError:
    """What Ray says, in one line."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return ClusterFailed(address=address, detail=lines[-1].strip().rstrip("."))
