"""Sentences: golden cases from many countries' styles, and what must hold for any text at all."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.arabic import count_words, word_set
from summarizer.records import Paragraph, Story
from summarizer.sentences import LONG_WORD, join_pieces, split_long, split_sentences, split_story

DATA = json.loads((Path(__file__).parent / "cases" / "sentences.json").read_text(encoding="utf-8"))


def _cases(kind):
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else [],
        )
        for case in DATA[kind]
    ]


# Whatever the rules look at, in any order: words, abbreviations, numbers, marks.
PARTS = sorted(
    word_set(
        "وزارة الصحة أكد وأضاف د أ.د ص.ب و.م.ع م ب. إن بي.بي.سي كوم 12 3.5 ٣٫٥ 2025م U.S Dr www.a.com ، ؛ : - • · 1. "
        "مؤكدا حيث # أَكَّدَ ـ"
    )
)
SIGNS = [*".!?؟…،:", "..", "...", "؟!", " ", " ", " ", "\n", "\r\n", "\u2028", "\u00a0"]
QUOTES = [*'"“”«»()[]‘’']
PLAIN = st.lists(st.sampled_from(PARTS + SIGNS), max_size=60).map("".join)
QUOTED = st.lists(st.sampled_from(PARTS + SIGNS + QUOTES), max_size=60).map("".join)
ANY = st.one_of(PLAIN, QUOTED, st.text(max_size=80))
ENGLISH = st.lists(
    st.sampled_from(
        ["The", "He", "And", "Ahmed", "WHO", "I", "U.S.", "ward", "open", "stressing", ",", ".", "?", '."']
    ),
    max_size=8,
).map(" ".join)


@pytest.mark.parametrize("case", _cases("split"))
def test_split_golden(case):
    assert [s.text for s in split_sentences(case["text"])] == case["expected"], case["comment"]


@pytest.mark.parametrize("case", _cases("long"))
def test_long_golden(case):
    assert split_long(case["text"], max_words=case["max_words"]) == case["expected"], case["comment"]


@pytest.mark.parametrize("case", _cases("join"))
def test_join_golden(case):
    assert join_pieces(case["pieces"]) == case["expected"], case["comment"]


def test_the_golden_cases_are_many_and_named_apart():
    labels = [case["label"] for kind in DATA.values() for case in kind]
    assert len(DATA["split"]) >= 120
    for kind in DATA.values():
        assert len({case["label"] for case in kind}) == len(kind)
    assert all(labels)


@given(ANY)
def test_offsets_give_the_text_back(text):
    end = 0
    for sentence in split_sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip() != ""
        assert not text[end : sentence.start].strip()
        end = sentence.end
    assert not text[end:].strip()


@given(ANY)
def test_a_sentence_stays_on_its_line_and_lines_are_counted(text):
    sentences = split_sentences(text)
    assert all(len(s.text.splitlines()) == 1 for s in sentences)
    lines = [line for line in text.splitlines() if line.strip()]
    assert list(dict.fromkeys(s.paragraph for s in sentences)) == list(range(len(lines)))


@given(PLAIN)
def test_splitting_a_sentence_again_changes_nothing(text):
    for sentence in split_sentences(text):
        assert [s.text for s in split_sentences(sentence.text)] == [sentence.text]


def test_the_middle_of_a_long_quotation_is_the_exception_to_that():
    """Short parts stay with what follows them only while the quotation marks show that they are quoted."""
    middle = "لا نخاف أبدا. نحن هنا لنعمل من أجل المرضى جميعا."
    text = f'قال: "بدأنا العمل في هذا المستشفى قبل عام. {middle} سنبقى هنا حتى نهاية هذه الأزمة".'
    assert middle in [s.text for s in split_sentences(text)]
    assert len(split_sentences(middle)) == 2


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("• عيادة القلب", "bullet"),
        ("- عيادة القلب", "bullet"),
        ("3- عيادة القلب", "bullet"),
        ("2. عيادة القلب", "bullet"),
        ("أ) عيادة القلب", "bullet"),
        ("عيادة القلب", "body"),
        ("2025 - عام الصحة", "body"),
        ("3.5 مليون مستفيد", "body"),
        ("-3.5 درجة", "body"),
        ("د. سالم", "body"),
    ],
)
def test_bullets_are_known(line, kind):
    assert [s.kind for s in split_sentences(line)] == [kind]


def test_a_story_lends_its_kinds_and_its_offsets():
    paragraphs = (
        Paragraph("توطين العلاج", "heading"),
        Paragraph("وصل الوفد. وغادر مساء."),
        Paragraph(""),
        Paragraph("عيادة القلب", "bullet"),
    )
    story = Story("page.txt", 1, paragraphs)
    sentences = split_story(story)
    assert [(s.paragraph, s.kind) for s in sentences] == [(0, "heading"), (1, "body"), (1, "body"), (3, "bullet")]
    assert all(story.text[s.start : s.end] == s.text for s in sentences)


@given(ANY, st.integers(1, 50))
def test_pieces_give_the_sentence_back_and_none_is_too_long(text, max_words):
    pieces = split_long(text, max_words=max_words)
    assert "".join(pieces) == text
    for piece in pieces:
        assert count_words(piece) <= max_words
        assert len(piece.split()) <= max_words
        assert len("".join(piece.split())) <= max_words * LONG_WORD
    assert len(pieces) == 1 or all(piece.strip() for piece in pieces)


@given(st.integers(46, 400))
def test_no_piece_is_a_fragment(words):
    pieces = split_long(" ".join(["كلمة"] * words))
    assert all(5 <= count_words(piece) <= 45 for piece in pieces)


@given(st.lists(ENGLISH, max_size=6))
def test_joining_loses_no_word(pieces):
    found, given_words = (re.findall(r"\w+", text.lower()) for text in (join_pieces(pieces), " ".join(pieces)))
    assert found == given_words


@pytest.mark.parametrize(
    "text",
    [
        "وزارة الصحة في ليبيا " * 10_000,
        'أكد د. محمد أن "العمل مستمر. والنتائج قريبة". ' * 2_000,
        "(" * 20_000 + "كذا. " * 10_000,
        '"ا. ' * 10_000,
        "ا." * 20_000,
        ". " * 50_000,
        "كذا." + " " * 200_000 + "كذا",
        "ا" * 200_000,
    ],
    ids=["40000 words", "news", "brackets", "quotes", "letters", "stops", "spaces", "one word"],
)
def test_time_grows_with_the_text_and_no_faster(text):
    """Four times the text in about four times the time; sixteen times would be a square."""

    def seconds(text):
        begun = time.process_time()
        for sentence in split_sentences(text):
            split_long(sentence.text)
        return time.process_time() - begun

    quarter = min(seconds(text[: len(text) // 4]) for _ in range(2))
    assert seconds(text) < 10 * quarter + 0.5
