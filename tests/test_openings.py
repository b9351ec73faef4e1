"""Golden cases: a sentence without what ties it to the one before, and whether it still leans on that one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.arabic import word_set
from summarizer.openings import drop_and, drop_dateline, open_sentence

CASES = json.loads((Path(__file__).parent / "cases" / "openings.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["text"])[:30])
def test_opening(case: dict[str, Any]) -> None:
    opening = open_sentence(case["text"])
    assert (opening.text, opening.needs_owner) == (case["opened"], case["needs_owner"])


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["text"])[:30])
def test_what_is_left_ends_the_original_and_opening_twice_is_opening_once(case: dict[str, Any]) -> None:
    opened = open_sentence(case["text"]).text
    assert case["text"].endswith(opened)
    assert open_sentence(opened).text == opened


@pytest.mark.parametrize(
    "word",
    word_set("وزير وزارة وقع وصل وقف وقت ولاية وفد وحدة وكالة وافق واصل واشنطن والي والدة وسط وثيقة وجه ورشة ووهان"),
)
def test_a_words_own_waw_stays(word: str) -> None:
    assert drop_and(f"{word} كذا وكذا") == f"{word} كذا وكذا"


@pytest.mark.parametrize(
    "word", word_set("أكد قال أعلنت استقبل انتقد اعتبر اختتم يهدف تشمل الوزارة في من بحث عقد شدد ناقش لم فرضت")
)
def test_the_conjunction_goes(word: str) -> None:
    assert drop_and(f"و{word} كذا وكذا") == f"{word} كذا وكذا"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("ليبيا – قام الوزير بزيارة", "قام الوزير بزيارة"),
        ("دمشق (سانا) – بحث الوزير", "بحث الوزير"),
        ("القاهرة - أعلنت الوزارة", "أعلنت الوزارة"),
        ("الرئيس - كما قالت مصادر - وصل", "الرئيس - كما قالت مصادر - وصل"),
        ("وزير الصحة يزور المستشفى - وهو الأكبر", "وزير الصحة يزور المستشفى - وهو الأكبر"),
        ("أبو ظبي تستضيف المؤتمر", "أبو ظبي تستضيف المؤتمر"),
    ],
)
def test_dateline(text: str, bare: str) -> None:
    assert drop_dateline(text) == bare
