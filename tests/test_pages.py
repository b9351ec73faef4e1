"""Pages -> stories: golden pages, golden lines, and what must hold for any page at all: no line is lost."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import boundaries, furniture
from summarizer.arabic import clean
from summarizer.errors import EmptyInput, NotArabic
from summarizer.layout import BULLET, NUMBERED, read_lines
from summarizer.mastheads import without_label
from summarizer.pages import REASONS, require_arabic, split_page, split_stories
from summarizer.readers import find_pages, read_page
from summarizer.records import Page, Story

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases" / "pages.json").read_text(encoding="utf-8"))
LINES = json.loads((HERE / "cases" / "lines.json").read_text(encoding="utf-8"))
SEEDS = {path.stem: path for path in find_pages(HERE.parent / "seeds") if path.suffix == ".txt"}
STORIES_ON_SEEDS = {
    "libya-al-nas-hospital-visit": 1,
    "libya-medical-services-authority": 7,
    "egypt-russia-health-talks": 1,
    "syria-france-and-morocco-health-regions": 2,
    "kuwait-france-memoranda": 1,
}


def page(text: str) -> Page:
    return Page("page", text)


def told(story: Story) -> dict[str, object]:
    names = ("headline", "published", "byline", "dateline")
    return {
        **{name: getattr(story, name) for name in names},
        "paragraphs": [p.text for p in story.paragraphs],
        "kinds": [p.kind for p in story.paragraphs],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_golden_page(case):
    stories, dropped = split_page(page("\n".join(case["page"])))
    empty = {"headline": "", "published": "", "byline": "", "dateline": ""}
    expected = [{**empty, "kinds": ["body"] * len(s["paragraphs"]), **s} for s in case["stories"]]
    assert [told(story) for story in stories] == expected
    assert [[d.text, d.reason] for d in dropped] == case["dropped"]


@pytest.mark.parametrize("case", LINES, ids=lambda case: case["text"][:40])
def test_golden_line(case):
    assert furniture.classify(clean(case["text"])) == (case["role"], case["reason"])


def pieces(stories: list[Story], dropped) -> Counter[str]:
    """Every piece of a page with the lines it accounts for."""
    found: Counter[str] = Counter(key(d.text) for d in dropped)
    for story in stories:
        found.update(key(p.text) for p in story.paragraphs)
        found.update(key(text) for text in (story.headline, story.published, story.byline) if text)
        inline = any(p.text.startswith(story.dateline) for p in story.paragraphs)
        found.update([key(story.dateline)] if story.dateline and not inline else [])
    return found


def key(line: str) -> str:
    """A line without what a record leaves out on purpose: bullet marks, labels of dates and bylines, edge signs."""
    bare = NUMBERED.sub("", BULLET.sub("", line))
    verdict = furniture.classify(line)
    bare = without_label(bare) if verdict.role in ("published", "byline") else bare
    return bare.strip(" []:-–—/|()*•·.")


def lines_of(text: str) -> Counter[str]:
    return Counter(key(line) for line in clean(text).split("\n") if line)


@pytest.mark.parametrize("name", STORIES_ON_SEEDS)
def test_seed_is_split_and_no_line_is_lost(name):
    text = read_page(SEEDS[name])
    stories, dropped = split_page(text)
    assert len(stories) == STORIES_ON_SEEDS[name]
    assert [s.number for s in stories] == list(range(1, len(stories) + 1))
    assert pieces(stories, dropped) == lines_of(text.text)


@pytest.mark.parametrize("name", STORIES_ON_SEEDS)
def test_splitting_a_story_again_changes_nothing(name):
    for story in split_stories(read_page(SEEDS[name])):
        [again] = split_stories(page(story.text))
        assert again.text == story.text


SOME_LINES = st.sampled_from(
    [
        *(case["text"] for case in LINES),
        *(line for case in CASES for line in case["page"]),
        *("", "", "كلمة", "• بند", "1- بند", "2025", "؟", "...", "\u202eعكس\u202c", "x", "🙂"),
    ]
)
ANY_LINE = st.one_of(SOME_LINES, st.text(max_size=60).filter(lambda t: "\n" not in clean(t)))


@settings(max_examples=300, deadline=None)
@given(st.lists(ANY_LINE, max_size=25))
def test_no_line_is_lost_or_made(lines):
    text = "\n".join(lines)
    stories, dropped = split_page(page(text))
    kept = [d.text for d in dropped]
    for story in stories:
        kept += [p.text for p in story.paragraphs]
        kept += [t for t in (story.headline, story.published, story.byline) if t]
    printed = [line for line in clean(text).split("\n") if line]
    datelines = sum(bool(s.dateline) and not any(p.text.startswith(s.dateline) for p in s.paragraphs) for s in stories)
    assert len(kept) + datelines == len(printed)
    assert all(any(piece in line for line in printed) for piece in kept)
    assert {d.reason for d in dropped} <= set(REASONS)
    assert all(story.paragraphs for story in stories)


def test_only_furniture_is_no_story():
    stories, dropped = split_page(
        page("الرئيسية\nسياسة\nرياضة\n\nمنذ 3 ساعات\nشارك\n0 تعليق\nجميع الحقوق محفوظة © 2025")
    )
    assert stories == []
    assert len(dropped) == 7
    assert split_stories(page("")) == []
    assert split_stories(page("كلمة")) == []


def test_a_list_of_headlines_is_no_story():
    titles = [
        "ارتفاع أسعار النفط في الأسواق العالمية",
        "المنتخب يتأهل إلى نصف النهائي",
        "وفاة الفنان الكبير في القاهرة",
    ]
    assert split_stories(page("\n".join([*titles, "الحكومة تقر موازنة العام الجديد", "حريق في مصنع للأدوية"]))) == []


def test_bullets_alone_are_a_story():
    [story] = split_stories(
        page("• افتتح الوزير مستشفى جديدا في حلب.\n• وقع الوزير اتفاقية مع منظمة الصحة.\n• زار الوفد المدينة.")
    )
    assert [p.kind for p in story.paragraphs] == ["bullet"] * 3


def test_controls_and_marks_change_nothing():
    plain = "\n".join(CASES[0]["page"])
    odd = plain.replace(" ", "\u200f ").replace("وزير", "\u202bوزير\u202c").replace("الصحة", "الصـحة\u200b")
    expected = [told(s)["published"] for s in split_stories(page(plain))]
    assert [told(s)["published"] for s in split_stories(page(odd))] == expected
    assert "\u200f" not in split_stories(page(odd))[0].text


def test_a_long_sentence_and_a_big_page_take_seconds():
    sentence = "كلمة عربية طويلة " * 13_400
    began = time.process_time()
    [story] = split_stories(page(sentence))
    assert len(story.text.split()) == 40_200
    paragraph = "قال الوزير إن المستشفى رقم {} في المدينة يقدم خدماته لجميع المواطنين دون مقابل، وإن العمل فيه مستمر."
    big = "\n".join(paragraph.format(i) for i in range(4_000))
    assert sum(len(s.paragraphs) for s in split_stories(page(big))) == 4_000
    assert time.process_time() - began < 20


def test_require_arabic():
    require_arabic(page("Al Jazeera: قال الوزير إن الوضع مستقر"))
    with pytest.raises(EmptyInput):
        require_arabic(page(" \n "))
    with pytest.raises(NotArabic, match="Latin"):
        require_arabic(page("The minister said on Monday that the hospital would open."))
    with pytest.raises(NotArabic, match="Cyrillic"):
        require_arabic(page("Министерство сообщило об открытии больницы"))
    with pytest.raises(NotArabic, match="Persian"):
        require_arabic(page("وزیر بهداشت گفت که پیشگیری از بیماری‌ها مهم است و چند بیمارستان جدید ساخته می‌شود"))
    with pytest.raises(NotArabic):
        require_arabic(page("2025 -- 12:30"))


@pytest.mark.parametrize("weighing", [boundaries.WITH_HEADLINE, boundaries.FIRST_HEADLINE, boundaries.PLAIN])
def test_every_cue_has_its_weight(weighing):
    assert {cue.__name__ for cue in weighing.cues} == set(weighing.weights)
    assert any(weighing.weights.values())


def test_reasons_are_named():
    used = {v.reason for v in furniture.VOCABULARIES} | {reason for reason, *_ in furniture.NOTICES}
    assert used <= set(REASONS)
    assert all(vocabulary.core for vocabulary in furniture.VOCABULARIES)


def test_labels_alone_claim_the_next_line():
    lines = read_lines(
        "خبر عن افتتاح مدرسة في إربد\nبقلم:\nسارة حداد\nافتتحت المدرسة أبوابها اليوم.\nالوسوم\nالأردن\nإربد"
    )
    assert [(line.role, line.reason) for line in lines][1:] == [
        ("furniture", "byline"),
        ("byline", ""),
        ("text", ""),
        ("furniture", "tags"),
        ("furniture", "tags"),
        ("furniture", "tags"),
    ]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("تاريخ النشر: 12 مارس 2025", "12 مارس 2025"),
        ("نشر في 08 ديسمبر 2025 (16:35)", "08 ديسمبر 2025 (16:35)"),
        ("الكاتب: salsabeel", "salsabeel"),
        ("بقلم سناء بنجلون", "سناء بنجلون"),
        ("منذ 7 ساعات", "منذ 7 ساعات"),
        ("12:30 - الأحد", "12:30 - الأحد"),
        ("إعداد وتحرير: هدى المصري", "هدى المصري"),
    ],
)
def test_labels_are_left_out(line, value):
    assert without_label(line) == value
