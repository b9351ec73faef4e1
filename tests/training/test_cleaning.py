"""Golden cases for the cleaning rules, and the counts."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from summarizer.training.cleaning import RULES, Pair, broken_rule, clean

CASES = json.loads(Path(__file__).with_name("cases_cleaning.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_rule(case: dict[str, Any]) -> None:
    assert broken_rule(Pair(case["arabic"], case["english"], "x")) == case["rule"]


def test_every_rule_but_length_has_a_case() -> None:
    assert set(RULES) - {"too long"} == {case["rule"] for case in CASES} - {None}


def test_too_long() -> None:
    assert broken_rule(Pair("كلمة " * 300, "a word " * 300, "x")) == "too long"


def test_duplicates_are_found_through_marks_and_case_and_counted() -> None:
    counts: Counter[tuple[str, str]] = Counter()
    pairs = [
        Pair("وزارة الصحة", "Ministry of Health", "a"),
        Pair("وِزارةُ الصحة.", "ministry of health", "b"),
        Pair("", "nothing", "a"),
    ]
    assert list(clean(pairs, counts)) == pairs[:1]
    assert counts == {("a", "kept"): 1, ("b", "duplicate"): 1, ("a", "empty"): 1}
