"""Sentences in, translations out: same length, same order, always. This is the one function everyone calls.

A sentence is translated once however often it stands on the pages of a run; sentences of like length go through the
model together; of the model's four best hypotheses the one with the fewest doubts is taken, and what doubts are left
are marked on it.
"""

from __future__ import annotations

import logging
import math
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from . import checks
from .arabic import ARABIC_LETTER, clean, fold, western_digits
from .engines import Engine, EngineName
from .generation import length_step, weighted
from .glossary import Terms
from .languages import NLLB_CODES
from .models import find, fingerprint, folder_of
from .records import Flag, Sentence, Story, Summary, Translated
from .sentences import join_pieces, split_sentences
from .summarize import summarize

Check = Callable[[str, str, float | None], tuple[Flag, ...]]

BATCH_SIZE = 32
HYPOTHESES = 4
MEMORY_SIZE = 50_000  # sentences; some 30 MB
# What a doubt costs a hypothesis, in the model's own unit (mean log-probability a token). Hypotheses of one sentence
# differ by 0.05 to 0.3 in it: a lost number outweighs that, a bracket needn't. The score itself counts already.
DOUBTS = {
    "empty": 9.0,
    "copied": 8.0,
    "too-short": 0.5,
    "too-long": 0.5,
    "unbalanced": 0.2,
    "low-score": 0.0,
    "word-invented": 0.4,
}
OTHER_DOUBT = 1.0
PUNCTUATION = str.maketrans("،؛؟", ",;?")

log = logging.getLogger(__name__)
_loading = threading.Lock()
FAILED = Flag("empty", "the model failed on it")


class Memory:
    """Translations made before, the least recently used forgotten first. Thread-safe."""

    def __init__(self, size: int = MEMORY_SIZE) -> None:
        self._size = size
        self._known: OrderedDict[str, Translated] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, sentence: str) -> Translated | None:
        with self._lock:
            if sentence in self._known:
                self._known.move_to_end(sentence)
            return self._known.get(sentence)

    def put(self, sentence: str, translated: Translated) -> None:
        with self._lock:
            self._known[sentence] = translated
            self._known.move_to_end(sentence)
            while len(self._known) > self._size:
                self._known.popitem(last=False)

    def __len__(self) -> int:
        return len(self._known)


@dataclass(frozen=True, slots=True)
class Translator:
    """A loaded translator. ``fingerprint`` changes with its weights; ``note`` says what isn't as asked."""

    name: str
    pipeline: Any
    language: str
    engine: str
    licence: str
    fingerprint: str = ""
    note: str = ""
    terms: Terms = field(default_factory=dict, compare=False)  # of the user's glossary
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)


def load_translator(
    name: str = "embedded",
    *,
    engine: EngineName = "auto",
    to: str = "en",
    allow_download: bool = False,
    threads: int | None = None,
    terms: Terms | None = None,
    announce: Callable[[str], None] | None = None,
) -> Translator:
    """Load a translator by its name in models.REGISTRY, a Hub id or a local folder.

    ``terms`` is a glossary: the embedded model uses its English, any model's translation is checked for it.

    Raises UnknownModel, ModelNotHere, WeightsDamaged or LanguageNotOffered. ``announce`` is told before a download.
    """
    card = find(name, "translate")
    folder = folder_of(card, allow_download=allow_download, announce=announce)
    pipeline, loaded = _load("arabic-to-english", folder, engine, threads)
    pipeline.aim(to)
    return Translator(name, pipeline, to, loaded.name, card.licence, fingerprint(folder), loaded.note, terms or {})


@dataclass(frozen=True, slots=True)
class Summarizer:
    """A loaded summariser: call it with a story. Without a pipeline it is the extractive one, which needs no model."""

    name: str
    licence: str
    pipeline: Any = None
    engine: str = ""
    fingerprint: str = ""
    note: str = ""

    def __call__(
        self,
        story: Story | str,
        /,
        *,
        sentences: Sequence[Sentence] | None = None,
        max_sentences: int = 3,
        max_words: int = 60,
    ) -> Summary:
        """Within both limits. A generated summary (``pipeline`` is set) has no positions in the story."""
        limits = {"max_sentences": max_sentences, "max_words": max_words}
        if self.pipeline is None:
            return summarize(story, sentences=sentences, **limits)
        text = story if isinstance(story, str) else story.text
        written = self.pipeline(text, **limits)[0]["summary_text"]
        return Summary((), tuple(sentence.text for sentence in split_sentences(written)))


def load_summarizer(
    name: str = "extractive",
    *,
    engine: EngineName = "auto",
    allow_download: bool = False,
    threads: int | None = None,
    announce: Callable[[str], None] | None = None,
) -> Summarizer:
    """Load a summariser by name, Hub id or folder; raises as load_translator does. The extractive one loads nothing."""
    card = find(name, "summarize")
    if card.name == "extractive":
        return Summarizer(name, card.licence)
    folder = folder_of(card, allow_download=allow_download, announce=announce)
    pipeline, loaded = _load("arabic-summarization", folder, engine, threads)
    return Summarizer(name, card.licence, pipeline, loaded.name, fingerprint(folder), loaded.note)


def _load(task: str, folder: Path, engine: EngineName, threads: int | None) -> tuple[Any, Engine]:
    with _loading:
        from .pipelines import load_pipeline

        return load_pipeline(task, folder, fingerprint(folder), engine=engine, threads=threads)


def translate(
    sentences: Sequence[str],
    *,
    translator: Translator,
    batch_size: int = BATCH_SIZE,
    progress: Callable[[int, int], None] | None = None,
    check: Check | None = None,
) -> list[Translated]:
    """One translation for each sentence, in order. An empty sentence gives ``Translated("")``.

    ``progress(done, total)`` counts sentences. ``check`` replaces checks.check_translation.
    """
    cleaned = [" ".join(clean(sentence).split()) for sentence in sentences]
    times = Counter(cleaned)
    answers = {s: found for s in times if (found := _without_model(s, translator.memory)) is not None}
    new = [s for s in times if s not in answers]
    done = sum(times[s] for s in answers)
    if progress and done:
        progress(done, len(cleaned))
    for sentence, translated in _translate_new(new, translator, batch_size, check or _check_for(translator)):
        answers[sentence] = translated
        if FAILED not in translated.flags:
            translator.memory.put(sentence, translated)
        done += times[sentence]
        if progress:
            progress(done, len(cleaned))
    return [answers[s] for s in cleaned]


def _check_for(translator: Translator) -> Check:
    """The checks of the language, and the glossary's."""
    check, terms = _check_for_language(translator.language), translator.terms
    if not terms:
        return check

    def check_with_terms(ar: str, text: str, score: float | None) -> tuple[Flag, ...]:
        return checks.settled_by_terms(ar, check(ar, text, score), terms) + checks.check_terms(ar, text, terms)

    return check_with_terms


def _check_for_language(language: str) -> Check:
    """All checks for English; for another language those that don't compare words or lengths with English ones."""
    if language == "en":
        return checks.check_translation
    same_letters = NLLB_CODES.get(language, "").endswith("_Arab")
    fitting = [checks.check_glyphs, checks.check_repetition]
    if not same_letters:
        fitting += [checks.check_copied, checks.check_arabic_left]

    def check(ar: str, text: str, _score: float | None) -> tuple[Flag, ...]:
        return tuple(flag for one in fitting for flag in one(ar, text)) if text.strip() else (Flag("empty"),)

    return check


def _without_model(sentence: str, memory: Memory) -> Translated | None:
    """What needs no model: nothing, a text without an Arabic letter (a number, a link), or one seen before."""
    if not ARABIC_LETTER.search(sentence):
        return Translated(western_digits(sentence).translate(PUNCTUATION))
    return memory.get(sentence)


def _translate_new(
    sentences: Sequence[str], translator: Translator, batch_size: int, check: Check
) -> Iterator[tuple[str, Translated]]:
    """Each sentence with its translation, as soon as all its pieces are there."""
    pieces = {sentence: translator.pipeline.pieces(sentence) for sentence in sentences}
    owners: dict[str, set[str]] = {}
    for sentence, parts in pieces.items():
        for part in parts:
            owners.setdefault(part, set()).add(sentence)
    ready: dict[str, Translated] = {}
    for batch in _batches(owners, _counter(translator), batch_size):
        ready |= _translate_batch(batch, translator, check)
        touched = dict.fromkeys(sentence for part in batch for sentence in owners[part])
        for sentence in touched:
            if all(part in ready for part in pieces[sentence]):
                yield sentence, _join(sentence, [(part, ready[part]) for part in pieces[sentence]], check)


def _translate_batch(batch: list[str], translator: Translator, check: Check) -> dict[str, Translated]:
    """Each text with its best translation. One that may hold a rare name is translated twice, with the name spelled by
    rule and by the model: a rare word need not be a name. One that loops is tried again with loops forbidden, which
    they aren't from the start: a name of four pieces may well stand twice in a sentence.
    """
    found = dict(zip(batch, _hypotheses(batch, translator), strict=True))
    named = [text for text in batch if _has_rare_names(text, translator)]
    if named:
        for text, more in zip(named, _hypotheses(named, translator, rare=True), strict=True):
            found[text] = [*found[text], *more]
    chosen = {text: choose(text, hypotheses, check) for text, hypotheses in found.items()}
    looping = [text for text in batch if any(flag.code == "repetition" for flag in chosen[text].flags)]
    if looping:
        for text, more in zip(looping, _hypotheses(looping, translator, no_repeat_ngram_size=4), strict=True):
            chosen[text] = choose(text, [*found[text], *more], check)
    return chosen


def _has_rare_names(text: str, translator: Translator) -> bool:
    """Whether there is anything to spell by rule that was not at first; never for a model without stand-ins."""
    pipeline, terms = translator.pipeline, translator.terms
    return bool(pipeline.has_stand_ins and pipeline.hidden(text, terms, rare=True) != pipeline.hidden(text, terms))


def _batches(texts: Iterable[str], count_tokens: Callable[[str], int], size: int) -> Iterator[list[str]]:
    """Texts of like length together, shortest first. No batch crosses a length step: see generation.LENGTH_STEPS."""
    lengths = {text: count_tokens(text) for text in texts}
    ordered = sorted(lengths, key=lambda text: lengths[text])
    for _, group in groupby(ordered, key=lambda text: length_step(lengths[text])):
        same_step = list(group)
        for start in range(0, len(same_step), size):
            yield same_step[start : start + size]


def _counter(translator: Translator) -> Callable[[str], int]:
    """Counts what :func:`_hypotheses` will have the model read."""
    count: Callable[..., int] = translator.pipeline.count_tokens
    return partial(count, terms=translator.terms) if translator.terms else count


def _hypotheses(batch: list[str], translator: Translator, **options: Any) -> list[list[dict[str, Any]]]:
    """The model's best few translations of each text; of a batch the model can't do, one by one."""
    options |= {"terms": translator.terms} if translator.terms else {}
    options |= {"to": translator.language, "num_beams": HYPOTHESES, "num_return_sequences": HYPOTHESES}
    try:
        results: list[list[dict[str, Any]]] = translator.pipeline(batch, batch_size=len(batch), **options)
        return results
    except (RuntimeError, IndexError) as error:  # out of memory, an id out of range
        if len(batch) > 1:
            return [_hypotheses([text], translator, **options)[0] for text in batch]
        log.warning("the model failed on a text of %d characters: %s", len(batch[0]), error)
        return [[]]


def choose(source: str, hypotheses: Sequence[Mapping[str, Any]], check: Check) -> Translated:
    """The hypothesis with the best score after DOUBTS; its remaining flags stay on it.

    A copy of the source is no translation: it is given up, and the sentence marked.
    """
    marked: list[Translated] = []
    for text, score in sorted(((h["translation_text"], h["score"]) for h in hypotheses), key=_score, reverse=True):
        marked.append(Translated(text, score, tuple(check(source, text, score))))
        if not marked[-1].flags:
            break  # the rest have worse scores: they needn't be looked at
    best = max(marked, key=_worth, default=Translated("", None, (FAILED,)))
    return replace(best, text="") if fold(best.text) == fold(source) else best


def _score(hypothesis: tuple[str, float | None]) -> float:
    return hypothesis[1] or 0.0


def _worth(translated: Translated) -> float:
    return (translated.score or 0.0) - sum(DOUBTS.get(flag.code, OTHER_DOUBT) for flag in translated.flags)


def _join(sentence: str, parts: Sequence[tuple[str, Translated]], check: Check) -> Translated:
    """One translation from those of a sentence's pieces: score by their words, doubts looked for anew in the whole."""
    if len(parts) == 1:
        return parts[0][1]
    text = join_pieces([translated.text for _, translated in parts])
    score = weighted([_number(t.score) for _, t in parts], [len(part.split()) for part, _ in parts])
    failed = tuple(flag for _, t in parts for flag in t.flags if flag == FAILED)
    return Translated(text, score, tuple(check(sentence, text, score)) + failed)


def _number(score: float | None) -> float:
    return math.nan if score is None else score
