"""Files and bytes -> Page: text of the page as printed, with its format and encoding. Nothing is cleaned here."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from .arabic import word_set
from .decoding import binary_kind, decode
from .errors import (
    BinaryInput,
    DamagedFile,
    EmptyInput,
    InputTooLong,
    NothingToRead,
    PathMissing,
    TooLargeUnpacked,
    UnsupportedFormat,
)
from .records import Page

MAX_CHARACTERS = 20_000_000  # about ten novels; beyond it the file is a dump, not a page
MAX_UNPACKED_MEGABYTES = 200  # of a Word document: a small file can be made to unpack to more than the memory
# Tags after which a browser starts a new line, and tags whose content nobody reads.
BLOCK_TAGS = word_set(
    "address article aside blockquote body br caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr li main nav ol option p pre section select table tbody td tfoot th thead title tr ul"
)
SPACED_TAGS = word_set("article blockquote figure h1 h2 h3 h4 h5 h6 main ol p section table ul")
SILENT_TAGS = word_set("script style noscript template svg iframe")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_PROSE_WORDS = 12  # a line this long is more likely an article's than a menu's
_KEPT_SHARE = 0.75  # of the page's prose lines that the extracted article must hold; else the whole page is taken


def read_page(path: Path) -> Page:
    """Read one file. Raises PathMissing, UnsupportedFormat, and what :func:`read_bytes` raises."""
    path = Path(path)
    if not path.is_file():
        raise PathMissing(path=path)
    _reader(path.suffix, str(path))  # an unknown kind is refused before a big file is read
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DamagedFile(source=path, detail=error.strerror or str(error)) from error
    return read_bytes(data, source=str(path), suffix=path.suffix)


def read_bytes(data: bytes, *, source: str, suffix: str = ".txt") -> Page:
    """Read what was given as bytes, such as standard input or an upload; ``suffix`` names its kind.

    Raises EmptyInput, BinaryInput, DamagedFile, UnsupportedFormat, InputTooLong.
    """
    reader = _reader(suffix, source)
    if not data.strip(b" \t\r\n\x00"):
        raise EmptyInput(source=source)
    page = reader(data, source)
    if not page.text.strip():
        raise EmptyInput(source=source)
    if len(page.text) > MAX_CHARACTERS:
        raise InputTooLong(source=source, size=len(page.text), limit=MAX_CHARACTERS)
    return page


# Files that tell about a folder. Named on the command line they are read like any other.
ABOUT_A_FOLDER = frozenset({"readme", "license", "changelog"})


def find_pages(path: Path, *, recursive: bool = False) -> list[Path]:
    """The pages at a path: the file itself, or the readable files of a folder, sorted; hidden ones are skipped.

    Raises PathMissing, and NothingToRead for a folder without one.
    """
    path = Path(path)
    if not path.exists():
        raise PathMissing(path=path)
    if not path.is_dir():
        return [path]
    pages = sorted(_files(path, recursive=recursive))
    if not pages:
        raise NothingToRead(path=path, formats=", ".join(FORMATS))
    return pages


def _files(folder: Path, *, recursive: bool) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if recursive and not f.startswith(".")]
        for name in names:
            # "~$page.docx" is Word's lock file beside an open document
            readable = Path(name).suffix.lower() in FORMATS and not name.startswith((".", "~$"))
            if readable and Path(name).stem.lower() not in ABOUT_A_FOLDER:
                yield Path(place, name)


def _reader(suffix: str, source: str) -> Callable[[bytes, str], Page]:
    try:
        return FORMATS[suffix.lower()]
    except KeyError:
        raise UnsupportedFormat(source=source, suffix=suffix, formats=", ".join(FORMATS)) from None


def _read_text(data: bytes, source: str) -> Page:
    text, encoding = decode(data, source=source)
    return Page(source, text, "text", encoding)


def _read_markdown(data: bytes, source: str) -> Page:
    text, encoding = decode(data, source=source)
    return Page(source, plain_markdown(text), "markdown", encoding)


# What Markdown writes around words. Each pattern is replaced by the words themselves.
MARKDOWN = (
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE), r"\n\1\n"),  # headings
    (re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*(?:[ \t]+\"[^\"\n]*\")?\)"), r"\1"),  # links and images
    (re.compile(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE), ""),  # quotations
    (re.compile(r"(\*\*|__)(?=\S)([^\n]*?\S)\1"), r"\2"),  # bold
    (re.compile(r"(?<![\d*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\d*])"), r"\1"),  # italics
    (re.compile(r"^[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*$", re.MULTILINE), ""),  # rules
    (re.compile(r"`([^`\n]+)`"), r"\1"),
)


def plain_markdown(text: str) -> str:
    """Markdown as plain lines: marks gone, every word kept, a blank line around headings."""
    front_matter = re.match(r"\A---\n(?:[\w-]+:.*\n|[ \t]+.*\n)+---\n", text)
    text = text[front_matter.end() :] if front_matter else text
    for pattern, words in MARKDOWN:
        text = pattern.sub(words, text)
    return text


def _read_html(data: bytes, source: str) -> Page:
    text, encoding = decode(data, source=source, declared=_declared_charset(data))
    return Page(source, html_to_text(text), "html", encoding)


def _declared_charset(data: bytes) -> str:
    head = data[:4096]
    found = _CHARSET.search(head) or _XML_ENCODING.search(head)
    return found[1].decode("ascii") if found else ""


def html_to_text(html: str) -> str:
    """The main content of a page with its headline first; the whole page where the extraction lost prose."""
    whole = _PageText.of(html)
    article, title = _main_content(html)
    if _holds_prose_of(article, whole.text):
        return _with_headline(article, whole.headline or title)
    return whole.text


def _main_content(html: str) -> tuple[str, str]:
    """trafilatura's (text, title); empty strings where it finds no article."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(
        html, favor_recall=True, include_comments=False, include_tables=True, with_metadata=True
    )
    return (found.text or "", found.title or "") if found is not None else ("", "")


def _holds_prose_of(article: str, whole: str) -> bool:
    prose = [line for line in whole.split("\n") if len(line.split()) >= _PROSE_WORDS]
    kept = _squeezed(article)
    return bool(kept) and sum(_squeezed(line) in kept for line in prose) >= _KEPT_SHARE * len(prose)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _with_headline(article: str, headline: str) -> str:
    start = _squeezed(article[: 4 * len(headline) + 400])
    return article if not headline or _squeezed(headline) in start else f"{headline}\n\n{article}"


class _PageText(HTMLParser):
    """All that a browser would print, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._headline: list[str] = []
        self._silent = 0
        self._in_title = self._in_headline = False

    @classmethod
    def of(cls, html: str) -> _PageText:
        page = cls()
        page.feed(html)
        page.close()
        return page

    @property
    def headline(self) -> str:
        return " ".join("".join(self._headline).split())

    @property
    def text(self) -> str:
        lines = [" ".join(line.split()) for line in "".join(self._parts).split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._silent += tag in SILENT_TAGS
        self._in_title = self._in_title or tag == "title"
        self._in_headline = self._in_headline or (tag == "h1" and not self._headline)
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in SILENT_TAGS))
        self._in_title = self._in_title and tag != "title"
        self._in_headline = self._in_headline and tag != "h1"
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._silent or self._in_title:
            return
        # line breaks of the source are spaces to a browser
        self._parts.append(re.sub(r"\s+", " ", data))
        if self._in_headline:
            self._headline.append(data)

    def _break(self, tag: str) -> None:
        if tag in BLOCK_TAGS and not self._silent:
            self._parts.append("\n\n" if tag in SPACED_TAGS else "\n")


def _read_docx(data: bytes, source: str) -> Page:
    from docx import Document

    kind = binary_kind(data)
    if kind and not data.startswith(b"PK\x03\x04"):
        raise BinaryInput(source=source, kind=kind)
    _refuse_bomb(data, source)
    try:
        lines = list(_docx_lines(Document(BytesIO(data))))
    except Exception as error:  # python-docx lets zipfile's, lxml's and its own errors through
        raise DamagedFile(source=source, detail=f"it is no Word document ({error})") from error
    return Page(source, "\n".join(lines), "docx", "unicode")


def _refuse_bomb(data: bytes, source: str) -> None:
    """Raise TooLargeUnpacked by the sizes that the archive's directory gives: zipfile reads no more than those."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist()) >> 20
    except BadZipFile as error:
        raise DamagedFile(source=source, detail=f"it is no Word document ({error})") from error
    if unpacked > MAX_UNPACKED_MEGABYTES:
        raise TooLargeUnpacked(source=source, size=unpacked, limit=MAX_UNPACKED_MEGABYTES)


def _docx_lines(container: Any) -> Iterator[str]:
    """Paragraphs and table cells in the order of the document; a cell that spans columns comes once."""
    for item in container.iter_inner_content():
        if hasattr(item, "rows"):
            for row in item.rows:
                for cell in {id(cell._tc): cell for cell in row.cells}.values():
                    yield from _docx_lines(cell)
        else:
            yield from _paragraph_lines(item)


def _paragraph_lines(paragraph: Any) -> Iterator[str]:
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if style.startswith(("Heading", "Title")):
        yield from ("", paragraph.text, "")
    elif style.startswith("List") and paragraph.text.strip():
        yield f"• {paragraph.text}"
    else:
        yield paragraph.text


FORMATS: dict[str, Callable[[bytes, str], Page]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".docx": _read_docx,
}
