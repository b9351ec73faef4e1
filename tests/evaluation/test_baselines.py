"""The simple things do what their names say."""

from __future__ import annotations

import pytest
from perfect import PAGES, aligned, briefs
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from evaluation import baselines
from evaluation.baselines import EXTRACTS, NotRun

TEXT = [
    "افتتح الوزير مستشفى جديدا في العاصمة طرابلس.",
    "وهطلت أمطار غزيرة.",
    "ويضم المستشفى الجديد في العاصمة مئة سرير.",
    "وقال الوزير إن المستشفى الجديد سيخدم العاصمة طرابلس.",
    "وفاز الفريق بالكأس.",
]


def test_leads() -> None:
    assert EXTRACTS["lead-1"](TEXT, "") == [0]
    assert EXTRACTS["lead-3"](TEXT, "") == [0, 1, 2]
    assert EXTRACTS["lead, 60 words"](["كلمة " * 40, "كلمة " * 20, "كلمة"], "") == [0, 1]
    assert EXTRACTS["lead, 60 words"](["كلمة " * 80, "كلمة"], "") == [0]


def test_random_depends_on_the_story_alone() -> None:
    choose = EXTRACTS["random-3"]
    assert choose(TEXT, "a") == choose(TEXT, "a")
    assert len({tuple(choose(TEXT, str(key))) for key in range(20)}) > 1


@pytest.mark.parametrize(("name", "ranker"), [("LexRank-3", LexRankSummarizer), ("TextRank-3", TextRankSummarizer)])
def test_ranks_are_the_librarys(name: str, ranker: type) -> None:
    document = ObjectDocumentModel([Paragraph([Sentence(text, baselines._Words()) for text in TEXT])])
    chosen = EXTRACTS[name](TEXT, "")
    assert [TEXT[i] for i in chosen] == [sentence._text for sentence in ranker()(document, 3)]
    assert 3 in chosen  # what the story is about


@pytest.mark.parametrize("name", ["LexRank-3", "TextRank-3"])
def test_short_and_repeating_stories_are_ranked_too(name: str) -> None:
    assert EXTRACTS[name](["جملة واحدة فقط."], "") == [0]
    assert EXTRACTS[name]([TEXT[0], TEXT[0], "...", TEXT[2]], "") == [0, 3]


@pytest.mark.parametrize("kind", ["lexrank", "textrank"])
def test_a_ranking_holds_each_sentence_once(kind: str) -> None:
    assert sorted(baselines.ranked(kind)(TEXT, "")) == list(range(len(TEXT)))


def test_the_oracle_beats_every_extract() -> None:
    from evaluation.summary import metrics

    told = aligned(briefs()).stories
    metric = metrics()[0]
    scores = {name: metric.score([metric.measure(t) for t in made]) for name, made in baselines.summaries(told)}
    assert max(scores, key=lambda name: scores[name]) == baselines.ORACLE


def test_absent_models_are_named_with_the_reason() -> None:
    found = list(baselines.models_at_hand(aligned(briefs(PAGES[:1]), PAGES[:1]).stories))
    assert NotRun("opus-mt", "not on this machine") in found
