"""Whether a number or a name is said: golden cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.faithfulness import in_order
from evaluation.references import NameReference, NumberReference
from evaluation.said import said_numbers, says_name

CASES = json.loads((Path(__file__).parent.parent / "cases/evaluation/said.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["numbers"], ids=lambda c: c["label"])
def test_numbers(case: dict[str, Any]) -> None:
    numbers = [NumberReference("", tuple(forms), 1) for forms in case["accepted"]]
    assert said_numbers(numbers, case["text"]) == case["said"]


@pytest.mark.parametrize("case", CASES["names"], ids=lambda c: c["label"])
def test_names(case: dict[str, Any]) -> None:
    assert says_name(NameReference("person", "", tuple(case["accepted"])), case["text"]) is case["said"]


def test_order_is_asked_of_numbers_both_say_once() -> None:
    assert in_order("from 312 to 58, 147 dead", "from 58 to 312, 147 dead") == [False, True, True]
    assert in_order("5 of 5 and 7", "7, 5") == []
