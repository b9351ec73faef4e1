"""``app.py`` and ``mukhtasar app``: arguments to launch, and what is said of strangers."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from summarizer import cli

pytest.importorskip("gradio")
from summarizer import view

APP = Path(__file__).parents[1] / "app.py"


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    given: dict[str, Any] = {}
    monkeypatch.setattr(view, "launch", given.update)
    return given


def run(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", [str(APP), *arguments])
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(APP), run_name="__main__")
    return int(left.value.code or 0)


def test_without_arguments_only_this_machine_is_served(
    launched: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch=monkeypatch) == cli.DONE
    assert {k: launched[k] for k in ("host", "port", "share", "auth")} == {
        "host": "127.0.0.1", "port": 7860, "share": False, "auth": None,
    }  # fmt: skip
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("arguments", [["--share"], ["--host", "0.0.0.0"]])
def test_opening_the_page_to_others_is_warned_about(
    arguments: list[str],
    launched: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(*arguments, monkeypatch=monkeypatch)
    assert "Nothing keeps them out: add --auth" in capsys.readouterr().err
    run(*arguments, "--auth", "me:secret", monkeypatch=monkeypatch)
    assert "They need the password." in capsys.readouterr().err
    assert launched["auth"] == ("me", "secret")


def test_a_password_can_lie_in_a_file(
    launched: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "auth").write_text("me:a:b\n")
    run("--auth", str(tmp_path / "auth"), monkeypatch=monkeypatch)
    assert launched["auth"] == ("me", "a:b")


@pytest.mark.parametrize("arguments", [["--auth", "nobody"], ["--port", "0"], ["--auth", ":x"]])
def test_wrong_arguments_are_refused(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(*arguments, monkeypatch=monkeypatch) == cli.USAGE


def test_a_port_in_use_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def taken(**_: Any) -> None:
        raise OSError("Cannot find empty port")

    monkeypatch.setattr(view, "launch", taken)
    assert run(monkeypatch=monkeypatch) == cli.USAGE
    assert "Choose another --port" in capsys.readouterr().err


def test_the_file_stays_thin() -> None:
    assert len(APP.read_text().splitlines()) < 200
