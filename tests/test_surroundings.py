"""What a line is by what stands around it, on small invented pages, in both directions."""

from __future__ import annotations

import pytest

from summarizer.layout import read_lines
from summarizer.pages import split_page
from summarizer.records import Page
from summarizer.surroundings import is_name, is_signature

HEADLINE = "بلدية المرسى تنجز سوقا شعبيا للباعة المتجولين"
FIRST = "أنجزت بلدية المرسى سوقا شعبيا يضم سبعين بسطة للباعة المتجولين في وسط المدينة، بكلفة بلغت 120 ألف دينار."
SECOND = (
    "وأشار رئيس البلدية إلى أن توزيع البسطات سيتم بالقرعة يوم الأحد المقبل، وأن الأجرة لن تزيد على خمسة عشر دينارا."
)
THIRD = "وأعرب عدد من الباعة عن ارتياحهم للمشروع، مطالبين بتوفير مظلات وإنارة كافية قبل دخول الشتاء في المدينة."
STORY = [HEADLINE, FIRST, SECOND, THIRD]
TICKER = [
    "الأرصاد تحذر من موجة غبار شديدة",
    "افتتاح معرض الكتاب بمشاركة ثلاثين دارا",
    "المنتخب يعلن تشكيلته لبطولة آسيا",
    "إغلاق طريق المطار ليلا للصيانة",
    "ارتفاع طفيف في أسعار الذهب والفضة",
]


def gone(*page: str) -> dict[str, str]:
    """The lines that are no text, each with its reason (its role, for a masthead)."""
    return {line.text: line.reason or line.role for line in read_lines("\n".join(page)) if line.role != "text"}


def linked(*page: str) -> set[str]:
    return {line.text for line in read_lines("\n".join(page)) if line.role == "text" and line.reason == "related"}


def test_headlines_above_a_story_are_others():
    assert gone(*TICKER, *STORY) == dict.fromkeys(TICKER, "ticker")
    assert gone(*TICKER, FIRST, SECOND, THIRD) == dict.fromkeys(TICKER, "ticker")  # the story's own headline is missing


@pytest.mark.parametrize(
    "decks",
    [
        [
            "السوق يضم سبعين بسطة للباعة",
            "كلفة السوق 120 ألف دينار",
            "توزيع البسطات بالقرعة الأحد",
            "الباعة يطالبون بمظلات وإنارة",
        ],
        TICKER[:2],
    ],
)
def test_second_lines_of_a_headline_and_one_or_two_stray_lines_stay(decks):
    assert gone(HEADLINE, *decks, FIRST, SECOND, THIRD) == {}


def test_headlines_run_together_without_a_sign():
    run = " ".join([*TICKER, *TICKER[::-1]])
    assert gone(run, *STORY) == {run: "ticker"}
    assert gone(run + " وهو ما أكده المصدر، مضيفا أن العمل مستمر.", *STORY) == {}
    assert gone(run, "خبر آخر من المدينة") == {}  # nothing else on the page is a story


def test_cards_of_other_stories():
    cut = "قام ولاة عدة ولايات بزيارات ميدانية إلى المدارس الجديدة للوقوف على جاهزيتها لاستقبال التلاميذ، كما..."
    assert gone(TICKER[1], cut, *STORY) == {TICKER[1]: "teaser", cut: "teaser"}
    assert gone(HEADLINE, FIRST, cut, SECOND) == {}  # a sentence that breaks off inside a story
    long = FIRST.removesuffix(".") + "، " + SECOND.removesuffix(".") + "..."
    assert gone(TICKER[1], long, TICKER[2], long.replace("المرسى", "الميناء")) == {}  # nothing but cards: its stories


def test_openings_among_links():
    open_end = (
        "أكد عضو اللجنة القانونية أن قانون الخدمة المدنية أصبح جاهزا للتصويت عليه في أول جلسة بعد العطلة التشريعية وأن"
    )
    page = [*STORY, "أهم الأخبار", TICKER[0], open_end, "اليوم, 15:00", TICKER[1]]
    assert gone(*page)[open_end] == "teaser"
    assert THIRD not in gone(*STORY[:3], "اقرأ أيضا", TICKER[0], THIRD)


def test_dates_of_links_are_no_dates_of_stories():
    page = [HEADLINE, FIRST, "اقرأ أيضا", TICKER[0], "2025-09-20", TICKER[1], "2025-09-18", SECOND]
    assert gone(*page)["2025-09-18"] == gone(*page)["2025-09-20"] == "related"
    story = "أعلنت هيئة الآثار العثور على لوحة فسيفساء في الموقع القديم خلال أعمال تنظيف قرب المدينة."
    assert gone(*STORY, "اقرأ أيضا", TICKER[0], "2025-09-20", story)["2025-09-20"] == "published"


def test_captions_printed_twice():
    caption = "جانب من الافتتاح الرسمي"
    assert gone(HEADLINE, caption, caption, FIRST, SECOND)[caption] == "caption"
    assert HEADLINE in linked("أخبار ذات صلة", HEADLINE, FIRST) or HEADLINE not in gone(HEADLINE, HEADLINE, FIRST)
    kept = [line.text for line in read_lines("\n".join([HEADLINE, HEADLINE, FIRST])) if line.role == "text"]
    assert kept == [HEADLINE, FIRST]  # the headline printed twice goes once


def test_what_stands_under_a_story():
    tags = ["بلدية المرسى", "سوق شعبي", "الباعة المتجولين"]
    assert gone(*STORY, *tags, "شارك")[tags[0]] == "tags"
    assert (
        gone(*STORY, "بلدية المرسى سوق شعبي الباعة المتجولين البسطات", "شارك الخبر")[
            "بلدية المرسى سوق شعبي الباعة المتجولين البسطات"
        ]
        == "tags"
    )
    assert gone(*STORY, "غرام سليمان", "المصدر: وكالة الساحل")["غرام سليمان"] == "byline"
    assert gone(*STORY, "شارك", "حكاية بحار في بلاد بعيدة")["حكاية بحار في بلاد بعيدة"] == "related"


@pytest.mark.parametrize(
    "last",
    [
        "حضر الافتتاح مدير الصحة ومدير الشرطة وعدد من أعيان المنطقة",  # the last sentence, its stop forgotten
        "يذكر أن السوق القديم احترق قبل عامين",
    ],
)
def test_a_last_sentence_without_its_stop_stays(last):
    assert last not in gone(*STORY, last, "شارك الخبر", "المصدر: وكالة الساحل")
    assert last not in gone(*STORY, last)


def test_items_after_a_colon_stay():
    assert gone(HEADLINE, FIRST, "وفاز بالقرعة كل من:", "سالم العوفي", "كمال الديب", "شارك") == {"شارك": "share"}


def test_a_heading_inside_a_story_stays():
    assert gone(HEADLINE, FIRST, "سوق قديم", SECOND, THIRD) == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("هند عبد الجواد", True),
        ("د. هدى رأفت", True),
        ("ق.إلياس", True),
        ("محمد علي الزين", True),
        ("خلفية الحادث", False),
        ("محمد يغادر المستشفى", False),
        ("أحمد", False),
        ("سالم العوفي في القاهرة", False),
    ],
)
def test_names(text, name):
    assert is_name(text) == name


def test_signatures():
    assert is_signature("محمد الأمين _ عطبرة")
    assert is_signature("خاص - سامر الطراونة -")
    assert is_signature("القضارف: الطيب حسن")
    assert not is_signature("الحكومة - المعارضة")
    assert not is_signature("خط الهجوم: مروان محسن")


def test_a_name_under_the_headline_is_who_wrote():
    assert gone(HEADLINE, "منى الشربيني", FIRST, SECOND) == {"منى الشربيني": "byline"}
    assert gone(HEADLINE, FIRST, "منى الشربيني", SECOND) == {}  # heads a part of the story


def test_the_name_of_the_site():
    page = [HEADLINE, "أثير الضحى:", FIRST, SECOND, "أثير الضحى", "جميع الحقوق محفوظة لموقع أثير الضحى © 2025"]
    assert gone(*page)["أثير الضحى:"] == gone(*page)["أثير الضحى"] == "site"
    assert "أثير الضحى" not in gone(HEADLINE, FIRST, "أثير الضحى", SECOND, THIRD)


def test_comments_of_readers():
    said = "مبادرة طيبة نتمنى أن تعمم على باقي المدن."
    page = [*STORY, "تعليقات الزوار 2", "مواطن", "الجمعة 20 نونبر 2020 - 09:41", said]
    assert gone(*page)[said] == "comments"
    assert said not in gone(*STORY[:3], "0 تعليق", said)


def test_a_sentence_cut_up_by_its_links():
    page = [
        HEADLINE,
        "استقبل الوزير وفدا من نقابات السائقين عرض معه ارتفاع أسعار المحروقات في",
        "لبنان",
        "وتراجع القدرة الشرائية، مطالبا بتفعيل خطة النقل.",
        SECOND,
    ]
    assert [line.kind for line in read_lines("\n".join(page))] == ["short", *["prose"] * 4]
    assert gone(*page) == {}


def test_what_readers_may_skip():
    page = [
        HEADLINE,
        FIRST,
        "تخطى يستحق الانتباه وواصل القراءة",
        "يستحق الانتباه",
        SECOND,
        "يستحق الانتباه نهاية",
        THIRD,
    ]
    assert set(gone(*page)) == set(page[2:6])
    assert SECOND not in gone(*page[:5], THIRD)  # without its end nothing but the heading goes


def test_a_lead_without_its_stop_under_a_date_is_no_card() -> None:
    """Links above, a headline, its date, a lead that lacks its stop, a heading, the story: nothing of it goes."""
    lead = (
        "رفضت وزارة الإعلام الادعاء الصادر من الاتحاد الأوروبي لكرة القدم، الذي قال إن القناة تتخذ من العاصمة، لا من "
        "غيرها، مقرا لها، مشيرة إلى أن هذا الادعاء لا أساس له، وأنها ستتخذ كل ما يلزم من إجراءات قانونية ضد من ينشره"
    )
    page = f"""إقرأ أيضاً
وفاة عامل في انهيار جدار بالمنيا
ارتفاع أسعار الذهب في الأسواق المحلية

وزارة الإعلام ترد على اتهامات الاتحاد الأوروبي
الأحد، 15 نوفمبر 2024 10:46 ص
{lead}
تحديات كبيرة
وقالت وزارة الإعلام في بيان إن أجهزة الاستقبال متاحة في عديد من الدول، وإن هذا الادعاء غير مسؤول.
وأضافت أن الاتحاد لم يقدم دليلا على ما يقول.
"""
    stories, _ = split_page(Page("x", page))
    assert lead in [paragraph.text for story in stories for paragraph in story.paragraphs]
