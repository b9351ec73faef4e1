"""Counts beside the averages: numbers, loops, leftovers."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.training.score import has_loop, number_recall, numbers, read_pairs, score_lines


def test_numbers_are_compared_across_digits_and_separators() -> None:
    assert numbers("١٬٢٥٠ حالة و ٣٥٫٥٪ في 12/5") == numbers("1,250 cases, 35.5% on 12/5")


def test_thousands_in_words_and_decimal_commas() -> None:
    assert numbers("95 ألف شخص و 3 آلاف و 2،5 مليار") == numbers("95,000 people, 3 thousand and 2.5 billion")


@pytest.mark.parametrize(
    ("source", "output", "recall"),
    [("20 و 30", "20 and 30", 1.0), ("20 و 30", "20 and 3", 0.5), ("20 و 20", "20", 0.5), ("لا رقم", "none", 1.0)],
)
def test_number_recall(source: str, output: str, recall: float) -> None:
    assert number_recall([source], [output]) == recall


def test_loops() -> None:
    assert has_loop("the minister said that " * 3)
    assert not has_loop("the minister said that the minister said that it was good")


def test_score_has_signatures_and_counts() -> None:
    score = score_lines("x", ["قال", "قال"], ["He said so.", "He قال."], ["He said so.", "He said."])
    assert score.arabic == 1
    assert score.chrf > 50
    assert all("version" in signature for signature in score.signatures)


def test_test_sets_come_as_tsv_or_as_two_files(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("نعم\tyes\tx\n", encoding="utf-8")
    (tmp_path / "b.ar").write_text("نعم\n", encoding="utf-8")
    (tmp_path / "b.en").write_text("yes\n", encoding="utf-8")
    assert read_pairs(tmp_path / "a.tsv") == read_pairs(tmp_path / "b.ar") == (["نعم"], ["yes"])
