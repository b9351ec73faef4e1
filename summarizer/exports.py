"""Briefs as one zip: every format of the whole, and each story as .docx and .md."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from summarizer import writers
from summarizer.records import Brief

# What no file name may hold on Windows, and what would leave the folder a zip is opened in.
UNSAFE_IN_NAMES = re.compile(r"[\x00-\x1f<>:\"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
LONGEST_NAME = 60


def write_zip(briefs: Sequence[Brief], path: Path, *, failures: Mapping[str, str] | None = None) -> Path:
    """briefs.jsonl/html/csv/md, stories/*.docx and *.md, and failures.txt when there are any."""
    with TemporaryDirectory() as folder, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("briefs.jsonl", _json_lines(briefs))
        for suffix in ("html", "csv", "md"):
            file = Path(folder, f"briefs.{suffix}")
            writers.WRITERS[suffix](briefs, file)
            archive.write(file, file.name)
        for name, brief in story_names(briefs).items():
            for suffix in ("docx", "md"):
                file = Path(folder, f"story.{suffix}")
                writers.WRITERS[suffix]([brief], file)
                archive.write(file, f"stories/{name}.{suffix}")
        if failures:
            archive.writestr("failures.txt", "".join(f"{name}: {why}\n" for name, why in failures.items()))
    return path


def _json_lines(briefs: Iterable[Brief]) -> str:
    return "".join(json.dumps(brief.to_dict(), ensure_ascii=False) + "\n" for brief in briefs)


def story_names(briefs: Iterable[Brief]) -> dict[str, Brief]:
    """A file name without suffix for each story: its page's name and its place on the page, each once."""
    names: dict[str, Brief] = {}
    for brief in briefs:
        name = stem = f"{safe_name(Path(brief.source).stem)}-{brief.story}"
        number = 1
        while name in names:
            number += 1
            name = f"{stem} ({number})"
        names[name] = brief
    return names


def safe_name(name: str) -> str:
    """A name fit for a file on any system, Arabic letters kept."""
    name = UNSAFE_IN_NAMES.sub(" ", name).strip(" .")[:LONGEST_NAME].strip(" .")
    return name or "page"
