"""The order of imports that DESIGN draws: a module imports only from rows above its own."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "summarizer"
ROWS = (
    {"records", "errors", "arabic", "generation"},
    # tables and their readers
    {"newswords", "numberwords", "openings", "stops", "decoding", "languages", "spelling", "lexicon"},
    {"mastheads", "notices", "buttons", "cohesion", "clauses", "numbers", "names", "sentences", "standins"}
    | {"readers", "glossary"},
    {"furniture", "cues", "summarize", "checks"},
    {"lines", "boundaries"},
    {"surroundings"},
    {"layout"},
    {"pages", "models"},
    {"conversion"},
    {"engines"},
    {"pipelines"},
    {"translate"},
    {"briefs"},
    {"toolbox", "store", "word"},
    {"batch", "writers"},
    {"workers", "distributed", "exports", "session"},
    {"jobs", "wording", "comparing"},
    {"cards"},
    {"corrections"},
    {"view"},
    {"arguments"},
    {"cli"},
    {"__main__"},
)
ROW = {name: number for number, row in enumerate(ROWS) for name in row}
MODULES = sorted(path for path in PACKAGE.glob("*.py") if path.stem != "__init__")
VIEWS = sorted((PACKAGE / "view").glob("*.py"))


def imports_of(path: Path) -> set[str]:
    """Modules of the package that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.level == 1 or (node.module or "").startswith("summarizer")):
            module = (node.module or "").removeprefix("summarizer").strip(".")
            found |= {module.split(".")[0]} if module else {alias.name for alias in node.names}
    return found & set(ROW)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_imports_point_one_way(path: Path) -> None:
    assert path.stem in ROW, f"{path.name} has no row: draw it in ROWS and in DESIGN's table"
    wrong = {name for name in imports_of(path) if ROW[name] >= ROW[path.stem] and name != path.stem}
    assert not wrong


@pytest.mark.parametrize("path", [*MODULES, *VIEWS], ids=lambda p: p.stem)
def test_a_module_is_short_enough_to_read(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 400


@pytest.mark.parametrize("path", VIEWS, ids=lambda p: p.stem)
def test_views_import_from_above_only(path: Path) -> None:
    assert not {name for name in imports_of(path) if ROW[name] > ROW["view"]}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_widgets_are_in_one_place(path: Path) -> None:
    assert "gradio" not in {
        alias.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import)
        for alias in node.names
    }


@pytest.mark.parametrize("module", ["summarizer", "summarizer.cli", "summarizer.models", "summarizer.batch"])
def test_light_modules_import_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(sorted(sys.modules.keys() & {{'torch', 'transformers', 'gradio', 'rich'}}))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
