from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tiny

import summarizer
from summarizer import pipelines
from summarizer.engines import load_engine
from summarizer.models import REGISTRY, fingerprint
from summarizer.pipelines import (
    MAX_TOKENS,
    SUMMARIZATION,
    TRANSLATION,
    ArabicToEnglishPipeline,
    load_pipeline,
    within,
)

pytestmark = pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses:UserWarning")

NEWS = "\n".join(tiny.LINES[:5])
# Real sentences, for the embedded model: short and long, with numbers, quotation marks and a list.
SENTENCES = (
    "قال وزير الخارجية إن المحادثات انتهت يوم الخميس.",
    "أعلنت وزارة الصحة تسجيل 125 إصابة جديدة بالفيروس خلال الساعات الأربع والعشرين الماضية.",
    "وأضاف الرئيس في كلمة أمام البرلمان أن الحكومة ستعمل على خفض الأسعار وتحسين الخدمات في جميع المحافظات.",
    "وصل المنتخب الوطني إلى الدوحة للمشاركة في البطولة.",
    "أسعار النفط ترتفع 2 في المئة",
    "ودعا الأمين العام للأمم المتحدة إلى وقف إطلاق النار فورا.",
)


def named(kind: str, made: dict[str, Path], task: str = TRANSLATION, engine: Any = "auto") -> Any:
    return load_pipeline(task, made[kind], fingerprint(made[kind]), engine=engine)[0]


@pytest.fixture(scope="session")
def embedded() -> Any:
    folder = Path(REGISTRY["embedded"].where)
    return load_pipeline(TRANSLATION, folder, fingerprint(folder))[0]


def test_both_tasks_run_on_what_comes_with_the_package() -> None:
    from transformers import pipeline

    translated = pipeline(TRANSLATION)(SENTENCES[0])
    assert translated[0].keys() == {"translation_text", "score"}
    assert translated[0]["score"] < 0
    summarised = pipeline(SUMMARIZATION)(NEWS)
    assert summarised[0]["sentences"][0] == 0
    assert summarised[0]["summary_text"].startswith("قال وزير الخارجية")


def test_transformers_own_function_takes_a_folder_and_an_engine(made: dict[str, Path]) -> None:
    from transformers import pipeline

    kinds = {
        engine: type(pipeline(TRANSLATION, model=str(made["marian"]), model_kwargs={"engine": engine}).model).__name__
        for engine in ("auto", "torch")
    }
    assert kinds == {"auto": "FastModel", "torch": "MarianMTModel"}


def test_the_package_is_light_alone_and_registers_beside_transformers() -> None:
    code = (
        "import importlib, sys, summarizer;"
        "assert 'torch' not in sys.modules;"
        "from transformers.pipelines import PIPELINE_REGISTRY as registry;"
        "assert 'arabic-to-english' not in registry.get_supported_tasks();"
        "importlib.reload(summarizer);"  # as the first import, now that transformers is there
        "print('arabic-to-english' in registry.get_supported_tasks())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("True", "")


def test_the_packages_own_door_to_transformers_function() -> None:
    from transformers import pipeline

    assert summarizer.pipeline is pipeline


def test_an_unknown_name_of_the_package_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = summarizer.nothing


@pytest.mark.parametrize("kind", ["marian", "mt5"])
def test_a_string_a_list_and_a_generator_give_the_same(made: dict[str, Path], kind: str) -> None:
    pipe = named(kind, made)
    texts = list(tiny.LINES[:3])
    one_by_one = [pipe(text)[0] for text in texts]
    assert pipe(texts, batch_size=2) == one_by_one
    assert pipe(tuple(texts)) == one_by_one
    assert list(pipe(text for text in texts)) == one_by_one


def test_a_generator_is_read_as_it_is_needed(made: dict[str, Path]) -> None:
    read: list[int] = []

    def endless() -> Iterator[str]:
        while True:
            read.append(1)
            yield tiny.LINES[0]

    results = named("marian", made)(endless(), batch_size=2)
    next(results)
    assert len(read) < 6


@pytest.mark.parametrize("kind", ["marian", "extractive", "causal"])
def test_nothing_in_nothing_out(made: dict[str, Path], kind: str) -> None:
    from transformers import pipeline

    task, key = (TRANSLATION, "translation_text") if kind == "marian" else (SUMMARIZATION, "summary_text")
    pipe = pipeline(SUMMARIZATION) if kind == "extractive" else named(kind, made, task)
    assert pipe([]) == []
    assert [pipe(text)[0][key] for text in ("", None, " \n\t")] == ["", "", ""]
    mixed = pipe([tiny.LINES[0], "", None, tiny.LINES[0]], **({} if kind == "extractive" else {"batch_size": 4}))
    assert [bool(result[key]) for result in mixed] == [True, False, False, True]
    assert mixed[0] == mixed[3]


def test_what_is_no_text_is_refused(made: dict[str, Path]) -> None:
    with pytest.raises(TypeError, match="a text is wanted, not int"):
        named("marian", made)([7])


def test_an_unknown_option_is_refused(made: dict[str, Path]) -> None:
    with pytest.raises(TypeError, match="beam_count"):
        named("marian", made)(tiny.LINES[0], beam_count=3)


def test_the_best_few_come_with_their_scores_best_first(made: dict[str, Path]) -> None:
    hypotheses = named("marian", made)(tiny.LINES[0], num_return_sequences=3)
    scores = [hypothesis["score"] for hypothesis in hypotheses]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("options", [{}, {"num_beams": 1}], ids=["beams", "greedy"])
def test_a_score_comes_from_either_engine(made: dict[str, Path], options: dict[str, int]) -> None:
    texts = list(tiny.LINES[:2])
    for engine in ("ctranslate2", "torch"):
        results = named("marian", made, engine=engine)(texts, batch_size=2, max_new_tokens=8, **options)
        assert all(-6 < result["score"] < 0 for result in results), engine


@pytest.mark.parametrize("kind", ["nllb", "m2m100", "madlad"])
def test_another_language_is_another_text_without_its_code(made: dict[str, Path], kind: str) -> None:
    pipe = named(kind, made)
    english, french = (pipe(tiny.LINES[0], to=to, max_new_tokens=8)[0]["translation_text"] for to in ("en", "fr"))
    assert english
    assert french
    for code in ("eng_Latn", "fra_Latn", "__en__", "__fr__"):
        assert code not in english + french


def test_pieces_joined_are_the_text_and_each_can_be_read(made: dict[str, Path]) -> None:
    pipe = named("marian", made)
    long_words = "قال " * 400 + "https://example.org/" + "a1" * 600 + " نعم"
    for text in (NEWS.replace("\n", " و") * 12, long_words, "ا" * 3000, "", "كلمة"):
        parts = pipe.pieces(text)
        assert "".join(parts) == text
        assert all(pipe.count_tokens(part) <= MAX_TOKENS for part in parts)


def test_what_is_counted_is_what_is_read(made: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = named("marian", made)
    text = "وقال الوزير في 12/11/2025 إن عدد الحالات بلغ 1,234,567 حالة"
    as_written = pipe.count_tokens(text)
    monkeypatch.setattr(pipe, "has_stand_ins", True)
    (read,) = pipe.preprocess(text)
    assert pipe.count_tokens(text) == read["input_ids"].shape[1] < as_written


def test_a_text_past_512_tokens_is_read_to_its_end(made: dict[str, Path]) -> None:
    pipe = named("marian", made)
    text = " ".join(line.rstrip(".") for line in tiny.LINES[:5] * 10)
    assert pipe.count_tokens(text) > 512
    chunks = list(pipe.preprocess(text))
    assert [chunk["is_last"] for chunk in chunks] == [False] * (len(chunks) - 1) + [True]
    assert all(chunk["input_ids"].shape[1] <= MAX_TOKENS for chunk in chunks)
    read = [pipe.tokenizer.decode(chunk["input_ids"][0], skip_special_tokens=True) for chunk in chunks]
    assert " ".join(read).split() == text.split()
    [result] = pipe(text, num_beams=1)
    assert result["score"] < 0


def test_the_embedded_model_writes_the_same_on_both_engines(embedded: Any) -> None:
    """Word for word in float32 without beams. With them two ways to say it may be as good as each other, and the
    engines count a repetition penalty into a score in their own ways: then what is written is as probable.
    """
    folder = Path(REGISTRY["embedded"].where)
    slow = load_pipeline(TRANSLATION, folder, fingerprint(folder), engine="torch")[0]
    model = load_engine(folder, compute_type="float32").model
    exact = ArabicToEnglishPipeline(model, tokenizer=embedded.tokenizer, task=TRANSLATION)
    greedy = {"num_beams": 1, "repetition_penalty": 1.0, "no_repeat_ngram_size": 0}
    for ours, theirs in zip(exact(list(SENTENCES), **greedy), slow(list(SENTENCES), **greedy), strict=True):
        assert ours["translation_text"] == theirs["translation_text"]
    expected = slow(list(SENTENCES))
    for ours, theirs in zip(exact(list(SENTENCES)), expected, strict=True):
        assert ours["score"] == pytest.approx(theirs["score"], abs=0.02)
    for ours, theirs in zip(embedded(list(SENTENCES)), expected, strict=True):
        assert ours["score"] == pytest.approx(theirs["score"], abs=0.15)


@pytest.mark.parametrize("kind", ["mt5", "causal"])
def test_a_generated_summary_says_so_and_keeps_to_its_limits(made: dict[str, Path], kind: str) -> None:
    pipe = named(kind, made, SUMMARIZATION)
    [result] = pipe(NEWS, max_words=5)
    assert result["generated"]
    assert result["sentences"] == []
    assert result["summary_text"]
    assert not result["cut"]


def test_a_story_longer_than_the_model_reads_is_said_to_be_cut(made: dict[str, Path]) -> None:
    assert named("mt5", made, SUMMARIZATION)("\n".join([NEWS] * 20), max_words=5)[0]["cut"]


def test_the_prompt_of_an_instruct_model_names_the_limits_and_ends_with_the_story(made: dict[str, Path]) -> None:
    pipe = named("causal", made, SUMMARIZATION)
    prompt = pipe._prompt(NEWS, 2, 40)
    assert "في جملتين على الأكثر، في حدود 40 كلمة" in prompt
    assert prompt.endswith(f"{NEWS}</s><s>")


@pytest.mark.parametrize(("number", "words"), [(1, "جملة واحدة"), (2, "جملتين"), (3, "3 جمل"), (11, "11 جملة")])
def test_numbers_of_sentences_agree(number: int, words: str) -> None:
    assert pipelines._sentence_count(number) == words


def test_a_generated_text_is_kept_to_whole_sentences() -> None:
    text = "وصل الوفد. قال الوزير إن المحادثات انتهت. عاد الوفد."
    assert within(text, max_sentences=2, max_words=60) == "وصل الوفد. قال الوزير إن المحادثات انتهت."
    assert within(text, max_sentences=3, max_words=4) == "وصل الوفد."
    assert within(text, max_sentences=3, max_words=1) == "وصل الوفد."
    assert within("", max_sentences=3, max_words=1) == ""
