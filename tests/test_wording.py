from __future__ import annotations

import re
from string import Formatter

import pytest

from summarizer import arabic, checks, decoding, furniture, wording
from summarizer.errors import EmptyInput, InputTooLong, NotArabic
from summarizer.session import PASTED

visible = arabic.strip_invisible
ARABIC = re.compile(r"[\u0621-\u064a]")
SAME_IN_BOTH = {"glossary.hint"}  # a term pair; it has both languages in it


@pytest.mark.parametrize("key", wording.WORDS)
def test_every_text_is_in_both_languages_with_the_same_places_to_fill(key: str) -> None:
    english, arabic_text = wording.WORDS[key]
    assert bool(english) == bool(arabic_text)
    assert bool(ARABIC.search(arabic_text)) == bool(arabic_text)
    assert not ARABIC.search(english) or key in SAME_IN_BOTH
    assert _places(english) == _places(arabic_text)


def _places(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_reason_and_doubt_has_arabic() -> None:
    assert set(wording.REASONS) == set(furniture.REASONS)
    assert all(ARABIC.search(text) for text in wording.REASONS.values())
    assert all(ARABIC.search(pair[1]) for pair in checks.CODES.values())


def test_every_language_and_kind_a_message_can_name_has_arabic() -> None:
    guesses = {*arabic.SCRIPTS, arabic.guess_language(""), arabic.guess_language("پاکستان میں گرمی ہے")}
    kinds = {*dict(decoding.MAGIC).values(), *decoding.RIFF_KINDS.values(), decoding.binary_kind(b"\0\1\2")}
    assert (guesses | kinds) - {"Arabic"} <= set(wording.VALUES)


@pytest.mark.parametrize(
    ("number", "english", "arabic_text"),
    [
        (0, "no story", "لا أخبار"),
        (1, "1 story", "خبر واحد"),
        (2, "2 stories", "خبران"),
        (7, "7 stories", "7 أخبار"),
        (10, "10 stories", "10 أخبار"),
        (11, "11 stories", "11 خبرا"),
        (103, "103 stories", "103 أخبار"),
        (100, "100 stories", "100 خبرا"),
    ],
)
def test_counted_nouns_take_their_form(number: int, english: str, arabic_text: str) -> None:
    assert wording.count("story", number, "en") == english
    assert wording.count("story", number, "ar") == arabic_text


def test_errors_are_told_in_the_readers_language_values_too() -> None:
    error = NotArabic(source=PASTED, language="a Latin-script language")
    assert visible(wording.tell(error, "en")).startswith("Pasted text has no Arabic article")
    told = wording.tell(error, "ar")
    assert "نص ملصق" in told and "لاتينية" in told and not re.search("[A-Za-z]", told)


def test_numbers_in_messages_keep_their_format() -> None:
    assert "1,000,000" in wording.tell(InputTooLong(source="a.txt", size=1_000_000, limit=200_000), "ar")


def test_a_files_name_is_told_as_it_is() -> None:
    told = wording.tell(EmptyInput(source="صفحة 1.txt"), "en")
    assert told.startswith("\N{FIRST STRONG ISOLATE}صفحة 1.txt\N{POP DIRECTIONAL ISOLATE} is empty")


def test_a_hostile_name_does_not_turn_the_message_around() -> None:
    told = wording.tell(EmptyInput(source="\N{RIGHT-TO-LEFT OVERRIDE}a\N{POP DIRECTIONAL ISOLATE}.txt"), "en")
    assert told.startswith("\N{FIRST STRONG ISOLATE}a.txt\N{POP DIRECTIONAL ISOLATE} is")
