"""Which sentence pairs are fit to learn from: named rules, each counted for each source.

A rule takes a pair and says True when the pair is bad. The order matters only for the counts: a pair is counted under
the first rule that it breaks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from .normalise import normalise

MAX_CHARS = 1200  # about 250 pieces; longer "sentences" are lists or broken files


class Pair(NamedTuple):
    """One line of a corpus: Arabic, English, and where it comes from."""

    arabic: str
    english: str
    source: str


ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
LATIN_LETTER = re.compile(r"[A-Za-z]")
NUMBER = re.compile(r"\d+")
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%[-\d.]*[sdif]\b|%\(\w+\)s|<[^>]*>|\$[a-z_]\w*|\\n|\[\[|\{\{")


def is_empty(pair: Pair) -> bool:
    return not pair.arabic.strip() or not pair.english.strip()


def is_too_long(pair: Pair) -> bool:
    return max(len(pair.arabic), len(pair.english)) > MAX_CHARS


def is_identical(pair: Pair) -> bool:
    """The source given back as its translation: an untranslated interface string."""
    return pair.arabic.strip() == pair.english.strip()


def is_wrong_script(pair: Pair) -> bool:
    """An Arabic side that is mostly not Arabic, or an English side with Arabic letters."""
    letters = sum(map(str.isalpha, pair.arabic))
    arabic = len(ARABIC_LETTER.findall(normalise(pair.arabic)))
    return arabic * 2 < letters or arabic == 0 or bool(ARABIC_LETTER.search(normalise(pair.english)))


def is_without_latin(pair: Pair) -> bool:
    return not LATIN_LETTER.search(pair.english)


def is_markup(pair: Pair) -> bool:
    """Placeholders and tags of interface strings: news has none, and the tokenizer can't spell them."""
    return bool(PLACEHOLDER.search(pair.english) or PLACEHOLDER.search(pair.arabic))


def has_odd_length_ratio(pair: Pair) -> bool:
    """English is 1.2 times the Arabic in characters on average; short strings vary more."""
    ratio = (len(pair.english) + 12) / (len(pair.arabic) + 12)
    return not 0.5 < ratio < 2.6


def has_unbalanced_digits(pair: Pair) -> bool:
    """A number of three digits or more on one side that the other side does not have.

    Shorter numbers are often spelled out ("عامان", "two"), so they prove nothing.
    """
    arabic, english = (
        {n for n in NUMBER.findall(re.sub(r"(?<=\d)[.,](?=\d{3}\b)", "", normalise(text))) if len(n) > 2}
        for text in (pair.arabic, pair.english)
    )
    return bool(arabic ^ english) and not _is_rounded(pair)


def _is_rounded(pair: Pair) -> bool:
    """Millions and thousands may be written either way: "50 ألف" is "50,000"."""
    return bool(re.search(r"ألف|الف|آلاف|مليون|مليار|ملايين|مئة|مائة|مئات", pair.arabic))


def is_control_heavy(pair: Pair) -> bool:
    """More signs than letters: formulas, menus, tables."""
    signs = sum(unicodedata.category(c)[0] in "SC" for c in pair.english + pair.arabic)
    return signs * 8 > len(pair.english) + len(pair.arabic)


RULES: dict[str, Callable[[Pair], bool]] = {
    "empty": is_empty,
    "too long": is_too_long,
    "identical": is_identical,
    "wrong script": is_wrong_script,
    "no latin": is_without_latin,
    "markup": is_markup,
    "signs": is_control_heavy,
    "length ratio": has_odd_length_ratio,
    "digits": has_unbalanced_digits,
}


def broken_rule(pair: Pair) -> str | None:
    """The first rule that the pair breaks, or None for a pair fit to learn from."""
    return next((name for name, rule in RULES.items() if rule(pair)), None)


_NOT_WORD = re.compile(r"[\W_]+")


def fingerprint(text: str) -> str:
    """Text without case, marks, signs and spaces: two lines with one fingerprint are duplicates."""
    return _NOT_WORD.sub("", normalise(text)).casefold()


def clean(pairs: Iterable[Pair], counts: Counter[tuple[str, str]]) -> Iterator[Pair]:
    """The good pairs, in order, without duplicates; `counts[source, rule]` says what was dropped and kept."""
    seen: set[int] = set()
    for pair in pairs:
        rule = broken_rule(pair)
        if rule is None:
            key = hash((fingerprint(pair.arabic), fingerprint(pair.english)))
            rule = "duplicate" if key in seen else None
            seen.add(key)
        counts[pair.source, rule or "kept"] += 1
        if rule is None:
            yield pair
