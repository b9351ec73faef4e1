"""Terms with a fixed English: places, organisations, set phrases, and what a newsroom adds of its own.

Each is found in a text as the longest run of words a table has, whatever the spelling of its hamzas, with و ف ب ل ك
glued to the front or not; its English is put back after the model has translated the rest (see ``standins.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from summarizer.arabic import fold
from summarizer.errors import DamagedGlossary, PathMissing
from summarizer.spelling import Spelled, is_common_word, personal_names, rare_names

DATA = Path(__file__).parent / "data"
TABLES = tuple(DATA / f"{name}.tsv" for name in ("places", "organisations", "terms"))
PARTICLES = "وفبلك"
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u064b-\u065f\u0670\u0640])*")
_BETWEEN = re.compile(r"[ \N{NO-BREAK SPACE}]+|\s*-\s*")

Terms = dict[tuple[str, ...], str]
"""Folded words -> English."""


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    start: int
    end: int


def find_terms(arabic: str, terms: Terms) -> list[Spelled]:
    """The terms of a text, longest first from the left, not overlapping; a particle before one stays outside."""
    words = [_Word(fold(m[0]), m.start(), m.end()) for m in _WORD.finditer(arabic)]
    longest = _longest(terms)
    found: list[Spelled] = []
    i = 0
    while i < len(words):
        term, size = _term_at(words, i, arabic, terms, longest)
        if term:
            found.append(term)
        i += size
    return found


def _longest(terms: Terms) -> int:
    return max(map(len, terms), default=0)


def _term_at(words: Sequence[_Word], i: int, text: str, terms: Terms, longest: int) -> tuple[Spelled | None, int]:
    reach = 1
    while reach < longest and i + reach < len(words) and _adjacent(words, i + reach, text):
        reach += 1
    for size in range(reach, 0, -1):
        rest = tuple(word.folded for word in words[i + 1 : i + size])
        # بحوث is "research", not ب and the town of حوث: a common word alone is taken as it is.
        whole = size == 1 and is_common_word(words[i].folded)
        for skipped, first in [(0, words[i].folded)] if whole else _without_particles(words[i].folded):
            english = terms.get((first, *rest))
            if english:
                return Spelled(words[i].start + skipped, words[i + size - 1].end, english), size
    return None, 1


def _adjacent(words: Sequence[_Word], i: int, text: str) -> bool:
    return bool(_BETWEEN.fullmatch(text[words[i - 1].end : words[i].start]))


def _without_particles(word: str) -> Iterator[tuple[int, str]]:
    """(letters left outside, word): as it is, without one particle, without و and another; لل is ل and ال."""
    yield 0, word
    for skipped in (1, 2):
        if len(word) < skipped + 2 or word[skipped - 1] not in PARTICLES or (skipped == 2 and word[0] not in "وف"):
            return
        yield skipped, word[skipped:]
        if word[skipped - 1 : skipped + 1] == "لل":
            yield skipped, "ا" + word[skipped:]


def read_glossary(path: Path) -> tuple[tuple[str, str], ...]:
    """The (Arabic, English) pairs of a table: Arabic forms separated by |, a tab, the English; # begins a comment.

    Raises DamagedGlossary naming the line, PathMissing, OSError when the file can't be read.
    """
    if not path.is_file():
        raise PathMissing(path=path)
    pairs: list[tuple[str, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        arabic, tab, english = line.partition("\t")
        if not (arabic.strip() and tab and english.strip()):
            raise DamagedGlossary(path=path, line=number)
        pairs += [(form.strip(), english.strip()) for form in arabic.split("|")]
    return tuple(pairs)


def as_terms(pairs: Iterable[tuple[str, str]]) -> Terms:
    """The pairs by their folded words; of two with the same words the last counts."""
    terms = {tuple(fold(m[0]) for m in _WORD.finditer(arabic)): english for arabic, english in pairs}
    terms.pop((), None)
    return terms


@cache
def own_terms() -> Terms:
    """The tables that come with the package."""
    merged = as_terms(pair for path in TABLES for pair in read_glossary(path))
    if not merged:
        raise ValueError("the tables of terms are empty")
    return merged


def fixed_spans(arabic: str, terms: Terms | None = None, *, rare: bool = False) -> list[Spelled]:
    """All that has a fixed English in a sentence: terms, of our own tables when none are given, and personal names.

    With ``rare`` also the words that only a list of names has: right more often than what a small model makes of them.
    """
    names = [*personal_names(arabic), *(rare_names(arabic) if rare else ())]
    return merge([*find_terms(arabic, own_terms() if terms is None else terms), *names])


def merge(spans: Iterable[Spelled]) -> list[Spelled]:
    """Spans in the order of the text; of two that overlap the one that begins first stays, and of those the longest."""
    kept: list[Spelled] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
