"""Whether an English text says a listed number or name, in any of the accepted forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from evaluation.references import NameReference, NumberReference
from summarizer.numbers import Number, numbers_in

_PERCENT = re.compile(r"\s*(?:%|per ?cent\b)", re.IGNORECASE)
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|%")
# "Al-Sadiq", "al Sadiq" and "Alsadiq" are one spelling: the article is glued to what follows. Its other sounds only
# with a hyphen, because "as" and "at" are English words.
_ARTICLE = re.compile(r"\b(?:(al|el)[\s-]+|(ash|an|as|ad|at|az|ar)-)(?=[^\W\d_])")
_POSSESSIVE = re.compile(r"[’']s\b")

Form = tuple[str, ...]


@lru_cache(maxsize=10_000)
def words_of(text: str) -> Form:
    """Lower-cased words without accents and apostrophes; numbers whole; the percent sign is a word."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(_WORD.findall(re.sub(r"[’'`ʿʾ‘]", "", plain.casefold().replace("per cent", "percent"))))


def said_numbers(numbers: Sequence[NumberReference], text: str) -> list[bool]:
    """For each listed number whether the text says it; one place in the text answers for one number.

    In two passes: numbers in an accepted form first, then those whose value is said in another form ("742 300").
    """
    words = list(words_of(text))
    left: list[Number] = list(numbers_in(text, "en"))
    order = sorted(range(len(numbers)), key=lambda i: -max(len(words_of(form)) for form in numbers[i].en))
    said = [False] * len(numbers)
    for i in order:
        said[i] = _take_form(numbers[i], words, left)
    for i in order:
        said[i] = said[i] or _take_value(numbers[i], left, text)
    return said


def _take_form(number: NumberReference, words: list[str], left: list[Number]) -> bool:
    for form in sorted(map(words_of, number.en), key=len, reverse=True):
        if (at := _index(form, words)) is not None:
            words[at : at + len(form)] = [""] * len(form)
            _drop_first(left, _values([" ".join(form), *number.en]))
            return True
    return False


def _take_value(number: NumberReference, left: list[Number], text: str) -> bool:
    wanted = _values(number.en)
    percent = all("%" in form or "percent" in form or "per cent" in form for form in number.en)
    for found in left:
        if found.readings & wanted and (not percent or _PERCENT.match(text, found.end)):
            left.remove(found)
            return True
    return False


def _drop_first(left: list[Number], values: frozenset[Decimal]) -> None:
    first = next((n for n in left if n.readings & values), None)
    if first:
        left.remove(first)


def _values(forms: Iterable[str]) -> frozenset[Decimal]:
    """The values of forms that hold one number each: "a", "twice" and dates of two numbers give none."""
    found = [numbers_in(form, "en") for form in forms]
    return frozenset(n.value for numbers in found if len(numbers) == 1 for n in numbers)


def _index(form: Form, words: Sequence[str]) -> int | None:
    size = len(form)
    return next((i for i in range(len(words) - size + 1) if tuple(words[i : i + size]) == form), None) if size else None


@lru_cache(maxsize=10_000)
def _name_key(text: str) -> str:
    glued = _ARTICLE.sub(lambda m: m[1] or m[2], _POSSESSIVE.sub("", text.casefold()))
    return f" {' '.join(words_of(glued))} "


def says_name(name: NameReference, text: str) -> bool:
    """Whether an accepted spelling stands in the text, whole words, hyphens and the article's spacing apart."""
    whole = _name_key(text)
    return any(_name_key(spelling) in whole for spelling in name.en)
