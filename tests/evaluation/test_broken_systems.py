"""A system broken on purpose in one way lowers the metric that is meant to catch it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import pytest
from perfect import PAGES, aligned, briefs, summarised, translated

from evaluation import faithfulness, structure, summary, translation
from evaluation.alignment import Aligned
from evaluation.metrics import Metric
from evaluation.references import StoryReference
from summarizer.records import Brief, Pair

STORY_METRICS = [
    *translation.metrics(), *faithfulness.metrics(), *summary.metrics(), *summary.english_metrics(),
]  # fmt: skip
METRICS: dict[str, Metric] = {m.name: m for m in (*STORY_METRICS, *structure.metrics())}  # type: ignore[type-arg]
SENTENCES = [s for page in PAGES for story in page.stories for s in story.sentences]
ENGLISH = [s.en for s in SENTENCES]


def score(name: str, made: Aligned) -> float:
    subjects: Sequence[object] = made.pages if name.startswith("structure.") else made.stories
    return METRICS[name].score([METRICS[name].measure(s) for s in subjects])


@lru_cache(maxsize=1)
def perfect() -> Aligned:
    return aligned(briefs())


def assert_caught(name: str, broken: Aligned, by: float = 10.0) -> None:
    """Worse than perfection by so many points."""
    best, worse = score(name, perfect()), score(name, broken)
    fall = worse - best if METRICS[name].better == "lower" else best - worse
    assert fall >= by, f"{name}: {best:.1f} -> {worse:.1f}"


# -- translators ------------------------------------------------------------------------------------------------


def other_numbers(pair: Pair) -> str:
    return re.sub(r"\d", lambda m: str((int(m[0]) + 3) % 10), pair.en)


def exchanged_numbers(pair: Pair) -> str:
    """The numbers of a sentence in reverse order."""
    numbers = iter(re.findall(r"\d[\d.,]*\d|\d", pair.en)[::-1])
    return re.sub(r"\d[\d.,]*\d|\d", lambda _: next(numbers), pair.en)


def other_names(pair: Pair) -> str:
    """Every capitalised word inside a sentence said as another."""
    return re.sub(r"(?<=[a-z,] )[A-Z][\w’'-]+", "Smith", pair.en)


def initials(pair: Pair) -> str:
    """Long names shortened to their initials."""
    return re.sub(r"[A-Z]\w+(?: (?:of |and |for )*[A-Z]\w+)+", lambda m: "".join(re.findall("[A-Z]", m[0])), pair.en)


def half(pair: Pair) -> str:
    return " ".join(pair.en.split()[: len(pair.en.split()) // 2])


def dropped(pair: Pair) -> str:
    return "" if len(pair.en) % 2 else pair.en


def copied(pair: Pair) -> str:
    return pair.ar


def looping(pair: Pair) -> str:
    return pair.en + " and so on and on" * 8


def with_arabic(pair: Pair) -> str:
    return f"{pair.en} {pair.ar.split()[0]}"


def of_the_neighbour(pair: Pair) -> str:
    """A fluent sentence, of another story: likeness to English alone is worth nothing."""
    return ENGLISH[(ENGLISH.index(pair.en) + 7) % len(ENGLISH)] if pair.en in ENGLISH else ENGLISH[0]


def inventing(pair: Pair) -> str:
    return f"{pair.en} It cost 7777 dollars in 1961."


TRANSLATORS: list[tuple[Callable[[Pair], str], tuple[str, ...]]] = [
    (other_numbers, ("faithful.number-recall", "faithful.number-precision")),
    (exchanged_numbers, ("faithful.number-order",)),
    (inventing, ("faithful.number-precision",)),
    (other_names, ("faithful.name-recall", "faithful.name-recall-person", "faithful.name-recall-place")),
    (initials, ("faithful.name-recall-organisation",)),
    (half, ("translation.chrf++", "translation.chrf2", "translation.bleu", "faithful.name-recall")),
    (dropped, ("faithful.empty", "translation.chrf++", "translation.bleu", "translation.length")),
    (copied, ("faithful.copied", "faithful.arabic", "translation.chrf++", "translation.headline-chrf++")),
    (looping, ("faithful.repetition", "translation.bleu", "translation.ter")),
    (with_arabic, ("faithful.arabic",)),
    (of_the_neighbour, ("translation.chrf++", "translation.bleu", "faithful.number-recall")),
]


@pytest.mark.parametrize(("change", "names"), TRANSLATORS, ids=lambda x: getattr(x, "__name__", ""))
def test_a_broken_translator_is_caught(change: Callable[[Pair], str], names: tuple[str, ...]) -> None:
    broken = aligned(translated(change))
    for name in names:
        assert_caught(name, broken)


@pytest.mark.parametrize("name", [n for n in METRICS if n.startswith("faithful.")])
def test_the_hand_written_translation_is_faithful(name: str) -> None:
    best = 0.0 if METRICS[name].better == "lower" else 100.0
    assert score(name, perfect()) == best


# -- summarisers ------------------------------------------------------------------------------------------------


def story_of(made: Brief) -> StoryReference:
    return next(s for page in PAGES for s in page.stories if made.id == f"{page.name}-{s.number}")


def last_sentence(made: Brief) -> tuple[str, str]:
    return made.sentences[-1].ar, made.sentences[-1].en


def furniture(made: Brief) -> tuple[str, str]:
    page = next(p for p in PAGES if made.source == p.page)
    return max(page.furniture, key=len), "Share"


def another_story(made: Brief) -> tuple[str, str]:
    page = next(p for p in PAGES if made.source == p.page)
    other = page.stories[made.story % len(page.stories)].sentences[0]
    return other.ar, other.en


def nothing(_: Brief) -> tuple[str, str]:
    return "", ""


def everything(made: Brief) -> tuple[str, str]:
    return "\n".join(p.ar for p in made.sentences), "\n".join(p.en for p in made.sentences)


def stuck(made: Brief) -> tuple[str, str]:
    words = " ".join(made.summary_ar.split()[:4])
    return f"{words} {words} {words} {words}", made.summary_en


def with_wrong_numbers(made: Brief) -> tuple[str, str]:
    return f"{made.summary_ar} وبلغ العدد 8642.", re.sub(r"\d", "7", made.summary_en)


SUMMARISERS: list[tuple[Callable[[Brief], tuple[str, str]], tuple[str, ...]]] = [
    (last_sentence, (*(n for n in METRICS if n.startswith(("summary.rouge", "summary.english-rouge"))),)),
    (furniture, ("summary.strayed", "summary.rouge1-xlsum", "summary.english-rouge1")),
    (another_story, ("summary.strayed", "summary.rouge1-xlsum", "summary.number-f1")),
    (nothing, ("summary.empty", "summary.fits", "summary.rouge1-xlsum", "summary.english-rouge1")),
    (everything, ("summary.fits", "summary.rouge1-xlsum")),
    (stuck, ("summary.repetition", "summary.rouge1-xlsum")),
    (with_wrong_numbers, ("summary.number-precision", "summary.english-numbers")),
]


@pytest.mark.parametrize(("change", "names"), SUMMARISERS, ids=lambda x: getattr(x, "__name__", ""))
def test_a_broken_summariser_is_caught(change: Callable[[Brief], tuple[str, str]], names: tuple[str, ...]) -> None:
    broken = aligned(summarised(change))
    for name in names:
        assert_caught(name, broken)


# -- splitters --------------------------------------------------------------------------------------------------


def as_one_story(made: list[Brief]) -> list[Brief]:
    """The page's stories in one brief."""
    return [replace(made[0], stories=1, sentences=tuple(p for b in made for p in b.sentences))]


def a_story_a_sentence(made: list[Brief]) -> list[Brief]:
    pairs = [p for b in made for p in b.sentences]
    return [replace(made[0], headline="", headline_en="", story=i, sentences=(p,)) for i, p in enumerate(pairs, 1)]


def with_furniture(made: list[Brief]) -> list[Brief]:
    page = next(p for p in PAGES if made[0].source == p.page)
    lines = tuple(Pair(line, "x") for line in page.furniture)
    return [replace(made[0], sentences=(*lines, *made[0].sentences)), *made[1:]]


def without_the_end(made: list[Brief]) -> list[Brief]:
    return [replace(b, sentences=b.sentences[: max(1, len(b.sentences) // 2)]) for b in made]


def without_headlines(made: list[Brief]) -> list[Brief]:
    return [replace(b, headline="", headline_en="") for b in made]


def a_sentence_a_paragraph(made: list[Brief]) -> list[Brief]:
    def joined(b: Brief) -> Brief:
        return replace(b, sentences=(Pair(" ".join(p.ar for p in b.sentences), " ".join(p.en for p in b.sentences)),))

    return [joined(b) for b in made]


SPLITTERS: list[tuple[Callable[[list[Brief]], list[Brief]], tuple[str, ...]]] = [
    (as_one_story, ("structure.boundary-f1", "structure.window-diff", "structure.count", "structure.headlines")),
    (a_story_a_sentence, ("structure.boundary-f1", "structure.window-diff", "structure.count")),
    (with_furniture, ("structure.leaked",)),
    (without_the_end, ("structure.lost", "translation.chrf++")),
    (without_headlines, ("structure.headlines", "translation.headline-chrf++")),
    (a_sentence_a_paragraph, ("structure.sentence-f1",)),
]


@pytest.mark.parametrize(("change", "names"), SPLITTERS, ids=lambda x: getattr(x, "__name__", ""))
def test_a_broken_splitter_is_caught(change: Callable[[list[Brief]], list[Brief]], names: tuple[str, ...]) -> None:
    broken = aligned([b for page in PAGES for b in change(briefs([page]))])
    for name in names:
        assert_caught(name, broken)


@pytest.mark.parametrize("name", [n for n in METRICS if n.startswith("structure.")])
def test_the_hand_made_cut_is_perfect(name: str) -> None:
    assert score(name, perfect()) == (0.0 if METRICS[name].better == "lower" else 100.0)


def test_every_metric_with_a_direction_has_something_it_catches() -> None:
    asked = {name for table in (TRANSLATORS, SUMMARISERS, SPLITTERS) for _, names in table for name in names}
    assert {m.name for m in METRICS.values() if m.better != "none"} <= asked
