"""Many files at once for the page: the state of each, a stop between sentences, failures told in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from summarizer import readers
from summarizer.errors import InputTooLong, MukhtasarError, NothingToRead
from summarizer.records import Brief, Settings
from summarizer.session import MAX_TEXT, Desk, Phase, Stop, as_told

MAX_FILES = 300  # their briefs stay in memory until they are downloaded; more is work for the command line


class TooManyFiles(MukhtasarError):
    english = "{count} files are more than the {limit} done at once. Choose fewer, or use the command line."
    arabic = "عدد الملفات {count} يفوق الحد ({limit}). اختر عددا أقل أو استعمل سطر الأوامر."


@dataclass(frozen=True, slots=True)
class Row:
    """One file of a job."""

    name: str
    phase: Phase = "waiting"
    briefs: tuple[Brief, ...] = ()
    total: int = 0  # stories on the page, known once the first is done
    error: MukhtasarError | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A snapshot of all files."""

    phase: Phase = "idle"
    rows: tuple[Row, ...] = ()
    error: MukhtasarError | None = None

    @property
    def briefs(self) -> tuple[Brief, ...]:
        return tuple(brief for row in self.rows for brief in row.briefs)

    @property
    def finished(self) -> int:
        return sum(row.phase in ("done", "failed") for row in self.rows)


def run(desk: Desk, paths: Sequence[Path], settings: Settings, stop: Stop = lambda: False) -> Iterator[Job]:
    """Snapshots of a job: whenever a file's state changes or a story is ready. The last one is done or stopped."""
    if problem := _problem(paths):
        yield Job("failed", error=problem)
        return
    job = Job("working", tuple(Row(name) for name in _names(paths)))
    yield job
    for index, path in enumerate(paths):
        for row in _run_file(desk, path, job.rows[index], settings, stop):
            job = replace(job, rows=(*job.rows[:index], row, *job.rows[index + 1 :]))
            yield job
        if stop():
            rows = tuple(replace(row, phase="stopped") if row.phase == "waiting" else row for row in job.rows)
            yield Job("stopped", rows)
            return
    yield replace(job, phase="done")


def _problem(paths: Sequence[Path]) -> MukhtasarError | None:
    if not paths:
        return NothingToRead(path="…", formats=", ".join(readers.FORMATS))
    return TooManyFiles(count=len(paths), limit=MAX_FILES) if len(paths) > MAX_FILES else None


def _names(paths: Sequence[Path]) -> list[str]:
    """File names, each once: two uploads of one name would share their briefs' ids."""
    seen: dict[str, int] = {}
    names = []
    for path in paths:
        seen[path.name] = seen.get(path.name, 0) + 1
        names.append(path.name if seen[path.name] == 1 else f"{path.stem} ({seen[path.name]}){path.suffix}")
    return names


def _run_file(desk: Desk, path: Path, row: Row, settings: Settings, stop: Stop) -> Iterator[Row]:
    row = replace(row, phase="working")
    yield row
    try:
        page = readers.read_bytes(path.read_bytes(), source=row.name, suffix=path.suffix)
        if len(page.text) > MAX_TEXT:
            raise InputTooLong(source=row.name, size=len(page.text), limit=MAX_TEXT)
    except Exception as error:  # an unreadable file is told in its row, and the rest go on
        yield replace(row, phase="failed", error=as_told(error))
        return
    for work in desk.follow(page, settings, stop):
        phase: Phase = "working" if work.phase == "waiting" else work.phase
        total = work.briefs[0].stories if work.briefs else 0
        row = replace(row, phase=phase, briefs=work.briefs, total=total, error=work.error)
        yield row
