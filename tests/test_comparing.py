from __future__ import annotations

import pytest
from fakes import PAGE, tools

from summarizer import comparing
from summarizer.briefs import brief_page
from summarizer.records import Brief, Page, Settings


@pytest.fixture(scope="module")
def brief() -> Brief:
    return brief_page(Page("a.txt", PAGE), tools(), Settings())[0]


def test_two_spellings_of_one_summary_score_full_marks(brief: Brief) -> None:
    respelled = brief.summary_ar.replace("ة", "ه").replace("25", "٢٥")
    scores = comparing.score([[brief], [brief]], arabic=respelled)
    assert [name for name, _ in scores.rows] == ["ROUGE-1 F1 (ar)", "ROUGE-L F1 (ar)", "chrF2 (ar)"]
    assert all(value == pytest.approx(100) for _, values in scores.rows for value in values)


def test_another_summary_scores_less_and_an_unrelated_one_almost_nothing(brief: Brief) -> None:
    half = " ".join(brief.summary_ar.split()[:8])
    (_, (some, _)), *_ = comparing.score([[brief], [brief]], arabic=half).rows
    (_, (none, _)), *_ = comparing.score([[brief], [brief]], arabic="طقس مشمس في باريس").rows
    assert 40 < some < 95 and none < 15


def test_english_is_scored_on_the_whole_translation(brief: Brief) -> None:
    gold = " ".join([brief.headline_en, *brief.translation_en])
    rows = dict(comparing.score([[brief]], english=gold).rows)
    assert set(rows) == {"BLEU (en)", "chrF2 (en)"}
    assert all(value == pytest.approx(100) for (value,) in rows.values())


def test_without_a_reference_there_is_no_score(brief: Brief) -> None:
    assert comparing.score([[brief]], arabic=" ", english="") == comparing.Scores((), ())


def test_a_missing_package_is_named(brief: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "find_spec", lambda _: None)
    scores = comparing.score([[brief]], arabic="نص", english="text")
    assert scores == comparing.Scores((), ("rouge-score", "sacrebleu"))
