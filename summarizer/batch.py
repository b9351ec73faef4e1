"""A folder in, briefs out: groups of pages, resume, stop, and a report of what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from summarizer import briefs, readers
from summarizer.errors import InputError, MukhtasarError
from summarizer.records import Brief, Page, Settings
from summarizer.store import Store

GROUP_CHARACTERS = 60_000
"""Text translated together, about 400 sentences: enough to fill batches of one length, and a stop is still prompt."""
FIRST_SHARE = 8
"""The first group is so many times smaller."""
ATTEMPTS = 2
"""How often a page may take its process down with it before it is given up."""

Input = Path | Page
Result = list[Brief] | Exception


@dataclass(frozen=True, slots=True)
class Failure:
    source: str
    error: Exception


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. ``skipped`` pages had current briefs already."""

    pages: int = 0
    stories: int = 0
    skipped: int = 0
    failures: tuple[Failure, ...] = ()
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Told after each page."""

    done: int
    total: int | None
    stories: int
    failures: int
    source: str


class Work(Protocol):
    """Turns groups of pages into results, in order; may end early when it is stopped.

    ``workers.Pool`` does it in several processes, ``distributed.Cluster`` on several machines.
    """

    def __call__(self, groups: Iterable[Sequence[Page]], /) -> Iterator[tuple[Page, Result]]: ...


@dataclass
class _Tally:
    """Counts of a run under way."""

    total: int | None
    progress: Callable[[Progress], None] | None
    pages: int = 0
    stories: int = 0
    skipped: int = 0
    failures: list[Failure] = field(default_factory=list)

    def tell(self, source: str) -> None:
        if self.progress:
            done = self.pages + self.skipped + len(self.failures)
            self.progress(Progress(done, self.total, self.stories, len(self.failures), source))

    def report(self, *, stopped: bool) -> Report:
        return Report(self.pages, self.stories, self.skipped, tuple(self.failures), stopped)


def write_briefs(
    pages: Iterable[Input],
    sink: Store,
    *,
    tools: briefs.Tools,
    settings: Settings,
    resume: bool = True,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
    work: Work | None = None,
    total: int | None = None,
) -> Report:
    """Brief every page and append the stories to ``sink`` as they are ready, in the order of ``pages``.

    Paths are read one group at a time, so memory doesn't grow with the folder. A page that fails is recorded and
    the rest go on. ``stop`` is asked between groups; what is finished then is kept.

    Raises OutputUnwritable when the sink can't be written: there is no point in going on.
    """
    tally = _Tally(total, progress)
    digest = tools.digest(settings)
    work = work or partial(_work_here, tools=tools, settings=settings)
    wanted = _wanted(pages, sink, digest, tally, resume=resume)
    stopped, given = False, 0

    def groups() -> Iterator[list[Page]]:
        nonlocal stopped, given
        for group in _groups(wanted):
            if stopped := stop():
                return
            given += len(group)
            yield group

    for page, result in work(groups()):
        _record(page.source, result, sink, tally)
        tally.tell(page.source)
        given -= 1
    sink.drop_stale()
    return tally.report(stopped=stopped or given > 0)


def _wanted(pages: Iterable[Input], sink: Store, digest: str, tally: _Tally, *, resume: bool) -> Iterator[Page]:
    """The pages that need work; unreadable ones are recorded, current ones skipped."""
    for given in pages:
        try:
            page = given if isinstance(given, Page) else readers.read_page(given)
        except InputError as error:
            _record(str(given), error, sink, tally)
            tally.tell(str(given))
            continue
        if sink.has(page.source, briefs.page_key(page), digest) and resume:
            tally.skipped += 1
            tally.tell(page.source)
        else:
            yield page


def _groups(pages: Iterable[Page]) -> Iterator[list[Page]]:
    """Small groups first, then ever larger ones: the first briefs come soon, and a small folder feeds every worker."""
    group: list[Page] = []
    size, enough = 0, GROUP_CHARACTERS // FIRST_SHARE
    for page in pages:
        group.append(page)
        size += len(page.text)
        if size >= enough:
            yield group
            group, size, enough = [], 0, min(2 * enough, GROUP_CHARACTERS)
    if group:
        yield group


def _record(source: str, result: Result, sink: Store, tally: _Tally) -> None:
    if isinstance(result, Exception):
        tally.failures.append(Failure(source, result))
        sink.fail(source, result)
        return
    for brief in result:
        sink.append(brief)
        tally.stories += 1
    tally.pages += 1


def _work_here(
    groups: Iterable[Sequence[Page]], *, tools: briefs.Tools, settings: Settings
) -> Iterator[tuple[Page, Result]]:
    for group in groups:
        yield from brief_group(group, tools, settings)


def brief_group(group: Sequence[Page], tools: briefs.Tools, settings: Settings) -> list[tuple[Page, Result]]:
    """One group's results. A page that breaks the program is found by doing each alone, and only it fails."""
    try:
        return list(briefs.brief_pages(group, tools, settings))
    except MemoryError:
        raise
    except Exception as error:  # a defect of ours on one page must not cost the other pages their briefs
        if len(group) == 1:
            return [(group[0], error)]
        return [result for page in group for result in brief_group([page], tools, settings)]


def expand(paths: Sequence[Path], *, recursive: bool = False) -> tuple[list[Path], list[MukhtasarError]]:
    """Every page under the given files and folders, in order, each once; and the paths that gave none."""
    found: dict[Path, None] = {}
    errors: list[MukhtasarError] = []
    for path in paths:
        try:
            found.update(dict.fromkeys(readers.find_pages(path, recursive=recursive)))
        except InputError as error:
            errors.append(error)
    return list(found), errors
