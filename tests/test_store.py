from __future__ import annotations

import errno
import json
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import PAGE, tools

from summarizer import briefs, store
from summarizer.errors import OutputDamaged, OutputLocked, OutputUnwritable
from summarizer.records import Brief, Page, Settings
from summarizer.store import Store, read_briefs

PAGE_1 = Page("a.txt", PAGE)


@pytest.fixture(scope="module")
def brief() -> Brief:
    return replace(briefs.brief_page(PAGE_1, tools(), Settings())[0], seconds=0.0)


def two_stories(brief: Brief, source: str, key: str = "k") -> list[Brief]:
    return [replace(brief, id=f"{key}-{n}", source=source, story=n, stories=2) for n in (1, 2)]


def fill(folder: Path, *groups: list[Brief]) -> bytes:
    with Store(folder) as sink:
        for group in groups:
            for one in group:
                sink.append(one)
    return (folder / store.BRIEFS).read_bytes()


def digest(brief: Brief) -> str:
    return brief.models["settings"]


def test_what_is_appended_is_read_back(tmp_path: Path, brief: Brief) -> None:
    fill(tmp_path, [brief])
    assert list(read_briefs(tmp_path / store.BRIEFS)) == [brief]


def test_letters_are_written_as_letters(tmp_path: Path, brief: Brief) -> None:
    assert "وزارة الصحة".encode() in fill(tmp_path, [brief])


def test_a_finished_page_is_found_again(tmp_path: Path, brief: Brief) -> None:
    fill(tmp_path, [brief])
    with Store(tmp_path) as sink:
        assert sink.has("a.txt", brief.id.rpartition("-")[0], digest(brief))
        assert not sink.has("b.txt", brief.id.rpartition("-")[0], digest(brief))


def test_every_cut_of_the_file_is_repaired_to_whole_pages(tmp_path: Path, brief: Brief) -> None:
    """A kill can leave any prefix of what was written; resuming must give the same bytes as no kill."""
    first, second = two_stories(brief, "a.txt", "k1"), two_stories(brief, "b.txt", "k2")
    whole = fill(tmp_path / "whole", first, second)
    for cut in range(0, len(whole), 97):
        folder = tmp_path / str(cut)
        folder.mkdir()
        (folder / store.BRIEFS).write_bytes(whole[:cut])
        with Store(folder) as sink:
            for group in (first, second):
                if not sink.has(group[0].source, group[0].id.rpartition("-")[0], digest(brief)):
                    for one in group:
                        sink.append(one)
        assert (folder / store.BRIEFS).read_bytes() == whole


def test_a_changed_page_replaces_its_old_briefs_only(tmp_path: Path, brief: Brief) -> None:
    old, other, new = (two_stories(brief, s, k) for s, k in (("a.txt", "old"), ("b.txt", "same"), ("a.txt", "new")))
    fill(tmp_path, old, other)
    with Store(tmp_path) as sink:
        assert not sink.has("a.txt", "new", digest(brief))
        for one in new:
            sink.append(one)
        sink.drop_stale()
    assert list(read_briefs(tmp_path / store.BRIEFS)) == [*other, *new]


def test_overwrite_starts_again(tmp_path: Path, brief: Brief) -> None:
    fill(tmp_path, [brief])
    with Store(tmp_path, overwrite=True):
        pass
    assert (tmp_path / store.BRIEFS).read_bytes() == b""


def test_two_runs_cannot_share_a_folder(tmp_path: Path) -> None:
    with Store(tmp_path), pytest.raises(OutputLocked, match="Another run"), Store(tmp_path):
        pass


def test_a_foreign_line_is_named(tmp_path: Path) -> None:
    (tmp_path / store.BRIEFS).write_text('{"id": 3}\n', encoding="utf-8")
    with pytest.raises(OutputDamaged, match="line 1"), Store(tmp_path):
        pass


def test_a_missing_field_is_named(tmp_path: Path, brief: Brief) -> None:
    record = brief.to_dict()
    del record["summary_ar"]
    (tmp_path / "x.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    with pytest.raises(OutputDamaged, match="summary_ar"):
        list(read_briefs(tmp_path / "x.jsonl"))


def test_an_unwritable_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputUnwritable, match="file"), Store(tmp_path / "file" / "below"):
        pass


class FullDisk:
    """Takes ten bytes of a line, then has no room."""

    def __init__(self, file: object) -> None:
        self.file = file
        self.room = 10

    def __getattr__(self, name: str) -> object:
        return getattr(self.file, name)

    def write(self, data: bytes) -> int:
        if not self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = self.file.write(data[: self.room])  # type: ignore[attr-defined]
        self.room = 0
        return int(written)


def test_a_full_disk_leaves_whole_lines(tmp_path: Path, brief: Brief) -> None:
    with Store(tmp_path) as sink:
        sink.append(brief)
        sink._file = FullDisk(sink._file)  # type: ignore[assignment]
        with pytest.raises(OutputUnwritable, match="No space left"):
            sink.append(brief)
    assert list(read_briefs(tmp_path / store.BRIEFS)) == [brief]


def test_failures_are_one_line_each(tmp_path: Path) -> None:
    with Store(tmp_path) as sink:
        sink.fail("a.txt", ValueError("no"))
    line = (tmp_path / store.FAILURES).read_text(encoding="utf-8")
    assert json.loads(line) == {"source": "a.txt", "error": "ValueError", "message": "no"}


def test_a_run_without_failures_leaves_no_failures_file(tmp_path: Path) -> None:
    with Store(tmp_path) as sink:
        sink.fail("a.txt", ValueError("no"))
    with Store(tmp_path):
        pass
    assert not (tmp_path / store.FAILURES).exists()
