"""Briefs as a Word document. Arabic runs carry Word's own right-to-left marks, so that lists and digits stand right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from summarizer.records import Brief


def build(briefs: Iterable[Brief]) -> Any:
    """A ``docx.Document`` with one section a brief: headlines, summaries, sentences side by side."""
    import docx

    document = docx.Document()
    for brief in briefs:
        _add_brief(document, brief)
    return document


def _add_brief(document: Any, brief: Brief) -> None:
    document.add_heading(_printable(brief.headline_en or brief.source), level=1)
    if brief.headline:
        _arabic(document.add_heading(level=2), brief.headline)
    facts = [brief.source, brief.published, brief.dateline, brief.byline]
    document.add_paragraph(_printable(" · ".join(fact for fact in facts if fact)))
    _arabic(document.add_paragraph(), brief.summary_ar)
    document.add_paragraph(_printable(brief.summary_en))
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for pair in brief.sentences:
        left, right = table.add_row().cells
        left.text = _printable(pair.en) + (" ⚠" if pair.flags else "")
        _arabic(right.paragraphs[0], pair.ar)


def _arabic(paragraph: Any, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    run = paragraph.add_run(_printable(text))
    run.font.rtl = True
    paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT  # in a bidi paragraph, "left" is the start: right
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _printable(text: str) -> str:
    """XML 1.0 has no place for control characters; the library raises ValueError on them."""
    return "".join(c for c in text if c in "\n\t" or (ord(c) >= 0x20 and ord(c) not in (0xFFFE, 0xFFFF)))
