"""Golden cases: what a text's numbers are, and which of them a translation lost or made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.numbers import counted_numbers, lost_numbers, numbers_in
from summarizer.numberwords import ARABIC_WORDS, ENGLISH_WORDS

CASES = json.loads((Path(__file__).parent / "cases" / "numbers.json").read_text(encoding="utf-8"))


def label(case: dict[str, Any]) -> str:
    return str(case["label"])


@pytest.mark.parametrize("case", CASES["found"], ids=label)
def test_values(case: dict[str, Any]) -> None:
    found = [n for n in numbers_in(case["text"], case["language"]) if n.kind != "soft"]
    counted = [n.value for n in found if n.kind in ("digits", "month") or n.value >= 3]
    assert [float(v) for v in counted] == case["values"]


@pytest.mark.parametrize("case", CASES["found"], ids=label)
def test_a_number_is_the_piece_of_text_it_names(case: dict[str, Any]) -> None:
    text = case["text"]
    assert all(text[n.start : n.end] == n.surface for n in numbers_in(text, case["language"]))


@pytest.mark.parametrize("case", CASES["pairs"], ids=label)
def test_what_a_translation_lost_and_made_up(case: dict[str, Any]) -> None:
    ar, en = case["ar"], case["en"]
    assert [n.surface for n in lost_numbers(ar, "ar", en, "en")] == case["missing"]
    assert [n.surface for n in lost_numbers(en, "en", ar, "ar")] == case["invented"]


@pytest.mark.parametrize("value", [*range(3, 100), *range(100, 1000, 111), 1000, 2500, 15325, 100_000, 3_200_000])
def test_digits_and_separators_read_alike(value: int) -> None:
    arabic = str(value).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for surface in (str(value), f"{value:,}", arabic):
        assert [n.value for n in numbers_in(f"بلغ {surface} مريضا", "ar")] == [value]


def test_a_value_said_twice_is_counted_once() -> None:
    assert len(counted_numbers("5 أطباء وخمس ممرضات و5 مسعفين", "ar")) == 1


def test_tables_hold_words() -> None:
    assert len(ARABIC_WORDS) > 1000
    assert len(ENGLISH_WORDS) > 80
