from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from fakes import PAGE, tools

from summarizer import exports
from summarizer.briefs import brief_page
from summarizer.records import Brief, Page, Settings


@pytest.fixture(scope="module")
def brief() -> Brief:
    return brief_page(Page("صفحة/خبر اليوم.txt", PAGE), tools(), Settings())[0]


def test_the_zip_holds_every_format_and_each_story(brief: Brief, tmp_path: Path) -> None:
    briefs = [brief, replace(brief, story=2, id=brief.id[:-1] + "2")]
    path = exports.write_zip(briefs, tmp_path / "all.zip", failures={"bad.txt": "فارغ"})
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {
            "briefs.jsonl", "briefs.html", "briefs.csv", "briefs.md", "failures.txt",
            "stories/خبر اليوم-1.docx", "stories/خبر اليوم-1.md", "stories/خبر اليوم-2.docx", "stories/خبر اليوم-2.md",
        }  # fmt: skip
        lines = archive.read("briefs.jsonl").decode().splitlines()
        assert [Brief.from_dict(json.loads(line)) for line in lines] == briefs
        assert archive.read("failures.txt").decode() == "bad.txt: فارغ\n"
        (tmp_path / "story.docx").write_bytes(archive.read("stories/خبر اليوم-1.docx"))
    assert brief.headline in "".join(p.text for p in docx.Document(str(tmp_path / "story.docx")).paragraphs)


def test_nothing_is_left_beside_the_zip(brief: Brief, tmp_path: Path) -> None:
    exports.write_zip([brief], tmp_path / "all.zip")
    assert [p.name for p in tmp_path.iterdir()] == ["all.zip"]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("../../etc/passwd", "passwd-1"),
        ("a:b*c?.txt", "a b c-1"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe", "gpj-1"),
        ("...", "page-1"),
        ("x" * 300 + ".txt", "x" * 60 + "-1"),
        ("خبر.txt", "خبر-1"),
    ],
)
def test_a_hostile_source_makes_a_harmless_name(brief: Brief, source: str, name: str) -> None:
    assert list(exports.story_names([replace(brief, source=source)])) == [name]


def test_no_story_overwrites_another(brief: Brief) -> None:
    assert list(exports.story_names([brief, brief])) == ["خبر اليوم-1", "خبر اليوم-1 (2)"]
