"""The command: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from perfect import SUDAN, briefs, translated

from evaluation.__main__ import main
from evaluation.references import load_references
from summarizer.records import Brief


def save(made: Sequence[Brief], path: Path) -> Path:
    path.write_text("".join(json.dumps(b.to_dict(), ensure_ascii=False) + "\n" for b in made), encoding="utf-8")
    return path


def test_score_prints_and_writes_and_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = save(briefs([SUDAN]), tmp_path / "briefs.jsonl")
    assert main(["--briefs", str(run), "--output", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr().out
    assert "Scored: 1 pages, 1 stories, 7 sentences" in printed
    assert "Not in these briefs, so not scored: algeria-flu" in printed
    assert "100.0" in printed
    assert (tmp_path / "out" / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_compare_reads_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a").mkdir()
    save(briefs([SUDAN]), tmp_path / "a" / "briefs.jsonl")
    other = save(translated(lambda p: p.en.upper(), [SUDAN]), tmp_path / "b.jsonl")
    assert main(["compare", str(tmp_path / "a"), str(other)]) == 0
    assert "too few stories to tell" in capsys.readouterr().out


def test_the_gate_from_update_to_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = [page for page in load_references() if page.is_seed]
    good = save(briefs(pages), tmp_path / "good.jsonl")
    bad = save(translated(lambda p: p.en.replace("0", "7"), pages), tmp_path / "bad.jsonl")
    gate = ["gate", "--baseline", str(tmp_path / "b.json"), "--briefs"]
    assert main([*gate, str(good)]) == 2
    assert main([*gate, str(good), "--update"]) == 0
    assert main([*gate, str(good)]) == 0
    assert main([*gate, str(bad)]) == 1
    assert "The gate failed: " in capsys.readouterr().out
    assert main([*gate, str(bad), "--update"]) == 2
    assert main([*gate, str(bad), "--update", "--allow-regression"]) == 0


def test_an_empty_run_fails_the_gate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = [page for page in load_references() if page.is_seed]
    floors = str(tmp_path / "b.json")
    good = save(briefs(pages), tmp_path / "good.jsonl")
    assert main(["gate", "--baseline", floors, "--briefs", str(good), "--update"]) == 0
    assert main(["gate", "--baseline", floors, "--briefs", str(save([], tmp_path / "empty.jsonl"))]) == 1
    assert main(["gate", "--baseline", floors, "--briefs", str(save(briefs(pages[1:]), tmp_path / "few.jsonl"))]) == 1
    assert "it holds no brief" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (None, "there is no such file"),
        ("{}", "line 1: no field 'id'"),
        ("{", "line 1: "),
    ],
)
def test_bad_briefs_are_named(
    line: str | None, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "briefs.jsonl"
    if line is not None:
        path.write_text(line + "\n")
    assert main(["--briefs", str(path)]) == 2
    error = capsys.readouterr().err
    assert str(path) in error
    assert message in error


def test_a_brief_of_an_unknown_story_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from dataclasses import replace

    path = save([replace(briefs([SUDAN])[0], source="other.txt")], tmp_path / "briefs.jsonl")
    assert main(["--briefs", str(path)]) == 2
    assert "source: 'other' has no reference" in capsys.readouterr().err
