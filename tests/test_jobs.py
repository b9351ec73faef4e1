from __future__ import annotations

import threading
from pathlib import Path

import pytest
from fakes import PAGE, tools, translate

from summarizer import jobs
from summarizer.errors import BinaryInput, EmptyInput, InputTooLong, NotArabic, NothingToRead
from summarizer.records import Settings, Translated
from summarizer.session import MAX_TEXT, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk(lambda _: tools())


def write(folder: Path, **texts: str | bytes) -> list[Path]:
    paths = []
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        paths.append(path)
    return paths


def test_a_failed_file_is_told_in_place_and_the_rest_go_on(desk: Desk, tmp_path: Path) -> None:
    paths = write(
        tmp_path, one=PAGE, empty="", picture=b"\x89PNG\r\n\x1a\n\0\0", english="Hello there, world.",
        long="م " * MAX_TEXT, two=PAGE,
    )  # fmt: skip
    *_, job = jobs.run(desk, paths, Settings())
    assert job.phase == "done" and job.finished == 6
    assert [row.phase for row in job.rows] == ["done", "failed", "failed", "failed", "failed", "done"]
    assert [type(row.error) for row in job.rows[1:5]] == [EmptyInput, BinaryInput, NotArabic, InputTooLong]
    assert [brief.source for brief in job.briefs] == ["one.txt", "two.txt"]


def test_the_name_shown_is_the_files_own_and_two_of_one_name_differ(desk: Desk, tmp_path: Path) -> None:
    paths = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        paths += write(tmp_path / folder, **{"صفحة أولى": PAGE})
    *_, job = jobs.run(desk, paths, Settings())
    assert [row.name for row in job.rows] == ["صفحة أولى.txt", "صفحة أولى (2).txt"]
    assert len({brief.id for brief in job.briefs}) == 2


def test_a_stop_keeps_what_is_done(tmp_path: Path) -> None:
    stop = threading.Event()

    def stopping(sentences: object) -> list[Translated]:
        calls.append(1)
        if len(calls) == 2:
            stop.set()
        return translate(sentences)  # type: ignore[arg-type]

    calls: list[int] = []
    desk = Desk(lambda _: tools(translate={"en": stopping}))
    paths = write(tmp_path, a=PAGE, b=PAGE * 30, c=PAGE, d=PAGE)
    *_, job = jobs.run(desk, paths, Settings(), stop.is_set)
    assert job.phase == "stopped"
    assert [row.phase for row in job.rows] == ["done", "stopped", "stopped", "stopped"]
    assert len(job.briefs) == 1


def test_progress_is_told_by_file_and_by_story(desk: Desk, tmp_path: Path) -> None:
    snapshots = list(jobs.run(desk, write(tmp_path, a=PAGE, b=PAGE), Settings()))
    assert [job.finished for job in snapshots] == sorted(job.finished for job in snapshots)
    assert {(job.rows[0].phase, len(job.rows[0].briefs)) for job in snapshots} >= {
        ("waiting", 0), ("working", 0), ("working", 1), ("done", 1),
    }  # fmt: skip


def test_no_file_and_too_many_files_are_told(desk: Desk) -> None:
    assert isinstance(next(jobs.run(desk, [], Settings())).error, NothingToRead)
    many = [Path(f"{n}.txt") for n in range(jobs.MAX_FILES + 1)]
    (job,) = jobs.run(desk, many, Settings())
    assert isinstance(job.error, jobs.TooManyFiles) and str(jobs.MAX_FILES) in job.error.in_arabic
