"""Whether an English text says a listed number or name, in any of the accepted forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from evaluation.references import NameReference, NumberReference
from summarizer.numbers import Number, numbers_in

_PERCENT = re.compile(r"\s*(?:%|percent\b)", re.IGNORECASE)
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|%")
# "Al-Sadiq", "al Sadiq" and "Alsadiq" are one spelling: the article is glued to what follows. Its other sounds only
# with a hyphen, because "as" and "at" are English words.
_ARTICLE = re.compile(r"\b(?:(al|el)[\s-]+|(ash|an|as|ad|at|az|ar)-)(?=[^\W\d_])")
_POSSESSIVE = re.compile(r"[’']s\b")

Form = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


@lru_cache(maxsize=10_000)
def _plain(text: str) -> str:
    """Without accents and apostrophes, percent as one word; case kept, for it tells May from may."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"\bper cent\b", "percent", re.sub(r"[’'`ʿʾ‘]", "", bare))


def _words(plain: str) -> list[_Word]:
    return [_Word(m[0].casefold(), m.start(), m.end()) for m in _WORD.finditer(plain)]


@lru_cache(maxsize=10_000)
def words_of(text: str) -> Form:
    """Lower-cased words without accents and apostrophes; numbers whole; the percent sign is a word."""
    return tuple(word.text for word in _words(_plain(text)))


def said_numbers(numbers: Sequence[NumberReference], text: str) -> list[bool]:
    """For each listed number whether the text says it; one place in the text answers for one number.

    In two passes: numbers in an accepted form first, the longest first, then those whose value is said otherwise.
    """
    page = _Page.of(text)
    order = sorted(range(len(numbers)), key=lambda i: -max(len(words_of(form)) for form in numbers[i].en))
    said = [False] * len(numbers)
    for i in order:
        said[i] = page.take_form(numbers[i])
    for i in order:
        said[i] = said[i] or page.take_value(numbers[i])
    return said


@dataclass(slots=True)
class _Page:
    """What is left of a text while numbers are found in it."""

    plain: str
    words: list[_Word]
    found: list[Number]
    left: list[Number]

    @classmethod
    def of(cls, text: str) -> _Page:
        plain = _plain(text)
        found = list(numbers_in(plain, "en"))
        return cls(plain, _words(plain), found, list(found))

    def take_form(self, number: NumberReference) -> bool:
        for form in sorted(map(words_of, number.en), key=len, reverse=True):
            for at in range(len(self.words) - len(form) + 1):
                taken = self.words[at : at + len(form)]
                if form and tuple(w.text for w in taken) == form and not self._cuts_number(taken[0], taken[-1]):
                    self._take(at, len(form))
                    return True
        return False

    def _cuts_number(self, first: _Word, last: _Word) -> bool:
        """Whether these words are only a part of a number: the 5 of "5 thousand"."""
        touched = [n for n in self.found if n.start < last.end and first.start < n.end]
        return any(n.start < first.start or n.end > last.end for n in touched)

    def _take(self, at: int, count: int) -> None:
        start, end = self.words[at].start, self.words[at + count - 1].end
        self.left = [n for n in self.left if n.end <= start or n.start >= end]
        self.words[at : at + count] = [_Word("", w.start, w.end) for w in self.words[at : at + count]]

    def take_value(self, number: NumberReference) -> bool:
        wanted = _values(number.en)
        percent = all(re.search("%|percent|per cent", form) for form in number.en)
        for found in self.left:
            if found.readings & wanted and (not percent or _PERCENT.match(self.plain, found.end)):
                self.left.remove(found)
                return True
        return False


def _values(forms: Iterable[str]) -> frozenset[Decimal]:
    """The values of forms that are one number each: "a", "twice" and dates of two numbers give none."""
    found = [numbers_in(form, "en") for form in forms]
    return frozenset(n.value for numbers in found if len(numbers) == 1 for n in numbers)


@lru_cache(maxsize=10_000)
def _name_key(text: str) -> str:
    glued = _ARTICLE.sub(lambda m: m[1] or m[2], _POSSESSIVE.sub("", text.casefold()))
    return f" {' '.join(words_of(glued))} "


def says_name(name: NameReference, text: str) -> bool:
    """Whether an accepted spelling stands in the text, whole words, hyphens and the article's spacing apart."""
    whole = _name_key(text)
    return any(_name_key(spelling) in whole for spelling in name.en)
