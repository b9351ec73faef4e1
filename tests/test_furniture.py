"""Single lines are told in cases/lines.json (see test_pages.py); here is what a line of cases cannot say."""

from __future__ import annotations

import pytest

from summarizer import furniture
from summarizer.buttons import VOCABULARIES
from summarizer.furniture import MAX_WORDS, REASONS, Verdict, classify, folded_for_rules, is_ticker
from summarizer.mastheads import pattern
from summarizer.notices import NOTICES

HEADLINES = [
    "الأرصاد تحذر من موجة غبار",
    "افتتاح معرض الكتاب في المدينة",
    "المنتخب يعلن تشكيلته للبطولة",
    "إغلاق طريق الميناء للصيانة",
    "ارتفاع طفيف في أسعار الذهب",
]
SENTENCE = "حضر اللقاء السيد / سالم العوفي والسيد / كمال الديب والسيدة / منى فؤاد والسيد / هاني رزق من ديوان المحافظة"


@pytest.mark.parametrize("sign", ["     ", "   /   ", " | ", " alwahanews "])
def test_headlines_run_together(sign):
    assert is_ticker(sign.join(HEADLINES) + (sign.rstrip() if sign.strip().isalpha() else ""))


@pytest.mark.parametrize(
    "line",
    [
        " ".join(HEADLINES),  # no sign at all: only the lines around it can tell
        SENTENCE,
        "الاسم    العمر    المدينة    المهنة",
        "قال الوزير    إن المستشفى الجديد    سيفتح أبوابه    للمرضى مطلع الشهر المقبل    بطاقة مئتي سرير.",
        "أعلنت BBC أن BBC ستغلق مكتبها في المدينة، وقالت إن BBC ستنقل موظفيها إلى مكتب آخر خلال العام",
    ],
)
def test_no_headlines_run_together(line):
    assert not is_ticker(line)


def test_ornaments_before_a_line_say_nothing():
    assert folded_for_rules("✍️ 🔴 بقلم: سارة") == folded_for_rules("بقلم: سارة")
    assert classify("◄ اقرأ أيضا") == Verdict("list", "related")
    assert folded_for_rules("© الضحى").startswith("©")
    assert folded_for_rules("🔴")


def test_every_notice_can_match_and_names_its_reason():
    assert all(notice.reason in REASONS and 0 < notice.most_words <= MAX_WORDS for notice in NOTICES)
    assert all(not pattern(notice.pattern).search("") for notice in NOTICES)  # an empty branch would match every line
    assert all(vocabulary.core for vocabulary in VOCABULARIES)


def test_a_longer_line_is_never_looked_at():
    notice = "هذا الموقع غير مسؤول عن النصوص المنقولة"
    assert classify(notice).reason == "disclaimer"
    assert classify(notice + " كلمة" * furniture.MAX_WORDS) == furniture.TEXT
