from __future__ import annotations

import csv
import html.parser
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import PAGE, doubting, tools

from summarizer import writers
from summarizer.briefs import brief_page
from summarizer.errors import OutputUnwritable
from summarizer.records import Brief, Page, Settings
from summarizer.store import BRIEFS, Store

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


@pytest.fixture(scope="module")
def brief() -> Brief:
    return brief_page(Page("a.txt", PAGE), tools(), Settings())[0]


@pytest.fixture(scope="module")
def hostile() -> Brief:
    (brief,) = brief_page(Page(f"{HOSTILE}.txt", PAGE), tools(translate={"en": doubting}), Settings())
    fields = ("headline", "headline_en", "published", "byline", "dateline", "summary_ar", "summary_en")
    return replace(brief, **dict.fromkeys(fields, "=cmd|' /C calc'!A0 " + HOSTILE))


class Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def written(writer: str, brief: Brief, folder: Path) -> Path:
    path = folder / f"briefs.{writer}"
    writers.WRITERS[writer](iter([brief]), path)
    assert [p.name for p in folder.iterdir()] == [path.name]  # no temporary file stays
    return path


@pytest.mark.parametrize("writer", sorted(writers.WRITERS))
def test_every_format_is_written(writer: str, brief: Brief, tmp_path: Path) -> None:
    assert written(writer, brief, tmp_path).stat().st_size > 200


def test_html_loads_nothing_and_runs_nothing(hostile: Brief, tmp_path: Path) -> None:
    text = written("html", hostile, tmp_path).read_text(encoding="utf-8")
    parser = Tags()
    parser.feed(text)
    assert not {tag for tag, _ in parser.seen} & {"script", "img", "link", "iframe", "object"}
    addresses = [v for _, attrs in parser.seen for k, v in attrs.items() if k in ("src", "href") and v]
    assert all(address.startswith("#") for address in addresses)
    assert not [k for _, attrs in parser.seen for k in attrs if k.startswith("on")]
    assert "url(" not in text


def test_html_sets_arabic_right_to_left(brief: Brief, tmp_path: Path) -> None:
    parser = Tags()
    parser.feed(written("html", brief, tmp_path).read_text(encoding="utf-8"))
    arabic = [attrs for _, attrs in parser.seen if attrs.get("lang") == "ar"]
    assert arabic and all(attrs.get("dir") == "rtl" for attrs in arabic if "dir" in attrs)


def test_html_tells_doubts_in_words(hostile: Brief, tmp_path: Path) -> None:
    text = written("html", hostile, tmp_path).read_text(encoding="utf-8")
    reason = writers.explain(hostile.sentences[0].flags[0])
    assert reason != "number-missing: 25" and "25" in reason
    assert text.count(reason) >= len(hostile.sentences)


def test_html_links_point_at_sentences(brief: Brief, tmp_path: Path) -> None:
    text = written("html", brief, tmp_path).read_text(encoding="utf-8")
    targets = set(re.findall(r'href="#([^"]+)"', text))
    assert targets and targets <= set(re.findall(r'id="([^"]+)"', text))


def test_csv_opens_in_excel_and_runs_no_formula(hostile: Brief, tmp_path: Path) -> None:
    path = written("csv", hostile, tmp_path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["headline"].startswith("'=cmd")
    assert not [cell for cell in row.values() if cell.startswith(writers.FORMULA_OPENERS)]


def test_markdown_keeps_one_row_a_sentence(hostile: Brief, tmp_path: Path) -> None:
    text = written("md", hostile, tmp_path).read_text(encoding="utf-8")
    assert len(re.findall(r"^\| \d+", text, flags=re.M)) == len(hostile.sentences)
    assert not re.search(r"(?<!\\)<(?:script|img)", text)  # \< is text to Markdown


def test_word_holds_every_sentence_right_to_left(brief: Brief, tmp_path: Path) -> None:
    import docx

    document = docx.Document(str(written("docx", brief, tmp_path)))
    cells = [[c.text for c in row.cells] for row in document.tables[0].rows]
    assert cells == [[p.en, p.ar] for p in brief.sentences]
    assert document.tables[0].rows[0].cells[1].paragraphs[0].runs[0].font.rtl


def test_a_failed_write_leaves_the_old_file(brief: Brief, tmp_path: Path) -> None:
    path = written("md", brief, tmp_path)
    before = path.read_text(encoding="utf-8")

    def broken() -> object:
        yield brief
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputUnwritable, match="No space left"):
        writers.write_markdown(broken(), path)  # type: ignore[arg-type]
    assert path.read_text(encoding="utf-8") == before
    assert len(list(tmp_path.iterdir())) == 1


def test_formats_are_written_beside_the_lines(brief: Brief, tmp_path: Path) -> None:
    with Store(tmp_path) as sink:
        sink.append(brief)
    paths = writers.write_formats(tmp_path, ("jsonl", "html", "csv"))
    assert [p.name for p in paths] == [BRIEFS, "briefs.html", "briefs.csv"]
    assert all(p.exists() for p in paths)
