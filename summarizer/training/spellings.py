"""The tables that ``summarizer/spelling.py`` reads, made from the name lists and the news pairs.

A spelling counts when it sounds like the Arabic word: the lists (Wikidata labels, names of UN texts) hold many that
don't, and in the news pairs any capitalised word of the English may be the one. Among those that sound right the most
frequent wins, news counting three times a list entry.
"""

from __future__ import annotations

import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from summarizer.arabic import fold, word_set
from summarizer.names import GAZETTEER, GIVEN, plain_latin, sounds_like
from summarizer.spelling import SPELLINGS, WORDS, transliterate

COURTESY_AR = re.compile(r"^(?:السيدة|السيد|الدكتورة|الدكتور|البروفيسور|الآنسة)\s+")
COURTESY_EN = re.compile(r"^(?:Mr|Ms|Mrs|Dr|Professor|Prof)\.?\s+")
NAME = re.compile(r"[A-Z][a-z'’-]*[a-z]")
CAPITALISED = re.compile(r"(?<![.!?\"] )(?<!^)\b(?:(?:al|el|Al|El)-)?([A-Z][a-z'’-]*[a-z])")
ARABIC = re.compile(r"[ء-ي]{3,}")
PARTICLES = ("", "و", "ب", "ل")  # glued to the front of a name
# Capitalised English words that are no person's name, beside those of the gazetteer.
NOT_NAMES = word_set(
    "The We In He She It They This That These There One Two Three Four Five Six Seven Eight Nine Ten First Second "
    "Al El North South East West Minister President Prime Health Ministry General Council Security National United "
    "States Republic University Hospital Media"
)
NEWS_WEIGHT = 3
LIKE_IN_NEWS, LIKE_IN_LISTS = 0.62, 0.4  # least likeness to the letter-by-letter spelling
SEEN_IN_NEWS = 6  # least weight of a spelling that no list has
IS_A_NAME = 0.3  # least share of a word's occurrences that stand opposite its English as a name
RARE_NAME, RARE_WORD = 4, 4  # fewer occurrences say nothing
SURE_NAME, SURE_SHARE = 10, 0.5  # seen so often as a name, and so seldom as anything else, a word may open one
GIVEN_NAMES = 3  # least number of full names of the lists that a given name begins


@dataclass
class Tally:
    """Counts while the corpora are read; Arabic words are folded and without article."""

    lists: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    news: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    opens: Counter[str] = field(default_factory=Counter)  # full names that begin with the word
    words: Counter[str] = field(default_factory=Counter)  # news sentences with the word, as it stands


def build(names: Path, news: Path) -> tuple[int, int]:
    """Write both tables; return how many spellings and words they hold."""
    tally = Tally()
    for arabic, english, source in _rows(names):
        if source != "ne_lexicon_org_smt":
            _count_entry(tally, arabic, english)
    for arabic, english, _ in _rows(news):
        _count_pair(tally, arabic, english)
    best = {word: _best(tally, word) for word in sorted(tally.lists)}
    spelled = {word: (english, _kind(tally, word, english)) for word, english in best.items() if english}
    common = sorted(
        w for w, n in tally.words.items() if n >= RARE_WORD and spelled.get(_bare(w), ("", "word"))[1] == "word"
    )
    _write(
        SPELLINGS, "Arabic word, folded TAB usual English spelling TAB given, name, or word", map(_row, spelled.items())
    )
    _write(WORDS, "Words of Arabic news, folded, that are hardly ever personal names", common)
    return len(spelled), len(common)


def _rows(path: Path) -> Iterator[tuple[str, str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            arabic, english, source = line.rstrip("\n").split("\t")
            yield arabic, english, source


def _count_entry(tally: Tally, arabic: str, english: str) -> None:
    """A list's entry: word for word when both sides have as many, articles joined to their words."""
    left = COURTESY_AR.sub("", arabic).split()
    joined = re.sub(r"\b(al|el)[- ](?=[A-Z])", "Al-", COURTESY_EN.sub("", plain_latin(english)), flags=re.IGNORECASE)
    right = joined.split()
    if len(left) > 1:
        tally.opens[fold(left[0])] += 1
    if len(left) == len(right):
        for word, spelling in zip(left, right, strict=True):
            _count(tally.lists, fold(word), spelling.removeprefix("Al-"))


def _count(counts: defaultdict[str, Counter[str]], word: str, spelling: str) -> None:
    bare = _bare(word)
    spelling = spelling.capitalize() if spelling.isupper() and len(spelling) > 3 else spelling
    if NAME.fullmatch(spelling) and re.fullmatch("[ء-ي]{2,}", bare) and sounds_like(bare).fullmatch(spelling):
        counts[bare][spelling] += 1


def _count_pair(tally: Tally, arabic: str, english: str) -> None:
    """A news pair: each Arabic word that a list knows, against every capitalised word that sounds like it."""
    capitalised = {match[1] for match in CAPITALISED.finditer(plain_latin(english))} - _not_persons()
    words = set(ARABIC.findall(fold(arabic)))
    tally.words.update(words)
    for word in words:
        stems = (_bare(word[len(p) :]) for p in PARTICLES if word.startswith(p))
        known = next((stem for stem in stems if stem in tally.lists), None)
        if known:
            tally.news[known].update(c for c in capitalised if sounds_like(known).fullmatch(c))


def _best(tally: Tally, word: str) -> str:
    scores: dict[str, float] = {}
    for spelling in tally.lists[word].keys() | tally.news[word].keys():
        listed, seen = tally.lists[word][spelling], NEWS_WEIGHT * tally.news[word][spelling]
        like = SequenceMatcher(None, transliterate(word).lower(), spelling.lower()).ratio()
        if like >= LIKE_IN_LISTS if listed else like >= LIKE_IN_NEWS and seen >= SEEN_IN_NEWS:
            scores[spelling] = listed + seen + (like if listed else 0)
    # The likeness decides between spellings seen equally often; then the alphabet, so that a rebuild is the same.
    return min(scores, key=lambda spelling: (-scores[spelling], spelling), default="")


def _kind(tally: Tally, word: str, english: str) -> str:
    uses = tally.words[word] + tally.words["ال" + word]
    if uses >= RARE_NAME and tally.news[word][english] / uses < IS_A_NAME:
        return "word"
    seen = tally.news[word][english]
    sure = seen >= SURE_NAME and seen >= uses * SURE_SHARE
    opens = tally.opens[word] >= GIVEN_NAMES or word in GIVEN or sure
    return "given" if opens and word not in _places() else "name"


def _bare(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _gazetteer_rows() -> list[list[str]]:
    lines = GAZETTEER.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def _not_persons() -> frozenset[str]:
    forms = (row[3] for row in _gazetteer_rows())
    return NOT_NAMES | {word for form in forms for word in re.findall(r"[A-Z][a-z'-]+", plain_latin(form))}


@cache
def _places() -> frozenset[str]:
    names = {fold(name) for row in _gazetteer_rows() for part in row[1:3] for name in part.split("|")}
    return frozenset(names)


def _row(item: tuple[str, tuple[str, str]]) -> str:
    return "\t".join((item[0], *item[1]))


def _write(path: Path, about: str, lines: Iterator[str] | list[str]) -> None:
    origin = "Made by summarizer/training/spellings.py from Wikidata labels, names of UN texts and our news pairs."
    path.write_text("\n".join((f"# {about}.", f"# {origin}", *lines)) + "\n", encoding="utf-8")
