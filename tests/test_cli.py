"""The command as people type it. Runs on the embedded model: what is tested here is the whole, end to end."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fakes import PAGE

from summarizer import arguments, cli
from summarizer.errors import OutputUnwritable
from summarizer.store import BRIEFS, FAILURES, Store, read_briefs


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "خبر اليوم.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    return cli.main([str(a) for a in arguments])


def stdin(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))


def test_brief_writes_what_it_promises(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "out"
    assert run("brief", page, "--output", output, "--format", "jsonl,html,csv,md,docx") == 0
    assert sorted(p.name for p in output.iterdir()) == sorted(f"briefs.{f}" for f in arguments.FORMATS)
    (brief,) = read_briefs(output / BRIEFS)
    assert len(brief.sentences) == 3 and all(p.en for p in brief.sentences)
    assert "1 stories from 1 pages" in capsys.readouterr().err


def test_a_second_brief_does_no_work(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("brief", page, "--output", tmp_path / "out") == 0
    before = (tmp_path / "out" / BRIEFS).read_bytes()
    assert run("brief", page, "--output", tmp_path / "out") == 0
    assert (tmp_path / "out" / BRIEFS).read_bytes() == before
    assert "1 pages were done before" in capsys.readouterr().err


def test_a_failed_input_is_exit_1_and_named(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    missing = tmp_path / "missing.txt"
    assert run("brief", page, tmp_path / "empty.txt", missing, "--output", tmp_path / "out") == 1
    lines = (tmp_path / "out" / FAILURES).read_text(encoding="utf-8").splitlines()
    assert {Path(json.loads(line)["source"]).name for line in lines} == {"empty.txt", "missing.txt"}
    told = capsys.readouterr().err
    assert "empty.txt is empty" in told and "No such file or folder" in told and "; 2 failed." in told
    assert len(list(read_briefs(tmp_path / "out" / BRIEFS))) == 1


def test_a_full_disk_is_exit_1_and_told_once(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(self: Store, brief: object) -> None:
        raise OutputUnwritable(path=tmp_path / "out" / BRIEFS, detail="No space left on device")

    monkeypatch.setattr(Store, "append", full)
    assert run("brief", page, "--output", tmp_path / "out") == 1
    told = capsys.readouterr().err
    assert told.count("No space left on device") == 1 and BRIEFS in told
    assert not (tmp_path / "out" / "briefs.html").exists()


def test_an_address_without_ray_is_exit_2(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("brief", page, "--output", tmp_path / "out", "--address", "10.0.0.1:6379") == 2
    assert "--engine ray" in capsys.readouterr().err


def test_ray_is_asked_for_before_anything_is_loaded(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("summarizer.toolbox.load_tools", lambda *_, **__: pytest.fail("loaded"))
    assert run("brief", page, "--output", tmp_path / "out", "--engine", "ray") == 2
    assert "mukhtasar[distributed]" in capsys.readouterr().err


def test_brief_reads_a_page_from_stdin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, PAGE)
    assert run("brief", "-", "--output", tmp_path / "out", "--quiet") == 0
    assert [b.source for b in read_briefs(tmp_path / "out" / BRIEFS)] == ["<stdin>"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("brief",),
        ("brief", "x.txt"),
        ("brief", "x.txt", "-o", "y", "--format", "pdf"),
        ("brief", "x.txt", "-o", "y", "--max-words", "0"),
        ("brief", "x.txt", "-o", "y", "--resume", "--overwrite"),
        ("nonsense",),
    ],
)
def test_wrong_usage_is_exit_2(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 2
    assert "usage: mukhtasar" in capsys.readouterr().err


def test_an_unknown_model_is_exit_2(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("brief", page, "-o", tmp_path / "out", "--translator", "nonsuch") == 2
    assert "opus-mt" in capsys.readouterr().err


def test_translate_gives_line_for_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    stdin(monkeypatch, "وزارة الصحة\n\nوصل الوزير. وغادر الوفد.\n \nمستشفى")
    assert run("translate") == 0
    lines = capsys.readouterr().out.split("\n")
    assert [bool(line) for line in lines] == [True, False, True, False, True, False]
    assert not any("\u0600" <= c <= "\u06ff" for c in "".join(lines))


def test_summarize_prints_arabic(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("summarize", page, "--max-sentences", 1) == 0
    assert "افتتحت وزارة الصحة" in capsys.readouterr().out


def test_summarize_many(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    records = [{"id": 7, "text": PAGE}, {"id": "x", "text": "English."}, {"id": 9}, {"id": 8, "text": PAGE}]
    stdin(monkeypatch, "\n".join(json.dumps(r) for r in records) + "\nnot json\n")
    assert run("summarize", "--jsonl") == 1
    result = capsys.readouterr()
    answers = [json.loads(line) for line in result.out.splitlines()]
    assert [a["id"] for a in answers] == [7, 8]
    assert all(set(a) == {"id", "summary", "sentences"} and a["summary"] and a["sentences"] for a in answers)
    assert [n in result.err for n in ("line 2", "line 3", "line 5")] == [True, True, True]


def test_models_lists_every_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("models") == 0
    told = capsys.readouterr().out
    assert "embedded" in told and "nllb-600m" in told and "CC-BY-NC-4.0" in told
    assert run("models", "--json") == 0
    assert all("licence" in json.loads(line) for line in capsys.readouterr().out.splitlines())


def test_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    assert "examples:" in capsys.readouterr().out


def _command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "summarizer", *(str(a) for a in arguments)]


def _folder(path: Path, pages: int) -> Path:
    path.mkdir()
    for number in range(pages):
        (path / f"{number:03}.txt").write_text(PAGE.replace("25", str(number + 30)), encoding="utf-8")
    return path


def test_sigterm_finishes_the_group_in_hand(tmp_path: Path) -> None:
    pages = _folder(tmp_path / "pages", 400)
    output = tmp_path / "out"
    process = subprocess.Popen(_command("brief", pages, "-o", output), stderr=subprocess.PIPE, text=True)
    while not (output / BRIEFS).exists() or not (output / BRIEFS).stat().st_size:
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=60)
    assert process.returncode == cli.TERMINATED
    assert "the same command goes on from here" in told
    assert (output / "briefs.html").exists()
    assert 0 < len(list(read_briefs(output / BRIEFS))) < 400


@pytest.mark.slow
def test_killed_twenty_times_and_resumed_gives_the_same_bytes(tmp_path: Path) -> None:
    import random

    pages = _folder(tmp_path / "pages", 300)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    start = time.monotonic()
    subprocess.run(_command("brief", pages, "-o", tmp_path / "whole", "-q"), env=environment, check=True)
    whole = time.monotonic() - start
    dice = random.Random(20)
    for kill in range(20):
        output = tmp_path / f"killed-{kill}"
        process = subprocess.Popen(_command("brief", pages, "-o", output, "-q"), env=environment)
        time.sleep(dice.uniform(0, whole))
        process.kill()
        process.wait()
        subprocess.run(_command("brief", pages, "-o", output, "-q"), env=environment, check=True)
        for name in (BRIEFS, "briefs.html"):
            assert (output / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
