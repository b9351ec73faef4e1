"""ROUGE for Arabic: Google's rouge_score with tokenizers of our own, in three protocols.

rouge_score's tokenizer keeps Latin letters and digits only: two equal Arabic texts score 0. The protocols:
raw         words as they are written, vowel signs dropped
normalised  words folded (alef, ya, ta marbuta, digits): spelling habits no longer count
xlsum       as csebuetnlp/xl-sum/multilingual_rouge_scoring, which papers quote for Arabic: lower-cased, punctuation
            dropped, letters and digits apart, NLTK's Arabic Snowball stemmer on tokens longer than three
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from summarizer.arabic import fold, words

TYPES = ("rouge1", "rouge2", "rougeL")
STEMMED_FROM = 4  # letters


def raw_tokens(text: str) -> list[str]:
    return words(text)


def normalised_tokens(text: str) -> list[str]:
    return words(fold(text))


@lru_cache(maxsize=20_000)
def xlsum_tokens(text: str) -> list[str]:
    """Tokens as the XL-Sum protocol makes them. tests/cases/xlsum_rouge.json holds it to the original program."""
    bare = "".join(map(_as_space, _visible(text.lower())))
    return [_stem(token) for word in bare.split() for token in _runs(word)]


def _visible(text: str) -> str:
    kept = "\t\n\r"
    return "".join(c for c in text if c in kept or (c != "\ufffd" and not unicodedata.category(c).startswith("C")))


def _as_space(char: str) -> str:
    # The original takes every ASCII sign for punctuation, and of the rest what Unicode calls so.
    ascii_sign = char.isascii() and char.isprintable() and not char.isalnum()
    return " " if ascii_sign or unicodedata.category(char).startswith("P") else char


def _runs(word: str) -> list[str]:
    return ["".join(run) for _, run in groupby(word, key=_class)]


def _class(char: str) -> str:
    # Marks stay with their letters.
    return {"N": "digit", "L": "letter", "M": "letter"}.get(unicodedata.category(char)[0], char)


@lru_cache(maxsize=50_000)
def _stem(token: str) -> str:
    return str(_stemmer().stem(token)) if len(token) >= STEMMED_FROM else token


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer("arabic")


class _Tokenizer:
    def __init__(self, tokenize: Callable[[str], list[str]]) -> None:
        self.tokenize = tokenize


PROTOCOLS: dict[str, Callable[[str], list[str]]] = {
    "raw": raw_tokens,
    "normalised": normalised_tokens,
    "xlsum": xlsum_tokens,
}


@cache
def scorer(protocol: str) -> Any:
    """The scorer of a protocol; "english" is rouge_score's own tokenizer with its Porter stemmer."""
    from rouge_score.rouge_scorer import RougeScorer

    if protocol == "english":
        return RougeScorer(TYPES, use_stemmer=True)
    return RougeScorer(TYPES, tokenizer=_Tokenizer(PROTOCOLS[protocol]))


@lru_cache(maxsize=50_000)
def rouge(protocol: str, references: tuple[str, ...], text: str) -> tuple[float, float, float]:
    """F1 of ROUGE-1, -2 and -L against the nearest of the references, 0 to 1, each type by itself."""
    scores = scorer(protocol).score_multi(list(references), text)
    return tuple(float(scores[kind].fmeasure) for kind in TYPES)  # type: ignore[return-value]


def signature(protocol: str, references: int) -> str:
    from importlib.metadata import version

    return f"rouge_score {version('rouge_score')}|protocol:{protocol}|refs:{references}, best|F1"


def best_of(sentences: Sequence[str], references: tuple[str, ...], most: int, protocol: str = "xlsum") -> list[int]:
    """The oracle: sentences taken greedily while ROUGE-1 plus ROUGE-2 rises (Nallapati et al. 2017, SummaRuNNer)."""
    chosen: list[int] = []
    best = 0.0
    while len(chosen) < min(most, len(sentences)):
        left = [i for i in range(len(sentences)) if i not in chosen]
        score, index = max((_gain([*chosen, i], sentences, references, protocol), -i) for i in left)
        if score <= best:
            break
        best, chosen = score, [*chosen, -index]
    return sorted(chosen)


def _gain(positions: Sequence[int], sentences: Sequence[str], references: tuple[str, ...], protocol: str) -> float:
    first, second, _ = rouge(protocol, references, " ".join(sentences[i] for i in sorted(positions)))
    return first + second
