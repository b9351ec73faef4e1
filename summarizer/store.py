"""The output folder: briefs appended a story at a time, and found again after any kind of stop.

``briefs.jsonl`` is the truth: one story a line, only ever appended to while a run goes on. A line that was cut short
by a kill, and the stories of a page that was not finished, are taken off again when the next run opens the folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from filelock import FileLock, Timeout

from summarizer.errors import MukhtasarError, OutputDamaged, OutputLocked, OutputUnwritable
from summarizer.records import Brief

BRIEFS = "briefs.jsonl"
FAILURES = "failures.jsonl"
LOCK = ".mukhtasar.lock"


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a page's finished stories stand in the file: bytes ``start`` to ``end``."""

    source: str
    key: str
    digest: str
    start: int
    end: int


class Store:
    """An output folder held by one run, as a context manager.

    Raises OutputLocked when another run holds it, OutputUnwritable when it can't be made or written,
    OutputDamaged when ``briefs.jsonl`` holds a line this program did not write.
    """

    def __init__(self, folder: Path, *, overwrite: bool = False) -> None:
        self.folder = folder
        self.path = folder / BRIEFS
        self._overwrite = overwrite
        self._lock = FileLock(folder / LOCK, timeout=0)
        self._spans: dict[str, list[_Span]] = {}
        self._stale: list[_Span] = []
        self._file: FileIO
        self._failures: FileIO | None = None

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
            self._open()
        except Timeout:
            raise OutputLocked(path=self.folder) from None
        except OSError as error:
            self._lock.release()
            raise OutputUnwritable(path=self.folder, detail=error.strerror or error) from error
        except MukhtasarError:
            self._lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if self._failures:
            self._failures.close()
        self._lock.release()
        with suppress(OSError):
            (self.folder / LOCK).unlink()

    def _open(self) -> None:
        if self._overwrite:
            self.path.unlink(missing_ok=True)
        end = self._recover() if self.path.exists() else 0
        # Unbuffered: after a failed write nothing may be left in a buffer that closing would try to write again.
        self._file = self.path.open("ab", buffering=0)
        self._file.truncate(end)
        self._file.seek(end)
        (self.folder / FAILURES).unlink(missing_ok=True)

    def _recover(self) -> int:
        """Index what is finished; return the offset after the last finished page."""
        end = 0
        for span, complete in _read_spans(self.path):
            if complete:
                self._spans.setdefault(span.source, []).append(span)
                end = span.end
        return end

    def has(self, source: str, key: str, digest: str) -> bool:
        """Whether this page's briefs are here and current. Older ones of the same source are noted as stale."""
        spans = self._spans.get(source, [])
        current = [s for s in spans if (s.key, s.digest) == (key, digest)]
        self._stale += [s for s in spans if s not in current[-1:]]
        self._spans.pop(source, None)
        return bool(current)

    def append(self, brief: Brief) -> None:
        """Write one story and flush it. On failure the file ends where it ended before."""
        self._write(self._file, brief.to_dict())

    def fail(self, source: str, error: Exception) -> None:
        """Record a page that could not be briefed."""
        if self._failures is None:
            self._failures = (self.folder / FAILURES).open("wb", buffering=0)
        self._write(self._failures, {"source": source, "error": type(error).__name__, "message": str(error)})

    def _write(self, file: FileIO, record: dict[str, Any]) -> None:
        line = json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n"
        start = file.tell()
        try:
            while line:  # a nearly full disk takes a part first, and fails on the rest
                line = line[file.write(line) :]
        except OSError as error:
            with suppress(OSError):
                os.truncate(file.fileno(), start)
            raise OutputUnwritable(path=self.folder, detail=error.strerror or error) from error

    def drop_stale(self) -> None:
        """Take superseded briefs out of the file, in one rename."""
        if not self._stale:
            return
        temporary = self.path.with_suffix(".tmp")
        try:
            _copy_without(self.path, temporary, sorted(self._stale, key=lambda s: s.start))
            temporary.replace(self.path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise OutputUnwritable(path=self.folder, detail=error.strerror or error) from error
        self._stale.clear()


def read_briefs(path: Path) -> Iterator[Brief]:
    """The briefs of a ``briefs.jsonl``, one at a time. Raises OutputDamaged naming the line and the field."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield Brief.from_dict(json.loads(line))
            except KeyError as error:
                raise OutputDamaged(path=path, line=number, detail=f"no field {error}") from None
            except (ValueError, TypeError) as error:
                raise OutputDamaged(path=path, line=number, detail=error) from None


def _read_spans(path: Path) -> Iterator[tuple[_Span, bool]]:
    """Each page's run of lines, and whether all its stories are there."""
    group: list[_Span] = []
    for span, story, stories in _read_lines(path):
        if group and (group[-1].source, group[-1].key) != (span.source, span.key):
            group = []
        # A kill between two stories leaves 1 of 3; the page then starts again at story 1.
        group = [*group, span] if story == len(group) + 1 else [span]
        whole = _Span(span.source, span.key, span.digest, group[0].start, span.end)
        yield whole, story == stories == len(group)
        if story == stories:
            group = []


def _read_lines(path: Path) -> Iterator[tuple[_Span, int, int]]:
    offset = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.endswith(b"\n"):
                return  # cut short by a kill: the one kind of damage that is ours
            try:
                data = json.loads(line)
                key = data["id"].rpartition("-")[0]
                span = _Span(data["source"], key, data["models"]["settings"], offset, offset + len(line))
                yield span, data["story"], data["stories"]
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise OutputDamaged(path=path, line=number, detail=f"not a brief ({error})") from None
            offset += len(line)


def _copy_without(source: Path, target: Path, spans: Sequence[_Span]) -> None:
    with source.open("rb") as old, target.open("wb") as new:
        for span in spans:
            _copy(old, new, span.start - old.tell())
            old.seek(span.end)
        _copy(old, new, None)
        new.flush()
        os.fsync(new.fileno())


def _copy(old: BinaryIO, new: BinaryIO, count: int | None, chunk: int = 1 << 20) -> None:
    while count is None or count > 0:
        block = old.read(chunk if count is None else min(chunk, count))
        if not block:
            return
        new.write(block)
        count = None if count is None else count - len(block)
