"""Where a sentence may end earlier."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.arabic import count_words
from summarizer.clauses import GOOD, cut_anywhere, end_sentence, is_balanced, is_whole, shorten

CASES = json.loads((Path(__file__).parent / "cases" / "clauses.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["label"]))
def test_shorten(case: dict[str, Any]) -> None:
    assert shorten(case["text"], case["most"], at_worst=case["at_worst"]) == case["short"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["label"]))
def test_what_is_left_begins_the_original_and_fits(case: dict[str, Any]) -> None:
    short = shorten(case["text"], case["most"])
    if short is not None:
        assert case["text"].startswith(short)
        assert count_words(short) <= case["most"]
        assert is_whole(short)


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("افتتح الوزير المستشفى", "افتتح الوزير المستشفى."),
        ("افتتح الوزير المستشفى.", "افتتح الوزير المستشفى."),
        ("افتتح الوزير المستشفى،", "افتتح الوزير المستشفى."),
        ("هل افتتح المستشفى؟", "هل افتتح المستشفى؟"),
        ('قال إنه "سعيد".', 'قال إنه "سعيد".'),
        ("بحث الجانبان عدة مجالات، أبرزها:", "بحث الجانبان عدة مجالات."),
        ("افتتح الوزير المستشفى..", "افتتح الوزير المستشفى."),
    ],
)
def test_final_stop(text: str, ended: str) -> None:
    assert end_sentence(text) == ended
    assert end_sentence(ended) == ended


def test_the_last_resort_keeps_within_the_limit_and_never_ends_in_a_preposition() -> None:
    text = "زار الوفد المستشفى العام في مدينة طرابلس من أجل الاطلاع على سير العمل"
    assert cut_anywhere(text, 6) == "زار الوفد المستشفى العام"
    assert count_words(cut_anywhere("كلمة " * 5000, 60)) == 60


def test_balance() -> None:
    assert is_balanced('قال "نعم" (مبتسما)')
    assert not is_balanced('قال "نعم')
    assert not is_balanced("زار «المستشفى")
    assert GOOD == 0
