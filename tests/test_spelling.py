from __future__ import annotations

import pytest

from summarizer.spelling import is_common_word, personal_names, rare_names, spell, spellings, transliterate


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("أحمد سالم", "Ahmed Salem"),
        ("أيمن الصفدي", "Ayman al-Safadi"),
        ("عبد الحميد الدبيبة", "Abdel Hamid al-Dabiba"),
        ("محمد بن سلمان", "Mohammed bin Salman"),
        ("هاني أبو ريدة", "Hani Abu Rida"),
        ("عبد الله الشاهين", "Abdullah al-Shahin"),
        ("مُحَمَّد", "Mohammed"),
        ("سامي الطحلاوى", "Sami al-Tahlawi"),  # the last letter as in Egypt
    ],
)
def test_names_are_spelled_as_english_usually_does(name: str, english: str) -> None:
    assert spell(name) == english


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("مليطان", "Malitan"),
        ("قراط", "Qarat"),
        ("غوج", "Ghouj"),
        ("شوافي", "Shawafi"),
        ("موراشكو", "Mourashko"),
        ("أهدل", "Ahdal"),
        ("روبشت", "Roubshat"),
    ],
)
def test_unlisted_words_are_spelled_letter_by_letter(word: str, english: str) -> None:
    assert transliterate(word) == english


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("توفي المخرج هيتوشي سايتو أمس", ["Hitoshi Saito"]),
        ("عاد الوفد من فيلنيوس وفاليتا إلى القاهرة", ["Vilnius", "Valletta"]),
        ("صنعت القبعة من الفلين والخشب", []),  # cork; Flynn has no article
        ("قال الوزير إن العمل مستمر في المستشفى", []),
    ],
)
def test_rare_words_that_a_list_of_names_has(text: str, names: list[str]) -> None:
    assert [name.english for name in rare_names(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("قال الدكتور أحمد مليطان إن العمل يبدأ غدا", ["أحمد مليطان"]),
        ("حضر الدكتور حسين الخطيب، ومدير التخطيط الدكتور زهير قراط.", ["حسين الخطيب", "زهير قراط"]),
        ("أعرب السيد كلامنا شوافي عن سعادته", ["كلامنا شوافي"]),
        ("قال رئيس الحكومة أسامة حماد إن المشروع أولوية", ["أسامة حماد"]),
        ("جاك شيراك ونيكولاس ساركوزي", ["جاك شيراك", "نيكولاس ساركوزي"]),
        ("الدكتور “أحمد مليطان” زار المستشفى", ["أحمد مليطان"]),
        ("أكد السفير السابق أهمية التعاون", []),
        ("المركز الرائد والمتخصص في الجراحة", []),
        ("زار الفريق الطبي المستشفى", []),
        ("الطبيب النفساني في المستشفى", []),
        ("فرنسا وألمانيا تسحقان المنافسين", []),
        ("أكد وزير الصحة على التزام الوزارة", []),
    ],
)
def test_personal_names_are_found(text: str, names: list[str]) -> None:
    assert [text[n.start : n.end] for n in personal_names(text)] == names


def test_the_tables_hold_what_their_readers_need() -> None:
    kinds = {kind for _, kind in spellings().values()}
    assert kinds == {"given", "name", "word"}
    assert all(english[:1].isupper() and english.isascii() for english, _ in spellings().values())
    assert is_common_word("الوزاره") and not is_common_word("مليطان")
