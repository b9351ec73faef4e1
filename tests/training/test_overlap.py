"""Planted near-duplicates are caught, and ordinary sentences of the same kind are not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from summarizer.glossary import fixed_spans
from summarizer.standins import hide
from summarizer.training.cleaning import Pair
from summarizer.training.overlap import HeldOut, held_out_texts, shingles, with_stand_ins, without

HELD_OUT = [
    "وقع وزير الصحة الكويتي الدكتور أحمد العوضي، اليوم الجمعة، خمس مذكرات تفاهم مع مؤسسات فرنسية كبرى.",
    "The minister of health signed five memoranda of understanding with major French institutions on Friday.",
    "هذا عنوان قصير",
]


@pytest.mark.parametrize(
    "text",
    [
        HELD_OUT[0],
        "وقّع وزير الصحّة الكويتي الدكتور أحمد العوضي اليوم الجمعه خمس مذكرات تفاهم مع مؤسسات فرنسية كبرى",
        "الكويت - وقع وزير الصحة الكويتي الدكتور أحمد العوضي، اليوم الجمعة، خمس مذكرات تفاهم.",
        "THE MINISTER OF HEALTH SIGNED FIVE MEMORANDA OF UNDERSTANDING in Rome.",
        "هذا عنوان قصير!",
    ],
)
def test_planted(text: str) -> None:
    assert HeldOut(HELD_OUT).is_near(text)


@pytest.mark.parametrize(
    "text",
    [
        "وقع وزير الصحة الليبي مذكرة تفاهم مع مستشفى في تونس لعلاج الجرحى.",
        "The minister of health opened a new hospital with two hundred beds in Basra on Friday.",
        "هذا عنوان قصير جدا عن أمر آخر تماما",
        "عنوان",
    ],
)
def test_not_near(text: str) -> None:
    assert not HeldOut(HELD_OUT).is_near(text)


def test_short_texts_are_whole_or_nothing() -> None:
    assert shingles("وزارة الصحة") == frozenset()
    assert len(shingles("وزارة الصحة العامة")) == 1


def test_a_sentence_with_other_names_and_numbers_is_the_same_sentence() -> None:
    held_out = HeldOut(with_stand_ins(["أعلن الدكتور سامر الخطيب وصول 231 مريضا إلى مستشفى المدينة."]))
    other = "أعلن الدكتور خالد المصري وصول 345 مريضا إلى مستشفى المدينة."
    assert not HeldOut(["أعلن الدكتور سامر الخطيب وصول 231 مريضا إلى مستشفى المدينة."]).is_near(other)
    assert held_out.is_near(hide(other, fixed_spans(other))[0])


def test_stand_ins_alone_are_no_text() -> None:
    assert shingles("⓵ ⓶ في ⓷ ⓸ من ⓹") == frozenset()
    assert shingles("⓵ مليون دينار") == frozenset()
    assert shingles("زار ⓷ مدينة ⓶ أمس") == shingles("زار ⓵ مدينة ⓸ أمس") != frozenset()


def test_removal_is_counted() -> None:
    counts = Counter({("x", "kept"): 2})
    pairs = [Pair("نص آخر", HELD_OUT[1], "x"), Pair("نص آخر", "Another text", "x")]
    assert list(without(pairs, HeldOut(HELD_OUT), counts)) == pairs[1:]
    assert counts == {("x", "kept"): 1, ("x", "held out"): 1}


def test_files_of_every_kind_are_read_sentence_by_sentence(tmp_path: Path) -> None:
    (tmp_path / "dev.tsv").write_text("أول. ثان.\tfirst\tx\n", encoding="utf-8")
    (tmp_path / "story.toml").write_text('text = "ثالث"\n', encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert list(held_out_texts([tmp_path])) == ["أول.", "ثان.", "first", "x", 'text = "ثالث"']
