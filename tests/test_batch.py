from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from fakes import PAGE, tools, translate

from summarizer import batch
from summarizer.batch import Progress, Report, write_briefs
from summarizer.errors import NotArabic, PathMissing
from summarizer.records import Settings, Translated
from summarizer.store import BRIEFS, Store, read_briefs

SETTINGS = Settings()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "صفحات الوزارة"  # names with spaces and Arabic letters are ordinary names
    pages.mkdir()
    for number in range(6):
        text = PAGE.replace("25", str(25 + number))
        (pages / f"صفحة {number}.txt").write_text(text, encoding="utf-8")
    return pages


@pytest.fixture(autouse=True)
def _reproducible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    monkeypatch.setattr(batch, "GROUP_CHARACTERS", 500)


def run(folder: Path, output: Path, **options: object) -> Report:
    paths, errors = batch.expand([folder])
    assert not errors
    with Store(output) as sink:
        return write_briefs(paths, sink, tools=tools(), settings=SETTINGS, **options)  # type: ignore[arg-type]


def test_every_page_gets_its_briefs_in_order(folder: Path, tmp_path: Path) -> None:
    report = run(folder, tmp_path / "out")
    assert (report.pages, report.stories, report.failures) == (6, 6, ())
    sources = [brief.source for brief in read_briefs(tmp_path / "out" / BRIEFS)]
    assert sources == sorted(sources) and len(sources) == 6


def test_a_second_run_does_no_work(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out")
    before = (tmp_path / "out" / BRIEFS).read_bytes()

    def never(_: Sequence[str]) -> list[Translated]:
        raise AssertionError("translated again")

    paths, _ = batch.expand([folder])
    with Store(tmp_path / "out") as sink:
        report = write_briefs(paths, sink, tools=tools(translate={"en": never}), settings=SETTINGS)
    assert (report.pages, report.skipped) == (0, 6)
    assert (tmp_path / "out" / BRIEFS).read_bytes() == before


def test_stopped_anywhere_and_resumed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "whole")
    for groups in range(3):  # six pages make three groups here
        output = tmp_path / str(groups)
        answers = iter([False] * groups + [True])
        assert run(folder, output, stop=lambda it=answers: next(it)).stopped
        run(folder, output)
        assert (output / BRIEFS).read_bytes() == (tmp_path / "whole" / BRIEFS).read_bytes()


def test_other_settings_do_the_work_again(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out")
    paths, _ = batch.expand([folder])
    with Store(tmp_path / "out") as sink:
        report = write_briefs(paths, sink, tools=tools(), settings=Settings(max_words=20))
    assert report.pages == 6
    assert len(list(read_briefs(tmp_path / "out" / BRIEFS))) == 6


def test_a_changed_page_is_done_again(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out")
    (folder / "صفحة 3.txt").write_text(PAGE.replace("25", "99"), encoding="utf-8")
    report = run(folder, tmp_path / "out")
    assert (report.pages, report.skipped) == (1, 5)
    assert len(list(read_briefs(tmp_path / "out" / BRIEFS))) == 6


def test_bad_files_are_told_and_the_rest_go_on(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    (folder / "english.txt").write_text("The minister opened a hospital.", encoding="utf-8")
    report = run(folder, tmp_path / "out")
    assert {type(f.error).__name__ for f in report.failures} == {"EmptyInput", "BinaryInput", "NotArabic"}
    assert report.stories == 6


def test_a_page_that_breaks_the_program_fails_alone(folder: Path, tmp_path: Path) -> None:
    def breaks(sentences: Sequence[str]) -> list[Translated]:
        if any("27" in sentence for sentence in sentences):
            raise ZeroDivisionError("a defect")
        return translate(sentences)

    paths, _ = batch.expand([folder])
    with Store(tmp_path / "out") as sink:
        report = write_briefs(paths, sink, tools=tools(translate={"en": breaks}), settings=SETTINGS)
    assert [Path(f.source).name for f in report.failures] == ["صفحة 2.txt"]
    assert report.stories == 5


def test_progress_counts_to_the_total(folder: Path, tmp_path: Path) -> None:
    seen: list[Progress] = []
    run(folder, tmp_path / "out", progress=seen.append, total=6)
    assert [p.done for p in seen] == [1, 2, 3, 4, 5, 6]


def test_expand_names_what_is_missing(folder: Path) -> None:
    paths, errors = batch.expand([folder, folder / "صفحة 1.txt", folder / "no such page.txt"])
    assert len(paths) == 6
    assert [type(e) for e in errors] == [PathMissing]


def test_memory_is_bounded_by_the_group() -> None:
    """Pages are pulled as work is done, never all at once."""
    pulled = []

    def pages() -> object:
        for number in range(100):
            pulled.append(number)
            yield batch.Page(f"{number}", PAGE)

    next(iter(batch._groups(pages())))  # type: ignore[arg-type]
    assert len(pulled) < 5


def test_groups_grow_so_that_the_first_briefs_come_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "GROUP_CHARACTERS", 800)
    pages = [batch.Page(f"{number}", "ا" * 100) for number in range(30)]
    assert [len(group) for group in batch._groups(pages)] == [1, 2, 4, 8, 8, 7]


def test_errors_survive_a_process_border() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(NotArabic(source="x", language="Greek")))
    assert str(error) == str(NotArabic(source="x", language="Greek"))
