"""ROUGE in Arabic, held to the program papers use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.rouge import TYPES, best_of, rouge

ORACLE = json.loads((Path(__file__).parent.parent / "cases/evaluation/xlsum_rouge.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", ORACLE["cases"], ids=lambda c: c["hypothesis"][:20])
def test_the_xlsum_protocol_is_the_original_programs(case: dict[str, Any]) -> None:
    found = rouge("xlsum", (case["reference"],), case["hypothesis"])
    assert found == pytest.approx([case[kind] for kind in TYPES], abs=1e-6)


@pytest.mark.parametrize("protocol", ["raw", "normalised", "xlsum"])
def test_equal_arabic_is_one_and_strangers_are_nought(protocol: str) -> None:
    # rouge_score's own tokenizer sees nothing in the first pair, and only 125 in the second.
    assert rouge(protocol, ("افتتحت الوزارة مركزا صحيا جديدا",), "افتتحت الوزارة مركزا صحيا جديدا") == (1, 1, 1)
    assert rouge(protocol, ("وقع الوزير 125 مذكرة",), "بلغت الأمطار 125 ملم")[0] < 0.3


def test_only_the_raw_protocol_minds_spelling() -> None:
    pair = (("إفتتحت الوزارةُ مستشفى ٢٥",), "افتتحت الوزاره مستشفي 25")
    assert rouge("raw", *pair)[0] < 0.3
    assert rouge("normalised", *pair)[0] == 1


def test_the_nearer_reference_counts() -> None:
    assert rouge("raw", ("شيء آخر تماما", "نص من ثلاث كلمات"), "نص من ثلاث كلمات")[0] == 1


def test_the_oracle_takes_the_sentences_the_reference_is_made_of() -> None:
    sentences = ["افتتح الوزير مستشفى في طرابلس", "وهطلت أمطار غزيرة أمس", "ويضم المستشفى مئة سرير"]
    assert best_of(sentences, (f"{sentences[0]} {sentences[2]}",), 3) == [0, 2]
    assert best_of(sentences, ("لا صلة البتة",), 3) == []
