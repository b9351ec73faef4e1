"""Readers of public test sets, each in the format it is published in.

Nothing is downloaded. A set is given by its folder or file; what doesn't look like the published format raises
DataWrong, which says what was looked for.
"""

from __future__ import annotations

import csv
import json
import lzma
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from evaluation.errors import DataWrong


@dataclass(frozen=True, slots=True)
class ParallelItem:
    ar: str
    en: str


@dataclass(frozen=True, slots=True)
class SummaryItem:
    key: str
    title: str
    text: str
    summaries: tuple[str, ...]


Item = ParallelItem | SummaryItem


@dataclass(frozen=True, slots=True)
class TestSet:
    """``sentences`` and ``words`` limit a summary; ``share`` limits it to a part of the text's words instead."""

    name: str
    job: Literal["translate", "summarize"]
    format: str
    read: Callable[[Path], Iterator[Item]]
    sentences: int = 1
    words: int = 60
    share: float = 0.0

    def load(self, path: Path, limit: int | None = None) -> list[Any]:
        """The items, all or the first few. Raises DataWrong."""
        if not path.exists():
            raise self.wrong(path, "the path", "there is no such file or folder")
        try:
            items = [item for _, item in zip(range(limit or 10**9), self.read(path), strict=False)]
        except _Format as error:
            raise self.wrong(error.path, error.field, error.detail) from None
        except (OSError, UnicodeDecodeError, lzma.LZMAError) as error:
            raise self.wrong(path, "the file", str(error)) from None
        if not items:
            raise self.wrong(path, "the file", "holds no item")
        return items

    def wrong(self, path: Path, field: str, detail: str) -> DataWrong:
        return DataWrong(path=path, field=field, detail=detail, name=self.name, format=self.format)


class _Format(Exception):
    def __init__(self, path: Path, field: str, detail: str) -> None:
        self.path, self.field, self.detail = path, field, detail


# -- translation ------------------------------------------------------------------------------------------------


def _flores(path: Path) -> Iterator[Item]:
    """flores200_dataset, its devtest or dev folder; or a pair of files X.ar and X.en."""
    return _lines(*_first_pair(path, [
        ("devtest/arb_Arab.devtest", "devtest/eng_Latn.devtest"),
        ("arb_Arab.devtest", "eng_Latn.devtest"),
        ("dev/arb_Arab.dev", "dev/eng_Latn.dev"),
        ("arb_Arab.dev", "eng_Latn.dev"),
        ("flores-dev.ar", "flores-dev.en"),
    ]))  # fmt: skip


def _ntrex(path: Path) -> Iterator[Item]:
    return _lines(*_first_pair(path, [
        ("NTREX-128/newstest2019-ref.arb.txt", "NTREX-128/newstest2019-src.eng.txt"),
        ("newstest2019-ref.arb.txt", "newstest2019-src.eng.txt"),
    ]))  # fmt: skip


def _first_pair(folder: Path, names: Sequence[tuple[str, str]]) -> tuple[Path, Path]:
    for arabic, english in names:
        if (folder / arabic).is_file() and (folder / english).is_file():
            return folder / arabic, folder / english
    raise _Format(folder, "the files", f"neither {' and '.join(names[0])} nor another known pair is there")


def _lines(arabic: Path, english: Path) -> Iterator[Item]:
    left, right = (p.read_text(encoding="utf-8").rstrip("\n").split("\n") for p in (arabic, english))
    if len(left) != len(right):
        raise _Format(arabic, "the lines", f"{len(left)} here, {len(right)} in {english.name}")
    for number, (ar, en) in enumerate(zip(left, right, strict=True), start=1):
        if not ar.strip() or not en.strip():
            raise _Format(arabic if not ar.strip() else english, f"line {number}", "is empty")
        yield ParallelItem(ar.strip(), en.strip())


TICO_COLUMNS = (
    "sourceLang",
    "targetLang",
    "sourceString",
    "targetString",
    "stringID",
    "url",
    "license",
    "translatorId",
)


def _tico(path: Path) -> Iterator[Item]:
    """test/test.en-ar.tsv of the tico19-testset: a head line, then tabs between eight columns."""
    known = [
        path,
        path / "test" / "test.en-ar.tsv",
        path / "test.en-ar.tsv",
        path / "tico19-testset/test/test.en-ar.tsv",
    ]
    file = next((p for p in known if p.is_file()), None)
    if file is None:
        raise _Format(path, "the file", "test.en-ar.tsv is not there")
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        for number, row in enumerate(rows, start=1):
            if number == 1 and row[:2] == list(TICO_COLUMNS[:2]):
                continue
            if len(row) < 4:
                raise _Format(file, f"line {number}", f"has {len(row)} columns, not {len(TICO_COLUMNS)}")
            if not row[1].startswith("ar"):
                raise _Format(file, f"line {number}, targetLang", f"is {row[1]!r}, not Arabic")
            yield ParallelItem(row[3], row[2])


def _tabbed(path: Path) -> Iterator[Item]:
    """Arabic, tab, English, and perhaps more columns: the development set of this project."""
    for number, line in enumerate(_text_lines(path), start=1):
        columns = line.rstrip("\n").split("\t")
        if len(columns) < 2 or not columns[0].strip() or not columns[1].strip():
            raise _Format(path, f"line {number}", "is not Arabic, tab, English")
        yield ParallelItem(columns[0], columns[1])


# -- summaries --------------------------------------------------------------------------------------------------


def _jsonl(path: Path) -> Iterator[Item]:
    """JSON lines with id, title, text, summary: XL-Sum's arabic_test.jsonl, and sets kept in the same form."""
    for number, line in enumerate(_text_lines(path), start=1):
        try:
            row = json.loads(line)
            yield SummaryItem(str(row["id"]), str(row.get("title", "")), str(row["text"]), (str(row["summary"]),))
        except KeyError as error:
            raise _Format(path, f"line {number}", f"no field {error}") from None
        except (ValueError, TypeError, AttributeError) as error:
            raise _Format(path, f"line {number}", f"is no JSON object: {error}") from None


def _xlsum(path: Path) -> Iterator[Item]:
    return _jsonl(path / "arabic_test.jsonl" if path.is_dir() else path)


def _text_lines(path: Path) -> Iterator[str]:
    if not path.is_file():
        raise _Format(path, "the file", "is not there")
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        yield from (line for line in lines if line.strip())


def _easc(path: Path) -> Iterator[Item]:
    """EASC-UTF-8: Articles/Topic*/*.txt, and the five people's extracts in MTurk/Topic*/*.A."""
    root = next(
        (p for p in (path, path / "EASC-UTF-8", path / "EASC" / "EASC-UTF-8") if (p / "Articles").is_dir()), None
    )
    if root is None:
        raise _Format(path, "the folder", "there is no Articles folder")
    topics = sorted((p for p in (root / "Articles").iterdir() if p.is_dir()), key=_topic_number)
    for topic in topics:
        articles = [p for p in sorted(topic.iterdir()) if p.suffix.lower() == ".txt"]
        extracts = sorted((root / "MTurk" / topic.name).glob("*.A"))
        if len(articles) != 1 or not extracts:
            raise _Format(
                topic, "the files", f"{len(articles)} articles, {len(extracts)} extracts; one and some wanted"
            )
        text = _decoded(articles[0])
        yield SummaryItem(topic.name, "", text, tuple(_decoded(p) for p in extracts))


def _topic_number(path: Path) -> tuple[int, str]:
    digits = re.sub(r"\D", "", path.name)
    return int(digits or 0), path.name


def _decoded(path: Path) -> str:
    # A few files of the "UTF-8" edition are in the older Arabic code page.
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return data.decode("cp1256").strip()


_DOC = re.compile(r"<DOC>(.*?)</DOC>", re.DOTALL)
ANT_SOURCES = {"BBC": "BB-", "France24": "FR-"}


def _ant(source: str) -> Callable[[Path], Iterator[Item]]:
    """Articles of one source: a folder of the corpus' <DOC> files, or JSON lines made from them."""

    def read(path: Path) -> Iterator[Item]:
        if path.is_file() and ".jsonl" in path.name:
            return _jsonl(path)
        files = sorted(p for p in path.rglob(f"{ANT_SOURCES[source]}*") if p.is_file()) if path.is_dir() else [path]
        return (item for file in files for item in _documents(file))

    return read


def _documents(file: Path) -> Iterator[Item]:
    documents = _DOC.findall(file.read_text(encoding="utf-8"))
    if not documents:
        raise _Format(file, "<DOC>", "there is none")
    for document in documents:
        fields = {tag: _tag(file, document, tag) for tag in ("DOCNO", "TITLE", "ABSTRACT", "TEXT")}
        yield SummaryItem(fields["DOCNO"], fields["TITLE"], fields["TEXT"], (fields["ABSTRACT"],))


def _tag(file: Path, document: str, tag: str) -> str:
    match = re.search(rf"<{tag}>(.*?)</{tag}>", document, re.DOTALL)
    if not match or not match[1].strip():
        raise _Format(file, f"<{tag}>", "is missing or empty")
    return match[1].strip()


_DOCS = "<DOC> files of antcorpus.multisource.data, or JSON lines with id, title, text, summary"
_SETS = (
    TestSet("flores-200", "translate", "devtest/arb_Arab.devtest and devtest/eng_Latn.devtest (or dev)", _flores),
    TestSet("ntrex-128", "translate", "newstest2019-ref.arb.txt and newstest2019-src.eng.txt", _ntrex),
    TestSet("tico-19", "translate", f"test.en-ar.tsv: {', '.join(TICO_COLUMNS)}", _tico),
    TestSet("news-dev", "translate", "Arabic, tab, English", _tabbed),
    TestSet("xlsum-arabic", "summarize", "arabic_test.jsonl: id, url, title, summary, text", _xlsum),
    TestSet("easc", "summarize", "EASC-UTF-8/Articles/Topic*/*.txt and MTurk/Topic*/*.A", _easc, 100, 10**6, 0.3),
    TestSet("ant-bbc", "summarize", _DOCS, _ant("BBC")),
    TestSet("ant-france24", "summarize", _DOCS, _ant("France24")),
)
SETS: dict[str, TestSet] = {test_set.name: test_set for test_set in _SETS}
