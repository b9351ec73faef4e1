"""Readers and decoding: every format, every encoding on long and short texts, and every way an input can be bad."""

from __future__ import annotations

import os
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from summarizer import decoding, readers
from summarizer.errors import (
    BinaryInput,
    DamagedFile,
    EmptyInput,
    InputTooLong,
    NothingToRead,
    PathMissing,
    TooLargeUnpacked,
    UnsupportedFormat,
)
from summarizer.readers import find_pages, read_bytes, read_page

NEWS = (
    "أعلنت وزارة الصحة اليوم عن افتتاح مستشفى جديد في المدينة. وقال الوزير إن المستشفى يضم 120 سريرا، "
    "ويقدم خدماته لجميع المواطنين من مختلف المناطق القريبة."
)
SHORT = "وزير الصحة يبحث التعاون مع فرنسا"
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "cp1256": "windows-1256",
    "iso8859-6": "iso-8859-6",
}


def read(data: bytes, suffix: str = ".txt"):
    return read_bytes(data, source="page", suffix=suffix)


@pytest.mark.parametrize("text", [NEWS, SHORT], ids=["paragraph", "headline"])
@pytest.mark.parametrize(("codec", "name"), ENCODINGS.items())
def test_encodings_are_told_apart(text, codec, name):
    page = read(text.replace("،", ",").encode(codec) if codec == "iso8859-6" else text.encode(codec))
    assert (page.text.replace(",", "،"), page.encoding) == (text, name)


def test_two_alphabets_share_bytes_and_the_words_decide():
    """Each of the two reads the other's bytes without an error, as letters that say nothing."""
    right, wrong = SHORT, SHORT.encode("iso8859-6").decode("cp1256")
    assert decoding.plausibility(right) > decoding.plausibility(wrong) + 0.1


def test_other_languages_are_decoded_not_mangled():
    text = "Министерство здравоохранения сообщило об открытии новой больницы в городе. " * 3
    page = read(text.encode("cp1251"))
    assert "здравоохранения" in page.text
    assert read(b"The minister met a delegation.").encoding == "utf-8"


@pytest.mark.parametrize("cut", [1, 40, 77])
def test_broken_utf8_is_refused_not_patched(cut):
    data = bytearray(NEWS.encode() * 3)
    data[cut * 2 + 1 : cut * 2 + 2] = b"\xff"
    with pytest.raises(DamagedFile, match="position"):
        read(bytes(data))


@pytest.mark.parametrize("data", [b"", b"  \n\t\r\n ", b"\xef\xbb\xbf", b"\xff\xfe", "\u00a0\u3000".encode()])
def test_empty(data):
    with pytest.raises(EmptyInput):
        read(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "PNG"),
        (b"\xff\xd8\xff\xe0" + b"JFIF" * 9, "JPEG"),
        (b"GIF89a" + b"x" * 40, "GIF"),
        (b"%PDF-1.7\n" + b"text " * 9, "PDF"),
        (b"PK\x03\x04" + bytes(40), "ZIP"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(20), "video"),
        (b"\x7fELF" + bytes(40), "program"),
        (bytes(range(256)) * 8, "binary data"),
        (b"some words\x00and more\x00\x01\x02" * 20, "binary data"),
        (b"\x01\x02\x03\x04\x05\x06 words " * 30, "binary data"),
    ],
)
def test_binary_is_named(data, kind):
    with pytest.raises(BinaryInput) as caught:
        read(data)
    assert kind in str(caught.value)


def test_unknown_kind_names_the_known_ones(tmp_path):
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(UnsupportedFormat) as caught:
        read_page(tmp_path / "page.pdf")
    assert all(suffix in str(caught.value) for suffix in readers.FORMATS)


def test_missing_path(tmp_path):
    with pytest.raises(PathMissing):
        read_page(tmp_path / "لا يوجد.txt")
    with pytest.raises(PathMissing):
        read_page(tmp_path)
    with pytest.raises(PathMissing):
        find_pages(tmp_path / "none")


def test_too_long(monkeypatch):
    monkeypatch.setattr(readers, "MAX_CHARACTERS", 50)
    with pytest.raises(InputTooLong, match="50"):
        read(NEWS.encode())


def test_five_megabytes_are_read_in_seconds():
    data = (NEWS + "\n").encode("cp1256") * (5_000_000 // len(NEWS))
    began = time.process_time()
    assert len(read(data).text) > 4_900_000
    assert time.process_time() - began < 5


def test_find_pages_sorts_and_skips(tmp_path):
    names = ["ب.txt", "a page.html", "z.docx", ".hidden.txt", "~$z.docx", "x.pdf", "noise", "UP.TXT"]
    for name in names:
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "c.md").write_text("x", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "d.txt").write_text("x", encoding="utf-8")
    flat = [p.name for p in find_pages(tmp_path)]
    assert flat == ["UP.TXT", "a page.html", "z.docx", "ب.txt"]
    assert {p.name for p in find_pages(tmp_path, recursive=True)} == {*flat, "c.md"}
    assert find_pages(tmp_path / "a page.html") == [tmp_path / "a page.html"]


def test_folder_without_pages(tmp_path):
    (tmp_path / "image.png").write_bytes(b"x")
    with pytest.raises(NothingToRead, match=r"\.docx"):
        find_pages(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(NEWS, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(DamagedFile):
        read_page(path)


ARTICLE = "".join(f"<p>{NEWS} الفقرة {i}.</p>" for i in range(6))
HTML = f"""<!doctype html><html lang="ar"><head><meta charset="{{charset}}"><title>{SHORT} | موقع الخبر</title>
<style>p {{{{color: red}}}}</style><script>var x = "لا يقرأ";</script></head><body>
<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">سياسة</a></li></ul></nav>
<main><h1>{SHORT}</h1><article>{ARTICLE}</article></main><footer>جميع الحقوق محفوظة</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_html_gives_headline_and_article(charset):
    page = read(HTML.format(charset=charset).encode(charset), ".html")
    lines = [line for line in page.text.split("\n") if line.strip()]
    assert page.format == "html"
    assert lines[0] == SHORT
    assert sum(NEWS in line for line in lines) == 6
    assert "لا يقرأ" not in page.text
    assert page.encoding == charset


def test_html_that_declares_a_wrong_charset_is_read_by_its_bytes():
    page = read(HTML.format(charset="iso-8859-1").encode("utf-8"), ".htm")
    assert NEWS in page.text
    page = read(HTML.format(charset="utf-8").encode("cp1256"), ".html")
    assert (NEWS in page.text, page.encoding) == (True, "windows-1256")


def test_html_keeps_every_article_of_a_page():
    articles = "".join(
        f"<article><h2>خبر رقم {i}</h2>" + f"<p>{NEWS} هذا هو الخبر {i} من الصفحة.</p>" * 2 + "</article>"
        for i in range(5)
    )
    text = read(f"<html><body>{articles}</body></html>".encode(), ".html").text
    assert all(f"الخبر {i} من" in text for i in range(5))


def test_html_without_an_article_falls_back_to_its_text():
    text = read("<html><body><div>خبر عاجل من دمشق<br>سطر ثان</div></body></html>".encode(), ".html").text
    assert "خبر عاجل من دمشق\nسطر ثان" in text


def test_markdown_loses_its_marks_and_no_word():
    source = (
        f"---\ntitle: x\n---\n# {SHORT}\n\n**{NEWS}** انظر [الرابط](http://x.y/z) و*مائلة*.\n\n"
        "- بند أول\n- بند ثان\n\n---\n> اقتباس\n"
    )
    page = read(source.encode(), ".md")
    lines = [line for line in page.text.split("\n") if line.strip()]
    assert lines == [SHORT, f"{NEWS} انظر الرابط ومائلة.", "- بند أول", "- بند ثان", "اقتباس"]


def docx(*, table: bool = False) -> bytes:
    from docx import Document

    document = Document()
    document.add_heading(SHORT, level=1)
    document.add_paragraph(NEWS)
    if table:
        cells = document.add_table(rows=1, cols=2).rows[0].cells
        cells[0].text, cells[1].text = "خلية أولى", "خلية ثانية"
    document.add_paragraph("بند", style="List Bullet")
    document.add_paragraph("خاتمة الخبر.")
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_docx_in_order_with_tables():
    page = read(docx(table=True), ".docx")
    lines = [line for line in page.text.split("\n") if line.strip()]
    assert lines == [SHORT, NEWS, "خلية أولى", "خلية ثانية", "• بند", "خاتمة الخبر."]
    assert (page.format, page.encoding) == ("docx", "unicode")


def test_damaged_docx():
    with pytest.raises(DamagedFile):
        read(docx()[:900], ".docx")
    other = BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "no document")
    with pytest.raises(DamagedFile):
        read(other.getvalue(), ".docx")
    with pytest.raises(BinaryInput, match="old office"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), ".docx")


def test_a_docx_that_unpacks_to_more_than_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(readers, "MAX_UNPACKED_MEGABYTES", 1)
    bomb = BytesIO(docx())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/big.xml", bytes(3 << 20))
    assert len(bomb.getvalue()) < 100_000
    with pytest.raises(TooLargeUnpacked, match="3 megabytes; at most 1"):
        read(bomb.getvalue(), ".docx")


def test_docx_named_txt_is_told():
    with pytest.raises(BinaryInput, match="office document"):
        read(docx())


def test_seeds_are_read_as_they_are():
    seeds = find_pages(Path(__file__).parents[1] / "seeds")
    pages = [read_page(path) for path in seeds if path.suffix == ".txt"]
    assert len(pages) == 5
    assert all(p.text == Path(p.source).read_bytes().decode("utf-8-sig").replace("", "") for p in pages)


def test_files_about_a_folder_are_no_pages(tmp_path: Path) -> None:
    for name in ("README.md", "page.md", "LICENSE.txt"):
        (tmp_path / name).write_text("خبر", encoding="utf-8")
    assert [p.name for p in find_pages(tmp_path)] == ["page.md"]
    assert find_pages(tmp_path / "README.md") == [tmp_path / "README.md"]
