from __future__ import annotations

import json

import pytest
from fakes import PAGE, doubting, tools

from summarizer.arabic import arabic_share
from summarizer.briefs import brief_page, brief_pages, page_key
from summarizer.errors import EmptyInput, MukhtasarError, NoStory, NotArabic
from summarizer.records import Brief, Page, Rendering, Settings

SETTINGS = Settings()
FURNITURE = "شارك\n\nمنذ 7 ساعات\n\n0 تعليق\n"


@pytest.fixture(scope="module")
def brief() -> Brief:
    (only,) = brief_page(Page("a.txt", PAGE), tools(), SETTINGS)
    return only


def test_the_parts_of_a_page_find_their_fields(brief: Brief) -> None:
    assert brief.headline == "وزارة الصحة تفتتح مركزا جديدا في طرابلس"
    assert brief.published == "منذ 7 ساعات"
    assert [p.text.split()[0] for p in brief.paragraphs] == ["افتتحت", "وقال"]
    assert "شارك" in [d.text for d in brief.dropped]


def test_each_sentence_stands_beside_its_own_translation(brief: Brief) -> None:
    assert [p.en for p in brief.sentences] == [f"{len(p.ar.split())} words." for p in brief.sentences]
    assert [p.paragraph for p in brief.sentences] == [0, 1, 1]


def test_there_is_one_translation_a_paragraph(brief: Brief) -> None:
    assert len(brief.translation_en) == len(brief.paragraphs)
    assert " ".join(brief.translation_en) == " ".join(p.en for p in brief.sentences)


def test_summary_positions_point_into_the_sentences(brief: Brief) -> None:
    assert brief.summary_sentences == (0,)
    assert brief.summary_ar == brief.sentences[0].ar
    assert brief.summary_en == brief.summary_pairs[0].en


def test_a_brief_survives_json(brief: Brief) -> None:
    text = json.dumps(brief.to_dict(), ensure_ascii=False)
    assert Brief.from_dict(json.loads(text)) == brief


def test_flags_reach_the_brief() -> None:
    (brief,) = brief_page(Page("a.txt", PAGE), tools(translate={"en": doubting}), SETTINGS)
    assert all(p.flags for p in brief.sentences)
    assert brief.checks["flagged_sentences"] == len(brief.sentences)


def test_a_further_language_stands_beside_english() -> None:
    both = tools(translate={"en": tools().translate["en"], "fr": doubting})
    (brief,) = brief_page(Page("a.txt", PAGE), both, SETTINGS)
    french = brief.other_languages["fr"]
    assert isinstance(french, Rendering)
    assert len(french.sentences) == len(brief.sentences)
    assert len(french.paragraphs) == len(brief.paragraphs)
    assert brief.summary_en == brief.summary_pairs[0].en != french.summary


def test_pages_in_a_batch_do_not_mix() -> None:
    pages = [Page(f"{n}.txt", PAGE.replace("طرابلس", town)) for n, town in enumerate(("بنغازي", "سبها", "مصراتة"))]
    batch = list(brief_pages(pages, tools(), SETTINGS))
    alone = [brief_page(page, tools(), SETTINGS) for page in pages]
    assert [[b.to_dict() | {"seconds": 0} for b in r] for _, r in batch if isinstance(r, list)] == [
        [b.to_dict() | {"seconds": 0} for b in r] for r in alone
    ]


def test_a_bad_page_in_a_batch_fails_alone() -> None:
    pages = [Page("a.txt", PAGE), Page("bad.txt", "English only, sorry."), Page("c.txt", PAGE)]
    results = [result for _, result in brief_pages(pages, tools(), SETTINGS)]
    assert [isinstance(result, MukhtasarError) for result in results] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("", EmptyInput, "empty"),
        (" \n\N{ZERO WIDTH SPACE}\n", EmptyInput, "empty"),
        ("The minister opened a hospital in Tripoli on Sunday.", NotArabic, "Latin"),
        ("Министр открыл новую больницу.", NotArabic, "Cyrillic"),
        (
            "وزیر بهداشت گفت که پنج بیمارستان جدید در تهران ساخته می‌شود و پزشکان بیشتری استخدام خواهند شد.",
            NotArabic,
            "Persian",
        ),
        (FURNITURE, NoStory, "share buttons"),
    ],
)
def test_a_page_without_a_story_says_why(text: str, error: type[MukhtasarError], says: str) -> None:
    with pytest.raises(error, match=says) as caught:
        brief_page(Page("x.txt", text), tools(), SETTINGS)
    assert arabic_share(caught.value.in_arabic) > 0.5


def test_one_word_is_a_story_or_says_why_not() -> None:
    try:
        (brief,) = brief_page(Page("x.txt", "مستشفى"), tools(), SETTINGS)
    except NoStory:
        return
    assert brief.summary_ar


def test_the_key_knows_text_and_source() -> None:
    pages = [Page("a", "x"), Page("b", "x"), Page("a", "y"), Page("a", "x", encoding="utf-16")]
    assert len({page_key(p) for p in pages}) == 3


def test_seconds_are_zero_where_builds_must_be_equal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert brief_page(Page("a.txt", PAGE), tools(), SETTINGS)[0].seconds == 0.0


def test_the_digest_changes_with_the_weights() -> None:
    assert tools(models={"weights": "1"}).digest(SETTINGS) != tools(models={"weights": "2"}).digest(SETTINGS)
