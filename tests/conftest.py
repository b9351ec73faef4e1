"""What several files of tests share: tiny models made once a session, and a cache that is not the user's."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder with a tiny model of each kind in tiny.KINDS."""
    root = tmp_path_factory.mktemp("models")
    return {kind: tiny.make(kind, root / kind) for kind in tiny.KINDS}


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def cache(kept: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Converted weights are kept here for the session; the home directory stays untouched."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(kept))
    return kept
