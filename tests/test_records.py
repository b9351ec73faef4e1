"""Records: JSON and back, flags and back, and settings whose digest tells every difference."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.records import Brief, Dropped, Flag, Page, Pair, Paragraph, Rendering, Settings, Story, Summary

WORDS = st.text(max_size=12)
CODES = st.from_regex(r"[a-z-]{1,12}", fullmatch=True)
FLAGS = st.lists(st.builds(Flag, CODES, WORDS), max_size=2).map(tuple)
KINDS = st.sampled_from(["body", "heading", "bullet"])
SCORES = st.none() | st.floats(-20, 0)
PAIRS = st.lists(st.builds(Pair, WORDS, WORDS, SCORES, FLAGS, st.integers(0, 9), KINDS), max_size=3).map(tuple)
TEXTS = st.lists(WORDS, max_size=3).map(tuple)
NAMED = st.dictionaries(WORDS, WORDS, max_size=2)
FIELDS = {
    "id": WORDS,
    "source": WORDS,
    "story": st.integers(1, 99),
    "stories": st.integers(1, 99),
    "headline": WORDS,
    "headline_en": WORDS,
    "published": WORDS,
    "byline": WORDS,
    "dateline": WORDS,
    "paragraphs": st.lists(st.builds(Paragraph, WORDS, KINDS), max_size=3).map(tuple),
    "sentences": PAIRS,
    "summary_ar": WORDS,
    "summary_sentences": st.lists(st.integers(0, 9), max_size=3).map(tuple),
    "summary_en": WORDS,
    "summary_pairs": PAIRS,
    "translation_en": TEXTS,
    "checks": NAMED,
    "dropped": st.lists(st.builds(Dropped, WORDS, WORDS), max_size=2).map(tuple),
    "models": NAMED,
    "encoding": WORDS,
    "headline_flags": FLAGS,
    "other_languages": st.dictionaries(WORDS, st.builds(Rendering, WORDS, WORDS, TEXTS, TEXTS), max_size=2),
    "seconds": st.floats(0, 1e4),
}
BRIEFS = st.builds(Brief, **FIELDS)


@given(BRIEFS)
def test_a_brief_survives_json(brief):
    assert Brief.from_dict(json.loads(json.dumps(brief.to_dict(), ensure_ascii=False))) == brief


def test_no_field_of_a_brief_is_forgotten_here():
    assert {field.name for field in dataclasses.fields(Brief)} == set(FIELDS)


@given(BRIEFS, st.data())
def test_a_missing_field_is_named(brief, data):
    written = brief.to_dict()
    name = data.draw(st.sampled_from(sorted(written)))
    del written[name]
    with pytest.raises(KeyError, match=name):
        Brief.from_dict(written)


@given(BRIEFS)
def test_json_holds_what_readers_of_the_file_are_promised(brief):
    promised = (
        "id source story headline published byline dateline paragraphs summary_ar summary_sentences summary_en "
        "headline_en translation_en sentences checks dropped models seconds"
    )
    written = brief.to_dict()
    assert set(promised.split()) <= set(written)
    assert all({"ar", "en", "score", "flags"} <= set(sentence) for sentence in written["sentences"])
    assert all(set(block) == {"text", "reason"} for block in written["dropped"])


@given(CODES, WORDS)
def test_a_flag_survives_its_text(code, detail):
    assert Flag.parse(str(Flag(code, detail))) == Flag(code, detail)


def test_a_flag_keeps_a_colon_in_its_detail():
    assert Flag.parse("number-lost: 10: 30") == Flag("number-lost", "10: 30")
    assert Flag.parse("loop") == Flag("loop", "")


OTHER = {int: 7, str: "other", tuple: ("en", "fr"), bool: True, float: 0.5}


@pytest.mark.parametrize("field", dataclasses.fields(Settings), ids=lambda field: field.name)
def test_every_setting_counts_in_the_digest(field):
    settings = Settings()
    value = getattr(settings, field.name)
    other = not value if isinstance(value, bool) else OTHER[type(value)]
    assert other != value
    assert dataclasses.replace(settings, **{field.name: other}).digest != settings.digest


def test_equal_settings_have_one_digest():
    assert Settings().digest == Settings().digest
    assert len(Settings().digest) == 12


def test_a_story_is_its_paragraphs_and_a_summary_its_sentences():
    story = Story("page.txt", 1, (Paragraph("أول"), Paragraph("ثان")))
    assert story.text == "أول\nثان"
    assert Summary((0, 2), ("أول.", "ثالث.")).text == "أول. ثالث."


@pytest.mark.parametrize(
    "record", [Page("a", "b"), Flag("x"), Paragraph("x"), Settings()], ids=lambda r: type(r).__name__
)
def test_records_cannot_be_changed(record):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(record, dataclasses.fields(record)[0].name, "other")
