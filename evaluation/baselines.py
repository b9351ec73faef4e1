"""The simple things a system must beat: each makes the same records as the system, scored the same way."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evaluation.alignment import Cut, Segment, Told
from evaluation.places import Span, squeeze
from evaluation.rouge import best_of, normalised_tokens
from evaluation.summary import MAX_WORDS
from summarizer.arabic import count_words

Choose = Callable[[Sequence[str], str], list[int]]
"""Sentences of a story and a key to draw by -> positions, increasing."""

SENTENCES = 3


@dataclass(frozen=True, slots=True)
class NotRun:
    """A system or a metric that could have been there, and why it isn't."""

    name: str
    reason: str


# -- summaries --------------------------------------------------------------------------------------------------


def lead(count: int) -> Choose:
    return lambda sentences, _key: list(range(min(count, len(sentences))))


def lead_words(sentences: Sequence[str], _key: str) -> list[int]:
    """As many leading sentences as fit the words a brief may have, and one at least."""
    total, taken = 0, 0
    for sentence in sentences:
        total += count_words(sentence)
        if total > MAX_WORDS and taken:
            break
        taken += 1
    return list(range(taken))


def shuffled(sentences: Sequence[str], key: str) -> list[int]:
    """All positions in an order that depends on the key alone."""
    seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8])
    return random.Random(seed).sample(range(len(sentences)), len(sentences))


def random_sentences(sentences: Sequence[str], key: str) -> list[int]:
    return sorted(shuffled(sentences, key)[:SENTENCES])


class _Words:
    """The tokenizer sumy asks for; its own wants data of NLTK that has to be downloaded."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(normalised_tokens(text))


def ranked(kind: str) -> Choose:
    """All positions, best first, by LexRank or TextRank of sumy on folded words."""

    def order(sentences: Sequence[str], _key: str) -> list[int]:
        import numpy as np
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
        from sumy.summarizers.lex_rank import LexRankSummarizer
        from sumy.summarizers.text_rank import TextRankSummarizer

        places = {s.strip(): i for i, s in reversed(list(enumerate(sentences))) if normalised_tokens(s)}
        document = ObjectDocumentModel([Paragraph([Sentence(text, _Words()) for text in reversed(places)])])
        summarizer = {"lexrank": LexRankSummarizer, "textrank": TextRankSummarizer}[kind]()
        best_first: list[int] = []

        def take(infos: Sequence[Any]) -> Sequence[Any]:
            # sumy hands the sentences over best first to whatever counts them, and then puts them in text order.
            best_first.extend(places[info.sentence._text] for info in infos)
            return infos

        # Sentences without a word in common make LexRank divide nought by nought; they then stay in their order.
        with np.errstate(invalid="ignore"):
            summarizer(document, take)
        return best_first

    return order


def by_sumy(kind: str, count: int = SENTENCES) -> Choose:
    """The best few of :func:`ranked`, in the order of the text."""
    order = ranked(kind)
    return lambda sentences, key: sorted(order(sentences, key)[:count])


EXTRACTS: dict[str, Choose] = {
    "lead-1": lead(1),
    "lead-3": lead(3),
    f"lead, {MAX_WORDS} words": lead_words,
    "random-3": random_sentences,
    "LexRank-3": by_sumy("lexrank"),
    "TextRank-3": by_sumy("textrank"),
}
ORACLE = f"oracle-{SENTENCES}"


def summaries(told: Sequence[Told]) -> Iterator[tuple[str, list[Told]]]:
    """Each extract of the hand-cut sentences, then the oracle that has seen the references: the limit of extracts."""
    for name, choose in EXTRACTS.items():
        yield name, [_extract(t, choose(_sentences(t), t.key)) for t in told]
    yield ORACLE, [_extract(t, best_of(_sentences(t), t.reference.summaries, SENTENCES)) for t in told]


def _sentences(told: Told) -> list[str]:
    return [s.ar for s in told.reference.sentences]


BY_HAND = f"lead, {MAX_WORDS} words, by hand"


def english_summaries(
    told: Sequence[Told], arabic: Iterable[tuple[str, list[Told]]]
) -> Iterator[tuple[str, list[Told]]]:
    """The extracts as the system itself translates them, so that they differ in what was chosen; one by hand."""
    yield from arabic
    yield BY_HAND, [_extract(t, lead_words(_sentences(t), t.key), by_hand=True) for t in told]


def _extract(told: Told, positions: Sequence[int], *, by_hand: bool = False) -> Told:
    chosen = [told.reference.sentences[i] for i in positions]
    english = [s.en for s in chosen] if by_hand else [_english(told, i) for i in positions]
    return replace(
        told,
        summary_ar=" ".join(s.ar for s in chosen),
        summary_en=" ".join(dict.fromkeys(english)),
        summary_pairs=tuple((s.ar, en) for s, en in zip(chosen, english, strict=True)),
        strayed=0.0,
    )


def _english(told: Told, position: int) -> str:
    """The system's translation of a sentence; of several, where it did not part them."""
    return next((s.hypothesis for s in reversed(told.segments) if s.number <= position + 1), "")


# -- translations -----------------------------------------------------------------------------------------------


def translations(told: Sequence[Told]) -> Iterator[tuple[str, list[Told]]]:
    """Nothing at all, and the Arabic given back."""
    yield "empty", [translated(t, lambda _: "") for t in told]
    yield "source copy", [translated(t, lambda segment: segment.ar) for t in told]


def translated(told: Told, translate: Callable[[Segment], str]) -> Told:
    """The story with every segment, the headline too, translated anew."""
    headline = told.headline and replace(told.headline, hypothesis=translate(told.headline))
    segments = tuple(replace(s, hypothesis=translate(s)) for s in told.segments)
    return replace(told, headline=headline, segments=segments)


def models_at_hand(told: Sequence[Told]) -> Iterator[tuple[str, list[Told]] | NotRun]:
    """Every other translator of the registry: its translations when it is on this machine, else why not."""
    from summarizer.models import available

    for card, here in available():
        if card.job != "translate" or card.name == "embedded":
            continue
        yield (card.name, _by_model(card.name, told)) if here else NotRun(card.name, "not on this machine")


def _by_model(name: str, told: Sequence[Told]) -> list[Told]:
    from summarizer.translate import load_translator, translate

    sources = list(dict.fromkeys(s.ar for t in told for s in t.all_segments))
    english = translate(sources, translator=load_translator(name))
    known = {ar: t.text for ar, t in zip(sources, english, strict=True)}
    return [translated(t, lambda segment: known[segment.ar]) for t in told]


# -- pages ------------------------------------------------------------------------------------------------------


def cuts(pages: Sequence[Cut]) -> Iterator[tuple[str, list[Cut]]]:
    """The page as one story, each line a sentence; and each block between blank lines as a story."""
    yield "whole page", [_by_lines(cut, [cut.reference.text]) for cut in pages]
    yield "blank lines", [_by_lines(cut, cut.reference.text.split("\n\n")) for cut in pages]


def _by_lines(cut: Cut, blocks: Sequence[str]) -> Cut:
    at = 0
    stories = []
    for block in blocks:
        spans = []
        for line in block.splitlines():
            spans.append(Span(at, at + len(squeeze(line))))
            at = spans[-1].end
        stories.append(tuple(span for span in spans if len(span)))
    ends = frozenset(span.end for spans in stories for span in spans)
    return replace(cut, stories=tuple(s for s in stories if s), sentence_ends=ends, headlines=(), unplaced=0)
