"""Briefs of the reference pages, made here as `mukhtasar brief` makes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from evaluation.errors import NothingToScore
from evaluation.references import ROOT, PageReference
from summarizer.records import Brief, Page, Settings

BRIEFS = "briefs.jsonl"


def read_pages(references: Sequence[PageReference], root: Path = ROOT) -> list[Page]:
    """The pages as a user's files are read, called by their path from the root."""
    from dataclasses import replace

    from summarizer.readers import read_page

    return [replace(read_page(root / page.page), source=page.page) for page in references]


def make_briefs(
    references: Sequence[PageReference],
    folder: Path,
    settings: Settings | None = None,
    *,
    allow_download: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Write ``folder/briefs.jsonl``; whatever was there before is replaced. Return its path."""
    from summarizer.batch import write_briefs
    from summarizer.store import Store
    from summarizer.toolbox import load_tools

    settings = settings or Settings()
    tools = load_tools(settings, allow_download=allow_download, progress=progress)
    # Overwritten: a brief is current by its settings and weights, and here it is the code that changed.
    with Store(folder, overwrite=True) as sink:
        report = write_briefs(read_pages(references), sink, tools=tools, settings=settings)
    if not report.stories and not (folder / BRIEFS).stat().st_size:
        raise NothingToScore(path=folder, detail="; ".join(map(str, report.failures)) or "no page gave a story")
    return folder / BRIEFS


def load_briefs(path: Path) -> list[Brief]:
    """The briefs of a file, or of a folder's briefs.jsonl. Raises NothingToScore, OutputDamaged."""
    from summarizer.store import read_briefs

    path = path / BRIEFS if path.is_dir() else path
    if not path.is_file():
        raise NothingToScore(path=path, detail="there is no such file")
    briefs = list(read_briefs(path))
    if not briefs:
        raise NothingToScore(path=path, detail="it holds no brief")
    return briefs


def load_chosen(path: Path, chosen: Sequence[PageReference], known: Sequence[PageReference]) -> list[Brief]:
    """Those of :func:`load_briefs` that are of the chosen pages, or of no known page, for :func:`align` to refuse."""
    left_out = {page.name for page in known} - {page.name for page in chosen}
    briefs = [brief for brief in load_briefs(path) if Path(brief.source).stem not in left_out]
    if not briefs:
        raise NothingToScore(path=path, detail="it holds no brief of the pages chosen")
    return briefs
