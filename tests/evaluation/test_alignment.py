"""Briefs find their stories and sentences, however the page was cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from perfect import PAGES, SUDAN, TUNISIA, aligned, brief, briefs

from evaluation.alignment import align, overlaps
from evaluation.errors import BriefWrong
from evaluation.places import Span
from summarizer.records import Brief, Pair


def test_a_perfect_cut_gives_a_segment_a_sentence() -> None:
    found = aligned(briefs())
    assert not found.missing
    for told in found.stories:
        assert [s.hypothesis for s in told.segments] == [s.en for s in told.reference.sentences]
        assert [s.reference for s in told.segments] == [s.en for s in told.reference.sentences]
        assert sum(len(s.numbers) for s in told.all_segments) == len(told.reference.numbers)
        assert told.strayed == 0


def test_joined_and_split_sentences_share_a_segment() -> None:
    made = brief(SUDAN, SUDAN.stories[0])
    first, second, third, *rest = made.sentences
    half = third.ar.index("وأن الإصابات")
    pairs = (
        Pair(f"{first.ar} {second.ar}", "one two"),
        Pair(third.ar[:half], "three"),
        Pair(third.ar[half:], "and a half"),
        *rest,
    )
    segments = aligned([replace(made, sentences=pairs)], [SUDAN]).stories[0].segments
    assert [s.hypothesis for s in segments[:2]] == ["one two", "three and a half"]
    assert segments[0].reference == f"{first.en} {second.en}"
    assert len(segments) == len(made.sentences) - 1


def test_spaces_marks_and_bullets_do_not_matter() -> None:
    made = brief(SUDAN, SUDAN.stories[0])
    spelled = tuple(replace(p, ar=f"•  {p.ar.replace('ة', 'ه').replace(' ', '  ')}") for p in made.sentences)
    assert (
        aligned([replace(made, sentences=spelled)], [SUDAN]).stories[0].segments
        == aligned([made], [SUDAN]).stories[0].segments
    )


def test_a_sentence_left_out_is_an_empty_translation() -> None:
    made = brief(SUDAN, SUDAN.stories[0])
    told = aligned([replace(made, sentences=made.sentences[1:])], [SUDAN]).stories[0]
    assert [bool(s.hypothesis) for s in told.segments[:2]] == [False, True]


def _merged(stories: list[Brief]) -> Brief:
    first, second = stories
    return replace(first, stories=1, sentences=(*first.sentences, *second.sentences))


def test_two_stories_in_one_brief_leave_one_without_a_summary() -> None:
    told = aligned([_merged(briefs([TUNISIA]))], [TUNISIA]).stories
    assert sorted(bool(t.summary_ar) for t in told) == [False, True]
    assert all(s.hypothesis for t in told for s in t.segments)


def test_a_page_without_briefs_is_missing() -> None:
    found = align(briefs([SUDAN]), PAGES)
    assert found.missing == (TUNISIA.name, PAGES[2].name)
    assert {t.reference.page for t in found.stories} == {SUDAN.name}


def test_a_brief_of_an_unknown_page_is_named() -> None:
    with pytest.raises(BriefWrong, match=r"run\.jsonl, brief 'x-1', source: 'elsewhere' has no reference"):
        align([replace(briefs()[0], id="x-1", source="pages/elsewhere.txt")], PAGES, path="run.jsonl")


@pytest.mark.parametrize(
    ("change", "field"),
    [({"sentences": ()}, "sentences"), ({"summary_ar": " "}, "summary_ar")],
    ids=["text", "summary"],
)
def test_a_brief_that_contradicts_itself_is_named(change: dict[str, object], field: str) -> None:
    with pytest.raises(BriefWrong, match=f", {field}: "):
        align([replace(briefs()[0], **change)], PAGES)  # type: ignore[arg-type]


def test_overlaps_are_the_smallest_groups() -> None:
    left = [Span(0, 10), Span(10, 20), Span(30, 40)]
    right = [Span(0, 10), Span(12, 15), Span(15, 31)]
    assert list(overlaps(left, right)) == [([0], [0]), ([1, 2], [1, 2])]
