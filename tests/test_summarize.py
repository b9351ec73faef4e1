"""The summary's invariants on invented stories of ministries and agencies, and how sentences are chosen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.arabic import count_words
from summarizer.records import Paragraph, Sentence, Story, Summary
from summarizer.summarize import SCORES, WEIGHTS, stem, stems, summarize

CASES = json.loads((Path(__file__).parent / "cases" / "summaries.json").read_text(encoding="utf-8"))
LIMITS = [(1, 8), (1, 60), (2, 25), (3, 20), (3, 60), (5, 120)]


def sentences_of(case: dict[str, Any]) -> list[Sentence]:
    """One sentence a line, so that these tests do not hang on the splitter; "# " marks a heading, "* " a list item."""
    found, at = [], 0
    kinds = {"# ": "heading", "* ": "bullet"}
    for number, line in enumerate(case["lines"]):
        kind: Any = kinds.get(line[:2], "body")
        text = line[2:] if kind != "body" else line
        found.append(Sentence(text, at, at + len(text), number, kind))
        at += len(text) + 1
    return found


def story_of(case: dict[str, Any]) -> Story:
    parts = sentences_of(case)
    return Story("case", 1, tuple(Paragraph(s.text, s.kind) for s in parts), headline=case.get("headline", ""))


def summary_of(case: dict[str, Any], **limits: int) -> Summary:
    return summarize(story_of(case), sentences=sentences_of(case), **limits)


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["label"]))
def test_the_summary_expected(case: dict[str, Any]) -> None:
    summary = summary_of(case, **case.get("limits", {}))
    assert [list(summary.positions), list(summary.sentences)] == [case["positions"], case["summary"]]


@pytest.mark.parametrize("limits", LIMITS)
@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["label"]))
def test_within_limits_never_empty_in_order_from_the_story(case: dict[str, Any], limits: tuple[int, int]) -> None:
    parts = sentences_of(case)
    most_sentences, most_words = limits
    summary = summarize(story_of(case), sentences=parts, max_sentences=most_sentences, max_words=most_words)
    assert 0 < len(summary.sentences) == len(summary.positions) <= most_sentences
    assert count_words(summary.text) <= most_words
    assert list(summary.positions) == sorted(set(summary.positions))
    for position, text in zip(summary.positions, summary.sentences, strict=True):
        assert text.rstrip(".") in parts[position].text
        assert text[-1] in '.!?؟…"”»)'


def test_a_summary_does_not_depend_on_what_was_summarised_before() -> None:
    first = [summary_of(case) for case in CASES]
    assert [summary_of(case) for case in reversed(CASES)] == first[::-1]


@pytest.mark.parametrize("lines", [["كلمة"], ["# عنوان قصير"], ["* بند واحد"], ["؟"], ["قال"]])
def test_a_story_of_almost_nothing_still_has_a_summary(lines: list[str]) -> None:
    summary = summary_of({"lines": lines})
    assert bool(summary.sentences) == any(count_words(line) for line in lines)


def test_nothing_gives_nothing() -> None:
    assert summarize(Story("x", 1, ()), sentences=[]) == Summary((), ())


def test_one_endless_sentence_is_cut() -> None:
    summary = summary_of({"lines": ["كلمة " * 5000]}, max_words=60)
    assert count_words(summary.text) == 60


@pytest.mark.parametrize("limits", [{"max_sentences": 0}, {"max_words": 0}])
def test_a_limit_below_one_is_an_error(limits: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least one"):
        summary_of(CASES[0], **limits)


def test_every_score_has_a_weight() -> None:
    assert SCORES.keys() == WEIGHTS.keys()


@pytest.mark.parametrize(("left", "right"), [("المستشفيات", "مستشفى"), ("والوزارة", "وزارة"), ("بالمدينة", "المدينة")])
def test_endings_and_particles_do_not_hide_a_word(left: str, right: str) -> None:
    assert stems(left) & stems(right)


def test_a_short_word_keeps_its_letters() -> None:
    assert stem("بن") == "بن"
