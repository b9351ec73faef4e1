from __future__ import annotations

import pytest

from summarizer.lexicon import is_english, strange_words


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("The minister's hospitals, and the citizens' health.", []),
        ("The pordiary systemal care", ["pordiary", "systemal"]),
        ("COVID-19, H1N1, who.int, @ministry, B12 and UNICEF's 4K", []),
        ("Dr. al-Awadhi in Abu Dhabi", []),
        ("well-known self-sufficientness", ["sufficientness"]),
        ("Kuwait’s ministry", []),
        ("embulation Embulation embulation", ["embulation", "Embulation"]),
        ("CACATACACACA", ["CACATACACACA"]),  # an acronym is short
        ("", []),
    ],
)
def test_strange_words(text: str, strange: list[str]) -> None:
    assert strange_words(text) == strange


def test_a_name_in_small_letters_is_no_word() -> None:
    assert is_english("Zliten") and not is_english("zliten")
    assert is_english("Hospital") and is_english("hospital")


def test_short_words_say_nothing() -> None:
    assert is_english("xq") and not is_english("xqj")
