"""Scores on a public test set, beside the same simple things as everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from evaluation import baselines, translation
from evaluation.alignment import Segment
from evaluation.faithfulness import invented
from evaluation.metrics import Metric, Vector, mean, share
from evaluation.report import Table, number
from evaluation.rouge import TYPES, best_of, rouge, signature
from evaluation.scoring import SYSTEM
from evaluation.sets import SETS, ParallelItem, SummaryItem, TestSet
from evaluation.statistics import interval
from summarizer.arabic import count_words
from summarizer.numbers import counted_numbers, lost_numbers

Outputs = dict[str, list[str]]
__all__ = ["SETS", "run"]


def run(name: str, data: Path, *, limit: int | None = None, translator: str = "embedded") -> Iterator[Table]:
    """The tables of one set. Raises DataWrong, and the errors of loading the model."""
    chosen = SETS[name]
    items = chosen.load(data, limit)
    if chosen.job == "translate":
        yield _translation_table(name, items, translator)
    else:
        yield _summary_table(chosen, items)


# -- translation ------------------------------------------------------------------------------------------------


def _translation_table(name: str, items: Sequence[ParallelItem], translator: str) -> Table:
    """Sentences here are units of their own: a public set doesn't say which belong together."""
    outputs: Outputs = {
        SYSTEM if translator == "embedded" else translator: _translate([i.ar for i in items], translator),
        "empty": [""] * len(items),
        "source copy": [i.ar for i in items],
    }
    metrics = [*map(_pair_metric, translation.LIBRARY), *_number_metrics()]
    return _table(f"{name}: {len(items)} sentences", metrics, items, outputs)


def _translate(sentences: Sequence[str], name: str) -> list[str]:
    """Whole lines, split and joined as stories are."""
    from functools import partial

    from summarizer.toolbox import translate_lines
    from summarizer.translate import load_translator, translate

    return translate_lines(sentences, partial(translate, translator=load_translator(name)))


def _pair_metric(name: str) -> Metric[Any]:
    def measure(pair: tuple[ParallelItem, str]) -> Vector:
        return translation.statistics(name, [pair[1]], [pair[0].en])

    label, _, better = translation.LIBRARY[name]
    return Metric(
        name,
        label,
        "",
        measure,
        lambda sums: translation.combine(name, sums),
        better,
        translation.signature(name),
        unit="",
    )


def _number_metrics() -> list[Metric[Any]]:
    """Without lists of numbers, what the English reference says is what is wanted."""

    def kept(pair: tuple[ParallelItem, str]) -> Vector:
        wanted = counted_numbers(pair[0].en, "en")
        return len(wanted) - len(lost_numbers(pair[0].en, "en", pair[1], "en")), len(wanted)

    def grounded(pair: tuple[ParallelItem, str]) -> Vector:
        segment = Segment("", 1, pair[0].ar, pair[0].en, pair[1])
        said = len(counted_numbers(pair[1], "en"))
        return said - len(invented(segment)), said

    return [
        Metric("kept", "numbers kept", "", kept, share),
        Metric("grounded", "numbers not invented", "", grounded, share),
    ]


# -- summaries --------------------------------------------------------------------------------------------------


def _summary_table(chosen: TestSet, items: Sequence[SummaryItem]) -> Table:
    sentences = [_split(item.text) for item in items]
    outputs: Outputs = {SYSTEM: [_summarize(chosen, item) for item in items]}
    for name, choose in _extracts(chosen).items():
        outputs[name] = [
            " ".join(parts[p] for p in choose(parts, item.key)) for parts, item in zip(sentences, items, strict=True)
        ]
    limit = chosen.sentences if not chosen.share else 5
    outputs["oracle"] = [
        " ".join(parts[p] for p in best_of(parts, item.summaries, limit))
        for parts, item in zip(sentences, items, strict=True)
    ]
    metrics = [_rouge_metric(p, i) for p in ("xlsum", "normalised", "raw") for i in range(len(TYPES))]
    return _table(f"{chosen.name}: {len(items)} articles", [*metrics, _length_metric()], items, outputs)


def _split(text: str) -> list[str]:
    from summarizer.sentences import split_sentences

    return [s.text for s in split_sentences(text)]


def _summarize(chosen: TestSet, item: SummaryItem) -> str:
    from summarizer.records import Paragraph, Story
    from summarizer.summarize import summarize

    paragraphs = tuple(Paragraph(line) for line in item.text.splitlines() if line.strip())
    words = int(chosen.share * count_words(item.text)) if chosen.share else chosen.words
    story = Story(item.key, 1, paragraphs, headline=item.title)
    return summarize(story, max_sentences=chosen.sentences, max_words=max(words, 1)).text


def _extracts(chosen: TestSet) -> dict[str, baselines.Choose]:
    """The simple things at the set's own length."""
    if chosen.share:
        return {
            "lead": _within(chosen.share, lambda parts, _: list(range(len(parts)))),
            "random": _within(chosen.share, baselines.shuffled),
            "LexRank": _within(chosen.share, baselines.ranked("lexrank")),
            "TextRank": _within(chosen.share, baselines.ranked("textrank")),
        }
    count = chosen.sentences
    return {
        f"lead-{count}": baselines.lead(count),
        f"random-{count}": lambda parts, key: sorted(baselines.shuffled(parts, key)[:count]),
        f"LexRank-{count}": baselines.by_sumy("lexrank", count),
        f"TextRank-{count}": baselines.by_sumy("textrank", count),
    }


def _within(part: float, order: Callable[[Sequence[str], str], list[int]]) -> baselines.Choose:
    """Sentences in that order while they fit into a part of the text's words; one at least."""

    def choose(sentences: Sequence[str], key: str) -> list[int]:
        room = part * sum(map(count_words, sentences))
        chosen: list[int] = []
        for position in order(sentences, key):
            if not chosen or sum(count_words(sentences[p]) for p in (*chosen, position)) <= room:
                chosen.append(position)
        return sorted(chosen)

    return choose


def _rouge_metric(protocol: str, place: int) -> Metric[Any]:
    def measure(pair: tuple[SummaryItem, str]) -> Vector:
        return 100 * rouge(protocol, pair[0].summaries, pair[1])[place], 1

    label = f"ROUGE-{TYPES[place].removeprefix('rouge')} ({protocol})"
    return Metric(f"{protocol}{place}", label, "", measure, mean, signature=signature(protocol, 1), unit="")


def _length_metric() -> Metric[Any]:
    return Metric("words", "words", "", lambda pair: (count_words(pair[1]), 1), mean, better="none", unit="")


def _table(title: str, metrics: Sequence[Metric[Any]], items: Sequence[Any], outputs: Outputs) -> Table:
    first = next(iter(outputs))
    rows = []
    for metric in metrics:
        vectors = {
            name: [metric.measure(pair) for pair in zip(items, texts, strict=True)] for name, texts in outputs.items()
        }
        ours = interval(metric, vectors[first])
        others = [number(metric.score(v)) for name, v in vectors.items() if name != first]
        rows.append((metric.label, number(ours.value), f"{number(ours.low)} to {number(ours.high)}", *others))
    notes = tuple(dict.fromkeys(m.signature for m in metrics if m.signature))
    return Table(title, ("", first, "95 %", *list(outputs)[1:]), tuple(rows), notes)
