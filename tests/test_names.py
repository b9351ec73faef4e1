"""Names found in Arabic, and what English counts as saying them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.names import gazetteer, lost_names, names_in, sounds_like

CASES = json.loads((Path(__file__).parent / "cases" / "names.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["label"]))
def test_what_is_missing(case: dict[str, Any]) -> None:
    assert [n.arabic for n in lost_names(case["ar"], case["en"])] == case["missing"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["label"]))
def test_a_name_is_the_piece_of_text_it_names(case: dict[str, Any]) -> None:
    assert all(case["ar"][n.start : n.end] == n.arabic for n in names_in(case["ar"]))


@pytest.mark.parametrize(
    ("arabic", "spellings"),
    [
        ("محمد", "Mohammed Muhammad Mohamed Mohamad Muhammed"),
        ("يوسف", "Youssef Yousef Yusuf Youcef"),
        ("خالد", "Khaled Khalid"),
        ("حسين", "Hussein Hussain Husayn Hossein"),
        ("قاسم", "Qasim Kassem Qassem Gasim"),
        ("الغماري", "al-Ghamari El-Ghamari Alghamari Ghamari"),
        ("العوضي", "Al-Awadhi al-Awadi Alawadi Al-Awazi"),
        ("الشرع", "al-Sharaa Al-Shara El-Charaa Ash-Sharaa"),
        ("عبدالرحمن", "Abdulrahman Abderrahmane Abdelrahman Abdurrahman"),
        ("موراشكو", "Murashko Morashko"),
        ("ميخائيل", "Mikhail Michael Mikhael"),
        ("الدبيبة", "Al-Dbeibah Dbeibeh al-Dabaiba Al-Dubaiba"),
    ],
)
def test_a_name_may_be_spelled_freely(arabic: str, spellings: str) -> None:
    from summarizer.arabic import fold

    pattern = sounds_like(fold(arabic))
    missed = [s for s in spellings.split() if not pattern.search(f"the minister {s} said")]
    assert not missed


@pytest.mark.parametrize(
    ("arabic", "other"), [("محمد", "Mahdi"), ("احمد", "made"), ("خالد", "Ahmed"), ("العوضي", "Al-Saleh")]
)
def test_another_name_is_another(arabic: str, other: str) -> None:
    assert not sounds_like(arabic).search(f"the minister {other} said")


def test_the_table_is_large_and_every_entry_can_be_met() -> None:
    assert len({e.english.pattern for e in gazetteer().values()}) >= 400
    assert all(entry.english.pattern and all(words) for words, entry in gazetteer().items())
