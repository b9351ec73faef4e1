from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import tiny

from summarizer.errors import LanguageNotOffered, ModelNotHere, UnknownModel, WeightsDamaged
from summarizer.records import Flag, Paragraph, Story, Translated
from summarizer.sentences import split_long
from summarizer.translate import Memory, Translator, choose, load_summarizer, load_translator, translate

NO_DOUBTS = lambda ar, en, score: ()  # noqa: E731


class Echo:
    """A pipeline that 'translates' by turning words to numbers, and counts what it was asked."""

    has_stand_ins = False

    def __init__(self, limit: int = 20) -> None:
        self.limit = limit
        self.batches: list[list[str]] = []

    def pieces(self, text: str) -> list[str]:
        return split_long(text, max_words=self.limit)

    def count_tokens(self, text: str) -> int:
        return len(text.split()) + 1

    def __call__(self, batch: list[str], **_: Any) -> list[list[dict[str, Any]]]:
        self.batches.append(batch)
        return [[{"translation_text": english(text), "score": -0.5}] for text in batch]


def english(text: str) -> str:
    return " ".join(f"w{sum(map(ord, word))}" for word in text.split())


def translator(pipeline: Any) -> Translator:
    return Translator("echo", pipeline, "en", "none", "none")


def run(sentences: Sequence[str], pipeline: Any = None, **options: Any) -> list[Translated]:
    return translate(sentences, translator=translator(pipeline or Echo()), check=NO_DOUBTS, **options)


WORDS = ("قال", "الوزير", "إن", "المحادثات", "انتهت", "يوم", "الخميس", "في", "القاهرة", "أمس")


def sentence(length: int, start: int = 0) -> str:
    return " ".join(WORDS[(start + number) % len(WORDS)] for number in range(length))


def test_length_and_order_are_kept_whatever_comes() -> None:
    given = [sentence(9), "", sentence(2), sentence(2), " ", sentence(60), "BBC ٢٠٢٤", sentence(5, 3), sentence(9)]
    results = run(given, batch_size=2)
    assert len(results) == len(given)
    assert (results[1], results[4]) == (Translated(""), Translated(""))
    for number in (0, 2, 3, 7, 8):
        assert results[number].text == english(given[number])


def test_nothing_gives_nothing() -> None:
    assert run([]) == []


def test_a_text_without_arabic_needs_no_model() -> None:
    pipeline = Echo()
    assert [r.text for r in run(["BBC ٢٠٢٤", "https://a.org", "؟"], pipeline)] == ["BBC 2024", "https://a.org", "?"]
    assert pipeline.batches == []


def test_a_repeated_sentence_is_translated_once_in_and_across_calls() -> None:
    pipeline = Echo()
    one = translator(pipeline)
    translate([sentence(3), sentence(4), sentence(3)], translator=one, check=NO_DOUBTS)
    translate([sentence(4), " " + sentence(3) + "\u200f"], translator=one, check=NO_DOUBTS)
    assert sorted(text for batch in pipeline.batches for text in batch) == sorted([sentence(3), sentence(4)])


def test_batches_are_bounded_sorted_and_within_a_step_of_length() -> None:
    pipeline = Echo(limit=100)
    run([sentence(n) for n in (40, 3, 17, 5, 90, 4, 33, 15, 16)], pipeline, batch_size=3)
    lengths = [[len(text.split()) + 1 for text in batch] for batch in pipeline.batches]
    assert lengths == [[4, 5, 6], [16], [17, 18], [34, 41], [91]]


def test_a_long_sentence_comes_back_whole_with_a_weighted_score() -> None:
    class Scored(Echo):
        def __call__(self, batch: list[str], **_: Any) -> list[list[dict[str, Any]]]:
            return [[{"translation_text": english(t), "score": -len(t.split()) / 10}] for t in batch]

    given = sentence(50)
    [result] = run([given], Scored(limit=20))
    words = english(given).split()
    assert [w.strip(",;.").lower() for w in result.text.split()] == words
    parts = split_long(given, max_words=20)
    weights = [len(part.split()) for part in parts]
    assert len(parts) > 2
    assert result.score == pytest.approx(-sum(w * w for w in weights) / 10 / sum(weights), abs=1e-4)


def test_doubts_of_a_long_sentence_are_those_of_the_whole() -> None:
    def check(ar: str, en: str, score: float | None) -> tuple[Flag, ...]:
        return (Flag("words", str(len(ar.split()))),)

    [result] = translate([sentence(50)], translator=translator(Echo()), check=check)
    assert result.flags == (Flag("words", "50"),)


def test_progress_counts_sentences_up_to_all_of_them() -> None:
    told: list[tuple[int, int]] = []
    given = [sentence(3), "", sentence(5), sentence(3), sentence(50)]
    run(given, batch_size=1, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (5, 5)


def doubt(*bad: str) -> Any:
    return lambda ar, en, score: tuple(Flag("number-missing") for word in bad if word in en)


def hypotheses(**scores: float) -> list[dict[str, Any]]:
    return [{"translation_text": text, "score": score} for text, score in scores.items()]


def test_the_best_hypothesis_without_a_doubt_is_taken() -> None:
    assert choose("قال", hypotheses(bad=-0.1, good=-0.4, worse=-0.8), doubt("bad")).text == "good"
    assert choose("قال", hypotheses(one=-0.1, two=-0.4), doubt()).text == "one"


def test_where_all_are_in_doubt_the_best_is_kept_and_marked() -> None:
    chosen = choose("قال", hypotheses(bad=-0.1, worse=-0.4), doubt("bad", "worse"))
    assert chosen == Translated("bad", -0.1, (Flag("number-missing"),))


def test_fewer_doubts_beat_a_better_score() -> None:
    chosen = choose("قال", hypotheses(ab=-0.1, b=-0.9), doubt("a", "b"))
    assert chosen.text == "b"


def test_the_source_is_never_its_own_translation() -> None:
    from summarizer.checks import check_translation

    source = "قالَ الوزير"
    chosen = choose(source, [{"translation_text": "قال الوزير", "score": -0.1}], check_translation)
    assert chosen.text == ""
    assert "copied" in {flag.code for flag in chosen.flags}


def test_a_sentence_the_model_fails_on_is_marked_and_costs_the_others_nothing() -> None:
    class Failing(Echo):
        def __call__(self, batch: list[str], **_: Any) -> list[list[dict[str, Any]]]:
            if any("القاهرة" in text for text in batch):
                raise RuntimeError("out of memory")
            return super().__call__(batch)

    results = run([sentence(3), sentence(9), sentence(4)], Failing())
    assert [bool(r.text) for r in results] == [True, False, True]
    assert results[1].flags == (Flag("empty", "the model failed on it"),)


def test_a_failure_is_not_remembered() -> None:
    class Once(Echo):
        def __call__(self, batch: list[str], **_: Any) -> list[list[dict[str, Any]]]:
            if not self.batches:
                self.batches.append(batch)
                raise RuntimeError("out of memory")
            return super().__call__(batch)

    one = translator(Once())
    assert [bool(translate([sentence(3)], translator=one, check=NO_DOUBTS)[0].text) for _ in range(2)] == [False, True]


def test_another_language_is_not_checked_as_if_it_were_english() -> None:
    french = replace(translator(Echo()), language="fr")
    [result] = translate(["وصل ثلاثة وزراء"], translator=french)
    assert result.flags == ()


def test_memory_forgets_what_was_not_used_for_longest() -> None:
    memory = Memory(size=2)
    for key in "ab":
        memory.put(key, Translated(key))
    memory.get("a")
    memory.put("c", Translated("c"))
    assert [memory.get(key) is not None for key in "abc"] == [True, False, True]
    assert len(memory) == 2


def test_threads_share_one_translator() -> None:
    one = load_translator()
    given = ["وصل الوزير.", "انتهت المحادثات.", "قال الرئيس."]
    expected = translate(given, translator=replace(one, memory=Memory()))
    results: list[list[Translated]] = []
    work = [
        threading.Thread(target=lambda: results.append(translate(given, translator=replace(one, memory=Memory()))))
        for _ in range(3)
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert results == [expected] * 3


def test_a_sentences_translation_does_not_depend_on_its_company() -> None:
    one = load_translator()
    given = ["وصل الوزير إلى القاهرة أمس.", "انتهت المحادثات.", "قال الرئيس إن 25 دولة شاركت في القمة.", "عاد الوفد."]
    alone = [translate([s], translator=replace(one, memory=Memory()))[0] for s in given]
    together = translate(given[::-1], translator=replace(one, memory=Memory()))[::-1]
    assert together == alone


def test_the_handle_says_what_was_loaded(made: dict[str, Path]) -> None:
    one = load_translator(str(made["marian"]), engine="torch")
    assert (one.engine, one.language, one.note) == ("torch", "en", "")
    assert len(one.fingerprint) == 12
    assert load_translator().licence == "Apache-2.0"


def test_two_languages_share_one_model(made: dict[str, Path]) -> None:
    english_one, french_one = (load_translator(str(made["nllb"]), to=to) for to in ("en", "fr"))
    assert english_one.pipeline is french_one.pipeline
    given = [tiny.LINES[0]]
    both = [translate(given, translator=one, check=NO_DOUBTS)[0].text for one in (english_one, french_one)]
    assert all(both)


def test_what_cannot_be_had_is_told_before_anything_is_loaded(
    made: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(UnknownModel):
        load_translator("nothing")
    with pytest.raises(ModelNotHere, match=r"Apache-2\.0"):
        load_translator("opus-mt")
    with pytest.raises(WeightsDamaged, match=r"config\.json"):
        load_translator(str(tmp_path))
    with pytest.raises(LanguageNotOffered):
        load_translator(str(made["marian"]), to="fr")


STORY = Story("page", 1, tuple(Paragraph(line) for line in tiny.LINES[:5]))


def test_the_extractive_summariser_loads_nothing_and_gives_positions() -> None:
    summary = load_summarizer()(STORY, max_sentences=2, max_words=60)
    assert summary.positions == tuple(sorted(summary.positions))
    assert 1 <= len(summary.sentences) <= 2
    code = "import sys; from summarizer.translate import load_summarizer as l; l(); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_generated_summary_has_no_positions(made: dict[str, Path]) -> None:
    summarizer = load_summarizer(str(made["mt5"]))
    summary = summarizer(STORY, max_words=5)
    assert summary.positions == ()
    assert summary.text
    assert summarizer("", max_words=5).text == ""


def test_the_names_of_doubts_are_those_of_the_checks() -> None:
    from summarizer.checks import CODES
    from summarizer.translate import DOUBTS

    assert DOUBTS.keys() <= CODES.keys()


def test_a_lost_number_weighs_more_than_a_bracket() -> None:
    def check(ar: str, en: str, score: float | None) -> tuple[Flag, ...]:
        return (Flag("unbalanced" if en == "bracket" else "number-missing"),)

    assert choose("قال", hypotheses(number=-0.1, bracket=-0.4), check).text == "bracket"


def test_a_loop_is_tried_again_with_loops_forbidden() -> None:
    class Looping(Echo):
        def __call__(self, batch: list[str], **options: Any) -> list[list[dict[str, Any]]]:
            self.batches.append(batch)
            text = "no loop" if options.get("no_repeat_ngram_size") else "loop loop loop"
            return [[{"translation_text": text if "أمس" in source else "fine", "score": -0.1}] for source in batch]

    def check(ar: str, en: str, score: float | None) -> tuple[Flag, ...]:
        return (Flag("repetition"),) if "loop loop" in en else ()

    pipeline = Looping()
    results = translate([sentence(3), "عاد الوفد أمس"], translator=translator(pipeline), check=check)
    assert [r.text for r in results] == ["fine", "no loop"]
    assert pipeline.batches[1:] == [["عاد الوفد أمس"]], "only what loops is done again"


def test_a_rare_name_is_tried_with_its_spelling_too_and_the_better_kept() -> None:
    class Guessing(Echo):
        has_stand_ins = True

        def hidden(self, text: str, terms: Any = None, *, rare: bool = False) -> tuple[str, tuple[str, ...]]:
            return text.replace("فيلنيوس", "⓵") if rare else text, ()

        def __call__(self, batch: list[str], rare: bool = False, **_: Any) -> list[list[dict[str, Any]]]:
            self.batches.append(batch)
            return [[{"translation_text": "in Vilnius" if rare else "in Villolncius", "score": -0.5}] for _ in batch]

    def check(ar: str, en: str, score: float | None) -> tuple[Flag, ...]:
        return (Flag("word-invented", "Villolncius"),) if "Villolncius" in en else ()

    pipeline = Guessing()
    results = translate([sentence(3), "في فيلنيوس"], translator=translator(pipeline), check=check)
    assert [r.text for r in results] == ["in Villolncius", "in Vilnius"]
    assert pipeline.batches[1:] == [["في فيلنيوس"]], "only what may hold a name is done twice"


def test_nothing_behind_the_best_without_a_doubt_is_looked_at() -> None:
    looked: list[str] = []

    def check(ar: str, en: str, score: float | None) -> tuple[Flag, ...]:
        looked.append(en)
        return ()

    choose("قال", hypotheses(second=-0.4, first=-0.1, third=-0.8), check)
    assert looked == ["first"]
