"""Near-duplicates of held-out text, found by shared word n-grams and removed from the corpus.

A score on a sentence that was trained on measures memory. Held-out texts are cut into word 5-grams (after
normalisation, without signs); a training sentence is too near when a third of its own 5-grams, or of a held-out
sentence's, are shared. Sentences under five words are compared whole, from three words on: a two-word headline such
as "وزارة الصحة" is no leak. Two sentences that differ in their names and numbers alone are the same sentence to a model
that sees stand-ins there, so texts are compared with stand-ins too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from summarizer.glossary import fixed_spans
from summarizer.standins import SIGNS, hide

from .cleaning import Pair
from .normalise import normalise

SIZE = 5
SHARE = 1 / 3
FEWEST_WORDS = 3  # of a 5-gram's words, those that are no stand-ins: five stand-ins in a row say nothing
_TEXT = (".tsv", ".txt", ".ar", ".en", ".toml", ".json", ".jsonl", ".html", ".md")
_WORD = re.compile(r"\w+")
_SIGN = re.compile(f"[{''.join(SIGNS)}]")
_ANY = SIGNS[0]


def shingles(text: str) -> frozenset[str]:
    """The word 5-grams of a text; the whole text when it has three or four words; none below."""
    words = _WORD.findall(_SIGN.sub(f" {_ANY} ", normalise(text).casefold()))
    if len(words) < SIZE:
        return frozenset([" ".join(words)] if len(words) - words.count(_ANY) >= FEWEST_WORDS else [])
    grams = (words[i : i + SIZE] for i in range(len(words) - SIZE + 1))
    return frozenset(" ".join(gram) for gram in grams if SIZE - gram.count(_ANY) >= FEWEST_WORDS)


class HeldOut:
    """An index of held-out texts: which 5-gram stands in which of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.sizes: list[int] = []
        self.where: defaultdict[str, list[int]] = defaultdict(list)
        for text in texts:
            grams = shingles(text)
            if not grams:
                continue
            for gram in grams:
                self.where[gram].append(len(self.sizes))
            self.sizes.append(len(grams))

    def is_near(self, text: str) -> bool:
        """Whether a third of the 5-grams of `text`, or of some held-out text, are shared."""
        grams = shingles(text)
        hits: Counter[int] = Counter(i for gram in grams for i in self.where.get(gram, ()))
        return any(shared >= SHARE * min(len(grams), self.sizes[i]) for i, shared in hits.items())

    def has(self, pair: Pair) -> bool:
        return self.is_near(pair.arabic) or self.is_near(pair.english)


def with_stand_ins(texts: Iterable[str]) -> Iterator[str]:
    """Each text, and where it differs, the text as the model sees it: names, terms and numbers behind stand-ins.

    Names are found in Arabic alone; of an English text the numbers are hidden.
    """
    for text in texts:
        yield text
        hidden, _ = hide(text, fixed_spans(text))
        if hidden != text:
            yield hidden


def held_out_texts(paths: Iterable[Path]) -> Iterator[str]:
    """Every sentence of the given files or folders; fields and paragraphs are cut into sentences.

    Arabic or English, story or reference, TSV or TOML: too much held out costs a few pairs, too little costs the score.
    """
    for path in paths:
        for file in sorted(path.rglob("*") if path.is_dir() else [path]):
            if file.suffix in _TEXT:
                for line in file.read_text(encoding="utf-8").splitlines():
                    for field in line.split("\t"):
                        yield from re.split(r"(?<=[.!?؟؛…])\s+|\s{3,}", field)


def without(pairs: Iterable[Pair], held_out: HeldOut, counts: Counter[tuple[str, str]]) -> Iterator[Pair]:
    """The pairs that are near no held-out text; the others are counted under the rule "held out"."""
    for pair in pairs:
        if held_out.has(pair):
            counts[pair.source, "held out"] += 1
            counts[pair.source, "kept"] -= 1
        else:
            yield pair
