from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.spelling import Spelled
from summarizer.standins import SIGNS, hide, hide_pair, in_english, restore


@pytest.mark.parametrize(
    ("text", "hidden", "numbers"),
    [
        ("أجريت 231 عملية", "أجريت ⓵ عملية", ("231",)),
        ("بنسبة ٣٫٥٪ عام ٢٠٢٥", "بنسبة ⓵% عام ⓶", ("3.5", "2025")),
        ("1,250 مريضا و1,250 مرافقا", "⓵ مريضا و⓵ مرافقا", ("1,250",)),
        ("من 15-17 أبريل", "من ⓵-⓶ أبريل", ("15", "17")),
        ("باريس 07-11-2025", "باريس ⓵", ("07-11-2025",)),
        ("رقم (231- لسنة 2025 م )", "رقم (⓵- لسنة ⓶ م )", ("231", "2025")),
        ("الساعة 10:30 من الشهر الـ12", "الساعة ⓵ من الشهر الـ⓶", ("10:30", "12")),
        ("5 أطباء", "5 أطباء", ()),
        ("لقاح COVID-19 وفيروس H1N1 وهاتف 4K", "لقاح COVID-19 وفيروس H1N1 وهاتف 4K", ()),
        ("user12@x.org و#رؤية_2030", "user12@x.org و#رؤية_2030", ()),
        ("مايو/أيار 2018", "مايو/أيار ⓵", ("2018",)),
        ("فيه ⓵ و25", "فيه ⓵ و25", ()),
    ],
)
def test_numbers_are_hidden(text: str, hidden: str, numbers: tuple[str, ...]) -> None:
    assert hide(text) == (hidden, numbers)


def test_at_most_ten_are_hidden() -> None:
    text = " ".join(str(n) for n in range(10, 22))
    hidden, numbers = hide(text)
    assert len(numbers) == len(SIGNS) == 10
    assert hidden.endswith("20 21")


@pytest.mark.parametrize(
    ("written", "numbers", "expected"),
    [
        ("⓵ people in ⓶", ("231", "2025"), "231 people in 2025"),
        ("⓶ before ⓵", ("231", "2025"), "2025 before 231"),
        ("⓵ thousand doses", ("25",), "25,000 doses"),
        ("⓵ thousand doses", ("3.5",), "3.5 thousand doses"),
        ("the ⓵th and ⓶th", ("22", "11"), "the 22nd and 11th"),
        ("⓵% rise", ("3,5",), "3.5% rise"),
        ("⓵ said the ⓶ met", ("the WHO", "the Cabinet"), "The WHO said the Cabinet met"),
        ("the head ⓵ and Kuwait's ⓶", ("the WHO", "the Fund"), "the head of the WHO and Kuwait's Fund"),
        ("President ⓵", ("Ahmed Salem",), "President Ahmed Salem"),
        ("the ⓵ case", ("Zintan",), "the Zintan case"),
        ("⓵ and ⓷", ("12",), "12 and "),
    ],
)
def test_numbers_come_back_as_english_writes_them(written: str, numbers: tuple[str, ...], expected: str) -> None:
    assert restore(written, numbers) == expected


@pytest.mark.parametrize(
    ("arabic", "english", "hidden"),
    [
        ("231 عملية عام 2025", "231 operations in 2025", ("⓵ عملية عام ⓶", "⓵ operations in ⓶")),
        ("25 ألف جرعة", "25,000 doses", ("⓵ ألف جرعة", "⓵ thousand doses")),
        ("31 صيدلية عام 2025", "Thirty-one pharmacies in 2025", ("31 صيدلية عام ⓵", "Thirty-one pharmacies in ⓵")),
        ("يوم 22", "on the 22nd", ("يوم ⓵", "on the ⓵nd")),
        ("1,250 و1,250", "1250 only", ("1,250 و1,250", "1250 only")),
    ],
)
def test_training_pairs_hide_what_both_sides_have(arabic: str, english: str, hidden: tuple[str, str]) -> None:
    assert hide_pair(arabic, english) == hidden


def test_training_pairs_hide_names_that_english_has() -> None:
    text = "زار وفد الوكالة مدينة الزنتان"
    names = [Spelled(8, 15, "the Agency for Research on Cancer"), Spelled(22, 29, "Zintan")]
    english = "A delegation of The Agency for Research on Cancer visited Zentan."
    assert hide_pair(text, english, names=names) == ("زار وفد ⓵ مدينة ⓶", "A delegation of ⓵ visited ⓶.")


def test_training_meets_every_sign() -> None:
    seen = {sign for first in range(10) for sign in hide_pair("25 يوما", "25 days", first=first)[1] if sign in SIGNS}
    assert seen == set(SIGNS)


@given(st.lists(st.integers(10, 10**7).map(str), max_size=10, unique=True))
def test_what_is_hidden_comes_back(numbers: list[str]) -> None:
    text = " ثم ".join(numbers)
    assert restore(*hide(text)) == text


@pytest.mark.parametrize(("number", "expected"), [("3,5", "3.5"), ("1,250", "1,250"), ("1,25", "1.25"), ("7", "7")])
def test_a_decimal_comma_becomes_a_point(number: str, expected: str) -> None:
    assert in_english(number) == expected
