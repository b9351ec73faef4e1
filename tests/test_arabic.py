"""Characters: every function by golden cases, and the two promises that cleaning or folding twice changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import arabic

CASES = json.loads((Path(__file__).parent / "cases" / "arabic.json").read_text(encoding="utf-8"))
PUBLIC = [name for name, value in vars(arabic).items() if callable(value) and value.__module__ == arabic.__name__]
# Letters, marks, digits and the characters that get in the way, so that they meet more often than by chance.
ODD = st.sampled_from(
    [*"اأإآىيةهولءئؤ٣3۳.,ـ \t\n\r\f\0İßﬀﻻﷺ", *"\u0654\u0653\u064e\u0651\u0670\u0301", *arabic.INVISIBLE]
)
TEXT = st.lists(st.one_of(ODD, st.characters()), max_size=40).map("".join)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['function']}-{c['label']}")
def test_golden(case):
    assert getattr(arabic, case["function"])(case["text"]) == case["expected"], case["comment"]


def test_every_function_has_a_case():
    assert set(PUBLIC) - {"word_set"} == {case["function"] for case in CASES}
    assert arabic.word_set("في من\n في") == {"في", "من"}


@pytest.mark.parametrize(
    "function",
    [
        arabic.clean,
        arabic.fold,
        arabic.strip_marks,
        arabic.western_digits,
        arabic.unify_letters,
        arabic.collapse_spaces,
    ],
    ids=lambda f: f.__name__,
)
@given(text=TEXT)
def test_twice_is_once(function, text):
    once = function(text)
    assert function(once) == once


@given(TEXT)
def test_clean_text_holds_nothing_that_is_not_seen(text):
    cleaned = arabic.clean(text)
    assert not set(cleaned) & (set(arabic.INVISIBLE) | set("\r\t\f\v\0\x85\u2028\u2029"))
    assert "  " not in cleaned


@given(TEXT)
def test_share_is_a_share(text):
    assert 0 <= arabic.arabic_share(text) <= 1


@given(TEXT)
def test_words_are_counted_as_they_are_listed(text):
    assert arabic.count_words(text) == len(arabic.words(text))


def test_arabic_letters_are_letters():
    letters = [chr(code) for code in range(0x10000) if arabic.ARABIC_LETTER.match(chr(code))]
    assert len(letters) > 500
    # U+FBB2 to U+FBC2 and the holes of the blocks stay out; a share above 1 would follow from them.
    assert [letter for letter in letters if not letter.isalpha()] == []
