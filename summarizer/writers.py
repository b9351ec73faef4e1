"""Briefs as files people open: HTML, Markdown, CSV, Word. JSON lines are written by ``store.py``.

Every file is complete or absent: written beside its place, then renamed.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from summarizer import checks
from summarizer.errors import OutputUnwritable
from summarizer.records import Brief, Flag, Pair
from summarizer.store import BRIEFS, read_briefs

CSV_COLUMNS: dict[str, Callable[[Brief], object]] = {
    "source": lambda b: b.source,
    "story": lambda b: b.story,
    "headline": lambda b: b.headline,
    "headline_en": lambda b: b.headline_en,
    "published": lambda b: b.published,
    "byline": lambda b: b.byline,
    "dateline": lambda b: b.dateline,
    "summary_ar": lambda b: b.summary_ar,
    "summary_en": lambda b: b.summary_en,
    "text_ar": lambda b: "\n".join(p.text for p in b.paragraphs),
    "translation_en": lambda b: "\n".join(b.translation_en),
    "doubts": lambda b: "\n".join(f"{number}. {reason}" for number, reason in doubts(b)),
    "id": lambda b: b.id,
}
# A cell that opens with one of these is run as a formula by spreadsheet programs.
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_OPENERS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
MARKDOWN_SPECIAL = str.maketrans({c: f"\\{c}" for c in r"\`*_{}[]<>#|~"})


def doubts(brief: Brief) -> list[tuple[int, str]]:
    """Every flagged sentence: its 1-based number in the story and the reason in words."""
    return [(n, explain(f)) for n, pair in enumerate(brief.sentences, start=1) for f in pair.flags]


def explain(flag: Flag, language: str = "en") -> str:
    """A flag in words, English or Arabic."""
    words = checks.CODES[flag.code][0 if language == "en" else 1] if flag.code in checks.CODES else flag.code
    return f"{words.removesuffix('.')}: {flag.detail}" if flag.detail else words


@contextmanager
def replacing(path: Path, **options: Any) -> Iterator[IO[Any]]:
    """Open a file beside ``path`` for writing and put it in place when all went well."""
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with temporary.open(**options) as file:
            yield file
        temporary.replace(path)
    except OSError as error:
        raise OutputUnwritable(path=path, detail=error.strerror or error) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_csv(briefs: Iterable[Brief], path: Path) -> None:
    """One row a story. The byte-order mark is what makes Excel read UTF-8."""
    with replacing(path, mode="w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(CSV_COLUMNS)
        for brief in briefs:
            rows.writerow([_cell(value(brief)) for value in CSV_COLUMNS.values()])


def _cell(value: object) -> object:
    if isinstance(value, str) and value.lstrip().startswith(FORMULA_OPENERS):
        return "'" + value
    return value


def write_markdown(briefs: Iterable[Brief], path: Path) -> None:
    """Summaries and sentence-by-sentence tables; Arabic in ``dir="rtl"`` blocks, which GitHub and pandoc keep."""
    with replacing(path, mode="w", encoding="utf-8", newline="\n") as file:
        file.write("# مختصر · Mukhtasar\n")
        for brief in briefs:
            file.write(markdown(brief))


def markdown(brief: Brief) -> str:
    """One brief as a Markdown section."""
    lines = [f"\n## {_escape(brief.headline_en or brief.source)}\n"]
    if brief.headline:
        lines.append(_rtl(f"<strong>{_html(brief.headline)}</strong>"))
    facts = [brief.source, brief.published, brief.dateline, brief.byline]
    lines.append(" · ".join(_escape(fact) for fact in facts if fact) + "\n")
    lines += [_rtl(_html(brief.summary_ar)), _escape(brief.summary_en) + "\n"]
    lines += ["| | English | العربية |", "|--:|:--|--:|", *map(_markdown_row, itertools.count(1), brief.sentences), ""]
    lines += [f"- ⚠ {number}: {_escape(reason)}" for number, reason in doubts(brief)]
    return "\n".join(lines) + "\n"


def _markdown_row(number: int, pair: Pair) -> str:
    mark = " ⚠" if pair.flags else ""
    return f"| {number}{mark} | {_escape(pair.en)} | {_escape(pair.ar)} |"


def _escape(text: str) -> str:
    return text.translate(MARKDOWN_SPECIAL).replace("\n", " ")


def _html(text: str) -> str:
    from markupsafe import escape

    return str(escape(text)).replace("\n", " ")


def _rtl(inner: str) -> str:
    return f'<p dir="rtl" lang="ar">{inner}</p>\n'


def write_html(briefs: Iterable[Brief], path: Path) -> None:
    """One self-contained page: nothing is loaded from anywhere, every text is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("summarizer"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["explain"] = explain
    template = environment.get_template("briefs.html")
    with replacing(path, mode="w", encoding="utf-8", newline="\n") as file:
        # Generated piece by piece: a page of ten thousand stories is never one string in memory.
        file.writelines(template.generate(briefs=briefs))


def write_docx(briefs: Iterable[Brief], path: Path) -> None:
    """A Word document: summaries, then a two-column table of sentences."""
    from summarizer.word import build

    with replacing(path, mode="wb") as file:
        build(briefs).save(file)


WRITERS: dict[str, Callable[[Iterable[Brief], Path], None]] = {
    "html": write_html,
    "csv": write_csv,
    "md": write_markdown,
    "docx": write_docx,
}
FORMATS = ("jsonl", *WRITERS)


def write_formats(folder: Path, formats: Iterable[str]) -> list[Path]:
    """Write ``briefs.<format>`` beside ``briefs.jsonl`` for each format asked for; return what was written."""
    written = [folder / BRIEFS]
    for name in formats:
        if name != "jsonl":
            path = folder / f"briefs.{name}"
            WRITERS[name](read_briefs(folder / BRIEFS), path)
            written.append(path)
    return written
